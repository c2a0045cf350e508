"""Confirming a draft (确认入账): in one transaction it becomes a ledger, once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction

from zhenggai.accounts.selectors import inspecting_bodies
from zhenggai.domain.actions import Action
from zhenggai.domain.closing import visible_text
from zhenggai.domain.inspections import InspectionKind, plan_is_required
from zhenggai.domain.markings import Marking
from zhenggai.domain.messages import Message, msg
from zhenggai.domain.reading import DocumentKind, StatedNature, StatedProgress
from zhenggai.domain.spans import Span
from zhenggai.intake.access import draft_locked
from zhenggai.intake.errors import (
    DraftChangedError,
    NoFindingError,
    OrganisationUnknownError,
    TitleMissingError,
    UnreadLeftError,
)
from zhenggai.intake.events import IntakeEvent
from zhenggai.intake.fields import DOCUMENT_FIELDS, FINDING_FIELDS, ITEM_FIELDS, Field, FieldError
from zhenggai.intake.models import Correction, DraftFinding, DraftItem, DraftUnread, Intake
from zhenggai.intake.selectors import findings_of
from zhenggai.intake.services.recording import intake_record
from zhenggai.intake.states import IntakeState, ItemKind, Origin, UnreadState
from zhenggai.ledger.imports import ImportedDocument, ImportedFinding, ImportedItem
from zhenggai.ledger.services import inspection_create, ledger_import
from zhenggai.trail.chains import ChainKey
from zhenggai.trail.services import Entry, record_all

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime

    from zhenggai.domain.actor import Actor

_NO_TITLE = msg("The new inspection needs a title; give it one, or choose an inspection that exists.")
_NO_KIND = msg("“%(kind)s” is no kind of inspection; choose one from the list.")
_NO_BODY = msg("That is no inspecting body that works here; choose one from the list, or none.")
_NO_MARKING = msg("“%(marking)s” is no secrecy marking; choose one from the list.")
_PART = msg("Finding %(place)s: %(why)s")
_DOCUMENT_PART = msg("Facts of the document: %(why)s")
# How much of a text the trail repeats; the whole text stands in the draft and in the ledger.
RECORDED_CHARACTERS: Final = 500


@dataclass(frozen=True, slots=True)
class NewInspection:
    """An inspection that is opened together with its first document.

    ``inspector`` is the inspecting body as printed; ``inspector_organisation_id`` names it where it works
    here, so that its people see the inspection. ``plan_required``: whether work counts only under an approved
    plan; None leaves it to the kinds of inspection and document. ``profile_id``: the rules it begins with;
    None takes the default of its kind there.
    """

    title: str
    kind: str
    subject_id: int
    inspector: str = ""
    inspector_organisation_id: int | None = None
    feedback_on: date | None = None
    plan_required: bool | None = None
    marking: str = Marking.INTERNAL.value
    profile_id: int | None = None


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What a confirmation made."""

    inspection_id: int
    findings: int


def intake_confirm(
    *,
    actor: Actor,
    at: datetime,
    intake_id: int,
    version: int,
    inspection_id: int | None = None,
    new: NewInspection | None = None,
    dismiss_rest: bool = False,
) -> Confirmed:
    """Write a draft into the ledger of an inspection (确认), existing or new; all of it or nothing.

    ``version`` is the draft as the person saw it. What the document claims enters as its claims only.

    :raises AlreadyConfirmedError: when it is in a ledger already, with that inspection.
    :raises NotPermittedError: when the actor's posts do not let him confirm.
    :raises DraftChangedError: when somebody changed it after ``version``.
    :raises NoFindingError: when no finding is left in it.
    :raises UnreadLeftError: when stretches wait for a decision and ``dismiss_rest`` is not set.
    :raises TitleMissingError: when a finding has no title.
    :raises FieldError: when a field holds more than a ledger takes.
    """
    with transaction.atomic():
        intake = draft_locked(actor, at, intake_id, action=Action.INTAKE_CONFIRM)
        if intake.version != version:
            raise DraftChangedError(name=intake.name)
        rows = list(findings_of(intake))
        findings = [row for row in rows if row.dropped_at is None]
        _check(intake, findings)
        dismissed = _dismiss(intake, actor, at, dismiss_rest=dismiss_rest)
        if inspection_id is None:
            inspection_id = _open(actor, at, new, DocumentKind(intake.kind or DocumentKind.OTHER))
        ledger_import(
            actor=actor,
            at=at,
            inspection_id=inspection_id,
            document=_document(intake),
            findings=[_imported(row) for row in findings],
        )
        entries = [*_corrections(intake), *_edits(intake, rows), *_decisions(intake, actor)]
        record_all(chain=ChainKey.inspection(inspection_id), entries=entries, actor=actor, at=at)
        intake.state = IntakeState.CONFIRMED.value
        intake.inspection_id = inspection_id
        intake.settled_at = at
        intake.settled_by = actor.label
        intake.version += 1
        intake.save()
        intake_record(
            intake,
            IntakeEvent.CONFIRMED,
            actor,
            at,
            {"inspection_id": inspection_id, "findings": len(findings), "dismissed_at_the_end": dismissed},
        )
    return Confirmed(inspection_id, len(findings))


def _check(intake: Intake, findings: Sequence[DraftFinding]) -> None:
    if not findings:
        raise NoFindingError(name=intake.name)
    untitled = [place for place, row in enumerate(findings, start=1) if not visible_text(row.title)]
    if untitled:
        raise TitleMissingError(count=len(untitled), position=untitled[0])
    for field in DOCUMENT_FIELDS.values():
        _fits(field, getattr(intake, field.name), Message(_DOCUMENT_PART))
    for place, row in enumerate(findings, start=1):
        for field in FINDING_FIELDS.values():
            _fits(field, getattr(row, field.name), Message(_PART, {"place": place}))
        for item in _items(row):
            _fits(ITEM_FIELDS["text"], item.text, Message(_PART, {"place": place}))


def _fits(field: Field, value: Any, part: Message) -> None:
    """What the reader put into a field was never taken through a form, so it is measured here."""
    try:
        field.take(field.show(value))
    except FieldError as refusal:
        raise FieldError(part.template, **part.values, why=refusal.message) from None


def _dismiss(intake: Intake, actor: Actor, at: datetime, *, dismiss_rest: bool) -> int:
    waiting = DraftUnread.objects.filter(intake=intake, state=UnreadState.OPEN)
    count = waiting.count()
    if count and not dismiss_rest:
        raise UnreadLeftError(count=count, name=intake.name)
    if count:
        waiting.update(
            state=UnreadState.DISMISSED.value,
            decided_by=actor.label,
            decided_at=at,
            version=intake.version,
        )
    return count


def _open(actor: Actor, at: datetime, new: NewInspection | None, document: DocumentKind) -> int:
    title = new.title.strip() if new else ""
    if new is None or not title:
        raise FieldError(_NO_TITLE)
    if new.kind not in set(InspectionKind):
        raise FieldError(_NO_KIND, kind=new.kind[:40])
    if not new.subject_id:
        raise OrganisationUnknownError
    kind = InspectionKind(new.kind)
    body_id = new.inspector_organisation_id
    if body_id is not None and not inspecting_bodies(actor).filter(pk=body_id).exists():
        raise FieldError(_NO_BODY)
    inspection = inspection_create(
        actor=actor,
        at=at,
        title=title,
        kind=kind,
        subject_id=new.subject_id,
        inspector=new.inspector,
        inspector_organisation_id=body_id,
        feedback_on=new.feedback_on,
        marking=_marking(new.marking),
        profile_id=new.profile_id,
        plan_required=plan_is_required(kind, document) if new.plan_required is None else new.plan_required,
    )
    return int(inspection.pk)


def _marking(marking: str) -> Marking:
    if marking not in set(Marking):
        raise FieldError(_NO_MARKING, marking=marking[:40])
    return Marking(marking)


def _document(intake: Intake) -> ImportedDocument:
    return ImportedDocument(
        kind=DocumentKind(intake.kind or DocumentKind.OTHER),
        title=intake.title,
        name=intake.name,
        blob_sha256=intake.sha256,
        reading_sha256=intake.reading_sha256,
        text_sha256=intake.text_sha256,
        intake_id=intake.pk,
    )


def _imported(row: DraftFinding) -> ImportedFinding:
    items = _items(row)
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


def _items(row: DraftFinding) -> list[DraftItem]:
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


def _edits(intake: Intake, rows: Sequence[DraftFinding]) -> Iterator[Entry]:
    """What people changed of the reading, one event for each row that they changed."""
    changed = _changed(DOCUMENT_FIELDS.values(), intake)
    if changed:
        yield Entry(IntakeEvent.DOCUMENT_EDITED, ("intake", intake.pk), {"fields": changed})
    for row in rows:
        about = {"number": row.number, "title": _short(row.title)}
        if row.dropped_at is not None:
            dropped = {"by": row.dropped_by, "reason": _short(row.drop_reason)}
            yield Entry(IntakeEvent.FINDING_DROPPED, ("intake", intake.pk), {**about, **dropped})
            continue
        said: dict[str, Any] = {"fields": _changed(FINDING_FIELDS.values(), row)}
        said["items"] = [each for item in getattr(row, "all_items", []) if (each := _changed_item(item))]
        if row.origin == Origin.ADDED:
            yield Entry(IntakeEvent.FINDING_ADDED, ("intake", intake.pk), {**about, **said})
        elif said["fields"] or said["items"]:
            yield Entry(IntakeEvent.FINDING_EDITED, ("intake", intake.pk), {**about, **said})


def _changed(fields: Any, row: Any) -> list[dict[str, str]]:
    found = []
    for field in fields:
        now = field.show(getattr(row, field.name))
        read = row.as_read.get(field.name, "")
        if now != read:
            by = str(row.edits.get(field.name, {}).get("by", ""))
            found.append({"field": field.name, "read": _short(read), "now": _short(now), "by": by})
    return found


def _changed_item(item: DraftItem) -> dict[str, str] | None:
    by = str(item.edits.get("text", {}).get("by", ""))
    if item.dropped_at is not None:
        return {"kind": item.kind, "read": _short(item.text), "now": "", "by": item.dropped_by}
    if item.origin == Origin.ADDED:
        return {"kind": item.kind, "read": "", "now": _short(item.text), "by": by}
    read = item.as_read.get("text", "")
    if item.text != read:
        return {"kind": item.kind, "read": _short(read), "now": _short(item.text), "by": by}
    return None


def _decisions(intake: Intake, actor: Actor) -> Iterator[Entry]:
    """One event for all stretches that nobody had understood, with the places and what became of them."""
    rows = DraftUnread.objects.filter(intake=intake).order_by("position")
    decided: list[dict[str, Any]] = [
        {
            "span": [row.span_start, row.span_end],
            "state": row.state,
            "target": row.target,
            "by": row.decided_by or actor.label,
            "text": _short(row.text, 60),
        }
        for row in rows
    ]
    if decided:
        yield Entry(IntakeEvent.UNREAD_DECIDED, ("intake", intake.pk), {"stretches": decided})


def _corrections(intake: Intake) -> Iterator[Entry]:
    """One event for all that people did to the structure, in its order, with what was undone again."""
    made: list[dict[str, Any]] = [
        {
            "kind": row.kind,
            "title": row.title,
            "by": row.made_by,
            "at": row.made_at.isoformat(),
            "undone_by": row.undone_by,
        }
        for row in Correction.objects.filter(intake=intake).order_by("pk").defer("before")
    ]
    if made:
        yield Entry(IntakeEvent.STRUCTURE_CORRECTED, ("intake", intake.pk), {"corrections": made})


def _short(text: str, most: int = RECORDED_CHARACTERS) -> str:
    return text if len(text) <= most else text[:most] + "…"
