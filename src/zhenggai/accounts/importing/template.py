"""The workbook to be filled in for an import (导入模板): a sheet for each kind, and one that says how."""

from __future__ import annotations

from typing import Final

from zhenggai.accounts.importing.columns import COLUMNS, HEADINGS, REQUIRED, SheetKind
from zhenggai.documents.workbook import Sheet, workbook_bytes

# what stands in the template is read back by `columns`, and so stays Chinese in every language
SHEETS: Final[dict[SheetKind, str]] = {
    SheetKind.ORGANISATIONS: "单位",
    SheetKind.PEOPLE: "人员",
    SheetKind.POSTS: "任职",
}
_KINDS: Final = ("区域", "机关", "内设机构", "学校", "整改办", "巡察机构", "其他")
_ROLES: Final = (
    "经办人",
    "责任单位负责人",
    "责任领导",
    "整改办",
    "领导小组",
    "巡察人员",
    "核查员",
    "公开承办人",
    "监督员",
)
_HOW: Final = (
    ("单位", "单位名称、上级单位必填；上级单位写已录入或本表中的名称，重名时写“上级/单位”。"),
    ("人员", "姓名、用户名、单位必填；用户名全系统唯一，不分大小写。每个文件最多200人。"),
    ("任职", "用户名、单位、角色必填；起始日期留空为当日。签批、管理类职务导入后仍须第二人确认。"),
    ("说明", "先试导入，逐行列出将新增的内容和每处错误；确认后一次全部导入。已有的不重复新增。"),
)


def template_bytes() -> bytes:
    """The empty workbook: a sheet for each kind, with lists to choose from, and one that says how."""
    sheets = [
        Sheet(SHEETS[kind], tuple(_heading(kind, name) for name in COLUMNS[kind]), (), _choices(kind))
        for kind in SHEETS
    ]
    return workbook_bytes([*sheets, Sheet("填写说明", ("工作表", "说明"), _HOW)])


def _heading(kind: SheetKind, name: str) -> str:
    return HEADINGS[name][0] + ("*" if name in REQUIRED[kind] else "")


def _choices(kind: SheetKind) -> dict[int, tuple[str, ...]]:
    words = {"kind": _KINDS, "role": _ROLES}
    return {place: words[name] for place, name in enumerate(COLUMNS[kind]) if name in words}
