"""What the cells of a finding say (单元格取值), by what their columns hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from zhenggai.reading.workbook.cell_words import clean_name, listed
from zhenggai.reading.workbook.grid import ERRORS
from zhenggai.reading.workbook.roles import Role

if TYPE_CHECKING:
    from collections.abc import Sequence


class Value(NamedTuple):
    """What one cell says of a finding: row's place, column, text; ``lent`` by a merged cell of rows above."""

    place: int
    column: int
    text: str
    lent: bool = False


Told = dict[Role, list[Value]]


def sound(told: Told) -> Told:
    """What the cells say, without those whose formula failed: an error is no name, no day and no status."""
    kept = {role: [one for one in each if one.text.strip() not in ERRORS] for role, each in told.items()}
    return {role: each for role, each in kept.items() if each}


def together(values: Sequence[Value]) -> str | None:
    """The people of several rows, each row of which names somebody who stands in none before."""
    said: list[str] = []
    seen: set[str] = set()
    for words in filter(None, (clean_name(value.text) for value in values)):
        names = listed(words) if len(values) > 1 else ()
        if not said or not seen.issuperset(names):
            said.append(words)
        seen.update(names)
    return "；".join(dict.fromkeys(said)) or None
