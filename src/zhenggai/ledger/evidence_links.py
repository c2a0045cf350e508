"""What evidence says that it proves (证明对象), read off rows and events that are loaded already."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zhenggai.ledger.told import UNTOLD, told_maybe

if TYPE_CHECKING:
    from zhenggai.ledger.models import Evidence, Finding
    from zhenggai.trail.selectors import EventView


def measures_proved(finding: Finding) -> dict[int, tuple[int, ...]]:
    """By measure, the standing evidence of this round that says it proves it (措施佐证), by id."""
    return _proved(finding, "measure_id")


def criteria_proved(finding: Finding) -> dict[int, tuple[int, ...]]:
    """By criterion, the standing evidence of this round that says it proves it (标准佐证), by id."""
    return _proved(finding, "criterion_id")


def links_as_rows(evidence: Evidence) -> dict[str, Any]:
    """What a loaded piece proves, in the shape in which `links_as_told` tells it."""
    links = list(evidence.links.all())
    return {
        "for_measures": sorted(each.measure_id for each in links if each.measure_id is not None),
        "for_criteria": sorted(each.criterion_id for each in links if each.criterion_id is not None),
        "people": sorted((each.person, each.handling) for each in links if each.person),
    }


def links_as_told(event: EventView) -> dict[str, Any]:
    """What an event says that a piece proves; nothing before that was told at all."""
    ids = {name: told_maybe(event, name, []) for name in ("for_measures", "for_criteria")}
    people = told_maybe(event, "people", [])
    return {
        **{
            name: told if told is UNTOLD else sorted(each["id"] for each in told)
            for name, told in ids.items()
        },
        "people": people
        if people is UNTOLD
        else sorted((each["person"], each["handling"]) for each in people),
        **{name: told_maybe(event, name, "") for name in ("document_number", "issuer")},
    }


def _proved(finding: Finding, name: str) -> dict[int, tuple[int, ...]]:
    found: dict[int, tuple[int, ...]] = {}
    for evidence in finding.evidence.all():
        if evidence.round == finding.round and evidence.withdrawn_at is None:
            for link in evidence.links.all():
                id_ = getattr(link, name)
                if id_ is not None:
                    found[id_] = (*found.get(id_, ()), evidence.pk)
    return found
