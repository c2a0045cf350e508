"""Bars of findings from the beginning of the work to its deadline (甘特图): whole numbers, no style."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from zhenggai.domain.working_days import add_months

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhenggai.ledger.schedule import Spell

WIDTH: Final = 1000
_PAD: Final = timedelta(days=7)
_TICKS_MOST: Final = 7
_THINNEST: Final = 4


@dataclass(frozen=True, slots=True)
class Part:
    """One stretch of a bar, from ``x`` on."""

    kind: str
    x: int
    width: int


@dataclass(frozen=True, slots=True)
class Bar:
    """One finding's bar; ``due_x`` is where its deadline stands, None without one."""

    spell: Spell
    row: Any
    parts: Sequence[Part]
    due_x: int | None


@dataclass(frozen=True, slots=True)
class Tick:
    """The beginning of a month."""

    x: int
    on: date


@dataclass(frozen=True, slots=True)
class Schedule:
    """The bars of a page under one axis."""

    bars: Sequence[Bar]
    ticks: Sequence[Tick]
    today_x: int
    first: date
    last: date
    width: int = WIDTH


def schedule_of(spells: Sequence[Spell], rows: Sequence[Any], today: date) -> Schedule:
    """The bars of findings with their rows of the list, in the same order.

    Blue is time until the deadline, amber what was granted beyond the first one, red what goes beyond the
    one that holds, green what was done within it; without a deadline the bar is grey up to today.
    """
    days = [today, *(each for spell in spells for each in _days(spell))]
    first, last = min(days) - _PAD, max(days) + _PAD
    length = max(1, (last - first).days)

    def across(on: date) -> int:
        return round((on - first).days * WIDTH / length)

    bars = [
        Bar(
            spell,
            row,
            [
                Part(kind, across(start), max(_THINNEST, across(end) - across(start)))
                for kind, start, end in _stretches(spell, today)
            ],
            across(spell.due) if spell.due is not None else None,
        )
        for spell, row in zip(spells, rows, strict=True)
    ]
    return Schedule(bars, _ticks(first, last, across), across(today), first, last)


def _days(spell: Spell) -> list[date]:
    return [each for each in (spell.begun, spell.first_due, spell.due, spell.done) if each is not None]


def _stretches(spell: Spell, today: date) -> list[tuple[str, date, date]]:
    """What a bar is made of, from left to right, each beginning where the one before ends."""
    end = spell.done or today
    if spell.due is None:
        return [("done" if spell.done else "rest", spell.begun, max(end, spell.begun))]
    if spell.done is not None:
        within = min(spell.done, spell.due)
        found = [("done", spell.begun, max(within, spell.begun))]
        return [*found, ("late", spell.due, spell.done)] if spell.done > spell.due else found
    granted = spell.first_due is not None and spell.due > spell.first_due
    until = spell.first_due if granted and spell.first_due is not None else spell.due
    found = [("open", spell.begun, max(until, spell.begun))]
    if granted:
        found.append(("extended", max(until, spell.begun), spell.due))
    if today > spell.due:
        found.append(("late", spell.due, today))
    return found


def _ticks(first: date, last: date, across: Any) -> list[Tick]:
    months: list[date] = []
    month = add_months(first.replace(day=1), 1)
    while month <= last:
        months.append(month)
        month = add_months(month, 1)
    every = -(-len(months) // _TICKS_MOST) if months else 1
    return [Tick(across(each), each) for each in months[::every]]
