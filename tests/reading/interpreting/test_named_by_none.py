"""Words that sound like findings and name none, and titles and roles that such words were taken for."""

from __future__ import annotations

import pytest

from zhenggai.domain.reading import PartKind
from zhenggai.domain.spans import Span
from zhenggai.reading import read
from zhenggai.reading.interpreting.labels import LabelIndex
from zhenggai.reading.interpreting.parts import claim
from zhenggai.reading.interpreting.without_field import left_around
from zhenggai.reading.outline_lines import paragraphs

NEWS = "示例县交通运输局巡察整改见实效\n本报讯 近日，示例县交通运输局扎实推进巡察整改。\n"
NOTICE = (
    "中共云山县示例局党组关于巡察整改情况的通报\n县委第二巡察组对示例局开展了巡察。现将整改情况通报如下：\n"
)


@pytest.mark.parametrize(
    "order",
    [
        "对未整改到位的7个问题，要明确责任单位和完成时限。",
        "针对未整改到位的七项问题：要明确责任单位。针对未完成的 3 类问题：要持续用力。",
    ],
)
def test_an_order_about_so_many_problems_names_none(order):
    reading = read(
        "关于对示例县政府审计整改情况报告的审议意见\n示例县人大常委会听取和审议了审计查出问题整改情况的报告。\n"
        f"一、提高思想认识。要充分认识整改的重要性。\n二、加大整改落实力度。{order}\n"
    )

    assert reading.findings == ()
    assert [section.title for section in reading.sections] == ["提高思想认识", "加大整改落实力度"]


@pytest.mark.parametrize(
    "told",
    [
        "针对“公交班次少”问题，新增公交线路2条，已完成整改。（王示例）",
        "问题：公交班次少\n整改情况：新增公交线路2条，已完成整改。",
    ],
)
def test_news_names_no_finding_and_its_problems_are_pointed_at(told):
    reading = read(f"{NEWS}{told}\n")

    assert (reading.kind.value, reading.findings) == ("news", ())
    assert "公交班次少" in "".join(unread.text for unread in reading.unread)


@pytest.mark.parametrize(
    ("byline", "kind"), [("（王晓）", "news"), ("（王晓 李示例）", "news"), ("（办公室）", "notice")]
)
def test_a_writer_behind_the_last_sentence_makes_an_article_news(byline, kind):
    told = "针对“公交班次少”问题，新增公交线路2条，已完成整改。"
    reading = read(f"示例县交通运输局巡察整改见实效\n{told}{byline}\n")

    assert (reading.kind.value, len(reading.findings)) == (kind, 0 if kind == "news" else 1)


def test_what_is_under_way_is_not_for_the_long_term():
    reading = read(
        f"{NOTICE}一、已完成整改的问题（1个）\n1.学习不深入的问题。\n整改情况：已完成整改。\n"
        "二、正在整改的问题（1个）\n1.档案管理不规范的问题。\n整改情况：正在整改。\n"
    )

    assert [section.role.value for section in reading.sections] == ["findings", "findings"]
    assert [finding.stated_progress.value for finding in reading.findings] == ["done", "in_progress"]


def test_the_title_of_a_page_gives_way_to_that_of_its_document():
    paragraphs = "".join(
        f"<p>{line}</p>" for line in f"{NOTICE}一、学习不深入的问题\n整改情况：已完成整改。".split("\n")
    )
    page = f"<html><head><title>整改通报 - 示例县人民政府</title></head><body>{paragraphs}</body></html>"

    reading = read(page.encode(), name="page.html")

    assert reading.title == "中共云山县示例局党组关于巡察整改情况的通报"
    assert reading.organisation == "中共云山县示例局党组"


@pytest.mark.parametrize(
    ("first", "second"),
    [("巡察整改情况通报", "关于巡察整改情况的通报"), ("关于整改的通报", NOTICE.partition("\n")[0])],
)
def test_the_first_of_two_titles_that_may_both_be_the_documents_is_kept(first, second):
    assert (
        read(f"{first}\n{second}\n现将整改情况通报如下：\n一、学习不深入的问题\n整改情况：已整改。\n").title
        == first
    )


def test_a_label_in_the_lead_is_left_over_unless_something_says_what_it_is():
    text = "整改情况：已整改。\n整改时限：长期"
    index = LabelIndex(text, paragraphs(text))
    said = claim(0, 5, PartKind.LABEL, "lead", "label")

    left = left_around(text, index, [Span(0, len(text))], [said])

    assert [one.start for one in left] == [text.index("整改时限")]
