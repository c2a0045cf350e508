"""What each figure counts, as a condition on findings as a day ended (统计口径): for sums and for lists."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, TruncDate

from zhenggai.domain.ageing import AGES
from zhenggai.domain.deadlines import Light
from zhenggai.domain.figures import (
    CLAIMS,
    GAPS,
    LATE_AGES,
    LIGHTS,
    NATURES,
    OPEN_AGES,
    OUTCOMES,
    OVERDUE_AGES,
    STAGE_FIGURES,
    STATED,
    Figure,
)
from zhenggai.domain.forecasting import FORECAST_RULE
from zhenggai.domain.lifecycle import FINAL_STAGES, Stage
from zhenggai.ledger.models import (
    Closure,
    ClosureRequest,
    Measure,
    Outcome,
    ProgressReport,
    RecheckDate,
    ReturnRecord,
    StageStart,
    StateInterval,
)
from zhenggai.ledger.progress_gaps import gap_is, last_view
from zhenggai.ledger.standing_on import as_stood, day_end, days_before, held

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date

    from django.db.models import QuerySet

    from zhenggai.domain.deadlines import WarningDays
    from zhenggai.domain.outcomes import OutcomeKind
    from zhenggai.ledger.models import Finding

_FINAL: Final = [stage.value for stage in FINAL_STAGES]
FIRST: Final = Q(origin__isnull=True)
"""Findings that are no rebounds."""
_SUCCESSOR: Final = Q(origin__isnull=False)
_OPEN: Final = ~Q(then_stage__in=_FINAL)
_CLOSED: Final = Q(then_stage__in=_FINAL)


def stood(rows: QuerySet[Finding], on: date, asked: Iterable[Q]) -> QuerySet[Finding]:
    """Findings as they stood as the day ended, with what these of the `conditions` ask of them."""
    wanted = {name for each in asked for name in _names(each)}
    told = {name: tell(on) for name, tell in _TOLD.items() if name in wanted}
    # told to the database where a condition asks for them, and never fetched
    return as_stood(rows, on).alias(**told)


def _names(condition: Q) -> Iterator[str]:
    """The columns that a condition asks for."""
    for child in condition.children:
        if isinstance(child, Q):
            yield from _names(child)
        elif isinstance(child, tuple):
            lookup, value = child
            yield lookup.partition("__")[0]
            if isinstance(value, F):
                yield value.name  # type: ignore[attr-defined]  # the stubs leave it out


def _back(on: date) -> Exists:
    rows = StateInterval.objects.filter(held(on), finding__origin=OuterRef("pk"))
    return Exists(rows.exclude(stage__in=_FINAL))


def _recheck_late(on: date) -> Exists:
    end = day_end(on)
    standing = Q(ended_at__isnull=True) | Q(ended_at__gte=end)
    return Exists(RecheckDate.objects.filter(standing, finding=OuterRef("pk"), at__lt=end, due_on__lt=on))


def _opened(on: date) -> Coalesce:
    begun = StageStart.objects.filter(finding=OuterRef("pk"), at__lt=day_end(on)).order_by("-pk")
    return Coalesce(Subquery(begun.values("at")[:1]), F("registered_at"))


def _finished(on: date) -> Subquery:
    closed = Closure.objects.filter(finding=OuterRef("pk"), at__lt=day_end(on)).order_by("-pk")
    return Subquery(closed.values(day=TruncDate("request__at"))[:1])


def _asked(on: date) -> Exists:
    return Exists(ClosureRequest.objects.filter(finding=OuterRef("pk"), at__lt=day_end(on)))


def _returned(on: date) -> Exists:
    return Exists(ReturnRecord.objects.filter(request__finding=OuterRef("pk"), at__lt=day_end(on)))


def _reported(on: date) -> Exists:
    lately = day_end(days_before(on, FORECAST_RULE.silent_days))
    reports = ProgressReport.objects.filter(finding=OuterRef("pk"), at__lt=day_end(on), at__gte=lately)
    return Exists(reports)


def _done(on: date) -> Coalesce:
    return _number(_measures(on).filter(done_at__lt=day_end(on)))


def _undone(on: date) -> Coalesce:
    return _number(_measures(on).filter(Q(done_at__isnull=True) | Q(done_at__gte=day_end(on))))


def _measures(on: date) -> QuerySet[Measure, Any]:
    return measures_standing(on).filter(finding=OuterRef("pk")).order_by().values("finding")


def _number(rows: QuerySet[Measure, Any]) -> Coalesce:
    return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n")), 0, output_field=IntegerField())


def measures_standing(on: date) -> QuerySet[Measure]:
    """Measures that stood as the day ended (时点措施)."""
    end = day_end(on)
    return Measure.objects.filter(Q(dropped_at__isnull=True) | Q(dropped_at__gte=end), added_at__lt=end)


def proved(on: date) -> QuerySet[Outcome]:
    """Outcomes that stood as the day ended, with their evidence (时点成效)."""
    end = day_end(on)
    return Outcome.objects.filter(
        Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=end),
        Q(evidence__withdrawn_at__isnull=True) | Q(evidence__withdrawn_at__gte=end),
        at__lt=end,
    )


def _proved_of(kind: OutcomeKind, on: date) -> Exists:
    return Exists(proved(on).filter(finding=OuterRef("pk"), kind=kind.value))


# what conditions ask of a finding beside how it stood
_TOLD: Final[Mapping[str, Callable[[date], Any]]] = {
    "then_back": _back,
    "then_recheck_late": _recheck_late,
    "then_viewed": lambda on: last_view(day_end(on)),
    "then_opened": _opened,
    "then_finished": _finished,
    "then_asked": _asked,
    "then_returned": _returned,
    "then_reported": _reported,
    "then_done": _done,
    "then_undone": _undone,
    **{f"then_{figure.value}": partial(_proved_of, kind) for kind, figure in OUTCOMES.items()},
}


def conditions(on: date, warning: WarningDays) -> dict[Figure, Q]:
    """What each figure counts of the rows of `stood` (统计条件); reports are told by `reports_late`."""
    late = Q(then_due__lt=on) & _OPEN
    return {
        **_STANDING,
        Figure.OVERDUE: FIRST & late,
        Figure.REBOUNDS_OVERDUE: _SUCCESSOR & late,
        **{LIGHTS[light]: _OPEN & is_lit(light, on, warning, "then_due") for light in LIGHTS},
        **_ages(on),
        **_forecast(on),
    }


def is_lit(light: Light, on: date, warning: WarningDays, due: str) -> Q:
    """Work that is not done and shows this light on the day (预警灯), by the name of its due day."""
    very_near, near = (on + timedelta(days=days) for days in (warning.very_near_days, warning.near_days))
    near = max(near, very_near)
    return {
        Light.NONE: Q(**{f"{due}__isnull": True}),
        Light.OVERDUE: Q(**{f"{due}__lt": on}),
        Light.VERY_NEAR: Q(**{f"{due}__gte": on, f"{due}__lte": very_near}),
        Light.NEAR: Q(**{f"{due}__gt": very_near, f"{due}__lte": near}),
        Light.FAR: Q(**{f"{due}__gt": near}),
    }[light]


def _ages(on: date) -> dict[Figure, Q]:
    found: dict[Figure, Q] = {}
    for each, (first, last) in AGES.items():
        # the day on which it began is the first of the days it is open
        is_open = _OPEN & Q(then_opened__lt=day_end(days_before(on, first - 1)))
        overdue = _OPEN & Q(then_due__lte=days_before(on, first))
        finished = _CLOSED & Q(then_finished__gte=F("then_due") + timedelta(days=first))
        if last is not None:
            is_open &= Q(then_opened__gte=day_end(days_before(on, last)))
            overdue &= Q(then_due__gte=days_before(on, last))
            finished &= Q(then_finished__lte=F("then_due") + timedelta(days=last))
        found |= {OPEN_AGES[each]: is_open, OVERDUE_AGES[each]: overdue, LATE_AGES[each]: finished}
    return found


def _forecast(on: date) -> dict[Figure, Q]:
    rule = FORECAST_RULE
    near = Q(then_due__gte=on, then_due__lte=on + timedelta(days=rule.near_days))
    coming = near & _OPEN & ~Q(then_stage=Stage.CLOSURE_REQUESTED.value)
    last = Q(then_due__lte=on + timedelta(days=rule.last_days), then_undone__gt=0)
    # more is left than done: fewer than half are done
    behind = Q(then_done__lt=F("then_undone")) | last | Q(then_done=0, then_undone=0)
    silent = Q(then_opened__lt=day_end(days_before(on, rule.silent_days)), then_reported=False)
    return {
        Figure.LIKELY_LATE: coming & (behind | silent),
        Figure.LIKELY_LATE_BEHIND: coming & behind,
        Figure.LIKELY_LATE_SILENT: coming & silent,
    }


def _standing() -> dict[Figure, Q]:
    """What each figure counts, but for those that compare with the day."""
    back = FIRST & _CLOSED & Q(then_back=True)
    holds = FIRST & Q(then_back=False)
    stands = {
        stage: (holds if stage in FINAL_STAGES else FIRST) & Q(then_stage=stage.value) for stage in Stage
    }
    return {
        Figure.ALL: FIRST,
        **{STAGE_FIGURES[stage]: condition for stage, condition in stands.items()},
        Figure.CLOSED_EITHER: holds & _CLOSED,
        Figure.CAME_BACK: back,
        Figure.CAME_BACK_STAGE_CLOSED: back & Q(then_stage=Stage.STAGE_CLOSED.value),
        **{each: FIRST & Q(then_nature=nature or "") for nature, each in NATURES.items()},
        **{each: FIRST & Q(then_progress=progress or "") for progress, each in CLAIMS.items()},
        **{
            each: FIRST & gap_is(gap, claimed="then_progress", viewed="then_viewed")
            for gap, each in GAPS.items()
        },
        **{each: FIRST & Q(stated_progress=progress or "") for progress, each in STATED.items()},
        Figure.STATED_CLOSED: FIRST & Q(stated_closed=True),
        **{figure: Q(**{f"then_{figure.value}": True}) for figure in OUTCOMES.values()},
        Figure.REBOUNDS: _SUCCESSOR,
        Figure.REBOUNDS_OPEN: _SUCCESSOR & _OPEN,
        Figure.REBOUNDS_STAGE_CLOSED: _SUCCESSOR & Q(then_stage=Stage.STAGE_CLOSED.value),
        Figure.REBOUNDS_CLOSED: _SUCCESSOR & Q(then_stage=Stage.CLOSED.value),
        Figure.RECHECKS_OVERDUE: Q(then_recheck_late=True),
        Figure.OPEN: _OPEN,
        Figure.ASKED_TO_CLOSE: Q(then_asked=True),
        Figure.SENT_BACK: Q(then_returned=True),
    }


_STANDING: Final = _standing()
