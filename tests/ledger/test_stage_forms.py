"""What the form of a closure request begins with: of the first stage what was granted, later its own goal."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from zhenggai.domain.policy import Action
from zhenggai.ledger.selectors import finding_get
from zhenggai.web.finding_deadline import DEADLINE_STARTS

if TYPE_CHECKING:
    from ledger.world import World

ASKED = {"stage_goal": "每季核对一次。", "recheck_on": date(2026, 12, 1), "reason": "须长期核对方能见效。"}


def start(world: World, finding: Any) -> dict[str, Any]:
    return DEADLINE_STARTS[Action.CLOSURE_REQUEST](finding_get(world.handler, finding.pk), None)


def test_the_second_stage_does_not_begin_with_the_goal_and_the_day_of_the_first(world: World) -> None:
    finding = world.do("long_term_request", world.handler, world.rectifying(), **ASKED)
    world.do("deadline_sign", world.leader, finding)
    finding = world.do("deadline_sign", world.clerk, finding)
    assert start(world, finding) == {name: ASKED[name] for name in ("stage_goal", "recheck_on")}
    world.request(world.prove(finding), stage_goal="每季核对一次。", recheck_on=date(2026, 12, 1))
    world.do("closure_sign", world.leader, finding)
    world.do("closure_sign", world.clerk, finding)
    world.do("stage_begin", world.clerk, finding, goal="每月核对一次。", due=date(2027, 3, 1))
    assert start(world, finding) == {"stage_goal": "每月核对一次。"}
