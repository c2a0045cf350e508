"""Ledgers kept as forms (一事一表): label left, value right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.reading.interpreting.columns import is_header
from zhenggai.reading.interpreting.drafts import Draft, Passage, told
from zhenggai.reading.interpreting.labels import Field, Label, column
from zhenggai.reading.interpreting.table_rows import cells_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhenggai.reading.outline_lines import Paragraph


def form(text: str, rows: Sequence[Paragraph]) -> list[Draft] | None:
    """The findings of a form, one from problem to problem, or null where ``rows`` are none."""
    if is_header([text[cell.start : cell.end] for cell in cells_of(text, rows[0])]):
        return None
    drafts: list[Draft] = []
    labelled = 0
    waiting: list[Passage] = []
    for row in rows:
        cells = [cell for cell in cells_of(text, row) if cell.start < cell.end]
        place = 0
        while place + 1 < len(cells):
            name = text[cells[place].start : cells[place].end]
            kind = column(name)
            if kind is None or column(text[cells[place + 1].start : cells[place + 1].end]) is not None:
                place += 1
                continue
            labelled += 1
            value = cells[place + 1]
            label = Label(kind, name, cells[place].start, cells[place].end)
            if kind in {Field.PROBLEM, Field.TASK} and not (
                kind is Field.TASK and drafts and not drafts[-1].has(Field.RESULT)
            ):
                drafts.append(
                    Draft(None, text[value.start : value.end], row.start, row.end, None, rule="form")
                )
                drafts[-1].passages.extend(waiting)
                waiting = []
            filled = Field.PROBLEM if kind is Field.DETAIL else kind
            passage = Passage(filled, value.start, value.end, label, "cell")
            if drafts:
                drafts[-1].end = row.end
                drafts[-1].passages.extend(told(text, passage, ()))
            else:
                waiting.append(passage)
            place += 2
    return drafts if drafts and labelled >= 3 and labelled * 2 >= len(rows) else None
