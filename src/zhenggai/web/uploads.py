"""Stops an upload beyond the storage limit while it comes in (上传限额), not after it filled the disk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

if TYPE_CHECKING:
    from django.http import HttpRequest


class BoundedUploadHandler(FileUploadHandler):
    """The first of the upload handlers: counts the bytes of all files of one request.

    Beyond the limit the rest of the file is read and thrown away: the fields after it keep what was typed,
    and the browser gets its answer. The request then says which file it was, by `upload_refused`.
    """

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.taken_bytes = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:  # noqa: ARG002  # Django's signature
        """Lets a piece pass on to the next handler.

        :raises SkipFile: when there is more than the limit.
        """
        self.taken_bytes += len(raw_data)
        if self.taken_bytes > settings.ZHENGGAI_MAX_STORED_BYTES:
            self.request.upload_refused = self.file_name or "?"  # type: ignore[union-attr]  # read below
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> Any:  # noqa: ARG002  # Django's signature
        """Leaves the file to the next handler."""
        return None


def upload_refused(request: HttpRequest) -> str:
    """The name of the file that was beyond the limit; empty where all were taken."""
    refused: str = getattr(request, "upload_refused", "")
    return refused
