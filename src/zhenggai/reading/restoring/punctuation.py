"""Marks that a mirror doubled (重复标点)."""

from __future__ import annotations

from typing import Final

from zhenggai.domain.messages import msg
from zhenggai.domain.spans import EditKind
from zhenggai.reading import patterns as re
from zhenggai.reading.restoring.edits import Change, apply
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
    """Keep the second of two marks. ``,,`` counts on mirrored pages only: elsewhere it is an empty cell."""
    if not _SIGN.search(text):
        return text, []
    pattern = _MIRROR if mirror else _ANYWHERE
    changes = [
        Change(hit.start(), hit.end(), "", EditKind.PUNCTUATION, WHY) for hit in pattern.finditer(text)
    ]
    return apply(text, changes), changes
