"""Places in a text, and what the restorer changed there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

_RANGES_SHOWN: Final = 12


class Span(NamedTuple):
    """``[start, end)`` in code points."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The piece of ``text`` at this place."""
        return text[self.start : self.end]


class EditKind(StrEnum):
    """Why a piece of the decoded source does not stand in the restored text as it was."""

    BYTES = "bytes"
    FURNITURE = "furniture"
    READING = "reading"
    PUNCTUATION = "punctuation"
    SCRIPT = "script"
    FLAG = "flag"


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of the restorer: ``before`` stood at ``span`` of the decoded source, ``after`` instead.

    A ``flag`` edit changes nothing (``before == after``) and points at what cannot be known.
    ``why`` is an English msgid.
    """

    kind: EditKind
    span: Span
    before: str
    after: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a stretch of the decoded source stands in its file (原件位置); what a format has not is None.

    ``span`` is in code points of the decoded source. Pages, paragraphs, tables, rows and columns count from
    1; paragraphs outside tables and tables are counted over the whole document, ``sheet`` is a worksheet's
    name.
    """

    span: Span
    page: int | None = None
    paragraph: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    sheet: str | None = None


def page_ranges(numbers: Iterable[int]) -> str:
    """Sorted page numbers as a person writes them (页码范围): ``1-3, 7``; very many end in ``…``."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and number == parts[-1][-1] + 1:
            parts[-1][1:] = [number]
        else:
            parts.append([number])
    shown = ["-".join(map(str, part)) for part in parts[:_RANGES_SHOWN]]
    return ", ".join([*shown, "…"] if len(parts) > _RANGES_SHOWN else shown)
