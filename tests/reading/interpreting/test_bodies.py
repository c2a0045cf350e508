"""Who is inspected, who inspects, the title of a document and its kind."""

from __future__ import annotations

import pytest

from zhenggai.domain.reading import DocumentKind
from zhenggai.reading import read
from zhenggai.reading.interpreting.bodies import inspector_of, organisation_of

BODY = "1.学习不深入。已完成整改。\n2.账目不清。已完成整改。\n"


@pytest.mark.parametrize(
    ("title", "organisation"),
    [
        ("中共云山县委组织部机关党委关于巡察整改情况的通报", "中共云山县委组织部机关党委"),
        ("中共云山县纪委机关党总支关于巡察整改情况的通报", "中共云山县纪委机关党总支"),
        ("云山县应急管理局2033年度审计查出问题整改情况报告", "云山县应急管理局"),
        ("云山县示例镇人民政府二〇三三年安全生产隐患整改情况通报", "云山县示例镇人民政府"),
        ("云山县示例学校党支部“回头看”反馈问题整改情况通报", "云山县示例学校党支部"),
        ("云山县示例局问题清单", "云山县示例局"),
        ("云山县委办公室关于省委巡视反馈意见整改情况的通报", "云山县委办公室"),
        ("示例镇党委巡察整改情况通报", "示例镇党委"),
        # whom a list or feedback says was inspected
        ("巡察县示例医保局党组反馈问题清单", "县示例医保局党组"),
        ("巡察示例镇党委发现问题清单", "示例镇党委"),
        ("十四届县委第五轮巡察县示例局党组反馈问题整改清单", "县示例局党组"),
        ("县委巡察县示例局党组反馈意见整改落实情况公示", "县示例局党组"),
        ("县委第三巡察组关于对县示例局党组巡察情况的反馈意见", "县示例局党组"),
        ("中共云山市委巡察组关于对示例公司党支部巡察情况的反馈意见", "示例公司党支部"),
        ("关于对县示例局党组的巡察反馈意见", "县示例局党组"),
        # whose inspection it was, and whom it is written to
        ("云山县委巡察整改情况通报", None),
        ("云山县审计局审计整改督促函", None),
        ("云山县省级督察交办问题整改情况公示", None),
        ("致云山县审计局关于审计查出问题整改情况的报告", None),
    ],
)
def test_the_organisation_is_the_one_that_the_title_begins_with(title, organisation):
    assert organisation_of(title, "", "") == organisation


@pytest.mark.parametrize(
    ("lead", "inspector"),
    [
        ("致云山县审计局：\n贵局报告收悉。", "云山县审计局"),
        ("致：云山县审计局\n贵局报告收悉。", "云山县审计局"),
        ("现呈报云山县审计局如下。", "云山县审计局"),
        ("经开区审计局开展了审计。", "经开区审计局"),
        ("由云山县审计局开展了审计。", "云山县审计局"),
        ("市委巡察组开展了巡察。6月18日，市委第三巡察组反馈了意见。", "市委第三巡察组"),
        ("市委第二巡察组开展了巡察。6月18日，市委第三巡察组反馈了意见。", "市委第二巡察组"),
        ("市委巡察组开展了巡察。6月18日，县委第三巡察组反馈了意见。", "市委巡察组"),
        ("现将县委第四巡察组反馈问题整改情况通报如下。", "县委第四巡察组"),
        ("云山县委第三巡察组反馈了意见。", "云山县委第三巡察组"),
    ],
)
def test_the_inspecting_body_is_named_without_words_before_it_and_most_fully(lead, inspector):
    assert inspector_of(lead) == inspector


def test_a_letter_names_whom_it_is_written_to_and_who_signed_it():
    reading = read(
        f"致云山县审计局\n关于2033年度审计查出问题整改情况的报告\n{BODY}云山县示例局\n2034年1月2日\n"
    )

    assert (reading.organisation, reading.inspector) == ("云山县示例局", "云山县审计局")


@pytest.mark.parametrize("line", ["致：云山县审计局", "致云山县审计局：", "主送：云山县审计局"])
def test_a_line_above_the_title_may_say_whom_a_letter_is_written_to(line):
    reading = read(
        f"{line}\n云山县示例医院关于2033年度财务收支整改情况的报告\n{BODY}云山县示例医院\n2034年1月2日\n",
        explain=True,
    )

    assert (reading.organisation, reading.inspector) == ("云山县示例医院", "云山县审计局")
    why = {item.path: item for item in reading.explained}["inspector"]
    assert why.rule == "inspector_addressed"
    assert why.span.of(reading.text) == "云山县审计局"


def test_a_group_that_inspects_is_no_part_of_the_name_of_whom_it_inspects():
    assert organisation_of(None, "县委第二巡察组巡察示例局党组发现以下问题", "") == "示例局党组"


@pytest.mark.parametrize(
    ("top", "title"),
    [
        ("【问题清单】", "问题清单"),
        ("问题清单", "问题清单"),
        ("《巡察整改问题台账》", "巡察整改问题台账"),
        ("【问题清单】\n云山县示例局巡察问题清单", "云山县示例局巡察问题清单"),
        ("巡察整改“三清单”", "巡察整改“三清单”"),
        ("【整改公开】", None),
    ],
)
def test_a_title_may_stand_in_brackets(top, title):
    reading = read(f"{top}\n1.学习不深入。\n2.账目不清。\n")

    assert reading.title == title
    assert not title or [finding.title for finding in reading.findings] == ["学习不深入", "账目不清"]


def test_a_list_of_problems_within_a_document_is_a_label():
    reading = read("云山县示例局巡察反馈意见\n【问题清单】\n学习不深入。\n【问题清单】\n账目不清。\n")

    assert [finding.title for finding in reading.findings] == ["学习不深入", "账目不清"]


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("中共云山县示例局党组关于县委第三巡察组反馈意见的整改方案", DocumentKind.PLAN),
        ("云山县示例局巡察整改台账", DocumentKind.LEDGER),
        ("云山县示例局巡察整改“三清单”", DocumentKind.LEDGER),
        ("中共云山县委第三巡察组关于巡察县示例局党组的反馈意见", DocumentKind.FEEDBACK),
        ("县委巡察组反馈问题清单", DocumentKind.FEEDBACK),
        ("中共云山县示例局党组关于巡察整改进展情况的通报", DocumentKind.NOTICE),
        ("云山县示例局关于县委第三巡察组反馈意见整改落实情况的公示", DocumentKind.NOTICE),
        ("云山县示例局整改销号公示", DocumentKind.CLOSURE_NOTICE),
        ("云山县环保督察整改验收销号公示", DocumentKind.CLOSURE_NOTICE),
        ("关于对第12号突出环境问题整改验收销号的公告", DocumentKind.CLOSURE_NOTICE),
        ("关于云山县示例局2033年度审计查出问题整改情况的报告", DocumentKind.REPORT),
        ("关于反馈巡察整改情况的函", DocumentKind.REPORT),
        ("在中国共产党云山县第十次代表大会上的报告", DocumentKind.OTHER),
        ("安全生产检查常见问题清单", DocumentKind.OTHER),
        ("巡察整改常见问题解答", DocumentKind.OTHER),
    ],
)
def test_the_kind_follows_from_the_title(title, kind):
    reading = read(f"{title}\n{BODY}")

    assert reading.kind is kind
    assert bool(reading.findings) is (kind is not DocumentKind.OTHER)


@pytest.mark.parametrize(
    "news",
    [
        "云山县召开巡察整改工作推进会\n本报讯（记者 李示例）1月5日，云山县召开推进会。会议指出，要抓好整改。",
        "县委第三巡察组向县示例局党组反馈巡察情况\n近日，巡察组反馈了情况。反馈会上，组长指出了问题。",
    ],
)
def test_news_of_a_meeting_is_news(news):
    assert read(news).kind is DocumentKind.NEWS
