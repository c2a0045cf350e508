"""The server killed while evidence is filed and findings are closed: nothing half, nothing lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from jobs.test_workers import database
from ops.programs import environment

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["database"]
TESTS = Path(__file__).resolve().parents[1]
# as many as a quiet machine does in seconds; `make kill` asks for 200
KILLS = 2


def killed(data: Path, **more: str) -> Mapping[str, Any]:
    given = {"PYTHONPATH": str(TESTS), "DJANGO_SETTINGS_MODULE": "zhenggai.config.settings", **more}
    run = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "ledger.killing_server", str(KILLS)],
        env=environment(data, **given),
        capture_output=True,
        text=True,
        timeout=500,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-3000:]
    found: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return found


def holds(found: Mapping[str, Any]) -> None:
    assert found["killed"] == KILLS
    assert found["unanswered"] > 0
    # what was answered is there, once, with its own bytes
    assert found["filed"] >= KILLS
    assert found["closed"] == found["closures"] == found["closed_entries"] == max(2, KILLS // 5)
    assert [found[name] for name in ("filed_lost", "filed_twice", "closed_lost", "other_bytes")] == [0] * 4
    assert found["filed_unanswered"] == 0
    # never a row without its file; a file without a row only until it is swept
    assert found["rows_without_file"] == found["files_without_row"] == 0
    assert found["trail"]
    assert found["differences"] == []


@pytest.mark.sqlite
def test_a_server_that_is_killed_keeps_what_it_answered_and_nothing_half(tmp_path: Path) -> None:
    holds(killed(tmp_path))


@pytest.mark.postgresql
def test_on_postgresql_a_server_that_is_killed_keeps_what_it_answered(tmp_path: Path, database: str) -> None:
    assert os.environ["ZHENGGAI_TEST_POSTGRESQL"]
    holds(killed(tmp_path, ZHENGGAI_DATABASE_URL=database))
