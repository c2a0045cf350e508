"""The bytes of a PDF → text, places, edits (提取); runs in a process of its own, see ``process``."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

import pypdfium2
import pypdfium2.raw as pdfium

from zhenggai.reading.pdf.compose import compose
from zhenggai.reading.pdf.glyphs import TooManyGlyphsError
from zhenggai.reading.pdf.pages import page_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from zhenggai.reading.pdf.shapes import Page, Piece

ENCRYPTED: Final = "encrypted"
DAMAGED: Final = "damaged"
NO_PAGES: Final = "no_pages"
TOO_MANY: Final = "too_many"
TOO_COSTLY: Final = "too_costly"
MAX_CHARACTERS: Final = 30_000_000
"""Characters of a whole document; more come only from a file made to exhaust its reader."""
_FAILURES: Final = {
    pdfium.FPDF_ERR_PASSWORD: ENCRYPTED,
    pdfium.FPDF_ERR_SECURITY: ENCRYPTED,
    pdfium.FPDF_ERR_FILE: NO_PAGES,
}
_FACTS: Final = {
    "Title": "pdf_title",
    "Author": "pdf_author",
    "CreationDate": "pdf_created",
    "ModDate": "pdf_modified",
}
_LONGEST_FACT: Final = 500


def extract(
    data: bytes,
    *,
    max_pages: int,
    on_page: Callable[[int, int], None] | None = None,
    recognise: Callable[[Any], list[Piece]] | None = None,
) -> dict[str, Any]:
    """Text, places and edits of a document as JSON values, or ``{"refused": why, "pages": n}``.

    ``on_page`` is told each page and how many there are; ``recognise`` reads a page that is a picture.
    """
    # a document without pages fails and names no error of its own: that of the last file would stand there
    pdfium.FPDF_LoadDocument(b"", None)
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        return _refused(_FAILURES.get(error.err_code, DAMAGED))
    try:
        count = len(document)
        if count > max_pages:
            return _refused(TOO_MANY, count)
        if document.get_formtype() != pdfium.FORMTYPE_NONE:
            document.init_forms()
        return _read(document, count, on_page, recognise)
    except (MemoryError, TooManyGlyphsError):
        return _refused(TOO_COSTLY)
    finally:
        document.close()


def _refused(why: str, pages: int = 0) -> dict[str, Any]:
    return {"refused": why, "pages": pages}


def _read(
    document: pypdfium2.PdfDocument,
    count: int,
    on_page: Callable[[int, int], None] | None,
    recognise: Callable[[Any], list[Piece]] | None,
) -> dict[str, Any]:
    form = document.formenv.raw if document.formenv else None
    pages: list[Page] = []
    characters = 0
    for index in range(count):
        page = page_of(document.raw, index, form)
        if page.is_picture and page.width and recognise is not None:
            page.pieces += recognise(document[index])
            page.is_recognised = True
        characters += sum(len(piece.text) for piece in page.pieces)
        if characters > MAX_CHARACTERS:
            raise MemoryError
        pages.append(page)
        if on_page is not None:
            on_page(index + 1, count)
    composed = compose(pages)
    facts = document.get_metadata_dict(skip_empty=True)
    outside = sum(page.outside for page in pages)
    return {
        **asdict(composed),
        "pages": count,
        "pictures": [page.number for page in pages if page.is_picture and not page.is_recognised],
        "recognised": [page.number for page in pages if page.is_recognised],
        "metadata": {
            **{name: facts[key][:_LONGEST_FACT] for key, name in _FACTS.items() if facts.get(key)},
            **({"pdf_outside_page": str(outside)} if outside else {}),
        },
    }
