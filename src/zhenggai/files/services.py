"""Storing files (保存文件)."""

from __future__ import annotations

import hashlib
import io
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol

from django.db import transaction

from zhenggai.files import storage
from zhenggai.files.errors import FileTooLargeError
from zhenggai.files.media import HEAD_BYTES, media_type_of
from zhenggai.files.models import Blob

if TYPE_CHECKING:
    from datetime import datetime


class Stream(Protocol):
    """What can be read in pieces: an upload, an open file."""

    def read(self, size: int, /) -> bytes:
        """At most ``size`` bytes; none at the end."""
        ...


def blob_store(source: Stream | bytes, *, at: datetime, max_bytes: int) -> Blob:
    """Stores a file under the SHA-256 of its bytes (保存文件); the same bytes are stored once.

    When this returns, the bytes are on the disk under their final name: a transaction that is committed
    afterwards never names a file that a power cut could take. Bytes that are there already are replaced by
    these, which are whole: that takes the same time whether they were there or not, so nobody learns from it
    what others have stored. A file that a transaction which was rolled back leaves is swept later.

    Raises:
        FileTooLargeError: when there are more than ``max_bytes``; nothing is kept then.
    """
    stream: Stream = io.BytesIO(source) if isinstance(source, bytes) else source
    descriptor, name = tempfile.mkstemp(prefix=".new-", dir=storage.blobs_folder())
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "w+b") as file:
            sha256, size_bytes = _copy(stream, file, max_bytes)
            file.seek(0)
            head = file.read(HEAD_BYTES)
            file.seek(0)
            media_type = media_type_of(head, file)
            os.fsync(file.fileno())
        storage.settle(temporary, sha256)
    finally:
        temporary.unlink(missing_ok=True)
    # locked: a removal of what nobody took is over, or sees that these bytes were stored just now
    with transaction.atomic():
        blob, _ = Blob.objects.select_for_update(no_key=True).get_or_create(
            sha256=sha256, defaults={"size_bytes": size_bytes, "media_type": media_type, "created_at": at}
        )
    return blob


def _copy(stream: Stream, file: BinaryIO, max_bytes: int) -> tuple[str, int]:
    digest = hashlib.sha256()
    size_bytes = 0
    while piece := stream.read(storage.PIECE_BYTES):
        size_bytes += len(piece)
        if size_bytes > max_bytes:
            raise FileTooLargeError(most_mib=f"{max_bytes / storage.PIECE_BYTES:g}")
        digest.update(piece)
        file.write(piece)
    file.flush()
    return digest.hexdigest(), size_bytes
