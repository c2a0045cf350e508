"""What waits for one person's signature, all at once (批量签批): requests with gates, and amendments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db.models import Exists, F, OuterRef

from zhenggai.domain.gates import check_gates, is_open
from zhenggai.domain.lifecycle import Stage
from zhenggai.domain.planning import PlanState
from zhenggai.domain.policy import Action, acting_for, judge
from zhenggai.ledger.cases import case_standing, known_of
from zhenggai.ledger.facts import HEAD, PIECES, facts_for, facts_of, request_open
from zhenggai.ledger.models import Finding, PlanAmendment
from zhenggai.ledger.signing import review_bodies_load
from zhenggai.ledger.visibility import findings_shown
from zhenggai.ledger.waiting import granted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django.db.models import QuerySet

    from zhenggai.domain.actor import Actor
    from zhenggai.domain.gates import GateResult
    from zhenggai.domain.ladder import Step
    from zhenggai.ledger.models import ClosureRequest

SHOWN_MOST: Final = 40
# Who signs next depends on the signatures that stand: so many are looked at one by one.
_LOOKED_AT: Final = 160


@dataclass(frozen=True, slots=True)
class ToSign:
    """One request that waits for the reader (待签事项). ``acting_for`` names for whom, where he acts."""

    finding: Finding
    request: ClosureRequest
    step: Step
    gates: tuple[GateResult, ...]
    acting_for: str

    @property
    def is_open(self) -> bool:
        """Whether no gate stands in the way."""
        return is_open(self.gates)


def closures_to_sign(actor: Actor, on: date) -> tuple[list[ToSign], int]:
    """The requests whose next signature is the actor's, the earliest due first, and how many there are.

    As many queries for forty as for one.
    """
    if actor.administers:
        return [], 0
    asked = Finding.objects.filter(
        granted(actor, Action.CLOSURE_SIGN), stage=Stage.CLOSURE_REQUESTED.value
    ).select_related(*HEAD)
    looked_at = _loaded(asked)
    facts = {each.pk: facts_of(each) for each in looked_at}
    mine = [each for each in looked_at if judge(actor, Action.CLOSURE_SIGN, facts[each.pk]).allowed]
    shown = mine[:SHOWN_MOST]
    known = known_of(shown, on)
    rows = []
    for finding in shown:
        request, step = request_open(finding), facts[finding.pk].next_step
        if request is not None and step is not None:
            gates = check_gates(case_standing(finding, on, known))
            acts = acting_for(actor, Action.CLOSURE_SIGN, facts[finding.pk])
            rows.append(ToSign(finding, request, step, gates, acts))
    return rows, len(mine)


def gates_standing(findings: Sequence[Finding], on: date) -> dict[int, tuple[GateResult, ...]]:
    """The gates of findings loaded with their pieces (销号条件), by id; one query."""
    if not findings:
        return {}
    known = known_of(findings, on)
    return {each.pk: check_gates(case_standing(each, on, known)) for each in findings}


def amendments_to_sign(actor: Actor) -> list[Finding]:
    """The findings whose plan's amendment waits for the actor's signature (待批方案调整)."""
    if actor.administers:
        return []
    waiting = PlanAmendment.objects.filter(finding=OuterRef("pk"), state=PlanState.SUBMITTED.value)
    asked = Finding.objects.filter(Exists(waiting), granted(actor, Action.AMENDMENT_SIGN))
    return [
        each
        for each in _loaded(asked.select_related(*HEAD))
        if judge(actor, Action.AMENDMENT_SIGN, facts_for(each, Action.AMENDMENT_SIGN)).allowed
    ]


def _loaded(rows: QuerySet[Finding]) -> Sequence[Finding]:
    ordered = rows.prefetch_related(*PIECES, "closure_requests__called").order_by(
        F("due").asc(nulls_last=True), "pk"
    )
    looked_at = list(ordered[:_LOOKED_AT])
    review_bodies_load([each.inspection for each in looked_at])
    return looked_at


def findings_named(actor: Actor, ids: Sequence[int]) -> dict[int, Finding]:
    """Those of the findings that the actor sees, by id, to be named; one query."""
    rows = Finding.objects.filter(findings_shown(actor), pk__in=ids) if ids else ()
    return {each.pk: each for each in rows}
