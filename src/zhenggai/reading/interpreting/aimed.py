"""Problems that the sentences of a paragraph name one after another (一是关于…的问题，…；二是…)."""

from __future__ import annotations

from zhenggai.reading import patterns as re
from zhenggai.reading.interpreting import wording
from zhenggai.reading.interpreting.drafts import Passage, with_status
from zhenggai.reading.interpreting.labels import Field
from zhenggai.reading.outline_marks import ordinal

_AIMED = re.compile(
    r"(?:(?<=[。；;：:\n])|(?<![^ \u3000]))[ \u3000]*"
    r"(?:(?:(?P<n>[一二三四五六七八九十]{1,3})是|第(?P<m>[一二三四五六七八九十]{1,2})[,，、是]|首先[,，]|其次[,，]|再次[,，]|最后[,，])"
    r"(?:针对|关于|对于?)?|针对|关于|对于?)"
    r"[ \u3000]*[“\"「『]?(?P<q>(?:[^。；;：:，,“”\"「」『』\n]|“[^。；“”\n]{1,20}”){3,60}?)[”\"」』]?"
    # a counted one may leave the word out where it goes on with what was done: 一是学习不深入，已…
    r"(?:(?:等)?(?:的)?问题(?:的)?(?:整改)?[。，,：:]|(?(n)[,，](?=(?:目前|现)?均?(?:已|正在))|(?!)))"
)
_ALONE = re.compile(
    # only what begins a sentence; the place before it was asked for by the one before
    r"[ \u3000\n]*(?:针对|关于|对于?)?(?:巡[察视]组?|审计|督察)?(?:反馈|指出|提出|发现|存在)?的?"
    r"[ \u3000]*[“\"「『]?"
    r"(?P<q>(?:[^。；;：:，,“”\"「」『』\n]|“[^。；“”\n]{1,20}”){3,60}?)[”\"」』]?(?:等)?(?:的)?问题(?:的)?(?:整改)?[，,：:]"
)
_ALL_OF_THEM = re.compile(
    r"反馈|指出|上述|以上|^(?:存在|发现|查出|检查|排查)[^不未]{0,4}\Z|[0-9一二三四五六七八九十]+[个项条类]\Z"
)
HOW_MANY = re.compile(r"[0-9一二三四五六七八九十百]+[ \u3000]?[个项条类]\Z")
"""So many problems (未整改到位的7个问题): none of them is named."""
_ABOUT_WORD = re.compile(r"关于|针对|^\W*(?:[一二三四五六七八九十]{1,3}是)?对")
_STOP = re.compile(r"[。；;\n]|\Z")
LAYOUT = " \u3000\n"
_SAID_MOST = 120


def aimed_at(text: str, start: int, end: int, *, themed: bool = False) -> list[tuple[re.Match[str], int]]:
    """The places where a paragraph names problems one by one, each with its end.

    针对…问题，…，已完成整改；针对…问题，…。 None where there is but one. Where none of them states how far
    it is, they must be counted (一是关于…二是关于…), or ``themed`` and the first thing said.
    """
    opened = [found for found in _AIMED.finditer(text, start, end) if not _ALL_OF_THEM.search(found["q"])]
    alone = themed and len(opened) == 1 and opened[0]["n"] == "一"
    if (len(opened) < 2 and not alone) or sum(wording.is_problem(found["q"]) for found in opened) * 2 <= len(
        opened
    ):
        return []
    if not all(_ABOUT_WORD.search(found[0]) or not wording.is_act(found["q"]) for found in opened):
        return []
    limits = [*(after.start() for after in opened[1:]), end]
    ends = [_told_until(text, found.end(), limit) for found, limit in zip(opened, limits, strict=True)]
    counts = [ordinal(found["n"] or found["m"] or "") for found in opened]
    counted = counts == list(range(1, len(opened) + 1))
    from_first = themed and not text[start : opened[0].start()].strip()
    if not (any(said for said, _ in ends) or counted or from_first):
        return []
    of_one_line = all(
        text.find("\n", found.end(), stop) < 0 for found, stop in zip(opened, limits[:-1], strict=False)
    )
    if not themed:
        said, line = ends[-1]
        limits[-1] = said or (line if of_one_line else end)
    return list(zip(opened, limits, strict=True))


def named_alone(text: str, start: int, end: int) -> list[tuple[re.Match[str], int]]:
    """The problems that the sentences of ``text[start:end]`` begin with, each with the end of what is told.

    …的问题，已完成整改；…的问题，补齐12份。 None where the first sentence begins with none.
    """
    pieces: list[tuple[re.Match[str], int]] = []
    place = start
    while place < end:
        stop = _STOP.search(text, place, end)
        after = stop.end() if stop else end
        found = _ALONE.match(text, place, end)
        named = found is not None and found.end() < after and not HOW_MANY.search(found["q"])
        if found is not None and named and wording.is_problem(found["q"]):
            pieces.append((found, after))
        elif pieces:
            pieces[-1] = (pieces[-1][0], after)
        elif text[place:after].strip(LAYOUT):
            return []
        place = max(after, place + 1)
    return pieces


def _told_until(text: str, start: int, limit: int) -> tuple[int, int]:
    """Where the last status of the paragraph at ``start`` ends, 0 where it has none, and where it ends."""
    said = 0
    for stop in _STOP.finditer(text, start, limit):
        whole = Passage(Field.RESULT, max(start, stop.start() - _SAID_MOST), stop.start())
        if any(passage.field is Field.STATUS for passage in with_status(text, whole)):
            said = stop.end()
        if stop[0] == "\n":
            return said, stop.end()
    return said, limit
