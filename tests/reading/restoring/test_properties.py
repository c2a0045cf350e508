"""The restorer held against the noise generator; ``make prove`` asks for 2,000 examples of each property."""

from __future__ import annotations

import bisect
import itertools
import os
import random
import re
from dataclasses import dataclass

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from reading.pages import CLEAN, GENUINE
from zhenggai.domain.spans import EditKind
from zhenggai.reading.decode import from_text
from zhenggai.reading.garbling import USUAL, Family, Garbled, Noise, garble
from zhenggai.reading.restoring import Restored, restore
from zhenggai.reading.restoring.gbk_bytes import folded

EXAMPLES = int(os.environ.get("ZHENGGAI_TEST_EXAMPLES", "25"))
# Shrinking a page of noise tells little and takes long: the seed alone shows it again.
proved = settings(
    max_examples=EXAMPLES, deadline=None, derandomize=True, phases=[Phase.explicit, Phase.generate]
)

BACK = [
    Noise.FURNITURE,
    Noise.SPAM,
    Noise.LINKS,
    Noise.PORTAL,
    Noise.MARKUP,
    Noise.RANDOM,
    Noise.COMMAS,
    Noise.INDENTS,
    Noise.DATES,
]
"""Noise that the restorer takes back in place."""
SEEDS = st.integers(0, 2**32)
FAMILIES = st.sampled_from(list(Family))
SHARES = st.sampled_from([None, 0.03, 0.06, 0.15, 0.3])


def restored_of(text: str) -> Restored:
    """The restored text, after what must hold of every one: edits rebuild the source, twice is as once."""
    restored = restore(from_text(text, name="x"))
    edits = list(restored.edits)
    assert restored.unapply() == text
    assert all(one.span.end <= two.span.start for one, two in itertools.pairwise(edits))
    assert all(edit.before == edit.span.of(text) for edit in edits)
    assert all(edit.before == edit.after for edit in edits if edit.kind is EditKind.FLAG)
    assert restore(from_text(restored.text or " x", name="x")).text == (restored.text or " x")
    return restored


def flagged_lines(restored: Restored) -> set[int]:
    """The lines of the restored text that a flag points at, from 1."""
    starts = [0, *itertools.accumulate(len(line) + 1 for line in restored.text.split("\n"))]
    return {
        bisect.bisect_right(starts, restored.to_restored(edit.span.start))
        for edit in restored.edits
        if edit.kind is EditKind.FLAG
    }


@st.composite
def clean_pages(draw: st.DrawFn) -> str:
    """A whole page, or a part of one with lines of another in it."""
    lines = CLEAN[draw(st.sampled_from(sorted(CLEAN)))].split("\n")
    if draw(st.booleans()):
        return "\n".join(lines)
    other = CLEAN[draw(st.sampled_from(sorted(CLEAN)))].split("\n")
    rng = random.Random(draw(SEEDS))
    start = rng.randrange(len(lines) // 2)
    mixed = [*lines[start : start + rng.randint(5, 12)], *rng.sample(other, 3)]
    return "\n".join(mixed)


@proved
@given(clean_pages(), FAMILIES, SHARES, st.sets(st.sampled_from(BACK)), SEEDS)
def test_the_clean_text_comes_back_and_what_was_lost_is_flagged(
    clean: str, family: Family, share: float | None, more: set[Noise], seed: int
):
    garbled = garble(clean, family=family, kinds=USUAL | more, share=share, seed=seed)

    restored = restored_of(garbled.text)

    lost = {deed.line for deed in garbled.lost}
    pairs = list(zip(restored.text.split("\n"), clean.split("\n"), strict=True))
    assert {number for number, (line, whole) in enumerate(pairs, 1) if line != whole} <= lost
    assert lost <= flagged_lines(restored)


@proved
@given(clean_pages(), FAMILIES, st.sampled_from([Noise.WRAP, Noise.COUNTERS, Noise.SPACES]), SEEDS)
def test_broken_lines_and_lost_spaces_change_nothing_else(
    clean: str, family: Family, noise: Noise, seed: int
):
    garbled = garble(clean, family=family, kinds=USUAL | {noise}, seed=seed)

    restored = restored_of(garbled.text)

    assert closed_up(restored.text) == closed_up(clean)


def closed_up(text: str) -> str:
    return "".join(text.split())


@dataclass(frozen=True)
class Tally:
    """What became of the damaged lines."""

    mended: int
    flagged: int


def tally(clean: str, garbled: Garbled, restored: Restored) -> Tally:
    """Every damaged line is whole again or flagged, and none else is touched."""
    damaged = {deed.line for deed in garbled.deeds if deed.kind is Noise.DAMAGE}
    flagged = flagged_lines(restored)
    # Bytes that print nothing leave no trace: what lacks them can be read as whole.
    traceless = {deed.line for deed in garbled.lost if not deed.after}
    mended = 0
    pairs = zip(folded(restored.text).split("\n"), folded(clean).split("\n"), strict=True)
    for number, (line, whole) in enumerate(pairs, 1):
        assert line == whole or number in damaged & (flagged | traceless), (line, whole)
        mended += line == whole and number in damaged
    assert {deed.line for deed in garbled.lost} - traceless <= flagged
    return Tally(mended, len(damaged) - mended)


CLAUSES = sorted(
    {
        clause.strip()
        for text in CLEAN.values()
        for clause in re.split(r"(?<=[。；！？，：])|\n", text)
        if 4 < len(clause.strip()) < 60
    }
)


@st.composite
def shuffled_pages(draw: st.DrawFn) -> str:
    """Clauses in any order: other bytes meet at every mark.

    Each line ends with a full stop: one that breaks off looks as if its width had cut it, and goes on below.
    """
    rng = random.Random(draw(SEEDS))
    lines: list[str] = []
    for number in rng.sample("一二三四五六七八九十", 8):
        head = rng.choice(["", "　　", f"　　（{number}）", f"（{number}）", "　　“"])
        lines.append(head + "".join(rng.sample(CLAUSES, 5)).rstrip("，；：、,;:。") + "。")
    return "\n".join(lines)


@proved
@given(shuffled_pages(), st.sampled_from([None, 0.0, 0.3, 0.7, 1.0]), SEEDS)
def test_a_damaged_line_is_whole_again_or_flagged(clean: str, share: float | None, seed: int):
    kinds = USUAL | {Noise.DAMAGE}
    garbled = garble(clean, family=Family.B, kinds=kinds, share=share, seed=seed)

    tally(clean, garbled, restored_of(garbled.text))


@pytest.mark.parametrize("name", CLEAN)
@pytest.mark.parametrize("share", [0.0, 0.4, 1.0])
def test_the_damaged_lines_of_whole_pages_are_whole_again_or_flagged(name: str, share: float):
    garbled = garble(CLEAN[name], family=Family.B, kinds=USUAL | {Noise.DAMAGE}, share=share, seed=1)

    tally(CLEAN[name], garbled, restored_of(garbled.text))


@proved
@given(st.permutations(sorted(GENUINE.keys() - {"code"}) + sorted(CLEAN)), st.integers(1, 3))
def test_genuine_texts_are_not_changed_alone_or_on_one_page(names: list[str], count: int):
    # A program alone keeps its tags; in the middle of Chinese prose they are taken for leaked ones.
    every = GENUINE | CLEAN
    # A blank line stands between two texts: the last line of one does not go on in the next.
    text = "\n\n".join(every[name].rstrip("\n") for name in names[:count])

    restored = restored_of(text)

    assert restored.text == text
    assert list(restored.edits) == []


@pytest.mark.parametrize("name", [*GENUINE, *CLEAN])
def test_every_genuine_text_stays_as_it_is(name: str):
    text = (GENUINE | CLEAN)[name]

    restored = restored_of(text)

    assert (restored.text, list(restored.edits)) == (text, [])
    assert not any(step.on or step.count for step in restored.report)


@proved
@given(st.sampled_from(sorted(CLEAN)), st.sampled_from(sorted(CLEAN)), FAMILIES, SEEDS)
def test_a_page_half_clean_and_half_noise_comes_back(first: str, second: str, family: Family, seed: int):
    garbled = garble(CLEAN[second], family=family, seed=seed).text
    halves = [CLEAN[first], garbled] if seed % 2 else [garbled, CLEAN[first]]
    wanted = [CLEAN[first], CLEAN[second]] if seed % 2 else [CLEAN[second], CLEAN[first]]

    assert restored_of("\n".join(halves)).text == "\n".join(wanted)
