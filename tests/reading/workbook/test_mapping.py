"""What sheets and columns are held to be is a value: guessed, changed by a person, remembered."""

from __future__ import annotations

import pytest

from reading.workbook.bookmaking import Page, xlsx
from zhenggai.reading.workbook import SheetKind, guess_mapping, open_book, read_book
from zhenggai.reading.workbook.grid import Book, Merged, Sheet
from zhenggai.reading.workbook.header import header_of
from zhenggai.reading.workbook.roles import LABELS, Role, folded, guess, is_option


def sheet(rows, merged=(), name="台账", **more):
    filled = [(number, row) for number, row in enumerate(rows) if row]
    return Sheet(name, [number for number, _ in filled], [row for _, row in filled],
                 tuple(Merged(*one) for one in merged), **more)  # fmt: skip


def book(*sheets):
    return Book("x.xlsx", "0" * 64, sheets)


def named(one):
    header = header_of(one)
    return header and [(column.name, column.guess.role, column.option) for column in header.columns]


LEDGER = [["序号", "问题", "措施", "责任单位"], ["1", "台账更新不及时", "补登", "档案室"]]


@pytest.mark.parametrize(
    ("name", "role", "confidence"),
    [
        ("反馈问题", Role.PROBLEM, 1.0),
        ("责 任\n单 位", Role.LEAD_UNIT, 1.0),
        ("整改时限（年月日）", Role.DUE, 1.0),
        ("3.整改措施*", Role.MEASURES, 1.0),
        ("包抓领导", Role.LEADER, 1.0),
        ("（责任领导）", Role.LEADER, 1.0),
        ("责任股室", Role.LEAD_UNIT, 1.0),
        ("佐证材料", Role.EVIDENCE, 1.0),
        ("销号时间", Role.CLOSED_ON, 1.0),
        ("是否销号", Role.CLOSED, 1.0),
        ("整改任务", Role.DETAIL, 1.0),
        ("实际整改到位时间", Role.DONE_ON, 0.6),
        ("计划整改到位时间", Role.DUE, 0.9),
        ("现场发现的隐患", Role.PROBLEM, 0.6),
        ("审计底稿页码", None, 0.0),
        ("问题个数", None, 0.0),
        ("责任站办所", Role.LEAD_UNIT, 0.9),
        ("责任学校", Role.LEAD_UNIT, 0.9),
        ("问题数量", None, 0.0),
        ("", None, 0.0),
        ("长" * 40, None, 0.0),
    ],
)
def test_a_column_is_known_by_its_name(name, role, confidence):
    assert guess(name)[:2] == (role, confidence)
    assert guess(name).why


def test_every_role_has_a_label_and_names_are_folded():
    assert set(LABELS) == set(Role)
    assert folded(" 一、问 题（必填）：") == "问题"
    assert is_option("已完成")
    assert is_option("否")
    assert not is_option("责任单位")


def test_names_over_several_columns_hold_for_all_of_them():
    rows = [
        ["序号", "存在问题", "", "责任", ""],
        ["", "", "", "单位", "领导"],
        ["1", "甲不规范", "细节", "甲科", "样甲"],
    ]

    assert named(sheet(rows, [(0, 0, 1, 0), (0, 1, 1, 2), (0, 3, 0, 4)])) == [
        ("序号", Role.NUMBER, None),
        ("存在问题", Role.PROBLEM, None),
        ("存在问题", Role.DETAIL, None),
        ("责任 / 单位", Role.LEAD_UNIT, None),
        ("责任 / 领导", Role.LEADER, None),
    ]


def test_two_rows_of_names_without_merged_cells():
    rows = [
        ["序号", "问题", "责任落实", "", "时限"],
        ["", "", "责任领导", "责任单位", ""],
        ["1", "甲不规范", "样甲", "甲科", "2031年"],
    ]

    assert named(sheet(rows)) == [
        ("序号", Role.NUMBER, None),
        ("问题", Role.PROBLEM, None),
        ("责任落实 / 责任领导", Role.LEADER, None),
        ("责任落实 / 责任单位", Role.LEAD_UNIT, None),
        ("时限", Role.DUE, None),
    ]


def test_three_rows_of_names():
    rows = [
        ["序号", "审计情况", "", "整改情况", "", "", ""],
        ["", "问题", "", "措施", "责任", "", "时限"],
        ["", "类别", "内容", "", "领导", "单位", ""],
        ["1", "财务", "白条入账", "补开发票", "样甲", "财务科", "2031年6月"],
    ]
    merged = [
        (0, 0, 2, 0),
        (0, 1, 0, 2),
        (0, 3, 0, 6),
        (1, 1, 1, 2),
        (1, 3, 2, 3),
        (1, 4, 1, 5),
        (1, 6, 2, 6),
    ]

    assert [role for _, role, _ in named(sheet(rows, merged))] == [
        Role.NUMBER, Role.THEME, Role.PROBLEM, Role.MEASURES, Role.LEADER, Role.LEAD_UNIT, Role.DUE,
    ]  # fmt: skip


def test_a_row_that_only_groups_stands_above_the_names():
    rows = [
        ["基本信息", "", "整改信息", ""],
        ["序号", "问题", "整改措施", "责任单位"],
        ["1", "甲不规范", "改", "甲科"],
    ]

    assert [role for _, role, _ in named(sheet(rows, [(0, 0, 0, 1), (0, 2, 0, 3)]))] == [
        Role.NUMBER, Role.PROBLEM, Role.MEASURES, Role.LEAD_UNIT,
    ]  # fmt: skip


def test_a_name_below_an_unknown_one_and_a_part_of_a_known_one():
    rows = [
        ["序号", "问题", "整改进展", "", "其他", ""],
        ["", "", "一季度", "二季度", "责任单位", "页码"],
        ["1", "甲", "乙", "丙", "甲科", "3"],
    ]
    merged = [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3), (0, 4, 0, 5)]

    assert [role for _, role, _ in named(sheet(rows, merged))] in (
        [Role.NUMBER, Role.PROBLEM, Role.RESULT, Role.RESULT, Role.LEAD_UNIT, None],
        [Role.NUMBER, Role.PROBLEM, Role.RESULT, Role.RESULT, None, None],
    )


def test_choices_of_a_status_stand_side_by_side():
    rows = [["序号", "问题", "责任单位", "整改完成", "正在整改"], ["1", "甲不规范", "甲科", "√", ""]]

    assert named(sheet(rows))[3:] == [
        ("整改完成", Role.STATUS, "整改完成"),
        ("正在整改", Role.STATUS, "正在整改"),
    ]


def test_other_numbers_units_and_days_are_told_apart():
    rows = [
        ["问题", "序号", "措施序号", "序号", "牵头单位", "责任单位", "计划完成时间", "完成时间"],
        ["甲", "1", "1", "2", "甲科", "乙科", "", ""],
    ]

    assert [role for _, role, _ in named(sheet(rows))] == [
        Role.PROBLEM, Role.NUMBER, Role.COUNT, Role.COUNT, Role.LEAD_UNIT, Role.SUPPORTING, Role.DUE,
        Role.DONE_ON,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "rows",
    [
        [["姓名", "电话"], ["样甲", "1"]],
        [["问题很多" * 20, "措施" * 20]],
        [["序号", "问题单独一列的说明文字" * 5]],
        [["只有一格"]],
        [["问题", "责任单位" + "很" * 40]],
        [],
    ],
)
def test_what_names_no_columns_has_no_header(rows):
    assert header_of(sheet(rows)) is None


def test_a_list_that_names_no_problem_gives_way_to_a_ledger_below():
    rows = [
        ["序号", "整改措施", "责任单位"],
        ["1", "改", "甲科"],
        ["序号", "问题", "责任单位"],
        ["1", "甲不规范", "甲科"],
    ]

    assert header_of(sheet(rows)).is_ledger
    assert not header_of(sheet(rows[:2])).is_ledger


@pytest.mark.parametrize(
    ("name", "rows", "kind"),
    [
        ("台账", LEDGER, SheetKind.LEDGER),
        ("过程记录", LEDGER, SheetKind.PROCESS),
        ("驳回记录", LEDGER, SheetKind.RETURNS),
        ("填表说明", LEDGER, SheetKind.GUIDE),
        ("问题汇总", LEDGER, SheetKind.LEDGER),
        ("统计", [["单位", "问题"], ["甲", "3"]], SheetKind.SUMMARY),
        ("Sheet2", [["序号", "问题", "退回原因"], ["1", "甲", "材料不全"]], SheetKind.RETURNS),
        (
            "Sheet3",
            [["序号", "问题", "操作人", "操作时间"], ["1", "甲", "样甲", "2031年"]],
            SheetKind.PROCESS,
        ),
        ("Sheet4", [["序号", "问题", "问题总数", "完成率"], ["1", "甲", "3", "1"]], SheetKind.SUMMARY),
        ("Sheet5", [["随便", "什么"]], SheetKind.OTHER),
        ("Sheet6", [["序号", "整改措施", "责任单位"], ["1", "改", "甲科"]], SheetKind.LIST),
    ],
)
def test_a_sheet_is_known_by_its_name_and_columns(name, rows, kind):
    other = sheet(LEDGER, name="真台账")

    assert guess_mapping(book(other, sheet(rows, name=name))).of(name).kind is kind


def test_the_only_sheet_with_findings_is_the_ledger_whatever_its_name():
    assert guess_mapping(book(sheet(LEDGER, name="填表"))).sheets[0].kind is SheetKind.LEDGER
    assert guess_mapping(book(sheet([["甲"]], name="填表"))).sheets[0].kind is SheetKind.GUIDE


def test_a_hidden_ledger_counts_only_where_none_is_shown():
    hidden = sheet(LEDGER, name="旧", is_hidden=True)

    assert guess_mapping(book(hidden)).of("旧").kind is SheetKind.LEDGER
    assert guess_mapping(book(hidden, sheet(LEDGER))).of("旧").kind is SheetKind.OTHER


def test_lists_without_numbers_are_ledgers_of_their_own():
    problems = sheet([["序号", "问题"], ["1", "甲不规范"]], name="问题清单")
    tasks = sheet([["问题", "措施"], ["甲不规范", "改"]], name="任务清单")

    assert guess_mapping(book(problems, tasks)).of("任务清单").kind is SheetKind.LEDGER
    assert guess_mapping(book(problems)).of("问题清单").kind is SheetKind.LEDGER


def test_a_person_changes_a_column_and_it_is_remembered():
    rows = [["序号", "问题", "情况甲", "责任单位"], ["1", "台账更新不及时", "已补登3册", "档案室"]]
    first = open_book(xlsx(Page("台账", rows), Page("说明", [["x"]])), name="x.xlsx")
    guessed = guess_mapping(first)

    chosen = guessed.with_column("台账", 2, Role.RESULT)

    assert read_book(first, chosen).reading.findings[0].result == "已补登3册"
    assert guessed.of("台账").header != chosen.of("台账").header
    assert chosen.to_dict()["sheets"][0]["columns"][2] == {
        "index": 2,
        "name": "情况甲",
        "role": "result",
        "confidence": 1.0,
        "why": "Somebody chose it.",
    }
    again = open_book(xlsx(Page("六月", [["单位台账"], *rows])), name="y.xlsx")
    kept = chosen.choices()
    assert read_book(again, guess_mapping(again).remembered(kept)).reading.findings[0].result == "已补登3册"
    unknown = {fingerprint: [*names[:2], "gone", None] for fingerprint, names in kept.items()}
    roles = [
        column.guess.role for column in guess_mapping(again).remembered(unknown).sheets[0].header.columns
    ]
    assert roles[2:] == [guessed.of("台账").header.columns[2].guess.role, None]
    assert guessed.of("说明").fingerprint == ""
    assert guessed.of("说明").columns_of(Role.PROBLEM) == []


def test_a_person_changes_the_kind_of_a_sheet():
    first = open_book(xlsx(Page("台账", LEDGER), Page("过程记录", LEDGER)), name="x.xlsx")

    chosen = guess_mapping(first).with_kind("台账", SheetKind.OTHER).with_kind("过程记录", SheetKind.LEDGER)

    read = read_book(first, chosen)
    assert [one.sheet for one in read.sources] == ["过程记录"]
    assert [unread.text for unread in read.reading.unread] == [
        "序号\t问题\t措施\t责任单位\n1\t台账更新不及时\t补登\t档案室"
    ]


def test_details_stand_in_for_the_problem_where_no_column_names_it():
    assert named(sheet([["序号", "具体表现", "措施"], ["1", "甲", "改"]]))[1] == (
        "具体表现",
        Role.PROBLEM,
        None,
    )


def test_a_row_of_values_is_no_second_row_of_names():
    rows = [
        ["序号", "问题", "措施", "责任单位"],
        ["问题", "责任单位", "措施", "很多"],
        ["1", "甲", "改", "甲科"],
    ]
    assert header_of(sheet(rows)).last == 0
    rows = [["序号", "问题", "措施", "", ""], ["", "", "文字", "问题", "措施"], ["1", "甲", "改", "甲科", ""]]
    assert header_of(sheet(rows)).last == 0
    rows = [["序号", "问题", "措施"], ["", "", "责任单位"], ["1", "甲", "改"]]
    assert header_of(sheet(rows, [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 1, 2)])).last == 0
    rows = [["序号", "问题", "措施"], ["长" * 40], ["1", "甲", "改"]]
    assert header_of(sheet(rows)).last == 0


def test_a_ledger_is_looked_for_beyond_several_lists():
    lists = [["序号", "整改措施", "责任单位"], ["1", "改", "甲科"]] * 2

    assert header_of(sheet(lists)).place == 0


def test_a_column_under_a_known_name_over_several_columns_is_of_its_kind():
    rows = [["序号", "问题", "整改进展", ""], ["", "", "一季度", "责任单位"], ["1", "甲", "乙", "甲科"]]
    merged = [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3)]

    assert named(sheet(rows, merged))[2:] == [
        ("整改进展 / 一季度", Role.RESULT, None),
        ("整改进展 / 责任单位", Role.LEAD_UNIT, None),
    ]


def test_names_without_rows_below_them_and_with_empty_columns_before():
    assert header_of(sheet([["序号", "问题"]])).is_ledger
    rows = [
        ["", "序号", "问题", "责任", ""],
        ["", "", "", "责任领导", "责任单位"],
        ["", "1", "甲", "样甲", "甲科"],
    ]

    assert named(sheet(rows))[3:] == [
        ("责任 / 责任领导", Role.LEADER, None),
        ("责任 / 责任单位", Role.LEAD_UNIT, None),
    ]


def test_a_long_name_below_a_known_one_is_of_its_kind():
    rows = [
        ["序号", "问题", "整改进展", ""],
        ["", "", "二零三一年上半年的具体工作事项", "责任单位"],
        ["1", "甲", "乙", "甲科"],
    ]

    column = header_of(sheet(rows, [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3)])).columns[2]
    assert (column.guess.role, column.guess.confidence) == (Role.RESULT, 0.8)


def test_a_row_of_a_theme_below_two_rows_of_names_is_none_of_them():
    rows = [
        ["序号", "反馈意见", "存在问题", "责任", ""],
        ["", "", "", "责任领导", "责任科室"],
        ["一", "关于党的领导方面"],
        ["1", "学习不深入", "走过场", "样甲", "办公室"],
    ]

    assert header_of(sheet(rows, [(0, 3, 0, 4), (2, 1, 2, 4)])).last == 1
    assert guess("问题编号").role is Role.NUMBER


def test_choices_under_what_was_done_are_ticked_and_money_under_it_came_back():
    rows = [
        ["序号", "问题", "整改完成情况", "", "整改情况", "", ""],
        ["", "", "已完成", "未启动", "整改措施", "已整改金额", "其中：上缴财政"],
        ["1", "未登记", "", "√", "补登", "3.5", "2"],
    ]
    merged = [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3), (0, 4, 0, 6)]
    made = read_book(
        book(sheet([["单位：万元、人"], *rows], [(a + 1, b, c + 1, d) for a, b, c, d in merged]))
    )
    (finding,) = made.reading.findings
    assert (finding.status_text, finding.stated_progress) == ("未启动", "not_started")
    assert [each.text for each in finding.measures] == ["补登"]
    assert finding.actions == ()
    assert finding.result == "整改情况 / 已整改金额：3.5万元\n整改情况 / 其中：上缴财政：2万元"
    assert made.reading.organisation is None


def test_a_cell_that_prints_every_choice_says_the_ticked_one():
    names = ["序号", "问题", "整改情况", "是否销号"]
    said = [
        ["1", "未登记", "☐完成 ☑基本完成 ☐未完成", "是（√）否（ ）"],
        ["2", "未盘点", "完成（ ） 未完成（√）", "☐是 ☑否"],
        ["3", "未公示", "☑甲案 ☐乙案", ""],
    ]
    made = read_book(book(sheet([names, *said])))
    assert [
        (each.status_text, each.stated_progress, each.stated_closed) for each in made.reading.findings
    ] == [
        ("基本完成", "substantially_done", True),
        ("未完成", "in_progress", False),
        (None, None, None),
    ]
    assert made.reading.findings[2].result == "☑甲案 ☐乙案"


def test_a_bare_number_in_what_was_done_is_told_and_is_no_action():
    made = read_book(book(sheet([["序号", "问题", "整改情况"], ["1", "未登记", "12"]])))
    assert (made.reading.findings[0].result, made.reading.findings[0].actions) == ("12", ())


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("责任人/责任单位", "answerable"),
        ("牵头领导及责任部门", "answerable"),
        ("责任领导和责任人", None),
        ("完成时间及进度", "due"),
        ("整改措施2", "measures"),
        ("整改措施（三）", "measures"),
        ("巡察反馈意见原文", "problem"),
        ("对应问题编号", "number"),
        ("完成比例", "status"),
        ("12", None),
        ("甲/乙", None),
    ],
)
def test_names_of_two_parts_or_with_a_tail_are_known(name, role):
    found = guess(name).role
    assert found == role or (role is None and found in {None, "leader", "person"})


def test_tasks_of_a_list_keep_their_own_days_and_one_day_for_all_is_the_findings():
    problems = sheet([["问题编号", "具体问题"], ["W1", "预算不细"], ["W2", "未公示"]], name="问题清单")
    tasks = sheet(
        [
            ["任务编号", "对应问题编号", "整改任务", "完成时限"],
            ["R1", "W1", "细化预算", "2031年3月"],
            ["R2", "W1", "公开预算", "2031年4月"],
            ["R3", "W2", "补公示", "2031年5月"],
            ["R4", "W2", "立制度", "2031年5月"],
        ],
        name="任务清单",
    )
    first, second = read_book(book(problems, tasks)).reading.findings
    assert [(each.text, each.due_text) for each in first.measures] == [
        ("细化预算", "2031年3月"),
        ("公开预算", "2031年4月"),
    ]
    assert (first.due_text, first.due_on) == (None, None)
    assert [str(each.due_on) for each in second.measures] == ["2031-05-31", "2031-05-31"]
    assert (second.due_text, str(second.due_on)) == ("2031年5月", "2031-05-31")


def test_a_status_behind_a_deadline_leaves_the_day():
    made = read_book(
        book(sheet([["序号", "问题", "完成时间及进度"], ["1", "未登记", "2031年6月30日，已完成"]]))
    )
    (finding,) = made.reading.findings
    assert (finding.due_text, str(finding.due_on)) == ("2031年6月30日，已完成", "2031-06-30")


def test_a_person_says_in_which_row_the_names_stand():
    rows = [["编号甲", "事项乙"], ["1", "台账更新不及时"], [], ["小计", ""]]
    first = book(sheet(rows))
    guessed = guess_mapping(first)
    assert guessed.sheets[0].header is None

    chosen = guessed.with_header(first.sheets[0], 1, 1).with_kind("台账", SheetKind.LEDGER)

    assert [column.name for column in chosen.sheets[0].header.columns] == ["编号甲", "事项乙"]
    named = chosen.with_column("台账", 1, Role.PROBLEM)
    assert [one.title for one in read_book(first, named).reading.findings] == ["台账更新不及时"]
    # rows without anything, and rows that are the header already, change nothing
    assert guessed.with_header(first.sheets[0], 3, 3) == guessed
    assert chosen.with_header(first.sheets[0], 1, 1) == chosen
    again = named.with_header(first.sheets[0], 1, 2).sheets[0].header
    assert [column.name for column in again.columns] == ["编号甲 / 1", "事项乙 / 台账更新不及时"]


def test_whatever_a_person_chooses_can_be_read():
    names = ["序号", "问题", "措施", "责任单位"]
    rows = [
        names,
        ["1", "甲事不规范", "改", "办公室"],
        ["2", "", "改", ""],
        ["", "", "再改", ""],
        ["合计", "2"],
    ]
    one = book(sheet(rows), sheet([["序号", "措施"], ["1", "补"]], name="清单"))
    guessed = guess_mapping(one)
    for kind in SheetKind:
        for index in range(4):
            for role in (None, *Role):
                chosen = guessed.with_kind("台账", kind).with_column("台账", index, role)
                read = read_book(one, chosen, explain=True)
                assert "".join(part.span.of(read.reading.text) for part in read.reading.parts) == (
                    read.reading.text
                )


def test_a_ledger_among_very_many_columns_nobody_knows_is_still_a_ledger():
    names = ["序号", "存在问题", "整改措施", "责任领导", "责任部门", "整改时限"]
    wide = sheet([[*names, *[f"列{n}" for n in range(200)]], ["1", "会议过多", "精简", "样甲", "办公室"]])
    header = header_of(wide)

    assert header is not None
    assert header.is_ledger
    assert len(header.columns) == 206


def test_a_column_with_a_sentence_for_a_name_does_not_hide_the_names_beside_it():
    sentence = "请各单位按照方案逐条填写并注明办结时间地点人员以及佐证材料所在卷宗的页码不得空缺"
    names = ["序号", "存在问题", "整改措施", "责任部门", "整改时限", sentence]
    made = read_book(book(sheet([names, ["1", "会议过多", "精简", "办公室", "2031年6月", "卷一"]])))

    assert [one.title for one in made.reading.findings] == ["会议过多"]
    assert [one.text for one in made.reading.unread] == ["卷一"]
    few = sheet([["序号", "存在问题", "整改措施", sentence], ["1", "会议过多", "精简", "卷一"]])
    assert header_of(few) is None


def test_a_table_behind_an_empty_column_that_names_the_same_again_is_another():
    rows = [
        ["序号", "问题", "措施", "责任单位", "", "责任单位", "问题数"],
        ["1", "会风不够实", "精简会议", "办公室", "", "秘书科", "1"],
    ]
    made = read_book(book(sheet(rows)))
    found = made.reading.findings[0]
    assert (found.lead_unit, found.supporting_units, found.problem) == ("办公室", (), None)
    assert [(one.code, one.address) for one in made.issues] == [("second_table", "F1")]
    # other names behind an empty column are of the same table
    assert named(sheet([["序号", "问题", "", "责任单位"]]))[3][1] is Role.LEAD_UNIT
