"""Looks of a Word document (版式): fonts with what stands in for them, sizes, and the page.

Source: GB/T 9704—2012 as DOMAIN §12 has it. Fonts are named, none is shipped.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

TITLE_FONT: Final = "方正小标宋简体"
BODY_FONT: Final = "仿宋_GB2312"
BLACK_FONT: Final = "黑体"
SONG_FONT: Final = "宋体"
LATIN_FONT: Final = "Times New Roman"
# Where a machine lacks the first, Word takes one of the others.
FONTS: Final[dict[str, tuple[str, ...]]] = {
    TITLE_FONT: ("小标宋", "方正小标宋_GBK", "华文中宋", "STZhongsong", "宋体"),
    BODY_FONT: ("仿宋", "FangSong", "华文仿宋", "STFangsong"),
    BLACK_FONT: ("SimHei", "华文黑体"),
    SONG_FONT: ("SimSun", "华文宋体"),
}
MM: Final = 56.6929
"""Twips in a millimetre."""


class Look(StrEnum):
    """A style of paragraphs (段落样式), by the id it has in the document."""

    TITLE = "OfficialTitle"
    MARKING = "Marking"
    INFO = "Info"
    HEAD = "TableHead"
    CELL = "TableCell"
    CENTRED = "TableCentred"
    NOTE = "Note"
    GAP = "Gap"
    PAGE = "PageNumber"


@dataclass(frozen=True, slots=True)
class Style:
    """What a look is made of: ``size`` in half points, ``line`` the exact pitch in twips, 0 for single."""

    name: str
    font: str
    size: int
    align: str = "left"
    line: int = 0
    before: int = 0
    after: int = 0
    keeps_next: bool = False


def styles(table_size: int) -> dict[Look, Style]:
    """Every look (样式表); ``table_size`` in half points, for what stands in tables."""
    return {
        # 2号 小标宋, not bold, centred
        Look.TITLE: Style("公文标题", TITLE_FONT, 44, "center", line=640, after=120, keeps_next=True),
        # 3号 黑体 in the first line
        Look.MARKING: Style("密级", BLACK_FONT, 32, keeps_next=True),
        Look.INFO: Style("表头说明", BODY_FONT, 24, line=400, keeps_next=True),
        Look.HEAD: Style("表头", BLACK_FONT, table_size, "center"),
        Look.CELL: Style("表格文字", BODY_FONT, table_size),
        Look.CENTRED: Style("表格居中", BODY_FONT, table_size, "center"),
        Look.NOTE: Style("附注", BODY_FONT, 21, line=320, before=60),
        Look.GAP: Style("表间", BODY_FONT, 12, line=160),
        # 4号 宋体 with a line on either side
        Look.PAGE: Style("页码", SONG_FONT, 28),
    }


@dataclass(frozen=True, slots=True)
class Page:
    """The page (页面): sides and margins in millimetres."""

    width: float
    height: float
    top: float
    right: float
    bottom: float
    left: float

    @property
    def is_wide(self) -> bool:
        """Whether it lies on its long side."""
        return self.width > self.height

    @property
    def text_width(self) -> int:
        """How wide its text is, in twips."""
        return round((self.width - self.left - self.right) * MM)


UPRIGHT: Final = Page(210, 297, top=37, right=26, bottom=35, left=28)
"""A4 with a text of 156 by 225 mm (版心)."""
WIDE: Final = Page(297, 210, top=28, right=37, bottom=26, left=35)
"""The same lying: its upper edge is the one that is bound."""
