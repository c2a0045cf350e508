"""Uploads that resume (断点续传): begun, sent in pieces at an offset, finished; each its owner's alone.

The offset in the row is what is certainly on the disk: a piece is written and fsynced before the row says so.
A server that dies in between leaves a part longer than the row says, and the next piece overwrites that tail.
"""

from __future__ import annotations

import os
import secrets
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Sum
from django.utils import timezone

from zhenggai.accounts.selectors import actor_standing
from zhenggai.domain.errors import InvalidError, NotFoundError, NotPermittedError
from zhenggai.domain.file_names import file_name_safe
from zhenggai.domain.messages import msg
from zhenggai.domain.policy import GRANTS, Action
from zhenggai.files import storage
from zhenggai.files.errors import (
    FileTooLargeError,
    PieceTooLargeError,
    UploadIncompleteError,
    UploadLimitError,
    UploadMismatchError,
    UploadOffsetError,
)
from zhenggai.files.models import Upload
from zhenggai.files.services import blob_store
from zhenggai.proofs.chain import is_hash

if TYPE_CHECKING:
    from datetime import datetime

    from zhenggai.domain.actor import Actor

PIECE_MOST_BYTES: Final = 8 * storage.PIECE_BYTES
# whoever may hand in neither evidence nor documents has nothing to upload
_HAND_IN: Final = frozenset(
    role for action in (Action.EVIDENCE_ADD, Action.INTAKE_UPLOAD) for role, _ in GRANTS[action]
)


@transaction.atomic
def upload_begin(*, actor: Actor, at: datetime, name: str, size_bytes: int, sha256: str = "") -> Upload:
    """Begins an upload (开始上传) of so many bytes; ``sha256``, where it is known, is compared at the end.

    Nothing is answered from the hash: whether somebody stored the same bytes before makes no difference.

    Raises:
        NotPermittedError: when the actor holds no post that hands in files.
        InvalidError: when size or hash are none.
        FileTooLargeError: when it is larger than what is kept.
        UploadLimitError: when the actor has too many uploads open, or too many bytes in them.
    """
    # the person's row is locked, so that two begun at once count each other
    actor = actor_standing(actor, timezone.localdate(at))
    if actor.administers or _HAND_IN.isdisjoint(actor.roles):
        raise NotPermittedError(msg("None of your posts hands in files, so there is nothing to upload."))
    if size_bytes < 1 or (sha256 and not is_hash(sha256)):
        raise InvalidError(
            msg("An upload needs its size, a whole number of bytes from 1 up, and a SHA-256 only in full.")
        )
    most = settings.ZHENGGAI_MAX_STORED_BYTES
    if size_bytes > most:
        raise FileTooLargeError(most_mib=f"{most / storage.PIECE_BYTES:g}")
    _within_limits(actor, size_bytes, at)
    return Upload.objects.create(
        token=secrets.token_hex(16),
        person_id=actor.person_id,
        name=file_name_safe(name),
        size_bytes=size_bytes,
        sha256=sha256,
        begun_at=at,
        touched_at=at,
    )


def upload_get(*, actor: Actor, token: str) -> Upload:
    """The actor's own upload, with the offset that stands (上传进度).

    Raises:
        NotFoundError: when there is none, or it is another person's.
    """
    return _mine(Upload.objects.filter(token=token, person_id=actor.person_id).first())


@transaction.atomic
def upload_append(*, actor: Actor, at: datetime, token: str, offset: int, piece: bytes) -> Upload:
    """Puts a piece where the upload stands (续传一块); the fresh row, whose offset says from where to go on.

    Raises:
        NotFoundError: when there is none, or it is another person's.
        PieceTooLargeError: when the piece is empty, over 8 MiB or would go beyond the size.
        UploadOffsetError: when the upload stands elsewhere; it names the offset, from which to go on.
    """
    upload = _locked(actor, token)
    if upload.offset_bytes != offset or upload.finished_at is not None:
        raise UploadOffsetError(upload.offset_bytes)
    if not 0 < len(piece) <= min(PIECE_MOST_BYTES, upload.size_bytes - offset):
        raise PieceTooLargeError(
            count=len(piece), most=min(PIECE_MOST_BYTES, upload.size_bytes - offset), offset=offset
        )
    if not _written(upload.token, offset, piece):
        # the part is shorter than the row says, as after a disk was restored: it begins anew
        upload.offset_bytes = 0
    else:
        upload.offset_bytes = offset + len(piece)
    upload.touched_at = at
    upload.save(update_fields=["offset_bytes", "touched_at"])
    return upload


def upload_finish(*, actor: Actor, at: datetime, token: str) -> Upload:
    """Ends an upload (完成上传): compared and stored as a blob like any other; asked again it says the same.

    Raises:
        NotFoundError: when there is none, or it is another person's.
        UploadIncompleteError: when bytes are missing.
        UploadMismatchError: when the bytes do not have the hash that was said; the upload is gone then.
    """
    upload = upload_get(actor=actor, token=token)
    if upload.finished_at is not None:
        return upload
    path = part_path(token)
    if upload.offset_bytes == upload.size_bytes and _length(path) < upload.size_bytes:
        upload = _begun_anew(actor, token)
        if upload.finished_at is not None:
            return upload
    if upload.offset_bytes != upload.size_bytes:
        raise UploadIncompleteError(upload.offset_bytes, upload.size_bytes)
    # outside any transaction: half a gigabyte takes seconds
    try:
        file = path.open("rb")
    except FileNotFoundError:
        # another tab was through just now, or the part is gone
        upload = _begun_anew(actor, token)
        if upload.finished_at is None:
            raise UploadIncompleteError(upload.offset_bytes, upload.size_bytes) from None
        return upload
    with file:
        if upload.sha256 and storage.sha256_of(file) != upload.sha256:
            upload_cancel(actor=actor, token=token)
            raise UploadMismatchError(name=upload.name)
        file.seek(0)
        blob = blob_store(file, at=at, max_bytes=upload.size_bytes)
    with transaction.atomic():
        upload = _locked(actor, token)
        if upload.finished_at is None:
            upload.finished_at, upload.touched_at, upload.stored_sha256 = at, at, blob.sha256
            upload.save(update_fields=["finished_at", "touched_at", "stored_sha256"])
            transaction.on_commit(lambda: path.unlink(missing_ok=True))
    return upload


def upload_cancel(*, actor: Actor, token: str) -> None:
    """Gives an upload up (取消上传) and removes what came of it.

    Raises:
        NotFoundError: when there is none, or it is another person's.
    """
    with transaction.atomic():
        _locked(actor, token).delete()
        transaction.on_commit(lambda: part_path(token).unlink(missing_ok=True))


def uploads_expire(*, at: datetime) -> int:
    """Removes uploads that nobody went on with (清理过期上传), finished ones and parts without a row too."""
    before = at - timedelta(hours=settings.ZHENGGAI_UPLOAD_HOURS)
    count = 0
    for token in list(Upload.objects.filter(touched_at__lt=before).values_list("token", flat=True)):
        # one that was gone on with meanwhile stays
        count += Upload.objects.filter(token=token, touched_at__lt=before).delete()[0]
    known = set(Upload.objects.values_list("token", flat=True))
    for part in storage.parts_folder().iterdir():
        if part.stem not in known and _is_older(part, before):
            part.unlink(missing_ok=True)
    return count


def part_path(token: str) -> Path:
    """Where the bytes that came so far lie; the name is a random token, never one that was handed in."""
    return storage.parts_folder() / f"{token}.part"


def _within_limits(actor: Actor, size_bytes: int, at: datetime) -> None:
    standing = Upload.objects.filter(
        person_id=actor.person_id,
        finished_at__isnull=True,
        touched_at__gte=at - timedelta(hours=settings.ZHENGGAI_UPLOAD_HOURS),
    ).aggregate(count=Count("pk"), size=Sum("size_bytes"))
    most = settings.ZHENGGAI_UPLOADS_OPEN
    # as much as the largest file twice: one that is sent, one that was broken off
    most_bytes = 2 * settings.ZHENGGAI_MAX_STORED_BYTES
    if standing["count"] >= most or (standing["size"] or 0) + size_bytes > most_bytes:
        raise UploadLimitError(count=standing["count"], most=most, hours=settings.ZHENGGAI_UPLOAD_HOURS)


@transaction.atomic
def _begun_anew(actor: Actor, token: str) -> Upload:
    """The upload, from its beginning where its part is gone, unless it was finished just now."""
    upload = _locked(actor, token)
    if upload.finished_at is None:
        upload.offset_bytes = 0
        upload.save(update_fields=["offset_bytes"])
    return upload


def _locked(actor: Actor, token: str) -> Upload:
    rows = Upload.objects.select_for_update(of=("self",))
    return _mine(rows.filter(token=token, person_id=actor.person_id).first())


def _mine(upload: Upload | None) -> Upload:
    if upload is None:
        raise NotFoundError(
            msg("There is no such upload of yours; it may have been cleared away. Choose the file again.")
        )
    return upload


def _written(token: str, offset: int, piece: bytes) -> bool:
    """Writes a piece to the disk for good; False where what should lie before it does not."""
    path = part_path(token)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "r+b") as file:
        if os.fstat(file.fileno()).st_size < offset:
            return False
        file.truncate(offset)
        file.seek(offset)
        file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    if offset == 0:
        storage.folder_sync(path.parent)
    return True


def _length(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def _is_older(path: Path, before: datetime) -> bool:
    try:
        return path.stat().st_mtime < before.timestamp()
    except FileNotFoundError:
        return False
