"""What an import makes of every row (导入结果): made, there already, or a fault with its cell."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from zhenggai.domain.messages import msg

if TYPE_CHECKING:
    from typing import Final

    from zhenggai.accounts.importing.columns import Row, SheetRead
    from zhenggai.domain.messages import Message


class RowState(StrEnum):
    """What becomes of a row (行状态)."""

    MADE = "made"
    THERE = "there"
    FAULT = "fault"


ROW_STATE_LABELS: Final[dict[RowState, str]] = {
    RowState.MADE: msg("new"),
    RowState.THERE: msg("there already"),
    RowState.FAULT: msg("fault"),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a cell: the sheet, its address, what stands there, the rule and how to repair it."""

    sheet: str
    address: str
    value: str
    sentence: Message


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of one row. ``note`` is something to be looked at that does not stand in the way.

    ``person_id`` and ``username``: of a person made; ``is_proposed``: a post that waits for a second hand.
    """

    row: Row
    state: RowState
    label: str
    fault: Fault | None = None
    note: Message | None = None
    username: str = ""
    is_proposed: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """What a file would make, or made (导入清单), row by row, and the sheets that are none of ours."""

    sheets: tuple[SheetRead, ...]
    outcomes: tuple[Outcome, ...]
    digest: str

    @property
    def faults(self) -> list[Fault]:
        """Every fault, in the order of the file."""
        return [each.fault for each in self.outcomes if each.fault is not None]

    @property
    def made(self) -> list[Outcome]:
        """Rows that make something."""
        return [each for each in self.outcomes if each.state is RowState.MADE]

    @property
    def there(self) -> list[Outcome]:
        """Rows that stand already."""
        return [each for each in self.outcomes if each.state is RowState.THERE]


def plan_of(content: bytes, sheets: list[SheetRead], outcomes: list[Outcome]) -> Plan:
    """The plan, with the digest by which it is known again: of the file and of what becomes of each row."""
    order = {sheet.name: place for place, sheet in enumerate(sheets)}
    outcomes = sorted(outcomes, key=lambda each: (order[each.row.sheet], each.row.number))
    lines = [f"{each.row.sheet}\t{each.row.number}\t{each.state}\t{each.label}" for each in outcomes]
    digest = hashlib.sha256(hashlib.sha256(content).digest() + "\n".join(lines).encode()).hexdigest()
    return Plan(tuple(sheets), tuple(outcomes), digest)
