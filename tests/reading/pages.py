"""Invented documents with all sorts of marks, and genuine texts that look a little like noise."""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).parent


def texts(folder: str) -> dict[str, str]:
    """Every text of a folder beside this file, by its name."""
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted((HERE / folder).glob("*.txt"))}


CLEAN = texts("clean_pages")
GENUINE = texts("genuine_pages")
