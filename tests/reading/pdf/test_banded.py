"""Tables of a PDF that draw the columns of some rows only: shaded bands, a ruled header."""

from __future__ import annotations

import pytest

from reading.press import Press, wrapped
from zhenggai.reading import read, restore_text
from zhenggai.reading.pdf.banded import with_columns
from zhenggai.reading.pdf.grids import Grid
from zhenggai.reading.pdf.shapes import Glyph

pytestmark = pytest.mark.usefixtures("here")
HEADER = ["序号", "存在问题", "整改措施", "责任单位"]
ROWS = [
    [
        "1",
        "台账登记不规范，抽查发现缺项较多，补正也不及时",
        "修订登记办法，组织专题培训并由科室复核",
        "规划科",
    ],
    ["2", "经费审核不严", "退回超支费用", "财务科"],
    ["3", "值班制度落实不到位，两次脱岗", "加强巡查", "办公室"],
]
WIDTHS = [30, 140, 160, 80]
SIZE, STEP = 10.0, 14.0


def banded(rows, ruled, *, gap: float = 4.0) -> bytes:
    """A framed table in which only the rows ``ruled`` have their columns drawn."""
    page = Press(counter="", size=SIZE, leading=STEP, top=60, bottom=60)
    page.title("云山县示例局整改台账", 18)
    left, right = 60.0, 60.0 + sum(WIDTHS)
    top = page.y
    page.canvas.line(left, page.height - top, right, page.height - top)
    for number, row in enumerate(rows):
        cells = [wrapped(cell, SIZE, wide - 8) for cell, wide in zip(row, WIDTHS, strict=True)]
        high = max(map(len, cells)) * STEP + gap
        if number in ruled or number + 1 in ruled or number + 1 == len(rows):
            page.canvas.line(left, page.height - page.y - high, right, page.height - page.y - high)
        x = left
        for lines, wide in zip(cells, WIDTHS, strict=True):
            for at, line in enumerate(lines):
                page.put(x + 4, page.y + 11 + at * STEP, line)
            if number in ruled and x > left:
                page.canvas.line(x, page.height - page.y, x, page.height - page.y - high)
            x += wide
        page.y += high
    for x in (left, right):
        page.canvas.line(x, page.height - top, x, page.height - page.y)
    return page.bytes()


def rows(data: bytes) -> list[list[str]]:
    return [line.split("\t") for line in restore_text(data).text.split("\n") if "\t" in line]


@pytest.mark.parametrize("ruled", [{0}, {1}, {1, 3}, {0, 2}, {0, 1, 2, 3}])
def test_rows_whose_words_keep_to_the_columns_of_others_are_rows(ruled):
    data = banded([HEADER, *ROWS], ruled)

    assert rows(data) == [HEADER, *ROWS]
    assert [finding.lead_unit for finding in read(data).findings] == ["规划科", "财务科", "办公室"]


def test_a_heading_over_the_columns_stays_one_cell():
    page = banded([HEADER, ROWS[0], ["", "", "", ""], ROWS[1]], {0, 1, 3})
    heading = Press(counter="", size=SIZE, leading=STEP, top=60, bottom=60)
    heading.table([HEADER, ROWS[0], ["一、党的建设方面存在的问题", "<", "<", "<"], ROWS[1]], WIDTHS)

    assert rows(page) == [HEADER, ROWS[0], ROWS[1]]
    assert rows(heading.bytes()) == [HEADER, ROWS[0], ROWS[1]]


def test_words_of_a_merged_cell_that_stand_apart_stay_in_it():
    apart = ["", "甲组", "乙组", ""]
    twice = ["1", "甲组  乙组", "丙组", "丁组"]
    page = banded([HEADER, apart, ROWS[0], ROWS[1]], {0, 2})
    doubled = banded([HEADER, [*twice[:1], "", *twice[2:]], ROWS[0]], {0, 2})
    crossing = banded([HEADER, ["", "示例" * 14, "", ""], ROWS[0]], {0, 2})

    assert rows(page) == [HEADER, ROWS[0], ROWS[1]]
    assert rows(doubled) == [HEADER, [*twice[:1], "", *twice[2:]], ROWS[0]]
    assert rows(crossing) == [HEADER, ROWS[0]]


def test_a_row_with_two_words_in_one_column_is_not_parted():
    glyphs = [
        Glyph(float(x), float(x + 2), 8.0, 4.0, char)
        for x, char in ((1, "甲"), (7, "乙"), (12, "丙"), (22, "丁"))
    ]
    owner = {(0, column): (0, 0) for column in range(3)} | {(1, column): (1, column) for column in range(3)}
    grid = Grid((0.0, 10.0, 20.0, 30.0), (0.0, 10.0, 20.0), owner)

    assert with_columns(grid, glyphs, []) is grid
    assert with_columns(grid, [glyphs[0], *glyphs[2:]], []) is not grid
    assert with_columns(grid, [], []) is grid


def test_a_merged_cell_of_two_rows_is_not_parted():
    grid = Grid(
        (0.0, 10.0, 20.0, 30.0),
        (0.0, 10.0, 20.0),
        {(row, column): (0, 0) for row in range(2) for column in range(3)},
    )

    assert with_columns(grid, [], []) is grid
