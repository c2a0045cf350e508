"""Findings of one row each, told by what equal cells of earlier rows said (同类行速读).

A ledger of a hundred thousand rows has some hundred combinations of who answers, and of deadline and status.
What the first row of a combination gave, and that nothing was wrong with it, is kept for those below.
"""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from zhenggai.domain.reading import Item, ReadFinding, StatedProgress
from zhenggai.domain.spans import Span
from zhenggai.reading.interpreting import wording
from zhenggai.reading.interpreting.closed_words import remarked_closed
from zhenggai.reading.workbook.cell_words import chosen_of, is_ditto, is_nothing, worded
from zhenggai.reading.workbook.days import several
from zhenggai.reading.workbook.grid import ERRORS
from zhenggai.reading.workbook.money import is_amount
from zhenggai.reading.workbook.roles import Role
from zhenggai.reading.workbook.telling import TICKED
from zhenggai.reading.workbook.values import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from zhenggai.domain.reading import StatedNature
    from zhenggai.reading.workbook.checking import SheetChecks
    from zhenggai.reading.workbook.entries import Entry
    from zhenggai.reading.workbook.grid import Sheet
    from zhenggai.reading.workbook.telling import Teller
    from zhenggai.reading.workbook.values import Told

KEPT_MOST: Final = 4_096
"""Combinations that are kept; with more the memory of them begins anew."""
_WHO: Final = frozenset({Role.LEADER, Role.PERSON, Role.LEAD_UNIT, Role.SUPPORTING, Role.ANSWERABLE})
_AMOUNTS: Final = frozenset({Role.AMOUNT, Role.RECOVERED})
_STATE: Final = _AMOUNTS | {
    Role.STATUS, Role.CLOSED, Role.CLOSED_ON, Role.NATURE, Role.DUE, Role.START, Role.DONE_ON, Role.FOUND_ON,
}  # fmt: skip


class _Who(NamedTuple):
    leader: str | None
    unit: str | None
    supporting: tuple[str, ...]


class _State(NamedTuple):
    status: str | None
    progress: StatedProgress | None
    nature: StatedNature | None
    closed: bool | None
    due_text: str | None
    due_on: date | None
    days: int
    """How many deadlines are counted in the cell; none where it names one."""
    known: tuple[tuple[str, int], ...]
    """Words that the checks knew, by rule and column, which are counted."""


class PlainRows:
    """The findings of one sheet with their checks; a row of its own kind is told cell by cell."""

    def __init__(self, sheet: Sheet, teller: Teller, check: SheetChecks) -> None:
        self.sheet = sheet
        self.teller = teller
        self.check = check
        columns = teller.columns
        self.width = max((index for index, _, _ in columns), default=-1) + 2
        self.who_of = _cells_of([index for index, role, _ in columns if role in _WHO], self.width)
        self.state_of = _cells_of([index for index, role, _ in columns if role in _STATE], self.width)
        self.rest = [
            (index, role)
            for index, role, _ in columns
            if role not in (_WHO | _STATE | {Role.REMARK}) or role in _AMOUNTS
        ]
        roles = {role for _, role, _ in columns}
        self.remarks = [index for index, role, _ in columns if role is Role.REMARK]
        self.needs_measures = Role.MEASURES in roles
        self.needs_result = Role.RESULT in roles
        self.covered = {row for index, _, _ in columns for row in teller.down.get(index, ())}
        self.is_on = not any(column.option for _, role, column in columns if role not in (_WHO | _STATE))
        self.who: dict[tuple[str, ...], _Who] = {}
        self.state: dict[tuple[str, ...], _State] = {}

    def finding(self, entry: Entry) -> ReadFinding:
        """The finding of an entry, its cells checked."""
        place = entry.rows[0]
        cells = self.sheet.rows[place]
        if not self.is_on or len(entry.rows) > 1 or self.sheet.numbers[place] in self.covered:
            return self._told_by_cell(entry)[0]
        if any(index < len(cells) and remarked_closed(cells[index]) is not None for index in self.remarks):
            return self._told_by_cell(entry)[0]
        if len(cells) < self.width:
            cells = [*cells, *[""] * (self.width - len(cells))]
        who_key, state_key = self.who_of(cells), self.state_of(cells)
        who, state = self.who.get(who_key), self.state.get(state_key)
        if who is not None and state is not None:
            told = self._rest(place, cells)
            made = self._made(entry, told, who, state) if told is not None else None
            return made if made is not None else self._told_by_cell(entry)[0]
        finding, told, known = self._told_by_cell(entry)
        if known is not None and not any(map(is_ditto, who_key + state_key)):
            if len(self.who) >= KEPT_MOST:
                self.who.clear()
            self.who[who_key] = _Who(finding.responsible_leader, finding.lead_unit, finding.supporting_units)
            if Role.STATUS in told or not self.needs_result:
                self._keep_state(state_key, finding, known)
        return finding

    def _keep_state(
        self, key: tuple[str, ...], finding: ReadFinding, known: tuple[tuple[str, int], ...]
    ) -> None:
        if len(self.state) >= KEPT_MOST:
            self.state.clear()
        self.state[key] = _State(
            finding.status_text,
            finding.stated_progress,
            finding.stated_nature,
            finding.stated_closed,
            finding.due_text,
            finding.due_on,
            len(several(finding.due_text or "")),
            known,
        )

    def _told_by_cell(self, entry: Entry) -> tuple[ReadFinding, Told, tuple[tuple[str, int], ...] | None]:
        told = self.teller.told(entry)
        finding = self.teller.finding(entry, told)
        return finding, told, self.check.entry(entry, told, finding)

    def _rest(self, place: int, cells: Sequence[str]) -> Told | None:
        """What the cells of the other columns say; nothing where one says what stands above it.

        Nor where one shows the error of a formula.
        """
        told: Told = {}
        for index, role in self.rest:
            text = cells[index]
            if not text or is_nothing(text):
                continue
            if is_ditto(text) or text.strip() in ERRORS:
                return None
            if role in TICKED:
                text = chosen_of(text)
            value = tuple.__new__(Value, (place, index, text, False))
            if role in told:
                told[role].append(value)
            else:
                told[role] = [value]
        return told

    def _made(self, entry: Entry, told: Told, who: _Who, state: _State) -> ReadFinding | None:
        """The finding of a known combination; nothing where something may be wrong, or is of its own kind."""
        measured, results = told.get(Role.MEASURES, ()), told.get(Role.RESULT, ())
        if len(measured) > 1 or (self.needs_measures and not measured and not results):
            return None
        if self.needs_result and not results and state.progress is StatedProgress.DONE:
            return None
        place = entry.rows[0]
        cells = self.sheet.rows[place]
        base = self.teller.start(place, 0)
        measures = _items(measured[0], cells, base) if measured else ()
        if len(measures) > 1 and state.days == len(measures):
            return None
        teller = self.teller
        self.check.known(entry, state.known)
        return ReadFinding(
            entry.number,
            entry.theme,
            entry.group,
            wording.clean(entry.title),
            Span(base, base + sum(map(len, cells)) + len(cells) - 1),
            teller.whole(told, entry, Role.DETAIL, Role.AMOUNT),
            entry.organisation,
            measures,
            tuple([item for one in results if not is_amount(one.text) for item in _items(one, cells, base)]),
            teller.whole(told, entry, Role.RESULT, Role.RECOVERED, Role.REASON),
            *state[:4],
            *who,
            state.due_text,
            state.due_on,
        )


def _items(value: Value, cells: Sequence[str], base: int) -> tuple[Item, ...]:
    at = base + sum(map(len, cells[: value.column])) + value.column
    return tuple([Item(words, Span(at + low, at + high)) for low, high, words in worded(value.text)])


def _cells_of(columns: Sequence[int], width: int) -> Callable[[Sequence[str]], tuple[str, ...]]:
    """A function that takes the cells of some columns out of a row; never of fewer than two at once."""
    # a row is filled up to the width, so its last cell is always there and mostly empty
    wanted = [*columns, width - 1, width - 1][: max(len(columns), 2)]
    taken: Callable[[Sequence[str]], tuple[str, ...]] = itemgetter(*wanted)
    return taken
