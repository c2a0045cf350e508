"""Who answers and until when, printed as one value (吴示例，2031年9月底前完成；办公室（牵头）、财务科)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from zhenggai.reading import patterns as re
from zhenggai.reading.interpreting import status
from zhenggai.reading.interpreting.dates import due_day
from zhenggai.reading.interpreting.labels import Field

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhenggai.reading.interpreting.drafts import Passage

_NAMES = frozenset({Field.LEADER, Field.PERSON, Field.LEAD_UNIT, Field.SUPPORTING})
_TAIL = re.compile(r"[,，、；; \u3000]\s*(?P<due>[^,，、；;\s][^,，、；;]{2,20}?)[\s。；;）)]*\Z")
_LONGEST_TAIL = 40
_UNIT = re.compile(r"(?:[^、，,；;\n()（）]|[(（][^()（）\n]{0,20}[)）])+")
_LEADING = ("牵头", "主办", "主责")
_PART = r"[(（](?:{})(?:责任)?(?:单位|部门|科室|股室|处室)?[)）]"
_LEADS = re.compile(_PART.format("牵头|主办|主责|承办"))
_ROLE = re.compile(_PART.format("牵头|主办|主责|承办|配合|协办|协助|协同|参与"))


_TOKEN = re.compile(r"[^、，,；;：:/／（）()\s]+")
_NAMING_BOTH = re.compile(r"责任(?:单位|部门|科室|股室|领导|人)|负责人|牵头领导")
_IS_UNIT = re.compile(
    r".+(?:[局科股室处部办委组会厅院校站所队园馆社厂联署镇乡村]|中心|公司|集团|街道|支行|分行|政府|单位|部门)"
)
_IS_PERSON = re.compile(r"[\u4e00-\u9fff·]{2,4}(?:同志)?")


def answerable(text: str, start: int, end: int) -> list[tuple[Field, int, int]]:
    """Unit and person of a value that names both (财务科 样甲), each with its place.

    Whole where it cannot be told which is which: a unit if one is named at all, else a person.
    """
    tokens = [found for found in _TOKEN.finditer(text, start, end) if not _NAMING_BOTH.fullmatch(found[0])]
    kinds = [_IS_UNIT.fullmatch(token[0]) is not None for token in tokens]
    borders = [place for place in range(1, len(kinds)) if kinds[place] is not kinds[place - 1]]
    people = [token for token, unit in zip(tokens, kinds, strict=True) if not unit]
    if len(borders) != 1 or not all(_IS_PERSON.fullmatch(token[0]) for token in people):
        return [(Field.LEAD_UNIT if any(kinds) else Field.PERSON, start, end)]
    halves = (tokens[: borders[0]], tokens[borders[0] :])
    return [
        (Field.LEAD_UNIT if unit else Field.PERSON, half[0].start(), half[-1].end())
        for half, unit in zip(halves, (kinds[0], kinds[-1]), strict=True)
    ]


def named_and_due(printed: str) -> int | None:
    """Where the deadline behind a name begins (吴刚，2031年9月底前完成), or null where none is."""
    tail = _TAIL.search(printed, max(0, len(printed) - _LONGEST_TAIL))
    if tail is None:
        return None
    said = tail["due"]
    return tail.start("due") if due_day(said) is not None or status.stated(said).nature is not None else None


def apart(text: str, passages: Sequence[Passage]) -> list[Passage]:
    """``passages`` with names and deadlines apart, and units that lead apart from those that support them."""
    passages = _led(passages)
    dated = any(passage.field is Field.DUE for passage in passages)
    result: list[Passage] = []
    for passage in _both(text, passages):
        place = None
        if passage.field in _NAMES and not dated:
            place = named_and_due(text[passage.start : passage.end])
        named = passage if place is None else replace(passage, end=passage.start + place)
        result.extend(_units(text, named) if named.field is Field.LEAD_UNIT else [named])
        if place is not None:
            result.append(replace(passage, field=Field.DUE, start=passage.start + place, label=None))
    return _one_lead(text, result)


def _one_lead(text: str, passages: Sequence[Passage]) -> list[Passage]:
    """``passages`` with one unit that leads; those of further rows of the same finding support it."""
    lead: str | None = None
    result: list[Passage] = []
    for passage in passages:
        in_row = passage.field is Field.LEAD_UNIT and not passage.of_item and passage.rule == "cell"
        name = text[passage.start : passage.end].strip() if in_row and passage.label is None else ""
        other = bool(name) and lead not in {None, name}
        result.append(replace(passage, field=Field.SUPPORTING) if other else passage)
        lead = lead or name or None
    return result


def _both(text: str, passages: Sequence[Passage]) -> list[Passage]:
    """``passages`` with unit and person apart where one label names both (责任单位及责任人：)."""
    result: list[Passage] = []
    for passage in passages:
        if passage.field is not Field.ANSWERABLE:
            result.append(passage)
            continue
        label = passage.label
        for kind, start, end in answerable(text, passage.start, passage.end):
            result.append(replace(passage, field=kind, start=start, end=end, label=label))
            label = None
    return result


def _led(passages: Sequence[Passage]) -> Sequence[Passage]:
    """``passages`` with a 责任单位 beside a 牵头单位 as one that supports it."""
    units = [passage for passage in passages if passage.field is Field.LEAD_UNIT and passage.label]
    if len({passage.label is not None and passage.label.word[:2] in _LEADING for passage in units}) < 2:
        return passages
    return [
        replace(passage, field=Field.SUPPORTING)
        if passage in units and passage.label is not None and passage.label.word[:2] not in _LEADING
        else passage
        for passage in passages
    ]


def _units(text: str, passage: Passage) -> list[Passage]:
    units = [
        (found.start(), found.end(), _LEADS.search(found[0]) is not None)
        for found in _UNIT.finditer(text, passage.start, passage.end)
        if found[0].strip()
    ]
    if len(units) < 2 or not any(leads for *_, leads in units):
        return [passage]
    result: list[Passage] = []
    for start, end, leads in units:
        kind = Field.LEAD_UNIT if leads else Field.SUPPORTING
        if result and result[-1].field is kind:
            result[-1].end = end
        else:
            result.append(replace(passage, field=kind, start=start, end=end, label=None))
    result[0].label = passage.label
    return result


def without_role(name: str) -> str:
    """The name of a unit without its part in brackets (办公室（牵头）)."""
    return _ROLE.sub("", name)
