"""Ledgers whose cells stand one per line (每格一行): tables that a page lost the lines of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from zhenggai.domain.reading import PartKind
from zhenggai.reading import patterns as re
from zhenggai.reading.interpreting import status, tables
from zhenggai.reading.interpreting.columns import Header, header_of, like
from zhenggai.reading.interpreting.dates import due_day
from zhenggai.reading.interpreting.labels import Field, column
from zhenggai.reading.interpreting.parts import WHY_FLAT, Claim, claim
from zhenggai.reading.interpreting.table_rows import Cell
from zhenggai.reading.outline_lines import Paragraph, ParagraphKind
from zhenggai.reading.outline_marks import MarkKind, mark_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhenggai.reading.interpreting.drafts import Draft

_CELL = 600
_NAME = 16
_MOST_COLUMNS = 20
_FEWEST = 3
_SURE = 4
"""Names of columns on lines one after the other that are a header even if nothing below can be read."""
_SHORT = 60
_LINES_MORE = 60
"""So many lines more than columns one row may have."""
_COUNT = re.compile(r"[(（]?(?P<n>\d{1,4})[)）]?[.．、]?")
_LISTED = re.compile(r"(?:[(（]?(?P<n>\d{1,2})[)）.．、]|(?P<c>[①-⑨]))(?!\d)\s*\S")
_NOTHING = re.compile(r"[-—–/／无]+")
_BEHIND = re.compile(r"以上|上述|备注|注|说明|填[表报]|制表|审核|联系|监督|举报|特此|请予|附件")
_ABOUT_TIME = re.compile(r"[年月日]|长期|持续|立行|立即|前|\d{4}[-./]\d")
_NAMED = frozenset({Field.LEADER, Field.PERSON, Field.LEAD_UNIT, Field.SUPPORTING, Field.ANSWERABLE})
_NAMES_MOST = 40


@dataclass(slots=True)
class Unfolded:
    """One such table: its header, the rows that are certain, and the lines that may be anything."""

    header: Header
    head: list[Paragraph]
    rows: list[list[Paragraph]] = field(default_factory=list)
    rest: list[Paragraph] = field(default_factory=list)

    @property
    def start(self) -> int:
        """Where the header begins."""
        return self.head[0].start

    @property
    def certain_end(self) -> int:
        """Where the last line ends of which it is certain what it holds."""
        return (self.rows[-1] if self.rows else self.head)[-1].end

    @property
    def end(self) -> int:
        """Where the last line of the table ends."""
        return self.rest[-1].end if self.rest else self.certain_end


def unfolded(text: str, paragraphs: Sequence[Paragraph]) -> list[Unfolded]:
    """The tables among ``paragraphs`` whose cells stand one per line."""
    result: list[Unfolded] = []
    lines = _Lines(text, paragraphs)
    place = 0
    while place < len(paragraphs):
        head = _head(text, paragraphs, place)
        names = [text[cell.start : cell.end] for cell in head]
        fields = header_of(names) if len(head) >= _FEWEST else []
        place += max(1, len(head))
        if not fields:
            continue
        table = Unfolded(Header(fields, names), head)
        end = lines.fill(table, place)
        if table.rows or table.rest:
            result.append(table)
            place = end
    return result


def _head(text: str, paragraphs: Sequence[Paragraph], place: int) -> list[Paragraph]:
    """The lines from ``place`` on that name columns; behind 序号 all of them up to the number 1."""
    lines = paragraphs[place : place + _MOST_COLUMNS]
    head: list[Paragraph] = []
    for line in lines:
        name = text[line.start : line.end]
        if line.kind is not ParagraphKind.PROSE or line.end - line.start > _NAME:
            break
        if column(name) is None and (not head or like(name) not in {Field.ANSWERABLE, Field.REASON}):
            break
        head.append(line)
    if not head or column(text[head[0].start : head[0].end]) is not Field.NUMBER:
        return head
    for number, line in enumerate(lines):
        if line.kind is not ParagraphKind.PROSE or line.end - line.start > _NAME:
            break
        if _count(text, line) == 1:
            return list(lines[:number])
    return head


def _count(text: str, line: Paragraph) -> int | None:
    found = _COUNT.fullmatch(text, line.start, line.end)
    return int(found["n"]) if found else None


class _Lines:
    """The lines of a text from which the rows of a table are put together."""

    def __init__(self, text: str, lines: Sequence[Paragraph]) -> None:
        self.text = text
        self.lines = lines
        self.stop = 0
        self.looked_from = self.behind = 0

    def fill(self, table: Unfolded, place: int) -> int:
        """Give ``table`` its rows from the lines at ``place`` on; returns the place behind them."""
        fields = table.header.fields
        stop = self._stop(place)
        lost = fields[0] is Field.NUMBER and place < stop and _count(self.text, self.lines[place]) != 1
        if lost:
            table.header = Header(fields[1:], table.header.names[1:])
            fields = table.header.fields
        whole = lost and (self._behind(place, stop) - place) % len(fields) == 0
        counted = fields[0] is Field.NUMBER
        while place < stop:
            row = self._counted_row(table, place, stop) if counted else self._told_row(table, place, stop)
            if row is None and whole:
                row = self._whole_row(table, place, stop)
            if row is None:
                break
            table.rows.append(row)
            while place < stop and self.lines[place].start < row[-1].end:
                place += 1
        if not counted and len(table.rows) == 1 and not self._ends(place, stop):
            place -= len(table.rows.pop())
        end = stop if not table.rows or (counted and self._goes_on(table, place)) else place
        end = self._behind(end, stop)
        if table.rows or len(table.head) >= _SURE:
            table.rest = list(self.lines[place:end])
        return end

    def _stop(self, place: int) -> int:
        """The place of the next line that no cell can be."""
        if place < self.stop:
            return self.stop
        while place < len(self.lines):
            line = self.lines[place]
            mark = mark_at(self.text, line.start, line.end)
            if line.kind is not ParagraphKind.PROSE or line.end - line.start > _CELL:
                break
            if mark is not None and mark.kind <= MarkKind.CHINESE_BRACKET and mark.end < line.end:
                break
            place += 1
        self.stop = place
        return place

    def _is_prose(self, line: Paragraph) -> bool:
        """Whether a line behind the rows goes on with the text rather than with cells."""
        words = self.text[line.start : line.end]
        if _BEHIND.match(words) or ":" in words or "：" in words:
            return True
        return len(words) > _SHORT or words.endswith("。")

    def _ends(self, place: int, stop: int) -> bool:
        return place >= stop or self._is_prose(self.lines[place])

    def _goes_on(self, table: Unfolded, place: int) -> bool:
        """Whether the line at ``place`` counts the next row, which could not be told."""
        return place < len(self.lines) and _count(self.text, self.lines[place]) == len(table.rows) + 1

    def _counted_row(self, table: Unfolded, place: int, stop: int) -> list[Paragraph] | None:
        """The row whose number stands at ``place``: up to the next number, or as far as its cells tell."""
        number, width = len(table.rows) + 1, len(table.header.fields)
        if _count(self.text, self.lines[place]) != number:
            return None
        behind, stop = place + width, min(stop, place + width + _LINES_MORE)
        if behind < stop and _count(self.text, self.lines[behind]) == number + 1:
            return list(self.lines[place:behind])
        following = next(
            (at for at in range(place + 1, stop) if _count(self.text, self.lines[at]) == number + 1), None
        )
        if following is not None:
            row = self._joined(place, following)
            return row if len(row) == width and self._fits(table, row) is not False else None
        row = self._joined(place, stop)
        if len(row) == width:
            return row if self._fits(table, row) is not False else None
        if len(row) < width:
            return None
        told = self._fits(table, row[:width])
        return row[:width] if told or (told is None and self._is_prose(row[width])) else None

    def _told_row(self, table: Unfolded, place: int, stop: int) -> list[Paragraph] | None:
        """A row without a number: as many lines as there are columns, told by a deadline or a status."""
        width = len(table.header.fields)
        row = list(self.lines[place : place + width])
        return row if place + width <= stop and self._fits(table, row) else None

    def _whole_row(self, table: Unfolded, place: int, stop: int) -> list[Paragraph] | None:
        """A row that nothing tells, of a table that lost its numbers and has whole rows only."""
        width = len(table.header.fields)
        row = list(self.lines[place : place + width])
        fits = place + width <= stop and not self._is_prose(row[0]) and self._fits(table, row) is not False
        return row if fits else None

    def _behind(self, place: int, stop: int) -> int:
        """The place of the line behind the table that goes on with the text, else ``stop``."""
        if not self.looked_from <= place <= self.behind <= stop:
            self.looked_from = place
            self.behind = next((at for at in range(place, stop) if self._is_prose(self.lines[at])), stop)
        return self.behind

    def _joined(self, place: int, stop: int) -> list[Paragraph]:
        """The lines of ``[place, stop)`` with those that count the items of one cell as one."""
        row: list[Paragraph] = []
        counted = 0
        for line in self.lines[place:stop]:
            found = _LISTED.match(self.text, line.start, line.end)
            count = 0
            if found is not None and row:
                count = int(found["n"]) if found["n"] else ord(found["c"]) - 0x245F
            if count > 1 and count == counted + 1:
                row[-1] = row[-1]._replace(end=line.end)
            else:
                row.append(line)
            counted = count if count in {1, counted + 1} else 0
        return row

    def _fits(self, table: Unfolded, row: Sequence[Paragraph]) -> bool | None:
        """Whether the cells of ``row`` are what their columns want; null where nothing tells."""
        told: bool | None = None
        for line, kind in zip(row, table.header.fields, strict=True):
            words = self.text[line.start : line.end]
            if _NOTHING.fullmatch(words):
                continue
            if kind in _NAMED and (len(words) > _NAMES_MOST or _LISTED.match(words)):
                return False
            if kind is Field.DUE:
                said = due_day(words) is not None or status.stated(words).nature is not None
                if not (said or _ABOUT_TIME.search(words)) or len(words) > _NAMES_MOST:
                    return False
                told = told or said or None
            if kind is Field.STATUS:
                if len(words) > _NAMES_MOST:
                    return False
                told = told or status.is_said(words) or None
            if kind is Field.RESULT:
                told = told or status.is_status(words) or None
        return told


def read_unfolded(text: str, table: Unfolded) -> list[Draft]:
    """Findings of a table whose cells stand one per line."""
    ledger = tables.Ledger()
    state = tables.State()
    for row in table.rows:
        span = Paragraph(row[0].start, row[-1].end)
        cells = [Cell(cell.start, cell.end) for cell in row]
        tables.take(text, span, cells, table.header, state, ledger)
    return ledger.drafts


def claims_of(table: Unfolded, closing: int) -> list[Claim]:
    """What of ``table`` was read and what could not be told, before the closing lines begin."""
    claims: list[Claim] = []
    rest = [line for line in table.rest if line.end <= closing]
    if rest:
        begin = table.certain_end if table.rows else table.start
        claims.append(claim(begin, rest[-1].end, PartKind.UNREAD, WHY_FLAT, "flat_table"))
    if table.rows or not rest:
        header = (
            claim(cell.start, cell.end, PartKind.LABEL, "table/header", "column") for cell in table.head
        )
        claims.extend(header)
    return claims
