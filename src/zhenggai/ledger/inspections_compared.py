"""Inspections side by side as of a day (轮次对比): each by its own counting rule, the latest first."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Count, F, Q, Sum

from zhenggai.domain.counting import Tally
from zhenggai.domain.deadlines import DEFAULT_WARNING_DAYS
from zhenggai.domain.figures import Figure
from zhenggai.domain.lifecycle import Stage
from zhenggai.domain.outcomes import PEOPLE, OutcomeKind
from zhenggai.ledger.figure_conditions import FIRST, conditions, measures_standing, proved, stood
from zhenggai.ledger.models import Finding, Inspection
from zhenggai.ledger.standing_on import as_stood, day_end
from zhenggai.ledger.visibility import findings_shown, inspections_seen

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from zhenggai.domain.actor import Actor
    from zhenggai.domain.counting import Rate

COMPARED_MOST: Final = 200
# none of them asks for the days of warning, which differ from profile to profile
SIDES: Final = (
    Figure.ALL,
    Figure.CLOSED,
    Figure.STAGE_CLOSED,
    Figure.CLOSED_EITHER,
    Figure.OPEN,
    Figure.LIGHT_OVERDUE,
    Figure.REBOUNDS,
    Figure.SENT_BACK,
)


@dataclass(frozen=True, slots=True)
class Side:
    """One inspection among others as the day ended, as far as the actor sees it (对比项)."""

    inspection: Inspection
    counted: Mapping[Figure, int]
    rate: Rate
    outcomes: Mapping[OutcomeKind, Decimal]

    @property
    def people(self) -> Decimal:
        """People held to account, in every kind."""
        return sum((self.outcomes[kind] for kind in PEOPLE), Decimal(0))


def kin_of(inspection: Inspection) -> Q:
    """Inspections of the same organisation, or by the same inspecting body (同一单位、同一巡察机构)."""
    by_body = Q(inspector_organisation=inspection.inspector_organisation_id)
    return Q(subject=inspection.subject_id) | (by_body if inspection.inspector_organisation_id else Q())


def inspections_compared(
    actor: Actor, on: date, wanted: Q | None = None, most: int = COMPARED_MOST
) -> list[Side]:
    """The inspections that the actor sees, by organisation and then the latest first; four queries.

    Of each the findings count that the actor sees. Those with the latest feedback stand where there are more
    than ``most``.
    """
    seen = Inspection.objects.filter(inspections_seen(actor), wanted or Q())
    latest = seen.select_related("subject", "inspector_organisation", "profile_version", "round")
    rows = list(latest.order_by(F("feedback_on").desc(nulls_last=True), "-pk")[:most])
    findings = Finding.objects.filter(findings_shown(actor), inspection__in=rows)
    told = conditions(on, DEFAULT_WARNING_DAYS)
    grouped: Iterable[Mapping[str, Any]] = (
        stood(findings, on, (told[each] for each in SIDES))
        .order_by()
        .values("inspection_id")
        .annotate(**{f"n_{each.value}": Count("pk", filter=told[each]) for each in SIDES})
    )
    counted = {
        row["inspection_id"]: Counter({each: row[f"n_{each.value}"] for each in SIDES}) for row in grouped
    }
    then = as_stood(findings, on).order_by()
    done = _measures(then.filter(FIRST).values("pk"), on)
    outcomes = _outcomes(then.values("pk"), on)
    rows.sort(key=lambda each: each.subject.path)
    return [_side(each, counted.get(each.pk, Counter()), done[each.pk], outcomes[each.pk]) for each in rows]


def _side(
    inspection: Inspection,
    counted: Counter[Figure],
    measures: tuple[int, int],
    outcomes: dict[OutcomeKind, Decimal],
) -> Side:
    tally = Tally(
        total=counted[Figure.ALL],
        by_stage={
            Stage.CLOSED: counted[Figure.CLOSED],
            Stage.STAGE_CLOSED: counted[Figure.STAGE_CLOSED],
        },
        measures=measures[0],
        measures_done=measures[1],
    )
    summed = {kind: outcomes.get(kind, Decimal(0)) for kind in OutcomeKind}
    return Side(inspection, counted, tally.closing_rate(inspection.rules.counting), summed)


def _measures(findings: Any, on: date) -> dict[int, tuple[int, int]]:
    """Of each inspection the measures that stood, and those of them that were done."""
    rows: Iterable[Mapping[str, Any]] = (
        measures_standing(on)
        .filter(finding__in=findings)
        .order_by()
        .values("finding__inspection_id")
        .annotate(all=Count("pk"), done=Count("pk", filter=Q(done_at__lt=day_end(on))))
    )
    found: dict[int, tuple[int, int]] = defaultdict(lambda: (0, 0))
    found.update((row["finding__inspection_id"], (row["all"], row["done"])) for row in rows)
    return found


def _outcomes(findings: Any, on: date) -> dict[int, dict[OutcomeKind, Decimal]]:
    """Of each inspection how much of each kind of outcome stood."""
    rows: Iterable[Mapping[str, Any]] = (
        proved(on)
        .filter(finding__in=findings)
        .order_by()
        .values("finding__inspection_id", "kind")
        .annotate(sum=Sum("quantity"))
    )
    found: dict[int, dict[OutcomeKind, Decimal]] = defaultdict(dict)
    for row in rows:
        found[row["finding__inspection_id"]][OutcomeKind(row["kind"])] = row["sum"]
    return found
