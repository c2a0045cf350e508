"""Lines, paragraphs, columns, rotated and cropped pages, and single characters of a PDF."""

from __future__ import annotations

import pytest

from reading.press import FONT, Press, wrapped
from zhenggai.domain.spans import EditKind
from zhenggai.reading import read, restore_text
from zhenggai.reading.errors import EmptySourceError

pytestmark = pytest.mark.usefixtures("here")
SENTENCE = (
    "示例局党组坚持问题导向，对照反馈意见逐条研究措施，明确责任领导和责任单位，按时推进整改工作落实到位。"
)


def lines(data: bytes) -> list[str]:
    return [line.strip("\u3000") for line in restore_text(data).text.split("\n")]


def paper(**layout) -> Press:
    return Press(**{"counter": "", **layout})


def test_lines_become_paragraphs_by_indent_and_full_lines():
    page = paper()
    for _ in range(4):
        page.paragraph(SENTENCE)

    assert lines(page.bytes()) == [SENTENCE] * 4


def test_paragraphs_without_indent_end_where_a_line_is_short():
    page = paper()
    for number in "一二三":
        page.paragraph(f"{number}、关于示例问题", indent=0)
        page.paragraph(SENTENCE + "共计整改问题三项。", indent=0)

    assert lines(page.bytes()) == [
        text for number in "一二三" for text in (f"{number}、关于示例问题", SENTENCE + "共计整改问题三项。")
    ]


def test_a_heading_that_fills_its_line_stays_apart_from_the_next():
    page = paper()
    full = "（一）" + "示例问题整改情况说明" * 2 + "共三项。"
    for text in (SENTENCE, full, "（二）其他问题整改情况", SENTENCE):
        page.paragraph(text, indent=0)

    assert lines(page.bytes())[1:3] == [full, "（二）其他问题整改情况"]


def test_a_title_of_another_size_is_a_paragraph_of_its_own():
    page = paper()
    page.line("附件示例")
    page.title("云山县示例局关于整改情况的通报")
    page.paragraph(SENTENCE)
    page.paragraph(SENTENCE)

    assert lines(page.bytes()) == ["附件示例", "云山县示例局关于整改情况的通报", SENTENCE, SENTENCE]


def test_a_centred_title_too_long_for_a_line_is_joined():
    page = paper()
    title = "中共云山县示例局党组关于县委第一巡察组反馈意见整改进展情况的通报"
    page.title(title)
    for _ in range(3):
        page.paragraph(SENTENCE)

    assert lines(page.bytes())[0] == title


def test_no_space_comes_between_han_characters_and_words_keep_theirs():
    page = paper()
    page.paragraph(
        "采用 Open Document Format 与 PDF 2.0 保存示例档案，共12卷，联系邮箱为示例处专用信箱。" * 2
    )

    (text,) = lines(page.bytes())
    assert "Open Document Format" in text
    assert "PDF 2.0" in text
    assert "保存示例档案，共12卷" in text


def test_words_are_joined_over_lines_with_space_or_hyphen():
    page = paper(size=12)
    for number, line in enumerate(
        (
            "The example office keeps every single paper and each last docu-",
            "ment of the rectification in one place, under one number, where any",
            "body may ask for it, and shows it at once.",
        )
    ):
        page.line(line, 79 if number else 103)

    assert "document of the rectification in one place, under one number, where any body may" in " ".join(
        lines(page.bytes())
    )


def test_two_columns_are_read_one_after_the_other():
    page = paper(size=10, leading=15)
    page.title("云山县示例简报", 20)
    left = [f"左栏第{number}行文字内容示例示例示例示例" for number in range(10)]
    right = [f"右栏第{number}行文字内容示例示例示例示例" for number in range(10)]
    for one, other in zip(left, right, strict=True):
        page.put(300, page.y, other)
        page.line(one)
    page.line("全文完，特此说明。以下为编者的话，占满整个版面的宽度，因而不属于任何一栏的文字。")

    text = "".join(lines(page.bytes()))
    assert (
        text.index("云山县示例简报") < text.index("左栏第0") < text.index("左栏第9") < text.index("右栏第0")
    )
    assert text.index("右栏第9") < text.index("全文完")


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_is_turned_is_read_as_it_is_shown(turn):
    plain, turned = paper(height=595), paper(height=595, setup=lambda canvas: canvas.setPageRotation(turn))
    for page in (plain, turned):
        page.paragraph(SENTENCE)

    assert lines(turned.bytes()) == lines(plain.bytes())


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_text_that_is_turned_on_the_page_is_read_upright(angle):
    page = paper()
    page.canvas.translate(297, 421)
    page.canvas.rotate(angle)
    page.canvas.setFont(FONT, 14)
    page.canvas.drawString(-200, 20, "第一行示例文字到此为止。")
    page.canvas.drawString(-200, 0, "第二行示例文字到此为止。")

    assert lines(page.bytes()) == ["第一行示例文字到此为止。", "第二行示例文字到此为止。"]


def test_what_stands_outside_the_crop_box_is_not_read_and_counted():
    page = paper(setup=lambda canvas: canvas.setCropBox((0, 0, 595, 700)))
    page.put(79, 100, "裁掉的内容")
    page.y = 300
    page.paragraph(SENTENCE)

    decoded = restore_text(page.bytes()).decoded
    assert "裁掉" not in decoded.text
    assert decoded.metadata["pdf_outside_page"] == "5"


def test_words_that_stand_aside_are_kept_behind_the_page():
    page = paper()
    page.paragraph(SENTENCE)
    page.canvas.saveState()
    page.canvas.translate(40, 300)
    page.canvas.rotate(90)
    page.canvas.setFont(FONT, 12)
    page.canvas.drawString(0, 0, "装订线")
    page.canvas.drawString(200, 0, "密封")
    page.canvas.restoreState()

    assert lines(page.bytes()) == [SENTENCE, "装订线", "密封"]


def test_what_is_printed_twice_to_look_bold_is_read_once():
    page = paper()
    for shift in (0, 0.3, 0.6):
        page.put(79 + shift, 150, "人人参与整改")
    assert lines(page.bytes()) == ["人人参与整改"]


def test_invisible_text_of_a_recognised_scan_is_read():
    page = paper()
    words = page.canvas.beginText(79, 600)
    words.setFont(FONT, 16)
    words.setTextRenderMode(3)
    words.textLine("看不见的文字层也是文字。")
    page.canvas.drawText(words)

    assert lines(page.bytes()) == ["看不见的文字层也是文字。"]


def test_radicals_and_ligatures_are_mended_with_an_edit_and_full_width_stays():
    page = paper()
    page.paragraph("⼀、⼈员⻓期ＡＢ１２在岗")

    restored = restore_text(page.bytes())

    assert restored.text.strip("\u3000") == "一、人员长期ＡＢ１２在岗"
    assert restored.unapply() == restored.decoded.text == "⼀、⼈员⻓期ＡＢ１２在岗"
    assert {edit.kind for edit in restored.edits} == {EditKind.SCRIPT}


def test_a_private_character_is_pointed_at_and_a_bullet_is_a_bullet():
    page = paper()
    page.paragraph("\uf0b7关于示例问题")
    page.paragraph("金额为\ue123万元，另有\ue124\ue125项。")

    restored = restore_text(page.bytes())

    assert restored.text.replace("\u3000", "").startswith("•关于示例问题\n金额为\ue123万元")
    flags = [edit for edit in restored.edits if edit.kind is EditKind.FLAG]
    assert [edit.before for edit in flags] == ["\ue123", "\ue124\ue125"]
    assert all(edit.before == edit.after for edit in flags)


def test_evenly_spread_characters_are_one_word():
    page = paper()
    for at, char in enumerate("责任单位"):
        page.put(79 + at * 26, 150, char)
    page.y = 200
    page.paragraph(SENTENCE)

    assert lines(page.bytes())[0] == "责任单位"


def test_a_raised_note_stays_in_its_line():
    page = paper()
    page.put(79, 150, "面积")
    page.put(111, 150, "20m")
    page.put(111 + 30, 144, "2", 8)

    assert lines(page.bytes()) == ["面积20m2"]


def test_pages_without_a_word_are_an_empty_document():
    page = paper()
    page.turn()

    with pytest.raises(EmptySourceError):
        read(page.bytes())


def test_a_document_of_nothing_but_page_numbers_is_empty():
    page = Press()
    page.turn()
    page.turn()

    with pytest.raises(EmptySourceError):
        read(page.bytes())


def test_filled_fields_of_a_form_are_read():
    page = paper()
    page.put(79, 150, "问题：")
    form = page.canvas.acroForm
    form.textfield(name="a", value="example value", x=130, y=842 - 155, width=200, height=18, borderWidth=0)
    form.checkbox(name="b", checked=True, x=79, y=600, size=14)
    form.checkbox(name="c", checked=False, x=79, y=560, size=14)
    form.textfield(name="d", value="secret", x=79, y=500, width=100, height=18, fieldFlags="password")
    form.choice(name="e", value="one", options=["one", "two"], x=79, y=450, width=100, height=18)

    text = restore_text(page.bytes()).text
    assert "问题：example value" in text.replace(" value", " value")
    assert "☑" in text
    assert text.count("☑") == 1
    assert "secret" not in text
    assert "one" in text


def test_two_columns_of_few_lines_are_read_one_after_the_other():
    page = Press(counter="", size=10.5, leading=16, top=60)
    page.title("云山县示例局巡察整改情况", 16)
    begin = page.y
    sides = [
        [
            "一、关于学习抓得不紧的问题。开展学习8次，研讨4次。已完成整改。",
            "二、考勤纪律松弛。通报3人。已完成整改。",
        ],
        [
            "三、关于账目管理不规范的问题。补齐附件12份，退回资金。正在整改。",
            "四、公车管理混乱。封存2台。已完成整改。",
        ],
    ]
    for x, side in zip((60, 310), sides, strict=True):
        page.y = begin
        for words in side:
            for at, line in enumerate(wrapped(words, 10.5, 225, 21)):
                page.line(line, x + (0 if at else 21))

    text = restore_text(page.bytes()).text.replace("\u3000", "")
    assert text.split("\n")[1:] == [*sides[0], *sides[1]]
