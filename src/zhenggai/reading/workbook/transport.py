"""Rows on their way from the child (单元格传送): one text a line instead of millions of short ones.

Equal cells become one string: a ledger says the same of hundreds of findings.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

CELL_END: Final = "\ufdd0"
ROW_END: Final = "\ufdd1"
"""Two of the characters that Unicode keeps free for a program's own use; no text has them."""


def packed(line: dict[str, Any]) -> bytes:
    """A line of an answer as bytes; rows whose cells hold what parts them stay a list."""
    if "rows" in line:
        rows = line["rows"]
        joined = ROW_END.join([CELL_END.join(cells) for cells in rows])
        parted = joined.count(CELL_END) == sum(map(len, rows)) - len(rows)
        if parted and joined.count(ROW_END) == len(rows) - 1:
            line = {"numbers": line["numbers"], "joined": joined}
    return json.dumps(line, ensure_ascii=False).encode("utf-8", "replace") + b"\n"


def unpacked(data: bytes, same: Callable[[str, str], str]) -> dict[str, Any]:
    """The line that ``packed`` made bytes of; ``same``: ``dict.setdefault`` of equal texts."""
    line: dict[str, Any] = json.loads(data)
    if "joined" in line:
        rows = line.pop("joined").split(ROW_END)
        line["rows"] = [[same(cell, cell) for cell in row.split(CELL_END)] for row in rows]
    return line
