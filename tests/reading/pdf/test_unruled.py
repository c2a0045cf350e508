"""Tables of a PDF without vertical rules: the lanes between their columns are enough."""

from __future__ import annotations

import itertools

import pytest

from reading.press import Press, wrapped
from zhenggai.reading import read, restore_text
from zhenggai.reading.pdf import unruled
from zhenggai.reading.pdf.shapes import Glyph

pytestmark = pytest.mark.usefixtures("here")
HEADER = ["序号", "存在问题", "整改措施", "责任单位", "完成时限"]
ROWS = [
    [
        str(number),
        f"示例问题{number}：台账登记不规范，抽查发现缺项{number + 2}处",
        f"修订第{number}号示例登记办法，组织专题培训{number}次并由示例科复核。",
        ("规划科", "财务科")[number % 2],
        f"2032年{number}月",
    ]
    for number in range(1, 7)
]
XS = [60, 100, 240, 400, 470]
WIDTHS = [30, 120, 140, 60, 70]
SIZE, STEP = 10.0, 14.0


def paper(**layout) -> Press:
    return Press(**{"counter": "", "size": SIZE, "leading": STEP, "top": 60, "bottom": 60, **layout})


def lay(page: Press, rows, *, gap: float = 0.0, middle: bool = False, rules: bool = False) -> None:
    """Print rows without borders: cells begin at the top of their row, or stand in its middle."""
    for row in rows:
        cells = [wrapped(cell, SIZE, wide) if cell else [] for cell, wide in zip(row, WIDTHS, strict=True)]
        high = max(map(len, cells))
        if rules:
            page.canvas.line(XS[0], page.height - page.y + SIZE, 540, page.height - page.y + SIZE)
        for x, lines in zip(XS, cells, strict=True):
            down = (high - len(lines)) / 2 if middle else 0
            for at, line in enumerate(lines):
                page.put(x, page.y + (at + down) * STEP, line)
        page.y += high * STEP + gap


def rows(data: bytes) -> list[list[str]]:
    return [line.split("\t") for line in restore_text(data).text.split("\n") if "\t" in line]


@pytest.mark.parametrize(
    "layout", [{}, {"gap": 6}, {"middle": True}, {"middle": True, "gap": 6}, {"rules": True, "gap": 2}]
)
def test_a_table_without_rules_is_rows_of_cells(layout):
    page = paper()
    page.title("云山县示例局整改台账", 18)
    lay(page, [HEADER, *ROWS], **layout)
    page.y += 30
    page.paragraph("联系人：样丁，联系电话：0000-1234567。")

    data = page.bytes()
    assert rows(data) == [HEADER, *ROWS]
    assert [(one.number, one.lead_unit) for one in read(data).findings] == [(row[0], row[3]) for row in ROWS]


def test_a_table_without_rules_goes_on_over_the_page_and_its_header_stands_once():
    page = paper()
    lay(page, [HEADER, *ROWS[:3]])
    page.turn()
    cut = [["", "抽查又缺两处", "并公示结果。", "", ""], *ROWS[3:]]
    lay(page, [HEADER, *cut])

    found = rows(page.bytes())
    assert found[0] == HEADER
    assert [row[0] for row in found[1:]] == [row[0] for row in ROWS]
    assert found[3] == [ROWS[2][0], ROWS[2][1] + "抽查又缺两处", ROWS[2][2] + "并公示结果。", *ROWS[2][3:]]


def test_a_heading_over_the_columns_stays_a_row_of_its_own():
    page = paper()
    lay(page, [HEADER, *ROWS[:2]], gap=5)
    page.put(XS[0], page.y, "二、关于示例制度执行不严格不到位方面的问题")
    page.y += STEP + 5
    lay(page, ROWS[2:4], gap=5)

    data = page.bytes()
    text = restore_text(data).text.split("\n")
    assert "二、关于示例制度执行不严格不到位方面的问题" in text
    assert [row[0] for row in rows(data)[1:]] == ["1", "2", "3", "4"]


def test_rows_without_numbers_begin_where_nothing_above_had_to_go_on():
    page = paper()
    lay(page, [HEADER, *([f"甲{n}", "问题", "措施", "科", "年内"] for n in "一二三四")])

    assert [row[0] for row in rows(page.bytes())] == ["序号", "甲一", "甲二", "甲三", "甲四"]


def test_columns_of_running_text_and_columns_too_near_to_each_other_are_no_table():
    page = paper()
    line = "示例文字连续排印占满一栏的宽度"
    for number in range(8):
        for x in (60, 230, 400):
            page.put(x, page.y, f"{line[number:]}{line[:number]}")
        page.y += STEP
    assert not rows(page.bytes())

    page = paper()
    for number in range(6):
        x = 60.0
        for cell in (str(number), "甲问题", "乙措施", "丙单位", "丁时限", "戊"):
            page.put(x, page.y, cell)
            x += len(cell) * SIZE + 3
        page.put(300, page.y, "己")
        page.put(400, page.y, "庚")
        page.y += STEP
    assert not [row for row in rows(page.bytes()) if len(row) > 4]


def glyphs(text: str, x: float, y: float, size: float = 10.0) -> list[Glyph]:
    return [Glyph(x + at * size, x + (at + 1) * size, y, size, char) for at, char in enumerate(text)]


def test_a_page_of_more_lines_than_a_page_has_is_not_searched_for_tables():
    rows = [
        [*glyphs("1", 0, y * 14.0), *glyphs("甲", 40, y * 14.0), *glyphs("乙", 80, y * 14.0)]
        for y in range(401)
    ]

    assert unruled.unruled(rows, []) == []
    assert len(unruled.unruled(rows[:9], [])[0].ys) == 10


def test_rows_whose_cells_never_stand_below_each_other_are_no_table():
    rows = [
        [*glyphs("甲", 0, 0), *glyphs("乙", 100, 0), *glyphs("丙", 200, 0)],
        glyphs("丁", 40, 14),
        glyphs("戊", 140, 28),
    ]

    assert unruled.unruled(rows, []) == []


def laid(*lines: tuple[float, dict[int, str]]) -> list[list[Glyph]]:
    """Rows of glyphs: their place in lines of 14 points, and what stands at which x."""
    return [
        [glyph for x, text in cells.items() for glyph in glyphs(text, x, at * 14.0, 9.0)]
        for at, cells in lines
    ]


def heights(grids) -> list[int]:
    """How many lines each row of the only table takes."""
    (grid,) = grids
    return [round((low - high) / 14) for high, low in itertools.pairwise(grid.ys)]


def test_lines_that_fill_their_columns_and_begin_no_row_are_no_table():
    line = {0: "示例文字连", 60: "示例文字连", 120: "示例文字连"}

    assert unruled.unruled(laid(*((at, line) for at in range(3))), []) == []


def test_rows_of_unequal_height_begin_at_their_number():
    tall = {60: "示例文字连"}
    full = {0: "1", **tall, 120: "乙"}
    even = laid((0, full), (1, full), (2, tall), (3, tall), (4, full), (5, full))
    few = {0: "1", 120: "乙", 180: "丙"}
    shifted = laid((0, few), (0.5, tall), (1, few), (1.5, tall), (2.5, tall), (3.5, {**few, **tall}))

    assert heights(unruled.unruled(even, [])) == [1, 3, 1, 1]
    assert len(heights(unruled.unruled(shifted, []))) > 2


def test_a_heading_over_the_columns_of_close_rows_is_one_cell():
    full = {0: "1", 60: "甲", 120: "乙"}
    rows = laid((0, full), (1, full), (2, {0: "二、关于示例制度执行方面"}), (3, full), (4, full))

    (grid,) = unruled.unruled(rows, [])
    assert grid.owner[2, 2] == (2, 0)
    assert grid.owner[3, 2] == (3, 2)


def test_a_cell_that_only_goes_on_begins_no_row_however_far_its_line_stands():
    # the lines of the header stand closer than those of the rows
    word = {0: "1", 60: "甲", 120: "乙丙丁"}
    rows = laid(
        (0, word),
        (1, {60: "问"}),
        (2.4, word),
        (3.6, {120: "戊"}),
        (5, word),
        (6.2, {120: "戊"}),
        (7.6, word),
    )

    (grid,) = unruled.unruled(rows, [])
    assert len(grid.ys) == 5


def test_rows_that_count_on_begin_at_their_numbers_whatever_the_steps_between_their_lines():
    page = paper()
    page.title("云山县示例局整改台账", 18)
    lay(page, [HEADER])
    for row in ROWS[:4]:
        cells = [wrapped(cell, SIZE, wide) for cell, wide in zip(row, WIDTHS, strict=True)]
        for x, lines in zip(XS, cells, strict=True):
            for at, line in enumerate(lines):
                page.put(x, page.y + at * 13 + (3 if at else 0), line)
        page.y += max(map(len, cells)) * 13 - 1

    assert rows(page.bytes()) == [HEADER, *ROWS[:4]]


def test_one_row_centred_about_its_number_is_a_row():
    page = paper()
    page.title("云山县示例局整改台账", 18)
    lay(page, [HEADER, ROWS[0]], middle=True)

    assert rows(page.bytes()) == [HEADER, ROWS[0]]
