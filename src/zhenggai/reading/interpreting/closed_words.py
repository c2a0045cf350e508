"""What a word, a tick or a remark says of closing (销号用词)."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from zhenggai.domain.ledger_keys import STATED_CLOSED_WORD
from zhenggai.reading import patterns as re
from zhenggai.reading.interpreting import status

TICKED: Final = frozenset("√✓✔☑■●◆▲1Y是") | {"TRUE", "✔️", "V", "v", "Yes", "YES", "yes", "y", "对", "已"}
CROSSED: Final = frozenset("×✗✘☒□○0N否") | {"FALSE", "X", "x", "No", "NO", "no", "n", "未", "不"}
FONT_TICKED: Final = frozenset({"R", "P", "ü", "þ", "Ö"})
FONT_CROSSED: Final = frozenset({"£", "¨", "O", "û", "Q", "S"})
"""Letters that fonts of signs (Wingdings, Symbol) show as ticks, crosses and boxes."""
_REMARK: Final = re.compile(r"[(（][^()（）]{0,40}[)）]\s*\Z")
_CLOSED: Final = frozenset(
    {"已销号", "销号", "已完成销号", "同意销号", "已验收销号", "完成销号", STATED_CLOSED_WORD}
)
_CLOSED_SAID: Final = re.compile(
    r"(?:[^未不拟待申请建议后需]{0,24}[，,])?[^未不拟待申请建议后需]{0,16}"
    r"(?:已经?|同意|准予|予以)(?:完成|验收|通过|予以|于[^，,。；;未不拟]{1,12})?销号[。；;]?"
)
_REMARK_MOST: Final = 40
_UNSURE: Final = re.compile(r"待|拟|申请|尚|未|存疑|[?？]")


@lru_cache(maxsize=4096)
def closed_of(words: str) -> bool | None:
    """What a word or tick in a column on closing says; null where it is no such word."""
    ticked = status.ticked(words)
    remark = _REMARK.search(ticked)
    if remark is not None and _UNSURE.search(remark[0]):
        return None
    plain = _REMARK.sub("", ticked).strip(" \u3000。")
    if plain in TICKED or plain in FONT_TICKED or plain in _CLOSED:
        return True
    if plain in CROSSED or plain in {
        "未销号",
        "尚未销号",
        "暂未销号",
        "待销号",
        "拟销号",
        "申请销号",
        "未完成销号",
        "不予销号",
        "不同意销号",
    }:
        return False
    return None


@lru_cache(maxsize=4096)
def said_closed(text: str) -> bool | None:
    """What words, a tick or a clause say of closing (2031年7月5日已销号), if they say anything."""
    closed = closed_of(text)
    if closed is None:
        closed = status.stated(text).closed
    return True if closed is None and _CLOSED_SAID.fullmatch(text.strip()) else closed


def remarked_closed(text: str) -> bool | None:
    """What a remark says of closing (备注：已销号); null where it says nothing of it."""
    return said_closed(text) if "销号" in text and len(text) <= _REMARK_MOST else None
