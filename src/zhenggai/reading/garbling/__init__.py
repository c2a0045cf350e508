"""The noise of mirrored notices, made on purpose (造噪): pure, by a seed, every deed written down.

The steps run against those of the restorer: dates, marks, spaces and indents, then the page around the
document, then its letters, then readings or the damage of bytes.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from zhenggai.reading.garbling import annotating, clutter, letters, spelling
from zhenggai.reading.garbling.noise import USUAL, Deed, Family, Garbled, Ledger, Noise, Page, Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["USUAL", "Deed", "Family", "Garbled", "Noise", "garble"]

_BEFORE: tuple[tuple[Noise, Callable[[list[Row], Page], list[Row]]], ...] = (
    (Noise.DATES, letters.undated),
    (Noise.COMMAS, letters.doubled),
    (Noise.SPACES, letters.closed_up),
    (Noise.WRAP, clutter.wrapped),
    (Noise.COUNTERS, clutter.counted),
    (Noise.INDENTS, letters.unindented),
)


def garble(
    text: str,
    *,
    family: Family = Family.A,
    kinds: Iterable[Noise] = USUAL,
    share: float | None = None,
    seed: int = 0,
) -> Garbled:
    """Spoil a clean Simplified text as a mirror of ``family`` does; the same seed spoils it the same way.

    ``share`` of the characters (family A, 0.09 where not said) or of the different Traditional letters
    (family B, 0.4) carry a reading. Damage of bytes is family B's alone.
    """
    wanted = frozenset(kinds)
    page = Page(random.Random(seed), Ledger())  # noqa: S311  # the same noise again for the same seed
    rows = [Row(number, line) for number, line in enumerate(text.split("\n"), 1)]
    for kind, step in _BEFORE:
        if kind in wanted:
            rows = step(rows, page)
    rows = clutter.around(rows, wanted, page)
    if Noise.SCRIPT in wanted:
        rows = spelling.respell(rows, family, page)
    rows = _annotated(rows, family, wanted, share, page)
    if Noise.MARKUP in wanted:
        rows = clutter.marked_up(rows, page)
    if Noise.RANDOM in wanted:
        rows = clutter.random_ends(rows, page)
    return Garbled("\n".join(row.text for row in rows), page.ledger.deeds())


def _annotated(
    rows: list[Row], family: Family, wanted: frozenset[Noise], share: float | None, page: Page
) -> list[Row]:
    if family is Family.A:
        if Noise.READINGS not in wanted:
            return rows
        return annotating.anywhere(rows, annotating.SHARE_A if share is None else share, page)
    chosen: dict[str, str] = {}
    if Noise.READINGS in wanted:
        chosen = annotating.letters_of(rows, annotating.SHARE_B if share is None else share, page)
    if Noise.DAMAGE in wanted:
        return annotating.by_bytes(rows, chosen, page)
    return annotating.everywhere(rows, chosen, page)
