"""Parsing the XML of a document's parts (解析部件): no document type, no entities, bounded depth."""

from __future__ import annotations

from itertools import chain, dropwhile
from typing import TYPE_CHECKING, Any, Final, cast

from lxml import etree

from zhenggai.reading.errors import DamagedSourceError, ForbiddenMarkupError, TooDeepError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.etree import _Element

_HOW: Final[dict[str, Any]] = {
    "resolve_entities": False,
    "load_dtd": False,
    "no_network": True,
    # the parser's own bounds: 256 levels, 10 MB in one text
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}
_ENCODINGS: Final = ("ascii", "utf-16-le", "utf-16-be")
_DECLARES: Final = tuple("<!DOCTYPE".encode(encoding) for encoding in _ENCODINGS)
_PROLOG_BYTES: Final = 64 * 1024


def parse(data: bytes, *, name: str, part: str) -> _Element:
    """The root element of a whole small part.

    :raises ForbiddenMarkupError: a document type.
    :raises TooDeepError: deeper than the parser goes.
    :raises DamagedSourceError: no well-formed XML.
    """
    _refuse_declarations(data, name, part)
    try:
        root = etree.fromstring(data, etree.XMLParser(**_HOW))
    except etree.XMLSyntaxError as error:
        raise _refusal(error, name, part) from error
    _refuse_type(root, name, part)
    return root


def stream(
    chunks: Iterable[bytes], tags: Iterable[str], *, name: str, part: str
) -> Iterator[tuple[str, _Element]]:
    """``start`` of the root and ``end`` of the elements named in ``tags`` while the part is being read.

    ``tags`` must name the root too where its ``start`` is wanted; a blank part has no elements.
    What is done with is the caller's to remove. Raises what ``parse`` raises.
    """
    parser = etree.XMLPullParser(events=("start", "end"), tag=list(tags), **_HOW)
    # of these two kinds of event the second half is always an element
    events = cast("Iterator[tuple[str, _Element]]", parser.read_events())
    root_seen = False
    pieces = dropwhile(_is_blank, chunks)
    start = next(pieces, None)
    if start is None:
        return
    _refuse_declarations(start, name, part)
    try:
        for chunk in chain((start,), pieces, (b"",)):
            if chunk:
                parser.feed(chunk)
            else:
                # the last events may come only now
                parser.close()
            for event, element in events:
                if not root_seen:
                    _refuse_type(element, name, part)
                    root_seen = True
                    yield "start", element
                elif event == "end":
                    yield event, element
    except etree.XMLSyntaxError as error:
        raise _refusal(error, name, part) from error


def each(chunks: Iterable[bytes], names: Iterable[str], *, name: str, part: str) -> Iterator[_Element]:
    """The elements of these local names, one after another; each is gone when the next one is asked for.

    Raises what ``parse`` raises.
    """
    tags = [f"{{*}}{local}" for local in names]
    for event, element in stream(chunks, tags, name=name, part=part):
        if event == "end":
            yield element
            element.clear()
            parent = element.getparent()
            while parent is not None and element.getprevious() is not None:
                parent.remove(parent[0])


def _is_blank(chunk: bytes) -> bool:
    return not chunk.strip()


def _refuse_declarations(start: bytes, name: str, part: str) -> None:
    prolog = start[:_PROLOG_BYTES]
    if any(declares in prolog for declares in _DECLARES):
        raise ForbiddenMarkupError(name=name, part=part)


def _refuse_type(element: _Element, name: str, part: str) -> None:
    """A document type behind a long prolog."""
    if element.getroottree().docinfo.internalDTD is not None:
        raise ForbiddenMarkupError(name=name, part=part)


def _refusal(error: etree.XMLSyntaxError, name: str, part: str) -> Exception:
    if "depth" in str(error):
        return TooDeepError(name=name, part=part)
    return DamagedSourceError(name=name, part=part)
