"""A workbook and its mapping → a reading of kind ``ledger`` (台账识读), with every problem in its cells."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TypeVar

from zhenggai.domain.reading import Dates, DocumentKind, Reading, Source
from zhenggai.reading.lazy import Lazy
from zhenggai.reading.workbook.checking import Checker
from zhenggai.reading.workbook.collector import without_collector
from zhenggai.reading.workbook.explaining import Explainer, explained
from zhenggai.reading.workbook.forms import FormTeller, forms_of
from zhenggai.reading.workbook.joining import Joiner
from zhenggai.reading.workbook.layout import Cover, Layout, Places
from zhenggai.reading.workbook.mapping import SheetKind, guess_mapping
from zhenggai.reading.workbook.plain_rows import PlainRows
from zhenggai.reading.workbook.roles import Role
from zhenggai.reading.workbook.rows import down_of, read_rows
from zhenggai.reading.workbook.telling import Teller
from zhenggai.reading.workbook.top import Top, top_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from zhenggai.domain.reading import ReadFinding
    from zhenggai.reading.workbook.entries import Entry, Rows
    from zhenggai.reading.workbook.forms import Form
    from zhenggai.reading.workbook.grid import Book, Sheet
    from zhenggai.reading.workbook.issue import Issue
    from zhenggai.reading.workbook.mapping import Mapping

_T = TypeVar("_T", bound=Teller)


_TOLD_EVERY: Final = 500


@dataclass(frozen=True, slots=True)
class FindingSource:
    """Where a finding stands (台账来源): its sheet, its rows counted from 1.

    ``key``: the key of the ledger that it came out of, as the cell has it (`domain.ledger_keys`).
    """

    sheet: str
    rows: tuple[int, ...]
    key: str = ""


@dataclass(frozen=True, slots=True)
class WorkbookReading:
    """What was understood of a workbook (台账识读结果).

    ``mapping`` is what sheets and columns were held to be, ``issues`` what is wrong, in the order of the
    cells, ``sources`` the rows of every finding of ``reading``. ``layout`` is where the cells stand in the
    text of ``reading``, ``cover`` what they became.
    """

    reading: Reading
    mapping: Mapping
    issues: tuple[Issue, ...]
    sources: tuple[FindingSource, ...]
    layout: Layout
    cover: Cover

    def explainer(self) -> Explainer:
        """Why the fields hold what they hold, finding by finding."""
        return Explainer(self.reading, self.cover)


def read_book(
    book: Book,
    mapping: Mapping | None = None,
    *,
    explain: bool = False,
    on_step: Callable[[str], None] | None = None,
    on_row: Callable[[int, int], None] | None = None,
) -> WorkbookReading:
    """Read a workbook (识读台账) by the mapping given or guessed: a finding a row, or over several rows.

    With ``explain`` every field says which rule read it and in which cell. ``on_step`` is told when the rows
    are read and when they are checked, ``on_row`` how many rows of all are read; what they raise ends it.
    """
    with without_collector():
        made = _Book(book, mapping or guess_mapping(book), on_row or _untold)
        return made.reading(explain=explain, on_step=on_step or _untold)


def _untold(*_how_far: object) -> None:
    """Nobody watches."""


class _Book:
    def __init__(self, book: Book, mapping: Mapping, on_row: Callable[[int, int], None]) -> None:
        self.book = book
        self.mapping = mapping
        self.on_row = on_row
        self.rows = sum(len(sheet.rows) for sheet in book.sheets)
        self.done = 0
        self.layout = Layout(book)
        self.findings: list[ReadFinding] = []
        self.sources: list[FindingSource] = []
        self.checker = Checker(book, mapping)
        self.read: list[Rows | None] = [None] * len(book.sheets)
        self.joined: list[list[int] | None] = [None] * len(book.sheets)
        self.first = [0] * len(book.sheets)
        self.forms: list[list[Form]] = [[] for _ in book.sheets]
        self.tops = [
            top_of(sheet, one.header) if one.header is not None and one.kind is SheetKind.LEDGER else Top()
            for sheet, one in zip(book.sheets, mapping.sheets, strict=True)
        ]
        self.told_on: date | None = next(filter(None, (top.told_on for top in self.tops)), None)

    def reading(self, *, explain: bool, on_step: Callable[[str], None]) -> WorkbookReading:
        on_step("read")
        for number, one in enumerate(self.mapping.sheets):
            if one.kind is SheetKind.LEDGER and one.header is not None:
                self._ledger(number)
            elif one.kind is SheetKind.FORM:
                self._forms(number)
        joiner = Joiner(self.findings)
        for number, one in enumerate(self.mapping.sheets):
            if one.kind is SheetKind.LIST and one.header is not None and self.findings:
                self._list(number, joiner)
        layout = self.layout
        cover = Cover(layout, self.mapping, self.read, self.first, self.joined, self.findings, self.forms)
        reading = Reading(
            kind=DocumentKind.LEDGER if self.findings else DocumentKind.OTHER,
            source=Source(
                self.book.name,
                self.book.sha256,
                "text" if self.book.is_delimited else "xlsx",
                self.book.encoding,
            ),
            decoded=layout.text,
            text=layout.text,
            edits=(),
            parts=Lazy(lambda: tuple(cover.parts())),
            title=next(filter(None, (top.title for top in self.tops)), None),
            organisation=next(filter(None, (top.organisation for top in self.tops)), None),
            inspector=next(filter(None, (top.inspector for top in self.tops)), None),
            dates=Dates(as_of=self.told_on),
            findings=tuple(self.findings),
            unread=Lazy(lambda: tuple(cover.unread())),
            places=Places(layout),
        )
        if explain:
            reading = replace(reading, explained=explained(reading, cover))
        self.checker.is_read = self.checker.is_read or bool(self.findings)
        on_step("check")
        issues = self.checker.issues()
        return WorkbookReading(reading, self.mapping, issues, tuple(self.sources), layout, cover)

    def _teller(self, number: int, kind: type[_T]) -> _T:
        sheet = self.book.sheets[number]
        return kind(
            sheet,
            self.mapping.sheets[number],
            down_of(sheet),
            lambda place, column: self.layout.start(number, place, column),
            since_1904=self.book.since_1904,
            told_on=self.tops[number].told_on or self.told_on,
            money=self.tops[number].money,
        )

    def _ledger(self, number: int) -> None:
        sheet = self.book.sheets[number]
        read = read_rows(sheet, self.mapping.sheets[number])
        teller = self._teller(number, Teller)
        keys = [column.index for column in self.mapping.sheets[number].columns_of(Role.KEY)]
        self.read[number] = read
        self.first[number] = len(self.findings)
        check = self.checker.begin(number, read, self.tops[number].told_on or self.told_on)
        plain = PlainRows(sheet, teller, check)
        for count, entry in enumerate(read.entries):
            if not count % _TOLD_EVERY:
                self.on_row(self.done + entry.rows[0], self.rows)
            self.findings.append(plain.finding(entry))
            rows = tuple([sheet.numbers[place] + 1 for place in entry.rows])
            self.sources.append(FindingSource(sheet.name, rows, _key(sheet, entry, keys) if keys else ""))
        check.end()
        self.done += len(sheet.rows)

    def _forms(self, number: int) -> None:
        sheet = self.book.sheets[number]
        teller = self._teller(number, FormTeller)
        self.first[number] = len(self.findings)
        self.forms[number] = forms_of(sheet)
        for form in self.forms[number]:
            teller.form = form
            self.findings.append(teller.finding(form.entry, form.told))
            rows = tuple(sheet.numbers[place] + 1 for place in form.entry.rows)
            self.sources.append(FindingSource(sheet.name, rows))
        self.done += len(sheet.rows)

    def _list(self, number: int, joiner: Joiner) -> None:
        read = read_rows(self.book.sheets[number], self.mapping.sheets[number])
        teller = self._teller(number, Teller)

        def tell(entry: Entry) -> ReadFinding:
            return teller.finding(entry, teller.told(entry))

        uses, unknown = joiner.join(read, tell)
        self.joined[number] = uses
        self.checker.unjoined(number, unknown)


def _key(sheet: Sheet, entry: Entry, columns: Sequence[int]) -> str:
    """What stands first in a column of keys beside a finding."""
    cells = ((sheet.rows[place], column) for place in entry.rows for column in columns)
    said = (row[column].strip() for row, column in cells if column < len(row))
    return next((text for text in said if text), "")
