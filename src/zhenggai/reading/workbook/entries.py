"""The findings among the rows of a sheet (台账条目): each with its rows and what stands above it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Entry:
    """One finding of a sheet: its rows by place, where its problem stands, and what stands above it.

    ``shares``: its problem is merged with those of other numbers. ``at`` is the row's place and the column.
    ``number_lent``: its number is merged over several problems.
    """

    number: str | None
    title: str
    at: tuple[int, int]
    rows: list[int]
    theme: str | None = None
    group: str | None = None
    organisation: str | None = None
    shares: bool = False
    number_lent: bool = False


@dataclass(slots=True)
class Rows:
    """The rows of one sheet as they were understood: ``uses`` is what each row is."""

    entries: list[Entry]
    uses: list[int]
    unnamed: list[int]
    """Rows with a number or values of their own whose problem is missing."""
    tables: list[int]
    """Rows in which another table begins, whose columns are others: nothing of it is read."""
    as_above: list[int]
    """Rows with a number of their own whose problem says no more than 同上."""
