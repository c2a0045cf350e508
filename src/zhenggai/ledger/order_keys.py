"""Keeping the keys of the lists (维护排序键): with each change of a finding, and when a name changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from zhenggai.accounts.renames import Named
from zhenggai.domain.lifecycle import Stage
from zhenggai.domain.ordering import number_key, words_key
from zhenggai.domain.placing import PLACE_STEP
from zhenggai.domain.reading import StatedProgress
from zhenggai.ledger.models import OrderKey

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhenggai.ledger.models import Finding

_BATCH: Final = 500
PLACES: Final = 1_000
"""How many places a position has: one for the finding, the others for its rebounds."""
_STAGES: Final = {stage.value: place for place, stage in enumerate(Stage)}
_STATED: Final = {progress.value: place for place, progress in enumerate(StatedProgress)}


def order_keys_create(findings: Sequence[Finding]) -> None:
    """Writes the keys of findings that are new, with their ids and themes."""
    OrderKey.objects.bulk_create(
        [
            OrderKey(
                finding=each,
                inspection_id=each.inspection_id,
                position=place_of(each),
                place=_place_in_tree(each),
                **order_keys_of(each),
            )
            for each in findings
        ],
        batch_size=_BATCH,
    )


def place_of(finding: Finding) -> int:
    """Where the finding stands in its document's order (位次): a successor right after its origin."""
    first = finding.origin or finding
    return first.position * PLACES + (finding.rebound or 0)


def _place_in_tree(finding: Finding) -> int:
    """As in its document; a successor right after its origin, wherever that was put."""
    if finding.origin_id is None:
        return place_natural(place_of(finding))
    first = OrderKey.objects.get(finding=finding.origin_id)
    return first.place + (finding.rebound or 0)


def place_natural(position: int) -> int:
    """The place in the tree of what stands at a position of the list (原位次)."""
    return position * PLACE_STEP


def order_keys_put(finding: Finding) -> None:
    """Writes the keys of a finding that changed, loaded with theme, unit and leader."""
    OrderKey.objects.filter(finding=finding).update(**order_keys_of(finding))


def order_keys_follow(kind: Named, object_id: int, name: str) -> None:
    """Writes the key of an organisation or a person that has another name, in every ledger."""
    key = words_key(name) or None
    if kind is Named.ORGANISATION:
        OrderKey.objects.filter(finding__lead_unit=object_id).update(unit=key)
    else:
        OrderKey.objects.filter(finding__responsible_leader=object_id).update(leader=key)


def order_keys_of(finding: Any) -> dict[str, Any]:
    """The keys of one finding."""
    unit, leader = finding.lead_unit, finding.responsible_leader
    return {
        "number": number_key(finding.number) or None,
        "title": words_key(finding.title),
        "theme": finding.theme.position if finding.theme else None,
        "unit": words_key((unit.short_name or unit.name) if unit else finding.stated_unit) or None,
        "leader": words_key(leader.name if leader else finding.stated_leader) or None,
        "due": finding.due,
        "stage": _STAGES[finding.stage],
        "stated": _STATED.get(finding.stated_progress),
    }
