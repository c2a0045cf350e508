"""Text that stands only in the scripts of a page (脚本中的正文): a string that the browser would show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zhenggai.reading import patterns as re

if TYPE_CHECKING:
    from collections.abc import Iterable

_STRING: Final = re.compile(
    r'"((?:[^"\\]++|\\.)*+)"' r"|'((?:[^'\\\n]++|\\.)*+)'" r"|`((?:[^`\\]++|\\.)*+)`", re.DOTALL
)
_HAN: Final = re.compile(r"[㐀-鿿]|\\u[3-9][0-9a-f]{3}", re.IGNORECASE)
_ESCAPE: Final = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_LETTERS: Final = {"n": "\n", "r": "\r", "t": "\t", "b": "", "f": "\n", "v": "\n", "0": "", "\n": ""}


def longest_text(scripts: Iterable[str]) -> str:
    """The string with most Han characters among all strings of ``scripts``; empty where there is none."""
    best, most = "", 0
    for script in scripts:
        if len(_HAN.findall(script)) <= most:
            continue
        for found in _STRING.finditer(script):
            written = found[1] or found[2] or found[3] or ""
            letters = len(_HAN.findall(written))
            if letters > most:
                best, most = written, letters
    return _ESCAPE.sub(_plain, best)


def _plain(escape: re.Match[str]) -> str:
    digits = escape[1] or escape[2]
    if digits is None:
        return _LETTERS.get(escape[3], escape[3])
    letter = chr(int(digits, 16))
    return "" if "\ud800" <= letter <= "\udfff" else letter
