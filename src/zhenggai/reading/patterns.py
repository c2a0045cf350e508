"""Regular expressions compiled when they are first used (按需编译的正则): one notice needs fewer than half.

Imported as ``from zhenggai.reading import patterns as re``: everything beside ``compile`` is that of ``re``.
"""

from __future__ import annotations

import re
from re import (
    DOTALL,
    IGNORECASE,
    MULTILINE,
    VERBOSE,
    Match,
    Pattern,
    escape,
    findall,
    finditer,
    fullmatch,
    match,
    search,
    split,
    sub,
)
from typing import TYPE_CHECKING, Any, AnyStr, cast

if TYPE_CHECKING:
    from re import RegexFlag

__all__ = [
    "DOTALL",
    "IGNORECASE",
    "MULTILINE",
    "VERBOSE",
    "Match",
    "Pattern",
    "compile",
    "escape",
    "findall",
    "finditer",
    "fullmatch",
    "match",
    "search",
    "split",
    "sub",
]
_NAMES = ("match", "fullmatch", "search", "finditer", "findall", "sub", "subn", "split", "flags", "groups")


class _Later:
    """Stands for a pattern; the first look at a method compiles it, later ones find that method here."""

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self.pattern = pattern
        self._given = flags

    def __getattr__(self, name: str) -> Any:
        if name not in _NAMES and name != "groupindex":
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self._given)
        vars(self).update({one: getattr(compiled, one) for one in (*_NAMES, "groupindex")})
        return vars(self)[name]

    def __repr__(self) -> str:
        return f"compile({self.pattern!r})"


def compile(pattern: AnyStr, flags: RegexFlag | int = 0) -> Pattern[AnyStr]:  # noqa: A001 - as in ``re``
    """A pattern that is compiled when it is first used; a mistake in it shows then, and in a test."""
    return cast("Pattern[AnyStr]", _Later(pattern, int(flags)))
