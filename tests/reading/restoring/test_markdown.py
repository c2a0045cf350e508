"""Marks of Markdown go as layout; what only looks like them stays."""

from __future__ import annotations

import pytest

from zhenggai.domain.spans import EditKind
from zhenggai.reading import restore_text
from zhenggai.reading.restoring import markdown

PAGE = (
    "# 示例局巡察整改方案\n\n> 本方案供内部使用\n\n---\n\n## 一、党建方面\n\n"
    "1. **学习不深入**\n   - 制定计划\n   * 开展测试\n"
)


def test_marks_of_markdown_go_and_bullets_become_bullets():
    restored = restore_text(PAGE)

    assert restored.text == (
        "示例局巡察整改方案\n\n本方案供内部使用\n\n\n\n一、党建方面\n\n1. 学习不深入\n•制定计划\n•开展测试\n"
    )
    assert {edit.why for edit in restored.edits} == {markdown.WHY}
    assert {edit.kind for edit in restored.edits} == {EditKind.PUNCTUATION}
    assert restored.unapply() == PAGE


@pytest.mark.parametrize(
    "text",
    [
        "示例局整改方案\n干部张**、李**受到诫勉。\n王**退还2万元。\n",
        "示例局整改方案\n- 1 -\n正文。\n- 2 -\n正文。\n- 3 -\n",
        "示例局整改方案\n-12度时停工。\n1#锅炉停用。\n",
        "示例局整改方案\n- 制定计划\n- 开展测试\n",
        "# 示例局整改方案\n正文。\n",
    ],
)
def test_masked_names_counters_and_single_marks_stay(text):
    assert markdown.marks(text) == []


def test_three_bullets_are_a_list_without_other_marks():
    text = "示例局整改方案\n- 制定计划\n- 开展测试\n- 每月检查\n---\n"

    assert restore_text(text).text == "示例局整改方案\n•制定计划\n•开展测试\n•每月检查\n---\n"
