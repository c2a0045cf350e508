"""Workbooks of the tests, made cell by cell: .xlsx with XlsxWriter, .xls with xlwt, .ods and .csv by hand."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

import xlsxwriter
import xlwt

from zhenggai.reading.workbook.grid import column_letters, place_of

Cell = str | int | float | None


@dataclass
class Page:
    """One sheet: rows from A1 on; ``merged`` as (first row, first column, last row, last column) from 0."""

    name: str
    rows: list[list[Cell]]
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    hidden: bool = False
    formulas: dict[tuple[int, int], tuple[str, str]] = field(default_factory=dict)
    dated: dict[tuple[int, int], str] = field(default_factory=dict)
    """Numbers that are shown as days, with their format."""


def xlsx(*pages: Page, since_1904: bool = False) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, "date_1904": since_1904}) as book:
        for page in pages:
            sheet = book.add_worksheet(page.name)
            for top, left, bottom, right in page.merged:
                sheet.merge_range(top, left, bottom, right, "")
            for row, cells in enumerate(page.rows):
                for column, cell in enumerate(cells):
                    if (row, column) in page.formulas:
                        formula, shown = page.formulas[row, column]
                        sheet.write_formula(row, column, formula, None, shown)
                    elif isinstance(cell, str):
                        sheet.write_string(row, column, cell)
                    elif cell is not None:
                        form = page.dated.get((row, column))
                        shape = book.add_format({"num_format": form}) if form else None
                        sheet.write_number(row, column, cell, shape)
            for row in page.hidden_rows:
                sheet.set_row(row, None, None, {"hidden": True})
            for column in page.hidden_columns:
                sheet.set_column(column, column, None, None, {"hidden": True})
            if page.hidden:
                sheet.hide()
    return stream.getvalue()


def xls(*pages: Page) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    for page in pages:
        sheet = book.add_sheet(page.name)
        for top, left, bottom, right in page.merged:
            sheet.merge(top, bottom, left, right)
        for row, cells in enumerate(page.rows):
            for column, cell in enumerate(cells):
                if cell is not None:
                    form = page.dated.get((row, column))
                    sheet.write(row, column, cell, *([xlwt.easyxf(num_format_str=form)] if form else []))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


_ODS = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">'
    "<office:body><office:spreadsheet>%s</office:spreadsheet></office:body></office:document-content>"
)


def ods(*pages: Page) -> bytes:
    return zipped(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": (_ODS % "".join(map(_table, pages))).encode(),
            "META-INF/manifest.xml": b'<?xml version="1.0"?><manifest:manifest '
            b'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        }
    )


def _table(page: Page) -> str:
    spanned = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in page.merged}
    rows = []
    for row, cells in enumerate(page.rows):
        made = []
        for column, cell in enumerate(cells):
            down, across = spanned.get((row, column), (1, 1))
            span = f' table:number-rows-spanned="{down}" table:number-columns-spanned="{across}"'
            span = span if (down, across) != (1, 1) else ""
            if cell is None:
                made.append(f"<table:table-cell{span}/>")
            elif isinstance(cell, str):
                lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in cell.split("\n"))
                made.append(f'<table:table-cell office:value-type="string"{span}>{lines}</table:table-cell>')
            else:
                value = f'<table:table-cell office:value-type="float" office:value="{cell}"{span}>'
                made.append(f"{value}<text:p>{cell}</text:p></table:table-cell>")
        shown = ' table:visibility="collapse"' if row in page.hidden_rows else ""
        rows.append(f"<table:table-row{shown}>{''.join(made)}</table:table-row>")
    return f"<table:table table:name={quoteattr(page.name)}>{''.join(rows)}</table:table>"


def zipped(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return stream.getvalue()


def csv(rows: list[list[str]], *, encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    quoted = [
        delimiter.join(f'"{cell}"' if any(sign in cell for sign in '\n",;\t') else cell for cell in row)
        for row in rows
    ]
    return ("\r\n".join(quoted) + "\r\n").encode(encoding)


def far_apart(*last: str) -> bytes:
    """A workbook of some kilobytes with cells so far apart that all between them are half a terabyte."""
    return with_cells(dict.fromkeys(last or ("XFD1048576",), "<v>1</v>"))


def scattered() -> bytes:
    """A workbook of some kilobytes whose cells stand nowhere together, and over all of the sheet."""
    places = [f"{column_letters(80 * step)}{4_000 * step}" for step in range(1, 200)]
    return far_apart(*places)


def with_cells(cells: dict[str, str], page: Page | None = None, how: str = "") -> bytes:
    """A workbook with more cells below its rows, which hold the markup given."""
    made = io.BytesIO()
    stream = io.BytesIO(xlsx(page or Page("甲", [["一"]])))
    more = "".join(
        f'<row r="{place_of(where)[0] + 1}"><c r="{where}"{how}>{markup}</c></row>'
        for where, markup in cells.items()
    )
    with zipfile.ZipFile(stream) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                data = data.replace(b"</sheetData>", f"{more}</sheetData>".encode())
            target.writestr(name, data)
    return made.getvalue()
