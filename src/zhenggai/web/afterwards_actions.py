"""What can be done on the page of a closed finding (销号后办理动作); stands in `finding_actions`."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhenggai.domain.policy import Action
from zhenggai.ledger import services
from zhenggai.web.finding_action import FindingAction
from zhenggai.web.forms import afterwards as forms
from zhenggai.web.forms.finding import ReasonForm

AFTERWARDS_ACTIONS = (
    FindingAction(
        Action.OUTCOME_RECORD,
        forms.OutcomeForm,
        services.outcome_record,
        _("Record an outcome"),
        _("The outcome is recorded."),
        "plus",
    ),
    FindingAction(
        Action.OUTCOME_WITHDRAW,
        ReasonForm,
        services.outcome_withdraw,
        _("Withdraw"),
        _("The outcome is withdrawn; it stays visible with its reason."),
        "arrow-back-up",
        row="outcome_id",
        is_grave=True,
        call=_("Withdraw an outcome"),
    ),
    FindingAction(
        Action.RECHECK_SET,
        forms.RecheckSetForm,
        services.recheck_set,
        _("Set the day of the re-check"),
        _("The day of the next re-check is set."),
        "calendar-due",
    ),
    FindingAction(
        Action.RECHECK_RECORD,
        forms.RecheckForm,
        services.recheck_record,
        _("Record a re-check"),
        _("The re-check is recorded."),
        "eye",
    ),
    FindingAction(
        Action.STAGE_BEGIN,
        forms.StageBeginForm,
        services.stage_begin,
        _("Begin the next stage"),
        _("The next stage has begun, in a new round."),
        "arrow-right",
    ),
    FindingAction(
        Action.FINDING_REBOUND,
        forms.ReboundForm,
        services.finding_rebound,
        _("Register a rebound"),
        _("The rebound is registered: its successor is to be assigned, and this finding stays closed."),
        "rotate-clockwise",
        is_grave=True,
    ),
)
