"""Marks of Markdown in a text that was written or copied as such (标记符号): they are layout, not wording."""

from __future__ import annotations

from operator import attrgetter
from typing import Final

from zhenggai.domain.messages import msg
from zhenggai.domain.spans import EditKind
from zhenggai.reading import patterns as re
from zhenggai.reading.restoring.edits import Change
from zhenggai.reading.restoring.readings import HAN

WHY: Final = msg("A mark of Markdown that only says how the text is to look.")
BULLET: Final = "•"

_SIGN: Final = re.compile(r"[#*+\-][#* \t]")
_HEADING: Final = re.compile(r"^[ \t]{0,12}#{1,6}[ \t]+(?=\S)", re.MULTILINE)
# masked names (张**、李**) have a character before the first mark
_BOLD: Final = re.compile(rf"(?<![{HAN}\d*])\*\*(?=[{HAN}“《（(【\d])(?P<inside>[^*\n]{{1,200}}+)\*\*")
_BULLET: Final = re.compile(
    rf"^[ \t\u3000]{{0,24}}[-*+][ \t]+(?=[{HAN}*“《（(【\d])(?!\d+\s*[-*+]\s*$)", re.MULTILINE
)
_RULE: Final = re.compile(r"^[ \t]{0,3}(?:-{3,}|\*{3,}|_{3,}|`{3,}[a-z]{0,12})[ \t]*$", re.MULTILINE)
_QUOTE: Final = re.compile(r"^[ \t]{0,3}>[ \t]+(?=\S)", re.MULTILINE)
_FEWEST: Final = 2
_FEWEST_BULLETS: Final = 3


def marks(text: str) -> list[Change]:
    """The marks that go, and bullets that become ``•``; none where the text as a whole is no Markdown."""
    if _SIGN.search(text) is None:
        return []
    headings, bold = list(_HEADING.finditer(text)), list(_BOLD.finditer(text))
    bullets = list(_BULLET.finditer(text))
    certain = len(headings) >= _FEWEST or len(bold) >= _FEWEST or bool(headings and bold)
    if not certain and len(bullets) < _FEWEST_BULLETS:
        return []
    changes = [Change(*hit.span(), BULLET, EditKind.PUNCTUATION, WHY) for hit in bullets]
    if certain:
        gone = [hit.span() for hit in headings]
        gone += [hit.span() for pattern in (_RULE, _QUOTE) for hit in pattern.finditer(text)]
        gone += [(hit.start(), hit.start("inside")) for hit in bold]
        gone += [(hit.end("inside"), hit.end()) for hit in bold]
        changes += [Change(*place, "", EditKind.PUNCTUATION, WHY) for place in gone]
    return sorted(changes, key=attrgetter("start"))
