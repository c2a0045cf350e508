"""The lines above the first heading and below the last one."""

from __future__ import annotations

from datetime import date

import pytest

from zhenggai.reading.interpreting.bodies import inspector_of
from zhenggai.reading.interpreting.closing import closing
from zhenggai.reading.interpreting.heading import headline, opening
from zhenggai.reading.outline_lines import paragraphs


def opened(text, metadata=None):
    return opening(text, paragraphs(text), len(text), metadata or {})


def test_portal_labels_with_their_values_are_no_lead():
    text = "索引号：\n000/2031\n- 1 -\n关于示例局巡察整改情况的通报\n现予通报。"
    head = opened(text)

    assert head.title == "关于示例局巡察整改情况的通报"
    assert [span.of(text) for span in head.portal] == ["索引号：", "000/2031", "- 1 -"]
    assert head.lead.of(text) == "现予通报。"


def test_lines_without_end_are_a_lead():
    text = "甲\n乙\n丙"

    assert opened(text).lead.of(text) == text
    assert opened("\n".join("甲" for _ in range(20))).lead.start == 0


def test_a_page_may_have_its_title_in_its_metadata():
    assert (
        opened("甲。", {"title": "示例网", "og:title": "示例局整改情况的通报 - 示例网"}).title
        == "示例局整改情况的通报"
    )
    assert opened("甲。", {"title": "示例网"}).title is None


def test_a_headline_is_short_and_unfinished():
    text = "示例县推进整改\n近日，示例县推进整改。"
    found = headline(text, opened(text))

    assert found is not None
    assert found[0] == "示例县推进整改"
    assert headline("近日。", opened("近日。")) is None


def test_page_counters_do_not_stop_the_closing_lines():
    text = "正文。\n示例局党组\n- 2 -\n2031年3月4日\n- 3 -"
    found = closing(text, paragraphs(text))

    assert found.signed_on == date(2031, 3, 4)
    assert text[found.start :].startswith("示例局党组")


def test_a_day_near_the_top_is_no_signature():
    text = "正文。\n2031年3月4日\n特此通报\n附件：甲\n附件：乙\n附件：丙"

    assert closing(text, paragraphs(text)).signed_on is None


def test_closing_lines_never_reach_into_what_stands_above_the_floor():
    text = "2031年3月4日\n2031年3月5日"

    assert closing(text, paragraphs(text), 5).start == text.rindex("2031")


SIGNED = "示例县示例局党组\n2034年3月2日"


@pytest.mark.parametrize(
    "below",
    [
        "网站转载：2034年5月6日",
        "转载时间：2034-05-06 08:30",
        "（示例文库收录，2034-05-06）",
        "2034-05-06 08:30",
        "示例资料网\n2034年5月6日",
        "- 2 -\n欢迎关注示例公众号，获取更多资料。\n2034-05-06",
        "示例局办公室 2034年3月4日印发",
        "附件\n示例台账\n发布时间：2034-05-06",
    ],
)
@pytest.mark.parametrize(
    "signed",
    [
        SIGNED,
        "示例县示例局党组（印章）\n2034年3月2日",
        "2034年3月2日\n示例县示例局党组",
        "示例县示例局党组　2034年3月2日",
    ],
)
def test_a_mirrors_lines_below_the_signature_neither_date_the_notice_nor_belong_to_its_last_finding(
    signed, below
):
    text = f"1.学习不深入。\n整改情况：开展学习。\n2.账目不清。\n整改情况：清查账目。\n{signed}\n{below}"
    found = closing(text, paragraphs(text))

    assert found.signed_on == date(2034, 3, 2)
    assert text[found.start :].startswith(signed[:6])
    assert not found.signatures or [span.of(text) for span in found.signatures] == ["示例县示例局党组"]


@pytest.mark.parametrize(
    "below",
    ["问题：账目不清。\n整改情况：清查账目。", "1.账目不清。", "一行\t两格", "\n".join(["一行。"] * 13)],
)
def test_an_appendix_below_the_signature_is_no_closing_line(below):
    text = f"正文甲。\n正文乙。\n正文丙。\n{SIGNED}\n{below}"

    assert closing(text, paragraphs(text)).start == len(text)


def test_who_signs_above_the_last_day_may_have_a_name_like_none_that_is_known():
    text = "1.学习不深入。\n整改情况：开展学习。\n示例集团第三分部\n2034年3月2日"
    found = closing(text, paragraphs(text))

    assert [span.of(text) for span in found.signatures] == ["示例集团第三分部"]
    for last in ("整改完成", "（三）示例", "已修订制度", "示例，分部"):
        text = f"1.学习不深入。\n整改情况：开展学习。\n{last}\n2034年3月2日"
        assert closing(text, paragraphs(text)).start == text.rindex("2034")
    text = "1.学习不深入\n开展集中学习\n2034年3月2日"
    assert closing(text, paragraphs(text)).start == text.rindex("2034")


@pytest.mark.parametrize(
    ("lead", "inspector"),
    [
        ("中共示例县商务局党组关于区委第六巡察组反馈意见整改情况的通报", "区委第六巡察组"),
        ("示例卫生健康局委员会关于区委巡察组反馈意见整改进展情况的通报", "区委巡察组"),
        ("示例公司党总支关于集团党委第二巡察组反馈意见的整改报告", "集团党委第二巡察组"),
        ("2030年区委第二巡察组于6月3日至7月20日开展了巡察。", "区委第二巡察组"),
        ("3月，教育系统第一巡察组对示例中学党支部开展了巡察。", "教育系统第一巡察组"),
        ("根据教育系统第一巡察组的反馈意见", "教育系统第一巡察组"),
        ("区委巡察六组对示例局党组进行了巡察。", "区委巡察六组"),
        ("日照示例市委第三巡察组反馈了意见。", "日照示例市委第三巡察组"),
    ],
)
def test_the_name_of_an_inspecting_body_begins_after_the_words_that_lead_to_it(lead, inspector):
    assert inspector_of(lead) == inspector
