"""Help pages (帮助) whose lines fit the terminal in Chinese too: click counts characters, not columns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from zhenggai.ops.terminal import columns_of, wrap

if TYPE_CHECKING:
    from collections.abc import Iterable

SENTENCE_END = re.compile(r"(?<=[.])\s|(?<=。)")


class SpokenFormatter(click.HelpFormatter):
    """Wraps by columns; a paragraph that begins with click's backspace mark stays as it is written."""

    def write_text(self, text: str) -> None:
        """One or more paragraphs."""
        indent = " " * self.current_indent
        for place, paragraph in enumerate(text.split("\n\n")):
            if place:
                self.write("\n")
            kept = paragraph.startswith("\b\n")
            words = " ".join(paragraph.split())
            lines = paragraph[2:].split("\n") if kept else wrap(words, self.width - self.current_indent)
            for line in lines:
                self.write(f"{indent}{line}".rstrip() + "\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Names and what they are for, in two columns."""
        rows = list(rows)
        first = min(max((columns_of(name) for name, _text in rows), default=0), col_max) + col_spacing
        indent = " " * self.current_indent
        for name, text in rows:
            begin = f"{indent}{name}"
            gap = first - columns_of(name)
            if gap < col_spacing:
                self.write(f"{begin}\n")
                begin, gap = indent, first
            lead = begin + " " * gap
            for line in wrap(text, max(20, self.width - self.current_indent - first)):
                self.write(f"{lead}{line}".rstrip() + "\n")
                lead = indent + " " * first


class SpokenContext(click.Context):
    """A context whose help is written by `SpokenFormatter`."""

    formatter_class = SpokenFormatter


class SpokenCommand(click.Command):
    """A command with such a help page."""

    context_class = SpokenContext

    def get_short_help_str(self, limit: int = 45) -> str:
        """The first sentence of the help, cut to ``limit`` columns."""
        return first_sentence(self.help or "", limit)


class SpokenGroup(click.Group):
    """A group with such a help page, and commands like it."""

    context_class = SpokenContext
    command_class = SpokenCommand

    def get_short_help_str(self, limit: int = 45) -> str:
        """The first sentence of the help, cut to ``limit`` columns."""
        return first_sentence(self.help or "", limit)


def first_sentence(text: str, limit: int) -> str:
    """The first sentence, in either script, cut with … to at most ``limit`` columns."""
    sentence = SENTENCE_END.split(text, maxsplit=1)[0]
    line, *rest = wrap(sentence, limit - 1)
    return f"{line}…" if rest else line
