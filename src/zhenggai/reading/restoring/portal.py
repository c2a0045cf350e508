"""Lines of the portal around a document (门户网站附加信息): labels, buttons, breadcrumbs, footers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from zhenggai.reading.page_metadata import first_day

if TYPE_CHECKING:
    from collections.abc import Sequence

_FACTS: Final = {
    "发布时间": "published_on", "发布日期": "published_on", "公布日期": "published_on", "公布时间": "published_on",
    "公开日期": "published_on", "公开时间": "published_on", "发表时间": "published_on", "发布于": "published_on",
    "上传时间": "published_on", "时间": "published_on", "日期": "published_on", "录入时间": "published_on",
    "更新时间": "updated_on", "更新日期": "updated_on", "成文日期": "dated_on", "生成日期": "dated_on", "成文时间": "dated_on",
    "发布机构": "organisation", "发文机关": "organisation", "发文机构": "organisation", "发布单位": "organisation",
    "发布部门": "organisation", "公开主体": "organisation", "公开单位": "organisation", "制发机关": "organisation",
    "索引号": "index_number", "信息索引号": "index_number", "索引码": "index_number", "文号": "document_number",
    "发文字号": "document_number", "文件编号": "document_number", "公开文号": "document_number",
    "来源": "source", "信息来源": "source", "文章来源": "source", "稿件来源": "source", "新闻来源": "source",
}  # fmt: skip
_STRICT: Final = (
    "主题分类", "主题词", "信息分类", "信息类别", "组配分类", "服务对象分类", "体裁分类", "体裁", "有效性", "效力状态", "时效性", "是否有效",
    "信息名称", "公开形式", "公开方式", "公开范围", "公开类别", "公开时限", "公开属性", "公开程序", "公开责任部门", "所属栏目", "所属主题",
    "浏览量", "浏览次数", "浏览数", "浏览", "点击数", "点击量", "点击率", "点击次数", "点击", "阅读量", "阅读次数", "阅读数", "阅读", "访问量",
    "访问次数", "人气", "字号", "字体", "字体大小", "字号大小", "文字大小", "关键词", "关键字", "分享到", "分享", "责任编辑", "责编", "编辑", "作者",
    "审核人", "审核", "初审", "复审", "终审", "一审", "二审", "三审", "一校", "校对", "发布人", "发布者", "录入", "录入人", "供稿", "撰稿", "摄影",
    "通讯员", "记者", "文章编号", "信息编号", "稿源", "撰稿人", "供稿单位", "编审", "签发", "监制", "统一登记号", "施行日期", "废止日期", "实施日期",
    "失效日期", "信息提供日期", "信息来源单位", "信息有效性", "公开目录", "信息所属单位", "语音播报", "分类",
)  # fmt: skip
_TITLE_LABELS: Final = ("名称", "标题")
_LABELS: Final = sorted({*_FACTS, *_STRICT, *_TITLE_LABELS}, key=len, reverse=True)
_LABEL: Final = "(?:" + "|".join(r"\s?".join(label) for label in _LABELS) + ")"
_PAIR: Final = re.compile(rf"[【\[（(·•]?\s*({_LABEL})\s*[】\]]?\s*[:：]\s*")
_OTHER_LABEL: Final = re.compile(r"(?:(?<=\s)|^)[一-鿿]{2,8}[:：](?!\d\d)")
_CELL_COLON: Final = re.compile(r"[:：]\s*[|\t]\s*")
_GAPS: Final = re.compile(r"[\t|｜丨]|\s{2,}")
_ORNAMENT: Final = " \t　[]【】()（）•·▪●■◆|"
_BARE_LABEL: Final = re.compile(rf"[【\[]?({_LABEL})[】\]]?\s*[:：]?$")
_DATE: Final = r"(?:19|20)\d\d\s?[-./年]\s?\d{1,2}\s?[-./月]\s?\d{1,2}日?(?:[ T]{0,2}\d{1,2}[:：时]\d{1,2}(?:[:：分]\d{1,2}秒?)?)?"
_DATE_ONLY: Final = re.compile(_DATE + "$")
_COUNT_ONLY: Final = re.compile(r"(?:\d{1,9}|[-—]+|\d{1,9}\s?次|\$\{?\w*\}?)$")
_BUTTON: Final = re.compile(
    r"(?:[【\[(（]?\s*(?:打印(?:本页|此页|文章|正文|页面)?|关闭(?:窗口|本页|页面|此页)?|分享(?:到|至)?|收藏(?:本页)?|复制(?:链接|本文链接)|我要(?:纠错|收藏|打印|分享|评论)|"
    r"字号|字体|大|中|小|特大|超大|默认|缩小|放大|增大|减小|[+-]|A[+-]?|返回(?:顶部|列表|上一页|首页)?|回到顶部|首页|微信|微博|新浪微博|腾讯微博|QQ(?:空间|好友)?|朋友圈|"
    r"人人网|豆瓣|百度贴吧|更多|保存(?:本页)?|下载(?:本页|文档|Word|PDF)?|点赞|赞|推荐给?朋友|无障碍(?:浏览|阅读)?|关怀版|长者(?:版|模式|助手)|适老版|语音(?:播报|朗读)|"
    r"听全文|播放|暂停|繁体|简体|手机版|电脑版|微信扫一扫[:：]?(?:分享)?|扫一扫[^。]{0,30}|用?微信[\"“]?扫一扫[^。]{0,30}|纠错|评论|上一[篇条页]|下一[篇条页]|没有了|暂无|"
    r"收藏本文|视力保护色?[:：]?|T\|T|政府邮箱(?:登录)?|进入关怀版|个性化定制|繁体字|简体字|English|智能问答|网站支持IPv6|登录|注册|我的收藏|政务公开|分享按钮|二维码)\s*[】\])）]?)+$",
    re.IGNORECASE,
)
_CRUMBS: Final = re.compile(
    r"(?:(?:您|你)?(?:现在|目前|当前)?的?(?:所在)?的?位置(?:是|为)?|当前(?:位置|栏目|所在)|导航)\s*[:：]?.{0,150}$|(?:网站|本站)?首页\s*(?:[>＞»›→/\\|·-]|&gt;).{0,150}$"
)
_NEIGHBOUR: Final = re.compile(r"(?:上|下|前|后)一?[篇条则页](?:文章|信息|新闻)?\s*[:：].{0,150}$")
_FOOTER: Final = re.compile(
    r"版权所有|版权归|copyright|©|网站标识码|政府网站|ICP备|公网安备|网安备|网站地图|站点地图|技术支持|技术维护|建议使用.{0,12}分辨率|友情链接|"
    r"关于我们|隐私(?:保护|政策|声明)|网站声明|免责声明|侵权.{0,12}删除|转载.{0,20}(?:注明|来源)|(?:主办|承办|协办)(?:单位|方)?\s*[:：]|"
    r"(?:来源于|来自)(?:互联)?网络?.{0,30}(?:真实|无关|慎重|侵权)|All Rights Reserved|您是第.{0,12}位访|访问统计|浏览器.{0,10}版本",
    re.IGNORECASE,
)
_RELATED: Final = re.compile(
    r"(?:相关(?:链接|文章|阅读|新闻|信息|推荐|资讯|内容|报道|稿件)|推荐(?:阅读|文章|新闻)|热门(?:文章|新闻|推荐|资讯|排行)|延伸阅读|猜你喜欢|最新(?:文章|资讯|信息)|"
    r"精彩推荐|大家都在看|阅读排行|点击排行|友情链接)\s*[:：]?$"
)
_VALUE_MOST: Final = 60
_TOP_STRANGERS: Final = 6
_BOTTOM_STRANGERS: Final = 5


@dataclass(slots=True)
class Edge:
    """The portal's lines at one end of a page, by number, and what they say."""

    lines: set[int] = field(default_factory=set)
    facts: dict[str, str] = field(default_factory=dict)


def top(lines: Sequence[str], taken: Sequence[bool]) -> Edge:
    """The portal's lines before the document begins; a title may stand between them. Lines are folded."""
    edge = Edge()
    strangers = 0
    at = 0
    while at < len(lines):
        line = lines[at]
        if taken[at] or not line:
            at += 1
        elif _is_portal(line, edge.facts):
            edge.lines.add(at)
            at += 1
        elif (step := _label_column(lines, at, edge)) > 0:
            at += step
        else:
            strangers += 1
            if strangers > _TOP_STRANGERS or len(line) > 80:
                break
            at += 1
    return edge


def bottom(lines: Sequence[str], taken: Sequence[bool]) -> Edge:
    """The portal's lines after the document ends; the document's last short lines may stand between them."""
    edge = Edge()
    strangers = 0
    below: list[int] = []
    for at in range(len(lines) - 1, -1, -1):
        line = lines[at]
        if taken[at] or not line:
            continue
        if _is_portal(line, edge.facts) or (
            len(line) <= 300 and _FOOTER.search(line) and "。" not in line[:-1]
        ):
            edge.lines.add(at)
        elif _RELATED.match(line):
            edge.lines.update((at, *below))
            below = []
            strangers = 0
        else:
            strangers += 1
            below.append(at)
            if len(line) > 60 or "。" in line or "；" in line or len(below) > 30:
                break
            if strangers > _BOTTOM_STRANGERS and not any(
                _RELATED.match(lines[up]) for up in range(max(0, at - 25), at)
            ):
                break
    return edge


def _is_portal(line: str, facts: dict[str, str]) -> bool:
    if len(line) > 400 or "。" in line:
        return False
    if _CRUMBS.match(line) or _NEIGHBOUR.match(line):
        return True
    pieces = [piece.strip(_ORNAMENT) for piece in _pieces(line)]
    if not any(_PAIR.match(piece) for piece in pieces) and any(_OTHER_LABEL.match(piece) for piece in pieces):
        return False
    found: dict[str, str] = {}
    if not all(_is_piece(piece, found) for piece in pieces):
        return False
    for name, value in found.items():
        facts.setdefault(name, value)
    return True


def _pieces(line: str) -> list[str]:
    """The line cut before every label and at bars, tabs and wide gaps."""
    joined = _CELL_COLON.sub("：", line)
    begins = [hit.start(1) for hit in _PAIR.finditer(joined)]
    begins = [at for at in begins if at == 0 or not joined[at - 1].isalnum()]
    if begins:
        begins += [hit.start() for hit in _OTHER_LABEL.finditer(joined)]
    cuts = sorted({0, *begins, len(joined)})
    pieces: list[str] = []
    for start, end in pairwise(cuts):
        pieces += [piece for piece in _GAPS.split(joined[start:end]) if piece.strip(_ORNAMENT)]
    return pieces


def _is_piece(piece: str, facts: dict[str, str]) -> bool:
    pair = _PAIR.match(piece)
    if pair:
        return _is_pair(re.sub(r"\s", "", pair.group(1)), piece[pair.end() :].strip(_ORNAMENT), facts)
    if _DATE_ONLY.match(piece) or _COUNT_ONLY.match(piece):
        return True
    other = _OTHER_LABEL.match(piece)
    if other:
        return len(piece) <= _VALUE_MOST
    return all(_BUTTON.match(word) for word in piece.split())


def _is_pair(label: str, value: str, facts: dict[str, str]) -> bool:
    if len(value) > _VALUE_MOST or "。" in value or "；" in value:
        return False
    name = _FACTS.get(label)
    if name is None:
        return True
    if name.endswith("_on"):
        day = first_day(value)
        if day is None:
            return not value
        facts.setdefault(name, day.isoformat())
    elif value:
        facts.setdefault(name, value)
    return True


def _label_column(lines: Sequence[str], at: int, edge: Edge) -> int:
    """Labels and values on lines by turns (a metadata table one cell a line): how many lines it takes."""
    step = 0
    while at + step + 1 < len(lines):
        label = _BARE_LABEL.match(lines[at + step])
        value = lines[at + step + 1]
        if label is None or not value or _BARE_LABEL.match(value) or len(value) > _VALUE_MOST:
            break
        step += 2
    if step < 4:
        return 0
    for here in range(at, at + step, 2):
        label = _BARE_LABEL.match(lines[here])
        if label is not None and _is_pair(re.sub(r"\s", "", label.group(1)), lines[here + 1], edge.facts):
            edge.lines.update((here, here + 1))
    return step
