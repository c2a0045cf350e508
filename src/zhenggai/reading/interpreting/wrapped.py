"""Line breaks inside a sentence (硬换行): what stands on the next line is no sentence of its own."""

from __future__ import annotations

from zhenggai.reading import patterns as re
from zhenggai.reading.outline_lines import IN_BRACKETS, TERMINAL

_LEAST = 14
_AROUND = 1200
_SLACK = 1
_SAME = 2
"""As many other lines at least must break off at the same width."""
_GOES_ON = re.compile(
    r"(?:任务|工作|措施|事项|问题|资金|手续|项目|制度|目前|截至|现|均|都|已|已经|全部|相关|的|和|及|与|等|了|正|正在|尚|仍|还|基本|按时|按期"
    r"|[,，、])\Z"
)
_BEGINS = re.compile(
    r"\s*(?:[\u4e00-\u9fff]{2,10}[:：]|[一二三四五六七八九十]{1,3}[、是]|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.．、]|[①-⑳])"
)
"""A line that begins anew: lists of short lines are no wrapped text."""
_OPENS = "。；;，,、：:）)”》】"


def is_wrapped(text: str, at: int) -> bool:
    """Whether the line break at ``at`` stands inside a sentence.

    The line before it ends with no mark, and either its last words ask for more, the next line begins with
    a mark, or lines around it break off at the same width.
    """
    start = text.rfind("\n", 0, at) + 1
    line = text[start:at].rstrip()
    if len(line) < _LEAST or line[-1] in TERMINAL or IN_BRACKETS.fullmatch(line):
        return False
    following = text[at : at + 80].lstrip(" \u3000\n")
    if following[:1] and following[0] in _OPENS:
        return True
    if _GOES_ON.search(line):
        return True
    around = text[max(0, start - _AROUND) : start] + text[at + 1 : at + _AROUND]
    same = [
        other
        for raw in around.split("\n")
        if (other := raw.rstrip())
        and abs(len(other) - len(line)) <= _SLACK
        and other[-1] not in TERMINAL
        and not _BEGINS.match(other)
        and not IN_BRACKETS.fullmatch(other)
    ]
    return len(same) >= _SAME
