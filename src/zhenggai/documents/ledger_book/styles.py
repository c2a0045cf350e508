"""How the cells of a ledger workbook look (工作簿样式): fonts by name, colours, formats of numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from zhenggai.documents.ledger_book.columns import Kind
from zhenggai.domain.profiles import Colour

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

BODY_FONT: Final = "宋体"
HEAD_FONT: Final = "黑体"
# GB2312: by it a program without the font chooses another one that has the characters
_CHARSET: Final = 134
_EDGE: Final = "#BFBFBF"
_STATED: Final = "#7F7F7F"
_READ_BACK: Final = "#1F4E79"
_OF_SYSTEM: Final = "#7B7B7B"
_FORMATS: Final[dict[Kind, str]] = {
    Kind.TEXT: "General",
    # keeps 0012 and 1/2 what they are when somebody types them
    Kind.SHORT: "@",
    Kind.DAY: "yyyy-mm-dd",
    Kind.MOMENT: "yyyy-mm-dd hh:mm",
    Kind.COUNT: "0",
    Kind.PERCENT: "0%",
    Kind.MONEY: '#,##0.00"元"',
    Kind.AMOUNT: "#,##0.00",
}
_CENTRED: Final = frozenset({Kind.SHORT, Kind.DAY, Kind.MOMENT, Kind.COUNT, Kind.PERCENT})
# fill and letters of each colour: dark enough on the fill to be read, and the word says the same
LIGHT_PAIRS: Final[dict[Colour, tuple[str, str]]] = {
    Colour.GREY: ("#EDEDED", "#404040"),
    Colour.GREEN: ("#E2EFDA", "#215C2B"),
    Colour.BLUE: ("#DDEBF7", "#1F4E79"),
    Colour.YELLOW: ("#FFF2CC", "#6B4E00"),
    Colour.ORANGE: ("#FCE4D6", "#833C0B"),
    Colour.RED: ("#F8CBCB", "#8B0000"),
    Colour.VIOLET: ("#E4DFEC", "#403151"),
}


class Styles:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._cells: dict[tuple[Kind, bool, bool], Format] = {}
        self.title = self._made(font_name=HEAD_FONT, font_size=16, bold=True, align="center")
        self.statement = self._made(font_size=10, text_wrap=True, align="left")
        self.note = self._made(font_size=11, text_wrap=True, align="left", valign="top")
        self.heading = self._made(font_name=HEAD_FONT, font_size=12, bold=True, align="left")
        self.part = self._made(font_size=10)
        self.key = self._made(font_size=8, font_color=_STATED, num_format="@")
        self._head = {is_read: self._heading(is_read=is_read) for is_read in (True, False)}

    def head(self, *, is_read: bool) -> Format:
        """Of a column's name; those that come back are of another colour."""
        return self._head[is_read]

    def cell(self, kind: Kind, *, is_stated: bool = False, is_quoted: bool = False) -> Format:
        """Of a cell; ``is_stated``: a document says it, ``is_quoted``: it is text however it begins."""
        key = (kind, is_stated, is_quoted)
        found = self._cells.get(key)
        if found is None:
            found = self._cells[key] = self._made(
                border=1,
                border_color=_EDGE,
                font_size=10,
                text_wrap=True,
                align="center" if kind in _CENTRED else "right" if kind is Kind.MONEY else "left",
                valign="top",
                num_format=_FORMATS[kind],
                italic=is_stated,
                quote_prefix=is_quoted,
                **({"font_color": _STATED} if is_stated else {}),
            )
        return found

    def light(self, colour: Colour) -> Format:
        """Of a cell whose word says how near a deadline is."""
        fill, letters = LIGHT_PAIRS[colour]
        return self._book.add_format({"bg_color": fill, "font_color": letters, "bold": True})

    def _heading(self, *, is_read: bool) -> Format:
        return self._made(
            font_name=HEAD_FONT,
            font_size=10,
            font_color="#FFFFFF",
            bg_color=_READ_BACK if is_read else _OF_SYSTEM,
            bold=True,
            text_wrap=True,
            align="center",
            border=1,
            border_color=_EDGE,
        )

    def _made(self, **properties: Any) -> Format:
        whole = {"font_name": BODY_FONT, "font_charset": _CHARSET, "valign": "vcenter", **properties}
        return self._book.add_format(whole)
