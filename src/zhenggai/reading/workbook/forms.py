"""Sheets that hold one finding a form (一问题一表): a label, and beside it what it holds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from zhenggai.reading.outline_marks import mark_at
from zhenggai.reading.workbook.cell_words import is_nothing
from zhenggai.reading.workbook.entries import Entry
from zhenggai.reading.workbook.header import LOOKED_AT, PROBLEMS
from zhenggai.reading.workbook.roles import Role, folded, guess
from zhenggai.reading.workbook.telling import Teller
from zhenggai.reading.workbook.values import Value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from zhenggai.reading.workbook.grid import Sheet
    from zhenggai.reading.workbook.header import Header
    from zhenggai.reading.workbook.values import Told

_SURE: Final = 0.9
_LABEL_MOST: Final = 12
_ROLES_LEAST: Final = 4
_BEGINS: Final = frozenset({Role.NUMBER, *PROBLEMS})


@dataclass(slots=True)
class Form:
    """One form: ``roles`` of the cells that hold something, ``labels`` beside them, by place and column."""

    entry: Entry
    told: Told = field(default_factory=dict)
    roles: dict[tuple[int, int], Role] = field(default_factory=dict)
    labels: dict[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Pair:
    """A label and what stands beside it, each by place and column."""

    role: Role
    label: tuple[int, int]
    value: tuple[int, int]
    text: str


def is_form(sheet: Sheet, header: Header | None) -> bool:
    """Whether a sheet consists of labels with their values beside them, a problem among them.

    A line of such labels can look like the names of columns: what names more is believed.
    """
    known = len(header.found) if header is not None else 0
    named = {pair.role for pair in _pairs(sheet, LOOKED_AT)}
    return len(named) >= _ROLES_LEAST and len(named) > known and not named.isdisjoint(PROBLEMS)


def forms_of(sheet: Sheet) -> list[Form]:
    """The forms of a sheet, from above: a number or a problem told again begins the next (逐表识读)."""
    held: list[list[_Pair]] = []
    for pair in _pairs(sheet, len(sheet.rows)):
        seen = {one.role for one in held[-1]} if held else set()
        if not held or (pair.role in _BEGINS and pair.role in seen):
            held.append([])
        held[-1].append(pair)
    return [form for pairs in held if (form := _form(sheet, pairs)) is not None]


def _form(sheet: Sheet, pairs: Sequence[_Pair]) -> Form | None:
    problem = next((one for role in PROBLEMS for one in pairs if one.role is role), None)
    if problem is None:
        return None
    said = {pair.role: pair.text.strip() for pair in reversed(pairs)}
    places = sorted(place for pair in pairs for place, _column in (pair.label, pair.value))
    title, number = problem.text.strip(), said.get(Role.NUMBER)
    mark = mark_at(title, 0, len(title))
    if number is None and mark is not None and mark.end < len(title):
        number, title = mark.number, title[mark.end :]
    rows = list(range(places[0], places[-1] + 1))
    above = said.get(Role.THEME), said.get(Role.GROUP), said.get(Role.ORGANISATION)
    form = Form(Entry(number, title, problem.value, rows, *above))
    for pair in pairs:
        form.labels[pair.label] = sheet.rows[pair.label[0]][pair.label[1]]
        form.roles[pair.value] = Role.PROBLEM if pair is problem else pair.role
        if pair is not problem and not is_nothing(pair.text):
            form.told.setdefault(pair.role, []).append(Value(*pair.value, pair.text))
    return form


def _pairs(sheet: Sheet, most: int) -> Iterator[_Pair]:
    """Labels with what stands beside them, in the first ``most`` rows."""
    down = {(one.top, one.left): one.bottom for one in sheet.merged}
    place_of = {row: place for place, row in enumerate(sheet.numbers)}
    for place, cells in enumerate(sheet.rows[:most]):
        for column, text in enumerate(cells):
            role = _label(text)
            if role is None:
                continue
            row = sheet.numbers[place]
            for below in range(row, min(down.get((row, column), row), row + len(sheet.rows)) + 1):
                at = place_of.get(below)
                beside = _beside(sheet.rows[at], column) if at is not None else None
                if at is not None and beside is not None:
                    yield _Pair(role, (place, column), (at, beside), sheet.rows[at][beside])


def _beside(cells: Sequence[str], column: int) -> int | None:
    """The next cell with anything in it, unless that is a label of its own."""
    found = next((index for index in range(column + 1, len(cells)) if cells[index].strip()), None)
    return None if found is None or _label(cells[found]) is not None else found


def _label(text: str) -> Role | None:
    """What a cell announces, if it is a known name and nothing more."""
    if not text or len(text) > 3 * _LABEL_MOST or len(folded(text)) > _LABEL_MOST:
        return None
    known = guess(text)
    return known.role if known.confidence >= _SURE else None


class FormTeller(Teller):
    """Tells of forms: the name of a value is the label beside it."""

    form: Form

    def name_of(self, value: Value) -> str:
        """The label of a cell."""
        own = [(place, column) for place, column in self.form.labels if place <= value.place]
        nearest = max(own, key=lambda at: (at[0], at[1] < value.column, at[1]))
        return self.form.labels[nearest].strip()
