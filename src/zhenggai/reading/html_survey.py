"""Where on a page its main text stands (正文定位): known containers first, else the block with most prose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from zhenggai.reading import patterns as re

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborHTMLParser, LexborNode

_CONTAINER_SELECTORS: Final = """
.TRS_Editor .trs_editor_view .TRS_UEDITOR .trs_paper_default #UCAP-CONTENT ucapcontent .ucap_content
#zoom #Zoom #fontzoom .zoom #vsb_content #vsb_content_2 .v_news_content #js_content
.wp_articlecontent .article-content .article_content .articleContent .article-body .article-con
.artcontent .arc-content .entry-content .post-content .post_content .t_f [id^=postmessage_] .pcb
.arcbody .art_con .bt_content #artibody #articleContent #article_content .news_content .news-content
.newscontent .news_con .xxgk-content .view-content .viewContent .detail-content .detail_content
.detailContent .content-body .contentText .text-content .pages_content .pages-content .main-content
.conTxt .con_txt .txtcontent .bt-content #content_body #NewsContent #info_content #ContentRegion
#conN .gsj_htmlcon .WordSection1 .Section1 .Section0 #barrierfree_container [itemprop=articleBody]
#content .content article main
"""
_CONTAINERS: Final = tuple(_CONTAINER_SELECTORS.split())
_SKIPPED_TAGS: Final = """
!doctype -comment aside audio button canvas embed footer head iframe input map nav noscript object
script select style svg template textarea video
"""
SKIPPED: Final = frozenset(_SKIPPED_TAGS.split())
_BLOCK_TAGS: Final = """
address article blockquote body caption center dd details div dl dt fieldset figcaption figure form
h1 h2 h3 h4 h5 h6 header hr html li main ol p pre section summary table tbody td tfoot th thead tr
ucapcontent ul
"""
BLOCKS: Final = frozenset(_BLOCK_TAGS.split())
_FURNITURE: Final = re.compile(
    r"(?:^|[\s_-])(?:bread-?crumbs?|crumbs?|mbx|dqwz|position|local(?:tion)?|share\w*|bdshare\w*|social|related\w*|"
    r"relevant\w*|xgxx|xgwz|recommend\w*|nav\w*|menu\w*|side-?bar|aside|footer\w*|foot|copyright|toolbar\w*|tools?|"
    r"pag(?:er|ination)|page-?nav|prev-?next|prenext|print\w*|close\w*|font-?size|qrcode|ewm|search\w*|login|"
    r"comments?|comment-\w+|advert\w*|ad|banner|header|top-?bar|hot-?news|rank\w*|links?|friend-?links?|"
    r"modact|locked|pstatus|authi|pls|sign|reply|bottom|bq|weizhi|dangqian|sidebar\w*|widget\w*)(?=$|[\s_-])",
    re.IGNORECASE,
)
_SITE_WORDS: Final = re.compile(
    "版权所有|版权归|网站标识码|ICP备|公网安备|技术支持|网站地图|您?(?:当前|现在)?所在的?位置|当前位置|上一[篇条]|下一[篇条]"
    "|相关(?:链接|文章|阅读|信息|新闻|附件)|热门(?:文章|推荐)|打印本?页?|关闭窗口|扫一扫|分享到|浏览(?:次数|量)|點擊"
)
_HIDDEN: Final = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|(?<![\w-])opacity\s*:\s*0(?:\.0+)?\s*(?:;|$)"
    r"|font-size\s*:\s*0(?:px|pt|em)?\s*(?:;|$)|(?:left|top|text-indent)\s*:\s*-\d{3,}|mso-element\s*:\s*(?:header|footer)",
    re.IGNORECASE,
)
_HAN: Final = re.compile("[㐀-鿿]")
_LETTER: Final = re.compile(r"[^\W_]")
LEAST_PROSE: Final = 60
"""A known container with fewer Han characters is a teaser, not the main text."""
_MOST_SITE_LETTERS: Final = 400


@dataclass(slots=True)
class Seen:
    """What stands inside one element; characters of prose are Han characters outside links."""

    prose: int = 0
    letters: int = 0
    linked: int = 0
    links: int = 0
    tables: int = 0
    rows: int = 0
    cells: int = 0
    widest: int = 0
    site_words: int = 0
    skip: bool = False


def is_grid(table: Seen) -> bool:
    """A table of data, not one that only lays out the page."""
    return table.tables == 0 and table.widest >= 2 and table.rows >= 1


def walk(root: LexborNode) -> Iterator[tuple[bool, LexborNode]]:
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


class Survey:
    """What was counted on a page; ``hidden`` parts count where hardly anything else is there."""

    def __init__(self, tree: LexborHTMLParser, root: LexborNode) -> None:
        self.tree = tree
        self.root = root
        self.seen: dict[int, Seen] = {}
        self._count(with_hidden=False)
        if self.total.prose < LEAST_PROSE:
            visible = self.total.prose
            self._count(with_hidden=True)
            if self.total.prose == visible:
                self._count(with_hidden=False)

    @property
    def total(self) -> Seen:
        """What the whole page holds."""
        return self.seen[self.root.mem_id]

    def _count(self, *, with_hidden: bool) -> None:
        """Count prose, links and cells of every element, bottom up in one pass."""
        seen = self.seen = {}
        stack: list[Seen] = [Seen()]
        in_link = dropped = 0
        for enters, node in walk(self.root):
            tag = node.tag or ""
            if tag == "-text":
                if enters and not dropped:
                    _count_text(stack[-1], node.text_content or "", linked=in_link > 0)
                continue
            if enters:
                here = seen[node.mem_id] = Seen()
                stack.append(here)
                in_link += tag == "a"
                here.skip = tag in SKIPPED or (not with_hidden and _is_hidden(node))
                dropped += here.skip
                continue
            here = stack.pop()
            in_link -= tag == "a"
            dropped -= here.skip
            _add(stack[-1], here, tag)
        total = self.total
        for enters, node in walk(self.root):
            if enters and node.tag != "-text":
                here = seen[node.mem_id]
                here.skip = here.skip or _is_furniture(node, here, total)
        total.skip = False

    def container(self) -> LexborNode:
        """The element with the main text: a known container, else the innermost one that holds most prose."""
        total = self.total.prose
        for selector in _CONTAINERS:
            best: LexborNode | None = None
            for node in self.tree.css(selector):
                here = self.seen.get(node.mem_id)
                if here is None or here.skip or here.linked * 2 > here.letters:
                    continue
                if best is None or here.prose > self.seen[best.mem_id].prose:
                    best = node
            if best is not None and self.seen[best.mem_id].prose >= max(LEAST_PROSE, total * 0.4):
                return best
        return self._densest()

    def _densest(self) -> LexborNode:
        node, seen = self.root, self.seen
        while True:
            here = seen[node.mem_id]
            child = node.child
            heaviest: LexborNode | None = None
            while child is not None:
                if (
                    child.tag in BLOCKS
                    and not seen[child.mem_id].skip
                    and (heaviest is None or seen[child.mem_id].prose > seen[heaviest.mem_id].prose)
                ):
                    heaviest = child
                child = child.next
            if heaviest is None or seen[heaviest.mem_id].prose * 10 < here.prose * 8:
                return node
            if heaviest.tag in {"p", "tbody", "tr", "pre"} or (
                heaviest.tag == "table" and is_grid(seen[heaviest.mem_id])
            ):
                return node
            node = heaviest


def _count_text(here: Seen, text: str, *, linked: bool) -> None:
    letters = len(_LETTER.findall(text))
    here.letters += letters
    if letters:
        here.site_words += len(_SITE_WORDS.findall(text))
    if linked:
        here.linked += letters
    else:
        here.prose += len(_HAN.findall(text))


def _add(parent: Seen, child: Seen, tag: str) -> None:
    parent.prose += child.prose
    parent.letters += child.letters
    parent.linked += child.linked
    parent.site_words += child.site_words
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


def _is_hidden(node: LexborNode) -> bool:
    """Whether a browser shows nothing of it; WeChat hides its article until its script has run."""
    attributes = node.attributes
    if not attributes:
        return False
    if node.tag == "del" and ("cite" in attributes or "datetime" in attributes):
        return True
    if "hidden" in attributes or (attributes.get("aria-hidden") or "").lower() == "true":
        return True
    style = attributes.get("style")
    return bool(style and _HIDDEN.search(style)) and attributes.get("id") not in {
        "js_content",
        "page-content",
    }


def _is_furniture(node: LexborNode, here: Seen, total: Seen) -> bool:
    if here.prose * 3 > total.prose and here.prose > LEAST_PROSE:
        return False
    attributes = node.attributes
    if (
        here.site_words >= 2
        and node.tag in BLOCKS
        and here.letters <= _MOST_SITE_LETTERS
        and not is_grid(here)
    ):
        return True
    if not attributes and here.links < 3:
        return False
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    if _FURNITURE.search(names) and here.prose * 8 <= total.prose:
        return True
    is_list = node.tag in {"ul", "ol", "dl", "div", "table", "section", "p", "td", "center"}
    return is_list and here.links >= 4 and here.linked * 10 >= here.letters * 7
