"""Refusals: not found, not permitted, not allowed now and invalid are told apart, each in its sentence."""

from __future__ import annotations

import pytest

from zhenggai.domain.errors import (
    InvalidError,
    NotAllowedNowError,
    NotFoundError,
    NotPermittedError,
    ZhenggaiError,
)
from zhenggai.domain.messages import Message


@pytest.mark.parametrize(
    ("kind", "status"),
    [(InvalidError, 422), (NotPermittedError, 403), (NotFoundError, 404), (NotAllowedNowError, 409)],
)
def test_the_four_refusals_have_a_status_each(kind, status):
    assert issubclass(kind, ZhenggaiError)
    assert ZhenggaiError.status == 400
    assert kind.status == status


def test_a_refusal_is_its_sentence():
    refusal = NotFoundError("There is no “%(name)s” here.", name="示例股")
    assert str(refusal) == "There is no “示例股” here."
    assert refusal.args == (Message("There is no “%(name)s” here.", {"name": "示例股"}),)
