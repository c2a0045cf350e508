"""Which rows begin a finding, which go on with it, and which are furniture."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reading.workbook.test_mapping import book, sheet
from zhenggai.domain.reading import PartKind
from zhenggai.reading.interpreting.closed_words import closed_of
from zhenggai.reading.workbook import guess_mapping, read_book
from zhenggai.reading.workbook.cell_words import (
    clean_name,
    is_nothing,
    listed,
    nature_of,
    pieces,
    rate_of,
    units_apart,
)
from zhenggai.reading.workbook.roles import Role
from zhenggai.reading.workbook.rows import read_rows
from zhenggai.reading.workbook.telling import Teller

NAMES = ["序号", "问题类别", "问题", "具体表现", "措施", "责任单位", "时限"]


def read(rows, merged=(), **more):
    return read_book(book(sheet([NAMES, *rows], merged, **more)))


def titles(made):
    return [(one.number, one.theme, one.group, one.title) for one in made.reading.findings]


def uses(rows, merged=()):
    one = sheet([NAMES, *rows], merged)
    return read_rows(one, guess_mapping(book(one)).sheets[0]).uses


WHOLE = ["1", "作风", "会议过多", "", "精简", "办公室", "2031年6月"]


@pytest.mark.parametrize(
    ("row", "use"),
    [
        (NAMES, -1),
        (["", "", "问题", "", "措施"], -1),
        (["合 计", "", "3项"], -4),
        (["注：此表按月更新"], -5),
        (["填表人：样甲", "", "审核人：样乙"], -5),
        (["", "", "", "", "联系电话：000"], -5),
        (["  "], -5),
        (["（一）党的建设方面"], -3),
        (["二", "", "队伍建设方面"], -3),
        (["附页"], -6),
        (["填表人：", "", "样甲", "", "审核人：", "样乙", "2031年7月1日"], -5),
        (["填表人：样甲", "", "", "", "审核人：样乙", "", "电话：000"], -5),
        (["党组书记（签字）：", "", "", "", "分管领导：", "单位（盖章）"], -5),
        (["其中：", "", "立行立改1项", "", "", "", "1"], -5),
        (["合计15项，已全部完成", "", "", "", "另行说明"], -4),
        (["填写说明", "", "照原文填写", "", "分条填写"], -5),
        (["示例：", "", "某问题不规范", "", "某措施", "某科"], -5),
        (["①", "②", "③", "④", "⑤", "⑥", "⑦"], -5),
        (["1", "2", "3", "4", "5", "6", "7"], -5),
        (["甲", "乙", "丙", "丁"], -5),
        (["单位：样例局", "", "", "", "第2页"], -5),
        (["责任单位：办公室"], -6),
        (["本页小计", "", "", "", "", "2项"], -4),
        (["政治建设方面小计：", "", "2", "", "", "1"], -4),
        (["完成率", "", "", "", "", "100%"], -4),
        (["（二）行政审批方面："], -3),
        (["", "", "", "", "", "", "2031年7月"], 0),
        (["", "", "", "", "督促落实", "督查室"], 0),
        (["", "", "", "补充表现"], 0),
        (["9", "", "", "", "督促落实", "督查室"], -6),
        (["9", "", "", "文件过长", "控制", "办公室"], 1),
        (["2", "", "注：这也是一个问题", "", "改", "甲科"], 1),
        (["3"], -8),
        (["第三"], -6),
    ],
)
def test_a_row_is_what_it_says(row, use):
    assert uses([WHOLE, row])[2] == use


def test_a_note_with_a_problem_beside_it_is_a_finding():
    names = ["问题", "措施", "责任单位"]
    one = sheet([names, ["注：学习不深", "补学", "办公室"], ["注：按月更新", "", ""]])

    assert read_rows(one, guess_mapping(book(one)).sheets[0]).uses == [-1, 0, -5]


def test_themes_hold_until_the_next_and_groups_end_with_them():
    made = read(
        [
            ["一、党的领导方面"],
            WHOLE,
            ["2", "", "文件过长", "", "控制", "办公室", "2031年6月"],
            ["3", "队伍", "人员老化", "", "招录", "人事科", "2031年6月"],
        ]
    )

    assert [one[1] for one in titles(made)] == ["作风", "作风", "队伍"]


def test_a_row_merged_over_the_table_names_a_theme_if_it_is_short():
    long = "本表所列问题经县委巡察组反馈后由领导小组办公室逐条核对并经党组会议审议通过后执行请各单位认真落实"
    made = read([["其他工作"], WHOLE, [long]], [(1, 0, 1, 6), (3, 0, 3, 6)])

    assert titles(made) == [("1", "作风", None, "会议过多")]
    assert [part.rule for part in made.reading.parts if part.kind is PartKind.UNREAD] == ["stray_row"]


def test_a_number_in_the_problem_is_taken_where_no_column_has_one():
    one = sheet([["问题", "措施"], ["1.学习不深入", "学"], ["（二）", "改"], ["问题突出", "改"]])

    assert [(f.number, f.title) for f in read_book(book(one)).reading.findings] == [
        ("1", "学习不深入"),
        (None, "（二）"),
        (None, "问题突出"),
    ]


def test_one_problem_under_several_numbers_is_read_for_each_and_asked_about():
    rows = [WHOLE, ["2", "", "", "", "督促", "督查室", "2031年6月"]]

    made = read(rows, [(1, 2, 2, 2)])

    assert titles(made) == [("1", "作风", None, "会议过多"), ("2", "作风", None, "会议过多")]
    assert [(one.code, one.address, one.is_question) for one in made.issues] == [
        ("merged_problem", "C2:C3", True)
    ]


def test_a_heading_over_details_with_numbers_of_their_own_is_their_group():
    rows = [
        ["1", "", "作风不实", "会议过多", "精简", "办公室", "2031年6月"],
        ["2", "", "", "文件过长", "控制", "办公室", "2031年6月"],
        ["3", "", "", "调研不足", "调研", "办公室", "2031年6月"],
    ]

    assert titles(read(rows, [(1, 2, 3, 2)])) == [
        ("1", None, "作风不实", "会议过多"),
        ("2", None, "作风不实", "文件过长"),
        ("3", None, "作风不实", "调研不足"),
    ]
    rows[0][3] = ""
    assert titles(read(rows, [(1, 2, 3, 2)]))[0] == ("1", None, "作风不实", "作风不实")


def test_several_problems_under_one_number_are_findings_and_the_number_is_named():
    rows = [WHOLE, ["", "", "文件过长", "", "控制", "办公室", "2031年6月"]]

    made = read(rows, [(1, 0, 2, 0)])

    assert [(one.number, one.title) for one in made.reading.findings] == [
        ("1", "会议过多"),
        ("1", "文件过长"),
    ]
    assert [(one.code, one.address) for one in made.issues] == [("merged_number", "A2:A3")]


def test_a_merged_cell_lends_what_it_says_to_every_finding_below():
    rows = [WHOLE, ["2", "", "文件过长", "", "控制", "", ""]]

    second = read(rows, [(1, 5, 2, 5), (1, 6, 2, 6)]).reading.findings[1]

    assert (second.lead_unit, second.due_text) == ("办公室", "2031年6月")


def test_rows_of_one_finding_share_what_is_merged_and_own_what_is_not():
    rows = [WHOLE, ["", "", "", "", "督促", "督查室", ""], ["", "", "", "", "通报", "", ""]]

    finding = read(rows, [(1, 0, 3, 0), (1, 2, 3, 2), (1, 6, 3, 6), (2, 5, 3, 5)]).reading.findings[0]

    assert [(one.text, one.unit, one.due_text) for one in finding.measures] == [
        ("精简", "办公室", None),
        ("督促", "督查室", None),
        ("通报", "督查室", None),
    ]
    assert (finding.lead_unit, finding.supporting_units) == ("办公室", ("督查室",))


def test_a_row_without_its_unit_has_none_of_its_own_where_cells_are_merged():
    rows = [WHOLE, ["", "", "", "", "督促", "督查室", ""], ["", "", "", "", "通报", "", ""]]

    finding = read(rows, [(1, 0, 3, 0), (1, 2, 3, 2)]).reading.findings[0]

    assert [one.unit for one in finding.measures] == ["办公室", "督查室", None]


def test_a_problem_is_missing_where_a_row_says_as_much_as_a_finding():
    names = ["问题", "措施", "责任单位", "时限", "状态"]
    full = ["", "补学", "办公室", "2031年6月", "整改完成"]
    one = sheet([names, full, ["学习不深入", *full[1:]], full, ["", "再补", "", "", ""]])

    made = read_book(book(one))

    assert [(issue.code, issue.address) for issue in made.issues] == [
        ("missing_problem", "A2"),
        ("missing_problem", "A4"),
    ]
    assert [item.text for item in made.reading.findings[0].measures] == ["补学", "再补"]


def test_a_merged_range_without_end_costs_nothing():
    rows = [WHOLE]

    made = read(rows, [(1, 1, 1_048_575, 16_383)] * 50)

    assert titles(made) == [("1", "作风", None, "会议过多")]


def test_lists_join_by_number_and_what_does_not_is_named():
    ledger = sheet([["序号", "问题"], ["1", "甲不规范"], ["2", "乙不规范"], ["2", "丙不规范"]], name="台账")
    tasks = sheet(
        [
            ["序号", "措施", "责任单位"],
            ["", "无主", ""],
            ["1", "改一", "甲科"],
            ["", "改二", ""],
            ["7", "改三", "丙科"],
            ["2", "改四", "乙科"],
        ],
        name="措施表",
    )
    made = read_book(book(ledger, tasks))

    assert [item.text for item in made.reading.findings[0].measures] == ["改一", "改二"]
    assert [(one.code, one.sheet, one.address) for one in made.issues] == [
        ("duplicate_number", "台账", "A4"),
        ("number_unknown", "措施表", "A5"),
        ("number_unknown", "措施表", "A6"),
    ]
    assert [one.text for one in made.reading.unread] == ["无主", "7\t改三\t丙科", "2\t改四\t乙科"]


def test_a_list_finds_one_of_two_numbers_by_its_problem():
    ledger = sheet([["序号", "问题"], ["1", "甲不规范"], ["1", "乙不规范"]], name="问题清单")
    tasks = sheet([["序号", "问题", "措施"], ["1", "乙不规范", "改"]], name="任务清单")

    assert [len(one.measures) for one in read_book(book(ledger, tasks)).reading.findings] == [0, 1]


def test_a_workbook_of_lists_alone_has_no_findings():
    made = read_book(book(sheet([["序号", "措施", "责任单位"], ["1", "改", "甲科"]], name="任务")))

    assert made.reading.kind.value == "other"
    assert [one.code for one in made.issues] == ["no_ledger"]
    assert [one.why for one in made.reading.unread] == [
        "The numbers of this list stand in no ledger, so nothing of it was joined."
    ]


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("1.做甲；2.做乙。", ["做甲", "做乙"]),
        ("一是做甲；二是做乙。", ["做甲", "做乙"]),
        ("召开会议研究。\n修订采购办法。", ["召开会议研究", "修订采购办法"]),
        ("召开会议研究\n修订办法并印发全县", ["召开会议研究", "修订办法并印发全县"]),
        ("对各科室报送的文件和\n会议通知进行清理", ["对各科室报送的文件和\n会议通知进行清理"]),
        ("开展全面清理整顿工作台账\n并逐项销号", ["开展全面清理整顿工作台账\n并逐项销号"]),
        ("修订办法\n无", ["修订办法\n无"]),
        ("修订办法。\n召开会议研究\n再次开展培训", ["修订办法。\n召开会议研究\n再次开展培训"]),
        ("只做一件", ["只做一件"]),
        ("修订办法\n\n", ["修订办法"]),
    ],
)
def test_measures_in_one_cell_are_parted(text, made):
    assert [text[low:high] for low, high in pieces(text)] == made


def test_words_of_cells():
    assert [closed_of(word) for word in ("√", "是。", "已销号", "×", "未销号", "TRUE", "大概")] == [
        True, True, True, False, False, True, None,
    ]  # fmt: skip
    assert [is_nothing(word) for word in ("/", "——", "无", " ", "无问题")] == [True, True, True, True, False]
    assert listed("张某某、李某某；王某") == ("张某某", "李某某", "王某")
    assert clean_name("样甲\n样乙") == "样甲、样乙"
    assert clean_name("财务科\n人事科") == "财务科、人事科"
    assert clean_name("样甲\n镇长") == "样甲（镇长）"
    assert clean_name("样甲\n党组书记、局长\n样乙") == "样甲（党组书记、局长）、样乙"
    assert clean_name("样甲\n书记\n镇长") == "样甲（书记）、镇长"
    assert clean_name("云山县市场\n监督管理局") == "云山县市场监督管理局"
    assert units_apart("办公室（牵头）、财务科（配合）") == ("办公室", ("财务科",))
    assert units_apart("牵头") == ("牵头", ())
    assert (rate_of("0.85"), rate_of("1"), rate_of("整改中")) == ("85%", "100%", "整改中")
    assert nature_of("2031年6月底前，长期坚持") == "long_term"
    assert nature_of("2031年6月底前") is None
    assert (nature_of("即知即改"), nature_of("2031年6月—长期坚持")) == ("immediate", "long_term")


def test_ticks_rates_and_words_in_columns_of_a_status():
    names = ["序号", "问题", "整改进度", "整改完成", "正在整改", "是否销号"]
    rows = [
        ["1", "甲不规范", "0.8", "√", "", "已整改销号"],
        ["2", "乙不规范", "1", "×", "已基本完成", ""],
        ["3", "丙不规范", "", "1", "", ""],
    ]

    made = read_book(book(sheet([names, *rows]))).reading.findings

    assert [(one.status_text, one.stated_closed) for one in made] == [
        ("80%；整改完成", True),
        ("100%；已基本完成", None),
        ("整改完成", None),
    ]


def test_a_word_on_closing_is_the_status_where_there_is_no_other():
    one = sheet(
        [["序号", "问题", "销号情况"], ["1", "甲不规范", "已完成整改并销号"], ["2", "乙不规范", "待定"]]
    )

    made = read_book(book(one)).reading.findings

    assert [(one.status_text, one.stated_progress, one.stated_closed) for one in made] == [
        ("已完成整改并销号", None, True),
        (None, None, None),
    ]


def test_unit_and_person_of_one_column_are_told_apart():
    one = sheet(
        [["序号", "问题", "责任单位及责任人"], ["1", "甲不规范", "财务科 样甲"], ["2", "乙不规范", "样乙"]]
    )

    made = read_book(book(one)).reading.findings

    assert [(one.lead_unit, one.responsible_leader) for one in made] == [("财务科", "样甲"), (None, "样乙")]


def test_rows_without_merged_cells_go_on_with_what_the_row_above_said():
    rows = [WHOLE, ["", "", "", "", "督促", "", "2031年9月"], ["", "", "", "", "通报", "督查室", ""]]

    finding = read(rows).reading.findings[0]

    assert [(one.text, one.unit, one.due_text) for one in finding.measures] == [
        ("精简", "办公室", "2031年6月"),
        ("督促", "办公室", "2031年9月"),
        ("通报", "督查室", "2031年9月"),
    ]


def test_a_theme_alone_in_its_column_names_the_theme_of_the_rows_below():
    rows = [
        ["", "作风方面"],
        WHOLE,
        ["", "队伍方面"],
        ["2", "", "人员老化", "", "招录", "人事科", "2031年6月"],
    ]

    assert [one[1] for one in titles(read(rows))] == ["作风", "队伍方面"]


def test_a_problem_merged_down_from_a_row_that_is_no_finding():
    rows = [["合计", "", "会议过多"], ["2", "", "", "", "督促", "督查室", "2031年6月"]]

    assert titles(read(rows, [(1, 2, 2, 2)])) == []
    assert titles(read([WHOLE, *rows], [(2, 2, 3, 2)]))[1:] == [("2", "作风", None, "会议过多")]
    rows[1][3] = "也很多"
    assert titles(read([WHOLE, *rows], [(2, 2, 3, 2)]))[1:] == [("2", "作风", "会议过多", "也很多")]


def test_a_mark_alone_names_no_theme():
    assert uses([WHOLE, ["一、"]], [(2, 0, 2, 6)])[2] == -6


def test_a_tick_in_a_column_of_results_is_a_status_and_no_action():
    one = sheet([["序号", "问题", "完成情况（√/×）", "销号情况"], ["1", "甲不规范", "√", "拟销号"]])

    finding = read_book(book(one)).reading.findings[0]

    assert (finding.status_text, finding.stated_progress, finding.actions) == ("√", "done", ())
    assert finding.stated_closed is False


def test_a_section_below_a_section_is_a_group_and_their_counts_are_no_part_of_them():
    across = ["", "", "", "", "", ""]
    made = read(
        [
            ["一、从严治党方面（2个）", *across],
            ["（一）作风建设", *across],
            ["1", "", *WHOLE[2:]],
            ["二、选人用人方面（共1项）", *across],
            ["2", "", *WHOLE[2:]],
        ],
        [(1, 0, 1, 6), (2, 0, 2, 6), (4, 0, 4, 6)],
    )
    assert titles(made) == [
        ("1", "从严治党方面", "作风建设", "会议过多"),
        ("2", "选人用人方面", None, "会议过多"),
    ]


TABLE = [WHOLE, ["2", "", "文件过长", "", "控制", "办公室", "2031年6月"]]


def test_another_table_below_with_other_columns_is_kept_and_named_and_nothing_of_it_is_invented():
    other = [["二、审计反馈问题"], ["编号", "问题描述", "完成时限", "责任单位", "整改措施"]]
    made = read(
        [*TABLE, *other, ["1", "账目不清", "2031年8月", "财务科", "清账"], NAMES, ["3", "", "车辆混乱"]]
    )

    assert titles(made) == [
        ("1", "作风", None, "会议过多"),
        ("2", "作风", None, "文件过长"),
        ("3", "作风", None, "车辆混乱"),
    ]
    kept = [part for part in made.reading.parts if part.kind is PartKind.UNREAD]
    assert [part.rule for part in kept] == ["other_table"] * 2
    assert "账目不清" in kept[1].span.of(made.reading.text)
    assert ("second_table", "A5") in [(one.code, one.address) for one in made.issues]


def test_a_page_that_names_the_same_columns_in_other_words_goes_on_with_the_ledger():
    again = ["编号", "问题类别", "存在问题", "", "整改\n措施", "责任部门", "完成时限"]
    made = read([*TABLE, again, ["3", "", "车辆混乱", "", "登记", "甲科", "2031年7月"]])

    assert [number for number, *_ in titles(made)] == ["1", "2", "3"]
    assert [one.text for one in made.reading.findings[2].measures] == ["登记"]
    assert not [one for one in made.issues if one.code == "second_table"]


def test_names_in_two_rows_of_a_further_page_are_no_finding():
    names = [["序号", "问题", "责任", "", "措施"], ["", "", "责任领导", "责任单位", ""]]
    again = [["编号", "存在问题", "整改责任", "", "整改措施"], ["", "", "责任领导", "责任部门", ""]]
    across = [(0, 2, 0, 3), (3, 2, 3, 3)]
    rows = [
        *names,
        ["1", "会议过多", "样甲", "办公室", "精简"],
        *again,
        ["2", "文件过长", "样乙", "甲科", "控制"],
    ]
    made = read_book(book(sheet(rows, across)))

    assert [one.title for one in made.reading.findings] == ["会议过多", "文件过长"]
    assert made.reading.findings[1].responsible_leader == "样乙"


@pytest.mark.parametrize(
    "row", [["编号", "措施见附件", "办公室"], ["合同", "问题", "措施"], ["1", "问题", "措施"]]
)
def test_a_row_that_has_some_words_of_a_header_begins_no_table(row):
    assert -7 not in uses([WHOLE, row])


def test_a_second_table_side_by_side_is_kept_and_not_mixed_into_the_first():
    names = ["序号", "问题", "措施", "时限", "", "序号", "问题", "措施", "时限"]
    row = ["1", "会议过多", "精简", "2031年6月", "", "9", "文件过长", "控制", "2031年7月"]
    made = read_book(book(sheet([names, row])))

    (finding,) = made.reading.findings
    assert (finding.title, finding.problem, finding.due_text) == ("会议过多", None, "2031年6月")
    assert [one.text for one in finding.measures] == ["精简"]
    assert [one.text for one in made.reading.unread] == ["9", "文件过长", "控制", "2031年7月"]
    assert [(one.code, one.address) for one in made.issues] == [("second_table", "F1")]


def test_the_name_of_a_second_problem_alone_is_no_second_table():
    names = ["序号", "序号", "问题", "问题", "措施"]
    made = read_book(book(sheet([names, ["1", "1", "会议过多", "每周五次", "精简"]])))

    assert (made.reading.findings[0].title, made.reading.findings[0].problem) == ("会议过多", "每周五次")


def test_tasks_beside_a_problem_are_its_measures_where_no_column_of_measures_is():
    one = [["序号", "问题", "整改任务", "时限"], ["1", "会议过多", "精简会议", "2031年6月"]]
    both = [["序号", "问题", "整改任务", "措施"], ["1", "会议过多", "少开会", "精简会议"]]
    first = read_book(book(sheet(one))).reading.findings[0]
    second = read_book(book(sheet(both))).reading.findings[0]

    assert ([each.text for each in first.measures], first.problem) == (["精简会议"], None)
    assert ([each.text for each in second.measures], second.problem) == (["精简会议"], "少开会")


def test_a_field_of_problems_with_a_number_is_a_theme_only_where_rows_say_more():
    made = read([["一", "", "（一）财务方面存在的突出问题"], WHOLE])
    assert titles(made) == [("1", "作风", None, "会议过多")]
    bare = [["序号", "问题"], ["1", "财务方面问题"]]
    assert [one.title for one in read_book(book(sheet(bare))).reading.findings] == ["财务方面问题"]


PEOPLE = ["序号", "问题", "措施", "责任领导", "责任单位", "时限", "整改情况", "是否销号", "涉及金额"]


@pytest.mark.parametrize("word", ["同上", "同上。", "〃", '"', " 同前 "])
def test_a_cell_that_says_as_above_says_what_stands_above(word):
    first = ["1", "会议过多", "精简会议", "样甲", "办公室", "2031年6月", "已经精简", "是", "5万元"]
    rows = [
        first,
        ["2", "文件过长", "限字数", *[word] * 5],
        ["二、财务"],
        ["3", "账目不清", "清账", word, word],
    ]
    made = read_book(book(sheet([PEOPLE, *rows])))

    _one, second, third = made.reading.findings
    assert (second.responsible_leader, second.lead_unit, str(second.due_on)) == (
        "样甲",
        "办公室",
        "2031-06-30",
    )
    assert (second.result, second.stated_closed) == ("已经精简", True)
    assert (third.responsible_leader, third.lead_unit) == ("样甲", "办公室")
    assert [(one.code, one.address) for one in made.issues] == [("due_missing", "F5")]
    cell = next(part for part in made.reading.parts if part.path == "findings/1/lead_unit")
    assert cell.span.of(made.reading.text) == word


def test_as_above_says_nothing_of_money_of_nothing_and_of_what_the_ledger_wrote():
    above = ["1", "会议过多", "精简会议", "样甲", "", "2031年6月", "", "", "5万元"]
    rows = [above, ["2", "文件过长", "限字数", "同上", "同上", "同上", "", "", "同上"]]
    second = read_book(book(sheet([PEOPLE, *rows]))).reading.findings[1]
    assert (second.responsible_leader, second.lead_unit) == ("样甲", "同上")
    assert second.problem == "涉及金额：同上"

    keyed = [[*PEOPLE, "系统标识（请勿修改）"], [*above, "ZG-1-1"], [*rows[1], "ZG-1-2"]]
    assert read_book(book(sheet(keyed))).reading.findings[1].responsible_leader == "同上"
    first = read_book(book(sheet([PEOPLE, ["1", "文件过长", "限字数", "同上"]]))).reading.findings[0]
    assert first.responsible_leader == "同上"


def test_as_above_reaches_what_is_merged_down_and_repeats_no_measure_of_its_own_finding():
    rows = [
        ["1", "会议过多", "精简会议", "样甲", "办公室"],
        ["2", "文件过长", "限字数"],
        ["", "", "同上", "样乙", "同上"],
    ]
    made = read_book(book(sheet([PEOPLE, *rows], [(1, 4, 2, 4)])))
    second = made.reading.findings[1]
    assert ([one.text for one in second.measures], second.lead_unit) == (["限字数"], "办公室")


def test_a_theme_as_above_is_that_theme():
    made = read([WHOLE, ["2", "同上", "文件过长", "", "控制", "办公室", "2031年6月"]])
    assert [theme for _number, theme, *_ in titles(made)] == ["作风", "作风"]


class Counted(list):
    times = 0

    def __getitem__(self, place):
        self.times += 1
        return super().__getitem__(place)


def test_very_many_cells_as_above_are_looked_up_once_each():
    rows = [
        ["1", "会议过多", "精简", "样甲"],
        *([str(n), "文件过长", "控制", "同上"] for n in range(2, 20_000)),
    ]
    sheet_of = sheet([PEOPLE, *rows])
    mapping = guess_mapping(book(sheet_of)).sheets[0]
    teller = Teller(sheet_of, mapping, {}, lambda _place, _column: 0)
    entries = read_rows(sheet_of, mapping).entries
    looked = Counted(sheet_of.rows)
    teller.sheet = replace(sheet_of, rows=looked)

    assert {teller.told(entry)[Role.LEADER][0].text for entry in entries} == {"样甲"}
    assert looked.times < 5 * len(entries)


@pytest.mark.parametrize("word", ["是（待确认）", "已销号（拟）", "√（待上级审核）"])
def test_a_closing_that_is_still_to_be_confirmed_is_not_said_to_be_one(word):
    assert closed_of(word) is None
    assert closed_of("是（2031年7月）") is True


def test_a_problem_that_stands_on_two_sheets_is_asked_about():
    names = ["序号", "问题", "措施"]
    rows = [names, ["1", "学习制度落实不到位", "补学"]]
    made = read_book(book(sheet(rows, name="一季度"), sheet(rows, name="二季度")))

    (issue,) = made.issues
    assert (issue.code, issue.sheet, issue.rule.values["first"]) == (
        "duplicate_problem",
        "二季度",
        "一季度!B2",
    )


def test_a_problem_that_begins_like_a_total_or_a_note_is_a_problem():
    made = read_book(
        book(
            sheet(
                [
                    ["存在问题", "整改措施", "责任领导", "责任部门", "整改时限"],
                    ["累计拖欠工程款120万元未支付。", "限期支付", "样甲", "财务科", "2031年6月30日"],
                    ["合计3名干部违规兼职。", "清理", "样乙", "人事科", "2031年6月30日"],
                    ["说明：材料前后矛盾。", "改正", "样乙", "办公室", "2031年6月30日"],
                    ["合计：3个问题", "", "", "共3项"],
                    ["注：以上均已公示。"],
                ]
            )
        )
    )
    assert [one.title for one in made.reading.findings] == [
        "累计拖欠工程款120万元未支付", "合计3名干部违规兼职", "说明：材料前后矛盾",
    ]  # fmt: skip
    assert made.issues == ()


FILLED = ["序号", "问题", "措施", "责任领导", "责任单位", "时限"]


def test_a_number_filled_down_with_its_problem_goes_on_with_that_finding():
    rows = [
        ["1", "学习不深入", "制定计划", "样甲", "办公室", "2031年6月30日"],
        ["1", "学习不深入", "开展督查", "样乙", "党办", "2031年7月31日"],
        ["2", "作风不实", "改进作风", "样乙", "党办", "2031年7月31日"],
        ["2", "", "开展检查", "样乙", "党办", "2031年8月31日"],
    ]
    made = read_book(book(sheet([FILLED, *rows])))
    first, second = made.reading.findings
    assert [(one.text, one.leader, one.unit, one.due_text) for one in first.measures] == [
        ("制定计划", "样甲", "办公室", "2031年6月30日"),
        ("开展督查", "样乙", "党办", "2031年7月31日"),
    ]
    assert [one.text for one in second.measures] == ["改进作风", "开展检查"]
    assert made.issues == ()


def test_a_row_that_stands_there_twice_word_for_word_is_no_further_measure():
    row = ["1", "学习不深入也不经常", "制定计划", "样甲", "办公室", "2031年6月30日"]
    made = read_book(book(sheet([FILLED, row, row])))
    assert [one.code for one in made.issues] == ["duplicate_number", "duplicate_problem"]


def test_body_and_day_below_the_table_belong_to_no_finding():
    row = ["1", "学习不深入", "制定计划", "样甲", "办公室", "2031年6月30日"]
    signed = [["", "", "", "", "样例局党组"], ["", "", "", "", "", "2031年7月1日"]]
    apart = read_book(book(sheet([FILLED, row, [], *signed])))
    assert apart.reading.findings[0].supporting_units == ()
    assert apart.reading.findings[0].measures[0].due_text is None
    across = read_book(book(sheet([FILLED, row, signed[0]], [(2, 4, 2, 5)])))
    assert across.reading.findings[0].supporting_units == ()
    # a row without a gap, or with a measure, goes on with the finding
    beside = read_book(book(sheet([FILLED, row, signed[0]])))
    assert beside.reading.findings[0].supporting_units == ("样例局党组",)
    more = read_book(book(sheet([FILLED, row, [], ["", "", "开展督查", "", "党办"]])))
    assert len(more.reading.findings[0].measures) == 2


def test_people_of_several_rows_are_named_once():
    rows = [
        ["1", "学习不深入", "制定计划", "样甲（书记）、样乙"],
        ["", "", "督查", "样乙"],
        ["", "", "通报", "样丙"],
    ]
    made = read_book(book(sheet([FILLED[:4], *rows])))
    assert made.reading.findings[0].responsible_leader == "样甲（书记）、样乙；样丙"


STATED = ["序号", "问题", "措施", "责任领导", "责任单位", "时限", "整改状态", "备注"]


@pytest.mark.parametrize(
    ("remark", "closed"),
    [
        ("已销号", True),
        ("已于2031年7月5日销号", True),
        ("2031年7月5日已销号", True),
        ("经上级审核，同意销号。", True),
        ("未销号", False),
        ("待销号", False),
        ("拟于下月验收后销号", None),
        ("建议予以销号", None),
        ("申请延期", None),
        ("√", None),
    ],
)
def test_a_remark_may_say_that_a_finding_is_closed(remark, closed):
    row = ["1", "学习不深入", "制定计划", "样甲", "办公室", "2031年6月30日", "整改完成"]
    made = read_book(
        book(sheet([STATED, [*row, remark], ["2", "作风不实", *row[2:], "持续推进"]])), explain=True
    )
    first, second = made.reading.findings
    assert (first.stated_closed, second.stated_closed) == (closed, None)
    paths = {part.path for part in made.reading.parts if part.kind is PartKind.FIELD}
    assert ("findings/0/stated_closed" in paths) is (closed is not None)
    assert made.issues == ()


def test_a_remark_says_nothing_where_a_column_on_closing_does():
    row = ["1", "学习不深入", "制定计划", "整改完成", "否", "已销号"]
    made = read_book(book(sheet([["序号", "问题", "措施", "整改状态", "是否销号", "备注"], row])))
    assert made.reading.findings[0].stated_closed is False


def test_an_error_of_a_formula_is_no_name_no_day_and_no_number():
    fine = ["1", "学习不深入", "制定计划", "样甲", "办公室", "2031年6月30日", "正在整改", ""]
    failed = ["#REF!", "作风不够实", "改进", "#N/A", "#N/A", "#VALUE!", "#NAME?", ""]
    made = read_book(book(sheet([STATED, fine, failed, ["3", "会风不够实", "#REF!", *fine[3:]]])))
    found = made.reading.findings[1]
    assert (found.number, found.responsible_leader, found.lead_unit, found.due_text, found.status_text) == (
        None, None, None, None, None,
    )  # fmt: skip
    assert {one.code for one in made.issues} == {"formula_error"}
    assert made.reading.findings[2].measures == ()
