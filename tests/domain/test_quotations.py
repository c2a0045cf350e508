"""Sentences that quote what itself quotes: the inner marks are single."""

from __future__ import annotations

from zhenggai.domain.messages import Message


def test_a_quotation_within_a_quotation_has_single_marks():
    message = Message("The criterion “%(text)s” of %(place)s.", {"text": "示范“一张图”", "place": "“甲”"})
    assert str(message) == "The criterion “示范‘一张图’” of “甲”."


def test_a_sentence_within_a_quotation_has_single_marks_too_and_a_number_has_none():
    inner = Message("as “%(role)s”", {"role": "甲"})
    assert str(Message("“%(inner)s”", {"inner": inner})) == "“as ‘甲’”"
    assert str(Message("“%(count)s”", {"count": 3})) == "“3”"
    assert str(Message("“%(text)s” has no values")) == "“%(text)s” has no values"
