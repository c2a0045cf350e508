"""Words found, shown in the text as it is written (检索词的引文与标示)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, reduce
from operator import and_, or_
from typing import TYPE_CHECKING, Final

from django.db.models import Q

from zhenggai.search.tokens import folded, terms_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from opencc import OpenCC

SNIPPET: Final = 30
"""Characters that are quoted on each side of the word found."""
_LINES_MOST: Final = 2_000


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text; ``is_found`` where it is what was searched for."""

    text: str
    is_found: bool


def words_of(query: str) -> list[str]:
    """The parts of a query as they are compared."""
    return [term.text for term in terms_of(query)]


def named(query: str, *fields: str) -> Q:
    """Rows of which one field has a part of the query, for every part; for short names without an index.

    A part is looked for as it is typed, in Simplified and in Traditional characters; letter case makes no
    difference. A query with nothing in it finds nothing.
    """
    parts = [
        reduce(or_, (Q(**{f"{name}__icontains": word}) for name in fields for word in _spellings(part)))
        for part in words_of(query)
    ]
    return reduce(and_, parts) if parts else Q(pk__in=[])


def quoted(text: str, words: Collection[str]) -> str:
    """The first line in which one of the words stands, cut to what is around it, as it is written."""
    for line in text.splitlines()[:_LINES_MOST]:
        plain = folded(line)
        for word in words:
            place = plain.find(word)
            if place >= 0:
                return _around(line, plain, word, place)
    return ""


def marked(text: str, words: Collection[str]) -> list[Piece]:
    """The text in pieces, those that spell one of the words marked; joined they are the text."""
    spelled = sorted({each for word in words for each in _spellings(word)}, key=len, reverse=True)
    if not spelled:
        return [Piece(text, is_found=False)] if text else []
    pieces = re.split(f"({'|'.join(map(re.escape, spelled))})", text, flags=re.IGNORECASE)
    return [Piece(piece, is_found=place % 2 == 1) for place, piece in enumerate(pieces) if piece]


def _spellings(word: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((word, _traditional().convert(word))))


@cache
def _traditional() -> OpenCC:
    from opencc import OpenCC  # noqa: PLC0415  # its dictionaries are read only where something is searched

    return OpenCC("s2t")


def _around(line: str, plain: str, word: str, place: int) -> str:
    # folding may drop blanks and marks; the place in the line as written is near the same share of it
    written = re.search(re.escape(word), line, re.IGNORECASE)
    at = written.start() if written else round(place * len(line) / max(1, len(plain)))
    start, end = max(0, at - SNIPPET), at + len(word) + SNIPPET
    return f"{'…' if start else ''}{line[start:end].strip()}{'…' if end < len(line) else ''}"
