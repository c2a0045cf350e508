"""Titles of feedback that name whom it was given to, and what such feedback lists."""

from __future__ import annotations

import pytest

from zhenggai.reading import read

LISTED = (
    "做了大量工作，但也发现一些问题，主要是：\n在贯彻决策部署方面，学习不够深入；\n"
    "在基层组织建设方面，组织生活质量不高。\n"
)


@pytest.mark.parametrize(
    ("title", "organisation"),
    [
        ("关于巡察县应急局党组情况的反馈", "县应急局党组"),
        ("县委第二巡察组向区司法局党组反馈巡察情况", "区司法局党组"),
        ("县委第二巡察组巡察县医疗保障局党组反馈问题清单", "县医疗保障局党组"),
        ("县委第二巡察组对示例镇党委的反馈", "示例镇党委"),
    ],
)
def test_feedback_is_known_by_its_title_and_given_to_whom_it_names(title, organisation):
    reading = read(f"{title}\n根据县委统一部署，巡察组开展了常规巡察。该单位{LISTED}")

    assert (reading.kind.value, reading.title, reading.organisation) == ("feedback", title, organisation)
    assert [finding.title for finding in reading.findings] == [
        "在贯彻决策部署方面，学习不够深入",
        "在基层组织建设方面，组织生活质量不高",
    ]
