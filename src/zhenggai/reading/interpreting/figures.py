"""Stated figures (统计句): 反馈25个问题，已完成整改19个、正在整改6个."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from zhenggai.domain.reading import Figure, Statistic
from zhenggai.domain.spans import Span
from zhenggai.reading import patterns as re

if TYPE_CHECKING:
    from collections.abc import Iterable

_UNIT = (
    r"(?:万元|亿元|余元|元|个|项|人次|人|次|件|条|大类|大项|小类|类|名|家|起|份|户|场|期|篇|处|%|％|批|例|宗|亩|吨|公里|台|套"
    r"|笔|天|册)"
)
_CN = "零〇一二两三四五六七八九十百千"
# A numeral in characters is a figure where its unit ends the clause or counts something that notices count;
# 八项规定, 两个维护 and 第二批 are names.
_CN_FIGURE = (
    rf"(?<![第之这那每同某任{_CN}])(?P<cn>(?!一[^二三四五六七八九十百千])[{_CN}]++)(?P<cu>{_UNIT})"
    r"(?=(?:具体|方面的?|突出|反馈)*(?:问题|任务|事项|措施|整改措施|线索|制度|方面)(?!规定)|[,，。；;、（()）]|已|正在|均|$)"
)
_FIGURE = re.compile(
    rf"(?P<v>(?<![\d第])\d++(?:,\d{{3}})*(?:[.．]\d+)?)\s?(?:余|多)?(?P<u>{_UNIT})(?!月|度|(?:工作|自然)日|日历天|(?<=天)[之以]?内)|{_CN_FIGURE}"
)
_FIGURE_ENDS = re.compile(rf"[\d{_CN}]\s?(?:余|多)?{_UNIT}")
"""A numeral before a unit, as every figure ends: the search for it can skip."""
_ORDINALS = re.compile(r"第(?:\d{1,3}(?:[、,，和及与至到~—–-]|第)+)+\Z")
"""The numbers before one that is none of a count either (对第3、5项予以销号)."""
_ORDINALS_MOST = 40
_COUNTS = re.compile(
    r"(?:反馈|整改|完成|销号|指出|移交|查出|发现|涉及|梳理|细化|分解|制定|措施).{0,40}?(?:\d+)\s?(?:个|项"
    r"|条|类|件|%|％)|(?:问题|任务|事项|措施|线索|制度).{0,10}?\d+\s?(?:个|项|条|件)|\d+\s?(?:个|项|条|类"
    r"|件)(?:具体|方面的?)?(?:问题|任务|事项|整改措施|措施|线索)"
    r"|(?:反馈|整改|完成|销号|移交|查出).{0,20}?(?:[二两三四五六七八九十百]+)(?:个|项|条|件)(?:具体)?(?:问题|任务|事项|线索)"
)
_OUTCOME = re.compile(
    r"(?:批评教育|提醒谈话|诫勉|组织处理|(?:党纪|政务|纪律)处分|处分|问责|追责|追缴|追回|清退|退还|收缴"
    r"|挽回|约谈|通报批评|建章立制|(?:制定|修订|完善|新建|出台|建立|健全).{0,14}(?:制度|机制)).{0,24}?\d+"
)
_DIGITS = {**{letter: value for value, letter in enumerate("零一二三四五六七八九")}, "〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_BESIDE = "、，,和与 个项件人"
_SENTENCE = re.compile(r"[^。！？!?]+")
_NOUN = re.compile(
    r"(?:具体|方面的?|突出|主要|立行立改|共性|个性)*(?:问题|任务|事项|措施|整改措施|线索|制度|方面|机制|资金|文件)"
)
_CHAINED = re.compile(rf"(?:\d+(?:\.\d+)?{_UNIT})+(?P<noun>{_NOUN.pattern})")
_RESPECTIVELY = re.compile(r"(?:分别)?(?:为|是|有)?$")
_CLAUSE = re.compile(r"[,，、；;：:]")
_PREFIX = re.compile(
    r"^(?:[(（]?[一二三四五六七八九十\d]{1,2}[)）、.]|[一二三四五六七八九十]{1,2}是|截[至止](?:目前|20\d\d年[\d年月日底末]*)?|目前|其中"
    r"|共计?(?!性)|分别|已经?|并|现|均|总计|合计|累计|包括|对应|涉及|以上|上述|针对(?!性)|的|为|是|有)+"
)


def statistics(text: str, areas: Iterable[Span]) -> list[Statistic]:
    """Sentences inside ``areas`` (paragraphs) that state how many problems and what became of them."""
    result: list[Statistic] = []
    for area in areas:
        for found in _SENTENCE.finditer(text, area.start, area.end):
            sentence = found[0]
            if (
                _FIGURE_ENDS.search(sentence) is None
                or not (_COUNTS.search(sentence) or _OUTCOME.search(sentence))
                or _FIGURE.search(sentence) is None
            ):
                continue
            joined = re.sub(r"(?<!\s)\s*?\n\s*", "", sentence)
            hits = [hit for hit in _FIGURE.finditer(joined) if not _is_ordinal(joined, hit.start())]
            if not hits:
                continue
            start = found.start() + len(sentence) - len(sentence.lstrip())
            end = found.end() - len(sentence) + len(sentence.rstrip())
            result.append(Statistic(joined.strip(), Span(start, end), tuple(_figures(joined, hits))))
    return result


def _is_ordinal(sentence: str, start: int) -> bool:
    return _ORDINALS.search(sentence, max(0, start - _ORDINALS_MOST), start) is not None


def _decimal(hit: re.Match[str]) -> str:
    """The value in ASCII digits, without marks between thousands; 三十九 is 39, 两 is 2."""
    if hit["v"]:
        return unicodedata.normalize("NFKC", hit["v"]).replace(",", "")
    total, digit = 0, 0
    for letter in hit["cn"]:
        if letter in _TENS:
            total += (digit or 1) * _TENS[letter]
            digit = 0
        else:
            digit = _DIGITS[letter]
    return str(total + digit)


def _figures(sentence: str, hits: list[re.Match[str]]) -> list[Figure]:
    figures: list[Figure] = []
    group = 0
    total, rest, unit_of_group = 0.0, 0.0, ""
    listed: list[str] = []
    # 分别为20个、21个、21个: figures beside each other, none of which is part of another
    shared, shared_from = False, 0
    for place, hit in enumerate(hits):
        low = hits[place - 1].end() if place else 0
        between = sentence[low : hit.start()]
        if "分别" in between:
            shared, shared_from = True, place
            if place:
                group, total, rest, unit_of_group = group + 1, 0.0, 0.0, ""
        elif between.strip(_BESIDE):
            shared = False
        unit = (hit["u"] or hit["cu"]).replace("％", "%")
        value = _decimal(hit)
        if place and ("；" in between or ";" in between):
            group, total, rest, unit_of_group = group + 1, 0.0, 0.0, ""
        was_listed = bool(listed)
        label, listed = _label(sentence, hits, place, listed)
        if shared and place > shared_from and not was_listed and not between.strip(_BESIDE):
            label = figures[-1].label
        number = float(value)
        if not unit_of_group:
            total, rest, unit_of_group = number, number, unit
        elif unit == unit_of_group:
            if rest == 0 or number > total or (shared and place > shared_from):
                group, total, rest = group + 1, number, number
            else:
                rest -= number if rest >= number else 0
        elif unit != "%":
            group, total, rest, unit_of_group = group + 1, number, number, unit
        figures.append(Figure(label, value, unit, group))
    return figures


def _label(sentence: str, hits: list[re.Match[str]], place: int, listed: list[str]) -> tuple[str, list[str]]:
    """What a figure counts: the words before it in its clause, or after it; 分别 shares out a list."""
    hit = hits[place]
    low = hits[place - 1].end() if place else 0
    before = sentence[low : hit.start()]
    if "分别" in before:
        names = re.split(
            r"[、和与]",
            _PREFIX.sub("", re.split(r"[,，；;：:]", before.partition("分别")[0].strip("，,"))[-1]),
        )
        count = sum(1 for _ in hits[place:])
        if 1 < len(names) <= count:
            return names[0].strip(), names[1:]
    if listed and len(before.strip("、，,和")) == 0:
        return listed[0].strip(), listed[1:]
    words = _CLAUSE.split(before)[-1]
    if place and words == before and (repeated := _NOUN.match(words)):
        words = words[repeated.end() :]
    label = _PREFIX.sub("", words.strip(" （()“”")).strip(" ，,的")
    high = hits[place + 1].start() if place + 1 < len(hits) else len(sentence)
    after = _CLAUSE.split(sentence[hit.end() : high])[0].strip(" ）)的")
    noun = _NOUN.match(after)
    if noun and noun[0] not in label:
        label = f"{label}{noun[0]}" if label else noun[0]
    elif label and hit["u"] and (chained := _CHAINED.match(sentence, hit.end())):
        label = label if chained["noun"] in label else f"{label}{chained['noun']}"
    elif not label:
        shared = _CHAINED.match(sentence, hit.end())
        label = (
            after[:12]
            or (shared["noun"] if shared else "")
            or _RESPECTIVELY.sub("", _CLAUSE.split(sentence[: hit.start()].rstrip("，,、（("))[-1])[-12:]
        )
    return label, []
