import io
import zipfile

import pytest

from zhenggai.files.media import HEAD_BYTES, media_type_of

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIPPED = "application/zip"
OCTETS = "application/octet-stream"


def kind_of(content: bytes) -> str:
    return media_type_of(content[:HEAD_BYTES], io.BytesIO(content))


def zipped(*names: str, comment: bytes = b"") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            # a fixed moment: the bytes name the test, and every worker has to see the same
            archive.writestr(zipfile.ZipInfo(name), "x")
        archive.comment = comment
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7\n...", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n....", "image/png"),
        (b"\xff\xd8\xff\xe0....JFIF", "image/jpeg"),
        (b"\x00\x00\x00\x24ftypheic\x00\x00\x00\x00mif1heic", "image/heic"),
        (b"\x00\x00\x00\x18ftypmif1\x00\x00\x00\x00", "image/heic"),
        (b"\x00\x00\x00\x18ftypisom\x00\x00\x00\x00", OCTETS),
        (zipped("[Content_Types].xml", "word/document.xml"), WORD),
        (zipped("[Content_Types].xml", "xl/workbook.xml", comment=b"c" * 300), EXCEL),
        (zipped("word/document.xml"), ZIPPED),
        (zipped("a.txt"), ZIPPED),
        (zipped(), ZIPPED),
        (b"PK\x03\x04 not a zip at all", OCTETS),
        (b"PK\x03\x04" + b"x" * 50 + b"PK\x05\x06", ZIPPED),
        (zipped("a.txt")[:-10], ZIPPED),
        ("整改情况通报".encode(), "text/plain"),
        ("整改情况通报".encode("gb18030"), "text/plain"),
        ("整改情况通报".encode("utf-16"), "text/plain"),
        ("整改情况通报".encode("utf-16-be"), OCTETS),
        ("整改情况通报".encode("utf-8-sig"), "text/plain"),
        (b"<!doctype html><script>alert(1)</script>", "text/plain"),
        (b"plain\ttext\r\n\x0c", "text/plain"),
        (b"\xef\xbb\xbf\xff\xfe", OCTETS),
        (b"text with \x00 in it", OCTETS),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00\x00", OCTETS),
        (bytes(range(256)), OCTETS),
        (b"", OCTETS),
    ],
)
def test_a_file_is_known_by_its_bytes(content: bytes, kind: str) -> None:
    assert kind_of(content) == kind


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
@pytest.mark.parametrize("shift", ["", "a", "ab", "abc"])
def test_a_text_whose_head_ends_inside_a_character_is_text(encoding: str, shift: str) -> None:
    assert kind_of((shift + "巡察整改𠮷" * 3000).encode(encoding)) == "text/plain"


def test_a_zip_that_lists_more_than_a_reader_should_hold_is_not_opened() -> None:
    content = bytearray(zipped("[Content_Types].xml", "word/document.xml"))
    at = content.rfind(b"PK\x05\x06")
    content[at + 12 : at + 16] = (1024 * 1024 + 1).to_bytes(4, "little")
    assert kind_of(bytes(content)) == ZIPPED


def test_a_zip_with_the_long_form_of_its_end_is_not_opened() -> None:
    content = zipped("[Content_Types].xml", "word/document.xml")
    at = content.rfind(b"PK\x05\x06")
    assert kind_of(content[:at] + b"PK\x06\x07" + bytes(16) + content[at:]) == ZIPPED
