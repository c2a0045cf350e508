"""What can be done about a deadline on a finding's page (期限办理动作). Part of `web.finding_actions`."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from zhenggai.domain.policy import Action
from zhenggai.ledger import services
from zhenggai.web.finding_action import FindingAction
from zhenggai.web.forms import extending
from zhenggai.web.forms import finding as forms

DEADLINE_ACTIONS: Final = (
    FindingAction(
        Action.EXTENSION_REQUEST,
        extending.ExtensionForm,
        services.extension_request,
        _("Ask for an extension"),
        _("The extension is asked for; the due date stands until it is approved."),
        "calendar-due",
    ),
    FindingAction(
        Action.LONG_TERM_REQUEST,
        extending.LongTermForm,
        services.long_term_request,
        _("Ask for long-term rectification"),
        _("Long-term rectification is asked for; the due date stands until it is approved."),
        "refresh",
    ),
    FindingAction(
        Action.DEADLINE_SIGN,
        forms.NoteForm,
        services.deadline_sign,
        _("Approve"),
        _("Your approval stands."),
        "signature",
        call=_("Approve the request about the deadline"),
    ),
    FindingAction(
        Action.DEADLINE_SEND_BACK,
        forms.ReasonForm,
        services.deadline_send_back,
        _("Send the request back"),
        _("The request is sent back; the due date stands as it was."),
        "rotate-clockwise",
        is_grave=True,
    ),
    FindingAction(
        Action.DEADLINE_WITHDRAW,
        forms.ReasonForm,
        services.deadline_withdraw,
        _("Withdraw the request"),
        _("The request is withdrawn; the due date stands as it was."),
        "arrow-back-up",
        is_grave=True,
    ),
    FindingAction(
        Action.SUSPENSION_BEGIN,
        forms.ReasonForm,
        services.suspension_begin,
        _("Suspend the work"),
        _("The work is suspended; the deadline runs on."),
        "minus",
        is_grave=True,
    ),
    FindingAction(
        Action.SUSPENSION_END,
        forms.ReasonForm,
        services.suspension_end,
        _("Resume the work"),
        _("The work is resumed."),
        "check",
    ),
)
