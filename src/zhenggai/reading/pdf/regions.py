"""The order in which a page is read (阅读顺序): columns one after the other, tables among the lines."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from statistics import median
from typing import TYPE_CHECKING, Final

from zhenggai.reading.pdf.flow import Line, lines_of
from zhenggai.reading.pdf.shapes import Piece, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

_LEAST: Final = 5
"""Lines on either side from which a white lane divides columns."""
_FEWEST: Final = 2
"""Lines on either side of a lane that are enough where both sides are paragraphs with an indent."""
_FILLED: Final = 0.55
"""Share of a column that its lines fill in the median; cells of a table are shorter."""
_FULL: Final = 3
"""Lines that reach the end of their column, from which it is running text of short paragraphs."""
_ALIKE: Final = 0.12
"""Share of their width by which two columns of running text may differ."""
_KNOWN: Final = 3.0
"""Points within which two pages have one lane."""
_DEEPEST: Final = 3
_MOST_PIECES: Final = 3_000
Block = Piece | Table


@dataclass(frozen=True, slots=True)
class Column:
    """Lines and tables that follow each other from top to bottom."""

    blocks: list[Line | Table]

    @property
    def lines(self) -> list[Line]:
        """The lines alone."""
        return [block for block in self.blocks if isinstance(block, Line)]


def columns_of(pieces: Sequence[Piece], tables: Sequence[Table], known: Sequence[float] = ()) -> list[Column]:
    """The columns of a page in the order of reading; ``known`` are lanes of the document's other pages."""
    blocks: list[Block] = [*pieces, *tables]
    if len(pieces) > _MOST_PIECES:
        return [_column(blocks)]
    return [_column(part) for part in _parts(blocks, _DEEPEST, known)]


def lanes_of(pieces: Sequence[Piece], tables: Sequence[Table]) -> list[float]:
    """The white lanes that divide a page into columns."""
    blocks: list[Block] = [*pieces, *tables]
    if not 2 * _FEWEST <= len(pieces) <= _MOST_PIECES:
        return []
    bands = (_band(blocks, lane, ()) for lane in _lanes(blocks))
    return [band[1] for band in bands if band is not None]


def _column(blocks: Sequence[Block]) -> Column:
    tables = sorted((block for block in blocks if isinstance(block, Table)), key=attrgetter("y0"))
    pieces = [block for block in blocks if isinstance(block, Piece)]
    placed: list[Line | Table] = []
    for line in lines_of(_in_rows(pieces)):
        while tables and tables[0].y0 < line.y:
            placed.append(tables.pop(0))
        placed.append(line)
    return Column([*placed, *tables])


def _in_rows(pieces: Sequence[Piece]) -> list[Piece]:
    """Row by row, each from left to right."""
    ordered = sorted(pieces, key=attrgetter("y"))
    rows: list[list[Piece]] = []
    for piece in ordered:
        if rows and piece.y - rows[-1][0].y <= 0.5 * max(piece.size, rows[-1][0].size):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [piece for row in rows for piece in sorted(row, key=attrgetter("x0"))]


def _parts(blocks: list[Block], depth: int, known: Sequence[float]) -> list[list[Block]]:
    best: tuple[int, float, float, float] | None = None
    if depth and (known or len(blocks) >= 2 * _FEWEST):
        for lane in (*_lanes(blocks), *known):
            band = _band(blocks, lane, known)
            if band is not None and (best is None or band[0] > best[0]):
                best = band
    if best is None:
        return [blocks]
    _, lane, top, bottom = best
    above = [block for block in blocks if _middle(block) < top]
    below = [block for block in blocks if _middle(block) > bottom]
    between = [block for block in blocks if top <= _middle(block) <= bottom]
    left = [block for block in between if block.x1 <= lane + 1]
    right = [block for block in between if block.x1 > lane + 1]
    parts = [above] if above else []
    rest = [one for one in known if abs(one - lane) > _KNOWN]
    parts += [*_parts(left, depth - 1, rest), *_parts(right, depth - 1, rest)]
    return parts + (_parts(below, depth, known) if below else [])


def _middle(block: Block) -> float:
    return (block.y0 + block.y1) / 2 if isinstance(block, Table) else block.y


def _lanes(blocks: Sequence[Block]) -> list[float]:
    """Places just left of where several lines begin, away from the left edge."""
    if not blocks:
        return []
    edge = min(block.x0 for block in blocks)
    width = max(block.x1 for block in blocks) - edge
    counts: dict[int, list[float]] = {}
    for block in blocks:
        if isinstance(block, Piece) and edge + 0.2 * width < block.x0 < edge + 0.85 * width:
            counts.setdefault(round(block.x0 / 4), []).append(block.x0)
    common = sorted(counts.values(), key=len, reverse=True)[:6]
    begins = [min(places) for places in common if len(places) >= _FEWEST]
    # where most lines of a column are paragraphs with an indent, few begin at its edge
    size = median(block.size for block in blocks if isinstance(block, Piece)) if begins else 0.0
    edges = [
        [block.x0 for block in blocks if isinstance(block, Piece) and 1.4 * size < at - block.x0 < 2.6 * size]
        for at in begins
    ]
    return [at - 2 for at in (*begins, *(min(places) for places in edges if places))]


def _band(
    blocks: Sequence[Block], lane: float, known: Sequence[float]
) -> tuple[int, float, float, float] | None:
    """The tallest stretch that nothing crosses at ``lane``: (blocks, lane, top, bottom), if it is columns."""
    is_known = any(abs(one - lane) <= _KNOWN for one in known)
    borders = sorted(_middle(block) for block in blocks if block.x0 < lane < block.x1)
    best: tuple[int, float, float, float] | None = None
    for high, low in zip([float("-inf"), *borders], [*borders, float("inf")], strict=True):
        inside = [block for block in blocks if high < _middle(block) < low]
        if len(inside) < 2 * _FEWEST or (best is not None and len(inside) <= best[0]):
            continue
        left = [block for block in inside if block.x1 <= lane]
        right = [block for block in inside if block.x0 >= lane]
        if min(len(left), len(right)) >= 1 if is_known else _are_columns(left, right):
            best = (len(inside), lane, min(map(_middle, inside)), max(map(_middle, inside)))
    return best


def _are_columns(left: Sequence[Block], right: Sequence[Block]) -> bool:
    """Whether both sides are running text beside each other with a lane between."""
    sides = (left, right)
    fewest = min(sum(isinstance(block, Piece) for block in side) for side in sides)
    if fewest < _FEWEST:
        return False
    size = median(block.size for side in sides for block in side if isinstance(block, Piece))
    if min(block.x0 for block in right) - max(block.x1 for block in left) < 0.9 * size:
        return False
    tops, bottoms = [min(map(_middle, side)) for side in sides], [max(map(_middle, side)) for side in sides]
    shared = min(bottoms) - max(tops)
    if shared < 0.3 * (max(bottoms) - min(tops)):
        return False
    widths = [max(block.x1 for block in side) - min(block.x0 for block in side) for side in sides]
    if min(widths) < 8 * size:
        return False
    if fewest >= _LEAST and all(
        median(block.x1 - block.x0 for block in side) >= _FILLED * width
        for side, width in zip(sides, widths, strict=True)
    ):
        return True
    alike = abs(widths[0] - widths[1]) <= _ALIKE * max(widths)
    full = sum(max(block.x1 for block in side) - block.x1 < size for side in sides for block in side)
    return alike and full >= min(_FULL, fewest) and all(_is_indented(side, size) for side in sides)


def _is_indented(side: Sequence[Block], size: float) -> bool:
    """Whether lines begin at the edge of their column or at a paragraph's indent; cells of a table do not."""
    left = min(block.x0 for block in side)
    flush = sum(block.x0 - left < 0.5 * size for block in side)
    indented = sum(1.5 * size < block.x0 - left < 2.5 * size for block in side)
    return min(flush, indented) >= 1 and (flush + indented) * 10 >= len(side) * 9
