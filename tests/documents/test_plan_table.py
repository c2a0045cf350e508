"""The plan as a Word table: what stands where, what merges, and the way back through the reader."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.opened import cells, every_cell, lines, opened, parts
from zhenggai.documents.plan_table import PlanApproval, PlanMeasure, PlanRow, PlanTable, plan_table_docx
from zhenggai.documents.sign_boxes import SignBox
from zhenggai.domain.lifecycle import Nature
from zhenggai.domain.reading import DocumentKind
from zhenggai.reading import read

AT = datetime(2031, 3, 8, 9, 5, tzinfo=UTC)
FIRST = PlanRow(
    "二/(一)/1/(1)",
    "会议过多",
    problem="2030年召开会议80次。",
    theme="党的建设方面",
    goals=("会议减少三成", "群众满意"),
    measures=(
        PlanMeasure("精简会议", "每月检查", leader="样丙", due=date(2031, 6, 30)),
        PlanMeasure("督促落实", leader="样丁", units=("财务科", "督查室"), due=date(2031, 9, 30)),
        PlanMeasure("建立审批制度"),
    ),
    leader="样甲",
    unit="办公室",
    supporting=("财务科", "督查室"),
    people=("样戊",),
    due=date(2031, 12, 31),
    nature=Nature.TIME_BOUND,
)
SECOND = PlanRow(
    "2",
    "文件过长",
    theme="党的建设方面",
    group="作风",
    goals=("控制篇幅",),
    measures=(PlanMeasure("缩短"),),
    leader="样乙",
    unit="督查室",
    nature=Nature.LONG_TERM,
)
SIGNED = SignBox("领导小组", "样甲", AT, "同意。")
WAITING = SignBox("巡察机构")
APPROVALS = (PlanApproval("第1号方案", (SIGNED, WAITING), "ab" * 32),)


def table(*rows, approvals=APPROVALS, **values):
    told = {
        "inspection": "云山县示例局巡察",
        "organisation": "云山县示例局",
        "inspector": "县委巡察一组",
        "marking": "内部",
        "version": "第1号（报批中）",
        **values,
    }
    return PlanTable(**told, rows=rows, approvals=approvals, printed_at=AT)


def grid(*rows, **values):
    return cells(opened(plan_table_docx(table(*rows, **values))).tables[0])


def test_the_head_says_whose_plan_it_is_how_secret_and_which_version():
    said = lines(plan_table_docx(table(FIRST)))
    assert said[:4] == [
        "内部",
        "云山县示例局整改方案表",
        "检查项目：云山县示例局巡察",
        "检查机构：县委巡察一组　　方案版本：第1号（报批中）",
    ]
    assert said[-1] == "打印时间：2031年3月8日 09:05"
    bare = lines(plan_table_docx(table(FIRST, marking="", inspector="")))
    assert bare[:3] == ["云山县示例局整改方案表", "检查项目：云山县示例局巡察", "方案版本：第1号（报批中）"]


def test_the_columns_are_those_of_offices_and_others_only_where_something_stands_in_them():
    plain = replace(SECOND, theme="", group="")
    assert grid(plain)[0] == [
        "序号", "反馈问题", "整改目标（标准）", "整改措施", "责任领导", "责任单位", "配合单位", "责任人",
        "完成时限", "整改类型",
    ]  # fmt: skip
    assert grid(FIRST, SECOND)[0] == [
        "方面", "大项", "序号", "反馈问题", "具体表现", "整改目标（标准）", "整改措施", "工作要求",
        "责任领导", "责任单位", "配合单位", "分工单位", "责任人", "完成时限", "整改类型",
    ]  # fmt: skip


def test_a_finding_takes_a_row_for_each_measure_and_what_holds_for_all_of_them_is_merged():
    _, first, second, third, last = grid(FIRST, SECOND)
    assert first == [
        "党的建设方面", "", "二/(一)/1/(1)", "会议过多", "2030年召开会议80次。",
        "1．会议减少三成\n2．群众满意", "精简会议", "每月检查", "样甲", "办公室", "财务科、督查室", "",
        "样丙", "2031年6月30日", "限期整改",
    ]  # fmt: skip
    assert second[6:] == ["督促落实", "", "", "", "", "财务科、督查室", "样丁", "2031年9月30日", ""]
    assert third[6:] == ["建立审批制度", "", "", "", "", "", "样戊", "2031年12月31日", ""]
    assert last == [
        "",
        "作风",
        "2",
        "文件过长",
        "",
        "控制篇幅",
        "缩短",
        "",
        "样乙",
        "督查室",
        "",
        "",
        "",
        "长期坚持",
        "长期坚持",
    ]


def test_a_finding_without_anything_has_its_row_all_the_same():
    assert grid(PlanRow("7", "没有措施"))[1] == ["7", "没有措施", *[""] * 8]


def test_a_plan_of_nothing_says_so_and_keeps_its_boxes():
    data = plan_table_docx(table(approvals=(PlanApproval("方案", (WAITING,)),)))
    assert "本表目前没有列入问题。" in lines(data)
    assert cells(opened(data).tables[1])[1] == ["巡察机构", "", "", "年　　月　　日"]
    assert not any("摘要" in each for each in lines(data))


def test_the_day_of_a_whole_finding_that_no_measure_has_is_told_below():
    two = tuple(replace(each, due=date(2031, 6, place)) for place, each in enumerate(FIRST.measures, 1))
    said = lines(plan_table_docx(table(replace(FIRST, measures=two))))
    assert "注：第二/(一)/1/(1)项整体完成时限为2031年12月31日。" in said
    assert not any("整体" in each for each in lines(plan_table_docx(table(FIRST))))


def test_signatures_that_stand_are_printed_and_the_others_are_left_to_a_hand():
    boxes = (
        SIGNED,
        SignBox("督查", "样乙", AT, acting_for="样丙"),
        SignBox("会议", "样丁", AT, paper="纸质"),
    )
    data = plan_table_docx(table(FIRST, approvals=(PlanApproval("第1号方案", boxes, "cd" * 32),)))
    _, first, second, third = cells(opened(data).tables[1])
    assert first == ["领导小组", "同意。", "样甲\n（系统内签署）", "2031年3月8日 09:05"]
    assert second[2] == "样乙（代样丙）\n（系统内签署）"
    assert third[2] == "样丁\n（纸质）"
    assert "方案内容摘要（SHA-256）：" + "cd" * 32 in lines(data)


def test_the_heading_is_printed_again_on_every_page_and_long_cells_go_over_pages():
    long = replace(SECOND, measures=tuple(PlanMeasure("长" * 3000) for _ in range(100)))
    data = plan_table_docx(table(long))
    assert data == plan_table_docx(table(long))
    xml = parts(data)["word/document.xml"].decode()
    assert xml.count("<w:tblHeader/>") == 1
    # only rows of the heading and of the boxes are kept whole
    assert xml.count("<w:cantSplit/>") == 1 + 3


def test_control_characters_break_nothing():
    odd = PlanRow("1", "甲\x00\ud800乙" + "很长的题目" * 40, measures=(PlanMeasure("\x1b[31m=1+1\u202e"),))
    said = every_cell(plan_table_docx(table(odd)))
    assert "甲\ufffd\ufffd乙" in said
    assert "\ufffd[31m=1+1\ufffd" in said


# words of which no number and no label is made, with what tables and readers have broken on between them
_HAN = st.text("精简会议制度督促核对往来款项", min_size=1, max_size=30)
_BETWEEN = st.sampled_from(["，", "\n", "=1+1", "+", "@", '"', "'", "<", "&", "-", "“示例”", "（甲乙）", " "])
_WORDS = st.builds(
    lambda start, pieces: start + "".join(sign + han for sign, han in pieces),
    st.sampled_from(["", "=", "+", "@", "-", '"']).flatmap(lambda sign: _HAN.map(lambda han: sign + han)),
    st.lists(st.tuples(_BETWEEN, _HAN), max_size=4),
)
_NAME = st.sampled_from(["样甲", "样乙", "样丙", "样丁"])
_UNIT = st.sampled_from(["办公室", "财务科", "督查室", "人事科"])
_DAY = st.dates(date(2030, 1, 1), date(2033, 12, 31))
_MEASURE = st.builds(PlanMeasure, _WORDS, leader=st.just("") | _NAME, due=st.none() | _DAY)
_ROW = st.builds(
    PlanRow,
    number=st.sampled_from(["1", "二/(一)/1", "三/(二)/1/(3)", "12", "（四）"]),
    title=_WORDS,
    problem=st.just("") | _WORDS,
    theme=st.sampled_from(["党的建设方面", "资金管理方面"]),
    goals=st.lists(_WORDS, max_size=3).map(tuple),
    measures=st.lists(_MEASURE, max_size=5).map(tuple),
    leader=_NAME,
    unit=_UNIT,
    supporting=st.lists(_UNIT, max_size=3, unique=True).map(tuple),
    people=st.just(()) | st.tuples(_NAME),
    due=_DAY,
    nature=st.none() | st.sampled_from(Nature),
)


def plain(text):
    """Without blanks: a line break in a cell is read as one."""
    return "".join(text.split())


# rows alike in number and title are one problem over several rows, as merged cells say it
@given(st.lists(_ROW, min_size=1, max_size=6, unique_by=lambda row: (row.number, plain(row.title))))
def test_the_reader_gets_back_numbers_order_wording_people_and_days(rows):
    reading = read(plan_table_docx(table(*rows)), name="方案表.docx")
    assert reading.kind is DocumentKind.PLAN
    assert [(one.number.strip("（）"), one.theme, plain(one.title)) for one in reading.findings] == [
        (row.number.strip("（）"), row.theme, plain(row.title)) for row in rows
    ]
    for one, row in zip(reading.findings, rows, strict=True):
        assert plain(one.problem or "") == plain(row.problem)
        assert [plain(item.text) for item in one.measures] == [plain(each.text) for each in row.measures]
        assert (one.responsible_leader, one.lead_unit) == (row.leader, row.unit)
        assert one.supporting_units == row.supporting
        assert (one.stated_nature and one.stated_nature.value) == (row.nature and row.nature.value)
        days = [each.due or row.due for each in row.measures]
        assert [item.due_on or one.due_on for item in one.measures] == days
        people = [each.leader or "".join(row.people) for each in row.measures]
        if len(set(people)) > 1 and all(people):
            assert [item.leader for item in one.measures] == people


@pytest.mark.parametrize("boxes", [(), (WAITING,), (SIGNED, WAITING, WAITING)])
def test_boxes_to_sign_are_no_findings(boxes):
    reading = read(plan_table_docx(table(SECOND, approvals=(PlanApproval("方案", boxes),))), name="a.docx")
    assert [one.title for one in reading.findings] == ["文件过长"]
