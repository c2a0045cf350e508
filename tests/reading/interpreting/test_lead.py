"""The lines above the findings as running text."""

from __future__ import annotations

import pytest

from zhenggai.domain.spans import Span
from zhenggai.reading.interpreting.lead import running
from zhenggai.reading.outline_lines import paragraphs


def joined(text):
    return running(text, paragraphs(text), Span(0, len(text))).text


def test_a_line_that_breaks_off_goes_on_with_the_next():
    assert joined("根据区委部署，区委第三巡\n察组开展了巡察。\n现将整改情况\n公布") == (
        "根据区委部署，区委第三巡察组开展了巡察。\n现将整改情况公布"
    )


@pytest.mark.parametrize(
    "text",
    [
        "示例局党组\n一、学习",
        "示例局党组\n联系电话：无",
        "示例局党组\n◆学习",
        "示例局党组\n　　学习",
        "示例局党组\n- 2 -\n学习",
        "【示例局党组】\n学习",
        "2031年3月5日\n区委开展了巡察",
    ],
)
def test_a_line_that_begins_anew_stays_apart(text):
    assert joined(text) == "\n".join(line.strip("◆　") for line in text.split("\n"))


def test_a_day_that_is_the_first_of_a_stretch_goes_on():
    assert joined("2031年3月5日\n至4月20日") == "2031年3月5日至4月20日"


def test_places_lead_back_into_the_text():
    text = "前言。\n根据区委部署，\n　区委第\n三巡察组"
    wording = running(text, paragraphs(text), Span(4, len(text)))

    assert wording.text == "根据区委部署，区委第三巡察组"

    start = wording.text.index("第三")
    assert wording.span(start, start + 2).of(text) == "第\n三"
