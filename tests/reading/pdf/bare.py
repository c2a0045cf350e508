"""PDFs written object by object, for what no program prints."""

from __future__ import annotations

import io


def objects(*bodies: bytes) -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalogue."""
    out = io.BytesIO(b"%PDF-1.7\n")
    out.seek(0, 2)
    places = []
    for number, body in enumerate(bodies, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    table = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer <</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(bodies) + 1, table))
    return out.getvalue()


def stream(data: bytes, extra: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (extra, len(data), data)


def one_page(content: bytes, box: bytes = b"[0 0 595 842]", extra: bytes = b"") -> bytes:
    font = b"/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox%s%s/Contents 4 0 R>>" % (box, font)
    return objects(
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page, stream(content, extra)
    )


def coded(codes: str, names: dict[str, str]) -> bytes:
    """A page of characters known by code alone; ``names`` says which of them the file names, in UTF-16."""
    pairs = "".join(f"<{code}> <{name}> " for code, name in names.items())
    table = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def "
        f"1 begincodespacerange <0000> <FFFF> endcodespacerange {len(names)} beginbfchar {pairs}endbfchar "
        "endcmap end end"
    )
    descriptor = (
        b"<</Type/FontDescriptor/FontName/Xyz/Flags 4/FontBBox[0 -200 1000 800]/Ascent 800/Descent -200"
        b"/CapHeight 700/StemV 80/ItalicAngle 0>>"
    )
    font = (
        b"<</Type/Font/Subtype/Type0/BaseFont/Xyz/Encoding/Identity-H/ToUnicode 6 0 R/DescendantFonts["
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Xyz"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
        b"/DW 1000/FontDescriptor%s>>]>>" % descriptor
    )
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 5 0 R>>>>/Contents 4 0 R>>"
    content = f"BT /F 16 Tf 20 700 Td <{codes}> Tj ET".encode()
    catalogue, pages = b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    return objects(catalogue, pages, page, stream(content), font, stream(table.encode()))
