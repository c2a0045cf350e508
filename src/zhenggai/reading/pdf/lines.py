"""Characters → pieces of lines (字符成行): rows from top to bottom, spaces by their gaps, doubles once."""

from __future__ import annotations

import itertools
from operator import itemgetter
from statistics import median
from typing import TYPE_CHECKING, Final, NamedTuple

from zhenggai.reading import patterns as re
from zhenggai.reading.pdf.shapes import HAN, Glyph, Piece

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

WIDE: Final = 1.8
"""Gap, in line heights, that divides a row into pieces."""
_HAN_GAP: Final = 0.9
_LATIN_GAP: Final = 0.17
_CLOSE_GAP: Final = 0.22
_TELLING: Final = 12
"""Neighbours on a page from which their gaps tell how it is set."""
_SET: Final = re.compile(rf"[{HAN}\u3000-\u303f\uff00-\uffef\u2018-\u201d\u2014\u2026\u2460-\u24ff]")
_LETTERS: Final = re.compile(rf"[{HAN}]")
_LEADING_NUMBER: Final = re.compile(r"\d{1,4}\Z")
_SPREAD_LONGEST: Final = 14
_BLANK: Final = " \u3000"
_SAME_ROW: Final = 0.5
_TWICE: Final = 0.3
_NUMBERS: Final = frozenset("0123456789.． ")
_LONG: Final = frozenset("—…⋯")


def pieces_of(glyphs: Sequence[Glyph]) -> list[Piece]:
    """The pieces of lines that ``glyphs`` make, row by row, each row from left to right."""
    return pieces_in(rows_of(glyphs))


def pieces_in(rows: Sequence[list[Glyph]]) -> list[Piece]:
    """The pieces of lines of ``rows``, as ``rows_of`` gives them."""
    close = _set_close(rows)
    pieces: list[Piece] = []
    for row in rows:
        pieces += _pieces(row, close)
    return pieces


def rows_of(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """The rows that ``glyphs`` make, from top to bottom, each from left to right."""
    rows = _rows(_runs(glyphs))
    for row in rows:
        row.sort(key=itemgetter(0))
    return rows


class _Close(NamedTuple):
    """Whether neighbours touch all over a page, so that a small gap is a space the file left out."""

    letters: bool
    """Han characters among themselves."""
    digits: bool
    """Digits and Han characters."""


def _set_close(rows: Iterable[Sequence[Glyph]]) -> _Close:
    letters: list[bool] = []
    digits: list[bool] = []
    for row in rows:
        leading = next((at for at, glyph in enumerate(row) if glyph.char not in _NUMBERS), len(row))
        for left, right in itertools.pairwise(row[leading:]):
            if _LETTERS.match(left.char) or _LETTERS.match(right.char):
                other = left.char if _LETTERS.match(right.char) else right.char
                kind = letters if _LETTERS.match(other) else digits if other.isdigit() else None
                if kind is not None:
                    kind.append(right.x0 - left.x1 < 0.12 * right.size)
    return _Close(
        *(
            len(one) >= least and sum(one) * 10 >= len(one) * 8
            for one, least in ((letters, _TELLING), (digits, _TELLING // 2))
        )
    )


def _runs(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Stretches that the file prints one after another on one baseline."""
    runs: list[list[Glyph]] = []
    run: list[Glyph] = []
    for glyph in glyphs:
        if run:
            last = run[-1]
            size = last.size
            if (
                abs(glyph.y - last.y) > 0.3 * size
                or glyph.x0 < last.x0 - 0.3 * size
                or glyph.x0 - last.x1 > WIDE * size
                or not 0.7 < (glyph.size or 1) / (size or 1) < 1.43
            ):
                runs.append(run)
                run = []
        run.append(glyph)
    if run:
        runs.append(run)
    return [run for run in runs if any(glyph.char not in _BLANK for glyph in run)]


def _rows(runs: list[list[Glyph]]) -> list[list[Glyph]]:
    """Runs that stand beside each other, as one list of glyphs each; a raised or small one joins its row."""
    # the largest first: what is printed small beside a line belongs to that line
    order = sorted(runs, key=lambda run: -run[0].size)
    rows: list[tuple[float, float, list[Glyph]]] = []
    for run in order:
        size, y = run[0].size, run[0].y
        top, bottom = y - 0.82 * size, y + 0.18 * size
        best, most = -1, _SAME_ROW * size
        for at, (high, low, _) in enumerate(rows):
            shared = min(low, bottom) - max(high, top)
            if shared > most:
                best, most = at, shared
        if best < 0:
            rows.append((top, bottom, list(run)))
        else:
            rows[best][2].extend(run)
    rows.sort(key=itemgetter(1))
    return [glyphs for _, _, glyphs in rows]


def _pieces(row: list[Glyph], close: _Close) -> list[Piece]:
    printed = _once([glyph for glyph in row if glyph.char not in _BLANK])
    blanks = [glyph for glyph in row if glyph.char in _BLANK]
    spread = _is_spread(printed)
    pieces: list[Piece] = []
    start = 0
    text = printed[0].char
    for at in range(1, len(printed)):
        last, glyph = printed[at - 1], printed[at]
        gap = glyph.x0 - last.x1
        size = max(last.size, glyph.size)
        cut = gap > WIDE * size or (gap > 0.6 * size and not pieces and bool(_LEADING_NUMBER.match(text)))
        if cut and not spread:
            pieces.append(_piece(printed[start:at], text))
            start, text = at, glyph.char
        else:
            text += ("" if spread else _between(last, glyph, gap, size, blanks, close)) + glyph.char
    pieces.append(_piece(printed[start:], text))
    return pieces


def _piece(glyphs: Sequence[Glyph], text: str) -> Piece:
    sizes = [glyph.size for glyph in glyphs if _LETTERS.match(glyph.char)]
    size = median(sizes or [glyph.size for glyph in glyphs])
    y = median(glyph.y for glyph in glyphs)
    return Piece(glyphs[0].x0, max(glyph.x1 for glyph in glyphs), y, size, text)


def _once(glyphs: list[Glyph]) -> list[Glyph]:
    """Without what was printed twice at one place to look bold."""
    kept: list[Glyph] = []
    for glyph in glyphs:
        if glyph.char in _LONG and glyph.x1 - glyph.x0 > 1.3 * glyph.size:
            # one sign of the font that stands for two characters
            kept.append(glyph)
            continue
        near = _TWICE * max(glyph.x1 - glyph.x0, 0.5)
        if any(old.char == glyph.char and abs(old.x0 - glyph.x0) < near for old in kept[-3:]):
            continue
        kept.append(glyph)
    return kept


def _is_spread(glyphs: Sequence[Glyph]) -> bool:
    """Whether a few Han characters are set apart evenly, to fill a width."""
    if not 3 <= len(glyphs) <= _SPREAD_LONGEST or not all(_LETTERS.match(glyph.char) for glyph in glyphs):
        return False
    gaps = [(right.x0 - left.x1) / (left.size or 1) for left, right in itertools.pairwise(glyphs)]
    return min(gaps) > 0.25 and max(gaps) - min(gaps) < 0.4 and max(gaps) < 4


def _between(
    last: Glyph, glyph: Glyph, gap: float, size: float, blanks: Sequence[Glyph], close: _Close
) -> str:
    """The space between two neighbours: the file's own where wide enough to be seen, else by the gap."""
    set_type = bool(_SET.match(last.char)) or bool(_SET.match(glyph.char))
    if blanks and (gap > 0.1 * size or not set_type):
        own = [blank.char for blank in blanks if last.x0 < blank.x0 < glyph.x0]
        if own:
            return "\u3000" if "\u3000" in own else " "
    if _LETTERS.match(glyph.char) and (
        (close.letters and _LETTERS.match(last.char)) or (close.digits and last.char.isdigit())
    ):
        return " " if gap > _CLOSE_GAP * size else ""
    return " " if gap > (_HAN_GAP if set_type else _LATIN_GAP) * size else ""
