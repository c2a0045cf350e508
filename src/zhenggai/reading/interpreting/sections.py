"""Sections and the findings among them: which headings are findings, which only lead to some."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from zhenggai.domain.reading import DocumentKind, SectionRole
from zhenggai.domain.spans import Span
from zhenggai.reading import patterns as re
from zhenggai.reading.interpreting import spoken, wording
from zhenggai.reading.interpreting.drafts import Draft, Passage, cut
from zhenggai.reading.interpreting.fixed import FEWEST, fixed_block, from_children
from zhenggai.reading.interpreting.label_lists import belongs_to_labels, status_of_all
from zhenggai.reading.interpreting.labels import ANSWERS, TELLING, Field, Label, LabelIndex
from zhenggai.reading.interpreting.loose import counts_aloud, is_block, loose
from zhenggai.reading.interpreting.opened import body_of, from_heading, opened
from zhenggai.reading.interpreting.pairing import lists_several, paired
from zhenggai.reading.interpreting.roles import role_of
from zhenggai.reading.interpreting.siblings import alike, counted
from zhenggai.reading.interpreting.trail import (
    Found,
    Place,
    Titles,
    for_all,
    lent,
    theme_and_group,
    title_field,
    with_lent,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhenggai.reading.outline import Heading

_OUTSIDE = frozenset(
    {
        SectionRole.ORGANISATION,
        SectionRole.LEADS,
        SectionRole.NEXT_STEPS,
        SectionRole.CONTACT,
        SectionRole.ATTACHMENT,
    }
)
_CONTAINERS = frozenset({SectionRole.FINDINGS, SectionRole.LONG_TERM})
_TOLD = frozenset({DocumentKind.NOTICE, DocumentKind.REPORT})
_AIMING = _TOLD | {DocumentKind.PLAN}
_NEAR = 40
_TOP = Place()


class Search:
    """Walks the headings of one document; ``kind`` decides what text under no label is.

    Where it is not ``trusting``, wording alone makes no finding: a label or quoted problem must be there.
    Where it is not ``answering``, the text under a finding goes on with the problem.
    """

    def __init__(
        self,
        text: str,
        index: LabelIndex,
        kind: DocumentKind,
        *,
        trusting: bool,
        answering: bool,
        lead: Span | None = None,
    ) -> None:
        self.text = text
        self.index = index
        self.kind = kind
        self.found = Found()
        self.titles = Titles(text)
        self.default = {DocumentKind.PLAN: Field.MEASURES, DocumentKind.FEEDBACK: Field.PROBLEM}.get(
            kind, Field.RESULT if answering else Field.PROBLEM
        )
        self.trusting = trusting
        self.counted: frozenset[int] = frozenset()
        self.certain: dict[int, bool] = {}
        self.answering = self.default is not Field.PROBLEM
        self.lead = lead

    def only_list(self, headings: Sequence[Heading]) -> None:
        """Take ``headings`` for sections of a text that has no findings."""
        for heading in headings:
            self._whole_section(heading, SectionRole.OTHER)

    def walk(self, headings: Sequence[Heading], place: Place = _TOP) -> None:
        """Visit ``headings`` that stand beside each other at ``place``."""
        if place is _TOP and self.trusting:
            self.counted = counted(self.text, headings, self.titles)
        answered = paired(headings, self.titles, self.index) if self.kind in _TOLD else None
        if answered is None and self._one_block(headings, place):
            return
        units = self.titles.units(headings)
        demanded = False
        for before, heading in zip((None, *headings), headings, strict=False):
            demanded = demanded or (before is not None and self._asks(before) is not None)
            if answered is not None and heading in (answered.listed, answered.answering):
                self._section(heading, SectionRole.FINDINGS)
                answers = answered.drafts(self.text, self.index, self.titles, heading, place)
                self.found.drafts.extend(with_lent(draft, place) for draft in answers)
            elif demanded:
                self._whole_section(heading, SectionRole.NEXT_STEPS)
            elif (unit := units.get(id(heading))) is not None:
                self._section(heading, SectionRole.FINDINGS)
                below = self.found.of_unit(heading, unit, place, self.titles)
                self.walk(heading.children, below)
                if not heading.children:
                    self._loose(heading, below)
            else:
                self._visit(heading, place, headings)

    def _asks(self, heading: Heading) -> int | None:
        """Where feedback goes over to its demands below ``heading`` (提出如下整改意见建议：), or null."""
        feedback = self.kind is DocumentKind.FEEDBACK
        return wording.asks(self.text, heading.body_start, heading.end) if feedback else None

    def _section(self, heading: Heading, role: SectionRole) -> None:
        self.found.sections.append((heading, role))

    def _visit(self, heading: Heading, place: Place, beside: Sequence[Heading]) -> None:
        title = self.titles.of(heading)
        role = self._role(heading, title, place, beside)
        block = is_block(self.text, self.index, self.titles, heading, self._names_a_problem)
        if role in _OUTSIDE:
            self._whole_section(heading, role)
        elif (block and role not in _CONTAINERS) or self._counts_aloud(heading, title, place):
            self._section(heading, self._inner_role(heading, place))
            self._loose(heading, replace(place, trail=(*place.trail, heading)))
        elif role in _CONTAINERS:
            self._section(heading, role)
            state, nature = for_all(self.text, heading, title)
            below = nature + (lent(self.text, self.index, heading, self.default) or place.lent)
            inner = Place(
                role, (), place.organisation, inside=self.trusting, status=state or place.status, lent=below
            )
            if heading.children and not block:
                self.walk(heading.children, inner)
            else:
                self._loose(heading, inner, sole=self.trusting)
        elif self._holds_findings(heading, place):
            state, nature = for_all(self.text, heading, title)
            inner = replace(place, inside=place.inside or self.trusting, status=state or place.status)
            if not place.trail and not place.inside and wording.is_announced_deed(title):
                self._section(heading, SectionRole.FINDINGS)
                self.walk(heading.children, replace(inner, lent=nature + place.lent))
                return
            self._section(heading, self._inner_role(heading, place))
            below = nature + (lent(self.text, self.index, heading, self.default) or place.lent)
            self.walk(heading.children, replace(inner, trail=(*place.trail, heading), lent=below))
        elif self._is_finding(heading, title, place, beside):
            self._finding(heading, place)
        elif heading.children:
            before, position = len(self.found.drafts), len(self.found.sections)
            self._section(heading, self._inner_role(heading, place) if place.inside else SectionRole.OTHER)
            self.walk(heading.children, replace(place, trail=(*place.trail, heading)))
            if len(self.found.drafts) == before:
                self.found.sections[position] = (heading, SectionRole.OTHER)
        else:
            before = len(self.found.drafts)
            self._section(heading, SectionRole.OTHER)
            self._loose(heading, replace(place, trail=(*place.trail, heading)))
            if len(self.found.drafts) > before:
                self.found.sections[-1] = (heading, self._inner_role(heading, place))

    def _role(self, heading: Heading, title: str, place: Place, beside: Sequence[Heading]) -> SectionRole:
        role = role_of(title)
        if heading.counts_problem:
            return SectionRole.OTHER
        if role in _CONTAINERS:
            holds = self._contains(role, title, place, beside) and (
                heading.children or not wording.may_be_problem(title)
            )
            return role if holds else SectionRole.OTHER
        if role is SectionRole.ORGANISATION:
            if wording.is_theme(title) or wording.is_fault(title) or wording.unwrap(title).wrapped:
                return SectionRole.OTHER
            answers = self._answers(heading)
            if place.inside and answers:
                return SectionRole.OTHER
            return SectionRole.FINDINGS if answers >= 2 else role
        if role is SectionRole.ATTACHMENT and not self.found.drafts and self._answers(heading) >= 2:
            return SectionRole.FINDINGS
        left = role is SectionRole.NEXT_STEPS and wording.looks_ahead(title)
        if role in _OUTSIDE and (
            (wording.is_fault(title) and not left) or (place.inside and self._answers(heading))
        ):
            return SectionRole.OTHER
        return role

    def _contains(self, role: SectionRole, title: str, place: Place, beside: Sequence[Heading]) -> bool:
        """Whether a heading that speaks of findings holds them, rather than naming a theme or a finding."""
        if wording.is_generic(title):
            return True
        if place.inside:
            return False
        if wording.stated_for_all(title) is not None:
            return True
        if role is SectionRole.LONG_TERM:
            return not wording.is_fault(re.sub(r"(?:尚|还)?未(?:完成|整改)", "", title))
        quoted = wording.unwrap(title).wrapped or wording.quotes_a_problem(title)
        if not (quoted or wording.is_problem(title) or wording.is_theme(title)):
            return True
        others = [other for other in beside[:_NEAR] if wording.unwrap(self.titles.of(other)).wrapped]
        return wording.announces(title) and len(others) < 2

    def _answers(self, heading: Heading) -> int:
        return sum(label.field in ANSWERS for label in self.index.within(heading.body_start, heading.end))

    def _whole_section(self, heading: Heading, role: SectionRole) -> None:
        self._section(heading, role)
        for child in heading.children:
            self._whole_section(child, role)

    def _inner_role(self, heading: Heading, place: Place) -> SectionRole:
        theme, _ = theme_and_group((*place.trail, heading), self.titles)
        return SectionRole.THEME if not place.trail and theme is not None else SectionRole.GROUP

    def _counts_aloud(self, heading: Heading, title: str, place: Place) -> bool:
        where = (self.text, self.index, heading.body_start, heading.end, title)
        listed, aimed = self.kind is DocumentKind.FEEDBACK, self.trusting and self.kind in _AIMING
        trusted = self.trusting and (place.inside or wording.is_theme(title))
        return not heading.children and counts_aloud(*where, of_feedback=listed, trusted=trusted, aimed=aimed)

    def _own(self, heading: Heading) -> list[Label]:
        own = self.index.within(heading.title_start, heading.own_end)
        return [label for label in own if label.field in TELLING]

    def _label_children(self, heading: Heading) -> list[Heading]:
        return [child for child in heading.children if title_field(self.titles.of(child)) is not None]

    def _holds_findings(self, heading: Heading, place: Place) -> bool:
        """Whether the children of ``heading`` are findings or lead to some, rather than being its items."""
        children = heading.children
        if not children or self._label_children(heading):
            return False
        if all(child.start in self.counted for child in children):
            return True
        own = [label for label in self._own(heading) if label.field in ANSWERS]
        telling = [
            child
            for child in children
            if any(
                label.field in ANSWERS or label.field is Field.PROBLEM
                for label in self.index.within(child.start, child.end)
            )
        ]
        if belongs_to_labels(self.index, self.titles, heading) or (
            own
            and not (
                len(telling) >= 2
                and len(telling) * 2 > len(children)
                and any(self._names_a_problem(child) for child in children[:_NEAR])
            )
        ):
            return False
        if telling:
            return not status_of_all(self.index, self.titles, heading, telling, self._names_a_problem)
        if heading.counts_problem:
            return self.kind in _TOLD and self._answered_below(heading)
        named = [child for child in children if self._names_a_problem(child)]
        if wording.names_its_problem(self.titles.of(heading)):
            acts = any(wording.is_act(self.titles.of(child)) for child in children)
            if len(named) == len(children) and not acts:
                return True
        elif len(named) * 2 >= len(children):
            return True
        return any(child.children and self._holds_findings(child, place) for child in children)

    def _answered_below(self, heading: Heading) -> bool:
        """Whether the children of ``heading`` are problems that say how far they are (问题一 above 1. 2.)."""
        told = sum(map(self._has_status, heading.children))
        acts = any(wording.is_act(self.titles.of(child)) for child in heading.children)
        named = all(map(self._names_a_problem, heading.children))
        return len(heading.children) > 1 and told * 2 >= len(heading.children) and named and not acts

    def _names_a_problem(self, heading: Heading) -> bool:
        title = self.titles.of(heading)
        return (
            heading.counts_problem
            or wording.run_on(self.text, heading.title_start, max(heading.title_end, heading.title_start))
            is not None
            or wording.unwrap(title).wrapped
            or wording.quotes_a_problem(title)
            or (len(title) <= 160 and wording.is_problem(wording.first_clause(title)))
        )

    def _is_finding(self, heading: Heading, title: str, place: Place, beside: Sequence[Heading]) -> bool:
        if not self.trusting and self.text[heading.title_end : heading.title_end + 1] in ("？", "?"):
            return False
        labelled = {title_field(self.titles.of(child)) for child in self._label_children(heading)}
        certain = self.trusting or bool(labelled & ANSWERS) or self._answers(heading)
        if heading.counts_problem and (certain or wording.is_problem(title)):
            return True
        if len(labelled) > 1 or (labelled and certain and self._names_a_problem(heading)):
            return True
        if any(label.field in ANSWERS for label in self._own(heading)):
            return True
        if wording.is_generic(title):
            return False
        if not (place.inside or self.trusting):
            return wording.unwrap(title).wrapped
        if wording.is_theme(title) and not wording.is_fault(title) and not wording.unwrap(title).wrapped:
            return self._has_status(heading)
        return (
            self._names_a_problem(heading)
            or self._has_status(heading)
            or self._is_like(heading, place, beside)
        )

    def _has_status(self, heading: Heading) -> bool:
        _, state = from_heading(self.text, (heading.title_start, heading.title_end))
        return state is not None or any(one.field is Field.STATUS for one in self._passages(heading)[0])

    def _is_like(self, heading: Heading, place: Place, beside: Sequence[Heading]) -> bool:
        """Whether headings of the same numbering are findings, or a stated total counts this one."""
        where = (self.text, heading, beside, self.titles, self._is_certain)
        return heading.start in self.counted or alike(*where, inside=place.inside or bool(place.trail))

    def _is_certain(self, heading: Heading) -> bool:
        known = self.certain.get(heading.start)
        if known is None:
            known = self._names_a_problem(heading) or bool(self._own(heading)) or self._has_status(heading)
            self.certain[heading.start] = known
        return known

    def _passages(self, heading: Heading) -> tuple[list[Passage], frozenset[Field]]:
        start = body_of(self.text, heading, answering=self.answering)
        return cut(self.text, self.index, start, self._stop(heading), self.default)

    def _stop(self, heading: Heading) -> int:
        """Where what belongs to a finding ends: before demands, before a line about leads, or with it."""
        if self.kind is not DocumentKind.FEEDBACK:
            return heading.end
        stop = self._asks(heading) or heading.end
        return wording.passes_on(self.text, heading.body_start, stop) or stop

    def _finding(self, heading: Heading, place: Place) -> None:
        title, state, printed, _, told = opened(self.text, self.index, heading, answering=self.answering)
        theme, group = theme_and_group(place.trail, self.titles)
        draft = Draft(
            heading.path, title, heading.start, self._stop(heading), printed, theme, group, place.organisation
        )
        draft.passages, draft.per_item = self._passages(heading)
        labelled = self._label_children(heading)
        if labelled:
            draft.passages = from_children(self.text, self.index, heading, labelled, self.default)
        if told:
            draft.passages.insert(0, told)
        if state is not None:
            draft.passages.insert(0, state)
        elif place.status is not None and not draft.has(Field.STATUS):
            draft.passages.append(Passage(Field.STATUS, *place.status, None, "status_of_section"))
        if draft.end < heading.end:
            self.found.demands.append((draft.end, heading.end))
        self.found.drafts.append(with_lent(draft, place))

    def _one_block(self, headings: Sequence[Heading], place: Place) -> bool:
        """An environmental closure notice: its headings are the labels of one finding."""
        several = self.kind in _TOLD and lists_several(headings, self.titles, self.index)
        if len(headings) < FEWEST - 1 or several:
            return False
        draft = fixed_block(
            self.text, [(heading, self.titles.of(heading)) for heading in headings], self.lead
        )
        if draft is None:
            return False
        draft.theme, draft.group = theme_and_group(place.trail, self.titles)
        for heading in headings:
            if title_field(self.titles.of(heading)) is None:
                self._section(heading, role_of(self.titles.of(heading)))
        self.found.drafts.append(with_lent(draft, place))
        return True

    def _loose(self, heading: Heading, place: Place, *, sole: bool = False) -> None:
        """Findings without numbers in the text under ``heading``."""
        self.found.drafts.extend(self.loose(heading.body_start, heading.end, place, sole=sole))

    def loose(self, start: int, end: int, place: Place, *, sole: bool = False) -> list[Draft]:
        """Findings without numbers in ``text[start:end]``; ``sole`` as of ``loose.loose``."""
        names = theme_and_group(place.trail, self.titles)
        aimed = self.trusting and self.kind in _AIMING and bool(place.trail or not self.found.drafts)
        themed = bool(place.trail) and wording.is_theme(self.titles.of(place.trail[-1]))
        where = (self.text, self.index, self.default, start, end)
        drafts = loose(*where, aimed=aimed, themed=themed, sole=sole and self.answering)
        if not drafts and self.kind is DocumentKind.FEEDBACK and place.trail:
            drafts = spoken.under_theme(self.text, start, end, themed=themed)
        if not drafts and self.kind is DocumentKind.FEEDBACK and sole:
            drafts = spoken.listed(self.text, [Span(start, end)])
        for draft in drafts:
            with_lent(draft, place)
            if place.status is not None and not draft.has(Field.STATUS):
                draft.passages.append(Passage(Field.STATUS, *place.status, None, "status_of_section"))
            draft.theme, draft.group = names
            if draft.number is not None and place.trail:
                draft.number = f"{place.trail[-1].path}/{draft.number}"
        return drafts
