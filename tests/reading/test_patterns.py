"""Patterns are compiled when they are first used, and every one of them can be."""

from __future__ import annotations

import importlib
import pkgutil
import re

import pytest

import zhenggai.reading
from zhenggai.reading import patterns


def test_a_pattern_is_compiled_at_its_first_use_and_is_then_as_any_other():
    word = patterns.compile(r"(?P<n>\d)级", patterns.IGNORECASE)

    assert not vars(word).keys() & {"match", "search"}
    assert word.search("第3级")["n"] == "3"
    assert word.sub("", "第3级") == "第"
    assert (word.pattern, word.groups, dict(word.groupindex)) == (r"(?P<n>\d)级", 1, {"n": 1})
    assert word.flags == re.compile(r"(?P<n>\d)级", re.IGNORECASE).flags
    assert repr(word) == r"compile('(?P<n>\\d)级')"


def test_a_mistake_in_a_pattern_shows_at_its_first_use():
    wrong = patterns.compile("(")

    with pytest.raises(re.error):
        wrong.match("x")
    with pytest.raises(AttributeError, match="scanner"):
        wrong.scanner("x")


def test_every_pattern_of_the_room_compiles():
    seen = 0
    for module in pkgutil.walk_packages(zhenggai.reading.__path__, "zhenggai.reading."):
        if module.name.endswith((".ocr", ".child")):
            continue
        for value in vars(importlib.import_module(module.name)).values():
            if isinstance(value, patterns._Later):
                assert value.groups >= 0
                seen += 1
    assert seen > 200
