"""A deadline as an office says it (整改时限的说法) → the day it means, where one day is meant."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from zhenggai.domain.lifecycle import Nature
from zhenggai.domain.messages import Message, msg
from zhenggai.domain.working_days import add_days, add_months, month_end

if TYPE_CHECKING:
    from zhenggai.domain.working_days import WorkingCalendar


class DueReason(StrEnum):
    """Which way of counting led to the day (推算依据)."""

    DAY = "day"
    MONTH_END = "month_end"
    QUARTER_END = "quarter_end"
    HALF_YEAR_END = "half_year_end"
    YEAR_END = "year_end"
    DAYS = "days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"
    PHRASE = "phrase"


REASONS: Final[dict[DueReason, str]] = {
    DueReason.DAY: msg("the day as given"),
    DueReason.MONTH_END: msg("the last calendar day of the month"),
    DueReason.QUARTER_END: msg("the last calendar day of the quarter"),
    DueReason.HALF_YEAR_END: msg("the last calendar day of the half-year"),
    DueReason.YEAR_END: msg("the last calendar day of the year"),
    DueReason.DAYS: msg("%(count)s days after %(since)s, which itself does not count"),
    DueReason.WORKING_DAYS: msg("%(count)s working days after %(since)s, which itself does not count"),
    DueReason.MONTHS: msg("%(count)s months after %(since)s"),
    DueReason.PHRASE: msg("a phrase that names no day"),
}


@dataclass(frozen=True, slots=True)
class DueMeaning:
    """What a deadline's wording means: a day, a nature (立行立改, 长期坚持), or both; ``why`` says how.

    ``is_provisional``: working days were counted in a year whose official calendar is not announced.
    """

    due: date | None
    nature: Nature | None
    why: Message
    is_provisional: bool = False


_NUMERALS: Final = {character: value for value, character in enumerate("〇一二三四五六七八九")} | {
    "零": 0,
    "两": 2,
}
_RELATIVE: Final = {"今": 0, "本": 0, "明": 1, "后": 2}
_N: Final = r"(?P<n>\d{1,4}|[一二三四五六七八九十百两]{1,5}|半)"
_BEFORE: Final = r"(?:以前|之前|前|止|内完成|内|底前|完成|前完成|前完成整改|完成整改|整改到位|前整改到位)*"
_YEAR: Final = r"(?P<y>\d{4}|[〇零一二三四五六七八九]{4}|今|本|明|后)年(?:度)?"
_DATE: Final = re.compile(
    rf"(?:{_YEAR})?(?P<m>\d{{1,2}}|[一二三四五六七八九十]{{1,2}})月(?P<d>\d{{1,2}}|[一二三四五六七八九十]{{1,3}})[日号]?{_BEFORE}"
)
_NUMERIC: Final = re.compile(
    rf"(?P<y>\d{{4}})[-./](?P<m>\d{{1,2}})(?:[-./](?P<d>\d{{1,2}}))?(?:日|号|月)?{_BEFORE}"
)
_MONTH: Final = re.compile(
    rf"(?:{_YEAR})?(?P<m>\d{{1,2}}|[一二三四五六七八九十]{{1,2}})月(?:份)?(?P<tail>底|末)?{_BEFORE}"
)
_QUARTER: Final = re.compile(rf"(?:{_YEAR})?第?(?P<q>[一二三四1234])季度?(?:内|(?:底|末){_BEFORE}|完成)?")
_HALF: Final = re.compile(rf"(?:{_YEAR})?(?P<h>[上下])半年(?:内|(?:底|末){_BEFORE}|完成)?")
_YEAR_END: Final = re.compile(rf"(?:{_YEAR}年?|年)[底末内]{_BEFORE}")
# A term that runs from another event (整改完成后10日内) has a beginning that is not known here.
_SINCE: Final = (
    r"(?P<since>(?:自|从)?(?:即日|(?:收到|接到)?(?:巡[察视]|审计|督察)?(?:组)?反馈(?:意见)?(?:书)?"
    r"|(?:本)?(?:方案|通知)?(?:印发|下发))(?:之日)?(?:起|以后|后))?"
)
# “30日” alone is a day of some month, and “2024年” is a year: a term says 内, or since when it runs.
_TERM: Final = re.compile(
    rf"{_SINCE}{_N}(?P<each>个)?(?P<unit>工作日|自然日|日历日|日|天|周|星期|月|季度|年)(?P<within>之?内|以内)?{_BEFORE}"
)
_LOOSE_UNITS: Final = frozenset({"日", "月", "季度", "年"})
_PHRASES: Final[tuple[tuple[re.Pattern[str], Nature | None], ...]] = (
    (re.compile(r"立行立改|立即整改|即知即改|立整立改|即行即改|边查边改"), Nature.IMMEDIATE),
    (
        re.compile(
            r"(?:立行立改[,，、并且]*)?(?:并|需|须|应)?(?:长期坚持|持续坚持|长期整改|持续整改|长期|常态化推进|常态化坚持|持续推进)"
        ),
        Nature.LONG_TERM,
    ),
    (re.compile(r"限期整改"), Nature.TIME_BOUND),
)
_JOINED: Final = re.compile(r"[,，、;；]?(?:并|且)?(?=长期坚持|持续坚持|长期整改|持续推进)")


def due_meaning(printed: str, *, on: date, since: date, calendar: WorkingCalendar) -> DueMeaning | None:
    """What ``printed`` (2024年6月底前、15个工作日内、立行立改) means; None where the words are not known.

    ``on`` is the day it is said (for 今年, 本月, a month without a year), ``since`` the day from which terms
    run (the feedback, or the day of assigning). A month without a year is the next one that is not over.
    Source: DOMAIN §7.

    :raises zhenggai.domain.working_days.TermTooLongError: a term longer than ten years.
    """
    words = re.sub(r"[\s　]", "", unicodedata.normalize("NFKC", printed)).strip("。.;,()")
    if not words:
        return None
    for pattern, nature in _PHRASES:
        if pattern.fullmatch(words):
            return DueMeaning(None, nature, Message(REASONS[DueReason.PHRASE]))
    parts = [part for part in _JOINED.split(words, maxsplit=1) if part]
    if len(parts) == 2:
        first = _day(parts[0], on, since, calendar)
        if first is not None and _PHRASES[1][0].fullmatch(parts[1]):
            return DueMeaning(first.due, Nature.LONG_TERM, first.why, first.is_provisional)
    return _day(words, on, since, calendar)


def _day(words: str, on: date, since: date, calendar: WorkingCalendar) -> DueMeaning | None:
    if found := _NUMERIC.fullmatch(words) or _DATE.fullmatch(words):
        return _from_day(found, on)
    if found := _MONTH.fullmatch(words):
        return _at_end(found["y"], _number(found["m"]), on, DueReason.MONTH_END)
    if found := _QUARTER.fullmatch(words):
        return _at_end(found["y"], 3 * _number(found["q"]), on, DueReason.QUARTER_END)
    if found := _HALF.fullmatch(words):
        return _at_end(found["y"], 6 if found["h"] == "上" else 12, on, DueReason.HALF_YEAR_END)
    if found := _YEAR_END.fullmatch(words):
        return _at_end(found["y"] or "今", 12, on, DueReason.YEAR_END)
    found = _TERM.fullmatch(words)
    if found and (found["unit"] not in _LOOSE_UNITS or found["since"] or found["each"] or found["within"]):
        return _from_term(found["n"], found["unit"], since, calendar)
    return None


def _from_day(found: re.Match[str], on: date) -> DueMeaning | None:
    month = _number(found["m"])
    if found["d"] is None:
        return _at_end(found["y"], month, on, DueReason.MONTH_END)
    day = _number(found["d"])
    year = _year(found["y"], on)
    if year is None:
        year = on.year if (month, day) >= (on.month, on.day) else on.year + 1
    try:
        due = date(year, month, day)
    except ValueError:
        return None
    return DueMeaning(due, None, Message(REASONS[DueReason.DAY]))


def _at_end(year: str | None, month: int, on: date, reason: DueReason) -> DueMeaning | None:
    if not 1 <= month <= 12:
        return None
    number = _year(year, on)
    if number is None:
        number = on.year if month >= on.month else on.year + 1
    if not 1 <= number <= 9999:
        return None
    return DueMeaning(month_end(number, month), None, Message(REASONS[reason]))


def _from_term(printed: str, unit: str, since: date, calendar: WorkingCalendar) -> DueMeaning | None:
    months = {"月": 1, "季度": 3, "年": 12}.get(unit)
    if printed == "半":
        return _counted(add_months(since, 6), DueReason.MONTHS, 6, since) if unit == "年" else None
    count = _number(printed)
    if months is not None:
        return _counted(add_months(since, count * months), DueReason.MONTHS, count * months, since)
    if unit == "工作日":
        due = calendar.after(since, count)
        unknown = not all(map(calendar.is_announced, (since, due)))
        return _counted(due, DueReason.WORKING_DAYS, count, since, is_provisional=unknown)
    days = count * (7 if unit in {"周", "星期"} else 1)
    return _counted(add_days(since, days), DueReason.DAYS, days, since)


def _counted(
    due: date, reason: DueReason, count: int, since: date, *, is_provisional: bool = False
) -> DueMeaning:
    why = Message(REASONS[reason], {"count": count, "since": since.isoformat()})
    return DueMeaning(due, None, why, is_provisional)


def _year(printed: str | None, on: date) -> int | None:
    """The year meant (今年, 明年, 2024, 二〇二四); None where none is said."""
    if printed is None:
        return None
    if printed in _RELATIVE:
        return on.year + _RELATIVE[printed]
    return int("".join(str(_NUMERALS.get(character, character)) for character in printed))


def _number(printed: str) -> int:
    """A count up to the hundreds (三十, 十五, 一百二十, 30)."""
    if printed.isdecimal():
        return int(printed)
    total = unit = 0
    for character in printed:
        if character in "十百":
            total, unit = total + (unit or 1) * (10 if character == "十" else 100), 0
        else:
            unit = _NUMERALS[character]
    return total + unit
