"""Texts and queries cut into tokens (分词): one tokenizer for both engines.

A run of Han characters gives its overlapping pairs and its last single character; a word in other letters is
one token. So a query of two characters or more is a search for all its pairs, a query of one character a
search for tokens that begin with it, and a word finds words that begin with it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from opencc import OpenCC

QUERY_MOST: Final = 200
TOKEN_MOST: Final = 60
_STRETCH: Final = 6
_STRETCHES_MOST: Final = 12

# ideographs of every plane, compatibility forms, the iteration mark and the zero
_HAN = "\u3005-\u3007\u2e80-\u2fdf\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_RUN = re.compile(rf"(?P<han>[{_HAN}]+)|(?P<word>[^\W_{_HAN}]+)")
# letters that no database takes, and controls; marks without a shape may stand inside a word
_UNTAKEN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029]+")
_SHAPELESS = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]+")
# mirrors write these where Simplified text has the others, and the conversion leaves them
_VARIANTS: Final = {"著": "着", "谘": "咨"}
_BLANK = re.compile(r"\s+")
# Chinese knows no blanks between words: they come from line ends and from habits of writing numbers
_BLANK_AT_HAN = re.compile(rf"(?<=[{_HAN}]) | (?=[{_HAN}])")
# letters that SQLite's unicode61 (Unicode 6.1) is sure to take for letters; all others are spelled out
_PLAIN = re.compile(r"[a-z0-9\u4e00-\u9fcb]+")


@dataclass(frozen=True, slots=True)
class Term:
    """One part of a query: its folded text and the tokens of any text that has it.

    ``prefixes`` need only be the beginning of a token.
    """

    text: str
    tokens: tuple[str, ...]
    prefixes: tuple[str, ...]


def folded(text: str) -> str:
    """The text as texts and queries are compared: NFKC, lower case, Simplified letter by letter.

    Letter by letter, because a conversion that looks at words gives the same character two forms, and then a
    part of a text is no longer found in it.
    """
    shown = _SHAPELESS.sub("", _UNTAKEN.sub(" ", text))
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", shown).lower())
    blanks = _BLANK.sub(" ", plain.translate(_simplified_of(plain))).strip()
    return _BLANK_AT_HAN.sub("", blanks)


def tokens_of(folded_text: str) -> list[str]:
    """The tokens of a folded text, in their order, each once."""
    found: dict[str, None] = {}
    for run in _RUN.finditer(folded_text):
        if han := run["han"]:
            for index in range(len(han) - 1):
                found[_safe(han[index : index + 2])] = None
            found[_safe(han[-1])] = None
        else:
            found[_safe(run["word"])] = None
    return list(found)


def terms_of(query: str) -> list[Term]:
    """The parts of a query, separated by blanks; of a query over 200 characters, those of its beginning."""
    parts = (folded(part) for part in _UNTAKEN.sub(" ", query[:QUERY_MOST]).split())
    return [_term(part) for part in dict.fromkeys(parts) if part]


def stretches_of(text: str) -> list[list[str]]:
    """The tokens of stretches of a text, each long enough to be rare: six pairs, beginning at every third.

    At most twelve, from its beginning on; of a text that is shorter than one stretch, nothing.
    """
    pairs = pairs_of(text)
    starts = range(0, max(len(pairs) - _STRETCH + 1, 0), _STRETCH // 2)
    return [pairs[start : start + _STRETCH] for start in list(starts)[:_STRETCHES_MOST]]


def pairs_of(text: str) -> list[str]:
    """The pairs of Han characters and the words of a text in their order, its punctuation left out."""
    found: list[str] = []
    for run in _RUN.finditer(folded(text)):
        if han := run["han"]:
            found += [_safe(han[index : index + 2]) for index in range(len(han) - 1)]
        else:
            found.append(_safe(run["word"]))
    return found


def _term(text: str) -> Term:
    tokens: dict[str, None] = {}
    prefixes: dict[str, None] = {}
    runs = list(_RUN.finditer(text))
    for place, run in enumerate(runs):
        han, word = run["han"], run["word"]
        if han and len(han) > 1:
            for index in range(len(han) - 1):
                tokens[_safe(han[index : index + 2])] = None
        elif han or place > 0 or len(runs) == 1:
            prefixes[_safe(han or word)] = None
        # else a word that opens a longer term: in the text it may end a longer word, which no index finds
    return Term(text, tuple(tokens), tuple(prefixes))


def _safe(token: str) -> str:
    """The token in letters that every engine keeps as one word; a rare character is spelled by its number."""
    cut = token[:TOKEN_MOST]
    if _PLAIN.fullmatch(cut):
        return cut
    return "".join(
        character if _PLAIN.fullmatch(character) else f"u{ord(character):06x}" for character in cut
    )


def _simplified_of(text: str) -> dict[int, str]:
    return {ord(character): _simplified(character) for character in set(text) if ord(character) > 0x2E7F}


@cache
def _simplified(character: str) -> str:
    return _VARIANTS.get(character) or _opencc().convert(character)


@cache
def _opencc() -> OpenCC:
    from opencc import OpenCC  # noqa: PLC0415  # its dictionaries are read only where something is searched

    return OpenCC("t2s")
