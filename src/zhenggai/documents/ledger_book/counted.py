"""Several texts in one cell (一格多条), counted so that they come apart again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_DIGITS: Final = "〇一二三四五六七八九"


def _chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    return f"{_DIGITS[tens] if tens > 1 else ''}{'十' if tens else ''}{_DIGITS[ones] if ones else ''}"


# the way of counting that none of the texts uses itself tells where each begins
_WAYS: Final[tuple[tuple[re.Pattern[str], int, Callable[[int], str]], ...]] = (
    (re.compile(r"\d[.．、)）]"), 99, lambda number: f"{number}."),
    (re.compile(r"[（(]\d{1,2}[)）]"), 99, lambda number: f"（{number}）"),
    (re.compile(r"[①-⑳]"), 20, lambda number: chr(0x245F + number)),
    (re.compile(r"[（(][一二三四五六七八九十]"), 99, lambda number: f"（{_chinese(number)}）"),
    (re.compile(r"[一二三四五六七八九十]、"), 39, lambda number: f"{_chinese(number)}、"),
)
# what a reader would take one text apart at
_APART: Final = re.compile(
    r"[一二三四五六七八九十](?:是|要|、)|首先|其次|\d[.．、)）]|[（(][一二三四五六七八九十\d]{1,3}[)）]|[①-⑳\n]"
)


def counted(texts: Sequence[str]) -> str:
    """Texts one below the other (逐条编号), each behind its count.

    One alone stands as it is, unless it would be taken for several.
    """
    if not texts or (len(texts) == 1 and _APART.search(texts[0]) is None):
        return "".join(texts)
    together = "\n".join(texts)
    way = next(
        (way for used, most, way in _WAYS if len(texts) <= most and used.search(together) is None),
        _WAYS[0][2],
    )
    return "\n".join(f"{way(place)}{text}" for place, text in enumerate(texts, 1))
