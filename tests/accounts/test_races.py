"""On a database whose commits are real: administrators of before are divided, and guesses are counted."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from intake.test_races import BOTH, database
from migrated import postgresql_database

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["database"]
SCRIPT = Path(__file__).with_name("race.py")


@pytest.fixture(params=BOTH)
def nothing(request: pytest.FixtureRequest) -> Iterator[str]:
    """The same without a table: what is made there is of before."""
    if request.param == "sqlite":
        yield ""
        return
    with postgresql_database("before", is_empty=True) as address:
        yield address


@pytest.mark.usefixtures("nothing")
def test_administrators_of_before_are_divided_and_many_guesses_at_once_count_each(
    request: pytest.FixtureRequest,
) -> None:
    run = subprocess.run(
        [sys.executable, "-W", "ignore", str(SCRIPT)],
        env={**os.environ, "ZHENGGAI_TEST_POSTGRESQL": request.getfixturevalue("nothing")},
        capture_output=True,
        text=True,
        check=True,
        timeout=180,
    )
    said: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    assert said["roles"] == {
        "founder": "system_admin",
        "second": "security_admin",
        "below": "system_admin",
        "gone": "system_admin",
    }
    assert said["warrants"] == ["earlier"]
    assert said["recorded"] == [
        ["accounts.post.divided", "system_admin"],
        ["accounts.post.divided", "security_admin"],
        ["accounts.post.divided", "system_admin"],
    ]
    # however many at once: five passwords are looked at, the right one among them or not
    looked_at = [each for each in said["guesses"] if each != "sign_in_waits"]
    assert len(looked_at) == said["counted"] == 5
    # of many that type the same code at one moment one gets in
    assert said["codes"].count("fits") == 1
    assert said["chains"] == [True]


@pytest.mark.usefixtures("database")
def test_moves_confirmations_and_mergers_at_one_moment_leave_a_whole_tree(
    request: pytest.FixtureRequest,
) -> None:
    run = subprocess.run(
        [sys.executable, "-W", "ignore", str(SCRIPT.with_name("race_moves.py"))],
        env={**os.environ, "ZHENGGAI_TEST_POSTGRESQL": request.getfixturevalue("database")},
        capture_output=True,
        text=True,
        check=True,
        timeout=180,
    )
    said: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    # a ring of three: two of the moves can be, and the third would close it; the same one twice is refused
    assert set(said["moves"]) == {"moved", "not_allowed_now"}
    assert said["moves"].count("moved") == said["past"] == 2
    assert said["problems"] == [[], [], [], [], []]
    assert said["confirmed"].count("confirmed") == 1
    assert len({each for each in said["heirs"] if each.isdigit()}) == 1
    assert sum(each.isdigit() for each in said["heirs"]) == 1
    assert said["ended"] is True
    assert said["chains"] == [True]
