"""Writing to a terminal (终端输出): widths of Chinese, colour only where it is wanted, tables."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache

import click

NARROW = 64
_NARROW = "“”‘’—–…·×→─①②③④⑤⑥⑦⑧⑨⑩"
_ONE = f" -~À-ɏ{_NARROW}"
_TWO = "\u4e00-\u9fff\u3000-\u3029！-～"
_PLAIN = re.compile(f"[{_ONE}{_TWO}]*+")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
_WIDE = re.compile(f"[{_TWO}]+")
GAP = 2
LEAST = 6
LEAST_VALUE = 20
# letters of a word whose columns are remembered
_WORD_MOST = 40
# A word or figure with the marks that may not stand at a line's end before it or at its start after it
# (GB/T 15834, 标点避头尾).
UNIT = re.compile(
    r"""[“‘（《「『【〔(\[{]*
        (?: [A-Za-z0-9]+(?:[.,:/_-][A-Za-z0-9]+)* | [^“‘（《「『【〔(\[{] | \Z )?
        [，。、；：？！）》」』】〕”’…,.;:?!)\]}%]*
    """,
    re.VERBOSE | re.DOTALL,
)


@contextmanager
def progress(length: int, label: str) -> Iterator[Callable[[], None]]:
    """A bar on standard error, moved on by one at each call; only its label where nobody watches."""
    with click.progressbar(length=length, label=label, file=sys.stderr) as bar:
        yield lambda: bar.update(1)


def columns_of(text: str) -> int:
    """Columns that the text takes on a terminal: two for each Chinese character."""
    if text.isascii():
        return len(text)
    # a cell of a ledger can hold a book: patterns look at its letters, no loop of ours does
    if _PLAIN.fullmatch(text):
        return 2 * len(text) - len(_WIDE.sub("", text))
    return _columns_by_table(text)


def _columns_by_table(text: str) -> int:
    """The same for any text: combining marks, emoji, letters of other scripts."""
    from wcwidth import wcswidth, wcwidth  # noqa: PLC0415 - its tables cost more than a command has time for

    width: int = wcswidth(text)
    return width if width >= 0 else sum(max(wcwidth(letter), 0) for letter in text)


def screen_columns() -> int:
    """Width of the terminal; 100 where the output is no terminal."""
    if not sys.stdout.isatty() and not os.environ.get("COLUMNS"):
        return 100
    return max(20, shutil.get_terminal_size((100, 24)).columns)


def colour_wanted() -> bool:
    """Whether standard output is a terminal that did not ask for plain text (``NO_COLOR``, ``TERM=dumb``)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def strong(text: str, colour: str | None = None) -> str:
    """The text in bold, in a colour where one is given; plain where no colour is wanted."""
    return click.style(text, fg=colour, bold=True) if colour_wanted() else text


def faint(text: str) -> str:
    """The text less prominent; plain where no colour is wanted."""
    return click.style(text, dim=True) if colour_wanted() else text


def printable(text: str) -> str:
    """The text without control characters, so that a document cannot steer the terminal."""
    return _CONTROL.sub(" ", text)


def heading(text: str, colour: str | None = None) -> list[str]:
    """A line that stands out, wrapped for this terminal."""
    return [strong(line, colour) for line in wrap(text, screen_columns())]


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most ``width`` columns: words and figures whole where they fit, no mark at a wrong end."""
    if len(text) * 2 <= width and text.isprintable():
        return [text]
    lines: list[str] = []
    for paragraph in text.split("\n"):
        shown = printable(paragraph)
        # of plain letters the columns add up; of combining marks and the like only the whole line tells
        adds_up = _PLAIN.fullmatch(shown) is not None
        line, used = "", 0
        for unit in _units(shown, width):
            taken = used if adds_up else columns_of(line)
            if line.strip() and taken + _columns_of_unit(unit.rstrip()) > width:
                lines.append(line.rstrip())
                line, used = "", 0
            added = unit if line else unit.lstrip()
            line += added
            used += _columns_of_unit(added)
        lines.append(line.rstrip())
    return lines


def _columns_of_unit(unit: str) -> int:
    return _columns_of_word(unit) if len(unit) <= _WORD_MOST else columns_of(unit)


_columns_of_word = lru_cache(maxsize=16_384)(columns_of)


def _units(text: str, width: int) -> Iterator[str]:
    for match in UNIT.finditer(text):
        unit = match.group()
        if _columns_of_unit(unit) <= width:
            yield unit
        else:
            yield from unit


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table; ``weight`` 0 keeps its natural width, others share what is left."""

    title: str
    weight: int = 0
    right: bool = False


Row = Sequence[str] | str


def table(columns: Sequence[Column], rows: Sequence[Row], width: int | None = None) -> list[str]:
    """The rows as lines; a row that is one text is a heading across all columns.

    On a screen narrower than 64 columns each row becomes a block of labelled lines.
    """
    width = width or screen_columns()
    if width < NARROW and len(columns) > 2:
        return _blocks(columns, rows, width)
    widths = _widths(columns, [row for row in rows if not isinstance(row, str)], width)
    lines = [strong(_line([column.title for column in columns], widths, columns))]
    lines.append(faint((" " * GAP).join("─" * size for size in widths)))
    for row in rows:
        if isinstance(row, str):
            lines += [strong(line) for line in wrap(row, width)]
            continue
        cells = [wrap(cell, size) for cell, size in zip(row, widths, strict=True)]
        for index in range(max(map(len, cells))):
            pieces = [cell[index] if index < len(cell) else "" for cell in cells]
            lines.append(_line(pieces, widths, columns))
    return lines


def _widths(columns: Sequence[Column], rows: Sequence[Sequence[str]], width: int) -> list[int]:
    """Natural widths where they fit; else the weighted columns share what is left, as far as needed."""
    widths = [
        max(map(columns_of, [column.title, *(part for row in rows for part in row[index].split("\n"))]))
        for index, column in enumerate(columns)
    ]
    sharing = {index for index, column in enumerate(columns) if column.weight}
    left = width - GAP * (len(columns) - 1) - sum(widths[i] for i in range(len(columns)) if i not in sharing)
    while sharing:
        weights = sum(columns[index].weight for index in sharing)
        content = {index for index in sharing if widths[index] <= left * columns[index].weight // weights}
        if not content:
            for index in sharing:
                widths[index] = max(LEAST, left * columns[index].weight // weights)
            break
        left -= sum(widths[index] for index in content)
        sharing -= content
    return widths


def _line(cells: Sequence[str], widths: Sequence[int], columns: Sequence[Column]) -> str:
    padded = []
    for cell, size, column in zip(cells, widths, columns, strict=True):
        space = " " * max(0, size - columns_of(cell))
        padded.append(space + cell if column.right else cell + space)
    return (" " * GAP).join(padded).rstrip()


def _blocks(columns: Sequence[Column], rows: Sequence[Row], width: int) -> list[str]:
    lines: list[str] = []
    for row in rows:
        if isinstance(row, str):
            lines += [strong(line) for line in wrap(row, width)]
            continue
        for index, (column, cell) in enumerate(zip(columns, row, strict=True)):
            if not cell:
                continue
            one_line = cell.replace("\n", " ")
            first, *rest = wrap(f"{column.title}: {one_line}" if index else one_line, width - 2)
            lines.append(strong(first) if not index else f"  {first}")
            lines.extend(f"  {line}" for line in rest)
        lines.append("")
    return lines


def pairs(rows: Sequence[tuple[str, str]], width: int | None = None) -> list[str]:
    """Labelled facts, one below the other, with the labels in a column of their own."""
    width = width or screen_columns()
    label = max((columns_of(name) for name, _value in rows), default=0) + GAP
    lines: list[str] = []
    if width - label < LEAST_VALUE:
        return [line for name, value in rows for line in wrap(f"{name}: {value}", width)]
    for name, value in rows:
        first, *rest = wrap(value, width - label)
        lines.append(faint(name) + " " * (label - columns_of(name)) + first)
        lines.extend(" " * label + line for line in rest)
    return lines
