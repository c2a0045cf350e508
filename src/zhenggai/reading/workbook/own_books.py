"""Workbooks that the ledger itself wrote (本系统导出的台账): known by the key beside every row."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from zhenggai.domain.ledger_keys import (
    GROUP_HEADING,
    KEY_HEADING,
    LEDGER_SHEET,
    LONG_HEADING,
    LONG_SHEET,
    PLACE_HEADING,
    WRITTEN_ONLY,
    continued_mark,
)
from zhenggai.domain.messages import msg
from zhenggai.reading.workbook.roles import KNOWN, Guess, Role, folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from zhenggai.reading.workbook.grid import Sheet
    from zhenggai.reading.workbook.header import Column, Header

WRITTEN: Final = msg("The ledger writes this column of itself; beside a key it proposes nothing.")
_KEY: Final = folded(KEY_HEADING)
_WRITTEN: Final = frozenset(map(folded, WRITTEN_ONLY))
# what these names mean in other ledgers differs from place to place
_NAMED: Final = {
    folded(PLACE_HEADING): Guess(Role.COUNT, 1.0, WRITTEN),
    folded(GROUP_HEADING): Guess(Role.GROUP, 1.0, KNOWN),
}
_MARK_END: Final = continued_mark(0)[-2:]


def has_key(names: Iterable[str]) -> bool:
    """Whether a row of names has that of the key."""
    return any(folded(name) == _KEY for name in names)


def key_column(header: Header | None) -> int:
    """The place of the column of keys (系统标识列); -1 where there is none."""
    columns = header.columns if header is not None else ()
    return next((column.index for column in columns if folded(column.name) == _KEY), -1)


def own_columns(columns: Sequence[Column]) -> Sequence[Column]:
    """The columns of a sheet with keys: those that come back, and none of the others (自有栏目)."""
    if not has_key(column.name for column in columns):
        return columns
    return [replace(column, guess=_guess(folded(column.name)) or column.guess) for column in columns]


def _guess(name: str) -> Guess | None:
    if name in _NAMED:
        return _NAMED[name]
    return Guess(None, 1.0, WRITTEN) if name in _WRITTEN else None


def ledger_of(headers: Sequence[tuple[Sheet, Header | None]]) -> str | None:
    """The name of the one sheet with keys that is the ledger; the lists beside it are made of it."""
    keyed = [
        (sheet.name, header) for sheet, header in headers if header is not None and key_column(header) >= 0
    ]
    if not keyed:
        return None
    names = [name for name, _header in keyed]
    return LEDGER_SHEET if LEDGER_SHEET in names else max(keyed, key=lambda one: len(one[1].columns))[0]


def continued(sheets: Sequence[Sheet]) -> tuple[Sheet, ...]:
    """The sheets with every longer text whole in its cell (长文续接); the sheet of the rest is gone then."""
    rest = next((sheet for sheet in sheets if _is_rest(sheet)), None)
    if rest is None:
        return tuple(sheets)
    pieces: dict[str, list[tuple[int, str]]] = {}
    for number, place, *text in (row for row in rest.rows[1:] if len(row) > 1):
        if place.isdigit():
            pieces.setdefault(number, []).append((int(place), text[0] if text else ""))
    marks = {
        continued_mark(int(number)): "".join(text for _place, text in sorted(each, key=lambda one: one[0]))
        for number, each in pieces.items()
        if number.isdigit()
    }
    return tuple(
        replace(sheet, rows=[_whole(row, marks) for row in sheet.rows])
        for sheet in sheets
        if sheet is not rest
    )


def _is_rest(sheet: Sheet) -> bool:
    return sheet.name == LONG_SHEET and bool(sheet.rows) and tuple(sheet.rows[0][:3]) == LONG_HEADING


def _whole(row: Sequence[str], marks: dict[str, str]) -> Sequence[str]:
    if not any(text.endswith(_MARK_END) for text in row):
        return row
    return [_joined(text, marks) for text in row]


def _joined(text: str, marks: dict[str, str]) -> str:
    start = text.rfind("〔")
    rest = marks.get(text[start:]) if start >= 0 else None
    return text if rest is None else text[:start] + rest
