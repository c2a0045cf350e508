"""Spoils a clean notice the way mirrors do, so that tests can ask for the clean one back."""

from __future__ import annotations

import random
from functools import cache

from opencc import OpenCC

from zhenggai.reading.restoring import readings
from zhenggai.reading.restoring.gbk_bytes import printed

STAYS = frozenset(
    "后于干里云范征采余只系面制准并布志台复表出丑斗谷几借卷克困了累秋松向咨着冲周占万与折致采胡须沈"
)
"""Simplified letters that family B leaves as they are."""
OVERDONE = str.maketrans("面制系历干复咨着", "麵製係曆幹複谘著")
FOOTER = "网站内容来源于网络,其真实性与本站无关,请网友慎重判断"


@cache
def _opencc() -> OpenCC:
    return OpenCC("s2t")


@cache
def _traditional(char: str) -> str:
    return _opencc().convert(char)


def mainland(text: str) -> str:
    """Family B's script: letter by letter, the shared letters untouched."""
    return "".join(char if char in STAYS else _traditional(char) for char in text)


def overdone(text: str) -> str:
    """Family A's script: over-converted."""
    return "".join(_traditional(char) for char in text.translate(OVERDONE))


@cache
def readings_of(char: str) -> tuple[str, ...]:
    """All readings of a character that carry a tone mark."""
    table = readings._table()
    return tuple(
        syllable
        for syllable, chars in table.items()
        if char in chars and readings._toneless(syllable) != syllable
    )


def annotate_some(text: str, share: float, rng: random.Random) -> str:
    """Family A's readings: after any Han character, at random, in any of its readings."""
    pieces: list[str] = []
    for char in text:
        pieces.append(char)
        if "一" <= char <= "鿿" and rng.random() < share and readings_of(char):
            pieces.append(f"({rng.choice(readings_of(char))})")
    return "".join(pieces)


def family_a(clean: str, rng: random.Random, share: float = 0.09) -> str:
    """A whole page of family A, with its three lines around the text."""
    lines = ["来源时间为:2024-03-28", clean, "文章来源于:http://www.example.com 示例", FOOTER]
    return annotate_some(overdone("\n".join(lines)), share, rng)


def annotated_letters(clean: str, rng: random.Random, share: float = 0.5) -> dict[str, str]:
    """Family B's letters: those whose Traditional form differs, each with one reading for the page."""
    letters = sorted({char for char in mainland(clean) if _differs(char)})
    return {
        char: rng.choice(readings_of(char)) for char in letters if rng.random() < share and readings_of(char)
    }


@cache
def _differs(char: str) -> bool:
    return OpenCC("t2s").convert(char) != char


def family_b(clean: str, rng: random.Random, share: float = 0.5) -> str:
    """Family B without damage: whole characters are annotated, every time or never."""
    text = mainland(clean)
    for char, reading in annotated_letters(clean, rng, share).items():
        text = text.replace(char, f"{char}({reading})")
    return text.replace("，", ",").replace("；", ";").replace("：", ":").replace("（", "(").replace("）", ")")


def damaged(clean: str, letters: dict[str, str]) -> str:
    """Family B with damage: the bytes of ``letters`` are replaced where they stand, cut and printed."""
    lines: list[str] = []
    for line in mainland(clean).split("\n"):
        raw = line.encode("gbk")
        for char, reading in letters.items():
            key = char.encode("gbk")
            raw = raw.replace(key, key + b"(" + reading.encode("gbk") + b")")
        lines.append(printed(raw))
    return "\n".join(lines)
