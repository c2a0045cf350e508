"""What stands before the first heading: title, kind of document, inspected organisation, inspecting body."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhenggai.domain.reading import DocumentKind
from zhenggai.domain.spans import Span
from zhenggai.reading import patterns as re
from zhenggai.reading.outline_lines import Paragraph, ParagraphKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_IMPROVED = r"缺失.{0,8}改善|改善情形"
_FORMS = (
    rf"(?:{_IMPROVED})(?:情形|情况)?|通报|公示|公告|报告|方案|函|清单|台账|意见|汇报|通知|情况|讲话|说明|公布"
    r"|公开|一览表|责任清单|措施"
)
_TABLES = r"(?:分解|明细|汇总|统计|情况|登记|任务|责任|进展|进度|台账|清单|落实|措施|整改)"
_TITLE_END = re.compile(rf"(?:(?:{_FORMS})(?:书|表|稿)?|{_TABLES}表)(?:[(（][^()（）]{{1,20}}[)）])?$")
_ABOUT = re.compile(rf"巡[察视]|整改|审计|督[察查]|反馈|隐患|台账|{_IMPROVED}")
_PORTAL = re.compile(
    r"(?:信息)?索\s*引\s*号|文件名称|名\s*称\s*[:：]|标\s*题|发布(?:机构|单位|时间|日期)|成文日期|公开方式|发文(?:机关|字号"
    r"|日期)|文\s*号|主题(?:分类|词)|信息(?:来源|名称|分类)|来源|日期|浏览(?:量|次数)|点击|字[号体]|分享"
    r"|朗读|访问量|阅读|有效性|作者|编辑|当前位置|您(?:当前|现在)?(?:所在)?的?位置|首页"
)
_PLAIN = re.compile(r"[\u4e00-\u9fff“”()（）、·—《》 \u3000]{3,40}")
_GATHERING = re.compile(
    r"召开|听取|举行|传达|会议|调研|督导组|启动|进驻|座谈|推进会|走访|动员|学习|全部(?:公开|公布)"
)
_HEARD = re.compile(r"(?:听取|审议)[^“”]{2,40}(?:报告|汇报)$")
_LEAD = re.compile(
    r"(?:根据|按照|为|经|受|近期|自|在|20\d\d年|\d{1,2}月|本|我|近日|各|现将|区委|县委|市委|省委|中央"
    r"|同志们|主任|尊敬)"
)
_KINDS: tuple[tuple[DocumentKind, re.Pattern[str]], ...] = (
    (
        DocumentKind.CLOSURE_NOTICE,
        re.compile(r"销号.{0,12}(?:公[示告]|通[报告])|(?:公[示告]).{0,8}销号|验收销号"),
    ),
    (DocumentKind.LEDGER, re.compile(r"台账|(?:问题|任务|责任|整改|措施)清单|一览表")),
    (DocumentKind.PLAN, re.compile(r"方案|整改计划|工作计划|任务分解")),
    (DocumentKind.FEEDBACK, re.compile(r"^(?!.*整改).*反馈")),
    (DocumentKind.NOTICE, re.compile(r"通报|公示|公告|公布|公开")),
    (
        DocumentKind.FEEDBACK,
        re.compile(
            r"(?<!对)反馈(?:意见|情况|问题)?(?:书|的(?:通报|函))?(?:[(（].*[)）])?$"
            r"|反馈意见(?!.{0,8}(?:整改|落实))"
        ),
    ),
    (
        DocumentKind.REPORT,
        re.compile(rf"报告|汇报|的?函$|复函|回复|整改.{{0,12}}情况|情况.{{0,6}}说明|{_IMPROVED}"),
    ),
)
_SAYS: tuple[tuple[DocumentKind, re.Pattern[str]], ...] = (
    (
        DocumentKind.FEEDBACK,
        re.compile(r"现将巡[察视](?:发现|反馈)?(?:的)?(?:主要)?(?:情况|问题)(?:通报|反馈)"),
    ),
    (DocumentKind.CLOSURE_NOTICE, re.compile(r"销号.{0,30}(?:予以|进行)公示")),
    (
        DocumentKind.NOTICE,
        re.compile(
            r"(?:现将|现就|将).{0,60}(?:公布|通报|公示|公开|公告)|现将[^。；;\n]{0,240}(?:进行|予以)公示"
            r"|予以(?:公布|公示|公开)"
        ),
    ),
    (
        DocumentKind.REPORT,
        re.compile(
            r"(?:现将|现就|将|现).{0,60}(?:报告|函告|汇报|函复|函报)(?:如下)?|请(?:予)?审[议阅]"
            r"|作了《[^《》]{4,60}报告》|报告的主要内容如下"
        ),
    ),
    (
        DocumentKind.PLAN,
        re.compile(
            r"特制[定订].{0,20}方案|(?:制定|制订)(?:了)?(?:本|如下|以下|此).{0,16}方案"
            r"|(?:制定|制订).{0,20}方案(?:如下)?[。:：]?$",
            re.MULTILINE,
        ),
    ),
    (
        DocumentKind.FEEDBACK,
        re.compile(r"现将.{0,40}反馈(?:如下|给)|巡[察视](?:中)?发现.{0,10}(?:主要)?问题[:：]"),
    ),
)
_BEGINS_TITLE = re.compile(
    r"关于|(?:委员会|党组|党委|总支|支部|工委|局|部|委|办|办公室|政府|厅|院|学校|大学|公司|集团|中心|处|站|所|会|馆"
    r"|镇|乡|街道|办事处|[中小]学|幼儿园)$"
)
_TOP_LINES = 20
_ANSWERING = re.compile(
    r"整改|销号|整治|回复|复函|采纳|办理|治理|落实[^,，。]{0,16}(?:意见|问题|反馈|要求|建议)|台账"
)
_ANSWERED = re.compile(
    r"整改(?:工作)?(?:的)?(?:落实|进展|完成|推进|具体)?(?:情况|工作)|整改报告|整改成效|已整改|完成整改|落实情况"
)
_SPEECH = re.compile(
    r"同志们|各位代表|会议|强调|表示|本文|笔者|摘\s?要|关键词|参考文献|范文|网友|解读|浅[谈析]"
)
_NEWS = re.compile(
    r"本报讯|记者|通讯员|讯\s|新华社|(?<!\d)日前|近日|\d日(?:上午|下午)|(?:会议|反馈)(?:时)?(?:指出|强调|要求)"
    r"|同志.{0,12}(?:强调|表示|主持)"
)
_ONLY_LISTS = re.compile(r"^(?!.*(?:整改|任务|责任|措施|台账|一览表)).*问题清单")
_MEETING = re.compile(
    r"(?:反馈会|会)上[,，]|表态(?:发言)?[。,，:：]|表态发言|(?:主持(?:召开)?|出席|列席|参加)(?:了)?(?:巡察)?(?:反馈)?会议"
    r"|会议由|召开[^。，,]{0,16}反馈(?:大)?会"
)
"""People at a meeting: a notice tells of none in its first lines, a news item does."""
_ORG_TITLE = re.compile(
    r"^(?P<org>[^关于\n\d在“]{2,50}?(?:委员会|党组|党委|党总支|党支部|总支部|工委|局|委|办|办公室|政府|厅|院"
    r"|部|学校|大学|学院|公司|集团|中心|处|站|所|会|馆|镇|乡|街道|办事处|医院|队|社|联|台|园|行|[中小]学|幼儿园))(?:关于|对|落实"
    r"|贯彻|巡[察视]|审计|督[察查]|整改|推进)"
)
_ORG_INSIDE = re.compile(
    r"^关于(?:对|巡[察视])?(?P<org>[\u4e00-\u9fff·()（）]{3,40}?(?:委员会|党组|党委|党总支|党支部|总支部|工委|局"
    r"|办公室|政府|厅|学校|大学|学院|公司|集团|中心|镇|乡|街道|医院|[中小]学))(?:巡[察视]|落实|整改|审计|安全|消防|隐患|存在"
    r"|开展|领导班子|的|原|反馈|20)"
)
_INSPECTED = re.compile(
    r"关于巡[察视](?P<org>[\u4e00-\u9fff·（）()]{3,40}?(?:委员会|党组|党委|党总支|党支部|党工委))(?:的)?(?:情况|反馈|整改)"
)
_INSPECTING = re.compile(r"巡[察视]组|巡[察视]办|反馈|审计组")
_INSPECTOR = re.compile(
    r"(?:中共)?(?:[\u4e00-\u9fff]{0,8}?(?:省|市|县|区|旗|州|盟|自治区)?(?:委|党委|党组|党工委)|中央|国家|省"
    r"|市|区|县|学校|集团(?:公司)?|公司|教育部)?(?:党委)?(?:[\u4e00-\u9fff]{2,4}系统)?第?[一二三四五六七八九十0-9]{0,3}(?:轮)?(?:提级"
    r"|上下联动|异地交叉|交叉|联动|专项|常规|对村|村级|延伸|机动|教育|安全生产|自然资源|政治|生态环境保护|环境保护|环保)*"
    r"(?:巡[察视](?:第?[一二三四五六七八九十0-9]{1,3})?组|督[察查]组|督导(?:检查)?组)(?!长)"
)
_RUN = re.compile(r"[\u4e00-\u9fff0-9]+")
"""Letters that the name of an inspecting body may hold: one stands in such a run or not at all."""
_UP_TO = re.compile(
    r"^.*(?:关于|根据|对照|参照|按照|做好|抓好|落实|接受|配合|收到|派出|由|经(?![开济信贸])|自(?![治贡然])|向(?!阳)|对(?!村)"
    r"|(?<![青少])年度?|月|日(?!照|喀则)|至|后|以来)(?=.{4})"
)
_AUDITOR = re.compile(
    r"(?:(?<![\u4e00-\u9fff])|(?<=[由经据照日月]))(?P<i>(?:[\u4e00-\u9fff]{0,8}(?:省|市|县|区|州|旗"
    r"|盟))?审计(?:署(?:[\u4e00-\u9fff]{1,6}特派员办事处)?|厅|局|组)|国家审计署)"
)
_SUBJECT = (
    re.compile(
        r"(?<![应面针])对(?:我)?(?P<o>[^,，。；;：:]{2,40}?)(?:领导班子)?(?:(?:党组织)?(?:进行了?|开展了?"
        r"|实施了?)[^,，。]{0,24}(?:巡[察视]|审计|督[察查]|检查|回头看)|20\d\d年)"
    ),
    re.compile(
        r"向(?P<o>[^,，。；;：:]{2,40}?)(?:领导班子)?(?:及其主要负责人)?(?:进行了?)?(?:反馈了|反馈|通报了)"
    ),
    re.compile(r"(?:巡[察视]|进驻)(?:了)?(?P<o>[\u4e00-\u9fff]{3,30}?(?:党组|党委|党总支|党支部|党工委))"),
    re.compile(
        r"现将(?P<o>[\u4e00-\u9fff]{3,30}?(?:党组|党委|党总支|党支部|党工委|委员会))"
        r"[^,，。]{0,16}整改"
    ),
)
_COLUMN_NAME = re.compile(r"^(?:【[^】]{2,12}】|\[[^\]]{2,12}\])\s*")
_NAMED = re.compile(
    r"被(?:巡[察视]|审计|督[察查]|检查)(?:单位|党组织|对象)[:：]\s*(?P<o>[^,，。；;：:\s]{2,40})"
)
_BEHIND = re.compile(
    r"派驻|开展|进行|(?<=[委组部局])书记|主要负责|党政|领导班子|落实|贯彻|执行|及其|党组织主要"
)
_NAME = 3
_SHORT_FOR = re.compile(r"[(（](?:以下|下)?(?:简)?称[^()（）]*[)）]?")
_MANY = re.compile(
    r"[两二三四五六七八九十百]+[个家]|联动|二级党|所辖|多个|部分|所属|有关|相关|等\d*(?:[一二三四五六七八九十\d]+)?(?:家|个|所)|、|\d+(?:家|个|所)|被巡[察视]|各"
)


@dataclass(frozen=True, slots=True)
class Opening:
    """The lines before the first heading: where the title stands, and where the lead begins and ends."""

    title: str | None
    title_span: Span | None
    portal: tuple[Span, ...]
    lead: Span


_NOWHERE = Span(0, 0)


@dataclass(frozen=True, slots=True)
class Frame:
    """What stood around the findings when a document was read, for explaining its reading.

    ``lead`` is the wording that facts were looked for in, ``breaks_at`` where the text breaks off.
    """

    lead: str = ""
    lead_span: Span = _NOWHERE
    portal: tuple[Span, ...] = ()
    breaks_at: int | None = None


def opening(
    text: str, paragraphs: Sequence[Paragraph], first_heading: int, metadata: Mapping[str, str]
) -> Opening:
    """Read the title (one or two lines, once or twice) above the lead."""
    portal: list[Span] = []
    lines: list[Paragraph] = []
    lead_start = first_heading
    pending_value = False
    for place, paragraph in enumerate(paragraphs[:40]):
        if paragraph.start >= first_heading or paragraph.kind is ParagraphKind.ROW:
            lead_start = min(paragraph.start, first_heading)
            break
        line = text[paragraph.start : paragraph.end]
        if paragraph.kind is ParagraphKind.PAGE:
            portal.append(Span(paragraph.start, paragraph.end))
        elif len(line) <= 90 and (
            _PORTAL.match(line)
            or (pending_value and not lines and len(line) <= 60 and not _TITLE_END.search(line))
        ):
            portal.append(Span(paragraph.start, paragraph.end))
            pending_value = line.endswith((":", "："))
        elif _is_lead(line, after_title=bool(lines)):
            lead_start = paragraph.start
            break
        else:
            pending_value = False
            lines.append(paragraph)
            lead_start = min(
                first_heading, paragraphs[place + 1].start if place + 1 < len(paragraphs) else len(text)
            )
        if len(lines) >= _TOP_LINES:
            break
    title, span, rest = _title(text, lines)
    if title is None:
        title = _from_metadata(metadata)
        if lines and (not portal or len(lines) >= _TOP_LINES):
            lead_start = lines[0].start
    portal.extend(rest)
    return Opening(title, span, tuple(portal), Span(min(lead_start, first_heading), first_heading))


def _is_lead(line: str, *, after_title: bool) -> bool:
    if len(line) > 90 or line.endswith(("。", "；")):
        return True
    return (after_title and line.endswith(("：", ":"))) or (
        len(line) > 40 and _LEAD.match(line) is not None and "。" in line
    )


def _title(text: str, lines: Sequence[Paragraph]) -> tuple[str | None, Span | None, list[Span]]:
    whole = [re.sub(r"\s", "", text[line.start : line.end]) for line in lines]
    for place, line in enumerate(whole):
        above = whole[place - 1] if place else ""
        about = bool(_ABOUT.search(line) or "关于" in line)
        if (
            "现将" in line
            or "現將" in line
            or not _TITLE_END.search(line)
            or not (about or ("关于" in above and _ABOUT.search(above)))
        ):
            continue
        first = place
        if place and not _TITLE_END.search(above) and _owns(above):
            first = place - 1 - (place > 1 and above.startswith("关于") and _owns(whole[place - 2]))
        title = re.sub(r"\s", "", "".join(whole[first : place + 1]))
        end = lines[place].end
        rest = [Span(item.start, item.end) for index, item in enumerate(lines) if not first <= index <= place]
        return title, Span(lines[first].start, end), rest
    return None, None, []


def _owns(line: str) -> bool:
    """Whether a line above 关于… consists of the organisation whose title it is."""
    return _PLAIN.fullmatch(line) is not None and _BEGINS_TITLE.search(line) is not None


def headline(text: str, head: Opening) -> tuple[str, Span] | None:
    """The first line of a news item, where it is short and unfinished like a headline."""
    line = text[head.lead.start : head.lead.end].partition("\n")[0].strip()
    if head.title is not None or not 6 <= len(line) <= 50 or line[-1] in "。；：，:;,":
        return None
    start = text.index(line, head.lead.start)
    return line, Span(start, start + len(line))


def _from_metadata(metadata: Mapping[str, str]) -> str | None:
    for name in ("title", "ArticleTitle", "og:title"):
        value = re.split(r"[_|｜]|(?<=\s)[-–—]|[-–—]{2,}", metadata.get(name, ""))[0].strip()
        if _TITLE_END.search(value) and _ABOUT.search(value):
            return value
    return None


def _told_as_news(kind: DocumentKind, title: str, lead: str) -> bool:
    """Whether what a title calls feedback is a news item of the meeting at which it was given."""
    given = kind is DocumentKind.FEEDBACK and "意见" not in title and "书" not in title
    return given and _MEETING.search(lead[:1200]) is not None


def kind_of(title: str | None, lead: str, *, headings: int, rows: int) -> DocumentKind:
    """Kind of document (文种) by its title, else by what its lead says of itself."""
    title = _COLUMN_NAME.sub("", title) if title else title
    if (
        title
        and "关于" not in title
        and _GATHERING.search(title)
        and (not title.endswith(("通报", "公示", "报告", "方案")) or _HEARD.search(title))
    ):
        return DocumentKind.NEWS if _NEWS.search(lead[:400]) else DocumentKind.OTHER
    for words, table in ((title or "", _KINDS), (f"{lead[:900]}\n{lead[900:][-400:]}", _SAYS)):
        for kind, pattern in table:
            if words and pattern.search(words) and (table is _KINDS or _ABOUT.search(words)):
                if kind is DocumentKind.LEDGER and not rows and _ONLY_LISTS.search(words):
                    return DocumentKind.FEEDBACK
                return DocumentKind.NEWS if _told_as_news(kind, words, lead) else kind
    if rows and not lead.strip():
        return DocumentKind.LEDGER
    if (_NEWS.search(lead[:400]) and not headings) or (title is None and _MEETING.search(lead[:400])):
        return DocumentKind.NEWS
    return DocumentKind.OTHER


def tells_results(title: str | None, lead: str) -> bool:
    """Whether a document says what was done about findings; one that does not only lists problems."""
    if title is None and not lead.strip():
        return True
    if title is not None and _ANSWERING.search(title):
        return True
    return _ANSWERED.search(lead) is not None


def is_about_rectification(kind: DocumentKind, title: str | None, lead: str) -> bool:
    """Whether a document of ``kind`` reports on an inspection's findings, so that wording may name one."""
    if kind is DocumentKind.NEWS:
        return False
    if kind is DocumentKind.OTHER:
        return inspector_of(lead) is not None and _SPEECH.search(lead[:900]) is None
    return _ABOUT.search(f"{title or ''}{lead[:900]}") is not None


def organisation_of(title: str | None, lead: str, top: str) -> str | None:
    """The inspected organisation as the title, a line of ``top`` or the lead names it; null for several."""
    if title:
        title = _COLUMN_NAME.sub("", title)
        for pattern in (_ORG_TITLE, _ORG_INSIDE, _INSPECTED):
            found = pattern.search(title)
            if found and not _INSPECTING.search(found["org"]):
                return _SHORT_FOR.sub("", found["org"])
    named = _NAMED.search(top)
    if named and not _MANY.search(named["o"]):
        return named["o"]
    for pattern in _SUBJECT:
        for found in pattern.finditer(lead[:1200]):
            name = _BEHIND.split(_SHORT_FOR.sub("", found["o"]).strip("“”的"))[0]
            if not _MANY.search(name) and len(name) >= _NAME and name[0] not in "你我本该其各被的":
                return name
    return None


def inspector_of(lead: str) -> str | None:
    """The inspecting body (巡察组、审计局、督察组) as the lead names it, most fully first."""
    found = [
        item[0]
        for run in _RUN.finditer(lead[:1200])
        if "组" in run[0]
        for item in _INSPECTOR.finditer(lead, *run.span())
    ]
    full = [name for name in (_UP_TO.sub("", name, count=1) for name in found) if len(name) > 3]
    if full:
        return full[0]
    auditor = _AUDITOR.search(lead[:1200])
    if auditor:
        return re.sub(r"^(?:根据|由|经|按照|日至)", "", auditor["i"])
    return None
