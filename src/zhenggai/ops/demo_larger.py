"""The demonstration's larger inspection, its findings in every stage (演示：较大的一轮).

The same document gives the same ledger every time: who does what follows from the finding's place alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from zhenggai.domain.case import HoldKind
from zhenggai.domain.lifecycle import Nature, Progress, Stage
from zhenggai.ledger import services
from zhenggai.ops.cast import LARGER_SUBJECT
from zhenggai.ops.desk import OFFICE, Desk, Team

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

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


def is_fresh(findings: Sequence[Finding]) -> bool:
    """Whether nobody has worked on the inspection yet."""
    return all(finding.stage == Stage.REGISTERED for finding in findings)


def work_on(cast: Cast, clock: StoryClock, findings: Sequence[Finding], step: Callable[[], None]) -> None:
    """Bring every finding to the stage its place gives it, all or none; ``step`` is called for each."""
    units = cast.unit_ids(LARGER_SUBJECT, clock.moment)
    with transaction.atomic():
        for place, finding in enumerate(findings):
            leader = LEADERS.get(finding.stated_leader, "zhao")
            unit_id = units.get(finding.stated_unit, units["办公室"])
            desk = Desk(cast, clock, finding, Team(leader, "he", "li", unit_id))
            _course(desk, COURSE[place % len(COURSE)])
            step()


def _course(desk: Desk, course: str) -> None:
    if course == "registered":
        return
    is_long = desk.finding.stated_nature == Nature.LONG_TERM or "长期" in desk.finding.stated_due_text
    desk.classify(Nature.LONG_TERM if is_long else Nature.TIME_BOUND)
    desk.plan()
    desk.assign(desk.finding.stated_due_on or (None if is_long else desk.today()))
    if course == "assigned":
        return
    desk.accept()
    if course == "accepted":
        return
    desk.report(Progress.IN_PROGRESS, "已召开专题会议，明确分工和时间节点")
    if course in {"working", "situation", "held"}:
        _unfinished(desk, course)
        return
    desk.complete_measures()
    desk.report(Progress.DONE, "各项措施均已落实，申请核查")
    desk.prove()
    desk.request()
    if course == "returned":
        reason = "抽查记录缺少第三季度的材料，请补充后重新申请"
        desk.do(desk.team.leader, services.closure_send_back, reason=reason)
    if course in {"signed", "closed"}:
        desk.sign(desk.team.leader)
    if course == "closed":
        desk.sign(OFFICE)


def _unfinished(desk: Desk, course: str) -> None:
    desk.complete_measures(most=1)
    if course == "situation":
        desk.do(
            desk.team.handler, services.situation_raise, text="涉及的原经办人已调离，部分票据需跨单位核实"
        )
    if course == "held":
        desk.do(OFFICE, services.hold_open, kind=HoldKind.SUPERVISION_LETTER, reference="示例督办〔2026〕3号")
