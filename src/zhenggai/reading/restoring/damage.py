"""Damage by a tool that replaced bytes across characters (字节损坏): found, undone, or flagged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zhenggai.domain.messages import msg
from zhenggai.domain.spans import EditKind
from zhenggai.reading import patterns as re
from zhenggai.reading.restoring import lost_dates
from zhenggai.reading.restoring.edits import Change, apply
from zhenggai.reading.restoring.readings import HAN, SYLLABLE, has_tone

if TYPE_CHECKING:
    from zhenggai.reading.restoring.signs import Signs

WHY_MENDED: Final = msg("The mirror cut a character in two; its bytes give the original back.")
WHY_LOST: Final = msg("Bytes were lost here; what stood here cannot be known.")
WHY_UNSURE: Final = msg(
    "The bytes allow what was put back before this place, but its words are unusual: compare with the source."
)
WHY_INDENT: Final = msg("Question marks stand where the mirror lost the indent of a paragraph.")

SIGN: Final = re.compile(rf"\?(?=[，；！？：。、,;!?:]|[{SYLLABLE}]{{1,7}}[)）])")
_INDENT: Final = re.compile(
    rf"^(?:<[A-Za-z][^<>\n]{{0,60}}>)*(?P<marks>(?:\?\?){{1,4}})(?=[{HAN}“《(（])", re.MULTILINE
)
_UNSIGNED: Final = re.compile(
    # A letter first, for that lets the search skip: a bopomofo letter between words, a Latin one with a
    # reading, a reading without its bracket.
    rf"[ㄅ-ㄩA-Za-z{SYLLABLE}](?:(?<=[{HAN}。！，；、：][ㄅ-ㄩ])(?=[{HAN}─-╿])"
    rf"|(?<=[，。；：！、,;][A-Za-z])(?=\([{SYLLABLE}]{{1,7}}\)[{HAN}])"
    rf"|(?<=[{HAN}][{SYLLABLE}])(?P<reading>[{SYLLABLE}]{{0,6}}\)))"
)


def mend(text: str, signs: Signs) -> tuple[str, list[Change]]:
    """Undo what the bytes allow, flag the rest; nothing is looked for where no sign stands."""
    changes: list[Change] = []
    if "?" in text and signs.han:
        changes = _indents(text, 1 if signs.is_mirror_script else 2)
        changes = sorted([*changes, *_cut_characters(text, signs, changes)])
    if signs.is_traditional and not signs.is_genuine:
        changes = _unsigned(text, changes)
    changes = lost_dates.add(text, changes)
    return (apply(text, changes) if changes else text), changes


def is_evidence(changes: list[Change]) -> bool:
    """Whether the changes show a mirror's hand; a flag or a broken date may be the author's own."""
    return any(change.why in {WHY_MENDED, WHY_INDENT} for change in changes)


def is_open(changes: list[Change]) -> bool:
    """Whether a place was flagged that could not be mended."""
    return any(change.why == WHY_LOST for change in changes)


def _indents(text: str, least: int) -> list[Change]:
    found = [
        Change(*hit.span("marks"), "　" * (len(hit.group("marks")) // 2), EditKind.BYTES, WHY_INDENT)
        for hit in _INDENT.finditer(text)
    ]
    return found if len(found) >= least else []


def _unsigned(text: str, changes: list[Change]) -> list[Change]:
    """Letters out of step whose question mark is gone too: nothing leads back, so they are flagged."""
    found: list[Change] = []
    taken = iter(changes)
    other = next(taken, None)
    for hit in _UNSIGNED.finditer(text):
        start, end = hit.span()
        if hit.group("reading") and not _is_half(hit):
            continue
        while other is not None and other.end <= start:
            other = next(taken, None)
        if other is None or other.start >= end:
            found.append(Change(start, end, hit.group(), EditKind.FLAG, WHY_LOST))
    return sorted([*changes, *found]) if found else changes


def _is_half(hit: re.Match[str]) -> bool:
    """Whether ``reading)`` closes a bracket that was never opened on its line."""
    begin = hit.string.rfind("\n", 0, hit.start()) + 1
    line = hit.string[begin : hit.start()]
    opened = line.count("(") + line.count("（") > line.count(")") + line.count("）")
    return has_tone(hit.group()[:-1]) and not opened


def _cut_characters(text: str, signs: Signs, indents: list[Change]) -> list[Change]:
    """Every sign outside the indents, looked into from left to right."""
    if not SIGN.search(text):
        return []
    from zhenggai.reading.restoring.unscramble import Page  # noqa: PLC0415  # its tables load only here

    page = Page(text, signs)
    ends = {place: indent.end for indent in indents for place in range(indent.start, indent.end)}
    changes: list[Change] = []
    left: list[int] = []
    at = 0
    while (sign := SIGN.search(text, at)) is not None:
        start = sign.start()
        at = ends.get(start, sign.end())
        if start in ends:
            continue
        touching = "".join(change.after for change in changes[-2:] if change.end == start)
        mended = page.mend_at(start, touching)
        if mended:
            changes += mended
            at = mended[-1].end
        else:
            left.append(start)
    if left and not page.is_mirror and is_evidence(changes):
        # What was mended shows a mirror's hand: what seemed an honest mark before may be none.
        page.is_mirror = True
        changes = sorted([*changes, *(flag for start in left for flag in page.flag(start))])
    return changes
