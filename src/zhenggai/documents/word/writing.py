"""Blocks as WordprocessingML (排版): text in a paragraph, paragraphs in cells, and nothing that runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zhenggai.documents.word.blocks import Line, Merge
from zhenggai.documents.word.letters import lines_of, xml_text
from zhenggai.documents.word.looks import FONTS, LATIN_FONT, MM, Look, styles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhenggai.documents.word.blocks import Cell, Document, Row, Table
    from zhenggai.documents.word.looks import Page, Style

HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
WORDS: Final = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_SIDES: Final = ("top", "left", "bottom", "right", "insideH", "insideV")
_SHADE: Final = '<w:shd w:val="clear" w:color="auto" w:fill="F2F2F2"/>'


def document_xml(document: Document) -> Iterator[str]:
    """The main part (正文), piece by piece."""
    yield f"{HEAD}<w:document {WORDS}><w:body>"
    for block in document.blocks:
        if isinstance(block, Line):
            for place, line in enumerate(lines_of(block.text) or [""]):
                yield paragraph(line, block.look, new_page=block.new_page and place == 0)
        else:
            yield from _table(block)
    yield f"{_section(document.page)}</w:body></w:document>"


def paragraph(text: str, look: Look, *, new_page: bool = False, keeps_next: bool = False) -> str:
    """One paragraph in a look."""
    about = "<w:keepNext/>" if keeps_next else ""
    about += "<w:pageBreakBefore/>" if new_page else ""
    run = f"<w:r>{_text(text)}</w:r>" if text else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{look}"/>{about}</w:pPr>{run}</w:p>'


def _text(text: str) -> str:
    parts = text.split("\t")
    return "<w:tab/>".join(
        f'<w:t xml:space="preserve">{xml_text(part)}</w:t>' if part else "" for part in parts
    )


def _table(table: Table) -> Iterator[str]:
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in table.widths)
    borders = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for side in _SIDES)
    yield (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(table.widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>'
        '<w:top w:w="28" w:type="dxa"/><w:left w:w="57" w:type="dxa"/>'
        '<w:bottom w:w="28" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>"
    )
    for row in table.rows:
        yield _row(row, table.widths)
    yield "</w:tbl>"


def _row(row: Row, widths: tuple[int, ...]) -> str:
    about = "<w:cantSplit/>" if row.whole else ""
    about += f'<w:trHeight w:val="{row.height}" w:hRule="atLeast"/>' if row.height else ""
    about += "<w:tblHeader/>" if row.repeats else ""
    cells, place = [], 0
    for cell in row.cells:
        cells.append(_cell(cell, sum(widths[place : place + cell.span]), keeps_next=row.keeps_next))
        place += cell.span
    properties = f"<w:trPr>{about}</w:trPr>" if about else ""
    return f"<w:tr>{properties}{''.join(cells)}</w:tr>"


def _cell(cell: Cell, width: int, *, keeps_next: bool) -> str:
    about = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    about += f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
    about += f'<w:vMerge w:val="{cell.merge.value}"/>' if cell.merge is not Merge.NONE else ""
    about += _SHADE if cell.shaded else ""
    lines = [] if cell.merge is Merge.GOES_ON else lines_of(cell.text)
    inside = "".join(paragraph(line, cell.look, keeps_next=keeps_next) for line in lines or [""])
    return f'<w:tc><w:tcPr>{about}<w:vAlign w:val="center"/></w:tcPr>{inside}</w:tc>'


def _section(page: Page) -> str:
    wide = ' w:orient="landscape"' if page.is_wide else ""
    margins = {"top": page.top, "right": page.right, "bottom": page.bottom, "left": page.left}
    sides = " ".join(f'w:{side}="{round(size * MM)}"' for side, size in margins.items())
    # the page number stands some 7 mm under the text
    sides += f' w:header="851" w:footer="{round((page.bottom - 12) * MM)}" w:gutter="0"'
    return (
        '<w:sectPr><w:footerReference w:type="default" r:id="rId4"/>'
        '<w:footerReference w:type="even" r:id="rId5"/>'
        f'<w:pgSz w:w="{round(page.width * MM)}" w:h="{round(page.height * MM)}"{wide}/>'
        f"<w:pgMar {sides}/></w:sectPr>"
    )


def footer_xml(*, is_even: bool) -> str:
    """The page number between two lines (页码): on the right of odd pages, on the left of even ones."""
    side, indent = ("left", 'w:left="280"') if is_even else ("right", 'w:right="280"')
    field = "".join(
        f"<w:r>{inner}</w:r>"
        for inner in (
            '<w:t xml:space="preserve">— </w:t>',
            '<w:fldChar w:fldCharType="begin"/>',
            '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>1</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
            '<w:t xml:space="preserve"> —</w:t>',
        )
    )
    return (
        f'{HEAD}<w:ftr {WORDS}><w:p><w:pPr><w:pStyle w:val="{Look.PAGE}"/><w:ind {indent}/>'
        f'<w:jc w:val="{side}"/></w:pPr>{field}</w:p></w:ftr>'
    )


def styles_xml(table_size: int) -> str:
    """The looks as styles that a person can change at once (样式)."""
    each = "".join(_style(look, style) for look, style in styles(table_size).items())
    return (
        f"{HEAD}<w:styles {WORDS}><w:docDefaults><w:rPrDefault><w:rPr>{_font('仿宋_GB2312', 32)}"
        '<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
        f"{each}</w:styles>"
    )


def _style(look: Look, style: Style) -> str:
    spacing = f'w:before="{style.before}" w:after="{style.after}"'
    spacing += f' w:line="{style.line}" w:lineRule="exact"' if style.line else ""
    keeps = "<w:keepNext/>" if style.keeps_next else ""
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{look}"><w:name w:val="{style.name}"/>'
        f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{keeps}<w:spacing {spacing}/>'
        f'<w:jc w:val="{style.align}"/></w:pPr><w:rPr>{_font(style.font, style.size)}</w:rPr></w:style>'
    )


def _font(font: str, size: int) -> str:
    return (
        f'<w:rFonts w:ascii="{LATIN_FONT}" w:hAnsi="{LATIN_FONT}" w:cs="{LATIN_FONT}" w:eastAsia="{font}"/>'
        f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
    )


def fonts_xml() -> str:
    """The fonts with what stands in for each where it is missing (字体替代)."""
    each = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{",".join(others)}"/><w:charset w:val="86"/></w:font>'
        for name, others in FONTS.items()
    )
    return f"{HEAD}<w:fonts {WORDS}>{each}</w:fonts>"
