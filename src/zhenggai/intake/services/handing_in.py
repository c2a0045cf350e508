"""What a draft hands to the ledger (交入台账的内容): claims as plain values, measured beforehand."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

from zhenggai.domain.closing import visible_text
from zhenggai.domain.messages import Message, msg
from zhenggai.domain.reading import DocumentKind, StatedNature, StatedProgress
from zhenggai.domain.spans import Span
from zhenggai.intake.errors import NoFindingError, TitleMissingError
from zhenggai.intake.fields import DOCUMENT_FIELDS, FINDING_FIELDS, ITEM_FIELDS, Field, FieldError
from zhenggai.intake.models import DraftFinding, DraftItem, Intake
from zhenggai.intake.states import ItemKind
from zhenggai.ledger.imports import ImportedDocument, ImportedFinding, ImportedItem

if TYPE_CHECKING:
    from collections.abc import Iterable

_UNTITLED = msg("It has no title; give it one, or drop it with a reason.")
_DOCUMENT_PART = msg("Facts of the document: %(why)s")
_PART = msg("Finding %(place)s: %(why)s")


def draft_checked(intake: Intake, rows: Iterable[DraftFinding]) -> int:
    """How many findings a draft has; ``rows`` are all of them, with their items.

    :raises NoFindingError: when none is left in it.
    :raises TitleMissingError: when some have no title.
    :raises FieldError: when a field holds more than a ledger takes.
    """
    facts_checked(intake)
    place, untitled, refused = 0, [], None
    for place, row in enumerate(rows, start=1):
        problem = problem_of(row)
        if not visible_text(row.title):
            untitled.append(place)
        elif problem is not None and refused is None:
            refused = FieldError(_PART, place=place, why=problem)
    if not place:
        raise NoFindingError(name=intake.name)
    if untitled:
        raise TitleMissingError(count=len(untitled), position=untitled[0])
    if refused is not None:
        raise refused
    return place


def facts_checked(intake: Intake) -> None:
    """Refuses facts of the document that a ledger cannot hold.

    :raises FieldError: naming the first.
    """
    for field in DOCUMENT_FIELDS.values():
        problem = _problem(field, getattr(intake, field.name))
        if problem is not None:
            raise FieldError(_DOCUMENT_PART, why=problem)


def problem_of(row: DraftFinding) -> Message | None:
    """Why a ledger cannot take a finding of a draft as it is, or nothing.

    What the reader put into a field was never taken through a form, so it is measured here.
    """
    if not visible_text(row.title):
        return Message(_UNTITLED)
    fields = ((field, getattr(row, field.name)) for field in FINDING_FIELDS.values())
    items = ((ITEM_FIELDS["text"], item.text) for item in items_of(row))
    problems = (_problem(field, value) for field, value in chain(fields, items))
    return next((problem for problem in problems if problem is not None), None)


def _problem(field: Field, value: Any) -> Message | None:
    try:
        field.take(field.show(value))
    except FieldError as refusal:
        return refusal.message
    return None


def document_of(intake: Intake) -> ImportedDocument:
    """The document as the ledger keeps it."""
    return ImportedDocument(
        kind=DocumentKind(intake.kind or DocumentKind.OTHER),
        title=intake.title,
        name=intake.name,
        blob_sha256=intake.sha256,
        reading_sha256=intake.reading_sha256,
        text_sha256=intake.text_sha256,
        intake_id=intake.pk,
    )


def imported_of(row: DraftFinding) -> ImportedFinding:
    """A finding of the draft, loaded with its items, as the ledger takes it."""
    items = items_of(row)
    units = (part.strip() for part in row.supporting_units.replace("，", "、").replace(",", "、").split("、"))
    return ImportedFinding(
        title=row.title,
        number=row.number,
        theme=row.theme,
        group=row.group,
        problem=row.problem,
        organisation_label=row.organisation_label,
        result=row.result,
        status_text=row.status_text,
        stated_progress=StatedProgress(row.stated_progress) if row.stated_progress else None,
        stated_nature=StatedNature(row.stated_nature) if row.stated_nature else None,
        stated_closed=row.stated_closed,
        leader=row.responsible_leader,
        unit=row.lead_unit,
        supporting=tuple(unit for unit in units if unit),
        due_text=row.due_text,
        due_on=row.due_on,
        span=_span(row),
        truncated=row.truncated,
        measures=tuple(_item(item) for item in items if item.kind == ItemKind.MEASURE),
        actions=tuple(_item(item) for item in items if item.kind == ItemKind.ACTION),
    )


def items_of(row: DraftFinding) -> list[DraftItem]:
    """The measures and actions that stand and say something."""
    items: list[DraftItem] = getattr(row, "all_items", [])
    return [item for item in items if item.dropped_at is None and item.text]


def _item(item: DraftItem) -> ImportedItem:
    return ImportedItem(
        text=item.text,
        span=_span(item),
        leader=item.leader,
        unit=item.unit,
        due_text=item.due_text,
        due_on=item.due_on,
    )


def _span(row: DraftFinding | DraftItem) -> Span | None:
    if row.span_start is None or row.span_end is None:
        return None
    return Span(row.span_start, row.span_end)
