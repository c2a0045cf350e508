"""What must hold of one finding of a ledger (逐条校验): words, days, people, amounts, and that they agree."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Protocol

from zhenggai.domain.reading import StatedNature, StatedProgress
from zhenggai.reading import patterns as re
from zhenggai.reading.interpreting import status
from zhenggai.reading.interpreting.closed_words import closed_of, said_closed
from zhenggai.reading.interpreting.dates import day as calendar_day
from zhenggai.reading.workbook.days import due_of
from zhenggai.reading.workbook.grid import ERRORS
from zhenggai.reading.workbook.money import yuan_of
from zhenggai.reading.workbook.roles import Role, folded

if TYPE_CHECKING:
    from datetime import date

    from zhenggai.domain.reading import ReadFinding
    from zhenggai.reading.workbook.entries import Entry
    from zhenggai.reading.workbook.mapping import SheetMapping
    from zhenggai.reading.workbook.values import Told, Value


class _Finds(Protocol):
    @property
    def count(self) -> int: ...

    def add(self, code: str, place: int, column: int, *, until: int | None = None, **words: Any) -> None: ...


_FAULTS = {
    "impossible": "date_impossible",
    "unread": "date_unreadable",
    "no_year": "date_without_year",
    "far": "date_far",
}
_DAYS = (Role.FOUND_ON, Role.START, Role.DUE, Role.DONE_ON, Role.CLOSED_ON)
_OPEN = frozenset({StatedProgress.NOT_STARTED, StatedProgress.IN_PROGRESS})
_WITHOUT_DUE = frozenset({StatedNature.IMMEDIATE, StatedNature.LONG_TERM})
_STRETCH = re.compile(
    r"(?P<y1>\d{4})[年./-](?P<m1>\d{1,2})(?:[月./-](?P<d1>\d{1,2}))?日?月?\s*(?:至|到|[—–~～－-]{1,2})\s*"
    r"(?P<y2>\d{4})[年./-](?P<m2>\d{1,2})(?:[月./-](?P<d2>\d{1,2}))?"
)
_KINDS = re.compile(r"类型|类别|时限")
_PROSE_LEAST = 24


class EntryChecks:
    """The checks of the findings of one sheet."""

    def __init__(
        self, mapping: SheetMapping, finds: _Finds, *, since_1904: bool, told_on: date | None
    ) -> None:
        self.finds = finds
        self.since_1904 = since_1904
        self.told_on = told_on
        self.columns = {role: columns for role in Role if (columns := mapping.columns_of(role))}
        self.names = {column.index: column.name for columns in self.columns.values() for column in columns}
        self.unknown: dict[tuple[str, int], list[Value]] = defaultdict(list)
        self.known: dict[tuple[str, int], int] = defaultdict(int)
        self.just_known: list[tuple[str, int]] = []
        self.is_clean = True

    def check(self, entry: Entry, told: Told, finding: ReadFinding) -> tuple[tuple[str, int], ...] | None:
        """All checks of one finding; gives the words that were known, or nothing where something is wrong."""
        self.is_clean = True
        self.just_known = []
        before = self.finds.count
        self._checked(entry, told, finding)
        return tuple(self.just_known) if self.is_clean and self.finds.count == before else None

    def count(self, known: tuple[tuple[str, int], ...]) -> None:
        """Count words that are known, of a finding that says what one above says."""
        for key in known:
            self.known[key] += 1

    def _checked(self, entry: Entry, told: Told, finding: ReadFinding) -> None:
        self._words(told)
        days = self._days(told)
        self._order(days)
        self._closing(entry, told, days)
        self._missing(entry, told, finding)
        self._amounts(told)

    def end(self) -> None:
        """What is told of words only when the whole column is known: prose is no list of unknown statuses."""
        for (code, column), values in self.unknown.items():
            known = self.known[(code, column)]
            if len(values) > known and (
                code == "unknown_nature" or all(len(value.text) >= _PROSE_LEAST for value in values)
            ):
                continue
            for value in values:
                self.finds.add(code, value.place, value.column)

    def _words(self, told: Told) -> None:
        for value in told.get(Role.STATUS, ()):
            self._word("unknown_status", value, is_known=status.is_known(value.text))
        for value in told.get(Role.CLOSED, ()):
            is_known = (
                said_closed(value.text) is not None
                or due_of(value.text, since_1904=self.since_1904).on is not None
                or status.is_known(value.text)
            )
            self._word("unknown_closed", value, is_known=is_known)
        for value in told.get(Role.NATURE, ()):
            if _KINDS.search(folded(self.names[value.column])):
                meant = status.stated(value.text.removesuffix("类").removesuffix("问题")).nature
                self._word("unknown_nature", value, is_known=meant is not None)

    def _word(self, code: str, value: Value, *, is_known: bool) -> None:
        if value.lent or value.text.strip() in ERRORS:
            return
        if is_known:
            self.known[(code, value.column)] += 1
            self.just_known.append((code, value.column))
        else:
            self.is_clean = False
            self.unknown[(code, value.column)].append(value)

    def _days(self, told: Told) -> dict[Role, tuple[date, Value]]:
        """The days of a finding by what they are; what is no day is named."""
        days: dict[Role, tuple[date, Value]] = {}
        for role in _DAYS:
            for value in told.get(role, ()):
                words = value.text.strip()
                if words in ERRORS:
                    continue
                due = due_of(words, since_1904=self.since_1904, told_on=self.told_on)
                if (
                    due.fault
                    and not value.lent
                    and not (role is not Role.DUE and closed_of(words) is not None)
                ):
                    self.finds.add(_FAULTS[due.fault], value.place, value.column)
                elif (code := self._stretch_fault(words)) is not None and not value.lent:
                    self.finds.add(code, value.place, value.column)
                elif due.on is not None and due.fault == "":
                    days.setdefault(role, (due.on, value))
        return days

    @staticmethod
    def _stretch_fault(words: str) -> str | None:
        """The rule that a stretch of days (2031年2月1日至2031年6月30日) breaks, or null."""
        found = _STRETCH.search(words) if len(words) > _STRETCH_LEAST else None
        if found is None:
            return None
        first = calendar_day(int(found["y1"]), int(found["m1"]), int(found["d1"] or 1))
        last = calendar_day(int(found["y2"]), int(found["m2"]), int(found["d2"] or 28))
        if first is None or last is None:
            return "date_impossible"
        return "range_reversed" if last < first else None

    def _order(self, days: dict[Role, tuple[date, Value]]) -> None:
        for role, before, code in _ORDER:
            if role in days and before in days and days[role][0] < days[before][0]:
                value = days[role][1]
                if not value.lent:
                    self.finds.add(code, value.place, value.column, other=days[before][0].isoformat())
                    if role in {Role.CLOSED_ON, Role.DONE_ON}:
                        return
        closed = days.get(Role.CLOSED_ON)
        if (
            closed is not None
            and self.told_on is not None
            and closed[0] > self.told_on
            and not closed[1].lent
        ):
            other = self.told_on.isoformat()
            self.finds.add("closed_in_future", closed[1].place, closed[1].column, other=other)

    def _closing(self, entry: Entry, told: Told, days: dict[Role, tuple[date, Value]]) -> None:
        said = [value for value in told.get(Role.STATUS, ()) if not value.lent]
        words = said[0].text.strip() if said else ""
        stated = status.stated(words) if words else status.Stated()
        marks = told.get(Role.CLOSED, ())
        mark = marks[0] if marks else None
        closed = None
        if mark is not None:
            closed = said_closed(mark.text)
        if mark is not None and closed and stated.progress in _OPEN:
            self.finds.add("status_contradicts_closed", mark.place, mark.column, other=words)
        elif mark is not None and None not in (closed, stated.closed) and closed is not stated.closed:
            self.finds.add("closed_contradicts_status", mark.place, mark.column, other=words)
        columns = self.columns.get(Role.CLOSED_ON)
        day = days.get(Role.CLOSED_ON)
        if columns and (closed or (mark is None and stated.closed)) and not told.get(Role.CLOSED_ON):
            self.finds.add("closed_without_date", entry.rows[0], columns[0].index)
        if day is not None and mark is not None and closed is False:
            self.finds.add("dated_not_closed", day[1].place, day[1].column, other=mark.text.strip())
        elif day is not None and mark is None and stated.progress in _OPEN:
            self.finds.add("status_contradicts_closed", day[1].place, day[1].column, other=words)
        done = days.get(Role.DONE_ON)
        if done is not None and stated.progress in _OPEN and not done[1].lent:
            self.finds.add("done_on_contradicts_status", done[1].place, done[1].column, other=words)

    def _missing(self, entry: Entry, told: Told, finding: ReadFinding) -> None:
        units = self.columns.get(Role.LEAD_UNIT) or self.columns.get(Role.ANSWERABLE)
        if units and finding.lead_unit is None and not _failed(told, Role.LEAD_UNIT, Role.ANSWERABLE):
            self.finds.add("unit_missing", entry.rows[0], units[0].index)
        leaders = self.columns.get(Role.LEADER) or self.columns.get(Role.PERSON)
        is_named = finding.responsible_leader is not None or _failed(told, *_LEADERS)
        if leaders and not is_named:
            self.finds.add("leader_missing", entry.rows[0], leaders[0].index)
        dues = self.columns.get(Role.DUE)
        is_free = finding.stated_nature in _WITHOUT_DUE or finding.stated_progress is StatedProgress.DONE
        is_free = is_free or _failed(told, Role.DUE)
        if dues and finding.due_text is None and not is_free and not finding.stated_closed:
            self.finds.add("due_missing", entry.rows[0], dues[0].index)
        measures = self.columns.get(Role.MEASURES)
        if measures and not told.get(Role.MEASURES) and not told.get(Role.RESULT):
            self.finds.add("measures_missing", entry.rows[0], measures[0].index)
        results = self.columns.get(Role.RESULT)
        if results and finding.stated_progress is StatedProgress.DONE and not told.get(Role.RESULT):
            self.finds.add("result_missing", entry.rows[0], results[0].index)

    def _amounts(self, told: Told) -> None:
        amounts: dict[Role, Any] = {}
        for role in (Role.AMOUNT, Role.RECOVERED):
            for value in told.get(role, ()):
                if value.lent or value.text.strip() in ERRORS:
                    continue
                amount = yuan_of(value.text, self.names[value.column])
                if amount is None:
                    self.finds.add("amount_unreadable", value.place, value.column)
                else:
                    amounts.setdefault(role, (amount, value))
        if len(amounts) > 1 and amounts[Role.RECOVERED][0] > amounts[Role.AMOUNT][0]:
            value = amounts[Role.RECOVERED][1]
            self.finds.add(
                "recovered_over_amount", value.place, value.column, other=amounts[Role.AMOUNT][1].text.strip()
            )


def _failed(told: Told, *roles: Role) -> bool:
    """Whether a cell of these holds the error of a formula, which is named by itself."""
    return any(value.text.strip() in ERRORS for role in roles for value in told.get(role, ()))


_LEADERS = (Role.LEADER, Role.PERSON, Role.ANSWERABLE)
_ORDER = (
    (Role.DUE, Role.START, "due_before_start"),
    (Role.DUE, Role.FOUND_ON, "due_before_found"),
    (Role.DONE_ON, Role.START, "done_before_start"),
    (Role.DONE_ON, Role.FOUND_ON, "done_before_start"),
    (Role.CLOSED_ON, Role.DONE_ON, "closed_before_done"),
    (Role.CLOSED_ON, Role.START, "closed_before_done"),
    (Role.CLOSED_ON, Role.FOUND_ON, "closed_before_done"),
)
_STRETCH_LEAST = 9
