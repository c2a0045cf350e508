"""Deadlines in the usual form (时限写法归一): years of two figures, months as words, thirds of a month."""

from __future__ import annotations

from typing import Final

from zhenggai.reading import patterns as re

_YEAR_OF_TWO: Final = re.compile(r"(?<![\d年月日.])(?P<y>[12]\d)年(?=\d{1,2}月)")
_CHINESE_MONTH: Final = re.compile(r"(?<=\d年)(?P<m>十[一二]?|[一二三四五六七八九])月")
_TEN_DAYS: Final = re.compile(
    r"(?P<y>\d{4})年(?P<m>\d{1,2})月(?:份)?(?P<ten>[上中下])旬(?:之?前|以前|末|底)?(?:完成)?"
)
_HOUR: Final = re.compile(r"(?<=日)(?:\d{1,2}[时点]|下班)(?=之?前|以前|\Z)")
_UNTIL_ON: Final = re.compile(r"[-—–－~～至到]{1,2}(?=长期|持续|常态)")
_MONTHS: Final = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")


def usual_due(words: str) -> str:
    """A deadline in the usual form: 24年六月底 → 2024年6月底, 中旬 → 20日, 6月—长期 → 6月，长期."""
    if "年" not in words:
        return words
    plain = re.sub(r"\s", "", words) if "\n" not in words else words
    plain = _CHINESE_MONTH.sub(lambda found: f"{_MONTHS.index(found['m']) + 1}月", plain)
    plain = _YEAR_OF_TWO.sub(r"20\g<y>年", plain)
    plain = _UNTIL_ON.sub("，", _HOUR.sub("", plain))
    return _TEN_DAYS.sub(_last_of_ten, plain)


def _last_of_ten(found: re.Match[str]) -> str:
    of_month = {"上": "10日", "中": "20日", "下": "底"}[found["ten"]]
    return f"{found['y']}年{found['m']}月{of_month}"
