from __future__ import annotations

import pytest

from zhenggai.domain.spans import EditKind
from zhenggai.reading.restoring.edits import Change, apply
from zhenggai.reading.restoring.lost_dates import WHY_AMBIGUOUS, WHY_NO_DAY, WHY_REBUILT, add


@pytest.mark.parametrize(
    ("printed", "rebuilt"),
    [
        ("于2021915日召开", "于2021年9月15日召开"),
        ("于2024717日至830日巡察", "于2024年7月17日至8月30日巡察"),
        ("20240103日", "2024年01月03日"),
        ("2021年915日", "2021年9月15日"),
        ("20219月15日", "2021年9月15日"),
        ("202111月前完成", "2021年11月前完成"),
        ("20211228日在会上", "2021年12月28日在会上"),
    ],
)
def test_a_broken_date_is_rebuilt_where_the_calendar_leaves_one_day(printed: str, rebuilt: str):
    changes = add(printed, [])

    assert apply(printed, changes) == rebuilt
    assert {(change.kind, change.why) for change in changes} == {(EditKind.BYTES, WHY_REBUILT)}


@pytest.mark.parametrize("printed", ["2024111日", "2021112日", "202411日至111日"])
def test_a_broken_date_with_several_days_is_only_flagged(printed: str):
    changes = add(f"于{printed}召开", [])

    assert EditKind.FLAG in {change.kind for change in changes}
    flagged = [change for change in changes if change.kind is EditKind.FLAG]
    assert all(change.after in printed and change.why == WHY_AMBIGUOUS for change in flagged)


@pytest.mark.parametrize(
    "printed",
    [
        "2021年9月15日",
        "2021年15日内",
        "共12021915日元",
        "工期30日",
        "2021-915日",
        "没有日期",
        "6月2日至15日",
        "2021年",
        "电话20219157",
        "1.20219月",
    ],
)
def test_whole_dates_and_other_numbers_stay(printed: str):
    assert add(printed, []) == []


def test_digits_that_are_no_day_at_all_are_flagged():
    # February of 2023 has 28 days and there is no month 22.
    (change,) = add("2023229日", [])

    assert (change.kind, change.after, change.why) == (EditKind.FLAG, "2023229", WHY_NO_DAY)


def test_a_second_day_of_two_digits_is_a_day():
    printed = "2024717日至30日"

    assert apply(printed, add(printed, [])) == "2024年7月17日至30日"


def test_what_another_change_covers_is_left_to_it():
    taken = Change(0, 5, "x", EditKind.BYTES, "")

    assert add("2021915日，2021915日", [taken]) == [taken, *add("xxxxxxxx，2021915日", [])]
