"""Confirming a draft (确认入账): in one transaction it becomes a ledger, once."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction

from zhenggai.accounts.selectors import inspecting_bodies
from zhenggai.domain.actions import Action
from zhenggai.domain.inspections import InspectionKind, plan_is_required
from zhenggai.domain.markings import Marking
from zhenggai.domain.messages import msg
from zhenggai.domain.reading import DocumentKind
from zhenggai.intake.access import draft_locked
from zhenggai.intake.compare_errors import ComparisonNeededError
from zhenggai.intake.errors import DraftChangedError, OrganisationUnknownError, UnreadLeftError
from zhenggai.intake.events import IntakeEvent
from zhenggai.intake.fields import FieldError
from zhenggai.intake.models import DraftFinding, DraftUnread, Intake
from zhenggai.intake.selectors import findings_of
from zhenggai.intake.services.confirmed_record import (
    corrections_recorded,
    decisions_recorded,
    edits_recorded,
)
from zhenggai.intake.services.handing_in import document_of, draft_checked, imported_of
from zhenggai.intake.services.recording import intake_record
from zhenggai.intake.states import IntakeState, UnreadState
from zhenggai.ledger.compared_findings import has_findings
from zhenggai.ledger.services import inspection_create, ledger_import
from zhenggai.trail.chains import ChainKey
from zhenggai.trail.services import record_all

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from zhenggai.domain.actor import Actor

_NO_TITLE = msg("The new inspection needs a title; give it one, or choose an inspection that exists.")
_NO_KIND = msg("“%(kind)s” is no kind of inspection; choose one from the list.")
_NO_BODY = msg("That is no inspecting body that works here; choose one from the list, or none.")
_NO_MARKING = msg("“%(marking)s” is no secrecy marking; choose one from the list.")
FINDINGS_AT_ONCE: Final = 500
"""Rows of a draft that are in memory at a time."""


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
    :raises ComparisonNeededError: when the inspection has findings, with which it is compared first.
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
        count = draft_checked(intake, standing_of(intake))
        dismissed = rest_dismiss(intake, actor, at, dismiss_rest=dismiss_rest)
        if inspection_id is None:
            inspection_id = _open(actor, at, new, DocumentKind(intake.kind or DocumentKind.OTHER))
        elif has_findings(actor, inspection_id):
            raise ComparisonNeededError(inspection_id=inspection_id, name=intake.name)
        ledger_import(
            actor=actor,
            at=at,
            inspection_id=inspection_id,
            document=document_of(intake),
            findings=(imported_of(row) for row in standing_of(intake)),
            total=count,
        )
        draft_settle(
            intake,
            inspection_id,
            actor,
            at,
            {"findings": count, "dismissed_at_the_end": dismissed},
        )
    return Confirmed(inspection_id, count)


def standing_of(intake: Intake) -> Iterator[DraftFinding]:
    """The findings of a draft that were not dropped, with their items, some hundred in memory at a time."""
    return findings_of(intake).filter(dropped_at__isnull=True).iterator(chunk_size=FINDINGS_AT_ONCE)


def draft_settle(
    intake: Intake, inspection_id: int, actor: Actor, at: datetime, figures: dict[str, Any]
) -> None:
    """Ends a draft whose findings were written (草稿入账); the trail says what people did to it.

    ``figures`` stand with the receipt of the document.
    """
    rows = findings_of(intake).iterator(chunk_size=FINDINGS_AT_ONCE)
    entries = chain(
        corrections_recorded(intake), edits_recorded(intake, rows), decisions_recorded(intake, actor)
    )
    while batch := list(islice(entries, FINDINGS_AT_ONCE)):
        record_all(chain=ChainKey.inspection(inspection_id), entries=batch, actor=actor, at=at)
    intake.state = IntakeState.CONFIRMED.value
    intake.inspection_id = inspection_id
    intake.settled_at = at
    intake.settled_by = actor.label
    intake.version += 1
    intake.save()
    intake_record(intake, IntakeEvent.CONFIRMED, actor, at, {"inspection_id": inspection_id, **figures})


def rest_dismiss(intake: Intake, actor: Actor, at: datetime, *, dismiss_rest: bool) -> int:
    """Dismisses the stretches that nobody decided about, where that is said (其余略过); how many.

    :raises UnreadLeftError: when some wait and it is not said.
    """
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
