"""What happened to the findings a person sees since they were last here (上次以来的变化)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from zhenggai.ledger.models import Finding
from zhenggai.ledger.visibility import findings_shown
from zhenggai.trail.chains import ChainKey
from zhenggai.trail.selectors import last_events_about

if TYPE_CHECKING:
    from datetime import datetime

    from zhenggai.domain.actor import Actor
    from zhenggai.trail.selectors import EventView

CHANGES_MOST: Final = 8
# of these the own ones are left out
_LOOKED_AT: Final = 40


@dataclass(frozen=True, slots=True)
class Change:
    """A finding that somebody else changed last, and what that was."""

    finding: Finding
    event: EventView


def findings_changed(actor: Actor, since: datetime) -> tuple[list[Change], bool]:
    """The findings last changed by others after the moment, the latest first, and whether there are more.

    Looked at are the 40 latest changes; a finding that the actor changed last is no news. Four queries.
    """
    if actor.administers or not actor.grants:
        return [], False
    rows = Finding.objects.filter(findings_shown(actor), changed_at__gt=since).select_related("inspection")
    latest = list(rows.order_by("-changed_at", "-pk")[:_LOOKED_AT])
    events = last_events_about(ChainKey.inspection(0).kind, "finding", [row.pk for row in latest])
    found = [
        Change(row, events[row.pk])
        for row in latest
        if row.pk in events and events[row.pk].actor_id != actor.person_id
    ]
    return found[:CHANGES_MOST], len(found) > CHANGES_MOST
