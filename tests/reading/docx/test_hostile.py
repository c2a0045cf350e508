from __future__ import annotations

import inspect
import io
import random
import sys
import time
import tracemalloc
import zipfile
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reading.word_files import lists, lvl, numbered, p, part, r, relations, tbl, tc, tr, word, zipped
from zhenggai.domain.errors import ZhenggaiError
from zhenggai.reading import read
from zhenggai.reading.decode import decode
from zhenggai.reading.docx import body, package
from zhenggai.reading.errors import (
    AmbiguousPartError,
    DamagedSourceError,
    EncryptedSourceError,
    ForbiddenMarkupError,
    IncompleteSourceError,
    TooDeepError,
    TooManyParagraphsError,
    TooManyPartsError,
    UnpacksTooLargeError,
)

MAIN = part("document", "<w:body>{}</w:body>")
SMALL = word(p("整改情况") + tbl(tr("甲", "乙")), styles="", numbering=lists(lvl(0, "decimal", "%1.")))


def refused(data: bytes, refusal: type[ZhenggaiError]) -> str:
    with pytest.raises(refusal) as said:
        decode(data, name="甲.docx")
    assert str(said.value).startswith("“甲.docx” ")
    return str(said.value)


def prologue(before: str, inside: str = "整改") -> bytes:
    xml = part("document", f"<w:body>{p(inside)}</w:body>")
    head, rest = xml.split("?>", 1)
    return zipped({"word/document.xml": f"{head}?>{before}{rest}"})


LAUGHS = "<!DOCTYPE w [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {chr(98 + place)} '{f'&{chr(97 + place)};' * 10}'>" for place in range(9)
)


@pytest.mark.parametrize(
    "data",
    [
        prologue(LAUGHS + "]>", "&j;"),
        prologue("<!DOCTYPE w SYSTEM 'file:///etc/passwd'>"),
        prologue("<!DOCTYPE w [<!ENTITY x SYSTEM 'file:///etc/hostname'>]>", "&x;"),
        prologue("<!DOCTYPE w [<!ENTITY % p SYSTEM 'http://example.invalid/x'> %p;]>"),
        prologue(f"<!--{'x' * 70_000}--><!DOCTYPE w [<!ENTITY x 'y'>]>"),
        zipped(
            {
                "word/document.xml": part("document", "<w:body/>")
                .replace("UTF-8", "UTF-16")
                .replace("?>", "?><!DOCTYPE w [<!ENTITY x 'y'>]>")
                .encode("utf-16")
            }
        ),
        word(p("整改"), styles="", parts={"word/styles.xml": "<!DOCTYPE x><x/>"}),
        zipped({"_rels/.rels": f"<!--{'x' * 70_000}--><!DOCTYPE x [<!ENTITY y 'z'>]><x/>"}),
    ],
)
def test_document_types_and_entities_are_refused(data: bytes):
    assert "declares a document type or entities" in refused(data, ForbiddenMarkupError)


def test_nesting_beyond_what_the_parser_goes_is_refused():
    deep = "<w:sdt>" * 100_000 + "</w:sdt>" * 100_000

    refused(word(deep), TooDeepError)
    table = p("底")
    for _ in range(1000):
        table = tbl(tr(tc(table), "旁"))
    refused(word(table), TooDeepError)
    refused(
        word(p("整改"), parts={"word/styles.xml": "<a>" * 100_000}, links={"styles": "styles.xml"}),
        TooDeepError,
    )
    refused(zipped({"_rels/.rels": "<a>" * 1000 + "</a>" * 1000}), TooDeepError)


def test_nesting_that_the_parser_takes_is_read_even_when_much_is_on_the_stack():
    table = p("底")
    for _ in range(70):
        table = tbl(tr(tc(table), "旁"))
    data = word(table + f"<w:p>{'<w:ins>' * 200}{r('甲')}{'</w:ins>' * 200}</w:p>")

    def dig(depth: int) -> str:
        return dig(depth - 1) if depth else decode(data, name="x").text

    text = dig(150)
    assert text.count("旁") == 70
    assert text.endswith("甲")


def test_a_caller_that_stands_deep_itself_gets_a_refusal():
    table = p("底")
    for _ in range(70):
        table = tbl(tr(tc(table), "旁"))
    data = word(table)
    decode(data, name="x")
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack(0)) + 120)
    try:
        refused(data, TooDeepError)
    finally:
        sys.setrecursionlimit(before)


@pytest.mark.parametrize("cut", [30, 200, len(SMALL) // 2, len(SMALL) - 30, len(SMALL) - 1])
def test_a_truncated_file_is_refused_as_damaged(cut: int):
    assert "is damaged" in refused(SMALL[:cut], DamagedSourceError)


@pytest.mark.parametrize(
    "xml",
    [
        MAIN.format(p("整改"))[:-20],
        "no markup",
        MAIN.format(p("&x;")),
        MAIN.format("<w:p><w:r></w:p>"),
        MAIN.format("<w:p a='1' a='2'/>"),
        MAIN.format("<q:p/>"),
        MAIN.format(p("\x01")),
        MAIN.format(p("x" * 10_000_001)),
    ],
)
def test_a_part_that_is_no_markup_is_refused_as_damaged(xml: str):
    assert "word/document.xml" in refused(zipped({"word/document.xml": xml}), DamagedSourceError)


def test_a_part_without_a_body_is_refused_as_incomplete():
    for xml in ("", "   ", "<html/>", part("glossaryDocument", "<w:body/>"), "<x><y/></x>"):
        refused(zipped({"word/document.xml": xml}), IncompleteSourceError)


def test_damaged_bytes_inside_an_entry_are_refused_as_damaged():
    text = "".join(random.Random(3).choices("整改情况报告制度", k=3000))
    data = bytearray(word(p(text)))
    at = data.index(b"word/document.xml") + 400
    data[at : at + 50] = bytes(50)

    refused(bytes(data), DamagedSourceError)


def test_an_encrypted_entry_asks_for_the_password_to_be_removed():
    data = bytearray(zipped({"word/document.xml": MAIN.format(p("整改"))}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1

    assert "protected by a password" in refused(bytes(data), EncryptedSourceError)


def test_methods_that_word_does_not_write_are_not_unpacked():
    refused(
        zipped({"word/document.xml": MAIN.format(p("整改"))}, method=zipfile.ZIP_LZMA), DamagedSourceError
    )


def test_a_part_that_is_there_twice_counts_only_when_both_are_the_same():
    one, two = MAIN.format(p("整改")), MAIN.format(p("篡改"))

    same = zipped({"word/document.xml": one, "Word/document.xml": one})
    assert decode(same, name="x").text == "整改"
    assert "word/document.xml" in refused(
        zipped({"word/document.xml": one, "word\\document.xml": two}), AmbiguousPartError
    )


def bomb(size: int) -> bytes:
    """A main part of one blank after another, which shrinks a thousandfold."""
    body = MAIN.format(" " * size)
    return zipped({"word/document.xml": body})


def test_bombs_are_refused_before_they_are_unpacked(monkeypatch):
    tracemalloc.start()
    data = bomb(package.MOST_MAIN_BYTES)
    tracemalloc.reset_peak()
    before = tracemalloc.get_traced_memory()[0]
    assert "would unpack to more" in refused(data, UnpacksTooLargeError)
    assert tracemalloc.get_traced_memory()[1] - before < 4 * len(data) + 1_000_000
    tracemalloc.stop()
    refused(bomb(package.RATIO_FREE_BYTES), UnpacksTooLargeError)
    refused(word(p("整改"), styles=" " * (package.MOST_PART_BYTES + 1)), UnpacksTooLargeError)
    monkeypatch.setattr(package, "MOST_READ_BYTES", 2000)
    refused(word(p("整改"), styles=" " * 2000), UnpacksTooLargeError)


def test_an_archive_that_declares_too_much_is_refused():
    data = bytearray(zipped({"a": "b", "word/document.xml": MAIN.format(p("整改"))}))
    at = data.index(b"PK\x01\x02") + 24
    data[at : at + 4] = (package.MOST_TOTAL_BYTES).to_bytes(4, "little")

    assert "1024 MiB" in refused(bytes(data), UnpacksTooLargeError)


def test_an_entry_never_gives_more_than_it_declares():
    xml = MAIN.format(p("整" * 100_000)).encode()
    data = bytearray(zipped({"word/document.xml": xml}))
    for at in (22, data.index(b"PK\x01\x02") + 24):
        data[at : at + 4] = (5000).to_bytes(4, "little")
    crc = zlib.crc32(xml[:5000]).to_bytes(4, "little")
    for at in (14, data.index(b"PK\x01\x02") + 16):
        data[at : at + 4] = crc

    refused(bytes(data), DamagedSourceError)


def test_too_many_entries_are_refused_before_the_directory_is_parsed():
    data = zipped({"word/document.xml": MAIN.format(p("整改"))}) + b"PK\x01\x02" * (package.MOST_ENTRIES + 1)

    assert "20000 parts" in refused(data, TooManyPartsError)


def test_a_hundred_thousand_paragraphs_take_seconds():
    body = "".join(p(f"第{place}段") for place in range(100_000))
    data = word(body)
    started = time.process_time()

    decoded = decode(data, name="x")

    assert time.process_time() - started < 60
    assert (len(decoded.places), decoded.places[-1].paragraph) == (100_000, 100_000)


def test_circles_of_styles_and_lists_end():
    styles = "".join(
        f'<w:style w:styleId="s{place}"><w:basedOn w:val="s{(place + 1) % 300}"/></w:style>'
        for place in range(300)
    )
    numbering = "".join(
        f'<w:abstractNum w:abstractNumId="{place}"><w:numStyleLink w:val="s{place}"/></w:abstractNum>'
        f'<w:num w:numId="{place}"><w:abstractNumId w:val="{(place + 1) % 50}"/></w:num>'
        for place in range(1, 50)
    )
    body = p("甲", properties='<w:pStyle w:val="s7"/>') + numbered("乙", 8, 9)

    assert decode(word(body, styles=styles, numbering=numbering), name="x").text == "甲\n乙"


ODD = (
    p("整改情况的通报") + numbered("甲")
    + tbl(tr(tc("头", properties='<w:gridSpan w:val="2"/>'), "三"), tr("1", "2", "3"))
    + p('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>', r("一\t3"),
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>')
    + p("<w:ins>" + r("增") + "</w:ins><w:del/>", properties="<w:rPr><w:del/></w:rPr>")
    + p('<w:r><w:sym w:char="F0FC"/></w:r>')
)  # fmt: skip
VALID = word(ODD, styles='<w:style w:styleId="a"/>', numbering=lists(lvl(0, "chineseCounting", "%1、")))
with zipfile.ZipFile(io.BytesIO(VALID)) as valid:
    STORED = zipped({entry: valid.read(entry) for entry in valid.namelist()}, method=zipfile.ZIP_STORED)
EDITS = st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), min_size=1, max_size=8)


@settings(max_examples=300, deadline=None)
@given(EDITS, st.sampled_from([VALID, STORED]), st.floats(0.2, 1))
def test_mutated_bytes_never_crash_the_reader(edits, data, share):
    mutated = bytearray(data[: int(len(data) * share)] if share < 0.5 else data)
    for place, byte in edits:
        mutated[int(place * len(mutated))] = byte
    try:
        read(bytes(mutated), name="x.docx")
    except ZhenggaiError as refusal:
        said = str(refusal)
    else:
        said = "“x.docx” "
    assert said.startswith("“x.docx” ")


SCRAPS = st.sampled_from(
    [
        "<w:p>", "</w:p>", "<w:tbl>", "</w:tbl>", "<w:tr>", "</w:tr>", "<w:tc>", "</w:tc>", "<w:r>", "</w:r>",
        "<w:t>甲</w:t>",
        "<w:tab/>", "<w:br/>", '<w:fldChar w:fldCharType="begin"/>', '<w:fldChar w:fldCharType="separate"/>',
        '<w:fldChar w:fldCharType="end"/>', "<w:instrText>TOC</w:instrText>", "<w:sdt>", "</w:sdt>",
        "<w:sdtContent>",
        "</w:sdtContent>", "<mc:AlternateContent>", "</mc:AlternateContent>", "<mc:Choice>", "</mc:Choice>",
        "<w:txbxContent>", "</w:txbxContent>", "<w:drawing>", "</w:drawing>",
        '<w:tcPr><w:gridSpan w:val="9"/><w:vMerge/></w:tcPr>',
        "<w:pPr><w:rPr><w:del/></w:rPr><w:sectPr/></w:pPr>",
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>',
        "<w:rPr><w:vanish/></w:rPr>", "<w:altChunk/>", "<w:ruby/>", "<w:lastRenderedPageBreak/>",
        "<w:footnoteReference/>",
    ]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(SCRAPS, max_size=40))
def test_markup_in_any_order_never_crashes_the_reader(scraps: list[str]):
    open_tags: list[str] = []
    body = ""
    for scrap in scraps:
        if scrap.startswith("</"):
            # close down to the element, so that the markup stays well-formed
            name = scrap[2:-1]
            while name in open_tags:
                body += f"</{(last := open_tags.pop())}>"
                if last == name:
                    break
            continue
        body += scrap
        if scrap.count("<") == 1 and not scrap.endswith("/>"):
            open_tags.append(scrap[1:-1])
    body += "".join(f"</{name}>" for name in reversed(open_tags))
    data = zipped(
        {
            "_rels/.rels": relations({"officeDocument": "word/document.xml"}),
            "word/document.xml": MAIN.format(p("整改") + body),
            "word/_rels/document.xml.rels": relations({"numbering": "numbering.xml"}),
            "word/numbering.xml": part("numbering", lists(lvl(0, "decimal", "%1."))),
        }
    )

    decoded = decode(data, name="x.docx")

    places = [place.span for place in decoded.places]
    assert places == sorted(places)
    assert all(span.of(decoded.text).strip() for span in places)


@pytest.mark.parametrize("one", [p("一"), p(""), tbl(tr("一"))])
def test_a_document_of_too_many_paragraphs_or_rows_is_not_read(one: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(body, "MOST_BLOCKS", 100)
    few, many = one * 40, one * 101

    decode(word(few + p("整改")), name="甲.docx")

    assert "more than 100 paragraphs" in refused(word(many), TooManyParagraphsError)


def test_what_a_document_unpacks_to_is_known_without_unpacking_it() -> None:
    main = MAIN.format(p("整改") * 1_000).encode()
    data = zipped({"word/main.dat": main, "word/media/image1.png": bytes(5_000)})
    assert package.unpacks_to(data) == len(main) + 5_000 > len(data)
    # what is no document, or none that can be read, is no work
    assert package.unpacks_to("整改情况".encode()) == 0
    assert package.unpacks_to(data[:200]) == 0
