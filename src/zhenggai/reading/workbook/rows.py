"""The rows of a ledger (台账行): which begin a finding, which go on with it, which are furniture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zhenggai.reading import patterns as re
from zhenggai.reading.interpreting.table_rows import number_printed
from zhenggai.reading.outline_marks import mark_at
from zhenggai.reading.workbook.asides import Aside, aside_of
from zhenggai.reading.workbook.cell_words import is_ditto
from zhenggai.reading.workbook.entries import Entry, Rows
from zhenggai.reading.workbook.grid import ERRORS
from zhenggai.reading.workbook.header import header_below, is_same_table
from zhenggai.reading.workbook.own_books import key_column
from zhenggai.reading.workbook.roles import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhenggai.reading.outline_marks import Mark
    from zhenggai.reading.workbook.grid import Sheet
    from zhenggai.reading.workbook.header import Header
    from zhenggai.reading.workbook.mapping import SheetMapping

HEADER: Final = -1
TITLE: Final = -2
SECTION: Final = -3
TOTAL: Final = -4
NOTE: Final = -5
STRAY: Final = -6
OTHER_TABLE: Final = -7
BARE: Final = -8
"""What a row is that belongs to no finding; one that does has the number of its finding.

A bare row holds a number and nothing else: rows that were numbered beforehand and never filled in.
"""
_THEME: Final = re.compile(
    r".{2,30}(?:方面|领域|类问题)(?:(?:存在)?的?(?:主要|突出)?问题)?(?:[(（].{1,14}[)）])?\s*[:：]?"
)
_OF_SECTION: Final = re.compile(
    r"[(（]共?(?:[一二三四五六七八九十]{1,3}|\d{1,3})[个项条](?:问题)?[)）]\s*[:：]?\Z"
)
"""How many findings stand below a section (（2个）), which is no part of its name."""
_PROBLEM_LEAST: Final = 6
_NUMBER: Final = re.compile(r"\d{1,7}(?:[.-]\d{1,7}){0,3}")
_DAY: Final = re.compile(r"(?:19|20)\d\d-(\d\d)-(\d\d)")
_MERGED_MOST: Final = 4_000_000
"""Cells below merged ones that are looked at in one sheet."""


def read_rows(sheet: Sheet, mapping: SheetMapping) -> Rows:
    """Find the findings among the rows of a sheet (台账分行)."""
    return _Reader(sheet, mapping).read()


def down_of(sheet: Sheet) -> dict[int, dict[int, int]]:
    """For every column the rows below the first one of a merged cell, with the row of that first one."""
    down: dict[int, dict[int, int]] = {}
    left = _MERGED_MOST
    for one in sheet.merged:
        left -= one.bottom - one.top
        if one.bottom > one.top and left > 0:
            column = down.setdefault(one.left, {})
            for row in range(one.top + 1, one.bottom + 1):
                column[row] = one.top
    return down


def typed_as(number: str) -> str | None:
    """What was typed as a number (1-2) where the program made a day of it, else none (序号变日期)."""
    day = _DAY.fullmatch(number)
    return f"{int(day[1])}-{int(day[2])}" if day is not None else None


class _Reader:
    def __init__(self, sheet: Sheet, mapping: SheetMapping) -> None:
        assert mapping.header is not None  # noqa: S101 - sheets without a header are not read
        self.sheet = sheet
        self.header = mapping.header
        self.width = len(mapping.header.columns)
        self.down = down_of(sheet)
        self.place_of_row = {row: place for place, row in enumerate(sheet.numbers)}
        first = {role: columns[0].index for role in Role if (columns := mapping.columns_of(role))}
        self.problem = first.get(Role.PROBLEM, -1)
        self.detail = first.get(Role.DETAIL, -1)
        self.number = first.get(Role.NUMBER, -1)
        self.theme = first.get(Role.THEME, -1)
        self.group = first.get(Role.GROUP, -1)
        self.organisation = first.get(Role.ORGANISATION, -1)
        self.key = key_column(mapping.header)
        self.told = [column.index for column in mapping.columns_of(*_TELLING)]
        self.worded = {column.index for column in mapping.columns_of(*_WORDED)}
        self.signed = -1
        self.names = [self._names(index) for index in range(self.width)]
        self.titles = {_only(row) for row in sheet.rows[: self.header.place]} - {""}
        self.carried: dict[int, str] = {}
        self.section: Mark | None = None
        self.entries: list[Entry] = []
        self.unnamed: list[int] = []
        self.tables: list[int] = []
        self.as_above: list[int] = []
        self.is_other = False
        self.named_until = self.header.last

    def _names(self, index: int) -> set[str]:
        rows = self.sheet.rows[self.header.place : self.header.last + 1]
        return {row[index].strip() for row in rows if index < len(row)} - {""}

    def read(self) -> Rows:
        header = self.header
        uses = [TITLE] * header.place + [HEADER] * (header.last + 1 - header.place)
        for place in range(header.last + 1, len(self.sheet.rows)):
            uses.append(self._row(place, self.sheet.rows[place]))
        return Rows(self.entries, uses, self.unnamed, self.tables, self.as_above)

    def _row(self, place: int, cells: Sequence[str]) -> int:
        if self._is_plain(cells):
            return self._of_finding(place, cells, cells[self.problem])
        first = next((index for index, text in enumerate(cells) if text and not text.isspace()), -1)
        if first < 0:
            return NOTE
        named = self._names_columns(place, cells, first)
        if named or self.is_other:
            return named or OTHER_TABLE
        lead = cells[first]
        aside = aside_of(cells, first, self.problem)
        if aside is not None:
            return TOTAL if aside is Aside.TOTAL else NOTE
        if lead.strip() in self.titles and _only(cells) == lead.strip():
            return TITLE
        problem = cells[self.problem] if 0 <= self.problem < len(cells) else ""
        if self._is_section(place, cells, first, problem):
            return SECTION
        return self._of_finding(place, cells, problem)

    def _is_plain(self, cells: Sequence[str]) -> bool:
        """Whether a row has a counted number, a problem and more: it is no name, title, total or theme."""
        if self.is_other or not self.told or not 0 <= self.number < len(cells) > self.problem >= 0:
            return False
        if not cells[self.number].isdecimal() or len(cells[self.problem]) < _PROBLEM_LEAST:
            return False
        return not any(cells[: self.number]) and any(cells[at] for at in self.told if at < len(cells))

    def _of_finding(self, place: int, cells: Sequence[str], problem: str) -> int:
        """A row that begins a finding, goes on with one, or says nothing of any."""
        self._carry(cells)
        if self.entries and self._goes_on(place, cells, problem.strip()):
            return self._more(place)
        if not problem or problem.isspace():
            return self._without_problem(place, cells)
        if is_ditto(problem) and not self._has_key(cells):
            return self._as_above(place, cells)
        return self._begin(place, cells, problem, (place, self.problem))

    def _goes_on(self, place: int, cells: Sequence[str], problem: str) -> bool:
        """Whether number and problem of the row above are filled in once more, beside another measure.

        A row that says word for word what the one above says is there twice, and goes on with nothing.
        """
        above = self.entries[-1]
        if self.problem < 0 or problem not in {"", above.title} or self._has_key(cells):
            return False
        if self._printed(cells) != above.number or above.rows[-1] != place - 1:
            return False
        return not self.told or self._values(cells) != self._values(self.sheet.rows[place - 1])

    def _values(self, cells: Sequence[str]) -> list[str]:
        return [cells[index].strip() if index < len(cells) else "" for index in self.told]

    def _names_columns(self, place: int, cells: Sequence[str], first: int) -> int:
        """What a row is that names columns once more, of this table or another; 0 for any other row."""
        if place <= self.named_until:
            return HEADER
        if first < self.width and cells[first].strip() in self.names[first] and self._is_header(cells):
            self.is_other = False
            return HEADER
        below = header_below(self.sheet, place) if self.entries else None
        return 0 if below is None else self._named_below(place, below)

    def _named_below(self, place: int, below: Header) -> int:
        """Names of columns once more: of a page that has them in other words, or of another table."""
        self.is_other = not is_same_table(self.header, below)
        if self.is_other:
            self.tables.append(place)
            return OTHER_TABLE
        self.named_until = below.last
        return HEADER

    def _is_header(self, cells: Sequence[str]) -> bool:
        said = [(index, text.strip()) for index, text in enumerate(cells) if text.strip()]
        return len(said) > 1 and all(index < self.width and text in self.names[index] for index, text in said)

    def _is_section(self, place: int, cells: Sequence[str], first: int, problem: str) -> bool:
        """Take a row that names the field of work of the rows below it (一、党的领导方面)."""
        filled = [index for index, text in enumerate(cells) if text and not text.isspace()]
        words = cells[first].strip()
        row = self.sheet.numbers[place]
        if len(filled) == 1:
            across = (
                any(
                    one.top <= row <= one.bottom
                    and one.left == first
                    and (one.right - one.left + 1) * 2 >= self.width
                    for one in self.sheet.merged
                )
                if self.sheet.merged
                else False
            )
            numbered = mark_at(words, 0, len(words))
            named = _THEME.fullmatch(words[numbered.end :] if numbered else words) is not None
            if not (across or (named and first != self.theme) or (numbered and first != self.problem)):
                return False
            if across and not named and len(words) > _SECTION_MOST:
                return False
        elif self.told and filled == [self.number, self.problem] and _THEME.fullmatch(problem.strip()):
            words = problem.strip()
        else:
            return False
        mark = mark_at(words, 0, len(words))
        title = _OF_SECTION.sub("", (words[mark.end :] if mark else words).strip(" \u3000:："))
        if not title:
            return False
        self.carried.pop(self.group, None)
        self.carried.pop(_SECTION_GROUP, None)
        above = self.section
        if above is not None and mark is not None and above.kind < mark.kind:
            self.carried[_SECTION_GROUP] = title
        else:
            self.section = mark
            self.carried[_SECTION_THEME] = title
        return True

    def _carry(self, cells: Sequence[str]) -> None:
        if self._has_key(cells):
            # what the ledger wrote says all of itself in every row: an empty cell is no theme
            for index in (self.theme, self.group, self.organisation):
                self.carried.pop(index, None)
        for index in (self.theme, self.group, self.organisation):
            if 0 <= index < len(cells) and cells[index].strip() not in _UNSAID and not is_ditto(cells[index]):
                words = cells[index].strip()
                if index == self.theme and self.carried.get(index) != words:
                    self.carried.pop(self.group, None)
                self.carried[index] = words

    def _printed(self, cells: Sequence[str]) -> str:
        """The number of a row; what the ledger wrote is it as it stands."""
        if not 0 <= self.number < len(cells):
            return ""
        printed = cells[self.number].strip()
        if self._has_key(cells) or printed in ERRORS:
            return printed if printed not in ERRORS else ""
        typed = typed_as(printed)
        return typed if typed is not None else number_printed(cells[self.number])

    def _has_key(self, cells: Sequence[str]) -> bool:
        return 0 <= self.key < len(cells) and bool(cells[self.key].strip())

    def _begin(self, place: int, cells: Sequence[str], problem: str, at: tuple[int, int]) -> int:
        printed = self._printed(cells)
        lent = False
        row = self.sheet.numbers[place]
        if not printed and self.number >= 0 and (top := self.down.get(self.number, {}).get(row)) is not None:
            printed, lent = number_printed(self.sheet.text(top, self.number)), True
        title = problem.strip()
        if not printed and self.number < 0 and (mark := mark_at(title, 0, len(title))) is not None:
            printed, title = (mark.number, title[mark.end :]) if mark.end < len(title) else ("", title)
        entry = Entry(
            printed or None,
            title,
            at,
            [place],
            self.carried.get(self.theme) or self.carried.get(_SECTION_THEME),
            self.carried.get(self.group) or self.carried.get(_SECTION_GROUP),
            self.carried.get(self.organisation),
            number_lent=lent,
        )
        self.entries.append(entry)
        return len(self.entries) - 1

    def _as_above(self, place: int, cells: Sequence[str]) -> int:
        """A row whose problem is that of the row above (同上): it goes on with it, unless it is numbered."""
        if not self.entries:
            self.unnamed.append(place)
            return STRAY
        above = self.entries[-1]
        if not self._printed(cells):
            return self._more(place)
        made = self._begin(place, cells, above.title, above.at)
        self.entries[made].shares = True
        self.as_above.append(place)
        return made

    def _without_problem(self, place: int, cells: Sequence[str]) -> int:
        row = self.sheet.numbers[place]
        printed = cells[self.number].strip() if 0 <= self.number < len(cells) else ""
        if self.problem < 0:
            return self._of_list(place, cells, printed)
        detail = cells[self.detail].strip() if 0 <= self.detail < len(cells) else ""
        top = self.down.get(self.problem, {}).get(row)
        above = self.place_of_row.get(top) if top is not None else None
        if above is not None and self.entries:
            if not printed:
                return self._more(place)
            return self._shared(place, cells, above, detail)
        if detail and printed:
            return self._begin(place, cells, detail, (place, self.detail))
        values = any(index < len(cells) and cells[index].strip() for index in self.told)
        if not (values or detail):
            return BARE if _NUMBER.fullmatch(printed) and _only(cells) else STRAY
        if printed or not self.entries or (self.number < 0 and self._is_whole(cells)):
            self.unnamed.append(place)
            return STRAY
        return NOTE if self._signs(place, cells) else self._more(place)

    def _signs(self, place: int, cells: Sequence[str]) -> bool:
        """Whether a row only names a body or a day below the table (落款), of which no finding says more.

        An empty row stands above it, or its one cell is merged over columns that hold different things.
        """
        row = self.sheet.numbers[place]
        said = [index for index, text in enumerate(cells) if text.strip()]
        if any(index in self.worded for index in said):
            return False
        if row != self.sheet.numbers[place - 1] + 1 or self.signed == place - 1:
            self.signed = place
            return True
        return len(said) == 1 and any(
            one.top <= row <= one.bottom and one.left == said[0] < one.right for one in self.sheet.merged
        )

    def _of_list(self, place: int, cells: Sequence[str], printed: str) -> int:
        """A row of a list of tasks or of who answers, which joins the ledger by its numbers."""
        if printed:
            return self._begin(place, cells, "", (place, self.number))
        return self._more(place) if self.entries else STRAY

    def _is_whole(self, cells: Sequence[str]) -> bool:
        """Whether a row without a problem, in a sheet without numbers, says as much as a finding does."""
        before = self.sheet.rows[self.entries[-1].rows[0]]
        had = [index for index in self.told if index < len(before) and before[index].strip()]
        has = [index for index in had if index < len(cells) and cells[index].strip()]
        return len(had) > 2 and has == had

    def _more(self, place: int) -> int:
        self.entries[-1].rows.append(place)
        return len(self.entries) - 1

    def _shared(self, place: int, cells: Sequence[str], above: int, detail: str) -> int:
        """A number of its own beside a problem merged down to it: details are problems of their own."""
        problem = self.sheet.rows[above][self.problem]
        first = next((one for one in reversed(self.entries) if one.rows[0] == above), None)
        if detail:
            if first is not None and not first.shares:
                own = self.sheet.rows[above]
                named = own[self.detail].strip() if self.detail < len(own) else ""
                first.group, first.shares = problem.strip(), True
                first.title, first.at = (named, (above, self.detail)) if named else (first.title, first.at)
            made = self._begin(place, cells, detail, (place, self.detail))
            self.entries[made].group = problem.strip()
        else:
            made = self._begin(place, cells, problem, (above, self.problem))
            if first is not None:
                first.shares = True
        self.entries[made].shares = True
        return made


_TELLING: Final = (
    Role.MEASURES, Role.RESULT, Role.STATUS, Role.CLOSED, Role.CLOSED_ON, Role.LEADER, Role.PERSON,
    Role.LEAD_UNIT, Role.SUPPORTING, Role.ANSWERABLE, Role.DUE, Role.DONE_ON, Role.START, Role.NATURE,
    Role.AMOUNT, Role.GOAL,
)  # fmt: skip
_WORDED: Final = (Role.MEASURES, Role.RESULT, Role.DETAIL, Role.GOAL, Role.STATUS, Role.CLOSED)
_UNSAID: Final = ERRORS | {""}
_SECTION_THEME: Final = -9
_SECTION_GROUP: Final = -10
_SECTION_MOST: Final = 40


def _only(cells: Sequence[str]) -> str:
    """The one text of a row that holds no other; empty where it holds several."""
    said = {text.strip() for text in cells} - {""}
    return said.pop() if len(said) == 1 else ""
