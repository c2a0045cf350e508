"""What a mirror's noise is made of, and what was done to a text (噪声、做过的手脚)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import random


class Family(StrEnum):
    """The two families of mirrors (镜像类型): A annotates any character, B chosen ones at every place."""

    A = "a"
    B = "b"


class Noise(StrEnum):
    """One kind of noise (噪声种类)."""

    SCRIPT = "script"
    READINGS = "readings"
    DAMAGE = "damage"
    FURNITURE = "furniture"
    SPAM = "spam"
    LINKS = "links"
    PORTAL = "portal"
    COUNTERS = "counters"
    WRAP = "wrap"
    MARKUP = "markup"
    RANDOM = "random"
    COMMAS = "commas"
    INDENTS = "indents"
    SPACES = "spaces"
    DATES = "dates"


USUAL = frozenset({Noise.SCRIPT, Noise.READINGS})
"""What every page of a mirror has."""


class Deed(NamedTuple):
    """One thing done: in which line of the clean text (from 1; 0 for a line of its own or many lines).

    ``is_lost``: no reader can know ``before`` again from the garbled text. Bytes that printed nothing are
    written as hex digits; they leave no trace at all, so that a reader cannot even know that they are gone.
    """

    kind: Noise
    line: int
    before: str
    after: str
    is_lost: bool
    times: int


@dataclass(frozen=True, slots=True)
class Garbled:
    """A text spoiled as a mirror spoils it, and everything that was done to it."""

    text: str
    deeds: tuple[Deed, ...]

    @property
    def lost(self) -> tuple[Deed, ...]:
        """What no reader can know again."""
        return tuple(deed for deed in self.deeds if deed.is_lost)


class Row(NamedTuple):
    """A printed line and the line of the clean text that it comes from; 0 for a line of its own."""

    number: int
    text: str


@dataclass(slots=True)
class Ledger:
    """Deeds as they are done; equal ones are counted."""

    counted: Counter[tuple[Noise, int, str, str, bool]] = field(default_factory=Counter)

    def note(self, kind: Noise, line: int, before: str, after: str, *, is_lost: bool = False) -> None:
        """Write one deed down."""
        self.counted[(kind, line, before, after, is_lost)] += 1

    def deeds(self) -> tuple[Deed, ...]:
        """All of them, in the order of the page's steps and lines."""
        return tuple(Deed(*deed, times) for deed, times in self.counted.items())


@dataclass(frozen=True, slots=True)
class Page:
    """What the steps share: the source of chance, the book of deeds."""

    rng: random.Random
    ledger: Ledger
