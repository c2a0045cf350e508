"""Choosing what becomes of a compared draft (比对选择): row by row, part by part, or a part for all rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, Prefetch

from zhenggai.domain.restating import Part
from zhenggai.intake.compare_errors import (
    ComparisonChangedError,
    FindingGivenTwiceError,
    RowChoiceError,
)
from zhenggai.intake.differing import is_taken
from zhenggai.intake.models import ComparedFinding, Comparison, DraftItem
from zhenggai.intake.services.comparing import compare_rows, comparison_locked
from zhenggai.intake.states import ComparedState

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from zhenggai.domain.actor import Actor


@dataclass(frozen=True, slots=True)
class RowChoice:
    """What was chosen for one row (条目选择).

    ``state``: what becomes of it, None for what it was; ``finding_id`` of the one it is, where it is one: of
    those offered, or any other that the person sees.
    ``parts``: which differences are taken, and which are not.
    """

    state: ComparedState | None = None
    finding_id: int | None = None
    parts: Mapping[Part, bool] = field(default_factory=dict)


@transaction.atomic
def comparison_choose(
    *,
    actor: Actor,
    at: datetime,
    intake_id: int,
    version: int,
    rows: Mapping[int, RowChoice] | None = None,
    for_all: Mapping[Part, bool] | None = None,
) -> Comparison:
    """Keeps what a person chose of a comparison (选择); all of it or nothing.

    ``rows`` by the ids of the comparison's rows; ``for_all``: parts that are taken, or kept as the ledger has
    them, in every row, whatever was chosen before for single ones.

    :raises ComparisonNotFoundError: when this person compares the document with nothing.
    :raises ComparisonChangedError: when something was chosen after ``version``.
    :raises RowChoiceError: when a row is none of the comparison, or is given what it cannot be.
    :raises FindingGivenTwiceError: when two rows would be one finding.
    """
    comparison = comparison_locked(actor, at, intake_id)
    if comparison.version != version:
        raise ComparisonChangedError
    changed = [_for_all(comparison, for_all or {}), _for_rows(actor, comparison, rows or {})]
    if any(changed):
        comparison.version += 1
        comparison.save(update_fields=["version", "rules"])
    return comparison


def _for_all(comparison: Comparison, parts: Mapping[Part, bool]) -> bool:
    """Sets what holds for all rows; whether that is another thing than before."""
    before = comparison.rules
    comparison.rules = {**comparison.rules, **{part.value: taken for part, taken in parts.items()}}
    changed = []
    for row in comparison.rows.exclude(chosen={}).only("chosen").iterator():
        kept = {name: value for name, value in row.chosen.items() if name not in parts}
        if kept != row.chosen:
            row.chosen = kept
            changed.append(row)
    ComparedFinding.objects.bulk_update(changed, ["chosen"], batch_size=500)
    return bool(changed) or comparison.rules != before


def _for_rows(actor: Actor, comparison: Comparison, choices: Mapping[int, RowChoice]) -> bool:
    """Sets what was chosen for single rows; whether that is another thing than before."""
    items = DraftItem.objects.order_by("kind", "position", "pk")
    found = comparison.rows.filter(pk__in=choices).select_related("draft").order_by("position", "pk")
    rows = list(found.prefetch_related(Prefetch("draft__items", queryset=items, to_attr="all_items")))
    if len(rows) != len(choices):
        raise RowChoiceError(place="?")
    moved, before = [], [row.chosen for row in rows]
    for row in rows:
        choice = choices[row.pk]
        if choice.state is not None and _state_set(row, choice):
            moved.append(row)
        for part, taken in choice.parts.items():
            # what nobody touched goes on following what holds for all rows
            if part.value in row.differing and is_taken(part, row.chosen, comparison.rules) != taken:
                row.chosen = {**row.chosen, part.value: taken}
    _given_once(comparison, rows)
    compare_rows(actor, comparison, moved, [row.draft for row in moved])
    unseen = next((row for row in moved if row.finding_id is not None and not row.finding_version), None)
    if unseen is not None:
        raise RowChoiceError(place=unseen.position + 1)
    # a finding that one row gives up is free before another takes it
    given_up = [row.pk for row in moved]
    ComparedFinding.objects.filter(pk__in=given_up).update(
        finding=None, finding_version=None, state=ComparedState.ASK.value
    )
    names = ["state", "finding", "finding_version", "differing", "barred", "chosen", "candidates"]
    ComparedFinding.objects.bulk_update(rows, names, batch_size=100)
    return bool(moved) or before != [row.chosen for row in rows]


def _state_set(row: ComparedFinding, choice: RowChoice) -> bool:
    """Sets what becomes of a row; whether that is another thing than before."""
    state = choice.state
    wanted = choice.finding_id if state is ComparedState.SAME else None
    can_be = {
        ComparedState.ADD,
        ComparedState.LEAVE_OUT,
        *([ComparedState.SAME] if wanted is not None else []),
    }
    if row.state == ComparedState.UNFIT or state not in can_be:
        raise RowChoiceError(place=row.position + 1)
    if (row.state, row.finding_id) == (state, wanted):
        return False
    row.state = ComparedState(state).value
    row.finding_id = wanted
    row.finding_version = None if wanted is None else 0
    row.chosen = {"state": row.state}
    if wanted is not None and all(each[0] != wanted for each in row.candidates):
        # somebody looked for it: it is offered from now on, at no likeness that was counted
        row.candidates = [*row.candidates, [wanted, 0]]
    return True


def _given_once(comparison: Comparison, rows: Sequence[ComparedFinding]) -> None:
    given: dict[int, int] = {}
    wanted = {row.finding_id for row in rows if row.finding_id is not None}
    others = comparison.rows.exclude(pk__in=[row.pk for row in rows]).filter(finding__in=wanted)
    given.update(others.annotate(place=F("position") + 1).values_list("finding_id", "place"))
    for row in rows:
        if row.finding_id is None:
            continue
        if row.finding_id in given:
            raise FindingGivenTwiceError(place=row.position + 1, other=given[row.finding_id])
        given[row.finding_id] = row.position + 1
