"""What the trail says of what was taken of later documents (采用的留痕). Part of `ledger.recorded`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from zhenggai.domain.events import LedgerEvent
from zhenggai.ledger.models.findings import RESTATED
from zhenggai.ledger.models.placing import PLACED
from zhenggai.ledger.told import UNTOLD, Facts, told_maybe, told_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from zhenggai.trail.selectors import EventView


def _restated(facts: Facts, event: EventView) -> None:
    fields = told_of(event, "fields")
    told = {"document_id": told_of(event, "document_id"), "fields": fields, "by_id": event.actor_id}
    facts.put("claim_update", told_of(event, "version"), **told)
    if fields is UNTOLD:
        facts.put("finding", 0, **dict.fromkeys(RESTATED, UNTOLD))
    else:
        facts.put("finding", 0, **{name: said["after"] for name, said in fields.items() if "after" in said})
    added = told_maybe(event, "measures_added", ())
    if added is UNTOLD:
        facts.put("finding", 0, stated_measures=UNTOLD, stated_dues=UNTOLD)
    elif added:
        known = facts.found.get(("finding", 0), {}).get("stated_dues", UNTOLD)
        dues = UNTOLD if known is UNTOLD else _with(known, added)
        facts.put("finding", 0, stated_measures=told_of(event, "stated_measures"), stated_dues=dues)


def _placed(facts: Facts, event: EventView) -> None:
    fields = told_of(event, "fields")
    facts.put("placing", told_of(event, "version"), fields=fields, by_id=event.actor_id)
    for name in PLACED:
        if fields is UNTOLD:
            facts.put("finding", 0, **{name: UNTOLD})
        elif name in fields:
            facts.put("finding", 0, **{name: fields[name]["after"]})


def _with(known: list[Any], added: list[dict[str, Any]]) -> list[Any]:
    """The days that documents state for measures, by their places; none for those of the office."""
    dues = list(known)
    for each in added:
        dues += [None] * (each["position"] - len(dues))
        dues[each["position"] - 1] = each["due"]
    return dues


RESTATING_TOLD: Final[dict[str, Callable[[Facts, EventView], None]]] = {
    LedgerEvent.FINDING_RESTATED: _restated,
    LedgerEvent.FINDING_PLACED: _placed,
}
