"""What the words of one cell say (单元格用词): items, ticks, names, units that lead and that support."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from zhenggai.domain.reading import StatedNature
from zhenggai.reading import patterns as re
from zhenggai.reading.ditto import AS_ABOVE
from zhenggai.reading.interpreting import items, people, status, wording
from zhenggai.reading.interpreting.closed_words import CROSSED, FONT_CROSSED, FONT_TICKED, TICKED
from zhenggai.reading.interpreting.drafts import Passage
from zhenggai.reading.interpreting.labels import Field

if TYPE_CHECKING:
    from collections.abc import Sequence

NOTHING: Final = re.compile(r"[-—–－/／\\、。.\s]*|无|暂无|N/?A|n/?a|不涉及|空")
_FONT_BOXES: Final = re.compile(r"[£¨](?=\s*[\u4e00-\u9fff])")
_FONT_TICKS: Final = re.compile(r"[RþTSx](?=\s*[\u4e00-\u9fff])")
_LISTED: Final = re.compile(
    r"[、，,；;\n\t/](?![^()（）]{0,40}+[)）])|(?<=[\u4e00-\u9fff])[ \u3000]+(?=[\u4e00-\u9fff]{2})"
)
_LINE_ENDS: Final = re.compile(r"[。；;！!][”\"]?\s*\Z")
_LINE_GOES_ON: Final = re.compile(r"[，,、：:（(《“]\s*\Z|(?:的|和|与|及|对|在|为|将|把|以|由|等)\s*\Z")
_LEADS: Final = re.compile(r"牵头|主办|主责|配合|协办|协助")
_PART: Final = re.compile(r"0\.\d{1,6}")
_PART_MOST: Final = 12
_PERSON: Final = re.compile(r"[\u4e00-\u9fff·]{2,4}")
_POST: Final = re.compile(
    r"[\u4e00-\u9fff、兼]{0,12}(?:书记|[镇乡局科处院校所站部厅市县区股社园馆队行会室]长|主任|主席|委员|成员|经理|助理|干事|科员|负责人|巡视员|调研员)"
)
_UNIT: Final = re.compile(r".{1,20}(?:[局科股室处部办委组会厅院校站所队园馆社镇乡村]|中心|公司|街道|支部)")
_STATUS_MOST: Final = 24
_MARKS: Final = frozenset("√✓✔☑×✗✘☒")
_AT_ONCE: Final = frozenset({"立即整改", "即知即改", "立查立改", "立整立改", "边查边改", "即行即改"})
"""Other words for 立行立改 where a deadline would stand."""
_LINE_LEAST: Final = 4
_DITTO_MOST: Final = 5


def pieces(text: str) -> tuple[tuple[int, int], ...]:
    """Where the counted items of a cell stand, else its finished lines, else the whole (单元格内分条)."""
    found = items.split(text, 0, len(text))
    if len(found) == 1 and "\n" in text and (lines := _lines(text)):
        return tuple(lines)
    return tuple((piece.start, piece.end) for piece in found)


@lru_cache(maxsize=2048)
def worded(text: str) -> tuple[tuple[int, int, str], ...]:
    """The items of a cell with their wording, without those that are nothing but a status."""
    cleaned = ((low, high, wording.clean(text[low:high])) for low, high in pieces(text))
    return tuple(
        (low, high, words)
        for low, high, words in cleaned
        if words and words not in _MARKS and not (len(words) <= _STATUS_MOST and status.is_status(words))
    )


def _lines(text: str) -> list[tuple[int, int]]:
    """The lines of a cell where each is an item of its own; none where a sentence goes on across them."""
    made: list[tuple[int, int]] = []
    at = 0
    for line in text.split("\n"):
        piece = items.trimmed(text, at, at + len(line))
        if piece.end - piece.start >= _LINE_LEAST:
            made.append((piece.start, piece.end))
        elif line.strip():
            return []
        at += len(line) + 1
    printed = [line for line in text.split("\n") if line.strip()]
    ended = [_LINE_ENDS.search(line) is not None for line in printed[:-1]]
    if len(made) < 2 or any(_LINE_GOES_ON.search(line) for line in printed[:-1]):
        return []
    if all(ended):
        return made
    widths = [len(line.rstrip()) for line in printed[:-1]]
    is_wrapped = any(ended) or (
        max(widths) - min(widths) <= 1 and len(printed[-1]) <= max(widths) and max(widths) > 10
    )
    return [] if is_wrapped else made


@lru_cache(maxsize=4096)
def is_nothing(text: str) -> bool:
    """Whether a cell holds only what stands for nothing (无、/、——)."""
    return len(text) < 12 and NOTHING.fullmatch(text.strip()) is not None


def is_ditto(text: str) -> bool:
    """Whether a cell says no more than that the one above holds for it, too (同上)."""
    return len(text) <= _DITTO_MOST and text.strip() in AS_ABOVE


def chosen(text: str, option: str) -> str:
    """What a column that is one choice of several says: its name where it is ticked, else its words."""
    if text in TICKED or text in FONT_TICKED:
        return option
    return "" if text in CROSSED or text in FONT_CROSSED else text


@lru_cache(maxsize=2048)
def chosen_of(text: str) -> str:
    """The choice that is ticked in a cell that prints all of them (☑完成 ☐未完成), else the whole cell."""
    boxed = _FONT_BOXES.sub("□", _FONT_TICKS.sub("☑", text)) if _FONT_BOXES.search(text) else text
    ticked = status.ticked(boxed)
    return ticked if status.is_status(ticked) or ticked in TICKED or ticked in CROSSED else text


@lru_cache(maxsize=4096)
def nature_of(due: str) -> StatedNature | None:
    """The nature that the words of a deadline say (2031年6月底前，长期坚持), if they say one."""
    natures = {
        StatedNature.IMMEDIATE if part.strip() in _AT_ONCE else status.stated(part).nature
        for part in re.split(
            r"[,，;；、\n]\s*并?|[-—–－~～至到]{1,2}(?=长期|持续|常态)|并(?=长期|持续)|[(（)）]", due
        )
    }
    natures.discard(None)
    return natures.pop() if len(natures) == 1 else None


def is_part(text: str) -> bool:
    """Whether a number is a part of one (0.85)."""
    return len(text) < _PART_MOST and _PART.fullmatch(text.strip()) is not None


def rate_of(text: str) -> str:
    """A part of one as it is shown: 0.85 → 85%, 1 → 100% (百分比); anything else as it is."""
    words = text.strip()
    return f"{float(words) * 100:.4g}%" if is_part(words) or words in {"0", "1"} else text


@lru_cache(maxsize=8192)
def clean_name(text: str) -> str:
    """The names of people or of a unit as printed, without line breaks and outer marks."""
    lines = [line.strip() for line in text.split("\n") if line.strip()] if "\n" in text else []
    if len(lines) > 1 and any(map(_POST.fullmatch, lines[1:])) and not _POST.fullmatch(lines[0]):
        text, lines = _with_posts(lines), []
    if len(lines) > 1 and (all(map(_PERSON.fullmatch, lines)) or all(map(_UNIT.fullmatch, lines))):
        text = "、".join(lines)
    return wording.clean(text).strip("；;、，, \u3000/—-")


def _with_posts(lines: Sequence[str]) -> str:
    """Names in lines of their own, each with the post that stands in the line below it (张某 over 镇长)."""
    made: list[str] = []
    for line in lines:
        if made and _POST.fullmatch(line) and not made[-1].endswith("）"):
            made[-1] += f"（{line}）"
        else:
            made.append(line)
    return "、".join(made)


@lru_cache(maxsize=8192)
def listed(text: str) -> tuple[str, ...]:
    """Several names in one cell (张某某、李某某；王某), each by itself (名单拆分)."""
    named = (people.without_role(part).strip(" \u3000。()（）") for part in _LISTED.split(text.strip()))
    return tuple(dict.fromkeys(name for name in named if name))


@lru_cache(maxsize=8192)
def units_apart(text: str) -> tuple[str | None, tuple[str, ...]]:
    """The unit that leads and those beside it, where a cell says which (办公室（牵头）、财务科)."""
    if _LEADS.search(text) is None:
        return clean_name(text) or None, ()
    told = people.apart(text, [Passage(Field.LEAD_UNIT, 0, len(text), None, "cell")])
    lead = next((text[one.start : one.end] for one in told if one.field is Field.LEAD_UNIT), text)
    beside = [text[one.start : one.end] for one in told if one.field is Field.SUPPORTING]
    return clean_name(people.without_role(lead)) or None, tuple(
        name for one in beside for name in listed(one)
    )
