"""What a document's passage says beside the pieces already told of it (原文其余内容)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_HAN: Final = "一二三四五六七八九十"
# what only counts the pieces: 一是, 首先, 第二, （3）, 4., ⑤, and the stops between them
_COUNTS: Final = re.compile(
    rf"(?:\s|[，。；、：,.;:．·]|[{_HAN}]+[是、]|首先|其次|再次|最后|第[{_HAN}]|[（(][{_HAN}\d]+[）)]|\d+[.．、）)]|[①-⑳])+"
)
_NEXT: Final = re.compile(rf"(?<=[：:；;。，,])\s*(?:[{_HAN}]+是|首先|其次|再次|最后|第[{_HAN}])$")
_STOPS: Final = " \t\r\n\u3000，、；;,：:"


def words_beside(passage: str, told: Iterable[str]) -> tuple[str, ...]:
    """The stretches of a passage that none of the pieces already told says (其余内容), in their order.

    Blanks do not count when a piece is looked for. A stretch that only counts the pieces (一是, （2）, ；) is
    nothing of its own; of any other the marks at its ends go.
    """
    kept = [at for at, char in enumerate(passage) if not char.isspace()]
    close = "".join(passage[at] for at in kept)
    covered = bytearray(len(passage))
    since = 0
    for piece in ("".join(each.split()) for each in told):
        found = close.find(piece, since) if piece else -1
        # pieces stand in their order, save one that the passage says earlier
        found = close.find(piece) if piece and found < 0 else found
        if found >= 0:
            since = found + len(piece)
            first, last = kept[found], kept[since - 1]
            covered[first : last + 1] = b"\1" * (last + 1 - first)
    stretches = _uncovered(passage, covered)
    return tuple(plain for each in stretches if (plain := _own(each)))


def _uncovered(passage: str, covered: bytearray) -> list[str]:
    stretches, at = [], 0
    while at < len(passage):
        flag = covered[at]
        end = covered.find(1 - flag, at)
        end = len(passage) if end < 0 else end
        if not flag:
            stretches.append(passage[at:end])
        at = end
    return stretches


def _own(stretch: str) -> str:
    begun = _COUNTS.match(stretch)
    return _NEXT.sub("", stretch[begun.end() if begun else 0 :].strip(_STOPS)).strip(_STOPS)
