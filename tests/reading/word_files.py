"""Word files made by hand for the tests of their reader: raw XML in a ZIP with a fixed clock."""

from __future__ import annotations

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_R = "http://purl.oclc.org/ooxml/officeDocument/relationships"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
MATHS = "http://schemas.openxmlformats.org/officeDocument/2006/math"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"


def zipped(parts: dict[str, bytes | str], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP of these entries in this order, the same bytes each time."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as package:
        for name, data in parts.items():
            entry = zipfile.ZipInfo(name, (2033, 1, 1, 0, 0, 0))
            entry.compress_type = method
            package.writestr(entry, data)
    return file.getvalue()


def part(root: str, inner: str, *, namespace: str = W) -> str:
    """One part: ``inner`` in the root element ``w:root``."""
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:{root} xmlns:w="{namespace}" '
        f'xmlns:r="{R}" xmlns:mc="{MC}" xmlns:m="{MATHS}" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
        'xmlns:v="urn:schemas-microsoft-com:vml" '
        'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
        f'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">{inner}</w:{root}>'
    )


def relations(links: dict[str, str], *, base: str = R) -> str:
    """A part of relationships: kind → target, several of a kind as kind#2."""
    rows = "".join(
        f'<Relationship Id="rId{place}" Type="{base}/{kind.partition("#")[0]}" Target="{target}"/>'
        for place, (kind, target) in enumerate(links.items(), 1)
    )
    return f'<?xml version="1.0"?><Relationships xmlns="{RELS}">{rows}</Relationships>'


def word(
    body: str,
    *,
    styles: str | None = None,
    numbering: str | None = None,
    parts: dict[str, bytes | str] | None = None,
    links: dict[str, str] | None = None,
    main: str = "word/document.xml",
    namespace: str = W,
    base: str = R,
) -> bytes:
    """A Word file with this body; ``parts`` and ``links`` add parts and relationships of the main part."""
    folder, _, file = main.rpartition("/")
    inside = dict(links or {})
    more = dict(parts or {})
    for kind, xml in (("styles", styles), ("numbering", numbering)):
        if xml is not None:
            inside.setdefault(kind, f"{kind}.xml")
            more.setdefault(f"{folder}/{kind}.xml", part(kind, xml, namespace=namespace))
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{TYPES}"/>',
            "_rels/.rels": relations({"officeDocument": main}, base=base),
            main: part("document", f"<w:body>{body}</w:body>", namespace=namespace),
            f"{folder}/_rels/{file}.rels": relations(inside, base=base),
            **more,
        }
    )


def r(text: str, properties: str = "") -> str:
    """A run of text."""
    about = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{about}<w:t xml:space="preserve">{text}</w:t></w:r>'


def p(*inner: str, properties: str = "") -> str:
    """A paragraph; what does not begin with < becomes a run."""
    about = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{about}{''.join(one if one.startswith('<') else r(one) for one in inner)}</w:p>"


def numbered(text: str, level: int = 0, key: int = 1) -> str:
    """A paragraph of a list."""
    return p(text, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{key}"/></w:numPr>')


def tc(*inner: str, properties: str = "") -> str:
    """A cell; what does not begin with < becomes a paragraph."""
    about = f"<w:tcPr>{properties}</w:tcPr>" if properties else ""
    return f"<w:tc>{about}{''.join(one if one.startswith('<') else p(one) for one in inner) or p()}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    """A row; what does not begin with < becomes a cell."""
    about = f"<w:trPr>{properties}</w:trPr>" if properties else ""
    return f"<w:tr>{about}{''.join(one if one.startswith('<') else tc(one) for one in cells)}</w:tr>"


def tbl(*rows: str) -> str:
    """A table."""
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def lvl(depth: int, numeral: str, text: str, *, start: int = 1, more: str = "") -> str:
    """A level of a list."""
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{numeral}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def lists(*levels: str, key: int = 1) -> str:
    """One abstract definition and one list of it, both with this key."""
    return (
        f'<w:abstractNum w:abstractNumId="{key}">{"".join(levels)}</w:abstractNum>'
        f'<w:num w:numId="{key}"><w:abstractNumId w:val="{key}"/></w:num>'
    )
