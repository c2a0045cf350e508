"""Days as the cells of a ledger hold them (台账日期): dates, Excel's serial numbers, text in many forms."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import Final, NamedTuple

from zhenggai.reading import patterns as re
from zhenggai.reading.interpreting import finish, items, status
from zhenggai.reading.interpreting.dates import due_day, relative_due
from zhenggai.reading.interpreting.usual_due import usual_due

_SERIAL: Final = re.compile(r"(?P<days>[2-9]\d{4})(?:\.\d+)?")
_COMPACT: Final = re.compile(r"(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)")
_CLOCK: Final = re.compile(r"(?<=\d)[T\s]+\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?\Z")
_LOOSE: Final = re.compile(
    r"(?P<y>\d{4})\s*[年./\-－—．／]\s*(?P<m>\d{1,2})\s*(?:[月./\-－—．／]\s*(?:(?P<d>\d{1,2})\s*[日号]?)?)?"
)
_NO_YEAR: Final = re.compile(
    r"(?:\d{1,2}|[一二三四五六七八九十]{1,2})月(?:\d{1,2}[日号]|份?[底末]|[上中下]旬|份)?(?:之?前|以前|内|止)?(?:完成)?"
    r"|(?:今|本|明)?年(?:[底末内]|[上下]半年[底末]?)(?:之?前|以前)?(?:完成)?|(?:[上下]半年|第?[一二三四1-4]季度)[底末内]?(?:之?前|以前)?(?:完成)?"
    r"|(?:本月|下月|当月)[底末内]?(?:之?前)?|\d{1,2}[./]\d{1,2}"
)
_TERM: Final = re.compile(
    r"(?:自|从)?.{0,12}?(?:\d{1,3}|[一二三四五六七八九十两半]{1,3})个?(?:工作日|自然日|日|天|周|月|季度|年)(?:之?内|以内|后)?(?:完成)?"
)
_PHRASES: Final = re.compile(
    r".{0,6}(?:立行立改|立即整改|即知即改|立查立改|边查边改|长期|持续|常态化?|已完成|已整改|随时|适时|当日|当天|当场|即时|立即|按.{1,6}(?:要求|计划|时限)|待.{1,12}).{0,8}"
)
_GOES_ON: Final = re.compile(r"完成|整改|坚持|成效|推进|落实|到位|启动|长期|持续")
_PARTS: Final = re.compile(r"[,，;；、\n]\s*")
_EPOCH: Final = date(1899, 12, 30)
_EPOCH_1904: Final = date(1904, 1, 1)
_FIRST, _LAST = date(1990, 1, 1), date(2099, 12, 31)


class Due(NamedTuple):
    """A deadline as it was read: the day (null: none, or several), and what is wrong with the words.

    ``fault`` is empty, ``impossible`` (2024年2月30日), ``no_year`` (6月底), ``far`` (2204年) or ``unread``.
    """

    on: date | None
    fault: str = ""


@lru_cache(maxsize=8192)
def due_of(printed: str, *, since_1904: bool = False, told_on: date | None = None) -> Due:
    """What the words of a deadline mean (时限解读); ``told_on``: when the ledger was filled in."""
    words = usual_due(printed.strip())
    single = day_of(words, since_1904=since_1904)
    if single is not None:
        return Due(single, "" if _FIRST <= single <= _LAST else "far")
    known = finish.due_on(words) or finish.due_on(_plain(words))
    if known is not None:
        return Due(known, "" if _FIRST <= known <= _LAST else "far")
    told, _sign, remark = _PARTS.sub("\n", words, count=1).partition("\n")
    if remark and status.is_status(remark):
        # 2031年6月30日，已完成
        return due_of(told, since_1904=since_1904, told_on=told_on)
    if told_on is not None and (relative := relative_due(words, told_on)) is not None:
        return Due(relative)
    return Due(None, _fault(words))


@lru_cache(maxsize=8192)
def day_of(printed: str, *, since_1904: bool = False) -> date | None:
    """The one day or month's end that a cell means, if it means one; serial numbers as Excel counts."""
    words = _CLOCK.sub("", printed.strip())
    serial = _SERIAL.fullmatch(words)
    if serial:
        return (_EPOCH_1904 if since_1904 else _EPOCH) + timedelta(days=int(serial["days"]))
    compact = _COMPACT.fullmatch(words)
    if compact:
        words = f"{compact['y']}年{compact['m']}月{compact['d']}日"
    return due_day(words)


def _plain(words: str) -> str:
    """Words with the day in the usual marks (2024/6/30前、2024．6．30)."""
    return _LOOSE.sub(
        lambda found: f"{found['y']}年{int(found['m'])}月" + (f"{int(found['d'])}日" if found["d"] else ""),
        words,
    )


def _fault(words: str) -> str:
    """Why words mean no one day; empty where that is as it should be (立行立改, several days, a term)."""
    counted = items.split(words, 0, len(words))
    if len(counted) > 1:
        words = "；".join(words[piece.start : piece.end] for piece in counted)
    parts = [part for part in _PARTS.split(re.sub(r"[()（）]", ",", words)) if part.strip(" \u3000。")]
    if len(parts) > 1:
        faults = {_fault_of_part(part) for part in parts}
        return next((fault for fault in ("impossible", "far", "unread", "no_year") if fault in faults), "")
    return _fault_of_part(words)


def _fault_of_part(part: str) -> str:
    words = re.sub(r"\s", "", part).strip("。.；;，,")
    words = re.sub(r"^(?:\d{1,2}[、.．](?!\d)|[(（]\d{1,2}[)）]|[①-⑳]|[一二三四五六七八九十]是)", "", words)
    if due_day(words) is not None or due_day(_plain(words)) is not None or day_of(words) is not None:
        return ""
    if status.is_known(words) or _PHRASES.fullmatch(words):
        return ""
    loose = _LOOSE.match(words)
    if loose:
        year, month, day = int(loose["y"]), int(loose["m"]), int(loose["d"] or 1)
        if not 1990 <= year <= 2099:
            return "far"
        if not (1 <= month <= 12 and 1 <= day <= _days_in(year, month)):
            return "impossible"
        if _GOES_ON.search(words, loose.end()):
            return ""
    if _COMPACT.fullmatch(words):
        return "impossible"
    if _NO_YEAR.fullmatch(words):
        return "no_year"
    return "" if _TERM.fullmatch(words) else "unread"


def _days_in(year: int, month: int) -> int:
    following = date(year + month // 12, month % 12 + 1, 1)
    return (following - timedelta(days=1)).day


@lru_cache(maxsize=4096)
@lru_cache(maxsize=2048)
def several(printed: str) -> tuple[str, ...]:
    """The deadlines that are counted in one cell (1.2024年6月底前；2.2024年9月底前), else none."""
    pieces = items.split(printed, 0, len(printed))
    words = tuple(printed[piece.start : piece.end] for piece in pieces)
    return words if len(words) > 1 and all(due_of(one).fault == "" for one in words) else ()
