"""What a ledger workbook and its reader agree on (台账工作簿约定): keys of rows, columns, longer texts."""

from __future__ import annotations

import re
from typing import Final

LEDGER_SHEET: Final = "台账"
"""The sheet that comes back; every other one is made of it."""
KEY_HEADING: Final = "系统标识（请勿修改）"
"""The name of the last, hidden column of a ledger workbook."""
PLACE_HEADING: Final = "序号"
"""The place of a row in its list; the finding's own number stands under another name."""
GROUP_HEADING: Final = "问题类别"
STATED_CLOSED_WORD: Final = "原件称已销号"
"""What a document says of a finding that is not closed here."""
WRITTEN_ONLY: Final = frozenset(
    {
        "环节",
        "完成比例",
        "核实进度",
        "首次时限",
        "时限状态",
        "逾期天数",
        "期限申请",
        "整改标准",
        "最新进展",
        "佐证材料",
        "销号时间",
        "群众反映强烈",
        "重点领域",
        "应追回（元）",
        "已追回（元）",
        "应处理人数",
        "已处理人次",
        "退回次数",
        "反弹情况",
        "下次回头看",
        "指标读数",
        "知悉范围",
        "原件所称状态",
        "原件所称进度",
        "原件所称类型",
        STATED_CLOSED_WORD,
        "原件责任领导",
        "原件责任单位",
        "原件配合单位",
        "原件时限",
        "来源文件",
    }
)
"""Columns that the ledger writes of itself: beside a key they propose nothing."""
LONG_SHEET: Final = "长文续页"
LONG_HEADING: Final = ("长文编号", "次序", "文字")
_KEY: Final = re.compile(r"ZG-([0-9]{1,18})-([0-9]{1,18})")


def ledger_key(inspection_id: int, finding_id: int) -> str:
    """The key of a finding (行标识), ``ZG-3-15``; only a proposal for whoever reads it back."""
    return f"ZG-{inspection_id}-{finding_id}"


def continued_mark(number: int) -> str:
    """What stands at the end of a cell whose text goes on on the sheet of longer texts (续接标记)."""
    return f"〔下接“{LONG_SHEET}”第{number}号〕"


def ledger_key_read(text: str) -> tuple[int, int] | None:
    """The inspection and the finding that a key names, or nothing for what is no key (识别行标识)."""
    found = _KEY.fullmatch(text.strip())
    return (int(found[1]), int(found[2])) if found else None
