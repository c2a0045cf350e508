"""Taking a document into a ledger in the demonstration (演示收件与确认), the same way as on the pages."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING

from zhenggai.accounts.selectors import organisation_get
from zhenggai.domain.inspections import InspectionKind
from zhenggai.intake import services
from zhenggai.intake.services import NewInspection
from zhenggai.intake.states import IntakeState
from zhenggai.ledger import selectors as ledger
from zhenggai.ops.cast import INSPECTORS
from zhenggai.ops.desk import OFFICE

if TYPE_CHECKING:
    from zhenggai.intake.models import Intake
    from zhenggai.ledger.models import Finding
    from zhenggai.ops.cast import Cast, StoryClock

TWIN, LARGER, SMALL = "twin.txt", "second.txt", "third.txt"


@dataclass(frozen=True, slots=True)
class Document:
    """A document to take in: its name and its bytes."""

    name: str
    data: bytes


def shipped(name: str) -> Document:
    """An invented notice that comes along."""
    return Document(name, (resources.files("zhenggai.ops") / "samples" / name).read_bytes())


def take_in(
    cast: Cast, clock: StoryClock, document: Document, subject_id: int, *, plan_required: bool = False
) -> tuple[int, bool]:
    """Hand the document in and confirm its draft into a new inspection; its id, and whether it is new.

    The same bytes from the same organisation are recognised. ``plan_required``: whether work on what it
    says counts only under an approved plan.

    Raises:
        ZhenggaiError: when the document was kept but not read, or the draft cannot be confirmed as it stands.
    """
    at = clock.tick()
    receipt = services.intake_receive(
        actor=cast.actor(OFFICE, at),
        at=at,
        organisation_id=subject_id,
        content=document.data,
        name=document.name,
        # each document of the demonstration lies under the organisation that it is shown for
        is_about_both=True,
    )
    intake = receipt.intake
    if intake.state == IntakeState.CONFIRMED and intake.inspection_id is not None:
        return intake.inspection_id, False
    if intake.state == IntakeState.RECEIVED:
        # nobody waits before a page, so a large one is read here and now
        at = clock.tick()
        intake = services.intake_read_now(actor=cast.actor(OFFICE, at), at=at, intake_id=intake.pk)
    at = clock.tick()
    confirmed = services.intake_confirm(
        actor=cast.actor(OFFICE, at),
        at=at,
        intake_id=intake.pk,
        version=intake.version,
        new=_inspection(
            intake, subject_id, cast.organisation_id(INSPECTORS, at), plan_required=plan_required
        ),
        dismiss_rest=True,
    )
    return confirmed.inspection_id, True


def findings_of(cast: Cast, clock: StoryClock, inspection_id: int) -> list[Finding]:
    """The findings of an inspection in their order, as the office sees them."""
    return list(ledger.findings_visible(cast.actor(OFFICE, clock.moment), inspection_id))


def _inspection(
    intake: Intake, subject_id: int, inspectors_id: int | None, *, plan_required: bool
) -> NewInspection:
    # a document without a heading still opens an inspection that has a name, visibly of the demonstration
    untitled = f"{organisation_get(subject_id).name}巡察整改（演示）"
    return NewInspection(
        title=(intake.title or untitled)[:200],
        kind=InspectionKind.INSPECTION.value,
        subject_id=subject_id,
        inspector=intake.inspector[:200],
        inspector_organisation_id=inspectors_id,
        feedback_on=intake.feedback_on,
        plan_required=plan_required,
    )
