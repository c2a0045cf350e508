"""The main text of a page saved from the web (网页正文), without its navigation and footers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from html import unescape
from typing import Final

from selectolax.lexbor import LexborHTMLParser

from zhenggai.domain.messages import msg
from zhenggai.reading import html_scripts, page_metadata
from zhenggai.reading import patterns as re
from zhenggai.reading.html_survey import LEAST_PROSE, Survey
from zhenggai.reading.html_tags import tame
from zhenggai.reading.html_writing import render
from zhenggai.reading.page_errors import FramedPageError, ScriptedPageError

WHY_FRAME: Final = msg("The page shows other pages in frames; what stands in them was not saved with it.")
WHY_INNER: Final = msg("The text was taken from a frame that was saved inside the page.")
WHY_SCRIPT: Final = msg("The text was taken from a script of the page, which shows it only in a browser.")

_MOST_INNER: Final = 3
"""Pages inside pages that are followed."""
_MOST_FRAMES: Final = 20
_HAN: Final = re.compile("[㐀-鿿]")
_SOURCE_VIEW: Final = re.compile(r"<td\b[^<>]{0,80}\bclass\s*=\s*[\"']?line-content\b", re.IGNORECASE)
_TAGS: Final = re.compile(r"<(?:p|div|br|span|table|section)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Page:
    """The main text, one paragraph or table row a line (cells joined by tabs), and what stands around it.

    ``remarks`` (msgids) say where the text was found when not in the page itself; ``frames`` are the
    addresses of the pages that it shows in frames.
    """

    text: str
    metadata: dict[str, str]
    remarks: tuple[str, ...] = ()
    frames: tuple[str, ...] = ()


def read_page(markup: str, name: str = "page") -> Page:
    """Find the main text of an HTML page; what the page says of itself elsewhere becomes ``metadata``.

    :raises PageTooIntricateError: more tags than a document has.
    :raises FramedPageError: the page only shows other pages in frames.
    :raises ScriptedPageError: the page holds scripts and no text.
    """
    page = _read(_shown_source(markup), name, 0)
    if not page.text.strip():
        if page.frames:
            raise FramedPageError(
                name=name, frames="、".join(page.frames[:_MOST_INNER]), addresses=page.frames
            )
        if "<script" in markup.lower():
            raise ScriptedPageError(name=name)
    return page


def _shown_source(markup: str) -> str:
    """The page whose source a browser showed and saved (view-source), else the markup as it is."""
    if not _SOURCE_VIEW.search(markup[: 1 << 16]):
        return markup
    lines = LexborHTMLParser(tame(markup, "page")).css("td.line-content")
    return "\n".join(line.text() for line in lines)


def _read(markup: str, name: str, level: int) -> Page:
    tree = LexborHTMLParser(tame(markup, name))
    root = tree.body or tree.root
    assert root is not None  # noqa: S101  # the parser always makes a body
    survey = Survey(tree, root)
    text = render(survey.container(), survey.seen)
    metadata = page_metadata.collect(tree, render(root, survey.seen, everything=True))
    page = Page(text, metadata, frames=_frames(tree))
    if _prose(text) < LEAST_PROSE and level < _MOST_INNER:
        page = _elsewhere(tree, page, name, level)
    return _titled(tree, page)


def _titled(tree: LexborHTMLParser, page: Page) -> Page:
    title = page_metadata.headline(tree, page.metadata)
    if not title:
        return page
    metadata = {**page.metadata, "title": title}
    begin = page_metadata.squeeze(page.text[: len(title) * 2 + 400])
    if not page.text.strip() or page_metadata.squeeze(title) in begin:
        return replace(page, metadata=metadata)
    return replace(page, text=f"{title}\n{page.text}", metadata=metadata)


def _prose(text: str) -> int:
    return len(_HAN.findall(text))


def _frames(tree: LexborHTMLParser) -> tuple[str, ...]:
    sources = (node.attributes.get("src") for node in tree.css("frame[src], iframe[src]"))
    addresses = (source.strip() for source in sources if source)
    return tuple(
        address[:200] for address in addresses if address and not address.startswith(("data:", "about:"))
    )[:_MOST_FRAMES]


def _elsewhere(tree: LexborHTMLParser, page: Page, name: str, level: int) -> Page:
    """The text that a page without one of its own holds in a frame saved inside it, or in a script."""
    best, found = _prose(page.text), page
    for node in tree.css("iframe[srcdoc]")[:_MOST_FRAMES]:
        inner = _read(node.attributes.get("srcdoc") or "", name, level + 1)
        if _prose(inner.text) > best:
            best, found = _prose(inner.text), _moved(page, inner, WHY_INNER)
    if found is not page:
        return found
    scripts = [node.text() for node in tree.css("script")]
    written = html_scripts.longest_text(scripts)
    if _prose(written) > max(best, LEAST_PROSE):
        written = unescape(written) if "<" not in written else written
        inner = _read(written, name, level + 1) if _TAGS.search(written) else Page(written, {})
        return _moved(page, inner, WHY_SCRIPT)
    return replace(page, remarks=(WHY_FRAME,)) if page.frames and page.text.strip() else page


def _moved(page: Page, inner: Page, why: str) -> Page:
    return replace(
        page, text=inner.text, metadata={**inner.metadata, **page.metadata}, remarks=(why, *inner.remarks)
    )
