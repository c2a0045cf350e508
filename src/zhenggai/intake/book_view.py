"""What a page shows of a workbook's mapping (对应关系视图): sheets, headers, columns, samples, guesses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from zhenggai.reading.workbook import SheetKind

if TYPE_CHECKING:
    from collections.abc import Mapping as Table
    from collections.abc import Sequence

    from zhenggai.reading.workbook import Mapping
    from zhenggai.reading.workbook.grid import Book, Sheet
    from zhenggai.reading.workbook.header import Column
    from zhenggai.reading.workbook.mapping import SheetMapping

SAMPLES: Final = 5
SAMPLE_CHARACTERS: Final = 60
NAME_CHARACTERS: Final = 200
_LOOKED_AT: Final = 2_000
DOUBTFUL_BELOW: Final = 0.9
"""A guess that is less sure than this is shown first."""


def sheets_shown(
    book: Book, guessed: Mapping, used: Mapping, remembered: Table[str, Table[str, str]]
) -> list[dict[str, Any]]:
    """The sheets as plain JSON values: what each is held to be, what the guess was, values of its columns.

    ``remembered``: by the fingerprint of a header, who saved when the mapping that was taken for it.
    """
    return [
        {
            "name": _stored(sheet.name),
            "hidden": sheet.is_hidden,
            "rows": len(sheet.rows),
            "kind": mapped.kind.value,
            "guessed_kind": guess.kind.value,
            "fingerprint": mapped.fingerprint,
            "header": _rows(sheet, mapped),
            "guessed_header": _rows(sheet, guess),
            "columns": _columns(sheet, mapped, guess),
            "remembered": dict(remembered[mapped.fingerprint]) if mapped.fingerprint in remembered else None,
        }
        for sheet, mapped, guess in zip(book.sheets, used.sheets, guessed.sheets, strict=True)
    ]


def _rows(sheet: Sheet, mapped: SheetMapping) -> list[int] | None:
    """The first and last row of the header, counted from 1."""
    header = mapped.header
    return None if header is None else [sheet.numbers[header.place] + 1, sheet.numbers[header.last] + 1]


def _columns(sheet: Sheet, mapped: SheetMapping, guessed: SheetMapping) -> list[dict[str, Any]]:
    header = mapped.header
    if header is None:
        return []
    same = guessed.header is not None and (guessed.header.place, guessed.header.last) == (
        header.place,
        header.last,
    )
    before = guessed.header.columns if same and guessed.header is not None else header.columns
    samples = _samples(sheet, header.last + 1, len(header.columns))
    return [
        _column(column, before[at] if at < len(before) else column, samples[at])
        for at, column in enumerate(header.columns)
    ]


def _column(column: Column, guessed: Column, samples: Sequence[str]) -> dict[str, Any]:
    return {
        "index": column.index,
        "name": _stored(column.name)[:NAME_CHARACTERS],
        "role": column.guess.role.value if column.guess.role else "",
        "guessed": guessed.guess.role.value if guessed.guess.role else "",
        "confidence": round(column.guess.confidence, 2),
        "why": column.guess.why,
        "option": _stored(column.option or ""),
        "samples": list(samples),
    }


def _samples(sheet: Sheet, first: int, width: int) -> list[list[str]]:
    """The first different values below the header, column by column."""
    found: list[dict[str, None]] = [{} for _ in range(width)]
    waiting = width
    for cells in sheet.rows[first : first + _LOOKED_AT]:
        for index, text in enumerate(cells[:width]):
            if text and len(found[index]) < SAMPLES and (shown := _stored(" ".join(text.split()))):
                known = len(found[index])
                found[index].setdefault(shown[:SAMPLE_CHARACTERS] + ("…" * (len(shown) > SAMPLE_CHARACTERS)))
                waiting -= known < SAMPLES == len(found[index])
        if not waiting:
            break
    return [list(one) for one in found]


def _stored(text: str) -> str:
    """As a database can keep it."""
    return text.replace("\x00", "")


READ_KINDS: Final = frozenset({SheetKind.LEDGER.value, SheetKind.LIST.value, SheetKind.FORM.value})
"""The kinds of sheets of which something becomes a finding."""
