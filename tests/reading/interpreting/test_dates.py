"""Days and deadlines."""

from __future__ import annotations

from datetime import date

import pytest

from zhenggai.reading import read
from zhenggai.reading.interpreting.dates import (
    days_in,
    due_day,
    first_day,
    relative_due,
    signature_day,
    stretches_in,
)


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("2024年6月30日", date(2024, 6, 30)),
        ("2024年6月30日前", date(2024, 6, 30)),
        ("2024-06-30", date(2024, 6, 30)),
        ("2024.6.30前完成", date(2024, 6, 30)),
        ("2024年2月底前", date(2024, 2, 29)),
        ("2023年2月底", date(2023, 2, 28)),
        ("2024年6月", date(2024, 6, 30)),
        ("2024年12月底前完成整改", date(2024, 12, 31)),
        ("2024年底前", date(2024, 12, 31)),
        ("2024年年底前完成", date(2024, 12, 31)),
        ("2024年", None),
        ("2024年6月前", None),
        ("6月底前", None),
        ("立行立改", None),
        ("长期坚持", None),
        ("2024年13月底前", None),
        ("2024年2月30日", None),
        ("2024年6月30日前，长期坚持", None),
        ("2024/6/30", date(2024, 6, 30)),
        ("2024-06", date(2024, 6, 30)),
        ("２０２４年６月底前", date(2024, 6, 30)),
        ("二〇二四年六月三十日前", date(2024, 6, 30)),
        ("二〇二四年六月三十日左右", None),
        ("2024年上半年", date(2024, 6, 30)),
        ("2024年第三季度", date(2024, 9, 30)),
        ("2024年三季度末前完成", date(2024, 9, 30)),
        ("2024年内", date(2024, 12, 31)),
        ("2023年4月至6月", date(2023, 6, 30)),
        ("2024年6月~8月", date(2024, 8, 31)),
        ("2024年6月到9月底", date(2024, 9, 30)),
        ("2023年12月7日——8日", date(2023, 12, 8)),
        ("2024年6月30日至7月15日", date(2024, 7, 15)),
        ("2023年11月至2024年1月", date(2024, 1, 31)),
        ("6月至8月", None),
        ("2024年6月至13月", None),
    ],
)
def test_a_deadline_is_the_last_day_it_leaves(printed, day):
    assert due_day(printed) == day


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("2024年3月28日", date(2024, 3, 28)),
        ("（2024年3月8日）", date(2024, 3, 8)),
        ("二〇二四年三月二十八日", date(2024, 3, 28)),
        ("二○二四年十二月十日", date(2024, 12, 10)),
        ("2024年3月28日印发", None),
        ("2024年2月30日", None),
        ("云山县示例局", None),
        ("三四五六年十三月二日", None),
    ],
)
def test_a_signature_day_fills_its_line(line, day):
    assert signature_day(line) == day


def stays(text: str, year: int | None = None) -> list[tuple[date, date]]:
    return [(stretch.first, stretch.last) for stretch in stretches_in(text, 0, len(text), year)]


def test_a_stretch_inherits_what_it_leaves_out():
    assert stays("2023年4月13日至6月2日") == [(date(2023, 4, 13), date(2023, 6, 2))]
    assert stays("2023年12月7日——8日") == [(date(2023, 12, 7), date(2023, 12, 8))]
    assert stays("2023年4月13日至2024年1月2日") == [(date(2023, 4, 13), date(2024, 1, 2))]
    assert stays("3月1日-3月9日", 2031) == [(date(2031, 3, 1), date(2031, 3, 9))]
    assert stays("3月1日—9日", 2031) == [(date(2031, 3, 1), date(2031, 3, 9))]


def test_a_stretch_over_the_new_year_ends_in_the_next():
    assert stays("2023年11月20日至1月15日") == [(date(2023, 11, 20), date(2024, 1, 15))]


def test_a_stretch_without_a_year_or_that_no_calendar_has_is_none():
    assert stays("3月1日至9日") == []
    assert stays("2023年2月30日至3月9日") == []
    assert stays("3月9日至2月1日", 2031) == []


def test_a_day_without_a_year_takes_that_of_the_day_before_it():
    text = "2023年4月13日动员，同年6月2日反馈，2月30日不算"
    days = [stretch.first for stretch in days_in(text, 0, len(text))]

    assert days == [date(2023, 4, 13), date(2023, 6, 2)]
    assert days_in("6月2日", 0, 4) == []


def test_the_first_day_that_exists_is_found_in_a_line():
    assert first_day("发布时间：2024-03-28 08:46") == date(2024, 3, 28)
    assert first_day("2024-02-31 与 2024-03-01") == date(2024, 3, 1)
    assert first_day("没有日期") is None


@pytest.mark.parametrize(
    ("printed", "spring", "autumn"),
    [
        ("今年6月底前", date(2024, 6, 30), date(2024, 6, 30)),
        ("本年度内", date(2024, 12, 31), date(2024, 12, 31)),
        ("明年3月底前", date(2025, 3, 31), date(2025, 3, 31)),
        ("去年12月", date(2023, 12, 31), date(2023, 12, 31)),
        ("年底前完成", date(2024, 12, 31), date(2024, 12, 31)),
        ("今年上半年", date(2024, 6, 30), date(2024, 6, 30)),
        ("今年第三季度", date(2024, 9, 30), date(2024, 9, 30)),
        ("上半年", date(2024, 6, 30), None),
        ("下半年", date(2024, 12, 31), date(2024, 12, 31)),
        ("本月底前", date(2024, 3, 31), date(2024, 9, 30)),
        ("6月底前", None, None),
        ("次年3月", None, None),
        ("长期坚持", None, None),
    ],
)
def test_a_deadline_told_from_the_day_of_publication_is_computed_where_one_reading_is_possible(
    printed, spring, autumn
):
    assert relative_due(printed, date(2024, 3, 8)) == spring
    assert relative_due(printed, date(2024, 9, 8)) == autumn


def test_relative_deadlines_of_findings_and_measures_count_from_the_day_under_the_signature():
    text = (
        "示例局党组关于巡察整改情况的通报\n一、反馈问题整改情况\n1.学习不够深入。\n整改措施：一是补课。责任单位：办公室；"
        "完成时限：今年9月底前\n二是考核。责任单位：人事科；完成时限：年底前\n2.考核不严。\n整改措施：考核。\n"
        "完成时限：上半年\n3.台账不全。\n整改措施：补全。\n完成时限：8月底前\n示例局党组\n"
    )
    dated = read(text + "2024年3月8日\n").findings
    plain = read(text).findings

    assert [item.due_on for item in dated[0].measures] == [date(2024, 9, 30), date(2024, 12, 31)]
    assert [finding.due_on for finding in dated[1:]] == [date(2024, 6, 30), None]
    assert [finding.due_on for finding in plain[1:]] == [None, None]
