"""Tables of a PDF become rows with tabs, as those of a web page do."""

from __future__ import annotations

from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from reading.press import Press
from zhenggai.domain.spans import EditKind
from zhenggai.reading import read, restore_text
from zhenggai.reading.pdf import ledger_rows
from zhenggai.reading.pdf.furniture import Struck
from zhenggai.reading.pdf.shapes import Table

pytestmark = pytest.mark.usefixtures("here")
SAMPLES = Path(__file__).parents[1] / "samples"
HEADER = ["序号", "反馈问题", "整改措施", "责任领导", "完成时限"]
WIDTHS = [30, 130, 150, 60, 70]


def paper(**layout) -> Press:
    return Press(**{"counter": "", **layout})


def rows(data: bytes) -> list[list[str]]:
    return [line.split("\t") for line in restore_text(data).text.split("\n") if "\t" in line]


def test_a_ruled_table_is_rows_of_cells_with_wrapped_cells_joined():
    page = paper()
    page.title("云山县示例局整改台账")
    body = [
        ["1", "课后服务覆盖面不广，家长反映的问题没有及时解决", "增加社团。", "张示例", "2033年3月底前"],
        ["2", "食堂原料索证不全", "建立索证台账，每周检查一次，结果公开。", "", "2033年2月15日"],
    ]
    page.table([HEADER, *body], WIDTHS)

    assert rows(page.bytes()) == [HEADER, *body]


def test_merged_cells_stand_once_and_keep_the_columns():
    page = paper()
    page.table(
        [
            ["整改台账", "<", "<", "<", "<"],
            HEADER,
            ["1", "落实上级部署方面", "一项。", "张示例", "2033年"],
            ["2", "^", "二项。", "李示例", "2033年"],
            ["3", "^", "三项。", "^", "2034年"],
        ],
        WIDTHS,
    )

    found = restore_text(page.bytes()).text.split("\n")
    assert found == [
        "整改台账",
        "\t".join(HEADER),
        "1\t落实上级部署方面\t一项。\t张示例\t2033年",
        "2\t〃\t二项。\t李示例\t2033年",
        "3\t〃\t三项。\t〃\t2034年",
    ]


def test_a_ledger_as_pdf_gives_the_findings_of_the_same_ledger_as_a_web_page():
    path = SAMPLES / "ledger.html"
    cells = [
        [cell.text(strip=True) for cell in row.css("th,td")]
        for row in LexborHTMLParser(path.read_text(encoding="utf-8")).css("tr")
    ]
    cells[2].insert(1, "^")
    page = paper(width=842, height=595, top=60, bottom=60)
    page.title("云山县示例中学巡察反馈问题整改台账")
    page.table(cells, [30, 60, 90, 90, 50, 50, 60, 70, 90, 60, 40])

    from_page, from_print = read(path), read(page.bytes())

    assert [one.title for one in from_print.findings] == [one.title for one in from_page.findings]
    for name in (
        "number",
        "theme",
        "status_text",
        "responsible_leader",
        "lead_unit",
        "due_on",
        "stated_closed",
    ):
        assert [getattr(one, name) for one in from_print.findings] == [
            getattr(one, name) for one in from_page.findings
        ]
    assert [item.text for one in from_print.findings for item in one.measures] == [
        item.text for one in from_page.findings for item in one.measures
    ]


@pytest.fixture
def long_ledger() -> bytes:
    page = paper(counter="— {n} —", header="云山县示例局")
    page.table(
        [HEADER, *([str(n), f"示例问题{n}", f"示例措施{n}。", "张示例", "2033年"] for n in range(1, 61))],
        WIDTHS,
    )
    return page.bytes()


def test_a_table_over_pages_is_one_table_with_one_header(long_ledger):
    restored = restore_text(long_ledger)

    found = rows(long_ledger)
    assert found[0] == HEADER
    assert [row[0] for row in found[1:]] == [str(number) for number in range(1, 61)]
    assert ledger_rows.WHY_TABLE_HEADER in {edit.why for edit in restored.edits}
    assert restored.unapply() == restored.decoded.text
    assert len(read(long_ledger).findings) == 60


def test_the_cells_of_a_table_know_page_row_and_column(long_ledger):
    places = [place for place in restore_text(long_ledger).decoded.places if place.table]

    text = restore_text(long_ledger).decoded.text
    (cell,) = [place for place in places if place.span.of(text) == "示例问题60"]
    assert (cell.table, cell.column) == (1, 2)
    assert cell.page in {2, 3}
    assert {place.page for place in places} >= {1, 2}


def test_a_row_cut_by_the_page_is_whole_again():
    page = paper()
    page.table([HEADER, ["1", "示例问题一", "制定制度，", "张示例", "2033年"]], WIDTHS)
    page.turn()
    page.table(
        [HEADER, ["", "", "并检查落实。", "", ""], ["2", "示例问题二", "二项。", "李示例", "2033年"]], WIDTHS
    )

    assert rows(page.bytes()) == [
        HEADER,
        ["1", "示例问题一", "制定制度，并检查落实。", "张示例", "2033年"],
        ["2", "示例问题二", "二项。", "李示例", "2033年"],
    ]


@pytest.mark.parametrize("widths", [[30, 130, 150, 130], [30, 200, 80, 60, 70]])
def test_a_table_of_other_columns_on_the_next_page_is_another_table(widths):
    page = paper()
    page.table([HEADER, ["1", "示例问题", "一项。", "张示例", "2033年"]], WIDTHS)
    page.turn()
    page.table(
        [["甲", "乙", "丙", "丁", "戊"][: len(widths)], ["1", "2", "3", "4", "5"][: len(widths)]], widths
    )

    tables = {place.table for place in restore_text(page.bytes()).decoded.places}
    assert tables == {1, 2}


def test_a_table_open_at_its_sides_has_all_its_columns():
    page = paper()
    for y in (150, 180, 210):
        page.canvas.line(79, 842 - y, 500, 842 - y)
    for x in (150, 300):
        page.canvas.line(x, 842 - 150, x, 842 - 210)
    for y, words in ((170, ("问题", "措施", "责任人")), (200, ("甲问题", "乙措施", "张示例"))):
        for x, word in zip((90, 160, 310), words, strict=True):
            page.put(x, y, word)

    assert rows(page.bytes()) == [["问题", "措施", "责任人"], ["甲问题", "乙措施", "张示例"]]


def test_lines_drawn_as_thin_rectangles_and_in_one_path_are_rules_too():
    page = paper()
    for y in (150, 180, 210):
        page.canvas.rect(79, 842 - y, 200, 0.7, stroke=0, fill=1)
    path = page.canvas.beginPath()
    for x in (79, 179, 279):
        path.moveTo(x, 842 - 150)
        path.lineTo(x, 842 - 210)
    path.moveTo(300, 700)
    path.curveTo(310, 710, 320, 720, 330, 700)
    path.close()
    page.canvas.drawPath(path, stroke=1, fill=0)
    for y, words in ((172, ("问题", "措施")), (202, ("甲", "乙"))):
        for x, word in zip((90, 190), words, strict=True):
            page.put(x, y, word)

    assert rows(page.bytes()) == [["问题", "措施"], ["甲", "乙"]]


def test_a_frame_round_a_text_is_no_table():
    page = paper()
    page.canvas.rect(60, 500, 480, 300)
    page.paragraph("示例局党组坚持问题导向，对照反馈意见逐条研究措施，明确责任领导和责任单位。")

    assert "\t" not in restore_text(page.bytes()).text


def test_clear_columns_without_rules_are_a_table():
    page = paper()
    for words in (("序号", "问题", "责任人"), ("1", "示例问题甲", "张示例"), ("2", "示例问题乙", "李示例")):
        for x, word in zip((79, 180, 400), words, strict=True):
            page.put(x, page.y, word)
        page.y += 29

    assert rows(page.bytes()) == [
        ["序号", "问题", "责任人"],
        ["1", "示例问题甲", "张示例"],
        ["2", "示例问题乙", "李示例"],
    ]


def test_columns_that_do_not_keep_their_place_stay_text():
    page = paper()
    for xs in ((79, 180, 400), (79, 300, 450), (79, 120, 250)):
        for x in xs:
            page.put(x, page.y, "示例问题甲")
        page.y += 29

    assert "\t" not in restore_text(page.bytes()).text


def test_characters_one_below_the_other_in_a_cell_are_one_word():
    page = paper()
    page.table([["党的建设", "问题", "措施"], ["1", "甲", "乙"]], [17, 100, 100])

    assert rows(page.bytes())[0][0] == "党的建设"


def test_what_a_cell_lists_on_lines_of_its_own_is_set_apart():
    page = paper()
    page.table([["问题", "责任单位"], ["甲乙丙丁甲乙丙丁甲乙丙丁", ""]], [100, 200])
    page.put(182, 145, "教务处", 10)
    page.put(182, 158, "1.总务处", 10)
    data = page.bytes()

    assert "教务处 1.总务处" in restore_text(data).text
    assert not [edit for edit in restore_text(data).edits if edit.kind is EditKind.FLAG]


def test_an_empty_merged_cell_says_nothing_below():
    page = paper()
    page.table([HEADER, ["1", "", "一项。", "张示例", ""], ["2", "^", "二项。", "李示例", ""]], WIDTHS)

    assert rows(page.bytes())[1:] == [["1", "", "一项。", "张示例"], ["2", "", "二项。", "李示例"]]


def test_a_number_merged_over_two_rows_stands_over_the_first():
    page = paper()
    page.table(
        [HEADER, ["1", "甲", "一项。", "张示例", "2033年"], ["^", "乙", "二项。", "李示例", "2033年"]], WIDTHS
    )

    assert rows(page.bytes())[2] == ["", "乙", "二项。", "李示例", "2033年"]


def of_rows(*rows: list[str], **about: object) -> Table:
    return Table(0, 0, 100, 50, [0, 10, 50, 100], list(rows), **about)


HEAD = ["序号", "单位", "措施"]


@pytest.mark.parametrize(
    ("following", "expected"),
    [
        (
            of_rows(HEAD, ["2", "", "乙"], ["3", "", "丙"], empty={(1, 1): 2}),
            [["2", "〃", "乙"], ["3", "〃", "丙"]],
        ),
        (of_rows(["", "", "续"], ["2", "", "乙"], empty={(0, 1): 2}), [["2", "〃", "乙"]]),
        (of_rows(HEAD, ["2", "科", ""], ["", "", ""], empty={(1, 2): 2}), [["2", "科", "〃"]]),
        (
            of_rows(["2", "科", "乙"], ["3", "", "丙"], empty={(1, 1): 2}),
            [["2", "科", "乙"], ["3", "", "丙"]],
        ),
        (of_rows(["2", "科", "乙"], is_loose=True), [["2", "科", "乙"]]),
        (of_rows(["序号", "单位", "措施续"], ["2", "科", "乙"], is_loose=True), [["2", "科", "乙"]]),
    ],
)
def test_a_table_goes_on_with_its_merged_cells_and_cut_rows(following, expected):
    table = ledger_rows.LongTable(of_rows(HEAD, ["1", "示例科", "甲"]), 1)

    assert table.goes_on(following, 2)
    table.extend(following, 2)

    found = [[text for text, _ in row] for row in table.lines() if not isinstance(row, Struck)]
    cut = "续" if "续" in str(following.rows) else ""
    assert found == [HEAD, ["1", "示例科", "甲" + cut], *expected]
