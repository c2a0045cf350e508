"""The columns of a ledger workbook (台账栏目): what each is called, holds, and says where ours is empty."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from zhenggai.documents.ledger import RESTRICTED_WORD
from zhenggai.documents.ledger_book.counted import counted
from zhenggai.documents.ledger_words import deadline_words, evidence_words, lines_of
from zhenggai.documents.words import LIGHT_WORDS, NATURE_WORDS, PROGRESS_WORDS, STAGE_WORDS
from zhenggai.domain.ledger_keys import GROUP_HEADING, PLACE_HEADING, STATED_CLOSED_WORD
from zhenggai.domain.lifecycle import FINAL_STAGES, Nature, Progress, Stage
from zhenggai.domain.outcomes import PEOPLE, OutcomeKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from zhenggai.documents.ledger import LedgerRow
    from zhenggai.documents.ledger_book.content import BookRow

CLOSED_WORDS: Final = {True: "是", False: "否"}


class Kind(StrEnum):
    """What the cells of a column are (单元格类型)."""

    TEXT = "text"
    SHORT = "short"
    DAY = "day"
    MOMENT = "moment"
    COUNT = "count"
    PERCENT = "percent"
    MONEY = "money"
    AMOUNT = "amount"


@dataclass(frozen=True, slots=True)
class BookColumn:
    """One column of the ledger (栏目); ``width`` in characters of the body's font.

    ``stated``: what a document says, shown in italics where the ledger itself says nothing. ``choices`` are
    offered to whoever edits a cell. ``is_read``: a changed cell comes back as a proposal.
    """

    name: str
    heading: str
    width: int
    value: Callable[[BookRow], Any]
    kind: Kind = Kind.TEXT
    stated: Callable[[LedgerRow], Any] | None = None
    choices: tuple[str, ...] = ()
    is_read: bool = False
    is_merged: bool = False


def _closure_day(row: LedgerRow) -> Any:
    # of long-term work in a later stage the closings of earlier ones say nothing of now
    return row.closures[-1].at.date() if row.closures and row.stage in FINAL_STAGES else None


def _closed(row: LedgerRow) -> str:
    if row.stage is Stage.CLOSED:
        return CLOSED_WORDS[True]
    return STATED_CLOSED_WORD if row.stated_closed else CLOSED_WORDS[False]


def _outcomes(row: LedgerRow, kinds: Iterable[OutcomeKind]) -> Decimal | None:
    wanted = {kind.value for kind in kinds}
    found = [Decimal(each.quantity) for each in row.outcomes if each.is_counted and each.kind in wanted]
    return sum(found, Decimal(0)) if found else None


def _text(name: str, heading: str, width: int, value: Callable[[LedgerRow], Any], **more: Any) -> BookColumn:
    return BookColumn(name, heading, width, lambda each: value(each.row), **more)


_NATURES: Final = tuple(NATURE_WORDS[each] for each in Nature)
_PROGRESSES: Final = tuple(PROGRESS_WORDS[each] for each in Progress)
COLUMNS: Final[dict[str, BookColumn]] = {
    each.name: each
    for each in (
        # counted by the writer: the place in this list
        BookColumn("place", PLACE_HEADING, 6, lambda _: None, Kind.COUNT),
        _text("number", "编号", 11, lambda row: row.number, kind=Kind.SHORT, is_read=True),
        _text("theme", "方面", 14, lambda row: row.theme, is_read=True, is_merged=True),
        _text("group", GROUP_HEADING, 14, lambda row: row.group, is_read=True, is_merged=True),
        _text("title", "反馈问题", 34, lambda row: row.title, is_read=True),
        _text("problem", "具体表现", 34, lambda row: row.problem, is_read=True),
        _text("organisation", "被检查单位", 16, lambda row: row.organisation_label, is_read=True),
        _text(
            "nature",
            "整改类型",
            11,
            lambda row: NATURE_WORDS[row.nature] if row.nature else "",
            kind=Kind.SHORT,
            stated=lambda row: NATURE_WORDS[row.stated_nature] if row.stated_nature else "",
            choices=_NATURES,
            is_read=True,
        ),
        _text("stage", "环节", 11, lambda row: STAGE_WORDS[row.stage], kind=Kind.SHORT),
        _text(
            "progress",
            "整改进度",
            12,
            lambda row: PROGRESS_WORDS[row.progress] if row.progress else "",
            kind=Kind.SHORT,
            stated=lambda row: row.stated_status,
            choices=_PROGRESSES,
            is_read=True,
        ),
        _text(
            "percent",
            "完成比例",
            9,
            lambda row: None if row.percent is None else Decimal(row.percent) / 100,
            kind=Kind.PERCENT,
        ),
        _text(
            "verified",
            "核实进度",
            12,
            lambda row: PROGRESS_WORDS[row.progress_verified] if row.progress_verified else "",
            kind=Kind.SHORT,
        ),
        _text(
            "leader",
            "责任领导",
            11,
            lambda row: row.responsible_leader,
            stated=lambda row: row.stated_leader,
            is_read=True,
        ),
        _text(
            "unit",
            "责任单位",
            16,
            lambda row: row.lead_unit,
            stated=lambda row: row.stated_unit,
            is_read=True,
        ),
        _text(
            "supporting",
            "配合单位",
            16,
            lambda row: "、".join(row.supporting_units),
            stated=lambda row: row.stated_supporting,
            is_read=True,
        ),
        _text("first_due", "首次时限", 12, lambda row: row.first_due, kind=Kind.DAY),
        _text(
            "due",
            "完成时限",
            12,
            lambda row: row.due,
            kind=Kind.DAY,
            stated=lambda row: row.stated_due,
            is_read=True,
        ),
        BookColumn(
            "light",
            "时限状态",
            10,
            lambda each: LIGHT_WORDS[each.light] if each.light else STAGE_WORDS[each.row.stage],
            Kind.SHORT,
        ),
        _text("days_overdue", "逾期天数", 9, lambda row: row.days_overdue, kind=Kind.COUNT),
        _text(
            "deadline_requests",
            "期限申请",
            28,
            lambda row: lines_of(deadline_words(each) for each in row.deadline_requests),
        ),
        _text(
            "measures",
            "整改措施",
            40,
            lambda row: counted([each.text for each in row.measures]),
            is_read=True,
        ),
        _text("criteria", "整改标准", 28, lambda row: counted([each.text for each in row.criteria])),
        _text("narrative", "最新进展", 36, lambda row: row.narrative),
        _text(
            "actions",
            "整改情况",
            36,
            lambda _: "",
            stated=lambda row: counted(row.stated_actions),
            is_read=True,
        ),
        _text(
            "evidence",
            "佐证材料",
            26,
            lambda row: lines_of(evidence_words(each) for each in row.evidence if not each.withdrawn_at),
        ),
        _text(
            "closed",
            "是否销号",
            10,
            _closed,
            kind=Kind.SHORT,
            choices=tuple(CLOSED_WORDS.values()),
            is_read=True,
        ),
        _text("closed_on", "销号时间", 12, _closure_day, kind=Kind.DAY),
        _text("emphasis", "群众反映强烈", 12, lambda row: "是" if row.emphasis else "", kind=Kind.SHORT),
        _text("key_area", "重点领域", 14, lambda row: row.key_area),
        _text("money_to_recover", "应追回（元）", 14, lambda row: row.money_to_recover, kind=Kind.MONEY),
        _text(
            "money_recovered",
            "已追回（元）",
            14,
            lambda row: _outcomes(row, (OutcomeKind.MONEY,)),
            kind=Kind.MONEY,
        ),
        _text("people_to_deal_with", "应处理人数", 10, lambda row: row.people_to_deal_with, kind=Kind.COUNT),
        _text("people_dealt_with", "已处理人次", 10, lambda row: _outcomes(row, PEOPLE), kind=Kind.COUNT),
        _text(
            "returns",
            "退回次数",
            9,
            lambda row: sum(each.returned_by is not None for each in row.requests),
            kind=Kind.COUNT,
        ),
        _text("rebound", "反弹情况", 20, lambda row: row.afterwards.words),
        _text("recheck_on", "下次回头看", 12, lambda row: row.afterwards.recheck_on, kind=Kind.DAY),
        _text(
            "readings",
            "指标读数",
            26,
            lambda row: lines_of(
                each.indicator.words for each in row.criteria if each.indicator and each.indicator.words
            ),
        ),
        _text("restricted", "知悉范围", 10, lambda row: RESTRICTED_WORD if row.restricted else ""),
        _text("stated_status", "原件所称状态", 16, lambda row: row.stated_status),
        _text(
            "stated_progress",
            "原件所称进度",
            12,
            lambda row: PROGRESS_WORDS[row.stated_progress] if row.stated_progress else "",
        ),
        _text(
            "stated_nature",
            "原件所称类型",
            12,
            lambda row: NATURE_WORDS[row.stated_nature] if row.stated_nature else "",
        ),
        _text(
            "stated_closed",
            STATED_CLOSED_WORD,
            12,
            lambda row: "" if row.stated_closed is None else CLOSED_WORDS[row.stated_closed],
        ),
        _text("stated_leader", "原件责任领导", 14, lambda row: row.stated_leader),
        _text("stated_unit", "原件责任单位", 16, lambda row: row.stated_unit),
        _text("stated_supporting", "原件配合单位", 16, lambda row: row.stated_supporting),
        _text("stated_due", "原件时限", 14, lambda row: row.stated_due),
        _text("document", "来源文件", 24, lambda row: row.document),
    )
}
SHORT_COLUMNS: Final = (
    "place",
    "number",
    "theme",
    "title",
    "measures",
    "leader",
    "unit",
    "due",
    "nature",
    "progress",
    "light",
    "closed",
)
"""The form that offices pass round (简表)."""
FULL_COLUMNS: Final = tuple(COLUMNS)
ALWAYS: Final = ("place", "number", "title")
"""Without these nobody knows which finding a row is."""


def columns_chosen(names: Iterable[str]) -> tuple[str, ...]:
    """The columns that a person chose, in that order, with those that are never left out (选定栏目).

    A name that does not exist is left out; those never left out that were not chosen come first.
    """
    known = [name for name in dict.fromkeys(names) if name in COLUMNS]
    return (*(name for name in ALWAYS if name not in known), *known)
