"""Worker processes, started, killed and told to end as they are in real use."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection

from migrated import DATABASE, migrated, postgresql_database
from ops.programs import PROGRAM, environment, start
from zhenggai.jobs.schedule import dailies

if TYPE_CHECKING:
    from collections.abc import Iterator

TESTS = Path(__file__).resolve().parents[1]
KILLS = 12


def run(data: Path, program: str, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    given = {
        "PYTHONPATH": str(TESTS),
        "DJANGO_SETTINGS_MODULE": "jobs.settings_for_workers",
        "ZHENGGAI_LEASE_SECONDS": "2",
        **more,
    }
    return subprocess.run(
        [sys.executable, "-c", program, *arguments]
        if "\n" in program
        else [sys.executable, "-m", program, *arguments],
        env=environment(data, **given),
        capture_output=True,
        text=True,
        timeout=500,
        check=True,
    )


def killed(data: Path, **more: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run(data, "jobs.killing", str(KILLS), **more).stdout)
    return found


def holds(found: dict[str, Any]) -> None:
    assert found["killed"] == KILLS
    assert found["done"] == found["written"] == found["jobs"]
    assert found["twice"] == 0
    assert found["trail"]


@pytest.mark.sqlite
def test_killed_workers_lose_nothing_and_nothing_is_done_twice(tmp_path: Path) -> None:
    holds(killed(tmp_path))


@pytest.fixture
def database() -> Iterator[str]:
    """A PostgreSQL database beside that of the tests."""
    with postgresql_database("killing") as address:
        yield address


@pytest.mark.postgresql
def test_on_postgresql_killed_workers_lose_nothing_and_nothing_is_done_twice(
    tmp_path: Path, database: str
) -> None:
    assert connection.vendor == "postgresql"
    holds(killed(tmp_path, ZHENGGAI_DATABASE_URL=database))


HANGING = """
import django, sys
django.setup()
from django.utils import timezone
from jobs import labours
from zhenggai.jobs.services import job_enqueue
job_enqueue(labours.hanging, at=timezone.now(), args=(60,))
job_enqueue(labours.dying, at=timezone.now())
job_enqueue(labours.written_once, at=timezone.now(), args=(1,))
"""


def jobs_of(data: Path) -> list[tuple[str, int]]:
    """State and losses of the tests' own jobs, in the order in which they were put there."""
    with closing(sqlite3.connect(f"file:{data / DATABASE}?mode=ro", uri=True)) as database:
        rows = "SELECT state, losses FROM jobs_job WHERE task LIKE 'jobs.%' ORDER BY id"
        return database.execute(rows).fetchall()


@pytest.mark.sqlite
def test_a_worker_that_hangs_or_dies_is_started_again_and_the_rest_is_done(tmp_path: Path) -> None:
    run(migrated(tmp_path), HANGING)
    given = {
        "PYTHONPATH": str(TESTS),
        "DJANGO_SETTINGS_MODULE": "jobs.settings_for_workers",
        "ZHENGGAI_LEASE_SECONDS": "2",
    }
    worker = subprocess.Popen([PROGRAM, "worker"], env=environment(tmp_path, **given))
    try:
        for _ in range(600):
            time.sleep(0.2)
            hanging, dying, written = jobs_of(tmp_path)
            if written == ("done", 0) and hanging[1] and dying[1]:
                break
        assert written == ("done", 0)
        assert hanging[1] > 0
        assert dying[1] > 0
    finally:
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(60) == 0


@pytest.mark.sqlite
def test_until_idle_says_how_much_it_was_and_an_outdated_database_is_refused(tmp_path: Path) -> None:
    refused = start(tmp_path, "worker", "--until-idle")
    assert refused.returncode == 1
    assert "zhenggai migrate" in refused.stderr
    migrated(tmp_path)
    first, second = (start(tmp_path, "worker", "--until-idle").stdout for _ in range(2))
    assert first.strip() == f"Nothing more to do; jobs tried: {len(dailies())}."
    assert second.strip() == "Nothing more to do; jobs tried: 0."
