"""Opening stored files (读取文件)."""

from __future__ import annotations

import hashlib
from typing import BinaryIO

from zhenggai.domain.errors import NotFoundError
from zhenggai.domain.messages import msg
from zhenggai.files import storage
from zhenggai.files.errors import BlobLostError
from zhenggai.files.models import Blob
from zhenggai.proofs.chain import is_hash


def blob_get(sha256: str) -> Blob:
    """What is known of the stored file.

    Raises:
        NotFoundError: when none was stored under this hash.
    """
    blob = Blob.objects.filter(sha256=sha256).first() if is_hash(sha256) else None
    if blob is None:
        raise NotFoundError(msg("There is no such file among those you can see."))
    return blob


def blob_open(sha256: str) -> BinaryIO:
    """The stored file, open for reading from its beginning; the caller closes it.

    Whose file it is, and who may read it, is known to the room that uses it.

    Raises:
        NotFoundError: when none was stored under this hash.
        BlobLostError: when its bytes are gone from the data folder, or fewer or more than were stored.
    """
    blob = blob_get(sha256)
    path = storage.blob_path(blob.sha256)
    try:
        file = path.open("rb")
    except FileNotFoundError:
        raise BlobLostError(sha256=blob.sha256[:12]) from None
    if path.stat().st_size != blob.size_bytes:
        file.close()
        raise BlobLostError(sha256=blob.sha256[:12])
    return file


def blob_read(sha256: str) -> bytes:
    """All bytes of a stored file, compared with their hash: for readings and other small files.

    Raises:
        NotFoundError: when none was stored under this hash.
        BlobLostError: when its bytes are gone or changed.
    """
    with blob_open(sha256) as file:
        whole = file.read()
    if hashlib.sha256(whole).hexdigest() != sha256:
        raise BlobLostError(sha256=sha256[:12])
    return whole


def blob_is_whole(sha256: str) -> bool:
    """Whether the bytes on the disk still have their hash; reads them all."""
    return is_hash(sha256) and storage.holds(sha256)
