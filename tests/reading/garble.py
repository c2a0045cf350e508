"""The steps of the noise generator one by one, so that tests can ask for the clean text back."""

from __future__ import annotations

import random

from zhenggai.reading.garbling import annotating, cutting, spelling
from zhenggai.reading.garbling.noise import Family, Ledger, Page, Row
from zhenggai.reading.restoring.readings import readings_of

__all__ = [
    "annotate_some",
    "annotated_letters",
    "damaged",
    "family_a",
    "family_b",
    "mainland",
    "overdone",
    "readings_of",
]
FOOTER = "网站内容来源于网络,其真实性与本站无关,请网友慎重判断"


def mainland(text: str) -> str:
    """Family B's script: letter by letter, the shared letters untouched."""
    return spelling.respell([Row(1, text)], Family.B, Page(random.Random(0), Ledger()))[0].text


def overdone(text: str) -> str:
    """Family A's script at its usual choices: over-converted."""
    return "".join(map(spelling.usual, text.translate(str.maketrans(spelling.OVERDONE))))


def annotate_some(text: str, share: float, rng: random.Random) -> str:
    """Family A's readings: after any Han character, at random, in any of its readings."""
    return annotating.anywhere([Row(1, text)], share, Page(rng, Ledger()))[0].text


def family_a(clean: str, rng: random.Random, share: float = 0.09) -> str:
    """A whole page of family A, with its three lines around the text."""
    lines = ["来源时间为:2024-03-28", clean, "文章来源于:http://www.example.com 示例", FOOTER]
    return annotate_some(overdone("\n".join(lines)), share, rng)


def annotated_letters(clean: str, rng: random.Random, share: float = 0.5) -> dict[str, str]:
    """Family B's letters: those whose Traditional form differs, each with one reading for the page."""
    return annotating.letters_of([Row(1, mainland(clean))], share, Page(rng, Ledger()))


def family_b(clean: str, rng: random.Random, share: float = 0.5) -> str:
    """Family B without damage: whole characters are annotated, every time or never."""
    letters = annotated_letters(clean, rng, share)
    text = annotating.everywhere([Row(1, mainland(clean))], letters, Page(rng, Ledger()))[0].text
    return text.translate(str.maketrans("，；：（）", ",;:()"))


def damaged(clean: str, letters: dict[str, str]) -> str:
    """Family B with damage: the bytes of ``letters`` are replaced where they stand, cut and printed."""
    cut = [cutting.cut(line, letters) for line in mainland(clean).split("\n")]
    return "\n".join(line.text for line in cut if line is not None)
