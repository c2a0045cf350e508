"""The sheets of a workbook beside its draft (表格原件): a grid with letters and numbers, and nothing runs."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from zhenggai.domain.spans import Span
from zhenggai.intake.grid import Cell, GridRow
from zhenggai.reading.workbook.grid import column_letters

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from zhenggai.intake.book_selectors import Asked
    from zhenggai.intake.grid import GridWindow, Reach
    from zhenggai.web.intake.marks import Mark

COLUMNS_MOST: Final = 300
"""Columns that are shown; what stands further right is told by its number."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What of a stretch is pointed out: marks of the draft, the place or cells asked for, rows of names.

    ``numbers`` names the place of a finding in the list; ``words`` is what stands in a cell for who looks.
    """

    marks: Sequence[Mark] = ()
    chosen: Span | None = None
    asked: Asked | None = None
    numbers: Mapping[str, int] = field(default_factory=dict)
    header: Sequence[GridRow] = ()
    issues: Mapping[tuple[int, int], tuple[bool, str]] = field(default_factory=dict)
    """Cells that break a rule, by row and column: whether it is only a question, and the sentences."""
    words: Callable[[Span, str], str] = lambda _span, text: text


def grid_markup(window: GridWindow, shown: Shown) -> SafeString:
    """The rows of a stretch as a table; ``data-at`` of a cell is its place in the text. All is escaped."""
    return _Writer(window, shown).table()


class _Writer:
    def __init__(self, window: GridWindow, shown: Shown) -> None:
        self.window = window
        self.shown = shown
        header = [row for row in shown.header if row.number < window.rows[0].number]
        self.rows = (*header, *window.rows)
        self.headers = {row.number for row in shown.header}
        widest = max(len(row.cells) for row in self.rows)
        reach = max((min(one.merged.right + 1, widest + 10) for one in window.merged), default=0)
        self.width = min(max(widest, reach), COLUMNS_MOST)
        self.tops, self.covered = _merged(window, self.width)
        self.findings = [mark for mark in shown.marks if mark.kind == "finding"]
        self.fields = sorted(
            (mark for mark in shown.marks if mark.kind != "finding"), key=lambda mark: mark.place.start
        )
        self.starts = [mark.place.start for mark in self.fields]
        self.longest = max((mark.place.end - mark.place.start for mark in self.fields), default=0)
        self.targeted = False
        # how far to the right a row has cells of its own, beyond those that hold something
        self.last: dict[int, int] = {}
        for number, column in (*self.tops, *self.covered, *shown.issues):
            self.last[number] = max(column, self.last.get(number, -1))

    def table(self) -> SafeString:
        heads = ((self._letter(column),) for column in range(self.width))
        rows = ((self._row(row),) for row in self.rows)
        return format_html(
            '<table class="sheet-grid"><thead><tr><td class="grid-corner"></td>{}</tr></thead>'
            "<tbody>{}</tbody></table>",
            format_html_join("", "{}", heads),
            format_html_join("\n", "{}", rows),
        )

    def _letter(self, column: int) -> SafeString:
        if column in self.window.hidden_columns:
            return format_html(
                '<th scope="col" class="is-hidden" title="{}">{}</th>',
                _("hidden in the workbook"),
                column_letters(column),
            )
        return format_html('<th scope="col">{}</th>', column_letters(column))

    def _row(self, row: GridRow) -> SafeString:
        hidden = row.number in self.window.hidden_rows
        classes = " ".join(
            name
            for name, holds in (("is-hidden", hidden), ("grid-header", row.number in self.headers))
            if holds
        )
        begun = [mark for mark in self.findings if row.start <= mark.place.start <= row.end]
        pairs = (
            (mark.field, self.shown.numbers[mark.field]) for mark in begun if mark.field in self.shown.numbers
        )
        return format_html(
            '<tr class="{}"><th scope="row"{}>{}{}</th>{}</tr>',
            classes,
            format_html(' title="{}"', _("hidden in the workbook")) if hidden else "",
            row.number + 1,
            format_html_join(
                "", '<a class="to-finding" href="#{0}" data-virtual data-to="{0}">{1}</a>', pairs
            ),
            format_html_join("", "{}", ((cell,) for cell in self._cells(row))),
        )

    def _cells(self, row: GridRow) -> Iterator[SafeString]:
        spans = list(row.spans())
        for column in range(self.width):
            if (row.number, column) in self.covered:
                continue
            if column < len(spans):
                yield self._cell(row, column, spans[column])
            elif (row.number, column) in self.tops:
                yield self._cell(row, column, None)
            elif column == len(spans) and not self._has_more(row, column):
                left = self.width - column
                yield self._blank(row, column, left)
                break
            else:
                yield self._blank(row, column, 1)
        if len(spans) > self.width:
            more = len(spans) - self.width
            yield format_html(
                '<td class="grid-more">{}</td>', _("and %(count)s more columns") % {"count": more}
            )

    def _has_more(self, row: GridRow, column: int) -> bool:
        """Whether a cell further right needs a place of its own: a merged one, or one that is asked for."""
        asked = self.shown.asked
        if (
            asked is not None
            and asked.sheet == self.window.sheet
            and asked.cells.top <= row.number <= asked.cells.bottom
        ):
            return True
        return self.last.get(row.number, -1) >= column

    def _blank(self, row: GridRow, column: int, span: int) -> SafeString:
        across = format_html(' colspan="{}"', span) if span > 1 else ""
        if span == 1 and (self._is_asked(row.number, column) or (row.number, column) in self.shown.issues):
            return self._cell(row, column, None)
        return format_html("<td{}></td>", across)

    def _cell(self, row: GridRow, column: int, place: Span | None) -> SafeString:
        down, across, reach = self.tops.get((row.number, column), (1, 1, None))
        size = format_html(
            "{}{}",
            format_html(' rowspan="{}"', down) if down > 1 else "",
            format_html(' colspan="{}"', across) if across > 1 else "",
        )
        here = self._is_asked(row.number, column)
        issue = self.shown.issues.get((row.number, column))
        names = [name for name, holds in (("is-here", here), ("is-merged", down > 1 or across > 1)) if holds]
        if issue is not None:
            names.append("has-question" if issue[0] else "has-error")
            size += format_html(' title="{}"', issue[1])
        text = row.cells[column] if place is not None else ""
        target = self._target() if here else SafeString("")
        if reach is not None and reach.text:
            # what begins above these rows is shown again, and is no text of them
            text_above = self.shown.words(Span(0, 0), reach.text)
            return format_html(
                '<td class="{}"{}>{}<div class="cell is-above" data-virtual>{}</div></td>',
                " ".join(names), size, target, text_above,
            )  # fmt: skip
        if place is None or not text:
            return format_html('<td class="{}"{}>{}</td>', " ".join(names), size, target)
        return format_html(
            '<td class="{}"{}>{}<div class="cell" data-at="{}" data-cell="{}">{}</div></td>',
            " ".join(names), size, target, place.start, Cell(0, row.number, column).address,
            self._pieces(place, self.shown.words(place, text)),
        )  # fmt: skip

    def _is_asked(self, row: int, column: int) -> bool:
        asked = self.shown.asked
        return asked is not None and asked.holds(Cell(self.window.sheet, row, column))

    def _target(self) -> SafeString:
        """Where the page scrolls to, once."""
        if self.targeted:
            return SafeString("")
        self.targeted = True
        return SafeString('<span id="place" tabindex="-1"></span>')

    def _pieces(self, place: Span, text: str) -> SafeString:
        """The text of a cell, cut where marks and the chosen place begin and end in it."""
        first = bisect_left(self.starts, place.start - self.longest)
        last = bisect_left(self.starts, place.end)
        marks = [mark for mark in self.fields[first:last] if mark.place.end > place.start]
        chosen = self.shown.chosen
        borders = {place.start, place.end}
        for span in (*(mark.place for mark in marks), *([chosen] if chosen else ())):
            borders.update(at for at in span if place.start < at < place.end)
        ordered = sorted(borders)
        return format_html_join(
            "",
            "{}",
            (
                (self._piece(Span(start, end), text[start - place.start : end - place.start], marks),)
                for start, end in pairwise(ordered)
            ),
        )

    def _piece(self, span: Span, text: str, marks: Sequence[Mark]) -> SafeString:
        chosen = self.shown.chosen
        here = chosen is not None and chosen.start <= span.start < chosen.end
        target = self._target() if here else SafeString("")
        over = [mark for mark in marks if mark.place.start <= span.start < mark.place.end]
        mark = min(over, key=lambda one: one.place.end - one.place.start, default=None)
        finding = next((one.finding for one in over if one.finding), "") or self._finding_at(span.start)
        if mark is None and not here and not finding:
            return format_html("{}", text)
        return format_html(
            '<span class="place{}{}"{}>{}{}</span>',
            f" place-{mark.kind}" if mark is not None else "",
            " is-here" if here else "",
            format_html(
                ' data-for="{}" data-in="{}" data-span="{}-{}"',
                mark.field if mark is not None else finding,
                finding,
                *(mark.restored if mark is not None else span),
            )
            if mark is not None or finding
            else "",
            target,
            text,
        )

    def _finding_at(self, place: int) -> str:
        return next((mark.field for mark in self.findings if mark.place.start <= place < mark.place.end), "")


def _merged(
    window: GridWindow, width: int
) -> tuple[dict[tuple[int, int], tuple[int, int, Reach | None]], set[tuple[int, int]]]:
    """Merged ranges by their first cell in a stretch, with how far they reach, and the cells they cover."""
    tops: dict[tuple[int, int], tuple[int, int, Reach | None]] = {}
    covered: set[tuple[int, int]] = set()
    numbers = [row.number for row in window.rows]
    for one in window.merged:
        top, left, bottom, right = one.merged
        rows = [number for number in numbers if top <= number <= bottom]
        columns = range(left, min(right + 1, width))
        cells = [(number, column) for number in rows for column in columns]
        if not cells or any(cell in covered or cell in tops for cell in cells):
            continue
        tops[cells[0]] = (len(rows), len(columns), one if rows[0] != top else None)
        covered.update(cells[1:])
    return tops, covered
