"""What headings of one numbering say of each other, and a stated total of them (同级标题、问题总数)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.domain.reading import SectionRole
from zhenggai.reading import patterns as re
from zhenggai.reading.interpreting import wording
from zhenggai.reading.interpreting.roles import role_of
from zhenggai.reading.interpreting.trail import title_field
from zhenggai.reading.outline_marks import ordinal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from zhenggai.reading.interpreting.trail import Titles
    from zhenggai.reading.outline import Heading

_TOTAL = re.compile(
    # A numeral of both kinds, never a part of a larger one or of an ordinal.
    r"(?<![\d第.一二三四五六七八九十百])(?P<n>\d{1,3}|[一二三四五六七八九十百]{1,5})(?:个|项|条)"
    r"(?:具体|突出|主要|方面的?具体|反馈)?(?:问题|隐患)"
    r"|(?:问题|隐患)(?P<m>\d{1,3}|[一二三四五六七八九十百]{1,5})(?:个|项|条)"
)
_LISTS = re.compile(
    r"(?:存在|发现|查出|排查出)了?(?:的)?(?:以下|下列|如下)[^。；;\n]{0,16}(?:问题|隐患)[^。；;\n]{0,6}[:：]\s*\Z"
)
"""What leads to a list of nothing but problems (经查，示例商场存在以下火灾隐患：)."""
_NO_FINDING = re.compile(
    r"体会|启示|说明|其[他它]|有关|结语|成效|做法|经验|建议|请示|问题清单|附[件表]|概况|背景|概述"
)
_NEAR = 40
_DEEPEST = 3


def counted(text: str, headings: Sequence[Heading], titles: Titles) -> frozenset[int]:
    """The places of the headings that a total stated above them (反馈3个问题) counts: as many, on one level.

    Parts on organisation, next steps and the like stand outside; where one of the others cannot be a
    finding by its words, the total counts something else.
    """
    above = _TOTAL.finditer(text, 0, headings[0].start) if headings else ()
    stated = {count for found in above if (count := ordinal(found["n"] or found["m"])) > 1}
    if not stated:
        return _listed(text, headings, titles)
    level = [heading for heading in headings if not _is_outside(titles.of(heading))]
    for _ in range(_DEEPEST):
        level = [heading for heading in level if heading.children or not _is_deed(titles.of(heading))]
        if len(level) in stated and all(_may_be_finding(heading, titles) for heading in level):
            return frozenset(heading.start for heading in level)
        level = [
            child for heading in level for child in heading.children if not _is_outside(titles.of(child))
        ]
    return frozenset()


def _listed(text: str, headings: Sequence[Heading], titles: Titles) -> frozenset[int]:
    """The places of ``headings`` where the words before them lead to a list of nothing but problems."""
    first = headings[0].start if headings else 0
    leads = _LISTS.search(text, max(0, first - _NEAR), first) is not None
    if not leads or any(_is_outside(titles.of(one)) or not _may_be_finding(one, titles) for one in headings):
        return frozenset()
    return frozenset(heading.start for heading in headings)


def alike(
    text: str,
    heading: Heading,
    beside: Sequence[Heading],
    titles: Titles,
    is_one: Callable[[Heading], bool],
    *,
    inside: bool,
) -> bool:
    """Whether the headings that count with this one are findings (``is_one``), and it may be one too.

    Most of the others must be, and two; ``inside`` a part on findings half of them are enough for one that
    something is told of.
    """
    if heading.mark is None or not _may_be_finding(heading, titles):
        return False
    kind = heading.mark.kind
    near = [
        other
        for other in beside[:_NEAR]
        if other is not heading
        and other.mark is not None
        and other.mark.kind is kind
        and (is_one(other) or _may_be_finding(other, titles))
        and not _is_outside(titles.of(other))
    ]
    likes = sum(map(is_one, near))
    told = heading.children or text[heading.body_start : heading.end].strip(" \u3000\n。")
    if inside and told and likes >= 1 and likes * 2 >= len(near):
        return True
    return likes >= 2 and likes * 2 > len(near)


def _is_outside(title: str) -> bool:
    return role_of(title) not in {SectionRole.OTHER, SectionRole.FINDINGS, SectionRole.LONG_TERM} and not (
        wording.is_fault(title) or wording.is_theme(title)
    )


def _may_be_finding(heading: Heading, titles: Titles) -> bool:
    title = titles.of(heading)
    if (
        not title
        or title_field(title) is not None
        or wording.is_generic(title)
        or wording.is_theme(title)
        or _NO_FINDING.search(title)
    ):
        return False
    if _is_deed(title):
        return False
    return not any(child.children or _names_another(titles.of(child)) for child in heading.children)


def _is_deed(title: str) -> bool:
    return wording.is_deed(title) and not wording.is_fault(title)


def _names_another(title: str) -> bool:
    """Whether a heading under a finding names a problem of its own rather than a deed."""
    return wording.unwrap(title).wrapped or (wording.is_problem(title) and not wording.is_act(title))
