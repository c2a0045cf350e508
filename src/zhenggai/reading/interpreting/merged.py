"""Cells of a ledger that are merged down (合并单元格): their words hold for every row beside them."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from zhenggai.reading.ditto import AS_ABOVE, DITTO
from zhenggai.reading.interpreting.drafts import Draft, Passage
from zhenggai.reading.interpreting.labels import NAMING, Field

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhenggai.reading.interpreting.table_rows import Cell


_MONEY = frozenset({Field.AMOUNT, Field.RECOVERED})


class Merged(NamedTuple):
    """A merged cell in a row below its words: what it is, where the words are printed, where its sign is."""

    field: Field
    words: Cell
    sign: Cell


def apart(
    text: str, cells: Sequence[Cell], columns: Sequence[Field | None], above: dict[int, Cell]
) -> tuple[list[Cell], list[Merged]]:
    """``cells`` with merged ones empty, and those; ``above`` keeps the last cell with words of its own.

    So with cells in which somebody says that the one above holds (同上).
    """
    own: list[Cell] = []
    merged: list[Merged] = []
    for place, (cell, kind) in enumerate(zip_longest(cells, columns[: len(cells)])):
        if not _is_lent(text[cell.start : cell.end], kind, above.get(place)):
            above[place] = cell
            own.append(cell)
            continue
        own.append(cell._replace(end=cell.start))
        words = above.get(place)
        if words is not None and kind is not None:
            merged.append(Merged(kind, words, cell))
    return own, merged


def _is_lent(said: str, kind: Field | None, above: Cell | None) -> bool:
    if said == DITTO:
        return True
    # of money nobody says that as much again was spent
    return said in AS_ABOVE and kind not in _MONEY and above is not None and above.start < above.end


def sign(draft: Draft, merged: Sequence[Merged]) -> None:
    """Say that the signs of ``merged`` cells are read, not left over."""
    draft.marks.extend((*cell.sign, cell.field) for cell in merged)


def lend(draft: Draft, merged: Sequence[Merged]) -> None:
    """Give ``draft`` the words of the cells that are merged down to its row."""
    sign(draft, merged)
    for field, words, _ in merged:
        if field not in NAMING and field is not Field.PROBLEM:
            kind = Field.PROBLEM if field is Field.DETAIL else field
            draft.passages.append(Passage(kind, *words, None, "cell"))
