"""What stands before the first heading: title, lines of the portal, lead."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from zhenggai.domain.spans import Span
from zhenggai.reading import patterns as re
from zhenggai.reading.interpreting.dates import signature_day, spoken_day
from zhenggai.reading.interpreting.kinds import IMPROVED
from zhenggai.reading.outline_lines import Paragraph, ParagraphKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_FORMS = (
    rf"(?:{IMPROVED})(?:情形|情况)?|通报|公示|公告|报告|方案|函|清单|台账|意见|汇报|通知|情况|讲话|说明|公布"
    r"|公开|一览表|责任清单|措施|(?<=的)反馈"
)
_TABLES = r"(?:分解|明细|汇总|统计|情况|登记|任务|责任|进展|进度|台账|清单|落实|措施|整改)"
_TITLE_END = re.compile(
    rf"(?:(?:{_FORMS})(?:书|表|稿)?|{_TABLES}表)[”\"』」]?(?:[(（][^()（）]{{1,20}}[)）])?$"
)
_ABOUT = re.compile(rf"巡[察视]|整改|审计|督[察查]|反馈|隐患|台账|问题清单|{IMPROVED}")
_BRACKETED = re.compile(
    r"[【\[〔〖《](?P<title>[^【】\[\]〔〕〖〗《》]{2,60}(?:清单|台账|通报|公[示告]|报告|方案|意见))[】\]〕〗》]"
)
"""A title in brackets, where no other line is one."""
_PORTAL = re.compile(
    r"(?:信息)?索\s*引\s*号|文件名称|名\s*称\s*[:：]|标\s*题|发布(?:机构|单位|时间|日期)|成文日期|公开方式|发文(?:机关|字号"
    r"|日期)|文\s*号|主题(?:分类|词)|信息(?:来源|名称|分类)|来源|日期|浏览(?:量|次数)|点击|字[号体]|分享"
    r"|朗读|访问量|阅读|有效性|作者|编辑|当前位置|您(?:当前|现在)?(?:所在)?的?位置|首页"
)
_PLAIN = re.compile(r"[\u4e00-\u9fff“”()（）、·—《》 \u3000]{3,40}")
_LEAD = re.compile(
    r"(?:根据|按照|为|经|受|近期|自|在|20\d\d年|\d{1,2}月|本|我|近日|各|现将|区委|县委|市委|省委|中央"
    r"|同志们|主任|尊敬)"
)
_BEGINS_TITLE = re.compile(
    r"关于|(?:委员会|党组|党委|总支|支部|工委|局|部|委|办|办公室|政府|厅|院|学校|大学|公司|集团|中心|处|站|所|会|馆"
    r"|镇|乡|街道|办事处|[中小]学|幼儿园)$"
)
_DAY_BEHIND = re.compile(
    r"(?P<mark>[ \u3000]*[/／|｜]?[ \u3000]*)[(（]\s*(?:\d{4}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日"
    r"|二[〇○零Ｏ0一二三四五六七八九]{3}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日)\s*[)）]\Z"
)
"""The day behind a title on the same line."""
_REST = re.compile(r"的?(?:通报|公[示告]|报告|函|方案|意见|通知)(?:[(（][^()（）]{1,20}[)）])?")
"""The last word of a title on a line of its own, below the rest of it."""
_OF_INSPECTORS = re.compile(r"(?:督[察查]|巡[察视]|审计)(?:组)?(?:反馈)?(?:报告|意见)(?:的|反馈)?")
_ANSWER = re.compile(
    r"的?(?:反馈)?(?:问题)?整改(?:落实|措施|任务|责任|工作|进展|完成)*(?:情况)?的?"
    r"(?:清单|方案|台账|通报|公[示告]|报告|一览表)(?:[(（][^()（）]{1,20}[)）])?"
)
"""How a title goes on below the name of what it answers (…督察报告⏎整改措施清单)."""
_GOES_ON = frozenset("至到，,、—－-")
_TOP_LINES = 20


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
    if span is None:
        title = _from_metadata(metadata)
        if lines and (not portal or len(lines) >= _TOP_LINES):
            lead_start = lines[0].start
    else:
        begin = _reads_on(text, paragraphs, span.end, lead_start)
        lead_start = lead_start if begin is None else begin
        rest = [item for item in rest if item.start < lead_start]
    portal.extend(rest)
    return Opening(title, span, tuple(portal), Span(min(lead_start, first_heading), first_heading))


def _is_lead(line: str, *, after_title: bool) -> bool:
    if len(line) > 90 or line.endswith(("。", "；")):
        return True
    return (after_title and line.endswith(("：", ":"))) or (
        len(line) > 40 and _LEAD.match(line) is not None and "。" in line
    )


def _reads_on(text: str, paragraphs: Sequence[Paragraph], start: int, end: int) -> int | None:
    """Where the first sentence below the title begins that a line break cuts, in ``text[start:end]``."""
    below = [line for line in paragraphs[: 2 * _TOP_LINES] if start <= line.start <= end]
    for line, after in pairwise(below):
        words = text[line.start : line.end]
        is_day = signature_day(words) is not None
        if text[after.start] in _GOES_ON if is_day else _is_running(words):
            return line.start
    return None


def _is_running(words: str) -> bool:
    """Whether a line below the title reads like the beginning of a sentence."""
    if spoken_day(words) is not None or _TITLE_END.search(words) or _PORTAL.match(words):
        return False
    if "，" in words or "," in words:
        return True
    return _LEAD.match(words) is not None and not _owns(words) and words[-1] != "号"


def _title(text: str, lines: Sequence[Paragraph]) -> tuple[str | None, Span | None, list[Span]]:
    days = [_DAY_BEHIND.search(text, line.start, line.end) for line in lines]
    ends = [day.start() if day else line.end for day, line in zip(days, lines, strict=True)]
    whole = [re.sub(r"\s", "", text[line.start : end]) for line, end in zip(lines, ends, strict=True)]
    for place, line in enumerate(whole):
        above = whole[place - 1] if place else ""
        about = bool(_ABOUT.search(line) or "关于" in line)
        if (
            "现将" in line
            or "現將" in line
            or not _TITLE_END.search(line)
            or not (about or ("关于" in above and _ABOUT.search(above)))
            or (place + 1 < len(whole) and _is_of_page(line, whole[place + 1]))
            or (place + 1 < len(whole) and _is_rest(line, whole[place + 1]))
        ):
            continue
        first = place
        if place and (_is_rest(above, line) or (not _TITLE_END.search(above) and _owns(above))):
            first = place - 1 - (place > 1 and above.startswith("关于") and _owns(whole[place - 2]))
        title = re.sub(r"\s", "", "".join(whole[first : place + 1]))
        rest = [Span(item.start, item.end) for index, item in enumerate(lines) if not first <= index <= place]
        if (day := days[place]) is not None:
            rest.append(Span(day.end("mark"), day.end()))
            rest.extend([Span(*day.span("mark"))] if day["mark"] else [])
        return title, Span(lines[first].start, ends[place]), rest
    for place, printed in enumerate(lines):
        bracketed = _BRACKETED.fullmatch(text, printed.start, printed.end)
        if bracketed is not None and _ABOUT.search(bracketed["title"]):
            rest = [Span(item.start, item.end) for item in (*lines[:place], *lines[place + 1 :])]
            return bracketed["title"], Span(*bracketed.span("title")), rest
    return None, None, []


def _is_rest(line: str, below: str) -> bool:
    """Whether the line ``below`` is the rest of a title that ``line`` begins."""
    if _REST.fullmatch(below):
        return True
    ends = list(_OF_INSPECTORS.finditer(line))
    return bool(ends) and ends[-1].end() == len(line) and _ANSWER.fullmatch(below) is not None


def _is_of_page(line: str, below: str) -> bool:
    """Whether ``line`` is only what a page is called (整改通报), above the whole title of its document."""
    if "关于" in line or not _TITLE_END.search(below):
        return False
    owner, about, _ = below.partition("关于")
    return bool(about) and _owns(owner) and _ABOUT.search(below) is not None


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
