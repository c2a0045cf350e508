"""Prints PDFs for the tests: a small typesetter over reportlab, the same bytes for the same text."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

FONT = "STSong-Light"
WIDTH, HEIGHT = 595.0, 842.0
_NOT_FIRST = "，。、；：！？）」』》〉】〕”’"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))


def width_of(text: str, size: float) -> float:
    return pdfmetrics.stringWidth(text, FONT, size)


def wrapped(text: str, size: float, room: float, first: float = 0.0) -> list[str]:
    """``text`` in lines of ``room`` points, the first shorter by ``first``; no closing mark begins one."""
    lines, line, left = [], "", room - first
    for char in text:
        wide = width_of(char, size)
        if wide > left and char not in _NOT_FIRST:
            lines.append(line)
            line, left = "", room
        line += char
        left -= wide
    return [*lines, line]


@dataclass
class Press:
    """One PDF under way; ``y`` is the baseline of the next line, from the top of the page."""

    width: float = WIDTH
    height: float = HEIGHT
    size: float = 16.0
    leading: float = 29.0
    left: float = 79.0
    right: float = 74.0
    top: float = 105.0
    bottom: float = 100.0
    header: str = ""
    counter: str = "— {n} —"
    counter_on_top: bool = False
    before_page: Callable[[Press], None] | None = None
    setup: Callable[[canvas.Canvas], None] | None = None
    y: float = 0.0
    page: int = 0
    out: io.BytesIO = field(default_factory=io.BytesIO)

    def __post_init__(self) -> None:
        self.canvas = canvas.Canvas(
            self.out, pagesize=(self.width, self.height), invariant=1, pageCompression=0
        )
        if self.setup:
            self.setup(self.canvas)
        self.begin()

    def begin(self) -> None:
        self.page += 1
        self.y = self.top + self.size
        if self.before_page:
            self.before_page(self)
        if self.header:
            self.put(self.left, 50, self.header, 10.5)
        if self.counter:
            words = self.counter.format(n=self.page)
            place = 40 if self.counter_on_top else self.height - 60
            self.put((self.width - width_of(words, 14)) / 2, place, words, 14)

    def put(self, x: float, y: float, text: str, size: float | None = None) -> None:
        self.canvas.setFont(FONT, size or self.size)
        self.canvas.drawString(x, self.height - y, text)

    def room_for(self, lines: int = 1) -> None:
        if self.y + (lines - 1) * self.leading > self.height - self.bottom:
            self.turn()

    def turn(self) -> None:
        self.canvas.showPage()
        self.begin()

    def line(self, text: str, x: float | None = None, size: float | None = None) -> None:
        self.room_for()
        self.put(self.left if x is None else x, self.y, text, size)
        self.y += self.leading

    def title(self, text: str, size: float = 22.0) -> None:
        for line in wrapped(text, size, self.width - self.left - self.right):
            self.line(line, (self.width - width_of(line, size)) / 2, size)

    def paragraph(self, text: str, indent: float = 2.0) -> None:
        first = indent * self.size
        lines = wrapped(text, self.size, self.width - self.left - self.right, first)
        for number, line in enumerate(lines):
            self.line(line, self.left + (first if number == 0 else 0))

    def table(self, rows: Sequence[Sequence[str]], widths: Sequence[float], *, size: float = 10.0) -> None:
        """A ruled table; a row that finds no room goes to the next page under the header again.

        A cell ``"^"`` belongs to the one above it, ``"<"`` to the one before it.
        """
        grid = [
            [wrapped(cell, size, wide - 6) for cell, wide in zip(row, widths, strict=True)] for row in rows
        ]
        self.y -= self.size
        for number, row in enumerate(grid):
            high = max(len(cell) for cell in row) * (size + 3) + 6
            if self.y + high > self.height - self.bottom:
                self.turn()
                self.y -= self.size
                self._row(grid[0], rows[0], rows[1], widths, size)
            below = rows[number + 1] if number + 1 < len(rows) else [""] * len(row)
            self._row(row, rows[number], below, widths, size, high)
        self.y += self.leading

    def _row(self, row, cells, below, widths, size, high=None) -> None:
        high = high or max(len(cell) for cell in row) * (size + 3) + 6
        x, top, bottom = self.left, self.height - self.y, self.height - self.y - high
        for column, (lines, cell, under, wide) in enumerate(zip(row, cells, below, widths, strict=True)):
            if cell != "^":
                self.canvas.line(x, top, x + wide, top)
            if under != "^":
                self.canvas.line(x, bottom, x + wide, bottom)
            if cell != "<":
                self.canvas.line(x, top, x, bottom)
                if cell != "^":
                    for number, line in enumerate(lines):
                        self.put(x + 3, self.y + 2 + (number + 1) * (size + 3), line, size)
            x += wide
            if column == len(row) - 1:
                self.canvas.line(x, top, x, bottom)
        self.y += high

    def bytes(self) -> bytes:
        self.canvas.showPage()
        self.canvas.save()
        return self.out.getvalue()


def notice(text: str, **layout: object) -> bytes:
    """A whole document as an office prints it: title, paragraphs, header, page numbers."""
    indent = layout.pop("indent", 2.0)
    press = Press(**layout)
    lines = [line.strip(" \u3000") for line in text.split("\n") if line.strip()]
    press.title(lines[0])
    for line in lines[1:]:
        press.paragraph(line, indent)
    return press.bytes()
