"""The markup of the original: every letter once, every change with its reason, nothing that runs."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.test_windows import edited
from zhenggai.domain.spans import Edit, EditKind, Span
from zhenggai.intake.windows import windows_cut
from zhenggai.web.intake.marks import Mark
from zhenggai.web.intake.original import original_markup

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


def markup(text: str, *edits: Edit, marks: tuple[Mark, ...] = (), chosen: Span | None = None) -> str:
    (window,) = windows_cut(text, edits)
    return str(original_markup(window, marks, chosen, {"finding-7": 3}))


def bare(page: str) -> str:
    """The letters of the source alone, without what the page adds."""
    page = re.sub(r"<(\w+)[^>]* data-virtual[^>]*>[^<]*</\1>", "", page)
    lines = re.findall(r'<p data-at="\d+">(.*?)</p>\n', page, re.DOTALL)
    return "\n".join(html.unescape(re.sub(r"<[^>]+>", "", line)) for line in lines)


@settings(deadline=None, max_examples=100)
@given(edited(), st.data())
def test_every_letter_of_the_source_is_shown_once(made: tuple[str, list[Edit]], data: st.DataObject) -> None:
    text, edits = made
    places = st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))
    spans = [Span(min(pair), max(pair)) for pair in data.draw(st.lists(places, max_size=5))]
    marks = [Mark(span, f"item-{number}-text", span, "action") for number, span in enumerate(spans)]
    marks.sort(key=lambda mark: (mark.place.start, -mark.place.end))
    page = markup(text, *edits, marks=tuple(mark for mark in marks if mark.place.start < mark.place.end))
    flags = sum(edit.kind is EditKind.FLAG and not edit.before for edit in edits)
    shown = bare(page).replace("⚑", "")
    assert flags == page.count("⚑")
    assert shown.rstrip("\n") == text.rstrip("\n")


def test_a_removed_piece_carries_its_reason_for_eye_and_ear() -> None:
    page = markup("统(tǒng)一", Edit(EditKind.READING, Span(1, 7), "(tǒng)", "", "why it went"))
    assert '<del class="edit edit-reading" title="why it went">' in page
    assert '<span class="visually-hidden" data-virtual>[injected reading]</span>(tǒng)</del>' in page


def test_a_replaced_piece_shows_what_stands_instead() -> None:
    page = markup("整改?,F(xiàn)将", Edit(EditKind.BYTES, Span(2, 5), "?,F", "。现", "bytes"))
    assert 'title="bytes → 。现"' in page
    assert '<ins class="edit edit-bytes" data-virtual>。现</ins>' in page


def test_what_cannot_be_known_is_marked_even_where_nothing_stands() -> None:
    page = markup(
        "?016年日",
        Edit(EditKind.FLAG, Span(0, 1), "?", "?", "lost"),
        Edit(EditKind.FLAG, Span(5, 5), "", "", "lost"),
    )
    assert page.count('<mark class="edit edit-flag" title="lost">') == 2
    assert "⚑" in page


def test_a_struck_line_break_is_a_sign_and_one_that_stays_is_a_line() -> None:
    struck = markup("行\n中", Edit(EditKind.PUNCTUATION, Span(1, 2), "\n", "", "wrapped"))
    assert 'title="wrapped" data-virtual>↵</del>' in struck
    kept = markup("行?\n中", Edit(EditKind.BYTES, Span(1, 3), "?\n", "。\n", "bytes"))
    assert "↵" not in kept
    assert "。</ins></p>" in kept


def test_a_field_inside_a_finding_is_its_own_place() -> None:
    page = markup(
        "一二三四五",
        marks=(
            Mark(Span(0, 5), "finding-7", Span(0, 5), "finding", "finding-7"),
            Mark(Span(1, 3), "finding-7-title", Span(1, 3), "field", "finding-7"),
        ),
        chosen=Span(1, 3),
    )
    assert '<a class="to-finding" href="#finding-7" data-virtual data-to="finding-7">3</a>一' in page
    assert 'is-here" data-for="finding-7-title" data-in="finding-7" data-span="1-3"' in page
    assert page.count('id="place"') == 1


def test_markup_in_a_document_is_letters() -> None:
    page = markup("<script>&\"'", Edit(EditKind.FURNITURE, Span(0, 8), "<script>", "<b>", "<i>"))
    assert "<script>" not in page
    assert "<b>" not in page
    assert 'title="&lt;i&gt; → &lt;b&gt;"' in page
