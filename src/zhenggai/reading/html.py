"""The main text of a page saved from the web (网页正文), without its navigation and footers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from selectolax.lexbor import LexborHTMLParser

from zhenggai.reading import page_metadata

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

MAX_DEPTH: Final = 256
"""Elements nested deeper are flattened: the parser's time grows with the square of the depth."""

_CONTAINER_SELECTORS: Final = """
.TRS_Editor .trs_editor_view .TRS_UEDITOR .trs_paper_default #UCAP-CONTENT ucapcontent .ucap_content
#zoom #Zoom #fontzoom .zoom #vsb_content #vsb_content_2 .v_news_content #js_content .wp_articlecontent
.article-content .article_content .articleContent .article-body .article-con .artcontent .arc-content
#artibody #articleContent #article_content .news_content .news-content .newscontent .news_con
.xxgk-content .view-content .viewContent .detail-content .detail_content .detailContent .content-body
.contentText .text-content .pages_content .pages-content .main-content .conTxt .con_txt .txtcontent
.bt-content #content_body #NewsContent #info_content #ContentRegion #conN [itemprop=articleBody]
#content .content article main
"""
_CONTAINERS: Final = tuple(_CONTAINER_SELECTORS.split())
_SKIPPED_TAGS: Final = """
!doctype -comment aside audio button canvas embed footer head iframe input map nav noscript object
script select style svg template textarea video
"""
_SKIPPED: Final = frozenset(_SKIPPED_TAGS.split())
_FURNITURE: Final = re.compile(
    r"(?:^|[\s_-])(?:bread-?crumbs?|crumbs?|mbx|dqwz|position|local(?:tion)?|share\w*|bdshare\w*|social|related\w*|"
    r"relevant\w*|xgxx|xgwz|recommend\w*|nav\w*|menu\w*|side-?bar|aside|footer\w*|foot|copyright|toolbar\w*|tools?|"
    r"pag(?:er|ination)|page-?nav|prev-?next|prenext|print\w*|close\w*|font-?size|qrcode|ewm|search\w*|login|"
    r"comments?|advert\w*|ad|banner|header|top-?bar|hot-?news|rank\w*|links?|friend-?links?)(?=$|[\s_-])",
    re.IGNORECASE,
)
_HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BLOCK_TAGS: Final = """
address article blockquote body caption center dd details div dl dt fieldset figcaption figure form h1
h2 h3 h4 h5 h6 header hr html li main ol p pre section summary table tbody td tfoot th thead tr
ucapcontent ul
"""
_BLOCKS: Final = frozenset(_BLOCK_TAGS.split())
_NESTING: Final = re.compile(
    r"<(/?)(div|span|font|b|i|u|em|strong|table|tbody|tr|td|ul|ol|li|dl|dd|section|article|blockquote|center|a|form|"
    r"main|small|big|sub|sup|o:p|label|fieldset|p)\b[^<>]*>",
    re.IGNORECASE,
)
_HAN: Final = re.compile("[㐀-鿿]")
_LETTER: Final = re.compile(r"[^\W_]")
_SPACE: Final = re.compile(r"[ \t\r\n\f\v\xa0]+")
_EDGE: Final = " \t\r\n\f\v\xa0\u3000\u200b\ufeff"
_WRAPPED: Final = re.compile(r"(?<=[　-〿㐀-鿿＀-￯])[ \t\r\f]*\n[ \t\r\n\f]*(?=[　-〿㐀-鿿＀-￯])")
_LEAST_PROSE: Final = 60
"""A known container with fewer Han characters is a teaser, not the main text."""


@dataclass(frozen=True, slots=True)
class Page:
    """The main text, one paragraph or table row a line (cells joined by tabs), and what stands around it."""

    text: str
    metadata: dict[str, str]


@dataclass(slots=True)
class _Seen:
    """What stands inside one element; characters of prose are Han characters outside links."""

    prose: int = 0
    letters: int = 0
    linked: int = 0
    links: int = 0
    tables: int = 0
    rows: int = 0
    cells: int = 0
    widest: int = 0
    skip: bool = False


@dataclass(slots=True)
class _Grid:
    """A table of data while it is written out."""

    row: list[str] = field(default_factory=list)
    begins: int = 0
    merged: dict[int, int] = field(default_factory=dict)


def read_page(markup: str) -> Page:
    """Find the main text of an HTML page; what the page says of itself elsewhere becomes ``metadata``."""
    tree = LexborHTMLParser(flatten(markup))
    root = tree.body or tree.root
    assert root is not None  # noqa: S101  # the parser always makes a body
    seen = _survey(root)
    container = _container(tree, root, seen)
    text = _render(container, seen)
    around = _render(root, seen, everything=True)
    metadata = page_metadata.collect(tree, around)
    title = page_metadata.headline(tree, metadata)
    if title:
        metadata["title"] = title
        if page_metadata.squeeze(title) not in page_metadata.squeeze(text[: len(title) * 2 + 400]):
            text = f"{title}\n{text}"
    return Page(text, metadata)


def flatten(markup: str) -> str:
    """The markup with elements nested deeper than ``MAX_DEPTH`` taken out; a block leaves a line break."""
    if markup.count("<") <= MAX_DEPTH:
        return markup
    depth: dict[str, int] = {}
    total = 0

    def keep(tag: re.Match[str]) -> str:
        nonlocal total
        name = tag.group(2).lower()
        level = depth.get(name, 0)
        if tag.group(1):
            if level == 0:
                return ""
            depth[name] = level - 1
            total -= 1
            return tag.group() if total < MAX_DEPTH else ""
        depth[name] = level + 1
        total += 1
        if total <= MAX_DEPTH:
            return tag.group()
        return "<br>" if name in _BLOCKS else ""

    return _NESTING.sub(keep, markup)


def _walk(root: LexborNode) -> Iterator[tuple[bool, LexborNode]]:
    """Every node below ``root`` in the order of the page, entering (True) and leaving (False)."""
    node = root
    while True:
        yield True, node
        if node.child is not None:
            node = node.child
            continue
        while True:
            yield False, node
            if node.mem_id == root.mem_id:
                return
            if node.next is not None:
                node = node.next
                break
            assert node.parent is not None  # noqa: S101  # below the root every node has one
            node = node.parent


def _survey(root: LexborNode) -> dict[int, _Seen]:
    """Count prose, links and cells of every element, bottom up in one pass."""
    seen: dict[int, _Seen] = {}
    stack: list[_Seen] = [_Seen()]
    in_link = dropped = 0
    for enters, node in _walk(root):
        tag = node.tag or ""
        if tag == "-text":
            if enters and not dropped:
                text = node.text_content or ""
                here = stack[-1]
                letters = len(_LETTER.findall(text))
                here.letters += letters
                if in_link:
                    here.linked += letters
                else:
                    here.prose += len(_HAN.findall(text))
            continue
        if enters:
            here = _Seen()
            seen[node.mem_id] = here
            stack.append(here)
            in_link += tag == "a"
            here.skip = tag in _SKIPPED
            dropped += here.skip
            continue
        here = stack.pop()
        in_link -= tag == "a"
        dropped -= here.skip
        _add(stack[-1], here, tag)
    total = stack[0]
    for _, node in ((enters, node) for enters, node in _walk(root) if enters and node.tag != "-text"):
        here = seen[node.mem_id]
        here.skip = here.skip or _is_furniture(node, here, total)
    seen[root.mem_id].skip = False
    return seen


def _add(parent: _Seen, child: _Seen, tag: str) -> None:
    parent.prose += child.prose
    parent.letters += child.letters
    parent.linked += child.linked
    parent.links += child.links + (tag == "a")
    parent.tables += child.tables + (tag == "table")
    if tag in {"td", "th"}:
        parent.cells += 1
    elif tag == "tr":
        parent.rows += 1
        parent.widest = max(parent.widest, child.cells)
    elif tag != "table":
        parent.rows += child.rows
        parent.widest = max(parent.widest, child.widest)


def _is_furniture(node: LexborNode, here: _Seen, total: _Seen) -> bool:
    if here.prose * 3 > total.prose and here.prose > _LEAST_PROSE:
        return False
    attributes = node.attributes
    if not attributes and here.links < 3:
        return False
    if "hidden" in attributes or _HIDDEN.search(attributes.get("style") or ""):
        return True
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    if _FURNITURE.search(names) and here.prose * 8 <= total.prose:
        return True
    is_list = node.tag in {"ul", "ol", "dl", "div", "table", "section", "p"}
    return is_list and here.links >= 4 and here.linked * 10 >= here.letters * 7


def _container(tree: LexborHTMLParser, root: LexborNode, seen: dict[int, _Seen]) -> LexborNode:
    """The element with the main text: a known container, else the innermost one that holds most prose."""
    total = seen[root.mem_id].prose
    for selector in _CONTAINERS:
        best: LexborNode | None = None
        for node in tree.css(selector):
            here = seen.get(node.mem_id)
            if here is None or here.skip or here.linked * 2 > here.letters:
                continue
            if best is None or here.prose > seen[best.mem_id].prose:
                best = node
        if best is not None and seen[best.mem_id].prose >= max(_LEAST_PROSE, total * 0.4):
            return best
    return _densest(root, seen)


def _densest(root: LexborNode, seen: dict[int, _Seen]) -> LexborNode:
    node = root
    while True:
        here = seen[node.mem_id]
        child = node.child
        heaviest: LexborNode | None = None
        while child is not None:
            if (
                child.tag in _BLOCKS
                and not seen[child.mem_id].skip
                and (heaviest is None or seen[child.mem_id].prose > seen[heaviest.mem_id].prose)
            ):
                heaviest = child
            child = child.next
        if heaviest is None or seen[heaviest.mem_id].prose * 10 < here.prose * 8:
            return node
        if heaviest.tag in {"p", "tbody", "tr", "pre"} or (
            heaviest.tag == "table" and _is_grid(seen[heaviest.mem_id])
        ):
            return node
        node = heaviest


def _is_grid(table: _Seen) -> bool:
    """A table of data, not one that only lays out the page."""
    return table.tables == 0 and table.widest >= 2 and table.rows >= 1


@dataclass(slots=True)
class _Writer:
    """Lines of text under way."""

    lines: list[str] = field(default_factory=list)
    run: list[str] = field(default_factory=list)
    grid: _Grid | None = None
    verbatim: int = 0

    def write(self, text: str) -> None:
        """Add running text; white space counts once, a line end between two Han characters not at all."""
        self.run.append(text if self.verbatim else _SPACE.sub(" ", _WRAPPED.sub("", text)))

    def end_line(self) -> None:
        """Close the paragraph."""
        stripped = (line.strip(_EDGE) for line in "".join(self.run).split("\n"))
        self.lines.extend(line for line in stripped if line)
        self.run.clear()

    def block(self, node: LexborNode, here: _Seen, *, enters: bool) -> None:
        """Cross the border of a paragraph, a table, a row or a cell."""
        self.end_line()
        self.verbatim += (node.tag == "pre") * (1 if enters else -1)
        if node.tag == "table" and _is_grid(here):
            self.grid = _Grid(begins=len(self.lines)) if enters else None
        elif self.grid is not None:
            _grid_step(self.grid, node, self.lines, enters=enters)


def _render(root: LexborNode, seen: dict[int, _Seen], *, everything: bool = False) -> str:
    """The text below ``root``: one line a paragraph, one line a table row."""
    writer = _Writer()
    dropped = 0
    for enters, node in _walk(root):
        tag = node.tag or ""
        if tag == "-text":
            if enters and not dropped:
                writer.write(node.text_content or "")
            continue
        here = seen[node.mem_id]
        out = tag in _SKIPPED and tag not in {"nav", "footer", "aside"} if everything else here.skip
        if out and node.mem_id != root.mem_id:
            dropped += 1 if enters else -1
        elif dropped:
            continue
        elif tag == "br":
            writer.run.append("\n" if enters else "")
        elif tag in _BLOCKS:
            writer.block(node, here, enters=enters)
    writer.end_line()
    return "\n".join(writer.lines)


def _grid_step(grid: _Grid, node: LexborNode, lines: list[str], *, enters: bool) -> None:
    if node.tag in {"td", "th"}:
        if enters:
            _fill_merged(grid)
            grid.begins = len(lines)
            return
        grid.row.append(" ".join(" ".join(lines[grid.begins :]).split("\t")))
        del lines[grid.begins :]
        down = _number(node, "rowspan", 1000)
        for _ in range(_number(node, "colspan", 30)):
            if down > 1:
                grid.merged[len(grid.row) - 1] = down - 1
            grid.row.append("")
        grid.row.pop()
    elif node.tag == "tr" and not enters:
        _fill_merged(grid)
        line = "\t".join(grid.row).rstrip("\t ")
        grid.row.clear()
        if line.strip():
            lines.append(line)


def _fill_merged(grid: _Grid) -> None:
    """A cell merged down stands empty in the rows below, so that columns keep their place."""
    while grid.merged.get(len(grid.row), 0) > 0:
        column = len(grid.row)
        grid.merged[column] -= 1
        grid.row.append("")


def _number(node: LexborNode, name: str, most: int) -> int:
    value = node.attributes.get(name) or ""
    return (
        min(int(value), most) if value.isascii() and value.isdigit() and len(value) < 9 and int(value) else 1
    )
