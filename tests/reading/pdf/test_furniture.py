"""Headers, footers, page numbers, line numbers and watermarks are struck, with their reason."""

from __future__ import annotations

import pytest

from reading.press import FONT, Press
from zhenggai.domain.spans import EditKind
from zhenggai.reading import restore_text
from zhenggai.reading.pdf import furniture

pytestmark = pytest.mark.usefixtures("here")
SENTENCE = (
    "示例局党组坚持问题导向，对照反馈意见逐条研究措施，明确责任领导和责任单位，按时推进整改工作落实到位。"
)


def printed(pages: int = 3, **layout) -> Press:
    """Numbered sentences that run over the borders of ``pages`` pages."""
    page = Press(**layout)
    number = 0
    while page.page < pages or page.y < 300:
        number += 1
        page.paragraph(f"第{number}点：{SENTENCE}")
    return page


def text_of(data: bytes) -> str:
    return restore_text(data).text


def whys(data: bytes) -> list[str]:
    return [edit.why for edit in restore_text(data).edits if edit.kind is EditKind.FURNITURE]


@pytest.mark.parametrize(
    "counter",
    [
        "— {n} —",
        "- {n} -",
        "－{n}－",
        "{n}",
        "第 {n} 页 共 12 页",
        "第{n}页",
        "{n}/12",
        "{n} / 12",
        "Page {n} of 12",
        "· {n} ·",
        "第{n}页/共12页",
        "[{n}]",
        "共12页 第{n}页",
        "P{n}",
        "页码：{n}",
    ],
)
@pytest.mark.parametrize("on_top", [False, True])
def test_page_numbers_in_all_their_forms_are_struck_and_the_sentence_goes_on(counter, on_top):
    data = printed(counter=counter, counter_on_top=on_top).bytes()

    text = text_of(data)

    assert [line.strip("\u3000") for line in text.split("\n")] == [
        f"第{number}点：{SENTENCE}" for number in range(1, text.count("点：") + 1)
    ]
    assert whys(data) == [furniture.WHY_COUNTER] * 3


@pytest.mark.parametrize(
    "numbers", ["一二三", ("i", "ii", "iii"), ("IX", "X", "XI"), ("十九", "二十", "二十一")]
)
def test_numbers_of_other_scripts_count_too(numbers):
    def number(page: Press) -> None:
        page.put(290, 780, f"— {numbers[page.page - 1]} —", 14)

    data = printed(counter="", before_page=number).bytes()

    assert whys(data) == [furniture.WHY_COUNTER] * 3


def test_a_header_that_counts_and_a_footer_are_struck_on_every_page():
    def edges(page: Press) -> None:
        page.put(79, 50, f"云山县示例局文件  第 {page.page} 期")
        page.put(79, 70, "内部资料")
        page.put(79, 800, "云山县示例印刷厂承印")

    data = printed(counter="", before_page=edges).bytes()

    assert "示例局文件" not in text_of(data)
    assert whys(data) == [furniture.WHY_HEADER] * 9


def test_a_single_small_line_in_the_margin_is_furniture_too():
    data = printed(pages=1, header="云山县示例局文件汇编").bytes()

    assert whys(data) == [furniture.WHY_HEADER, furniture.WHY_COUNTER]


def test_a_line_of_the_text_that_pages_share_stays():
    page = Press(counter="")
    for number in range(3):
        page.line("整改情况如下")
        page.paragraph(f"第{number}点：{SENTENCE}")
        page.turn()

    assert text_of(page.bytes()).count("整改情况如下") == 3


def test_a_number_alone_at_the_end_of_one_page_stays():
    page = Press(counter="")
    page.paragraph(SENTENCE)
    page.line("2031")

    assert text_of(page.bytes()).endswith("2031")


def test_two_numbers_of_a_sheet_with_two_pages_are_struck():
    def numbers(page: Press) -> None:
        page.put(200, 560, f"— {page.page * 2 - 1} —", 12)
        page.put(600, 560, f"— {page.page * 2} —", 12)

    data = printed(width=842, height=595, counter="", before_page=numbers).bytes()

    assert whys(data) == [furniture.WHY_COUNTER] * 3


def test_what_a_browser_prints_at_the_edges_is_struck():
    def edges(page: Press) -> None:
        page.put(30, 20, "2031/5/20 10:30    示例网", 8)
        page.put(30, 830, "https://shili.example.org/a.html    1/1", 8)

    data = printed(pages=1, counter="", before_page=edges).bytes()

    assert whys(data) == [furniture.WHY_HEADER] * 2


def test_numbers_of_lines_are_struck():
    page = Press(counter="")
    for number in range(1, 19):
        page.put(50, page.y, str(number), 9)
        page.line("示例局党组坚持问题导向逐条研究措施按时推进整改工作落")

    data = page.bytes()

    assert whys(data) == [furniture.WHY_LINE_NUMBERS]
    assert not any(char.isdigit() for char in text_of(data))


def test_numbers_of_findings_are_no_line_numbers():
    page = Press(counter="")
    for number in (1, 4, 9, 2, 30, 7):
        page.put(50, page.y, str(number), 16)
        page.line("示例问题")

    assert "30" in text_of(page.bytes())


def slanted(page: Press) -> None:
    page.canvas.saveState()
    page.canvas.translate(150, 300)
    page.canvas.rotate(45)
    page.canvas.setFont(FONT, 40)
    page.canvas.drawString(0, 0, "示例局内部")
    page.canvas.restoreState()


def large(page: Press) -> None:
    page.put(150, 420, "示例局内部", 60)


def same_size(page: Press) -> None:
    page.put(200.5, page.top + page.size + 4 * page.leading - 11, "示例水印", 16)


@pytest.mark.parametrize("mark", [slanted, large, same_size])
def test_a_watermark_is_struck(mark):
    data = printed(counter="", before_page=mark).bytes()

    assert whys(data) == [furniture.WHY_WATERMARK] * 3
    assert "点：" + SENTENCE in text_of(data)


def test_roman_and_chinese_numbers_have_their_value():
    assert [furniture._number(text) for text in ("iv", "XC", "十", "二十三", "一百", "7")] == [
        4,
        90,
        10,
        23,
        100,
        7,
    ]
