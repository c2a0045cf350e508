"""The plan as a table to sign (整改方案表): what is to be done about each finding, by whom, until when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

from zhenggai.documents.sign_boxes import SignBox, sign_rows
from zhenggai.documents.word.blocks import Block, Cell, Document, Line, Merge, Row, Table, widths_by
from zhenggai.documents.word.letters import day_words, lines_of, moment_words
from zhenggai.documents.word.looks import WIDE, Look
from zhenggai.documents.word.package import word_bytes
from zhenggai.documents.words import NATURE_WORDS
from zhenggai.domain.lifecycle import Nature

if TYPE_CHECKING:
    from datetime import date, datetime

# 小五: eleven columns and more stand beside each other
_SIZE: Final = 18
_LEAST: Final = 454
# letters of a cell that make a row of a few lines
_WHOLE_MOST: Final = 100


@dataclass(frozen=True, slots=True)
class PlanMeasure:
    """A measure (整改措施) with what differs from its finding: who answers, which units, until when."""

    text: str
    requirement: str = ""
    leader: str = ""
    units: tuple[str, ...] = ()
    due: date | None = None


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A finding in the plan (方案中的问题); ``people`` answer for the unit (责任人)."""

    number: str
    title: str
    problem: str = ""
    theme: str = ""
    group: str = ""
    goals: tuple[str, ...] = ()
    measures: tuple[PlanMeasure, ...] = ()
    leader: str = ""
    unit: str = ""
    supporting: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    due: date | None = None
    nature: Nature | None = None


@dataclass(frozen=True, slots=True)
class PlanApproval:
    """How one plan was approved, or is to be (方案审批): its name, its digest, and its boxes."""

    name: str
    boxes: tuple[SignBox, ...]
    digest: str = ""


@dataclass(frozen=True, slots=True)
class PlanTable:
    """A plan to print (整改方案表). ``version``: which plan it is and how it stands, in words.

    ``marking`` is empty where the papers are open to all; ``notes`` are sentences below the table.
    """

    inspection: str
    organisation: str
    inspector: str
    marking: str
    version: str
    rows: tuple[PlanRow, ...]
    approvals: tuple[PlanApproval, ...]
    printed_at: datetime
    notes: tuple[str, ...] = ()


def plan_table_docx(table: PlanTable) -> bytes:
    """The plan as a Word document, A4 lying, its heading repeated on every page (整改方案表 Word)."""
    title = f"{table.organisation}整改方案表"
    told = (
        f"检查机构：{table.inspector}" if table.inspector else "",
        f"方案版本：{table.version}",
    )
    blocks: list[Block] = [Line(table.marking, Look.MARKING)] if table.marking else []
    blocks += [
        Line(title, Look.TITLE),
        Line(f"检查项目：{table.inspection}", Look.INFO),
        Line("　　".join(each for each in told if each), Look.INFO),
        _findings(table.rows),
        *(Line(note, Look.NOTE) for note in _notes(table)),
    ]
    for approval in table.approvals:
        blocks += [Line(f"{approval.name}审批", Look.INFO), _approval(approval)]
        if approval.digest:
            blocks.append(Line(f"方案内容摘要（SHA-256）：{approval.digest}", Look.NOTE))
    blocks.append(Line(f"打印时间：{moment_words(table.printed_at)}", Look.NOTE))
    return word_bytes(Document(title, WIDE, _SIZE, tuple(blocks)))


def _notes(table: PlanTable) -> list[str]:
    """What the columns do not say: nothing listed, and days of whole findings that no measure has."""
    notes = [] if table.rows else ["本表目前没有列入问题。"]
    for row in table.rows:
        days = {measure.due or row.due for measure in row.measures}
        if row.due and len(days) > 1 and row.due not in days:
            notes.append(f"注：第{row.number}项整体完成时限为{day_words(row.due)}。")
    return [*notes, *table.notes]


class _Line(NamedTuple):
    """One row of the table: a finding with one of its measures, which is null where it has none."""

    row: PlanRow
    measure: PlanMeasure | None


def _due(line: _Line) -> str:
    own = line.measure.due if line.measure else None
    said = day_words(own or line.row.due)
    return said or (NATURE_WORDS[Nature.LONG_TERM] if line.row.nature is Nature.LONG_TERM else "")


def _person(line: _Line) -> str:
    own = line.measure.leader if line.measure else ""
    return own or "、".join(line.row.people)


def _goals(line: _Line) -> str:
    goals = line.row.goals
    if len(goals) < 2:
        return "".join(goals)
    return "\n".join(f"{place}．{' '.join(lines_of(goal))}" for place, goal in enumerate(goals, 1))


class _Column(NamedTuple):
    """A column: its name, its weight, and what stands in it; ``is_optional`` only where something does.

    ``is_own``: it belongs to each measure, and is never merged down.
    """

    name: str
    weight: int
    said: Callable[[_Line], str]
    look: Look = Look.CENTRED
    is_own: bool = False
    is_optional: bool = False


_THEME: Final = _Column("方面", 17, lambda line: line.row.theme, is_optional=True)
_COLUMNS: Final = (
    _THEME,
    _Column("大项", 17, lambda line: line.row.group, is_optional=True),
    _Column("序号", 14, lambda line: line.row.number),
    _Column("反馈问题", 38, lambda line: line.row.title, Look.CELL),
    _Column("具体表现", 34, lambda line: line.row.problem, Look.CELL, is_optional=True),
    _Column("整改目标（标准）", 30, _goals, Look.CELL),
    _Column("整改措施", 44, lambda line: line.measure.text if line.measure else "", Look.CELL, is_own=True),
    _Column(
        "工作要求",
        22,
        lambda line: line.measure.requirement if line.measure else "",
        Look.CELL,
        is_own=True,
        is_optional=True,
    ),
    _Column("责任领导", 14, lambda line: line.row.leader),
    _Column("责任单位", 16, lambda line: line.row.unit),
    _Column("配合单位", 16, lambda line: "、".join(line.row.supporting)),
    _Column(
        "分工单位",
        16,
        lambda line: "、".join(line.measure.units) if line.measure else "",
        is_own=True,
        is_optional=True,
    ),
    _Column("责任人", 14, _person),
    _Column("完成时限", 20, _due),
    _Column("整改类型", 12, lambda line: NATURE_WORDS[line.row.nature] if line.row.nature else ""),
)


def _findings(rows: tuple[PlanRow, ...]) -> Table:
    lines = [_Line(row, measure) for row in rows for measure in row.measures or (None,)]
    columns = [
        each for each in _COLUMNS if not each.is_optional or any(each.said(line).strip() for line in lines)
    ]
    head = Row(
        tuple(Cell(each.name, Look.HEAD, shaded=True) for each in columns),
        height=_LEAST,
        repeats=True,
        whole=True,
    )
    cells = [_down(column, rows) for column in columns]
    body = tuple(
        # a long cell goes over pages, and a short row stays whole
        Row(each, height=_LEAST, whole=all(len(cell.text) <= _WHOLE_MOST for cell in each))
        for each in zip(*cells, strict=True)
    )
    return Table(widths_by(tuple(each.weight for each in columns), WIDE.text_width), (head, *body))


def _down(column: _Column, rows: tuple[PlanRow, ...]) -> list[Cell]:
    """The cells of one column from top to bottom, merged where what they say is one thing."""
    if column.name in {"方面", "大项"}:
        # themes stand over their findings, groups over theirs within a theme
        cells: list[Cell] = []
        for _, same in groupby(rows, key=lambda row: (row.theme, column is not _THEME and row.group)):
            held = list(same)
            cells += _merged(column.said(_Line(held[0], None)), sum(len(row.measures) or 1 for row in held))
        return cells
    cells = []
    for row in rows:
        said = [column.said(_Line(row, measure)) for measure in row.measures or (None,)]
        if not column.is_own and len(set(said)) == 1:
            cells += _merged(said[0], len(said), column.look)
        else:
            cells += [Cell(each, column.look) for each in said]
    return cells


def _merged(text: str, count: int, look: Look = Look.CENTRED) -> list[Cell]:
    if count == 1:
        return [Cell(text, look)]
    return [Cell(text, look, merge=Merge.BEGINS), *[Cell("", look, merge=Merge.GOES_ON)] * (count - 1)]


def _approval(approval: PlanApproval) -> Table:
    return Table(widths_by((30, 90, 55, 50), WIDE.text_width), sign_rows(approval.boxes, (1, 1, 1, 1)))
