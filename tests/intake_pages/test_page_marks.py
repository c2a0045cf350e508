"""Beside a PDF the original says where each page begins, and strikes what the pages repeat."""

from __future__ import annotations

from zhenggai.domain.spans import Edit, EditKind, Place, Span
from zhenggai.intake.windows import Window, pages_begun, windows_cut
from zhenggai.web.intake.original import original_markup

TEXT = "第一页的句子没有\n— 1 —\n说完。\n第二段。"
STRUCK = Edit(EditKind.FURNITURE, Span(8, 15), TEXT[8:15], "", "A page number.")
PLACES = (Place(Span(0, 8), page=1), Place(Span(9, 14), page=1), Place(Span(15, 18), page=2))


def test_each_page_is_named_once_where_it_begins():
    assert list(pages_begun([*PLACES, Place(Span(19, 23)), Place(Span(19, 23), page=2)])) == [(0, 1), (15, 2)]


def test_a_stretch_keeps_its_pages_when_it_is_stored():
    (window,) = windows_cut(TEXT, [STRUCK], pages=pages_begun(PLACES))

    assert window.pages == ((0, 1), (15, 2))
    assert Window.from_json(window.to_json()) == window


def test_a_page_belongs_to_the_stretch_that_holds_its_beginning():
    windows = list(windows_cut(TEXT, [], size=10, pages=pages_begun(PLACES)))

    assert [number for window in windows for _, number in window.pages] == [1, 2]


def test_the_page_is_shown_inside_its_line_and_is_no_letter_of_it():
    (window,) = windows_cut(TEXT, [STRUCK], pages=pages_begun(PLACES))

    markup = str(original_markup(window, [], None, {}))

    assert markup.count("page-mark") == 2
    assert "data-virtual>第 2 页</span>说完。" in markup or "data-virtual>Page 2</span>说完。" in markup
