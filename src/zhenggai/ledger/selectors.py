"""What is asked about the ledger (查询); each selector shows an actor only what is his to see."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from zhenggai.domain.counting import Denominator, Rebounds, Tally
from zhenggai.domain.errors import NotAllowedNowError
from zhenggai.domain.extending import check_deadline
from zhenggai.domain.gates import check_gates
from zhenggai.domain.lifecycle import FINAL_STAGES, MOVES, Stage, next_stage
from zhenggai.domain.planning import check_planning
from zhenggai.domain.policy import Action, Verdict, judge
from zhenggai.domain.reading import StatedNature, StatedProgress
from zhenggai.domain.rechecking import check_rebound
from zhenggai.domain.restricting import check_restriction
from zhenggai.ledger.assignable import leaders_possible, readers_possible, units_possible
from zhenggai.ledger.cases import case_standing
from zhenggai.ledger.deadlines import DEADLINES_LISTED, deadline_facts
from zhenggai.ledger.errors import FindingNotFoundError, InspectionNotFoundError
from zhenggai.ledger.exported_pieces import EXPORTED
from zhenggai.ledger.facts import (
    HEAD,
    PIECES,
    SHOWN,
    facts_for,
    facts_of,
    facts_of_piece,
    inspection_facts,
    nature_of,
    pieces_of_inspectors,
    planning_of,
    request_open,
)
from zhenggai.ledger.inspections_shown import inspections_visible
from zhenggai.ledger.listing import PAGE_SIZE, FindingFilters, FindingOrder, Order, Page
from zhenggai.ledger.loading import pieces_load
from zhenggai.ledger.models import Finding, Inspection, Measure
from zhenggai.ledger.narrowing import findings_listed, overdue_on
from zhenggai.ledger.opening import (
    document_get,
    evidence_get,
    evidence_open,
    recheck_open,
    signature_scan_open,
)
from zhenggai.ledger.rebounds import REBOUND_COUNTS, rebounds_counted
from zhenggai.ledger.sight import veiled
from zhenggai.ledger.visibility import (
    finding_seen,
    findings_shown,
    inspections_seen,
    permit,
)
from zhenggai.trail.chains import ChainKey
from zhenggai.trail.selectors import EventView, event_views, events_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from django.db.models import QuerySet

    from zhenggai.domain.actor import Actor
    from zhenggai.domain.gates import GateResult

__all__ = [
    "FindingFilters",
    "FindingOrder",
    "Page",
    "document_get",
    "evidence_get",
    "evidence_open",
    "finding_actions",
    "finding_gates",
    "finding_get",
    "finding_is_seen",
    "finding_timeline",
    "findings_page",
    "findings_visible",
    "inspection_actions",
    "inspection_get",
    "inspection_timeline",
    "inspections_visible",
    "leaders_possible",
    "ledger_counts",
    "ledger_export_rows",
    "piece_actions",
    "readers_possible",
    "recheck_open",
    "signature_scan_open",
    "themes_of",
    "units_of",
    "units_possible",
]

_CHUNK = 500
# whose the piece is, or whose word stands on it, decides here besides the actor's posts
_ON_PIECES = {
    Action.CRITERION_JUDGE: "criteria",
    Action.CRITERION_DROP: "criteria",
    Action.EVIDENCE_JUDGE: "evidence",
    Action.READING_WITHDRAW: "readings",
    Action.SITUATION_PASS_UP: "situations",
    Action.SITUATION_ANSWER: "situations",
    Action.HOLD_CLEAR: "holds",
}


def inspection_ids() -> list[int]:
    """Every inspection's id, for checks of the whole system; shows nothing of any."""
    return list(Inspection.objects.order_by("pk").values_list("pk", flat=True))


def inspection_get(actor: Actor, inspection_id: int) -> Inspection:
    """The inspection with its organisations, themes and documents.

    :raises InspectionNotFoundError: when there is none or the actor cannot see it.
    """
    rows = Inspection.objects.filter(inspections_seen(actor), pk=inspection_id)
    related = rows.select_related(
        "subject", "inspector_organisation", "profile_version__profile__owner", "round"
    )
    inspection = related.prefetch_related("themes", "documents").first()
    if inspection is None:
        raise InspectionNotFoundError
    return inspection


def inspection_actions(actor: Actor, inspection: Inspection) -> dict[Action, Verdict]:
    """What the actor may do with an inspection as a whole, and why not (可做的动作)."""
    facts = inspection_facts(inspection)
    actions = (
        Action.INSPECTION_VIEW,
        Action.INSPECTION_EXPORT,
        Action.INTAKE_UPLOAD,
        Action.INTAKE_CONFIRM,
        Action.TRAIL_VIEW,
    )
    return {action: judge(actor, action, facts) for action in actions}


def findings_visible(
    actor: Actor,
    inspection_id: int,
    filters: FindingFilters | None = None,
    order: Order = FindingOrder.POSITION,
) -> QuerySet[Finding]:
    """The findings of an inspection that the actor sees, narrowed and ordered, ready for a list.

    :raises InspectionNotFoundError: when there is no such inspection or the actor cannot see it.
    """
    return findings_listed(actor, inspection_get_plain(actor, inspection_id), filters, order)


def findings_page(
    actor: Actor,
    inspection_id: int,
    filters: FindingFilters | None = None,
    order: Order = FindingOrder.POSITION,
    *,
    number: int = 1,
    size: int = PAGE_SIZE,
    related: Sequence[str] = (),
) -> Page[Finding]:
    """One page of the list; the same number of queries however long the ledger is.

    Each finding comes with theme, group, lead unit, leader and closures, and with what is ``related``.
    """
    inspection = inspection_get_plain(actor, inspection_id)
    rows = findings_listed(actor, inspection, filters, order)
    # counted in the finding's own order: what is only counted need not be joined with its keys
    total = findings_listed(actor, inspection, filters, FindingOrder.CHANGED).count()
    pages = max(1, -(-total // size))
    number = min(max(1, number), pages)
    heads = rows.select_related("theme", "group", "lead_unit", "responsible_leader")
    listed = heads.prefetch_related(*DEADLINES_LISTED, *related)
    return Page(list(listed[(number - 1) * size : number * size]), total, number, size)


def finding_get(actor: Actor, finding_id: int) -> Finding:
    """The finding with everything that hangs on it (`facts.PIECES`, `facts.SHOWN`).

    :raises FindingNotFoundError: when there is none or the actor cannot see it.
    """
    # an order of one row would cost more than the row: Django compares it with every column selected
    finding = next(iter(Finding.objects.select_related(*HEAD).filter(pk=finding_id).order_by()), None)
    if finding is not None:
        pieces_load(finding, (*PIECES, *SHOWN))
    if finding is None or not finding_seen(actor, finding):
        raise FindingNotFoundError
    return finding


def finding_is_seen(actor: Actor, finding_id: int) -> bool:
    """Whether the actor sees the finding as it stands now."""
    return Finding.objects.filter(findings_shown(actor), pk=finding_id).exists()


def finding_actions(actor: Actor, finding: Finding) -> list[tuple[Action, Verdict]]:
    """Every action on a finding from `finding_get`, and whether this actor may do it now; if not, why.

    First who, by the table of grants; then when, by the life cycle. The gates are asked by `finding_gates`.
    """
    facts = facts_of(finding)
    actions = [action for action in Action if action in MOVES and action is not Action.CLOSURE_COMPLETE]
    return [
        (action, _verdict(finding, action, judge(actor, action, facts_for(finding, action, facts))))
        for action in actions
    ]


def piece_actions(actor: Actor, finding: Finding) -> dict[tuple[Action, int], Verdict]:
    """Every action on one hold, criterion, evidence or situation of a finding, by its row, and why not.

    As `finding_actions`, and besides whose the piece is and whether the inspecting body's word stands on it.
    """
    rows = [
        (action, row) for action, related in _ON_PIECES.items() for row in getattr(finding, related).all()
    ]
    request = request_open(finding)
    rows += [(Action.SIGNATURE_CONFIRM, row) for row in (request.records.all() if request else ())]
    theirs = pieces_of_inspectors(finding, (row for _, row in rows))
    return {
        (action, row.pk): _verdict(
            finding,
            action,
            judge(actor, action, facts_of_piece(finding, row, is_of_inspectors=row in theirs)),
        )
        for action, row in rows
    }


def finding_gates(finding: Finding, on: date) -> list[GateResult]:
    """How each gate stands on a day, for the request that waits or for one that would be made (销号条件)."""
    return list(check_gates(case_standing(finding, on)))


def finding_timeline(actor: Actor, finding_id: int) -> list[EventView]:
    """Everything that happened to a finding, oldest first (问题时间线).

    :raises FindingNotFoundError: when there is none or the actor cannot see it.
    """
    finding = finding_get(actor, finding_id)
    return event_views(events_of(ChainKey.inspection(finding.inspection_id), ("finding", finding.pk)))


def inspection_timeline(
    actor: Actor, inspection_id: int, *, first: int = 0, count: int = 200
) -> list[EventView]:
    """The trail of an inspection, newest first (检查项目留痕), ``count`` events from ``first`` on.

    Of a restricted finding somebody who is not listed reads only that something happened.

    :raises InspectionNotFoundError: when there is none or the actor cannot see it.
    :raises ActionDeniedError: when the actor may not look into the trail.
    """
    inspection = inspection_get_plain(actor, inspection_id)
    permit(actor, Action.TRAIL_VIEW, inspection_facts(inspection))
    events = events_of(ChainKey.inspection(inspection.pk)).reverse()
    return veiled(actor, inspection.pk, event_views(events[first : first + count]))


def ledger_counts(actor: Actor, inspection_id: int, on: date, filters: FindingFilters | None = None) -> Tally:
    """How many of the findings that the actor sees stand where (台账统计).

    One query after the inspection's, and one more where its profile counts measures.

    ``filters`` narrows what is counted; its stage and its deadline do not, since the counts tell those apart.

    :raises InspectionNotFoundError: when there is none or the actor cannot see it.
    """
    counted_of = replace(filters or FindingFilters(), stage=None, overdue_on=None, light=None)
    inspection = inspection_get_plain(actor, inspection_id)
    rows = findings_listed(actor, inspection, counted_of, FindingOrder.CHANGED).order_by()
    is_of_measures = inspection.rules.counting.denominator is Denominator.MEASURES
    # successors stand outside every denominator
    first = rows.filter(origin__isnull=True)
    measures = measures_counted(first) if is_of_measures else {"measures": 0, "measures_done": 0}
    stages = {f"stage_{stage.value}": Count("pk", filter=Q(stage=stage.value)) for stage in Stage}
    stated = {
        f"stated_{progress.value}": Count("pk", filter=Q(stated_progress=progress.value))
        for progress in StatedProgress
    }
    counted = rows.aggregate(
        total=Count("pk"),
        unstated=Count("pk", filter=Q(stated_progress="")),
        stated_closed=Count("pk", filter=Q(stated_closed=True)),
        stated_long_term=Count("pk", filter=Q(stated_nature=StatedNature.LONG_TERM.value)),
        overdue=Count("pk", filter=overdue_on(on)),
        unassigned=Count("pk", filter=Q(lead_unit__isnull=True)),
        **rebounds_counted(),
        **stages,
        **stated,
    )
    by_stated: dict[StatedProgress | None, int] = {
        progress: counted[f"stated_{progress.value}"] for progress in StatedProgress
    }
    by_stated[None] = counted["unstated"]
    return Tally(
        total=counted["total"],
        by_stage={stage: counted[f"stage_{stage.value}"] for stage in Stage},
        by_stated=by_stated,
        stated_closed=counted["stated_closed"],
        stated_long_term=counted["stated_long_term"],
        overdue=counted["overdue"],
        unassigned=counted["unassigned"],
        rebounds=Rebounds(**{name: counted[f"rebound_{name}"] for name in REBOUND_COUNTS}),
        **measures,
    )


def measures_counted(findings: QuerySet[Finding]) -> dict[str, int]:
    """How many measures of the findings stand (现行措施数), and how many of them are done; one query."""
    standing = Measure.objects.filter(finding__in=findings.values("pk"), dropped_at__isnull=True)
    done = Q(done_at__isnull=False)
    return standing.aggregate(measures=Count("pk"), measures_done=Count("pk", filter=done))


def ledger_export_rows(
    actor: Actor,
    inspection_id: int,
    filters: FindingFilters | None = None,
    order: Order = FindingOrder.POSITION,
) -> Iterator[Finding]:
    """The findings to export (导出), with everything that hangs on them, 500 at a time.

    :raises InspectionNotFoundError: when there is none or the actor cannot see it.
    """
    rows = findings_visible(actor, inspection_id, filters, order)
    # the rules are none of what is exported, and would come along with every row
    head = [name for name in HEAD if name != "inspection__profile_version"]
    return rows.select_related(*head).prefetch_related(*EXPORTED).iterator(chunk_size=_CHUNK)


def units_of(actor: Actor, inspection_id: int) -> list[tuple[int, str]]:
    """The lead units that occur in the part of a ledger the actor sees: id and name, for a filter."""
    rows = findings_visible(actor, inspection_id).order_by().filter(lead_unit__isnull=False)
    return list(rows.values_list("lead_unit_id", "lead_unit__name").distinct().order_by("lead_unit__path"))


def themes_of(actor: Actor, inspection_id: int) -> list[tuple[int, str]]:
    """The themes that occur in the part of a ledger the actor sees: id and title, for a filter."""
    rows = findings_visible(actor, inspection_id).order_by().filter(theme__isnull=False)
    return list(
        rows.values_list("theme_id", "theme__title").distinct().order_by("theme__position", "theme_id")
    )


def inspection_get_plain(actor: Actor, inspection_id: int) -> Inspection:
    """The inspection with its organisations alone.

    :raises InspectionNotFoundError: when there is none or the actor cannot see it.
    """
    rows = Inspection.objects.select_related("subject", "inspector_organisation", "profile_version")
    inspection = rows.filter(inspections_seen(actor), pk=inspection_id).first()
    if inspection is None:
        raise InspectionNotFoundError
    return inspection


def _verdict(finding: Finding, action: Action, verdict: Verdict) -> Verdict:
    if not verdict.allowed:
        return verdict
    try:
        next_stage(Stage(finding.stage), action, nature_of(finding))
        check_planning(action, planning_of(finding))
        check_deadline(action, deadline_facts(finding))
        check_restriction(action, is_restricted=bool(finding.restricted))
        back = (each for each in finding.successors.all() if each.stage not in FINAL_STAGES)
        check_rebound(action, next((each.number for each in back), None))
    except NotAllowedNowError as refusal:
        return Verdict(allowed=False, reason=refusal.message)
    return verdict
