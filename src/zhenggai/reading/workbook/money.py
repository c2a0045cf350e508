"""Amounts of money in cells (金额): 12.5万元, 3,600, 壹拾万元 is not read."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import Final

from zhenggai.reading import patterns as re

_AMOUNT: Final = re.compile(
    r"(?:约|共|合计|人民币|￥|¥|RMB)?\s*(?P<value>-?\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?)\s*"
    r"(?P<unit>元|千元|万元|万|亿元|亿|百万元|千万元)?(?:人民币|整)?",
    re.IGNORECASE,
)
_UNITS: Final = {
    "": 1, "元": 1, "千元": 1_000, "万": 10_000, "万元": 10_000, "百万元": 1_000_000,
    "千万元": 10_000_000, "亿": 100_000_000, "亿元": 100_000_000,
}  # fmt: skip
_OF_COLUMN: Final = re.compile(r"[(（]?(亿元|千万元|百万元|万元|千元|元)[)）]?\s*\Z")


@lru_cache(maxsize=4096)
def is_amount(printed: str) -> bool:
    """Whether a cell holds nothing but a number, with its unit or not."""
    return _AMOUNT.fullmatch(printed.strip()) is not None


def amount_unit(printed: str, column: str, table: str) -> str:
    """The unit that a bare number is counted in where only the table names it (单位：万元)."""
    found = _AMOUNT.fullmatch(printed.strip())
    if not table or found is None or found["unit"] or _OF_COLUMN.search(column.strip()) is not None:
        return ""
    return table


@lru_cache(maxsize=4096)
def yuan_of(printed: str, column: str = "") -> Decimal | None:
    """The amount in yuan that a cell says, in the unit of its column where it names none (金额换算为元)."""
    found = _AMOUNT.fullmatch(printed.strip().rstrip("。"))
    if found is None:
        return None
    named = _OF_COLUMN.search(column.strip())
    unit = found["unit"] or (named[1] if named is not None else "")
    value = Decimal(found["value"].replace(",", "").replace("，", ""))
    return value * _UNITS[unit]
