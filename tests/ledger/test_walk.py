"""The thin walk of a finding from the document to its closure, with every refusal on the way."""

from __future__ import annotations

from zhenggai.domain.lifecycle import Stage


def test_a_finding_is_closed_by_the_last_of_two_signatures(world):
    finding = world.closed()
    assert finding.stage == Stage.CLOSED
    assert finding.closures.get().kind == "closed"


def test_long_term_work_is_closed_for_its_stage_only(world):
    finding = world.stage_closed()
    assert finding.stage == Stage.STAGE_CLOSED
    assert finding.closures.get().stage_goal == "每季核对一次"
