"""Heading numbers as offices print them (一、 / （一） / 1. / （1） / ① / 问题一：)."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

from zhenggai.reading import patterns as re


class MarkKind(IntEnum):
    """Family of a heading number; the value is its place in the usual order, outermost first."""

    PART = 0
    CHINESE = 10
    CHINESE_BRACKET = 20
    DIGIT = 30
    DOTTED = 33
    PROBLEM = 35
    DIGIT_BRACKET = 40
    CIRCLED = 50


class Mark(NamedTuple):
    """One heading number: its family, its count, and how it is printed (ASCII brackets, no trailing mark)."""

    kind: MarkKind
    ordinal: int
    number: str
    start: int
    end: int


_CN = "一二三四五六七八九十百〇零"
COUNTED = (
    "(?:名(?![单义称额])|家(?![庭属长具])|户(?![籍口外])|台(?![账帐])|处(?![理置罚分室])|件|份(?!额)"
    "|人(?![员才事民大均])|所(?![有属在]))"
)
"""What a numeral counts, as no title begins: 1.1名从业人员… is number 1 and one person, not 1.1."""
MARK = re.compile(
    rf"""(?:
      第(?P<part>[{_CN}]{{1,3}})(?:部分|章|类问题(?=[:：]))[、:： \u3000]?
    | (?P<cn>[{_CN}]{{1,4}})\s?[、.．](?!是)
    | [(（〔\[]\s?(?P<pcn>[{_CN}]{{1,4}})\s?[)）〕\]][、.．]?
    | (?P<sq>[\u3220-\u3229])
    | (?P<dot>\d{{1,2}}(?:[.．]\d{{1,2}}){{1,3}})(?:[、.．]|[ \u3000]|(?=[\u4e00-\u9fff“])(?!{COUNTED}))
        (?<![.．]\d[、.．])(?![\d%％年月万元个倍亿米]|公[里斤顷分]|平方)
    | (?P<dig>(?!0)\d{{1,3}})[ ]?(?:[、．](?!\d+(?:个?百分点|[％%万亿元倍]))
        |\.(?!\d)|\.(?=(?:(?:19|20)\d\d年|1?\d月))|[.．、](?=\d+(?:[个名人所家项](?!百分)|{COUNTED})))
    | (?P<spc>\d{{1,2}})[ \u3000]+(?=[\u4e00-\u9fff“])(?![年月日个项人次])
    | [(（]\s?(?P<pdig>\d{{1,3}})\s?[)）][、.．]?
    | (?P<hdig>\d{{1,2}})[)）]
    | (?P<sqd>[\u2474-\u2487])
    | (?P<circ>[①-⑳])
    | [【\[〖(（]?(?P<word>(?:巡[察视]|审计|督[察查]|检查|排查|安全)?
            (?:反馈|具体|存在|整改|主要|发现|查出|指出|移交|突出)?的?
            (?:(?:重大|一般|较大)?(?:问题|隐患|风险|线索|疑点|缺陷|短板)(?:问题|隐患|线索|事项|点)?
                |事项|不符合项)
            |反馈意见|(?:整改)?任务)
        (?P<wn>[{_CN}]{{1,4}}|\d{{1,3}}|[①-⑳]|[(（](?:[{_CN}]{{1,4}}|\d{{1,3}})[)）])
        (?P<wsub>[(（]\d{{1,2}}[)）]|[-—.．]\d{{1,2}})?
        (?:[ \u3000]?[:：、.．]|[】\]〗)）][ \u3000]?[:：]?|[ \u3000]+(?=[\u4e00-\u9fff“])
            |(?=[ \u3000]*(?:\n|\Z)))
    | (?P<nb>[(（【])?(?:(?:整改|反馈|督察|问题|任务){{0,3}}(?:问题|任务|清单|意见))?
        (?P<nth>第(?P<nthn>[{_CN}]{{1,4}}|\d{{1,3}})[项条])
        (?(nb)(?:[)）】][ \u3000]?[:：]?)
        |(?P<nthm>(?:整改|反馈|督察|具体){{0,3}}(?:问题|任务|事项))?
            (?:[ \u3000]?[:：]|(?<!条)[ \u3000]+(?=[\u4e00-\u9fff])
                |(?=[ \u3000]*(?:\n|\Z|“[^“”\n]{{2,120}}”[ \u3000]*(?:[:：\n]|\Z)))))
    | (?P<seq>(?:问题|任务)?[序编]号[:：]?(?P<seqn>\d{{1,3}}))(?:[ \u3000]?[:：、.．]|(?=[ \u3000]*(?:\n|\Z)))
    )[ \u3000]*""",
    re.VERBOSE,
)
_VALUES = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0}
FIRSTS = frozenset(
    "第(（〔[【〖任巡审督反具存整主问事检排安发查指移突重较隐风线疑缺短不序编清意"
    "0123456789０１２３４５６７８９" + _CN
) | frozenset(
    chr(code)
    for low, high in ((0x2460, 0x2474), (0x2474, 0x2488), (0x3220, 0x322A))
    for code in range(low, high)
)


def ordinal(printed: str) -> int:
    """Count of a printed numeral (十二 → 12, 3 → 3)."""
    if printed.isdecimal():
        return int(printed)
    if "①" <= printed <= "⑳":
        return ord(printed) - 0x245F
    total = unit = 0
    for character in printed:
        if character == "百":
            total, unit = total + (unit or 1) * 100, 0
        elif character == "十":
            total, unit = total + (unit or 1) * 10, 0
        else:
            unit = _VALUES[character]
    return total + unit


def mark_at(text: str, start: int, end: int) -> Mark | None:
    """The heading number that stands at ``start``, or null. ``end`` bounds the paragraph."""
    if start >= end or text[start] not in FIRSTS:
        return None
    found = MARK.match(text, start, end)
    if found is None:
        return None
    name = str(found.lastgroup)
    printed = found[name]
    match name:
        case "part":
            word = next(word for word in ("类问题", "章", "部分") if word in found[0])
            kind, number = MarkKind.PART, f"第{printed}{word}"
        case "cn":
            kind, number = MarkKind.CHINESE, printed
        case "pcn":
            kind, number = MarkKind.CHINESE_BRACKET, f"({printed})"
        case "sq":
            printed = "一二三四五六七八九十"[ord(printed) - 0x3220]
            kind, number = MarkKind.CHINESE_BRACKET, f"({printed})"
        case "dot":
            number = printed.replace("．", ".")
            return Mark(MarkKind.DOTTED, int(number.rpartition(".")[2]), number, start, found.end())
        case "dig" | "spc":
            kind, number = MarkKind.DIGIT, str(int(printed))
            printed = number
        case "sqd":
            printed = str(ord(printed) - 0x2473)
            kind, number = MarkKind.DIGIT_BRACKET, f"({printed})"
        case "pdig" | "hdig":
            kind, number = MarkKind.DIGIT_BRACKET, f"({int(printed)})" if name == "pdig" else f"{printed})"
        case "circ":
            kind, number = MarkKind.CIRCLED, printed
        case _:
            kind = MarkKind.PROBLEM
            number, printed = _of_problem(found)
    return Mark(kind, ordinal(printed), number, start, found.end())


def _of_problem(found: re.Match[str]) -> tuple[str, str]:
    """A number with its word (问题三（2）, 第二十七项) as it is printed, and the numeral that counts."""
    if found["nth"]:
        return found["nth"], found["nthn"]
    if found["seq"]:
        return found["seq"].replace("：", ":"), found["seqn"]
    inner = found["wsub"] or ""
    return f"{found['word']}{_ascii(found['wn'] + inner)}", (inner or found["wn"]).strip("()（）-—.．")


def _ascii(printed: str) -> str:
    return printed.replace("（", "(").replace("）", ")")
