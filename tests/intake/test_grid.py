"""A workbook in stretches: every row once, merged cells that reach into it, places and cells."""

from __future__ import annotations

from zhenggai.domain.spans import Span
from zhenggai.intake.grid import ROWS_MOST, Cell, GridWindow, grid_cut
from zhenggai.reading.workbook.grid import Book, Merged, Sheet
from zhenggai.reading.workbook.layout import Layout


def layout(*sheets: Sheet) -> Layout:
    return Layout(Book("x.xlsx", "0" * 64, sheets))


def sheet(rows: list[list[str]], **more: object) -> Sheet:
    filled = [(number, row) for number, row in enumerate(rows) if row]
    return Sheet("台账", [number for number, _ in filled], [row for _, row in filled], **more)  # type: ignore[arg-type]


def test_every_row_stands_in_one_stretch_and_comes_back_from_its_json() -> None:
    rows = [[str(number), f"问题{number}"] for number in range(ROWS_MOST * 2 + 5)]
    laid = layout(sheet(rows), sheet([]), sheet([["甲"]]))
    windows = list(grid_cut(laid))
    assert [(window.sheet, len(window.rows)) for window in windows] == [(0, 60), (0, 60), (0, 5), (2, 1)]
    assert [GridWindow.from_json(window.to_json()) for window in windows] == windows
    for window in windows:
        for row in window.rows:
            assert [laid.text[span.start : span.end] for span in row.spans()] == list(row.cells)
            assert row.end == max(span.end for span in row.spans())


def test_wide_and_long_rows_make_short_stretches() -> None:
    wide = sheet([["列"] * 1_000] * 4)
    long = sheet([["字" * 20_000]] * 2)
    assert [len(window.rows) for window in grid_cut(layout(wide, long))] == [1, 1, 1, 1, 1, 1]


def test_a_merged_range_reaches_into_later_stretches_with_what_it_shows() -> None:
    rows = [["甲方面" if not number else "", f"问题{number}"] for number in range(130)]
    laid = layout(sheet(rows, merged=(Merged(0, 0, 129, 0), Merged(2, 1, 2, 3)), hidden_rows=frozenset({61})))
    first, second, third = grid_cut(laid)
    assert [(one.merged, one.text) for one in first.merged] == [
        (Merged(0, 0, 129, 0), ""),
        (Merged(2, 1, 2, 3), ""),
    ]
    assert [(one.merged, one.text) for one in second.merged] == [(Merged(0, 0, 129, 0), "甲方面")]
    assert third.merged == second.merged
    assert (first.hidden_rows, second.hidden_rows) == (frozenset(), frozenset({61}))


def test_a_place_of_the_text_is_a_cell() -> None:
    laid = layout(sheet([["序号", "问题"], [], ["1", "", "档案室"]]))
    (window,) = grid_cut(laid)
    assert window.span == Span(0, len(laid.text))
    at = laid.text.index("档案室")
    assert window.cell_at(at) == Cell(0, 2, 2)
    assert window.cell_at(at).address == "C3"  # type: ignore[union-attr]
    assert window.cell_at(laid.text.index("1")) == Cell(0, 2, 0)
    assert window.cell_at(len(laid.text) + 1) is None
    assert window.cell_at(-1) is None
