"""JSON files, whole and in pieces."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from zhenggai.documents.json import json_bytes, json_pieces
from zhenggai.domain.lifecycle import Stage


@dataclass(frozen=True, slots=True)
class Example:
    name: str
    on: date


def test_values_become_plain_json():
    value = {
        "name": "示例",
        "stage": Stage.CLOSED,
        "on": date(2026, 3, 2),
        "at": datetime(2026, 3, 2, 4, 5, tzinfo=UTC),
        "amount": Decimal("80000.00"),
        "rows": [Example("甲", date(2026, 1, 1))],
        "span": (1, 2),
        "none": None,
        "yes": True,
        "share": 0.5,
        "kind": object,
        1: 2,
    }
    written = json_bytes(value)
    assert "示例".encode() in written
    assert written.endswith(b"}\n")
    assert json.loads(written) == {
        "name": "示例",
        "stage": "closed",
        "on": "2026-03-02",
        "at": "2026-03-02T04:05:00+00:00",
        "amount": "80000.00",
        "rows": [{"name": "甲", "on": "2026-01-01"}],
        "span": [1, 2],
        "none": None,
        "yes": True,
        "share": 0.5,
        "kind": "<class 'object'>",
        "1": 2,
    }


@pytest.mark.parametrize("head", [{}, {"schema": "example/1", "about": {"title": "示例"}}])
@pytest.mark.parametrize("items", [[], [{"a": 1}], [{"a": "第一行\n第二行"}, {"a": [2, {"b": 3}]}]])
def test_pieces_make_the_same_object_as_a_whole(head, items):
    pieces = list(json_pieces(head, "findings", items))
    assert json.loads(b"".join(pieces)) == {**head, "findings": items}
    assert len(pieces) == len(items) + 2


def test_equal_values_give_equal_bytes():
    assert json_bytes({"a": 1, "b": [Stage.CLOSED]}) == json_bytes({"a": 1, "b": [Stage.CLOSED]})
