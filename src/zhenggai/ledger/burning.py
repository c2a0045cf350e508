"""Open findings day by day from the intervals that were kept, and as planned (销号进度)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Count, F, Q
from django.utils import timezone

from zhenggai.domain.burning import OpenFrom, Registered, level_on, open_levels, planned_levels
from zhenggai.domain.lifecycle import FINAL_STAGES
from zhenggai.ledger.models import Finding, StateInterval
from zhenggai.ledger.standing_on import as_stood, day_end
from zhenggai.ledger.visibility import findings_seen

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from zhenggai.domain.actor import Actor
    from zhenggai.domain.burning import Level
    from zhenggai.ledger.models import Inspection

_FINAL: Final = [stage.value for stage in FINAL_STAGES]


@dataclass(frozen=True, slots=True)
class Burning:
    """Open findings, rebounds among them, up to a day, and as their due days of that day plan it.

    ``first``: the day on which the first came in; None while there are none.
    """

    on: date
    first: date | None
    open: Sequence[Level]
    planned: Sequence[Level]

    @property
    def open_now(self) -> int:
        """How many are open as the day ends."""
        return level_on(self.open, self.on)

    @property
    def planned_now(self) -> int:
        """How many would be open, had each been finished on its due day."""
        return level_on(self.planned, self.on)


def burning_on(actor: Actor, inspection: Inspection, on: date, under: str = "") -> Burning:
    """The lines of what the actor sees of an inspection as the day ended; two queries.

    ``under``: of what is led by a unit at or below this path alone. Work that is closed for its stage is not
    open; when its next stage begins, it is again.
    """
    wanted = Q(lead_unit__path__startswith=under) if under else Q()
    seen = Finding.objects.filter(findings_seen(actor, inspection), wanted, inspection=inspection)
    end = day_end(on)
    came: Iterable[Mapping[str, Any]] = (
        as_stood(seen, on)
        .order_by()
        # the first interval of a finding begins with its registration
        .values("registered_at", due_then=F("then_due"))
        .annotate(number=Count("pk"))
    )
    registered = [
        Registered(timezone.localdate(row["registered_at"]), row["due_then"], row["number"]) for row in came
    ]
    closed = StateInterval.objects.filter(
        inspection=inspection, finding__in=seen.order_by().values("pk"), stage__in=_FINAL, since__lt=end
    )
    intervals = [OpenFrom(each.on, None, each.number) for each in registered]
    intervals += [
        OpenFrom(timezone.localdate(since), timezone.localdate(until) if until else None, -1)
        for since, until in closed.values_list("since", "until")
    ]
    first = min((each.on for each in registered), default=None)
    return Burning(on, first, open_levels(intervals, on), planned_levels(registered))
