"""Labels and cells that blanks or drawn lines part from what they say (空格分列、制表符)."""

from __future__ import annotations

import pytest

from zhenggai.reading import read

TITLE = "中共云山县示例局党组关于巡察整改进展情况的通报"
HEAD = "序号 隐患内容 整改措施 责任人 整改期限 整改情况"
FIRST = "1 备用电机未安装 购置备用电机1台 陈示例 2031年5月10日 已整改"
SECOND = "2 标识牌缺失 补设标识牌36块 褚示例 2031年6月30日 正在整改"


def notice(*lines):
    return read("\n".join(lines).encode())


def test_a_blank_stands_for_the_colon_of_a_label():
    reading = notice(
        TITLE,
        "一、聚焦理论学习方面",
        "1.学习流于形式",
        "整改措施 每季度开展一次集中学习，建立台账。",
        "责任领导 张示例 责任单位　办公室 完成时限 2031年12月底",
        "整改情况 已完成整改，组织集中学习4次。",
        "2.台账不全",
        "责任单位 财务股",
        "整改情况 正在整改，已清理台账8本。",
    )

    first, second = reading.findings
    assert (first.responsible_leader, first.lead_unit, first.due_text) == ("张示例", "办公室", "2031年12月底")
    assert [one.text for one in first.measures] == ["每季度开展一次集中学习，建立台账"]
    assert (first.status_text, first.stated_progress) == ("已完成整改", "done")
    assert (second.lead_unit, second.stated_progress) == ("财务股", "in_progress")


@pytest.mark.parametrize(
    "line",
    [
        "整改措施 每季度学习一次。",
        "责任单位 整改措施 完成时限",
        "年度计划 已印发。",
        "责任单位 财务股 已经明确 分工到人。",
    ],
)
def test_a_word_before_a_blank_is_no_label_by_itself(line):
    reading = notice(TITLE, "一、聚焦理论学习方面", "1.学习流于形式", line)

    (finding,) = reading.findings
    assert (finding.measures, finding.lead_unit) == ((), None)


def test_the_cells_of_rows_that_blanks_part_are_read_by_their_columns():
    reading = notice("云山县示例公司重大事故隐患整改情况公示", HEAD, FIRST, SECOND, "公示期为五个工作日。")

    first, second = reading.findings
    assert (first.number, first.title, first.responsible_leader) == ("1", "备用电机未安装", "陈示例")
    assert (first.due_text, first.stated_progress) == ("2031年5月10日", "done")
    assert [one.text for one in first.measures] == ["购置备用电机1台"]
    assert (second.title, second.stated_progress) == ("标识牌缺失", "in_progress")


@pytest.mark.parametrize(
    "rows",
    [
        (HEAD, "1 电机 未安装 购置备用电机 1台 陈示例 2031年5月10日 已整改"),
        (HEAD, FIRST, "2 标识牌缺失 补设标识牌 36块 褚示例 2031年6月30日 正在整改"),
        (HEAD, "以上隐患均已整改。"),
        ("隐患内容 整改措施", FIRST),
        ("年度 隐患内容 整改措施", FIRST),
        ("隐患内容 甲 乙 丙", FIRST),
        (HEAD, "1\t电机未安装\t购置\t陈示例\t2031年5月10日\t已整改"),
        ("整改措施 责任人 整改期限", FIRST),
    ],
)
def test_rows_that_do_not_fit_the_columns_are_not_taken_apart(rows):
    reading = notice("云山县示例公司重大事故隐患整改情况公示", *rows)

    assert all(one.responsible_leader is None for one in reading.findings)


DRAWN = (
    "┌──┬────┬────┬────┬────┐\n"
    "│序号│反馈问题│整改措施│责任领导│整改情况│\n"
    "├──┼────┼────┼────┼────┤\n"
    "│1│学习不规范，缺少计划│制定学习计划，做好\n学习记录│甲示例│已完成│\n"
    "│2│台账不全│补登台账│乙示例│正在整改│\n"
    "└──┴────┴────┴────┴────┘\n"
)


@pytest.mark.parametrize("rows", [DRAWN, DRAWN.replace("┌──┬────┬────┬────┬────┐\n", "").replace("│", "┃")])
def test_a_drawn_table_is_read_and_a_row_that_a_width_cut_is_one(rows):
    first, second = notice("云山县示例局党组巡察整改情况公示表", rows).findings

    assert (first.number, first.title, first.responsible_leader) == ("1", "学习不规范，缺少计划", "甲示例")
    assert [one.text for one in first.measures] == ["制定学习计划，做好学习记录"]
    assert (second.number, second.stated_progress) == ("2", "in_progress")


def test_a_row_that_lacks_a_bar_takes_nothing_from_the_row_below_it():
    rows = "│序号│反馈问题│整改情况│\n│1│学习不规范│已完成\n│2│台账不全│正在整改│\n"

    first, second = notice("云山县示例局党组巡察整改情况公示表", rows).findings
    assert (first.title, second.title) == ("学习不规范", "台账不全")


WIDE = "反馈问题          整改措施              责任科室    完成时限      整改状态"


def test_cells_that_wide_blanks_part_hold_single_ones():
    reading = notice(
        "示例医院巡察整改清单",
        WIDE,
        "考勤制度执行不严  启用人脸考勤 每月通报  人事科      2032年7月底   已完成",
        "印章管理存在漏洞  实行双人管理 建立登记簿  办公室      2032年8月底   正在整改",
    )

    first, second = reading.findings
    assert (first.title, first.lead_unit, first.stated_progress) == ("考勤制度执行不严", "人事科", "done")
    assert [one.text for one in first.measures] == ["启用人脸考勤 每月通报"]
    assert (second.title, second.due_text, second.stated_progress) == (
        "印章管理存在漏洞",
        "2032年8月底",
        "in_progress",
    )


def test_a_table_without_numbers_is_read_by_its_columns():
    first, second = notice(
        "云山县示例镇党委巡察整改台账",
        "存在问题　　整改措施　　责任领导　　责任单位　　完成时限　　整改情况",
        "理论学习不深入　　制定年度学习计划　　张示例　　党建办　　2031年6月底　　已完成整改",
        "“三资”管理不规范　　开展专项清理　　李示例　　农经站　　2031年8月底　　正在整改",
    ).findings

    assert (first.title, first.responsible_leader, first.lead_unit) == ("理论学习不深入", "张示例", "党建办")
    assert (second.title, second.stated_progress) == ("“三资”管理不规范", "in_progress")
