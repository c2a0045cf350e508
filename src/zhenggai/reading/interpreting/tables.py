"""Ledgers kept as tables (台账): rows with tabs or |, cells one per line, or label and value side by side."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from zhenggai.reading import patterns as re
from zhenggai.reading.ditto import DITTO
from zhenggai.reading.interpreting import merged as merged_cells
from zhenggai.reading.interpreting.drafts import Draft, Passage, with_status
from zhenggai.reading.interpreting.labels import Field, Label, column
from zhenggai.reading.outline_lines import Paragraph, ParagraphKind
from zhenggai.reading.outline_marks import MarkKind, mark_at

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

_TABS = re.compile(r"[^\t]*")
_BARS = re.compile(r"[^|｜]*")
_RULE = re.compile(r"[\s|｜:：+\-—=]+")

_TOTAL = re.compile(
    r"(?:合计|总计|小计|共计|填[表报]|备注[:：]|注[:：]|(?:联系|监督|举报)(?:人|电话|方式|地址)|制表|审核人?[:：])"
)
_ABOUT = re.compile(r"巡[察视]|整改|审计|督[察查导]|反馈|隐患|台账|检查")
_TOP = 4000
_NAVIGATION = 16
_LINK = 10
_DIGIT = re.compile(r"\d")
_PROBLEMS = frozenset({Field.PROBLEM, Field.DETAIL, Field.TASK})
_MARKED = {
    Field.NUMBER: "number",
    Field.THEME: "theme",
    Field.GROUP: "group",
    Field.ORGANISATION: "organisation",
}
_OWN = frozenset({Field.LEADER, Field.PERSON, Field.LEAD_UNIT, Field.SUPPORTING, Field.DUE})
_CARRIED = (Field.THEME, Field.GROUP, Field.ORGANISATION)


class Cell(NamedTuple):
    """``[start, end)`` of one cell's wording without blanks."""

    start: int
    end: int


@dataclass(slots=True)
class Ledger:
    """What a run of rows gave: findings, labels (the header), and rows that were not understood."""

    drafts: list[Draft] = field(default_factory=list)
    header: list[Cell] = field(default_factory=list)
    strays: list[Paragraph] = field(default_factory=list)


def without_navigation(text: str, paragraphs: list[Paragraph]) -> list[Paragraph]:
    """``paragraphs`` with rows of links at the top of a page (首页 | 收藏) as lines, not as a table."""
    top: list[Paragraph] = []
    for row in paragraphs[:_NAVIGATION]:
        if mark_at(text, row.start, row.end) is not None:
            break
        if row.kind is ParagraphKind.ROW:
            names = [text[cell.start : cell.end] for cell in _cells(text, row)]
            if text.find("\t", row.start, row.end) >= 0 or not all(map(_is_link, names)):
                break
        top.append(row._replace(kind=ParagraphKind.PROSE) if row.kind is ParagraphKind.ROW else row)
    return top + paragraphs[len(top) :]


def _is_link(name: str) -> bool:
    return len(name) <= _LINK and column(name) is None and _DIGIT.search(name) is None


def runs(paragraphs: Sequence[Paragraph]) -> list[list[Paragraph]]:
    """Neighbouring rows, table by table."""
    result: list[list[Paragraph]] = []
    before: Paragraph | None = None
    for paragraph in paragraphs:
        if paragraph.kind is ParagraphKind.ROW:
            if before is None or before.kind is not ParagraphKind.ROW:
                result.append([])
            result[-1].append(paragraph)
        if paragraph.kind is not ParagraphKind.PAGE:
            before = paragraph
    return result


def read_rows(
    text: str, rows: Sequence[Paragraph], columns: Sequence[Field | None] = (), theme: str | None = None
) -> tuple[Ledger, list[Field | None]]:
    """Findings of one table.

    ``columns`` are those of the table before, for one without a header; ``theme`` is what stands above.
    """
    ledger = Ledger()
    strict = _ABOUT.search(text[:_TOP]) is None
    known = list(columns)
    state = State({Field.THEME: theme} if theme else {})
    pairs = _pairs(text, rows) if not known else None
    if pairs is not None:
        ledger.drafts.extend(pairs)
        return ledger, known
    for row in rows:
        cells = _cells(text, row)
        if not cells:
            continue
        header = header_of([text[cell.start : cell.end].strip(DITTO) for cell in cells], strict=strict)
        if header:
            known = header
            ledger.header.extend(cell for cell in cells if cell.start < cell.end)
            continue
        if not known:
            ledger.strays.append(row)
            continue
        if not ledger.drafts and (below := _second_header(text, cells, known)):
            known = below
            ledger.header.extend(cell for cell in cells if cell.start < cell.end)
            continue
        if not take(text, row, cells, known, state, ledger):
            ledger.strays.append(row)
    return ledger, known


@dataclass(slots=True)
class State:
    """What the rows above a row hand down: theme, group, organisation, and the cell above in each column."""

    carried: dict[Field, str] = field(default_factory=dict)
    above: dict[int, Cell] = field(default_factory=dict)


def _cells(text: str, row: Paragraph) -> list[Cell]:
    line = text[row.start : row.end]
    if _RULE.fullmatch(line) and "\t" not in line:
        return []
    barred = "\t" not in line
    pattern = _BARS if barred else _TABS
    cells: list[Cell] = []
    place = row.start
    while place <= row.end:
        found = pattern.match(text, place, row.end)
        stop = found.end() if found else row.end
        cells.append(_trim(text, place, stop))
        place = stop + 1
    if barred and line.lstrip().startswith(("|", "｜")):
        cells = cells[1:]
    if barred and line.rstrip().endswith(("|", "｜")):
        cells = cells[:-1]
    return cells


def _trim(text: str, start: int, end: int) -> Cell:
    while start < end and text[start] in " \u3000\n":
        start += 1
    while end > start and text[end - 1] in " \u3000\n":
        end -= 1
    return Cell(start, end)


def header_of(cells: Sequence[str], *, strict: bool = False) -> list[Field | None]:
    """The columns, where a row names a problem column and another one; else nothing.

    ``strict``: names that are only like those of a ledger (投诉问题) name no column.
    """
    fields = [(column(cell) or (None if strict else _column_like(cell))) if cell else None for cell in cells]
    named = {kind for kind in fields if kind is not None}
    if (
        len(named) < 2
        or not named & _PROBLEMS
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
    seen: set[Field] = set()
    for place, kind in enumerate(fields):
        if kind is Field.PROBLEM and kind in seen:
            fields[place] = Field.DETAIL
        elif kind is not None:
            seen.add(kind)
    return fields


def _second_header(text: str, cells: Sequence[Cell], columns: Sequence[Field | None]) -> list[Field | None]:
    """The columns with those that a second row names under one of them (责任落实: 责任领导、牵头股室)."""
    words = [text[cell.start : cell.end].strip(DITTO) for cell in cells]
    fields = [(column(word) or _column_like(word)) if word else None for word in words]
    named = [kind for kind in fields if kind is not None]
    if len(named) < 2 or len(named) < len([word for word in words if word]):
        return []
    if not words[0] or len(cells) >= len(columns):
        aligned = [*fields, *[None] * len(columns)][: len(columns)]
        return [below or above for below, above in zip(aligned, columns, strict=True)]
    unknown = [place for place, kind in enumerate(columns) if kind is None]
    if len(unknown) != 1:
        return list(columns)
    return [*columns[: unknown[0]], *named, *columns[unknown[0] + 1 :]]


_LIKE: tuple[tuple[re.Pattern[str], Field], ...] = tuple(
    (re.compile(pattern), kind)
    for pattern, kind in (
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


def _column_like(cell: str) -> Field | None:
    """What a column of an unusual name (现场发现的隐患、要求完成的期限) most likely holds."""
    if len(cell) > _LIKE_MOST or _OTHER_COLUMN.search(cell):
        return None
    return next((kind for pattern, kind in _LIKE if pattern.search(cell)), None)


def _carries_theme(text: str, cell: Cell, state: State) -> bool:
    """Take a row of one merged cell for the theme of the rows under it, where it reads like one."""
    printed = text[cell.start : cell.end]
    if _TOTAL.match(printed) or not re.search(r"方面|问题|聚焦", printed):
        return False
    mark = mark_at(text, cell.start, cell.end)
    state.carried[Field.THEME] = text[mark.end if mark else cell.start : cell.end]
    return True


def _is_section(text: str, filled: Sequence[Cell], cells: Sequence[Cell], first: Field | None) -> bool:
    """Whether a row is one cell merged over all columns and not a problem with nothing else to say."""
    if len(filled) != 1 or filled[0] != cells[0]:
        return False
    mark = mark_at(text, filled[0].start, filled[0].end)
    numbered = mark is not None and mark.kind <= MarkKind.CHINESE_BRACKET
    return numbered or (len(cells) > 1 and first not in _PROBLEMS)


def take(
    text: str,
    row: Paragraph,
    cells: Sequence[Cell],
    columns: Sequence[Field | None],
    state: State,
    ledger: Ledger,
) -> bool:
    """Take one row for a finding, for more of the one above it or for a theme; false where it is none."""
    cells, merged = merged_cells.apart(text, cells, columns, state.above)
    filled = [cell for cell in cells if cell.start < cell.end]
    if len(cells) == 1 or _is_section(text, filled, cells, columns[0]):
        taken = _carries_theme(text, cells[0], state)
        if taken or len(cells) == 1:
            ledger.header.extend(cells[:1] if taken else ())
            return taken
    by_field: dict[Field, list[Cell]] = {}
    for cell, kind in zip(cells, columns, strict=False):
        if kind is not None and cell.start < cell.end:
            by_field.setdefault(kind, []).append(cell)
    if _TOTAL.match(text, filled[0].start):
        return False
    for kind in _CARRIED:
        if kind in by_field:
            state.carried[kind] = text[by_field[kind][0].start : by_field[kind][0].end]
    problems = by_field.get(Field.PROBLEM) or []
    if not problems and Field.DETAIL in by_field and not ledger.drafts:
        problems = by_field.pop(Field.DETAIL)
    if not problems:
        if ledger.drafts and not (len(filled) == 1 and Field.THEME in by_field):
            _more(text, by_field, ledger.drafts[-1], row)
            merged_cells.sign(ledger.drafts[-1], merged)
        return bool(ledger.drafts)
    number = by_field.get(Field.NUMBER)
    printed = text[number[0].start : number[0].end].strip("()（）.、") if number else None
    title = problems[0]
    if not printed and (mark := mark_at(text, *title)) is not None and mark.end < title.end:
        printed, title = mark.number, Cell(mark.end, title.end)
    draft = Draft(
        printed or None,
        text[title.start : title.end],
        row.start,
        row.end,
        (problems[0].start, problems[0].end),
        state.carried.get(Field.THEME),
        state.carried.get(Field.GROUP),
        state.carried.get(Field.ORGANISATION),
        rule="row",
    )
    _fill(text, by_field, draft, row)
    merged_cells.lend(draft, merged)
    ledger.drafts.append(draft)
    return True


def _told(text: str, passage: Passage, beside: Container[Field]) -> list[Passage]:
    """A result and, where it opens or closes with a status and no cell ``beside`` it has one, that apart."""
    if passage.field is not Field.RESULT or Field.STATUS in beside:
        return [passage]
    pieces = with_status(text, passage)
    return pieces if len(pieces) > 1 else [passage]


def _fill(text: str, by_field: dict[Field, list[Cell]], draft: Draft, row: Paragraph) -> None:
    draft.end = row.end
    for kind, cells in by_field.items():
        if kind in _MARKED:
            draft.marks.extend((*cell, _MARKED[kind]) for cell in cells)
        elif kind is not Field.PROBLEM:
            filled = Field.PROBLEM if kind is Field.DETAIL else kind
            for cell in cells:
                draft.passages.extend(_told(text, Passage(filled, *cell, None, "cell"), by_field))


def _more(text: str, by_field: dict[Field, list[Cell]], draft: Draft, row: Paragraph) -> None:
    """A further row of the finding above it: more measures, with a leader, unit and deadline of their own."""
    own = _meta(text, by_field)
    if own:
        first = {
            passage.field: text[passage.start : passage.end]
            for passage in draft.passages
            if passage.field in _OWN and not passage.of_item
        }
        for passage in draft.passages:
            if passage.field is Field.MEASURES and passage.meta is None:
                passage.meta = first
    known = len(draft.passages)
    _fill(text, by_field, draft, row)
    for passage in draft.passages[known:]:
        passage.of_item = passage.field in _OWN and bool(own)
        if passage.field is Field.MEASURES and own:
            passage.meta = own


def _meta(text: str, by_field: dict[Field, list[Cell]]) -> dict[Field, str]:
    return {kind: text[cells[0].start : cells[0].end] for kind, cells in by_field.items() if kind in _OWN}


def _pairs(text: str, rows: Sequence[Paragraph]) -> list[Draft] | None:
    """A form: label left, value right, one finding from problem to problem."""
    drafts: list[Draft] = []
    labelled = 0
    waiting: list[Passage] = []
    for row in rows:
        cells = [cell for cell in _cells(text, row) if cell.start < cell.end]
        place = 0
        while place + 1 < len(cells):
            name = text[cells[place].start : cells[place].end]
            kind = column(name)
            if kind is None or column(text[cells[place + 1].start : cells[place + 1].end]) is not None:
                place += 1
                continue
            labelled += 1
            value = cells[place + 1]
            label = Label(kind, name, cells[place].start, cells[place].end)
            if kind in {Field.PROBLEM, Field.TASK} and not (
                kind is Field.TASK and drafts and not drafts[-1].has(Field.RESULT)
            ):
                drafts.append(
                    Draft(None, text[value.start : value.end], row.start, row.end, None, rule="form")
                )
                drafts[-1].passages.extend(waiting)
                waiting = []
            filled = Field.PROBLEM if kind is Field.DETAIL else kind
            passage = Passage(filled, value.start, value.end, label, "cell")
            if drafts:
                drafts[-1].end = row.end
                drafts[-1].passages.extend(_told(text, passage, ()))
            else:
                waiting.append(passage)
            place += 2
    return drafts if drafts and labelled >= 3 and labelled * 2 >= len(rows) else None
