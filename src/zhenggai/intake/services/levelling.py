"""The level of a heading changes for all headings like it (调整标题层级): theme, group or finding."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Final

from zhenggai.domain.messages import msg
from zhenggai.domain.reading import DocumentKind
from zhenggai.intake.errors import LevelError
from zhenggai.intake.fields import FIELD_CHARACTERS, TITLE_CHARACTERS
from zhenggai.intake.models import DraftFinding, DraftItem
from zhenggai.intake.services.correcting import (
    Correcting,
    correcting,
    drop,
    finding_of,
    items_of,
    standing,
)
from zhenggai.intake.services.joining import add_place, merge_into
from zhenggai.intake.states import CorrectionKind, Heading, ItemKind, Origin

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from zhenggai.domain.actor import Actor
    from zhenggai.intake.models import Intake

BELONGS_ABOVE = msg("It is part of the finding that its heading names now.")
IS_HEADING = msg("It is the heading of the findings that its measures and actions became.")
_STYLES: Final = (
    ("chinese", re.compile(r"[一二三四五六七八九十百]+")),
    ("chinese_bracket", re.compile(r"\([一二三四五六七八九十百]+\)")),
    ("digit", re.compile(r"\d+")),
    ("digit_bracket", re.compile(r"\(\d+\)")),
    ("circled", re.compile(r"[①-⑳]")),
    ("problem", re.compile(r"问题.+")),
)
_FIRST_SENTENCE = re.compile(r"[。；;！!？?\n]")


def draft_level_change(
    *,
    actor: Actor,
    at: datetime,
    intake_id: int,
    finding_id: int,
    of: Heading,
    to: Heading,
    seen: int,
) -> int:
    """Change what the headings like one are (调整层级): every heading numbered in the same way at that level.

    ``finding_id`` is the finding that the heading names, or one under it. A heading that becomes a finding
    takes the findings under it as its measures, actions or problem; a finding that becomes a heading leaves
    its measures and actions as findings. Returns how many headings were changed.

    :raises RowNotFoundError: when the finding is none of this draft.
    :raises LevelError: when no heading like it can be changed that way.
    :raises PartChangedError: when the finding was changed since the page was shown.
    """
    with correcting(actor, at, intake_id, CorrectionKind.LEVEL_CHANGED) as work:
        finding = finding_of(work.intake, finding_id)
        work.unchanged_since(seen, finding)
        rows = _alike(work.intake, finding, of)
        if of is to or not any(row.pk == finding.pk for row in rows):
            raise LevelError(title=_heading(finding, of))
        work.about(finding)
        if of is Heading.FINDING:
            count = sum(_below(work, row, to) for row in rows)
        elif to is Heading.FINDING:
            runs = (list(run) for _, run in groupby(rows, key=lambda row: _heading(row, of)))
            count = sum(_above(work, run, of) for run in runs)
        else:
            count = _renamed(work, rows, of, to)
        if not count:
            raise LevelError(title=_heading(finding, of))
    return count


def _heading(finding: DraftFinding, of: Heading) -> str:
    words = {Heading.THEME: finding.theme, Heading.GROUP: finding.group, Heading.FINDING: finding.title}
    return words[of]


def _style(finding: DraftFinding, of: Heading) -> str:
    """How the heading of this level is numbered, as far as the printed path tells."""
    parts = finding.number.split("/") if finding.number else []
    above = {Heading.FINDING: 0, Heading.GROUP: 1, Heading.THEME: 2 if finding.group else 1}[of]
    if len(parts) <= above:
        return ""
    number = parts[-1 - above]
    return next((name for name, pattern in _STYLES if pattern.fullmatch(number)), number)


def _alike(intake: Intake, finding: DraftFinding, of: Heading) -> list[DraftFinding]:
    """The findings whose heading changes with this one's: numbered alike, or standing under one that is.

    A finding that was split off or added has no number; it stays under the heading it was put under.
    """
    every = list(standing(intake))
    if of is Heading.FINDING:
        return [row for row in every if _is_like(finding, row, of)]
    beside = (row for row in every if _heading(row, of) == _heading(finding, of) and _style(row, of))
    shown = next(beside, finding)
    like = [row for row in every if _is_like(shown, row, of)]
    headings = {_heading(row, of) for row in like}
    return [row for row in every if _heading(row, of) in headings]


def _is_like(finding: DraftFinding, row: DraftFinding, of: Heading) -> bool:
    return bool(_heading(row, of)) and _style(row, of) == _style(finding, of)


def _renamed(work: Correcting, rows: Sequence[DraftFinding], of: Heading, to: Heading) -> int:
    """A theme becomes a group, or a group a theme; a finding that has a heading there already stays."""
    source, target = of.value, to.value
    headings = set()
    for row in rows:
        if to is Heading.GROUP and row.group:
            continue
        headings.add(getattr(row, source))
        work.keep(row)
        setattr(row, target, getattr(row, source))
        setattr(row, source, "")
        kept = {name: place for name, place in row.spans.items() if name not in {source, target}}
        row.spans = {**kept, **({target: row.spans[source]} if source in row.spans else {})}
        row.why = {key: value for key, value in row.why.items() if key not in {source, target}}
        work.save(row, source, target)
    return len(headings)


def _above(work: Correcting, rows: Sequence[DraftFinding], of: Heading) -> int:
    """A heading becomes one finding that holds all that stood under it."""
    first = rows[0]
    first.refresh_from_db()
    place = first.spans.get(of.value)
    parts = first.number.split("/")
    depth = len(parts) - (2 if of is Heading.THEME and first.group else 1)
    work.make_room(first.position)
    made = DraftFinding(
        intake=work.intake,
        position=first.position,
        origin=Origin.ADDED.value,
        number="/".join(parts[: max(depth, 0)]),
        title=_heading(first, of)[:TITLE_CHARACTERS],
        theme=first.theme if of is Heading.GROUP else "",
        organisation_label=first.organisation_label,
        span_start=place[0] if place else first.span_start,
        span_end=place[1] if place else first.span_start,
        spans={"title": place} if place else {},
    )
    if of is Heading.GROUP and "theme" in first.spans:
        made.spans["theme"] = first.spans["theme"]
    work.make(made, "title")
    for row in rows:
        row.refresh_from_db()
        work.keep(row)
        _take_in(work, made, row)
    made.span_end = max((row.span_end for row in rows if row.span_end is not None), default=made.span_end)
    made.save(update_fields=["span_end"])
    return 1


_OF_HEADING: Final = ("number", "theme", "group", "organisation_label")


def _take_in(work: Correcting, made: DraftFinding, row: DraftFinding) -> None:
    """One finding becomes part of the one that its heading names; the dropped row keeps its own words."""
    kind, own = work.intake.kind, {name: getattr(row, name) for name in (*_OF_HEADING, "title")}
    if kind != DocumentKind.FEEDBACK:
        what = ItemKind.MEASURE if kind == DocumentKind.PLAN else ItemKind.ACTION
        _as_item(work, made, what, row.title, row.spans.get("title"))
        row.title = made.title
    for name in _OF_HEADING:
        setattr(row, name, "")
    merge_into(work, made, row, BELONGS_ABOVE)
    for name, words in own.items():
        setattr(row, name, words)
    row.save(update_fields=list(own))


def _as_item(
    work: Correcting, finding: DraftFinding, kind: ItemKind, text: str, span: list[int] | None
) -> None:
    last = DraftItem.objects.filter(finding=finding, kind=kind).count()
    item = DraftItem(
        finding=finding,
        kind=kind.value,
        position=last,
        origin=Origin.ADDED.value,
        text=text,
        span_start=span[0] if span else None,
        span_end=span[1] if span else None,
    )
    work.make(item, "text")


def _below(work: Correcting, row: DraftFinding, to: Heading) -> int:
    """A finding becomes a heading, and each of its measures and actions a finding under it."""
    items = items_of(row)
    if not items:
        return 0
    row.refresh_from_db()
    work.keep(row)
    work.make_room(row.position + 1, len(items))
    for offset, item in enumerate(_findings_of(row, items, to)):
        item.position = row.position + 1 + offset
        item.intake = work.intake
        work.make(item, "title")
    drop(work, row, IS_HEADING)
    return 1


def _findings_of(row: DraftFinding, items: Sequence[DraftItem], to: Heading) -> Iterator[DraftFinding]:
    for item in items:
        title = _FIRST_SENTENCE.split(item.text.strip(), maxsplit=1)[0].strip()[:TITLE_CHARACTERS]
        whole = item.text.strip().rstrip("。；;")
        span = [item.span_start, item.span_end] if item.span_start is not None else None
        made = DraftFinding(
            origin=Origin.ADDED.value,
            title=title,
            problem="" if whole == title else whole[:FIELD_CHARACTERS],
            theme=row.title if to is Heading.THEME else row.theme,
            group="" if to is Heading.THEME else row.title,
            organisation_label=row.organisation_label,
            responsible_leader=item.leader,
            lead_unit=item.unit,
            due_text=item.due_text,
            due_on=item.due_on,
            span_start=item.span_start,
            span_end=item.span_end,
            spans={"title": span} if span else {},
        )
        add_place(made, to.value, row.spans.get("title"))
        if to is Heading.GROUP:
            add_place(made, "theme", row.spans.get("theme"))
        yield made
