"""What can be done about closing on a finding's page (销号动作)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhenggai.domain.policy import Action
from zhenggai.ledger import services
from zhenggai.web.finding_action import FindingAction
from zhenggai.web.forms import finding as forms
from zhenggai.web.forms import paper, returning

CLOSING_ACTIONS = (
    FindingAction(
        Action.CLOSURE_REQUEST,
        forms.ClosureRequestForm,
        services.closure_request,
        _("Request closure"),
        _("Closure is requested; the first signature is awaited."),
        "rubber-stamp",
    ),
    FindingAction(
        Action.CLOSURE_SIGN,
        forms.NoteForm,
        services.closure_sign,
        _("Sign off"),
        _("Your signature stands."),
        "signature",
    ),
    FindingAction(
        Action.SIGNATURE_RECORD,
        paper.RecordForm,
        services.signature_record,
        _("Record paper or minutes"),
        _("It is recorded; it counts once another person has confirmed it."),
        "paperclip",
    ),
    FindingAction(
        Action.SIGNATURE_CONFIRM,
        forms.BareForm,
        services.signature_confirm,
        _("Confirm what is recorded"),
        _("The recorded signature is confirmed and stands."),
        "check",
        row="record_id",
    ),
    FindingAction(
        Action.SIGNATURE_REFUSE,
        forms.ReasonForm,
        services.signature_refuse,
        _("Refuse the record"),
        _("The record is refused; it stays with its reason."),
        "x",
        row="record_id",
        is_grave=True,
    ),
    FindingAction(
        Action.CLOSURE_SEND_BACK,
        returning.ReturnForm,
        services.closure_send_back,
        _("Send back"),
        _("The request is sent back; a new round of rectification begins."),
        "rotate-clockwise",
        is_grave=True,
    ),
    FindingAction(
        Action.CLOSURE_WITHDRAW,
        forms.ReasonForm,
        services.closure_withdraw,
        _("Withdraw the request"),
        _("The request is withdrawn."),
        "arrow-back-up",
        is_grave=True,
    ),
)
