"""Formulas saved without their values (未计算的公式), as programs write them that never calculate."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

EACH_MOST: Final = 20
"""Formulas of one column that are named one by one; where there are more the column is named once."""
_FORMULA_MOST: Final = 200


class Formula(NamedTuple):
    """Cells of one column whose formulas have no value, rows counted from 0: one cell, or so many ``cells``.

    ``text`` is the formula of the first, with its sign of equality.
    """

    top: int
    column: int
    bottom: int
    cells: int
    text: str


@dataclass(slots=True)
class Uncalculated:
    """The formulas without values of one sheet: of every column the first, and how many there are."""

    first: dict[int, list[tuple[int, str]]] = field(default_factory=dict)
    counts: dict[int, tuple[int, int]] = field(default_factory=dict)

    def add(self, row: int, column: int, formula: str) -> None:
        """One more; what follows a formula that is shared has no text of its own."""
        count, last = self.counts.get(column, (0, row))
        self.counts[column] = count + 1, max(last, row)
        first = self.first.setdefault(column, [])
        if count < EACH_MOST:
            first.append((row, formula[:_FORMULA_MOST]))

    def told(self) -> Iterator[Formula]:
        """Each by itself, or its column where there are many."""
        for column, cells in self.first.items():
            count, last = self.counts[column]
            if count > EACH_MOST:
                yield Formula(cells[0][0], column, last, count, f"={cells[0][1]}")
            else:
                yield from (Formula(row, column, row, 1, f"={text}") for row, text in cells)


def formulas_of(told: Sequence[Sequence[Any]]) -> tuple[Formula, ...]:
    """The formulas as they came from the child."""
    return tuple(Formula(*one) for one in told)
