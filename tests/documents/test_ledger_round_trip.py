"""A ledger that goes out as a workbook and is read again is the same ledger, whatever stands in it."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from documents.books import BARE, HEAD, ROW, book_of, cells_of, opened, sheet_of
from zhenggai.documents.csv import neutral_cell
from zhenggai.documents.ledger import MeasureRow, ledger_csv
from zhenggai.documents.ledger_book.cells import cell_text
from zhenggai.documents.ledger_book.columns import COLUMNS, FULL_COLUMNS, SHORT_COLUMNS
from zhenggai.documents.ledger_book.content import BookRow, BookSheet
from zhenggai.documents.words import PROGRESS_WORDS
from zhenggai.domain.ledger_keys import KEY_HEADING, ledger_key
from zhenggai.domain.lifecycle import Nature, Progress, Stage
from zhenggai.domain.reading import StatedNature, StatedProgress
from zhenggai.reading.interpreting import wording
from zhenggai.reading.workbook import read_book
from zhenggai.reading.workbook.grid import Sheet
from zhenggai.reading.workbook.own_books import continued

if TYPE_CHECKING:
    from zhenggai.documents.ledger import LedgerRow
    from zhenggai.domain.reading import ReadFinding

# quotes, line breaks, formulas, marks of lists, tags, rare characters of the extensions, emoji, controls
PIECES = (
    *(
        "资金",
        "拨付",
        "不及时",
        "12.5万元",
        "“",
        "”",
        '"',
        "'",
        "\n",
        "\r\n",
        "=1+1",
        "+",
        "-",
        "@",
        "＝",
        "＠",
    ),
    *("，", "。", "；", "、", " ", "\u3000", "\t", "<r>", "</r>", "&amp;", "<", "]]>", "_x0041_", "_x000D_"),
    *(
        "1.",
        "（一）",
        "一是",
        "①",
        "\x01",
        "\x1b",
        "\ufeff",
        "\u200b",
        "\u2028",
        "𠮷",
        "𰻞",
        "😀",
        "👨‍👩‍👧",
        "〔下接“",
    ),
)
anything = st.lists(st.sampled_from(PIECES), max_size=9).map("".join)
# what a measure is: one line that begins and ends with words
words = st.lists(st.sampled_from([each for each in PIECES if "\n" not in each]), max_size=5).map(
    lambda each: f"核对{''.join(each)}账目"
)
names = st.sampled_from(["张示例", "欧阳示例", "领示例", ""])
units = st.sampled_from(["示例股", "云山县示例局", "党政办公室", "示例镇人民政府", ""])
days = st.one_of(st.none(), st.dates(date(1999, 1, 1), date(2099, 12, 31)))
numbers = st.sampled_from(["一/(一)/1", "二/3", "7", "0012", "1.2", "一/(一)/1/(1)", "（三）", "=1", ""])
COMMON = settings(
    max_examples=12,
    deadline=None,
    # each example starts the process that opens workbooks: to make it smaller would take minutes
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@st.composite
def ledger_rows(draw: st.DrawFn) -> list[LedgerRow]:
    """Some findings, under themes that follow one another as they like, some without any."""
    return [
        replace(
            draw(st.sampled_from([ROW, BARE])),
            id=place,
            number=draw(numbers),
            theme=draw(st.sampled_from(["党的领导方面", "作风“建设”方面", "=1+1方面", ""])),
            group=draw(st.sampled_from(["学习不深入", "@管理松散", ""])),
            title=f"问题{draw(anything)}突出",
            problem=f"经查{draw(anything)}属实",
            nature=draw(st.sampled_from([None, *Nature])),
            stage=draw(st.sampled_from(Stage)),
            progress=draw(st.sampled_from([None, *Progress])),
            responsible_leader=draw(names),
            lead_unit=draw(units),
            supporting_units=tuple(draw(st.sampled_from([(), ("甲股",), ("甲股", "示例镇")]))),
            due=draw(days),
            measures=tuple(MeasureRow(text, "plan", None, None, None, "") for text in draw(st.lists(words))),
            stated_actions=tuple(draw(st.lists(words, max_size=3))),
            stated_status=draw(st.sampled_from(["", "整改完成", "正在整改"])),
            stated_nature=draw(st.sampled_from([None, *StatedNature])),
            stated_closed=draw(st.sampled_from([None, True, False])),
            stated_leader=draw(names),
            stated_unit=draw(units),
            stated_due=draw(st.sampled_from(["", "2026年6月底前", "立行立改"])),
            stated_supporting="",
        )
        for place in range(1, draw(st.integers(1, 12)) + 1)
    ]


@given(ledger_rows(), st.booleans())
@COMMON
def test_every_cell_is_what_was_written(rows: list[LedgerRow], is_merged: bool) -> None:
    data = book_of([BookRow(row, None) for row in rows], is_merged=is_merged, sheets=tuple(BookSheet))
    for row, cells in zip(rows, cells_of(data), strict=True):
        for name in ("number", "theme", "group", "title", "problem"):
            assert cells[COLUMNS[name].heading] == cell_text(getattr(row, name))
        assert cells[KEY_HEADING] == ledger_key(3, row.id)
        assert cells["首次时限"] == (row.first_due.isoformat() if row.first_due else "")


@given(ledger_rows(), st.sampled_from([SHORT_COLUMNS, FULL_COLUMNS]), st.booleans())
@COMMON
def test_what_is_read_again_is_the_ledger(
    rows: list[LedgerRow], columns: tuple[str, ...], is_merged: bool
) -> None:
    made = [BookRow(row, None) for row in rows]
    read = read_book(opened(book_of(made, columns, tuple(BookSheet), is_merged=is_merged))).reading
    assert (read.title, read.organisation) == (f"{HEAD.title}整改台账", HEAD.organisation)
    assert len(read.findings) == len(rows)
    for row, finding in zip(rows, read.findings, strict=True):
        _same(row, finding, is_full=columns is FULL_COLUMNS)


def _same(row: LedgerRow, read: ReadFinding, *, is_full: bool) -> None:
    assert (read.number or "") == row.number
    assert (read.theme or "") == row.theme
    assert read.title == wording.clean(cell_text(row.title))
    assert [each.text for each in read.measures] == [_item(each.text) for each in row.measures]
    assert (read.responsible_leader or "") == (row.responsible_leader or row.stated_leader)
    assert (read.lead_unit or "") == (row.lead_unit or row.stated_unit)
    assert (read.due_text or "") == (row.due.isoformat() if row.due else row.stated_due)
    if row.due:
        assert read.due_on == row.due
    nature = row.nature or row.stated_nature
    if nature:
        assert read.stated_nature == StatedNature(nature.value)
    printed = PROGRESS_WORDS[row.progress] if row.progress else row.stated_status
    if row.progress:
        assert read.stated_progress == StatedProgress(row.progress.value)
    if printed:
        assert read.status_text == printed
    assert read.stated_closed is (row.stage is Stage.CLOSED or row.stated_closed is True)
    if is_full:
        assert (read.group or "") == row.group
        assert read.problem == cell_text(row.problem)
        assert read.supporting_units == row.supporting_units
        assert [each.text for each in read.actions] == [_item(each) for each in row.stated_actions]


def _item(text: str) -> str:
    return wording.clean(cell_text(text))


@given(ledger_rows())
@COMMON
def test_the_csv_holds_the_same_cells_but_for_the_apostrophe(rows: list[LedgerRow]) -> None:
    text = b"".join(ledger_csv(rows)).decode("utf-8-sig")
    for row, cells in zip(rows, csv.DictReader(io.StringIO(text, newline="")), strict=True):
        for name in ("number", "theme", "group", "title", "problem"):
            assert cells[COLUMNS[name].heading] == neutral_cell(getattr(row, name))


def test_a_long_text_comes_back_whole_after_the_rows_were_sorted() -> None:
    long = "很长的“问题”\n" * 12_000 + "完"
    other = "😀" * 40_000
    rows = [
        replace(ROW, problem=long),
        replace(BARE, problem=other),
        replace(ROW, id=9, problem="短〔下接“甲”〕"),
    ]
    book = opened(book_of([BookRow(row, None) for row in reversed(rows)]))
    assert [sheet.name for sheet in book.sheets] == ["台账"]
    reading = read_book(book)
    assert [each.problem for each in reading.reading.findings] == [each.problem for each in reversed(rows)]
    assert not [issue for issue in reading.issues if issue.code == "cell_truncated"]


def test_a_sheet_of_longer_texts_that_somebody_spoiled_loses_no_cell() -> None:
    heading = ["长文编号", "次序", "文字"]
    rest = Sheet(
        "长文续页",
        range(5),
        [heading, ["1", "2", "丙"], ["1", "1", "乙"], ["x", "1", "丁"], ["1", "x"], [""]],
    )
    cells = ["甲〔下接“长文续页”第1号〕", "丁〔下接“长文续页”第2号〕", "号〕", "戊"]
    (sheet,) = continued([Sheet("台账", range(2), [cells, ["己"]]), rest])
    assert sheet.rows == [["甲乙丙", "丁〔下接“长文续页”第2号〕", "号〕", "戊"], ["己"]]
    bare = Sheet("长文续页", range(2), [heading, ["1", "1"]])
    (sheet,) = continued([Sheet("台账", range(1), [cells]), bare])
    assert sheet.rows[0][0] == "甲"
    other = [Sheet("长文续页", range(1), [["别的"]]), Sheet("台账", range(1), [cells])]
    assert continued(other) == tuple(other)


def test_an_edited_book_proposes_what_was_changed_and_nothing_else() -> None:
    sheet = sheet_of(book_of(columns=SHORT_COLUMNS))
    rows = [list(row) for row in sheet.rows]
    rows[3][rows[2].index("时限状态")] = "已逾期"
    rows[3][rows[2].index("责任领导")] = "欧阳示例"
    rows.append(["3", "二/1", "", "新发现的问题", "立即整改", "领示例"])
    book = opened(book_of(columns=SHORT_COLUMNS))
    changed = replace(book, sheets=(replace(sheet, rows=rows, numbers=[*sheet.numbers, 9]),))
    first, _second, added = read_book(changed).reading.findings
    assert (first.responsible_leader, first.due_text) == ("欧阳示例", "2026-06-30")
    # a row that somebody added has no key: what stands above it goes on
    assert (added.number, added.title, added.theme) == ("二/1", "新发现的问题", "党的领导方面")


def test_without_the_sheet_by_its_name_the_widest_one_with_keys_is_the_ledger() -> None:
    book = opened(book_of(sheets=(BookSheet.PROBLEMS, BookSheet.TASKS)))
    named = tuple(replace(each, name="改名") if each.name == "台账" else each for each in book.sheets)
    read = read_book(replace(book, sheets=named))
    assert {each.sheet for each in read.sources} == {"改名"}
    assert len(read.reading.findings) == 2
