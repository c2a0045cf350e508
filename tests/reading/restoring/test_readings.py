from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from zhenggai.reading.restoring import readings

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize(
    ("char", "reading"),
    [
        ("統", "tǒng"),
        ("行", "háng"),
        ("行", "xíng"),
        ("長", "cháng"),
        ("細", "xì"),
        ("節", "jiē"),
        ("均", "jun1"),
        ("均", "jūn"),
        ("女", "nǚ"),
        ("女", "nv3"),
        ("女", "nu:3"),
        ("律", "lü4"),
        ("略", "lüè"),
        ("略", "lve4"),
        ("好", "hǎo"),
        ("好", "ha\u030co"),
        ("好", "hăo"),
        ("安", "ɑ\u0304n"),
        ("我", "wo3"),
        ("流", "liu2"),
        ("贵", "gui4"),
        ("鬼", "gui3"),
        ("口", "kou3"),
        ("一", "yī"),
        ("会", "huì "),
        ("了", "le"),
        ("的", "de"),
        ("的", "de5"),
        ("个", "ge"),
        ("嗯", "ńg"),
    ],
)
def test_every_reading_of_a_character_counts_however_it_is_spelled(char: str, reading: str):
    assert readings.spells(char, reading)


@pytest.mark.parametrize(
    ("char", "reading"),
    [
        ("安", "an"),
        ("統", "tong"),
        ("統", "tóng"),
        ("公", "kg"),
        ("行", "who"),
        ("了", "de"),
        ("示", "shi5"),
        ("说", "zhè"),
        ("统", "n3"),
        ("统", "bcd2"),
        ("x", "xī"),
    ],
)
def test_what_is_no_reading_of_the_character_does_not_count(char: str, reading: str):
    assert not readings.spells(char, reading)


@pytest.mark.parametrize(
    ("char", "start", "begins"),
    [
        ("認", "r", True),
        ("認", "rèn", True),
        ("認", "x", False),
        ("的", "d", True),
        ("們", "me", True),
        ("女", "nv", True),
    ],
)
def test_a_reading_cut_off_is_told_by_its_beginning(char: str, start: str, begins: bool):
    assert readings.begins(char, start) is begins


def test_the_shipped_table_is_what_the_tool_builds():
    done = subprocess.run([sys.executable, ROOT / "tools" / "readings_table.py", "--check"], check=False)

    assert done.returncode == 0


def test_the_table_is_small_and_needs_no_pypinyin():
    program = (
        "import sys\nfrom zhenggai.reading.restoring.readings import spells\nassert spells('整', 'zhěng')\n"
        "assert not [name for name in sys.modules if name.split('.')[0] in {'pypinyin', 'django', 'opencc'}]"
    )

    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
    assert (ROOT / "src/zhenggai/reading/restoring/readings.txt").stat().st_size < 600_000


def test_readings_for_making_noise_carry_their_tone():
    assert "de" not in readings.readings_of("的")
    assert "dì" in readings.readings_of("的")
