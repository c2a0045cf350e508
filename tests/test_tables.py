"""What the documents say of the tables is what the tables say."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))

import tables  # noqa: E402 - a tool, outside the package


def test_the_documents_are_as_the_tables_are() -> None:
    command = [sys.executable, str(ROOT / "tools" / "docs.py")]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_part_that_says_something_else_is_named_with_the_command_that_mends_it(tmp_path: Path) -> None:
    text = tables.PAGE.read_text(encoding="utf-8")
    changed = text.replace("| `finding.accept` |  | → `accepted` |", "| `finding.accept` |  | → `closed` |")
    assert changed != text
    assert tables.replaced(changed, "transitions", tables.transitions()) == text
    page = tmp_path / "tables.md"
    page.write_text(changed, encoding="utf-8")
    assert list(tables.problems({page: text})) == [
        f"{page}: what is made from the tables is not what they say; `make tables` writes it anew."
    ]
    assert list(tables.problems({tables.PAGE: text})) == []


def test_a_page_without_the_place_of_a_part_is_refused() -> None:
    with pytest.raises(LookupError, match="no place for the part gates"):
        tables.replaced("# Tables\n", "gates", "")
