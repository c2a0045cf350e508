"""Heading numbers."""

from __future__ import annotations

import pytest

from zhenggai.reading.outline_marks import MarkKind, mark_at, ordinal


@pytest.mark.parametrize(
    ("line", "kind", "count", "number"),
    [
        ("一、整改情况", MarkKind.CHINESE, 1, "一"),
        ("十二．整改情况", MarkKind.CHINESE, 12, "十二"),
        ("（二十一）整改", MarkKind.CHINESE_BRACKET, 21, "(二十一)"),
        ("(三)、整改", MarkKind.CHINESE_BRACKET, 3, "(三)"),
        ("㈣整改", MarkKind.CHINESE_BRACKET, 4, "(四)"),
        ("3.学习不深入", MarkKind.DIGIT, 3, "3"),
        ("１．学习不深入", MarkKind.DIGIT, 1, "1"),
        ("2、学习不深入", MarkKind.DIGIT, 2, "2"),
        ("1.2035年未开展学习", MarkKind.DIGIT, 1, "1"),
        ("4 学习不深入", MarkKind.DIGIT, 4, "4"),
        ("2.3学习不深入", MarkKind.DOTTED, 3, "2.3"),
        ("（5）学习不深入", MarkKind.DIGIT_BRACKET, 5, "(5)"),
        ("6)学习不深入", MarkKind.DIGIT_BRACKET, 6, "6)"),
        ("⑴学习不深入", MarkKind.DIGIT_BRACKET, 1, "(1)"),
        ("⑺学习不深入", MarkKind.DIGIT_BRACKET, 7, "(7)"),
        ("⑧学习不深入", MarkKind.CIRCLED, 8, "⑧"),
        ("第三部分 具体情况", MarkKind.PART, 3, "第三部分"),
        ("问题一：学习不深入", MarkKind.PROBLEM, 1, "问题一"),
        ("反馈问题（2）：学习不深入", MarkKind.PROBLEM, 2, "反馈问题(2)"),
        ("【问题3】学习不深入", MarkKind.PROBLEM, 3, "问题3"),
        ("反馈意见4：学习不深入", MarkKind.PROBLEM, 4, "反馈意见4"),
        ("问题五 学习不深入", MarkKind.PROBLEM, 5, "问题五"),
        ("（问题六）学习不深入", MarkKind.PROBLEM, 6, "问题六"),
    ],
)
def test_a_heading_number_is_known_by_its_family_and_count(line, kind, count, number):
    mark = mark_at(line, 0, len(line))

    assert mark is not None
    assert (mark.kind, mark.ordinal, mark.number) == (kind, count, number)


@pytest.mark.parametrize(
    "line",
    [
        "（2021—2025年）规划",
        "2023年4月13日至6月2日",
        "3.5万元已收回",
        "0.8个百分点",
        "0、整改",
        "3.5个百分点已经收回",
        "12．6％的资金",
        "一是建立清单",
        "12月底前完成",
        "问题整改情况",
        "根据区委部署",
        "",
    ],
)
def test_what_only_looks_like_a_number_is_no_heading(line):
    assert mark_at(line, 0, len(line)) is None


@pytest.mark.parametrize(
    ("printed", "count"), [("十", 10), ("二十", 20), ("一百零三", 103), ("百", 100), ("7", 7), ("〇", 0)]
)
def test_numerals_are_counted(printed, count):
    assert ordinal(printed) == count
