"""Colours of the pages stand in one place, so that light and dark are whole."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import zhenggai.web

STATIC = Path(zhenggai.web.__file__).parent / "static"
SHEETS = sorted(path for path in STATIC.glob("*.css") if path.name != "tokens.css")
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\brgba?\([^)]*\)|\bhsla?\(")
USED = re.compile(r"var\((--(?!tblr-)[a-z0-9-]+)")
# white in both: what a camera reads, a sheet of paper, glass over the masthead
SAME_IN_BOTH = re.compile(
    r"^\s*(?:\.qr|\.preview|body \{ background: #fff)"
    r"|^\s*\.sheet-head \{ padding-left: 0; border-bottom: 1\.5px solid #000"
    r"|rgba\(255, 255, 255, \.\d+\)"
)


def block(text: str, opening: str) -> str:
    """The declarations of the first block that begins so."""
    start = text.index(opening) + len(opening)
    return text[start : text.index("}", start)]


def names(block: str) -> set[str]:
    return set(re.findall(r"(--[a-z0-9-]+):", block))


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_a_style_sheet_names_no_colour(sheet: Path) -> None:
    lines = sheet.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if COLOUR.search(line) and not SAME_IN_BOTH.search(line)] == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_a_style_sheet_uses_only_tokens_that_there_are(sheet: Path) -> None:
    tokens = names(block((STATIC / "tokens.css").read_text(encoding="utf-8"), "[data-bs-theme] {"))
    text = sheet.read_text(encoding="utf-8")
    assert set(USED.findall(text)) - tokens - names(text) == set()


def test_the_dark_look_says_every_colour_anew_but_white_words() -> None:
    text = (STATIC / "tokens.css").read_text(encoding="utf-8")
    light, dark = block(text, "[data-bs-theme] {"), block(text, '[data-bs-theme="dark"] {')
    colours = {name for name in re.findall(r"(--[a-z0-9-]+): (?:#|rgba)", light) if "tblr" not in name}
    assert colours - names(dark) == {"--on-fill"}
    assert names(dark) <= names(light)
