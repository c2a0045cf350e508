"""On which findings the lead unit's reports fell due, and came late or are owed (迟报统计), as of a day."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from zhenggai.domain.figures import Figure
from zhenggai.domain.reporting import REPORTED_STAGES, Asked, reports_counted
from zhenggai.ledger.models import MeasureTask, ProgressReport, ReportRequestItem, Suspension
from zhenggai.ledger.standing_on import as_stood, day_end

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.db.models import QuerySet

    from zhenggai.ledger.models import Finding


def reports_late(findings: QuerySet[Finding], on: date) -> dict[Figure, dict[int, int]]:
    """Of `Figure.REPORTS_DUE` and `Figure.REPORTS_LATE`: the ids of the findings, each with its lead unit.

    Four queries, one where nothing was asked. A report is late that was made after its due day, or that is
    owed still while the work is with the unit and does not rest.
    """
    end = day_end(on)
    found: dict[Figure, dict[int, int]] = {Figure.REPORTS_DUE: {}, Figure.REPORTS_LATE: {}}
    items = ReportRequestItem.objects.filter(
        Q(request__withdrawn_at__isnull=True) | Q(request__withdrawn_at__gte=end),
        finding__in=findings.order_by().values("pk"),
        unit=F("finding__lead_unit"),
        request__at__lt=end,
    )
    asked: dict[int, list[Asked]] = defaultdict(list)
    units: dict[int, int] = {}
    for finding_id, unit_id, due, last, first, request_id in items.values_list(
        "finding", "unit", "request__due_on", "request__last_on", "request__first_on", "request"
    ):
        units[finding_id] = unit_id
        asked[finding_id].append(Asked(due, last, first, request_id))
    if not asked:
        return found
    days = _days(items, units, end)
    with_unit = _with_unit(findings, on)
    for finding_id, requests in asked.items():
        past = [each for each in requests if each.due < on]
        answered = reports_counted(requests, days[finding_id])
        is_late = [answered[each.id] > each.due for each in past if each.id in answered]
        if finding_id in with_unit:
            is_late += [True for each in past if each.id not in answered]
        if is_late:
            found[Figure.REPORTS_DUE][finding_id] = units[finding_id]
        if any(is_late):
            found[Figure.REPORTS_LATE][finding_id] = units[finding_id]
    return found


def _days(items: QuerySet[ReportRequestItem], units: dict[int, int], end: datetime) -> dict[int, list[date]]:
    """On which days the lead unit reported on each finding by then: progress, or that its part is done."""
    asked = items.values("finding")
    days: dict[int, list[date]] = defaultdict(list)
    reports = ProgressReport.objects.filter(finding__in=asked, at__lt=end)
    for finding_id, unit_ids, at in reports.values_list("finding", "unit_ids", "at"):
        # before it was noted for which unit a report is, it was taken for the lead unit's
        if not unit_ids or units[finding_id] in unit_ids:
            days[finding_id].append(timezone.localdate(at))
    done = MeasureTask.objects.filter(
        measure__finding__in=asked, unit=F("measure__finding__lead_unit"), done_at__lt=end
    )
    for finding_id, done_at in done.values_list("measure__finding", "done_at"):
        days[finding_id].append(timezone.localdate(done_at))
    return days


def _with_unit(findings: QuerySet[Finding], on: date) -> set[int]:
    """Findings that were with a unit as the day ended, and whose work did not rest."""
    end = day_end(on)
    rests = Suspension.objects.filter(
        Q(ended_at__isnull=True) | Q(ended_at__gte=end), finding=OuterRef("pk"), begun_at__lt=end
    )
    working: dict[str, Any] = {"then_stage__in": [stage.value for stage in REPORTED_STAGES]}
    rows = as_stood(findings.order_by(), on).filter(~Exists(rests), **working)
    return set(rows.values_list("pk", flat=True))
