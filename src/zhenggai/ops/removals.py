"""What the restorer removed and why, place by place (清理明细)."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from typing import TYPE_CHECKING, Any

from zhenggai.ops.language import _, translate
from zhenggai.ops.tabulating import change
from zhenggai.ops.terminal import Column, heading, screen_columns, table
from zhenggai.ops.words import edit_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from zhenggai.domain.spans import Edit
    from zhenggai.reading.restoring import Restored

SCHEMA_ID = "zhenggai.restored/1"
BLOCK = 200


def places(text: str) -> Callable[[int], tuple[int, int]]:
    """A function from an offset in the text to its line and column, both from 1, in code points."""
    starts = [0]
    starts.extend(index + 1 for index, letter in enumerate(text) if letter == "\n")

    def place(offset: int) -> tuple[int, int]:
        line = bisect_right(starts, offset)
        return line, offset - starts[line - 1] + 1

    return place


def removal_lines(decoded: str, edits: Sequence[Edit]) -> Iterator[str]:
    """Counts by kind and reason, then each change with line:column of the source; in blocks of 200."""
    width = screen_columns()
    if not edits:
        yield _("Nothing was removed: the text stands as it was.")
        return
    yield from heading(_("Removed or changed: %(count)s places", count=len(edits)))
    counts = Counter((edit.kind, edit.why) for edit in edits)
    columns = (Column(_("What")), Column(_("Places"), right=True), Column(_("Why"), weight=1))
    rows = [(edit_name(kind), str(count), translate(why)) for (kind, why), count in counts.most_common()]
    yield from table(columns, rows, width)
    yield ""
    place = places(decoded)
    columns = (Column(_("Place"), right=True), Column(_("What")), Column(_("Before → after"), weight=1))
    for start in range(0, len(edits), BLOCK):
        body = []
        for edit in edits[start : start + BLOCK]:
            line, column = place(edit.span.start)
            body.append((f"{line}:{column}", edit_name(edit.kind), change(edit)))
        lines = table(columns, body, width)
        yield from lines if not start else lines[2:]


def restored_dict(restored: Restored, *, with_edits: bool) -> dict[str, Any]:
    """The restored text as plain JSON values: source, text, counts by kind and, if asked for, every change.

    ``span``, ``line`` and ``column`` are places in the decoded source; lines and columns count from 1.
    """
    decoded = restored.decoded
    counts = Counter(edit.kind.value for edit in restored.edits)
    plain: dict[str, Any] = {
        "schema": SCHEMA_ID,
        "source": {
            "name": decoded.name,
            "sha256": decoded.sha256,
            "format": decoded.format,
            "encoding": decoded.encoding,
        },
        "text": restored.text,
        "counts": dict(counts.most_common()),
    }
    if with_edits:
        place = places(decoded.text)
        plain["edits"] = [_plain(edit, *place(edit.span.start)) for edit in restored.edits]
    return plain


def _plain(edit: Edit, line: int, column: int) -> dict[str, Any]:
    return {
        "kind": edit.kind.value,
        "span": list(edit.span),
        "line": line,
        "column": column,
        "before": edit.before,
        "after": edit.after,
        "why": edit.why,
    }
