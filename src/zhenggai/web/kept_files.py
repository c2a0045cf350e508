"""A file of a refused try (被退回表单的文件): kept, so that it need not be chosen and sent again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings
from django.core import signing
from django.http import Http404

from zhenggai.domain.errors import ZhenggaiError
from zhenggai.domain.file_names import file_name_safe
from zhenggai.files.selectors import blob_open
from zhenggai.files.services import blob_store

if TYPE_CHECKING:
    from typing import BinaryIO

    from django.core.files.uploadedfile import UploadedFile

    from zhenggai.web.requests import WebRequest

_SALT = "zhenggai.kept-file"
_AGE_SECONDS = 24 * 3600


class KeptFile(NamedTuple):
    """A kept file: the mark that names it in the form, and the name it had."""

    mark: str
    name: str


def file_keep(request: WebRequest, upload: UploadedFile[bytes]) -> KeptFile | None:
    """Stores the upload and gives a mark that only this person can use; none if it is refused."""
    name = file_name_safe(upload.name or "")
    upload.seek(0)
    try:
        blob = blob_store(upload, at=request.at, max_bytes=settings.ZHENGGAI_MAX_STORED_BYTES)
    except ZhenggaiError:
        return None
    return KeptFile(mark_of(request, blob.sha256, name), name)


def mark_of(request: WebRequest, sha256: str, name: str) -> str:
    """The mark by which only this person's forms take the stored file."""
    said = {"sha256": sha256, "name": name, "person": request.actor.person_id}
    return signing.dumps(said, salt=_SALT)


def file_kept(request: WebRequest, mark: str) -> tuple[BinaryIO, str]:
    """The kept file open for reading, and its name.

    Raises:
        Http404: when the mark is not this person's or too old.
        BlobLostError: when the file is gone from the data folder.
    """
    said = _said(request, mark)
    if said is None:
        raise Http404
    return blob_open(said["sha256"]), said["name"]


def name_kept(request: WebRequest, mark: str) -> str:
    """The name of a kept file; empty if there is none."""
    said = _said(request, mark)
    return said["name"] if said else ""


def _said(request: WebRequest, mark: str) -> dict[str, Any] | None:
    try:
        said: dict[str, Any] = signing.loads(mark, salt=_SALT, max_age=_AGE_SECONDS)
    except signing.BadSignature:
        return None
    return said if said.get("person") == request.actor.person_id else None
