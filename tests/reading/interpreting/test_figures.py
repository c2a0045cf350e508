"""Stated figures with their grain, each row worked out by hand."""

from __future__ import annotations

import pytest

from zhenggai.domain.spans import Span
from zhenggai.reading.interpreting.figures import statistics


def figures(text: str) -> list[str]:
    found = statistics(text, [Span(0, len(text))])
    return [f"{one.group} {one.label} {one.value} {one.unit}" for each in found for one in each.figures]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # groups beside each other, each of its own grain
        (
            "反馈12类39个问题，细化为157项整改措施。",
            ["0 反馈问题 12 类", "1 问题 39 个", "2 细化为整改措施 157 项"],
        ),
        (
            "反馈问题100个，其中党的建设60个、业务40个。",
            ["0 反馈问题 100 个", "0 党的建设 60 个", "0 业务 40 个"],
        ),
        # the two that are partly done lie inside the ten that remain
        (
            "已完成整改6个，基本完成2个，剩余10个问题（含基本完成的2个）正在推进。",
            ["0 完成整改 6 个", "0 基本完成 2 个", "1 剩余问题 10 个", "1 含基本完成 2 个"],
        ),
        # 分别 shares out a list, or repeats what it speaks of; none of its figures is part of another
        (
            "政治建设、组织建设、作风建设方面问题分别20个、21个、21个。",
            ["0 政治建设 20 个", "1 组织建设 21 个", "2 作风建设方面问题 21 个"],
        ),
        (
            "三个方面问题分别为20个、21个、21个。",
            ["0 方面问题 3 个", "1 三个方面问题 20 个", "2 三个方面问题 21 个", "3 三个方面问题 21 个"],
        ),
        (
            "学习、考核方面问题分别为5个、3个，已完成整改8个。",
            ["0 学习 5 个", "1 考核方面问题 3 个", "2 完成整改 8 个"],
        ),
        # people by kind, money, zeros, rates
        (
            "给予党纪处分3人、诫勉谈话5人次、批评教育0人，追缴资金约35.6万元，清退1,200余元。",
            [
                "0 给予党纪处分 3 人",
                "1 诫勉谈话 5 人次",
                "2 批评教育 0 人",
                "3 追缴资金约 35.6 万元",
                "4 清退 1200 元",
            ],
        ),
        ("清退资金1.2亿元，涉及问题2个。", ["0 清退资金 1.2 亿元", "1 问题 2 个"]),
        ("整改完成率98.71％，制定制度12项。", ["0 整改完成率 98.71 %", "1 制定制度 12 项"]),
        # full-width digits and numerals in characters
        ("反馈问题１２个，整改率８３．３％。", ["0 反馈问题 12 个", "0 整改率 83.3 %"]),
        (
            "反馈的三十九个问题，已完成整改三十六个，两项正在整改。",
            ["0 反馈问题 39 个", "0 完成整改 36 个", "1 正在整改 2 项"],
        ),
        ("反馈问题一百二十个，十项任务已完成。", ["0 反馈问题 120 个", "1 任务 10 项"]),
        ("移交问题线索0件，追责问责零人。", ["0 移交问题线索 0 件", "1 追责问责 0 人"]),
        # names that hold a numeral are no figures
        (
            "第二批反馈中违反八项规定精神问题5个，践行两个维护问题3个。",
            ["0 第二批反馈中违反八项规定精神问题 5 个", "0 践行两个维护问题 3 个"],
        ),
        ("一是制定制度3项。", ["0 制定制度 3 项"]),
        ("已完成整改19个；正在整改6个问题。", ["0 完成整改 19 个", "1 正在整改问题 6 个"]),
        ("今天来了三个人。", []),
    ],
)
def test_figures_are_read_with_label_value_and_unit(sentence, expected):
    assert figures(sentence) == expected


def test_a_term_in_days_is_no_figure():
    assert figures("反馈问题3个，公示期5个工作日。") == ["0 反馈问题 3 个"]
    assert figures("整改情况公示期10个工作日，问题可反映。") == []
