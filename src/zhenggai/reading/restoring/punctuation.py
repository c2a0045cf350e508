"""Marks that a mirror doubled (重复标点), and marks and line breaks that only say how a text is to look."""

from __future__ import annotations

from operator import attrgetter
from typing import Final

from zhenggai.domain.messages import msg
from zhenggai.domain.spans import EditKind
from zhenggai.reading import patterns as re
from zhenggai.reading.restoring import markdown, wraps
from zhenggai.reading.restoring.edits import Change, apply, compose
from zhenggai.reading.restoring.readings import HAN

WHY: Final = msg("A mark that the mirror doubled; the second one is kept.")

_BEHIND: Final = rf"(?<=[{HAN}0-9%％)）》”」』〕\]]"
_NO_THIRD: Final = "(?![，。、；：！？,;])"
_FULL: Final = rf"，(?=[，。、；：！？]{_NO_THIRD}){_BEHIND}，)"
_MIXED: Final = rf",(?=[。、；：！？]{_NO_THIRD}){_BEHIND},)"
_ASCII: Final = rf",(?=[,;:?!](?:[{HAN}“《「(（\n]|\Z))(?<=[{HAN}%％)）》”」』〕\]],)"
_SIGN: Final = re.compile("[,，][,，。、；：！？;:?!]")
_ANYWHERE: Final = re.compile(f"{_FULL}|{_MIXED}")
_MIRROR: Final = re.compile(f"{_FULL}|{_MIXED}|{_ASCII}")


def mend(text: str, *, mirror: bool) -> tuple[str, list[Change]]:
    """Keep the second of two marks, no marks of Markdown, and no line break inside a sentence.

    ``,,`` counts on mirrored pages only: elsewhere it is an empty cell.
    """
    changes = markdown.marks(text)
    if _SIGN.search(text):
        pattern = _MIRROR if mirror else _ANYWHERE
        doubled = (Change(*hit.span(), "", EditKind.PUNCTUATION, WHY) for hit in pattern.finditer(text))
        changes = sorted([*changes, *doubled], key=attrgetter("start"))
    marked = apply(text, changes) if changes else text
    joined = wraps.breaks(marked)
    return (apply(marked, joined), compose(changes, joined, marked)) if joined else (marked, changes)
