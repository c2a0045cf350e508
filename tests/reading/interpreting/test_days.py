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


def stay(first, last):
    return date.fromisoformat(first), date.fromisoformat(last)


@pytest.mark.parametrize(
    ("lead", "on_site", "feedback"),
    [
        (
            "二〇三一年三月五日至四月二十日，区委第一巡察组开展了巡察，六月十八日反馈了意见。",
            stay("2031-03-05", "2031-04-20"), "2031-06-18",
        ),
        (
            "根据二〇三一年度巡察安排，三月五日至十五日，区委第一巡察组开展了巡察。六月十八日反馈了意见。",
            stay("2031-03-05", "2031-03-15"), "2031-06-18",
        ),
        (
            "2031年12月6日至次年1月20日，区委第一巡察组开展了巡察，同年3月8日反馈了意见。",
            stay("2031-12-06", "2032-01-20"), "2032-03-08",
        ),
        (
            "2031.3.6-2031.4.20，区委第一巡察组开展了巡察，2031.6.18反馈了意见。",
            stay("2031-03-06", "2031-04-20"), "2031-06-18",
        ),
        (
            "2031/3/6至4/20，区委第一巡察组开展了巡察，2031-06-18反馈了意见。",
            stay("2031-03-06", "2031-04-20"), "2031-06-18",
        ),
        (
            "区委第一巡察组自2031年3月6日起，至4月20日止开展了巡察，当年6月18日反馈了意见。",
            stay("2031-03-06", "2031-04-20"), "2031-06-18",
        ),
        (
            "按照《区委2029—2033年巡察规划》，2031年3月至4月，区委第一巡察组开展了巡察，6月18日反馈了意见。",
            stay("2031-03-01", "2031-04-30"), "2031-06-18",
        ),
        (
            "2031年区委第一巡察组于11月至次年1月开展了巡察，次年3月18日反馈了意见。",
            stay("2031-11-01", "2032-01-31"), "2032-03-18",
        ),
        (
            "去年3月6日至4月20日，区委第一巡察组开展了巡察，今年1月18日反馈了意见。",
            stay("2031-03-06", "2031-04-20"), "2032-01-18",
        ),
        (
            "2031年3月6日至20日，区委第一巡察组开展了巡察，3月22日汇报、同月28日反馈了意见。",
            stay("2031-03-06", "2031-03-20"), "2031-03-28",
        ),
        # a month is no day
        (
            "2031年5月6日至6月20日，区委第一巡察组开展了巡察。2031年8月反馈了意见。",
            stay("2031-05-06", "2031-06-20"), None,
        ),
        ("2031年3月上旬至4月下旬，区委第一巡察组开展了巡察，2031年八月反馈。", None, None),
        ("3月至4月，区委第一巡察组开展了巡察，次月18日反馈了意见。", None, None),
        ("截至2031年6月30日，督察反馈3项问题，已完成整改1项。", None, None),
        ("2031年2月30日至31日，区委第一巡察组开展了巡察，2月30日反馈了意见。", None, None),
    ],
)  # fmt: skip
def test_days_are_read_in_every_spelling_and_with_what_they_leave_out(lead, on_site, feedback):
    dates = read(f"{TITLE}{lead}{BODY}示例中学党总支\n2032年7月2日\n").dates

    assert dates.on_site == on_site
    assert dates.feedback_on == (date.fromisoformat(feedback) if feedback else None)


@pytest.mark.parametrize("break_at", range(1, 40))
def test_a_line_break_anywhere_in_the_lead_hides_neither_days_nor_inspecting_body(break_at):
    lead = (
        "根据区委统一部署，2031年3月5日至4月20日，区委第三巡察组对示例中学党总支进行了巡察。"
        "6月18日，区委巡察组反馈了意见。"
    )
    wrapped = (
        "\n".join(lead[at : at + break_at] for at in range(0, len(lead), break_at))
        if break_at > 15
        else (f"{lead[:break_at]}\n{lead[break_at:]}")
    )
    reading = read(f"{TITLE}{wrapped}{BODY}")

    assert reading.dates.on_site == stay("2031-03-05", "2031-04-20")
    assert reading.dates.feedback_on == date(2031, 6, 18)
    assert reading.inspector == "区委第三巡察组"
    assert reading.title == TITLE.strip()


def test_the_places_of_days_in_a_wrapped_lead_are_those_of_the_text():
    reading = read(f"{TITLE}2031年3月5日至\n4月20日，区委第三巡察组开展了巡察，6月1\n8日反馈了意见。{BODY}")

    places = {part.path: part.span.of(reading.text) for part in reading.parts}
    assert places["dates/on_site"] == "2031年3月5日至\n4月20日"
    assert places["dates/feedback_on"] == "6月18日"


@pytest.mark.parametrize(
    "top",
    [
        "{title}（2031年12月25日）\n",
        "{title}\n（2031年12月25日）\n",
        "{title}/（2031年12月25日）\n",
        "{title}（二〇三一年十二月二十五日）\n",
        "示例中学党总支\n关于巡察整改情况的\n报告（2031年12月25日）\n",
    ],
)
def test_a_day_in_brackets_behind_or_below_the_title_is_no_part_of_it(top):
    title = "示例中学党总支关于巡察整改情况的报告"
    lead = "按照党务公开原则和巡察工作有关要求，现将示例\n中学党总支巡察整改情况向各位党员和\n群众公布如下。"
    reading = read(f"{top.format(title=title)}{lead}{BODY}")

    assert reading.title == title
    assert reading.dates.published_on == date(2031, 12, 25)
    assert list(reading.unread) == []


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
