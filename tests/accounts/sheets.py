"""Spreadsheets for the tests of the import, as an office would fill them in."""

from __future__ import annotations

from zhenggai.documents.workbook import Sheet, workbook_bytes

ORGANISATIONS = ("单位名称*", "上级单位*", "简称", "类别")
PEOPLE = ("姓名*", "用户名*", "单位*", "电话")
POSTS = ("姓名", "用户名*", "单位*", "角色*", "职务名称", "起始日期")


def book(
    organisations: list[tuple[str, ...]] | None = None,
    people: list[tuple[str, ...]] | None = None,
    posts: list[tuple[str, ...]] | None = None,
) -> bytes:
    """A workbook with those of the three sheets that have rows."""
    sheets = []
    for name, heading, rows in (
        ("单位", ORGANISATIONS, organisations),
        ("人员", PEOPLE, people),
        ("任职", POSTS, posts),
    ):
        if rows is not None:
            sheets.append(Sheet(name, heading, tuple(rows)))
    return workbook_bytes(sheets)


def whole() -> bytes:
    """A bureau with a section below it that stands above it in the file, two people and three posts."""
    return book(
        organisations=[
            ("水示例科", "云山县水示例局", "", "内设机构"),
            ("云山县水示例局", "云山县", "水示例局", "机关"),
        ],
        people=[("吴示例", "wu", "水示例局", "0000-1"), ("孙示例", "Sun", "云山县水示例局/水示例科", "")],
        posts=[
            ("吴示例", "wu", "水示例局", "责任领导", "副局长", ""),
            ("孙示例", "sun", "水示例科", "经办人", "", ""),
            ("", "zhang", "示例局", "核查员", "", "2026年3月1日"),
        ],
    )
