"""The cells of a workbook as one text (台账全文), and the way back: parts, places, what was left unread."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple, overload

from zhenggai.domain.messages import msg
from zhenggai.domain.reading import Part, PartKind, Unread
from zhenggai.domain.spans import Place, Span
from zhenggai.reading.interpreting.closed_words import remarked_closed
from zhenggai.reading.interpreting.without_field import WHY_NO_FIELD
from zhenggai.reading.workbook import rows as row_kinds
from zhenggai.reading.workbook.cell_words import is_nothing
from zhenggai.reading.workbook.mapping import SheetKind
from zhenggai.reading.workbook.roles import Role

if TYPE_CHECKING:
    from zhenggai.domain.reading import Item, ReadFinding
    from zhenggai.reading.workbook.entries import Rows
    from zhenggai.reading.workbook.forms import Form
    from zhenggai.reading.workbook.grid import Book
    from zhenggai.reading.workbook.mapping import Mapping, SheetMapping

WHY_COLUMN: Final = msg(
    "The name of this column is not known, so what stands in it is kept as it is printed."
)
WHY_ROW: Final = msg("This row names no problem and goes on with none, so it was taken for no finding.")
WHY_BARE: Final = msg("These rows hold a number and nothing else, so they are no findings.")
WHY_TABLE: Final = msg(
    "Another table with other columns begins above this row; it is kept and nothing of it is read."
)
WHY_TOTAL: Final = msg("This row holds totals and no finding.")
WHY_SHEET: Final[dict[SheetKind, str]] = {
    SheetKind.PROCESS: msg("This sheet records the process; it is kept and nothing of it is made a finding."),
    SheetKind.RETURNS: msg(
        "This sheet records what was sent back; it is kept and nothing of it is made a finding."
    ),
    SheetKind.SUMMARY: msg("This sheet holds figures; it is kept and nothing of it is made a finding."),
    SheetKind.GUIDE: msg(
        "This sheet says how to fill in the ledger; it is kept and nothing of it is made a finding."
    ),
    SheetKind.OTHER: msg(
        "This sheet is no ledger, or is hidden beside one; it is kept and nothing of it is read."
    ),
    SheetKind.LIST: msg("The numbers of this list stand in no ledger, so nothing of it was joined."),
}
_PATHS: Final[dict[Role, str]] = {
    Role.NUMBER: "number",
    Role.COUNT: "measures",
    Role.THEME: "theme",
    Role.GROUP: "group",
    Role.PROBLEM: "title",
    Role.DETAIL: "problem",
    Role.AMOUNT: "problem",
    Role.MEASURES: "measures",
    Role.RESULT: "result",
    Role.RECOVERED: "result",
    Role.REASON: "result",
    Role.STATUS: "status_text",
    Role.NATURE: "stated_nature",
    Role.CLOSED: "stated_closed",
    Role.LEADER: "responsible_leader",
    Role.PERSON: "responsible_leader",
    Role.ANSWERABLE: "responsible_leader",
    Role.LEAD_UNIT: "lead_unit",
    Role.SUPPORTING: "supporting_units",
    Role.DUE: "due_text",
    Role.ORGANISATION: "organisation",
}


class Layout:
    """Where every cell of a workbook stands in one text: rows are lines, cells parted by tabs."""

    def __init__(self, book: Book) -> None:
        self.book = book
        pieces: list[str] = []
        at = 0
        self.starts: list[array[int]] = []
        for sheet in book.sheets:
            starts = array("q")
            for cells in sheet.rows:
                line = "\t".join(cells)
                starts.append(at)
                at += len(line) + 1
                pieces.append(line)
            self.starts.append(starts)
        self.text = "\n".join(pieces)

    def start(self, sheet: int, place: int, column: int) -> int:
        """The place in the text at which a cell begins."""
        cells = self.book.sheets[sheet].rows[place]
        return self.starts[sheet][place] + sum(map(len, cells[:column])) + min(column, len(cells))

    def places(self) -> Iterator[Place]:
        """Every cell with anything in it, with sheet, row and column counted from 1."""
        for number, sheet in enumerate(self.book.sheets):
            name = None if self.book.is_delimited else sheet.name
            for place, cells in enumerate(sheet.rows):
                at = self.starts[number][place]
                row = sheet.numbers[place] + 1
                for column, text in enumerate(cells, start=1):
                    if text:
                        yield Place(Span(at, at + len(text)), row=row, column=column, sheet=name)
                    at += len(text) + 1


class Places(Sequence[Place]):
    """The places of a layout, made anew at each look: 100,000 rows have millions, and few ask."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout

    def __iter__(self) -> Iterator[Place]:
        return self._layout.places()

    def __len__(self) -> int:
        return sum(bool(text) for sheet in self._layout.book.sheets for cells in sheet.rows for text in cells)

    @overload
    def __getitem__(self, index: int) -> Place: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Place]: ...

    def __getitem__(self, index: int | slice) -> Place | Sequence[Place]:
        return tuple(self)[index]

    def __reduce__(self) -> tuple[type[tuple[Place, ...]], tuple[tuple[Place, ...]]]:
        return tuple, (tuple(self),)


class KeptColumn(NamedTuple):
    """A column that is kept as it is printed (留存列): ``sheet`` is the place of its sheet from 0."""

    sheet: int
    sheet_name: str
    column: int
    name: str
    role: Role | None
    cells: int


class Cover:
    """The parts of the text, made when somebody asks for them."""

    def __init__(
        self,
        layout: Layout,
        mapping: Mapping,
        read: Sequence[Rows | None],
        first: Sequence[int],
        joined: Sequence[Sequence[int] | None],
        findings: Sequence[ReadFinding],
        forms: Sequence[Sequence[Form]],
    ) -> None:
        self.layout = layout
        self.mapping = mapping
        self.read = read
        self.first = first
        self.joined = joined
        self.findings = findings
        self.forms = forms

    def parts(self) -> Iterator[Part]:
        """Fields, labels and unread stretches that cover the text exactly once, in order."""
        at = count = 0
        for part in self._pieces():
            if part.span.start > at:
                yield Part(PartKind.LABEL, Span(at, part.span.start), "layout", "layout")
            if part.kind is PartKind.UNREAD:
                yield Part(PartKind.UNREAD, part.span, f"unread/{count}", part.rule)
                count += 1
            else:
                yield part
            at = part.span.end
        if at < len(self.layout.text):
            yield Part(PartKind.LABEL, Span(at, len(self.layout.text)), "layout", "layout")

    def unread(self, *, cells: bool = True) -> Iterator[Unread]:
        """What no field holds, with why; without ``cells`` only rows and sheets, not cells of findings."""
        text = self.layout.text
        for part in self._pieces(cells=cells):
            if part.kind is PartKind.UNREAD:
                yield Unread(part.span.of(text).strip(), part.path, part.span)

    def parts_of(self, index: int) -> Iterator[Part]:
        """The parts of one finding, by its place in the reading: of its rows, and of those that joined it."""
        for number, place in self._rows[index]:
            cells = self.layout.book.sheets[number].rows[place]
            if self.forms[number]:
                yield from self._of_form(number, index - self.first[number], place, cells)
            else:
                yield from self._of_finding(number, place, cells, self.mapping.sheets[number], index)

    def finding_at(self, sheet: int, row: int) -> int | None:
        """The finding to which a row of a sheet belongs, both counted from 0; nothing where it is none's."""
        numbers, uses = self.layout.book.sheets[sheet].numbers, self._uses(sheet)
        place = bisect_left(numbers, row)
        if place >= len(uses) or numbers[place] != row or uses[place] < 0:
            return None
        return uses[place] + self._shift(sheet)

    def above(self) -> Span | None:
        """From the first to the last row that stands above a table."""
        spans = [
            part.span
            for number, read in enumerate(self.read)
            for place, use in enumerate(read.uses if read is not None else ())
            if use == row_kinds.TITLE
            for part in self._furniture(number, place, self.layout.book.sheets[number].rows[place], use)
        ]
        return Span(spans[0].start, spans[-1].end) if spans else None

    @cached_property
    def _rows(self) -> list[list[tuple[int, int]]]:
        """For every finding the sheets and places of its rows."""
        rows: list[list[tuple[int, int]]] = [[] for _ in self.findings]
        for number, uses in enumerate(self._uses(number) for number in range(len(self.read))):
            for place, use in enumerate(uses):
                if use >= 0:
                    rows[use + self._shift(number)].append((number, place))
        return rows

    def _uses(self, number: int) -> Sequence[int]:
        """What every row of a sheet is; of forms, which of them it belongs to."""
        if self.forms[number]:
            starts = [form.entry.rows[0] for form in self.forms[number]]
            rows = range(len(self.layout.book.sheets[number].rows))
            return [max(0, bisect_right(starts, place) - 1) for place in rows]
        read = self.read[number]
        return read.uses if read is not None else self.joined[number] or ()

    def _shift(self, number: int) -> int:
        """By what the numbers of a sheet's entries differ from those of the findings."""
        return self.first[number] if self.read[number] is not None or self.forms[number] else 0

    def _pieces(self, *, cells: bool = True) -> Iterator[Part]:
        """All but the signs between; of an unread part ``path`` says why."""
        for number, sheet in enumerate(self.layout.book.sheets):
            mapping, read, joined = self.mapping.sheets[number], self.read[number], self.joined[number]
            if not sheet.rows:
                continue
            if self.forms[number]:
                yield from self._of_forms(number)
                continue
            if read is None and joined is None:
                end = self.layout.starts[number][-1] + len("\t".join(sheet.rows[-1]))
                yield Part(
                    PartKind.UNREAD,
                    Span(self.layout.starts[number][0], end),
                    WHY_SHEET.get(mapping.kind, WHY_SHEET[SheetKind.OTHER]),
                    "other_sheet",
                )
                continue
            uses, shift = self._uses(number), self._shift(number)
            for place, row in enumerate(sheet.rows):
                if uses[place] == row_kinds.BARE:
                    yield from self._bare(number, place, uses)
                elif uses[place] < 0:
                    yield from self._furniture(number, place, row, uses[place])
                elif cells:
                    yield from self._of_finding(number, place, row, mapping, uses[place] + shift)

    def kept_columns(self) -> Iterator[KeptColumn]:
        """The columns of findings of which nothing becomes a field, with how many cells are filled."""
        for number, sheet in enumerate(self.layout.book.sheets):
            header = self.mapping.sheets[number].header
            uses = self._uses(number)
            for column in header.columns if header is not None and uses else ():
                role = column.guess.role
                if role in _PATHS or role is Role.KEY:
                    continue
                cells = sum(
                    use >= 0
                    and column.index < len(row)
                    and bool(row[column.index].strip())
                    and not is_nothing(row[column.index])
                    for use, row in zip(uses, sheet.rows, strict=True)
                )
                if cells:
                    yield KeptColumn(number, sheet.name, column.index, column.name, role, cells)

    def _furniture(self, number: int, place: int, cells: Sequence[str], use: int) -> Iterator[Part]:
        start = self.layout.starts[number][place]
        kind, path, rule = _FURNITURE[use]
        words = "\t".join(cells)
        lead = len(words) - len(words.lstrip())
        end = start + len(words.rstrip())
        if end > start + lead:
            yield Part(kind, Span(start + lead, end), path, rule)

    def _bare(self, number: int, place: int, uses: Sequence[int]) -> Iterator[Part]:
        """Numbered rows without anything else, all that follow one another at once."""
        if place and uses[place - 1] == row_kinds.BARE:
            return
        last = place
        while last + 1 < len(uses) and uses[last + 1] == row_kinds.BARE:
            last += 1
        rows, starts = self.layout.book.sheets[number].rows, self.layout.starts[number]
        first = "\t".join(rows[place])
        start = starts[place] + len(first) - len(first.lstrip())
        yield Part(
            PartKind.UNREAD, Span(start, starts[last] + len("\t".join(rows[last]))), WHY_BARE, "bare_row"
        )

    def _of_finding(
        self, number: int, place: int, cells: Sequence[str], mapping: SheetMapping, index: int
    ) -> Iterator[Part]:
        at = self.layout.starts[number][place]
        columns = mapping.header.columns if mapping.header is not None else ()
        for column, text in enumerate(cells):
            role = columns[column].guess.role if column < len(columns) else None
            end = at + len(text)
            if text and not text.isspace():
                named = role is not Role.PERSON or not _has_leader(columns, cells)
                yield from self._cell(index, text, Span(at, end), role, is_held=named)
            at = end + 1

    def _cell(self, index: int, text: str, cell: Span, role: Role | None, *, is_held: bool) -> Iterator[Part]:
        """What a cell of a finding is; ``is_held``: no other cell holds its field."""
        finding = self.findings[index]
        if role is None:
            yield Part(PartKind.UNREAD, cell, WHY_COLUMN, "unknown_column")
        elif role in {Role.MEASURES, Role.RESULT}:
            items = finding.measures if role is Role.MEASURES else finding.actions
            yield from _items(f"findings/{index}", role, items, cell)
        elif role is Role.KEY:
            yield Part(PartKind.LABEL, cell, "table/header", "column")
        elif is_nothing(text):
            return
        elif role is Role.REMARK and None not in (finding.stated_closed, remarked_closed(text)):
            yield Part(PartKind.FIELD, cell, f"findings/{index}/stated_closed", "cell")
        elif role not in _PATHS or not is_held:
            yield Part(PartKind.UNREAD, cell, WHY_NO_FIELD, "no_field")
        else:
            rule = "row_number" if role is Role.NUMBER else "row" if role is Role.PROBLEM else "cell"
            yield Part(PartKind.FIELD, cell, f"findings/{index}/{_PATHS[role]}", rule)

    def _of_forms(self, number: int) -> Iterator[Part]:
        rows = self.layout.book.sheets[number].rows
        for place, (turn, cells) in enumerate(zip(self._uses(number), rows, strict=True)):
            yield from self._of_form(number, turn, place, cells)

    def _of_form(self, number: int, turn: int, place: int, cells: Sequence[str]) -> Iterator[Part]:
        form = self.forms[number][turn]
        at = self.layout.starts[number][place]
        for column, text in enumerate(cells):
            cell = Span(at, at + len(text))
            if text and not text.isspace():
                role = form.roles.get((place, column))
                if (place, column) in form.labels:
                    yield Part(PartKind.LABEL, cell, "table/header", "column")
                else:
                    held = role is not Role.PERSON or Role.LEADER not in form.told
                    yield from self._cell(self.first[number] + turn, text, cell, role, is_held=held)
            at = cell.end + 1


_FURNITURE: Final = {
    row_kinds.HEADER: (PartKind.LABEL, "table/header", "column"),
    row_kinds.TITLE: (PartKind.FIELD, "title", "title"),
    row_kinds.SECTION: (PartKind.LABEL, "table/header", "column"),
    row_kinds.TOTAL: (PartKind.UNREAD, WHY_TOTAL, "total_row"),
    row_kinds.NOTE: (PartKind.FIELD, "closing", "closing"),
    row_kinds.STRAY: (PartKind.UNREAD, WHY_ROW, "stray_row"),
    row_kinds.OTHER_TABLE: (PartKind.UNREAD, WHY_TABLE, "other_table"),
}


def _has_leader(columns: Sequence[object], cells: Sequence[str]) -> bool:
    return any(
        getattr(column, "guess").role is Role.LEADER and index < len(cells) and cells[index].strip()  # noqa: B009
        for index, column in enumerate(columns)
    )


def _items(path: str, role: Role, items: Sequence[Item], cell: Span) -> Iterator[Part]:
    """A cell of measures or results apart: its items, and around them what leads to them."""
    name, whole = ("measures", "measures") if role is Role.MEASURES else ("actions", "result")
    at = cell.start
    for number, item in enumerate(items):
        if not cell.start <= item.span.start < cell.end:
            continue
        if item.span.start > at:
            yield Part(PartKind.LABEL, Span(at, item.span.start), f"{path}/{name}", "label")
        yield Part(PartKind.FIELD, item.span, f"{path}/{name}/{number}", "item")
        at = item.span.end
    if at < cell.end:
        kind = PartKind.FIELD if at == cell.start else PartKind.LABEL
        yield Part(kind, Span(at, cell.end), f"{path}/{whole}", "cell" if at == cell.start else "label")
