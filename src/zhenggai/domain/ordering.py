"""Keys by which a list is put into a reader's order (排序键): printed numbers, and Chinese words.

A key holds digits and the letters a to f only, so that every database and every collation compares two keys
alike, character by character.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

WORDS_MOST: Final = 40
_RUN: Final = re.compile(r"\d+")
_REBOUND: Final = re.compile(r"\(?反弹(\d*)\)?\s*$")
_PIECE: Final = re.compile(r"\d+|[〇零一二两三四五六七八九十百千]+|[a-z]+")
_DIGITS: Final = {character: value for value, character in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
}
_UNITS: Final = {"十": 10, "百": 100, "千": 1000}
_WIDTH: Final = 9
_WORD_WIDTH: Final = 24
# what comes first at one place of a path: the end, a rebound of what ends here, a number, a word
_AGAIN, _NUMBER, _WORD = "1", "2", "3"


def number_key(printed: str) -> str:
    """The order of printed numbers (编号): 二/(一)/9 before 二/(一)/10, a parent before its children.

    A successor, whose number ends in （反弹n）, follows its origin at once. Empty for no number.
    """
    text = unicodedata.normalize("NFKC", printed).casefold().strip()
    again = _REBOUND.search(text)
    if again:
        text = text[: again.start()]
    key = "".join(_level_key(level) for level in text.split("/") if level.strip())
    return key + _whole(_AGAIN, int((again[1] or "1")[:_WIDTH])) if again else key


def words_key(text: str) -> str:
    """The order of words (文字): common characters by their pinyin, as GB 2312 lists them; then the rare.

    Width, letter case and punctuation do not count; a number in it does as a number. The first 40 characters
    decide. Empty for no words.

    Source: GB 2312—80, whose 3,755 characters of level one stand in the order of their readings.
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    spelt = "".join(character for character in folded if character.isalnum())
    padded = _RUN.sub(lambda run: run[0].zfill(8), spelt)
    return (padded or folded.strip())[:WORDS_MOST].encode("gb18030", "replace").hex()


def _level_key(level: str) -> str:
    pieces = _PIECE.findall(level)
    if any(piece.isdecimal() or piece[0] in _DIGITS or piece[0] in _UNITS for piece in pieces):
        return "".join(_piece_key(piece) for piece in pieces)
    return _word(level)


def _piece_key(piece: str) -> str:
    if piece.isdecimal():
        return _whole(_NUMBER, int(piece[-_WIDTH:]))
    return _word(piece) if piece.isascii() else _whole(_NUMBER, _chinese(piece))


def _whole(rank: str, number: int) -> str:
    return f"{rank}{number:0{_WIDTH}d}"


def _word(text: str) -> str:
    return _WORD + words_key(text)[:_WORD_WIDTH].ljust(_WORD_WIDTH, "0")


def _chinese(numeral: str) -> int:
    """A whole number written 二十三 or 二〇二四."""
    if not any(character in _UNITS for character in numeral):
        return int("".join(str(_DIGITS[character]) for character in numeral)[-_WIDTH:])
    total = waiting = 0
    for character in numeral:
        if character in _UNITS:
            total += (waiting or 1) * _UNITS[character]
            waiting = 0
        else:
            waiting = _DIGITS[character]
    return total + waiting
