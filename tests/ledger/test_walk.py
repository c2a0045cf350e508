"""The thin walk of a finding from the document to its closure, with every refusal on the way."""

from __future__ import annotations

from datetime import date

from ledger.world import TODAY
from zhenggai.domain.lifecycle import Stage
from zhenggai.ledger.comparing import differences
from zhenggai.ledger.models import Closure, Finding


def test_a_finding_is_closed_by_the_last_of_two_signatures(world):
    finding = world.closed()
    assert finding.stage == Stage.CLOSED
    assert finding.closures.get().kind == "closed"


def test_long_term_work_is_closed_for_its_stage_only(world):
    finding = world.stage_closed()
    assert finding.stage == Stage.STAGE_CLOSED
    assert finding.closures.get().stage_goal == "每季核对一次"


def test_long_term_work_goes_through_two_stages_comes_back_and_is_closed_again(world):
    """Two stages, a re-check that fails, and the successor worked to its own closing."""
    finding = world.stage_closed()
    finding = world.do("stage_begin", world.clerk, finding, goal="每月核对一次。", due=date(2026, 12, 31))
    world.do("measure_add", world.clerk, finding, text="每月核对一次")
    finding = world.prove(finding)
    world.request(finding, stage_goal="每半年核对一次", recheck_on=date(2027, 6, 30))
    world.do("closure_sign", world.leader, finding)
    finding = world.do("closure_sign", world.clerk, finding)
    assert [(each.round, each.kind) for each in finding.closures.all()] == [
        (1, "stage_closed"),
        (2, "stage_closed"),
    ]
    closures = list(Closure.objects.filter(finding=finding).values())
    seen = {"on": TODAY, "holds": False, "text": "抽查发现又有两个月未核对。"}
    finding = world.do("recheck_record", world.inspector, finding, **seen)
    assert finding.stage == Stage.STAGE_CLOSED
    successor = Finding.objects.get(origin=finding)
    assert (successor.number, successor.stage) == ("二/(一)/1（反弹1）", Stage.REGISTERED)
    successor = world.assigned(successor)
    world.do("finding_accept", world.head, successor)
    world.do("measure_add", world.clerk, successor, text="补核两个月台账")
    successor = world.request(world.prove(successor))
    world.do("closure_sign", world.leader, successor)
    successor = world.do("closure_sign", world.clerk, successor)
    assert successor.stage == Stage.CLOSED
    assert list(Closure.objects.filter(finding=finding).values()) == closures
    # with the successor closed the long-term work can go on again
    finding.refresh_from_db()
    seen = {"on": TODAY, "holds": True, "text": "补核后逐月抽看，均一致。", "next_on": date(2027, 6, 30)}
    world.do("recheck_record", world.verifier, finding, **seen)
    assert list(differences()) == []
