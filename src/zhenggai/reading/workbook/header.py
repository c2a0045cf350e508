"""Where the names of the columns stand (识别表头): in up to three rows, anywhere in the sheet."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from zhenggai.reading.workbook import roles
from zhenggai.reading.workbook.numbered_details import grouped
from zhenggai.reading.workbook.own_books import has_key, own_columns
from zhenggai.reading.workbook.roles import Guess, Role, folded, guess, is_option, is_task

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from zhenggai.reading.workbook.grid import Sheet

LOOKED_AT: Final = 200
"""Rows with anything in them among which the first header must stand."""
NAMES_MOST: Final = 30
_LEVELS_MOST: Final = 3
_LEAD_MOST: Final = 12
_NAMES_LEAST: Final = 3
_SURE_LEAST: Final = 5
_SURE: Final = 0.9
_TASK: Final = "任务"
_ACROSS_MOST: Final = 100
_OPTIONS: Final = frozenset({Role.STATUS, Role.NATURE, Role.CLOSED})
PROBLEMS: Final = (Role.PROBLEM, Role.DETAIL)
_LEDGER: Final = frozenset({Role.PROBLEM, Role.DETAIL})
_LIST: Final = frozenset(
    {Role.MEASURES, Role.LEADER, Role.LEAD_UNIT, Role.DUE, Role.PERSON, Role.STATUS, Role.RESULT, Role.CLOSED}
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its place from 0 on, its printed name, what it is held to be.

    The names of several rows are joined by `` / ``. ``option`` is the choice that a tick in it makes (已完成
    under 整改状态).
    """

    index: int
    name: str
    guess: Guess
    option: str | None = None


@dataclass(frozen=True, slots=True)
class Header:
    """The names of a table's columns; ``place`` and ``last`` are its first and last row in ``Sheet.rows``."""

    place: int
    last: int
    columns: tuple[Column, ...]

    @property
    def found(self) -> frozenset[Role]:
        """The roles that are known."""
        return frozenset(column.guess.role for column in self.columns if column.guess.role is not None)

    @property
    def is_ledger(self) -> bool:
        """Whether it names problems and something else of them."""
        return bool(self.found & _LEDGER) and len(self.found) > 1


def header_of(sheet: Sheet) -> Header | None:
    """The first header of a sheet that names problems, else one that only names what is done about them."""
    second: Header | None = None
    for place in range(min(len(sheet.rows), LOOKED_AT)):
        header = _header_at(sheet, place)
        if header is None:
            continue
        if header.is_ledger:
            return header
        if second is None and _is_list(header):
            second = header
    return second


def _is_list(header: Header) -> bool:
    return Role.NUMBER in header.found and len(header.found & _LIST) > 1


def header_below(sheet: Sheet, place: int) -> Header | None:
    """The names of columns in a row below those of the first table (下方另一表头); nothing in any other row.

    A page repeats them in other words, or another table begins.
    """
    # of most rows the first word says enough
    lead = next((text.strip() for text in sheet.rows[place] if text and not text.isspace()), "")
    if not lead or lead[0].isdigit() or len(lead) > _LEAD_MOST or guess(lead).confidence < _SURE:
        return None
    names = [text for text in sheet.rows[place] if text and not text.isspace()]
    sure = sum(guess(text).confidence >= _SURE for text in names)
    if sure < _NAMES_LEAST or sure * 4 < len(names) * 3:
        return None
    header = _header_at(sheet, place)
    return header if header is not None and (header.is_ledger or _is_list(header)) else None


def is_same_table(first: Header, below: Header) -> bool:
    """Whether every column that is named below is what the first header says (同一张表)."""
    roles_known = {column.index: column.guess.role for column in first.columns}
    return all(
        column.guess.role is roles_known.get(column.index)
        for column in below.columns
        if column.name and column.guess.role is not None
    )


def header_chosen(sheet: Sheet, first: int, last: int) -> Header | None:
    """The header that somebody says stands in the rows ``first`` to ``last``, counted from 1 (指定表头).

    Nothing where none of them holds anything.
    """
    places = [place for place, row in enumerate(sheet.numbers) if first <= row + 1 <= last]
    levels = [{index: text for index, text in enumerate(sheet.rows[place]) if text} for place in places]
    if not any(levels):
        return None
    return Header(places[0], places[-1], _columns(sheet, places[0], levels))


def _header_at(sheet: Sheet, place: int) -> Header | None:
    names = _names(sheet, place)
    if len(names) < 2 or not _mostly_known(names.values()):
        above_only = _tops(sheet, place, names)
        if above_only is None:
            return None
        names = above_only
    levels = [names]
    while len(levels) < _LEVELS_MOST and (below := _below(sheet, place + len(levels) - 1, levels[-1])):
        row = sheet.numbers[place + len(levels) - 1]
        if len(levels) > 1 and not all(_is_across(sheet, row, index) for index in below):
            break
        levels.append(below)
    header = Header(place, place + len(levels) - 1, _columns(sheet, place, levels))
    return header if len(header.found) > 1 else None


def _mostly_known(names: object) -> bool:
    words = [word for word in names if folded(word)]  # type: ignore[attr-defined]
    if has_key(words):
        return True
    if _is_sure(words):
        return True
    known = {guess(word).role for word in words} - {None}
    return len(known) > 1 and sum(guess(word).role is not None for word in words) * 2 >= len(words)


def _is_sure(words: Iterable[str]) -> bool:
    """Whether a row names so much of a ledger that no other column of it, of however many, says otherwise."""
    sure = {known.role for known in map(guess, words) if known.confidence == 1.0}
    return len(sure) >= _SURE_LEAST and not sure.isdisjoint(_LEDGER)


def _names(sheet: Sheet, place: int) -> dict[int, str]:
    """What the cells of a row say, if each may be a name: short, and no sentence."""
    cells = {index: text for index, text in enumerate(sheet.rows[place]) if text.strip()}
    if any(len(folded(text)) > NAMES_MOST for text in cells.values()) and not _is_sure(cells.values()):
        return {}
    return cells


def _tops(sheet: Sheet, place: int, names: dict[int, str]) -> dict[int, str] | None:
    """The row where it stands above one that names columns and only groups them (问题情况 over several)."""
    if not names or place + 1 >= len(sheet.rows) or sheet.numbers[place + 1] != sheet.numbers[place] + 1:
        return None
    row = sheet.numbers[place]
    across = {one.left for one in sheet.merged if one.top == row == one.bottom and one.right > one.left}
    below = _names(sheet, place + 1)
    if len(names) < 2 or not across or not _mostly_known(below.values()):
        return None
    # a title over the whole table groups nothing
    return names if len(below) > len(names) else None


def _below(sheet: Sheet, place: int, names: dict[int, str]) -> dict[int, str] | None:
    """The second row of names, where the next row has them under names over several columns."""
    if place + 1 >= len(sheet.rows) or sheet.numbers[place + 1] != sheet.numbers[place] + 1:
        return None
    below = _names(sheet, place + 1)
    if not below:
        return None
    row = sheet.numbers[place]
    down = {
        column
        for one in sheet.merged
        if one.top <= row < one.bottom
        for column in range(one.left, one.right + 1)
    }
    if any(index in down for index in below):
        return None
    known = sum(guess(word).role is not None or is_option(word) for word in below.values())
    under = sum(index not in names or _is_across(sheet, row, index) for index in below)
    if known * 2 < len(below) or under * 2 < len(below):
        return None
    # a row of values has a problem or a number where the names above have one
    both = [index for index in below if index in names and not _is_across(sheet, row, index)]
    if any(guess(below[index]).role is None for index in both):
        return None
    return below


def _is_across(sheet: Sheet, row: int, column: int) -> bool:
    return any(
        one.top <= row <= one.bottom and one.left <= column <= one.right and one.right > one.left
        for one in sheet.merged
    )


def _columns(sheet: Sheet, place: int, levels: Sequence[dict[int, str]]) -> tuple[Column, ...]:
    filled = [_filled(sheet, place, number, levels) for number in range(len(levels))]
    width = max(index for level in filled for index in level) + 1
    columns = [_column(index, [level.get(index, ("", True)) for level in filled]) for index in range(width)]
    settled = _settled(own_columns(_choices(columns)))
    names, guesses = [column.name for column in settled], [column.guess for column in settled]
    for index, role in grouped(sheet, place + len(levels), names, guesses).items():
        _set(settled, settled[index], role, roles.NUMBERED)
    return tuple(settled)


def _filled(
    sheet: Sheet, place: int, number: int, levels: Sequence[dict[int, str]]
) -> dict[int, tuple[str, bool]]:
    """The names of one row by column, also over what they are merged over; whether each stands there."""
    names, row = levels[number], sheet.numbers[place + number]
    filled = {index: (name, True) for index, name in names.items()}
    for one in sheet.merged:
        if one.top <= row <= one.bottom and one.left in names:
            for index in range(one.left + 1, min(one.right, one.left + _ACROSS_MOST) + 1):
                filled.setdefault(index, (names[one.left], False))
    if not sheet.merged and number + 1 < len(levels):
        above = ""
        for index in range(max([*names, *levels[number + 1]]) + 1):
            above = names.get(index, above if index in levels[number + 1] else "")
            if above:
                filled.setdefault(index, (above, False))
    return filled


def _column(index: int, levels: Sequence[tuple[str, bool]]) -> Column:
    named = [(name, first) for name, first in levels if name]
    parts = list(dict.fromkeys(name for name, _ in named))
    if not parts:
        return Column(index, "", Guess(None, 0.0, roles.NO_NAME))
    name, last = " / ".join(parts), parts[-1]
    if len(parts) == 1:
        known = guess(last)
        return Column(index, name, known if named[0][1] else known._replace(why=roles.ABOVE))
    above = guess(parts[-2])
    if is_option(last) and (above.role in _OPTIONS or above.role is Role.RESULT):
        # 整改完成情况 over 已完成 and 未完成 is ticked: it tells how far the work is
        ticked = Role.STATUS if above.role is Role.RESULT else above.role
        return Column(index, name, Guess(ticked, 1.0, roles.OPTION), folded(last))
    if above.role is Role.RESULT and guess(last).role is None and roles.is_recovered(last):
        return Column(index, name, Guess(Role.RECOVERED, 0.8, roles.ABOVE))
    known, joined = guess(last), guess(folded(parts[-2]) + folded(last))
    if joined.confidence == 1.0 or (joined.role is not None and known.role is None):
        known = joined
    if known.role is None and above.role is not None:
        known = Guess(above.role, above.confidence * 0.8, roles.ABOVE)
    return Column(index, name, known)


def _choices(columns: Sequence[Column]) -> list[Column]:
    """The columns with those that are choices of a status side by side, with no name above them."""
    beside = [column for column in columns if column.guess.role is None and is_option(column.name)]
    if len(beside) < 2:
        return list(columns)
    chosen = Guess(Role.STATUS, 0.9, roles.OPTION)
    return [
        Column(column.index, column.name, chosen, folded(column.name)) if column in beside else column
        for column in columns
    ]


def _settled(columns: Sequence[Column]) -> list[Column]:
    """The columns with one of problems and one of their numbers; other numbers count measures."""
    result = _beside(columns)
    by_role: dict[Role | None, list[Column]] = defaultdict(list)
    for column in result:
        by_role[column.guess.role].append(column)
    if not by_role[Role.PROBLEM] and by_role[Role.DETAIL]:
        _set(result, by_role[Role.DETAIL][0], Role.PROBLEM)
        by_role[Role.PROBLEM].append(by_role[Role.DETAIL].pop(0))
    for column in by_role[Role.PROBLEM][1:]:
        _set(result, column, Role.DETAIL, roles.SECOND)
    first = by_role[Role.PROBLEM][0].index if by_role[Role.PROBLEM] else 0
    for place, column in enumerate(by_role[Role.NUMBER]):
        if place or (first and column.index > first):
            _set(result, column, Role.COUNT, roles.SECOND)
    tasks = [column for column in by_role[Role.DETAIL] if _TASK in column.name and is_task(column.name)]
    if tasks and not by_role[Role.MEASURES]:
        # beside a problem a task is what will be done about it
        _set(result, tasks[0], Role.MEASURES)
    units = by_role[Role.LEAD_UNIT]
    leading = [
        column for column in units if "牵头" in column.name or "主办" in column.name or "主责" in column.name
    ]
    for column in units:
        if leading and column not in leading:
            _set(result, column, Role.SUPPORTING)
    dues = by_role[Role.DUE]
    planned = [column for column in dues if roles.is_plan(column.name)]
    for column in dues:
        if planned and column not in planned and len(dues) > 1:
            _set(result, column, Role.DONE_ON)
    return result


def _beside(columns: Sequence[Column]) -> list[Column]:
    """The columns without those of a second table side by side, which has the same names once more."""
    named = [
        [column for column in columns if column.guess.role is role] for role in (Role.NUMBER, Role.PROBLEM)
    ]
    if any(len(each) < 2 or folded(each[0].name) != folded(each[1].name) for each in named):
        begins = _behind_gap(columns)
    else:
        begins = min(each[1].index for each in named)
    if begins is None or begins < max(each[0].index for each in named if each):
        return list(columns)
    other = Guess(None, 1.0, roles.BESIDE)
    return [
        Column(column.index, column.name, other) if column.index >= begins and column.name else column
        for column in columns
    ]


def _behind_gap(columns: Sequence[Column]) -> int | None:
    """Where names begin once more behind a column without any, if one of them stood before it already."""
    seen: set[str] = set()
    gap: int | None = None
    for column in columns:
        if not column.name:
            gap = column.index + 1 if seen else None
        elif gap is not None and folded(column.name) in seen:
            return gap
        else:
            seen.add(folded(column.name))
    return None


def _set(columns: list[Column], column: Column, role: Role, why: str | None = None) -> None:
    guessed = column.guess._replace(role=role, why=why or column.guess.why)
    columns[column.index] = Column(column.index, column.name, guessed, column.option)
