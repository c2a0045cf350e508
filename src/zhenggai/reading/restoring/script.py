"""Traditional letters of a mirrored page back to Simplified (繁简)."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from operator import ne
from typing import TYPE_CHECKING, Final

from zhenggai.domain.messages import msg
from zhenggai.domain.spans import EditKind
from zhenggai.reading import patterns as re
from zhenggai.reading.restoring.edits import Change
from zhenggai.reading.restoring.readings import HAN
from zhenggai.reading.restoring.signs import look, without_readings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from opencc import OpenCC

    from zhenggai.reading.restoring.signs import Signs

WHY: Final = msg("The mirror had turned the text into Traditional letters.")

# What t2s leaves: some always, 祇 unless it is the qí of a god, 著 unless it is the zhù of a word.
_LEFT: Final = re.compile(
    # A letter first: that lets the search skip.
    rf"[谘麽枱鬦衞衹祇著](?:(?<![祇著])|(?<=祇)(?<![神地]祇)(?![园園])|(?<=[{HAN}]著)(?![作名述书者称录])"
    r"(?<![显名原编专论巨译遗昭卓土拙新旧撰所合大著]著)|(?<=著)(?=[力眼手落重想陆急实凉迷魔慌地]))"
)
_BESIDE: Final = re.compile(f"[{HAN}]{{2}}")
_WRONG_LEAST: Final = 5
_WRONG_SHARES: Final = (15, 10)
"""Of the different Traditional letters a fifteenth; a tenth where genuine spellings are there too."""
_BACK: Final = dict(zip("谘麽枱鬦衞衹祇著", "咨么台斗卫只只着", strict=True))


def is_noise(signs: Signs, *, mirror: bool) -> bool:
    """Whether a page's Traditional letters are a mirror's doing, not the author's.

    ``mirror``: other signs of a mirror (damaged bytes, its own lines, injected readings) were found.
    """
    if signs.is_mirror_script:
        return True
    return mirror and signs.is_traditional and not signs.is_japanese


def simplify_islands(text: str, islands: Iterable[tuple[int, int]]) -> str:
    """The text with its Traditional stretches alone in Simplified letters."""
    pieces: list[str] = []
    at = 0
    for start, end in islands:
        pieces += (text[at:start], simplify(text[start:end]))
        at = end
    pieces.append(text[at:])
    return "".join(pieces)


def simplify_around(text: str, kept: Sequence[tuple[int, int]]) -> str:
    """The text in Simplified letters but for the stretches ``kept``."""
    converted = simplify(text)
    if not kept:
        return converted
    pieces: list[str] = []
    at = 0
    for start, end in kept:
        pieces += (converted[at:start], text[start:end])
        at = end
    return "".join((*pieces, converted[at:]))


@cache
def _opencc() -> OpenCC:
    from opencc import OpenCC  # noqa: PLC0415  # its dictionaries are read only where the script is mended

    return OpenCC("t2s")


def look_over(sample: str, seen: Signs) -> Signs:
    """The signs of a page's Traditional part, letters counted that its words never have.

    The words tell: turned to Simplified and back by a dictionary of words they get other letters, in the
    common, Taiwan and Hong Kong style alike: over-converted ones (family A) and ones left as they are in
    Simplified (family B). A few such letters may be an author's own spelling, many different are not.
    """
    part = look(sample) if seen.has_both else seen
    if not part.is_traditional or part.is_japanese or part.is_mirror_script:
        return part
    bare = without_readings(sample)
    simple = simplify(bare)
    styles = [style.convert(simple) for style in _styles()]
    if any(len(style) != len(bare) for style in styles):
        return part
    differing_letters = {letter for letter, plain in zip(bare, simple, strict=True) if letter != plain}
    wrong = {
        letter
        for at, (letter, *right) in enumerate(zip(bare, *styles, strict=True))
        if letter not in right and _BESIDE.search(bare[max(0, at - 1) : at + 2])
    }
    wrong = {letter for letter in wrong if letter in differing_letters or in_big5(letter)}
    share = _WRONG_SHARES[part.genuine > 0]
    if len(wrong) < _WRONG_LEAST or len(wrong) * share < len(differing_letters):
        return part
    return replace(part, overdone=part.overdone + len(differing_letters))


def in_big5(letter: str) -> bool:
    """Whether a letter is among the everyday ones of Big5: one that Traditional texts have."""
    try:
        return letter.encode("big5") < b"\xc9"
    except UnicodeEncodeError:
        return False


@cache
def _styles() -> tuple[OpenCC, ...]:
    from opencc import OpenCC  # noqa: PLC0415  # as below

    return tuple(OpenCC(style) for style in ("s2t", "s2tw", "s2hk"))


def simplify(text: str) -> str:
    """The text in Simplified letters, code point for code point."""
    converted = _opencc().convert(text)
    if len(converted) != len(text):
        converted = "".join(_by_line(text))
    return _LEFT.sub(lambda hit: _BACK[hit.group()], converted)


def simplify_lines(lines: Sequence[str]) -> list[str]:
    """Each line by itself in Simplified letters; lines that end in line feeds are converted at once."""
    text = "".join(lines)
    converted = simplify(text)
    pieces: list[str] = []
    at = 0
    for line in lines:
        piece = converted[at : at + len(line)]
        at += len(line)
        if piece.endswith("\n") != line.endswith("\n") or (at < len(text) and not line.endswith("\n")):
            return [simplify(one) for one in lines]
        pieces.append(piece)
    return pieces


def _by_line(text: str) -> Iterable[str]:
    convert = _opencc().convert
    for line in text.splitlines(keepends=True):
        converted = convert(line)
        if len(converted) == len(line):
            yield converted
            continue
        # A phrase that changes its length would move every span behind it: letter by letter instead.
        for char in line:
            single = convert(char)
            yield single if len(single) == 1 else char


def differing(before: str, after: str) -> int:
    """How many letters differ between two texts of one length."""
    old, new = before.encode("utf-16-le", "surrogatepass"), after.encode("utf-16-le", "surrogatepass")
    if not len(old) == len(new) == 2 * len(before):
        return sum(map(ne, before, after))
    # Two bytes a letter: one exclusive or of the whole text is ten times as fast as letter by letter.
    same = int.from_bytes(old, "little") ^ int.from_bytes(new, "little")
    return len(before) - same.to_bytes(len(old), "little").decode("utf-16-le", "surrogatepass").count("\0")


def runs(before: str, after: str, cuts: Iterable[int]) -> list[Change]:
    """Runs of adjacent letters that differ between two texts of one length, never across a ``cut``."""
    borders = frozenset(cuts)
    places: list[tuple[int, int]] = []
    start = end = -1
    for at, (old, new) in enumerate(zip(before, after, strict=True)):
        if old == new:
            continue
        if at != end or at in borders:
            if start >= 0:
                places.append((start, end))
            start = at
        end = at + 1
    if start >= 0:
        places.append((start, end))
    return [Change(start, end, after[start:end], EditKind.SCRIPT, WHY) for start, end in places]
