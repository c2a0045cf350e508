"""Whether a ledger lies on its side (行列倒置): names in one column, a finding in each beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zhenggai.reading.workbook.roles import Role, guess

if TYPE_CHECKING:
    from zhenggai.reading.workbook.grid import Sheet

_LOOKED_AT: Final = 60
_SURE: Final = 0.9
_NAMES_LEAST: Final = 4
_FINDINGS_LEAST: Final = 2


def turned_at(sheet: Sheet) -> tuple[int, int] | None:
    """The name of the problem in a sheet on its side, by its row's place and its column; else none."""
    named: dict[int, dict[Role, int]] = {}
    for place, cells in enumerate(sheet.rows[:_LOOKED_AT]):
        column = next((index for index, text in enumerate(cells) if text.strip()), 0)
        known = guess(cells[column]) if column < len(cells) else None
        if known is not None and known.role is not None and known.confidence >= _SURE:
            named.setdefault(column, {}).setdefault(known.role, place)
    for column, roles in named.items():
        at = roles.get(Role.PROBLEM)
        if at is None or len(roles) < _NAMES_LEAST:
            continue
        beside = [text for text in sheet.rows[at][column + 1 :] if text.strip()]
        if len(set(beside)) >= _FINDINGS_LEAST and not any(guess(text).role for text in beside):
            return at, column
    return None
