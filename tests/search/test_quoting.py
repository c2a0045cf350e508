"""Words found, shown in the text as it is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhenggai.search.quoting import Piece, marked, quoted, words_of


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        ("园林", "区园林局", ["园林"]),
        ("園林", "区园林局", ["园林"]),
        ("园林", "區園林局", ["園林"]),
        ("abc", "文号ABC-7", ["ABC"]),
        ("区 局", "区园林局", ["区", "局"]),
        ("园 园林", "园林局的园", ["园林", "园"]),
        (".*", "a.*b", [".*"]),
        ("无", "区园林局", []),
        ("", "区园林局", []),
    ],
)
def test_words_are_marked_in_either_script(query: str, text: str, found: list[str]) -> None:
    pieces = marked(text, words_of(query))
    assert [piece.text for piece in pieces if piece.is_found] == found
    assert "".join(piece.text for piece in pieces) == text


@given(st.text(max_size=40), st.text(max_size=20))
def test_marked_pieces_are_the_text(text: str, query: str) -> None:
    assert "".join(piece.text for piece in marked(text, words_of(query))) == text


def test_a_text_without_words_is_one_piece_and_an_empty_one_none() -> None:
    assert marked("区园林局", []) == [Piece("区园林局", is_found=False)]
    assert marked("", []) == []


def test_a_quotation_is_the_line_around_the_word() -> None:
    long = f"{'前' * 60}公园{'后' * 60}"
    assert quoted(f"第一行\n{long}", ["公园"]) == f"…{'前' * 30}公园{'后' * 30}…"
    assert quoted("第一行\n有公园", ["公园"]) == "有公园"
    assert quoted("第一行", ["公园"]) == ""
