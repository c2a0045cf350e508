from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ops.notices import CLEAN
from zhenggai.ops.cli import zhenggai

ENGLISH = {"ZHENGGAI_LANG": "en", "NO_COLOR": "", "COLUMNS": ""}


def run(*arguments: str, text: str | None = None) -> Result:
    return CliRunner().invoke(zhenggai, arguments, input=text, env=ENGLISH)


@pytest.mark.parametrize("family", ["a", "b"])
def test_what_is_garbled_comes_back(family: str, tmp_path: Path) -> None:
    spoiled = tmp_path / "spoiled.txt"
    done = run("garble", "-", "--family", family, "--furniture", "--output", str(spoiled), text=CLEAN)

    assert done.exit_code == 0
    assert spoiled.read_text(encoding="utf-8") != CLEAN
    assert run("restore", str(spoiled)).stdout.strip() == CLEAN.strip()


def test_a_seed_decides_and_switches_switch(tmp_path: Path) -> None:
    one, two, three = (run("garble", "-", "--seed", seed, text=CLEAN).stdout for seed in ("1", "1", "2"))

    assert one == two != three
    assert run("garble", "-", "--no-script", "--no-readings", text=CLEAN).stdout == CLEAN


def test_deeds_say_what_was_lost() -> None:
    plain = run(
        "garble", "-", "--family", "b", "--damage", "--deeds", text="整改\n　（2016年11月26日）公布\n"
    ).stdout
    every = json.loads(run("garble", "-", "--all", "--deeds", "--format", "json", text=CLEAN).stdout)

    assert "for good" in plain
    assert "2 → ?" in plain
    assert every["schema"] == "zhenggai.garbled/1"
    assert {"kind", "line", "before", "after", "is_lost", "times"} == set(every["deeds"][0])
    assert "damage" not in {deed["kind"] for deed in every["deeds"]}
    assert every["lost"] == sum(deed["is_lost"] for deed in every["deeds"])
    assert "deeds" not in json.loads(run("garble", "-", "--format", "json", text=CLEAN).stdout)


def test_damage_with_family_a_is_wrong_usage() -> None:
    result = run("garble", "-", "--damage", text=CLEAN)

    assert result.exit_code == 2
    assert "--family b" in result.stderr
