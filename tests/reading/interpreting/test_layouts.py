"""Small layouts whose parts stand in the samples, and what must not be made of their neighbours."""

from __future__ import annotations

import pytest

from zhenggai.reading import read
from zhenggai.reading.interpreting.aimed import aimed_at
from zhenggai.reading.interpreting.status import Stated, is_said, stated

HEAD = (
    "中共示例局党组关于巡察整改情况的通报\n"
    "根据区委部署，区委第二巡察组对示例局开展了巡察。现将整改情况通报如下：\n"
)


def findings(body, head=HEAD):
    return read(head + body).findings


def test_two_statuses_that_contradict_each_other_state_nothing():
    assert stated("已完成；正在整改") == Stated()


@pytest.mark.parametrize("printed", ["持续推进", "基本完成，持续推进", "已达到时序进度要求", "已完成"])
def test_a_word_for_work_under_way_is_said_and_stays_as_printed(printed):
    assert is_said(printed)


@pytest.mark.parametrize("printed", ["", "，", "加强学习", "持续推进" * 7])
def test_other_words_say_no_status(printed):
    assert not is_said(printed)


def test_a_status_printed_for_the_deadline_is_the_status():
    (finding,) = findings("1.学习不深入。\n整改情况：开展学习12次。\n整改时限：已完成\n")

    assert (finding.status_text, finding.due_text) == ("已完成", None)


def test_done_at_the_end_of_a_sentence_is_the_status_of_a_single_deed_only():
    one, many = findings(
        "1.换届不及时。\n整改情况：召开大会换届，已完成。\n"
        "2.学习不深入。\n整改情况：一是制定计划；二是开展学习，已完成。\n"
    )

    assert (one.status_text, [item.text for item in one.actions]) == ("已完成", ["召开大会换届"])
    assert (many.status_text, many.actions[-1].text) == (None, "开展学习，已完成")


def test_demands_counted_aloud_in_feedback_are_no_findings():
    feedback = "县委巡察组关于巡察示例局的反馈意见\n巡察发现的问题：一是加强学习；二是抓好落实。\n"

    assert findings(feedback, "") == ()


def test_an_answer_to_a_proposal_is_no_notice():
    letter = (
        "关于第112号提案答复的函\n样甲委员：\n您的提案收悉，现答复如下：\n"
        "一、关于监管力量不足的问题。新增12人。\n"
    )

    reading = read(letter)
    assert (reading.kind.value, reading.findings) == ("other", ())


def test_the_inspecting_body_may_stand_in_the_title_alone():
    reading = read(
        "中共示例局党组关于落实市委第二巡察组反馈意见整改情况的报告\n一、关于学习不深入问题。已学习。\n"
    )

    assert reading.inspector == "市委第二巡察组"


def test_a_list_names_its_organisation_and_day_on_lines_of_their_own():
    reading = read(
        "区委第六巡察组反馈意见问题清单\n被巡察单位：星河区示例局党组\n反馈时间：2036年4月18日\n"
        "一、落实部署方面\n1.救助政策落实不精准。有23户不符合条件。\n2.服务体系建设滞后。\n"
    )

    assert reading.organisation == "星河区示例局党组"
    assert str(reading.dates.feedback_on) == "2036-04-18"
    assert reading.dates.published_on is None
    assert [finding.problem for finding in reading.findings] == ["有23户不符合条件。", None]


def test_numbered_descriptions_of_problems_are_findings():
    found = findings(
        "一、主要问题整改情况\n（一）学习有差距\n1.问题表现：全年仅学习6次。\n整改措施：制定计划。\n整改结果：学习7次。\n"
        "2.问题表现：笔记不全。\n整改措施：补记。\n整改结果：已补记。\n"
        "二、整改中存在的困难\n部分问题整改难度大。\n"
    )

    assert [finding.title for finding in found] == ["全年仅学习6次", "笔记不全"]


def test_counts_may_go_on_from_theme_to_theme():
    found = findings(
        "（一）党的领导方面存在的问题\n一是关于“学习不深入”的问题\n整改情况：学习12次。\n整改状态：已完成\n"
        "（二）作风方面存在的问题\n二是关于“校产出租不规范”的问题\n整改情况：收回租金8万元。\n整改状态：正在整改\n"
    )

    assert [(finding.number, finding.title) for finding in found] == [
        ("(一)/一", "学习不深入"),
        ("(二)/二", "校产出租不规范"),
    ]


def test_every_problem_label_of_a_run_in_list_opens_a_finding():
    found = findings(
        "1.问题：健身设施建管脱节。整改措施：排查器材860件。整改时限：2036年12月。整改情况：已完成。\n"
        "2.问题：业余体校训练经费使用效益不高。整改措施：建立评价制度。整改情况：正在整改。\n"
    )

    assert [finding.title for finding in found] == ["健身设施建管脱节", "业余体校训练经费使用效益不高"]


def test_a_sentence_about_all_problems_that_were_found_gives_their_status():
    found = findings(
        "发现的2个问题，已全部完成整改。\n一、物资管理问题\n1.处置不及时。已处置。\n2.库存积压。已调剂。\n"
    )

    assert {finding.status_text for finding in found} == {"已全部完成整改"}


def test_a_status_before_the_deed_is_apart_from_it():
    found = findings(
        "1.设施未启用。\n整改情况：未整改到位，预计12月底整改到位。\n2.账目不清。\n整改情况：正在整改，已公开2期。\n"
    )

    assert [(finding.status_text, finding.result) for finding in found] == [
        ("未整改到位", "预计12月底整改到位。"),
        ("正在整改", "已公开2期。"),
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("示例中心认真制定整改方案，召开专题会议，确保整改工作落到实处，推动各项工作高质量发展。\n", "other"),
        ("第二轮督察整改方案全部公开\n2月9日，记者获悉，三省公开整改方案。共明确整改任务2164项。\n", "news"),
        ("为落实反馈意见，特制定本整改方案。\n一、整改任务\n", "plan"),
    ],
)
def test_a_plan_is_what_says_that_it_is_one(text, kind):
    assert read(text).kind.value == kind


def test_the_inspecting_body_is_named_in_full():
    reading = read(
        "县委上下联动巡察组向示例镇所辖村党组织反馈巡察情况\n2036年3月，县委上下联动巡察组反馈了情况。\n"
    )

    assert (reading.inspector, reading.organisation) == ("县委上下联动巡察组", None)


def test_deeds_counted_under_a_theme_are_no_findings():
    found = findings(
        "（一）党的领导方面\n我们的态度是认真的。整改情况：已学习12次。\n"
        "（二）作风建设方面\n一是加强学习教育。整改情况：学习12次。二是深化改革创新。整改情况：推进2项。\n"
    )

    assert [finding.title for finding in found] == ["党的领导方面", "作风建设方面"]


def test_one_problem_among_deeds_is_a_finding():
    (finding,) = findings("一、综合工作\n1.学习交流。\n2.账目不清。已公开账目。\n3.开展活动。\n")

    assert finding.number == "一/2"


def test_a_paragraph_that_aims_at_problems_without_count_or_status_has_no_findings():
    text = "通过针对学习不深入问题，开展培训；针对公开不及时问题，补齐公开栏。"

    assert aimed_at(text, 0, len(text)) == []


def test_a_status_and_the_bracket_behind_it_are_one():
    first, second = findings(
        "1.学习不深入。\n整改情况：开展学习12次。整改完成（长期坚持）。\n2.记录不全。\n整改情况：补记3次（已完成）。\n"
    )

    assert (first.status_text, first.result) == ("整改完成（长期坚持）", "开展学习12次。")
    assert (second.status_text, second.result) == ("已完成", "补记3次")


@pytest.mark.parametrize(
    "title",
    [
        "示例镇污水管网整改工程招标公告",
        "关于安全隐患整改情况的调研报告",
        "2031年工作总结和2032年工作计划",
        "个人对照检查材料",
        "整改方案：定义、作用与流程",
    ],
)
def test_texts_of_another_matter_give_no_findings(title):
    body = (
        "县审计局检查后提出要求，现将情况报告如下。\n一、存在的问题\n（一）责任不落实。\n（二）人员不足。\n"
    )

    assert read(f"{title}\n{body}").findings == ()


def test_a_table_of_another_matter_is_no_ledger():
    assert read("热线办理情况\n序号\t投诉问题\t办理结果\n1\t路灯不亮\t已维修\n").findings == ()


def test_a_heading_that_looks_ahead_is_no_theme():
    found = findings(
        "一、整改情况\n（一）学习不深入。\n整改情况：已完成。\n二、未到位的原因及下一步安排\n（一）资金不足。\n"
    )

    assert [finding.title for finding in found] == ["学习不深入"]


LISTED = "一、存在问题\n1.台账不全。\n2.值班缺岗。\n二、整改情况\n"


def test_answers_are_paired_only_where_it_is_certain_whose_they_are():
    certain = findings(LISTED + "1.补齐台账16本。\n2.调整值班表。\n")
    too_many = findings(LISTED + "1.补齐台账16本。\n2.调整值班表。\n3.通报2人。\n")
    of_others = findings(LISTED + "1.公车使用不规范。已登记。\n2.经费把关不严。已退还。\n")

    assert [(one.title, one.result) for one in certain] == [
        ("台账不全", "补齐台账16本。"),
        ("值班缺岗", "调整值班表。"),
    ]
    assert [one.title for one in too_many] == ["台账不全", "值班缺岗"]
    assert [one.title for one in of_others] == ["台账不全", "值班缺岗", "公车使用不规范", "经费把关不严"]


def test_problems_two_levels_deep_are_paired_by_both_counts():
    text = (
        "一、存在问题\n（一）党建方面\n1.台账不全。\n2.学习少。\n（二）经费方面\n1.报销不严。\n"
        "二、整改情况\n（一）党建方面\n1.补齐台账。\n2.学习12次。\n（二）经费方面\n1.退还费用。\n"
    )

    assert [(one.number, one.theme, one.title) for one in findings(text)] == [
        ("二/(一)/1", "党建方面", "台账不全"),
        ("二/(一)/2", "党建方面", "学习少"),
        ("二/(二)/1", "经费方面", "报销不严"),
    ]


def test_a_quoted_problem_above_findings_names_their_group():
    text = "一、党建方面\n1.“台账不全”问题\n（1）“学习缺页”问题。补齐3页。\n（2）“会议缺名”问题。补齐5处。\n"

    assert [one.group for one in findings(text)] == ["台账不全", "台账不全"]


def test_a_second_row_of_names_stands_under_the_one_unknown_column():
    head = "示例站整改台账\n序号\t反馈问题\t整改措施\t责任落实\t完成时限\n责任领导\t牵头股室\n"
    (found,) = read(head + "1\t台账不全\t补齐\t样甲\t综合股\t2031年6月\n").findings
    known = head.replace("责任落实", "责任科室")

    assert (found.responsible_leader, found.lead_unit, found.due_text) == ("样甲", "综合股", "2031年6月")
    assert read(known + "1\t台账不全\t补齐\t综合股\t2031年6月\n").findings[0].lead_unit == "综合股"


def test_numbers_of_measures_in_a_second_row_of_names_hide_no_column_beside_them():
    head = "示例站整改台账\n序号\t反馈问题\t整改措施\t\t\t责任领导\t完成时限\n"
    head += "\t\t具体措施\t责任科室\t措施序号\t\t\n"
    (found,) = read(head + "1\t台账不全不细\t补齐台账\t综合股\t1\t样甲\t2031年6月\n").findings

    assert (found.responsible_leader, found.lead_unit, found.due_text) == ("样甲", "综合股", "2031年6月")
    assert [one.text for one in found.measures] == ["补齐台账"]


def test_subtotals_signatures_and_counts_of_columns_are_no_findings_of_a_table():
    head = "示例站整改台账\n序号\t存在问题\t整改措施\t责任领导\t整改状态\n1\t2\t3\t4\t5\n"
    rows = "1\t累计拖欠工程款120万元\t限期支付\t样甲\t整改完成\n本页小计\t\t\t\t1项\n"
    rows += "2\t会风不实不严\t精简会议\t样乙\t正在整改\n3\t\t\t\t\n单位负责人（签字）：\t\t\t审核：\t\n"

    made = read(head + rows).findings

    assert [(one.number, one.title) for one in made] == [
        ("1", "累计拖欠工程款120万元"),
        ("2", "会风不实不严"),
    ]


def test_rows_of_nothing_but_a_number_or_a_theme_are_no_findings_and_no_measures():
    head = "示例站整改台账\n类别\t序号\t存在问题\t整改措施\t责任领导\n"
    rows = "作风\t1\t会风不实不严\t精简会议\t样甲\n\t2\t\t\t\n纪律\t\t\t\t\n\t3\t值班脱岗漏岗\t通报\t样乙\n"

    first, second = read(head + rows).findings

    assert [one.text for one in first.measures] == ["精简会议"]
    assert (second.number, second.theme) == ("3", "纪律")


def test_details_stand_in_for_a_problem_that_the_first_row_leaves_out():
    head = "示例站整改台账\n序号\t存在问题\t具体表现\t整改措施\n"

    (found,) = read(head + "1\t\t值班脱岗漏岗\t通报\n").findings

    assert (found.number, found.title) == ("1", "值班脱岗漏岗")


def test_a_number_filled_down_with_its_problem_goes_on_with_that_finding_of_a_table():
    head = "示例站整改台账\n序号\t存在问题\t整改措施\t责任领导\n"
    rows = "1\t会风不实不严\t精简会议\t样甲\n1\t会风不实不严\t按月通报\t样乙\n"
    other = "1\t会风不实不严\t精简会议\t样甲\n2\t会风不实不严\t按月通报\t样乙\n"

    (found,) = read(head + rows).findings

    assert [(one.text, one.leader) for one in found.measures] == [("精简会议", "样甲"), ("按月通报", "样乙")]
    assert len(read(head + other).findings) == 2
    # what stands there twice word for word goes on with nothing
    assert len(read(head + rows.replace("按月通报", "精简会议")).findings) == 2


def test_deadlines_of_a_table_are_read_as_those_of_a_workbook():
    head = "示例站整改台账\n序号\t存在问题\t整改措施\t整改时限\n"
    days = {
        "24年6月30日": "2024-06-30",
        "2024年六月底": "2024-06-30",
        "24年十二月底前": "2024-12-31",
        "2024年6月中旬": "2024-06-20",
        "2024年6月下旬": "2024-06-30",
        "2024年6月—长期坚持": "2024-06-30",
        "立行立改": "None",
    }
    rows = "".join(f"{place}\t第{place}项制度未落实\t补齐台账\t{due}\n" for place, due in enumerate(days, 1))

    made = read(head + rows).findings

    assert {one.due_text: str(one.due_on) for one in made} == days


@pytest.mark.parametrize(
    ("remarks", "closed"),
    [
        (["已销号"], True),
        (["2031年7月5日已销号"], True),
        (["未销号"], False),
        (["待销号"], False),
        (["已报销号材料，待审核"], None),
        (["资料另附"], None),
        (["已销号", "已销号"], True),
        (["未销号", "已销号"], False),
        (["已销号", "未销号"], False),
    ],
)
def test_a_remark_of_a_table_says_whether_a_finding_was_closed(remarks, closed):
    head = "示例站整改台账\n序号\t存在问题\t整改措施\t整改状态\t备注\n"
    measures = ["精简会议", "按月通报"]
    rows = "".join(
        f"1\t会风不实不严\t{measure}\t整改完成\t{remark}\n"
        for measure, remark in zip(measures, remarks, strict=False)
    )

    (found,) = read(head + rows).findings

    assert found.stated_closed is closed


def test_a_column_on_closing_says_more_than_a_remark_beside_it():
    head = "示例站整改台账\n序号\t存在问题\t整改措施\t是否销号\t备注\n"

    (found,) = read(head + "1\t会风不实不严\t精简会议\t否\t已销号\n").findings

    assert found.stated_closed is False


def test_a_lead_that_counts_and_quotes_its_problem_is_a_finding():
    lead = "现将环保督察反馈问题第7项关于“渣土裸露未盖”问题整改落实情况进行公示，附表另见。\n"
    plain = "现将环保督察反馈问题整改落实情况进行公示，附表另见。\n"

    assert [(one.number, one.title) for one in read(lead).findings] == [("第7项", "渣土裸露未盖")]
    assert read("示例局关于整改情况的公示\n" + plain).findings == ()


def test_a_month_alone_tells_no_day_of_feedback():
    lead = "2030年5月至3月，县委第一巡察组对示例局开展了巡察，7月1日结束，2030年8月反馈了意见。\n"
    dates = read("示例局关于巡察整改情况的通报\n2030年" + lead + "一、学习不深入\n整改情况：已完成。\n").dates

    assert (dates.on_site, dates.feedback_on) == (None, None)


def test_what_one_finding_does_next_stays_its_own():
    _, second = findings(
        "1.学习不深入。\n整改情况：开展学习12次。\n2.记录不全。\n整改情况：补记3次。\n下一步，将每周核对。\n"
    )

    assert second.result is not None
    assert "每周核对" in second.result


def test_a_last_sentence_for_work_under_way_is_the_status():
    (found,) = findings("1.学习不深入。\n整改情况：开展学习12次。有序推进中。\n")

    assert (found.status_text, found.result) == ("有序推进中", "开展学习12次。")


@pytest.mark.parametrize(
    "cells",
    [
        "存在问题\n整改措施\n责任领导\n台账不全\n补齐\n样甲",
        "存在问题\n整改措施\n整改时限\n台账不全\n补齐\n尽快",
    ],
)
def test_cells_by_line_without_a_deadline_are_no_rows(cells):
    assert read(f"示例站整改清单\n{cells}\n").findings == ()


def test_a_column_that_asks_whether_it_is_done_is_answered():
    head = "示例镇整改台账\n序号\t反馈问题\t整改措施\t是否整改到位\n"
    done, open_ = read(f"{head}1\t台账不全\t补齐\t是\n2\t管网老化\t更换\t否\n").findings

    assert [done.stated_progress, open_.stated_progress] == ["done", "in_progress"]


def test_problems_that_a_paragraph_under_a_theme_aims_at_need_no_status():
    aims = "针对台账不全的问题，补齐台账16本。针对值班缺岗的问题，调整值班表。\n"
    themed = findings(f"一、党建方面\n{aims}")
    later = findings(f"一、党建方面\n召开会议2次。{aims}")

    assert [(one.theme, one.title, one.result) for one in themed] == [
        ("党建方面", "台账不全", "补齐台账16本。"),
        ("党建方面", "值班缺岗", "调整值班表。"),
    ]
    assert later == ()


def test_a_label_on_a_line_of_its_own_opens_the_finding_that_the_next_line_names():
    reading = read(
        "示例公司审计整改情况报告\n审计查出问题：\n示例收入未上缴。\n整改情况：\n已上缴。\n审计查出的问题：\n示例资产未入账。\n整改情况：已入账。\n"
    )

    assert [(one.title, one.result) for one in reading.findings] == [
        ("示例收入未上缴", "已上缴。"),
        ("示例资产未入账", "已入账。"),
    ]
    assert not reading.unread


@pytest.mark.parametrize(
    "word", ["隐患", "风险点", "问题线索", "事项", "疑点", "安全隐患", "审计查出问题", "不符合项", "重大隐患"]
)
def test_a_counted_hazard_lead_or_doubt_is_a_finding(word):
    reading = read(
        f"示例公司整改情况报告\n现将整改情况报告如下：\n{word}1：消防通道堵塞\n整改情况：已清理。\n{word}2：灭火器过期\n整改情况：已更换。\n"
    )

    assert [(one.number, one.title) for one in reading.findings] == [
        (f"{word}1", "消防通道堵塞"),
        (f"{word}2", "灭火器过期"),
    ]


@pytest.mark.parametrize("number", ["（1）", "①", "1.", "一是"])
def test_the_first_of_several_problems_under_one_label_names_the_finding_without_its_number(number):
    text = (
        "中共云山县示例局党组关于巡察整改情况的通报\n一、学习方面\n"
        f"存在问题：{number}学习计划不细；交流研讨少。\n整改落实：开展研讨5次。\n"
    )

    assert [finding.title for finding in read(text).findings] == ["学习计划不细"]


def test_lines_in_brackets_that_are_alike_in_width_are_no_wrapped_text():
    body = "".join(
        f"（{number}）“{title}”的问题\n（责任领导：甲示例；牵头部门：综合部；完成情况：{said}）\n已制定管理办法{place}项。\n"
        for place, (number, title, said) in enumerate(
            [
                ("一", "学习计划不细", "已完成并长期坚持"),
                ("二", "台账不全", "未完成，按计划推进"),
                ("三", "会议记录缺失", "已完成，并持续坚持"),
            ],
            1,
        )
    )

    assert [(one.stated_progress, one.stated_nature) for one in findings(f"二、整改情况\n{body}")] == [
        ("done", "long_term"),
        ("in_progress", None),
        ("done", "long_term"),
    ]


def test_a_theme_and_its_problems_on_one_short_line_are_taken_apart():
    found = findings(
        "一、党的领导方面。1.学习不系统。开展研讨5次。已完成整改。2.议事规则不细。修订规则1项。已完成整改，长期坚持。\n"
        "二、后勤管理方面。3.采购不规范。重新招标。正在整改。\n"
    )

    assert [(one.number, one.title, one.theme) for one in found] == [
        ("一/1", "学习不系统", "党的领导方面"),
        ("一/2", "议事规则不细", "党的领导方面"),
        ("二/3", "采购不规范", "后勤管理方面"),
    ]


def test_a_status_behind_at_present_is_apart_from_what_is_planned():
    (found,) = findings("1.食堂管理不规范。\n整改成效：目前，该问题正在整改，预计2031年底前完成。\n")

    assert (found.stated_progress, found.result) == ("in_progress", "预计2031年底前完成。")


def test_what_stands_below_a_line_that_leads_to_hazards_are_findings_and_one_sentence_states_them():
    reading = read(
        "云山县示例街道消防安全隐患整改情况通报\n经查，示例商场存在以下火灾隐患：\n1.三楼疏散通道堆放杂物；\n"
        "2.消防控制室值班人员无证上岗；\n3.部分应急照明灯损坏。\n目前，上述隐患已全部整改到位。\n"
    )

    assert [(one.number, one.stated_progress) for one in reading.findings] == [
        ("1", "done"),
        ("2", "done"),
        ("3", "done"),
    ]


def test_deeds_below_a_line_that_leads_to_problems_are_no_findings():
    text = "示例局整改情况通报\n针对存在以下问题：\n1.召开专题会议3次；\n2.制定管理制度5项。\n"

    assert read(text).findings == ()


def test_a_numeral_that_counts_people_is_no_part_of_the_number_before_it():
    found = findings("二、示例小学\n1.1名从业人员健康证过期。已调离岗位。\n2.排水沟盖板缺失。已整改。\n")

    assert [(one.number, one.title) for one in found] == [
        ("二/1", "1名从业人员健康证过期"),
        ("二/2", "排水沟盖板缺失"),
    ]
    dotted = findings(
        "1 资产\n1.1处置资产不规范的问题。已整改完成。\n1.2 名单公示不及时的问题。已整改完成。\n"
    )
    assert [one.number for one in dotted] == ["1.1", "1.2"]


def test_a_theme_counts_its_problems_without_a_word_before_them():
    found = read(
        "示例区审计查出问题整改情况的报告\n二、审计查出问题的整改情况\n（一）立行立改类问题的整改情况\n"
        "1.区级财政管理方面。一是预算分配不合理的问题。区财政局已修订办法。二是资金拨付不及时的问题。已拨付资金。\n"
        "2.部门预算方面\n一是账实不符的问题。已补登资产。二是超标准接待的问题。已退回。\n"
    ).findings

    assert [(one.number, one.title) for one in found] == [
        ("二/(一)/1/一", "预算分配不合理"),
        ("二/(一)/1/二", "资金拨付不及时"),
        ("二/(一)/2/一", "账实不符"),
        ("二/(一)/2/二", "超标准接待"),
    ]


def test_acts_that_a_theme_counts_are_no_problems():
    text = "一、财政管理方面\n一是解决了票据积压的问题。清理票据。二是清理了挂账不清的问题。核销账目。\n"

    assert findings(text) == ()


def test_headings_that_resolve_a_quoted_problem_are_findings():
    found = findings(
        "（一）扛起改革政治责任，解决“落实部署打折扣”的问题。建立台账，逐项销号。\n"
        "（二）健全治理结构，解决“决策边界不清”的问题。修订议事清单。\n"
    )

    assert [one.number for one in found] == ["(一)", "(二)"]


def test_names_that_answer_stand_below_labels_alone_on_their_lines():
    (found, _) = findings(
        "问题1：学习滞后。\n整改措施\n建立夜学制度。\n责任人\n甲示例\n整改时限\n2031年9月\n"
        "问题2：台账不全。\n整改措施\n补齐台账。\n责任人\n乙示例\n整改时限\n2031年9月\n"
    )

    assert (found.responsible_leader, found.due_text) == ("甲示例", "2031年9月")


@pytest.mark.parametrize(
    "acts", ["1.落实培养机制，发展2名；2.规范台账，补登3份。", "1.开展听课136节。\n2.检查教案。"]
)
def test_acts_counted_under_a_problem_before_its_status_are_its_acts(acts):
    found = findings(
        f"一、关于党建工作弱化问题\n{acts}\n整改情况：完成\n二、关于报账不及时问题\n{acts}\n整改情况：完成并长期坚持\n"
    )

    assert [(one.number, one.title, one.stated_progress, len(one.actions)) for one in found] == [
        ("一", "党建工作弱化", "done", 2),
        ("二", "报账不及时", "done", 2),
    ]


def test_what_was_set_right_again_has_labels_of_its_own():
    (found, _) = findings(
        "1.再次整改问题：制度仍有空白。\n再整改情况：新出台制度7项。\n再整改结果：完成。\n"
        "2.再次整改问题：轮岗未落实。\n实际完成情况：整改中\n"
    )

    assert (found.title, found.stated_progress) == ("制度仍有空白", "done")


def test_an_acceptance_that_ends_in_consent_closes():
    (found,) = read(
        "关于示例河水体问题整改销号的公示\n问题描述：水体返黑返臭，排口溢流。\n整改完成情况：封堵排口4处。\n"
        "验收情况：市整改办组织现场验收，同意销号。\n"
    ).findings

    assert (found.status_text, found.stated_closed) == ("同意销号", True)


def test_the_remark_of_a_label_states_how_far_the_finding_is():
    one, other = findings(
        "1.问题：保供责任压得不实。\n整改情况（已完成）：抢修时间缩短8分钟。\n"
        "2.问题：外包管理薄弱。\n整改情况（附件2）：清退队伍3支。\n"
    )

    assert (one.status_text, one.stated_progress, one.result) == ("已完成", "done", "抢修时间缩短8分钟。")
    assert other.status_text is None


def test_a_kind_of_problems_is_a_part_of_its_own():
    found = findings(
        "第一类问题：政治监督不够精准\n具体问题1：台账更新不及时\n整改情况：更新台账14次。已整改。\n"
        "第二类问题：队伍建设存在短板\n具体问题1：办案力量薄弱\n整改情况：招录干部5名。已整改。\n"
    )

    assert [(one.theme, one.title, one.stated_progress) for one in found] == [
        ("政治监督不够精准", "台账更新不及时", "done"),
        ("队伍建设存在短板", "办案力量薄弱", "done"),
    ]


def test_labels_stand_behind_numbers_in_one_letter():
    (found,) = findings(
        "1、贯彻部署不力的问题\n⑴责任领导：甲示例。⑵完成时限：2031年9月。⑶整改情况：已制定办法。完成整改。\n"
    )

    assert (found.responsible_leader, found.due_text, found.stated_progress) == (
        "甲示例",
        "2031年9月",
        "done",
    )


@pytest.mark.parametrize("label", ["整改评价", "目前状态"])
def test_an_appraisal_and_the_present_state_are_labels_of_a_status(label):
    (found,) = findings(f"1.专项整治问题：入户路未打通。\n整改进展：修路3公里。\n{label}：已完成\n")

    assert (found.title, found.stated_progress) == ("入户路未打通", "done")


def test_a_question_and_its_answer_are_no_finding():
    text = (
        "示例学校招生问题解答\n问题一：报名需要哪些材料？\n答：毕业证。\n问题二：学费是多少?\n答：1200元。\n"
    )

    assert read(text).findings == ()
