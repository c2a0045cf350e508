"""What stands above the table of a ledger (表头以上): title, organisation, the day it was filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from zhenggai.reading import patterns as re
from zhenggai.reading.interpreting.bodies import inspector_of, organisation_of
from zhenggai.reading.interpreting.dates import first_day, month_end
from zhenggai.reading.interpreting.wording import clean

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from zhenggai.reading.workbook.grid import Sheet
    from zhenggai.reading.workbook.header import Header

_UNIT: Final = re.compile(
    r"(?:被?(?:巡[察视]|审计|督[察查]|检查)|填[报表]|报送|整改|责任)?(?:单位|党组织|党委|党组|部门)(?:名称|全称)?"
    r"(?:[(（](?:盖章|公章|签章)[)）])?\s*[:：]\s*(?P<name>[^\s:：]{2,40})"
)
_ABOUT: Final = re.compile(r"填[报表]|时间|日期|单位[:：]|电话|联系人|页|截[至止]|[:：]")
_MONEY: Final = r"(?:人民币)?[百千]?[万亿]?元"
_MEASURED: Final = re.compile(
    rf"(?:{_MONEY}|人次?|[个项件条家户份处次])(?:[、,，/和](?:{_MONEY}|人次?|[个项件条家户份处次]))*"
)
"""What a sheet is counted in (单位：万元、人), which is no body."""
_IN_MONEY: Final = re.compile(rf"单位\s*[:：][^:：\n]{{0,12}}?(?P<unit>{_MONEY})")
_UP_TO: Final = re.compile(r"[(（]截[至止][^()（）]{0,30}[)）]|\A附件\s*\d*[:：]?\Z")
_TOLD_ON: Final = re.compile(
    r"(?:(?:填[报表]|更新|制表|报送|统计|截[至止])(?:时间|日期)\s*[:：]|截[至止]到?)\s*(?P<day>\d{4}[^\s)）]{2,12})"
)
_TOTAL: Final = re.compile(r"\s*(?:合|总|小)\s*计\s*[:：]?\Z")
_MONTH: Final = re.compile(r"(?P<y>\d{4})年(?P<m>\d{1,2})月(?:份?[底末])?")


class Top(NamedTuple):
    """What stands above a table; ``told_on``: when it was filled in, or up to when it counts.

    ``money``: the unit of its amounts (万元), where one is named for the whole table.
    """

    title: str | None = None
    organisation: str | None = None
    inspector: str | None = None
    told_on: date | None = None
    money: str = ""


def top_of(sheet: Sheet, header: Header) -> Top:
    """Read the rows above the header of a sheet."""
    above = (row for row in sheet.rows[: header.place] if not any(map(_TOTAL.match, row)))
    said = [text.strip() for row in above for text in row if text.strip()]
    titles = [text for text in (_UP_TO.sub("", text) for text in said) if text and not _ABOUT.search(text)]
    title = clean(max(titles, key=len)) if titles else None
    return Top(title, _organisation(said, title), inspector_of(title or ""), _told_on(said), _money(said))


def _organisation(said: Sequence[str], title: str | None) -> str | None:
    named = (found["name"] for found in map(_UNIT.search, said) if found is not None)
    body = next((name for name in named if _MEASURED.fullmatch(name) is None), None)
    return body or organisation_of(title, "", "")


def _money(said: Sequence[str]) -> str:
    return next((found["unit"] for found in map(_IN_MONEY.search, said) if found is not None), "")


def _told_on(said: Sequence[str]) -> date | None:
    for text in said:
        found = _TOLD_ON.search(text)
        if found is None:
            continue
        day = first_day(found["day"])
        month = _MONTH.match(found["day"])
        if day is not None:
            return day
        if month is not None:
            return month_end(int(month["y"]), int(month["m"]))
    return None
