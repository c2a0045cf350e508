"""The weights of the search for lost characters, asked for one by one.

A page seldom hangs by one of them. How many ways are followed (``_BEAM``, ``_GONE_WAYS``, ``_GONE_REACH``,
``_RANKED``) bounds the time of a search only: what one way or letter more would find costs more than what was
found before it, and the cheapest one is taken.
"""

from __future__ import annotations

import pytest

from zhenggai.reading.restoring import signs, unscramble
from zhenggai.reading.restoring.gbk_bytes import LEADS
from zhenggai.reading.restoring.likelihood import NUMBERED

PAGE = "根據縣委統一部署，縣委第一巡察組對示例局黨組進行了巡察，聽取匯報，查閱資料。現將整改情況予以公布。\n"


def state(text: str, lead: bytes = b"", gone: int = 0) -> unscramble._State:
    return unscramble._State(0.0, 0, lead, text, b"", gone, -1)


@pytest.mark.parametrize(
    ("text", "char", "cost"),
    [
        ("（一", "加", 2.0),
        ("整改（一", "加", 2.0),
        ("（十", "。", 2.0),
        ("（一）", "。", 2.0),
        ("（十二）", "，", 2.0),
        ("（一", "）", 0.0),
        ("（十", "一", 0.0),
        ("（一）", "加", 0.0),
        ("（略", "加", 0.0),
        ("一加", "强", 0.0),
        ("加强", "。", 0.0),
    ],
)
def test_a_number_that_a_bracket_opened_wants_its_bracket_and_a_heading_behind_it(text, char, cost):
    """More than the dearest way that is followed (1.5): only two letters of a known word pay for it."""
    assert unscramble._unclosed(state(text), char) == cost


def test_a_pair_that_prints_nothing_may_stand_behind_any_letter_whose_first_byte_is_known():
    page = unscramble.Page(PAGE, signs.look(PAGE))

    known = list(page._vanished(state("縣", "委".encode("gbk")[:1]), "縣"))
    assert 0 < len(known) <= 16
    assert {one.raw[:1] for one in known} == {"委".encode("gbk")[:1]}
    assert not {one.text[-1] for one in known} <= set(NUMBERED)


def test_where_the_first_byte_may_be_any_only_the_number_of_a_heading_stands_before_what_prints_nothing():
    page = unscramble.Page(PAGE, signs.look(PAGE))

    any_lead = list(page._vanished(state("", LEADS), "\n"))
    assert {one.text for one in any_lead} <= set(NUMBERED)
    assert len({one.raw[:1] for one in any_lead}) > 1


def test_a_second_pair_that_prints_nothing_costs_more_than_the_first():
    page = unscramble.Page(PAGE, signs.look(PAGE))
    lead = "委".encode("gbk")[:1]

    first = next(iter(page._vanished(state("縣", lead), "縣")))
    second = next(iter(page._vanished(state("縣", lead, 1), "縣")))
    assert (first.gone, second.gone) == (1, 2)
    assert second.cost - first.cost == pytest.approx(1.6 - 0.75)


def test_pairs_that_print_nothing_are_thought_of_for_so_many_signs_of_a_page():
    assert unscramble.Page(PAGE, signs.look(PAGE))._patience == 64
