"""Small noise inside lines: doubled commas, lost indents and spaces, dates without 年 or 月 (行内噪声)."""

from __future__ import annotations

from calendar import monthrange
from typing import TYPE_CHECKING, Final

from zhenggai.reading import patterns as re
from zhenggai.reading.garbling.noise import Noise
from zhenggai.reading.restoring.readings import HAN

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from zhenggai.reading.garbling.noise import Page, Row

_MARK: Final = re.compile(
    rf"(?<=[{HAN}）》”])([，。、；])(?![，。、；：！？,;”])|(?<=[{HAN}]),(?=[{HAN}“《])"
)
_MARK_SHARE: Final = 0.1
_INDENT: Final = re.compile(rf"^(?:　　)+(?=[{HAN}“《（])")
_INDENTS_LEAST: Final = 2
_SPACE: Final = re.compile(rf"(?<=[{HAN}])[ 　]+(?=[{HAN}])")
_DATE: Final = re.compile(r"(?<![\d年月.-])((?:19|20)\d\d)年(1[0-2]|0?[1-9])月([12]\d|3[01]|0?[1-9])日")
_DATE_SHARE: Final = 0.5


def doubled(rows: Iterable[Row], page: Page) -> list[Row]:
    """A comma before some of the marks."""

    def double(hit: re.Match[str], number: int) -> str:
        mark = hit.group()
        if page.rng.random() >= _MARK_SHARE:
            return mark
        both = mark * 2 if mark in ",，" else f",{mark}"
        page.ledger.note(Noise.COMMAS, number, mark, both)
        return both

    return [
        row._replace(text=_MARK.sub(lambda hit, number=row.number: double(hit, number), row.text))  # type: ignore[misc]
        for row in rows
    ]


def unindented(rows: Sequence[Row], page: Page) -> list[Row]:
    """Question marks for every indent of a paragraph; one alone could be the author's own."""
    indents = [_INDENT.match(row.text) for row in rows]
    if sum(indent is not None for indent in indents) < _INDENTS_LEAST:
        return list(rows)
    done: list[Row] = []
    for row, indent in zip(rows, indents, strict=True):
        if indent:
            marks = "??" * indent.end()
            page.ledger.note(Noise.INDENTS, row.number, indent.group(), marks)
        done.append(row._replace(text=marks + row.text[indent.end() :]) if indent else row)
    return done


def closed_up(rows: Iterable[Row], page: Page) -> list[Row]:
    """The spaces between Chinese words gone: nobody can know where they stood."""
    done: list[Row] = []
    for row in rows:
        for space in _SPACE.findall(row.text):
            page.ledger.note(Noise.SPACES, row.number, space, "", is_lost=True)
        done.append(row._replace(text=_SPACE.sub("", row.text)))
    return done


def undated(rows: Iterable[Row], page: Page) -> list[Row]:
    """年 or 月 or both out of some dates; lost where more than one day of the year is written so."""

    def drop(hit: re.Match[str], number: int) -> str:
        if page.rng.random() >= _DATE_SHARE:
            return hit.group()
        year, month, day = hit.groups()
        ways = [f"{year}{month}月{day}日", f"{year}{month}{day}日", f"{year}年{month}{day}日"]
        # 2021年31日 may be a number of days: no mirror is told by it.
        without = page.rng.choice(ways if len(month + day) > 2 else ways[:2])
        is_lost = "月" not in without and not _is_clear(int(year), month + day)
        page.ledger.note(Noise.DATES, number, hit.group(), without, is_lost=is_lost)
        return without

    return [
        row._replace(text=_DATE.sub(lambda hit, number=row.number: drop(hit, number), row.text))  # type: ignore[misc]
        for row in rows
    ]


def _is_clear(year: int, digits: str) -> bool:
    """Whether only one day of the year is written with these digits, zeros in front or not."""
    days = {
        (month, day)
        for month in range(1, 13)
        for day in range(1, monthrange(year, month)[1] + 1)
        for one in {str(month), f"{month:02}"}
        for two in {str(day), f"{day:02}"}
        if one + two == digits
    }
    return len(days) == 1
