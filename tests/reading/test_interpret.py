"""What is read from a notice, one trait at a time."""

from __future__ import annotations

from datetime import date

import pytest

from zhenggai.domain.reading import DocumentKind, SectionRole
from zhenggai.reading import read

TITLE = "中共云山县示例局党组关于巡察整改情况的通报\n\n"
LEAD = (
    "根据县委统一部署，2031年3月5日至4月20日，县委第二巡察组对示例局党组进行了巡察。现将整改情况通报如下。\n"
)
HEAD = TITLE + LEAD


def findings(body: str, head: str = HEAD):
    return read(head + body).findings


def titles(body: str, head: str = HEAD) -> list[str]:
    return [finding.title for finding in findings(body, head)]


def test_problem_blocks_under_one_heading_are_findings_without_numbers():
    found = findings(
        "一、党的建设方面\n问题：学习不深入。\n整改措施：\n1.制定计划。\n2.开展研讨。\n"
        "问题：制度不健全。\n整改措施：\n1.修订制度。\n"
    )

    assert [finding.title for finding in found] == ["学习不深入", "制度不健全"]
    assert [finding.number for finding in found] == [None, None]
    assert [finding.theme for finding in found] == ["党的建设方面"] * 2
    assert [len(finding.measures) for finding in found] == [2, 1]


def test_quoted_problems_on_lines_of_their_own_are_findings_without_numbers():
    found = findings(
        "一、整改落实情况\n关于“学习不深入”问题的整改情况\n一是制定计划。二是开展研讨。\n"
        "针对“制度不健全”问题，修订制度3项。\n关于“责任不落实”问题的整改（已完成）\n签订责任书。\n"
    )

    assert [finding.title for finding in found] == ["学习不深入", "制度不健全", "责任不落实"]
    assert [len(finding.actions) for finding in found] == [2, 1, 1]
    assert found[2].status_text == "已完成"


def test_bare_lines_before_a_label_are_findings():
    found = findings(
        (
            "一、整改落实情况\n学习不够深入\n整改情况：制定计划。\n总体进展顺利\n制度不健全\n"
            "整改情况：修订制度。\n无关的一行\n"
        ),
    )

    assert [finding.title for finding in found] == ["学习不够深入", "制度不健全"]


def test_a_notice_without_any_heading_is_read_by_its_labels():
    found = findings("学习不够深入\n整改情况：\n1.制定计划。\n2.开展研讨。\n一、下一步打算\n继续努力。\n")

    assert [finding.title for finding in found] == ["学习不够深入"]
    assert found[0].number is None


def test_numbered_items_under_a_problem_without_number_are_its_own():
    reading = read(
        HEAD + "存在问题：学习不深入。\n整改情况：\n1.制定计划。\n2.开展研讨。\n一、下一步打算\n继续努力。\n"
    )

    assert [finding.title for finding in reading.findings] == ["学习不深入"]
    assert [item.text for item in reading.findings[0].actions] == ["制定计划", "开展研讨"]
    assert [section.role for section in reading.sections] == [SectionRole.NEXT_STEPS]


def test_a_closure_notice_may_be_labels_and_items_alone():
    found = findings("整改任务：垃圾未清运。\n整改完成情况：\n1.清运垃圾。\n2.安装监控。\n")

    assert [(finding.title, len(finding.actions)) for finding in found] == [("垃圾未清运", 2)]


def test_organisational_headings_are_never_findings():
    reading = read(
        HEAD
        + (
            "一、高度重视，压实责任\n（一）不回避问题。\n1.不推诿。\n2.解决学习不深入的问题。\n"
            "二、工作部署情况\n（一）召开会议。\n"
        )
    )

    assert reading.findings == ()
    assert {section.role for section in reading.sections} == {SectionRole.ORGANISATION}


def test_a_section_called_organisation_that_answers_problems_holds_findings():
    assert titles(
        "一、整改工作开展情况\n1.学习不深入\n整改情况：已学习。\n2.制度不健全\n"
        "整改情况：已修订。\n"
    ) == [
        "学习不深入", "制度不健全",
    ]  # fmt: skip


def test_next_steps_inside_the_findings_are_next_steps_unless_they_answer_a_problem():
    body = "一、反馈问题整改情况\n（一）学习不深入。已学习。\n（二）下一步打算\n继续努力。\n"

    assert titles(body) == ["学习不深入"]
    assert titles(
        "一、反馈问题整改情况\n（一）责任分工\n整改情况：已明确。\n（二）下一步措施\n"
        "整改情况：已完成。\n"
    ) == [
        "责任分工", "下一步措施",
    ]  # fmt: skip


def test_leads_are_no_findings():
    assert titles(
        "一、反馈问题整改情况\n1.学习不深入。已学习。\n二、问题线索处置情况\n1.移交线索2件不属实。\n"
    ) == ["学习不深入"]


def test_a_heading_like_its_neighbours_is_a_finding_too():
    body = "一、反馈问题整改情况\n1.学习不深入。已学习。\n2.师资配备。已招聘。\n3.制度不健全。已修订。\n"

    assert titles(body) == ["学习不深入", "师资配备", "制度不健全"]
    assert titles(body.replace("师资配备", "加强师资")) == ["学习不深入", "制度不健全"]


def test_a_heading_with_a_status_is_a_finding():
    body = (
        "一、反馈问题整改情况\n1.师资配备（已完成）\n招聘教师。\n"
        "2.场馆建设。正在整改。新建场馆。\n3.加强学习。\n"
    )

    assert titles(body) == ["师资配备", "场馆建设"]


def test_long_sections_of_problems_are_findings_under_long_term_too():
    reading = read(
        HEAD + "一、长期坚持的整改事项\n1.年轻干部不足。已培养。\n二、“长期坚持”抓得不实\n已完善。\n"
    )

    assert [section.role for section in reading.sections] == [SectionRole.LONG_TERM]
    assert [finding.title for finding in reading.findings] == ["年轻干部不足", "“长期坚持”抓得不实"]


def test_a_news_item_or_speech_with_problem_words_has_no_findings():
    news = "县里召开整改推进会\n本报讯 近日，县委召开会议。\n一、存在的问题\n1.学习不深入。\n2.制度不健全。\n"

    assert read(news).findings == ()
    assert (
        read("同志们：\n一、存在的问题\n（一）学习不深入。\n（二）关于“制度不健全”问题\n").findings[0].title
        == "制度不健全"
    )


def test_units_without_numbered_findings_keep_their_organisation():
    found = findings(
        "一、示例镇\n问题：账目不公开。\n整改情况：已公开。\n二、样板镇\n问题：值班脱岗。\n"
        "整改情况：已通报。\n"
    )

    assert [(finding.organisation, finding.title) for finding in found] == [
        ("示例镇", "账目不公开"),
        ("样板镇", "值班脱岗"),
    ]


def test_a_block_of_fixed_headings_is_one_finding_and_two_problems_are_not():
    one = (
        "一、存在问题\n垃圾未清运。\n二、整改目标\n清运。\n三、整改情况\n"
        "该问题已完成整改。已清运。\n四、其他\n无。\n"
    )
    found = findings(one)

    assert len(found) == 1
    assert found[0].status_text == "已完成整改"
    two = "一、存在问题\n甲不足。\n二、整改目标\n清运。\n三、整改情况\n已清运。\n四、存在问题\n乙不足。\n"
    assert len(findings(two)) != 1


def test_a_finding_may_have_its_labels_as_headings():
    found = findings(
        "一、反馈问题整改情况\n（一）学习不深入\n说明如下。\n1.整改措施\n制定计划。\n2.其他\n"
        "无。\n3.整改情况\n已学习。\n"
    )

    assert [item.text for item in found[0].measures] == ["制定计划"]
    assert "已学习" in (found[0].result or "")


@pytest.mark.parametrize(
    ("passage", "status", "result"),
    [
        ("整改情况：（已完成）开展学习。", "已完成", "开展学习。"),
        ("整改情况：开展学习。（已完成整改，长期坚持）", "已完成整改，长期坚持", "开展学习。"),
        ("整改情况：开展学习。\n已完成", "已完成", "开展学习。"),
        ("整改情况：开展学习，已整改。", "已整改", "开展学习"),
        ("整改情况：开展学习。已整改到位。", "已整改到位", "开展学习。"),
        ("整改情况：完成会议3次，已办结。", None, "完成会议3次，已办结。"),
        ("整改情况：开展学习。已办结。", None, "开展学习。已办结。"),
        ("整改情况：已完成。", "已完成", None),
        ("整改情况：开展学习。整改状态：有序推进", "有序推进", "开展学习。"),
        ("整改情况：目前，该问题已完成整改。", "已完成整改", None),
    ],
)
def test_a_status_is_found_wherever_it_stands(passage, status, result):
    found = findings(
        f"一、反馈问题整改情况\n1.学习不深入。\n{passage}\n2.制度不健全。\n整改情况：已修订制度。\n"
    )[0]

    assert (found.status_text, found.result) == (status, result)


def test_people_units_and_deadlines_are_read_in_line_and_in_brackets():
    found = findings(
        "一、反馈问题整改情况\n1.学习不深入。\n整改情况：开展学习。\n责任领导：\n张示例\n"
        "责任单位：办公室（党建）；配合单位：团委、工会 妇联\n"
        "（完成时限：2031年6月底前）后续每月检查。\n督导单位：监察室\n"
    )[0]

    assert found.responsible_leader == "张示例"
    assert found.lead_unit == "办公室（党建）"
    assert found.supporting_units == ("团委", "工会", "妇联")
    assert (found.due_text, found.due_on) == ("2031年6月底前", date(2031, 6, 30))


def test_every_measure_may_have_its_own_people_and_deadline():
    found = findings(
        "一、反馈问题整改情况\n1.学习不深入。\n"
        "整改措施：一是制定计划。责任单位：办公室 配合单位：团委 完成时限：2031年5月\n"
        "二是开展研讨。责任单位： 配合单位：工会 完成时限：长期坚持\n"
    )[0]

    assert [(item.text, item.unit, item.due_text) for item in found.measures] == [
        ("制定计划", "办公室", "2031年5月"), ("开展研讨", None, "长期坚持"),
    ]  # fmt: skip
    assert found.lead_unit is None


def test_a_sentence_about_all_findings_states_their_status_only_where_it_says_so():
    body = "一、反馈问题整改情况\n1.学习不深入。开展学习。\n2.制度不健全。修订制度。\n"

    assert [finding.status_text for finding in findings(body + "以上问题均已整改到位。\n")] == [
        "均已整改到位"
    ] * 2
    assert [finding.status_text for finding in findings("要确保反馈问题全部整改到位。\n" + body)] == [
        None,
        None,
    ]
    assert [finding.status_text for finding in findings("反馈问题均有序推进。\n" + body)] == [None, None]


def test_the_nature_of_a_finding_may_have_a_label():
    found = findings(
        "一、反馈问题整改情况\n1.学习不深入。\n整改类型：长期坚持\n整改情况：开展学习。\n"
        "2.制度不健全。\n整改类型：甲类\n是否销号：是\n整改情况：已修订制度。\n"
    )

    assert [(finding.stated_nature, finding.status_text) for finding in found] == [
        ("long_term", "长期坚持"),
        (None, None),
    ]
    assert found[1].stated_closed is True


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "云山县示例局落实反馈意见整改方案\n\n制定本方案。\n一、整改任务\n1.学习不深入。制定计划。\n",
            DocumentKind.PLAN,
        ),
        ("县委巡察组关于示例局的反馈意见\n\n一、主要问题\n1.学习不深入。\n", DocumentKind.FEEDBACK),
        ("现将巡察整改情况报告如下。\n一、整改情况\n1.学习不深入。已学习。\n", DocumentKind.REPORT),
        ("序号\t反馈问题\t整改措施\n1\t学习不深入\t制定计划\n", DocumentKind.LEDGER),
        (
            "表格如下所列，请查收本件。\n序号\t反馈问题\t整改措施\n1\t学习不深入\t制定计划\n",
            DocumentKind.LEDGER,
        ),
        ("情况如下所列，请查收本件。\n问题：学习不深入。\n整改情况：已学习。\n", DocumentKind.NOTICE),
        ("情况如下所列，请查收本件。\n问题：学习不深入。\n整改措施：要学习。\n", DocumentKind.PLAN),
        ("在示例会议上的讲话\n同志们，大家好。\n一、今天天气\n晴。\n", DocumentKind.OTHER),
        ("示例局召开整改推进会情况\n办公室印发通知。\n", DocumentKind.OTHER),
        ("云山县示例河问题整改销号公示\n\n现予公示。\n", DocumentKind.CLOSURE_NOTICE),
    ],
)
def test_the_kind_of_a_document(text, kind):
    assert read(text).kind is kind


def test_a_table_that_names_no_problem_stays_unread():
    reading = read(HEAD + "一、整改落实情况\n姓名\t电话\n张示例\t无\n二、下一步打算\n继续。\n")

    assert reading.findings == ()
    assert [unread.text for unread in reading.unread] == ["姓名\t电话", "张示例\t无"]


def test_a_ledger_may_repeat_its_header_and_close_with_a_total():
    text = (
        "示例局整改台账\n\n巡察反馈问题如下。\n问题\t整改措施\t备注\n"
        "学习不深入\t制定计划\t无\n问题\t整改措施\t备注\n\t开展研讨\t无\n合计\t2\t无\n"
        "|---|---|---|\n| 制度不健全 | 修订制度 | 无 |\n|一个格|\n"
    )
    reading = read(text)

    assert [finding.title for finding in reading.findings] == ["学习不深入", "制度不健全"]
    assert [item.text for item in reading.findings[0].measures] == ["制定计划", "开展研讨"]
    assert [unread.text for unread in reading.unread] == ["合计\t2\t无", "|一个格|"]


def test_a_merged_row_gives_its_theme_to_the_rows_under_it():
    text = (
        "示例局整改台账\n\n｜序号｜具体表现｜整改措施｜\n｜聚焦党的建设方面｜\n｜一行说明｜\n"
        "｜1｜学习不深入｜制定计划｜\n"
    )
    reading = read(text)

    assert [(finding.number, finding.theme, finding.title) for finding in reading.findings] == [
        ("1", "聚焦党的建设方面", "学习不深入")
    ]
    assert [unread.text for unread in reading.unread] == ["｜一行说明｜"]


def test_a_ledger_with_problem_and_manifestation_keeps_both():
    text = (
        "示例局整改台账\n\n序号\t问题类别\t反馈问题\t问题内容\t整改任务\n"
        "1\t政治建设\t学习不深入\t研讨少\t开展研讨\n\t作风建设\t\t\t\n\t\t\t\t增加次数\n"
    )
    found = read(text).findings

    assert [(finding.title, finding.problem) for finding in found] == [("学习不深入", "研讨少")]


def test_a_row_without_its_problem_at_the_top_is_unread():
    text = (
        "示例局整改台账\n\n序号\t反馈问题\t整改措施\t责任单位\n\t\t先行措施\t办公室\n"
        "1\t学习不深入\t制定计划\t办公室\n"
    )
    reading = read(text)

    assert [finding.title for finding in reading.findings] == ["学习不深入"]
    assert len(reading.unread) == 1


def test_a_row_may_add_a_measure_and_more_of_the_same_people():
    text = (
        "示例局整改台账\n\n反馈问题\t整改措施\t责任单位\t整改情况\n"
        "学习不深入\t制定计划\t办公室\t已完成\n\t\t团委\t\n\t开展研讨\t工会\t已研讨\n"
    )
    found = read(text).findings[0]

    assert [(item.text, item.unit) for item in found.measures] == [
        ("制定计划", "办公室"),
        ("开展研讨", "工会"),
    ]
    assert found.lead_unit == "办公室"
    assert found.status_text == "已完成"


def test_a_form_holds_one_finding_from_problem_to_problem():
    text = (
        "示例河整改销号公示\n\n责任单位\t示例镇\n整改任务\t垃圾未清运\n问题表现\t沿岸有垃圾\n"
        "整改情况\t已清运\n"
        "整改任务\t排口未封堵\n整改情况\t已封堵\n说明\t公示\n"
    )
    found = read(text).findings

    assert [finding.title for finding in found] == ["垃圾未清运", "排口未封堵"]
    assert found[0].lead_unit == "示例镇"


def test_a_table_with_a_cell_per_line_may_have_lost_its_numbers():
    text = "示例局整改台账\n\n序号\n反馈问题\n整改措施\n学习不深入\n制定计划\n制度不健全\n修订制度\n"

    assert [finding.title for finding in read(text).findings] == ["学习不深入", "制度不健全"]


def test_a_table_with_a_cell_per_line_ends_where_its_count_does():
    text = (
        "示例局整改台账\n\n序号\n反馈问题\n整改措施\n1\n学习不深入\n制定计划\n"
        "以上为全部问题及整改措施\n请予审核，谢谢。\n完。\n"
    )

    assert [finding.title for finding in read(text).findings] == ["学习不深入"]
    assert read("示例局整改台账\n\n序号\n反馈问题\n整改措施\n").findings == ()


def test_a_notice_that_breaks_off_says_so():
    body = (
        "一、反馈问题整改情况\n1.学习不深入。\n整改情况：已学习。\n2.制度不健全。\n整改情况：一是修订制度，"
    )

    reading = read(HEAD + body)

    assert reading.truncated
    assert [finding.truncated for finding in reading.findings] == [False, True]


@pytest.mark.parametrize(
    ("ending", "truncated"),
    [
        ("整改情况：已修订", True),
        ("修订制度" * 20, True),
        ("修订制度" * 20 + "……", True),
        ("二是修订", True),
        ("完善制度。", False),
        ("完善制度", False),
        ("整改进度：已完成", False),
        ("责任单位：办公室", False),
        ("甲\t乙", False),
        ("修订制度�", True),
    ],
)
def test_an_ending_tells_whether_something_is_missing(ending, truncated):
    assert (
        read(HEAD + "一、反馈问题整改情况\n1.学习不深入。\n已学习，已研讨。\n" + ending).truncated
        is truncated
    )


def test_headings_without_text_at_the_end_are_complete_where_they_all_are():
    assert not read(HEAD + "一、主要问题\n1.学习不深入\n2.制度不健全\n").truncated
    assert read(HEAD + "一、工作部署\n已部署。\n二、反馈问题整改情况").truncated
    assert not read(HEAD + "一、主要问题\n1.学习不深入。\n2.制度不健全。\n3.责任不落实。\n").truncated


def test_an_opening_without_a_day_or_with_too_many_organisations_says_nothing():
    reading = read(
        "县委巡察组对甲局、乙局等2家单位开展巡察。9月14日反馈。现将整改情况通报如下。\n"
        "一、整改情况\n1.学习不深入。已学习。\n"
    )

    assert reading.organisation is None
    assert reading.dates.on_site is None
    assert reading.dates.feedback_on is None


def test_an_auditing_body_is_an_inspector():
    assert (
        read(
            "关于示例局审计整改情况的报告\n\n云山县审计局对示例局进行了审计。\n一、整改情况\n"
            "1.账实不符。已整改。\n"
        ).inspector
        == "云山县审计局"
    )


def test_a_title_may_name_the_organisation_after_about():
    assert read("关于云山县示例局领导班子巡察整改情况的通报\n\n现予通报。\n").organisation == "云山县示例局"


def test_portal_lines_above_the_title_are_no_part_of_the_lead():
    text = (
        "主题分类：\n其他\n示例局信息\n— 1 —\n关于示例局巡察整改情况的通报\n"
        "根据统一部署，开展整改工作如下：\n一、整改情况\n1.学习不深入。已学习。\n"
    )
    reading = read(text)

    assert reading.title == "关于示例局巡察整改情况的通报"


def test_many_short_lines_without_a_title_are_a_lead():
    text = (
        "\n".join(f"示例第{number}行" for number in range(20))
        + "\n一、反馈问题整改情况\n1.学习不深入。已学习。\n"
    )

    assert read(text).title is None


def test_a_web_page_may_have_its_title_in_its_head_only():
    page = (
        "<html><head><title>关于示例局巡察整改情况的通报_云山示例网</title></head><body><div><p>根据县委部署，"
        "县委巡察组对示例局进行了巡察，现将整改情况通报如下。</p><p>一、"
        "反馈问题整改情况</p><p>1.学习不深入。已学习。</p></div></body></html>"
    )

    assert read(page).title == "关于示例局巡察整改情况的通报"


def test_contact_lines_are_read_without_doubles():
    tail = (
        "联系电话：0999-5550123；0999-5550123\n通讯地址：云山县示例路1号，邮编：999001\n"
        "地址：云山县示例路1号\n"
        "电子邮箱：a@example.org；a@example.org\n"
    )
    contact = read(HEAD + "一、反馈问题整改情况\n1.学习不深入。已学习。\n" + tail).contact

    assert contact is not None
    assert contact.phones == ("0999-5550123",)
    assert contact.emails == ("a@example.org",)
    assert contact.addresses == ("云山县示例路1号",)


def test_a_heading_may_hold_the_contact():
    reading = read(
        HEAD + "一、反馈问题整改情况\n1.学习不深入。已学习。\n二、监督方式\n欢迎监督，电话0999-5550123。\n"
    )

    assert reading.contact is not None
    assert reading.contact.phones == ("0999-5550123",)
    assert read(HEAD + "一、监督方式\n联系电话：暂无\n").contact is None


def test_a_news_item_may_name_a_telephone():
    reading = read(
        "云山县开展整改监督工作简讯\n"
        "近日，云山县开展监督。监督电话：0999-5550123，邮箱暂缺，欢迎来电。现将有关安排予以说明如下。\n"
    )

    assert reading.contact is not None


def test_a_signature_may_stand_on_one_line_with_its_day():
    reading = read(
        HEAD + "一、反馈问题整改情况\n1.学习不深入。已学习。\n中共云山县示例局党组 2031年10月12日\n"
    )

    assert reading.dates.published_on == date(2031, 10, 12)
    assert not reading.truncated


def test_a_day_that_is_no_signature_stays_in_the_text():
    reading = read(
        "2031年3月4日\n关于示例局整改情况的通报\n现予通报，请予监督。\n一、整改情况\n1.学习不深入。已学习。\n"
    )

    assert len(reading.findings) == 1
    assert (
        read("2031年3月4日\n甲，\n乙，\n丙，丁\n特此通报\n抄送：办公室\n附件：一览表\n").dates.published_on
        is None
    )


def test_a_long_invitation_is_no_closing_line():
    long = "欢迎监督，" + "继续做好整改工作，" * 60 + "请反映。"

    assert not read(HEAD + "一、反馈问题整改情况\n1.学习不深入。已学习。\n" + long + "\n").truncated


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        (
            "反馈问题697个，完成整改688个，基本完成4个，未完成5个，完成率98.71%。",
            ["697/0", "688/0", "4/0", "5/0", "98.71/0"],
        ),
        ("完成整改、基本完成、正在整改的问题分别为20个、21个、22个。", ["20/0", "21/1", "22/2"]),
        ("反馈12类39个问题；制定措施157项。", ["12/0", "39/1", "157/2"]),
        ("整改完成率达到98％，涉及1,200.5万元。", ["98/0", "1200.5/1"]),
        ("问题分别12个，13个完成。", ["12/0", "13/1"]),
        ("已整改10个，其中6个。", ["10/0", "6/0"]),
    ],
)
def test_stated_figures_are_grouped(sentence, figures):
    statistic = read(TITLE + "整改总体情况如下所述。" + sentence + "\n一、下一步打算\n继续。\n").statistics[0]

    assert [f"{figure.value}/{figure.group}" for figure in statistic.figures] == figures
    assert all(figure.label for figure in statistic.figures)


def test_shared_figures_take_their_labels_from_the_list():
    text = (
        TITLE + "截至目前，完成整改、基本完成、正在整改分别20个、21个、22个问题。\n一、下一步打算\n继续。\n"
    )

    assert [figure.label for figure in read(text).statistics[0].figures] == [
        "完成整改",
        "基本完成",
        "正在整改",
    ]


def test_two_notices_in_one_file_are_both_read():
    body = HEAD + "一、反馈问题整改情况\n1.学习不深入。\n整改情况：已学习。\n"

    assert len(read(body * 3).findings) == 3


def test_quoted_problems_under_a_theme_are_its_findings():
    reading = read(HEAD + "一、党的建设\n关于“学习不深入”问题的整改\n开展学习。\n")

    assert [(finding.theme, finding.title) for finding in reading.findings] == [("党的建设", "学习不深入")]
    assert [section.role for section in reading.sections] == [SectionRole.THEME]


def test_items_under_a_counted_problem_are_its_own():
    found = findings(
        "一、反馈问题整改情况\n（一）党的建设\n问题一：学习不深入\n1.制定计划。\n"
        "2.开展研讨。\n问题二：制度不健全\n1.修订制度。\n"
    )

    assert [(finding.number, len(finding.actions)) for finding in found] == [
        ("一/(一)/问题一", 2),
        ("一/(一)/问题二", 1),
    ]


def test_a_heading_that_names_nothing_is_no_finding():
    assert titles("一、反馈问题整改情况\n（一）学习不深入。已学习。\n（二）困难和不足\n资金紧张。\n") == [
        "学习不深入"
    ]


def test_headings_before_the_first_label_tell_the_problem_and_a_label_may_be_empty():
    found = findings(
        "一、反馈问题整改情况\n（一）学习不深入\n1.有关情况\n研讨少。\n2.整改措施\n"
        "3.整改情况\n整改成效：已学习。\n"
    )

    assert "研讨少" in (found[0].problem or "")
    assert found[0].measures == ()
    assert [item.text for item in found[0].actions] == ["已学习"]


def test_a_ledger_may_have_columns_nobody_knows_and_only_a_manifestation():
    text = (
        "示例局整改台账\n\n序号\t反馈问题\t问题表现\t天气\t责任领导\t责任领导\n"
        "1\t\t研讨少\t晴\t张示例\t张示例\n2\t学习不深入\t次数少\t雨\t/\t\n"
    )
    reading = read(text)

    assert [finding.title for finding in reading.findings] == ["研讨少", "学习不深入"]
    assert [finding.responsible_leader for finding in reading.findings] == ["张示例", None]
    assert [unread.text for unread in reading.unread] == ["天气", "晴", "雨"] or "晴" in {
        u.text for u in reading.unread
    }


def test_a_news_item_keeps_the_title_it_has():
    reading = read("示例局召开巡察整改推进会情况\n近日，示例局召开巡察整改推进会。会议指出，要抓好整改。\n")

    assert reading.kind is DocumentKind.NEWS
    assert reading.title == "示例局召开巡察整改推进会情况"


def test_a_text_of_closing_lines_alone_has_no_findings():
    assert read("特此通报\n联系电话：0999-5550123\n").findings == ()


def test_a_source_may_be_bytes_a_path_or_an_open_file(tmp_path):
    data = (HEAD + "一、反馈问题整改情况\n1.学习不深入。已学习。\n").encode()
    path = tmp_path / "notice.txt"
    path.write_bytes(data)

    assert read(data).source.name == "document"
    assert read(path).source.name == "notice.txt"
    with path.open("rb") as file:
        assert read(file, name="from a file").source.name == "from a file"


def test_labels_of_people_alone_open_no_finding():
    assert findings("责任单位：办公室\n一、反馈问题整改情况\n责任单位：办公室\n") == ()


def test_a_heading_may_quote_its_problem_or_hold_its_labels_in_brackets():
    found = findings(
        "一、反馈问题整改情况\n（一）着力解决“学习不深入”的问题\n开展学习。\n"
        "（二）制度不健全（责任领导：张示例；完成时限：2031年6月底）\n整改情况：修订制度。\n"
        "（三）账目不公开。公开账目。\n整改时限：2031年5月底（已完成）\n责任单位：（财务科）\n"
    )

    assert [finding.title for finding in found] == [
        "着力解决“学习不深入”的问题", "制度不健全", "账目不公开",
    ]  # fmt: skip
    assert found[1].due_on == date(2031, 6, 30)
    assert (found[2].due_text, found[2].status_text) == ("2031年5月底", "已完成")
    assert found[2].lead_unit == "财务科"


def test_a_row_of_one_cell_over_all_columns_is_the_theme_of_the_rows_below():
    ledger = read(
        "云山县示例局整改台账\n序号\t反馈问题\t责任单位\n一、党的建设方面\t\t\n1\t学习记录不全\t示例科\n合计\t\t\n"
        "二、作风建设方面\t\t\n2\t接待审批不严\t财务科\n3\t\t\n"
    )
    problems_first = read(
        "云山县示例局整改台账\n反馈问题\t整改措施\t责任单位\n（一）作风建设方面\t\t\n接待审批不严\t\t\n问题多\t\t\n"
    )

    assert [(one.theme, one.number, one.title) for one in ledger.findings] == [
        ("党的建设方面", "1", "学习记录不全"),
        ("作风建设方面", "2", "接待审批不严"),
    ]
    assert [(one.theme, one.title) for one in problems_first.findings] == [
        ("作风建设方面", "接待审批不严"),
        ("作风建设方面", "问题多"),
    ]


@pytest.mark.parametrize(
    ("title", "lead", "kind"),
    [
        ("示例区督察反馈问题整改完成情况的公示", "现公示如下。", "closure_notice"),
        ("示例市督察反馈问题（问题八）整改情况的公示", "现将整改验收销号情况予以公示。", "closure_notice"),
        ("示例局党组巡察整改完成情况的公示", "现公示如下。", "notice"),
        ("关于报送督察整改情况的通知", "请于5月10日前报送。", "other"),
        ("关于印发《督察整改方案》的通知", "现印发给你们。", "plan"),
    ],
)
def test_a_kind_is_what_title_and_lead_say_that_the_document_is_for(title, lead, kind):
    assert read(f"{title}\n{lead}\n").kind == kind


@pytest.mark.parametrize("mark", ["第一项 ", "问题1 ", "问题1\n"])
def test_a_count_alone_makes_no_finding_of_another_matter(mark):
    assert read(f"秋季期末考试语文试卷\n{mark}选择题\n每题3分。\n").findings == ()
    assert len(read(f"云山县示例局巡察整改情况公示\n{mark}账目不清\n整改情况：已补记。\n").findings) == 1


def test_what_inspectors_said_in_several_places_is_news():
    reading = read(
        "市委巡察组集中反馈第六轮巡察情况\n巡察组向示例文联反馈时指出，存在的主要问题是：学习不够深入，精品创作不多。\n"
        "巡察组向示例协会反馈时指出，存在的主要问题是：覆盖面不广。\n"
    )

    assert (reading.kind, reading.findings) == ("news", ())


def test_a_headline_of_who_told_whom_above_a_meeting_is_news():
    told = "会上，组长通报了巡察发现的问题：一是宣传引导力不强；二是采编能力不足。\n"

    reading = read(f"县委第二巡察组向示例中心反馈意见\n本报讯 6月7日，县委第二巡察组反馈意见。\n{told}")
    assert (reading.kind, reading.findings) == ("news", ())
    assert len(read(f"县委第二巡察组关于示例中心的反馈意见\n{told}").findings) == 2


def test_kinds_of_hazards_in_a_handbook_are_no_findings():
    reading = read(
        "示例公司员工安全手册\n第三章 隐患排查\n3.1 隐患分类\n（1）一般隐患：整改难度较小。\n"
        "（2）重大隐患：整改难度大。\n3.2 流程\n"
    )

    assert reading.findings == ()
    assert reading.sections[0].number == "第三章"
