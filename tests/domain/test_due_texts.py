"""What the wording of a deadline means, by a table written by hand."""

from __future__ import annotations

from datetime import date

import pytest

from zhenggai.domain.due_texts import due_meaning
from zhenggai.domain.lifecycle import Nature
from zhenggai.domain.working_days import TermTooLongError, calendar_from

ON = date(2024, 3, 8)
SINCE = date(2024, 2, 5)
# Spring Festival 2024: 10 to 17 February off, 4 and 18 February worked.
CALENDAR = calendar_from(
    "\n".join(f"2024-02-{day} off" for day in range(10, 18)) + "\n2024-02-04 work\n2024-02-18 work\n"
)


@pytest.mark.parametrize(
    ("printed", "due"),
    [
        ("2024年6月30日", "2024-06-30"),
        ("2024年6月30日前完成", "2024-06-30"),
        ("2024.6.30", "2024-06-30"),
        ("2024/06/30前", "2024-06-30"),
        ("2024-06-30", "2024-06-30"),
        ("二〇二四年六月三十日", "2024-06-30"),
        ("２０２４年６月３０日", "2024-06-30"),
        ("二零二四年六月三十日", "2024-06-30"),
        ("本年6月底前", "2024-06-30"),
        ("后年6月底前", "2026-06-30"),
        ("两个季度内", "2024-08-05"),
        ("两星期内", "2024-02-19"),
        ("明年1月底前", "2025-01-31"),
        ("3月8日前", "2024-03-08"),
        ("12月31日前", "2024-12-31"),
        ("1月15日前", "2025-01-15"),
        ("2024年2月底前", "2024-02-29"),
        ("2024年6月底前", "2024-06-30"),
        ("2024年6月", "2024-06-30"),
        ("2024-06", "2024-06-30"),
        ("6月底前", "2024-06-30"),
        ("十二月底前", "2024-12-31"),
        ("2月底前", "2025-02-28"),
        ("明年6月底前", "2025-06-30"),
        ("2024年第一季度末", "2024-03-31"),
        ("三季度", "2024-09-30"),
        ("今年上半年", "2024-06-30"),
        ("2024年下半年", "2024-12-31"),
        ("年底前", "2024-12-31"),
        ("今年年底前", "2024-12-31"),
        ("2025年底前完成整改", "2025-12-31"),
        ("2024年内", "2024-12-31"),
        ("30日内", "2024-03-06"),
        ("三十日内完成", "2024-03-06"),
        ("10天", "2024-02-15"),
        ("两周内", "2024-02-19"),
        ("一百二十日内", "2024-06-04"),
        ("1个月内", "2024-03-05"),
        ("自反馈之日起3个月内", "2024-05-05"),
        ("即日起一个月内", "2024-03-05"),
        ("半年内", "2024-08-05"),
        ("两年内", "2026-02-05"),
        ("一季度内", "2024-03-31"),
        ("5个工作日内", "2024-02-18"),
        ("收到反馈意见后15个工作日内", "2024-03-01"),
    ],
)
def test_a_wording_that_means_one_day_gives_it(printed, due):
    meaning = due_meaning(printed, on=ON, since=SINCE, calendar=CALENDAR)

    assert meaning is not None
    assert meaning.due == date.fromisoformat(due)
    assert meaning.nature is None
    assert not meaning.is_provisional


@pytest.mark.parametrize(
    ("printed", "due", "nature"),
    [
        ("立行立改", None, Nature.IMMEDIATE),
        ("立即整改。", None, Nature.IMMEDIATE),
        ("长期坚持", None, Nature.LONG_TERM),
        ("立行立改并长期坚持", None, Nature.LONG_TERM),
        ("限期整改", None, Nature.TIME_BOUND),
        ("2024年6月底前，长期坚持", "2024-06-30", Nature.LONG_TERM),
        ("2024年6月30日并长期坚持", "2024-06-30", Nature.LONG_TERM),
    ],
)
def test_a_phrase_gives_a_nature(printed, due, nature):
    meaning = due_meaning(printed, on=ON, since=SINCE, calendar=CALENDAR)

    assert meaning is not None
    assert meaning.due == (date.fromisoformat(due) if due else None)
    assert meaning.nature is nature


@pytest.mark.parametrize(
    "printed",
    [
        "", "。", "随时", "尽快", "2024年", "30日", "30日前", "半年", "半月内", "内", "底", "2024年13月底",
        "2024年2月30日", "2023年2月29日", "0000年1月1日", "0000年1月底", "整改完成后10日内",
        "收到督办单后5日内", "一季度前", "近期，长期坚持", "2024年6月底前，尽快",
        "2024年6月底前，长期坚持不懈", "100月", "第五季度",
    ],
)  # fmt: skip
def test_a_wording_that_means_no_one_day_is_not_guessed(printed):
    assert due_meaning(printed, on=ON, since=SINCE, calendar=CALENDAR) is None


def test_how_it_was_counted_is_said():
    meaning = due_meaning("15个工作日内", on=ON, since=SINCE, calendar=CALENDAR)

    assert meaning is not None
    assert str(meaning.why) == "15 working days after 2024-02-05, which itself does not count"


@pytest.mark.parametrize(
    ("printed", "months"), [("半年内", 6), ("两个季度内", 6), ("一年内", 12), ("3个月内", 3)]
)
def test_months_are_said_as_they_were_counted(printed, months):
    meaning = due_meaning(printed, on=ON, since=SINCE, calendar=CALENDAR)

    assert meaning is not None
    assert str(meaning.why).startswith(f"{months} months after 2024-02-05")


def test_working_days_in_a_year_that_is_not_announced_are_provisional():
    meaning = due_meaning("10个工作日内", on=ON, since=date(2024, 12, 26), calendar=CALENDAR)

    assert meaning is not None
    assert meaning.due == date(2025, 1, 9)
    assert meaning.is_provisional


def test_a_term_beyond_ten_years_is_a_typing_error():
    with pytest.raises(TermTooLongError, match="5000 days"):
        due_meaning("5000日内", on=ON, since=SINCE, calendar=CALENDAR)
