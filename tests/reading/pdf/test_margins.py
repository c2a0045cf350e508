"""Where the paragraphs of a PDF begin is told by the habits of the whole document."""

from __future__ import annotations

import pytest

from reading.press import Press
from zhenggai.reading import restore_text
from zhenggai.reading.pdf import regions

pytestmark = pytest.mark.usefixtures("here")
SENTENCE = "示例局党组坚持问题导向，对照反馈意见逐条研究措施，明确责任领导和责任单位，按时推进整改落实。"


def paper(**layout) -> Press:
    return Press(**{"counter": "", **layout})


def lines(data: bytes) -> list[str]:
    return [line.strip("\u3000") for line in restore_text(data).text.split("\n")]


def test_a_number_at_the_beginning_of_a_line_goes_on_where_paragraphs_are_indented():
    page = paper()
    page.paragraph("示例局整改如下。")
    page.line("（一）责任不实。整改措施：制定清单，明确分工，按月调度。", 111)
    page.line("（二）台账不清。整改情况：已完成整改，共清理台账十六份。")
    page.paragraph("示例局将继续整改。")

    found = lines(page.bytes())
    assert found[1].endswith("按月调度。（二）台账不清。整改情况：已完成整改，共清理台账十六份。")
    assert len(found) == 3


def test_a_page_whose_lines_are_all_indented_has_the_margins_of_the_document():
    page = paper(bottom=400)
    for _ in range(4):
        page.paragraph(SENTENCE)
    while page.page == 1:
        page.paragraph("示例局整改。")
    for title in ("（一）关于示例学习制度执行不严格的问题。", "（二）关于示例台账登记不够规范的问题"):
        page.paragraph(title)
        page.paragraph("制定示例计划，开展示例学习八次，全员参加。")
        page.paragraph("整改情况：已完成。")

    found = lines(page.bytes())
    assert "（二）关于示例台账登记不够规范的问题" in found
    assert found.count("制定示例计划，开展示例学习八次，全员参加。") == 2


def test_paragraphs_set_apart_by_space_go_on_where_lines_stand_close():
    page = paper(size=12, leading=18)
    for text in ("一、示例问题", SENTENCE + "（三）共计三项。" + SENTENCE, "（四）其他问题", "特此公示。"):
        page.paragraph(text, indent=0)
        page.y += 12

    assert lines(page.bytes()) == [
        "一、示例问题",
        SENTENCE + "（三）共计三项。" + SENTENCE,
        "（四）其他问题",
        "特此公示。",
    ]


def test_a_title_that_fills_its_first_line_is_joined_with_its_second():
    page = paper()
    title = "中共云山县示例局党组关于县委第一巡察组反馈意见整改进展"
    page.title(title, 20)
    for _ in range(3):
        page.paragraph(SENTENCE)

    assert lines(page.bytes())[0] == title


def test_headers_are_struck_where_a_table_leaves_no_other_line_on_the_page():
    page = paper(header="云山县示例局", counter="", width=842, height=595)
    widths = [40, 300, 200]
    for start in (1, 11, 21):
        page.table(
            [["序号", "问题", "措施"], *([str(n), "示例问题", "措施"] for n in range(start, start + 8))],
            widths,
        )
        page.put(79, 560, "示例局办公室印制")
        page.turn()

    text = restore_text(page.bytes()).text
    assert "云山县示例局" not in text
    assert "办公室印制" not in text
    assert text.count("序号") == 1


def test_a_label_below_a_heading_that_fills_its_line_begins_anew():
    page = paper(bottom=650)
    for text in (SENTENCE, SENTENCE, "（一）关于示例资金管理制度执行不够规范严格问题"):
        page.paragraph(text, indent=0)
    page.turn()
    page.paragraph("整改措施：" + SENTENCE, indent=0)

    assert lines(page.bytes())[-2:] == [
        "（一）关于示例资金管理制度执行不够规范严格问题",
        "整改措施：" + SENTENCE,
    ]


def test_a_line_that_an_opening_mark_left_short_goes_on():
    page = paper()
    room = page.width - page.left - page.right
    first = "示" * (int(room / page.size) - 1)
    page.paragraph(SENTENCE, indent=0)
    page.paragraph(SENTENCE, indent=0)
    page.line(first)
    page.line("《示例办法》等制度三项。")

    assert lines(page.bytes())[-1] == first + "《示例办法》等制度三项。"


def test_a_page_without_lines_has_no_lanes_and_keeps_those_it_knows():
    assert regions.columns_of([], [], [300.0])[0].blocks == []


def test_a_centred_heading_of_the_size_of_the_text_is_joined():
    page = paper()
    page.paragraph(SENTENCE, indent=0)
    page.line("示" * 27)
    page.line("附件说明文字", (page.width - 6 * page.size) / 2)
    page.paragraph(SENTENCE, indent=0)

    assert "示" * 27 + "附件说明文字" in lines(page.bytes())
