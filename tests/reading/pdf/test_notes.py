"""Footnotes of a PDF stand behind the paragraph of their page, marked as those of a Word document."""

from __future__ import annotations

import pytest

from reading.press import Press
from zhenggai.reading import restore_text
from zhenggai.reading.pdf import notes
from zhenggai.reading.pdf.shapes import Glyph, Page, Piece, Rule, Table

pytestmark = pytest.mark.usefixtures("here")
SENTENCE = "示例局党组坚持问题导向，对照反馈意见逐条研究措施，明确责任领导和责任单位，按时推进整改落实。"


def paper(**layout) -> Press:
    return Press(**{"counter": "— {n} —", **layout})


def under_a_rule(page: Press, *texts: str, at: float = 690, size: float = 10.0) -> None:
    page.canvas.line(page.left, page.height - at, page.left + 120, page.height - at)
    for number, text in enumerate(texts, 1):
        page.put(page.left, at + 15 * number, text, size)


def lines(data: bytes) -> list[str]:
    return [line.strip("\u3000") for line in restore_text(data).text.split("\n")]


def test_notes_stand_behind_the_paragraph_that_the_page_cut():
    page = paper(bottom=200)
    under_a_rule(page, "1此处口径以示例年报为准，", "不含下属单位。", "2见示例附件。")
    while page.y < 560:
        page.paragraph(SENTENCE)
    page.put(page.left + 32, page.y, "完成投资")
    page.put(page.left + 96, page.y - 6, "1", 8)
    page.put(page.left + 101, page.y, "示" * 21)
    page.turn()
    page.line("三百万元。")
    page.paragraph(SENTENCE)

    found = lines(page.bytes())
    assert found[-4:] == [
        "完成投资" + "示" * 21 + "三百万元。",
        "【注1】此处口径以示例年报为准，不含下属单位。",
        "【注2】见示例附件。",
        SENTENCE,
    ]


def test_a_note_of_the_last_page_ends_the_text():
    page = paper()
    page.paragraph(SENTENCE)
    under_a_rule(page, "①见示例附件。")

    assert lines(page.bytes()) == [SENTENCE, "【注①】见示例附件。"]


def test_text_of_its_size_or_without_a_number_under_a_rule_is_no_note():
    for texts, size in ((["1此处照旧。"], 16.0), (["此处照旧。"], 10.0)):
        page = paper(counter="")
        page.paragraph(SENTENCE)
        under_a_rule(page, *texts, size=size)
        assert "【注" not in restore_text(page.bytes()).text


def test_a_rule_with_nothing_above_or_below_holds_no_notes():
    page = Page(1, 100, 200, [Piece(0, 10, 50, 9, "1甲")], short_rules=[20.0, 90.0])

    notes.take_notes(page)
    assert page.notes == []
    assert notes.without_marks([Glyph(0, 9, 50, 9, "甲")], 20.0)[0].char == "甲"


def test_rules_of_tables_and_long_rules_stand_over_no_notes():
    page = Page(1, 100, 200, tables=[Table(0, 100, 100, 150, [0, 100], [["甲"]])])
    across = [Rule(120, 0, 30), Rule(180, 0, 90), Rule(170, 0, 30), Rule(20, 0, 30)]

    assert notes.rules_of(across, page) == [170]


def test_a_mark_far_from_every_word_leaves_nothing_behind():
    word, mark = Glyph(0, 16, 100, 16, "甲"), Glyph(90, 95, 94, 8, "1")

    assert notes.without_marks([word, word, mark], 150) == [word, word]
