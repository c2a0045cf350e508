"""Stretches of a long original: nothing is lost at a border, and places lead back and forth."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from zhenggai.domain.spans import Edit, EditKind, Span
from zhenggai.intake.windows import WHOLE_EDIT_CHARACTERS, Window, restored_text, windows_cut

LETTERS = "一二三四五，。\n(ab"


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    """A source and the edits made to it, flat and sorted."""
    text = draw(st.text(LETTERS, max_size=400))
    edits = []
    at = 0
    while at < len(text) and len(edits) < 40:
        start = draw(st.integers(at, len(text)))
        end = draw(st.integers(start, min(len(text), start + 30)))
        kind = draw(st.sampled_from(EditKind))
        before = text[start:end]
        after = before if kind is EditKind.FLAG else draw(st.text(LETTERS, max_size=4))
        if before or after:
            edits.append(Edit(kind, Span(start, end), before, after, "because"))
        at = end + 1
    return text, edits


def restored_of(text: str, edits: list[Edit]) -> str:
    pieces = []
    at = 0
    for edit in edits:
        pieces += [text[at : edit.span.start], edit.after]
        at = edit.span.end
    return "".join([*pieces, text[at:]])


@settings(deadline=None, max_examples=150)
@given(edited(), st.integers(5, 60))
def test_stretches_cover_source_and_restored_text_once(made: tuple[str, list[Edit]], size: int) -> None:
    text, edits = made
    windows = list(windows_cut(text, edits, size=size))
    restored = restored_of(text, edits)
    assert "".join(window.text for window in windows) == text
    assert "".join(restored_text(window, window.restored) for window in windows) == restored
    assert windows[0].span.start == windows[0].restored.start == 0
    assert windows[-1].span.end == len(text)
    assert windows[-1].restored.end == len(restored)
    for one, following in pairwise(windows):
        assert one.span.end == following.span.start
        assert one.restored.end == following.restored.start


@settings(deadline=None, max_examples=150)
@given(edited(), st.integers(5, 60))
def test_a_stretch_comes_back_from_its_json(made: tuple[str, list[Edit]], size: int) -> None:
    for window in windows_cut(made[0], made[1], size=size):
        assert Window.from_json(window.to_json()) == window


@settings(deadline=None, max_examples=150)
@given(edited(), st.data())
def test_a_place_that_no_edit_touches_is_the_same_words_on_both_sides(
    made: tuple[str, list[Edit]], data: st.DataObject
) -> None:
    text, edits = made
    (window,) = windows_cut(text, edits, size=10_000)
    touched = {
        place
        for edit in edits
        if edit.kind is not EditKind.FLAG
        for place in range(edit.span.start, edit.span.end)
    }
    free = [place for place in range(len(text)) if place not in touched]
    if not free:
        return
    place = data.draw(st.sampled_from(free))
    span = window.to_restored(Span(place, place + 1))
    assert restored_of(text, edits)[span.start : span.end] == text[place]
    assert window.to_source(span) == Span(place, place + 1)


def test_a_removed_reading_lies_outside_the_word_after_it() -> None:
    edits = [Edit(EditKind.READING, Span(1, 7), "(tǒng)", "", "why")]
    (window,) = windows_cut("统(tǒng)一部署", edits)
    assert window.to_source(Span(0, 1)) == Span(0, 1)
    assert window.to_source(Span(1, 2)) == Span(7, 8)
    assert window.to_source(Span(0, 2)) == Span(0, 8)
    assert window.to_restored(Span(1, 7)) == Span(1, 1)


def test_a_stretch_ends_after_a_line_where_one_ends_in_time() -> None:
    windows = list(windows_cut("一二三\n四五六七\n八九十", [], size=6))
    assert [window.text for window in windows] == ["一二三\n", "四五六七\n", "八九十"]


def test_a_short_edit_is_never_cut_at_a_border() -> None:
    edits = [Edit(EditKind.READING, Span(4, 10), "(tǒng)", "", "why")]
    windows = list(windows_cut("一二三四(tǒng)五六七八九十", edits, size=6))
    assert windows[0].text == "一二三四"
    assert windows[1].edits == tuple(edits)


def test_a_very_long_edit_is_shown_in_pieces_of_bounded_size() -> None:
    long = "广" * (WHOLE_EDIT_CHARACTERS * 5)
    windows = list(
        windows_cut(long, [Edit(EditKind.FURNITURE, Span(0, len(long)), long, "。", "why")], size=300)
    )
    assert max(len(window.text) for window in windows) == 300
    assert [edit.after for window in windows for edit in window.edits] == ["", "", "", "。"]


def test_an_empty_source_is_one_empty_stretch() -> None:
    (window,) = windows_cut("", [])
    assert window.text == ""
    assert window.to_source(Span(0, 1)) is None
