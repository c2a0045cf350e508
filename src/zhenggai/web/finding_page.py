"""Everything the finding's page shows (问题页), made ready from one loaded finding."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _

from zhenggai.domain.claims import words_beside
from zhenggai.domain.gates import GateState
from zhenggai.domain.lifecycle import Stage
from zhenggai.domain.policy import Action
from zhenggai.ledger.carrying import is_carried, judgement_standing
from zhenggai.ledger.facts import readers_listed, stage_first_round
from zhenggai.ledger.keepers import list_keeping
from zhenggai.web.finding_actions import ACTIONS, FindingAction, verb_of
from zhenggai.web.finding_afterwards import FindingAfterwards
from zhenggai.web.finding_closing import FindingClosing
from zhenggai.web.finding_deadline import DEADLINE_STARTS, FindingDeadline
from zhenggai.web.finding_parts import Judged, RequirementRow, Tried, requirement_rows
from zhenggai.web.finding_plan import PLANNED_STARTS, FindingPlan, open_tasks
from zhenggai.web.finding_progress import FindingProgress
from zhenggai.web.forms.finding import AssignForm
from zhenggai.web.forms.progress import DraftPlace, ProgressForm
from zhenggai.web.panels import Panel

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from zhenggai.domain.gates import GateResult
    from zhenggai.domain.policy import Verdict
    from zhenggai.ledger.reuse import Reuse
    from zhenggai.web.forms.choices import Choice
    from zhenggai.web.forms.finding import ActionForm
    from zhenggai.web.ledger_list import Row
    from zhenggai.web.refusals import Refusal

# What comes next at a stage, in the order it is offered; what the unmet conditions ask for is added to it.
NEXT_AT: Final[dict[Stage, tuple[Action, ...]]] = {
    Stage.REGISTERED: (Action.FINDING_CLASSIFY, Action.FINDING_ASSIGN),
    Stage.ASSIGNED: (Action.FINDING_ACCEPT,),
    Stage.ACCEPTED: (Action.PROGRESS_REPORT, Action.MEASURE_ADD),
    Stage.RECTIFYING: (),
    Stage.CLOSURE_REQUESTED: (Action.CLOSURE_SIGN, Action.CLOSURE_SEND_BACK),
    Stage.STAGE_CLOSED: (Action.RECHECK_RECORD, Action.STAGE_BEGIN),
    Stage.CLOSED: (),
}
NEXT_MOST: Final = 4
_STARTS: Final = {**PLANNED_STARTS, **DEADLINE_STARTS}
CLOSING: Final[dict[bool, tuple[Action, ...]]] = {
    False: (Action.CLOSURE_REQUEST,),
    True: (
        Action.CLOSURE_SIGN,
        Action.SIGNATURE_RECORD,
        Action.CLOSURE_SEND_BACK,
        Action.CLOSURE_WITHDRAW,
    ),
}


@dataclass
class FindingPage:
    """The page of one finding for one reader. ``verdicts`` are the ledger's; nothing is decided here.

    ``pieces`` are those of an action on one row, where the row itself matters.
    ``before`` and ``after`` are the findings beside it in the document's order that the reader sees.
    """

    finding: Any
    verdicts: Mapping[Action, Verdict]
    gates: Sequence[GateResult]
    lit: Row
    on: date
    pieces: Mapping[tuple[Action, int], Verdict] = field(default_factory=dict)
    choices: Mapping[str, Sequence[Choice]] = field(default_factory=dict)
    timeline: Sequence[Any] = ()
    before: int | None = None
    after: int | None = None
    tried: Tried | None = None
    family: Sequence[Any] = ()
    draft: Any = None
    reader_id: int = 0
    reuse: Mapping[int, tuple[Reuse, ...]] = field(default_factory=dict)

    @cached_property
    def afterwards(self) -> FindingAfterwards:
        """What came after closing."""
        return FindingAfterwards(self.finding, self.on, self.family)

    @property
    def refusal(self) -> Refusal | None:
        """Why the last try was refused."""
        return self.tried.refusal if self.tried else None

    @property
    def lost_text(self) -> list[tuple[str, str]]:
        """What was typed into a form that the page does not offer any more, to be copied."""
        if self.tried is None or self._may(ACTIONS[self.tried.verb].action, self.tried.object_id):
            return []
        form = self.tried.form
        typed = ((field.label, field.value()) for field in form.visible_fields())
        return [(str(label), str(value)) for label, value in typed if value and isinstance(value, str)]

    @cached_property
    def measures(self) -> list[Any]:
        """Measures in the plan's order, those that were dropped last."""
        return sorted(self.finding.measures.all(), key=lambda row: row.dropped_at is not None)

    @property
    def measures_standing(self) -> list[Any]:
        """Measures that were not dropped."""
        return [each for each in self.measures if each.dropped_at is None]

    @cached_property
    def plan(self) -> FindingPlan:
        """How the finding stands towards its plan."""
        return FindingPlan(self.finding)

    @property
    def _draft_place(self) -> DraftPlace:
        """Where the reader's draft of a report is kept; with another report it is done with."""
        return DraftPlace(
            reverse("progress-draft", args=[self.finding.pk]),
            self.reader_id,
            sum(each.by_id == self.reader_id for each in self.finding.progress_reports.all()),
            self.draft.saved_at if self.draft else None,
        )

    @cached_property
    def progress(self) -> FindingProgress:
        """The unit's claim beside the view of who verifies."""
        return FindingProgress(self.finding)

    @cached_property
    def deadline(self) -> FindingDeadline:
        """How the finding stands towards its deadline."""
        return FindingDeadline(self.finding)

    @property
    def measures_done(self) -> int:
        """How many measures are done."""
        return sum(measure.done_at is not None for measure in self.measures)

    @property
    def has_open_measures(self) -> bool:
        """Whether a measure is still to be done."""
        return any(measure.done_at is None for measure in self.measures_standing)

    @property
    def has_claims(self) -> bool:
        """Whether a document claims anything of this finding."""
        row = self.finding
        said = (
            row.status_text,
            row.stated_leader,
            row.stated_unit,
            row.stated_supporting,
            row.stated_due_text,
            row.stated_due_on,
            row.stated_result,
        )
        return any(said) or bool(row.actions_taken.all())

    @property
    def stated_results(self) -> tuple[str, ...]:
        """What the document says of the result beside the actions and the state shown already."""
        row = self.finding
        shown = [*(each.text for each in row.actions_taken.all()), row.status_text]
        return words_beside(row.stated_result, shown)

    @property
    def has_open_situations(self) -> bool:
        """Whether a new situation waits for its answer."""
        return any(each.answered_at is None for each in self.finding.situations.all())

    @property
    def has_open_holds(self) -> bool:
        """Whether something holds the finding open."""
        return any(each.cleared_at is None for each in self.finding.holds.all())

    @cached_property
    def criteria(self) -> list[Judged]:
        """Criteria with their judgements; the last one of this round counts."""
        found = []
        for row in self.finding.criteria.all():
            now = judgement_standing(self.finding, row)
            carried = now is not None and is_carried(self.finding, now)
            judgements = tuple(row.judgements.all())
            found.append(Judged(row, judgements, now, is_live=row.dropped_at is None, is_carried=carried))
        return sorted(found, key=lambda one: not one.is_live)

    @cached_property
    def evidence(self) -> list[Judged]:
        """Evidence of every round, this round's first."""
        found = []
        first = stage_first_round(self.finding)
        carried = {each.carried_from_id for each in self.finding.evidence.all() if each.withdrawn_at is None}
        for row in self.finding.evidence.all():
            judgements = tuple(row.judgements.all())
            stands = row.withdrawn_at is None
            is_now = row.round == self.finding.round
            found.append(
                Judged(
                    row,
                    judgements,
                    judgements[-1] if judgements else None,
                    is_live=stands and is_now,
                    may_carry=stands and not is_now and row.round >= first and row.pk not in carried,
                )
            )
        return sorted(found, key=lambda one: (not one.is_live, -one.row.round, one.row.pk))

    @property
    def readers(self) -> list[Any]:
        """Who is on the list of a restricted finding."""
        return readers_listed(self.finding)

    @property
    def keeping(self) -> str:
        """Whether somebody on the list of a restricted finding can change it, now and soon."""
        return list_keeping(self.finding, self.on).value if self.finding.restricted else ""

    @property
    def requirements(self) -> list[RequirementRow]:
        """What must also be dealt with, and how it is answered in this round."""
        return requirement_rows(self.finding)

    @property
    def gates_met(self) -> int:
        """How many conditions do not stand in the way."""
        return sum(gate.state is not GateState.NOT_MET for gate in self.gates)

    @cached_property
    def closing(self) -> FindingClosing:
        """How closing stands: request, signatures, returns."""
        return FindingClosing(self.finding, self.timeline)

    @property
    def closing_verbs(self) -> list[str]:
        """What can be done about closing as things stand."""
        if self.finding.stage in {Stage.CLOSED, Stage.STAGE_CLOSED}:
            return []
        return [verb_of(action) for action in CLOSING[self.finding.stage == Stage.CLOSURE_REQUESTED]]

    @property
    def next_panels(self) -> list[Panel]:
        """What the reader can do next, most urgent first."""
        stage = Stage(self.finding.stage)
        wanted = list(NEXT_AT[stage])
        if stage is Stage.RECTIFYING:
            wanted += [gate.remedy for gate in self.gates if gate.remedy and gate.state is GateState.NOT_MET]
            if self.gates_met == len(self.gates):
                wanted.append(Action.CLOSURE_REQUEST)
        elif stage is Stage.CLOSURE_REQUESTED and not self._may(Action.CLOSURE_SIGN):
            # sending back is the reviewer's other answer, and nobody else's errand
            wanted.clear()
        elif stage is not Stage.ASSIGNED:
            wanted += [gate.remedy for gate in self.gates if gate.remedy and gate.state is GateState.NOT_MET]
        acts = [ACTIONS[verb_of(each)] for each in dict.fromkeys(wanted) if verb_of(each) in ACTIONS]
        panels = (self.panel(act.verb, self._first_row(act)) for act in acts if self._may(act.action))
        return [panel for panel in panels if panel.is_allowed][:NEXT_MOST]

    def panel(self, verb: str, object_id: int | None = None) -> Panel:
        """The button and form of an action, on the finding or on one of its rows."""
        act = ACTIONS[verb]
        anchor = verb if object_id is None else f"{verb}-{object_id}"
        verdict = self._verdict(act.action, object_id)
        tried = self.tried
        is_tried = tried is not None and (tried.verb, tried.object_id) == (verb, object_id)
        form = tried.form if tried and is_tried else self._form(act, anchor, object_id)
        if isinstance(form, ProgressForm):
            form.place = self._draft_place
        return Panel(
            act.button if object_id is not None else act.name,
            act.icon,
            reverse("finding-action", args=[self.finding.pk, verb]),
            anchor,
            form,
            is_open=is_tried,
            is_grave=act.is_grave,
            is_allowed=verdict is not None and verdict.allowed,
            reason=verdict.reason.render(_) if verdict and verdict.reason else "",
            kept_name=tried.kept_name if tried and is_tried else "",
            name=act.name,
            swaps=True,
        )

    def anchor_of(self, verb: str) -> str:
        """Where on the page an action is done: at the first row that needs it, or below the rows."""
        row = self._first_row(ACTIONS[verb])
        return verb if row is None or not self._may(ACTIONS[verb].action) else f"{verb}-{row}"

    def _verdict(self, action: Action, object_id: int | None = None) -> Verdict | None:
        verdict = self.verdicts.get(action)
        if object_id is None or verdict is None or not verdict.allowed:
            return verdict
        return self.pieces.get((action, object_id), verdict)

    def _may(self, action: Action, object_id: int | None = None) -> bool:
        verdict = self._verdict(action, object_id)
        return verdict is not None and verdict.allowed

    def _first_row(self, act: FindingAction) -> int | None:
        """The first row that needs the action, sooner one on which the reader may do it."""
        rows = self._rows(act)
        return next((row for row in rows if self._may(act.action, row)), rows[0] if rows else None)

    def _rows(self, act: FindingAction) -> list[int]:
        undone = [each for each in self.measures_standing if each.done_at is None]
        if act.action in {Action.MEASURE_COMPLETE, Action.MEASURE_ARRANGE, Action.MEASURE_DROP}:
            rows = [each.pk for each in undone]
        elif act.action is Action.TASK_REPORT:
            rows = [task.pk for each in undone for task in open_tasks(each)]
        elif act.action is Action.CRITERION_DROP:
            rows = [each.row.pk for each in self.criteria if each.is_live]
        elif act.action is Action.READING_RECORD:
            rows = [each.row.pk for each in self.criteria if each.is_live and each.row.direction]
        elif act.action is Action.CRITERION_JUDGE:
            rows = [
                each.row.pk
                for each in self.criteria
                if each.is_live and (each.now is None or not each.now.met)
            ]
        elif act.action is Action.EVIDENCE_JUDGE:
            rows = [each.row.pk for each in self.evidence if each.is_live and each.now is None]
            rows += [each.row.pk for each in self.evidence if each.is_live and each.now is not None]
        elif act.action in {Action.SITUATION_ANSWER, Action.SITUATION_PASS_UP}:
            rows = [each.pk for each in self.finding.situations.all() if each.answered_at is None]
        elif act.action in {Action.SIGNATURE_CONFIRM, Action.SIGNATURE_REFUSE}:
            rows = [each.pk for each in self.closing.records if each.refused_at is None]
        elif act.action is Action.HOLD_CLEAR:
            rows = [each.pk for each in self.finding.holds.all() if each.cleared_at is None]
        else:
            rows = []
        return rows

    def _form(self, act: FindingAction, anchor: str, object_id: int | None) -> ActionForm:
        start = {"version": self.finding.version, "object_id": object_id, **self._start(act, object_id)}
        form = act.form(initial=start, auto_id=f"{anchor}-%s")
        form.about(self.finding)
        for name, choices in self.choices.items():
            form.offer(name, choices)
        if isinstance(form, AssignForm):
            form.ask_of_past(self.on)
            form.ask_of_list(is_restricted=bool(self.finding.restricted))
            form.propose(dict(self.choices.get("proposed", ())))
        return form

    @property
    def _unit_stated(self) -> str | None:
        """The unit that the document names, where exactly one can be assigned by that name."""
        found = [key for key, name in self.choices.get("unit_id", ()) if name == self.finding.stated_unit]
        return found[0] if len(found) == 1 else None

    def _proposed(self, unit_id: int | str | None) -> int | None:
        """Who oversees the unit, where that person can be assigned."""
        leader_id = dict(self.choices.get("proposed", ())).get(str(unit_id))
        offered = {key for key, _name in self.choices.get("leader_id", ())}
        return leader_id if str(leader_id) in offered else None

    def _start(self, act: FindingAction, object_id: int | None) -> dict[str, Any]:
        """What the form says before anything is typed: how things stand."""
        row = self.finding
        if act.action is Action.PROGRESS_REPORT:
            return dict(self.draft.said) if self.draft else {}
        if act.action in _STARTS:
            return _STARTS[act.action](row, object_id)
        if act.action is Action.FINDING_CLASSIFY:
            said = {None: "", True: "yes", False: "no"}
            return {
                "nature": row.nature or row.stated_nature,
                "money_required": said[row.money_required],
                "money_to_recover": row.money_to_recover,
                "people_required": said[row.people_required],
                "cause_required": said[row.cause_required],
            }
        if act.action is Action.RECHECK_RECORD:
            return {"on": self.on}
        if act.action is Action.FINDING_ASSIGN:
            unit_id = row.lead_unit_id or self._unit_stated
            return {
                "leader_id": row.responsible_leader_id or self._proposed(unit_id),
                "unit_id": unit_id,
                "due": row.due or row.stated_due_on,
                "supporting_unit_ids": [each.unit_id for each in row.supporting.all()],
            }
        return {}
