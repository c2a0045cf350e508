"""What stands above the tables, and the sheets that are none (表头、统计、填写说明)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from zhenggai.documents.ledger_book.cells import cell_text
from zhenggai.documents.ledger_book.columns import COLUMNS, Kind
from zhenggai.documents.ledger_book.content import SHEET_NAMES, BookSheet
from zhenggai.documents.ledger_book.table import HEAD_ROW
from zhenggai.documents.words import LIGHT_WORDS
from zhenggai.domain.ledger_keys import LEDGER_SHEET, LONG_SHEET

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from zhenggai.documents.ledger_book.content import BookHead, FigureRow, FigureTable
    from zhenggai.documents.ledger_book.styles import Styles
    from zhenggai.documents.ledger_book.table import Table

_FIGURES: Final = (("统计项", 44), ("数量", 16), ("口径", 90))
_GUIDE_WIDTH: Final = 72
_LINE_HEIGHT: Final = 16


def title_of(head: BookHead, sheet: str) -> str:
    """What a sheet is called in its first row: the inspection, then the sheet."""
    return f"{head.title}{'整改台账' if sheet == LEDGER_SHEET else sheet}"


def moment_words(at: datetime) -> str:
    """A moment as an office prints it (2024年3月8日 9:05)."""
    return f"{at.year}年{at.month}月{at.day}日 {at.hour}:{at.minute:02}"


def statement_of(head: BookHead) -> str:
    """What the second row says: whose ledger it is, as of when, how much of it, from whom."""
    said = [
        f"被检查单位：{head.organisation}",
        *([f"检查单位：{head.inspector}"] if head.inspector else []),
        f"截至{moment_words(head.at)}（北京时间）",
        f"共 {head.total} 个问题",
        f"筛选：{head.narrowed or '无，全部可见问题'}",
        *([f"排序：{head.ordered}"] if head.ordered else []),
        f"导出人：{head.exported_by}",
        f"密级：{head.marking}",
        *(["含限定人员知悉的问题，请勿扩大知悉范围"] if head.is_restricted else []),
    ]
    return "　".join(said)


def figures_write(table: Table, head: BookHead, styles: Styles, figures: Sequence[FigureTable]) -> None:
    """Write the figures, each table under its heading, each rate with its rule (统计)."""
    name = SHEET_NAMES[BookSheet.FIGURES]
    columns = tuple((heading, width, False) for heading, width in _FIGURES)
    table.begin(title_of(head, name), statement_of(head), columns, marking=head.marking)
    for each in figures:
        table.part(each.heading, styles.heading)
        for row in each.rows:
            table.add((_text(row.word), _number(row), _text(row.note)))
    table.end(is_filtered=False)


def _text(value: str) -> tuple[str, Kind, bool]:
    return value, Kind.TEXT, False


def _number(row: FigureRow) -> tuple[object, Kind, bool]:
    whole = not isinstance(row.number, Decimal) or row.number == row.number.to_integral_value()
    kind = Kind.TEXT if isinstance(row.number, str) else Kind.COUNT if whole else Kind.AMOUNT
    return row.number, kind, False


def guide_write(table: Table, head: BookHead, styles: Styles, columns: Sequence[str]) -> None:
    """Write how the file is to be read, changed and handed back (填写说明)."""
    page = table.page
    page.set_column(0, 0, _GUIDE_WIDTH)
    page.set_portrait()
    page.set_paper(9)
    page.set_margins(left=0.5, right=0.5)
    page.fit_to_pages(1, 0)
    page.set_footer("&C&9第 &P 页，共 &N 页")
    page.set_header(f"&R&9密级：{head.marking}")
    lines = [SHEET_NAMES[BookSheet.GUIDE], statement_of(head), *_guide(columns)]
    for row, line in enumerate(lines):
        style = styles.heading if row == 0 else styles.note
        page.set_row(row, max(1, -(-len(line) * 2 // _GUIDE_WIDTH)) * _LINE_HEIGHT + 4)
        page.write_string(row, 0, cell_text(line), style)


def _guide(columns: Sequence[str]) -> list[str]:
    read = [COLUMNS[name].heading for name in columns if COLUMNS[name].is_read]
    kept = [COLUMNS[name].heading for name in columns if not COLUMNS[name].is_read]
    return [
        f"一、请只在《{LEDGER_SHEET}》表中修改。其余各表由系统根据台账生成，修改后不会被读取。",
        f"二、表头为深蓝色的栏目可以修改，交回系统后逐项列出差异，由您选择是否采纳：{'、'.join(read)}。",
        f"三、表头为灰色的栏目由系统计算或登记，修改后不会写入系统：{'、'.join(kept) or '无'}。",
        (
            f"四、第{HEAD_ROW + 1}行为表头。请勿改动表头文字，请勿删除最右侧隐藏的“系统标识”一列："
            "系统据此认出每一行是哪个问题。新增问题请在末行之后填写，该列留空。"
        ),
        (
            "五、交回的文件只提出修改建议，不会销号、不会恢复已销号的问题、也不会删除问题；"
            "“是否销号”一栏填“是”，系统只记为“原件称已销号”。"
        ),
        "六、灰色斜体字是原件（通报、报告等）所称的内容，系统中尚无本单位登记的内容；一经登记即以登记的为准。",
        (
            f"七、“时限状态”以导出之日计算，分为{'、'.join(LIGHT_WORDS.values())}；已销号的问题显示其环节。"
            "颜色按本检查项目的规则显示，文字与颜色含义相同。"
        ),
        f"八、单元格内的文字超过三万二千字时，其余部分在《{LONG_SHEET}》表中，按编号续接；系统读回时自动合并。",
        (
            "九、以等号、加号、减号、@等开头的文字一律按文字保存，不作为公式计算；网址不作为链接。"
            "无法显示的控制字符以可见的符号代替。"
        ),
        "十、方面、问题类别合并显示时，每行仍保留各自的内容，可以正常筛选；如需排序，请在导出时选择“不合并单元格”。",
    ]
