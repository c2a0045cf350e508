"""What comes next on the usual way to a closing, of a finding as its rows lie there (顺推一步)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ledger.world import DUE
from zhenggai.domain.actions import Action
from zhenggai.domain.case import Requirement
from zhenggai.domain.lifecycle import Nature, Progress
from zhenggai.ledger import models

Next = tuple[Action, Any, dict[str, Any]]


@dataclass
class Usual:
    """The place, the finding, who is called to a quorum (none: a ladder of two), whether it is long-term."""

    world: Any
    finding: models.Finding
    members: list[Any]
    is_long: bool

    @property
    def row(self) -> dict[str, Any]:
        row: dict[str, Any] = models.Finding.objects.values().get(pk=self.finding.pk)
        return row


def onward(usual: Usual) -> Next:
    """The next act, by whom, with what of it is not left to chance."""
    world, row = usual.world, usual.row
    after = {
        "stage_closed": (Action.STAGE_BEGIN, world.clerk, {}),
        "closed": (Action.FINDING_REBOUND, world.inspector, {}),
    }
    if row["stage"] in after:
        return after[row["stage"]]
    return _open_matter(usual) or _taken_on(usual, row) or _worked_on(usual, row) or _shown(usual, row)


def _open_matter(usual: Usual) -> Next | None:
    world, of = usual.world, {"finding": usual.finding}
    if models.Suspension.objects.filter(ended_at=None, **of).exists():
        return Action.SUSPENSION_END, world.clerk, {}
    waits = models.DeadlineRequest.objects.filter(state="open", **of).first()
    if waits is not None:
        return Action.DEADLINE_SIGN, world.clerk if waits.signatures.exists() else world.leader, {}
    if hold := models.Hold.objects.filter(cleared_at=None, **of).first():
        return Action.HOLD_CLEAR, world.inspector, {"hold_id": hold.pk}
    if situation := models.Situation.objects.filter(answered_at=None, **of).first():
        by = world.inspector if situation.level == "inspector" else world.group
        return Action.SITUATION_ANSWER, by, {"situation_id": situation.pk}
    return None


def _taken_on(usual: Usual, row: dict[str, Any]) -> Next | None:
    world = usual.world
    if row["stage"] == "closure_requested":
        return Action.CLOSURE_SIGN, _signer(usual), {}
    if not row["nature"]:
        nature = Nature.LONG_TERM if usual.is_long else Nature.TIME_BOUND
        return Action.FINDING_CLASSIFY, world.clerk, {"nature": nature, **UNSAID}
    for kind in ("money", "people", "cause"):
        if row[f"{kind}_required"] is None:
            said = {"nature": None, **UNSAID, f"{kind}_required": False}
            return Action.FINDING_CLASSIFY, world.clerk, said
    if row["stage"] == "registered":
        due = None if row["nature"] == "long_term" else DUE
        return Action.FINDING_ASSIGN, world.clerk, {"leader_id": world.leader.person_id, "due": due}
    done = {"progress": Progress.DONE, "percent": None, "evidence_ids": []}
    taken_on: dict[str, Next] = {
        "assigned": (Action.FINDING_ACCEPT, world.head, {}),
        "accepted": (Action.PROGRESS_REPORT, world.handler, done),
    }
    return taken_on.get(row["stage"])


def _worked_on(usual: Usual, row: dict[str, Any]) -> Next | None:
    world, finding = usual.world, usual.finding
    measures = models.Measure.objects.filter(finding=finding, dropped_at=None)
    if not measures.exists():
        return Action.MEASURE_ADD, world.clerk, {}
    if measure := measures.filter(done_at=None).first():
        return Action.MEASURE_COMPLETE, world.handler, {"measure_id": measure.pk}
    if _live(usual, row) is None:
        return Action.EVIDENCE_ADD, world.handler, {}
    if not models.Criterion.objects.filter(finding=finding, dropped_at=None).exists():
        return Action.CRITERION_ADD, world.clerk, {}
    return None


def _shown(usual: Usual, row: dict[str, Any]) -> Next:
    world, finding, live = usual.world, usual.finding, _live(usual, row)
    assert live is not None
    for each in models.Criterion.objects.filter(finding=finding, dropped_at=None):
        last = each.judgements.filter(round=row["round"]).order_by("pk").last()
        rests = last and last.met and last.evidence.filter(withdrawn_at=None, round=row["round"]).exists()
        if not rests:
            wanted = {"criterion_id": each.pk, "met": True, "evidence_ids": [live.pk]}
            return Action.CRITERION_JUDGE, world.inspector, wanted
    if not (effect := live.judgements.order_by("pk").last()) or not effect.effect:
        return Action.EVIDENCE_JUDGE, world.inspector, {"evidence_id": live.pk, "effect": True}
    rows = models.RequirementAnswer.objects.filter(finding=finding, round=row["round"], evidence=live)
    answered = set(rows.values_list("requirement", flat=True))
    for kind in Requirement:
        if kind.value not in answered and (kind is Requirement.SIMILAR or row[f"{kind.value}_required"]):
            return Action.REQUIREMENT_ANSWER, world.handler, {"requirement": kind, "evidence_id": live.pk}
    return Action.CLOSURE_REQUEST, world.handler, {"stage_goal": "每季核对一次"}


def _live(usual: Usual, row: dict[str, Any]) -> models.Evidence | None:
    pieces = models.Evidence.objects.filter(finding=usual.finding, round=row["round"], withdrawn_at=None)
    return pieces.order_by("pk").last()


def _signer(usual: Usual) -> Any:
    request = models.ClosureRequest.objects.filter(finding=usual.finding).last()
    hands = set(models.Signature.objects.filter(request=request).values_list("by_id", flat=True))
    if not hands:
        return usual.world.leader
    waiting = [each for each in usual.members if each.person_id not in hands]
    return waiting[0] if waiting and len(hands) < 3 else usual.world.clerk


UNSAID: dict[str, Any] = dict.fromkeys(("money_required", "people_required", "cause_required"))
