"""The columns of a ledger by the names in its header (台账表头)."""

from __future__ import annotations

from itertools import pairwise, zip_longest
from typing import TYPE_CHECKING, NamedTuple

from zhenggai.reading import patterns as re
from zhenggai.reading.ditto import DITTO
from zhenggai.reading.interpreting.labels import Field, column

if TYPE_CHECKING:
    from collections.abc import Sequence

PROBLEMS = frozenset({Field.PROBLEM, Field.DETAIL, Field.TASK})
_ANSWERS = frozenset({Field.MEASURES, Field.RESULT})
_LIKE: tuple[tuple[re.Pattern[str], Field], ...] = tuple(
    (re.compile(pattern), kind)
    for pattern, kind in (
        (
            r"(?:已|整改|完成|追[回缴]|收[回缴]|清[退收缴]|挽回|上缴|退[还缴回]|拨付).{0,6}(?:金额|资金)",
            Field.RECOVERED,
        ),
        (r"金额|资金(?:数|量|规模)|涉及资金", Field.AMOUNT),
        (r"措施|举措", Field.MEASURES),
        (r"时限|期限|时间", Field.DUE),
        (r"目标|标准|要求", Field.GOAL),
        (r"情况|进展|成效|结果", Field.RESULT),
        (r"状态|进度|是否完成", Field.STATUS),
        (r"配合|协办|协助", Field.SUPPORTING),
        (r"领导", Field.LEADER),
        (r"责任人|负责人", Field.PERSON),
        (r"(?:责任|牵头|承办|整改|主管).{0,4}(?:单位|部门|科室|处室|股室)", Field.LEAD_UNIT),
        (r"类别|类型|分类", Field.THEME),
        (r"问题|隐患", Field.PROBLEM),
    )
)
_LIKE_MOST = 14
_OTHER_COLUMN = re.compile(
    r"[。；;，,\d]|地点|位置|部位|来源|编号|序号|图|照片|电话|签[字名]|等级|级别|依据|材料|销号|备注|原因"
)
_COUNTED = re.compile(r"[(（]?\d{1,4}[)）.．、]?")
_COUNTS = re.compile(r"(?:整改)?(?:措施|任务)(?:序号|编号)")
_WHY_NOT = re.compile(r"(?:未|没有|尚未|不能|逾期|延期|滞后).{0,10}原因|(?:未完成|未整改).{0,6}说明")
_ANSWERABLE = re.compile(
    r"(?:单位|部门|科室|股室|处室|主体)(?:及其|以及|[及和与、/／])?[^单部科股处]{0,6}(?:责任人|负责人|领导)"
    r"|(?:责任人|负责人|领导)(?:及其|以及|[及和与、/／])[^单部科股处]{0,6}(?:单位|部门|科室|股室|处室)"
)


class Header(NamedTuple):
    """What the columns of a table hold, and their printed names."""

    fields: Sequence[Field | None]
    names: Sequence[str]

    def beside(self, words: Sequence[str], below: Sequence[Field | None]) -> list[str]:
        """The names with those of a second row, which names columns for ``below``."""
        if len(words) < len(below):
            return ["".join(words)] * len(below)
        return [word or name for word, name in zip(words, [*self.names, *[""] * len(words)], strict=False)]


NO_HEADER = Header((), ())


def header_of(cells: Sequence[str], *, strict: bool = False) -> list[Field | None]:
    """The columns, where a row names a problem column and another one; else nothing.

    ``strict``: names that are only like those of a ledger (投诉问题) name no column.
    """
    if cells and _COUNTED.fullmatch(cells[0]):
        # a row with a number of its own is a finding, whatever its words are like
        return []
    fields = [(column(cell) or (None if strict else like(cell))) if cell else None for cell in cells]
    named = {kind for kind in fields if kind is not None}
    if (
        len(named) < 2
        or not named & PROBLEMS
        or sum(kind is not None for kind in fields) * 2 < len([cell for cell in cells if cell])
    ):
        return []
    if Field.PROBLEM not in named:
        stand_in = Field.TASK if Field.TASK in named else Field.DETAIL
        fields = [Field.PROBLEM if kind is stand_in else kind for kind in fields]
    leads = [kind is Field.LEAD_UNIT and "牵头" in cell for cell, kind in zip(cells, fields, strict=True)]
    if any(leads):
        units = zip(fields, leads, strict=True)
        fields = [Field.SUPPORTING if kind is Field.LEAD_UNIT and not led else kind for kind, led in units]
    return _counted_once(fields)


def _counted_once(fields: list[Field | None]) -> list[Field | None]:
    """``fields`` with one column of problems and one of their numbers; other numbers count measures."""
    seen: set[Field] = set()
    for place, kind in enumerate(fields):
        beside = fields[place + 1] if place + 1 < len(fields) else None
        if kind is Field.PROBLEM and kind in seen:
            fields[place] = Field.DETAIL
        elif kind is Field.NUMBER and (kind in seen or (Field.PROBLEM in seen and beside in _ANSWERS)):
            fields[place] = Field.COUNT
        elif kind is not None:
            seen.add(kind)
    return fields


def is_header(cells: Sequence[str]) -> bool:
    """Whether a row of cells names columns one beside the other, as no form with its values does."""
    fields = [column(cell) if cell else None for cell in cells]
    beside = sum(one is not None and other is not None for one, other in pairwise(fields))
    return (
        beside > 1 and sum(kind is not None for kind in fields) * 2 > len(fields) and bool(header_of(cells))
    )


def second_header(cells: Sequence[str], columns: Sequence[Field | None]) -> list[Field | None]:
    """The columns with those that a second row names under one of them (责任落实: 责任领导、牵头股室)."""
    words = [cell.strip(DITTO) for cell in cells]
    fields = [(column(word) or like(word)) if word else None for word in words]
    named = [kind for kind in fields if kind is not None]
    if len(named) < 2 or len(named) < len([word for word in words if word]):
        return []
    if not words[0] or len(cells) >= len(columns):
        # what is merged over several columns at the end of a row is one cell of it
        return [below or above for below, above in zip_longest(fields, columns)]
    unknown = [place for place, kind in enumerate(columns) if kind is None]
    if len(unknown) != 1:
        return list(columns)
    return [*columns[: unknown[0]], *named, *columns[unknown[0] + 1 :]]


def like(cell: str) -> Field | None:
    """What a column of an unusual name (现场发现的隐患、要求完成的期限) most likely holds."""
    if len(cell) > _LIKE_MOST:
        return None
    if _COUNTS.fullmatch(cell):
        return Field.COUNT
    if _WHY_NOT.search(cell):
        return Field.REASON
    if _ANSWERABLE.search(cell):
        return Field.ANSWERABLE
    if _OTHER_COLUMN.search(cell):
        return None
    return next((kind for pattern, kind in _LIKE if pattern.search(cell)), None)
