"""What can be done on a finding's page (问题办理动作): button, form and service of each action, in one table.

Whether an action is open to the reader is never decided here: the ledger's verdicts say it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from zhenggai.domain.policy import Action
from zhenggai.ledger import services
from zhenggai.web.forms import amending, planning, restricting, returning
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
        Action.FINDING_WEIGH,
        planning.WeighForm,
        services.finding_weigh,
        _("Say what it weighs"),
        _("What the finding weighs is set."),
        "scale",
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
        Action.FINDING_RESTRICT,
        restricting.RestrictForm,
        services.finding_restrict,
        _("Restrict to listed people"),
        _("The finding is restricted: only the people on its list see it."),
        "lock",
        is_grave=True,
    ),
    FindingAction(
        Action.FINDING_UNRESTRICT,
        forms.ReasonForm,
        services.finding_unrestrict,
        _("Lift the restriction"),
        _("The restriction is lifted: posts decide again who sees the finding."),
        "eye",
        is_grave=True,
    ),
    FindingAction(
        Action.READER_ADD,
        restricting.ReaderAddForm,
        services.finding_reader_add,
        _("Put people on the list"),
        _("The people chosen are on the list."),
        "plus",
    ),
    FindingAction(
        Action.READER_WITHDRAW,
        forms.ReasonForm,
        services.finding_reader_withdraw,
        _("Take off the list"),
        _("The person is off the list and does not see the finding any more."),
        "x",
        row="reader_id",
        is_grave=True,
        call=_("Take a person off the list"),
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
        Action.FINDING_DECLINE,
        forms.ReasonForm,
        services.finding_decline,
        _("Decline"),
        _("The assignment is declined; the office assigns the finding anew."),
        "arrow-back-up",
        is_grave=True,
        call=_("Decline the assignment"),
    ),
    FindingAction(
        Action.FINDING_TRANSFER,
        planning.TransferForm,
        services.finding_transfer,
        _("Ask for a transfer"),
        _("The transfer is asked for; the office assigns the finding anew."),
        "send",
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
        planning.MeasureForm,
        services.measure_add,
        _("Add a measure"),
        _("The measure is added."),
        "plus",
    ),
    FindingAction(
        Action.MEASURE_ARRANGE,
        planning.ArrangeForm,
        services.measure_arrange,
        _("Arrange"),
        _("Who carries the measure out is set."),
        "users",
        row="measure_id",
        call=_("Arrange a measure"),
    ),
    FindingAction(
        Action.MEASURE_DROP,
        forms.ReasonForm,
        services.measure_drop,
        _("Drop"),
        _("The measure is dropped; it stays visible with its reason."),
        "x",
        row="measure_id",
        is_grave=True,
        call=_("Drop a measure"),
    ),
    FindingAction(
        Action.TASK_REPORT,
        planning.TaskForm,
        services.task_report,
        _("Report this part"),
        _("The part is reported."),
        "message-report",
        row="task_id",
        call=_("Report a part of a measure"),
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
        planning.CriterionForm,
        services.criterion_add,
        _("Add a criterion"),
        _("The criterion is added."),
        "plus",
    ),
    FindingAction(
        Action.CRITERION_DROP,
        forms.ReasonForm,
        services.criterion_drop,
        _("Drop"),
        _("The criterion is dropped; it stays visible with its reason."),
        "x",
        row="criterion_id",
        is_grave=True,
        call=_("Drop a criterion"),
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
        Action.PLAN_AMEND,
        amending.AmendForm,
        services.plan_amend,
        _("Propose an amendment"),
        _("The amendment is proposed; the plan stands as it is until it is approved."),
        "edit",
    ),
    FindingAction(
        Action.AMENDMENT_SIGN,
        forms.NoteForm,
        services.amendment_sign,
        _("Approve the amendment"),
        _("Your signature on the amendment stands."),
        "signature",
    ),
    FindingAction(
        Action.AMENDMENT_SEND_BACK,
        forms.ReasonForm,
        services.amendment_send_back,
        _("Send the amendment back"),
        _("The amendment is sent back; the plan stands as it was approved."),
        "rotate-clockwise",
        is_grave=True,
    ),
    FindingAction(
        Action.AMENDMENT_WITHDRAW,
        forms.ReasonForm,
        services.amendment_withdraw,
        _("Withdraw the amendment"),
        _("The amendment is withdrawn."),
        "arrow-back-up",
        is_grave=True,
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

ACTIONS: dict[str, FindingAction] = {each.verb: each for each in _ACTIONS}
