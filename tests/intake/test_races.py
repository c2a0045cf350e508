"""Many hands at one moment: one document, one text in a field, one ledger."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from migrated import postgresql_database

if TYPE_CHECKING:
    from collections.abc import Iterator

SCRIPT = Path(__file__).with_name("race.py")


BOTH = [
    pytest.param("sqlite", marks=pytest.mark.sqlite),
    pytest.param("postgresql", marks=pytest.mark.postgresql),
]


@pytest.fixture(params=BOTH)
def database(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a database of its own; empty for SQLite in the run's own data folder."""
    if request.param == "sqlite":
        yield ""
        return
    with postgresql_database("race") as address:
        yield address


def test_many_hands_at_one_moment_make_one_document_one_text_and_one_ledger(database: str) -> None:
    run = subprocess.run(
        [sys.executable, "-W", "ignore", str(SCRIPT)],
        env={**os.environ, "ZHENGGAI_TEST_POSTGRESQL": database},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    said = json.loads(run.stdout.splitlines()[-1])
    assert len(set(said["received"])) == 1
    assert said["saved"] == ["conflict"] * 5 + ["saved"]
    assert said["confirmed"] == ["confirmed"] + ["intake.already_confirmed"] * 5
    assert said["findings"] == 2
    assert said["chains"]
    assert all(said["chains"])
