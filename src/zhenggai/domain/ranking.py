"""Places in a ranking (排名): by exact shares, and who is equal stands equal."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many (占比); of nothing there is no share."""

    part: int
    whole: int

    @property
    def value(self) -> Fraction | None:
        """The exact share."""
        return Fraction(self.part, self.whole) if self.whole else None


def places(shares: Sequence[Share], *, is_more_better: bool) -> list[int | None]:
    """The place of each (名次), counted from 1; equal shares have equal places, no share has none.

    After two that stand second comes the fourth.
    """
    known = sorted((each.value for each in shares if each.value is not None), reverse=is_more_better)
    first: dict[Fraction, int] = {}
    for place, value in enumerate(known, start=1):
        first.setdefault(value, place)
    return [None if each.value is None else first[each.value] for each in shares]
