"""Word documents (Word 文档) → their main text, one line a paragraph or table row, with places.

Headers, footers and what the file says of itself are apart; nothing outside the file is ever looked at.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from zhenggai.domain.spans import Edit, EditKind, Span
from zhenggai.reading.docx import kinds, markup
from zhenggai.reading.docx.body import Body, lines_of
from zhenggai.reading.docx.names import Names, local_of, namespace_of
from zhenggai.reading.docx.numbering import Numbering, link_styles, read_numbering
from zhenggai.reading.docx.package import MOST_MAIN_BYTES, Package
from zhenggai.reading.docx.styles import read_styles
from zhenggai.reading.embedded import OBJECT, WHY_EMBEDDED
from zhenggai.reading.errors import (
    EmptySourceError,
    IncompleteSourceError,
    PicturesOnlyError,
    PresentationError,
    TooDeepError,
    WorkbookError,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element

    from zhenggai.domain.spans import Place

__all__ = ["WordText", "read_document"]

_PROPERTIES: Final = {
    "title": "document_title",
    "creator": "author",
    "created": "created",
    "modified": "modified",
}
_MOST_FURNITURE: Final = 20
_FURNITURE_CHARACTERS: Final = 2000
_PAGE_NUMBER: Final = frozenset("0123456789第页共/-—–－ 　.Ppage")


@dataclass(frozen=True, slots=True)
class WordText:
    """The main text of a Word document and where its stretches stand.

    ``metadata``: ``header``, ``footer``, ``ruby`` (readings over characters), ``document_title``, ``author``,
    ``created``, ``modified``. ``flags`` point at what is embedded and was not read.
    """

    text: str
    places: tuple[Place, ...]
    metadata: Mapping[str, str]
    flags: tuple[Edit, ...]


def read_document(data: bytes, *, name: str) -> WordText:
    """Read a Word document (.docx, .docm, .dotx; of Word, WPS, LibreOffice or another writer).

    :raises BinarySourceError: another kind of file; which one, the class and the sentence say.
    :raises EncryptedSourceError: a password.
    :raises DamagedSourceError, IncompleteSourceError, AmbiguousPartError: what cannot be unpacked or parsed.
    :raises UnpacksTooLargeError, TooManyPartsError, TooDeepError, ForbiddenMarkupError: a hostile file.
    :raises EmptySourceError, PicturesOnlyError: no text.
    """
    if data.startswith(kinds.OLE):
        raise kinds.ole_refusal(data, name=name)
    package = Package(data, name=name)
    main = kinds.main_part(package)
    try:
        return _Document(package, main).read()
    except RecursionError as error:
        # what the parser lets through is shallow; the caller may stand deep itself
        raise TooDeepError(name=name, part=main) from error


class _Document:
    """One package while it is read."""

    def __init__(self, package: Package, main: str) -> None:
        self.package = package
        self.main = main
        self.parts: dict[str, list[str]] = {}
        for link in package.relationships(main):
            if link.target in package:
                self.parts.setdefault(link.kind, []).append(link.target)
        self.styles = read_styles(self._each("styles", "style"))
        self.numbering = read_numbering(self._each("numbering", "abstractNum", "num"))
        link_styles(self.numbering, self.styles)
        self._notes: dict[str, dict[str, str]] = {}

    def read(self) -> WordText:
        package, main = self.package, self.main
        body = Body(self.styles, self.numbering, self.notes)
        body.read(package.chunks(main, most_bytes=MOST_MAIN_BYTES), name=package.name, part=main)
        if body.root != "document":
            raise self._no_document(body.root)
        text, places = body.writer.finish(body.story.page)
        if not text.strip():
            pictures = any(part for part in package.below("") if "/media/" in part)
            raise (PicturesOnlyError if pictures else EmptySourceError)(name=package.name)
        flags = tuple(
            Edit(EditKind.FLAG, Span(*found.span()), OBJECT, OBJECT, WHY_EMBEDDED)
            for found in re.finditer(OBJECT, text)
        )
        return WordText(text, places, self._metadata(body.story.readings), flags)

    def _no_document(self, root: str) -> Exception:
        name = self.package.name
        others = {"workbook": WorkbookError, "presentation": PresentationError}
        return others.get(root, IncompleteSourceError)(name=name)

    def _each(self, kind: str, *names: str) -> Iterator[_Element]:
        """Elements of the part of a kind, one after another; none where there is no such part."""
        for part in self.parts.get(kind, ())[:1]:
            chunks = self.package.chunks(part)
            yield from markup.each(chunks, names, name=self.package.name, part=part)

    def _parsed(self, kind: str) -> _Element | None:
        """The root of the part of a kind; null where there is none."""
        for part in self.parts.get(kind, ())[:1]:
            data = self.package.read(part)
            if data.strip():
                return markup.parse(data, name=self.package.name, part=part)
        return None

    def notes(self, kind: str) -> dict[str, str]:
        """The texts of foot- or endnotes by key, on one line each."""
        if kind not in self._notes:
            root = self._parsed(f"{kind}s")
            self._notes[kind] = {}
            if root is not None:
                names = Names(namespace_of(root))
                for element in root:
                    if local_of(element) == kind and names.get(element, "type") in {None, "normal"}:
                        key = names.get(element, "id") or ""
                        self._notes[kind].setdefault(
                            key, " ".join(lines_of(element, self.styles, Numbering()))
                        )
        return self._notes[kind]

    def _metadata(self, readings: list[str]) -> dict[str, str]:
        found: dict[str, str] = {}
        for kind in ("header", "footer"):
            lines: list[str] = []
            for part in self.parts.get(kind, ())[:_MOST_FURNITURE]:
                data = self.package.read(part)
                if data.strip():
                    root = markup.parse(data, name=self.package.name, part=part)
                    lines.extend(lines_of(root, self.styles, Numbering()))
            words = [line for line in dict.fromkeys(lines) if not _PAGE_NUMBER.issuperset(line)]
            if words:
                found[kind] = "\n".join(words)[:_FURNITURE_CHARACTERS]
        if readings:
            found["ruby"] = " ".join(readings)[:_FURNITURE_CHARACTERS]
        return found | self._properties()

    def _properties(self) -> dict[str, str]:
        """What the file says of itself; its title is often that of the file it was copied from."""
        found: dict[str, str] = {}
        for part in self.package.related("", "core-properties")[:1]:
            data = self.package.read(part)
            if data.strip():
                for element in markup.parse(data, name=self.package.name, part=part):
                    key = _PROPERTIES.get(local_of(element)) if isinstance(element.tag, str) else None
                    value = " ".join((element.text or "").split())
                    if key and value:
                        found.setdefault(key, value[:_FURNITURE_CHARACTERS])
        return found
