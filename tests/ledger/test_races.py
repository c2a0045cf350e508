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
    chains, ended, later = said.pop("chains"), said.pop("ended"), said.pop("later")
    assert said.pop("differences") == []
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
    holds_under_one_key(later.pop("keyed"))
    holds_of_several(later)
    holds_afterwards(later)


def done(outcome: dict[str, Any]) -> list[str]:
    return [each.partition(" ")[0] for each in outcome["said"] if each.endswith(" done")]


def holds_under_one_key(keyed: dict[str, Any]) -> None:
    after = keyed["version"] + 1
    assert keyed["said"].count(f"{after} first") == 1
    assert keyed["said"].count(f"{after} again") == 4
    # the other hand: its own key was taken, or its turn came before the leader's, which is not its own
    assert set(keyed["said"]) - {f"{after} first", f"{after} again"} <= {"key_elsewhere", "action_denied"}
    assert keyed["events"] == ["ledger.closure.signed"]
    assert keyed["later"] == f"{after} again"


def holds_of_several(later: dict[str, Any]) -> None:
    quorum, last = later["quorum"], later["after the quorum"]
    # two of three sign, whoever comes first; the third is told that the step is not theirs any more
    assert done(quorum) == ["closure_sign"] * 2
    assert quorum["events"] == ["ledger.closure.signed"] * 2
    assert len(set(quorum["signers"])) == len(quorum["signers"]) == 3
    assert (last["stage"], last["closures"], done(last)) == ("closed", 1, ["closure_sign"])
    assert last["events"] == ["ledger.closure.signed", "ledger.finding.closed"]
    for name in ("paper or hand", "paper twice"):
        # by hand or confirmed from paper: the leader's signature is there once
        assert len(later[name]["signers"]) == 1, name
        assert later[name]["events"].count("ledger.closure.signed") == 1, name
        assert len({"closure_sign", "signature_confirm"} & set(done(later[name]))) == 1, name


def holds_afterwards(later: dict[str, Any]) -> None:
    names = [name for name in later if name.startswith(("stage", "origin"))]
    assert len(names) == 4
    for name in names:
        outcome = later[name]
        # the fault goes on in one place: in the next stage, or as one successor
        assert len(done(outcome)) == 1, name
        assert outcome["closures"] == 1, name
        assert set(outcome["said"]) - {f"{done(outcome)[0]} done"} <= {"transition", "rebound_stands"}, name
    one = later["stage or rebound"]
    assert (one["stage"] == "rectifying") is (one["starts"] == 1) is (one["open_successors"] == 0)
    assert all(later[name]["open_successors"] == 1 for name in names if name.startswith("origin"))
