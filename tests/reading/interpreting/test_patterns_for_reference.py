"""Patterns and lists for reference hold nobody's findings; a real ledger of a like name does."""

from __future__ import annotations

import pytest

from zhenggai.domain.reading import DocumentKind
from zhenggai.reading import read

ROWS = (
    "<table><tr><td>序号<td>存在问题<td>整改措施<td>责任单位<tr><td>1<td>学习不深入<td>制定计划<td>办公室"
    "<tr><td>2<td>台账不全<td>补齐台账<td>财务科</table>"
)


def page(title: str) -> bytes:
    return f"<meta charset=utf-8><h1>{title}</h1>{ROWS}".encode()


@pytest.mark.parametrize(
    "title",
    [
        "常见问题清单（供参考）",
        "巡察整改台账（模板）",
        "巡察整改责任清单（参考样式）",
        "审计整改常见问题及整改措施清单",
        "安全生产常见隐患清单",
        "问题整改台账（样表）",
        "巡察发现常见问题汇编",
    ],
)
def test_a_pattern_or_list_for_reference_has_no_findings(title):
    reading = read(page(title), name="a.html")

    assert reading.kind is DocumentKind.OTHER
    assert reading.findings == ()
    assert "学习不深入" in "".join(one.text for one in reading.unread)


@pytest.mark.parametrize(
    "title",
    ["示例局巡察整改台账", "示例局问题清单", "示例局自查自纠问题清单", "关于常见问题专项整治整改情况的通报"],
)
def test_a_ledger_with_a_like_name_keeps_its_findings(title):
    assert len(read(page(title), name="a.html").findings) == 2


def test_a_pattern_may_stand_one_cell_per_line_or_in_numbered_lines():
    flat = read(
        "示例局巡察整改台账（样表）\n序号\n存在问题\n整改措施\n完成时限\n1\n学习不深入\n制定计划\n2032年6月底\n"
    )
    assert flat.findings == ()
    assert [one.text.split("\n")[0] for one in flat.unread] == ["序号"]
    items = read("巡察整改常见问题清单（供参考）\n一、党建方面\n1.学习不深入。\n2.会议不规范。\n")
    assert items.findings == ()
    assert items.kind is DocumentKind.OTHER


def test_a_row_to_be_filled_in_is_no_finding():
    reading = read(
        "示例局巡察整改台账\n序号\t存在问题\t整改措施\n1\t学习不深入\t制定计划\n2\t×××\t×××\n3\t请填写反馈的问题，每行一项，不得合并\t略\n"
    )

    assert [one.title for one in reading.findings] == ["学习不深入"]
    assert len(reading.unread) == 2
