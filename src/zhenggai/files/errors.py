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


class PreviewBusyError(NotAllowedNowError):
    """As many previews are drawn as may be at once."""

    code = "preview_busy"
    status = 503
    template = msg(
        "More previews are asked for than can be drawn at once. Look again in a moment, or download the file."
    )


class UploadOffsetError(NotAllowedNowError):
    """A piece for another place than where the upload stands; ``offset`` is from where to go on."""

    code = "upload_offset"
    template = msg("This upload stands at %(offset)s bytes; go on from there. The piece was not kept.")

    def __init__(self, offset: int) -> None:
        self.offset = offset
        super().__init__(offset=offset)


class PieceTooLargeError(InvalidError):
    """A piece that is empty, too large, or goes beyond the size of its upload."""

    code = "upload_piece"
    template = msg(
        "The piece at %(offset)s has %(count)s bytes, and there it may have 1 to %(most)s; nothing of it was "
        "kept."
    )


class UploadLimitError(NotAllowedNowError):
    """A person has too many uploads under way."""

    code = "upload_limit"
    template = msg(
        "You have %(count)s uploads under way, and at most %(most)s, or twice the bytes of the largest file, "
        "are taken. Finish or cancel one; what nobody goes on with is cleared away after %(hours)s hours."
    )


class UploadIncompleteError(NotAllowedNowError):
    """An upload that cannot be finished yet."""

    code = "upload_incomplete"
    template = msg("Only %(offset)s of %(size)s bytes have arrived; send the rest first.")

    def __init__(self, offset: int, size: int) -> None:
        super().__init__(offset=offset, size=size)


class UploadMismatchError(InvalidError):
    """The bytes that arrived do not have the hash that was said."""

    code = "upload_mismatch"
    template = msg(
        "What arrived of “%(name)s” is not the file that was announced, so nothing of it was kept. Choose "
        "the file again."
    )
