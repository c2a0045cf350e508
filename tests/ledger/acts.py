"""Every service that moves a finding, with values drawn by chance from what the finding has (随机办理)."""

from __future__ import annotations

import inspect
from datetime import date
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from ledger.world import DUE, TODAY
from zhenggai.domain.actions import Action
from zhenggai.domain.amending import NewCriterion
from zhenggai.domain.case import HoldKind, Requirement
from zhenggai.domain.evidence import EvidenceKind
from zhenggai.domain.lifecycle import MOVES, Nature, Progress
from zhenggai.domain.outcomes import OutcomeKind
from zhenggai.domain.rechecking import ReboundGround
from zhenggai.domain.restricting import RestrictionKind
from zhenggai.ledger import services

if TYPE_CHECKING:
    from random import Random

    from ledger.world import World
    from zhenggai.ledger.models import Finding

REASON = "现场仍有两处台账未核对，请补充。"
NAMED = {"reader.add": "finding_reader_add", "reader.withdraw": "finding_reader_withdraw"}
# not a change of one finding by one person
ELSEWHERE = {Action.CLOSURE_COMPLETE, Action.FINDING_HAND_OVER}
ACTS = tuple(sorted(MOVES - ELSEWHERE))


def service_of(action: Action) -> Any:
    return getattr(services, NAMED.get(action.value, action.value.replace(".", "_")))


@cache
def _parameters(action: Action) -> tuple[str, ...]:
    given = {"actor", "at", "finding_id", "version"}
    return tuple(name for name in inspect.signature(service_of(action)).parameters if name not in given)


def values_for(world: World, finding: Finding, action: Action, chance: Random) -> dict[str, Any]:
    """A value for every parameter of the service; pieces are the finding's own, or none of anybody's."""
    said = {name: _value(world, finding, name, chance) for name in _parameters(action)}
    said = {name: value for name, value in said.items() if value is not _LEFT_OUT}
    if action is Action.FINDING_CLASSIFY:
        wanted = chance.choice(list(said))
        said = {wanted: said[wanted]}
    elif action is Action.EVIDENCE_ADD:
        said |= {"file": b"example %d" % chance.randrange(50), "file_name": "凭证.pdf", "amount": 80000}
    elif action is Action.SIGNATURE_RECORD:
        said |= {"file": b"example scan", "file_name": "签批单.pdf", "held_on": TODAY, "number": ""}
    elif action is Action.RECHECK_RECORD:
        said |= {"on": TODAY, "next_on": date(2026, 12, 1) if said["holds"] else None}
    return said


_LEFT_OUT: Any = object()


def _pick(rows: Any, chance: Random) -> int:
    ids = list(rows.values_list("pk", flat=True))
    return int(chance.choice(ids)) if ids else 10**6


def _value(world: World, finding: Finding, name: str, chance: Random) -> Any:
    related = {
        "criterion_id": "criteria",
        "evidence_id": "evidence",
        "situation_id": "situations",
        "hold_id": "holds",
        "outcome_id": "outcomes",
        "reading_id": "readings",
        "measure_id": "measures",
        "reader_id": "readers",
    }
    if name in related:
        return _pick(getattr(finding, related[name]), chance)
    if name == "evidence_ids":
        return [_pick(finding.evidence, chance)]
    if name == "record_id":
        request = finding.closure_requests.last()
        return _pick(request.records, chance) if request else 10**6
    return chance.choice(_FIXED[name](world)) if name in _FIXED else _LEFT_OUT


_FIXED: dict[str, Any] = {
    "nature": lambda w: [Nature.TIME_BOUND, Nature.LONG_TERM],
    "money_required": lambda w: [True, False],
    "money_to_recover": lambda w: [Decimal(80000), None],
    "amount_follows": lambda w: [True, False],
    "people_required": lambda w: [False],
    "cause_required": lambda w: [True, False],
    "leader_id": lambda w: [w.leader.person_id, w.clerk.person_id],
    "unit_id": lambda w: [w.unit.pk],
    "to_unit_id": lambda w: [w.other_unit.pk],
    "supporting_unit_ids": lambda w: [[w.other_unit.pk]],
    "due": lambda w: [DUE],
    "progress": lambda w: [Progress.IN_PROGRESS, Progress.DONE],
    "narrative": lambda w: ["已开始核对。"],
    "analysis": lambda w: ["涉及其他单位，建议由整改办协调。"],
    "text": lambda w: ["又见一笔未核对的示例款项。"],
    "result": lambda w: ["已逐笔核对。"],
    "report": lambda w: ["已核对本股部分。"],
    "reason": lambda w: [REASON],
    "note": lambda w: ["现场核对一致。"],
    "title": lambda w: ["退款示例凭证"],
    "proves": lambda w: ["款项已退回。"],
    "proves_on": lambda w: [TODAY],
    "kind": lambda w: [RestrictionKind.LEAD],
    "reference": lambda w: ["抽查示例1"],
    "met": lambda w: [True, True, False],
    "effect": lambda w: [True, True, False],
    "requirement": lambda w: list(Requirement),
    "statement": lambda w: ["台账已核对一致，款项已追回。"],
    "stage_goal": lambda w: ["每季核对一次", ""],
    "goal": lambda w: ["每季核对一次"],
    "recheck_on": lambda w: [date(2026, 9, 1)],
    "new_due": lambda w: [date(2026, 9, 30), date(2026, 12, 31)],
    "quantity": lambda w: [Decimal(1)],
    "happened_on": lambda w: [TODAY],
    "value": lambda w: [Decimal(80)],
    "measured_on": lambda w: [TODAY],
    "source": lambda w: ["示例月报"],
    "on": lambda w: [date(2026, 8, 1)],
    "holds": lambda w: [True, False],
    "ground": lambda w: [ReboundGround.COMPLAINT],
    "signer_id": lambda w: [w.leader.person_id, w.group.person_id, w.clerk.person_id, w.handler.person_id],
    "task_id": lambda w: [10**6],
    "percent": lambda w: [None, 60, 100],
    "criteria": lambda w: [[NewCriterion("再对一遍。")]],
    "reader_ids": lambda w: [[w.leader.person_id]],
    "person_ids": lambda w: [[w.leader.person_id]],
}
KINDS: dict[Action, Any] = {
    Action.HOLD_OPEN: HoldKind.SPOT_CHECK,
    Action.EVIDENCE_ADD: EvidenceKind.RECEIPT,
    Action.OUTCOME_RECORD: OutcomeKind.REMINDER,
}


def act(world: World, finding: Finding, action: Action, actor: Any, chance: Random, **wanted: Any) -> Finding:
    """The act by its service, on the page as it is now."""
    values = values_for(world, finding, action, chance)
    if action in KINDS and "kind" in values:
        values["kind"] = KINDS[action]
    if action is Action.CLOSURE_SEND_BACK:
        values = {"reason": REASON}
    values |= wanted
    result: Finding = service_of(action)(
        actor=actor, at=world.at(), finding_id=finding.pk, version=finding.version, **values
    )
    return result
