"""The real notice that lies beside the project, where it does."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from zhenggai.reading import read

SHARED = Path(__file__).resolve().parents[3] / "shared" / "notice"
pytestmark = pytest.mark.skipif(
    not (SHARED / "seed.txt").is_file(),
    reason="the real notice is no part of the repository: put it into ../shared/notice to enable",
)


def essence(text: str | None) -> str | None:
    return None if text is None else re.sub(r"[\W_]", "", text)


def test_the_seed_is_read_exactly_as_its_gold_says():
    gold = json.loads((SHARED / "seed.gold.json").read_text(encoding="utf-8"))
    reading = read(SHARED / "seed.txt").to_dict()

    for name in ("schema", "kind", "title", "organisation", "inspector", "truncated"):
        assert reading[name] == gold[name], name
    for name, value in gold["dates"].items():
        assert reading["dates"][name] == value, name
    assert len(reading["findings"]) == len(gold["findings"]) == 15
    for read_finding, gold_finding in zip(reading["findings"], gold["findings"], strict=True):
        for name in ("number", "stated_progress", "stated_nature", "stated_closed", "truncated"):
            assert read_finding[name] == gold_finding[name], (gold_finding["number"], name)
        for name in ("theme", "group", "title", "status_text"):
            assert essence(read_finding[name]) == essence(gold_finding[name]), (gold_finding["number"], name)
        for name in ("measures", "actions"):
            texts = [essence(item["text"]) for item in read_finding[name]]
            assert texts == [essence(text) for text in gold_finding[name]], (gold_finding["number"], name)
    assert sum(len(finding["actions"]) for finding in reading["findings"]) == 37


def test_the_seed_loses_its_readings_and_its_furniture_and_nothing_else():
    gold = json.loads((SHARED / "seed.gold.json").read_text(encoding="utf-8"))
    reading = read(SHARED / "seed.txt")

    kinds = [edit.kind.value for edit in reading.edits]
    assert kinds.count("reading") == gold["edit_counts"]["reading"]
    for words in gold["must_contain_restored"]:
        assert words in reading.text
