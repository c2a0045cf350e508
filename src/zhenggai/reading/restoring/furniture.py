"""Lines that do not belong to the document: a mirror's own lines, spam, the portal around it (页面附加行)."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from zhenggai.domain.messages import msg
from zhenggai.domain.spans import EditKind
from zhenggai.reading import patterns as re
from zhenggai.reading.page_metadata import first_day
from zhenggai.reading.restoring import injected, portal
from zhenggai.reading.restoring.edits import Change, apply
from zhenggai.reading.restoring.folding import fold, simple_fold, spelled
from zhenggai.reading.restoring.readings import HAN
from zhenggai.reading.restoring.signs import sampled
from zhenggai.reading.restoring.wraps import goes_on_over_page

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Sequence

    from zhenggai.reading.restoring.signs import Signs

WHY_MIRROR: Final = msg("A line that the mirror added.")
WHY_SPAM: Final = msg("An advertising line that does not belong to the document.")
WHY_PORTAL: Final = msg("A line of the web page around the document.")
WHY_OMITTED: Final = msg("The mirror left out a part of the document here.")
WHY_RANDOM: Final = msg("Random letters that the mirror put at the ends of lines.")
WHY_MARKUP: Final = msg("Markup of the web page that leaked into the text.")

_INSIDE: Final = r"(?:[^()（）\n]|[(（][^()（）\n]{1,8}[)）]){0,80}?"
_LEFT_OUT: Final = rf"{_INSIDE}{spelled('省略')}[ ]?\d+[ ]?{spelled('字')}{_INSIDE}"
_PAGE: Final = rf"{spelled('本页')}(?:{spelled('面')}|麵)?|{spelled('本文')}(?:{spelled('章')})?"
_SITE: Final = rf"(?:{spelled('本')})?{spelled('网站')}"
_OWN: Final = rf"(?:{_SITE}|{_PAGE})(?:{spelled('内容')})?(?:{spelled('均')})?{spelled('来')}"
_FROM: Final = rf"(?:{spelled('源')}|{spelled('自')})[^\n]{{0,16}}{spelled('网络')}[^\n]{{0,160}}"
_FORMS: Final = "|".join(
    (
        rf"(?P<time>{spelled('来源时间')}(?:{spelled('为')})?[:：][^\n]{{6,40}})",
        rf"{spelled('文章来源')}(?:{spelled('于')})?[:：][ ]?https?://[^\n]{{1,160}}",
        _OWN + _FROM,
        rf"{spelled('感谢您访问我们的网站')}[^\n]{{0,4000}}",
        rf"(?:{spelled('主站')})?{spelled('蜘蛛池')}[^\n]{{0,4000}}",
        rf"(?P<omitted>[….·]{{0,6}}[(（〔【]{_LEFT_OUT}[)）〕】][….·]{{0,6}})",
    )
)
_MIRROR_LINES: Final = re.compile(rf"^[ \t　>*]*(?:{_FORMS})[ \t　\r]*$", re.MULTILINE)
_COUNTER: Final = re.compile(
    r"^[ \t　]*(?:[-—–－]{1,2}[ \t]*\d{1,3}[ \t]*[-—–－]{1,2}"
    r"|第[ ]?\d{1,3}[ ]?[页頁](?:[ ,，/]*共[ ]?\d{1,3}[ ]?[页頁])?)[ \t　\r]*$",
    re.MULTILINE,
)
_OMITTED: Final = re.compile(rf"[….·][….·]{{0,5}}[(（]{_LEFT_OUT}[)）][….·]{{0,6}}")
_TAG: Final = re.compile(
    r"</?(?:p|br|div|span|strong|font|td|tr|th|table|tbody|a|img|b|u|o:p|em|h[1-6]|ul|li|section|center)"
    r"(?:\s[^<>\n]{0,400})?/?>"
    r"|&(?:nbsp|ldquo|rdquo|lsquo|rsquo|mdash|hellip|middot|amp|lt|gt|quot|#160|#12288|emsp|ensp);",
    re.IGNORECASE,
)
_RANDOM: Final = re.compile(
    # What stands before it is taken along: that lets the search skip.
    r"[。；！？：”）](?P<code>[ ]?(?=[A-Za-z]{0,11}\d)(?=\d{0,11}[A-Za-z])[A-Za-z\d]{4,12})(?=[ \t\r]*$)",
    re.MULTILINE,
)
_RANDOM_LEAST: Final = 3
_ENTITIES: Final = {
    "&nbsp;": " ",
    "&#160;": " ",
    "&ensp;": " ",
    "&emsp;": "　",
    "&#12288;": "　",
    "&amp;": "&",
    "&ldquo;": "“",
    "&rdquo;": "”",
    "&lsquo;": "‘",
    "&rsquo;": "’",
    "&mdash;": "—",
    "&hellip;": "…",
    "&middot;": "·",
    "&lt;": "<",
    "&gt;": ">",
    "&quot;": '"',
}
_SPAM_WORDS: Final = """
国产精品 国产自拍 久久久 久久精品 无码 有码 一区二区 二区三区 三级片 成人[网片视影电在免] 黄色[网片视电]
色情 色播 亚洲[精欧综色日国一成av] 欧美[日精性色黄激] 日韩[精欧av无三] 在线观看 免费观看 免费视频
精品视频 高清视频 老司机 伊人 午夜[福影剧精] 人妻 少妇 乱码 丝袜 偷拍 自拍偷 激情[网小五文]
福利(?:网|视频|导航) 性爱 做爱 美女[直裸视图] 裸聊 直播(?:app|软件|平台下载) 百家乐 博彩 娱乐城 赌场
赌博网 棋牌[游平网下] 真人(?:荷官|娱乐|视讯|棋牌) 六合彩 时时彩 北京赛车 幸运飞艇 快三 彩票[网平投开]
投注[网平] 网投 体育投注 足球投注 世界杯买 亚博 皇冠体育 金沙娱乐 澳门(?:新葡京|威尼斯|银河|金沙) 葡京
威尼斯人 永利 太阳城 电子游艺 老虎机 注册送 开户送 官方app下载 办证 代开发票 刻章 蜘蛛池 站群 外链 私服
"""
_SPAM: Final = re.compile("|".join(_SPAM_WORDS.split()), re.IGNORECASE)
_PROSE: Final = re.compile("[。；;]")
_URL: Final = re.compile(r"(?:https?://|www\.)[\w./?=&%#:-]+", re.IGNORECASE)
_LATIN: Final = re.compile("[A-Za-z]")
_HAN_LETTER: Final = re.compile(f"[{HAN}]")
_EDGE_LINES: Final = 60


@dataclass(slots=True)
class Furniture:
    """The lines found: where, why, and what they say of the document."""

    changes: list[Change] = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)
    mirror_lines: int = 0
    readings_inside: int = 0


class _Line(NamedTuple):
    start: int
    end: int
    """Behind the line feed."""


def clear(text: str, signs: Signs) -> tuple[str, injected.Found, Furniture]:
    """Take the furniture out of ``text``: what is left, the readings in it, and what was taken.

    ``signs``: of its Traditional part.
    """
    readings = injected.find(text)
    found = Furniture()
    lines: dict[int, tuple[_Line, str]] = {}
    _mirror_lines(text, lines, found)
    _edges(text, readings.bare, lines, found, signs)
    for counter in _counters(text):
        lines.setdefault(counter.start(), (_counter_line(text, counter, lines), WHY_PORTAL))
    changes = _as_changes(text, lines)
    found.readings_inside = sum(readings.within(change.start, change.end) for change in changes)
    inside = _inside(text, changes)
    if not changes and not inside:
        return text, readings, found
    found.changes = sorted([*changes, *inside])
    cleared = apply(text, found.changes)
    # Markup inside a line may have stood between a character and its reading.
    left = injected.find(cleared) if inside else readings.less([(item.start, item.end) for item in changes])
    return cleared, left, found


def _mirror_lines(text: str, lines: dict[int, tuple[_Line, str]], found: Furniture) -> None:
    for hit in _MIRROR_LINES.finditer(text):
        line = _line_at(text, hit.start(), hit.end())
        if hit.group("time"):
            day = first_day(hit.group("time"))
            if day is None:
                continue
            found.facts.setdefault("published_on", day.isoformat())
            found.facts.setdefault("published_source", "source_line")
        found.mirror_lines += 1
        lines[line.start] = (line, WHY_OMITTED if hit.group("omitted") else WHY_MIRROR)


def _edges(text: str, bare: str, lines: dict[int, tuple[_Line, str]], found: Furniture, signs: Signs) -> None:
    """The portal's lines and spam at the top and at the bottom; ``bare`` has the lines without readings."""
    head, tail = _edge_lines(text)
    every = head + tail
    # A mirror that over-converts spells its lines with any Traditional letter: the twins do not suffice.
    mirror = signs.is_mirror_script or (found.mirror_lines > 0 and signs.is_traditional)
    comparable = simple_fold if mirror else fold
    plain = _plain([bare[line.start : line.end] for part in _edge_lines(bare) for line in part], comparable)
    taken = [line.start in lines for line in every]
    for at, words in enumerate(plain):
        if not taken[at] and is_spam(words):
            lines[every[at].start] = (every[at], WHY_SPAM)
            taken[at] = True
            found.mirror_lines += 1
    if signs.is_genuine and not found.mirror_lines:
        # The heads of letters in Taiwan and Hong Kong carry the labels of mainland portals.
        return
    top = portal.top(plain[: len(head)], taken[: len(head)])
    whole = len(head) < _EDGE_LINES
    bottom_plain, offset = (plain, 0) if whole else (plain[len(head) :], len(head))
    bottom = portal.bottom(bottom_plain, taken[offset:])
    for at in sorted({*top.lines, *(at + offset for at in bottom.lines)}):
        lines.setdefault(every[at].start, (every[at], WHY_PORTAL))
    for facts in (top.facts, bottom.facts):
        for name, value in facts.items():
            found.facts.setdefault(name, value)
    if "published_on" in found.facts:
        found.facts.setdefault("published_source", "metadata")


def _edge_lines(text: str) -> tuple[list[_Line], list[_Line]]:
    """The first lines of a text, and the last of those behind them."""
    head: list[_Line] = []
    at = 0
    while at < len(text) and len(head) < _EDGE_LINES:
        line = _line_at(text, at, at)
        head.append(line)
        at = line.end
    tail: list[_Line] = []
    end = len(text)
    while end > at and len(tail) < _EDGE_LINES:
        start = text.rfind("\n", 0, end - 1) + 1
        tail.append(_Line(start, end))
        end = start
    tail.reverse()
    return head, tail


def _plain(lines: Sequence[str], comparable: Callable[[Sequence[str]], list[str]]) -> list[str]:
    """The lines as they are compared; whole sentences are the document's own and need no folding."""
    folded = iter(comparable([line for line in lines if line.count("。") <= 1]))
    return [(line if line.count("。") > 1 else next(folded)).strip(" \t\r\n　") for line in lines]


def is_spam(line: str) -> bool:
    """A folded line that advertises: two such words and no sentence, or a farm of links."""
    if not line or len(line) > 6000:
        return False
    if len(_PROSE.findall(line)) * 60 <= len(line) and len(set(_SPAM.findall(line))) >= 2:
        return True
    if "://" not in line and "www." not in line:
        return False
    rest = _URL.sub("", line)
    return len(_URL.findall(line)) >= 3 and len(rest) < len(line) / 2 and not _PROSE.search(line)


def _counters(text: str) -> list[re.Match[str]]:
    """Page numbers on lines of their own: only where they count on."""
    found = list(_COUNTER.finditer(text))
    numbers = [int(re.findall(r"\d+", hit.group())[0]) for hit in found]
    rising = sum(new > old for old, new in pairwise(numbers))
    return found if rising >= 1 and rising >= len(numbers) - 2 else []


def _counter_line(text: str, counter: re.Match[str], lines: Container[int]) -> _Line:
    """The line of a page counter, with the line feed before it where a sentence goes on behind it."""
    line = _line_at(text, *counter.span())
    begin = text.rfind("\n", 0, max(0, line.start - 1)) + 1
    close = text.find("\n", line.end)
    after = text[line.end : len(text) if close < 0 else close]
    if line.start and begin not in lines and goes_on_over_page(text[begin : line.start], after):
        return _Line(line.start - (2 if text[line.start - 2 : line.start] == "\r\n" else 1), line.end)
    return line


def _inside(text: str, lines: list[Change]) -> list[Change]:
    """What stands inside a line: leaked markup, a note that a part was left out."""
    covered = iter(lines)
    line = next(covered, None)
    changes: list[Change] = []
    hits = [(*hit.span(), WHY_MARKUP) for hit in _tags(text)]
    hits += [(*hit.span(), WHY_OMITTED) for hit in _OMITTED.finditer(text)]
    random = [(*hit.span("code"), WHY_RANDOM) for hit in _RANDOM.finditer(text)]
    # One such word may be the document's own: a code, a unit, a name.
    hits += random if len(random) >= _RANDOM_LEAST else []
    for start, end, why in sorted(hits):
        while line is not None and line.end <= start:
            line = next(covered, None)
        if line is not None and line.start < end:
            continue
        printed = text[start:end]
        after = _ENTITIES.get(printed.lower(), "") if why is WHY_MARKUP else ""
        if why is WHY_MARKUP and re.match(r"<br|</(?:p|div|tr|li|h\d)", printed, re.IGNORECASE):
            after = "" if _ends_line(text, end) else "\n"
        changes.append(Change(start, end, after, EditKind.FURNITURE, why))
    return changes


def _tags(text: str) -> list[re.Match[str]]:
    """Markup that leaked into Chinese prose; in a program or a page of its own language it is the text."""
    tags = list(_TAG.finditer(text)) if "<" in text or "&" in text else []
    if not tags:
        return []
    bare = _URL.sub("", sampled(_TAG.sub("", text)))
    return tags if len(_LATIN.findall(bare)) <= len(_HAN_LETTER.findall(bare)) else []


def _ends_line(text: str, at: int) -> bool:
    return at == len(text) or text.startswith(("\n", "\r\n"), at)


def _as_changes(text: str, lines: dict[int, tuple[_Line, str]]) -> list[Change]:
    """One change a line; lines that end the text take the line feed before them, others the one behind."""
    ordered = sorted(lines.values(), key=lambda item: item[0].start)
    last = len(text)
    closing: set[int] = set()
    for line, _ in reversed(ordered):
        if text[line.end : last].strip():
            break
        closing.add(line.start)
        last = line.start
    changes: list[Change] = []
    for line, why in ordered:
        start, end = line.start, line.end
        if start in closing and start > 0:
            start -= 2 if text[start - 2 : start] == "\r\n" else 1
            if end > line.start and text[end - 1 : end] == "\n":
                end -= 2 if text[end - 2 : end] == "\r\n" else 1
            if changes and start < changes[-1].end:
                start = line.start
        changes.append(Change(start, end, "", EditKind.FURNITURE, why))
    return changes


def _line_at(text: str, start: int, end: int) -> _Line:
    close = text.find("\n", end)
    return _Line(start, len(text) if close < 0 else close + 1)
