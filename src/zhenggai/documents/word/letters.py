"""Texts as a Word document can hold them (文字): nothing that turns the order of a line."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from datetime import date

# What XML cannot hold, and what turns the order of a line: on paper nobody sees that it was turned.
_IMPOSSIBLE: Final = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    "\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\U0001fffe\U0001ffff]"
)
_INSTEAD: Final = "\ufffd"
_LINES: Final = re.compile("\r\n|[\r\n\v\f\x85\u2028\u2029]")


def xml_text(text: str) -> str:
    """A text for the inside of an element, with a sign (�) where a character cannot stand."""
    return escape(_IMPOSSIBLE.sub(_INSTEAD, text), {'"': "&quot;"})


def lines_of(text: str) -> list[str]:
    """The lines of a text, each without blanks at its ends; empty ones are left out."""
    return [line for line in (each.strip(" \t\u3000") for each in _LINES.split(text)) if line]


def day_words(day: date | None) -> str:
    """A day as official documents print it (成文日期): 2026年3月8日; nothing for none.

    Source: DOMAIN §12, without leading zeros.
    """
    return f"{day.year}年{day.month}月{day.day}日" if day is not None else ""


def moment_words(moment: datetime) -> str:
    """A moment with its minute, in the zone it is given in: 2026年3月8日 09:05."""
    return f"{day_words(moment)} {moment:%H:%M}"
