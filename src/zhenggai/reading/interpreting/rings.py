"""Rings at the beginning of lines (○): bullets there, and a hidden part of a name (张○○) everywhere else."""

from __future__ import annotations

from zhenggai.reading import patterns as re

_RINGED = re.compile(r"(?:\A|(?<=\n))[ \t\u3000]*+(?P<ring>○)(?=[ \t\u3000]*[\u4e00-\u9fff“（【][^\n○]{4})")
_LEAST = 2


def with_bullets(text: str) -> str | None:
    """``text`` with its rings that are bullets as ●, code point for code point; null where it has none.

    One alone is no list, and may be the rest of a name that its line broke apart.
    """
    rings = [found.start("ring") for found in _RINGED.finditer(text)] if "○" in text else []
    if len(rings) < _LEAST:
        return None
    letters = list(text)
    for place in rings:
        letters[place] = "●"
    return "".join(letters)
