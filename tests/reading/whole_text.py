"""What of a reading's text no value of its JSON holds, though its parts say that it was read."""

from __future__ import annotations

import re
from typing import Any

from zhenggai.domain.reading import PartKind, Reading

FRAME = ("lead", "closing", "signature", "portal", "contact", "table/header", "layout")
"""What stands around the findings: it is shown as text, and its facts are values of their own."""
FACTS = ("dates/", "title", "findings/*/")
STATED = ("stated_nature", "stated_closed", "due_text", "due_on")
_COUNT = re.compile(
    r"(?:第[一二三四五六七八九十]{1,3}(?:部分|章)|其次|首先|再次|最后|另外|此外|第?[一二三四五六七八九十]{1,3}(?:是|要|、|$)|[①-⑳]|[(（]?[一二三四五六七八九十\d]{1,3}[)）.、．]"
    r"|[\d一二三四五六七八九十]{1,3}$|[\u3220-\u3229\u2474-\u2487])+"
)

_LABELLED = re.compile(
    r"(?<![^。；;\n \u3000（(])(?:整改(?:措施|情况|目标|完成情况|结果|时限)"
    r"|责任(?:单位|人|领导|部门)|督导单位|完成(?:时限|情况)|存在问题|问题描述)[:：]"
)
_ROUND = re.compile(
    r"(?:关于|针对|对于?|在|等?(?:方面)?(?:存在)?的?(?:主要|具体|反馈|突出)?(?:问题|隐患|风险点?|线索|疑点|缺陷|短板|事项|任务)(?:类别)?|方面|整改|工作|落实|进展|完成"
    r"|情况|成效|措施|清单|反馈|意见|巡[察视]|审计|督察|指出|提出|具体|第|项|序号|编号|的|是|\d+|[一二三四五六七八九十百]+|[①-⑳㈠-㈩⑴-⒇])*"
)
"""What a heading prints round the problem that it names."""


def letters(text: str) -> str:
    """The letters and digits of a wording; nothing else tells two wordings apart."""
    return "".join(letter for letter in text if letter.isalnum())


def vanished(reading: Reading) -> list[tuple[str, str]]:
    """(path, words) of every stretch that counts as read and stands in no value of the JSON."""
    plain = reading.to_dict()
    findings = [letters(_strings({**finding, "span": None})) for finding in plain["findings"]]
    named = letters("".join(_strings({**section, "span": None}) for section in plain["sections"]))
    lost: list[tuple[str, str]] = []
    for part in reading.parts:
        words = part.span.of(reading.text)
        root, _, rest = part.path.partition("/")
        if letters(words) in {"", "无"} or part.kind is PartKind.UNREAD:
            continue
        around = part.path.startswith(("lead", "closing"))
        if part.path.startswith("layout") or (around and _LABELLED.search(reading.text, *part.span)):
            lost.append((part.path, words))
        elif part.kind is PartKind.LABEL or part.path.startswith(FRAME + FACTS):
            continue
        elif root == "findings":
            number, _, name = rest.partition("/")
            inner = letters(_COUNT.sub("", words.strip(" \u3000\n，,。；;、")))
            kept = letters(words) in findings[int(number)] or inner in findings[int(number)]
            finding = plain["findings"][int(number)]
            kept = kept or (name == "title" and _is_named(words, finding["title"]))
            if not kept and not _told(finding, name):
                lost.append((part.path, words))
        elif root == "sections":
            section = plain["sections"][int(rest.partition("/")[0])]
            within = section["span"][0] <= part.span.start and part.span.end <= section["span"][1]
            count = _COUNT.match(words.strip())
            title = letters(words.strip()[count.end() if count else 0 :])
            named_here = title in named or _is_named(words, section["title"])
            if not within or (part.kind is PartKind.HEADING and not named_here):
                lost.append((part.path, words))
        else:
            lost.append((part.path, words))
    return lost


def _is_named(words: str, title: str) -> bool:
    """Whether a heading says nothing but ``title`` and the words that stand round a problem."""
    before, found, after = letters(words).partition(letters(title) or "\0")
    return (bool(found) or not letters(title)) and all(_ROUND.fullmatch(rest) for rest in (before, after))


def _told(finding: dict[str, Any], name: str) -> bool:
    """Whether a word of one fixed table was read into a value that is not its wording."""
    return name in STATED and finding[name] is not None


def _strings(value: Any) -> str:
    if isinstance(value, str):
        return value + "\0"
    if isinstance(value, dict):
        return "".join(_strings(one) for one in value.values())
    return "".join(map(_strings, value)) if isinstance(value, list) else ""
