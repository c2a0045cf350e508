"""Which sheet is the ledger and which column holds what (列映射): a value that a person can change."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from zhenggai.domain.messages import msg
from zhenggai.reading import patterns as re
from zhenggai.reading.workbook import roles
from zhenggai.reading.workbook.forms import is_form
from zhenggai.reading.workbook.header import Column, Header, header_chosen, header_of
from zhenggai.reading.workbook.own_books import key_column, ledger_of
from zhenggai.reading.workbook.roles import Guess, Role, folded, is_task

if TYPE_CHECKING:
    from collections.abc import Mapping as Table
    from collections.abc import Sequence

    from zhenggai.reading.workbook.grid import Book, Sheet


class SheetKind(StrEnum):
    """What a sheet of a workbook is (工作表种类)."""

    LEDGER = "ledger"
    LIST = "list"
    FORM = "form"
    PROCESS = "process"
    RETURNS = "returns"
    SUMMARY = "summary"
    GUIDE = "guide"
    OTHER = "other"


SHEET_LABELS: Final[dict[SheetKind, str]] = {
    SheetKind.LEDGER: msg("ledger"),
    SheetKind.LIST: msg("list that joins the ledger by number"),
    SheetKind.FORM: msg("forms, one for each finding"),
    SheetKind.PROCESS: msg("record of the process"),
    SheetKind.RETURNS: msg("record of what was sent back"),
    SheetKind.SUMMARY: msg("figures"),
    SheetKind.GUIDE: msg("how to fill it in"),
    SheetKind.OTHER: msg("something else"),
}
_NAMED: Final = (
    (SheetKind.RETURNS, re.compile(r"驳回|退回")),
    (
        SheetKind.PROCESS,
        re.compile(r"过程记录|流程记录|操作记录|跟踪记录|工作记录|整改记录|日志|进展记录|督办记录"),
    ),
    (SheetKind.GUIDE, re.compile(r"说明|填表|填报要求|填写要求|字典|选项|代码|参数|下拉|样表|模板|示例填写")),
    (SheetKind.SUMMARY, re.compile(r"统计|汇总|分析|图表|一览数据")),
)
_LISTS: Final = re.compile(r"(?P<what>问题|任务|措施|责任)清单")
_RETURNED: Final = re.compile(r"(?:驳回|退回)(?:原因|理由|意见|时间|日期|人|次数)")
_RECORDED: Final = re.compile(r"(?:操作|记录|跟进|处理|提交|更新)(?:人|时间|日期|内容)|动作|操作类型")
_COUNTED: Final = re.compile(r"合计|总数|完成率|销号率|问题数|已完成数|占比|个数|项数|数量")
_SUBSTANCE: Final = frozenset(
    {Role.MEASURES, Role.DUE, Role.LEAD_UNIT, Role.LEADER, Role.RESULT, Role.STATUS}
)
_VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class SheetMapping:
    """What one sheet is and what its columns hold; ``header`` is null where it is not read for findings.

    ``fingerprint`` is the same for every sheet with the same names of columns in the same order.
    """

    sheet: str
    kind: SheetKind
    header: Header | None = None

    @property
    def fingerprint(self) -> str:
        """By which the mapping is known again (表头指纹); empty without a header."""
        if self.header is None:
            return ""
        names = "\x1f".join(folded(column.name) for column in self.header.columns)
        return hashlib.sha256(names.encode("utf-8", "replace")).hexdigest()[:32]

    def columns_of(self, *wanted: Role) -> list[Column]:
        """The columns that hold one of these roles, from the left."""
        columns = self.header.columns if self.header is not None else ()
        return [column for column in columns if column.guess.role in wanted]


@dataclass(frozen=True, slots=True)
class Mapping:
    """What every sheet of a workbook is (整册映射), in the order of the sheets."""

    sheets: tuple[SheetMapping, ...]

    def of(self, sheet: str) -> SheetMapping:
        """The mapping of a sheet by its name."""
        return next(one for one in self.sheets if one.sheet == sheet)

    def with_column(self, sheet: str, index: int, role: Role | None) -> Mapping:
        """The mapping with one column held to be something else, as a person chose (人工改列)."""
        return self._changed(sheet, {index: role})

    def with_kind(self, sheet: str, kind: SheetKind) -> Mapping:
        """The mapping with one sheet held to be of another kind, as a person chose (人工改表类)."""
        changed = (replace(one, kind=kind) if one.sheet == sheet else one for one in self.sheets)
        return Mapping(tuple(changed))

    def with_header(self, sheet: Sheet, first: int, last: int) -> Mapping:
        """The mapping with the names of a sheet's columns in the rows that a person says (人工指定表头).

        Rows count from 1. Where the header stands there already, or they hold nothing, nothing changes.
        """
        known = self.of(sheet.name).header
        rows = (sheet.numbers[known.place] + 1, sheet.numbers[known.last] + 1) if known is not None else ()
        header = header_chosen(sheet, first, last) if rows != (first, last) else None
        if header is None:
            return self
        changed = (replace(one, header=header) if one.sheet == sheet.name else one for one in self.sheets)
        return Mapping(tuple(changed))

    def choices(self) -> dict[str, list[str | None]]:
        """What is worth remembering (记住映射): for every fingerprint the roles of its columns."""
        return {
            one.fingerprint: [column.guess.role for column in one.header.columns]
            for one in self.sheets
            if one.header is not None
        }

    def remembered(self, known: Table[str, Sequence[str | None]]) -> Mapping:
        """The mapping with what was chosen before for sheets of the same names of columns (沿用映射).

        ``known`` is what ``choices`` gave; a role that this version does not have is not taken.
        """
        result = self
        for one in self.sheets:
            chosen = known.get(one.fingerprint, ()) if one.header is not None else ()
            columns = one.header.columns if one.header is not None else ()
            wanted = {
                column.index: None if role is None else Role(role)
                for column, role in zip(columns, chosen, strict=False)
                if role != column.guess.role and (role is None or role in set(Role))
            }
            if wanted:
                result = result._changed(one.sheet, wanted)
        return result

    def _changed(self, sheet: str, wanted: Table[int, Role | None]) -> Mapping:
        sheets = []
        for one in self.sheets:
            header = one.header
            if one.sheet == sheet and header is not None:
                columns = tuple(
                    replace(column, guess=Guess(wanted[column.index], 1.0, roles.CHOSEN))
                    if column.index in wanted
                    else column
                    for column in header.columns
                )
                sheets.append(replace(one, header=replace(header, columns=columns)))
            else:
                sheets.append(one)
        return Mapping(tuple(sheets))

    def to_dict(self) -> dict[str, Any]:
        """The mapping as plain JSON values, for a page or a program."""
        return {
            "version": _VERSION,
            "sheets": [
                {
                    "sheet": one.sheet,
                    "kind": one.kind.value,
                    "fingerprint": one.fingerprint,
                    "columns": [
                        {
                            "index": column.index,
                            "name": column.name,
                            "role": column.guess.role.value if column.guess.role else None,
                            "confidence": round(column.guess.confidence, 2),
                            "why": column.guess.why,
                        }
                        for column in (one.header.columns if one.header is not None else ())
                    ],
                }
                for one in self.sheets
            ],
        }


def guess_mapping(book: Book) -> Mapping:
    """What the sheets and columns of a workbook most likely are (猜测映射)."""
    headers = [header_of(sheet) for sheet in book.sheets]
    pairs = list(zip(book.sheets, headers, strict=True))
    sheets = [SheetMapping(sheet.name, _kind(sheet, header), header) for sheet, header in pairs]
    sheets = _own(_lists(sheets), ledger_of(pairs))
    shown = {sheet.name for sheet in book.sheets if not sheet.is_hidden}
    ledgers = [one for one in sheets if one.kind is SheetKind.LEDGER]
    if any(one.sheet in shown for one in ledgers):
        # what is hidden beside a ledger that is shown is an older state of it, or for choosing from
        sheets = [
            one if one.sheet in shown or one.kind not in _READ else replace(one, kind=SheetKind.OTHER)
            for one in sheets
        ]
    elif not ledgers and all(one.kind is not SheetKind.FORM for one in sheets):
        best = next((one for one in sheets if one.header is not None and one.header.is_ledger), None)
        sheets = [replace(one, kind=SheetKind.LEDGER) if one is best else one for one in sheets]
    return Mapping(tuple(sheets))


_READ: Final = frozenset({SheetKind.LEDGER, SheetKind.LIST})


def _kind(sheet: Sheet, header: Header | None) -> SheetKind:
    names = [column.name for column in header.columns] if header is not None else []
    substantial = header is not None and header.is_ledger and len(header.found & _SUBSTANCE) > 1
    for kind, pattern in _NAMED:
        if pattern.search(sheet.name) and not (kind is SheetKind.SUMMARY and substantial):
            return kind
    if any(_RETURNED.search(folded(name)) for name in names):
        return SheetKind.RETURNS
    if sum(_RECORDED.search(folded(name)) is not None for name in names) > 1:
        return SheetKind.PROCESS
    if not substantial and sum(_COUNTED.search(folded(name)) is not None for name in names) > 1:
        return SheetKind.SUMMARY
    if is_form(sheet, header):
        return SheetKind.FORM
    if header is None:
        return SheetKind.OTHER
    return SheetKind.LEDGER if header.is_ledger else SheetKind.LIST


def _own(sheets: list[SheetMapping], ledger: str | None) -> list[SheetMapping]:
    """The sheets of a workbook that the ledger wrote: one of them comes back, the lists are made of it."""
    if ledger is None:
        return sheets
    return [
        replace(one, kind=SheetKind.LEDGER)
        if one.sheet == ledger
        else replace(one, kind=SheetKind.OTHER)
        if one.kind in _READ and key_column(one.header) >= 0
        else one
        for one in sheets
    ]


def _lists(sheets: list[SheetMapping]) -> list[SheetMapping]:
    """The three lists (问题清单、任务清单、责任清单): that of problems is the ledger, others join it."""
    named: dict[str, SheetMapping] = {}
    for one in sheets:
        found = _LISTS.search(one.sheet)
        if found is not None and one.kind in _READ:
            named.setdefault(found["what"], one)
    if "问题" not in named or len(named) < 2:
        return sheets
    first = named["问题"]
    return [
        _as_list(one)
        if one.kind is SheetKind.LEDGER and one is not first and one in named.values() and _has_number(one)
        else one
        for one in sheets
    ]


def _as_list(one: SheetMapping) -> SheetMapping:
    """A sheet of tasks beside one of problems: its first column of words is what is to be done."""
    tasks = one.columns_of(Role.PROBLEM, Role.DETAIL)
    changed = Mapping((replace(one, kind=SheetKind.LIST),))
    if tasks and not one.columns_of(Role.MEASURES) and is_task(tasks[0].name):
        changed = changed.with_column(one.sheet, tasks[0].index, Role.MEASURES)
    return changed.sheets[0]


def _has_number(one: SheetMapping) -> bool:
    return bool(one.columns_of(Role.NUMBER))
