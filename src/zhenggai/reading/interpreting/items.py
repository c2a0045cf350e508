"""Measures and actions inside a passage (一是…二是…, 首先…其次…, （1）（2）, ①②)."""

from __future__ import annotations

from typing import NamedTuple

from zhenggai.reading import patterns as re
from zhenggai.reading.outline_lines import GLYPHS
from zhenggai.reading.outline_marks import ordinal

_CN = "一二三四五六七八九十"
_ENUMERATOR = re.compile(
    # One class of first letters, then what must stand before and after it: that lets the search skip.
    # A number is printed from there to the end of its group.
    rf"""[{_CN}首其再另此最第(（\d①-⑳](?:
    (?<=[①-⑳])(?P<circle>)
    | (?<![^ \n\t\u3000。；;，,、：:！!？?）)”…].)(?:
        (?<=[{_CN}])(?:
            (?P<is>[{_CN}]{{0,2}})\n?(?:是|要(?=[^求点素害件闻领么点]))(?:要)?[,，:：]?
            | (?P<comma>[{_CN}]{{0,2}})、)
        | (?<=\d)(?P<digit>\d?)(?:[、．]|\.(?!\d)|\.(?=(?:19|20)\d\d年|1?\d月)|[)）])
        | (?<=[(（])(?:(?P<bracket>\d{{1,2}})|(?P<chinese>[{_CN}]{{1,3}}))[)）][、.．]?
        | (?<=第)(?P<nth>[{_CN}]{{1,3}})[,，、是:：]
        | (?P<word>(?<=首)先|(?<=其)次|(?<=再)[次者]|(?<=另)外|(?<=此)外|(?<=最)后)[,，、]?))""",
    re.VERBOSE,
)
_COUNTS = {"首先": 1, "其次": 2, "再次": 3, "再者": 3, "另外": 3, "此外": 3, "最后": 4} | {
    letter: value for value, letter in enumerate(_CN, 1)
}
_PARAGRAPH_END = re.compile(r"[。！？!?”）)]\s*\n")
_QUOTED = re.compile(r"[“《「『][^“”《》「」『』\n]{0,300}[”》」』]")
_TRAILING = f" \u3000\t\n。；;，,、.{GLYPHS}"
_LEADING = f" \u3000\t\n。；;：:，,、—–－{GLYPHS}"
_DASH = re.compile(r"(?:\A|(?<=\n))[ \u3000\t：:]*[—–－]{1,2}[ \u3000]*(?=[^\s—–－\d])")
"""A dash at the head of a line is a mark of a list, like a bullet."""


class Piece(NamedTuple):
    """``[start, end)`` of one item's wording, without its number and closing punctuation."""

    start: int
    end: int


def split(text: str, start: int, end: int) -> list[Piece]:
    """The enumerated items of ``text[start:end]``; the whole passage is one item where nothing is counted."""
    starts = _best(text, start, end) or _bullets(text, start, end)
    if not starts:
        whole = trimmed(text, start, end)
        return [whole] if whole.start < whole.end else []
    pieces: list[Piece] = []
    for index, (_, wording) in enumerate(starts):
        stop = starts[index + 1][0] if index + 1 < len(starts) else end
        piece = trimmed(text, wording, stop)
        if "\n" in text[piece.start : piece.end]:
            piece = trimmed(text, piece.start, _paragraph_end(text, piece))
        if piece.start < piece.end:
            pieces.append(piece)
    return pieces


_NUMBER = (
    rf"[(（]?(?:第?[{_CN}]{{1,3}}(?:是|要)*|\d{{1,2}}|[①-⑳]|首先|其次|再[次者]|另外|此外|最后)"
    rf"[\s。；;，,、：:.（(）){GLYPHS}]*\Z"
)
_NEXT = re.compile(rf"(?<=[\s。；;，,：:.!！？?）)”…]){_NUMBER}|\A[（(]?{_NUMBER}")
_NUMBER_MOST = 12


def between(text: str, start: int, end: int) -> Piece:
    """What stands in ``text[start:end]`` between two items, without the number of the second one."""
    low = max(start, end - _NUMBER_MOST)
    number = _NEXT.search(text[low:end]) if low > start else _NEXT.search(text[start:end])
    return trimmed(text, start, low + number.start() if number else end)


def trimmed(text: str, start: int, end: int) -> Piece:
    """``[start, end)`` without outer blanks, leading colons and closing punctuation."""
    while start < end and text[start] in _LEADING:
        start += 1
    while end > start and text[end - 1] in _TRAILING:
        end -= 1
    return Piece(start, end)


def _paragraph_end(text: str, piece: Piece) -> int:
    """Where an item's own paragraph ends: a finished sentence before a line break ends it."""
    found = _PARAGRAPH_END.search(text, piece.start, piece.end)
    return found.start() + 1 if found else piece.end


def _best(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """(place of the number, place of the wording) for the enumeration that begins first."""
    passage = text[start:end]
    lists: dict[str, list[tuple[int, int]]] = {}
    expected: dict[str, int] = {}
    quoted: list[tuple[int, int]] | None = None
    lead = len(passage) - len(passage.lstrip(_LEADING))
    for found in _ENUMERATOR.finditer(passage):
        place = found.start()
        name = str(found.lastgroup)
        count = _count(passage[place : found.end(name)].lstrip("(（第"))
        counted = lists.setdefault(name, [])
        following = expected.get(name, count if place == lead else 1)
        if count != following and not (counted and (count == 1 or (name == "word" and count > following))):
            continue
        if quoted is None:
            quoted = [item.span() for item in _QUOTED.finditer(passage)]
        if quoted and any(low <= place < high for low, high in quoted):
            continue
        expected[name] = count + 1
        counted.append((start + place, start + found.end()))
    taken = [found for found in lists.values() if len(found) > 1 or (found and found[0][0] - start == lead)]
    if not taken and any(map(passage.__contains__, "—–－")):
        dashes = [(start + found.start(), start + found.end()) for found in _DASH.finditer(passage)]
        return dashes if len(dashes) > 1 and not passage[: dashes[0][0] - start].strip(_LEADING) else []
    return min(taken, key=lambda found: found[0][0], default=[])


_BULLET = re.compile(rf"(?:(?<=\n)[ \u3000\t]*|\A[\s：:]*)[{GLYPHS}]+[ \u3000\t]*(?=\S)")


def _bullets(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """(place of the bullet, place of the wording) for lines that each begin with a bullet, two at least."""
    passage = text[start:end]
    if "\n" not in passage:
        return []
    hits = list(_BULLET.finditer(passage))
    alone = hits and not passage[: hits[0].start()].strip(_LEADING)
    return [(start + hit.start(), start + hit.end()) for hit in hits] if len(hits) > 1 and alone else []


def _count(printed: str) -> int:
    known = _COUNTS.get(printed)
    return ordinal(printed) if known is None else known
