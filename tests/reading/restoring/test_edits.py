from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhenggai.domain.spans import Edit, EditKind, Span
from zhenggai.reading.restoring.edits import Change, apply, as_edits, compose


def change(start: int, end: int, after: str, kind: EditKind = EditKind.READING) -> Change:
    return Change(start, end, after, kind, "because")


def places(changes: list[Change]) -> list[tuple[int, int, str, str]]:
    return [(one.start, one.end, one.after, one.kind.value) for one in changes]


def test_changes_apart_stay_apart_and_move_to_the_source():
    first = [change(1, 4, "")]
    second = [change(0, 1, "A", EditKind.SCRIPT), change(1, 2, "E", EditKind.SCRIPT)]

    assert places(compose(first, second, "aefg")) == [
        (0, 1, "A", "script"),
        (1, 4, "", "reading"),
        (4, 5, "E", "script"),
    ]


def test_a_change_inside_an_earlier_one_merges_into_it():
    first = [change(1, 3, "XYZ", EditKind.BYTES)]
    second = [change(2, 3, "y", EditKind.SCRIPT)]

    assert places(compose(first, second, "aXYZd")) == [(1, 3, "XyZ", "bytes")]


def test_a_later_change_around_earlier_ones_takes_them_in():
    first = [change(1, 3, ""), change(4, 5, "Q", EditKind.BYTES)]
    second = [change(0, 4, "", EditKind.FURNITURE)]

    assert places(compose(first, second, "adQe")) == [(0, 6, "", "furniture")]


def test_a_flag_gives_way_to_what_changes_something():
    first = [change(0, 3, "abc", EditKind.FLAG)]

    assert places(compose(first, [change(1, 2, "B", EditKind.SCRIPT)], "abc")) == [(0, 3, "aBc", "script")]
    assert places(compose(first, [change(1, 2, "b", EditKind.FLAG)], "abc")) == [(0, 3, "abc", "flag")]


def test_a_flag_on_what_was_changed_before_stands_behind_it():
    first = [change(1, 4, "")]

    assert places(compose(first, [change(0, 2, "ae", EditKind.FLAG)], "aef")) == [
        (0, 5, "ae", "reading"),
        (5, 5, "", "flag"),
    ]


def test_nothing_composed_with_something_is_that():
    only = [change(0, 1, "")]

    assert compose(only, [], "b") == only
    assert compose([], only, "ab") == only
    assert compose([], [], "ab") == []


@st.composite
def steps(draw: st.DrawFn) -> tuple[str, list[list[Change]]]:
    source = draw(st.text("abcdefgh", min_size=1, max_size=30))
    text = source
    every: list[list[Change]] = []
    for kind in draw(st.lists(st.sampled_from(list(EditKind)), min_size=1, max_size=4)):
        cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
        if len(cuts) % 2:
            cuts.pop()
        changes = [
            Change(
                start,
                end,
                text[start:end] if kind is EditKind.FLAG else draw(st.text("XYZ", max_size=3)),
                kind,
                "",
            )
            for start, end in zip(cuts[::2], cuts[1::2], strict=True)
        ]
        every.append(changes)
        text = apply(text, changes)
    return source, every


@given(steps())
def test_one_list_does_what_all_steps_did_and_its_edits_do_not_overlap(case: tuple[str, list[list[Change]]]):
    source, every = case
    text, whole = source, list[Change]()
    for changes in every:
        whole = compose(whole, changes, text)
        text = apply(text, changes)

    assert apply(source, whole) == text
    assert all(one.start <= one.end for one in whole)
    assert all(one.end <= two.start for one, two in itertools.pairwise(whole))


def test_edits_carry_what_stood_there():
    assert as_edits([change(1, 3, "x")], "abcd") == (
        Edit(EditKind.READING, Span(1, 3), "bc", "x", "because"),
    )


@pytest.mark.parametrize("text", ["", "abc"])
def test_no_changes_leave_the_text(text: str):
    assert apply(text, []) == text
