"""Figures of a ledger as of a day (时点统计), and the findings that each counts: by the same condition."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Count, Exists, OuterRef, Q, Sum

from zhenggai.domain.figures import CLAIMS, GAPS, NATURES, OUTCOMES, STAGE_FIGURES, STATED, Figure, tally_of
from zhenggai.domain.lifecycle import FINAL_STAGES, Stage
from zhenggai.domain.outcomes import OutcomeKind
from zhenggai.ledger.models import Finding, Measure, Outcome, RecheckDate, StateInterval
from zhenggai.ledger.progress_gaps import gap_is, last_view
from zhenggai.ledger.standing_on import as_stood, day_end, held
from zhenggai.ledger.visibility import findings_seen

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from django.db.models import QuerySet

    from zhenggai.domain.actor import Actor
    from zhenggai.domain.counting import CountingRule, Rate, Tally
    from zhenggai.ledger.models import Inspection

_FINAL: Final = [stage.value for stage in FINAL_STAGES]
_FIRST: Final = Q(origin__isnull=True)
_SUCCESSOR: Final = Q(origin__isnull=False)
_OPEN: Final = ~Q(then_stage__in=_FINAL)


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


def figures_on(actor: Actor, inspection: Inspection, on: date) -> Figures:
    """Every figure of the findings that the actor sees, as the day ended (时点统计); three queries.

    What documents say of a finding counts from its registration on.
    """
    rows = _stood(Finding.objects.filter(findings_seen(actor, inspection), inspection=inspection), on)
    found = rows.order_by().aggregate(
        **{figure.value: Count("pk", filter=_condition(figure, on)) for figure in Figure}
    )
    counted = {figure: found[figure.value] for figure in Figure}
    first = rows.order_by().filter(_FIRST).values("pk")
    tally = tally_of(counted, _measures(first, on))
    every = rows.order_by().values("pk")
    return Figures(on, counted, tally, inspection.rules.counting, _outcomes(every, on))


def counted_by(rows: QuerySet[Finding], figure: Figure, on: date) -> QuerySet[Finding]:
    """The findings that a figure counts (统计明细), for a list: exactly as many as it says."""
    return _stood(rows, on).filter(_condition(figure, on))


def _stood(rows: QuerySet[Finding], on: date) -> QuerySet[Finding]:
    """Findings as they stood, with whether each had come back and whether its re-check was overdue."""
    back = StateInterval.objects.filter(held(on), finding__origin=OuterRef("pk")).exclude(stage__in=_FINAL)
    end = day_end(on)
    late = RecheckDate.objects.filter(
        Q(ended_at__isnull=True) | Q(ended_at__gte=end), finding=OuterRef("pk"), at__lt=end, due_on__lt=on
    )
    proved = {
        f"then_{figure.value}": Exists(_proved(on).filter(finding=OuterRef("pk"), kind=kind.value))
        for kind, figure in OUTCOMES.items()
    }
    return as_stood(rows, on).annotate(
        then_back=Exists(back), then_recheck_late=Exists(late), then_viewed=last_view(end), **proved
    )


def _condition(figure: Figure, on: date) -> Q:
    if figure in _CONDITIONS:
        return _CONDITIONS[figure]
    late = Q(then_due__lt=on) & _OPEN
    return {
        Figure.OVERDUE: _FIRST & late,
        Figure.REBOUNDS_OVERDUE: _SUCCESSOR & late,
        Figure.RECHECKS_OVERDUE: Q(then_recheck_late=True),
    }[figure]


def _conditions() -> dict[Figure, Q]:
    """What each figure counts, but for those that compare with the day."""
    back = _FIRST & Q(then_stage__in=_FINAL, then_back=True)
    stands = {
        stage: _FIRST & Q(then_stage=stage.value) & (Q(then_back=False) if stage in FINAL_STAGES else Q())
        for stage in Stage
    }
    return {
        Figure.ALL: _FIRST,
        **{STAGE_FIGURES[stage]: condition for stage, condition in stands.items()},
        Figure.CAME_BACK: back,
        Figure.CAME_BACK_STAGE_CLOSED: back & Q(then_stage=Stage.STAGE_CLOSED.value),
        **{each: _FIRST & Q(then_nature=nature or "") for nature, each in NATURES.items()},
        **{each: _FIRST & Q(then_progress=progress or "") for progress, each in CLAIMS.items()},
        **{
            each: _FIRST & gap_is(gap, claimed="then_progress", viewed="then_viewed")
            for gap, each in GAPS.items()
        },
        **{each: _FIRST & Q(stated_progress=progress or "") for progress, each in STATED.items()},
        Figure.STATED_CLOSED: _FIRST & Q(stated_closed=True),
        **{figure: Q(**{f"then_{figure.value}": True}) for figure in OUTCOMES.values()},
        Figure.REBOUNDS: _SUCCESSOR,
        Figure.REBOUNDS_OPEN: _SUCCESSOR & _OPEN,
        Figure.REBOUNDS_STAGE_CLOSED: _SUCCESSOR & Q(then_stage=Stage.STAGE_CLOSED.value),
        Figure.REBOUNDS_CLOSED: _SUCCESSOR & Q(then_stage=Stage.CLOSED.value),
    }


_CONDITIONS: Final = _conditions()


def _measures(findings: QuerySet[Finding, Any], on: date) -> tuple[int, int]:
    """Measures that stood as the day ended, and those of them that were done."""
    end = day_end(on)
    standing = Measure.objects.filter(
        Q(dropped_at__isnull=True) | Q(dropped_at__gte=end), finding__in=findings, added_at__lt=end
    )
    counted = standing.aggregate(all=Count("pk"), done=Count("pk", filter=Q(done_at__lt=end)))
    return counted["all"], counted["done"]


def _outcomes(findings: QuerySet[Finding, Any], on: date) -> dict[OutcomeKind, Decimal]:
    """How much of each kind of outcome stood as the day ended; nought where there is none."""
    sums = _proved(on).filter(finding__in=findings).order_by().values("kind").annotate(sum=Sum("quantity"))
    found = {row["kind"]: row["sum"] for row in sums}
    return {kind: found.get(kind.value, Decimal(0)) for kind in OutcomeKind}


def _proved(on: date) -> QuerySet[Outcome]:
    """Outcomes that stood as the day ended, with their evidence."""
    end = day_end(on)
    return Outcome.objects.filter(
        Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=end),
        Q(evidence__withdrawn_at__isnull=True) | Q(evidence__withdrawn_at__gte=end),
        at__lt=end,
    )
