"""Refusals about stored files."""

from __future__ import annotations

from zhenggai.domain.errors import InvalidError, NotAllowedNowError
from zhenggai.domain.messages import msg


class FileTooLargeError(InvalidError):
    """A file has more bytes than are taken."""

    code = "file_too_large"
    template = msg(
        "The file is larger than the %(most_mib)s MiB that are taken here, so nothing of it was kept. Split "
        "it, or ask the administrator to raise the limit ZHENGGAI_MAX_STORED_MIB."
    )


class BlobLostError(NotAllowedNowError):
    """The bytes of a stored file are gone or are not those that were stored."""

    code = "blob_lost"
    template = msg(
        "The stored file %(sha256)s… is missing or damaged in the data folder. Restore it from a backup, or "
        "hand in "
        "the same file again."
    )
