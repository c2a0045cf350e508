"""Stops an upload beyond the limit while it comes in (上传限额), not after it filled the disk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.files.uploadhandler import FileUploadHandler, StopUpload

if TYPE_CHECKING:
    from django.http import HttpRequest


class QuotaHandler(FileUploadHandler):
    """Counts the bytes of the files and stops beyond ``max_bytes``; ``exceeded_by`` names the file then."""

    def __init__(self, request: HttpRequest, max_bytes: int) -> None:
        super().__init__(request)
        self.max_bytes = max_bytes
        self.exceeded_by = ""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Lets a piece pass on to the next handler.

        :raises StopUpload: when the file is beyond the limit.
        """
        if start + len(raw_data) > self.max_bytes:
            self.exceeded_by = self.file_name or "?"
            # the rest is read and thrown away, so that the browser waits for the answer
            raise StopUpload(connection_reset=False)
        return raw_data

    def file_complete(self, _file_size: int) -> Any:
        """Leaves the file to the next handler."""
        return None
