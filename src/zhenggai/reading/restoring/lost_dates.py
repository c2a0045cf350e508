"""Dates whose 年 or 月 a mirror dropped: 2021915日 (残缺日期)."""

from __future__ import annotations

from calendar import monthrange
from typing import TYPE_CHECKING, Final

from zhenggai.domain.messages import msg
from zhenggai.domain.spans import EditKind
from zhenggai.reading import patterns as re
from zhenggai.reading.restoring.edits import Change

if TYPE_CHECKING:
    from collections.abc import Sequence

WHY_REBUILT: Final = msg("The mirror dropped 年 or 月 here; the calendar leaves only this day.")
WHY_NO_DAY: Final = msg("The mirror dropped 年 or 月 here; no day of the calendar fits what is left.")
WHY_AMBIGUOUS: Final = msg("The mirror dropped 年 or 月 here; more than one day is possible.")

_BROKEN: Final = re.compile(
    # The century first, what must not stand before it after that: the search can skip.
    r"(?P<year>(?:19|20)\d\d)(?<![\d年月.-]\d{4})(?:"
    r"(?P<mark>年?)(?P<digits>\d{2,4})日(?P<then>[至到—–-]{1,2}(?P<end>\d{2,4})日)?"
    r"|(?P<month>1[0-2]|0?[1-9])月)"
)


def add(text: str, changes: list[Change]) -> list[Change]:
    """The changes and those for broken dates between them."""
    if "日" not in text and "月" not in text:
        return changes
    found: list[Change] = []
    for hit in _BROKEN.finditer(text):
        found += _dated(hit)
    if not found:
        return changes
    taken = [*changes]
    return sorted([*taken, *(change for change in found if not _overlaps(change, taken))])


def _overlaps(change: Change, others: Sequence[Change]) -> bool:
    return any(other.start < change.end and change.start < other.end for other in others)


def _dated(hit: re.Match[str]) -> list[Change]:
    if hit.group("month"):
        place = hit.end("year")
        return [Change(place - 4, place, f"{hit.group('year')}年", EditKind.BYTES, WHY_REBUILT)]
    if hit.group("mark") and len(hit.group("digits")) < 3:
        return []
    year = int(hit.group("year"))
    changes = [_rebuilt(hit, "year", "digits", year, "" if hit.group("mark") else "年")]
    if hit.group("then") and len(hit.group("end")) >= 3:
        changes.append(_rebuilt(hit, "end", "end", year, ""))
    return changes


def _rebuilt(hit: re.Match[str], begin: str, digits: str, year: int, mark: str) -> Change:
    start, end = hit.start(begin), hit.end(digits)
    whole = hit.string[start:end]
    days = _days(hit.group(digits), year)
    if len(days) != 1:
        return Change(start, end, whole, EditKind.FLAG, WHY_AMBIGUOUS if days else WHY_NO_DAY)
    month, day = days[0]
    head = whole[: len(whole) - len(hit.group(digits))]
    return Change(start, end, f"{head}{mark}{month}月{day}", EditKind.BYTES, WHY_REBUILT)


def _days(digits: str, year: int) -> list[tuple[str, str]]:
    """Every way to cut the digits into a month and a day of that year."""
    cuts = ((digits[:at], digits[at:]) for at in range(1, len(digits)))
    return [(month, day) for month, day in cuts if _is_day(year, month, day)]


def _is_day(year: int, month: str, day: str) -> bool:
    if len(month) > 2 or len(day) > 2 or not 1 <= int(month) <= 12:
        return False
    return 1 <= int(day) <= monthrange(year, int(month))[1]
