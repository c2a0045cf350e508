"""Footnotes of a page (脚注): small lines under a short rule, each with its number."""

from __future__ import annotations

from operator import attrgetter
from statistics import median
from typing import TYPE_CHECKING, Final

from zhenggai.reading import patterns as re
from zhenggai.reading.pdf.flow import glue, lines_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhenggai.reading.pdf.shapes import Glyph, Page, Rule

_SMALLER: Final = 0.93
_LONGEST: Final = 0.45
"""Share of a page's width up to which a rule can stand over its notes."""
_RAISED: Final = 0.15
_MARK: Final = re.compile(r"[\[〔(（]?(?P<n>\d{1,2}|[①-⑳])[\]〕)）]?[ \u3000]?(?=[^\d.．、])")


def rules_of(across: Sequence[Rule], page: Page) -> list[float]:
    """Where short rules stand in the lower part of a page outside its tables."""
    return sorted(
        rule.at
        for rule in across
        if 24 <= rule.end - rule.start <= _LONGEST * page.width
        and rule.at > 0.3 * page.height
        and not any(table.y0 - 3 <= rule.at <= table.y1 + 3 for table in page.tables)
    )


def without_marks(glyphs: list[Glyph], rule: float) -> list[Glyph]:
    """The glyphs without the small raised numbers above the rule, which point at the notes below it."""
    sizes = [glyph.size for glyph in glyphs if glyph.y < rule]
    if not sizes:
        return glyphs
    usual = median(sizes)
    kept: list[Glyph] = []
    line = 0.0
    for glyph in glyphs:
        small = glyph.size < 0.8 * usual and glyph.y < rule
        if small and (glyph.char.isdigit() or "①" <= glyph.char <= "⑳") and line - glyph.y > _RAISED * usual:
            if kept and abs(glyph.x0 - kept[-1].x1) < usual:
                # no space stays where it stood
                kept[-1] = kept[-1]._replace(x1=glyph.x1)
            continue
        line = line if small else glyph.y
        kept.append(glyph)
    return kept


def take_notes(page: Page) -> None:
    """Take the notes off a page whose furniture is gone: its ``pieces`` shrink, its ``notes`` hold them."""
    for at in page.short_rules:
        below = [piece for piece in page.pieces if piece.y > at]
        above = [piece for piece in page.pieces if piece.y <= at]
        if not below or not above:
            continue
        usual = median(piece.size for piece in above)
        lines = lines_of(sorted(below, key=attrgetter("y", "x0")))
        if not _MARK.match(lines[0].text) or any(line.size >= _SMALLER * usual for line in lines):
            continue
        following = 0
        for line in lines:
            found = _MARK.match(line.text)
            number = _number(found["n"]) if found else 0
            if found and (not page.notes or number == following):
                following = number + 1
                page.notes.append(f"【注{found['n']}】{line.text[found.end() :]}")
            else:
                head, between = glue(page.notes[-1], line.text)
                page.notes[-1] = f"{head}{between}{line.text}"
        page.pieces = above
        return


def _number(printed: str) -> int:
    return int(printed) if printed.isdecimal() else ord(printed) - 0x245F
