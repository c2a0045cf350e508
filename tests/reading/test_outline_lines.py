"""Lines joined and taken apart."""

from __future__ import annotations

import pytest

from zhenggai.reading.outline_lines import ParagraphKind, paragraphs

SENTENCE = (
    "示例局党组认真组织学习并且逐条对照检查建立清单明确分工压实责任"
    "定期调度通报进展情况确保各项任务按时完成取得实效"
)


def pieces(text: str) -> list[str]:
    return [text[paragraph.start : paragraph.end] for paragraph in paragraphs(text)]


def wrapped(text: str, width: int) -> str:
    return "\n".join(text[place : place + width] for place in range(0, len(text), width))


def test_lines_wrapped_inside_words_are_joined():
    text = wrapped(SENTENCE * 4 + "。", 24) + "\n一、短标题\n" + wrapped("　　" + SENTENCE * 2 + "。", 24)

    assert [piece.replace("\n", "") for piece in pieces(text)] == [
        SENTENCE * 4 + "。", "一、短标题", SENTENCE * 2 + "。",
    ]  # fmt: skip


def test_a_page_counter_between_wrapped_lines_is_stepped_over():
    text = wrapped(SENTENCE * 4 + "。", 24).split("\n")
    text.insert(3, "— 2 —")

    kinds = [paragraph.kind for paragraph in paragraphs("\n".join(text))]

    assert ParagraphKind.PAGE not in kinds[1:]
    assert len(kinds) == 1


def test_a_counter_after_a_row_joins_nothing():
    text = "甲\t乙\n- 1 -\n" + "\n".join("句子。" for _ in range(7))

    assert [paragraph.kind.value for paragraph in paragraphs(text)][:2] == ["row", "page"]


def test_a_line_broken_after_a_comma_goes_on():
    assert pieces("制定计划，\n开展学习。\n完善制度。") == ["制定计划，\n开展学习。", "完善制度。"]


def test_labels_bullets_headings_and_indents_begin_anew():
    text = "\n".join([SENTENCE + "，", "责任单位：办公室，", "一是学习，", "1.学习，", "完"])

    assert len(pieces(text)) == 4


def test_wrapped_lines_do_not_swallow_an_indented_line():
    lines = [SENTENCE[:24]] * 8 + ["　　" + SENTENCE[:20]]

    assert len(pieces("\n".join(lines))) == 2


def test_rows_are_lines_with_tabs_or_bars():
    text = "序号\t问题\n\t\t甲\n\t缩进的句子\n| 1 | 甲 |\n｜1｜甲｜\n甲|乙"

    assert [paragraph.kind.value for paragraph in paragraphs(text)] == [
        "row",
        "row",
        "prose",
        "row",
        "row",
        "prose",
    ]


def test_a_notice_on_one_line_is_taken_apart_at_its_headings():
    text = (
        "示例局关于整改情况的通报 根据区委部署，现将情况通报如下。一、组织情况 （一）提高认识。召开会议。"
        "（二）明确责任。制定方案，见（一）所述。二、落实情况 1.学习不深入。整改情况：已整改（1）甲（2）乙。"
        "（1）子项。7.跳号不算。2.研讨不充分。已整改。"
        + SENTENCE * 3
        + "。特此通报。 中共示例县示例局党组 2031年3月4日"
    )

    assert [piece[:5] for piece in pieces(text)] == [
        "示例局关于", "根据区委部", "一、组织情", "（一）提高", "（二）明确",
        "二、落实情", "1.学习不", "（1）子项", "2.研讨不",
        "特此通报。", "中共示例县",
    ]  # fmt: skip


def test_findings_counted_inside_one_paragraph_are_taken_apart():
    text = SENTENCE * 4 + "。1.关于“学习”问题。已整改。2.关于“研讨”问题。已整改。"

    assert len(pieces(text)) == 3


def test_a_long_paragraph_that_only_counts_its_items_stays_whole():
    text = SENTENCE * 5 + "。一是学习。二是研讨（一）。1.甲。"

    assert len(pieces(text)) == 1


def test_a_few_short_lines_have_no_width():
    assert len(pieces("甲\n乙\n丙")) == 3


def test_bullets_printed_before_a_line_are_no_part_of_it():
    assert pieces("• 文件名称\n●") == ["文件名称", "●"]


def test_a_byte_order_mark_alone_is_no_line():
    assert pieces("\ufeff\n甲") == ["甲"]


def test_a_long_paragraph_that_mentions_headings_stays_whole():
    text = SENTENCE * 5 + "，见第（一）项和第（二）项以及问题一所述。"

    assert len(pieces(text)) == 1


def test_a_short_paragraph_with_headings_stays_whole_wherever_it_stands():
    short = "（一）提高认识。（二）明确责任。"

    assert pieces(f"{SENTENCE}。\n{SENTENCE}。\n{SENTENCE}。\n{short}")[-1] == short


def test_a_paragraph_is_apart_at_its_problems_only_where_their_numbers_follow_each_other():
    two = "1.关于学习不深入的问题，学习12次。2.关于记录不全的问题，补齐12份。"
    jump = "1.关于学习不深入的问题，学习12次。5.关于记录不全的问题，补齐12份。"

    assert [two[line.start : line.end] for line in paragraphs(two)] == [
        "1.关于学习不深入的问题，学习12次。",
        "2.关于记录不全的问题，补齐12份。",
    ]
    assert len(paragraphs(jump)) == 1


def test_a_line_that_begins_with_a_mark_goes_on_with_the_one_before_it():
    text = "对全局固定资产进行清查，目前\n，预计年底前完成。\n改情况通报如下：\n"

    first = paragraphs(text)[0]
    assert text[first.start : first.end] == "对全局固定资产进行清查，目前\n，预计年底前完成。"


def test_short_labels_make_no_wrapped_text():
    text = "示例局整改情况的通报\n" + "整改状态：已经整改到位完成\n销号时间：2036年3月1日\n" * 4

    assert len(paragraphs(text)) == 9


def test_a_text_without_full_stop_under_a_long_heading_is_not_its_second_line():
    headings = [f"{number}.学习贯彻上级决策部署不够深入" for number in range(1, 6)]
    text = "\n".join(f"{heading}\n集中学习并形成心得体会" for heading in headings)

    assert pieces(text) == text.split("\n")
    assert pieces(text + "\n2034年") == [*text.split("\n"), "2034年"]


def test_a_heading_as_long_as_the_wrapped_lines_ends_where_what_was_done_begins():
    body = wrapped(SENTENCE * 4 + "。", 24)
    heading = f"1.{SENTENCE[:22]}"

    assert pieces(f"{body}\n{heading}\n已完成学习")[1:] == [heading, "已完成学习"]
    assert pieces(f"{body}\n{heading}\n已成常态的问题")[1:] == [f"{heading}\n已成常态的问题"]


def test_a_long_heading_above_the_next_number_tells_nothing_of_wrapped_lines():
    body = wrapped(SENTENCE * 4 + "。", 24)
    headings = [f"一、{SENTENCE[:22]}", f"（一）{SENTENCE[:21]}"]

    assert pieces("\n".join([body, *headings, body])) == [body, *headings[:1], f"{headings[1]}\n{body}"]


def test_a_title_as_long_as_the_wrapped_lines_ends_before_the_text_and_before_its_day():
    body = wrapped(SENTENCE * 4 + "。", 24)
    title = "中共云山县示例局党组关于巡察整改进展情况的通报"

    assert pieces(f"{title}\n{body}")[0] == title
    assert pieces(f"{title}\n（2031年12月25日）\n{body}")[:2] == [title, "（2031年12月25日）"]
    assert pieces(f"{title[:-2]}\n通报\n{body}")[0] == f"{title[:-2]}\n通报"


def test_a_row_between_unfinished_lines_joins_nothing():
    text = "制定计划，\n甲\t乙\n开展学习。"

    assert pieces(text) == text.split("\n")


def test_lines_of_the_portal_may_stand_above_the_title():
    body = wrapped(SENTENCE * 4 + "。", 24)
    title = "中共云山县示例局党组关于巡察整改进展情况的通报"

    assert pieces(f"索引号：000\n{title}\n{body}")[1] == title
    many = "索引号：000\n" * 5
    assert pieces(f"{many}{title}\n（2031年12月25日）\n{body}")[5:7] == [title, "（2031年12月25日）"]


def test_a_title_that_goes_on_behind_a_form_of_document_is_one():
    body = wrapped(SENTENCE * 4 + "。", 24)
    title = "中共云山县示例局党组关于印发巡察整改情况报告\n的通知书"

    assert pieces(f"{title}\n{body}")[0].startswith(title)


def test_a_row_of_full_width_bars_that_a_cell_breaks_is_one():
    kinds = [paragraph.kind.value for paragraph in paragraphs("序号｜问题｜措施\n1｜甲\n乙｜丙")]

    assert kinds == ["row", "row"]


@pytest.mark.parametrize(
    "text",
    [
        "1.关于“培训把关不\n严，发现2处”的问题。",
        "1.关于“培训把关\n不严，发现\n2处”的问题。",
    ],
)
def test_a_quotation_that_lines_cut_is_whole(text):
    assert len(pieces(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "1.关于“培训把关不严\n2.关于考勤”的问题。",
        "1.关于“培训把关不严\n关于“考勤不严”的问题。",
        "1.关于“培训把关不严。\n发现2处”的问题。",
        "1.关于“培训把关不严\n\n\n发现2处”的问题。",
        "1.关于“培训”把关不严\n发现2处”的问题。",
        "1.关于“培训把关不严\n发现2处的问题。",
    ],
)
def test_a_quotation_that_does_not_close_ends_with_its_line(text):
    assert len(pieces(text)) > 1


def test_two_headings_are_enough_to_take_a_long_paragraph_apart_and_one_is_not():
    first = f"一、学习不深入。{'开展学习并逐条对照，' * 16}完成。"
    second = "二、考勤不严。通报三人。"

    assert pieces(first + second) == [first, second]
    assert pieces(f"现将情况报告如下。{first}{second}") == ["现将情况报告如下。", first, second]
    assert pieces(f"现将情况报告如下。{first}") == [f"现将情况报告如下。{first}"]
