from __future__ import annotations

import struct

import pytest

from reading.word_files import STRICT, STRICT_R, p, part, relations, word, zipped
from zhenggai.reading.decode import decode
from zhenggai.reading.errors import (
    ArchiveError,
    BinarySourceError,
    DamagedSourceError,
    EmptySourceError,
    EncryptedSourceError,
    IncompleteSourceError,
    OfdError,
    OldOfficeError,
    OldWordError,
    OldWorkbookError,
    OpenDocumentError,
    PicturesOnlyError,
    PresentationError,
    WordXmlError,
    WorkbookError,
)

ODF = "application/vnd.oasis.opendocument"
TYPES = {"[Content_Types].xml": "<Types/>"}
GONE = relations({"officeDocument": "word/gone.xml"})


def ole(*streams: str, deep: tuple[str, ...] = (), shift: int = 9) -> bytes:
    """An OLE file with these streams in its root and ``deep`` ones in a storage below it."""
    size = 1 << shift
    none = 0xFFFFFFFF

    def entry(name: str, *, right: int = none, child: int = none) -> bytes:
        raw = name.encode("utf-16-le") + b"\0\0"
        return raw.ljust(64, b"\0") + struct.pack("<HBBIII", len(raw), 2, 1, none, right, child) + b"\0" * 48

    names = [*streams, "ObjectPool"] if deep else list(streams)
    entries = [entry("Root Entry", child=1 if names else none)]
    for place, name in enumerate(names, 1):
        right = place + 1 if place < len(names) else none
        entries.append(entry(name, right=right, child=len(names) + 1 if name == "ObjectPool" else none))
    for place, name in enumerate(deep, 1):
        entries.append(entry(name, right=len(names) + place + 1 if place < len(deep) else none))
    directory = b"".join(entries)
    count = -(-len(directory) // size)
    table = struct.pack("<I", 0xFFFFFFFD) + b"".join(
        struct.pack("<I", 0xFFFFFFFE if place == count - 1 else place + 2) for place in range(count)
    )
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 22 + struct.pack("<H", shift) + b"\0" * 16
        + struct.pack("<I", 1) + b"\0" * 24 + struct.pack("<I", 0) + struct.pack("<108I", *[none] * 108)
    )  # fmt: skip
    return header.ljust(size, b"\0") + table.ljust(size, b"\xff") + directory.ljust(count * size, b"\0")


def opc(main: str, xml: str = "<x/>") -> bytes:
    return zipped({**TYPES, "_rels/.rels": relations({"officeDocument": main}), main: xml})


@pytest.mark.parametrize(
    ("data", "refusal", "code"),
    [
        (ole("WordDocument", "1Table"), OldWordError, "reading.old_word"),
        (ole("1Table", "Data", "x", "y", "z", "WordDocument", shift=9), OldWordError, "reading.old_word"),
        (ole("WordDocument", shift=12), OldWordError, "reading.old_word"),
        (ole("Workbook", deep=("WordDocument",)), OldWorkbookError, "reading.old_workbook"),
        (ole("Book"), OldWorkbookError, "reading.old_workbook"),
        (ole("PowerPoint Document"), PresentationError, "reading.presentation"),
        (ole("EncryptionInfo", "EncryptedPackage"), EncryptedSourceError, "reading.encrypted"),
        (ole("__properties_version1.0"), OldOfficeError, "reading.old_office"),
        (ole(), OldOfficeError, "reading.old_office"),
        (ole("WordDocument", shift=7), OldOfficeError, "reading.old_office"),
        (ole("WordDocument")[:700], OldOfficeError, "reading.old_office"),
        (ole("WordDocument")[:1100], OldOfficeError, "reading.old_office"),
        (ole("WordDocument")[:1200], OldOfficeError, "reading.old_office"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", OldOfficeError, "reading.old_office"),
        (opc("xl/workbook.xml"), WorkbookError, "reading.workbook"),
        (opc("/xl/workbook.xml"), WorkbookError, "reading.workbook"),
        (opc("ppt/presentation.xml"), PresentationError, "reading.presentation"),
        (zipped({**TYPES, "xl/workbook.bin": b"x"}), WorkbookError, "reading.workbook"),
        (zipped({**TYPES, "ppt/presentation.xml": b"x"}), PresentationError, "reading.presentation"),
        (opc("odd/main.xml", "<workbook/>"), WorkbookError, "reading.workbook"),
        (opc("odd/main.xml", "<x:presentation xmlns:x='x'/>"), PresentationError, "reading.presentation"),
        (zipped({"mimetype": f"{ODF}.text"}), OpenDocumentError, "reading.open_document"),
        (zipped({"mimetype": f"{ODF}.spreadsheet"}), WorkbookError, "reading.workbook"),
        (zipped({"OFD.xml": "<x/>", "Doc_0/Document.xml": "<x/>"}), OfdError, "reading.ofd"),
        (zipped({"通报.txt": "整改", "b/c.txt": "d"}), ArchiveError, "reading.archive"),
        (zipped({"mimetype": "application/epub+zip"}), ArchiveError, "reading.archive"),
        (zipped({}), ArchiveError, "reading.archive"),
        (zipped({**TYPES, "word/styles.xml": "<x/>"}), IncompleteSourceError, "reading.incomplete"),
        (zipped({"_rels/.rels": GONE}), IncompleteSourceError, "reading.incomplete"),
        (word(""), EmptySourceError, "reading.empty"),
        (word(p(" "), parts={"word/media/image1.png": b"x"}), PicturesOnlyError, "reading.pictures_only"),
        (b"PK\x03\x04....", DamagedSourceError, "reading.damaged"),
        (b"PK\x07\x08" + b"\0" * 40, DamagedSourceError, "reading.damaged"),
        (b'<?xml version="1.0"?><pkg:package xmlns:pkg="x">', WordXmlError, "reading.word_xml"),
        (
            b'\xef\xbb\xbf<?xml version="1.0"?>\r\n<?mso-application progid="x"?><w:wordDocument>',
            WordXmlError,
            "reading.word_xml",
        ),
    ],
)  # fmt: skip
def test_what_is_no_word_document_is_named_by_what_it_holds(data, refusal, code, monkeypatch):
    # as where LibreOffice is not installed
    monkeypatch.setenv("PATH", "")
    with pytest.raises(refusal) as said:
        decode(data, name="通报.docx")

    sentence = str(said.value)
    assert said.value.code == code
    assert sentence.startswith("“通报.docx” ")
    assert sentence.endswith(".")
    assert sentence.count(". ") >= 1
    assert "%(" not in sentence


def test_other_formats_are_refused_as_what_is_no_text():
    for data in (ole("WordDocument"), zipped({"a": "b"}), opc("xl/workbook.xml")):
        with pytest.raises(BinarySourceError):
            decode(data, name="x.docx")


def test_a_directory_that_runs_in_a_circle_ends():
    data = bytearray(ole("WordDocument"))
    # the first sector of the directory names itself as its next one
    data[512 + 4 : 512 + 8] = (1).to_bytes(4, "little")
    with pytest.raises(OldWordError):
        decode(bytes(data), name="x")
    # no allocation table at all: the first sector of the directory is all there is
    data[76:80] = b"\xff" * 4
    with pytest.raises(OldWordError):
        decode(bytes(data), name="x")


BODY = p("整改情况的通报")


@pytest.mark.parametrize(
    "data",
    [
        word(BODY),
        word(BODY, namespace=STRICT, base=STRICT_R),
        word(BODY, namespace="urn:wps:wordprocessingml/main"),
        word(BODY, main="word/document2.xml"),
        word(BODY, main="document.xml"),
        word(BODY, main="正文/主.xml"),
        word(BODY, links={"styles": "gone.xml", "numbering": "gone.xml", "vbaProject": "vbaProject.bin"}),
        word(BODY, parts={"word/vbaProject.bin": b"macro", "word/embeddings/a.bin": b"x"}),
        zipped({"word/document.xml": part("document", f"<w:body>{BODY}</w:body>")}),
        zipped({"word\\document.xml": part("document", f"<w:body>{BODY}</w:body>")}),
        zipped({"Word/Document.xml": part("document", f"<w:body>{BODY}</w:body>")}),
        zipped({"word/document1.xml": part("document", f"<w:body>{BODY}</w:body>")}),
        zipped(
            {
                "_rels\\.rels": relations({"officeDocument": "\\word\\document.xml"}),
                "word\\document.xml": part("document", f"<w:body>{BODY}</w:body>"),
                "word\\_rels\\document.xml.rels": relations({"styles": "styles.xml"}),
                "word\\styles.xml": "",
                "word//numbering.xml": " ",
            }
        ),
        zipped(
            {
                "_rels/.rels": relations({"officeDocument": "word/../word/./document.xml#x"}),
                "word/document.xml": part("document", f"<w:body>{BODY}</w:body>").encode("utf-8-sig"),
            }
        ),
        zipped(
            {
                "word/document.xml": part("document", f"<w:body>{BODY}</w:body>")
                .replace("UTF-8", "UTF-16")
                .encode("utf-16")
            }
        ),
    ],
)  # fmt: skip
def test_a_word_document_is_read_whoever_wrote_it(data: bytes):
    decoded = decode(data, name="whatever.bin")

    assert (decoded.text, decoded.format, decoded.encoding) == ("整改情况的通报", "docx", None)
    assert decoded.to_bytes() is None
