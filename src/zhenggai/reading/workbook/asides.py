"""Rows among the findings of a ledger that belong to none (附注行): totals, notes, lines of signatures."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final

from zhenggai.reading import patterns as re

if TYPE_CHECKING:
    from collections.abc import Sequence


class Aside(Enum):
    """What a row is that says something of the table and not of a finding (附注行种类)."""

    TOTAL = "total"
    NOTE = "note"


_TOTAL: Final = re.compile(r"\s*(?:合\s*计|总\s*计|小\s*计|共\s*计|本页合计|累\s*计)")
_COUNTED: Final = r"\s*[:：]?\s*(?:\d{1,6}\s*(?:个|项|条)?(?:具体)?(?:问题)?)?\s*"
_TOTAL_ALONE: Final = re.compile(
    rf"\s*(?:(?:本|上|全)[页表])?(?:合\s*计|总\s*计|小\s*计|共\s*计|累\s*计){_COUNTED}"
)
_TOTAL_OF: Final = re.compile(rf"[^。；;，,]{{1,16}}(?:合\s*计|总\s*计|小\s*计){_COUNTED}")
_NOTE: Final = re.compile(
    r"\s*(?:[*※★]|(?:备\s*)?注\s*\d*\s*[:：.、]|说\s*明\s*[:：]|填[表报](?:说明|人|单位|日期|时间|部门)|"
    r"(?:制表|审核|审签|复核|填表|填报|负责|经办|联系|监督)(?:人|单位|部门)?(?:签[字名])?\s*[:：]|(?:联系|监督|举报)(?:电话|方式|地址)|"
    r"(?:单位|部门|整改单位|主管部门)?(?:主要)?负责人?(?:签[字名]|[(（]签[字名][)）])|制表|报送单位|第\s*\d+\s*页)"
)
_SIGNED: Final = re.compile(
    r"\s*(?:其\s*中\s*[:：]?\s*\Z|[^:：。；;，,]{0,12}"
    r"(?:签[字名章]|盖章|公章|审[核批签定]|填[表报]|制表|校[对核]|复核|批准|经办|负责|联系|(?:分管|包[抓保]|主要|责任)?领导|书记)"
    r"(?:人员?|单位|部门|时间|日期|电话|意见)?\s*(?:[(（][^()（）]{1,6}[)）])?\s*[)）]?\s*[:：])"
)
_SHOWN: Final = re.compile(
    r"\s*(?:填[写报表](?:说明|要求|示例)|说明|示例|样例|范例|例|举例|例如)\s*\d?\s*[:：]?\s*"
)
"""What stands before a row that says how to fill in the rows below it, or shows it."""
_HEADED: Final = re.compile(
    r"\s*[^:：。；;，,]{0,6}(?:单位|部门|日期|时间)(?:名称)?\s*(?:[(（][^()（）]{1,6}[)）])?\s*[:：]"
)
_COLUMN_NUMBERS: Final = (
    *(tuple(map(form.format, range(1, 27))) for form in ("{}", "({})", "（{}）", "栏{}")),
    tuple(map(chr, range(0x2460, 0x2474))),
    tuple("一二三四五六七八九十"),
    tuple("甲乙丙丁戊己庚辛壬癸"),
    tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
)
_RATE: Final = re.compile(r"\s*(?:整改|销号|办结|总)?(?:完成|整改|销号|办结)?(?:率|占比|比例)\s*[:：]?\s*")


def aside_of(cells: Sequence[str], first: int, problem: int) -> Aside | None:
    """What a row is whose first cell with anything in it is ``first``, if it belongs to no finding.

    A row that has a problem in the column ``problem``, and more beside it, tells a finding although it begins
    like a total or a note (累计拖欠工程款…): no other does it whose first cell stands before the problem.
    """
    lead = cells[first]
    if first < problem and (_SHOWN.fullmatch(lead) or _counts_columns(cells)):
        return Aside.NOTE
    is_total = _TOTAL_OF.fullmatch(lead) or _RATE.fullmatch(lead)
    if _TOTAL_ALONE.fullmatch(lead) or (is_total and first < problem):
        return Aside.TOTAL
    if first < problem and _SIGNED.match(lead):
        return Aside.NOTE
    if first <= problem < len(cells) and cells[problem].strip() and sum(map(bool, map(str.strip, cells))) > 2:
        return None
    if first < problem and _HEADED.match(lead) and any(text.strip() for text in cells[first + 1 :]):
        return Aside.NOTE
    if _TOTAL.match(lead) or is_total:
        return Aside.TOTAL
    return Aside.NOTE if _NOTE.match(lead) or _SIGNED.match(lead) else None


def _counts_columns(cells: Sequence[str]) -> bool:
    """Whether a row numbers the columns (①②③, 甲乙丙): every cell holds the next sign of one count."""
    said = tuple(text.strip() for text in cells if text and not text.isspace())
    return len(said) > 2 and any(signs[: len(said)] == said for signs in _COLUMN_NUMBERS)
