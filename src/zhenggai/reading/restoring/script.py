"""Traditional letters of a mirrored page back to Simplified (繁简)."""

from __future__ import annotations

import re
from functools import cache
from operator import ne
from typing import TYPE_CHECKING, Final

from zhenggai.domain.messages import msg
from zhenggai.domain.spans import EditKind
from zhenggai.reading.restoring.edits import Change
from zhenggai.reading.restoring.readings import HAN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from opencc import OpenCC

    from zhenggai.reading.restoring.signs import Signs

WHY: Final = msg("The mirror had turned the text into Traditional letters.")

# What t2s leaves: 谘 always, 著 unless it is the zhù of a word.
_ZHU: Final = re.compile(
    # A letter first: that lets the search skip.
    rf"[谘麽著](?:(?<!著)|(?<=[{HAN}]著)(?![作名述书者称录])"
    r"(?<![显名原编专论巨译遗昭卓土拙新旧撰所合大著]著)|(?<=著)(?=[力眼手落重想陆急实凉迷魔慌地]))"
)
_BACK: Final = {"谘": "咨", "麽": "么"}


def is_noise(signs: Signs, *, mirror: bool) -> bool:
    """Whether a page's Traditional letters are a mirror's doing, not the author's.

    ``mirror``: other signs of a mirror (damaged bytes, its own lines, injected readings) were found.
    """
    if signs.is_mirror_script:
        return True
    return mirror and signs.is_traditional and not signs.is_japanese


@cache
def _opencc() -> OpenCC:
    from opencc import OpenCC  # noqa: PLC0415  # its dictionaries are read only where the script is mended

    return OpenCC("t2s")


def simplify(text: str) -> str:
    """The text in Simplified letters, code point for code point."""
    converted = _opencc().convert(text)
    if len(converted) != len(text):
        converted = "".join(_by_line(text))
    return _ZHU.sub(lambda hit: _BACK.get(hit.group(), "着"), converted)


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
