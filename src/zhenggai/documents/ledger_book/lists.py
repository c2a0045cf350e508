"""The sheets beside the ledger (附表): the three lists, the record of the process, that of returns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from zhenggai.documents.ledger import RESTRICTED_WORD
from zhenggai.documents.ledger_book.columns import COLUMNS, Kind
from zhenggai.documents.ledger_book.content import BookSheet
from zhenggai.documents.words import DEADLINE_KIND_WORDS
from zhenggai.domain.closing import RequestState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from zhenggai.documents.ledger_book.content import BookRow

Cell = tuple[Any, Kind, bool]
_CLOSING: Final = "申请销号"


@dataclass(frozen=True, slots=True)
class SideSheet:
    """A sheet with any number of rows a finding; ``columns``: name and width."""

    title: str
    columns: tuple[tuple[str, int], ...]
    rows: Callable[[BookRow], Iterator[tuple[Cell, ...]]]


def value_of(each: BookRow, name: str) -> Cell:
    """What a column of the ledger holds for a finding, or a document says where ours is empty."""
    column = COLUMNS[name]
    value = column.value(each)
    if value in {None, ""} and column.stated is not None and (stated := column.stated(each.row)):
        return stated, column.kind, True
    return value, column.kind, False


def _plain(value: object, kind: Kind = Kind.TEXT) -> Cell:
    return value, kind, False


def _named(names: str) -> tuple[tuple[str, int], ...]:
    return tuple((COLUMNS[name].heading, COLUMNS[name].width) for name in names.split())


def _rows_named(names: str) -> Callable[[BookRow], Iterator[tuple[Cell, ...]]]:
    def rows(each: BookRow) -> Iterator[tuple[Cell, ...]]:
        yield tuple(value_of(each, name) for name in names.split())

    return rows


def _tasks(each: BookRow) -> Iterator[tuple[Cell, ...]]:
    number, title = value_of(each, "number"), value_of(each, "title")
    criteria, unit = value_of(each, "criteria"), value_of(each, "unit")
    due = value_of(each, "due")
    for place, measure in enumerate(each.row.measures, 1):
        yield (
            number,
            title,
            _plain(place, Kind.COUNT),
            _plain(measure.text),
            criteria,
            unit,
            due if measure.due is None else _plain(measure.due, Kind.DAY),
            _plain(measure.done_at.date() if measure.done_at else None, Kind.DAY),
            _plain(measure.done_by or ""),
            _plain(measure.result),
        )


def _process(each: BookRow) -> Iterator[tuple[Cell, ...]]:
    number, title = value_of(each, "number"), value_of(each, "title")
    for one in each.process:
        yield number, title, _plain(one.at, Kind.MOMENT), _plain(one.by), _plain(one.what), _plain(one.said)


def _returns(each: BookRow) -> Iterator[tuple[Cell, ...]]:
    number, title = value_of(each, "number"), value_of(each, "title")
    for request in each.row.requests:
        if request.returned_by is not None:
            yield (
                number,
                title,
                _plain(_CLOSING, Kind.SHORT),
                _plain(request.round, Kind.COUNT),
                _plain(request.by),
                _plain(request.at, Kind.MOMENT),
                _plain(request.returned_by),
                _plain(request.returned_at, Kind.MOMENT),
                _plain(request.returned_reason),
                _plain("\n".join(request.failed)),
                _plain(request.redo_by, Kind.DAY),
            )
    for asked in each.row.deadline_requests:
        if asked.state == RequestState.SENT_BACK:
            yield (
                number,
                title,
                _plain(DEADLINE_KIND_WORDS[asked.kind], Kind.SHORT),
                _plain(None, Kind.COUNT),
                _plain(asked.by),
                _plain(asked.asked_on, Kind.DAY),
                _plain(asked.decided_by or ""),
                _plain(None, Kind.MOMENT),
                _plain(asked.decided_reason),
                _plain(""),
                _plain(None, Kind.DAY),
            )


def restricted_cell(each: BookRow) -> Cell:
    """Whether only listed people see the finding, in the words of the CSV."""
    return _plain(RESTRICTED_WORD if each.row.restricted else "", Kind.SHORT)


_PROBLEMS: Final = "number theme group title problem organisation nature document"
_DUTIES: Final = "number title leader unit supporting due progress light"
_FINDING: Final = (("编号", 11), ("反馈问题", 34))
SIDE_SHEETS: Final[dict[BookSheet, SideSheet]] = {
    BookSheet.PROBLEMS: SideSheet("问题清单", _named(_PROBLEMS), _rows_named(_PROBLEMS)),
    BookSheet.TASKS: SideSheet(
        "任务清单",
        (
            *_FINDING,
            ("措施序号", 9),
            ("整改措施", 44),
            ("整改标准", 28),
            ("责任单位", 16),
            ("完成时限", 12),
            ("完成时间", 12),
            ("完成人", 11),
            ("落实情况", 36),
        ),
        _tasks,
    ),
    BookSheet.DUTIES: SideSheet("责任清单", _named(_DUTIES), _rows_named(_DUTIES)),
    BookSheet.PROCESS: SideSheet(
        "过程记录",
        (*_FINDING, ("时间", 17), ("操作人", 12), ("事项", 20), ("内容", 70)),
        _process,
    ),
    BookSheet.RETURNS: SideSheet(
        "退回记录",
        (
            *_FINDING,
            ("退回事项", 12),
            ("轮次", 7),
            ("申请人", 12),
            ("申请时间", 17),
            ("退回人", 12),
            ("退回时间", 17),
            ("退回理由", 44),
            ("未达到的标准", 30),
            ("重新整改期限", 13),
        ),
        _returns,
    ),
}
