"""Selectors of report requests (填报通知、未报名单): who was asked, who has reported, who has not."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from zhenggai.accounts.selectors import below
from zhenggai.domain.actor import Role
from zhenggai.domain.lifecycle import Nature, Stage
from zhenggai.domain.planning import PlanState
from zhenggai.domain.policy import Action, judge
from zhenggai.domain.reporting import Asked, is_report_owed, reported_days_late, reports_counted
from zhenggai.ledger.errors import ReportRequestNotFoundError
from zhenggai.ledger.facts import inspection_facts
from zhenggai.ledger.models import (
    Finding,
    Inspection,
    MeasureTask,
    ProgressReport,
    ReportRequest,
    ReportRequestItem,
    Suspension,
)
from zhenggai.ledger.visibility import findings_seen, inspections_seen, not_kept_from, sees_whole

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date

    from django.db.models import QuerySet

    from zhenggai.accounts.models import Organisation
    from zhenggai.domain.actor import Actor
    from zhenggai.domain.policy import Verdict

UNIT_ROLES: Final = (Role.HANDLER, Role.UNIT_HEAD)
SHOWN_MOST: Final = 8
_HEAD: Final = (
    "inspection__subject",
    "inspection__inspector_organisation",
    "inspection__profile_version",
    "by",
    "withdrawn_by",
)


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One finding of one unit on a day (填报事项): when it was reported, how late, or that it is not.

    ``is_missing``: it is owed and not reported; neither reported nor owed is what has left the unit's hands.
    """

    item: ReportRequestItem
    reported_on: date | None
    days_late: int
    is_missing: bool


@dataclass(slots=True)
class UnitLine:
    """What one unit was asked and has reported (单位填报情况)."""

    unit: Organisation
    items: list[ItemLine] = field(default_factory=list)

    @property
    def missing(self) -> list[ItemLine]:
        """What is owed and not reported."""
        return [each for each in self.items if each.is_missing]

    @property
    def reported(self) -> list[ItemLine]:
        """What is reported, in time or late."""
        return [each for each in self.items if each.reported_on is not None]

    @property
    def late(self) -> list[ItemLine]:
        """What was reported after the due day."""
        return [each for each in self.reported if each.days_late]

    @property
    def owed(self) -> int:
        """The denominator: what is reported and what is missing."""
        return len(self.reported) + len(self.missing)


@dataclass(slots=True)
class Sheet:
    """One request by unit, as far as the reader sees it (填报情况表): those with most missing first."""

    request: ReportRequest
    units: list[UnitLine]

    @property
    def missing_units(self) -> list[UnitLine]:
        """Who has not reported all that is owed (未报名单)."""
        return [each for each in self.units if each.missing]

    @property
    def asked_units(self) -> int:
        """The denominator of units: those that owe a report or have made one."""
        return sum(1 for each in self.units if each.owed)

    @property
    def missing(self) -> int:
        """Findings that are owed and not reported, one for each unit that owes it."""
        return sum(len(each.missing) for each in self.units)

    @property
    def owed(self) -> int:
        """The denominator of findings, one for each unit that owes it."""
        return sum(each.owed for each in self.units)

    @property
    def late(self) -> int:
        """Findings reported after the due day."""
        return sum(len(each.late) for each in self.units)

    @property
    def is_standing(self) -> bool:
        """Whether it was not withdrawn."""
        return self.request.withdrawn_at is None


def report_sheets(actor: Actor, inspection_id: int, on: date) -> list[Sheet]:
    """Every request of an inspection as far as the actor sees it, the latest due day first; eight queries.

    :raises InspectionNotFoundError: when there is no such inspection or the actor cannot see it.
    """
    inspection = _inspection(actor, inspection_id)
    requests = ReportRequest.objects.filter(inspection=inspection).select_related(*_HEAD)
    sheets = _sheets(list(requests), _items_seen(actor, inspection), on)
    whole = sees_whole(actor, inspection)
    # who was asked nothing, or sees nothing of what was asked, has no use for it
    return [each for each in sheets if whole or each.units]


def report_sheet(actor: Actor, request_id: int, on: date) -> Sheet:
    """One request as far as the actor sees it.

    :raises ReportRequestNotFoundError: when there is none, or the actor sees nothing of it.
    """
    request = report_request_get(actor, request_id)
    items = _items_seen(actor, request.inspection).filter(request=request)
    (sheet,) = _sheets([request], items, on)
    if not sheet.units and not sees_whole(actor, request.inspection):
        raise ReportRequestNotFoundError
    return sheet


def report_request_get(actor: Actor, request_id: int) -> ReportRequest:
    """The request, with its inspection.

    :raises ReportRequestNotFoundError: when there is none or the actor does not see its inspection.
    """
    request = ReportRequest.objects.select_related(*_HEAD).filter(pk=request_id).first()
    if request is not None:
        seen = Inspection.objects.filter(inspections_seen(actor), pk=request.inspection_id)
        if seen.exists():
            return request
    raise ReportRequestNotFoundError


def report_verdicts(actor: Actor, inspection: Inspection) -> dict[Action, Verdict]:
    """What the actor may do with report requests of an inspection, and why not (填报权限)."""
    facts = inspection_facts(inspection)
    actions = (Action.REPORTS_REQUEST, Action.REPORTS_WITHDRAW, Action.REPORTS_REMIND)
    return {action: judge(actor, action, facts) for action in actions}


@dataclass(frozen=True, slots=True)
class ReportsWaiting:
    """One request that waits for the actor (待报、待催): as somebody who reports, or as the office.

    ``units``: for the office, the names of those that have not reported (未报名单), as far as shown.
    """

    request: ReportRequest
    lines: Sequence[ItemLine]
    number: int
    missing_units: int
    asked_units: int
    is_office: bool
    units: Sequence[str] = ()

    @property
    def more(self) -> int:
        """How many findings are not among the lines."""
        return self.number - len(self.lines)


def reports_waiting(actor: Actor, on: date) -> list[ReportsWaiting]:
    """Requests of which something is owed by the actor's units, then those that the office waits for.

    Those whose period has begun; six queries, one where nothing was ever asked.
    """
    units = actor.paths_of(*UNIT_ROLES)
    offices = actor.paths_of(Role.OFFICE_CLERK)
    if actor.administers or not (units or offices):
        return []
    asked = below("unit__path", units) | below("request__inspection__subject__path", offices)
    items = ReportRequestItem.objects.filter(
        asked,
        request__withdrawn_at__isnull=True,
        request__first_on__lte=on,
        finding__in=Finding.objects.filter(not_kept_from(actor)),
    )
    found = _lines(items, on)
    if not found:
        return []
    ids = {line.item.request_id for line in found}
    requests = ReportRequest.objects.filter(pk__in=ids).select_related(*_HEAD).order_by("due_on", "pk")
    by_request: dict[int, list[ItemLine]] = defaultdict(list)
    for line in found:
        by_request[line.item.request_id].append(line)
    own, over = [], []
    for request in requests:
        lines = by_request[request.pk]
        mine = [each for each in lines if each.is_missing and _is_at(each.item.unit.path, units)]
        if mine:
            own.append(ReportsWaiting(request, mine[:SHOWN_MOST], len(mine), 0, 0, is_office=False))
        if _is_at(request.inspection.subject.path, offices):
            sheet = Sheet(request, _by_unit(lines))
            late = len(sheet.missing_units)
            if late:
                names = [each.unit.label for each in sheet.missing_units[:SHOWN_MOST]]
                over.append(
                    ReportsWaiting(
                        request, (), sheet.missing, late, sheet.asked_units, is_office=True, units=names
                    )
                )
    return [*own, *over]


def report_requests_named(actor: Actor, ids: Collection[int]) -> dict[int, ReportRequest]:
    """Those of the requests whose inspection the actor sees; one query, none without ids."""
    if not ids:
        return {}
    seen = Inspection.objects.filter(inspections_seen(actor))
    rows = ReportRequest.objects.filter(pk__in=ids, inspection__in=seen)
    return {each.pk: each for each in rows.select_related("inspection")}


def items_missing(
    request: ReportRequest, on: date, *, seen_by: Actor | None = None
) -> dict[int, list[ReportRequestItem]]:
    """What is owed and not reported, by the id of its unit, of everything that was asked (未报事项).

    ``seen_by``: of what this person sees of it.
    """
    items = ReportRequestItem.objects.filter(request=request)
    if seen_by is not None:
        items = _items_seen(seen_by, request.inspection).filter(request=request)
    missing: dict[int, list[ReportRequestItem]] = defaultdict(list)
    for line in _lines(items, on):
        if line.is_missing:
            missing[line.item.unit_id].append(line.item)
    return missing


def _inspection(actor: Actor, inspection_id: int) -> Inspection:
    from zhenggai.ledger.selectors import inspection_get  # noqa: PLC0415  # they show each other's rows

    return inspection_get(actor, inspection_id)


def _items_seen(actor: Actor, inspection: Inspection) -> QuerySet[ReportRequestItem]:
    seen = Finding.objects.filter(findings_seen(actor, inspection), inspection=inspection)
    return ReportRequestItem.objects.filter(request__inspection=inspection, finding__in=seen)


def _sheets(requests: Sequence[ReportRequest], items: QuerySet[ReportRequestItem], on: date) -> list[Sheet]:
    by_request: dict[int, list[ItemLine]] = defaultdict(list)
    for line in _lines(items, on):
        by_request[line.item.request_id].append(line)
    return [Sheet(each, _by_unit(by_request[each.pk])) for each in requests]


def _by_unit(lines: Iterable[ItemLine]) -> list[UnitLine]:
    units: dict[int, UnitLine] = {}
    for line in lines:
        units.setdefault(line.item.unit_id, UnitLine(line.item.unit)).items.append(line)
    for each in units.values():
        each.items.sort(key=lambda line: (not line.is_missing, line.item.finding.position))
    return sorted(units.values(), key=lambda each: (-len(each.missing), each.unit.path))


def _lines(items: QuerySet[ReportRequestItem], on: date) -> list[ItemLine]:
    """How each item stands on the day; five queries, however many there are."""
    suspended = Suspension.objects.filter(finding=OuterRef("finding"), ended_at__isnull=True)
    shown = items.annotate(is_suspended=Exists(suspended)).select_related(
        "finding__plan", "finding__inspection", "unit", "request"
    )
    rows = list(shown.order_by("finding__position", "pk"))
    if not rows:
        return []
    findings = items.values("finding")
    asked: dict[tuple[int, int], list[Asked]] = defaultdict(list)
    standing = ReportRequestItem.objects.filter(finding__in=findings, request__withdrawn_at__isnull=True)
    for finding_id, unit_id, due, last, first, request_id in standing.values_list(
        "finding", "unit", "request__due_on", "request__last_on", "request__first_on", "request"
    ):
        asked[finding_id, unit_id].append(Asked(due, last, first, request_id))
    days = _days(rows, findings)
    open_parts = set(
        MeasureTask.objects.filter(
            measure__finding__in=findings,
            done_at__isnull=True,
            dropped_at__isnull=True,
            measure__dropped_at__isnull=True,
            # the part of a unit that was taken off the finding is the lead unit's to report
            measure__finding__supporting__unit=F("unit"),
        ).values_list("measure__finding", "unit")
    )
    counted: dict[tuple[int, int], Mapping[int, date]] = {
        key: reports_counted(each, days[key]) for key, each in asked.items()
    }
    return [_line(row, counted, open_parts, on) for row in rows]


def _line(
    row: Any,
    counted: Mapping[tuple[int, int], Mapping[int, date]],
    open_parts: Collection[tuple[int, int]],
    on: date,
) -> ItemLine:
    key = (row.finding_id, row.unit_id)
    reported_on = counted.get(key, {}).get(row.request_id)
    is_theirs = row.unit_id == row.finding.lead_unit_id or key in open_parts
    is_owed = row.request.withdrawn_at is None and is_report_owed(
        Stage(row.finding.stage), is_theirs=is_theirs, rests=row.is_suspended or _waits_for_plan(row.finding)
    )
    days_late = reported_days_late(row.request.due_on, reported_on or on)
    is_missing = is_owed and reported_on is None
    return ItemLine(row, reported_on, days_late if reported_on or is_missing else 0, is_missing)


def _waits_for_plan(finding: Finding) -> bool:
    """Whether work on it begins only with the approval of its plan."""
    is_approved = finding.plan is not None and finding.plan.state == PlanState.APPROVED
    return finding.inspection.plan_required and not is_approved and finding.nature != Nature.IMMEDIATE


def _days(
    rows: Sequence[ReportRequestItem], findings: QuerySet[ReportRequestItem, Any]
) -> Mapping[tuple[int, int | None], Sequence[date]]:
    """On which days each unit reported on each finding: its progress, or that its part is done."""
    leads = {row.finding_id: row.finding.lead_unit_id for row in rows}
    days: dict[tuple[int, int | None], list[date]] = defaultdict(list)
    reports = ProgressReport.objects.filter(finding__in=findings)
    for finding_id, unit_ids, at in reports.values_list("finding", "unit_ids", "at"):
        # before it was noted for which unit a report is, it was taken for the lead unit's
        for unit_id in unit_ids or [leads[finding_id]]:
            days[finding_id, unit_id].append(timezone.localdate(at))
    done = MeasureTask.objects.filter(measure__finding__in=findings, done_at__isnull=False)
    for finding_id, unit_id, done_at in done.values_list("measure__finding", "unit", "done_at"):
        if done_at is not None:
            days[finding_id, unit_id].append(timezone.localdate(done_at))
    return days


def _is_at(path: str, above: Collection[str]) -> bool:
    return any(path.startswith(each) for each in above)


def reports_asked(finding_q: Q, inspection_id: int) -> list[tuple[int, int]]:
    """Whom a request asks that is issued now (应报范围): finding and unit, of all in work that fits."""
    rows = Finding.objects.filter(finding_q, inspection=inspection_id, lead_unit__isnull=False)
    led = list(rows.order_by("position").values_list("pk", "lead_unit_id"))
    parts = MeasureTask.objects.filter(
        measure__finding__in=rows,
        done_at__isnull=True,
        dropped_at__isnull=True,
        measure__dropped_at__isnull=True,
        measure__done_at__isnull=True,
        measure__finding__supporting__unit=F("unit"),
    )
    helping = parts.order_by("measure__finding__position", "unit").values_list("measure__finding", "unit")
    return [(pk, unit_id) for pk, unit_id in dict.fromkeys([*led, *helping]) if unit_id is not None]
