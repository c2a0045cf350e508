"""The ledger as a workbook: what stands in it, how it looks, and that nothing in it is executed or lost."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from python_calamine import CalamineWorkbook

from documents.books import BARE, HEAD, ROW, ROWS, book_of, cells_of, opened, part_of, sheet_of
from zhenggai.documents.ledger import MeasureRow
from zhenggai.documents.ledger_book.cells import TEXT_MOST, cell_text, is_executed, pieces_of
from zhenggai.documents.ledger_book.columns import COLUMNS, FULL_COLUMNS, SHORT_COLUMNS, columns_chosen
from zhenggai.documents.ledger_book.content import BookRow, BookSheet, FigureRow, FigureTable
from zhenggai.documents.ledger_book.counted import counted
from zhenggai.documents.ledger_book.narrowed import narrowed_by_work, narrowed_words
from zhenggai.documents.words import DEADLINE_KIND_WORDS, LIGHT_WORDS, MARKING_WORDS
from zhenggai.domain.deadlines import Light
from zhenggai.domain.extending import DeadlineKind
from zhenggai.domain.ledger_keys import KEY_HEADING, continued_mark
from zhenggai.domain.lifecycle import Stage
from zhenggai.domain.markings import Marking
from zhenggai.domain.reading import StatedProgress

ALL = tuple(BookSheet)


def test_the_ledger_stands_under_title_and_statement():
    sheet = sheet_of(book_of())
    assert sheet.rows[0][0] == "云山县示例局巡察整改台账"
    assert sheet.rows[1][0] == (
        "被检查单位：云山县示例局　检查单位：县委示例巡察组　截至2026年3月2日 4:05（北京时间）　共 2 个问题　"
        "筛选：无，全部可见问题　导出人：徐示例　密级：内部"
    )
    assert sheet.rows[2] == [*(COLUMNS[name].heading for name in FULL_COLUMNS), KEY_HEADING]


def test_a_finding_is_a_row_with_numbers_days_and_money_as_such():
    data = book_of()
    row, bare = cells_of(data)
    assert (row["序号"], row["编号"], row["整改类型"], row["整改进度"]) == (
        "1",
        "一/(一)/1",
        "限期整改",
        "正在整改",
    )
    assert (row["完成时限"], row["完成比例"], row["核实进度"]) == ("2026-06-30", "60%", "未启动")
    assert (row["应追回（元）"], row["已追回（元）"], row["已处理人次"]) == ("86400.5", "1234.5", "2")
    assert row["整改措施"] == "1.建立资金台账\n2.逐笔清理拨付"
    assert (row["时限状态"], row["是否销号"], row["退回次数"]) == ("临近到期", "否", "1")
    assert (bare["序号"], bare["是否销号"], bare["销号时间"], bare["时限状态"]) == (
        "2",
        "是",
        "2026-03-02",
        "已销号",
    )
    page = part_of(data, "worksheets/sheet1.xml")
    # 2026-06-30 counted in days
    assert re.search(r"<v>46203</v>", page)
    assert '#,##0.00"元"'.replace('"', "&quot;") in part_of(data, "styles.xml")


def test_what_only_a_document_says_stands_where_the_ledger_says_nothing():
    _, bare = cells_of(book_of())
    assert (bare["责任领导"], bare["责任单位"], bare["完成时限"]) == ("张示例", "计划股", "6月底前")
    assert bare["整改进度"] == "整改完成，长期坚持"
    said = replace(BARE, stage=Stage.REGISTERED, closures=(), stated_closed=True)
    (row,) = cells_of(book_of([BookRow(said, Light.NONE)]))
    assert (row["是否销号"], row["原件称已销号"]) == ("原件称已销号", "是")


def test_the_key_is_the_last_column_and_hidden():
    data = book_of(columns=SHORT_COLUMNS)
    sheet = sheet_of(data)
    assert [row[-1] for row in sheet.rows[3:]] == ["ZG-3-7", "ZG-3-8"]
    assert sheet.hidden_columns == {len(SHORT_COLUMNS)}


def test_themes_and_groups_are_merged_and_every_row_keeps_its_own():
    other = replace(ROW, theme="作风方面", number="二/1")
    rows = [*ROWS, BookRow(other, None), BookRow(replace(other, group="另一类"), None)]
    sheet = sheet_of(book_of(rows, columns=("place", "number", "theme", "group", "title")))
    merged = {(one.top, one.left, one.bottom) for one in sheet.merged if one.left == one.right}
    assert merged == {(3, 2, 4), (5, 2, 6), (3, 3, 4)}
    assert [row[2] for row in sheet.rows[3:]] == ["党的领导方面", "党的领导方面", "作风方面", "作风方面"]


def test_without_merging_only_what_stands_above_is_merged():
    sheet = sheet_of(book_of(is_merged=False))
    assert {one.top for one in sheet.merged} == {0, 1}


def test_findings_without_a_theme_are_not_merged():
    none = [BookRow(replace(ROW, theme="", group=""), None)] * 2
    assert {one.top for one in sheet_of(book_of(none)).merged} == {0, 1}


def test_the_header_stays_and_is_repeated_filtered_and_printed_on_a3():
    data = book_of(columns=SHORT_COLUMNS)
    page = part_of(data, "worksheets/sheet1.xml")
    assert 'topLeftCell="E4"' in page
    assert 'state="frozen"' in page
    assert '<autoFilter ref="A3:L5"/>' in page
    assert 'paperSize="8"' in page
    assert 'orientation="landscape"' in page
    assert 'fitToHeight="0"' in page
    assert "第 &amp;P 页，共 &amp;N 页" in page
    assert "密级：内部" in page
    assert "台账!$3:$3" in part_of(data, "workbook.xml")


def test_a_wide_table_is_printed_over_several_pages_with_its_first_columns_on_each():
    data = book_of()
    assert 'fitToWidth="3"' in part_of(data, "worksheets/sheet1.xml")
    assert "台账!$A:$E,台账!$3:$3" in part_of(data, "workbook.xml")
    narrow = part_of(book_of(columns=("place", "number", "title")), "worksheets/sheet1.xml")
    assert 'topLeftCell="D4"' in narrow


def test_a_wide_table_without_its_first_columns_repeats_none():
    wide = ("measures", "place", "number", "title", *(name for name in FULL_COLUMNS if name != "theme"))
    wide = ("narrative", "problem", "measures", *dict.fromkeys(wide))
    data = book_of(columns=tuple(dict.fromkeys(wide)))
    assert "台账!$3:$3" in part_of(data, "workbook.xml")
    assert "$A:" not in part_of(data, "workbook.xml").split("_FilterDatabase")[-1].split("Print_Titles")[-1]


def test_words_are_offered_where_somebody_may_edit():
    page = part_of(book_of(), "worksheets/sheet1.xml")
    assert "立行立改,限期整改,长期坚持" in page
    assert "未启动,正在整改,基本完成,整改完成" in page
    assert "是,否" in page
    assert 'errorStyle="warning"' in page


def test_the_light_is_a_word_with_the_colour_of_the_rules():
    data = book_of(columns=("place", "number", "title", "light"), sheets=(BookSheet.DUTIES,))
    for sheet in ("sheet1.xml", "sheet2.xml"):
        page = part_of(data, f"worksheets/{sheet}")
        assert all(f'"{LIGHT_WORDS[light]}"' in page for light, _ in HEAD.colours)
    assert "FFF8CBCB" in part_of(data, "styles.xml")


def test_the_three_lists_join_by_number_and_key():
    data = book_of(sheets=(BookSheet.PROBLEMS, BookSheet.TASKS, BookSheet.DUTIES))
    assert [sheet.name for sheet in opened(data).sheets] == ["台账", "问题清单", "任务清单", "责任清单"]
    problem, _ = cells_of(data, "问题清单")
    assert (problem["编号"], problem["具体表现"], problem[KEY_HEADING]) == (
        "一/(一)/1",
        "有 8.64 万元未拨付。",
        "ZG-3-7",
    )
    first, second = cells_of(data, "任务清单")
    assert (first["措施序号"], first["整改措施"], first["完成时限"]) == ("1", "建立资金台账", "2026-05-01")
    assert (first["完成时间"], first["完成人"], first["落实情况"]) == ("2026-03-02", "经示例", "已建账")
    assert (second["完成时限"], second["完成人"], second[KEY_HEADING]) == ("2026-06-30", "", "ZG-3-7")
    duty, other = cells_of(data, "责任清单")
    assert (duty["责任领导"], duty["配合单位"]) == ("领示例", "甲股、乙股")
    assert other["责任单位"] == "计划股"


def test_the_process_says_who_did_what_when():
    (row,) = cells_of(book_of(sheets=(BookSheet.PROCESS,)), "过程记录")
    assert (row["时间"], row["操作人"], row["事项"], row["内容"]) == (
        "2026-03-02 04:05:00",
        "徐示例",
        "交办",
        "责任单位：示例股",
    )


def test_returns_stand_with_reason_and_what_failed():
    closing, deadline = cells_of(book_of(sheets=(BookSheet.RETURNS,)), "退回记录")
    assert (closing["退回事项"], closing["退回人"], closing["退回理由"]) == (
        "申请销号",
        "审示例",
        "材料不能证明到账。",
    )
    assert (closing["未达到的标准"], closing["重新整改期限"]) == ("账实一致", "2026-04-01")
    assert (deadline["退回事项"], deadline["退回人"], deadline["退回理由"]) == (
        "申请延期",
        "办示例",
        "理由不充分。",
    )
    lost = replace(ROW, requests=(), deadline_requests=(replace(ROW.deadline_requests[0], decided_by=None),))
    (row,) = cells_of(book_of([BookRow(lost, None)], sheets=(BookSheet.RETURNS,)), "退回记录")
    assert row["退回人"] == ""


def test_figures_stand_with_their_rule():
    figures = (
        FigureTable(
            "销号",
            (
                FigureRow("销号率", "50.00%", "1/2。分母：问题。"),
                FigureRow("合计", 2),
                FigureRow("金额", Decimal("12.50")),
                FigureRow("人次", Decimal("3.00")),
            ),
        ),
    )
    data = book_of(sheets=(BookSheet.FIGURES,), figures=figures)
    assert [row[:3] for row in sheet_of(data, "统计").rows[3:]] == [
        ["销号"],
        ["销号率", "50.00%", "1/2。分母：问题。"],
        ["合计", "2"],
        ["金额", "12.5"],
        ["人次", "3"],
    ]


def test_the_guide_says_which_columns_come_back():
    data = book_of(columns=SHORT_COLUMNS, sheets=(BookSheet.GUIDE,))
    said = "\n".join(row[0] for row in sheet_of(data, "填写说明").rows)
    assert "整改措施、责任领导、责任单位、完成时限" in said
    assert "写入系统：序号、时限状态。" in said
    alone = sheet_of(book_of(columns=("title",), sheets=(BookSheet.GUIDE,)), "填写说明")
    assert "写入系统：无。" in "\n".join(row[0] for row in alone.rows)


def test_the_marking_and_who_took_it_away_stand_on_every_sheet():
    data = book_of(sheets=ALL)
    for sheet in opened(data).sheets:
        assert "密级：内部" in sheet.rows[1][0], sheet.name
        assert "导出人：徐示例" in sheet.rows[1][0]


def test_restricted_findings_are_marked_on_every_list_and_above():
    head = replace(HEAD, is_restricted=True, narrowed="环节为“整改中”", ordered="按编号", inspector="")
    rows = [BookRow(replace(ROW, restricted="lead"), None), ROWS[1]]
    columns = (*SHORT_COLUMNS, "restricted")
    data = book_of(rows, columns, (BookSheet.PROBLEMS, BookSheet.TASKS), head=head)
    assert [row["知悉范围"] for row in cells_of(data)] == ["限定人员", ""]
    assert [row["知悉范围"] for row in cells_of(data, "问题清单")] == ["限定人员", ""]
    said = sheet_of(data).rows[1][0]
    assert said.endswith("密级：内部　含限定人员知悉的问题，请勿扩大知悉范围")
    assert "筛选：环节为“整改中”　排序：按编号" in said
    assert "检查单位：县委" not in said


EXECUTED = (
    "=1+1",
    "+8613800000000",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
    " =cmd|' /C calc'!A0",
    "\ufeff=1",
    '=HYPERLINK("http://example.invalid","点")',
    "DDE=x",
    "http://example.invalid/a",
    "mailto:a@example.invalid",
    "<r><t>x</t></r>",
    "</t></is></c>",
    "_x0041_",
    "0012",
    "1/2",
    "TRUE",
    " 前后有空格 ",
    "“引号”与'单引号'\"双\"",
    "第一行\n第二行",
    "𠮷𰻞😀👨‍👩‍👧",
    "#REF!",
)


@pytest.mark.parametrize("text", EXECUTED)
def test_a_text_stays_the_text_that_it_is(text):
    data = book_of([BookRow(replace(ROW, title=text), None)], columns=("place", "number", "title"))
    (row,) = cells_of(data)
    assert row["反馈问题"] == text
    page = part_of(data, "worksheets/sheet1.xml")
    assert "<f>" not in page
    assert "<hyperlink" not in page.lower()


def test_what_would_be_executed_once_it_is_edited_is_quoted():
    data = book_of([BookRow(replace(ROW, title="=1+1"), None)], columns=("place", "number", "title"))
    assert 'quotePrefix="1"' in part_of(data, "styles.xml")
    plain = book_of([BookRow(ROW, None)], columns=("place", "number", "title"))
    assert "quotePrefix" not in part_of(plain, "styles.xml")
    assert [text for text in EXECUTED if is_executed(text)] == list(EXECUTED[:12])


def test_what_no_cell_can_hold_is_made_visible():
    assert cell_text("甲\x00乙\x1b丙\x7f丁\ud800戊\ufffe己\r\n庚\r辛\t") == "甲␀乙␛丙␡丁�戊�己\n庚\n辛\t"
    title = "甲\x00乙\x0b丙\udfff\r\n丁"
    (row,) = cells_of(book_of([BookRow(replace(ROW, title=title), None)], columns=("place", "title")))
    assert row["反馈问题"] == "甲␀乙␋丙�\n丁"


def test_a_text_is_cut_into_pieces_that_together_are_the_text():
    text = "甲" * 10 + "😀" * 20 + "z"
    pieces = pieces_of(text, 16)
    assert "".join(pieces) == text
    assert all(len(piece.encode("utf-16-le")) <= 32 for piece in pieces)
    assert pieces_of("短", 16) == ["短"]
    assert pieces_of("正好十六个字的一段话正好十六个字", 16) == ["正好十六个字的一段话正好十六个字"]


def test_a_text_longer_than_a_cell_goes_on_on_a_sheet_of_its_own():
    long = "=".join(["很长的文字"] * 20_000)
    again = "另" * (TEXT_MOST + 1)
    data = book_of([BookRow(replace(ROW, title=long, problem=again), None)])
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    heading, row = book.get_sheet_by_name("台账").to_python()[2:4]
    rest = book.get_sheet_by_name("长文续页").to_python()[1:]
    first = row[heading.index("反馈问题")].removesuffix(continued_mark(1))
    assert first + "".join(cells[2] for cells in rest if cells[0] == 1) == long
    assert [cells[1] for cells in rest] == [1, 2, 3, 1]
    assert row[heading.index("具体表现")] == "另" * TEXT_MOST + continued_mark(2)
    (read,) = cells_of(data)
    assert (read["反馈问题"], read["具体表现"]) == (long, again)


def test_equal_input_gives_equal_bytes(tmp_path):
    assert book_of(sheets=ALL) == book_of(sheets=ALL, folder=tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_workbook_of_no_findings_can_be_opened():
    data = book_of([], sheets=ALL)
    assert cells_of(data) == []
    assert '<autoFilter ref="A3:' in part_of(data, "worksheets/sheet1.xml")


def test_a_day_that_excel_cannot_count_is_text():
    row = replace(ROW, due=date(1900, 2, 28), first_due=None)
    (said,) = cells_of(book_of([BookRow(row, None)]))
    assert said["完成时限"] == "1900-02-28"
    assert (said["首次时限"], said["整改情况"]) == ("", "1.召开会议一次\n2.核对三年账目")


def test_rows_are_as_high_as_their_longest_cell():
    rows = [
        BookRow(replace(ROW, title="一行"), None),
        BookRow(replace(ROW, title="很长的问题" * 40), None),
        BookRow(replace(ROW, title="三行\n之二\n之三\n之四"), None),
        BookRow(replace(ROW, title="高" * 9_000), None),
    ]
    page = part_of(book_of(rows, columns=("place", "number", "title")), "worksheets/sheet1.xml")
    heights = [float(each) for each in re.findall(r' ht="([\d.]+)"', page)[3:]]
    assert heights[0] < heights[2] < heights[1] < heights[3] <= 409.5


def test_columns_are_chosen_by_name_with_those_that_are_never_left_out():
    assert columns_chosen(["due", "title", "nothing", "due"]) == ("place", "number", "due", "title")
    assert set(SHORT_COLUMNS) < set(FULL_COLUMNS)


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ([], ""),
        (["一件事"], "一件事"),
        (["一是甲；二是乙"], "1.一是甲；二是乙"),
        (["甲事", "乙事"], "1.甲事\n2.乙事"),
        (["甲1.5倍2、乙", "丙"], "（1）甲1.5倍2、乙\n（2）丙"),
        (["1、甲（1）", "乙"], "①1、甲（1）\n②乙"),
        (["1、甲（1）①", "乙"], "（一）1、甲（1）①\n（二）乙"),
        (["1、甲（1）①（一）", "乙"], "一、1、甲（1）①（一）\n二、乙"),
        (["1、甲（1）①（一）一、", "乙"], "1.1、甲（1）①（一）一、\n2.乙"),
    ],
)
def test_several_texts_are_counted_in_a_way_that_none_of_them_uses(texts, said):
    assert counted(texts) == said


def test_many_texts_are_counted_to_the_end():
    texts = [f"1、（1）①事项{place}" for place in range(32)]
    assert counted(texts).split("\n")[9:32:11] == [
        "（十）1、（1）①事项9",
        "（二十一）1、（1）①事项20",
        "（三十二）1、（1）①事项31",
    ]


def test_the_filter_is_said_in_words():
    assert narrowed_words() == ""
    assert narrowed_words(
        stage=Stage.RECTIFYING,
        stated_progress=StatedProgress.DONE,
        stated_nature="长期坚持",
        stated_closed=True,
        is_unstated=True,
        gap="自报超前",
        theme="党的领导方面",
        unit="示例股",
        overdue_on=date(2026, 3, 2),
        text="资金",
        figure="已销号",
        figure_on=date(2026, 3, 1),
    ) == (
        "环节为“整改中”；原件所称进度为“整改完成”；原件所称类型为“长期坚持”；原件称已销号；原件未说明进度；"
        "进度比对为“自报超前”；方面为“党的领导方面”；责任单位或配合单位为“示例股”；2026-03-02已逾期；"
        "含有“资金”；2026-03-01统计为“已销号”"
    )
    assert narrowed_words(stated_closed=False) == "原件称未销号"
    assert narrowed_by_work() == ""
    assert narrowed_by_work(
        led="尚无责任单位",
        leader="张示例",
        light="临近到期",
        light_on=date(2026, 3, 2),
        due_from=date(2026, 3, 3),
        nature="长期坚持",
        source="示例通报",
        due_to=date(2026, 3, 4),
    ) == (
        "尚无责任单位；责任领导为“张示例”；2026-03-02亮灯为“临近到期”；整改时限不早于2026-03-03；"
        "整改时限不晚于2026-03-04；整改类型为“长期坚持”；来自《示例通报》"
    )


def test_every_value_has_its_word():
    assert set(LIGHT_WORDS) == set(Light)
    assert set(MARKING_WORDS) == set(Marking)
    assert set(DEADLINE_KIND_WORDS) == set(DeadlineKind)


def test_a_measure_without_a_day_of_its_own_has_that_of_the_finding_or_of_the_document():
    row = replace(
        BARE, measures=(MeasureRow("甲", "stated", None, datetime(2026, 3, 2, tzinfo=UTC), None, ""),)
    )
    (task,) = cells_of(book_of([BookRow(row, None)], sheets=(BookSheet.TASKS,)), "任务清单")
    assert (task["完成时限"], task["完成时间"], task["完成人"]) == ("6月底前", "2026-03-02", "")
