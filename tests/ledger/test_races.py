"""Many hands on one finding at one moment: one of them acts, the others are told so."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from intake.test_races import database

__all__ = ["database"]
SCRIPT = Path(__file__).with_name("race.py")


@pytest.mark.usefixtures("database")
def test_of_many_hands_at_one_moment_one_acts(request: pytest.FixtureRequest) -> None:
    run = subprocess.run(
        [sys.executable, "-W", "ignore", str(SCRIPT)],
        env={**os.environ, "ZHENGGAI_TEST_POSTGRESQL": request.getfixturevalue("database")},
        capture_output=True,
        text=True,
        check=True,
        timeout=180,
    )
    said: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    chains, ended = said.pop("chains"), said.pop("ended")
    assert chains
    assert all(chains)
    for name, outcome in said.items():
        assert outcome["said"].count("done") == 1, name
        assert outcome["moved"] == 1, name
        assert set(outcome["said"]) <= {"done", "stale_page", "action_denied"}, name
        assert outcome["requests"] <= 1, name
    assert (said["requests"]["stage"], said["requests"]["signatures"]) == ("closure_requested", 0)
    assert (said["first"]["stage"], said["first"]["signatures"]) == ("closure_requested", 1)
    assert (said["last"]["stage"], said["last"]["signatures"], said["last"]["closures"]) == ("closed", 2, 1)
    assert said["either"]["closures"] == 0
    # the post ends once; whoever signs under it does so before, or not at all
    assert ended["said"].count("ended") == 1
    assert ended["said"].count("signed") <= 1
    assert set(ended["said"]) <= {
        "ended",
        "signed",
        "not_allowed_now",
        "action_denied",
        "finding_not_found",
        "stale_page",
    }
    is_closed = ended["stage"] == "closed"
    assert is_closed is ("signed" in ended["said"]) is (ended["closures"] == 1)
    assert (said["granting"]["due"], said["granting"]["approvals"]) == ("2026-09-30", 2)
    last = said["withdrawing"]
    assert not (last["stage"] == "closure_requested" and last["withdrawn"])
