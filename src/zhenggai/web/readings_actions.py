"""What can be done about readings of an indicator (指标读数办理动作); stands in `finding_actions`."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhenggai.domain.policy import Action
from zhenggai.ledger import services
from zhenggai.web.finding_action import FindingAction
from zhenggai.web.forms.finding import ReasonForm
from zhenggai.web.forms.readings import ReadingForm

READING_ACTIONS = (
    FindingAction(
        Action.READING_RECORD,
        ReadingForm,
        services.reading_record,
        _("Record a reading"),
        _("The reading is recorded. It judges nothing by itself."),
        "plus",
        row="criterion_id",
    ),
    FindingAction(
        Action.READING_WITHDRAW,
        ReasonForm,
        services.reading_withdraw,
        _("Withdraw"),
        _("The reading is withdrawn; it stays visible with its reason."),
        "arrow-back-up",
        row="reading_id",
        is_grave=True,
        call=_("Withdraw a reading"),
    ),
)
