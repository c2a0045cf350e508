"""Days and deadlines as offices write them (2024年6月底前、二〇二四年三月八日、12月7日——8日)."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import NamedTuple

from zhenggai.reading import patterns as re

_SEP = r"\s*(?:至|到|[-—–－~～―─]{1,3})\s*"
_FULL = re.compile(
    r"(?P<y>\d{4})\s?(?:年|[-/.])\s?(?P<m>\d{1,2})\s?(?:月|[-/.])\s?(?P<d>\d{1,2})(?!\d)\s?日?"
)
_YEAR = r"(?:\d{4}|二[〇○零Ｏ0一二三四五六七八九]{3})"
_COUNT = r"(?:\d{1,2}|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_NEXT_YEAR = "次年|翌年|第二年"
_ANY = re.compile(
    rf"(?:(?P<y>{_YEAR})\s?年|同年|当年|(?P<next>{_NEXT_YEAR})|(?P<told>今年|去年))?"
    rf"\s?(?:(?P<m>{_COUNT})\s?月|(?P<here>同月|当月))\s?(?P<d>{_COUNT})\s?[日号]"
    r"|(?<![\d.])(?P<y2>20\d\d)(?P<s>[./-])(?P<m2>\d{1,2})(?P=s)(?P<d2>\d{1,2})(?![\d./])"
)
_FROM = r"(?:起|开始)?[,，]?"
_RANGE = re.compile(
    rf"(?:(?P<y1>{_YEAR})\s?年\s?)?(?P<m1>{_COUNT})\s?月\s?(?P<d1>{_COUNT})\s?[日号]?"
    + _FROM
    + _SEP
    + rf"(?:(?:(?P<y2>{_YEAR})\s?年|同年|当年|(?P<next>{_NEXT_YEAR}))\s?)?"
    rf"(?:(?P<m2>{_COUNT})\s?月\s?)?(?P<d2>{_COUNT})\s?[日号]"
    r"|(?<![\d.])(?P<y3>20\d\d)(?P<s>[./-])(?P<m3>\d{1,2})(?P=s)(?P<d3>\d{1,2})"
    + _SEP
    + r"(?:(?P<y4>20\d\d)(?P=s))?(?P<m4>\d{1,2})(?P=s)(?P<d4>\d{1,2})(?![\d./])"
)
_CHINESE = re.compile(
    r"(?P<y>[二一〇○零ＯO0-9三四五六七八九]{4})年(?P<m>[一二三四五六七八九十]{1,2})月(?P<d>[一二三四五六七八九十]{1,3})日"
)
_MONTH = re.compile(r"(?P<y>\d{4})\s?(?:年|[-/.])\s?(?P<m>\d{1,2})\s?月?(?:份?(?:底|末)(?:之?前)?|份)?")
_RANGE_END = re.compile(
    r"(?:(?P<y1>\d{4})\s?年\s?)?(?P<m1>\d{1,2})\s?月?(?:\d{1,2}\s?[日号]?)?"
    + _SEP
    + r"(?:(?P<y2>\d{4})\s?年\s?)?"
    r"(?:(?P<m2>\d{1,2})\s?月(?:(?P<d2>\d{1,2})[日号]|份?[底末]?)|(?P<d1>\d{1,2})[日号])"
)
_PERIOD = re.compile(
    r"(?P<y>\d{4})\s?年(?:度|的)?(?P<p>上半年|下半年|第?[一二三四1-4]季度|年内|内)(?:底|末)?(?:之?前|以前)?(?:完成)?"
)
_PERIODS = {"上": 6, "下": 12, "年": 12, "内": 12}
_QUARTERS = {"一": 3, "二": 6, "三": 9, "四": 12, "1": 3, "2": 6, "3": 9, "4": 12}
_RELATIVE_YEAR = re.compile(r"(?P<w>今年|本年度?|明年|去年)(?:年)?(?=[上下底末内第\d一二三四])")
_RELATIVE_YEARS = {"今": 0, "本": 0, "明": 1, "去": -1}
_BARE_YEAR_END = re.compile(r"(?:年底|年末|年内)(?:之?前|以前)?(?:完成)?")
_BARE_HALF = re.compile(r"(?P<h>[上下])半年(?:之?前|内|底)?(?:完成)?")
_BARE_MONTH = re.compile(r"(?P<m>\d{1,2})月(?:(?P<d>\d{1,2})日|份?(?:底|末))(?:之?前|以前)?(?:完成)?")
_BARE_MONTH_END = re.compile(r"本月(?:底|末|内)?(?:之?前)?(?:完成)?")
_YEAR_END = re.compile(r"(?P<y>\d{4})\s?年?(?:年?底|年?末|度?底)(?:之?前)?(?:完成)?")
_DIGITS = {
    "〇": "0",
    "○": "0",
    "零": "0",
    "Ｏ": "0",
    "O": "0",
    **{c: str(i) for i, c in enumerate("一二三四五六七八九", 1)},
}


class Stretch(NamedTuple):
    """Days from ``first`` to ``last`` (both included) and where they are printed."""

    first: date
    last: date
    start: int
    end: int


def day(year: int, month: int, of_month: int) -> date | None:
    """The day, or null where the calendar has none."""
    if not (1900 <= year <= 2200 and 1 <= month <= 12 and 1 <= of_month <= monthrange(year, month)[1]):
        return None
    return date(year, month, of_month)


def days_in(
    text: str, start: int, end: int, year: int | None = None, this_year: int | None = None
) -> list[Stretch]:
    """Single days of ``text[start:end]`` in order; a day without a year takes that of the day before it.

    今年 is ``this_year``; where that is not known, neither is the day.
    """
    found_days: list[Stretch] = []
    month: int | None = None
    for found in _ANY.finditer(text, start, end):
        said = found["y"] or found["y2"]
        year = year_of(said) if said else year
        year = year + 1 if year is not None and found["next"] else year
        if found["told"]:
            year = this_year if this_year is None or found["told"] == "今年" else this_year - 1
        named = found["m"] or found["m2"]
        month = _count(named) if named else month
        if year is None or month is None:
            continue
        value = day(year, month, _count(found["d"] or found["d2"]))
        if value is not None:
            found_days.append(Stretch(value, value, found.start(), found.end()))
    return found_days


def stretches_in(text: str, start: int, end: int, year: int | None = None) -> list[Stretch]:
    """Stretches of days of ``text[start:end]``; the last day inherits the year and month it leaves out."""
    result: list[Stretch] = []
    for found in _RANGE.finditer(text, start, end):
        said = found["y1"] or found["y3"]
        of_first = year_of(said) if said else year
        if of_first is None:
            continue
        month = _count(found["m1"] or found["m3"])
        first = day(of_first, month, _count(found["d1"] or found["d3"]))
        last_said, last_month = found["y2"] or found["y4"], found["m2"] or found["m4"]
        of_last = year_of(last_said) if last_said else of_first + bool(found["next"])
        last = day(of_last, _count(last_month) if last_month else month, _count(found["d2"] or found["d4"]))
        if first is None or last is None:
            continue
        if last < first and said and of_last == of_first:
            last = day(last.year + 1, last.month, last.day) or last
        if first <= last:
            result.append(Stretch(first, last, found.start(), found.end()))
    return result


def year_of(printed: str) -> int:
    """The year of four figures (2033, 二〇三三)."""
    return int("".join(_DIGITS.get(figure, figure) for figure in printed))


def _count(printed: str) -> int:
    return int(printed) if printed.isdecimal() else _small(printed)


_MONTHS = re.compile(
    rf"(?:(?P<y1>{_YEAR})\s?年\s?)?(?P<m1>{_COUNT})\s?月份?"
    + _SEP
    + rf"(?:(?:(?P<y2>{_YEAR})\s?年|(?P<next>{_NEXT_YEAR}))\s?)?(?P<m2>{_COUNT})\s?月份?"
    rf"(?!\s?{_COUNT}|[初中上下底末])"
)


def months_in(text: str, start: int, end: int, year: int | None = None) -> Stretch | None:
    """The first stretch of whole months of ``text[start:end]`` (2030年3月至5月), or null."""
    found = _MONTHS.search(text, start, end)
    if found is None:
        return None
    of_first = year_of(found["y1"]) if found["y1"] else year
    if of_first is None:
        return None
    of_last = year_of(found["y2"]) if found["y2"] else of_first + bool(found["next"])
    first = day(of_first, _count(found["m1"]), 1)
    last = month_end(of_last, _count(found["m2"]))
    if first is None or last is None or last < first:
        return None
    return Stretch(first, last, *found.span())


_ANNOUNCED = re.compile(r"(?<=日)[ \u3000]?(?:公告|公布|发布)$")
_SPOKEN = re.compile(
    r"[—－–\-(（ \u3000]*(?P<day>\d{4}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日)"
    r"[ \u3000]?在[^。；;，,\n]{2,60}(?:会议|会)上?[)）]?"
)


def spoken_day(line: str) -> date | None:
    """The day of a speech in the line under its title (——2031年12月25日在…会议上), or null."""
    found = _SPOKEN.fullmatch(line.strip())
    return signature_day(found["day"]) if found else None


def signature_day(line: str) -> date | None:
    """The day that ``line`` is made of (2024年3月28日、二〇二四年三月二十八日), or null."""
    line = _ANNOUNCED.sub("", line.strip(" \u3000()（）。"))
    found = _FULL.fullmatch(line)
    if found:
        return day(int(found["y"]), int(found["m"]), int(found["d"]))
    found = _CHINESE.fullmatch(line.replace(" ", ""))
    if found:
        return day(year_of(found["y"]), _small(found["m"]), _small(found["d"]))
    return None


def first_day(text: str) -> date | None:
    """The first full day printed in ``text`` (2024-03-28 08:46), or null."""
    for found in _FULL.finditer(text):
        value = day(int(found["y"]), int(found["m"]), int(found["d"]))
        if value is not None:
            return value
    return None


def due_day(printed: str) -> date | None:
    """Last day of a printed deadline (a day, the end of a month or year); null for a phrase or bare year."""
    words = _plain(printed)
    full = _FULL.match(words)
    if full and re.fullmatch(
        r"(?:之?前|止|以前|完成|前完成|前?整改(?:完成|到位)|前销号)?", words[full.end() :]
    ):
        return day(int(full["y"]), int(full["m"]), int(full["d"]))
    year_end = _YEAR_END.fullmatch(words)
    if year_end:
        return day(int(year_end["y"]), 12, 31)
    chinese = _CHINESE.match(words)
    if chinese and re.fullmatch(r"(?:之?前|止|以前)?(?:完成)?", words[chinese.end() :]):
        return signature_day(chinese[0])
    period = _PERIOD.fullmatch(words)
    if period:
        return month_end(int(period["y"]), {**_PERIODS, **_QUARTERS}[period["p"].lstrip("第")[0]])
    stretch = _RANGE_END.fullmatch(words)
    if stretch:
        return _last_day(stretch)
    month = _MONTH.match(words)
    if month and re.fullmatch(r"(?:完成|整改(?:完成|到位)|前?完成整改|销号)?", words[month.end() :]):
        return month_end(int(month["y"]), int(month["m"]))
    return None


def relative_due(printed: str, published: date, *, planned: bool = False) -> date | None:
    """Last day of a deadline that is told from the day of publication (今年6月底前、年底前、本月底).

    Null where more than one reading is possible: 上半年 in a document of the second half, or a bare month
    (6月底前) unless what is ``planned`` lies ahead of the publication in the same year.
    """
    words = _plain(printed)
    bare = _BARE_MONTH.fullmatch(words) if planned else None
    if bare:
        year, month = published.year, int(bare["m"])
        value = day(year, month, int(bare["d"])) if bare["d"] else month_end(year, month)
        return value if value is not None and value >= published else None
    named = _RELATIVE_YEAR.match(words)
    if named:
        year = published.year + _RELATIVE_YEARS[named["w"][0]]
        return due_day(f"{year}年{words[named.end() :]}")
    if _BARE_YEAR_END.fullmatch(words):
        return date(published.year, 12, 31)
    if _BARE_MONTH_END.fullmatch(words):
        return month_end(published.year, published.month)
    half = _BARE_HALF.fullmatch(words)
    if half and (half["h"] == "下" or published.month <= 6):
        return month_end(published.year, 12 if half["h"] == "下" else 6)
    return None


def month_end(year: int, month: int) -> date | None:
    """The last day of a month, or null where the calendar has none."""
    if not (1 <= month <= 12 and 1900 <= year <= 2200):
        return None
    return date(year, month, monthrange(year, month)[1])


def _plain(printed: str) -> str:
    """A printed deadline without blanks and outer marks, full-width digits folded."""
    digits = str.maketrans("０１２３４５６７８９．／", "0123456789./")
    return re.sub(r"\s", "", printed.translate(digits)).strip("。.；;，,()（）")


def _last_day(stretch: re.Match[str]) -> date | None:
    """The end of a stretch (2023年4月至6月); the year may stand at its beginning only."""
    said = stretch["y2"] or stretch["y1"]
    if said is None:
        return None
    year, month, of_month = int(said), int(stretch["m2"] or stretch["m1"]), stretch["d2"] or stretch["d1"]
    return day(year, month, int(of_month)) if of_month else month_end(year, month)


def _small(printed: str) -> int:
    digits = {character: value for value, character in enumerate("一二三四五六七八九", 1)}
    tens, ten, ones = printed.rpartition("十")
    return (digits.get(tens, 1) * 10 if ten else 0) + digits.get(ones, 0)
