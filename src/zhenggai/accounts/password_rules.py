"""What a password may not be (密码规则), asked by Django's own hook; the sentences stand in the services."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import product
from typing import TYPE_CHECKING, Final

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from zhenggai.reading.restoring.readings import readings_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhenggai.accounts.models import Person

LEAST_PIECE: Final = 4
LEAST_DIFFERENT: Final = 6
_SPELLINGS_MOST: Final = 64
_WORDS: Final = re.compile(r"[a-z]+|[㐀-鿿]+")
_AROUND: Final = re.compile(r"^[^a-z㐀-鿿]+|[^a-z㐀-鿿]+$")
# what is guessed first where Chinese is typed and Django's own list has nothing of it
_GUESSED: Final = (
    "woaini",
    "iloveyou",
    "qwerty",
    "asdfgh",
    "zxcvbn",
    "qazwsx",
    "administrator",
    "zhenggai",
    "整改",
)


class OwnNameValidator:
    """Refuses a password that holds the user name, the name, their pieces, or the name's pinyin."""

    def validate(self, password: str, user: Person | None = None) -> None:
        """Asks whether a piece is in it.

        Raises:
            ValidationError: when one is.
        """
        folded = _folded(password)
        bare = "".join(letter for letter in folded if letter.isalnum())
        if user is not None and any(piece in folded or piece in bare for piece in pieces_of(user)):
            raise ValidationError("", code="password_names_holder")

    def get_help_text(self) -> str:
        """Nothing: the pages say the rules themselves."""
        return ""


class GuessedFirstValidator:
    """Refuses a common password also with digits and signs around it, and one of few different letters."""

    def validate(self, password: str, user: Person | None = None) -> None:
        """Asks whether the word inside is one that is guessed first.

        Raises:
            ValidationError: when it is, or when there are too few different characters.
        """
        del user
        folded = _folded(password)
        if len(set(folded)) < LEAST_DIFFERENT:
            raise ValidationError("", code="password_few", params={"least": LEAST_DIFFERENT})
        stem = _AROUND.sub("", folded)
        rest = folded
        for word in _GUESSED:
            rest = rest.replace(word, "")
        if stem in _common() or (len(rest) < len(folded) and sum(map(str.isalpha, rest)) < LEAST_PIECE):
            raise ValidationError("", code="password_too_common")

    def get_help_text(self) -> str:
        """Nothing: the pages say the rules themselves."""
        return ""


def pieces_of(person: Person) -> frozenset[str]:
    """What of the person's names a password may not hold (姓名、用户名及其拼音)."""
    pieces = {piece for piece in _WORDS.findall(_folded(person.username)) if len(piece) >= LEAST_PIECE}
    if len(person.username) >= LEAST_PIECE:
        pieces.add(_folded(person.username))
    name = "".join(letter for letter in _folded(person.name) if letter.isalnum())
    if len(name) >= 2:
        pieces.add(name)
        pieces.update(spelt for spelt in _spellings(name) if len(spelt) >= LEAST_PIECE)
        # the given name alone too; a short one would forbid too much
        pieces.update(spelt for spelt in _spellings(name[1:]) if len(spelt) > LEAST_PIECE)
    return frozenset(pieces)


def _spellings(name: str) -> Iterator[str]:
    """The pinyin of a name without tones, in every reading of its characters, up to a number of them."""
    if not all(readings_of(letter) for letter in name):
        return
    ways = [sorted({_toneless(each) for each in readings_of(letter)}) for letter in name]
    for count, way in enumerate(product(*ways)):
        if count == _SPELLINGS_MOST:
            return
        yield "".join(way)


def _toneless(syllable: str) -> str:
    # ü is typed as v or u; passwords are compared with u
    return "".join(letter for letter in unicodedata.normalize("NFD", syllable) if letter.isalpha()).replace(
        "v", "u"
    )


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


@cache
def _common() -> frozenset[str]:
    return frozenset(CommonPasswordValidator().passwords)
