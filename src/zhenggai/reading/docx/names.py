"""Names of WordprocessingML elements (文档标记): transitional, strict, or a namespace of the writer's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from lxml.etree import _Element

MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_MATHS: Final = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/math}",
    "{http://purl.oclc.org/ooxml/officeDocument/math}",
)
_LOCAL_NAMES: Final = """
p r t tab ptab br cr noBreakHyphen softHyphen sym ruby rubyBase rt fldSimple fldChar instrText hyperlink
smartTag sdt sdtPr sdtEndPr sdtContent customXml customXmlPr smartTagPr ins del moveFrom moveTo drawing
pict object txbxContent footnoteReference endnoteReference footnote endnote delText delInstrText pPr rPr
sectPr tbl tblPr tblGrid tblPrEx tr trPr tc tcPr altChunk lastRenderedPageBreak dir bdo ffData
"""
_OFF: Final = frozenset({"0", "false", "off", "none"})


class Names:
    """The names of one part's own namespace: ``kinds`` leads from a tag to its local name.

    Elements of other namespaces are in ``kinds`` only where they carry text: ``mc`` for alternatives, ``t``
    for the text of a formula.
    """

    __slots__ = ("_prefix", "kinds", "namespace", "ppr", "rpr", "rstyle", "vanish")

    def __init__(self, namespace: str) -> None:
        self.namespace = namespace
        prefix = f"{{{namespace}}}"
        self.kinds: dict[object, str] = {f"{prefix}{name}": name for name in _LOCAL_NAMES.split()}
        self.kinds[f"{MC}AlternateContent"] = "mc"
        for maths in _MATHS:
            self.kinds[f"{maths}t"] = "t"
            self.kinds[f"{maths}rPr"] = "tblPr"
        self._prefix = prefix
        self.vanish = f"{prefix}vanish"
        self.rstyle = f"{prefix}rStyle"
        self.ppr = f"{prefix}pPr"
        self.rpr = f"{prefix}rPr"

    def tag(self, local: str) -> str:
        """The whole name of an element or attribute of this namespace."""
        return self._prefix + local

    def children(self, element: _Element | None) -> dict[str, _Element]:
        """The children of properties by their whole names."""
        return {} if element is None else {str(child.tag): child for child in element}

    def get(self, element: _Element, local: str = "val") -> str | None:
        """An attribute, written with the namespace or, as some writers do, without."""
        value = element.get(self._prefix + local)
        return element.get(local) if value is None else value

    def find(self, element: _Element | None, *path: str) -> _Element | None:
        """The first element below ``element`` along local names, or null."""
        for local in path:
            if element is None:
                return None
            element = element.find(self._prefix + local)
        return element

    def number(self, element: _Element | None, local: str = "val", *, most: int = 1 << 31) -> int | None:
        """A whole number in an attribute, or null where there is none; never above ``most``."""
        text = self.get(element, local) if element is not None else None
        return None if text is None else whole(text, most)

    def is_on(self, element: _Element | None) -> bool:
        """Whether a switch stands and is not switched off."""
        return element is not None and (self.get(element) or "on").strip().lower() not in _OFF


def whole(text: str, most: int) -> int | None:
    """A whole number as written in an attribute, at most ``most``; null for anything else."""
    text = text.strip()
    digits = text[1:] if text[:1] == "-" else text
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 12:
        return None
    return min(int(text), most)


def namespace_of(element: _Element) -> str:
    """The namespace of an element's name; empty where it has none."""
    tag = str(element.tag)
    return tag[1:].partition("}")[0] if tag.startswith("{") else ""


def local_of(element: _Element) -> str:
    """An element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]
