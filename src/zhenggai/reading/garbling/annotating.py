"""Readings put behind characters, whole or by their bytes (注音)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zhenggai.reading.garbling import cutting
from zhenggai.reading.garbling.noise import Noise
from zhenggai.reading.restoring.readings import is_han, readings_of
from zhenggai.reading.restoring.script import simplify

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from zhenggai.reading.garbling.noise import Page, Row

SHARE_A: Final = 0.09
"""Of the characters."""
SHARE_B: Final = 0.4
"""Of the different letters that have a Traditional form of their own."""


def anywhere(rows: Iterable[Row], share: float, page: Page) -> list[Row]:
    """Family A: behind any character by chance, in any of its readings."""
    done: list[Row] = []
    for row in rows:
        pieces: list[str] = []
        for letter in row.text:
            pieces.append(letter)
            ways = readings_of(letter) if is_han(letter) and page.rng.random() < share else ()
            if ways:
                reading = f"({page.rng.choice(ways)})"
                pieces.append(reading)
                page.ledger.note(Noise.READINGS, row.number, letter, letter + reading)
        done.append(row._replace(text="".join(pieces)))
    return done


def letters_of(rows: Iterable[Row], share: float, page: Page) -> dict[str, str]:
    """Family B's letters with the one reading that each has on this page; 著 may be among them."""
    every = sorted({letter for row in rows for letter in row.text if is_han(letter)})
    simple = simplify("\n".join(every)).split("\n")
    chosen: dict[str, str] = {}
    for letter, other in zip(every, simple, strict=True):
        ways = readings_of(letter) if letter != other or letter == "著" else ()
        if ways and page.rng.random() < share:
            chosen[letter] = page.rng.choice(ways)
    return chosen


def everywhere(rows: Iterable[Row], letters: Mapping[str, str], page: Page) -> list[Row]:
    """Family B: behind every place of its letters."""
    done: list[Row] = []
    for row in rows:
        text = row.text
        for letter, reading in letters.items():
            for _ in range(row.text.count(letter)):
                page.ledger.note(Noise.READINGS, row.number, letter, f"{letter}({reading})")
            text = text.replace(letter, f"{letter}({reading})")
        done.append(row._replace(text=text))
    return done


def by_bytes(rows: Iterable[Row], letters: Mapping[str, str], page: Page) -> list[Row]:
    """Family B with damage: the bytes of its letters wherever they stand, across characters too."""
    done: list[Row] = []
    for row in rows:
        whole = everywhere([row], letters, page)[0].text
        cut = cutting.cut(row.text, letters)
        if cut is None:
            done.append(row._replace(text=whole))
            continue
        before, after = _apart(cutting.narrowed(whole), cut.text)
        if before or after:
            page.ledger.note(Noise.DAMAGE, row.number, before, after)
        for letter in cut.swallowed:
            page.ledger.note(Noise.DAMAGE, row.number, letter, "?", is_lost=True)
        for pair in cut.vanished:
            page.ledger.note(Noise.DAMAGE, row.number, pair, "", is_lost=True)
        done.append(row._replace(text=cut.text))
    return done


def _apart(before: str, after: str) -> tuple[str, str]:
    """What differs between two texts: without their common beginning and end."""
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    before, after = before[start:], after[start:]
    end = 0
    while end < min(len(before), len(after)) and before[len(before) - 1 - end] == after[len(after) - 1 - end]:
        end += 1
    return before[: len(before) - end], after[: len(after) - end]
