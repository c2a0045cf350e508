"""Furniture of the pages (页眉、页脚、页码、行号、水印): found over all pages, by place and by wording."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from operator import attrgetter
from statistics import median
from typing import TYPE_CHECKING, Final, NamedTuple

from zhenggai.domain.messages import msg
from zhenggai.reading import patterns as re

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhenggai.reading.pdf.shapes import Page, Piece

WHY_HEADER: Final = msg("A header or footer that the pages repeat.")
WHY_COUNTER: Final = msg("A page number.")
WHY_LINE_NUMBERS: Final = msg("Numbers of the lines at the page's edge.")
WHY_WATERMARK: Final = msg("A watermark across the page.")

_DEEP: Final = 3
"""Rows from the edge of a page that can be furniture."""
_ZONE: Final = 0.13
"""Share of a page's height at its edges where headers and footers stand."""
_OUTSIDE: Final = 0.085
"""Share of a page's height at its edges where no line of the text stands."""
_NEAR: Final = 6.0
_FARTHEST: Final = 4.0
"""Line heights up to which a line stands under another."""
_CN: Final = "一二三四五六七八九十百"
_NUMBER: Final = rf"(?:\d{{1,5}}|[{_CN}]{{1,5}}|[ivxlc]{{1,7}}|[IVXLC]{{1,7}})"
_EDGE: Final = r"[\s\-—–－─―_~～·•.|｜\[\]()（）〔〕【】<>《》=*]*"
_COUNTERS: Final = tuple(
    re.compile(rf"{_EDGE}{form}{_EDGE}", re.IGNORECASE)
    for form in (
        rf"第\s*(?P<n>{_NUMBER})\s*[页頁](?:[\s,，;；/／|]*(?:共|总)?\s*(?:计)?\s*{_NUMBER}\s*[页頁])?",
        rf"(?:共|总)\s*{_NUMBER}\s*[页頁][\s,，;；/／|]*第\s*(?P<n>{_NUMBER})\s*[页頁]",
        r"第?\s*(?P<n>\d{1,5})\s*[页頁]?\s*(?:/|／|of)\s*(?:共)?\s*\d{1,5}\s*[页頁]?",
        r"(?:page|p\.?|页码[:：]?)\s*(?P<n>\d{1,5})(?:\s*(?:/|of)\s*\d{1,5})?",
        rf"(?P<n>{_NUMBER})\s*[页頁]?",
    )
)
_SIGNED: Final = re.compile(r"[-—–－─―~～·•\[(（〔【<]\s*\S+\s*[-—–－─―~～·•\])）〕】>]")
_BROWSER: Final = re.compile(
    r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}[,，]?\s*(?:[上下]午)?\s*\d{1,2}:\d{2}.*|(?:https?|file|about):\S+(?:\s+\d+/\d+)?"
)
"""What a browser prints at the edges of its pages."""
_LINE_NUMBER: Final = re.compile(r"\d{1,4}")
_VALUES: Final = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


class Struck(NamedTuple):
    """A line that is no part of the document, why, and on which page it stands."""

    text: str
    why: str
    page: int = 0


@dataclass(slots=True)
class Stripped:
    """What was taken off a page: before its text and behind it."""

    head: list[Struck] = field(default_factory=list)
    foot: list[Struck] = field(default_factory=list)


class _Row(NamedTuple):
    page: int
    """The place of the page among the pages."""
    depth: int
    away: float
    """Points from the edge of the page."""
    in_zone: bool
    pieces: list[Piece]
    text: str
    counter: int | None
    signed: bool
    is_apart: bool
    """Whether it differs from a line of the text beside it, in size or distance."""
    is_small: bool
    """Whether it is smaller than the text and stands where no text does."""


def strip(pages: Sequence[Page]) -> list[Stripped]:
    """Take the furniture off ``pages`` (their ``pieces`` shrink) and say what it was."""
    result = [Stripped() for _ in pages]
    _watermarks(pages, result)
    for page, stripped in zip(pages, result, strict=True):
        _line_numbers(page, stripped)
    rows = [_rows(page) for page in pages]
    usual = _usual(rows)
    for is_foot in (False, True):
        edge = [_edge(at, page, rows[at], usual, is_foot=is_foot) for at, page in enumerate(pages)]
        counters = _counters([row for side in edge for row in side], len(pages))
        repeated = _repeated([row for side in edge for row in side], len(pages))
        for at, side in enumerate(edge):
            for row in side:
                is_counter = (at, row.depth) in counters
                if not (is_counter or row.is_small or (at, row.depth) in repeated):
                    break
                found = Struck(row.text, WHY_COUNTER if is_counter else WHY_HEADER)
                if is_foot:
                    result[at].foot.insert(0, found)
                else:
                    result[at].head.append(found)
                gone = {id(piece) for piece in row.pieces}
                pages[at].pieces = [piece for piece in pages[at].pieces if id(piece) not in gone]
                rows[at] = [one for one in rows[at] if one[0] is not row.pieces[0]]
    return result


def _rows(page: Page) -> list[list[Piece]]:
    rows: list[list[Piece]] = []
    for piece in sorted(page.pieces, key=attrgetter("y")):
        if rows and piece.y - rows[-1][0].y <= 0.5 * max(piece.size, rows[-1][0].size):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=attrgetter("x0")) for row in rows]


def _usual(rows: Sequence[list[list[Piece]]]) -> tuple[float, float]:
    """Line height and distance of the lines of a document, in the median."""
    sizes = [row[0].size for page in rows for row in page]
    size = median(sizes) if sizes else 0.0
    steps = [low[0].y - high[0].y for page in rows for high, low in pairwise(page)]
    # what is farther is no next line: a table, a picture or nothing stands between
    steps = [step for step in steps if step < _FARTHEST * size]
    return size, median(steps) if steps else 0.0


def _edge(
    at: int, page: Page, rows: list[list[Piece]], usual: tuple[float, float], *, is_foot: bool
) -> list[_Row]:
    """The outermost rows of a page from its edge inwards, no deeper than its first (last) table."""
    found: list[_Row] = []
    order = rows[::-1] if is_foot else rows
    size, leading = usual
    for depth, pieces in enumerate(order[:_DEEP]):
        y = pieces[0].y
        if any((table.y0 > y) if is_foot else (table.y1 < y) for table in page.tables):
            break
        away = page.height - y if is_foot else y
        text = " ".join(piece.text for piece in pieces)
        numbers = [_counter(piece.text) for piece in pieces]
        whole = _counter(text)
        counter = whole if whole is not None else numbers[0] if None not in numbers else None
        signed = bool(_SIGNED.fullmatch(text.strip())) or bool(
            re.search("[页頁]|[/／]|page", text, re.IGNORECASE)
        )
        inner = order[depth + 1][0].y if depth + 1 < len(order) else None
        apart = (
            inner is None
            or not 0.85 * leading < abs(y - inner) < 1.25 * leading
            or abs(pieces[0].size - size) > 0.08 * size
        )
        small = away < _OUTSIDE * page.height and (
            bool(_BROWSER.fullmatch(text))
            or (pieces[0].size < 0.88 * size and (inner is None or abs(y - inner) > 1.4 * leading))
        )
        zone = away < _ZONE * page.height
        found.append(_Row(at, depth, away, zone, pieces, text, counter, signed, apart, small))
    return found


def _counter(text: str) -> int | None:
    """The number of a page number in any of its forms, else None."""
    plain = text.strip()
    if len(plain) > 40:
        return None
    for form in _COUNTERS:
        found = form.fullmatch(plain)
        if found:
            return _number(found["n"])
    return None


def _number(printed: str) -> int:
    if printed.isdecimal():
        return int(printed)
    if printed[0] in _CN:
        total = ones = 0
        for sign in printed:
            value = _CN.index(sign) + 1
            if value >= 10:
                total += (ones or 1) * (10 if value == 10 else 100)
                ones = 0
            else:
                ones = value
        return total + ones
    values = [_VALUES[sign] for sign in printed.lower()]
    return sum(-one if one < then else one for one, then in zip(values, [*values[1:], 0], strict=True))


def _counters(rows: Sequence[_Row], pages: int) -> set[tuple[int, int]]:
    """Rows with a page number: they count on from page to page, or one has the form of nothing else."""
    numbered = [row for row in rows if row.counter is not None]
    by_depth: dict[int, list[_Row]] = defaultdict(list)
    for row in numbered:
        by_depth[row.depth].append(row)
    found: set[tuple[int, int]] = set()
    for alike in by_depth.values():
        numbers = [row.counter or 0 for row in alike]
        rising = sum(
            0 < new - old <= 2 * (b.page - a.page)
            for (a, old), (b, new) in pairwise(zip(alike, numbers, strict=True))
        )
        if len(alike) >= 2 and rising >= max(1, (len(alike) - 1) * 6 // 10):
            found |= {(row.page, row.depth) for row in alike}
    found |= {
        (row.page, row.depth)
        for row in numbered
        if row.signed and row.in_zone and (row.counter == row.page + 1 or found or pages > 1)
    }
    return found


def _repeated(rows: Sequence[_Row], pages: int) -> set[tuple[int, int]]:
    """Rows that several pages repeat at one place; numbers in them may count on."""
    groups: dict[str, list[_Row]] = defaultdict(list)
    for row in rows:
        words = re.sub(r"\s+", "", row.text)
        if row.is_apart and len(re.sub(r"[\W\d_]", "", words)) >= 2:
            groups[re.sub(r"\d+", "#", words)].append(row)
    found: set[tuple[int, int]] = set()
    for alike in groups.values():
        usual = median(row.away for row in alike)
        placed = [row for row in alike if abs(row.away - usual) <= _NEAR]
        if len({row.text for row in placed}) > 1 and not _count_on(placed):
            exact: dict[str, list[_Row]] = defaultdict(list)
            for row in placed:
                exact[row.text].append(row)
            placed = max(exact.values(), key=len)
        count = len({row.page for row in placed})
        if (
            count * 10 >= pages * 3
            and count >= 2
            and (count >= 3 or placed[0].in_zone)
            and count * 2 > min(pages, 3)
        ):
            found |= {(row.page, row.depth) for row in placed}
    return found


def _count_on(rows: Sequence[_Row]) -> bool:
    """Whether one number of the rows rises by as much as the pages do."""
    numbers = [[int(digits) for digits in re.findall(r"\d{1,9}", row.text)] for row in rows]
    if len({len(one) for one in numbers}) != 1:
        return False
    return any(
        len({value - row.page for value, row in zip(column, rows, strict=True)}) == 1
        for column in zip(*numbers, strict=True)
    )


def _watermarks(pages: Sequence[Page], result: list[Stripped]) -> None:
    """Words across the page; words at the same place of several pages that stand over its lines."""
    for page, stripped in zip(pages, result, strict=True):
        stripped.foot += [Struck(text, WHY_WATERMARK) for text in page.across]
    known = Counter(text for page in pages for text in page.across)
    for page, stripped in zip(pages, result, strict=True):
        # where it does not stand over a line, the other pages tell what it is
        stripped.foot += [
            Struck(piece.text, WHY_WATERMARK) for piece in page.pieces if known.get(piece.text, 0) >= 2
        ]
        page.pieces = [piece for piece in page.pieces if known.get(piece.text, 0) < 2]
    if len(pages) < 3:
        return
    seen: dict[tuple[str, int, int], list[tuple[int, Piece]]] = defaultdict(list)
    for at, page in enumerate(pages):
        for piece in page.pieces:
            seen[piece.text, round(piece.x0 / 2), round(piece.y / 2)].append((at, piece))
    for places in seen.values():
        if len(places) < 3 or len(places) * 2 < len(pages):
            continue
        if not any(_overlaps(piece, pages[at].pieces) for at, piece in places):
            continue
        for at, piece in places:
            pages[at].pieces = [one for one in pages[at].pieces if one is not piece]
            result[at].foot.append(Struck(piece.text, WHY_WATERMARK))


def _overlaps(piece: Piece, others: Sequence[Piece]) -> bool:
    return any(
        other is not piece
        and min(piece.x1, other.x1) - max(piece.x0, other.x0) > 0.3 * piece.size
        and min(piece.bottom, other.bottom) - max(piece.top, other.top) > 0.2 * min(piece.size, other.size)
        for other in others
    )


def _line_numbers(page: Page, stripped: Stripped) -> None:
    """Numbers that count the lines, in a lane of their own left of the text."""
    numbers = [piece for piece in page.pieces if _LINE_NUMBER.fullmatch(piece.text)]
    if len(numbers) < 5:
        return
    numbers.sort(key=attrgetter("y"))
    edge = median(piece.x1 for piece in numbers)
    lane = [piece for piece in numbers if abs(piece.x1 - edge) <= 0.6 * piece.size]
    chosen = {id(piece) for piece in lane}
    rest = [piece for piece in page.pieces if id(piece) not in chosen]
    if len(lane) < 5 or not rest or min(piece.x0 for piece in rest) <= edge:
        return
    steps = [int(low.text) - int(high.text) for high, low in pairwise(lane)]
    if sum(step in {1, 5} for step in steps) * 10 < len(steps) * 8 or (
        len(lane) * 2 < len(_rows(page)) and 5 not in steps
    ):
        return
    page.pieces = rest
    stripped.foot.append(Struck(" ".join(piece.text for piece in lane), WHY_LINE_NUMBERS))
