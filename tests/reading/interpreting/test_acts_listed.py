"""Numbered lists that are the acts of one finding, and lists that are findings of their own."""

from __future__ import annotations

import pytest

from zhenggai.reading import read

HEAD = (
    "中共示例县林业局党组关于巡察整改情况的通报\n"
    "县委第四巡察组对示例县林业局党组进行了巡察，现将整改情况通报如下。\n"
)


def findings(body, head=HEAD):
    return [(one.number, one.title, one.status_text) for one in read(head + body).findings]


@pytest.mark.parametrize("title", ["针对“森林防火责任落实不严”的问题。", "森林防火责任落实不严"])
def test_a_status_behind_the_last_of_several_acts_is_that_of_their_problem(title):
    text = (
        f"一、整改完成情况\n（一）守护绿水青山有短板\n1.{title}\n"
        "①签订三级责任书420份。\n②开展隐患排查，清理可燃物36公里。\n整改进度：已完成。\n"
        "2.古树名木保护不到位\n①挂牌保护112株。\n②投入复壮资金28万元。\n整改进度：正在整改。\n"
    )

    assert findings(text) == [
        ("一/(一)/1", "森林防火责任落实不严", "已完成"),
        ("一/(一)/2", "古树名木保护不到位", "正在整改"),
    ]


def test_a_list_whose_items_name_problems_are_findings_although_only_the_last_states_its_status():
    text = (
        "一、整改完成情况\n（一）守护绿水青山有短板\n1.责任落实不严\n"
        "（1）责任书签订不及时。已补签420份。\n（2）隐患排查不彻底。清理可燃物36公里。\n整改进度：已完成。\n"
    )

    assert [number for number, *_ in findings(text)] == ["一/(一)/1/(1)", "一/(一)/1/(2)"]


def test_a_single_act_with_a_result_of_its_own_is_looked_at_alone():
    text = "一、整改完成情况\n1.责任落实不严\n（1）签订责任书。\n整改情况：已签订420份。\n"

    assert [number for number, *_ in findings(text)] == ["一/1/(1)"]


def test_answers_that_name_their_problems_are_no_single_closing_notice():
    text = (
        "示例市机关事务中心检视问题整改情况通报\n一、基本情况\n中心成立整改专班。\n二、主要做法\n（一）高位推动。\n"
        "（二）上下联动。\n三、问题整改情况\n（一）走访群众走过场的问题。走访家庭210户。\n"
        "（二）会议文件多的问题。全年会议减少31%。\n四、下一步打算\n（一）持续抓好学习。\n"
    )

    assert findings(text, "") == [
        ("三/(一)", "走访群众走过场的问题", None),
        ("三/(二)", "会议文件多的问题", None),
    ]


def test_a_numbered_label_above_problems_is_their_heading():
    text = (
        "示例县司法局巡察整改公开\n（一）组织情况：局党组成立专班，召开会议7次。\n（二）整改情况：\n"
        "1.反馈意见：对社区矫正对象监管不严。\n落实情况：排查3次，已整改到位。\n"
        "2.反馈意见：补贴标准不统一。\n落实情况：补发4.2万元，已整改到位。\n"
    )

    assert [number for number, *_ in findings(text, "")] == ["(二)/1", "(二)/2"]


@pytest.mark.parametrize("field", ["基层治理职责", "社会治理责任", "生态治理工作"])
def test_a_field_of_governance_that_falls_short_is_a_problem(field):
    text = (
        "云山县委第五巡察组关于巡察示例街道党工委的反馈意见\n县委第五巡察组对示例街道党工委开展了巡察。\n"
        f"一、巡察发现的问题\n1.履行{field}有短板。网格员兼职过多。\n2.执行财经纪律不严格。白条入账7笔。\n"
    )

    assert [number for number, *_ in findings(text, "")] == ["一/1", "一/2"]


def test_a_notice_on_one_line_with_labels_is_taken_apart_and_ends_before_its_period():
    text = (
        "示例社区党委巡察整改情况公示 2036年4月，街道巡察组对示例社区党委开展巡察。现公示如下："
        "1.垃圾分类宣传入户率低。整改情况：入户宣传2600户，已完成整改。"
        "2.楼道堆物清理反弹。整改情况：清理楼道84个，正在整改。"
        "3.社区用房挪作他用。整改情况：收回用房2间，已完成整改。公示期5个工作日，监督电话0999-8120040。"
    )
    reading = read(text)

    assert [(one.number, one.title, one.status_text) for one in reading.findings] == [
        ("1", "垃圾分类宣传入户率低", "已完成整改"),
        ("2", "楼道堆物清理反弹", "正在整改"),
        ("3", "社区用房挪作他用", "已完成整改"),
    ]
    assert reading.title == "示例社区党委巡察整改情况公示"


@pytest.mark.parametrize(
    ("first", "second", "title"),
    [
        ("云岭省贯彻落实第三轮督察报告", "整改措施清单", "云岭省贯彻落实第三轮督察报告整改措施清单"),
        ("云岭省关于巡视整改情况的通报", "整改措施清单", "云岭省关于巡视整改情况的通报"),
    ],
)
def test_a_title_goes_on_below_the_name_of_what_it_answers(first, second, title):
    assert read(f"{first}\n{second}\n\n一、排查不严。\n整改措施：加强排查。\n").title == title


ATTACHED = (
    "附件：示例市整改措施清单\n1.入河排污口整治不彻底，5个排口雨天溢流。\n整改措施：雨污分流。\n整改时限：2036年12月底\n"
    "2.建筑垃圾处置能力不足。\n整改措施：建成中心。\n整改时限：2037年6月底\n"
)
PLAN = (
    "示例市贯彻落实省生态环境保护督察反馈意见整改方案\n为切实抓好督察反馈意见整改，制定本方案。\n"
    "一、主要措施\n（一）提高政治站位。\n（二）狠抓突出问题整改。\n"
)


def test_the_findings_of_a_plan_stand_in_its_attachment_and_its_own_parts_name_none():
    assert [number for number, *_ in findings(ATTACHED, PLAN)] == ["1", "2"]


def test_an_attachment_below_findings_says_nothing_new():
    text = "一、整改情况\n1.关于“排污口整治不彻底”的问题。已整治5个排口。\n"

    assert [number for number, *_ in findings(text + ATTACHED)] == ["一/1"]


@pytest.mark.parametrize("word", ["审计发现", "巡察指出", "检查发现"])
def test_a_problem_may_be_introduced_by_who_found_it(word):
    text = (
        f"示例区教育局审计整改情况公告\n现将整改情况公告如下：\n1.{word}：预算编报不完整，少编86万元。\n整改：已编报。\n"
        f"2.{word}：结余资金未上缴214万元。\n整改：已缴库。\n"
    )

    assert [title for _, title, _ in findings(text, "")] == [
        "预算编报不完整，少编86万元",
        "结余资金未上缴214万元",
    ]


def test_parts_by_status_inside_the_part_on_findings_hold_findings():
    text = (
        "二、问题整改情况\n（一）已完成整改问题（2个）\n1.学习笔记抄袭应付。抽查笔记42本。\n2.活动场所破旧。投入6万元改造。\n"
        "（二）正在推进整改问题（1个）\n1.编制使用结构性短缺。已申报用编计划4名。\n"
    )

    assert findings(text) == [
        ("二/(一)/1", "学习笔记抄袭应付", "已完成"),
        ("二/(一)/2", "活动场所破旧", "已完成"),
        ("二/(二)/1", "编制使用结构性短缺", "正在推进"),
    ]


@pytest.mark.parametrize("said", ["（完成整改）", "完成整改。"])
def test_the_bullet_of_the_next_problem_hides_no_status(said):
    text = (
        "示例县供销社巡察整改结果公示\n"
        f"●主要问题：资产出租未公开招租。\n整改结果：重新招租，年增租金6.3万元。{said}\n"
        f"●主要问题：改制遗留问题未处理。\n整改结果：补缴社保38人。{said}\n"
    )

    assert [status for *_, status in findings(text, "")] == ["完成整改", "完成整改"]


def test_a_status_in_a_bracket_of_several_labels_loses_the_bracket():
    text = (
        "一、党的领导方面\n1.议事规则修订不及时（责任领导：样甲；完成情况：已完成）\n2034年12月修订《议事规则》。\n"
        "2.干部培养缺少规划（责任领导：样乙；完成情况：正在整改）\n2034年选派3人挂职。\n"
    )

    assert [status for *_, status in findings(text)] == ["已完成", "正在整改"]


def test_a_field_of_work_above_acts_is_no_finding_of_its_own():
    acts = "（1）签订责任书420份。\n（2）清理可燃物36公里。\n"
    text = f"一、整改完成情况\n1.责任落实方面\n{acts}整改进度：已完成。\n"

    assert "一/1" not in [number for number, *_ in findings(text)]
