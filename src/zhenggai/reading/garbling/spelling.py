"""The Traditional letters of mirrors: over-converted (family A), mainland style (family B) (繁化)."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from zhenggai.reading.garbling.noise import Family, Noise
from zhenggai.reading.restoring.readings import is_han
from zhenggai.reading.restoring.script import in_big5, simplify

if TYPE_CHECKING:
    from collections.abc import Iterable

    from opencc import OpenCC

    from zhenggai.reading.garbling.noise import Page, Row

STAYS: Final = frozenset(
    "后于干里云范征采余只系面制准并布志台复表出丑斗谷几借卷克困了累秋松向咨冲周占万与折致胡须沈"
)
"""Simplified letters that family B leaves as they are."""
OVERDONE: Final = dict(zip("面制系历干复咨着么只", "麵製係曆幹複谘著麽隻", strict=True))
"""What family A makes of them in nearly every word."""
_OVERDONE_SHARE: Final = 0.7
_UNUSED: Final = frozenset("榦侷崙箇孃寀嚮囌蕓苧藉瞭")
"""Letters that no mirror was seen to choose."""


@cache
def forms() -> dict[str, tuple[str, ...]]:
    """For every Simplified letter the Traditional ones that come back to it, those of GBK only."""
    every = [chr(code) for code in range(0x4E00, 0x9FA6)]
    back = simplify("\n".join(every)).split("\n")
    found: dict[str, list[str]] = {}
    for letter, simple in zip(every, back, strict=True):
        if letter != simple and letter not in _UNUSED and in_big5(letter):
            found.setdefault(simple, []).append(letter)
    return {simple: tuple(letters) for simple, letters in found.items()}


@cache
def _opencc() -> OpenCC:
    from opencc import OpenCC  # noqa: PLC0415  # its dictionaries are read only where the script is changed

    return OpenCC("s2tw")


@cache
def usual(letter: str) -> str:
    """The Traditional letter for ``letter`` alone: 為 群 眾, not 爲 羣 衆, as mirrors have them."""
    traditional: str = _opencc().convert(letter)
    return traditional


def respell(rows: Iterable[Row], family: Family, page: Page) -> list[Row]:
    """The rows in the family's letters; one choice a page for every letter."""
    chosen: dict[str, str] = {}
    done: list[Row] = []
    for row in rows:
        pieces: list[str] = []
        for letter in row.text:
            if letter not in chosen:
                chosen[letter] = _choice(letter, family, page)
            pieces.append(chosen[letter])
            if chosen[letter] != letter:
                page.ledger.note(Noise.SCRIPT, 0, letter, chosen[letter])
        done.append(row._replace(text="".join(pieces)))
    return done


def _choice(letter: str, family: Family, page: Page) -> str:
    if not is_han(letter):
        return letter
    if family is Family.B:
        return letter if letter in STAYS else usual(letter)
    if letter in OVERDONE and page.rng.random() < _OVERDONE_SHARE:
        return OVERDONE[letter]
    ways = forms().get(letter, ())
    return page.rng.choice(ways) if ways else letter
