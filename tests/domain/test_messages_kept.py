"""A sentence is kept as JSON and is the same again, in whatever language it is read."""

from __future__ import annotations

import json
from datetime import date

from zhenggai.domain.messages import Message, message_kept, message_told


def test_a_sentence_with_a_sentence_in_it_comes_back() -> None:
    said = Message(
        "%(what)s until %(day)s", {"what": Message("rest"), "day": date(2026, 3, 1), "n": 3, "no": None}
    )
    kept = json.loads(json.dumps(message_kept(said)))
    told = message_told(kept)
    assert told == Message("%(what)s until %(day)s", {**said.values, "day": "2026-03-01"})
    assert told.render({"rest": "余下", said.template: "%(what)s至%(day)s"}.get) == "余下至2026-03-01"
    assert [message_told(message_kept(each)) for each in ("词", 7, None)] == ["词", 7, None]
