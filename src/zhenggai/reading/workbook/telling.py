"""One finding from its rows (台账条目 → 具体问题): measures, actions, who answers, deadline, status."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zhenggai.domain.reading import Item, ReadFinding, StatedProgress
from zhenggai.domain.spans import Span
from zhenggai.reading.interpreting import people, status, wording
from zhenggai.reading.interpreting.closed_words import remarked_closed, said_closed
from zhenggai.reading.interpreting.labels import Field
from zhenggai.reading.workbook.cell_words import (
    chosen,
    chosen_of,
    clean_name,
    is_ditto,
    is_nothing,
    is_part,
    listed,
    nature_of,
    rate_of,
    units_apart,
    worded,
)
from zhenggai.reading.workbook.days import Due, day_of, due_of, several
from zhenggai.reading.workbook.grid import ERRORS
from zhenggai.reading.workbook.money import amount_unit, is_amount
from zhenggai.reading.workbook.own_books import key_column
from zhenggai.reading.workbook.roles import Role
from zhenggai.reading.workbook.values import Told, Value, sound, together

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from zhenggai.reading.workbook.entries import Entry
    from zhenggai.reading.workbook.grid import Sheet
    from zhenggai.reading.workbook.header import Column
    from zhenggai.reading.workbook.mapping import SheetMapping

_OWN: Final = (Role.LEADER, Role.PERSON, Role.LEAD_UNIT, Role.DUE)
_OF_ITEM: Final = {Role.LEADER: "leader", Role.PERSON: "leader", Role.LEAD_UNIT: "unit", Role.DUE: "due_text"}
_OPEN: Final = frozenset({StatedProgress.NOT_STARTED, StatedProgress.IN_PROGRESS})
_TOLD: Final = frozenset(Role) - {
    Role.NUMBER, Role.COUNT, Role.THEME, Role.GROUP, Role.PROBLEM, Role.ORGANISATION, Role.GOAL, Role.CAUSE,
    Role.OVERSEER, Role.EVIDENCE, Role.HANDLER, Role.REMARK, Role.KEY,
}  # fmt: skip
"""What is told of a finding by its cells and is not known from its row already."""
_BARE: Final = frozenset("√×")
_STATUS_MOST: Final = 24
TICKED: Final = frozenset({Role.STATUS, Role.RESULT, Role.NATURE, Role.CLOSED})
_TURNED: Final = TICKED | {Role.REMARK}
_WORDED: Final = frozenset({Role.MEASURES, Role.RESULT})
_MONEY: Final = frozenset({Role.AMOUNT, Role.RECOVERED})


class Teller:
    """Makes findings of the entries of one sheet; ``start`` gives the place of a cell in the whole text."""

    def __init__(
        self,
        sheet: Sheet,
        mapping: SheetMapping,
        down: dict[int, dict[int, int]],
        start: Callable[[int, int], int],
        *,
        since_1904: bool = False,
        told_on: date | None = None,
        money: str = "",
    ) -> None:
        header = mapping.header
        self.sheet = sheet
        # what the ledger wrote says all of itself in every row
        self.has_failed = False
        self.has_dittos = key_column(header) < 0
        self.dittos: dict[int, tuple[int, int | None]] = {}
        self.last = header.last if header is not None else -1
        self.start = start
        self.since_1904 = since_1904
        self.told_on = told_on
        self.money = money
        self.columns: list[tuple[int, Role, Column]] = [
            (column.index, Role(column.guess.role), column)
            for column in (header.columns if header is not None else ())
            if column.guess.role in _TOLD
        ]
        if header is not None and Role.CLOSED not in header.found:
            # where no column says whether a finding is closed, a remark may
            self.columns += [
                (column.index, Role.REMARK, column)
                for column in header.columns
                if column.guess.role is Role.REMARK
            ]
        self.down = down
        self.place_of_row = {row: place for place, row in enumerate(sheet.numbers)} if down else {}
        self.rates = {
            index for index, role, _ in self.columns if role is Role.STATUS and _is_rate(sheet, index)
        }
        self.names = {column.index: column.name.replace("\n", "") for _, _, column in self.columns}

    def told(self, entry: Entry) -> Told:
        """What the cells of an entry say, by role, empty ones and dashes left out."""
        told: Told = {}
        for place in entry.rows:
            self._row(place, entry, told)
        return told

    def _row(self, place: int, entry: Entry, told: Told) -> None:
        cells = self.sheet.rows[place]
        width = len(cells)
        for index, role, column in self.columns:
            text = cells[index] if index < width else ""
            lent, at = False, None
            if not text and self.down and place == entry.rows[0]:
                at = self._lender(place, index)
                if at is not None and at not in entry.rows:
                    text, lent = self.sheet.rows[at][index], True
            if text and is_ditto(text) and role not in _MONEY and self.has_dittos:
                at = self._above(place, index)
                if at in entry.rows and role in _WORDED:
                    continue
                text, lent = (text, lent) if at is None else (self.sheet.rows[at][index], True)
            if not text:
                continue
            if column.option is not None:
                text = chosen(text.strip(), column.option)
            if role in _TURNED:
                role, text = self._turned(index, role, text)  # noqa: PLW2901 - as the cell means it
            if not text or is_nothing(text):
                continue
            if text[0] == "#" and text.strip() in ERRORS:
                self.has_failed = True
            # cells are the commonest values; the class's own constructor costs three times as much
            value = tuple.__new__(Value, (at if lent else place, index, text, lent))
            if role in told:
                told[role].append(value)
            else:
                told[role] = [value]

    def _turned(self, index: int, role: Role, text: str) -> tuple[Role, str]:
        """A rate as it is shown, the box that is ticked; a remark is what it says of closing, or nothing."""
        if role is Role.REMARK:
            return Role.CLOSED, text if remarked_closed(text) is not None else ""
        return role, chosen_of(rate_of(text) if index in self.rates else text)

    def _above(self, place: int, index: int) -> int | None:
        """The place of the row above whose cell holds for one that says no more (同上), if there is one."""
        known, at = self.dittos.get(index, (-1, None))
        self.dittos[index] = place, self._sought(place, index, known, at)
        return self.dittos[index][1]

    def _sought(self, place: int, index: int, known: int, at: int | None) -> int | None:
        """Looked for upwards, as far as the last cell that said no more: what holds for it holds here."""
        while (place := place - 1) > self.last:
            if place == known:
                return at
            cells = self.sheet.rows[place]
            text = cells[index] if index < len(cells) else ""
            if text.strip() and not is_ditto(text):
                return place
            if not text.strip() and sum(bool(cell.strip()) for cell in cells) > 1:
                return self._lender(place, index)
        return None

    def _lender(self, place: int, index: int) -> int | None:
        """The place of the row whose merged cell reaches down over this cell, if it holds anything."""
        column = self.down.get(index)
        top = column.get(self.sheet.numbers[place]) if column else None
        at = self.place_of_row.get(top) if top is not None else None
        return at if at is not None and index < len(self.sheet.rows[at]) else None

    def finding(self, entry: Entry, told: Told) -> ReadFinding:
        """The finding of an entry whose cells say ``told``."""
        first, last = entry.rows[0], entry.rows[-1]
        told = sound(told) if self.has_failed else told
        units, supporting = self._units(told)
        due_text, due = self._due(told)
        printed, stated = self._status(told, due_text)
        measures = self._measures(entry, told, due_text)
        people_told = told.get(Role.LEADER) or told.get(Role.PERSON)
        leader = together(people_told) if people_told else None
        leader = leader or self._answerable(told, Field.PERSON)
        cells = self.sheet.rows[last]
        end = self.start(last, 0) + sum(map(len, cells)) + len(cells) - 1
        return ReadFinding(
            number=entry.number,
            theme=entry.theme,
            group=entry.group,
            title=wording.clean(entry.title),
            span=Span(self.start(first, 0), end),
            problem=self.whole(told, entry, Role.DETAIL, Role.AMOUNT),
            organisation=entry.organisation,
            measures=measures,
            actions=self.actions(told),
            result=self.whole(told, entry, Role.RESULT, Role.RECOVERED, Role.REASON),
            status_text=printed,
            stated_progress=stated.progress,
            stated_nature=stated.nature,
            stated_closed=stated.closed,
            responsible_leader=leader,
            lead_unit=units or self._answerable(told, Field.LEAD_UNIT),
            supporting_units=supporting,
            due_text=due_text,
            due_on=due.on,
        )

    def whole(self, told: Told, entry: Entry, *roles: Role) -> str | None:
        """The wording of several cells together; an amount stands behind the name of its column."""
        parts = []
        for role in roles:
            for value in told.get(role, ()):
                if role is Role.DETAIL and (value.place, value.column) == entry.at:
                    continue
                text = value.text.strip()
                if role in _MONEY:
                    text += amount_unit(text, self.name_of(value), self.money)
                named = role in _MONEY or role is Role.REASON
                parts.append(f"{self.name_of(value)}：{text}" if named else text)
        return "\n".join(dict.fromkeys(parts)) or None

    def name_of(self, value: Value) -> str:
        """The name of the column in which a value stands."""
        return self.names[value.column]

    def _units(self, told: Told) -> tuple[str | None, tuple[str, ...]]:
        """The unit that leads, and those that support it; of further rows of one finding all support it."""
        lead: str | None = None
        others: list[str] = []
        for value in told.get(Role.LEAD_UNIT, ()):
            led, beside = units_apart(value.text)
            if lead is None:
                lead = led
                others.extend(beside)
            else:
                others.extend(name for name in (led, *beside) if name)
        for value in told.get(Role.SUPPORTING, ()):
            others.extend(listed(value.text))
        if len(told.get(Role.LEAD_UNIT, ())) > 1:
            others = [name for name in others if name != lead]
        return lead, tuple(dict.fromkeys(others))

    def _answerable(self, told: Told, kind: Field) -> str | None:
        for value in told.get(Role.ANSWERABLE, ()):
            for held, start, end in people.answerable(value.text, 0, len(value.text)):
                if held is kind:
                    return clean_name(value.text[start:end]) or None
        return None

    def _due(self, told: Told) -> tuple[str | None, Due]:
        values = told.get(Role.DUE)
        if not values:
            return None, Due(None)
        printed = wording.clean(values[0].text)
        return printed, due_of(printed, since_1904=self.since_1904, told_on=self.told_on)

    def _status(self, told: Told, due: str | None) -> tuple[str | None, status.Stated]:
        said = [wording.clean(value.text) for value in told.get(Role.STATUS, ())]
        said = [status.ticked(words) for words in said]
        distinct = list(dict.fromkeys(said))
        printed = "；".join(distinct) or None
        stated = (
            status.stated(distinct[0])
            if len(distinct) == 1
            else status.together(said)
            if said
            else status.Stated()
        )
        nature = next((wording.clean(value.text) for value in told.get(Role.NATURE, ())), None)
        if nature and (meant := status.stated(nature).nature) is not None:
            stated = stated._replace(nature=stated.nature or meant)
            printed = printed or nature
        if due and stated.nature is None:
            stated = stated._replace(nature=nature_of(due))
        if printed is None:
            printed, stated = self._of_results(told, stated)
        return self._closed(told, printed, stated)

    def _of_results(self, told: Told, stated: status.Stated) -> tuple[str | None, status.Stated]:
        """The status that the results consist of, where no column states one."""
        each = [wording.clean(value.text) for value in told.get(Role.RESULT, ())]
        each = [
            words
            for words in each
            if len(words) <= _STATUS_MOST and (status.is_status(words) or words in _BARE)
        ]
        if not each:
            return None, stated
        known = status.together(each)
        return "；".join(dict.fromkeys(each)), stated._replace(
            progress=known.progress, nature=known.nature or stated.nature, closed=known.closed
        )

    def _closed(
        self, told: Told, printed: str | None, stated: status.Stated
    ) -> tuple[str | None, status.Stated]:
        """What the columns on closing say: a word or tick, else a day, unless the status is open."""
        for value in told.get(Role.CLOSED, ()):
            words = value.text.strip()
            closed = said_closed(words)
            if closed is not None:
                if printed is None and len(words) > 1 and status.is_status(words):
                    printed = words
                return printed, stated._replace(closed=closed)
        days = told.get(Role.CLOSED_ON, ())
        if stated.closed is None and stated.progress not in _OPEN:
            dated = any(day_of(value.text, since_1904=self.since_1904) is not None for value in days)
            stated = stated._replace(closed=True if dated else None)
        return printed, stated

    def _measures(self, entry: Entry, told: Told, due: str | None) -> tuple[Item, ...]:
        values = told.get(Role.MEASURES, ())
        own = self._own(entry, told) if len(values) > 1 else {}
        made: list[Item] = []
        for value in values:
            made.extend(self._items(value, own.get(value.place)))
        if due and not own and len(made) > 1 and len(each := several(due)) == len(made):
            made = [
                Item(one.text, one.span, one.leader, one.unit, words, due_of(words).on)
                for one, words in zip(made, each, strict=True)
            ]
        return tuple(made)

    def _own(self, entry: Entry, told: Told) -> dict[int, dict[str, str]]:
        """For every row of a finding its own leader, unit and deadline, where its rows differ in them."""
        own: dict[int, dict[str, str]] = {}
        for role in _OWN:
            values = told.get(role, ())
            if len({value.text.strip() for value in values}) < 2:
                continue
            last = ""
            by_place = {value.place: wording.clean(value.text) for value in values}
            for place in entry.rows:
                last = by_place.get(place) or (last if self._lent_within(place, role) else "")
                if last:
                    own.setdefault(place, {}).setdefault(_OF_ITEM[role], last)
        return own

    def _lent_within(self, place: int, role: Role) -> bool:
        """Whether the cell of this role is covered by a merged one, or the sheet knows of none."""
        if not self.down:
            return True
        return any(
            kind is role and self.down.get(index, {}).get(self.sheet.numbers[place]) is not None
            for index, kind, _ in self.columns
        )

    def actions(self, told: Told) -> tuple[Item, ...]:
        """What was done, item by item."""
        made: list[Item] = []
        for value in told.get(Role.RESULT, ()):
            # a bare number was counted or paid; what was done has words
            if not is_amount(value.text):
                made.extend(self._items(value, None))
        return tuple(made)

    def _items(self, value: Value, own: dict[str, str] | None) -> list[Item]:
        text = value.text
        base = self.start(value.place, value.column)
        made: list[Item] = []
        for low, high, words in worded(text):
            span = Span(base + low, base + high)
            if own:
                due = own.get("due_text")
                day = due_of(due, since_1904=self.since_1904, told_on=self.told_on).on if due else None
                made.append(Item(words, span, own.get("leader"), own.get("unit"), due, day))
            else:
                made.append(Item(words, span))
        return made


def _is_rate(sheet: Sheet, index: int) -> bool:
    """Whether a column of a status holds parts of one (0.8), as cells shown in per cent do."""
    return any(index < len(cells) and is_part(cells[index]) for cells in sheet.rows)
