"""All readings (读音) of a character, and whether a bracket spells one of them."""

from __future__ import annotations

import unicodedata
from functools import cache
from importlib.resources import files
from typing import Final

from zhenggai.reading import patterns as re

SYLLABLE: Final = "a-zɑɡ:àáèéêìíòóùúüāăēĕěīĭńňōŏūŭǎǐǒǔǖǘǚǜǹḿế̀ề́̄̆̈̌"
"""The letters of a reading, as the inside of a character class."""
HAN: Final = "〇㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff"
"""Han characters, as the inside of a character class."""

_NEUTRAL: Final = {
    "de": "的得地底",
    "le": "了",
    "ma": "嗎吗嘛麼么",
    "ne": "呢哪",
    "ba": "吧罷罢",
    "zi": "子",
    "zhe": "着著",
    "men": "們们",
    "ge": "個个箇",
}
_MARKS: Final = "\u0304\u0301\u030c\u0300"
_DIGIT: Final = re.compile(r"^(.+?)([0-5])$")
_HAN_LETTER: Final = re.compile(f"[{HAN}]")
_FOLD: Final = str.maketrans({"ɑ": "a", "ɡ": "g", "\u0306": "\u030c"})


def spells(char: str, reading: str) -> bool:
    """Whether ``reading`` (as printed) is one of all readings of ``char``.

    A tone mark or a tone digit is needed, except for the real neutral tones (的 de, 了 le …).
    """
    syllable = normal(reading)
    return char in _table().get(syllable, "") or char in _NEUTRAL.get(syllable, "")


def begins(char: str, start: str) -> bool:
    """Whether ``start`` opens one of the readings of ``char``: a reading that the end of the text cut off."""
    plain = _toneless(start)
    return any(
        _toneless(syllable).startswith(plain) and char in chars for syllable, chars in _table().items()
    ) or any(syllable.startswith(plain) and char in chars for syllable, chars in _NEUTRAL.items())


def is_han(char: str) -> bool:
    """Whether ``char`` is one Han character."""
    return bool(_HAN_LETTER.match(char))


def has_tone(reading: str) -> bool:
    """Whether ``reading`` (as printed) carries a tone mark or a tone digit."""
    syllable = normal(reading)
    return _toneless(syllable) != syllable


def readings_of(char: str) -> tuple[str, ...]:
    """All readings of ``char`` that carry a tone mark."""
    return _by_letter().get(char, ())


@cache
def _by_letter() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for syllable, chars in _table().items():
        if _toneless(syllable) != syllable:
            for char in chars:
                found.setdefault(char, []).append(syllable)
    return {char: tuple(syllables) for char, syllables in found.items()}


@cache
def normal(reading: str) -> str:
    """One spelling for all: ü for v and u:, a tone mark for a digit, a neutral tone bare."""
    spelled = unicodedata.normalize("NFD", reading.replace(" ", "")).translate(_FOLD)
    digit = _DIGIT.match(spelled)
    if digit:
        spelled = digit.group(1)
    spelled = spelled.replace("u:", "u\u0308").replace("v", "u\u0308")
    if digit and digit.group(2) in "1234":
        spelled = _marked(spelled, _MARKS[int(digit.group(2)) - 1])
    # A toned letter that is not on the list is bare of its tone and must not pass as neutral.
    return unicodedata.normalize("NFC", spelled)


def _marked(syllable: str, mark: str) -> str:
    """Place a tone mark where the rules of pinyin want it."""
    place = next((syllable.index(vowel) for vowel in ("a", "e", "ou") if vowel in syllable), None)
    if place is None:
        places = [at for at, letter in enumerate(syllable) if letter in "iou"]
        place = places[-1] if places else len(syllable) - 1
    end = place + 2 if syllable[place + 1 : place + 2] == "\u0308" else place + 1
    return syllable[:end] + mark + syllable[end:]


def _toneless(syllable: str) -> str:
    spelled = unicodedata.normalize("NFD", syllable).translate(_FOLD)
    return "".join(letter for letter in spelled if letter.isalpha()).replace("v", "u")


@cache
def _table() -> dict[str, str]:
    text = files(__package__).joinpath("readings.txt").read_text(encoding="utf-8")
    return dict(line.split("\t") for line in text.splitlines())
