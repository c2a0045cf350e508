"""Which characters Chinese texts are made of (常用字), and how much a decoded text looks like one."""

from __future__ import annotations

from functools import cache
from typing import Final, NamedTuple

from zhenggai.reading import patterns as re

HAN: Final = re.compile(r"[㐀-鿿豈-﫿\U00020000-\U0003ffff]")
_LETTERS: Final = re.compile(r"[^\x00-\x7f　-〿＀-￯‐-⁯\udc00-\udcff]")
MARKS: Final = re.compile(r"[　-】〔-〞！-｠￥‐-…]")
KEPT: Final = re.compile(r"[\udc00-\udcff]+")
"""Bytes without a character, as our error handler leaves them in a decoded text."""
_FREQUENT: Final = (
    "的一是不了在有和人这中大为上个国我以要他时来用们到作地于出就分对成会可主发年动同工也能下过民前面公关方后多定行学法所"
    "现业部长理点化经高进着加机党委组织员会议巡察视整改落实问题情况通报意见反馈责任领导制度建设工作开展完成加强严格监督检查管理单位干部"
    "群众政府县市区局办公室书记纪律处分审计资金项目措施及时明确规定专题研究台账清单销号月日号第二三四五六七八九十百万元名共"
    "全面推进服务保障基层农村生产安全环境治理服务教育提高质量按照要求根据统一部署召开认真学习贯彻思想政治坚持立即制定健全完善机制"
)
"""Characters that any official text is full of, in Simplified form."""


class Verdict(NamedTuple):
    """Shares of the letters beyond ASCII: common characters, and the most frequent ones of notices."""

    share: float
    frequent: float


def judge(text: str, encoding: str = "") -> Verdict:
    """How much a decoded text looks like Chinese; bytes without a character count against it."""
    bad = sum(len(run) for run in KEPT.findall(text))
    letters = _LETTERS.findall(text)
    if not letters:
        marks = len(MARKS.findall(text))
        return Verdict(marks / (marks + 2 * bad), 0.0) if marks else Verdict(0.0, 0.0)
    common, often = common_characters(), frequent_characters()
    weight = len(letters) + 2 * bad
    # A sequence that is valid UTF-8 by chance is rare enough to speak for itself, whatever the character.
    good = len(letters) if encoding == "utf-8" else sum(letter in common for letter in letters)
    return Verdict(good / weight, sum(letter in often for letter in letters) / weight)


@cache
def common_characters() -> frozenset[str]:
    """The common Han characters (常用字) of both scripts: GB 2312 level 1 and their forms in Big5."""
    simplified = {
        bytes((row, cell)).decode("gb2312")
        for row in range(0xB0, 0xD8)
        for cell in range(0xA1, 0xFF)
        if (row, cell) <= (0xD7, 0xF9)
    }
    from opencc import OpenCC  # noqa: PLC0415  # its dictionaries are read only where they are needed

    big5 = [
        char
        for row in range(0xA4, 0xC7)
        for cell in (*range(0x40, 0x7F), *range(0xA1, 0xFF))
        if HAN.match(char := bytes((row, cell)).decode("big5", "replace"))
    ]
    plain = OpenCC("t2s").convert("\n".join(big5)).split("\n")
    return frozenset(simplified).union(
        traditional for traditional, char in zip(big5, plain, strict=True) if char in simplified
    )


@cache
def frequent_characters() -> frozenset[str]:
    """The most frequent characters (高频字) of official prose, in both scripts."""
    from opencc import OpenCC  # noqa: PLC0415  # as above

    return frozenset(_FREQUENT + OpenCC("s2t").convert("\n".join(_FREQUENT)).replace("\n", ""))
