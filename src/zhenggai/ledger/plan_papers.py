"""The plan of an inspection on paper (整改方案表): as it stands now, or one plan as it was submitted."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone

from zhenggai.accounts.holders import holders_of
from zhenggai.documents.plan_table import (
    PlanApproval,
    PlanMeasure,
    PlanRow,
    PlanTable,
    plan_table_docx,
)
from zhenggai.documents.word.letters import day_words
from zhenggai.domain.actor import Role
from zhenggai.domain.lifecycle import Nature
from zhenggai.domain.planning import DIRECTION_LABELS, FIXING_STATES, Direction, PlanState
from zhenggai.domain.policy import Action
from zhenggai.ledger.facts import plan_ladder_for
from zhenggai.ledger.models import Finding, PlanAmendment
from zhenggai.ledger.papers import Paper, approval_boxes, marking_words, paper_of, said
from zhenggai.ledger.plan_content import plan_content
from zhenggai.ledger.plans import CONTENT, items_kept_from, plan_get, plan_items, planned_get
from zhenggai.ledger.visibility import findings_seen

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from zhenggai.domain.actor import Actor
    from zhenggai.domain.ladder import Step
    from zhenggai.ledger.models import Plan

_NAMED_MOST: Final = 20
_CHUNK: Final = 200


def plan_paper(actor: Actor, inspection_id: int, at: datetime) -> Paper:
    """The plan as it stands now, with everything amended, of the findings that the actor sees (现行方案表).

    :raises InspectionNotFoundError: when there is none or the actor does not see the whole of it.
    """
    inspection, planned = planned_get(actor, inspection_id)
    seen = Finding.objects.filter(findings_seen(actor, inspection), inspection=inspection)
    rows = seen.select_related("theme", "group", "responsible_leader", "lead_unit", "plan")
    findings = list(rows.prefetch_related(*CONTENT).order_by("position").iterator(_CHUNK))
    heads = _heads_of(findings, timezone.localdate(at))
    ladder = plan_ladder_for(inspection)
    standing = [each for each in reversed(planned.plans) if each.state in FIXING_STATES]
    amended = PlanAmendment.objects.filter(finding__in=seen, state=PlanState.APPROVED.value).count()
    unplanned = [
        each.number or str(each.position)
        for each in findings
        if each.plan is None or each.plan.state != PlanState.APPROVED
    ]
    table = PlanTable(
        inspection=inspection.title,
        organisation=inspection.subject.name,
        inspector=inspection.inspector,
        marking=marking_words(inspection),
        version=_version(standing, amended),
        rows=tuple(
            _row(each, plan_content(each), heads.get(each.lead_unit_id or 0, ())) for each in findings
        ),
        approvals=tuple(_approval(each, ladder) for each in standing)
        or (PlanApproval("方案", approval_boxes(ladder, ())),),
        printed_at=timezone.localtime(at),
        notes=(*(_unplanned(unplanned) if standing else ()), *_restricted(findings)),
    )
    name = f"{inspection.title[:60]}-整改方案表-{table.printed_at:%Y-%m-%d}"
    return paper_of(name, plan_table_docx(table))


def submitted_plan_paper(actor: Actor, plan_id: int, at: datetime) -> Paper:
    """One plan as it was submitted, of the findings that the actor sees (报批方案表).

    Who may sign it is told how many findings it has that are kept from him, as on its page.

    :raises PlanNotFoundError: when there is none or the actor does not see the whole inspection.
    """
    plan, verdicts = plan_get(actor, plan_id)
    items = plan_items(actor, plan).select_related("finding__theme", "finding__group", "finding__plan")
    rows = list(items.order_by("finding__position"))
    may_sign = Action.PLAN_SIGN in verdicts and verdicts[Action.PLAN_SIGN].allowed
    kept = items_kept_from(actor, plan) if may_sign else 0
    notes = [f"说明：{plan.statement}"] if plan.statement else []
    if kept:
        notes.append(f"另有{kept}项限定知悉范围的问题不向打印人显示，未列入本表；方案内容摘要包含这些问题。")
    if plan.state == PlanState.APPROVED:
        notes.append("本表为报批时的内容；批准后的调整以现行方案表为准。")
    table = PlanTable(
        inspection=plan.inspection.title,
        organisation=plan.inspection.subject.name,
        inspector=plan.inspection.inspector,
        marking=marking_words(plan.inspection),
        version=_named(plan),
        rows=tuple(_row(each.finding, each.content) for each in rows),
        approvals=(_approval(plan, plan_ladder_for(plan.inspection)),),
        printed_at=timezone.localtime(at),
        notes=(*notes, *_restricted([each.finding for each in rows])),
    )
    name = f"{plan.inspection.title[:60]}-第{plan.number}号整改方案-{table.printed_at:%Y-%m-%d}"
    return paper_of(name, plan_table_docx(table))


def _heads_of(findings: Sequence[Finding], on: date) -> dict[int, tuple[str, ...]]:
    """Who heads each unit that leads (责任单位负责人), by its id: those whose post is nearest to it."""
    units = {each.lead_unit_id: each.lead_unit.path for each in findings if each.lead_unit is not None}
    heads = holders_of([(Role.UNIT_HEAD, path) for path in sorted(set(units.values()))], on)
    posts = [
        (grant.path, head.label)
        for head in heads
        for grant in head.grants
        if grant.role is Role.UNIT_HEAD and grant.acting_for is None
    ]
    found = {}
    for unit_id, path in units.items():
        above = [each for each in posts if path.startswith(each[0])]
        nearest = max((len(each) for each, _ in above), default=0)
        found[unit_id or 0] = tuple(dict.fromkeys(name for each, name in above if len(each) == nearest))
    return found


def _row(finding: Finding, content: dict[str, Any], heads: tuple[str, ...] = ()) -> PlanRow:
    """A finding with what the plan says of it; its words, theme and group are the feedback's."""
    return PlanRow(
        number=finding.number or str(finding.position),
        title=content["title"],
        problem=finding.problem if finding.problem != content["title"] else "",
        theme=finding.theme.title if finding.theme else "",
        group=finding.group.title if finding.group else "",
        goals=tuple(_goal(each) for each in content["criteria"]),
        measures=tuple(
            PlanMeasure(
                each["text"],
                each["requirement"],
                each["leader"],
                tuple(each["units"]),
                _day(each["due"]),
            )
            for each in content["measures"]
        ),
        leader=content["leader"],
        unit=content["unit"],
        supporting=tuple(content["supporting"]),
        people=heads,
        due=_day(content["due"]),
        nature=Nature(content["nature"]) if content["nature"] else None,
    )


def _goal(criterion: dict[str, Any]) -> str:
    if not criterion.get("direction"):
        return str(criterion["text"])
    way = said(DIRECTION_LABELS[Direction(criterion["direction"])])
    return f"{criterion['text']}（{way}{criterion['target']}{criterion['unit']}）"


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _approval(plan: Plan, ladder: Iterable[Step]) -> PlanApproval:
    boxes = approval_boxes(ladder, plan.signatures.all())
    return PlanApproval(f"第{plan.number}号方案", boxes, plan.digest)


def _named(plan: Plan) -> str:
    """A plan with how it stands: 第2号（2026年3月8日批准）."""
    day = day_words(timezone.localdate(plan.decided_at)) if plan.decided_at else ""
    word = {
        PlanState.APPROVED: f"{day}批准",
        PlanState.SUBMITTED: "报批中",
        PlanState.SENT_BACK: f"{day}退回",
        PlanState.WITHDRAWN: f"{day}撤回",
    }
    return f"第{plan.number}号（{word[PlanState(plan.state)]}）"


def _version(plans: Sequence[Plan], amended: int) -> str:
    if not plans:
        return "草案（尚未报批）"
    names = "、".join(_named(each) for each in plans)
    return f"{names}，其后批准调整{amended}次" if amended else names


def _unplanned(numbers: Sequence[str]) -> list[str]:
    if not numbers:
        return []
    more = "等" if len(numbers) > _NAMED_MOST else ""
    return [f"未列入已批准方案的问题{len(numbers)}项：{'、'.join(numbers[:_NAMED_MOST])}{more}。"]


def _restricted(findings: Iterable[Finding]) -> list[str]:
    numbers = [each.number or str(each.position) for each in findings if each.restricted]
    if not numbers:
        return []
    return [f"第{'、'.join(numbers)}项为限定知悉范围的问题，本表只供知悉人员使用。"]
