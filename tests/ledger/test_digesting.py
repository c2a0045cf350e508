"""The digest: one a person and working day, missed ones caught up once, only what is the person's own."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from ledger.laddered import recorded
from ledger.world import DUE, STATED, World
from zhenggai.domain.actor import Role
from zhenggai.inbox import selectors, services
from zhenggai.inbox.models import DigestDay, Notice
from zhenggai.jobs.models import Job
from zhenggai.jobs.running import job_run
from zhenggai.jobs.schedule import schedules_run
from zhenggai.jobs.services import job_enqueue, job_take
from zhenggai.jobs.states import JobState
from zhenggai.ledger.digesting import digest_day, digest_of, digests_send

if TYPE_CHECKING:
    from collections.abc import Callable

REASON = "抽查记录缺少第三季度的材料，请补齐。"
# Wednesday, nine in the morning in Shanghai
MORNING = datetime(2026, 6, 24, 1, 0, tzinfo=UTC)


def run(at: datetime) -> int:
    """Lets a worker do the job that the schedule made; how many digests it sent."""
    # evidence waits for its text to be taken out, which is nothing to the digest
    Job.objects.filter(state=JobState.READY).delete()
    job = job_enqueue(digests_send, at=at)
    taken = job_take(worker="示例", queue=job.queue, at=at)
    assert taken is not None
    assert job_run(taken, clock=lambda: at)
    return int(Job.objects.get(pk=taken.pk).result)


def digests() -> dict[str, dict[str, int]]:
    """By user name, the totals of the groups of the last digest."""
    return {
        row.person.username: {group["group"]: group["total"] for group in row.details}
        for row in Notice.objects.filter(kind="digest").order_by("pk")
    }


def test_each_person_gets_one_digest_of_what_is_theirs(world: World) -> None:
    world.requested()
    world.assigned(world.register(STATED)[0])
    world.register(STATED)
    assert run(MORNING) == 4
    assert digests() == {
        "office": {"due_soon": 2, "assign": 1},
        "leader": {"sign": 1, "due_soon": 2},
        "head": {"due_soon": 2, "accept": 1},
        "handler": {"due_soon": 2, "accept": 1},
    }


def test_what_waits_to_be_judged_and_to_be_confirmed_is_named(world: World) -> None:
    finding = world.file_evidence(world.rectifying())
    run(MORNING)
    assert digests()["verifier"] == {"judge": 1}
    assert "judge" not in digests()["handler"]
    (group,) = digest_of(world.verifier, DUE)
    assert (group["group"], group["findings"]) == ("judge", [finding.pk])
    recorded(world, world.request(world.prove(finding)), world.clerk, signer_id=world.leader.person_id)
    assert [each["group"] for each in digest_of(world.verifier, DUE)] == ["confirm"]
    assert "confirm" not in [each["group"] for each in digest_of(world.clerk, DUE)]


def test_overdue_and_sent_back_stand_apart(world: World) -> None:
    finding = world.requested()
    world.do("closure_send_back", world.leader, finding, reason=REASON)
    run(datetime(2026, 7, 1, 1, 0, tzinfo=UTC))
    assert digests()["head"] == {"sent_back": 1, "overdue": 1}
    assert digests()["leader"] == {"overdue": 1}


def test_what_is_due_later_than_the_warning_days_of_its_rules_waits(world: World) -> None:
    world.accepted()
    run(datetime(2026, 6, 9, 1, 0, tzinfo=UTC))
    assert digests() == {}
    world.inspect_by(warning={"near_days": 30, "very_near_days": 10})
    world.accepted(finding=world.register(STATED)[0])
    run(datetime(2026, 6, 9, 1, 0, tzinfo=UTC) + timedelta(days=1))
    assert digests()["head"] == {"due_soon": 2}
    assert len(digest_of(world.head, date(2026, 6, 9))) == 1


def test_the_day_of_the_due_date_is_not_overdue(world: World) -> None:
    world.accepted()
    assert [group["group"] for group in digest_of(world.head, DUE)] == ["due_soon"]
    assert [group["group"] for group in digest_of(world.head, DUE + timedelta(days=1))] == ["overdue"]


def test_a_second_run_on_the_same_day_sends_nothing(world: World) -> None:
    world.assigned()
    assert run(MORNING) == 4
    assert run(MORNING + timedelta(hours=3)) == 0
    assert Notice.objects.count() == 4


def test_a_run_that_died_half_way_sends_the_rest_and_nothing_twice(world: World) -> None:
    world.assigned()
    run(MORNING)
    Notice.objects.filter(person_id=world.head.person_id).delete()
    DigestDay.objects.all().delete()
    assert run(MORNING + timedelta(minutes=5)) == 1
    assert Notice.objects.count() == 4


def test_a_missed_day_is_caught_up_once_by_the_schedule(world: World, settings: Any) -> None:
    settings.RECURRING = (("zhenggai.ledger.digesting.digests_send", settings.ZHENGGAI_DIGEST_AT),)
    world.assigned()
    # nothing ran from Wednesday on; the server is back on Saturday
    back = datetime(2026, 6, 27, 6, 0, tzinfo=UTC)
    for minutes in range(0, 180, 30):
        at = back + timedelta(minutes=minutes)
        schedules_run(at=at)
        taken = job_take(worker="示例", queue="default", at=at)
        if taken is not None:
            assert job_run(taken, clock=lambda at=at: at)
    assert Notice.objects.filter(person_id=world.head.person_id).count() == 1
    assert list(DigestDay.objects.values_list("day", flat=True)) == [date(2026, 6, 26)]
    assert not Job.objects.exclude(state=JobState.DONE).exists()


@pytest.mark.parametrize(
    ("at", "day"),
    [
        # seven in the morning belongs to the day before
        (datetime(2026, 6, 23, 23, 0, tzinfo=UTC), date(2026, 6, 23)),
        (datetime(2026, 6, 24, 0, 0, tzinfo=UTC), date(2026, 6, 24)),
        # Sunday belongs to Friday
        (datetime(2026, 6, 28, 4, 0, tzinfo=UTC), date(2026, 6, 26)),
        # the national holiday of 2026, and a Sunday that is worked
        (datetime(2026, 10, 5, 4, 0, tzinfo=UTC), date(2026, 9, 30)),
        (datetime(2026, 9, 20, 4, 0, tzinfo=UTC), date(2026, 9, 20)),
    ],
)
def test_a_digest_belongs_to_the_latest_working_day(at: datetime, day: date) -> None:
    assert digest_day(at) == day


def test_a_weekly_digest_comes_once_a_week_and_none_never(world: World) -> None:
    world.assigned()
    services.digest_choose(rhythm="weekly", actor=world.head)
    services.digest_choose(rhythm="none", actor=world.handler)
    for days in range(3):
        run(MORNING + timedelta(days=days))
    counts = {
        name: Notice.objects.filter(person__username=name).count() for name in ("head", "handler", "leader")
    }
    assert counts == {"head": 1, "handler": 0, "leader": 3}
    run(MORNING + timedelta(days=7))
    assert Notice.objects.filter(person__username="head").count() == 2


def test_a_new_digest_takes_the_unread_one_before_as_read(world: World) -> None:
    world.assigned()
    run(MORNING)
    run(MORNING + timedelta(days=1))
    assert selectors.unread_count(world.head.person_id) == 1
    assert Notice.objects.filter(person_id=world.head.person_id).count() == 2


def test_people_elsewhere_and_administrators_get_nothing(world: World) -> None:
    world.assigned()
    world.person("far", "远示例", (Role.UNIT_HEAD, world.elsewhere))
    run(MORNING)
    assert not {"far", "stranger", "admin", "inspector"} & set(digests())


def test_the_queries_of_a_digest_do_not_grow_with_the_findings(
    world: World, django_assert_max_num_queries: Any
) -> None:
    def count(check: Callable[..., Any]) -> int:
        with check(200) as seen:
            digest_of(world.head, date(2026, 6, 24))
            digest_of(world.clerk, date(2026, 6, 24))
        return len(seen)

    world.assigned()
    few = count(django_assert_max_num_queries)
    for row in world.register(*([STATED] * 6)):
        world.assigned(row)
    assert count(django_assert_max_num_queries) == few
