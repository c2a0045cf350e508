"""The closing lines of a notice: how to answer (联系方式), signature (落款), day; texts that break off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhenggai.domain.reading import Contact
from zhenggai.domain.spans import Span
from zhenggai.reading import patterns as re
from zhenggai.reading.interpreting.dates import first_day, signature_day
from zhenggai.reading.interpreting.labels import META
from zhenggai.reading.interpreting.status import is_status
from zhenggai.reading.outline_lines import Paragraph, ParagraphKind
from zhenggai.reading.outline_marks import mark_at

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from zhenggai.reading.interpreting.labels import Label
    from zhenggai.reading.outline import Heading

_CONTACT_LABEL = (
    r"(?:联\s?系\s?(?:电\s?话|方式|人|地址|部门|单位)|监督(?:举报)?电话|举报(?:电话|邮箱|信箱)|咨询电话"
    r"|电\s?话|传\s?真|手机|邮\s?政\s?信\s?箱|通\s?[讯信]\s?地\s?址|邮寄地址|来信(?:来访)?地址"
    r"|电子\s?(?:邮\s?[箱件]|信箱)|邮\s?箱|信\s?箱|地\s?址|邮\s?编|邮政编码|受理(?:电话|时间|单位)"
    r"|反馈(?:电话|方式|邮箱))(?:地址)?"
)
_CONTACT = re.compile(rf"[\s\S]{{0,12}}?{_CONTACT_LABEL}\s*[:：为]|{_CONTACT_LABEL}")
_CONTACT_BEHIND = re.compile(
    r"(?<=[。；;])[ \u3000]*(?:联系(?:人|电话|方式|地址)|(?:监督|举报|咨询)电话)"
    r"[ \u3000]*[:：][^。\n]{3,200}[。]?\Z"
)
"""What comes behind the last sentence of a paragraph, on the same line."""
_INVITES = re.compile(
    r"欢迎|如有(?:意见|异议|不同|问题)|公(?:示|开)(?:期|时间)|(?:意见|建议|异议).{0,20}(?:反映|反馈|联系)"
    r"|接受.{0,20}监督|请.{0,12}(?:及时)?向.{0,20}反映"
)
_ANNOUNCES = re.compile(
    r"第[\d一二三四五六七八九十百]{1,4}项[^。]{0,80}(?:整改|销号)|现将|现予|予以公[布示开]|如下[:：]|整改情况[:：]"
)
_CLOSING = re.compile(
    r"(?:专此|此致|此复).{0,8}|特此(?:公[示告布]|通报|报告|函[告复]?|说明|通知)|(?:以上|此|现予)(?:报告"
    r"|函复|公[示布]|通报)[,，。]?(?:请.{0,8})?|附\s?[件表注]?\s?\d{0,2}\s?[:：].*|附\s?[件表]\s?\d{0,2}"
    r"|(?:来源|编辑|责任编辑|责编|审核|校对|作者|供稿|撰稿|初审|复审|终审|签发|一审|二审|三审|发布(?:时间"
    r"|日期)|信息来源)\s?[:：].*|[(（](?:来源|编辑|责编|此件).*[)）]|[(（](?:盖章|公章|印章)[)）]"
    r"|抄[送报][:：].*|此页无正文.*"
    r"|请[^。]{0,24}[于在自][^。]{2,24}[前内][^。]{2,40}。"
)
_FOOT = re.compile(
    r"[【\[(（]?[ \u3000]*(?:打印(?:本[页文稿])?|关闭(?:窗口|本页)|返回(?:顶部|列表|首页)"
    r"|[上下]一?[篇条][:：]|分享到|扫一扫|相关(?:链接|阅读|文档|附件|新闻|稿件)|版权所有|[主承]办(?:单位)?[:：]|技术支持"
    r"|网站(?:标识码|地图)|[\u4e00-\u9fff]?(?:ICP备|公网安备)"
    r"|(?:本页|累计)?(?:浏览|阅读|访问|点击)(?:次数|量|数))[^。]{0,80}"
)
"""Lines of the page below the document."""
_PROMISE = re.compile(
    r"[^,，。；：“”]{0,30}(?:党组|党委|党工委|党总支|党支部|委员会)将(?:继续|持续|进一步|以|坚持|认真|严格|深入)"
)
_SIGNATURE = re.compile(
    r"(?:中共|中国共产党)?[\u4e00-\u9fff·×()（）“”0-9 \u3000]{2,40}(?:委员会|党组|党委|党总支|党支部|总支部"
    r"|支部|局|委|办|办公室|政府|厅|院|校|学院|大学|学校|[中小]学|幼儿园|公司|集团|中心|小组|处|站|所|会|馆"
    r"|镇|乡|街道|办事处|医院|组|队)[ \u3000]*"
)
_SEALED = re.compile(r"[ \u3000]*[(（](?:盖章|公章|印章|签章|章)[)）][ \u3000]*\Z")
_BELOW_MOST = 12
"""So many lines of a mirror may stand below the signature."""
_TELLS = re.compile(r"(?:问题|整改|措施|情况|进度|状态)[^。，,:：]{0,4}[】\]]?[:：]|关于[“\"]")
"""What is told below a signature is an appendix with findings, no mirror's line."""
_UNKNOWN = re.compile(r"(?!已|正在|目前)[\u4e00-\u9fff·（）()]{4,30}")
"""Who signs, where the name ends like none that is known."""
_PHONE = re.compile(
    r"(?<![\d.])(?:[(（]?0\d{2,3}[)）]?\s?[-—–－―]{0,2}\s?\d{7,8}|1[3-9]\d{9}|(?<![-—–－―\d])\d{7,8}"
    r"|400[-—]?\d{3}[-—]?\d{4}|12\d{3})(?:[-—转]\d{1,5})?(?![\d号年月%])"
)
_EMAIL = re.compile(r"[A-Za-z0-9_.+-]{1,64}\s?[@＠]\s?[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5}")
_ADDRESS = re.compile(
    r"(?:邮\s?政\s?信\s?箱|通\s?[讯信]\s?地\s?址|邮寄地址|来信(?:来访)?地址|联系地址|(?<!网)地\s?址"
    r"|信\s?箱)(?:地址)?\s*[:：为]\s*(?P<a>[^\n;；。]{3,80}?)(?=[;；。\n]"
    r"|[ \u3000]{1,9}中(?:共|国共产党)[^\n]{2,40}(?:委员会|党[组委]|支部)[ \u3000]{0,9}(?:\n|\Z)"
    r"|[,，、 \u3000(（]*(?:邮\s?编"
    r"|邮政编码|联系|电话|电子|邮箱|收件)|\Z)"
)
_PARTY = re.compile(r"中(?:共|国共产党)\S{2,40}(?:委员会|党[组委]|总支|支部)")
"""A signature in the line below a label that has nothing behind it."""
_NOTE = re.compile(r"[(（,，][^()（）,，]{0,6}(?:注明|信封|标明)[^()（）]*[)）]?$")
_CLOSED = re.compile(r"[^()（）]+(?=[)）])")
_OVERSEES = re.compile(r"领导小组|巡[察视]|督[察查]|审计|应急|安全|监督|监察|纪委|办公室|环境")
_SHORT = 46
_WHOLE = 120
"""A paragraph of this length that announces something is the notice itself, with its address."""
_MONTH_ONLY = re.compile(
    r"[ \u3000(（]*(?:20\d\d|二[〇○零][二三四五][〇○零一二三四五六七八九])\s?年"
    r"\s?[\d一二三四五六七八九十]{1,2}\s?月[ \u3000)）]*"
)
_NEXT = re.compile(r"(?:下一?步|接下来|下(?:一)?阶段|今后)[,，]")
_OF_ALL = re.compile(
    r"巡[察视]|整改(?:成[果效]|工作|任务|落实|责任)|党组|党委|党工委|党总支|党支部"
    r"|标本兼治|举一反三|长效机制|常态长效|长效常态"
    r"|我[局镇乡县市区院校街委办司]"
)
_FINISHED = frozenset('。！？；.!?;)）]】”》」』’"…|')


@dataclass(frozen=True, slots=True)
class Closing:
    """Where the closing lines begin, and the day under the signature with its place."""

    start: int
    signed_on: date | None
    signed_span: Span | None
    signatures: tuple[Span, ...]


def closing(text: str, paragraphs: Sequence[Paragraph], floor: int = 0) -> Closing:
    """Read the closing lines of ``text`` from the last paragraph upwards, never above ``floor``."""
    start = len(text)
    signed_on, signed_span = None, None
    signatures: list[Span] = []
    signed_at = _signed_at(text, paragraphs, floor)
    for place in range(len(paragraphs) - 1, -1, -1):
        paragraph = paragraphs[place]
        if paragraph.kind is ParagraphKind.PAGE:
            continue
        line = text[paragraph.start : min(paragraph.end, paragraph.start + 400)]
        if paragraph.kind is ParagraphKind.ROW or paragraph.start < floor:
            break
        if place > signed_at >= 0:
            start = paragraph.start
            continue
        signed = signature_day(line)
        if signed is not None:
            if place < 4 and place < len(paragraphs) - 3:
                break
            signed_on, signed_span = signed, Span(paragraph.start, paragraph.end)
        elif not (_closes(text, paragraph, line) or _looks_ahead(text, paragraphs, place)):
            if place and _MONTH_ONLY.fullmatch(line):
                pass
            elif place and (name := _signature(text, paragraph)) is not None:
                signed_on = signed_on or _signed_with_day(line)
                signatures.append(name)
            elif (tail := _signed_with_day(line)) is not None and place and len(line) <= _SHORT:
                signed_on, signed_span = (
                    signed_on or tail,
                    signed_span or Span(paragraph.start, paragraph.end),
                )
            elif place and start == getattr(signed_span, "start", None) and _unknown(text, paragraphs, place):
                signatures.append(Span(paragraph.start, paragraph.end))
            else:
                behind = _CONTACT_BEHIND.search(
                    text, max(paragraph.start, paragraph.end - 400), paragraph.end
                )
                start = behind.start() if behind is not None else start
                break
        start = paragraph.start
    return Closing(start, signed_on, signed_span, tuple(signatures))


def _signed_at(text: str, paragraphs: Sequence[Paragraph], floor: int) -> int:
    """The place of the last line of the signature where only lines of a mirror follow it, or -1.

    A signature is a name and a day, one below the other or on one line.
    """
    lowest = max(1, len(paragraphs) - _BELOW_MOST - 1)
    for place in range(len(paragraphs) - 1, lowest - 1, -1):
        paragraph = paragraphs[place]
        line = text[paragraph.start : paragraph.end]
        if paragraph.kind is ParagraphKind.ROW or paragraph.start < floor:
            return -1
        if mark_at(text, paragraph.start, paragraph.end) is not None or _TELLS.search(line):
            return -1
        beside = paragraphs[place - 1]
        if len(line) <= _SHORT and (
            _signed_with_day(line) is not None
            or (signature_day(line) is not None and _signature(text, beside) is not None)
            or (signature_day(text[beside.start : beside.end]) is not None and _signature(text, paragraph))
        ):
            return place
    return -1


def _signature(text: str, paragraph: Paragraph) -> Span | None:
    """The name that ``paragraph`` consists of, without its seal, or null."""
    if paragraph.end - paragraph.start > 2 * _SHORT:
        return None
    sealed = _SEALED.search(text, paragraph.start, paragraph.end)
    end = sealed.start() if sealed else paragraph.end
    if end - paragraph.start > _SHORT or mark_at(text, paragraph.start, paragraph.end) is not None:
        return None
    return Span(paragraph.start, end) if _SIGNATURE.fullmatch(text, paragraph.start, end) else None


def _unknown(text: str, paragraphs: Sequence[Paragraph], place: int) -> bool:
    """Whether the line above the last day names who signs, in no way that is known, below a full stop."""
    line, above = paragraphs[place], paragraphs[place - 1]
    if _UNKNOWN.fullmatch(text, line.start, line.end) is None or text[above.end - 1] != "。":
        return False
    return mark_at(text, line.start, line.end) is None and not is_status(text[line.start : line.end])


def _looks_ahead(text: str, paragraphs: Sequence[Paragraph], place: int) -> bool:
    """Whether a paragraph alone tells what the whole organisation does next (下一步，局党组将…)."""
    paragraph = paragraphs[place]
    if _NEXT.match(text, paragraph.start, paragraph.end) is None:
        return False
    if _OF_ALL.search(text, paragraph.start, paragraph.end) is None:
        return False
    return not any(_NEXT.match(text, other.start, other.end) for other in paragraphs[:place])


def signed_by(text: str, closing: Closing) -> str | None:
    """The one organisation that signed and is not a body that inspects, or null."""
    names = [re.sub(r"\s", "", span.of(text)) for span in closing.signatures]
    names = [name for name in names if not _OVERSEES.search(name)]
    return names[0] if len(names) == 1 else None


def _signed_with_day(line: str) -> date | None:
    """The day at the end of a signature printed on one line with it."""
    found = re.fullmatch(
        r"(?P<who>.{4,36}?)[ \u3000]*(?P<day>(?:\d{4}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日)"
        r"|[二〇○零一三四五六七八九]{4}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日)",
        line,
    )
    if found is None or not _SIGNATURE.fullmatch(found["who"].strip()):
        return None
    return signature_day(found["day"])


def _closes(text: str, paragraph: Paragraph, line: str) -> bool:
    if mark_at(text, paragraph.start, paragraph.end) is not None:
        return False
    if _CLOSING.match(line) or _FOOT.fullmatch(line) or _PROMISE.match(line):
        return True
    if paragraph.end - paragraph.start > 400 or (len(line) > _WHOLE and _ANNOUNCES.search(line)):
        return False
    if _CONTACT.match(line) or _EMAIL.search(line):
        return True
    if _ANNOUNCES.search(line):
        return False
    return (
        _INVITES.search(line[:160]) is not None
        and re.search(r"监督|反映|反馈|联系|公示|意见", line) is not None
    )


def contact(text: str, start: int, end: int) -> Contact | None:
    """Telephone numbers, e-mail and postal addresses printed in ``text[start:end]``, or null."""
    area = text[start:end]
    if not re.search(_CONTACT_LABEL, area) and not _EMAIL.search(area):
        return None
    places: list[tuple[int, int]] = []
    emails_found = _unique(area, _EMAIL, places)
    masked = _EMAIL.sub(lambda found: ";" * len(found[0]), area)
    addresses: list[str] = []
    for found in _ADDRESS.finditer(masked):
        value = _address(found["a"])
        named = _PHONE.fullmatch(value) or _PARTY.fullmatch(value)
        if value and not named and value not in addresses:
            addresses.append(value)
            places.append(found.span("a"))
    codes = re.sub(r"(?:邮\s?编|邮政编码)\s*[:：]?\s*\d{6}", lambda found: " " * len(found[0]), masked)
    phones = _unique(codes, _PHONE, places)
    if not places:
        return None
    first, last = min(low for low, _ in places), max(high for _, high in places)
    return Contact(tuple(phones), tuple(emails_found), tuple(addresses), Span(start + first, start + last))


def _address(printed: str) -> str:
    """An address without a note about the envelope, and without what follows the bracket it stands in."""
    value = _NOTE.sub("", printed)
    closed = _CLOSED.match(value)
    return (closed[0] if closed else value).strip(" \u3000,，、")


def _unique(area: str, pattern: re.Pattern[str], places: list[tuple[int, int]]) -> list[str]:
    values: list[str] = []
    for found in pattern.finditer(area):
        value = re.sub(r"\s", "", found[0])
        places.append(found.span())
        if value not in values:
            values.append(value)
    return values


def breaks_off(
    text: str, paragraphs: Sequence[Paragraph], closing_start: int, labels: Sequence[Label]
) -> int | None:
    """The start of the last paragraph where the text breaks off inside it, else null."""
    prose = [paragraph for paragraph in paragraphs[-8:] if paragraph.kind is not ParagraphKind.PAGE]
    if not prose or closing_start < prose[-1].end:
        return None
    last = prose[-1]
    if last.kind is ParagraphKind.ROW:
        return None
    line = text[last.start : last.end]
    if line[-1] in "，,、：:（(“《" or line.endswith("\ufffd"):
        return last.start
    if line[-1] in _FINISHED:
        return last.start if line.endswith(("……", "...")) and len(line) > 30 else None
    value = re.split(r"[:：]", line)[-1]
    if is_status(value) or any(last.start <= label.start and label.field in META for label in labels[-1:]):
        return None
    labelled = any(last.start <= label.start < last.end for label in labels[-4:])
    counted = mark_at(text, last.start, last.end) is not None or re.match(
        r"[一二三四五六七八九十]{1,2}是", line
    )
    if len(line) > 50 or labelled or counted:
        return last.start
    return None


def ends_with_bare_headings(text: str, roots: Sequence[Heading]) -> bool:
    """Whether the last heading has no text, like those beside it: then nothing is missing."""
    beside = list(roots)
    last = beside[-1] if beside else None
    while last is not None and last.children:
        beside = last.children
        last = beside[-1]
    if last is None or text[last.title_end : last.end].strip(" 。\n"):
        return False
    others = beside[-8:-1]
    return any(not text[other.title_end : other.end].strip(" 。\n") for other in others)


def published_in(text: str) -> date | None:
    """The day of a line 发布时间：2024-03-28 within ``text``, or null."""
    found = re.search(
        r"(?:发布(?:时间|日期)|成文日期|公开日期|发文日期|生成日期|(?<![\u4e00-\u9fff])时间"
        r"|日期)\s*[:：]\s*(\d{4}[-年/.]\s?\d{1,2}[-月/.]\s?\d{1,2}日?)",
        text,
    )
    return first_day(found[1]) if found else None
