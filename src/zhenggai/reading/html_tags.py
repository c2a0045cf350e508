"""The tags of a page tamed before it is parsed (标签整形): nothing deep, nothing endless, nothing inlined."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from zhenggai.reading import patterns as re
from zhenggai.reading.page_errors import PageTooIntricateError

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_DEPTH: Final = 256
"""Elements nested deeper are flattened: the parser's time grows with the square of the depth."""
MAX_TAGS: Final = 300_000
"""A page of more tags is refused; the longest notices have some thousands."""
MAX_FORMATTING: Final = 2
"""The parser opens formatting elements that were never closed anew in each paragraph."""
_LONG_TAG: Final = 120
"""The parser compares each attribute with all before it, and saved pages hold pictures in theirs."""
_MOST_ATTRIBUTES: Final = 12

TAG: Final = re.compile(
    r"<!--(?:-?>|.*?--!?>|.*)"
    r"|<(?P<end>/?)(?P<name>[a-z][^\s/<>]*+)"
    r"""(?P<rest>(?:[^>"'=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+|["'])*+)(?:>|\Z)""",
    re.IGNORECASE | re.DOTALL,
)
_ATTRIBUTE: Final = re.compile(
    r"""(?<=[\s"'/])(?P<name>id|class|style|hidden|src|srcdoc|srcset|href|colspan|rowspan|name|content|property|charset
    |type|itemprop|cite|datetime|aria-hidden|language)(?:\s*+=\s*+(?P<value>"[^"]*+"|'[^']*+'|[^\s>"']++))?(?=[\s/"']|\Z)""",
    re.IGNORECASE | re.VERBOSE,
)
_MAY_HIDE: Final = re.compile("style|hidden|datetime|cite", re.IGNORECASE)
_DATA: Final = re.compile(r"data:[^\s\"'()<>]{64,}+", re.IGNORECASE)
_RAW: Final = {
    name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)
    for name in ("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes")
}
_PICTURES: Final = {name: re.compile(rf"</{name}\s*>", re.IGNORECASE) for name in ("svg", "math")}
_VOID_TAGS: Final = """
area base basefont bgsound br col embed frame hr img input link meta param source track wbr
"""
_VOID: Final = frozenset(_VOID_TAGS.split())
_ENDING_TAGS: Final = """
p li dt dd td th tr thead tbody tfoot option optgroup colgroup caption html head body
"""
_ENDS_BY_ITSELF: Final = frozenset(_ENDING_TAGS.split())
"""Elements that another of their kind closes: many of them are no depth."""
_FORMATTING_TAGS: Final = """
b big code em font i nobr s small strike strong tt u
"""
_FORMATTING: Final = frozenset(_FORMATTING_TAGS.split())
_BLOCK_TAGS: Final = """
address article aside blockquote center details dir div dl fieldset figcaption figure footer form h1
h2 h3 h4 h5 h6 header main menu nav ol pre section summary table ul
"""
_BLOCKS: Final = frozenset(_BLOCK_TAGS.split())


def tame(markup: str, name: str) -> str:
    """The markup that the parser is given: the same text, in tags of bounded number, depth and length.

    :raises PageTooIntricateError: more than ``MAX_TAGS`` tags.
    """
    return "".join(_Tamer(markup, name).pieces())


class _Tamer:
    def __init__(self, markup: str, name: str) -> None:
        self.markup = markup
        self.name = name
        self.tags = self.depth = self.formatting = 0
        self.open: Counter[str] = Counter()
        self.left_out: Counter[str] = Counter()
        self.unclosed: set[str] = set()

    def pieces(self) -> Iterator[str]:
        markup, at = self.markup, 0
        search = TAG.search
        while (found := search(markup, at)) is not None:
            yield markup[at : found.start()]
            at = found.end()
            tag = found["name"]
            if tag is None or not found.group().endswith(">"):
                continue
            self.tags += 1
            if self.tags > MAX_TAGS:
                raise PageTooIntricateError(name=self.name, max_tags=MAX_TAGS)
            tag = tag.lower()
            if found["end"]:
                yield self._closed(tag)
                continue
            if tag in _PICTURES:
                at = self._behind_picture(tag, at)
                continue
            yield self._opened(tag, found)
            if tag in _RAW:
                end = _RAW[tag].search(markup, at)
                yield markup[at : end.start()] if end else ""
                at = end.start() if end else len(markup)
        yield markup[at:]

    def _behind_picture(self, tag: str, at: int) -> int:
        """Where a drawing or a formula ends; where it never does, only its tag is left out."""
        end = None if tag in self.unclosed else _PICTURES[tag].search(self.markup, at)
        if end is None:
            self.unclosed.add(tag)
            return at
        return end.end()

    def _opened(self, tag: str, found: re.Match[str]) -> str:
        printed = found.group() if len(found.group()) <= _LONG_TAG else _shortened(tag, found["rest"])
        if tag in _VOID or tag in _ENDS_BY_ITSELF or tag in _RAW:
            return printed
        if found["rest"].endswith("/") and tag not in _BLOCKS:
            return ""
        if tag in _FORMATTING and (self.formatting >= MAX_FORMATTING or not _MAY_HIDE.search(found["rest"])):
            self.left_out[tag] += 1
            return ""
        if self.depth >= MAX_DEPTH:
            self.left_out[tag] += 1
            return "<br>" if tag in _BLOCKS else ""
        self.open[tag] += 1
        self.depth += 1
        self.formatting += tag in _FORMATTING
        return printed

    def _closed(self, tag: str) -> str:
        if tag in _ENDS_BY_ITSELF or tag in _RAW:
            return f"</{tag}>"
        if self.left_out[tag]:
            self.left_out[tag] -= 1
            return ""
        if not self.open[tag]:
            return ""
        self.open[tag] -= 1
        self.depth -= 1
        self.formatting -= tag in _FORMATTING
        return f"</{tag}>"


def _shortened(tag: str, rest: str) -> str:
    """A long tag with the attributes that are asked for, and without pictures inside them."""
    kept: list[str] = []
    for attribute in _ATTRIBUTE.finditer(rest):
        value = attribute["value"]
        kept.append(attribute["name"] + ("" if value is None else "=" + _DATA.sub("", value)))
        if len(kept) == _MOST_ATTRIBUTES:
            break
    return f"<{tag} {' '.join(kept)}>"
