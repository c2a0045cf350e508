"""What few files contain: characters known by code, drawings inside forms, nested tables, lone pieces."""

from __future__ import annotations

import pypdfium2.raw as pdfium
import pytest

from reading.pdf import bare
from reading.press import Press
from zhenggai.domain.spans import EditKind
from zhenggai.reading import restore_text
from zhenggai.reading.errors import PdfPicturesError, PdfTooCostlyError, PdfTooManyPagesError
from zhenggai.reading.pdf import (
    drawings,
    ems,
    flow,
    furniture,
    glyphs,
    grids,
    lines,
    ocr,
    pages,
    process,
    regions,
    signs,
)
from zhenggai.reading.pdf.extract import extract
from zhenggai.reading.pdf.shapes import Glyph, Page, Piece, Rule

pytestmark = pytest.mark.usefixtures("here")
SENTENCE = (
    "示例局党组坚持问题导向，对照反馈意见逐条研究措施，明确责任领导和责任单位，按时推进整改工作落实到位。"
)


@pytest.fixture(autouse=True)
def without_ocr(monkeypatch):
    monkeypatch.setattr(ocr, "is_installed", lambda: False)


def paper(**layout) -> Press:
    return Press(**{"counter": "", **layout})


def test_characters_are_what_the_file_names_and_nothing_is_guessed():
    data = bare.coded(
        "0041 0042 0043 0044 0045 0046 0047".replace(" ", ""),
        {"0041": "D840DC0B", "0042": "0007", "0043": "6574", "0044": "E123", "0045": "DC0B", "0046": "0000"},
    )

    restored = restore_text(data)

    assert restored.text.replace(" ", "") == "𠀋整\ue123\ufffd\ufffd\ufffd"
    assert {edit.kind for edit in restored.edits} == {EditKind.FLAG}


def test_a_page_of_characters_without_names_is_as_good_as_a_picture():
    with pytest.raises(PdfPicturesError):
        restore_text(bare.coded("0041" * 30, {"0099": "6574"}))


@pytest.mark.parametrize(
    ("code", "char"),
    [
        (2, ("-", True)),
        (7, ("", True)),
        (0, ("\ufffd", False)),
        (0xA0, (" ", True)),
        (0x200B, ("", True)),
        (0x6574, ("整", True)),
    ],
)
def test_a_code_is_a_character_a_blank_or_unknown(code, char):
    assert glyphs._char(code) == char


def test_characters_of_no_finite_place_are_counted_as_outside():
    answer = extract(
        bare.one_page(b"BT /F 12 Tf 20 20 Td (Near) Tj ET BT /F 12 Tf 9000000 20 Td (Far) Tj ET"), max_pages=1
    )
    assert answer["text"] == "Near"
    assert answer["metadata"]["pdf_outside_page"] == "3"


def test_a_picture_between_two_pages_ends_the_paragraph_and_is_pointed_at():
    page = paper()
    page.paragraph(SENTENCE)
    page.turn()
    for number in range(60):
        page.canvas.bezier(9, 9, 20, 20, 30, 20, 40 + number, 9)
    page.turn()
    page.paragraph(SENTENCE)

    restored = restore_text(page.bytes())

    assert restored.text.count(SENTENCE) == 2
    assert [(edit.kind, edit.before) for edit in restored.edits] == [(EditKind.FLAG, "")]
    assert restored.decoded.picture_pages == (2,)


def test_a_picture_inside_a_form_covers_its_page_and_a_table_inside_one_is_a_table():
    drawn = b"".join(b"%d 700 m %d 760 l S " % (x, x) for x in (50, 150, 250))
    drawn += b"".join(b"50 %d m 250 %d l S " % (y, y) for y in (700, 730, 760))
    words = b"BT /F 12 Tf 60 740 Td (one) Tj 100 0 Td (two) Tj -100 -30 Td (three) Tj 100 0 Td (four) Tj ET"
    font = b"/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"
    inner = bare.stream(drawn + words, b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<<%s>>" % font)
    image = bare.stream(
        b"\x00", b"/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8"
    )
    outer = bare.stream(
        b"1 0 0 1 0 10 cm /I Do q 20 0 0 20 0 0 cm /P Do Q 0 0 5 5 re W n",
        b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</I 5 0 R/P 6 0 R>>>>",
    )
    page = (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</O 7 0 R>>>>/Contents 4 0 R>>"
    )
    data = bare.objects(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        page,
        bare.stream(b"q 1 0 0 1 0 5 cm /O Do Q"),
        inner,
        image,
        outer,
    )

    assert restore_text(data).text == "one\ttwo\nthree\tfour"


def test_a_path_that_is_not_drawn_is_no_line(monkeypatch):
    monkeypatch.setattr(pdfium, "FPDFPageObj_GetMatrix", lambda thing, matrix: 0)
    drawn = (
        b"".join(b"%d 700 m %d 760 l n " % (x, x) for x in (50, 150)) + b"10 10 m 60 60 l 70 75 l S 5 5 m S"
    )
    text = b"BT /F 12 Tf 60 740 Td (one) Tj ET"

    assert extract(bare.one_page(drawn + text), max_pages=1)["text"] == "one"


def test_the_matrices_of_forms_are_multiplied():
    assert drawings._times((1, 0, 0, 1, 5, 6), (2, 0, 0, 2, 1, 1)) == (2, 0, 0, 2, 11, 13)


def test_too_many_pages_and_a_reader_out_of_memory_are_errors_of_their_own(monkeypatch):
    page = paper()
    page.turn()
    data = page.bytes()
    with pytest.raises(PdfTooManyPagesError):
        restore_text(data, max_pages=1)
    monkeypatch.setattr(process, "ask", lambda data, **_: {"refused": "too_costly", "pages": 0})
    with pytest.raises(PdfTooCostlyError):
        restore_text(data)


@pytest.mark.parametrize("name", ["FPDF_LoadPage", "FPDFText_LoadPage"])
def test_a_page_that_cannot_be_opened_is_named_as_unread(monkeypatch, name):
    page = paper()
    page.paragraph(SENTENCE)
    monkeypatch.setattr(pdfium, name, lambda *_: None)

    assert extract(page.bytes(), max_pages=1)["pictures"] == [1]


def test_a_page_without_a_box_has_the_usual_one(monkeypatch):
    page = paper()
    page.line("示例", 79)
    monkeypatch.setattr(pdfium, "FPDF_GetPageBoundingBox", lambda *_: 0)

    assert "示例" in extract(page.bytes(), max_pages=1)["text"] or pages._box(None) == (
        0.0,
        0.0,
        612.0,
        792.0,
    )


def test_a_large_word_that_stands_beside_the_text_is_no_watermark():
    page = paper()
    for _ in range(6):
        page.paragraph(SENTENCE)
    page.put(79, 700, "公示", 40)

    assert restore_text(page.bytes()).text.endswith("公示")


def test_words_of_an_address_are_joined_over_lines_without_a_space():
    assert flow.glue("https://shili.exam", "ple.org/a") == ("https://shili.exam", "")
    assert flow.glue("2031", "05") == ("2031", "")
    assert flow.glue("word", "next") == ("word", " ")
    assert flow.glue("(", "next") == ("(", "")


def test_numbers_that_do_not_count_on_leave_the_line_that_is_the_same():
    def row(page, text):
        return furniture._Row(page, 0, 50.0, True, [], text, None, False, True, False)

    rows = [row(0, "示例3期"), row(1, "示例3期"), row(2, "示例8期"), row(3, "示例3期")]
    assert furniture._repeated(rows, 4) == {(0, 0), (1, 0), (3, 0)}
    assert not furniture._count_on([row(0, "示例1"), row(1, "示例1之2")])


def test_numbers_in_a_lane_that_do_not_count_are_kept():
    page = paper()
    for number in (1, 8, 3, 20, 5, 11):
        page.put(50, page.y, str(number), 9)
        page.line("示例局党组坚持问题导向逐条研究措施")

    assert "20" in restore_text(page.bytes()).text


def test_too_many_lines_are_no_table_and_a_table_in_a_cell_is_its_text():
    many = [Rule(float(at * 10), 0.0, 100.0) for at in range(700)]
    assert grids.grids_of(many, many) == []

    def frame(left, top, right, bottom, middle):
        across = [Rule(y, left, right) for y in (top, bottom)]
        return across, [Rule(x, top, bottom) for x in (left, middle, right)]

    outer, inner = frame(0, 0, 400, 300, 200), frame(20, 20, 150, 100, 80)
    (grid,) = grids.grids_of(outer[0] + inner[0], outer[1] + inner[1])
    assert grid.xs == (0, 200, 400)


def test_an_empty_table_leaves_nothing():
    page = paper()
    page.table([["", ""], ["", ""]], [50, 50])
    page.paragraph(SENTENCE)

    assert restore_text(page.bytes()).text.strip("\u3000") == SENTENCE


def test_an_empty_row_of_a_table_is_left_out_and_text_follows():
    page = paper()
    page.table([["问题", "措施"], ["", ""], ["甲", "乙"]], [100, 100])
    page.paragraph(SENTENCE)
    page.turn()
    page.table([["问题", "措施"]], [100, 100])

    assert restore_text(page.bytes()).text.split("\n")[:2] == ["问题\t措施", "甲\t乙"]


def test_rows_far_apart_or_few_are_no_table():
    page = paper()
    for y in (150, 179, 400, 429):
        for x in (79, 200, 400):
            page.put(x, y, "示例")

    assert "\t" not in restore_text(page.bytes()).text


def test_a_row_of_nothing_but_blanks_is_no_line():
    page = paper()
    page.put(79, 150, "   ")
    page.put(79, 200, "示例")

    assert restore_text(page.bytes()).text == "示例"


def piece(x0: float, x1: float, y: float) -> Piece:
    return Piece(x0, x1, y, 10.0, "示例")


def side(x0: float, x1: float, count: int = 6, top: float = 0.0) -> list[Piece]:
    return [piece(x0, x1, top + 15 * number) for number in range(count)]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (side(0, 200), side(205, 400)),
        (side(0, 200), side(240, 400, top=200)),
        (side(0, 60), side(240, 400)),
        (side(0, 200), side(240, 400, count=3)),
    ],
    ids=["no lane", "not beside", "narrow", "few"],
)
def test_what_only_looks_like_columns_is_one(left, right):
    assert not regions._are_columns(left, right)


def test_a_page_of_thousands_of_pieces_is_one_column(monkeypatch):
    monkeypatch.setattr(regions, "_MOST_PIECES", 5)
    assert len(regions.columns_of(side(0, 200), [])) == 1


def test_fields_without_a_place_or_a_value_give_nothing(monkeypatch):
    page = paper()
    page.put(79, 150, "示例")
    form = page.canvas.acroForm
    form.textfield(name="a", value="", x=130, y=600, width=200, height=18)
    form.textfield(name="b", value="here", x=130, y=500, width=200, height=18)
    data = page.bytes()
    assert "here" in restore_text(data).text

    monkeypatch.setattr(pdfium, "FPDFAnnot_GetFormFieldType", lambda *_: pdfium.FPDF_FORMFIELD_SIGNATURE)
    assert "here" not in restore_text(data).text
    monkeypatch.setattr(pdfium, "FPDFAnnot_GetSubtype", lambda *_: pdfium.FPDF_ANNOT_TEXT)
    assert "here" not in restore_text(data).text
    monkeypatch.setattr(pdfium, "FPDFPage_GetAnnot", lambda *_: None)
    assert "here" not in restore_text(data).text


def test_a_sentence_goes_on_over_pages_without_furniture():
    page = paper(bottom=660.0)
    page.paragraph("The rectification office keeps " * 12)

    answer = extract(page.bytes(), max_pages=9)
    assert "\n" not in answer["text"]
    assert [place[2] for place in answer["places"]] == [1, 2]


def test_what_stands_twice_in_a_row_is_taken_once():
    row = [Glyph(x, x + 16, 100.0, 16.0, "人") for x in (0.0, 0.4, 16.0)]
    assert [one.text for one in lines.pieces_of(row)] == ["人人"]


def test_a_radical_without_a_character_of_its_own_stays():
    assert signs.changes_of("⺀", []) == []


def test_numbers_all_over_a_page_are_no_line_numbers():
    page = Page(
        1, 100.0, 500.0, pieces=[piece(at * 40, at * 40 + 10, at * 20)._replace(text="7") for at in range(6)]
    )
    furniture._line_numbers(page, stripped := furniture.Stripped())
    assert (len(page.pieces), stripped.foot) == (6, [])


def test_paths_that_are_neither_filled_nor_stroked_are_no_lines(monkeypatch):
    content = b"0.9 g 100 100 200 50 re f 50 700 m 50 760 l S BT /F 12 Tf 60 740 Td (one) Tj ET"
    assert extract(bare.one_page(content), max_pages=1)["text"] == "one"
    monkeypatch.setattr(pdfium, "FPDFPath_GetDrawMode", lambda *_: 1)
    assert extract(bare.one_page(content), max_pages=1)["text"] == "one"


def test_a_header_of_three_rows_is_dropped_whole():
    page = paper()
    head = [["整改台账", "甲"], ["问题", "措施"], ["内容", "内容"]]
    for number in "一二":
        page.table([*head, [f"问题{number}", f"措施{number}"]], [100, 100])
        page.turn()

    assert restore_text(page.bytes()).text.split("\n") == [
        "整改台账\t甲",
        "问题\t措施",
        "内容\t内容",
        "问题一\t措施一",
        "问题二\t措施二",
    ]


def test_a_lone_line_of_a_page_is_no_furniture():
    page = Page(1, 100.0, 100.0, pieces=[piece(0, 20, 50)])
    assert furniture.strip([page])[0].head == []


def test_a_long_dash_of_one_sign_counts_twice_and_an_overprinted_one_once():
    assert [one.text for one in lines.pieces_of([Glyph(0.0, 30.0, 100.0, 16.0, "—")] * 2)] == ["——"]
    assert [one.text for one in lines.pieces_of([Glyph(0.0, 16.0, 100.0, 16.0, "—")] * 2)] == ["—"]


def test_a_character_whose_box_holds_its_ink_alone_takes_up_its_em():
    row = [Glyph(x, x + 16, 100.0, 16.0, "人") for x in (0.0, 16.0, 32.0)]
    tight = Glyph(50.5, 57.0, 100.0, 10.0, "日")

    measured = ems.in_ems([*row, tight], [0.0, 16.0, 32.0, 48.0], [12.0] * 4)
    assert measured[-1] == Glyph(48.0, 64.0, 100.0, 16.0, "日")

    mixed = [Glyph(0.0, 9.0, 100.0, 10.0, "人"), Glyph(9.0, 21.0, 100.0, 13.0, "人")]
    assert [one.x1 - one.x0 for one in ems.in_ems(mixed, [0.0, 9.0], [12.0] * 2)] == [9.0, 12.0]


def test_columns_of_short_paragraphs_are_told_from_cells_by_their_indents():
    page = paper(size=10, leading=15)
    for number in range(9):
        wide = number in {1, 4}
        for x, letter in ((80, "左"), (300, "右")):
            page.put(x + (0 if wide else 20), page.y, letter * (20 if wide else 6 + number % 4))
        page.y += 15

    text = restore_text(page.bytes()).text
    assert text.rindex("左") < text.index("右")


def test_a_page_with_few_lines_keeps_the_lane_of_the_other_pages():
    page = paper(size=10, leading=15)
    for number in range(9):
        page.put(80, page.y, f"左栏第{number}行文字连续排印示例示例示例")
        page.put(300, page.y, f"右栏第{number}行文字连续排印示例示例示例")
        page.y += 15
    page.turn()
    for number in range(3):
        page.put(80, page.y, f"末页左栏第{number}行示例")
        page.put(300, page.y, f"末页右栏第{number}行示例")
        page.y += 15

    text = "".join(restore_text(page.bytes()).text.split())
    assert text.index("末页左栏第2") < text.index("末页右栏第0")
