"""Which passwords are refused, and with which sentences."""

from __future__ import annotations

import pytest

from zhenggai.accounts.errors import PasswordRefusedError
from zhenggai.accounts.models import Person
from zhenggai.accounts.password_rules import pieces_of
from zhenggai.accounts.services.passwords import one_time_password, password_checked

NAMES = "It holds the user name or the name, or a piece of them, or their pinyin."
GUESSED = "It is one of the passwords that are guessed first."


def refusal(password: str, username: str = "zhou.shili", name: str = "周示例") -> str:
    try:
        password_checked(password, Person(username=username, name=name))
    except PasswordRefusedError as error:
        return str(error)
    return ""


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("short-one", "It has fewer than 12 characters."),
        ("zhoushili-and-7", NAMES),
        ("ZhouShiLi!!2026x", NAMES),
        ("my.shili.is.here", NAMES),
        ("周示例的整改台账口令一二", NAMES),
        ("示例周示例周周示例周示例", NAMES),
        ("Password2026!!", GUESSED),
        ("整改整改20261127!", GUESSED),
        ("woaini5201314ok", GUESSED),
        ("qwertyqwerty12", GUESSED),
        ("ababababababab", "It has fewer than 6 different characters."),
        ("918273645546372", "It is made of digits alone."),
    ],
)
def test_a_password_that_could_be_guessed_is_refused_with_its_reason(password: str, sentence: str) -> None:
    assert sentence in refusal(password)


@pytest.mark.parametrize(
    "password",
    ["mostly-harmless-7", "云山样例-口令-2026", "correct horse battery", "每天早上喝一杯绿豆汤吧嗯"],
)
def test_a_good_password_is_taken(password: str) -> None:
    assert refusal(password) == ""


def test_a_name_is_known_in_every_reading_and_a_short_one_forbids_little() -> None:
    # 乐 is read le and yue, 单 dan, shan and chan
    pieces = pieces_of(Person(username="li", name="单乐样"))
    assert {"danyueyang", "shanleyang", "yueyang"} <= pieces
    assert not any(len(piece) < 3 for piece in pieces)
    assert pieces_of(Person(username="li", name="X")) == frozenset()
    assert "smith示例" in pieces_of(Person(username="li", name="Smith 示例"))


def test_a_one_time_password_is_never_the_same_and_keeps_the_rules() -> None:
    made = {one_time_password() for _ in range(50)}
    assert len(made) == 50
    assert all(refusal(each) == "" for each in made)
    assert all(not set(each) & set("0O1lIo") for each in made)
