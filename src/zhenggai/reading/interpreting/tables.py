"""Ledgers kept as tables (台账): one finding a row, or several rows of measures."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from zhenggai.reading import patterns as re
from zhenggai.reading.ditto import DITTO
from zhenggai.reading.interpreting import merged as merged_cells
from zhenggai.reading.interpreting import people
from zhenggai.reading.interpreting.asides import aside_of
from zhenggai.reading.interpreting.closed_words import remarked_closed
from zhenggai.reading.interpreting.columns import NO_HEADER, PROBLEMS, Header, header_of, second_header
from zhenggai.reading.interpreting.drafts import Draft, Passage, told
from zhenggai.reading.interpreting.forms import form
from zhenggai.reading.interpreting.labels import BESIDE, Field
from zhenggai.reading.interpreting.table_rows import Cell, cells_of, number_printed
from zhenggai.reading.outline_marks import MarkKind, mark_at

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from zhenggai.reading.interpreting.merged import Merged
    from zhenggai.reading.outline_lines import Paragraph

_TOTAL = re.compile(
    r"(?:合计|总计|小计|共计|填[表报]|备注[:：]|注[:：]|(?:联系|监督|举报)(?:人|电话|方式|地址)|制表|审核人?[:：])"
)
_TO_FILL_IN = re.compile(
    r"[(（【]?(?:请|此处|在此)?(?:如实|准确|逐[条项]|简要)?(?:填写|填报|描述)(?!不)|(?:例如?|示例|如)[:：]|[xX×＊*○]{2,}|[….·_—-]{2,}\s*\Z"
)
"""What a pattern says where a problem would stand."""
_SIGNED = re.compile(
    r"(?:签批|审批|审核|审签)?(?:环节|意见)|签[名字章批](?:人|栏)?(?:[(（].{1,6}[)）])?|(?:签[名字批])?日期"
)
"""What the columns of a table are named in which people sign (审批栏)."""
_ABOUT = re.compile(r"巡[察视]|整改|审计|督[察查导]|反馈|隐患|台账|检查")
_TOP = 4000
_MARKED = frozenset({Field.NUMBER, Field.COUNT, Field.THEME, Field.GROUP, Field.ORGANISATION})
_OWN = frozenset({Field.LEADER, Field.PERSON, Field.LEAD_UNIT, Field.DUE})
_CARRIED = (Field.THEME, Field.GROUP, Field.ORGANISATION)


@dataclass(slots=True)
class Ledger:
    """What a run of rows gave: findings, labels (the header), and rows that were not understood."""

    drafts: list[Draft] = field(default_factory=list)
    header: list[Cell] = field(default_factory=list)
    strays: list[Paragraph] = field(default_factory=list)


@dataclass(slots=True)
class State:
    """What the rows above a row hand down: theme, group, organisation, and the cell above in each column."""

    carried: dict[Field, str] = field(default_factory=dict)
    above: dict[int, Cell] = field(default_factory=dict)


@dataclass(slots=True)
class _Row:
    """The cells of one row by what they hold; ``names`` are those of columns whose name says more."""

    place: Paragraph
    cells: dict[Field, list[Cell]]
    merged: list[Merged]
    names: dict[Cell, str]


def read_rows(
    text: str, rows: Sequence[Paragraph], known: Header = NO_HEADER, theme: str | None = None
) -> tuple[Ledger, Header]:
    """Findings of one table.

    ``known`` is the header of the table before, for one without; ``theme`` is what stands above.
    """
    ledger = Ledger()
    strict = _ABOUT.search(text[:_TOP]) is None
    state = State({Field.THEME: theme} if theme else {})
    drafts = form(text, rows) if not known.fields else None
    if drafts is not None:
        ledger.drafts.extend(drafts)
        return ledger, known
    for row in rows:
        cells = cells_of(text, row)
        if not cells:
            continue
        words = [text[cell.start : cell.end].strip(DITTO) for cell in cells]
        # below findings the words of another one may be like names, which those of a header are
        fields = header_of(words, strict=strict or bool(ledger.drafts))
        if not fields and known.fields and words == list(known.names):
            fields = list(known.fields)
        below = (
            second_header(words, known.fields) if not fields and known.fields and not ledger.drafts else []
        )
        if fields or below:
            known = Header(fields, words) if fields else Header(below, known.beside(words, below))
            ledger.header.extend(cell for cell in cells if cell.start < cell.end)
        elif _is_to_sign(words):
            known = NO_HEADER
            ledger.strays.append(row)
        elif (
            not known.fields
            or _is_aside(words, known.fields)
            or not take(text, row, cells, known, state, ledger)
        ):
            ledger.strays.append(row)
    return ledger, known


def _is_to_sign(words: Sequence[str]) -> bool:
    """Whether a row names the columns of boxes to sign in, which end a ledger."""
    return sum(_SIGNED.fullmatch(each) is not None for each in words) > 1


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
    return numbered or (len(cells) > 1 and first not in PROBLEMS)


def take(
    text: str, row: Paragraph, cells: Sequence[Cell], header: Header, state: State, ledger: Ledger
) -> bool:
    """Take one row for a finding, for more of the one above it or for a theme; false where it is none."""
    columns = header.fields
    cells, merged = merged_cells.apart(text, cells, columns, state.above)
    filled = [cell for cell in cells if cell.start < cell.end]
    if len(cells) == 1 or _is_section(text, filled, cells, columns[0]):
        taken = _carries_theme(text, cells[0], state)
        if taken or len(cells) == 1:
            ledger.header.extend(cells[:1] if taken else ())
            return taken
    here = _row_of(text, row, cells, header, merged)
    for kind in _CARRIED:
        if kind in here.cells:
            state.carried[kind] = text[here.cells[kind][0].start : here.cells[kind][0].end]
    problems = here.cells.get(Field.PROBLEM) or []
    if not problems and Field.DETAIL in here.cells and not ledger.drafts:
        problems = here.cells.pop(Field.DETAIL)
    if not problems and ledger.drafts:
        if not here.cells.keys() - {Field.NUMBER}:
            return not here.cells
        if Field.NUMBER not in here.cells:
            if not (len(filled) == 1 and Field.THEME in here.cells):
                _more(text, here, ledger.drafts[-1])
            return True
        # a number of its own beside a problem that is merged down to it, or left out
        problems = [Cell(*place)] if (place := ledger.drafts[-1].heading) is not None else []
    if problems and ledger.drafts and _goes_on(text, here, problems[0], ledger.drafts[-1]):
        _more(text, here, ledger.drafts[-1])
        return True
    if not problems or _TO_FILL_IN.match(text, *problems[0]):
        return False
    ledger.drafts.append(_begun(text, here, problems[0], state))
    return True


def _is_aside(words: Sequence[str], columns: Sequence[Field | None]) -> bool:
    """Whether a row is one of totals, notes or signatures, by what stands before its problem."""
    first = next((place for place, word in enumerate(words) if word.strip()), -1)
    problem = columns.index(Field.PROBLEM) if Field.PROBLEM in columns else -1
    return first >= 0 and aside_of(words, first, problem) is not None


def _goes_on(text: str, here: _Row, problem: Cell, above: Draft) -> bool:
    """Whether number and problem of the row above are filled in once more, beside another measure."""
    numbers, measures = here.cells.get(Field.NUMBER), here.cells.get(Field.MEASURES)
    if not numbers or not measures or above.heading is None:
        return False
    if (number_printed(text[numbers[0].start : numbers[0].end]) or None) != above.number:
        return False
    low, high = above.heading
    words = text[measures[0].start : measures[0].end]
    known = {text[one.start : one.end] for one in above.passages if one.field is Field.MEASURES}
    return text[low:high] == text[problem.start : problem.end] and bool(known) and words not in known


def _row_of(text: str, row: Paragraph, cells: Sequence[Cell], header: Header, merged: list[Merged]) -> _Row:
    here = _Row(row, {}, merged, {})
    for place, (cell, known) in enumerate(zip(cells, header.fields, strict=False)):
        if known is None or cell.start >= cell.end:
            continue
        says_closed = known is Field.REMARK and remarked_closed(text[cell.start : cell.end]) is not None
        # 备注：已销号, where no column of its own says so
        kind = Field.CLOSED if says_closed and Field.CLOSED not in header.fields else known
        if kind in BESIDE:
            here.names[cell] = header.names[place]
        for held, start, end in (
            people.answerable(text, *cell) if kind is Field.ANSWERABLE else ((kind, *cell),)
        ):
            here.cells.setdefault(held, []).append(Cell(start, end))
    return here


def _begun(text: str, here: _Row, problem: Cell, state: State) -> Draft:
    """The finding of a row whose problem is named in the cell ``problem``."""
    number = here.cells.get(Field.NUMBER)
    printed = (number_printed(text[number[0].start : number[0].end]) or None) if number else None
    title = problem
    if not printed and (mark := mark_at(text, *title)) is not None and mark.end < title.end:
        printed, title = mark.number, Cell(mark.end, title.end)
    draft = Draft(
        printed or None,
        text[title.start : title.end],
        here.place.start,
        here.place.end,
        (problem.start, problem.end),
        state.carried.get(Field.THEME),
        state.carried.get(Field.GROUP),
        state.carried.get(Field.ORGANISATION),
        rule="row",
    )
    _fill(text, here, draft)
    merged_cells.lend(draft, here.merged)
    return draft


def _fill(text: str, here: _Row, draft: Draft) -> None:
    draft.end = here.place.end
    for kind, cells in here.cells.items():
        if kind in _MARKED:
            draft.marks.extend((*cell, kind) for cell in cells)
        elif kind is not Field.PROBLEM:
            filled = Field.PROBLEM if kind is Field.DETAIL else kind
            for cell in cells:
                passage = Passage(filled, *cell, None, "cell", name=here.names.get(cell))
                draft.passages.extend(told(text, passage, here.cells))


def _more(text: str, here: _Row, draft: Draft) -> None:
    """A further row of the finding above it: more measures, with a leader, unit and deadline of their own."""
    own = _meta(text, here)
    carrier = next((kind for kind in (Field.MEASURES, Field.RESULT) if kind in here.cells), None)
    if own and carrier:
        first: dict[Field, str] = {}
        for passage in draft.passages:
            if passage.field in _OWN and not passage.of_item:
                first.setdefault(passage.field, text[passage.start : passage.end])
        if _is_of_person(own):
            first.pop(Field.LEADER, None)
        for passage in draft.passages:
            if passage.field is carrier and passage.meta is None:
                passage.meta = first
    known = len(draft.passages)
    _fill(text, here, draft)
    for passage in draft.passages[known:]:
        passage.of_item = passage.field in _OWN and carrier is not None
        if passage.field is carrier and own:
            passage.meta = own
    merged_cells.sign(draft, here.merged)


def _meta(text: str, here: _Row) -> Mapping[Field, str]:
    """Who answers for the measures of a row of their own, and until when; nothing where it names nobody."""
    own = {kind: text[cells[0].start : cells[0].end] for kind, cells in here.cells.items() if kind in _OWN}
    if not own:
        return own
    lent = {one.field: text[one.words.start : one.words.end] for one in here.merged if one.field in _OWN}
    if _is_of_person(own):
        lent.pop(Field.LEADER, None)
    return lent | own


def _is_of_person(own: Mapping[Field, str]) -> bool:
    """Whether a person answers for each row, under one leader of them all."""
    return Field.PERSON in own and Field.LEADER not in own
