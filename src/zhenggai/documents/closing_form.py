"""The form with which a closing is applied for (销号申请单): everything that is signed, on paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from zhenggai.documents.sign_boxes import SignBox, sign_rows
from zhenggai.documents.word.blocks import Block, Cell, Document, Line, Row, Table, widths_by
from zhenggai.documents.word.letters import day_words, moment_words
from zhenggai.documents.word.looks import UPRIGHT, Look
from zhenggai.documents.word.package import word_bytes
from zhenggai.documents.words import GATE_WORDS, NATURE_WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from zhenggai.domain.gate_results import GateState
    from zhenggai.domain.lifecycle import Nature

TITLE: Final = "整改问题销号申请单"
# 五号
_SIZE: Final = 21
_GRID: Final = 24
_LEAST: Final = 454
_STATEMENT_HEIGHT: Final = 1400
_HANDWRITTEN: Final = "申请单位负责人（签名）：　　　　　　　　年　　月　　日"


@dataclass(frozen=True, slots=True)
class FormMeasure:
    """A measure with what became of it (措施及完成情况); ``done`` names who completed it and when."""

    text: str
    result: str = ""
    done: str = ""


@dataclass(frozen=True, slots=True)
class FormCriterion:
    """A criterion with the judgement that counts (验收标准及认定); ``met`` None while it is not judged."""

    text: str
    met: bool | None = None
    judged: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class FormEvidence:
    """A piece of evidence as offices cite it (佐证材料); ``amount`` in yuan as text."""

    title: str
    kind: str
    number: str = ""
    issuer: str = ""
    proves_on: date | None = None
    amount: str = ""
    is_effect: bool = False


@dataclass(frozen=True, slots=True)
class FormGate:
    """A condition of closing with its state when printed (销号条件); ``says`` what is missing or why."""

    title: str
    state: GateState
    says: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FormReturn:
    """An earlier request that was sent back (退回情况)."""

    round: int
    by: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class ClosingForm:
    """A finding with everything that its closing rests on (销号申请单).

    ``code`` tells the paper from those of other rounds, and is empty where no request stands: ``standing``
    then says how the finding stands. ``applied`` names who requested and when.
    """

    number: str
    title: str
    inspection: str
    organisation: str
    printed_at: datetime
    round: int
    version: int
    standing: str
    code: str = ""
    problem: str = ""
    theme: str = ""
    inspector: str = ""
    marking: str = ""
    restricted: bool = False
    leader: str = ""
    unit: str = ""
    supporting: tuple[str, ...] = ()
    nature: Nature | None = None
    due: date | None = None
    first_due: date | None = None
    measures: tuple[FormMeasure, ...] = ()
    criteria: tuple[FormCriterion, ...] = ()
    evidence: tuple[FormEvidence, ...] = ()
    gates: tuple[FormGate, ...] = ()
    statement: str = ""
    promise: str = ""
    applied: str = ""
    stage_goal: str = ""
    recheck_on: date | None = None
    returns: tuple[FormReturn, ...] = ()
    boxes: tuple[SignBox, ...] = ()


def closing_forms_docx(forms: tuple[ClosingForm, ...]) -> bytes:
    """The forms as one Word document, each beginning a page (销号申请单 Word)."""
    blocks: list[Block] = []
    for place, form in enumerate(forms):
        blocks += _form(form, is_first=place == 0)
    title = f"{TITLE}（{forms[0].number or forms[0].title[:40]}）" if len(forms) == 1 else TITLE
    return word_bytes(Document(title, UPRIGHT, _SIZE, tuple(blocks)))


def _form(form: ClosingForm, *, is_first: bool) -> list[Block]:
    marks = "　".join(each for each in (form.marking, "限定知悉人员" if form.restricted else "") if each)
    head = [Line(marks, Look.MARKING, new_page=not is_first)] if marks else []
    rows = [
        *_heading(form),
        *_listing(
            "整改措施及完成情况",
            ("序号", "整改措施", "完成情况", "完成人、时间"),
            (2, 9, 8, 5),
            [(each.text, each.result or "（尚未完成）", each.done) for each in form.measures],
        ),
        *_listing(
            "验收标准及认定",
            ("序号", "验收标准", "认定及理由", "认定人、时间"),
            (2, 9, 8, 5),
            [(each.text, _judged(each), each.judged) for each in form.criteria],
        ),
        *_listing(
            "佐证材料",
            ("序号", "材料名称", "种类", "文号（编号）", "出具单位", "证明日期", "金额（元）"),
            (2, 6, 3, 4, 3, 3, 3),
            [_evidence(each) for each in form.evidence],
        ),
        *_listing(
            "销号条件核对（打印时状态）",
            ("序号", "条件", "状态", "说明"),
            (2, 9, 4, 9),
            [(each.title, GATE_WORDS[each.state], "\n".join(each.says)) for each in form.gates],
        ),
        *_applied(form),
        *_returned(form),
        _part("签批意见"),
        *sign_rows(form.boxes, (4, 9, 6, 5)),
    ]
    return [
        *head,
        Line(TITLE, Look.TITLE, new_page=not is_first and not head),
        Line(f"检查项目：{form.inspection}", Look.INFO),
        Table(widths_by((1,) * _GRID, UPRIGHT.text_width), tuple(rows)),
        *(Line(text, Look.NOTE) for text in _foot(form)),
    ]


def _part(name: str) -> Row:
    return Row((Cell(name, Look.HEAD, _GRID, shaded=True),), _LEAST, whole=True, keeps_next=True)


def _pair(*told: tuple[str, str], repeats: bool = False) -> Row:
    """Names and what they name, side by side over the whole width."""
    span = _GRID // len(told) - 4
    cells: list[Cell] = []
    for name, said in told:
        cells += [Cell(name, Look.HEAD, 4), Cell(said, Look.CELL, span)]
    return Row(tuple(cells), _LEAST, repeats=repeats)


def _heading(form: ClosingForm) -> list[Row]:
    due = day_words(form.due)
    if form.first_due and form.first_due != form.due:
        due += f"（首次时限{day_words(form.first_due)}）"
    rows = [
        # again on every page, so that no page of a form is taken for another's
        _pair(("问题编号", form.number), ("整改轮次", f"第{form.round}轮"), repeats=True),
        _pair(("被检查单位", form.organisation), ("检查机构", form.inspector)),
        _pair(("责任领导", form.leader), ("责任单位", form.unit)),
        _pair(("配合单位", "、".join(form.supporting)), ("完成时限", due)),
        _pair(("整改类型", NATURE_WORDS[form.nature] if form.nature else ""), ("方面", form.theme)),
        _pair(("反馈问题", form.title)),
    ]
    if form.problem and form.problem != form.title:
        rows.append(_pair(("具体表现", form.problem)))
    return rows


def _listing(
    name: str, columns: tuple[str, ...], spans: tuple[int, ...], lines: Sequence[tuple[str, ...]]
) -> list[Row]:
    """A part of the form that lists things; where there are none, it says so."""
    head = Row(
        tuple(Cell(each, Look.HEAD, span) for each, span in zip(columns, spans, strict=True)),
        whole=True,
        keeps_next=True,
    )
    if not lines:
        return [_part(name), Row((Cell("（无）", Look.CENTRED, _GRID),))]
    looks = (Look.CENTRED, Look.CELL, *[Look.CELL] * (len(columns) - 2))
    return [
        _part(name),
        head,
        *(
            Row(
                tuple(
                    Cell(each, look, span)
                    for each, look, span in zip((str(place), *line), looks, spans, strict=True)
                )
            )
            for place, line in enumerate(lines, 1)
        ),
    ]


def _judged(criterion: FormCriterion) -> str:
    if criterion.met is None:
        return "（尚未认定）"
    word = "达到" if criterion.met else "未达到"
    return f"{word}：{criterion.note}" if criterion.note else word


def _evidence(each: FormEvidence) -> tuple[str, ...]:
    title = f"{each.title}（已认定体现成效）" if each.is_effect else each.title
    return (title, each.kind, each.number, each.issuer, day_words(each.proves_on), each.amount)


def _applied(form: ClosingForm) -> list[Row]:
    stage = []
    if form.stage_goal:
        stage.append(_pair(("阶段目标", form.stage_goal), ("下次回头看", day_words(form.recheck_on))))
    said = [form.statement, f"真实性承诺：{form.promise}" if form.promise else ""]
    signed = f"申请人：{form.applied}" if form.applied else _HANDWRITTEN
    return [
        _part("申请单位说明及承诺"),
        *stage,
        Row(
            (Cell("\n".join(each for each in (*said, signed) if each), Look.CELL, _GRID),),
            height=_STATEMENT_HEIGHT,
        ),
    ]


def _returned(form: ClosingForm) -> list[Row]:
    if not form.returns:
        return []
    lines = [
        (f"第{each.round}轮", each.reason, f"{each.by}\n{moment_words(each.at)}") for each in form.returns
    ]
    return _listing("此前退回情况", ("序号", "轮次", "退回理由", "退回人、时间"), (2, 3, 13, 6), lines)


def _foot(form: ClosingForm) -> list[str]:
    at = moment_words(form.printed_at)
    printed = f"打印截至{at}，第{form.round}轮，问题版本{form.version}，{form.standing}。"
    if not form.code:
        return [f"{printed}本单打印时没有待签批的申请，纸上签名不能据此登记。"]
    return [
        f"{printed}核验码：{form.code}",
        "核验码只对应本轮本次申请。纸上签名扫描登记时填写核验码，系统据此核对；退回、撤回后本单作废，须重新打印。",
    ]
