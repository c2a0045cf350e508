"""Kind of a document (文种), and whether it reports on an inspection's findings and their results."""

from __future__ import annotations

from zhenggai.domain.reading import DocumentKind
from zhenggai.reading import patterns as re
from zhenggai.reading.interpreting.bodies import inspector_of, without_column

IMPROVED = r"缺失.{0,8}改善|改善情形"
"""Words for rectification in Taiwan (缺失改善情形)."""
_ABOUT = re.compile(rf"巡[察视]|整改|审计|督[察查]|反馈|隐患|台账|问题清单|{IMPROVED}")
_GATHERING = re.compile(
    r"召开|听取|举行|传达|会议|调研|督导组|启动|进驻|座谈|推进会|走访|动员|学习|全部(?:公开|公布)"
)
_ASKS_FOR = re.compile(
    r"关于(?:报送|上报|填报|征集|开展|做好|组织|进一步|加强|召开|举办|启动|部署)[^《》]*的?(?:紧急)?通知(?:[(（].{1,12}[)）])?$"
)
"""What others are to do, by a notice that tells nothing yet (关于报送整改情况的通知)."""
_HEARD = re.compile(r"(?:听取|审议)[^“”]{2,40}(?:报告|汇报)$")
_KINDS: tuple[tuple[DocumentKind, re.Pattern[str]], ...] = (
    (
        DocumentKind.CLOSURE_NOTICE,
        re.compile(r"销号.{0,12}(?:公[示告]|通[报告])|(?:公[示告]).{0,8}销号|验收销号"),
    ),
    (DocumentKind.LEDGER, re.compile(r"台账|(?:问题|任务|责任|整改|措施|三张?)清单|一览表")),
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
        re.compile(rf"报告|汇报|的?函$|复函|回复|整改.{{0,12}}情况|情况.{{0,6}}说明|{IMPROVED}"),
    ),
)
_CLOSING = re.compile(r"销号.{0,30}(?:予以|进行)公示")
_SAYS: tuple[tuple[DocumentKind, re.Pattern[str]], ...] = (
    (
        DocumentKind.FEEDBACK,
        re.compile(r"现将巡[察视](?:发现|反馈)?(?:的)?(?:主要)?(?:情况|问题)(?:通报|反馈)"),
    ),
    (DocumentKind.CLOSURE_NOTICE, _CLOSING),
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
_BYLINE = re.compile(
    r"[。！？”][ \u3000]*[(（](?:[\u4e00-\u9fff·]{2,3}(?<![局科办室部委组处站所改成结期位])(?:[ \u3000、]"
    r"|(?=[)）]))){1,4}[)）]\s*\Z"
)
"""Who wrote an article, in brackets behind its last sentence."""
_ONLY_LISTS = re.compile(r"^(?!.*(?:整改|任务|责任|措施|台账|一览表)).*问题清单")
_MEETING = re.compile(
    r"(?:反馈会|会)上[,，]|反馈时指出|表态(?:发言)?[。,，:：]|表态发言|(?:主持(?:召开)?|出席|列席|参加)(?:了)?(?:巡察)?(?:反馈)?会议"
    r"|会议由|召开[^。，,]{0,16}反馈(?:大)?会"
)
"""People at a meeting: a notice tells of none in its first lines, a news item does."""


_HEADLINE = re.compile(r"组向[^，,。]{2,24}反馈(?:巡[察视])?(?:意见|情况)?$")
"""Who told whom (县委第二巡察组向示例局反馈意见), as no document that is given to somebody is called."""


def _told_as_news(kind: DocumentKind, title: str, lead: str) -> bool:
    """Whether what a title calls feedback is a news item of the meeting at which it was given."""
    if kind is not DocumentKind.FEEDBACK:
        return False
    given = _HEADLINE.search(title) is not None or ("意见" not in title and "书" not in title)
    return given and _MEETING.search(lead[:1200]) is not None


_COMPLETED = re.compile(r"整改(?:任务|工作)?(?:已)?完成(?:的)?情况.{0,4}公[示告]|完成整改.{0,8}公[示告]")
_OF_ENVIRONMENT = re.compile(r"督察|环保|环境保护|生态环境|环境问题|信访举报")


def _publishes_closing(title: str, lead: str) -> bool:
    """Whether title or lead says of environmental findings that they are set right (整改完成情况公示).

    Such a notice stands before their closing, whether or not it has the word for that.
    """
    told = _COMPLETED.search(title) is not None or _CLOSING.search(lead[:400]) is not None
    return told and _OF_ENVIRONMENT.search(title + lead[:400]) is not None


def kind_of(title: str | None, lead: str, *, headings: int, rows: int) -> DocumentKind:
    """Kind of document (文种) by its title, else by what its lead says of itself."""
    title = without_column(title) if title else title
    if (
        title
        and "关于" not in title
        and _GATHERING.search(title)
        and (not title.endswith(("通报", "公示", "报告", "方案")) or _HEARD.search(title))
    ):
        return DocumentKind.NEWS if _NEWS.search(lead[:400]) else DocumentKind.OTHER
    if title and _ASKS_FOR.search(title):
        return DocumentKind.OTHER
    for words, table in ((title or "", _KINDS), (f"{lead[:900]}\n{lead[900:][-400:]}", _SAYS)):
        for kind, pattern in table:
            if words and pattern.search(words) and (table is _KINDS or _ABOUT.search(words)):
                if kind is DocumentKind.LEDGER and not rows and _ONLY_LISTS.search(words):
                    return DocumentKind.FEEDBACK
                if kind is DocumentKind.NOTICE and table is _KINDS and _publishes_closing(words, lead):
                    return DocumentKind.CLOSURE_NOTICE
                return DocumentKind.NEWS if _told_as_news(kind, words, lead) else kind
    if rows and not lead.strip():
        return DocumentKind.LEDGER
    if (not headings and (_NEWS.search(lead[:400]) or _BYLINE.search(lead[-40:]))) or (
        title is None and _MEETING.search(lead[:400])
    ):
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
