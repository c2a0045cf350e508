"""Mutants that are said to do no harm: each still stands where it is said to be, and says why."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))

import tables  # noqa: E402 - tools, outside the package
from harmless import HARMLESS  # noqa: E402 - likewise


@pytest.mark.parametrize("entry", [each for each in HARMLESS if each[0] != "*"], ids=lambda each: each[0])
def test_a_harmless_change_is_of_a_line_that_is_there(entry: tuple[str, ...]) -> None:
    name, line = entry[:2]
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "src" / "zhenggai").rglob(name)]
    assert any(line in map(str.strip, source.split("\n")) for source in sources)
    assert HARMLESS[entry].endswith(".")


def test_the_document_of_proofs_names_every_one_of_the_rules() -> None:
    text = tables.PROVEN.read_text(encoding="utf-8")
    assert tables.replaced(text, "harmless", tables.harmless()) == text
    for (name, *_), why in HARMLESS.items():
        if name == "*" or (ROOT / "src" / "zhenggai" / "domain" / name).exists():
            assert why in text
