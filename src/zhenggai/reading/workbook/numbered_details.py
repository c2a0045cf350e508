"""Details that are findings of their own (分项即问题): 序号, 主要问题, 序号, 具体问题, counted on."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from zhenggai.reading.interpreting.table_rows import number_printed
from zhenggai.reading.workbook import roles
from zhenggai.reading.workbook.roles import Role, is_task

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhenggai.reading.workbook.grid import Sheet
    from zhenggai.reading.workbook.roles import Guess

_LOOKED_AT: Final = 2_000
_DIGITS_MOST: Final = 7


def grouped(sheet: Sheet, place: int, names: Sequence[str], guesses: Sequence[Guess]) -> dict[int, Role]:
    """The roles that change where details are the findings: the problem above several is their group.

    ``place`` is the first row below the names. So it is only where the numbers of the details go on from one
    problem to the next; where they begin anew they count what is said of one finding.
    """
    first = {one.role: index for index, one in reversed(list(enumerate(guesses)))}
    problem, detail = first.get(Role.PROBLEM, -1), first.get(Role.DETAIL, -1)
    is_counted = 0 <= problem < detail - 1 and guesses[detail - 1].role is Role.COUNT
    if not is_counted or guesses[detail - 1].why != roles.SECOND or is_task(names[detail]):
        return {}
    if Role.NUMBER not in first or Role.GROUP in first or not _go_on(sheet, place, problem, detail):
        return {}
    return {
        first[Role.NUMBER]: Role.COUNT,
        problem: Role.GROUP,
        detail - 1: Role.NUMBER,
        detail: Role.PROBLEM,
    }


def _go_on(sheet: Sheet, place: int, problem: int, detail: int) -> bool:
    """Whether every problem has details, and their numbers go on; a problem or two have several of them."""
    counted: list[int] = []
    problems = 0
    for cells in sheet.rows[place : place + _LOOKED_AT]:
        words = cells[detail].strip() if detail < len(cells) else ""
        named = problem < len(cells) and bool(cells[problem].strip())
        if named and not words:
            return False
        number = number_printed(cells[detail - 1]) if words else ""
        if number.isdecimal() and len(number) <= _DIGITS_MOST:
            counted.append(int(number))
            problems += named
    return 0 < problems < len(counted) and all(one < after for one, after in pairwise(counted))
