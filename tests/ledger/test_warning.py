"""Warnings of deadlines: each step once, to whom the rules name, as long as the day stands."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ledger.test_amending import REASON, planned
from ledger.world import DUE, STATED, World
from zhenggai.accounts.models import Post
from zhenggai.domain.actor import Role
from zhenggai.domain.amending import Arrangement
from zhenggai.domain.restricting import RestrictionKind
from zhenggai.inbox.kinds import NoticeKind
from zhenggai.inbox.models import Notice
from zhenggai.inbox.selectors import notice_message
from zhenggai.jobs.models import Job
from zhenggai.jobs.running import job_run
from zhenggai.jobs.schedule import schedules_run
from zhenggai.jobs.services import job_enqueue, job_take
from zhenggai.jobs.states import JobState
from zhenggai.ledger.models import DeadlineWarning, Finding
from zhenggai.ledger.warning import warnings_send

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

# in Shanghai the day begins at four in the afternoon of Greenwich
MIDNIGHT = timedelta(hours=-8)


def midnight(day: date, **later: int) -> datetime:
    """The first moment of a day in Shanghai, and so much after it."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + MIDNIGHT + timedelta(**later)


def run(at: datetime) -> int:
    """Lets a worker do the job; how many notices it sent."""
    Job.objects.filter(state=JobState.READY).delete()
    job = job_enqueue(warnings_send, at=at)
    taken = job_take(worker="示例", queue=job.queue, at=at)
    assert taken is not None
    assert job_run(taken, clock=lambda: at)
    return int(Job.objects.get(pk=taken.pk).result)


def warned(*, is_unread: bool = False) -> list[tuple[str, str]]:
    """Who was told what, in the order of telling."""
    rows = Notice.objects.filter(kind=NoticeKind.WARNING).select_related("person").order_by("pk")
    if is_unread:
        rows = rows.filter(read_at=None)
    return [(row.person.username, notice_message(row).render(str)) for row in rows]


FIRST = "It is due on 2026-06-30: first warning."
SECOND = "It is due on 2026-06-30: second warning."
OVERDUE = "It was due on 2026-06-30 and is overdue."
REASON_TO_RESTRICT = "涉及问题线索，限专人办理。"


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Any) -> Callable[[], AbstractContextManager[Any]]:
    return lambda: django_capture_on_commit_callbacks(execute=True)


def test_each_step_is_told_once_to_the_roles_that_the_rules_name(world: World) -> None:
    world.accepted()
    told: dict[date, list[tuple[str, str]]] = {}
    day = date(2026, 6, 5)
    while day <= date(2026, 7, 10):
        before = len(warned())
        run(midnight(day))
        if new := warned()[before:]:
            told[day] = new
        day += timedelta(days=1)
    assert told == {
        date(2026, 6, 10): [("handler", FIRST)],
        date(2026, 6, 20): [("leader", SECOND), ("handler", SECOND)],
        date(2026, 7, 1): [("head", OVERDUE), ("handler", OVERDUE)],
    }


@pytest.mark.parametrize(
    ("at", "count"),
    [
        (midnight(date(2026, 6, 10), seconds=-1), 0),
        (midnight(date(2026, 6, 10)), 1),
        (midnight(date(2026, 7, 1), seconds=-1), 2),
        (midnight(date(2026, 7, 1)), 2),
    ],
)
def test_a_step_comes_with_midnight_in_shanghai(world: World, at: datetime, count: int) -> None:
    world.accepted()
    assert run(at) == count
    word = OVERDUE if at >= midnight(date(2026, 7, 1)) else SECOND
    assert {sentence for _who, sentence in warned()} <= {FIRST, word}


def test_days_on_which_nothing_ran_are_caught_up_by_one_warning(world: World, settings: Any) -> None:
    settings.RECURRING = (("zhenggai.ledger.warning.warnings_send", settings.ZHENGGAI_DIGEST_AT),)
    world.accepted()
    # nothing ran in June; the server is back in the afternoon of 3 July
    for minutes in range(0, 180, 30):
        at = midnight(date(2026, 7, 3), hours=14, minutes=minutes)
        schedules_run(at=at)
        taken = job_take(worker="示例", queue="default", at=at)
        if taken is not None:
            assert job_run(taken, clock=lambda at=at: at)
    assert warned() == [("head", OVERDUE), ("handler", OVERDUE)]


def test_a_later_step_takes_the_unread_notice_of_an_earlier_one_as_read(world: World) -> None:
    world.accepted()
    for day in (date(2026, 6, 12), date(2026, 6, 25), date(2026, 7, 3)):
        run(midnight(day))
    # the leader is told nothing new once it is overdue, so the second warning stays there
    assert warned(is_unread=True) == [("leader", SECOND), ("head", OVERDUE), ("handler", OVERDUE)]


def test_what_was_told_is_not_told_again_once_notices_are_cleared_away(world: World) -> None:
    world.accepted()
    run(midnight(date(2026, 7, 3)))
    Notice.objects.all().delete()
    assert run(midnight(date(2027, 1, 3))) == 0


def test_a_run_that_died_goes_on_where_it_stood(world: World) -> None:
    for each in world.register(STATED, STATED):
        world.accepted(finding=each)
    run(midnight(date(2026, 7, 1)))
    second = Finding.objects.order_by("pk").last()
    # as if the transaction of the second had not been committed
    DeadlineWarning.objects.filter(finding=second).delete()
    Notice.objects.filter(target_id=second.pk).delete()
    assert run(midnight(date(2026, 7, 1), minutes=5)) == 2
    assert Notice.objects.count() == 4


def test_a_restricted_finding_warns_listed_people_alone(world: World) -> None:
    finding = world.accepted()
    world.do(
        "finding_restrict",
        world.clerk,
        finding,
        kind=RestrictionKind.LEAD,
        reason=REASON_TO_RESTRICT,
        reader_ids=[world.head.person_id],
    )
    run(midnight(date(2026, 7, 1)))
    assert warned() == [("head", OVERDUE)]


def test_who_lost_the_post_is_not_warned_and_who_holds_it_now_is(world: World) -> None:
    world.accepted()
    Post.objects.filter(person_id=world.handler.person_id).update(ended_on=date(2026, 7, 1))
    world.person("follower", "继示例", (Role.HANDLER, world.unit))
    run(midnight(date(2026, 6, 30)))
    assert [who for who, _ in warned()] == ["leader", "handler", "follower"]
    run(midnight(date(2026, 7, 1)))
    assert [who for who, _ in warned()[3:]] == ["head", "follower"]


def test_the_rules_of_the_inspection_say_when_and_who(world: World) -> None:
    world.inspect_by(
        warning={"near_days": 7, "very_near_days": 0},
        warned={"near": ["office_clerk", "handler"], "very_near": [], "overdue": ["responsible_leader"]},
    )
    world.accepted()
    assert run(midnight(date(2026, 6, 22))) == 0
    assert run(midnight(date(2026, 6, 23))) == 2
    assert run(midnight(date(2026, 6, 30))) == 0
    assert run(midnight(date(2026, 7, 1))) == 1
    assert warned() == [("office", FIRST), ("handler", FIRST), ("leader", OVERDUE)]


def test_a_closed_finding_warns_nobody_and_its_warnings_end(world: World, committed: Any) -> None:
    world.closed()
    assert run(midnight(date(2026, 7, 1))) == 0
    other = world.requested()
    run(midnight(date(2026, 6, 25)))
    assert warned(is_unread=True) == [("leader", SECOND), ("handler", SECOND)]
    with committed():
        world.do("closure_sign", world.leader, other)
    assert len(warned(is_unread=True)) == 2
    with committed():
        world.do("closure_sign", world.clerk, other)
    assert warned(is_unread=True) == []
    assert not DeadlineWarning.objects.filter(ended_at=None).exists()
    assert run(midnight(date(2026, 7, 1))) == 0


def move(world: World, finding: Finding, due: date) -> None:
    """The due date as an extension moves it."""
    world.do("extension_request", world.handler, finding, new_due=due, reason="设备到货推迟，需要延期。")
    world.do("deadline_sign", world.leader, finding)
    world.do("deadline_sign", world.clerk, finding)


def test_a_day_that_is_moved_begins_anew(world: World, committed: Any) -> None:
    finding = world.accepted()
    run(midnight(date(2026, 6, 25)))
    with committed():
        move(world, finding, date(2026, 12, 31))
    assert warned(is_unread=True) == []
    assert run(midnight(date(2026, 7, 1))) == 0
    run(midnight(date(2026, 12, 11)))
    assert warned()[2:] == [("handler", "It is due on 2026-12-31: first warning.")]


def test_what_was_moved_while_nobody_listened_is_ended_by_the_next_run(world: World) -> None:
    finding = world.accepted()
    run(midnight(date(2026, 6, 25)))
    move(world, finding, date(2026, 12, 31))
    assert len(warned(is_unread=True)) == 2
    assert run(midnight(date(2026, 6, 26))) == 0
    assert warned(is_unread=True) == []


def test_what_a_unit_declined_is_the_offices_alone(world: World) -> None:
    world.inspect_by(warned={"near": ["handler"], "very_near": [], "overdue": ["unit_head", "office_clerk"]})
    finding = world.assigned()
    world.do("finding_decline", world.head, finding, reason="该事项不属本股职责，请另行交办。")
    run(midnight(date(2026, 7, 1)))
    assert warned() == [("office", OVERDUE)]


def test_a_unit_that_was_given_overdue_work_is_warned_though_another_one_was(world: World) -> None:
    finding = world.assigned()
    run(midnight(date(2026, 7, 1)))
    assert {name for name, _said in warned()} == {"handler", "head"}
    world.do("finding_decline", world.head, finding, reason="该事项不属本股职责，请另行交办。")
    values = {"leader_id": world.leader.person_id, "due": DUE, "past_due_meant": True}
    world.do("finding_assign", world.clerk, finding, unit_id=world.other_unit.pk, **values)
    before = len(warned())
    run(midnight(date(2026, 7, 2)))
    assert warned()[before:] == [("helper", OVERDUE)]
    run(midnight(date(2026, 7, 3)))
    assert len(warned()) == before + 1


def test_a_measure_with_a_day_of_its_own_warns_whose_part_it_is(world: World) -> None:
    finding = world.accepted()
    measure = finding.measures.get()
    units = [world.unit.pk, world.other_unit.pk]
    values = {"measure_id": measure.pk, "due": date(2026, 5, 31), "unit_ids": units}
    finding = world.do("measure_arrange", world.clerk, finding, **values)
    run(midnight(date(2026, 5, 11)))
    sentence = "Its measure 1 is due on 2026-05-31: first warning."
    assert warned() == [("handler", sentence), ("helper", sentence)]
    task = measure.tasks.get(unit=world.unit)
    world.do("task_report", world.handler, finding, task_id=task.pk, report="核对四十笔。")
    run(midnight(date(2026, 6, 1)))
    overdue = "Its measure 1 was due on 2026-05-31 and is overdue."
    assert warned()[2:] == [("helper", overdue)]


def test_the_part_of_a_unit_that_was_taken_off_warns_the_lead_unit_who_reports_it(world: World) -> None:
    finding = world.accepted()
    measure = finding.measures.get()
    values = {"measure_id": measure.pk, "due": date(2026, 5, 31), "unit_ids": [world.other_unit.pk]}
    world.do("measure_arrange", world.clerk, finding, **values)
    anew = {"leader_id": world.leader.person_id, "unit_id": world.unit.pk, "due": DUE}
    world.do("finding_assign", world.clerk, finding, **anew)
    run(midnight(date(2026, 5, 11)))
    assert warned() == [("handler", "Its measure 1 is due on 2026-05-31: first warning.")]


def test_a_measure_that_is_done_warns_nobody(world: World, committed: Any) -> None:
    finding = world.do("measure_add", world.clerk, world.accepted(), text="另建", due=date(2026, 5, 31))
    finding = world.do("measure_add", world.clerk, finding, text="再建", due=date(2026, 5, 31))
    _stated, one, two = finding.measures.all()
    run(midnight(date(2026, 5, 31)))
    assert len(warned(is_unread=True)) == 4
    with committed():
        world.do("measure_complete", world.handler, finding, measure_id=one.pk, result="已建立。")
    assert len(warned(is_unread=True)) == 2
    world.do("measure_complete", world.handler, finding, measure_id=two.pk, result="已建立。")
    run(midnight(date(2026, 6, 1)))
    assert warned(is_unread=True) == []


def test_the_day_of_a_measure_moved_by_an_amendment_begins_anew(world: World, committed: Any) -> None:
    finding = planned(world)
    measure = finding.measures.first()

    def amend(**values: Any) -> None:
        world.do("plan_amend", world.head, finding, reason=REASON, **values)
        with committed():
            world.do("amendment_sign", world.group, finding)

    amend(arrange={measure.pk: Arrangement(due=date(2026, 5, 31))})
    run(midnight(date(2026, 5, 25)))
    sentence = "Its measure 1 is due on 2026-05-31: second warning."
    assert warned(is_unread=True) == [("leader", sentence), ("handler", sentence)]
    amend(arrange={measure.pk: Arrangement(due=date(2026, 8, 31))})
    assert warned(is_unread=True) == []
    run(midnight(date(2026, 6, 1)))
    assert warned(is_unread=True) == []
    run(midnight(date(2026, 8, 11)))
    assert ("handler", "Its measure 1 is due on 2026-08-31: first warning.") in warned(is_unread=True)
    amend(drop_measure_ids=[measure.pk])
    assert not [each for each in warned(is_unread=True) if "measure" in each[1]]


def test_many_deadlines_cost_as_many_queries_as_few(world: World) -> None:
    def cost(count: int) -> int:
        for each in world.register(*[STATED] * count):
            finding = world.assigned(each)
            world.do("measure_add", world.clerk, finding, text="另建", due=DUE)
        with CaptureQueriesContext(connection) as captured:
            run(midnight(date(2026, 7, 1)))
        return len(captured)

    few = cost(2)
    # the second run finds those of the first told already
    assert cost(8) <= few
