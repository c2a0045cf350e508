"""Paragraphs of a restored text: wrapped lines joined, one-line notices taken apart, rows set aside."""

from __future__ import annotations

from enum import Enum
from itertools import pairwise
from typing import NamedTuple

from zhenggai.reading import patterns as re
from zhenggai.reading.outline_marks import COUNTED, Mark, MarkKind, mark_at


class ParagraphKind(Enum):
    """What a stretch of lines is before anything is read from it."""

    PROSE = "prose"
    ROW = "row"
    PAGE = "page"


class Paragraph(NamedTuple):
    """``[start, end)`` of one logical line without its outer blanks."""

    start: int
    end: int
    kind: ParagraphKind = ParagraphKind.PROSE


_PAGE = re.compile(
    r"[-—–－]{1,2}\s*\d{1,3}\s*[-—–－]{1,2}|第\s*\d{1,3}\s*页(?:\s*[,，/]?\s*共\s*\d{1,3}\s*页)?"
    r"|\d{1,3}\s*/\s*\d{1,3}"
)
TERMINAL = frozenset("。；：！？.;:!?…")
IN_BRACKETS = re.compile(r"\s*+[(（【\[][^()（）【】\[\]]*[)）】\]]")
"""A line that one pair of brackets holds (（责任单位：…；完成情况：已完成）) is whole, whatever its width."""
BARS = "|｜│┃"
"""What parts the cells of a row; the last two are those of a drawn table."""
_DRAWN_RULE = re.compile(r"\s*+(?=[\u2500-\u250b]*+[\u250c-\u254b])[\s\u2500-\u257f]++")
GLYPHS = "•●◆■▪►★☆▲△◇□※▶➢"
"""Bullets at the beginning of a line; they are layout, never wording."""
_INSIDE = frozenset("，、；。）”》")
"""No line begins with one of them, unless it was broken off before it."""
_STOP = frozenset("。！？!?")
_INDENT = ("　　", "    ", "\t", "  ", "　")
_BULLET = re.compile(
    r"[一二三四五六七八九十]{1,2}(?:是|要|、)|首先|其次|再次|最后|第[一二三四五六七八九十]{1,2}[,，、是]"
)
_LABELLED = re.compile(r"[【\[]?[\u4e00-\u9fff]{2,10}(?<!如下)[】\]]?\s?[:：]|【")
_CN = "一二三四五六七八九十"
_INLINE = re.compile(
    rf"(?P<cn>(?<=[。！？!?；;\s])[{_CN}]{{1,3}}、)"
    rf"|(?P<pcn>(?<![第至和见在与、按照据“\"《])[(（][{_CN}]{{1,3}}[)）])"
    rf"|(?P<dig>(?:(?<=[。！？!?；;\s])|(?<=方面|情况|问题|如下)|(?<=如下[:：]))\d{{1,2}}[.．、](?:(?!\d)|(?=\d+(?:[个名人所家项](?!百分)|{COUNTED}))))"
    rf"|(?P<pdig>(?<=[。！？!?\s])[(（]\d{{1,2}}[)）])"
    rf"|(?P<lead>(?<=通报|公示|报告|公告|方案)(?:[ \u3000]+|(?=根据|按照))(?=(?:根据|按照|为|20\d\d年)[^。]))"
    rf"|(?P<close>(?<=[。！？!?；;])\s*(?:特此(?:通报|公示|报告|公告|函告)|公示(?:期|时间)|(?:中共"
    rf"|中国共产党)[^，。；、]{{4,30}}\s*20\d\d年\d{{1,2}}月\d{{1,2}}日\s*$))"
    rf"|(?P<word>(?<=[。！？!?；;\s])(?:反馈|具体)?(?:问题|隐患|风险|线索|疑点|事项)(?:[{_CN}]{{1,3}}|\d{{1,3}})[:：])"
)
_HINT = re.compile(
    # One class of first letters, then what each wants: that lets the search skip.
    rf"[(（{_CN}问隐风线疑事\d](?:(?<=[(（])[{_CN}]{{1,3}}[)）]|(?<=[{_CN}])、|[题患险索点项](?<=问题|隐患|风险|线索|疑点|事项)[{_CN}\d]"
    r"|(?<=\d)[.．、](?=[^\d\s]{2,60}[不未问整]))"
)
_TITLE = re.compile(
    r"(?!.*(?:现将|予以|进行))[^。；;，,：:]{4,80}(?:通报|公示|公告|报告|方案|意见|清单|台账|公布|情况)"
    r"(?:[(（][^()（）]{1,20}[)）])?"
)
# with the blanks that spread its letters; what goes on growing is looked at no more
_TITLE_MOST = 400
_TITLE_GOES_ON = re.compile(r"的|[书表稿]$|(?:通报|公示|公告|报告)$")
_DAY = re.compile(r"[(（]\s*\d{4}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日\s*[)）]")
DONE = re.compile(
    r"(?:现?已(?:经|全部|按期)?|目前|正在?)(?:整改|完成|开展|组织|制[定订]|修[订改]|清|退|追|补|整|办)[^。；;\n]*$"
)
"""A line under a heading that tells what was done, rather than the end of a wrapped heading."""
_TOP = 4
"""The title is one of so many first lines: those of the portal may stand above it."""
_THEME_RUNS_ON = re.compile(
    rf"(?:[{_CN}]{{1,3}}、|[(（][{_CN}]{{1,3}}[)）])(?:[^。；;，,：:]{{2,40}}(?:方面(?:存在的?(?:主要)?问题)?|的问题)"
    r"|(?:关于|针对)[^。；;，,：:]{2,40}问题)(?:(?:的)?整改(?:落实)?情况)?[。：:]"
    rf"[ \u3000]*(?:[(（]\d{{1,2}}[)）]|\d{{1,2}}[.．、](?:(?!\d)|(?=\d+(?:[个名人所家项]|{COUNTED}))))"
)
"""A theme with its first problem on its own line (二、师德师风方面。3.有偿补课屡禁不止。…)."""
_LONG = 120
_SHORT = 24
_NAMED = re.compile(
    rf"(?:\A|(?<=[。；;\s]))(?:\d{{1,2}}[.．、](?!\d)|[(（]\d{{1,2}}[)）]|[①-⑳]|[{_CN}]{{1,3}}、|[(（][{_CN}]{{1,3}}[)）])"
    r"[ \u3000]*(?:(?:关于|针对)[^。；;]{4,60}问题"
    r"|[^。；;，,：:]{4,60}问题[,，：:](?:目前|现)?(?:已|正在?|经|通过|组织|开展|制定|修订))"
)
"""A number and a problem that goes on with its answer (2.关于…问题，…；（2）…的问题，已…)."""
_ROW_LINES = 40
_QUOTED_MOST = 200


def paragraphs(text: str) -> list[Paragraph]:
    """The logical lines of ``text`` in order; blank lines vanish."""
    lines = _lines(text)
    width = _wrap_width(text, lines)
    joined: list[Paragraph] = []
    for line in lines:
        if joined and line.kind is ParagraphKind.PROSE:
            previous = _last_prose(joined)
            if (
                previous is not None
                and _continues(text, joined[previous], line, width)
                and not _below_title(text, joined[previous], line, first=previous < _TOP)
            ):
                joined[previous:] = [Paragraph(joined[previous].start, line.end)]
                continue
        joined.append(line)
    result: list[Paragraph] = []
    for paragraph in joined:
        length = paragraph.end - paragraph.start if paragraph.kind is ParagraphKind.PROSE else 0
        whole = length <= _LONG and _THEME_RUNS_ON.match(text, paragraph.start, paragraph.end) is None
        pieces = [paragraph] if whole else _taken_apart(text, paragraph)
        if len(pieces) == 1 and length > _SHORT:
            pieces = _apart_at_problems(text, paragraph)
        result.extend(pieces)
    return result


def _lines(text: str) -> list[Paragraph]:
    lines: list[Paragraph] = []
    rows = "\t" in text or any(map(text.__contains__, BARS))
    following = 0
    raws = text.split("\n")
    width = below = 0
    for at, raw in enumerate(raws):
        begin, following = following, following + len(raw) + 1
        content = raw.strip()
        if not content or not content.strip("\ufeff\u200b"):
            continue
        if at < below:
            lines[-1] = lines[-1]._replace(end=begin + len(raw))
            continue
        last = _row_end(raws, at, width) if width > 1 and _bars(raw) else at
        if rows and (_is_row(raw) or last > at):
            lines.append(Paragraph(begin, begin + len(raw), ParagraphKind.ROW))
            width = width or _bars(raw)
            below = last + 1
            continue
        width = 0
        if content[0] in GLYPHS and len(content) > 2:
            content = content.lstrip(GLYPHS + " \u3000")
        start = begin + len(raw.rstrip()) - len(content)
        kind = ParagraphKind.PROSE
        if len(content) <= 16 and _PAGE.fullmatch(content):
            kind = ParagraphKind.PAGE
        lines.append(Paragraph(start, start + len(content), kind))
    return lines


def _bars(line: str) -> int:
    return sum(map(line.count, BARS))


def _row_end(raws: list[str], at: int, width: int) -> int:
    """The line on which the row that begins on line ``at`` ends, in a table whose rows have ``width`` bars.

    A cell of several lines breaks its row over as many (1 | problem | 1.… ⏎ 2.… | who | when |): they are
    one row where their bars are exactly as many.
    """
    bars = tuple(BARS)
    framed = raws[at].lstrip().startswith(bars)
    if framed and raws[at].rstrip().endswith(bars):
        return at
    lacks = width - _bars(raws[at])
    for line in range(at + 1, min(at + _ROW_LINES, len(raws))):
        if lacks <= 0:
            break
        if framed and raws[line].lstrip().startswith(bars):
            break
        lacks -= _bars(raws[line])
        if lacks == 0:
            return line
    return at


def _is_row(raw: str) -> bool:
    """Whether a line is a row: a tab between its words, or more of them than an indent has, or two bars."""
    if "\t" in raw:
        return "\t" in raw.strip() or raw.count("\t") > 1
    return any(raw.count(bar) >= 2 for bar in BARS) or _DRAWN_RULE.fullmatch(raw) is not None


def _wrap_width(text: str, lines: list[Paragraph]) -> int:
    """Width at which the text is hard-wrapped, in code points; 0 where it is not."""
    prose = [line for line in lines if line.kind is ParagraphKind.PROSE]
    if len(prose) < 6:
        return 0
    lengths = sorted(line.end - line.start for line in prose)
    width = lengths[len(lengths) * 9 // 10]
    if not 14 <= width <= 70 or lengths[-1] > width + 12:
        return 0
    full = [line for line in prose if line.end - line.start >= width - 4]
    loose = [
        line
        for line, after in zip(prose, [*prose[1:], None], strict=True)
        if line.end - line.start >= width - 4
        and text[line.end - 1] not in TERMINAL
        and not (after is not None and opens_a_line(text, after))
    ]
    if len(full) * 10 < len(prose) * 3 or len(loose) * 2 <= len(full) or len(loose) < 4:
        return 0
    return width if _is_wrapped(text, prose, width - 4) else 0


def _is_wrapped(text: str, prose: list[Paragraph], full: int) -> bool:
    """Whether most long lines that break off go on to a full stop, unlike headings above a short text."""
    on = headings = 0
    for place, line in enumerate(prose[:-1]):
        if line.end - line.start < full or text[line.end - 1] in TERMINAL:
            continue
        after = prose[place + 1]
        if mark_at(text, after.start, after.end) is not None:
            continue
        beyond = prose[place + 2] if place + 2 < len(prose) else None
        alone = beyond is None or mark_at(text, beyond.start, beyond.end) is not None
        if alone and text[after.end - 1] not in TERMINAL and mark_at(text, line.start, line.end) is not None:
            headings += 1
        else:
            on += 1
    return on > headings


def opens_a_line(text: str, line: Paragraph) -> bool:
    """Whether a line begins with a number, a count or a label: nothing goes on in it."""
    return (
        mark_at(text, line.start, line.end) is not None
        or _BULLET.match(text, line.start, line.end) is not None
        or _LABELLED.match(text, line.start, line.end) is not None
    )


def _last_prose(joined: list[Paragraph]) -> int | None:
    if joined[-1].kind is ParagraphKind.PROSE:
        return len(joined) - 1
    if joined[-1].kind is ParagraphKind.PAGE and len(joined) > 1 and joined[-2].kind is ParagraphKind.PROSE:
        return len(joined) - 2
    return None


def _continues(text: str, previous: Paragraph, line: Paragraph, width: int) -> bool:
    last = text[previous.end - 1]
    if (text[line.start] in _INSIDE and last not in _STOP) or _is_quoting(text, previous, line):
        return True
    if last in TERMINAL and not (width and last not in _STOP):
        return False
    tail = previous.end - max(previous.start, text.rfind("\n", previous.start, previous.end) + 1)
    if not width and last not in "，,、" and tail <= 90:
        return False
    if width and tail < width - (3 if tail == previous.end - previous.start else 5):
        return False
    if opens_a_line(text, line):
        return False
    if DONE.match(text, line.start, line.end) and mark_at(text, previous.start, previous.end) is not None:
        return False
    indent = text[text.rfind("\n", 0, line.start) + 1 : line.start]
    return not indent.startswith(_INDENT) or last in "，,、"


def _is_quoting(text: str, previous: Paragraph, line: Paragraph) -> bool:
    """Whether a quotation that opens before a line closes on it (关于“固定资产账⏎实不符”的问题)."""
    since = max(previous.start, previous.end - _QUOTED_MOST)
    opened = text.rfind("“", since, previous.end)
    if opened < 0 or text.rfind("”", opened, previous.end) > 0 or text[previous.end - 1] in _STOP:
        return False
    closes = text.find("”", line.start, line.start + _QUOTED_MOST)
    between = text[previous.end : closes]
    return closes > 0 and "“" not in between and "\n\n" not in between and not opens_a_line(text, line)


def _below_title(text: str, previous: Paragraph, line: Paragraph, *, first: bool) -> bool:
    """Whether ``line`` stands below the finished title of the document, or is a day in brackets."""
    if _DAY.fullmatch(text, line.start, line.end) or _DAY.fullmatch(text, previous.start, previous.end):
        return True
    if not first or _TITLE_GOES_ON.match(text, line.start, line.end):
        return False
    if previous.end - previous.start > _TITLE_MOST:
        return False
    title = text[previous.start : previous.end]
    return _TITLE.fullmatch(re.sub(r"\s", "", title)) is not None


def _taken_apart(text: str, paragraph: Paragraph) -> list[Paragraph]:
    """A run-on paragraph cut at the headings inside it: 一、 or （一） more than once."""
    of_theme = _THEME_RUNS_ON.match(text, paragraph.start, paragraph.end) is not None
    if not of_theme and len(_HINT.findall(text, paragraph.start, paragraph.end)) < 2:
        return [paragraph]
    hits = list(_INLINE.finditer(text, paragraph.start + 1, paragraph.end))
    outer = [hit for hit in hits if hit["cn"] or hit["pcn"] or hit["word"]]
    opening = mark_at(text, paragraph.start, paragraph.end)
    about = [hit for hit in hits if hit["dig"] and _opens_finding(text, hit.end(), paragraph.end)]
    runs_on = (
        len(outer) + (opening is not None and opening.kind <= MarkKind.CHINESE_BRACKET) >= 2
        or len(about) >= 2
        or of_theme
    )
    if not runs_on:
        return [paragraph]
    cuts = [paragraph.start]
    expected: dict[str, int] = {}
    for hit in hits:
        name = str(hit.lastgroup)
        mark = mark_at(text, hit.start(), paragraph.end)
        if name in {"lead", "close"} or mark is None:
            cuts.append(hit.end() if name == "lead" else hit.start())
            continue
        following = expected.get(name)
        if name != "word" and mark.ordinal not in {1, following} and following is not None:
            continue
        expected[name] = mark.ordinal + 1
        cuts.append(hit.start())
    cuts.append(paragraph.end)
    return [_trimmed(text, start, end) for start, end in pairwise(cuts) if text[start:end].strip()]


def _apart_at_problems(text: str, paragraph: Paragraph) -> list[Paragraph]:
    """A paragraph cut where it names its second problem by number, and the next (1.关于…。2.关于…。)."""
    if text.find("问题", paragraph.start, paragraph.end) < 0:
        return [paragraph]
    cuts: list[int] = []
    first: Mark | None = None
    for found in _NAMED.finditer(text[paragraph.start : paragraph.end]):
        mark = mark_at(text, paragraph.start + found.start(), paragraph.end)
        first = first or mark
        if mark and first and mark.kind is first.kind and mark.ordinal == first.ordinal + len(cuts):
            cuts.append(mark.start)
    if len(cuts) < 2:
        return [paragraph]
    bounds = sorted({paragraph.start, *cuts, paragraph.end})
    return [_trimmed(text, start, end) for start, end in pairwise(bounds)]


def _trimmed(text: str, start: int, end: int) -> Paragraph:
    piece = text[start:end].rstrip()
    return Paragraph(start + len(piece) - len(piece.lstrip()), start + len(piece))


_FINDING = re.compile(
    r"(?:关于|针对|对)[“\"]?|[^。]{2,60}(?:不|未|问题)[^。]{0,20}。"
    r"|[^。；;:：]{4,60}。整改(?:情况|措施|落实情况|进展|结果|成效)[:：]"
)


def _opens_finding(text: str, start: int, end: int) -> bool:
    return _FINDING.match(text, start, end) is not None
