"""What the headings above a finding say: its theme (方面), its group (大项), or a label of its own."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from zhenggai.domain.reading import SectionRole
from zhenggai.reading import patterns as re
from zhenggai.reading.interpreting import wording
from zhenggai.reading.interpreting.drafts import Draft, Passage, cut
from zhenggai.reading.interpreting.label_words import WORDS
from zhenggai.reading.interpreting.labels import META, TELLING, Field, LabelIndex
from zhenggai.reading.outline_marks import MarkKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhenggai.reading.outline import Heading

_LABEL_TITLES = TELLING | META
_MARKS = re.compile(r"[\s:：【】\[\](（](?:(?<![(（])|.*?[)）])")
_LENT = frozenset({Field.LEADER, Field.PERSON, Field.LEAD_UNIT, Field.SUPPORTING, Field.DUE})


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the tree of headings the search stands.

    ``status`` and ``lent`` (leader, unit, deadline) are what the headings above say of all findings below.
    """

    role: SectionRole = SectionRole.OTHER
    trail: tuple[Heading, ...] = ()
    organisation: str | None = None
    inside: bool = False
    status: tuple[int, int] | None = None
    lent: tuple[Passage, ...] = ()


@dataclass(slots=True)
class Found:
    """Sections and findings in order of the text."""

    sections: list[tuple[Heading, SectionRole]] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    demands: list[tuple[int, int]] = field(default_factory=list)
    """What feedback says behind its last problem: demands, leads that were passed on."""
    units: list[tuple[int, int, str]] = field(default_factory=list)
    """``[start, end)`` of the sections that belong to one unit each."""

    def of_unit(self, heading: Heading, unit: str, place: Place, titles: Titles) -> Place:
        """Where the search stands below the name of a unit at ``place``: of the trail only themes go on."""
        self.units.append((heading.start, heading.end, unit))
        themes = tuple(above for above in place.trail if wording.is_theme(titles.of(above)))
        return replace(place, organisation=unit, inside=True, trail=themes)

    def unit_at(self, place: int) -> str | None:
        """The unit in whose section ``place`` stands, or null."""
        return next((unit for start, end, unit in self.units if start <= place < end), None)


class Titles:
    """The titles of the headings of one text; each is cleaned once, however often it is asked for."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._titles: dict[int, str] = {}
        self._names: dict[int, str] = {}

    def of(self, heading: Heading) -> str:
        """The printed title of ``heading`` without its outer marks."""
        title = self._titles.get(heading.start)
        if title is None:
            title = self._titles[heading.start] = wording.clean(
                self.text[heading.title_start : heading.title_end].rstrip(" \u3000\n（(【[")
            )
        return title

    def name(self, heading: Heading) -> str:
        """The theme or group that ``heading`` names (党的领导方面)."""
        name = self._names.get(heading.start)
        if name is None:
            name = self._names[heading.start] = wording.named(self.of(heading))
        return name

    def units(self, headings: Sequence[Heading]) -> dict[int, str]:
        """The organisations that ``headings`` beside each other consist of, two at least, by their ``id``."""
        units = {id(heading): unit for heading in headings if (unit := wording.unit_of(self.of(heading)))}
        return units if len(units) > 1 else {}


def title_field(title: str) -> Field | None:
    """The field whose label a heading consists of (一、整改目标), or null."""
    kind = WORDS.get(_MARKS.sub("", title))
    return kind if kind in _LABEL_TITLES else None


def theme_and_group(trail: Sequence[Heading], titles: Titles) -> tuple[str | None, str | None]:
    """Theme (方面) and group (大项) of a finding under the headings ``trail``, outermost first."""
    trail = [heading for heading in trail if heading.mark is not None or heading.title_start > heading.start]
    if not trail:
        return None, None
    outermost = titles.name(trail[0])
    if len(trail) > 1:
        return outermost, titles.name(trail[-1])
    mark = trail[0].mark
    counted = mark is not None and mark.kind >= MarkKind.DIGIT
    return (None, outermost) if counted and not wording.is_theme(outermost) else (outermost, None)


def lent(text: str, index: LabelIndex, heading: Heading, default: Field) -> tuple[Passage, ...]:
    """Leader, unit and deadline printed beside ``heading`` for all findings under it (（责任领导：…）)."""
    labels = index.within(heading.title_start, heading.own_end)
    own = next((label for label in labels if label.field in _LENT), None)
    if own is None:
        return ()
    if not heading.children and text[heading.body_start : own.start].strip(" \u3000\n。（("):
        return ()
    passages, _ = cut(text, index, heading.title_end, heading.own_end, default)
    return tuple(passage for passage in passages if passage.field in _LENT)


def with_lent(draft: Draft, place: Place) -> Draft:
    """``draft`` with organisation, leader, unit and deadline that the headings above it print for it."""
    draft.organisation = place.organisation
    for passage in place.lent:
        if not draft.has(passage.field) and passage.field not in draft.per_item:
            draft.passages.append(replace(passage, rule="of_section"))
    return draft


def for_all(text: str, heading: Heading, title: str) -> tuple[tuple[int, int] | None, tuple[Passage, ...]]:
    """Where ``heading`` prints the status of all findings under it, and their nature if it stands apart."""
    printed = wording.stated_for_all(title)
    counted = None if printed else wording.counted_done(title)
    if counted is not None:
        start = text.find(counted, heading.title_start, heading.title_end)
        return (start, start + len(counted)), ()
    if printed is None:
        return None, ()
    state, nature = printed
    start = text.find(state, heading.title_start, heading.title_end)
    if nature is None:
        return (start, start + len(state)), ()
    begin = text.find(nature, heading.title_start, heading.title_end)
    return (start, start + len(state)), (Passage(Field.NATURE, begin, begin + len(nature)),)
