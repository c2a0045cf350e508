"""The demonstration's larger inspection, its findings in every stage (演示：较大的一轮).

The same document gives the same ledger every time: who does what follows from the finding's place alone.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from zhenggai.domain.case import HoldKind
from zhenggai.domain.lifecycle import Nature, Progress, Stage
from zhenggai.ledger import services
from zhenggai.ops.cast import LARGER_SUBJECT
from zhenggai.ops.demo_documents import findings_of
from zhenggai.ops.demo_group import HEAD
from zhenggai.ops.desk import OFFICE, Desk, Team

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from zhenggai.ledger.models import Finding
    from zhenggai.ops.cast import Cast, StoryClock

LEADERS = {"赵示例": "zhao", "钱样本": "qian", "孙样例": "sun"}
# What becomes of the findings, over and over.
COURSE = (
    "closed",
    "working",
    "requested",
    "assigned",
    "working",
    "situation",
    "returned",
    "accepted",
    "signed",
    "working",
    "registered",
    "closed",
    "held",
    "assigned",
    "working",
)


# Findings due around the day of the demonstration, by their place: days from it on. One is overdue.
AROUND_TODAY = {1: 3, 2: 5, 4: 6, 7: -4, 9: 12}
WORKED_ON = {"working", "situation", "held"}
PROVED = {"requested", "signed", "closed", "returned"}


def is_fresh(findings: Sequence[Finding]) -> bool:
    """Whether nobody has worked on the inspection yet."""
    return all(finding.stage == Stage.REGISTERED for finding in findings)


def steps(findings: Sequence[Finding]) -> int:
    """How many times `work_on` calls its ``step``."""
    return len(findings) * len(PHASES)


def work_on(
    cast: Cast, clock: StoryClock, findings: Sequence[Finding], step: Callable[[], None], *, today: date
) -> None:
    """Bring every finding to the stage its place gives it, week by week, all or none.

    ``today``: the day of the demonstration, around which some findings are due.
    """
    units = cast.unit_ids(LARGER_SUBJECT, clock.moment)
    desks = []
    for place, finding in enumerate(findings):
        unit_id = units.get(finding.stated_unit, units["办公室"])
        team = Team(LEADERS.get(finding.stated_leader, "zhao"), "he", "li", unit_id)
        desk = Desk(cast, clock, finding, team)
        if place in AROUND_TODAY:
            desk.due = today + timedelta(days=AROUND_TODAY[place])
        desks.append((desk, COURSE[place % len(COURSE)]))
    begin = clock.moment
    with transaction.atomic():
        for day, phase in PHASES:
            clock.moment = max(clock.moment, begin + timedelta(days=day))
            for desk, course in desks:
                phase(desk, course)
                step()
            if phase is _assign:
                _approve(cast, clock, findings[0].inspection_id)
                # the approval touched every finding
                stand = {each.pk: each for each in findings_of(cast, clock, findings[0].inspection_id)}
                for desk, _course in desks:
                    desk.finding = stand[desk.finding.pk]


def _assign(desk: Desk, _course: str) -> None:
    is_long = desk.finding.stated_nature == Nature.LONG_TERM or "长期" in desk.finding.stated_due_text
    desk.classify(Nature.LONG_TERM if is_long else Nature.TIME_BOUND)
    desk.plan()
    due = desk.finding.stated_due_on or (None if is_long else desk.today())
    desk.assign(desk.due or due)


def _approve(cast: Cast, clock: StoryClock, inspection_id: int) -> None:
    """The office submits the plan of everything, and the head of the leading group approves it."""
    at = clock.tick()
    plan = services.plan_submit(
        actor=cast.actor(OFFICE, at),
        at=at,
        inspection_id=inspection_id,
        statement="措施、责任领导、责任单位、时限和标准已逐条核对，请领导小组审定。（虚构，仅供演示）",
    )
    at = clock.tick()
    services.plan_sign(actor=cast.actor(HEAD.username, at), at=at, plan_id=plan.pk, note="同意，按方案执行。")


def _accept(desk: Desk, course: str) -> None:
    if course == "registered":
        # given back to the office, which assigns it anew
        desk.do(desk.team.head, services.finding_decline, reason="该事项不属本股室职责，请改由主管股室承担。")
    elif course != "assigned":
        desk.accept()


def _begin(desk: Desk, course: str) -> None:
    if course in WORKED_ON | PROVED:
        desk.report(Progress.IN_PROGRESS, "已召开专题会议，明确分工和时间节点")


def _work(desk: Desk, course: str) -> None:
    if course in WORKED_ON:
        desk.complete_measures(most=1)
    if course in PROVED:
        desk.complete_measures()
        desk.report(Progress.DONE, "各项措施均已落实，申请核查")
    if course == "situation":
        text = "涉及的原经办人已调离，部分票据需跨单位核实"
        desk.do(desk.team.handler, services.situation_raise, text=text)
    if course == "held":
        reference = "示例督办〔2026〕3号"
        desk.do(OFFICE, services.hold_open, kind=HoldKind.SUPERVISION_LETTER, reference=reference)


def _prove(desk: Desk, course: str) -> None:
    if course in PROVED:
        desk.prove()
        desk.request()


def _decide(desk: Desk, course: str) -> None:
    if course == "situation" and desk.finding.position <= len(COURSE):
        # one is more than its unit can decide; the others wait where they were raised
        analysis = "原经办人已调至外单位，需责任领导协调对方核实票据，建议发函并约定答复时间"
        (open_one,) = desk.finding.situations.all()
        desk.do(desk.team.head, services.situation_pass_up, situation_id=open_one.pk, analysis=analysis)
    if course == "returned":
        reason = "抽查记录缺少第三季度的材料，请补充后重新申请"
        desk.do(desk.team.leader, services.closure_send_back, reason=reason)
    if course in {"signed", "closed"}:
        desk.sign(desk.team.leader)


def _close(desk: Desk, course: str) -> None:
    if course == "closed":
        desk.sign(OFFICE)


# The day of the story on which each begins.
PHASES: tuple[tuple[int, Callable[[Desk, str], None]], ...] = (
    (1, _assign),
    (2, _accept),
    (6, _begin),
    (13, _work),
    (20, _prove),
    (23, _decide),
    (26, _close),
)
