from __future__ import annotations

import os
import threading
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django_tasks import TaskResultStatus, default_task_backend

from jobs import labours
from zhenggai.accounts.services import first_administrators_create
from zhenggai.domain.actor import Actor, Grant, Role
from zhenggai.domain.errors import NotFoundError, NotPermittedError
from zhenggai.domain.recurring import daily_slot
from zhenggai.jobs import housekeeping, schedule, selectors, services
from zhenggai.jobs.errors import JobNotFailedError, JobSupersededError, LeaseLostError
from zhenggai.jobs.models import Job, Worker
from zhenggai.jobs.running import JobContext, job_run
from zhenggai.jobs.states import SLOW, JobState
from zhenggai.jobs.working import work
from zhenggai.trail.models import Event

pytestmark = pytest.mark.django_db

AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
SHANGHAI = ZoneInfo("Asia/Shanghai")


class Clock:
    """Moves when told to."""

    def __init__(self) -> None:
        self.moment = AT

    def __call__(self) -> datetime:
        return self.moment

    def later(self, **by: float) -> datetime:
        self.moment += timedelta(**by)
        return self.moment


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(autouse=True)
def tasks_of_tests(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(default_task_backend.options, "packages", ["zhenggai", "jobs"])
    monkeypatch.setattr(schedule, "dailies", tuple)


@dataclass(frozen=True)
class World:
    administrator: Actor
    clerk: Actor


@pytest.fixture
def world(db: None) -> World:
    """A county with its administrator, and a clerk of it."""
    first, _ = first_administrators_create(
        username="first",
        name="首位示例",
        password="mostly-harmless-77",
        security_username="second",
        security_name="次位示例",
        security_password="mostly-harmless-77",
        organisation_name="云山县",
        at=AT,
    )
    path = first.organisation.path
    return World(
        Actor(first.pk, first.name, (Grant(Role.SYSTEM_ADMIN, first.organisation_id, path),)),
        Actor(99, "王样例", (Grant(Role.OFFICE_CLERK, first.organisation_id, path),)),
    )


def take(clock: Clock, worker: str = "one") -> Job | None:
    return services.job_take(worker=worker, queue="default", at=clock())


def idle(clock: Clock, worker: str = "one") -> int:
    return work(name=worker, clock=clock, stop=threading.Event(), until_idle=True)


def enqueue(clock: Clock, task: Any = labours.adding, key: str = "", **kwargs: Any) -> Job:
    return services.job_enqueue(task, at=clock(), key=key, kwargs=kwargs)


def test_a_job_is_done_once_and_keeps_its_result(clock: Clock) -> None:
    job = enqueue(clock, first=1, second=2)
    assert idle(clock) == 1
    assert idle(clock) == 0
    job.refresh_from_db()
    assert (job.state, job.result, job.workers) == (JobState.DONE, 3, ["one"])


def test_a_job_of_a_change_that_is_rolled_back_never_was(clock: Clock) -> None:
    with transaction.atomic():
        enqueue(clock, first=1, second=2)
        transaction.set_rollback(True)
    assert idle(clock) == 0


def test_the_same_key_gives_the_unfinished_job_and_a_new_one_after_its_end(clock: Clock) -> None:
    first = enqueue(clock, key="k", first=1, second=2)
    assert enqueue(clock, key="k", first=1, second=2).pk == first.pk
    idle(clock)
    assert enqueue(clock, key="k", first=1, second=2).pk != first.pk
    with pytest.raises(IntegrityError):
        Job.objects.create(
            task=labours.adding.module_path,
            key="k",
            arguments={},
            queue="default",
            state=JobState.READY,
            enqueued_at=AT,
            run_after=AT,
        )


def test_the_urgent_one_goes_first_and_no_job_before_its_time(clock: Clock) -> None:
    later = services.job_enqueue(
        labours.adding, at=clock(), run_after=clock() + timedelta(hours=1), args=(1, 1)
    )
    plain = enqueue(clock, first=1, second=1)
    urgent = services.job_enqueue(labours.adding.using(priority=5), at=clock(), args=(1, 1))
    assert [job.pk for job in (take(clock), take(clock)) if job] == [urgent.pk, plain.pk]
    assert take(clock) is None
    clock.later(hours=1)
    found = take(clock)
    assert found is not None
    assert found.pk == later.pk


def test_a_fault_is_tried_again_later_and_later_and_then_given_up_without_its_words(
    clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    job = enqueue(clock, labours.failing)
    waits = []
    for _ in range(3):
        assert idle(clock) == 1
        job.refresh_from_db()
        waits.append((job.state, job.run_after - clock()))
        clock.later(hours=2)
    assert waits[0] == (JobState.READY, timedelta(seconds=30))
    assert waits[1] == (JobState.READY, timedelta(minutes=2))
    assert job.state == JobState.FAILED
    assert idle(clock) == 0
    assert (job.fault_code, job.fault_values, job.attempts) == ("fault", {"kind": "OSError"}, 3)
    assert "13800000000" not in caplog.text
    assert "labours.py" in caplog.text


def test_a_refusal_is_given_up_at_once_with_its_sentence(clock: Clock) -> None:
    job = enqueue(clock, labours.refusing)
    idle(clock)
    job.refresh_from_db()
    assert (job.state, job.fault_values) == (JobState.FAILED, {"name": "示例"})
    assert job.fault_template.startswith("The name %(name)s is taken")


def test_what_a_failing_end_wrote_does_not_stand(clock: Clock) -> None:
    job = enqueue(clock, labours.written_then_failing, number=1)
    idle(clock)
    job.refresh_from_db()
    assert job.state == JobState.READY
    assert not Event.objects.filter(name="example.job.done").exists()


def test_a_worker_that_is_not_heard_of_loses_its_job_and_what_it_still_does_does_not_count(
    clock: Clock,
) -> None:
    job = enqueue(clock, labours.written_once, number=1)
    lost = take(clock, "lost")
    assert lost is not None
    assert services.jobs_reap(at=clock.later(seconds=60)) == 0
    assert services.jobs_reap(at=clock.later(seconds=1)) == 1
    assert idle(clock, "other") == 1
    assert not job_run(lost, clock=clock)
    with pytest.raises(LeaseLostError):
        services.job_finish(lost, result=None, at=clock())
    assert services.job_fail(lost, fault=OSError(), most_attempts=3, at=clock()) is None
    job.refresh_from_db()
    assert (job.state, job.losses, job.workers) == (JobState.DONE, 1, ["lost", "other"])
    assert Event.objects.count() == 1


def test_a_job_that_ends_its_workers_is_given_up_in_the_end_and_can_be_started_again(
    clock: Clock, world: World
) -> None:
    job = enqueue(clock, labours.written_once, key="k", number=1)
    for _ in range(services.MOST_LOSSES):
        assert take(clock) is not None
        services.jobs_reap(at=clock.later(minutes=2))
    job.refresh_from_db()
    assert (job.state, job.fault_code) == (JobState.FAILED, "worker_lost")
    with pytest.raises(NotPermittedError):
        services.job_restart(job_id=job.pk, actor=world.clerk, at=clock())
    with pytest.raises(NotFoundError):
        services.job_restart(job_id=job.pk + 99, actor=world.administrator, at=clock())
    other = enqueue(clock, labours.written_once, key="k", number=1)
    with pytest.raises(JobSupersededError):
        services.job_restart(job_id=job.pk, actor=world.administrator, at=clock())
    idle(clock)
    with pytest.raises(JobNotFailedError):
        services.job_restart(job_id=other.pk, actor=world.administrator, at=clock())
    services.job_restart(job_id=job.pk, actor=world.administrator, at=clock())
    event = Event.objects.get(name="jobs.job.restarted")
    assert (event.subject_id, event.actor_id) == (job.pk, world.administrator.person_id)
    idle(clock)
    job.refresh_from_db()
    assert job.state == JobState.DONE


def test_progress_and_beats_renew_the_lease(clock: Clock) -> None:
    enqueue(clock, labours.adding)
    job = take(clock)
    assert job is not None
    clock.later(seconds=50)
    services.job_progress(job, done=3, total=10, at=clock())
    assert services.jobs_reap(at=clock.later(seconds=59)) == 0
    services.job_beat(job, at=clock())
    assert services.jobs_reap(at=clock.later(seconds=59)) == 0
    job.refresh_from_db()
    assert (job.done, job.total) == (3, 10)


def test_a_step_is_told_with_its_progress_counted_anew_and_another_worker_begins_without(
    clock: Clock,
) -> None:
    job = enqueue(clock, first=1, second=2)
    taken = take(clock)
    assert taken is not None
    context = JobContext(task_result=labours.adding.get_result(str(job.pk)), job=taken, clock=clock)
    context.progress(3, 10)
    clock.later(seconds=50)
    context.step("second")
    job.refresh_from_db()
    assert (job.step, job.done, job.total) == ("second", None, None)
    # the first word of a step is not held back by the last one of the step before
    context.progress(1, 4)
    job.refresh_from_db()
    assert (job.done, job.total) == (1, 4)
    assert services.jobs_reap(at=clock.later(seconds=59)) == 0
    assert services.jobs_reap(at=clock.later(seconds=2)) == 1
    again = take(clock, "two")
    assert again is not None
    assert (again.step, again.done, again.total) == ("", None, None)
    with pytest.raises(LeaseLostError):
        context.step("third")
    again.refresh_from_db()
    assert again.step == ""


def test_what_is_slow_leaves_one_of_several_workers_free(clock: Clock) -> None:
    for number in range(3):
        enqueue(clock, first=number, second=2)
    for _ in range(2):
        job = take(clock)
        assert job is not None
        services.job_move(job, queue=SLOW, at=clock())
        job.refresh_from_db()
        assert (job.state, job.queue, job.token) == (JobState.READY, SLOW, "")
        with pytest.raises(LeaseLostError):
            services.job_move(job, queue=SLOW, at=clock())
    for name in ("one", "two"):
        services.worker_seen(name=name, at=clock())
    # one is at what is slow; the other does what is quick, and waits
    assert services.job_take(worker="one", queue=SLOW, at=clock()) is not None
    assert idle(clock, "two") == 1
    assert Job.objects.filter(state=JobState.READY).get().queue == SLOW
    # a third worker leaves one free all the same
    services.worker_seen(name="two", at=clock())
    services.worker_seen(name="three", at=clock())
    assert idle(clock, "three") == 1
    assert not Job.objects.filter(state=JobState.READY).exists()


def test_a_lone_worker_does_what_is_slow_as_well(clock: Clock) -> None:
    job = services.job_enqueue(labours.moving, at=clock())
    assert idle(clock) == 2
    job.refresh_from_db()
    assert (job.state, job.queue, job.result) == (JobState.DONE, SLOW, "done there")


def test_only_a_job_that_no_worker_has_begun_is_taken_back(clock: Clock) -> None:
    job = services.job_enqueue(labours.adding, at=clock(), key="one", args=(1, 2))
    assert selectors.job_unfinished(labours.adding.module_path, "one") == job
    assert services.job_withdraw(labours.adding, key="one")
    assert selectors.job_unfinished(labours.adding.module_path, "one") is None
    services.job_enqueue(labours.adding, at=clock(), key="one", args=(1, 2))
    assert take(clock) is not None
    assert not services.job_withdraw(labours.adding, key="one")
    assert Job.objects.get().state == JobState.RUNNING


def test_a_task_of_another_version_or_place_is_given_up(clock: Clock) -> None:
    for task in (
        "zhenggai.jobs.housekeeping.gone",
        "zhenggai.none.at_all",
        "os.system",
        "jobs.labours.noted",
    ):
        job = enqueue(clock, first=1, second=2)
        Job.objects.filter(pk=job.pk).update(task=task)
        idle(clock)
        job.refresh_from_db()
        assert (job.state, job.fault_code) == (JobState.FAILED, "task_unknown")
        assert selectors.job_label(job) == task


def test_the_api_of_django_tasks_enqueues_and_finds_the_result(clock: Clock) -> None:
    result = labours.adding.enqueue(first=4, second=5)
    assert result.status == TaskResultStatus.READY
    clock.moment = datetime.now(UTC) + timedelta(seconds=1)
    idle(clock)
    found = labours.adding.get_result(result.id)
    assert (found.status, found.return_value, found.attempts) == (TaskResultStatus.SUCCESSFUL, 9, 1)


def test_a_daily_task_is_made_once_a_slot_for_all_workers_and_caught_up_after_days_off(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    daily = schedule.Daily(housekeeping.sessions_clear, time(2, 30))
    monkeypatch.setattr(schedule, "dailies", lambda: (daily,))
    assert len(schedule.schedules_run(at=clock())) == 1
    assert schedule.schedules_run(at=clock()) == []
    idle(clock)
    assert schedule.schedules_run(at=clock.later(hours=12)) == []
    assert len(schedule.schedules_run(at=clock.later(days=4))) == 1
    assert schedule.schedules_run(at=clock()) == []


@pytest.mark.parametrize(
    ("moment", "slot"),
    [
        (datetime(2026, 1, 2, 2, 29, 59, tzinfo=SHANGHAI), datetime(2026, 1, 1, 2, 30, tzinfo=SHANGHAI)),
        (datetime(2026, 1, 2, 2, 30, tzinfo=SHANGHAI), datetime(2026, 1, 2, 2, 30, tzinfo=SHANGHAI)),
        (datetime(2026, 1, 1, 18, 30, tzinfo=UTC), datetime(2026, 1, 2, 2, 30, tzinfo=SHANGHAI)),
        (datetime(2026, 1, 1, 16, 0, tzinfo=UTC), datetime(2026, 1, 1, 2, 30, tzinfo=SHANGHAI)),
    ],
)
def test_the_latest_slot_is_counted_in_the_zone(moment: datetime, slot: datetime) -> None:
    assert daily_slot(moment, due=time(2, 30), zone=SHANGHAI) == slot


def test_finished_jobs_are_cleared_away_after_their_time(clock: Clock) -> None:
    enqueue(clock, first=1, second=2)
    enqueue(clock, labours.refusing)
    idle(clock)
    clock.later(days=31)
    context = enqueue(clock, housekeeping.jobs_clear)
    idle(clock)
    context.refresh_from_db()
    assert (context.state, context.result) == (JobState.DONE, 1)
    assert selectors.jobs_counts()[JobState.FAILED] == 1


def test_uploads_that_a_stopped_server_left_are_cleared_away_and_those_that_come_in_are_not(
    clock: Clock, settings: Any, tmp_path: Path
) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    for name, hours in (("left.upload", 49), ("coming.upload", 47)):
        (tmp_path / name).write_bytes(b"example")
        moment = (clock() - timedelta(hours=hours)).timestamp()
        os.utime(tmp_path / name, (moment, moment))
    context = enqueue(clock, housekeeping.incoming_clear)
    idle(clock)
    context.refresh_from_db()
    assert (context.state, context.result) == (JobState.DONE, 1)
    assert [file.name for file in tmp_path.iterdir()] == ["coming.upload"]


def test_workers_are_listed_while_they_are_heard_of_and_forgotten_after_a_day(clock: Clock) -> None:
    services.worker_seen(name="old", at=clock())
    clock.later(hours=23)
    services.worker_seen(name="one", at=clock())
    assert [(worker.name, worker.is_alive) for worker in selectors.workers_listed(clock())] == [
        ("one", True),
        ("old", False),
    ]
    clock.later(hours=2)
    services.worker_seen(name="two", at=clock())
    assert set(Worker.objects.values_list("name", flat=True)) == {"one", "two"}
    services.worker_gone(name="two")
    assert Worker.objects.count() == 1


def test_only_who_administers_a_whole_root_looks_after_background_work() -> None:
    whole = Actor(1, "管理甲", (Grant(Role.SYSTEM_ADMIN, 1, "0001"),))
    part = Actor(2, "管理乙", (Grant(Role.SYSTEM_ADMIN, 2, "00010001"),))
    assert services.jobs_judged(whole) == "0001"
    for actor in (part, Actor(3, "无职")):
        with pytest.raises(NotPermittedError):
            services.jobs_judged(actor)


def test_progress_is_written_about_once_a_second(clock: Clock, django_assert_num_queries: Any) -> None:
    job = enqueue(clock, first=1, second=2)
    taken = take(clock)
    assert taken is not None
    context = JobContext(task_result=labours.adding.get_result(str(job.pk)), job=taken, clock=clock)
    with django_assert_num_queries(2):
        for done in range(1001):
            context.progress(done, 1000)
