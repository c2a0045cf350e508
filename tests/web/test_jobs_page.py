"""Background work, as who administers a whole organisation sees it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from zhenggai.jobs import services
from zhenggai.jobs.housekeeping import jobs_clear, sessions_clear
from zhenggai.jobs.models import Job
from zhenggai.jobs.states import JobState

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from web.world import World

AT = datetime(2026, 9, 1, tzinfo=UTC)


@pytest.fixture
def failed(world: World) -> Job:
    """A job that was given up with a fault, one at work, and many finished ones."""
    services.job_enqueue(sessions_clear, at=AT)
    taken = services.job_take(worker="one", queue="default", at=AT)
    assert taken is not None
    services.job_fail(taken, fault=OSError("secret"), most_attempts=1, at=AT)
    services.job_enqueue(jobs_clear, at=AT)
    working = services.job_take(worker="one", queue="default", at=AT)
    assert working is not None
    services.job_progress(working, done=30, total=120, at=AT)
    services.worker_seen(name="one", at=AT)
    for number in range(60):
        services.job_enqueue(jobs_clear, at=AT + timedelta(minutes=number))
    return taken


def test_the_page_says_what_was_given_up_and_what_runs(
    failed: Job, browser: Callable[[str], Client], django_assert_max_num_queries: Any
) -> None:
    client = browser("admin")
    with django_assert_max_num_queries(10):
        page = client.get("/jobs/").content.decode()
    assert "No worker is at work" in page
    waiting = Job.objects.filter(state=JobState.READY.value).count()
    # those of the county, whose evidence waits to be read, are among them
    assert waiting >= 60
    assert f"<b>{waiting}</b><span>waiting</span>" in page
    page = client.get("/jobs/?state=failed").content.decode()
    assert "Clear away sessions that have ended" in page
    assert "fault of the software (OSError)" in page
    assert "secret" not in page
    assert "25%" in client.get("/jobs/?state=running").content.decode()
    for odd in ("?state=%00", "?page=0", "?page=99999999999999999999", "?page=九", "?state=done"):
        assert client.get(f"/jobs/{odd}").status_code == 200


def test_what_was_given_up_is_started_again_once(failed: Job, browser: Callable[[str], Client]) -> None:
    client = browser("admin")
    assert client.post(f"/jobs/{failed.pk}/restart/").status_code == 302
    failed.refresh_from_db()
    assert failed.state == JobState.READY
    again = client.post(f"/jobs/{failed.pk}/restart/")
    assert again.status_code == 409
    assert "it is waiting" in again.content.decode()
