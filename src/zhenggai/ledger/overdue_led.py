"""What is late under a leader (分管逾期事项), whoever has the next step of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db.models import Count, Q

from zhenggai.domain.actor import Role
from zhenggai.domain.lifecycle import FINAL_STAGES
from zhenggai.ledger.deadlines import DEADLINES_LISTED
from zhenggai.ledger.models import Finding
from zhenggai.ledger.narrowing import overdue_on
from zhenggai.ledger.visibility import led_by, not_kept_from
from zhenggai.ledger.waiting import SOON

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from zhenggai.domain.actor import Actor

SHOWN_MOST: Final = 8


@dataclass(frozen=True, slots=True)
class Led:
    """Open findings that the actor answers for (分管问题): how many are late or soon due, the latest first.

    ``soon``: due within seven days, today among them.
    """

    open: int = 0
    overdue: int = 0
    soon: int = 0
    rows: Sequence[Finding] = ()

    @property
    def more(self) -> int:
        """How many that are late are not named."""
        return self.overdue - len(self.rows)


def findings_led(actor: Actor, on: date) -> Led | None:
    """What a leader answers for (分管问题); None for whoever leads nothing. Four queries, however many."""
    if actor.administers or not actor.has(Role.RESPONSIBLE_LEADER):
        return None
    mine = Finding.objects.filter(led_by(actor, Role.RESPONSIBLE_LEADER), not_kept_from(actor))
    is_late = overdue_on(on)
    is_open = ~Q(stage__in=[stage.value for stage in FINAL_STAGES])
    found = mine.order_by().aggregate(
        open=Count("pk", filter=is_open),
        overdue=Count("pk", filter=is_late),
        soon=Count("pk", filter=is_open & Q(due__gte=on, due__lte=on + SOON)),
    )
    rows = (
        mine.filter(is_late).select_related("inspection__profile_version", "lead_unit").order_by("due", "pk")
    )
    return Led(**found, rows=list(rows.prefetch_related(*DEADLINES_LISTED)[:SHOWN_MOST]))
