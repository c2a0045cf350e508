"""What the columns of a sheet are (表头), and what the words in them mean (单位类别、角色)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from zhenggai.accounts.kinds import OrganisationKind
from zhenggai.domain.actor import Role

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zhenggai.accounts.importing.tables import Table

# a title or a note may stand above the headings
_HEADINGS_WITHIN: Final = 10
_ASIDE: Final = re.compile(r"[(（][^()（）]*[)）]|[*＊\s]")


class SheetKind(StrEnum):
    """What the rows of a sheet are (表的种类)."""

    ORGANISATIONS = "organisations"
    PEOPLE = "people"
    POSTS = "posts"


# The headings by which a column is known; the first is the one of the template.
HEADINGS: Final[dict[str, tuple[str, ...]]] = {
    "name": ("单位名称", "单位全称", "name"),
    "parent": ("上级单位", "隶属单位", "主管单位", "parent"),
    "short_name": ("简称", "单位简称", "shortname"),
    "kind": ("类别", "单位类别", "单位性质", "kind"),
    "person": ("姓名", "人员姓名", "person"),
    "username": ("用户名", "账号", "登录名", "username"),
    "organisation": ("单位", "所在单位", "工作单位", "任职单位", "所属单位", "部门", "organisation"),
    "phone": ("电话", "联系电话", "手机", "手机号", "phone"),
    "role": ("角色", "role"),
    "title": ("职务名称", "职务", "title"),
    "started_on": ("起始日期", "任职日期", "起始时间", "from"),
}
COLUMNS: Final[dict[SheetKind, tuple[str, ...]]] = {
    SheetKind.ORGANISATIONS: ("name", "parent", "short_name", "kind"),
    SheetKind.PEOPLE: ("person", "username", "organisation", "phone"),
    SheetKind.POSTS: ("person", "username", "organisation", "role", "title", "started_on"),
}
# without these a sheet is not one of the kind, in the order in which kinds are tried
REQUIRED: Final[dict[SheetKind, frozenset[str]]] = {
    SheetKind.ORGANISATIONS: frozenset({"name", "parent"}),
    SheetKind.POSTS: frozenset({"username", "organisation", "role"}),
    SheetKind.PEOPLE: frozenset({"person", "username", "organisation"}),
}
KIND_WORDS: Final[dict[str, OrganisationKind]] = {
    "区域": OrganisationKind.AREA,
    "地区": OrganisationKind.AREA,
    "机关": OrganisationKind.AUTHORITY,
    "部门": OrganisationKind.AUTHORITY,
    "局": OrganisationKind.AUTHORITY,
    "内设机构": OrganisationKind.UNIT,
    "科室": OrganisationKind.UNIT,
    "学校": OrganisationKind.UNIT,
    "下属单位": OrganisationKind.UNIT,
    "整改办": OrganisationKind.OFFICE,
    "巡察机构": OrganisationKind.INSPECTING_BODY,
    "其他": OrganisationKind.OTHER,
    **{kind.value: kind for kind in OrganisationKind},
}
ROLE_WORDS: Final[dict[str, Role]] = {
    "经办人": Role.HANDLER,
    "联络员": Role.HANDLER,
    "责任单位负责人": Role.UNIT_HEAD,
    "单位负责人": Role.UNIT_HEAD,
    "责任领导": Role.RESPONSIBLE_LEADER,
    "分管领导": Role.RESPONSIBLE_LEADER,
    "整改办": Role.OFFICE_CLERK,
    "领导小组": Role.LEADING_GROUP,
    "巡察人员": Role.INSPECTOR,
    "核查员": Role.VERIFIER,
    "公开承办人": Role.PUBLISHER,
    "监督员": Role.AUDITOR,
    "系统管理员": Role.SYSTEM_ADMIN,
    "安全保密管理员": Role.SECURITY_ADMIN,
    "安全审计员": Role.AUDIT_ADMIN,
    **{role.value: role for role in Role},
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its address as spreadsheets write it (B3), and what stands in it."""

    address: str
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row with anything in it: its sheet, what it is, its number from 1 on, and its cells by column."""

    sheet: str
    kind: SheetKind
    number: int
    cells: Mapping[str, Cell]

    def text(self, column: str) -> str:
        """What stands in a column; empty where the sheet does not have it."""
        cell = self.cells.get(column)
        return cell.text if cell else ""


@dataclass(frozen=True, slots=True)
class SheetRead:
    """A sheet as it was understood: its kind (None: none of ours), its rows, headings that are not known."""

    name: str
    kind: SheetKind | None
    rows: tuple[Row, ...] = ()
    unknown: tuple[str, ...] = ()


def sheet_read(table: Table) -> SheetRead:
    """Finds the line of headings and reads the rows below it (识别表头)."""
    for place, line in enumerate(table.rows[:_HEADINGS_WITHIN]):
        columns = {index: name for index, text in enumerate(line) if (name := _heading(text))}
        kind = _kind(frozenset(columns.values()))
        if kind is None:
            continue
        wanted = {index: name for index, name in columns.items() if name in COLUMNS[kind]}
        unknown = tuple(text for index, text in enumerate(line) if text and index not in wanted)
        rows = tuple(
            row
            for number, cells in enumerate(table.rows[place + 1 :], start=place + 2)
            if (row := _row(table.name, kind, number, wanted, cells)) is not None
        )
        return SheetRead(table.name, kind, rows, unknown)
    return SheetRead(table.name, None)


def _heading(text: str) -> str | None:
    plain = folded(text)
    return next((name for name, words in HEADINGS.items() if plain in words), None)


def folded(text: str) -> str:
    """A heading or a word of a closed list without what varies: width, blanks, asides in brackets, stars."""
    return _ASIDE.sub("", unicodedata.normalize("NFKC", text)).casefold()


def _kind(columns: frozenset[str]) -> SheetKind | None:
    return next((kind for kind, needed in REQUIRED.items() if needed <= columns), None)


def _row(
    sheet: str, kind: SheetKind, number: int, columns: Mapping[int, str], line: tuple[str, ...]
) -> Row | None:
    cells = {
        name: Cell(f"{column_letters(index)}{number}", line[index] if index < len(line) else "")
        for index, name in columns.items()
    }
    return Row(sheet, kind, number, cells) if any(cell.text for cell in cells.values()) else None


def column_letters(index: int) -> str:
    """The letters of a column, counted from 0: A, B … Z, AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
