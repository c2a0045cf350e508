"""Ledgers whose cells stand one per line (每格一行): tables that a page lost the lines of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.reading.interpreting import status, tables
from zhenggai.reading.interpreting.dates import due_day
from zhenggai.reading.interpreting.labels import Field, column
from zhenggai.reading.outline_lines import Paragraph, ParagraphKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhenggai.reading.interpreting.drafts import Draft

_CELL = 200
_FEWEST = 3


def unfolded(
    text: str, paragraphs: Sequence[Paragraph]
) -> list[tuple[list[Field | None], list[list[Paragraph]], list[Paragraph]]]:
    """Tables whose cells stand one per line: (columns, rows of cells, header cells)."""
    result: list[tuple[list[Field | None], list[list[Paragraph]], list[Paragraph]]] = []
    place = 0
    while place < len(paragraphs):
        header: list[Paragraph] = []
        while place + len(header) < len(paragraphs):
            cell = paragraphs[place + len(header)]
            if (
                cell.kind is not ParagraphKind.PROSE
                or cell.end - cell.start > 10
                or column(text[cell.start : cell.end]) is None
            ):
                break
            header.append(cell)
        fields = (
            tables.header_of([text[cell.start : cell.end] for cell in header]) if len(header) >= 3 else []
        )
        numbered = bool(fields) and fields[0] is Field.NUMBER
        place += max(1, len(header))
        if not fields:
            continue
        rows = (_rows if numbered else _dated_rows)(text, paragraphs, place, fields)
        if not (rows or numbered):
            continue
        place += sum(len(row) for row in rows)
        result.append((fields, rows, header))
    return result


def _rows(
    text: str, paragraphs: Sequence[Paragraph], place: int, fields: list[Field | None]
) -> list[list[Paragraph]]:
    """Rows of cells from ``place`` on, counted 1, 2, 3, or without numbers where the page lost them."""
    rows: list[list[Paragraph]] = []
    first = paragraphs[place : place + 1]
    if first and text[first[0].start : first[0].end] != "1":
        del fields[0]
        while place + len(fields) <= len(paragraphs) and all(
            cell.kind is ParagraphKind.PROSE and cell.end - cell.start <= _CELL
            for cell in paragraphs[place : place + len(fields)]
        ):
            rows.append(list(paragraphs[place : place + len(fields)]))
            place += len(fields)
        return rows
    while place + len(fields) <= len(paragraphs):
        row = list(paragraphs[place : place + len(fields)])
        if text[row[0].start : row[0].end] != str(len(rows) + 1):
            break
        rows.append(row)
        place += len(fields)
    return rows


def _dated_rows(
    text: str, paragraphs: Sequence[Paragraph], place: int, fields: list[Field | None]
) -> list[list[Paragraph]]:
    """Rows of cells from ``place`` on without numbers: told by a deadline where the column of one is."""
    if Field.DUE not in fields:
        return []
    rows: list[list[Paragraph]] = []
    due = fields.index(Field.DUE)
    while place + len(fields) <= len(paragraphs):
        row = list(paragraphs[place : place + len(fields)])
        said = text[row[due].start : row[due].end]
        if any(cell.kind is not ParagraphKind.PROSE or cell.end - cell.start > _CELL for cell in row) or (
            due_day(said) is None and status.stated(said).nature is None
        ):
            break
        rows.append(row)
        place += len(fields)
    return rows if len(rows) > 1 else []


def read_unfolded(
    text: str, columns: Sequence[Field | None], rows: Sequence[Sequence[Paragraph]]
) -> list[Draft]:
    """Findings of a table whose cells stand one per line."""
    ledger = tables.Ledger()
    state = tables.State()
    for row in rows:
        span = Paragraph(row[0].start, row[-1].end)
        tables.take(text, span, [tables.Cell(cell.start, cell.end) for cell in row], columns, state, ledger)
    return ledger.drafts
