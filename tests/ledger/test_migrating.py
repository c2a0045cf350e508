"""A database with rows in it is migrated: no trigger stops a rebuild, and all stand again after it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest


def taken_back_to(data: Path, *targets: str) -> dict[str, Any]:
    run = subprocess.run(
        [sys.executable, "-W", "ignore", str(Path(__file__).with_name("back_and_forth.py")), *targets],
        env={**os.environ, "ZHENGGAI_DATA_DIR": str(data), "ZHENGGAI_TEST_POSTGRESQL": ""},
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert run.returncode == 0, run.stderr[-2_000:]
    said: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    # an inspection without rules of its own has the default of its kind again, the other one its own
    (plain, plain_owner), (own, own_owner) = said.pop("rules")
    assert (plain, plain_owner, own) == (2, None, 3)
    assert own_owner is not None
    return said


WHOLE = {"rows": [2, 2], "broken": [], "missing": [], "intervals": True, "tables": [], "chains": True}


@pytest.mark.sqlite
def test_a_populated_database_goes_back_to_the_first_steps_and_forth_whole(tmp_path: Path) -> None:
    assert taken_back_to(tmp_path, "0031") == {**WHOLE, "differences": []}


@pytest.mark.sqlite
@pytest.mark.skipif(
    not os.environ.get("ZHENGGAI_PROOF_DEEP"),
    reason="every step there ever was, three minutes: set ZHENGGAI_PROOF_DEEP to go back to each",
)
def test_a_populated_database_goes_back_before_plans_and_forth_whole(tmp_path: Path) -> None:
    # these rebuild tables that triggers of other tables name
    said = taken_back_to(tmp_path, "0007", "0006", "0005")
    # the tables of before have no place for the money to be recovered, the steps of a decided request, the
    # units a report is for, nor for what newer rules say; the comparison with the trail tells exactly that
    lost = said.pop("differences")
    assert [each.partition(":")[0] for each in lost] == [
        *["Finding 1"] * 4,
        *["Finding 2"] * 2,
        "Inspection 2",
    ]
    assert all("money_to_recover" in each for each in (lost[0], lost[4]))
    assert all("unit_ids = []" in each for each in (lost[1], lost[5]))
    assert all("of a closure request stands in the trail" in each for each in lost[2:4])
    assert "the version of its profile" in lost[6]
    assert said == WHOLE
