"""Text that was read in a wrong encoding and saved again (乱码复原), put right where nothing was lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from zhenggai.domain.messages import msg
from zhenggai.reading import patterns as re
from zhenggai.reading.letters import HAN, judge

if TYPE_CHECKING:
    from collections.abc import Callable

WHY_PUT_RIGHT: Final = msg(
    "These lines had been saved in a wrong encoding; they were put right without any loss."
)
WHY_LOST: Final = msg(
    "This line was saved in a wrong encoding, and what stood there cannot be told any more."
)

_LOOKED_AT: Final = 1 << 16
_LEAST_SIGNS: Final = 3
_LEAST_LOST_SIGNS: Final = 6
_LEAST_SHARE: Final = 0.8
_LEAST_FREQUENT: Final = 0.3
_GAIN: Final = 0.25

_HIGH: Final = bytes(range(0x80, 0x100))
_CP1252: Final = "".join(
    bytes((byte,)).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0x100)
)
_AS_CP1252: Final = str.maketrans(_HIGH.decode("latin-1"), _CP1252)
_FROM_CP1252: Final = str.maketrans(_CP1252, _HIGH.decode("latin-1"))
_LATIN_SIGN: Final = re.compile(
    # Either first letter, for that lets the search skip. The three bytes of a Han character or a full-width
    # mark, each printed as a letter of Western Europe,
    f"[{re.escape(_CP1252[33:])}ãäåæçèéï](?:(?<=[ãäåæçèéï])[{re.escape(_CP1252[:64])}\x80-\x9f]{{2}}"
    # or the two bytes of a character of GB 2312.
    f"|(?<=[{re.escape(_CP1252[33:])}])[{re.escape(_CP1252[33:])}](?:[{re.escape(_CP1252[33:])}]{{2}})+)"
)
_HAN_SIGN: Final = re.compile("[鏁鍦鐨鏄涓闂鎯鍐鍏銆锛绗鏈闃鐩浠鍚]")
_LINE: Final = re.compile(r"[^\n]*\n|[^\n]+")
_BEYOND_ASCII: Final = re.compile(r"[^\x00-\x7f]")


@dataclass(frozen=True, slots=True)
class Twice:
    """``[start, end)`` of the text, put right: its bytes are ``inner``, which somebody read as ``outer``."""

    start: int
    end: int
    inner: str
    outer: str

    def printed(self, text: str) -> str:
        """What the file shows for the stretch ``text``."""
        return _OUTER[self.outer][1](text.encode(self.inner))


def _cp1252_bytes(text: str) -> bytes:
    return text.translate(_FROM_CP1252).encode("latin-1")


def _cp1252_text(data: bytes) -> str:
    return data.decode("latin-1").translate(_AS_CP1252)


_OUTER: Final[dict[str, tuple[Callable[[str], bytes], Callable[[bytes], str]]]] = {
    # Browsers and editors give the bytes that Windows-1252 leaves out to the control characters.
    "cp1252": (_cp1252_bytes, _cp1252_text),
    "latin-1": (lambda text: text.encode("latin-1"), lambda data: data.decode("latin-1")),
    "gb18030": (lambda text: text.encode("gb18030"), lambda data: data.decode("gb18030")),
}
_WAYS: Final = (
    ("utf-8", "cp1252"),
    ("utf-8", "latin-1"),
    ("gb18030", "cp1252"),
    ("gb18030", "latin-1"),
    ("utf-8", "gb18030"),
)


def put_right(text: str) -> tuple[str, tuple[Twice, ...]]:
    """The text of a UTF-8 file as it was before it was read wrongly and saved, and which stretches were.

    Whether the file was saved twice is decided once for all of it: put right, it must look far more like
    Chinese than as it is printed. A line that cannot be put right exactly stays as it is printed.
    """
    begin = _BEYOND_ASCII.search(text)
    sample = text[begin.start() : begin.start() + _LOOKED_AT] if begin else ""
    signs = max(len(_LATIN_SIGN.findall(sample)), len(_HAN_SIGN.findall(sample)))
    way = _way(sample) if signs >= _LEAST_SIGNS else None
    if way is None:
        return text, ()
    pieces: list[str] = []
    twice: list[Twice] = []
    length = 0
    goes_on = False
    for found in _LINE.finditer(text):
        line = found.group()
        right = line if line.isascii() else _mended(line, *way)
        shown = line if right is None else right
        if right is None:
            goes_on = False
        elif not line.isascii():
            start = twice.pop().start if goes_on else length
            twice.append(Twice(start, length + len(shown), *way))
            goes_on = True
        pieces.append(shown)
        length += len(shown)
    return "".join(pieces), tuple(twice)


def lost_lines(text: str, twice: tuple[Twice, ...]) -> list[int]:
    """Where lines begin that were saved in the wrong encoding and cannot be put right."""
    if not twice and not _is_lost(text):
        return []
    ends = [0, *(stretch.end for stretch in twice)]
    begins = [*(stretch.start for stretch in twice), len(text)]
    return [
        found.start()
        for end, begin in zip(ends, begins, strict=True)
        for found in _LINE.finditer(text, end, begin)
        if _LATIN_SIGN.search(found.group()) or _HAN_SIGN.search(found.group())
    ]


def _is_lost(text: str) -> bool:
    """Whether UTF-8 was read as GBK, which drops bytes: hardly any line comes back, and all are rubbish."""
    begin = _BEYOND_ASCII.search(text)
    sample = text[begin.start() : begin.start() + _LOOKED_AT] if begin else ""
    signs = len(_HAN_SIGN.findall(sample))
    return signs >= _LEAST_LOST_SIGNS and signs * 12 >= len(HAN.findall(sample))


def _way(sample: str) -> tuple[str, str] | None:
    """Which encoding was taken for which, where that explains most lines of ``sample``."""
    lines = [line for line in _LINE.findall(sample) if not line.isascii()]
    lines = lines[:-1] if len(lines) > 1 and len(sample) == _LOOKED_AT else lines
    printed = judge("".join(lines)).frequent
    for way in _WAYS:
        mended = [right for line in lines if (right := _mended(line, *way)) is not None]
        verdict = judge("".join(mended))
        if (
            len(mended) * 2 >= len(lines)
            and verdict.share >= _LEAST_SHARE
            and verdict.frequent >= max(_LEAST_FREQUENT, printed + _GAIN)
        ):
            return way
    return None


def _mended(line: str, inner: str, outer: str) -> str | None:
    """The line put right; None where it does not lead back to exactly what is printed."""
    to_bytes, to_text = _OUTER[outer]
    try:
        right = to_bytes(line).decode(inner)
        return right if to_text(right.encode(inner)) == line and right != line else None
    except UnicodeError:
        return None
