"""The real mirrored page beside the project; it is not copied here, so the tests run only where it lies."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from zhenggai.domain.spans import EditKind
from zhenggai.reading.decode import decode
from zhenggai.reading.restoring import Restored, restore

SEED = Path(__file__).resolve().parents[4] / "shared" / "notice" / "seed.txt"

pytestmark = pytest.mark.skipif(
    not SEED.exists(), reason="the mirrored page lies only beside the project's first home"
)


@pytest.fixture(scope="module")
def restored() -> Restored:
    return restore(decode(SEED.read_bytes(), name="seed.txt"))


@pytest.fixture(scope="module")
def gold() -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(SEED.with_name("seed.gold.json").read_text(encoding="utf-8"))
    return plain


def squeezed(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


def test_every_reading_and_line_is_counted(restored: Restored, gold: dict[str, Any]):
    counts = Counter(edit.kind for edit in restored.edits)

    assert counts[EditKind.READING] == gold["edit_counts"]["reading"]
    assert counts[EditKind.FURNITURE] == gold["edit_counts"]["furniture_lines"]
    assert set(counts) == {EditKind.READING, EditKind.FURNITURE, EditKind.SCRIPT}
    steps = {step.step: step.count for step in restored.report}
    assert steps["readings_inside_furniture"] == gold["edit_counts"]["readings_inside_furniture"]
    assert restored.unapply() == restored.decoded.text
    assert restored.decoded.to_bytes() == SEED.read_bytes()


def test_the_words_of_the_notice_are_all_there(restored: Restored, gold: dict[str, Any]):
    text = squeezed(restored.text)

    assert not [words for words in gold["must_contain_restored"] if words not in restored.text]
    for finding in gold["findings"]:
        words = [finding["title"], finding["theme"], finding["group"], *finding["actions"]]
        assert not [word for word in words if squeezed(word) not in text]


def test_the_line_of_the_source_gives_the_day(restored: Restored, gold: dict[str, Any]):
    assert restored.facts["published_on"] == gold["dates"]["published_on"]
    assert restored.facts["published_source"] == gold["dates"]["published_source"]
