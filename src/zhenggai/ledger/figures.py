"""Figures of a ledger as of a day (时点统计), and the findings that each counts: by the same condition."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, Sum

from zhenggai.domain.figures import SHEET, Figure, tally_of
from zhenggai.domain.outcomes import OutcomeKind
from zhenggai.ledger.figure_conditions import FIRST, conditions, measures_standing, proved, stood
from zhenggai.ledger.models import Finding
from zhenggai.ledger.reports_late import reports_late
from zhenggai.ledger.standing_on import as_stood, day_end
from zhenggai.ledger.visibility import findings_seen

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from django.db.models import QuerySet

    from zhenggai.domain.actor import Actor
    from zhenggai.domain.counting import CountingRule, Rate, Tally
    from zhenggai.ledger.models import Inspection


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of an inspection as the day ended (时点统计表); ``tally`` makes rates of them."""

    on: date
    counted: Mapping[Figure, int]
    tally: Tally
    rule: CountingRule
    outcomes: Mapping[OutcomeKind, Decimal]

    @property
    def computed(self) -> Rate:
        """The share that is closed here, or of measures done (计算所得)."""
        return self.tally.closing_rate(self.rule)

    @property
    def stated(self) -> Rate:
        """The share that documents say is done (原件所称)."""
        return self.tally.stated_rate(self.rule)


def figures_on(actor: Actor, inspection: Inspection, on: date, under: str = "") -> Figures:
    """Every figure of the findings that the actor sees, as the day ended (时点统计); three queries.

    What documents say of a finding counts from its registration on. ``under``: of those alone that a unit
    leads at or below this path.
    """
    wanted = Q(lead_unit__path__startswith=under) if under else Q()
    told = conditions(on, inspection.rules.warning)
    seen = Finding.objects.filter(findings_seen(actor, inspection), wanted, inspection=inspection)
    rows = stood(seen, on, (told[figure] for figure in SHEET)).order_by()
    found = rows.aggregate(**{figure.value: Count("pk", filter=told[figure]) for figure in SHEET})
    counted = {figure: found[figure.value] for figure in SHEET}
    tally = tally_of(counted, _measures(rows.filter(FIRST).values("pk"), on))
    return Figures(on, counted, tally, inspection.rules.counting, _outcomes(rows.values("pk"), on))


def counted_by(
    rows: QuerySet[Finding], figure: Figure, on: date, inspection: Inspection
) -> QuerySet[Finding]:
    """The findings that a figure counts (统计明细), for a list: exactly as many as it says."""
    if figure in {Figure.REPORTS_DUE, Figure.REPORTS_LATE}:
        # which report answers which request is no question for a database
        return as_stood(rows, on).filter(pk__in=list(reports_late(rows, on)[figure]))
    condition = conditions(on, inspection.rules.warning)[figure]
    return stood(rows, on, [condition]).filter(condition)


def _measures(findings: QuerySet[Finding, Any], on: date) -> tuple[int, int]:
    """Measures that stood as the day ended, and those of them that were done."""
    end = day_end(on)
    standing = measures_standing(on).filter(finding__in=findings)
    counted = standing.aggregate(all=Count("pk"), done=Count("pk", filter=Q(done_at__lt=end)))
    return counted["all"], counted["done"]


def _outcomes(findings: QuerySet[Finding, Any], on: date) -> dict[OutcomeKind, Decimal]:
    """How much of each kind of outcome stood as the day ended; nought where there is none."""
    sums = proved(on).filter(finding__in=findings).order_by().values("kind").annotate(sum=Sum("quantity"))
    found = {row["kind"]: row["sum"] for row in sums}
    return {kind: found.get(kind.value, Decimal(0)) for kind in OutcomeKind}
