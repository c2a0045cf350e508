"""The page of the search: every kind with its words marked, what is nobody's business left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from web.world import World


@pytest.fixture
def look(world: World, browser: Callable[[str], Client]) -> Callable[..., str]:
    def looked(query: str, username: str = "clerk", **headers: str) -> str:
        response = browser(username).get(f"/search/?{query}", headers=headers)
        assert response.status_code == 200
        return response.content.decode()

    return looked


def test_findings_people_and_units_are_found_with_their_words_marked(look: Callable[..., str]) -> None:
    page = look("q=接待")
    assert "公务<mark>接待</mark>费超标准列支" in page
    page = look("q=财务科")
    assert "<mark>财务科</mark>" in page
    assert "?lead=" in page
    page = look("q=示例")
    assert 'id="found-person"' in page
    assert "?leader=" in page


def test_traditional_words_find_simplified_ones(look: Callable[..., str]) -> None:
    assert "<mark>账实</mark>不符" in look("q=賬實")


def test_an_administrator_finds_people_and_units_alone(look: Callable[..., str]) -> None:
    page = look("q=财务", "admin")
    assert 'id="found-organisation"' in page
    assert 'href="/people/?organisation=' in page
    assert 'id="found-finding"' not in page
    assert 'id="found-inspection"' not in page
    page = look("q=接待", "admin")
    assert "Nothing that you may see has these words" in page
    # a kind that is not theirs is not asked for
    assert 'id="found-finding"' not in look("q=接待&kind=finding", "admin")


def test_an_outsider_finds_nothing_of_others(look: Callable[..., str]) -> None:
    assert 'id="found-finding"' not in look("q=接待", "outsider")


def test_one_kind_goes_page_by_page(look: Callable[..., str]) -> None:
    page = look("q=的&kind=finding&page=1")
    assert 'id="found-finding"' in page
    assert 'id="found-person"' not in page
    assert "Results of every kind" in page
    assert 'class="paging"' in page
    # beyond the end, and no number at all
    for number in ("999999", "x", "-1"):
        assert look(f"q=的&kind=finding&page={number}")


def test_the_window_gets_the_results_alone(look: Callable[..., str]) -> None:
    part = look("q=接待", **{"HX-Request": "true"})
    assert "<html" not in part
    assert "<mark>接待</mark>" in part


@pytest.mark.parametrize("query", ["q=", "q=%20%20", "q=%E3%80%80", "", "q=%00"])
def test_nothing_asked_for_says_what_is_searched(look: Callable[..., str], query: str) -> None:
    page = look(query)
    assert "Searched are findings with all that is said in them" in page
    assert "search-hit" not in page


def test_what_is_typed_is_text(look: Callable[..., str]) -> None:
    page = look("q=<script>alert(1)</script>")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert look(f"q={'长' * 5000}")


def test_queries_do_not_grow_with_what_is_found(world: World, browser: Callable[[str], Client]) -> None:
    clerk = browser("clerk")
    clerk.get("/search/?q=排队")
    with CaptureQueriesContext(connection) as few:
        clerk.get("/search/?q=排队")
    with CaptureQueriesContext(connection) as many:
        clerk.get("/search/?q=示例")
    assert len(few) <= 26
    assert len(many) <= len(few) + 6
