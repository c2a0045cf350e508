"""Marks that some documents print otherwise: rings as bullets (○), dots as full stops (整改已完成.)."""

from __future__ import annotations

from zhenggai.reading import patterns as re

_RINGED = re.compile(r"(?:\A|(?<=\n))[ \t\u3000]*+(?P<mark>○)(?=[ \t\u3000]*[\u4e00-\u9fff“（【][^\n○]{4})")
_DOTTED = re.compile(
    r"(?<=[\u4e00-\u9fff”])(?<![一二三四五六七八九十])(?P<mark>\.)(?=[\u4e00-\u9fff“]|[ \t]*+(?:\n|\Z))"
)
_RINGS_LEAST = 2
_DOTS_LEAST = 3


def with_usual_marks(text: str) -> str | None:
    """``text`` with its rings as ● and its dots as 。, code point for code point; null where it has none.

    One ring alone is no list, and may be the rest of a name that its line broke apart; rings in a line hide
    a name (张○○). Dots are full stops where hardly any other full stop stands.
    """
    rings = [found.start("mark") for found in _RINGED.finditer(text)] if "○" in text else []
    dots = [found.start("mark") for found in _DOTTED.finditer(text)] if "." in text else []
    usual = {place: "●" for place in rings if len(rings) >= _RINGS_LEAST}
    if len(dots) >= _DOTS_LEAST and len(dots) > 2 * text.count("。"):
        usual |= dict.fromkeys(dots, "。")
    if not usual:
        return None
    letters = list(text)
    for place, mark in usual.items():
        letters[place] = mark
    return "".join(letters)
