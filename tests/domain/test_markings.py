"""Secrecy markings: what is above the system's level is refused."""

from __future__ import annotations

import pytest

from zhenggai.domain.markings import MARKING_LABELS, Marking, MarkingTooHighError, marking_checked


def test_every_marking_has_a_word():
    assert set(MARKING_LABELS) == set(Marking)


@pytest.mark.parametrize("marking", [Marking.OPEN, Marking.INTERNAL])
def test_what_is_not_above_the_level_is_taken(marking):
    assert marking_checked(marking, Marking.INTERNAL) is marking


@pytest.mark.parametrize("marking", [Marking.CONFIDENTIAL, Marking.SECRET, Marking.TOP_SECRET])
def test_a_state_secret_is_refused(marking):
    with pytest.raises(MarkingTooHighError, match="above “internal”, the highest this system may hold"):
        marking_checked(marking, Marking.INTERNAL)


def test_an_open_system_takes_nothing_internal():
    with pytest.raises(MarkingTooHighError):
        marking_checked(Marking.INTERNAL, Marking.OPEN)
