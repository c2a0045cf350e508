"""What a saved page says of itself outside its main text (网页元数据): title, source, day of publication."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from zhenggai.reading import patterns as re

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

_META: Final = {
    "articletitle": "title",
    "og:title": "title",
    "pubdate": "published",
    "publishdate": "published",
    "publish_time": "published",
    "publishtime": "published",
    "article:published_time": "published",
    "firstpublishedtime": "published",
    "createdate": "published",
    "contentsource": "source",
    "source": "source",
    "author": "author",
    "sitename": "site",
    "columnname": "column",
}
_LABELS: Final = {
    "索引号": "index_number",
    "信息索引": "index_number",
    "发布机构": "organisation",
    "发文机关": "organisation",
    "发文机构": "organisation",
    "公开主体": "organisation",
    "信息来源": "source",
    "文章来源": "source",
    "来源": "source",
    "发布时间": "published",
    "发布日期": "published",
    "公开日期": "published",
    "公布日期": "published",
    "成文日期": "dated",
    "生成日期": "dated",
    "文号": "document_number",
    "发文字号": "document_number",
    "名称": "name",
    "标题": "name",
    "主题分类": "subject",
    "有效性": "validity",
    "作者": "author",
}
_LABEL: Final = re.compile(
    r"(?:^|(?<=[\s\t【\[|]))(" + "|".join(sorted(_LABELS, key=len, reverse=True)) + r")[】\]]?\s*[:：]\s*"
)
_NEXT_LABEL: Final = re.compile(r"\s{2,}|\t|[|｜【\[]|\s(?=[^\s:：]{2,8}[:：])")
_DAY: Final = re.compile(r"((?:19|20)\d\d)\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})(?!\d)")
_TITLE_SELECTORS: Final = """
h1 .article-title .article_title .articleTitle .arc-title .xl-title .detail-title .news_title
.news-title .content-title .contentTitle .pages-title .view-title #title .title .tit .bt h2
"""
_TITLES: Final = tuple(_TITLE_SELECTORS.split())
_DOCUMENT: Final = re.compile(
    "通报|公告|公示|报告|通知|方案|情况|意见|清单|台账|[的之]函|決定|决定|通報|報告|情況"
)
_SITE: Final = re.compile(r"(?<!\s)\s*+(?<![-_|｜—–>»])[-_|｜—–>»]++\s*[^-_|｜—–>»]{2,40}$")
_WECHAT_TIME: Final = re.compile(
    r"""(?:\bcreateTime\s*=\s*["'](?P<day>\d{4}-\d\d-\d\d)|\bct\s*=\s*["'](?P<at>\d{10})["'])"""
)
_BEIJING: Final = timedelta(hours=8)
_SPACES: Final = re.compile(r"\s+")


def collect(tree: LexborHTMLParser, around: str) -> dict[str, str]:
    """Title, source, day of publication and the like, from the head and from the labels in ``around``.

    ``published`` is as printed, ``published_on`` the same as an ISO date.
    """
    found: dict[str, str] = {}
    for node in tree.css("meta"):
        name = node.attributes.get("name") or node.attributes.get("property") or ""
        key = _META.get(name.strip().lower())
        content = _SPACES.sub(" ", node.attributes.get("content") or "").strip()
        if key and content:
            found.setdefault(key, content)
    head = tree.css_first("title")
    if head is not None and (title := _SPACES.sub(" ", head.text()).strip()):
        found.setdefault("page_title", title)
    if tree.css_first("#js_content") is not None:
        _wechat(tree, found)
    lines = around.split("\n")
    for line in lines[:150] + lines[150:][-60:]:
        if len(line) <= 400:
            _labels(line, found)
    if day := first_day(found.get("published", "")):
        found["published_on"] = day.isoformat()
    return found


def _wechat(tree: LexborHTMLParser, found: dict[str, str]) -> None:
    """An article of WeChat (公众号文章): its scripts write the day and the account beside the title."""
    for script in tree.css("script"):
        if written := _WECHAT_TIME.search(script.text()):
            at = written["at"]
            moment = datetime.fromtimestamp(int(at), UTC) + _BEIJING if at else None
            found.setdefault("published", moment.date().isoformat() if moment else written["day"])
            break
    account = tree.css_first("#js_name")
    if account is not None and (name := _SPACES.sub(" ", account.text()).strip()):
        found.setdefault("source", name)


def _labels(line: str, found: dict[str, str]) -> None:
    for label in _LABEL.finditer(line):
        if (day := _DAY.search(line)) and "published" not in found:
            found["published"] = day.group()
        value = _NEXT_LABEL.split(line[label.end() : label.end() + 120], maxsplit=1)[0].strip("】] 　")
        if value:
            found.setdefault(_LABELS[label.group(1)], value)


def first_day(text: str) -> date | None:
    """The first calendar day printed in ``text`` (2024-03-28, 2024年3月28日, 2024/3/28)."""
    for day in _DAY.finditer(text):
        try:
            return date(*(int(part) for part in day.groups()))
        except ValueError:
            continue
    return None


def headline(tree: LexborHTMLParser, metadata: dict[str, str]) -> str | None:
    """The title of the article: the heading that the page's head agrees with, or that reads like one."""
    named = [squeeze(metadata[key]) for key in ("title", "name", "page_title") if key in metadata]
    headings: list[str] = []
    for selector in _TITLES:
        texts = (_SPACES.sub(" ", node.text(separator=" ")).strip() for node in tree.css(selector)[:5])
        headings += [text for text in texts if 6 <= len(text) <= 120]
    agreed = [
        text for text in headings if any(squeeze(text) in name or name in squeeze(text) for name in named)
    ]
    documents = [text for text in (*agreed, *headings) if _DOCUMENT.search(text)]
    if documents or agreed:
        return (documents or agreed)[0]
    if "title" in metadata:
        return metadata["title"]
    page_title = _SITE.sub("", metadata.get("page_title", ""))
    return page_title if _DOCUMENT.search(page_title) else None


def squeeze(text: str) -> str:
    """The text without white space, to compare what two places print."""
    return _SPACES.sub("", text)
