"""Paragraphs of a restored text: wrapped lines joined, one-line notices taken apart, rows set aside."""

from __future__ import annotations

from enum import Enum
from itertools import pairwise
from typing import NamedTuple

from zhenggai.reading import patterns as re
from zhenggai.reading.outline_marks import MarkKind, mark_at


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
GLYPHS = "•●◆■▪►★☆▲△◇□※▶➢"
"""Bullets at the beginning of a line; they are layout, never wording."""
_STOP = frozenset("。！？!?")
_INDENT = ("　　", "    ", "\t", "  ", "　")
_BULLET = re.compile(
    r"[一二三四五六七八九十]{1,2}(?:是|要|、)|首先|其次|再次|最后|第[一二三四五六七八九十]{1,2}[,，、是]"
)
_LABELLED = re.compile(r"[【\[]?[\u4e00-\u9fff]{2,10}[】\]]?\s?[:：]|【")
_CN = "一二三四五六七八九十"
_INLINE = re.compile(
    rf"(?P<cn>(?<=[。！？!?；;\s])[{_CN}]{{1,3}}、)"
    rf"|(?P<pcn>(?<![第至和见在与、按照据“\"《])[(（][{_CN}]{{1,3}}[)）])"
    rf"|(?P<dig>(?:(?<=[。！？!?；;\s])|(?<=方面|情况|问题|如下))\d{{1,2}}[.．、](?!\d))"
    rf"|(?P<pdig>(?<=[。！？!?\s])[(（]\d{{1,2}}[)）])"
    rf"|(?P<lead>(?<=通报|公示|报告|公告|方案)(?:[ \u3000]+|(?=根据|按照))(?=(?:根据|按照|为|20\d\d年)[^。]))"
    rf"|(?P<close>(?<=[。！？!?；;])\s*(?:特此(?:通报|公示|报告|公告|函告)|(?:中共"
    rf"|中国共产党)[^，。；、]{{4,30}}\s*20\d\d年\d{{1,2}}月\d{{1,2}}日\s*$))"
    rf"|(?P<word>(?<=[。！？!?；;\s])(?:反馈|具体)?(?:问题|隐患|风险|线索|疑点|事项)(?:[{_CN}]{{1,3}}|\d{{1,3}})[:：])"
)
_HINT = re.compile(
    # One class of first letters, then what each wants: that lets the search skip.
    rf"[(（{_CN}问隐风线疑事\d](?:(?<=[(（])[{_CN}]{{1,3}}[)）]|(?<=[{_CN}])、|[题患险索点项](?<=问题|隐患|风险|线索|疑点|事项)[{_CN}\d]"
    r"|(?<=\d)[.．、](?=[^\d\s]{2,60}[不未问]))"
)
_LONG = 120
_ROW_LINES = 40


def paragraphs(text: str) -> list[Paragraph]:
    """The logical lines of ``text`` in order; blank lines vanish."""
    lines = _lines(text)
    width = _wrap_width(text, lines)
    joined: list[Paragraph] = []
    for line in lines:
        if joined and line.kind is ParagraphKind.PROSE:
            previous = _last_prose(joined)
            if previous is not None and _continues(text, joined[previous], line, width):
                joined[previous:] = [Paragraph(joined[previous].start, line.end)]
                continue
        joined.append(line)
    result: list[Paragraph] = []
    for paragraph in joined:
        if paragraph.kind is ParagraphKind.PROSE and paragraph.end - paragraph.start > _LONG:
            result.extend(_taken_apart(text, paragraph))
        else:
            result.append(paragraph)
    return result


def _lines(text: str) -> list[Paragraph]:
    lines: list[Paragraph] = []
    rows = "\t" in text or "|" in text or "｜" in text
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
    return line.count("|") + line.count("｜")


def _row_end(raws: list[str], at: int, width: int) -> int:
    """The line on which the row that begins on line ``at`` ends, in a table whose rows have ``width`` bars.

    A cell of several lines breaks its row over as many (1 | problem | 1.… ⏎ 2.… | who | when |): they are
    one row where their bars are exactly as many.
    """
    if raws[at].lstrip().startswith(("|", "｜")):
        return at
    lacks = width - _bars(raws[at])
    for line in range(at + 1, min(at + _ROW_LINES, len(raws))):
        if lacks <= 0:
            break
        lacks -= _bars(raws[line])
        if lacks == 0:
            return line
    return at


def _is_row(raw: str) -> bool:
    """Whether a line is a row: a tab between its words, or more of them than an indent has, or two bars."""
    if "\t" in raw:
        return "\t" in raw.strip() or raw.count("\t") > 1
    return raw.count("|") >= 2 or raw.count("｜") >= 2


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
    loose = [line for line in full if text[line.end - 1] not in TERMINAL]
    return width if len(full) * 10 >= len(prose) * 3 and len(loose) * 2 > len(full) and len(loose) >= 4 else 0


def _last_prose(joined: list[Paragraph]) -> int | None:
    if joined[-1].kind is ParagraphKind.PROSE:
        return len(joined) - 1
    if joined[-1].kind is ParagraphKind.PAGE and len(joined) > 1 and joined[-2].kind is ParagraphKind.PROSE:
        return len(joined) - 2
    return None


def _continues(text: str, previous: Paragraph, line: Paragraph, width: int) -> bool:
    last = text[previous.end - 1]
    if last in TERMINAL and not (width and last not in _STOP):
        return False
    tail = previous.end - max(previous.start, text.rfind("\n", previous.start, previous.end) + 1)
    if not width and last not in "，,、" and tail <= 90:
        return False
    if width and tail < width - (3 if tail == previous.end - previous.start else 5):
        return False
    if mark_at(text, line.start, line.end) is not None or _BULLET.match(text, line.start, line.end):
        return False
    if _LABELLED.match(text, line.start, line.end):
        return False
    indent = text[text.rfind("\n", 0, line.start) + 1 : line.start]
    return not indent.startswith(_INDENT) or last in "，,、"


def _taken_apart(text: str, paragraph: Paragraph) -> list[Paragraph]:
    """A run-on paragraph cut at the headings inside it: 一、 or （一） more than once."""
    if len(_HINT.findall(text, paragraph.start, paragraph.end)) < 2:
        return [paragraph]
    hits = list(_INLINE.finditer(text, paragraph.start + 1, paragraph.end))
    outer = [hit for hit in hits if hit["cn"] or hit["pcn"] or hit["word"]]
    opening = mark_at(text, paragraph.start, paragraph.end)
    about = [hit for hit in hits if hit["dig"] and _opens_finding(text, hit.end(), paragraph.end)]
    runs_on = (
        len(outer) + (opening is not None and opening.kind <= MarkKind.CHINESE_BRACKET) >= 2
        or len(about) >= 2
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


def _trimmed(text: str, start: int, end: int) -> Paragraph:
    piece = text[start:end].rstrip()
    return Paragraph(start + len(piece) - len(piece.lstrip()), start + len(piece))


_FINDING = re.compile(r"(?:关于|针对|对)[“\"]?|[^。]{2,60}(?:不|未|问题)[^。]{0,20}。")


def _opens_finding(text: str, start: int, end: int) -> bool:
    return _FINDING.match(text, start, end) is not None
