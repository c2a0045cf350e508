"""Tables for spreadsheets (CSV): no cell that a spreadsheet would execute."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Final

from zhenggai.documents.plain import plain_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

BOM: Final = b"\xef\xbb\xbf"

# What spreadsheets take for the beginning of a formula, in both widths.
_FORMULA: Final = "=+-@＝＋－＠"
_BREAKS: Final = "\t\r\n"
# Blanks and characters that show nothing, behind which a formula would still be one.
_SKIPPED: Final = re.compile(r"^[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x1f]+")
_NUMBER: Final = re.compile(r"-(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]+)?%?")


def csv_bytes(heading: Sequence[object], rows: Iterable[Sequence[object]]) -> bytes:
    """The table as one file: UTF-8 with byte order mark, CRLF after every row, cells neutralised."""
    return b"".join(csv_pieces(heading, rows))


def csv_pieces(heading: Sequence[object], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """The same file row by row, for long tables."""
    yield BOM + csv_row(heading)
    for row in rows:
        yield csv_row(row)


def neutral_cell(value: object) -> str:
    """One cell as text (单元格), with an apostrophe before what a spreadsheet would execute.

    That is a text that begins, after blanks and invisible characters, with = + - @ in either width, or that
    begins with a tab or a line break. A plain negative number stays as it is.
    """
    text = plain_text(value)
    return f"'{text}" if not _NUMBER.fullmatch(text) and begins_formula(text) else text


def begins_formula(text: str) -> bool:
    """Whether a spreadsheet would take a text for a formula, or break it (公式注入)."""
    begins = _SKIPPED.sub("", text)[:1]
    return (begins != "" and begins in _FORMULA) or (text != "" and text[0] in _BREAKS)


def csv_row(cells: Sequence[object]) -> bytes:
    """One row of such a table, for one that is made of several sources."""
    line = io.StringIO(newline="")
    csv.writer(line, lineterminator="\r\n").writerow([neutral_cell(cell) for cell in cells])
    return line.getvalue().encode("utf-8", "replace")
