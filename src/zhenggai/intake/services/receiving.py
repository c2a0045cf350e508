"""Receiving a document and having it read (接收与识别): the upload is kept first, whatever the reading says.

A small document is read before the page is answered, so that the person lands on its two panes; a large one
by a job. The job is there in either case, in the transaction that receives: what is read at once takes it
back, and where the server is ended meanwhile it is what reads.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from zhenggai.accounts import selectors as accounts
from zhenggai.domain.actions import Action
from zhenggai.domain.file_names import file_name_safe
from zhenggai.domain.policy import Facts
from zhenggai.files import selectors as files
from zhenggai.files.errors import FileTooLargeError
from zhenggai.files.services import blob_store
from zhenggai.intake.access import confirmed_refusal, intake_locked, permit
from zhenggai.intake.errors import (
    LiesElsewhereError,
    NotInLedgerError,
    NotReadableAgainError,
    OrganisationUnknownError,
    SetAsideError,
    UploadTooLargeError,
)
from zhenggai.intake.events import IntakeEvent
from zhenggai.intake.models import Intake
from zhenggai.intake.selectors import intakes_visible
from zhenggai.intake.services.reading import (
    MEBIBYTE,
    TakesLongError,
    document_read,
    document_settle,
    too_large,
)
from zhenggai.intake.services.reading_job import AT_ONCE_MOST, reading_order, reading_withdraw
from zhenggai.intake.services.recording import intake_record
from zhenggai.intake.states import IntakeState
from zhenggai.reading.docx.package import unpacks_to

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from zhenggai.domain.actor import Actor
    from zhenggai.files.services import Stream
    from zhenggai.intake.services.reading import Made, Unreadable

# A mebibyte of Word's markup takes a second to two. That of a common document packs to a tenth, that of one
# made to take long to a two-hundredth, so that its size says nothing.
_MARKUP_TIMES: Final = 4
_ROWS_AT_ONCE: Final = 2_000
"""Rows of a workbook of which the draft is made within a few seconds."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """A received document; ``is_new`` is false where the organisation handed in the same bytes before."""

    intake: Intake
    is_new: bool


def intake_receive(
    *,
    actor: Actor,
    at: datetime,
    organisation_id: int,
    content: Stream | bytes,
    name: str,
    is_about_both: bool = False,
) -> Receipt:
    """Keep a document and read it, or have it read (接收文件). The bytes are kept whatever comes of it.

    The same bytes from the same organisation are the same document: the earlier one is given back as it
    stands, and one that is in the ledger is compared with it by `intake_compare_again`. Where they lie under
    another organisation that the actor works for, they are received once more only when the actor says that
    the document ``is_about_both``, which is recorded.

    :raises OrganisationUnknownError: when the organisation is not this actor's to see.
    :raises NotPermittedError: when the actor's posts there do not let him hand in documents.
    :raises UploadTooLargeError: when there is more of it than is kept at all.
    :raises LiesElsewhereError: when the same bytes lie elsewhere and that was not said.
    """
    organisation = accounts.organisations_visible(actor).filter(pk=organisation_id).first()
    if organisation is None:
        raise OrganisationUnknownError
    permit(actor, Action.INTAKE_UPLOAD, Facts(subject_path=organisation.path))
    plain_name = file_name_safe(name, otherwise="document.txt")
    try:
        blob = blob_store(content, at=at, max_bytes=settings.ZHENGGAI_MAX_STORED_BYTES)
    except FileTooLargeError:
        limit = settings.ZHENGGAI_MAX_STORED_BYTES // MEBIBYTE
        raise UploadTooLargeError(name=plain_name, limit=limit) from None
    known = Intake.objects.filter(organisation_id=organisation.pk, sha256=blob.sha256)
    earlier = _earlier(known)
    if earlier is not None:
        return Receipt(earlier, is_new=False)
    # what another hand handed in here this very moment is the same document, not one elsewhere
    elsewhere = list(
        intakes_visible(actor).filter(sha256=blob.sha256).exclude(organisation_id=organisation.pk)
    )
    if elsewhere and not is_about_both:
        raise LiesElsewhereError(elsewhere, organisation.name)
    try:
        with transaction.atomic():
            # a long upload may outlast the post under which it began
            standing = accounts.actor_standing(actor, timezone.localdate(at))
            permit(standing, Action.INTAKE_UPLOAD, Facts(subject_path=organisation.path))
            intake = Intake(
                organisation_id=organisation.pk,
                uploader_id=actor.person_id,
                name=plain_name,
                media_type=blob.media_type,
                sha256=blob.sha256,
                size_bytes=blob.size_bytes,
                received_at=at,
            )
            intake.full_clean(validate_unique=False, validate_constraints=False)
            intake.save(force_insert=True)
            intake_record(
                intake,
                IntakeEvent.RECEIVED,
                actor,
                at,
                {
                    "sha256": intake.sha256,
                    "size_bytes": intake.size_bytes,
                    **({"also_lies_at": [each.pk for each in elsewhere]} if elsewhere else {}),
                },
            )
            at_once = is_at_once(intake)
            later = at + AT_ONCE_MOST if at_once else None
            reading_order(intake, by_id=actor.person_id, at=at, run_after=later)
    except IntegrityError:
        # two people handed in the same bytes at the same moment
        return Receipt(known.exclude(state=IntakeState.CONFIRMED.value).get(), is_new=False)
    return Receipt(read_watched(actor, at, intake) if at_once else intake, is_new=True)


def _earlier(known: QuerySet[Intake]) -> Intake | None:
    """The draft of these bytes that stands; where they are in the ledger, what was entered last."""
    return known.exclude(state=IntakeState.CONFIRMED.value).first() or known.order_by("-pk").first()


def intake_compare_again(*, actor: Actor, at: datetime, intake_id: int) -> Intake:
    """Read a document that is in the ledger once more (再次比对), as a draft to be compared with it.

    Where such a draft of the same bytes stands, it is given back.

    :raises IntakeNotFoundError: when it is not this actor's.
    :raises NotInLedgerError: when it is not in the ledger.
    """
    with transaction.atomic():
        entered = intake_locked(actor, at, intake_id)
        if entered.state != IntakeState.CONFIRMED:
            raise NotInLedgerError(name=entered.name)
        known = Intake.objects.filter(organisation_id=entered.organisation_id, sha256=entered.sha256)
        waiting = known.exclude(state=IntakeState.CONFIRMED.value).first()
        if waiting is not None:
            return waiting
        intake = Intake.objects.create(
            organisation_id=entered.organisation_id,
            uploader_id=actor.person_id,
            name=entered.name,
            media_type=entered.media_type,
            sha256=entered.sha256,
            size_bytes=entered.size_bytes,
            received_at=at,
        )
        intake_record(
            intake,
            IntakeEvent.RECEIVED,
            actor,
            at,
            {"sha256": intake.sha256, "size_bytes": intake.size_bytes, "again": entered.pk},
        )
        at_once = is_at_once(intake)
        later = at + AT_ONCE_MOST if at_once else None
        reading_order(intake, by_id=actor.person_id, at=at, run_after=later)
    return read_watched(actor, at, intake) if at_once else intake


def intake_read_again(*, actor: Actor, at: datetime, intake_id: int) -> Intake:
    """Read a kept document once more (重新识别), where there is no draft yet; a large one by a job.

    :raises IntakeNotFoundError: when it is not this actor's.
    :raises NotAllowedNowError: when a draft stands, it is confirmed, or set aside.
    """
    with transaction.atomic():
        intake = intake_locked(actor, at, intake_id)
        _unread_or_refused(intake)
        at_once = is_at_once(intake)
        if not at_once:
            _order(actor, at, intake)
    return read_watched(actor, at, intake) if at_once else intake


def intake_read_now(*, actor: Actor, at: datetime, intake_id: int) -> Intake:
    """Read a kept document in this very process, however long it takes (立即识别): for what shows no page.

    :raises IntakeNotFoundError: when it is not this actor's.
    :raises NotAllowedNowError: when a draft stands, it is confirmed, or set aside.
    """
    with transaction.atomic():
        intake = intake_locked(actor, at, intake_id)
        _unread_or_refused(intake)
    made = document_read(intake, at=at, on_page=_untold, on_row=_untold, on_step=_untold)
    return _settle(actor, at, intake_id, made)


def is_at_once(intake: Intake) -> bool:
    """Whether somebody can wait for it: by size, or because its size is why it is not read at all.

    Of Word documents it is the size of what is packed in them that takes the time, too.
    """
    if too_large(intake) is not None:
        return True
    most = settings.ZHENGGAI_READ_AT_ONCE_BYTES
    if intake.size_bytes > most:
        return False
    return unpacks_to(files.blob_read(intake.sha256)) <= most * _MARKUP_TIMES


def read_watched(actor: Actor, at: datetime, intake: Intake) -> Intake:
    """Reads while the person waits; what turns out to take long is left to the job."""
    try:
        made = document_read(intake, at=at, on_page=_few_pages, on_row=_few_rows, on_step=_no_pictures)
    except TakesLongError:
        with transaction.atomic():
            waiting = intake_locked(actor, at, intake.pk)
            _unread_or_refused(waiting)
            _order(actor, at, waiting)
        return waiting
    return _settle(actor, at, intake.pk, made)


def _few_pages(_page: int, pages: int) -> None:
    if pages > settings.ZHENGGAI_READ_AT_ONCE_PAGES:
        raise TakesLongError


def _few_rows(_row: int, rows: int) -> None:
    if rows > _ROWS_AT_ONCE:
        raise TakesLongError


def _no_pictures(step: str) -> None:
    # a page that is a picture takes as long as a hundred with text
    if step == "recognise":
        raise TakesLongError


def _untold(*_how_far: object) -> None:
    """Nobody watches."""


def _settle(actor: Actor, at: datetime, intake_id: int, made: Made | Unreadable) -> Intake:
    with transaction.atomic():
        intake = intake_locked(actor, at, intake_id)
        _unread_or_refused(intake)
        document_settle(intake, made, actor=actor, at=at)
        reading_withdraw(intake)
    return intake


def _order(actor: Actor, at: datetime, intake: Intake) -> None:
    """Has the job read it now; one that a worker has begun goes on, so a second order changes nothing."""
    if intake.state != IntakeState.RECEIVED:
        intake.state = IntakeState.RECEIVED.value
        intake.failure = None
        intake.version += 1
        intake.save()
    reading_withdraw(intake)
    reading_order(intake, by_id=actor.person_id, at=at)


def _unread_or_refused(intake: Intake) -> None:
    state = IntakeState(intake.state)
    if state is IntakeState.CONFIRMED:
        raise confirmed_refusal(intake)
    if state is IntakeState.ABANDONED:
        raise SetAsideError(name=intake.name, by=intake.settled_by)
    if state is IntakeState.DRAFT:
        raise NotReadableAgainError(name=intake.name)
