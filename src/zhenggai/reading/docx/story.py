"""One story of a Word document (正文、脚注、页眉): its paragraphs as they are printed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from zhenggai.reading import patterns as re
from zhenggai.reading.docx.fields import Fields, form_value, is_contents
from zhenggai.reading.docx.names import MC, SPACE, Names, whole
from zhenggai.reading.docx.styles import number_of
from zhenggai.reading.docx.symbols import PRIVATE, in_font, symbol
from zhenggai.reading.embedded import OBJECT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lxml.etree import _Element

    from zhenggai.reading.docx.numbering import Numbering
    from zhenggai.reading.docx.styles import Styles

_SKIPPED_NAMES: Final = """
pPr rPr rt del moveFrom delText delInstrText sectPr sdtPr sdtEndPr customXmlPr smartTagPr tblPr tblGrid
tblPrEx trPr tcPr ffData
"""
_SKIPPED: Final = frozenset(_SKIPPED_NAMES.split())
_LEAVES: Final = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}
_ODD: Final = re.compile("[\t\r\n\ufffc\uf000-\uf0ff]")
_BLANKS: Final = re.compile("[\t\r\n]")
_SIGNS: Final = 3
_ENTRY: Final = re.compile(r"(?:[\t.．…· ][^\S\t ]*+[-—]?+\s*+\d{1,4}|\t[ivxIVX]{1,6})\s*+[-—]?+\s*+\Z")
_CONTENTS_STYLE: Final = re.compile(r"(?:toc|目录|index|索引)\s?\d?")
_CONTENTS_TITLE: Final = re.compile(r"目\s*[录錄次]")


class Page(NamedTuple):
    """How many page breaks lie before a place: those Word saw when it last printed, and those written."""

    rendered: int = 0
    written: int = 0


_FIRST_PAGE: Final = Page()


@dataclass(slots=True)
class Paragraph:
    """One printed paragraph: its text with its number, and what hangs on it.

    ``boxes`` are the contents of text boxes anchored in it, ``page`` is where its first word stands.
    """

    text: str
    page: Page
    boxes: list[_Element]
    is_contents: bool = False


@dataclass(slots=True)
class Story:
    """The reader of one part: fields, page breaks and deleted paragraph marks reach across paragraphs."""

    names: Names
    styles: Styles
    numbering: Numbering
    note: Callable[[str, str], None] = lambda _kind, _key: None
    fields: Fields = field(default_factory=Fields)
    page: Page = _FIRST_PAGE
    readings: list[str] = field(default_factory=list)
    _out: list[str] = field(default_factory=list)
    _boxes: list[_Element] = field(default_factory=list)
    _pending: list[str] = field(default_factory=list)
    _starts: Page = _FIRST_PAGE
    _in_contents: bool = False

    def paragraph(self, element: _Element) -> Paragraph | None:
        """What a paragraph prints; null where its mark is deleted, so that it runs on into the next one."""
        names = self.names
        properties = element.find(names.ppr)
        said = names.children(properties)
        mark = said.get(names.rpr)
        style = said.get(names.tag("pStyle"))
        style_key = None if style is None else names.get(style)
        if names.is_on(said.get(names.tag("pageBreakBefore"))):
            self.page = Page(self.page.rendered, self.page.written + 1)
        self._out, pending = [], self._pending
        if not pending:
            self._boxes = []
            self._starts = self.page
        self._in_contents = self.fields.contents > 0
        if not self.styles.hiding or (style_key or self.styles.default) not in self.styles.hiding:
            self._walk(element)
        self.fields.end_paragraph()
        text = "".join(self._out)
        if mark is not None and (
            names.find(mark, "del") is not None or names.find(mark, "moveFrom") is not None
        ):
            self._pending = [*pending, text]
            return None
        self._pending = []
        text = "".join([*pending, text])
        starts, boxes = self._starts, self._boxes
        self._section(said.get(names.tag("sectPr")))
        if not text and mark is not None and names.is_on(names.find(mark, "vanish")):
            # a paragraph that is hidden with its mark has no number either
            return Paragraph("", starts, boxes)
        if self.numbering.lists:
            own = number_of(names, said.get(names.tag("numPr")))
            label = self.numbering.label(own, style_key, self.styles)
            text = label + text.lstrip(" \u3000") if label else text
        contents = self._in_contents and self._is_entry(text, style_key)
        return Paragraph(text, starts, boxes, contents)

    def rest(self) -> Paragraph | None:
        """What waits for a paragraph to run on into, where none follows; null where nothing waits."""
        pending, self._pending = self._pending, []
        return Paragraph("".join(pending), self._starts, self._boxes) if pending else None

    def _section(self, section: _Element | None) -> None:
        """The end of a section turns the page, unless the next one goes on on the same."""
        if section is None:
            return
        kind = self.names.find(section, "type")
        if kind is None or self.names.get(kind) != "continuous":
            self.page = Page(self.page.rendered, self.page.written + 1)

    def _is_entry(self, text: str, style: str | None) -> bool:
        """Whether a paragraph inside a table of contents is one of its lines, and no text it swallowed."""
        if not text.strip() or _ENTRY.search(text) or _CONTENTS_TITLE.fullmatch(text.strip()):
            return True
        return _CONTENTS_STYLE.match(self.styles.name(style)) is not None

    def _walk(self, element: _Element) -> None:
        kinds = self.names.kinds
        for child in element:
            kind = kinds.get(child.tag)
            if kind == "r":
                self._run(child)
            elif kind is None or kind not in _SKIPPED:
                self._other(child, kind)

    def _run(self, run: _Element) -> None:
        kinds = self.names.kinds
        properties = None
        for child in run:
            kind = kinds.get(child.tag)
            if kind == "t":
                if not self.fields.mutes:
                    self._text(child, properties)
            elif kind == "rPr":
                properties = child
                if self._is_hidden(child):
                    self._only_fields(run)
                    return
            elif kind is None or kind not in _SKIPPED:
                self._other(child, kind, properties)

    def _is_hidden(self, properties: _Element) -> bool:
        names = self.names
        vanish = properties.find(names.vanish)
        if vanish is not None:
            return names.is_on(vanish)
        if not self.styles.hiding:
            return False
        style = properties.find(names.rstyle)
        return style is not None and names.get(style) in self.styles.hiding

    def _only_fields(self, run: _Element) -> None:
        """Hidden runs print nothing, and yet fields begin and end in them."""
        for child in run:
            kind = self.names.kinds.get(child.tag)
            if kind == "fldChar":
                self.fields.mark(child, self.names)
            elif kind == "instrText":
                self.fields.instruct(child.text or "")

    def _text(self, element: _Element, properties: _Element | None) -> None:
        text = element.text
        if not text:
            return
        if element.get(SPACE) != "preserve":
            text = text.strip(" \t\r\n")
        if len(text) <= _SIGNS or _ODD.search(text):
            text = self._signs(text, properties)
        self._out.append(text)

    def _signs(self, text: str, properties: _Element | None) -> str:
        """Line ends inside a text are blanks; letters of a symbol font are signs."""
        text = _BLANKS.sub(" ", text).replace(OBJECT, "")
        if len(text) <= _SIGNS or PRIVATE.search(text):
            fonts = self.names.find(properties, "rFonts")
            font = None
            if fonts is not None:
                font = self.names.get(fonts, "ascii") or self.names.get(fonts, "hAnsi")
            text = in_font(text, font)
        return text

    def _other(self, element: _Element, kind: str | None, properties: _Element | None = None) -> None:
        """Everything that stands beside runs and plain text."""
        if kind in _LEAVES:
            self._leaf(element, kind)
        elif kind == "t":
            if not self.fields.mutes:
                self._text(element, properties)
        elif kind == "lastRenderedPageBreak":
            self._turn(rendered=1)
        elif kind == "fldChar":
            self._out.append(self.fields.mark(element, self.names))
            self._in_contents = self._in_contents or self.fields.contents > 0
        elif kind == "instrText":
            self.fields.instruct(element.text or "")
        elif kind == "sym":
            self._symbol(element)
        elif kind in {"drawing", "pict", "object"}:
            self._boxes.extend(boxes_in(element, self.names))
        elif kind == "txbxContent":
            self._boxes.append(element)
        elif kind in {"footnoteReference", "endnoteReference"}:
            self.note(kind.removesuffix("Reference"), self.names.get(element, "id") or "")
        elif kind in {"mc", "sdt", "fldSimple", "ruby"}:
            self._wrapper(element, kind)
        else:
            self._walk(element)

    def _leaf(self, element: _Element, kind: str) -> None:
        if kind == "br" and self.names.get(element, "type") == "page":
            self._turn(written=1)
        if not self.fields.mutes:
            self._out.append(_LEAVES[kind])

    def _turn(self, *, rendered: int = 0, written: int = 0) -> None:
        self.page = Page(self.page.rendered + rendered, self.page.written + written)
        if not "".join(self._out).strip():
            self._starts = self.page

    def _symbol(self, element: _Element) -> None:
        try:
            code = int(self.names.get(element, "char") or "", 16)
        except ValueError:
            return
        if not self.fields.mutes and 0 < code <= 0xFFFF:
            self._out.append(symbol(code, self.names.get(element, "font")))

    def _wrapper(self, element: _Element, kind: str) -> None:
        names = self.names
        if kind == "mc":
            branch = one_branch(element, names)
            if branch is not None:
                self._walk(branch)
        elif kind == "sdt":
            if not is_placeholder(element, names):
                self._walk(element)
        elif kind == "fldSimple":
            contents = is_contents(names.get(element, "instr") or "")
            self._in_contents = self._in_contents or contents
            form = names.find(element, "ffData")
            if form is not None:
                self._out.append(form_value(form, names))
            self._walk(element)
        else:
            base = names.find(element, "rubyBase")
            if base is not None:
                before = len(self._out)
                self._walk(base)
                reading = "".join(
                    str(text.text or "")
                    for over in element.iterfind(names.tag("rt"))
                    for text in over.iter(names.tag("t"))
                )
                self.readings.append(f"{''.join(self._out[before:])}({reading})")


def boxes_in(element: _Element, names: Names) -> Iterator[_Element]:
    """The outermost text boxes of a drawing, each once: of alternatives one branch."""
    waiting = list(reversed(element))
    while waiting:
        child = waiting.pop()
        kind = names.kinds.get(child.tag)
        if kind == "txbxContent":
            yield child
        elif kind == "mc":
            branch = one_branch(child, names)
            waiting.extend(reversed([] if branch is None else branch))
        else:
            waiting.extend(reversed(child))


def one_branch(element: _Element, names: Names) -> _Element | None:
    """Of alternatives for newer and older programs the first that holds text, else the first."""
    branches = [*element.iterfind(f"{MC}Choice"), *element.iterfind(f"{MC}Fallback")]
    texts = (names.tag("t"), names.tag("sym"))
    for branch in branches:
        if next(branch.iter(*texts), None) is not None:
            return branch
    return branches[0] if branches else None


def is_placeholder(element: _Element, names: Names) -> bool:
    """Whether a content control still shows its prompt (单击此处输入文字)."""
    return names.is_on(names.find(element, "sdtPr", "showingPlcHdr"))


def is_contents_control(element: _Element, names: Names) -> bool:
    """Whether a content control holds the table of contents."""
    gallery = names.find(element, "sdtPr", "docPartObj", "docPartGallery")
    return gallery is not None and (names.get(gallery) or "").lower().startswith("table of contents")


def span_of(element: _Element | None, names: Names, most: int) -> int:
    """How many columns a cell takes, from 1 to ``most``."""
    text = names.get(element) if element is not None else None
    return max(1, (whole(text, most) if text else None) or 1)
