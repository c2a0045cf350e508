"""The days of a document whose year stands apart from them, and what an address is not."""

from __future__ import annotations

from datetime import date

import pytest

from zhenggai.reading import read

TITLE = "示例中学党总支巡察整改情况报告\n"
BODY = "\n1.示例台账不完整\n整改情况：已补齐台账。\n"


@pytest.mark.parametrize(
    ("lead", "signed", "on_site", "feedback"),
    [
        (
            "2030年区委第一巡察组于6月3日至7月20日对示例中学党总支进行了巡察，8月15日反馈了意见。",
            "2031年3月5日",
            (date(2030, 6, 3), date(2030, 7, 20)),
            date(2030, 8, 15),
        ),
        (
            "今年4月，区委第一巡察组对我校党总支开展了巡察，5月6日反馈问题2个。",
            "2031年7月2日",
            None,
            date(2031, 5, 6),
        ),
        ("今年4月，区委第一巡察组对我校党总支开展了巡察，8月6日反馈问题2个。", "2031年7月2日", None, None),
        ("今年4月，区委第一巡察组对我校党总支开展了巡察，5月6日反馈问题2个。", "", None, None),
        ("4月，区委第一巡察组对我校党总支开展了巡察，5月6日反馈问题2个。", "2031年7月2日", None, None),
    ],
)
def test_days_take_the_year_that_stands_before_them_or_the_one_of_publication(
    lead, signed, on_site, feedback
):
    dates = read(f"{TITLE}{lead}{BODY}示例中学党总支\n{signed}\n").dates

    assert (dates.on_site, dates.feedback_on) == (on_site, feedback)


@pytest.mark.parametrize(
    ("printed", "addresses"),
    [
        ("监督电话：0900-8001234 电子信箱：shili@example.org\n中共示例区示例局委员会", ()),
        ("电话：0900-8001234 地址：\n中共示例区示例局委员会", ()),
        ("地址：示例区示例路1号 中共示例区示例局委员会", ("示例区示例路1号",)),
        ("地址：示例区示例路1号\n中共示例区示例局委员会", ("示例区示例路1号",)),
    ],
)
def test_an_address_is_not_the_signature(printed, addresses):
    found = read(f"{TITLE}现将整改情况报告如下。{BODY}{printed}\n2031年7月2日\n").contact

    assert (found.addresses if found else ()) == addresses


def test_a_day_under_the_title_is_the_one_of_publication():
    title = "示例县民政局关于审计查出问题整改情况的报告"
    reading = read(f"{title}\n2031年12月25日\n现将整改情况报告如下。{BODY}")

    assert reading.dates.published_on == date(2031, 12, 25)
    assert reading.organisation == "示例县民政局"
