"""The demonstration's small inspection that is put right and evaluated (演示：已评估的一轮)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from zhenggai.domain.lifecycle import Nature, Progress, Stage
from zhenggai.ledger import services
from zhenggai.ops import cast as people
from zhenggai.ops.demo_documents import SMALL, findings_of, shipped, take_in
from zhenggai.ops.desk import OFFICE, Desk, Team

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhenggai.ledger.models import Finding
    from zhenggai.ops.cast import Cast, StoryClock

SUBJECT = "云山县样板中心"
INSPECTOR = "zheng"
# the days of the story on which the findings are fixed and then evaluated
_FIXED, _EVALUATED = 4, 12


def put_right(cast: Cast, clock: StoryClock) -> list[Finding]:
    """Closes every finding of the small inspection and has the inspecting body evaluate it; all or none.

    What was done in an earlier run stays as it is.
    """
    begin = clock.moment
    subject_id = people.receive_subject(cast, SUBJECT, clock)
    inspection_id, _is_new = take_in(cast, clock, shipped(SMALL), subject_id)
    findings = findings_of(cast, clock, inspection_id)
    if all(finding.stage == Stage.REGISTERED for finding in findings):
        unit_id = cast.unit_ids(SUBJECT, clock.moment)[people.ONE_UNIT]
        with transaction.atomic():
            clock.moment = max(clock.moment, begin + timedelta(days=_FIXED))
            for finding in findings:
                _close(Desk(cast, clock, finding, Team("feng", "chen", "chu", unit_id)))
            clock.moment = max(clock.moment, begin + timedelta(days=_EVALUATED))
            _evaluate(cast, clock, inspection_id, findings)
    return findings_of(cast, clock, inspection_id)


def _close(desk: Desk) -> None:
    desk.classify(Nature.TIME_BOUND)
    desk.plan()
    desk.assign(desk.today() + timedelta(days=30))
    desk.accept()
    desk.report(Progress.DONE, "台账已补齐，制度已修订，抽查未再发现同类问题")
    desk.complete_measures()
    desk.prove()
    desk.request()
    desk.sign(desk.team.leader)
    desk.sign(OFFICE)


def _evaluate(cast: Cast, clock: StoryClock, inspection_id: int, findings: Sequence[Finding]) -> None:
    at = clock.tick()
    services.inspection_evaluate(
        actor=cast.actor(INSPECTOR, at),
        at=at,
        inspection_id=inspection_id,
        seen_number=0,
        grade="较好",
        ground=f"{len(findings)} 个问题全部销号，现场抽查属实；按月更新机制运行时间尚短，"
        "列为较好。（虚构，仅供演示）",
    )
