"""A Word document as bytes (.docx): parts in a fixed order under a fixed clock."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Final

from zhenggai.documents.word.letters import xml_text
from zhenggai.documents.word.writing import (
    HEAD,
    WORDS,
    document_xml,
    fonts_xml,
    footer_xml,
    styles_xml,
)

if TYPE_CHECKING:
    from zhenggai.documents.word.blocks import Document

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# a ZIP says of each part when it was made; ours says the same every time
_MADE: Final = (2026, 1, 1, 0, 0, 0)
_MADE_WORDS: Final = "2026-01-01T00:00:00Z"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_MAIN: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_LINKS: Final = (
    ("rId1", "styles", "styles.xml"),
    ("rId2", "settings", "settings.xml"),
    ("rId3", "fontTable", "fontTable.xml"),
    ("rId4", "footer", "footer1.xml"),
    ("rId5", "footer", "footer2.xml"),
)
_KINDS: Final = {
    "document": "document.main",
    "styles": "styles",
    "settings": "settings",
    "fontTable": "fontTable",
    "footer1": "footer",
    "footer2": "footer",
}


def word_bytes(document: Document) -> bytes:
    """The document as one .docx file (Word 文件); equal input, equal bytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in _parts(document).items():
            entry = zipfile.ZipInfo(name, _MADE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, text.encode("utf-8"))
    return stream.getvalue()


def _parts(document: Document) -> dict[str, str]:
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_MAIN}.{kind}+xml"/>'
        for name, kind in _KINDS.items()
    )
    types = (
        f'{HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'{overrides}<Override PartName="/docProps/core.xml" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
    )
    properties = (
        f'{HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{xml_text(document.title)}</dc:title>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{_MADE_WORDS}</dcterms:created></cp:coreProperties>'
    )
    # without the mode Word opens a file as one of 2007 and says so in its title
    settings = (
        f"{HEAD}<w:settings {WORDS}><w:evenAndOddHeaders/><w:compat><w:compatSetting "
        'w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        '</w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
    )
    return {
        "[Content_Types].xml": types,
        "_rels/.rels": _links(
            (
                ("rId1", f"{_OFFICE}/officeDocument", "word/document.xml"),
                ("rId2", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            )
        ),
        "docProps/core.xml": properties,
        "word/document.xml": "".join(document_xml(document)),
        "word/_rels/document.xml.rels": _links(
            tuple((key, f"{_OFFICE}/{kind}", target) for key, kind, target in _LINKS)
        ),
        "word/styles.xml": styles_xml(document.table_size),
        "word/settings.xml": settings,
        "word/fontTable.xml": fonts_xml(),
        "word/footer1.xml": footer_xml(is_even=False),
        "word/footer2.xml": footer_xml(is_even=True),
    }


def _links(links: tuple[tuple[str, str, str], ...]) -> str:
    each = "".join(
        f'<Relationship Id="{key}" Type="{kind}" Target="{target}"/>' for key, kind, target in links
    )
    return f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{each}</Relationships>'
