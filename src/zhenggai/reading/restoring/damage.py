"""Damage by a tool that replaced bytes across characters (字节损坏): found, undone, or flagged."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from zhenggai.domain.messages import msg
from zhenggai.domain.spans import EditKind
from zhenggai.reading.restoring import lost_dates
from zhenggai.reading.restoring.edits import Change, apply
from zhenggai.reading.restoring.readings import HAN, SYLLABLE

if TYPE_CHECKING:
    from zhenggai.reading.restoring.signs import Signs

WHY_MENDED: Final = msg("The mirror cut a character in two; its bytes give the original back.")
WHY_LOST: Final = msg("Bytes were lost here; what stood here cannot be known.")
WHY_INDENT: Final = msg("Question marks stand where the mirror lost the indent of a paragraph.")

SIGN: Final = re.compile(rf"\?(?=[，；！？：。、,;!?:]|[{SYLLABLE}]{{1,7}}[)）])")
_INDENT: Final = re.compile(rf"^(?:\?\?){{1,4}}(?=[{HAN}“《(（])", re.MULTILINE)


def mend(text: str, signs: Signs) -> tuple[str, list[Change]]:
    """Undo what the bytes allow, flag the rest; nothing is looked for where no sign stands."""
    changes: list[Change] = []
    if "?" in text and signs.han:
        changes = _indents(text)
        changes = sorted([*changes, *_cut_characters(text, signs, changes)])
    changes = lost_dates.add(text, changes)
    return (apply(text, changes) if changes else text), changes


def _indents(text: str) -> list[Change]:
    found = [
        Change(hit.start(), hit.end(), "　" * (len(hit.group()) // 2), EditKind.BYTES, WHY_INDENT)
        for hit in _INDENT.finditer(text)
    ]
    return found if len(found) >= 2 else []


def _cut_characters(text: str, signs: Signs, indents: list[Change]) -> list[Change]:
    """Every sign outside the indents, looked into from left to right."""
    if not SIGN.search(text):
        return []
    from zhenggai.reading.restoring.unscramble import Page  # noqa: PLC0415  # its tables load only here

    page = Page(text, signs)
    ends = {place: indent.end for indent in indents for place in range(indent.start, indent.end)}
    changes: list[Change] = []
    at = 0
    while (sign := SIGN.search(text, at)) is not None:
        start = sign.start()
        at = ends.get(start, sign.end())
        if start in ends:
            continue
        touches = bool(changes) and changes[-1].end == start
        mended = page.mend_at(start, changes[-1].after if touches else "")
        if mended:
            changes += mended
            at = mended[-1].end
    return changes
