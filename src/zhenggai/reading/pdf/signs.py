"""Single characters that a PDF names otherwise than a text does (兼容字、私用字): mended or pointed at."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from zhenggai.domain.messages import msg
from zhenggai.domain.spans import EditKind
from zhenggai.reading import patterns as re

if TYPE_CHECKING:
    from collections.abc import Sequence

WHY_FORM: Final = msg("The PDF names this character by the code of a radical or of a compatibility form.")
WHY_LIGATURE: Final = msg("The PDF joins these letters in one character.")
WHY_BULLET: Final = msg("A bullet from a font of symbols.")
WHY_UNKNOWN: Final = msg(
    "The PDF does not say which character this is. Look at it in the original; it is not guessed."
)

# radicals of the supplement that Unicode does not decompose, and the characters that look the same
_RADICALS: Final = dict(
    zip(
        "⺁⺄⺇⺈⺊⺌⺏⺒⺓⺝⺟⺠⺣⺤⺧⺩⺪⺫⺬⺭⺮⺯⺱⺲⺳⺶⺷⺸⺹⺺⺻⺼⻁⻂⻃⻄⻅⻆⻇⻈⻉⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
        "厂乙几刀卜小尢巳幺月母民灬爫牛王疋目示礻竹糸网罒网羊羊羊耂肀聿肉虎衤覀西见角角讠贝车辶辶辶阝钅長镸长门阜阝雨青韦页风飞食食飠饣马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
        strict=True,
    )
)
_FORMS: Final = re.compile("[\u2e80-\u2fd5\uf900-\ufaff\U0002f800-\U0002fa1f]+")
_LIGATURES: Final = re.compile("[\ufb00-\ufb06]+")
_UNKNOWN: Final = re.compile("[\ufffd\ue000-\uf8ff\U000f0000-\U0010fffd]+")
_BULLET: Final = re.compile(
    "^[ \u3000]*([\uf0b7\uf06c\uf06e\uf0d8\uf0a7\uf075\uf076\uf0fc\uf0a8\uf09f])(?=[ \u3000]*[^\\s])",
    re.MULTILINE,
)


def changes_of(
    text: str, struck: Sequence[tuple[str, int, int, str, str]]
) -> list[tuple[str, int, int, str, str]]:
    """Edits of single characters outside of what is ``struck`` (sorted); form as there."""
    ends = [(start, end) for _, start, end, _, _ in struck]
    starts = [start for start, _ in ends]
    found: list[tuple[str, int, int, str, str]] = []
    bullets = {hit.start(1) for hit in _BULLET.finditer(text)}

    def free(start: int, end: int) -> bool:
        at = bisect_right(starts, end - 1) - 1
        return at < 0 or ends[at][1] <= start

    for pattern, why in ((_FORMS, WHY_FORM), (_LIGATURES, WHY_LIGATURE)):
        for hit in pattern.finditer(text):
            after = "".join(_plain(char) for char in hit.group())
            if after != hit.group() and free(*hit.span()):
                found.append((EditKind.SCRIPT.value, *hit.span(), after, why))
    for hit in _UNKNOWN.finditer(text):
        start, end = hit.span()
        if start in bullets and free(start, start + 1):
            found.append((EditKind.SCRIPT.value, start, start + 1, "•", WHY_BULLET))
            start += 1
        if start < end and free(start, end):
            found.append((EditKind.FLAG.value, start, end, text[start:end], WHY_UNKNOWN))
    return found


def _plain(char: str) -> str:
    return _RADICALS.get(char) or unicodedata.normalize("NFKC", char)
