"""Days and deadlines as cells hold them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from zhenggai.reading.workbook.child import shown_as
from zhenggai.reading.workbook.days import day_of, due_of, several
from zhenggai.reading.workbook.money import yuan_of

JUNE = date(2031, 6, 30)


@pytest.mark.parametrize(
    ("printed", "on", "fault"),
    [
        ("2031年6月30日", JUNE, ""),
        ("2031-06-30", JUNE, ""),
        ("2031-06-30 00:00:00", JUNE, ""),
        ("2031-06-30T08:30", JUNE, ""),
        ("48029", JUNE, ""),
        ("48029.5", JUNE, ""),
        ("20310630", JUNE, ""),
        ("2031.6.30", JUNE, ""),
        ("2031．6．30", JUNE, ""),
        ("2031/6/30前", JUNE, ""),
        ("2031年6月底前", JUNE, ""),
        ("2031年6月", JUNE, ""),
        ("2031年6月底前，长期坚持", JUNE, ""),
        ("31年6月30日", None, ""),
        ("2031年六月底前", JUNE, ""),
        ("2031年十二月", date(2031, 12, 31), ""),
        ("2031年6月30日24时前", JUNE, ""),
        ("2031年6月上旬", date(2031, 6, 10), ""),
        ("2031年6月中旬前完成", date(2031, 6, 20), ""),
        ("2031年6月下旬", JUNE, ""),
        ("2031年6月—长期坚持", JUNE, ""),
        ("24年6月30日", date(2024, 6, 30), ""),
        ("2031年6月底前；\n2031年9月底前", None, ""),
        ("立行立改", None, ""),
        ("长期坚持", None, ""),
        ("持续推进", None, ""),
        ("即知即改", None, ""),
        ("3个月内", None, ""),
        ("收到反馈之日起15个工作日内", None, ""),
        ("2031年6月底前；2031年9月底前", None, ""),
        ("1.2031年6月底前；2.2031年9月底前", None, ""),
        ("1.2031年6月底前；2.长期坚持", None, ""),
        ("当日", None, ""),
        ("2031年6月30日前取得阶段性成效并巩固", None, ""),
        ("2031年2月30日", None, "impossible"),
        ("2031.13.1", None, "impossible"),
        ("20310231", None, "impossible"),
        ("1.2031年6月31日；2.2031年9月底前", None, "impossible"),
        ("6月底前", None, "no_year"),
        ("年底前", None, "no_year"),
        ("6.30", None, "no_year"),
        ("2131年6月30日", date(2131, 6, 30), "far"),
        ("1931年6月", date(1931, 6, 30), "far"),
        ("2931年6月30日", None, "far"),
        ("尽快", None, "unread"),
        ("2031年6月30日左右吧", None, "unread"),
    ],
)
def test_a_deadline_is_a_day_a_phrase_or_at_fault(printed, on, fault):
    due = due_of(printed)

    assert due == (on, fault)


def test_days_count_from_1904_where_the_workbook_says_so():
    assert day_of("46567", since_1904=True) == JUNE
    assert day_of("尽快") is None


def test_a_deadline_without_its_year_is_told_from_the_day_of_the_ledger():
    assert due_of("年底前", told_on=JUNE) == (date(2031, 12, 31), "")
    assert due_of("6月底前", told_on=JUNE) == (None, "no_year")


def test_deadlines_counted_in_one_cell_are_several():
    assert several("1.2031年6月底前；2.2031年9月底前") == ("2031年6月底前", "2031年9月底前")
    assert several("2031年6月底前") == ()
    assert several("1.尽快；2.2031年9月底前") == ()


@pytest.mark.parametrize(
    ("printed", "column", "yuan"),
    [
        ("1,280.50", "问题金额（万元）", Decimal(12805000)),
        ("12.5万元", "问题金额", Decimal(125000)),
        ("3", "金额/元", Decimal(3)),
        ("3", "金额", Decimal(3)),
        ("约3亿元", "金额（万元）", Decimal(300000000)),
        ("￥3,000.00", "", Decimal(3000)),
        ("-5", "", Decimal(-5)),
        ("十来万", "", None),
        ("1,28", "", None),
        ("3万元和5万元", "", None),
    ],
)
def test_an_amount_is_read_in_the_unit_of_its_cell_or_column(printed, column, yuan):
    assert yuan_of(printed, column) == yuan


def test_long_whole_numbers_are_written_out() -> None:
    assert [shown_as(number) for number in (7.0, 12345678901234568.0, 1.5, 1e18)] == [
        "7",
        "12345678901234568",
        "1.5",
        "1e+18",
    ]
