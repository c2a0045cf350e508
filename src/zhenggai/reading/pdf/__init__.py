"""PDF with a text layer (PDF 文本): bytes → text with pages, furniture struck by edits, tables as rows."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from zhenggai.domain.spans import Edit, EditKind, Place, Span, page_ranges
from zhenggai.reading.errors import (
    EmptySourceError,
    EncryptedSourceError,
    PdfDamagedError,
    PdfNoPagesError,
    PdfPicturesError,
    PdfTooCostlyError,
    PdfTooManyPagesError,
)
from zhenggai.reading.pdf import ocr, process

if TYPE_CHECKING:
    from collections.abc import Callable

    from zhenggai.reading.decode import Decoded, Step

MAX_PAGES: Final = 2_000


def decode_pdf(
    data: bytes,
    *,
    name: str,
    sha256: str,
    max_pages: int | None = None,
    on_page: Callable[[int, int], None] | None = None,
    on_step: Callable[[Step], None] | None = None,
) -> Decoded:
    """The text of a PDF with the page of every stretch (解码 PDF).

    Pages that are pictures are recognised where the extra ``ocr`` is installed, else named. ``on_page`` is
    told how far a long document is, ``on_step`` before pictures are recognised.

    :raises EncryptedSourceError: it opens only with a password.
    :raises PdfDamagedError: it cannot be opened.
    :raises PdfNoPagesError: it has no page.
    :raises PdfTooManyPagesError: more than ``max_pages`` pages (``MAX_PAGES`` where None).
    :raises PdfTooCostlyError: it takes more time or memory than a document does.
    :raises PdfPicturesError: all its text stands in pictures.
    :raises EmptySourceError: nothing is written on its pages.
    """
    most = MAX_PAGES if max_pages is None else max_pages
    answer = _ask(data, name, most, on_page, recognise=False)
    if answer["pictures"] and ocr.is_installed():
        if on_step is not None:
            on_step("recognise")
        answer = _ask(data, name, most, on_page, recognise=True)
    if not _has_words(answer):
        if answer["pictures"]:
            raise PdfPicturesError(
                name=name, pages=page_ranges(answer["pictures"]), count=len(answer["pictures"])
            )
        raise EmptySourceError(name=name)
    return _decoded(answer, name=name, sha256=sha256)


def _ask(
    data: bytes,
    name: str,
    max_pages: int,
    on_page: Callable[[int, int], None] | None,
    *,
    recognise: bool,
) -> dict[str, Any]:
    try:
        answer = process.ask(data, max_pages=max_pages, ocr=recognise, on_page=on_page)
    except process.StoppedError:
        raise PdfTooCostlyError(name=name) from None
    refused = answer.get("refused")
    if refused == "encrypted":
        raise EncryptedSourceError(name=name)
    if refused == "damaged":
        raise PdfDamagedError(name=name)
    if refused == "no_pages":
        raise PdfNoPagesError(name=name)
    if refused == "too_many":
        raise PdfTooManyPagesError(name=name, pages=answer["pages"], max_pages=max_pages)
    if refused:
        raise PdfTooCostlyError(name=name)
    return answer


def _has_words(answer: dict[str, Any]) -> bool:
    """Whether anything stands on the pages beside their furniture."""
    text, at = answer["text"], 0
    for kind, start, end, after, _ in answer["edits"]:
        if text[at:start].strip() or (kind != EditKind.FLAG.value and after.strip()):
            return True
        at = end if kind != EditKind.FLAG.value else at
    return bool(text[at:].strip())


def _decoded(answer: dict[str, Any], *, name: str, sha256: str) -> Decoded:
    from zhenggai.reading.decode import Decoded  # noqa: PLC0415 - it imports this module for PDFs alone

    text = answer["text"]
    edits = []
    for kind, start, end, after, why in answer["edits"]:
        before = text[start:end]
        shown = before if kind == EditKind.FLAG.value else after
        edits.append(Edit(EditKind(kind), Span(start, end), before, shown, why))
    places = tuple(
        Place(Span(start, end), page=page, paragraph=paragraph, table=table, row=row, column=column)
        for start, end, page, paragraph, table, row, column in answer["places"]
    )
    return Decoded(
        text=text,
        name=name,
        sha256=sha256,
        format="pdf",
        encoding=None,
        metadata=MappingProxyType(answer["metadata"]),
        places=places,
        layout_edits=tuple(edits),
        picture_pages=tuple(answer["pictures"]),
        recognised_pages=tuple(answer["recognised"]),
    )
