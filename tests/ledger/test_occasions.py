"""What falls on which day, as far as each person sees it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import connection
from django.test.utils import CaptureQueriesContext

from ledger.world import DUE, STATED, TODAY, World
from zhenggai.domain.restricting import RestrictionKind
from zhenggai.ledger.occasions import OccasionKind, by_day, occasions
from zhenggai.ledger.schedule import spells
from zhenggai.ledger.selectors import findings_page

if TYPE_CHECKING:
    from zhenggai.domain.actor import Actor

FIRST, LAST = date(2026, 1, 1), date(2027, 12, 31)
REASON = "涉及问题线索，只限专人知悉和办理。"


def kinds(actor: Actor, first: date = FIRST, last: date = LAST) -> list[tuple[date, OccasionKind]]:
    found, has_more = occasions(actor, first, last, TODAY)
    assert not has_more
    return [(each.on, each.kind) for each in found if each.kind in _OF_FINDINGS]


_OF_FINDINGS = {OccasionKind.DUE, OccasionKind.SITUATION, OccasionKind.RECHECK, OccasionKind.REPORT}


def test_a_deadline_stands_on_its_day_until_the_finding_is_closed(world: World) -> None:
    finding = world.requested()
    for actor in (world.clerk, world.handler, world.leader, world.inspector):
        assert kinds(actor) == [(DUE, OccasionKind.DUE)]
    for actor in (world.stranger, world.administrator):
        assert occasions(actor, FIRST, LAST, TODAY) == ([], False)
    assert kinds(world.clerk, DUE, DUE) == [(DUE, OccasionKind.DUE)]
    assert kinds(world.clerk, DUE + timedelta(days=1), LAST) == []
    world.do("closure_sign", world.leader, finding, note="同意。")
    world.do("closure_sign", world.clerk, finding, note="同意销号。")
    assert kinds(world.clerk) == []


def test_a_recheck_and_an_answer_stand_on_their_days(world: World) -> None:
    world.stage_closed()
    assert (date(2026, 9, 1), OccasionKind.RECHECK) in kinds(world.clerk)
    other = world.rectifying()
    world.do("situation_raise", world.handler, other, text="经办银行已撤并，退款账户待确认。")
    due = other.situations.get().due_on
    assert (due, OccasionKind.SITUATION) in kinds(world.handler)


def test_the_days_that_follow_from_the_feedback_stand_once_an_inspection(world: World) -> None:
    world.registered()
    found, _more = occasions(world.clerk, FIRST, LAST, TODAY, inspection_id=world.inspection.pk)
    named = {each.kind for each in found}
    assert {OccasionKind.CONCENTRATED, OccasionKind.PROGRESS} <= named
    assert {each.row_id for each in found if each.kind is OccasionKind.CONCENTRATED} == {world.inspection.pk}
    assert occasions(world.clerk, FIRST, LAST, TODAY, inspection_id=10**9) == ([], False)


def test_a_restricted_finding_is_marked_and_kept_from_others(world: World) -> None:
    finding = world.rectifying()
    world.do("finding_restrict", world.clerk, finding, kind=RestrictionKind.LEAD, reason=REASON)
    (found,) = [
        each for each in occasions(world.clerk, FIRST, LAST, TODAY)[0] if each.kind is OccasionKind.DUE
    ]
    assert found.is_restricted
    assert kinds(world.handler) == []


def test_days_are_in_order_and_gathered(world: World) -> None:
    for place, finding in enumerate(world.register(STATED, STATED, STATED)):
        world.do(
            "finding_assign",
            world.clerk,
            finding,
            leader_id=world.leader.person_id,
            unit_id=world.unit.pk,
            due=DUE - timedelta(days=place),
        )
    found, _more = occasions(world.clerk, FIRST, LAST, TODAY)
    assert [each.on for each in found] == sorted(each.on for each in found)
    assert [len(each) for each in by_day(found).values()]


def test_more_findings_ask_no_more_queries(world: World) -> None:
    world.assigned()
    with CaptureQueriesContext(connection) as few:
        occasions(world.clerk, FIRST, LAST, TODAY)
    for finding in world.register(*(STATED for _ in range(6))):
        world.assigned(finding)
    with CaptureQueriesContext(connection) as many:
        assert len(kinds(world.clerk)) == 7
    assert len(many) == len(few) <= 8


def test_the_times_of_a_page_of_findings(world: World) -> None:
    closed = world.closed()
    world.registered()
    rows = list(findings_page(world.clerk, world.inspection.pk).rows)
    with CaptureQueriesContext(connection) as queries:
        found = {each.finding.pk: each for each in spells(rows)}
    assert len(queries) == 1
    assert len(found) == 2
    times = found[closed.pk]
    assert (times.begun, times.first_due, times.due) == (TODAY, DUE, DUE)
    assert times.done is not None
    assert spells([]) == []
