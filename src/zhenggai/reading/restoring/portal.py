"""Lines of the portal around a document (门户网站附加信息): labels, buttons, breadcrumbs, footers."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from zhenggai.reading import patterns as re
from zhenggai.reading.page_metadata import first_day

if TYPE_CHECKING:
    from collections.abc import Sequence

_FACT_LABELS: Final = {
    "published_on": (
        "发布时间 发布日期 公布日期 公布时间 公开日期 公开时间 发表时间 发布于 上传时间 时间 日期 录入时间 "
    ),
    "updated_on": ("更新时间 更新日期"),
    "dated_on": ("成文日期 生成日期 成文时间"),
    "organisation": ("发布机构 发文机关 发文机构 发布单位 发布部门 公开主体 公开单位 制发机关"),
    "index_number": ("索引号 信息索引号 索引码"),
    "document_number": ("文号 发文字号 文件编号 公开文号"),
    "source": ("来源 信息来源 文章来源 稿件来源 新闻来源"),
}
_FACTS: Final = {label: name for name, labels in _FACT_LABELS.items() for label in labels.split()}
_STRICT_LABELS: Final = """
主题分类 主题词 信息分类 信息类别 组配分类 服务对象分类 体裁分类 体裁 有效性 效力状态 时效性 是否有效
信息名称 公开形式 公开方式 公开范围 公开类别 公开时限 公开属性 公开程序 公开责任部门 所属栏目 所属主题
浏览量 浏览次数 浏览数 浏览 点击数 点击量 点击率 点击次数 点击 阅读量 阅读次数 阅读数 阅读 访问量
访问次数 人气 字号 字体 字体大小 字号大小 文字大小 关键词 关键字 分享到 分享 责任编辑 责编 编辑 作者
审核人 审核 初审 复审 终审 一审 二审 三审 一校 校对 发布人 发布者 录入 录入人 供稿 撰稿 摄影 通讯员 记者
文章编号 信息编号 稿源 撰稿人 供稿单位 编审 签发 监制 统一登记号 施行日期 废止日期 实施日期 失效日期
信息提供日期 信息来源单位 信息有效性 公开目录 信息所属单位 语音播报 分类
"""
_STRICT: Final = tuple(_STRICT_LABELS.split())
_TITLE_LABELS: Final = ("名称", "标题")
_LABELS: Final = sorted({*_FACTS, *_STRICT, *_TITLE_LABELS})
_LABEL: Final = "(?:" + "|".join(r"\s?".join(label) for label in _LABELS) + ")"
_PAIR: Final = re.compile(rf"(?:[【\[（(·•]\s*+)?({_LABEL})\s*+(?:[】\]]\s*+)?[:：]\s*+")
_OTHER_LABEL: Final = re.compile(r"(?:(?<=\s)|^)[一-鿿]{2,8}[:：](?!\d\d)")
_CELL_COLON: Final = re.compile(r"[:：]\s*[|\t]\s*")
_GAPS: Final = re.compile(r"[\t|｜丨]|\s{2,}")
_ORNAMENT: Final = " \t　[]【】()（）•·▪●■◆|"
_BARE_LABEL: Final = re.compile(rf"[【\[]?({_LABEL})[】\]]?\s*[:：]?$")
_DATE_ONLY: Final = re.compile(
    r"(?:19|20)\d\d\s?[-./年]\s?\d{1,2}\s?[-./月]\s?\d{1,2}日?"
    r"(?:[ T]{0,2}\d{1,2}[:：时]\d{1,2}(?:[:：分]\d{1,2}秒?)?)?$"
)
_COUNT_ONLY: Final = re.compile(r"(?:\d{1,9}(?:\s?次)?|[-—]+|\$\{?\w*\}?)$")
_BUTTON_WORDS: Final = """
打印本页 打印此页 打印文章 打印正文 打印页面 打印 关闭窗口 关闭本页 关闭页面 关闭此页 关闭 分享按钮
分享到 分享至 分享 收藏本页 收藏本文 收藏 复制链接 复制本文链接 我要纠错 我要收藏 我要打印 我要分享
我要评论 字号 字体 特大 超大 默认 缩小 放大 增大 减小 大 中 小 返回顶部 返回列表 返回上一页 返回首页
返回 回到顶部 首页 微信扫一扫 微信 新浪微博 腾讯微博 微博 QQ空间 QQ好友 QQ 朋友圈 人人网 豆瓣 百度贴吧
更多 保存本页 保存 下载本页 下载文档 下载Word 下载PDF 下载 点赞 赞 推荐给朋友 无障碍浏览 无障碍阅读
无障碍 关怀版 进入关怀版 长者版 长者模式 长者助手 适老版 语音播报 语音朗读 听全文 播放 暂停 繁体字
简体字 繁体 简体 手机版 电脑版 纠错 评论 上一篇 下一篇 上一条 下一条 没有了 暂无 视力保护色 T|T
政府邮箱登录 政府邮箱 个性化定制 English 智能问答 网站支持IPv6 登录 注册 我的收藏 政务公开 二维码 A+ A-
A + - 设为首页 加入收藏 加为收藏 繁体版 简体版 繁體版 網站地圖 网站首页 联系我们 站内搜索
"""
_BUTTON: Final = re.compile(
    r"(?:用?(?:微信)?[\"“]?扫一扫[^。]{0,30}$|[【\[(（]?(?:"
    + "|".join(re.escape(word) for word in sorted(_BUTTON_WORDS.split(), key=len, reverse=True))
    + r")[】\])）]?[:：]?)++$",
    re.IGNORECASE,
)
_CRUMBS: Final = re.compile(
    r"(?:您|你|当前|现在|目前|所在)(?:的|现在|目前|当前|所在){0,3}(?:位置|栏目)(?:是|为)?\s*[:：>＞].{0,150}$"
    r"|导航\s*[:：].{0,150}$|(?:网站|本站)?首页\s*(?:[>＞»›→/\\|·-]|&gt;).{0,150}$"
)
_NEIGHBOUR: Final = re.compile(r"(?:上|下|前|后)一?[篇条则页](?:文章|信息|新闻)?\s*[:：].{0,150}$")
_FOOTER: Final = re.compile(
    r"版权所有|copyright|©|网站标识码|ICP备|公网安备|网安备|网站地图|站点地图|技术支持\s*[:：]|技术维护\s*[:：]"
    r"|建议使用.{0,12}分辨率|^关于我们|隐私(?:保护|政策|声明)|网站声明|(?:主办|承办)(?:单位|方)?\s*[:：]"
    r"|All Rights Reserved|您是第.{0,12}位访|访问统计|浏览器.{0,10}版本",
    re.IGNORECASE,
)
_DISCLAIMER: Final = re.compile(
    r"(?:免责声明|版权声明|特别声明|本文(?:来源|转载)|本站|本网|凡本网|如有侵权|转载请|内容来源).{0,60}"
    r"(?:网络|转载|侵权|删除|无关|注明|版权|原创)"
)
_RELATED: Final = re.compile(
    r"(?:相关(?:链接|文章|阅读|新闻|信息|推荐|资讯|内容|报道|稿件)|推荐(?:阅读|文章|新闻)|热门(?:文章|新闻|推荐|资讯|排行)"
    r"|延伸阅读|猜你喜欢|最新(?:文章|资讯|信息)|精彩推荐|大家都在看|阅读排行|点击排行|友情链接)\s*[:：]?$"
)
_WEAK: Final = frozenset({"时间", "日期", "名称", "标题", "分类", "阅读", "点击", "浏览"})
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
            if strangers > _TOP_STRANGERS or len(line) > 80 or "。" in line:
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
        if _is_portal(line, edge.facts) or _is_footer(line):
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


def _is_footer(line: str) -> bool:
    if len(line) > 300:
        return False
    return bool(_DISCLAIMER.match(line)) or ("。" not in line and bool(_FOOTER.search(line)))


def _is_portal(line: str, facts: dict[str, str]) -> bool:
    if len(line) > 400 or "。" in line:
        return False
    if _CRUMBS.match(line) or _NEIGHBOUR.match(line):
        return True
    pieces = [piece.strip(_ORNAMENT) for piece in _pieces(line)]
    found: dict[str, str] = {}
    kinds = [_kind(piece, found) for piece in pieces]
    # A date, a count or a weak label alone may be the document's own.
    if "" in kinds or not ("strong" in kinds or (len(kinds) > 1 and "weak" in kinds)):
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


def _kind(piece: str, facts: dict[str, str]) -> str:
    """``strong`` (only a portal prints it), ``weak``, ``bare`` (date, count); empty: the document's own."""
    pair = _PAIR.match(piece, len(piece) - len(piece.lstrip()))
    if pair:
        label = re.sub(r"\s", "", pair.group(1))
        if not _is_pair(label, piece[pair.end() :].strip(_ORNAMENT), facts):
            return ""
        return "weak" if label in _WEAK else "strong"
    if _DATE_ONLY.match(piece) or _COUNT_ONLY.match(piece):
        return "bare"
    if _OTHER_LABEL.match(piece):
        return "bare" if len(piece) <= _VALUE_MOST else ""
    return "strong" if all(_BUTTON.match(word) for word in piece.split()) else ""


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
