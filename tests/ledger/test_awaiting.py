"""What a person asked for and others have to decide, and what others changed meanwhile."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import connection
from django.test.utils import CaptureQueriesContext

from ledger.world import DUE, STATED, World
from zhenggai.domain.policy import Action
from zhenggai.domain.restricting import RestrictionKind
from zhenggai.ledger.awaiting import AwaitedKind, awaited
from zhenggai.ledger.changed import findings_changed
from zhenggai.ledger.models import Plan
from zhenggai.ledger.waiting import findings_waiting

if TYPE_CHECKING:
    from zhenggai.domain.actor import Actor

REASON = "涉及问题线索，只限专人知悉和办理。"


def kinds(actor: Actor) -> dict[AwaitedKind, tuple[int, str]]:
    """By kind how many, and with whom the first lies."""
    return {each.kind: (each.total, str(each.rows[0].whom)) for each in awaited(actor)}


def test_a_requested_closure_lies_with_the_next_step(world: World) -> None:
    finding = world.requested()
    assert kinds(world.handler) == {AwaitedKind.CLOSURE: (1, "responsible leader")}
    (group,) = awaited(world.handler)
    assert group.rows[0].finding == finding
    assert group.rows[0].since == finding.closure_requests.get().at
    # who only signs waits for nothing, and neither does anybody else
    for actor in (world.leader, world.verifier, world.stranger, world.administrator):
        assert AwaitedKind.CLOSURE not in kinds(actor)
    world.do("closure_sign", world.leader, finding, note="同意。")
    assert kinds(world.handler)[AwaitedKind.CLOSURE] == (1, "rectification office")
    world.do("closure_sign", world.clerk, finding, note="同意销号。")
    assert kinds(world.handler) == {}


def test_a_situation_lies_with_its_level(world: World) -> None:
    finding = world.rectifying()
    world.do("situation_raise", world.handler, finding, text="经办银行已撤并，退款账户待确认。")
    assert kinds(world.handler) == {AwaitedKind.SITUATION: (1, "head of the lead unit")}


def test_an_extension_lies_with_the_first_step_of_its_approval(world: World) -> None:
    finding = world.rectifying()
    world.do(
        "extension_request",
        world.handler,
        finding,
        new_due=DUE + timedelta(days=30),
        reason="退款须经法院执行，裁定尚未下达，预计下月完成。",
    )
    assert kinds(world.handler) == {AwaitedKind.DEADLINE: (1, "responsible leader")}


def test_a_submitted_plan_is_awaited_by_whoever_submitted_it(world: World) -> None:
    planned = world.inspect(title="须批方案的巡察", plan_required=True)
    plan = Plan.objects.create(
        inspection=planned,
        number=1,
        digest="a" * 64,
        by_id=world.clerk.person_id,
        at=world.at(),
    )
    (group,) = awaited(world.clerk)
    assert (group.kind, group.total) == (AwaitedKind.PLAN, 1)
    assert (group.rows[0].finding, group.rows[0].inspection) == (None, planned)
    assert group.rows[0].since == plan.at
    assert str(group.rows[0].whom)
    assert awaited(world.inspector) == []


def test_an_assignment_that_nobody_accepted_is_awaited_by_the_office(world: World) -> None:
    finding = world.assigned()
    assert kinds(world.clerk) == {AwaitedKind.ACCEPTANCE: (1, world.unit.label)}
    (group,) = awaited(world.clerk)
    assert group.rows[0].since == finding.intervals.get(until__isnull=True).since
    assert kinds(world.head) == {}
    world.do("finding_accept", world.head, finding)
    assert kinds(world.clerk) == {}


def test_what_is_kept_from_somebody_is_not_awaited_either(world: World) -> None:
    finding = world.requested()
    world.do("finding_restrict", world.clerk, finding, kind=RestrictionKind.LEAD, reason=REASON)
    assert kinds(world.handler) == {}


def test_steps_count_what_is_late_and_what_is_due_soon(world: World) -> None:
    world.assigned()

    def counted(on: object) -> tuple[int, int, int]:
        (group,) = [each for each in findings_waiting(world.head, on) if each.action is Action.FINDING_ACCEPT]  # type: ignore[arg-type]
        return group.total, group.late, group.soon

    assert counted(DUE - timedelta(days=8)) == (1, 0, 0)
    assert counted(DUE - timedelta(days=7)) == (1, 0, 1)
    assert counted(DUE) == (1, 0, 1)
    assert counted(DUE + timedelta(days=1)) == (1, 1, 0)


def test_signatures_count_what_is_late_too(world: World) -> None:
    world.requested()
    (group,) = [
        each
        for each in findings_waiting(world.leader, DUE + timedelta(days=1))
        if each.action is Action.CLOSURE_SIGN
    ]
    assert (group.total, group.late, group.soon) == (1, 1, 0)


def test_what_others_did_is_news_and_ones_own_is_not(world: World) -> None:
    before = world.at()
    finding = world.accepted()
    assert [change.finding.pk for change in findings_changed(world.handler, before)[0]] == [finding.pk]
    assert findings_changed(world.head, before)[0] == []
    changes, has_more = findings_changed(world.clerk, before)
    assert [change.event.name for change in changes] == ["ledger.finding.accepted"]
    assert [change.event.actor_id for change in changes] == [world.head.person_id]
    assert not has_more
    assert findings_changed(world.clerk, world.at())[0] == []
    for actor in (world.stranger, world.administrator):
        assert findings_changed(actor, before) == ([], False)


def test_many_changes_are_cut_short_and_said_to_be(world: World) -> None:
    before = world.at()
    for finding in world.register(*(STATED for _ in range(12))):
        world.assigned(finding)
    with CaptureQueriesContext(connection) as queries:
        changes, has_more = findings_changed(world.inspector, before)
    assert (len(changes), has_more) == (8, True)
    assert len(queries) <= 4


def test_more_waiting_asks_no_more_queries(world: World) -> None:
    world.register(*(STATED for _ in range(10)))
    world.requested()
    with CaptureQueriesContext(connection) as few:
        awaited(world.handler)
        awaited(world.clerk)
    for finding in world.inspection.findings.filter(stage="registered")[:9]:
        world.assigned(finding)
    with CaptureQueriesContext(connection) as many:
        awaited(world.handler)
        (group,) = awaited(world.clerk)
    assert (group.total, len(group.rows)) == (9, 8)
    assert len(many) <= len(few) + 1
