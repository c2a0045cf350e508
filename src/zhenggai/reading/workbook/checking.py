"""Every problem in the cells of a workbook (台账校验), all at once; a clean ledger has none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zhenggai.domain.messages import Message
from zhenggai.reading.workbook import rows as row_kinds
from zhenggai.reading.workbook.check_words import RULES
from zhenggai.reading.workbook.checking_entries import EntryChecks
from zhenggai.reading.workbook.grid import CELL_MOST, ERRORS, address, place_of
from zhenggai.reading.workbook.issue import VALUE_MOST, Issue
from zhenggai.reading.workbook.mapping import SheetKind
from zhenggai.reading.workbook.roles import BESIDE, Role
from zhenggai.reading.workbook.totals import stated_total
from zhenggai.reading.workbook.turned import turned_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from zhenggai.domain.reading import ReadFinding
    from zhenggai.reading.workbook.entries import Entry, Rows
    from zhenggai.reading.workbook.grid import Book, Sheet
    from zhenggai.reading.workbook.mapping import Mapping, SheetMapping
    from zhenggai.reading.workbook.values import Told

_STATED = (Role.STATUS, Role.CLOSED, Role.CLOSED_ON)
_UNREAD = frozenset({"formula_uncalculated", "cell_far"})
_SHEETS = frozenset({SheetKind.LEDGER, SheetKind.LIST})


class Finds:
    """The issues of one sheet, each with its place, so that they come out in the order of the cells."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.found: list[tuple[int, int, Issue]] = []

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.found)

    def add(self, code: str, place: int, column: int, *, until: int | None = None, **words: Any) -> None:
        """Something is wrong at row ``place`` (its place among the rows) and column; ``until`` a last row."""
        cells = self.sheet.rows[place]
        row = self.sheet.numbers[place]
        value = cells[column] if 0 <= column < len(cells) else ""
        where = address(row, column) if until is None else f"{address(row, column)}:{address(until, column)}"
        self.found.append((row, column, issue_of(code, self.sheet.name, where, value, **words)))

    def add_uncalculated(self) -> None:
        """Formulas have no values, each in a cell that is empty."""
        for top, column, bottom, count, text in self.sheet.uncalculated:
            where = (
                address(top, column) if count == 1 else f"{address(top, column)}:{address(bottom, column)}"
            )
            issue = issue_of("formula_uncalculated", self.sheet.name, where, text, count=count)
            self.found.append((top, column, issue))

    def add_far(self) -> None:
        """Cells stand so far from all others that they were not read."""
        for where, text in self.sheet.far:
            issue = issue_of("cell_far", self.sheet.name, where, text, count=self.sheet.far_count)
            self.found.append((*place_of(where), issue))


def issue_of(code: str, sheet: str, where: str, value: str, **words: Any) -> Issue:
    """The issue of a rule; a long value is cut."""
    rule = RULES[code]
    shown = " ".join(value.split())
    shown = shown if len(shown) <= VALUE_MOST else f"{shown[: VALUE_MOST - 1]}…"
    return Issue(code, sheet, where, shown, Message(rule.rule, words), Message(rule.repair), rule.is_question)


class Checker:
    """The checks of a workbook, sheet by sheet."""

    def __init__(self, book: Book, mapping: Mapping) -> None:
        self.book = book
        self.mapping = mapping
        self.finds = [Finds(sheet) for sheet in book.sheets]
        self.is_read = False
        self.titles: dict[str, tuple[int, tuple[int, int]]] = {}

    def begin(self, number: int, read: Rows, told_on: date | None) -> SheetChecks:
        """The checks of one ledger."""
        self.is_read = True
        return SheetChecks(
            self.book,
            number,
            self.mapping.sheets[number],
            read,
            self.finds[number],
            told_on=told_on,
            titles=self.titles,
        )

    def unjoined(self, number: int, entries: Sequence[Entry]) -> None:
        """Entries of a list whose number the ledger does not have."""
        columns = self.mapping.sheets[number].columns_of(Role.NUMBER)
        for entry in entries:
            self.finds[number].add("number_unknown", entry.rows[0], columns[0].index if columns else 0)

    def issues(self) -> tuple[Issue, ...]:
        """Everything that is wrong, in the order of sheets, rows and columns."""
        for finds in self.finds:
            if (at := turned_at(finds.sheet)) is not None:
                finds.add("ledger_turned", *at)
                self.is_read = True
        for finds, one in zip(self.finds, self.mapping.sheets, strict=True):
            finds.add_far()
            if one.kind in _SHEETS and one.header is not None:
                _cells(finds)
            if not self.is_read or one.kind in _SHEETS:
                finds.add_uncalculated()
        found = tuple(
            issue
            for finds in self.finds
            for _, _, issue in sorted(finds.found, key=lambda found: (found[0], found[1], found[2].code))
        )
        if self.is_read:
            return found
        nothing = issue_of("no_ledger", self.book.sheets[0].name, "", "")
        return (nothing, *(issue for issue in found if issue.code in _UNREAD))


def _cells(finds: Finds) -> None:
    """What is wrong with cells whatever they hold."""
    for place, cells in enumerate(finds.sheet.rows):
        line = "\t".join(cells)
        if "#" not in line and "\ufffd" not in line and len(line) < CELL_MOST:
            continue
        for column, text in enumerate(cells):
            if len(text) == CELL_MOST:
                finds.add("cell_truncated", place, column)
            if text[:1] == "#" and text.strip() in ERRORS:
                finds.add("formula_error", place, column)
            elif "\ufffd" in text:
                finds.add("character_lost", place, column)


class SheetChecks:
    """The checks of one ledger, entry by entry, then of the whole."""

    def __init__(
        self,
        book: Book,
        number: int,
        mapping: SheetMapping,
        read: Rows,
        finds: Finds,
        *,
        told_on: date | None,
        titles: dict[str, tuple[int, tuple[int, int]]],
    ) -> None:
        self.book = book
        self.place = number
        self.sheet = book.sheets[number]
        self.mapping = mapping
        self.read = read
        self.finds = finds
        self.down = row_kinds.down_of(self.sheet)
        self.entries = EntryChecks(mapping, finds, since_1904=book.since_1904, told_on=told_on)
        self.numbers: dict[tuple[str | None, str], int] = {}
        self.titles = titles
        columns = mapping.columns_of(Role.NUMBER)
        self.number = columns[0].index if columns else -1

    def entry(self, entry: Entry, told: Told, finding: ReadFinding) -> tuple[tuple[str, int], ...] | None:
        """The checks of one finding; what its cells say alone gives what `EntryChecks.check` gives."""
        known = self.entries.check(entry, told, finding)
        self._placed(entry)
        return known

    def known(self, entry: Entry, known: tuple[tuple[str, int], ...]) -> None:
        """The checks of a finding whose cells say what those of one above say, in which nothing is wrong."""
        self.entries.count(known)
        self._placed(entry)

    def _placed(self, entry: Entry) -> None:
        """What a finding shares with others: its number, its problem."""
        self._numbered(entry)
        title, at = entry.title, entry.at
        if len(title) >= _TITLE_LEAST and not entry.shares:
            first = self.titles.setdefault(title, (self.place, at))
            if first[1] != at or first[0] != self.place:
                sheet = self.book.sheets[first[0]]
                where = address(sheet.numbers[first[1][0]], first[1][1])
                there = "" if first[0] == self.place else f"{sheet.name}!"
                self.finds.add("duplicate_problem", *at, first=there + where)

    def _numbered(self, entry: Entry) -> None:
        if entry.number is None or self.number < 0 or entry.number_lent:
            return
        place = entry.rows[0]
        cells = self.sheet.rows[place]
        if (
            len(entry.number) >= _DAY_LEAST
            and self.number < len(cells)
            and row_kinds.typed_as(cells[self.number].strip())
        ):
            self.finds.add("number_is_day", place, self.number, number=entry.number)
        # numbers may begin anew under every theme
        first = self.numbers.setdefault((entry.theme, entry.number), place)
        if first != place:
            where = address(self.sheet.numbers[first], self.number)
            self.finds.add("duplicate_number", place, self.number, first=where)

    def end(self) -> None:
        """The checks of the whole sheet."""
        self.entries.end()
        columns = self.mapping.columns_of(Role.PROBLEM)
        for place in self.read.unnamed:
            self.finds.add("missing_problem", place, columns[0].index)
        for place in self.read.as_above:
            above = next(one for one in self.read.entries if place in one.rows)
            first = address(self.sheet.numbers[above.at[0]], above.at[1])
            self.finds.add("problem_as_above", place, columns[0].index, first=first)
        self._gaps()
        self._merged()
        self._nameless()
        self._tables()
        count = len(self.read.entries)
        for place, use in enumerate(self.read.uses):
            if use == row_kinds.TOTAL:
                cells = self.sheet.rows[place]
                before = sum(entry.rows[0] < place for entry in self.read.entries)
                stated = stated_total(cells)
                if stated is not None and stated[1] not in {count, before, before - self._since_total(place)}:
                    self.finds.add("total_differs", place, stated[0], count=before)

    def _tables(self) -> None:
        """Other tables below and beside the ledger, each where its names begin."""
        for place in self.read.tables:
            cells = self.sheet.rows[place]
            first = next(index for index, text in enumerate(cells) if text.strip())
            self.finds.add("second_table", place, first)
        header = self.mapping.header
        columns = header.columns if header is not None else ()
        beside = next((column for column in columns if column.guess.why == BESIDE), None)
        if header is not None and beside is not None:
            self.finds.add("second_table", header.last, beside.index)

    def _since_total(self, place: int) -> int:
        """How many findings stand above the subtotal before the one at ``place``."""
        above = max((at for at in range(place) if self.read.uses[at] == row_kinds.TOTAL), default=-1)
        return sum(entry.rows[0] < above for entry in self.read.entries)

    def _gaps(self) -> None:
        """Numbers left out, where most follow one another; one used twice stands for one left out."""
        counted = sorted(self._counted())
        first: set[int] = set()
        steps: list[tuple[int, int, int, int]] = []
        before = spare = 0
        for place, number in counted:
            if number in first:
                spare += 1
                continue
            if first:
                steps.append((before, number, place, spare))
            first.add(number)
            before, spare = number, 0
        if sum(number - before == 1 for before, number, _, _ in steps) * 4 < len(steps) * 3:
            return
        for before, number, place, spare in steps:
            missing = (
                number
                - before
                - 1
                - sum(one in first for one in range(before + 1, min(number, before + _GAP_MOST)))
            )
            if missing > spare:
                self.finds.add("number_gap", place, self.number, before=before, number=number)

    def _counted(self) -> Iterator[tuple[int, int]]:
        """The rows with a whole number, those without a problem, too: (place, number)."""
        for entry in self.read.entries:
            if (
                self.number >= 0
                and not entry.number_lent
                and entry.number is not None
                and entry.number.isdecimal()
            ):
                yield entry.rows[0], int(entry.number)
        for place in self.read.unnamed if self.number >= 0 else ():
            cells = self.sheet.rows[place]
            printed = cells[self.number].strip() if self.number < len(cells) else ""
            if printed.isdecimal():
                yield place, int(printed)

    def _merged(self) -> None:
        starts = {entry.rows[0] for entry in self.read.entries}
        place_of = {row: place for place, row in enumerate(self.sheet.numbers)} if self.sheet.merged else {}
        columns = self.mapping.header.columns if self.mapping.header is not None else ()
        roles = {column.index: column.guess.role for column in columns}
        first = self.mapping.header.last if self.mapping.header is not None else 0
        for one in self.sheet.merged:
            top = place_of.get(one.top)
            if top is None or top <= first:
                continue
            rows = [
                place_of[row]
                for row in range(one.top, min(one.bottom, one.top + _LOOKED_AT) + 1)
                if row in place_of
            ]
            for place in rows:
                for column in range(one.left, min(one.right, len(self.sheet.rows[place]) - 1) + 1):
                    hidden = (place, column) != (top, one.left) and self.sheet.rows[place][column].strip()
                    if hidden and hidden != self.sheet.text(one.top, one.left).strip():
                        self.finds.add("merged_hides", place, column, other=address(one.top, one.left))
            begun = sum(place in starts for place in rows)
            role = roles.get(one.left)
            filled = self.sheet.text(one.top, one.left).strip()
            if begun > 1 and filled:
                code = (
                    {Role.NUMBER: "merged_number", Role.PROBLEM: "merged_problem"}.get(role) if role else None
                )
                code = "merged_over_findings" if role in _STATED else code
                if code == "merged_problem" and not self._shares_title(rows):
                    code = None
                if code is not None:
                    self.finds.add(code, top, one.left, until=one.bottom)

    def _shares_title(self, rows: Sequence[int]) -> bool:
        """Whether findings of these rows have one problem between them, and no details of their own."""
        titles = [entry.title for entry in self.read.entries if entry.rows[0] in rows]
        return len(set(titles)) < len(titles)

    def _nameless(self) -> None:
        """Columns with values and no name."""
        header = self.mapping.header
        columns = header.columns if header is not None else ()
        named = {column.index for column in columns if column.name or column.guess.role is not None}
        across = {
            column
            for one in self.sheet.merged
            for column in range(one.left + 1, min(one.right, one.left + 50) + 1)
        }
        told: set[int] = set()
        for place, use in enumerate(self.read.uses):
            if use < 0:
                continue
            cells = self.sheet.rows[place]
            for column in range(len(cells)):
                if (
                    column not in named
                    and column not in told
                    and column not in across
                    and cells[column].strip()
                ):
                    told.add(column)
                    self.finds.add("column_without_name", place, column)


_TITLE_LEAST = 6
_DAY_LEAST = 3
_GAP_MOST = 1_000
_LOOKED_AT = 10_000
