"""Cells as spreadsheets put them on the clipboard (剪贴板单元格): parted by tabs, in marks if need be."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from zhenggai.reading import patterns as re
from zhenggai.reading.workbook.roles import Role, guess

if TYPE_CHECKING:
    from collections.abc import Sequence

_LINE_END: Final = re.compile(r"\r\n?")
_CELL_END: Final = re.compile(r"[\t\n]")
_SURE: Final = 0.9
_HEADS_LEAST: Final = 2
_NAMES_LEAST: Final = 3
NAMES: Final[dict[Role, str]] = {
    Role.NUMBER: "序号",
    Role.PROBLEM: "反馈问题",
    Role.DETAIL: "具体表现",
    Role.THEME: "问题类别",
    Role.GROUP: "大项",
    Role.ORGANISATION: "被巡察单位",
    Role.MEASURES: "整改措施",
    Role.RESULT: "整改情况",
    Role.STATUS: "整改状态",
    Role.NATURE: "整改类型",
    Role.CLOSED: "是否销号",
    Role.LEADER: "责任领导",
    Role.LEAD_UNIT: "责任单位",
    Role.SUPPORTING: "配合单位",
    Role.DUE: "整改时限",
    Role.REMARK: "备注",
}
"""What a pasted column can be said to hold, each with a name of it that offices use (可选列义)."""


def clipboard_rows(text: str, most: int | None = None) -> list[list[str]]:
    """The rows of what was pasted, each as wide as it came, without empty ones (粘贴内容 → 行).

    ``most``: how many are read at most; what stands behind them is not looked at.

    A cell that begins with a quotation mark ends with the next single one that a tab or a line's end follows;
    where there is none, the mark is a letter as any other.
    """
    plain = _LINE_END.sub("\n", text.replace("\0", ""))
    rows, row, at = list[list[str]](), list[str](), 0
    while at <= len(plain):
        cell, at = _quoted(plain, at) or _bare(plain, at)
        row.append(cell)
        if at >= len(plain) or plain[at] == "\n":
            if any(each.strip() for each in row):
                rows.append(row)
            row = []
            if len(rows) == most:
                break
        at += 1
    return rows


def _quoted(text: str, start: int) -> tuple[str, int] | None:
    if not text.startswith('"', start):
        return None
    at = start + 1
    while (at := text.find('"', at)) >= 0:
        if text.startswith('""', at):
            at += 2
        elif at + 1 == len(text) or text[at + 1] in "\t\n":
            return text[start + 1 : at].replace('""', '"'), at + 1
        else:
            return None
    return None


def _bare(text: str, start: int) -> tuple[str, int]:
    # one look for either: where no tab is left, a look for it alone would read all the rest at every line
    found = _CELL_END.search(text, start)
    end = found.start() if found else len(text)
    return text[start:end], end


def clipboard_file(rows: Sequence[Sequence[str]]) -> bytes:
    """The rows as a file that is kept and read like any other table (行 → 制表符文本), every cell quoted."""
    wide = max((len(row) for row in rows), default=0)
    line = io.StringIO(newline="")
    writer = csv.writer(line, delimiter="\t", quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerows([*row, *[""] * (wide - len(row))] for row in rows)
    return line.getvalue().encode("utf-8", "replace")


def columns_guessed(rows: Sequence[Sequence[str]]) -> tuple[bool, list[Role | None]]:
    """Whether the first row names the columns, and what each column holds by its name (猜测列义).

    Without names nothing is known of any.
    """
    wide = max((len(row) for row in rows), default=0)
    first = [guess(name) for name in rows[0]] if rows else []
    known = [each.role if each.confidence >= _SURE else None for each in first]
    is_head = len({each for each in known if each is not None}) >= _HEADS_LEAST
    if not is_head:
        return False, [None] * wide
    return True, [*known, *[None] * (wide - len(known))]


def named_rows(
    rows: Sequence[Sequence[str]], roles: Sequence[Role | None], *, has_head: bool
) -> list[list[str]]:
    """The rows below a head that says what a person holds each column to be (列名行 + 数据行).

    A printed name that says the same stays; a column that is nothing known keeps a name that is none.
    """
    printed = rows[0] if has_head else ()
    head = []
    for place, role in enumerate(roles):
        name = printed[place] if place < len(printed) else ""
        meant = guess(name).role if name.strip() else None
        if role is not None:
            head.append(name if meant is role else NAMES[role])
        else:
            head.append(name if name.strip() and meant is None else f"第{place + 1}列")
    # a head of two names could be any two words
    while len(head) < _NAMES_LEAST:
        head.append(NAMES[Role.REMARK])
    return [head, *[list(row) for row in rows[1 if has_head else 0 :]]]
