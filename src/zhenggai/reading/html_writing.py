"""The text of an element as lines (网页转文字): one line a paragraph, one line a row of a table."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from zhenggai.reading import patterns as re
from zhenggai.reading.ditto import DITTO
from zhenggai.reading.html_survey import BLOCKS, SKIPPED, is_grid, walk

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from zhenggai.reading.html_survey import Seen

_SPACE: Final = re.compile(r"[ \t\r\n\f\v\xa0]+")
_EDGE: Final = " \t\r\n\f\v\xa0\u3000\u200b\ufeff"
_WRAPPED: Final = re.compile(r"(?<=[　-〿㐀-鿿＀-￯])[ \t\r\f]*+\n[ \t\r\n\f]*+(?=[　-〿㐀-鿿＀-￯])")
_MOST_DOWN: Final = 1000
_MOST_ACROSS: Final = 30
_DIGITS: Final = 4
_KIND: Final = re.compile(r"list-style(?:-type)?\s*:\s*(?P<kind>[a-z-]+)")
_COUNTED: Final = re.compile(r"[(（]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[)）、.．]|[①-⑳]")
"""A number that the words of an item begin with, so that the list was to print none."""
_WIDEST: Final = 100
"""Columns up to which merged cells keep their place: 65,535 × 65,535 cells are written in a few bytes."""


@dataclass(slots=True)
class _Grid:
    """A table of data while it is written out."""

    row: list[str] = field(default_factory=list)
    begins: int = 0
    merged: dict[int, int] = field(default_factory=dict)
    worded: set[int] = field(default_factory=set)
    """Columns whose merged cell has words."""


@dataclass(slots=True)
class _Writer:
    """Lines of text under way."""

    lines: list[str] = field(default_factory=list)
    run: list[str] = field(default_factory=list)
    grid: _Grid | None = None
    verbatim: int = 0
    counts: list[int | None] = field(default_factory=list)
    """How far each open list has counted; null for one without numbers."""
    number: str = ""
    """The number of a list that the next line begins with."""

    def write(self, text: str) -> None:
        """Add running text; white space counts once, a line end between two Han characters not at all."""
        self.run.append(text if self.verbatim else _SPACE.sub(" ", _WRAPPED.sub("", text)))

    def end_line(self) -> None:
        """Close the paragraph."""
        stripped = (line.strip(_EDGE) for line in "".join(self.run).split("\n"))
        lines = [line for line in stripped if line]
        if lines and self.number:
            lines[0] = lines[0] if _COUNTED.match(lines[0]) else self.number + lines[0]
            self.number = ""
        self.lines.extend(lines)
        self.run.clear()

    def block(self, node: LexborNode, here: Seen, *, enters: bool) -> None:
        """Cross the border of a paragraph, a table, a row or a cell."""
        self.end_line()
        self.verbatim += (node.tag == "pre") * (1 if enters else -1)
        if node.tag in {"ol", "ul"}:
            self.counts.append(_first_of(node)) if enters else self.counts.pop()
        elif node.tag == "li":
            self._count(enters=enters)
        if node.tag == "table" and is_grid(here):
            self.grid = _Grid(begins=len(self.lines)) if enters else None
        elif self.grid is not None:
            _grid_step(self.grid, node, self.lines, enters=enters)

    def _count(self, *, enters: bool) -> None:
        """Cross the border of an item of a list, whose number a browser prints before it."""
        count = self.counts[-1] if self.counts else None
        self.number = f"{count}." if enters and count is not None else ""
        if enters and count is not None:
            self.counts[-1] = count + 1


def render(root: LexborNode, seen: dict[int, Seen], *, everything: bool = False) -> str:
    """The text below ``root``: one line a paragraph, one line a table row."""
    writer = _Writer()
    dropped = 0
    for enters, node in walk(root):
        tag = node.tag or ""
        if tag == "-text":
            if enters and not dropped:
                writer.write(node.text_content or "")
            continue
        here = seen[node.mem_id]
        out = tag in SKIPPED and tag not in {"nav", "footer", "aside"} if everything else here.skip
        if out and node.mem_id != root.mem_id:
            dropped += 1 if enters else -1
        elif dropped:
            continue
        elif tag == "br":
            writer.run.append("\n" if enters else "")
        elif tag in BLOCKS:
            writer.block(node, here, enters=enters)
    writer.end_line()
    return "\n".join(writer.lines)


def _grid_step(grid: _Grid, node: LexborNode, lines: list[str], *, enters: bool) -> None:
    if node.tag in {"td", "th"}:
        if enters:
            _fill_merged(grid)
            grid.begins = len(lines)
            return
        grid.row.append(" ".join(" ".join(lines[grid.begins :]).split("\t")))
        del lines[grid.begins :]
        down = _number(node, "rowspan", _MOST_DOWN)
        across = _number(node, "colspan", _MOST_ACROSS)
        (grid.worded.add if grid.row[-1] else grid.worded.discard)(len(grid.row) - 1)
        for place in range(min(across, max(1, _WIDEST - len(grid.row)))):
            if place:
                grid.worded.discard(len(grid.row) - 1)
            if down > 1:
                grid.merged[len(grid.row) - 1] = down - 1
            grid.row.append("")
        grid.row.pop()
    elif node.tag == "tr" and not enters:
        _fill_merged(grid)
        line = "\t".join(grid.row).rstrip("\t ")
        grid.row.clear()
        if line.strip():
            lines.append(line)


def _fill_merged(grid: _Grid) -> None:
    """A cell merged down keeps its place in the rows below, so that columns keep theirs."""
    while len(grid.row) < _WIDEST and grid.merged.get(len(grid.row), 0) > 0:
        column = len(grid.row)
        grid.merged[column] -= 1
        grid.row.append(DITTO if column in grid.worded and any(grid.row) else "")


def _first_of(node: LexborNode) -> int | None:
    """The number of the first item of a list, or null where a browser prints none or letters."""
    style = _KIND.search(node.attributes.get("style") or "")
    kind = style["kind"] if style else node.attributes.get("type") or "1"
    if node.tag != "ol" or kind not in {"1", "decimal"}:
        return None
    start = node.attributes.get("start") or "1"
    return int(start) if start.isascii() and start.isdigit() and len(start) < _DIGITS else 1


def _number(node: LexborNode, name: str, most: int) -> int:
    value = node.attributes.get(name) or ""
    return (
        min(int(value), most) if value.isascii() and value.isdigit() and len(value) < 9 and int(value) else 1
    )
