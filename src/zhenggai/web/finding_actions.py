"""What can be done on a finding's page (问题办理动作): button, form and service of each action, in one table.

Whether an action is open to the reader is never decided here: the ledger's verdicts say it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from zhenggai.domain.policy import Action
from zhenggai.ledger import services
from zhenggai.web.forms import finding as forms

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.utils.functional import Promise

    Service = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class FindingAction:
    """One action: its button, its form, its service, and what the page says when it is done.

    ``row`` names the service's argument for the row it is about; empty where it is about the finding itself.
    ``call`` is the button's word away from that row, where the button's own would not say enough.
    """

    action: Action
    form: type[forms.ActionForm]
    service: Service
    button: str | Promise
    done: str | Promise
    icon: str
    row: str = ""
    is_grave: bool = False
    call: str | Promise = ""

    @property
    def name(self) -> str | Promise:
        """What the action is called away from its row."""
        return self.call or self.button

    @property
    def verb(self) -> str:
        """The action in an address: ``closure-send-back``."""
        return verb_of(self.action)


def verb_of(action: Action) -> str:
    """The action's name as it stands in addresses and anchors."""
    return action.value.replace(".", "-").replace("_", "-")


_ACTIONS = (
    FindingAction(
        Action.FINDING_CLASSIFY,
        forms.ClassifyForm,
        services.finding_classify,
        _("Set nature and requirements"),
        _("Nature and requirements are set."),
        "list-details",
    ),
    FindingAction(
        Action.FINDING_ASSIGN,
        forms.AssignForm,
        services.finding_assign,
        _("Assign"),
        _("The finding is assigned."),
        "user-check",
    ),
    FindingAction(
        Action.FINDING_ACCEPT,
        forms.BareForm,
        services.finding_accept,
        _("Accept the assignment"),
        _("The assignment is accepted."),
        "check",
    ),
    FindingAction(
        Action.PROGRESS_REPORT,
        forms.ProgressForm,
        services.progress_report,
        _("Report progress"),
        _("The progress is reported."),
        "message-report",
    ),
    FindingAction(
        Action.MEASURE_ADD,
        forms.MeasureForm,
        services.measure_add,
        _("Add a measure"),
        _("The measure is added."),
        "plus",
    ),
    FindingAction(
        Action.MEASURE_COMPLETE,
        forms.MeasureDoneForm,
        services.measure_complete,
        _("Done"),
        _("The measure is done."),
        "check",
        row="measure_id",
        call=_("Complete a measure"),
    ),
    FindingAction(
        Action.CRITERION_ADD,
        forms.CriterionForm,
        services.criterion_add,
        _("Add a criterion"),
        _("The criterion is added."),
        "plus",
    ),
    FindingAction(
        Action.CRITERION_JUDGE,
        forms.CriterionJudgeForm,
        services.criterion_judge,
        _("Judge"),
        _("The criterion is judged."),
        "target",
        row="criterion_id",
        call=_("Judge a criterion"),
    ),
    FindingAction(
        Action.EVIDENCE_ADD,
        forms.EvidenceForm,
        services.evidence_add,
        _("Add evidence"),
        _("The evidence is filed."),
        "paperclip",
    ),
    FindingAction(
        Action.EVIDENCE_WITHDRAW,
        forms.ReasonForm,
        services.evidence_withdraw,
        _("Withdraw"),
        _("The evidence is withdrawn; it stays visible with its reason."),
        "arrow-back-up",
        row="evidence_id",
        is_grave=True,
        call=_("Withdraw evidence"),
    ),
    FindingAction(
        Action.EVIDENCE_CARRY_OVER,
        forms.BareForm,
        services.evidence_carry_over,
        _("Carry over into this round"),
        _("The evidence is carried over into this round."),
        "copy",
        row="evidence_id",
    ),
    FindingAction(
        Action.EVIDENCE_JUDGE,
        forms.EffectForm,
        services.evidence_judge,
        _("Judge the effect"),
        _("The effect is judged."),
        "eye",
        row="evidence_id",
        call=_("Judge the effect of evidence"),
    ),
    FindingAction(
        Action.REQUIREMENT_ANSWER,
        forms.RequirementAnswerForm,
        services.requirement_answer,
        _("Meet a requirement with evidence"),
        _("The requirement is met with this evidence."),
        "link",
    ),
    FindingAction(
        Action.REQUIREMENT_WAIVE,
        forms.RequirementWaiveForm,
        services.requirement_waive,
        _("Sign that a requirement does not apply"),
        _("The requirement is signed off as not applicable."),
        "minus",
    ),
    FindingAction(
        Action.SITUATION_RAISE,
        forms.SituationForm,
        services.situation_raise,
        _("Raise a new situation"),
        _("The new situation is raised; it waits for an answer."),
        "alert-circle",
    ),
    FindingAction(
        Action.SITUATION_ANSWER,
        forms.AnswerForm,
        services.situation_answer,
        _("Answer"),
        _("The new situation is answered."),
        "send",
        row="situation_id",
        call=_("Answer a new situation"),
    ),
    FindingAction(
        Action.HOLD_OPEN,
        forms.HoldForm,
        services.hold_open,
        _("Put on hold"),
        _("The finding is on hold; it cannot be closed until that is cleared."),
        "lock",
    ),
    FindingAction(
        Action.HOLD_CLEAR,
        forms.ReasonForm,
        services.hold_clear,
        _("Clear the hold"),
        _("The hold is cleared."),
        "check",
        row="hold_id",
        call=_("Clear a hold"),
    ),
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
        Action.CLOSURE_SEND_BACK,
        forms.ReasonForm,
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

ACTIONS: dict[str, FindingAction] = {each.verb: each for each in _ACTIONS}
