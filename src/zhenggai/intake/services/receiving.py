"""Receiving and reading a document (接收与识别): the upload is kept first, whatever the reading then says."""

from __future__ import annotations

import json
import logging
import sys
import tempfile
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from zhenggai import reading as reader
from zhenggai.accounts import selectors as accounts
from zhenggai.domain.actions import Action
from zhenggai.domain.errors import ZhenggaiError
from zhenggai.domain.file_names import file_name_safe
from zhenggai.domain.messages import Message, msg
from zhenggai.domain.policy import Facts
from zhenggai.domain.spans import EditKind
from zhenggai.files import selectors as files
from zhenggai.files.errors import FileTooLargeError
from zhenggai.files.services import blob_store
from zhenggai.intake.access import confirmed_refusal, intake_locked, permit
from zhenggai.intake.drafting import counts_of, draft_of, facts_as_read
from zhenggai.intake.errors import (
    LiesElsewhereError,
    NotReadableAgainError,
    OrganisationUnknownError,
    SetAsideError,
    TooLargeToReadError,
    UploadTooLargeError,
)
from zhenggai.intake.events import IntakeEvent
from zhenggai.intake.models import DraftFinding, DraftItem, DraftUnread, Intake, SourceWindow
from zhenggai.intake.selectors import intakes_visible
from zhenggai.intake.services.recording import intake_record
from zhenggai.intake.states import IntakeState
from zhenggai.intake.windows import Window, pages_begun, windows_cut

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from zhenggai.domain.actor import Actor
    from zhenggai.domain.reading import Reading
    from zhenggai.files.services import Stream

log = logging.getLogger(__name__)

MEBIBYTE: Final = 1024 * 1024
_MEMORY_BYTES: Final = 8 * MEBIBYTE
_BATCH: Final = 500
_EDITS_AT_ONCE: Final = 5_000

_FAULT = msg(
    "The reader stopped at “%(name)s” because of a fault of its own; the document is kept. Have it read "
    "again after "
    "the next update, or hand in the text of the notice by pasting it."
)


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
    """Keep a document and read it (接收文件). The bytes are kept even when they cannot be read.

    The same bytes from the same organisation are the same document: the earlier one is given back as it
    stands. Where they lie under another organisation that the actor works for, they are received once more
    only when the actor says that the document ``is_about_both``, which is recorded.

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
    earlier = known.first()
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
    except IntegrityError:
        # two people handed in the same bytes at the same moment
        return Receipt(known.get(), is_new=False)
    return Receipt(_read(actor, at, intake.pk), is_new=True)


def intake_read_again(*, actor: Actor, at: datetime, intake_id: int) -> Intake:
    """Read a kept document once more (重新识别), where there is no draft yet.

    :raises IntakeNotFoundError: when it is not this actor's.
    :raises NotAllowedNowError: when a draft stands, it is confirmed, or set aside.
    """
    with transaction.atomic():
        _unread_or_refused(intake_locked(actor, at, intake_id))
    return _read(actor, at, intake_id)


def _unread_or_refused(intake: Intake) -> None:
    state = IntakeState(intake.state)
    if state is IntakeState.CONFIRMED:
        raise confirmed_refusal(intake)
    if state is IntakeState.ABANDONED:
        raise SetAsideError(name=intake.name, by=intake.settled_by)
    if state is IntakeState.DRAFT:
        raise NotReadableAgainError(name=intake.name)


def _read(actor: Actor, at: datetime, intake_id: int) -> Intake:
    """Reads outside any transaction (it can take seconds), then writes what came of it in one."""
    kept = Intake.objects.get(pk=intake_id)
    if kept.size_bytes > settings.ZHENGGAI_MAX_UPLOAD_BYTES:
        refusal = TooLargeToReadError(
            name=kept.name,
            size=-(-kept.size_bytes // MEBIBYTE),
            limit=settings.ZHENGGAI_MAX_UPLOAD_BYTES // MEBIBYTE,
        )
        return _failed(actor, at, intake_id, refusal.code, refusal.message)
    data = files.blob_read(kept.sha256)
    try:
        reading = reader.read(
            data,
            name=kept.name,
            max_bytes=max(len(data), 1),
            max_pages=settings.ZHENGGAI_MAX_PDF_PAGES,
            explain=True,
        )
        stored = _store(reading, at)
    except ZhenggaiError as error:
        return _failed(actor, at, intake_id, error.code, error.message)
    except Exception:  # a fault of the reader must not lose the upload: it becomes the state of the document
        log.exception("The reader failed on document %s.", intake_id)
        return _failed(actor, at, intake_id, "intake.fault", Message(_FAULT, {"name": kept.name}))
    with transaction.atomic():
        intake = intake_locked(actor, at, intake_id)
        _unread_or_refused(intake)
        _fill(intake, reading, stored)
        intake.state = IntakeState.DRAFT.value
        intake.failure = None
        intake.read_at = at
        intake.version += 1
        intake.save()
        intake_record(
            intake,
            IntakeEvent.READ,
            actor,
            at,
            {
                "findings": len(reading.findings),
                "unread": len(reading.unread),
                "reading_sha256": intake.reading_sha256,
                "text_sha256": intake.text_sha256,
            },
        )
    return intake


def _failed(actor: Actor, at: datetime, intake_id: int, code: str, message: Message) -> Intake:
    with transaction.atomic():
        intake = intake_locked(actor, at, intake_id)
        _unread_or_refused(intake)
        intake.state = IntakeState.FAILED.value
        intake.failure = {"code": code, "template": message.template, "values": _plain_values(message)}
        intake.read_at = at
        intake.version += 1
        intake.save()
        intake_record(intake, IntakeEvent.FAILED, actor, at, {"code": code})
    return intake


def _plain_values(message: Message) -> dict[str, Any]:
    """The values of a sentence as JSON; a sentence inside is kept as a template of its own."""
    return {
        name: {"template": value.template, "values": _plain_values(value)}
        if isinstance(value, Message)
        else value
        if isinstance(value, int | float)
        else str(value)
        for name, value in message.values.items()
    }


@dataclass(frozen=True, slots=True)
class _Stored:
    """The blobs of one reading, and where each stretch stands in the one that pages are made from."""

    reading_sha256: str
    decoded_sha256: str
    text_sha256: str
    view_sha256: str
    windows: tuple[SourceWindow, ...]
    flags: tuple[int, ...]
    counts: dict[str, int]


def _store(reading: Reading, at: datetime) -> _Stored:
    edits = reading.edits
    windows: list[SourceWindow] = []
    flags: list[int] = []
    with tempfile.SpooledTemporaryFile(max_size=_MEMORY_BYTES) as view:
        pages = pages_begun(reading.places)
        for position, window in enumerate(windows_cut(reading.decoded, edits, pages=pages)):
            data = window.to_json()
            windows.append(
                SourceWindow(
                    position=position,
                    start=window.span.start,
                    end=window.span.end,
                    restored_start=window.restored.start,
                    restored_end=window.restored.end,
                    offset_bytes=view.tell(),
                    length_bytes=len(data),
                )
            )
            flags.extend(_flags(window))
            view.write(data)
        view.seek(0)
        view_sha256 = _blob(view, at)
    with tempfile.SpooledTemporaryFile(max_size=_MEMORY_BYTES) as file:
        for piece in _reading_json(reading):
            file.write(piece)
        file.seek(0)
        reading_sha256 = _blob(file, at)
    return _Stored(
        reading_sha256=reading_sha256,
        decoded_sha256=_blob(_utf8(reading.decoded), at),
        text_sha256=_blob(_utf8(reading.text), at),
        view_sha256=view_sha256,
        windows=tuple(windows),
        flags=tuple(flags),
        counts=counts_of(edits),
    )


def _flags(window: Window) -> Iterator[int]:
    for edit in window.edits:
        if edit.kind is EditKind.FLAG:
            yield window.to_restored(edit.span).start


def _reading_json(reading: Reading) -> Iterator[bytes]:
    """The reading in its schema, written piece by piece: a long source has edits by the hundred thousand."""
    plain = replace(reading, edits=()).to_dict()
    del plain["edits"]
    yield _utf8(json.dumps(plain, ensure_ascii=False))[:-1] + b', "edits": ['
    edits = iter(reading.edits)
    is_first = True
    while rows := [
        {
            "kind": edit.kind.value,
            "span": edit.span,
            "before": edit.before,
            "after": edit.after,
            "why": edit.why,
        }
        for edit in islice(edits, _EDITS_AT_ONCE)
    ]:
        # one call for many edits, without the brackets of their list
        yield (b"" if is_first else b", ") + _utf8(json.dumps(rows, ensure_ascii=False))[1:-1]
        is_first = False
    yield b"]}"


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def _blob(content: Any, at: datetime) -> str:
    # what is made from an accepted upload is kept whatever its size
    return blob_store(content, at=at, max_bytes=sys.maxsize).sha256


def _fill(intake: Intake, reading: Reading, stored: _Stored) -> None:
    draft = draft_of(reading, stored.flags)
    for name, value in draft.facts.items():
        setattr(intake, name, value)
    intake.spans = draft.spans
    intake.why = draft.why
    intake.as_read = facts_as_read(draft.facts)
    intake.edits = {}
    intake.encoding = reading.source.encoding or ""
    intake.format = reading.source.format
    intake.truncated = reading.truncated
    intake.characters = len(reading.text)
    intake.counts = stored.counts
    intake.reading_sha256 = stored.reading_sha256
    intake.decoded_sha256 = stored.decoded_sha256
    intake.text_sha256 = stored.text_sha256
    intake.view_sha256 = stored.view_sha256
    for window in stored.windows:
        window.intake = intake
    SourceWindow.objects.bulk_create(stored.windows, batch_size=_BATCH)
    for finding in draft.findings:
        finding.intake = intake
    DraftFinding.objects.bulk_create(draft.findings, batch_size=_BATCH)
    items = []
    for finding, item in draft.items:
        item.finding = finding
        items.append(item)
    DraftItem.objects.bulk_create(items, batch_size=_BATCH)
    for stretch in draft.unread:
        stretch.intake = intake
    DraftUnread.objects.bulk_create(draft.unread, batch_size=_BATCH)
