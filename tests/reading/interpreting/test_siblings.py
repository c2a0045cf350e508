"""Headings of one numbering and the totals above them."""

from __future__ import annotations

from zhenggai.reading import read

TITLE = "中共云山县示例局党组关于巡察整改情况的通报\n"


def titles(body, lead="县委第二巡察组对示例局开展了巡察。现将整改情况通报如下：\n"):
    return [finding.title for finding in read(TITLE + lead + body).findings]


def test_a_total_makes_findings_of_as_many_headings_whatever_their_words():
    body = "1. 窗口吐槽多\n增设窗口3个。\n2. 账目糊涂\n清理32笔。\n3. 走访蜻蜓点水\n走访120户。\n"

    assert titles(body, "县委巡察组反馈三个问题。现将整改情况通报如下：\n") == [
        "窗口吐槽多",
        "账目糊涂",
        "走访蜻蜓点水",
    ]
    assert len(titles(body, "县委巡察组共反馈问题3个。现将整改情况通报如下：\n")) == 3
    assert titles(body, "县委巡察组反馈5个问题。现将整改情况通报如下：\n") == []


def test_a_total_counts_no_deeds_and_no_parts_on_organisation():
    deeds = "一、提高认识\n召开会议。\n二、压实责任\n成立专班。\n"
    lead = "县委巡察组反馈2个问题。现将整改情况通报如下：\n"

    assert titles(deeds, lead) == []
    assert titles(f"{deeds}三、窗口吐槽多\n增设窗口。\n四、走访蜻蜓点水\n走访12户。\n", lead) == [
        "窗口吐槽多",
        "走访蜻蜓点水",
    ]


def test_a_heading_beside_two_findings_is_one_and_closing_words_are_none():
    body = (
        "一、关于学习不深入的问题\n学习12次。\n二、关于记录不全的问题\n补齐。\n三、夜市占道\n清理摊位32个。\n"
        "四、工作体会\n领导重视是关键。\n"
    )

    assert titles(body) == ["学习不深入", "记录不全", "夜市占道"]


def test_a_heading_under_which_other_problems_stand_is_none_of_its_neighbours():
    body = (
        "一、整改情况\n（一）学习不深入\n学习12次。\n（二）夜市占道\n1.摊位未登记\n整改情况：已登记。\n"
        "2.收费不公开\n整改情况：已公开。\n"
    )

    assert titles(body) == ["学习不深入", "摊位未登记", "收费不公开"]
