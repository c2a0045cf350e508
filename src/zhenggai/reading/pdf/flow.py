"""Lines → paragraphs (行合成段): where a paragraph begins, and what stands between two joined lines."""

from __future__ import annotations

import itertools
from statistics import median
from typing import TYPE_CHECKING, Final, NamedTuple

from zhenggai.reading import patterns as re
from zhenggai.reading.pdf.margins import INDENT, MARK, TERMINAL, Margins
from zhenggai.reading.pdf.shapes import HAN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhenggai.reading.pdf.shapes import Piece

_SHORT: Final = 0.2
"""Share of a column that a line may leave empty and still go on, where indents tell the paragraphs."""
_DISPLAY: Final = 1.12
"""Times the height of most lines from which a line is a title's."""
_LABEL: Final = re.compile(r"[【\[]?[\u4e00-\u9fff]{2,8}[】\]]?[:：]")
_OPENERS: Final = "（(《〈“‘「『【〔["
_CLOSERS: Final = frozenset("，。、；：！？）」』》〉】〕”’,.;:!?)]}%％…")
_WORD: Final = re.compile(r"[0-9A-Za-z\u00c0-\u024f.,:/@%&_+~#=-]+")
_BOTH_SET: Final = re.compile(rf"[{HAN}\u3000-\u303f\uff00-\uffef\u2018-\u201d\u2014\u2026\u2460-\u24ff]")
_HYPHEN: Final = re.compile(r"[A-Za-z\u00c0-\u024f][-\u2010]\Z")
_ADDRESS: Final = re.compile(r"(?:://|www\.|@)\S*\Z")


class Line(NamedTuple):
    """One line of a column, its pieces with a space between."""

    x0: float
    x1: float
    y: float
    size: float
    text: str


def lines_of(pieces: Sequence[Piece]) -> list[Line]:
    """The rows of a column: ``pieces`` sorted by row, then from left to right."""
    lines: list[Line] = []
    for piece in pieces:
        last = lines[-1] if lines else None
        if last and piece.x0 >= last.x1 - 1 and abs(piece.y - last.y) <= 0.5 * max(piece.size, last.size):
            size = max(last.size, piece.size)
            between = " " if piece.x0 - last.x1 > 0.9 * size else glue(last.text, piece.text)[1]
            lines[-1] = Line(last.x0, piece.x1, last.y, size, f"{last.text}{between}{piece.text}")
        else:
            lines.append(Line(*piece))
    return lines


def continues(above: Line, below: Line, margins: Margins, over: Margins | None = None) -> bool:
    """Whether ``below`` goes on in the paragraph of ``above``; ``over`` are the margins of the column before.

    With ``over`` the two stand in different columns or on different pages, and their distance says nothing.
    """
    size = max(above.size, below.size, 0.1)
    is_display = over is None and min(above.size, below.size) > _DISPLAY * margins.size > 0
    most = max(1.55 * margins.leading, (2.1 if is_display else 1.3) * size)
    if (over is None and below.y - above.y > most) or not _same_size(above, below):
        return False
    if is_display and _are_centred(above, below, margins, size):
        room = margins.right - margins.left - (above.x1 - above.x0)
        return room < _first_word(below, size) + 0.35 * size and not MARK.match(below.text)
    if over is None and margins.pitch and size < _DISPLAY * margins.size:
        near = below.y - above.y < 1.12 * margins.pitch
        return near and _is_full(above, below, margins, size)
    return _goes_on(above, below, margins, over or margins)


def _goes_on(above: Line, below: Line, margins: Margins, upper: Margins) -> bool:
    """The same for two lines that stand near each other; ``upper`` are the margins of ``above``."""
    size = max(above.size, below.size, 0.1)
    if _HYPHEN.search(above.text) and below.text[:1].islower():
        return True
    indent, before = below.x0 - margins.left, above.x0 - upper.left
    ends = above.text[-1] in TERMINAL
    if not _is_full(above, below, upper, size):
        flush = not margins.blocks and abs(indent) < INDENT * size and abs(before) < 2.4 * size
        return flush and not ends and _is_nearly_full(above, below, upper)
    if margins.indents and indent < INDENT * size:
        return True
    mark, label = bool(MARK.match(below.text)), bool(_LABEL.match(below.text))
    if (ends and (mark or label or not upper.sure)) or (label and MARK.match(above.text)):
        return False
    if _is_centred(below, margins, size) or _is_under(above, below, size):
        # a centred heading too long for one line
        return not ends and before < INDENT * size
    if indent >= INDENT * size:
        # a block that is set in as a whole goes on; else an indent opens a paragraph
        return not ends and not mark and not label and abs(indent - before) < 0.5 * size and margins.blocks
    return not (mark and margins.blocks) or before - indent >= INDENT * size


def _same_size(above: Line, below: Line) -> bool:
    ratio = below.size / max(above.size, 0.1)
    both = re.search(f"[{HAN}]", above.text) and re.search(f"[{HAN}]", below.text)
    return 0.89 < ratio < 1.12 if both else 0.72 < ratio < 1.4


def _is_centred(line: Line, margins: Margins, size: float) -> bool:
    left, right = line.x0 - margins.left, margins.right - line.x1
    return left >= 2.5 * size and abs(left - right) < 1.2 * size


def _are_centred(above: Line, below: Line, margins: Margins, size: float) -> bool:
    middle = (margins.left + margins.right) / 2
    return all(abs((line.x0 + line.x1) / 2 - middle) < 0.7 * size for line in (above, below))


def _is_nearly_full(above: Line, below: Line, margins: Margins) -> bool:
    """Whether a line without an indent may still go on, where indents tell the paragraphs."""
    room = (margins.right - above.x1) / max(margins.right - margins.left, 1.0)
    return room < _SHORT and not MARK.match(above.text) and not MARK.match(below.text)


def _is_under(above: Line, below: Line, size: float) -> bool:
    """Whether the shorter ``below`` stands under the middle of ``above``."""
    middle = (above.x0 + above.x1) / 2 - (below.x0 + below.x1) / 2
    return below.x0 - above.x0 > 2 * size and abs(middle) < 0.7 * size


def _is_full(above: Line, below: Line, margins: Margins, size: float) -> bool:
    """Whether the first word of ``below`` had no room at the end of ``above``."""
    return margins.right - above.x1 < _first_word(below, size) + 0.35 * size


def _first_word(below: Line, size: float) -> float:
    """About how wide the first word of a line is, with the marks that may not begin a line; points."""
    opening = len(below.text) - len(below.text.lstrip(_OPENERS))
    word = _WORD.match(below.text, opening)
    end = word.end() if word else opening + 1
    width = (opening + (0.56 * (end - opening) if word else 1.0)) * size
    while end < len(below.text) and below.text[end] in _CLOSERS and width < 8 * size:
        width += size
        end += 1
    return min(width, 24 * size)


def glue(above: str, below: str) -> tuple[str, str]:
    """(``above`` as it stays, what stands between it and ``below``): no space between Han characters."""
    head = above.rstrip(" ")
    if _HYPHEN.search(head) and below[:1].islower():
        return head[:-1], ""
    if _ADDRESS.search(head) or not head or not below:
        return head, ""
    if _BOTH_SET.match(head[-1]) or _BOTH_SET.match(below[0]):
        return head, ""
    if head[-1].isdigit() and below[0].isdigit():
        return head, ""
    return head, " " if head[-1].isalnum() or head[-1] in _CLOSERS else ""


def cell_text(pieces: Sequence[Piece], left: float, right: float) -> str:
    """The text of a table's cell between ``left`` and ``right``: its paragraphs with a space between."""
    lines = lines_of(pieces)
    if len(lines) == 1:
        return lines[0].text
    if len(lines) >= 3 and all(len(line.text) <= 2 for line in lines):
        # characters one below the other
        return "".join(line.text for line in lines)
    widest = max(line.x1 for line in lines)
    inset = min(max(min(line.x0 for line in lines) - left, 2.0), 8.0)
    margins = Margins(left + inset, max(widest, right - inset), median(_steps(lines)))
    text = lines[0].text
    for above, below in itertools.pairwise(lines):
        size = max(above.size, below.size)
        full = _is_full(above, below, margins, size) or widest - above.x1 < 0.3 * size < below.x1 - below.x0
        if full and not (above.text[-1] in TERMINAL and MARK.match(below.text)):
            head, between = glue(text, below.text)
            text = f"{head}{between}{below.text}"
        else:
            text = f"{text} {below.text}"
    return text


def _steps(lines: Sequence[Line]) -> list[float]:
    return [max(below.y - above.y, 1.0) for above, below in itertools.pairwise(lines)]
