"""Pictures of stored files for the pages (文件预览): drawn in a process of their own, kept for a while.

A preview is derived: whoever deletes the folder ``previews`` loses nothing. Who may see a file is known to
the room that uses it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final

from django.conf import settings

from zhenggai.domain.messages import msg
from zhenggai.files import storage
from zhenggai.files.errors import BlobLostError, PreviewBusyError
from zhenggai.files.media import HEIC, PDF, PICTURES
from zhenggai.files.picturing import DAMAGED, NO_PAGE, TOO_LARGE
from zhenggai.files.selectors import blob_open

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from typing import BinaryIO

    from zhenggai.files.models import Blob

THUMBNAIL: Final = 240
PICTURE: Final = 1600
PAGE: Final = 1100
WAIT_SECONDS: Final = 15.0
"""Longest time a preview takes before its process is ended."""
AT_ONCE: Final = 2
"""Previews that one server process draws at a time; a few more wait, the rest are asked to come again.

So files made to be costly take two of the threads of a server for long, four more for seconds, never all.
"""
_WAITING: Final = 4
_QUEUE_SECONDS: Final = 5.0
_ANSWER_MOST_BYTES: Final = 16 * 1024 * 1024
_REFUSED_HOURS: Final = 24
KEPT_DAYS: Final = 30
_MAGIC: Final = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}
_slots = threading.BoundedSemaphore(AT_ONCE)
_line = threading.BoundedSemaphore(AT_ONCE + _WAITING)


class PreviewKind(StrEnum):
    """How a stored file can be looked at in place (预览方式)."""

    PICTURE = "picture"
    PAGES = "pages"
    TEXT = "text"
    PHONE_PICTURE = "phone_picture"


WHY_NONE: Final[dict[str, str]] = {
    "damaged": msg("The file is damaged or is not what it seems to be, so nothing of it can be shown here."),
    "encrypted": msg("The file is locked with a password, so nothing of it can be shown here."),
    "too_large": msg("The file is too large or too costly to be shown here."),
    "no_page": msg("The document has no such page."),
    "phone_picture": msg(
        "This is a photograph in the format HEIC, as a phone keeps it. It is stored unchanged and can be "
        "downloaded, and is not shown here. File it once more as JPEG, so that whoever verifies sees it at "
        "once: on an iPhone, Settings, Camera, Formats, Most Compatible; or share the photograph as JPEG."
    ),
}


@dataclass(frozen=True, slots=True)
class Preview:
    """A picture with its media type, and how many pages there are; ``refused`` says why there is none."""

    picture: bytes = b""
    media_type: str = ""
    pages: int = 0
    refused: str = ""


def preview_kind(blob: Blob) -> PreviewKind:
    """How a stored file is looked at, by what its bytes are and never by its name."""
    if blob.media_type in PICTURES:
        return PreviewKind.PICTURE
    if blob.media_type == HEIC:
        return PreviewKind.PHONE_PICTURE
    return PreviewKind.PAGES if blob.media_type == PDF else PreviewKind.TEXT


def picture_preview(blob: Blob, width: int) -> Preview:
    """A picture drawn anew, at most so wide and high (图片预览)."""
    return _preview(blob, "picture", 0, width) if blob.media_type in PICTURES else Preview(refused=DAMAGED)


def thumbnail_draw(blob: Blob) -> None:
    """Draws the small picture of a picture ahead (预制缩略图), so that a list of many waits for none."""
    # whoever looks at it draws it then
    with suppress(PreviewBusyError, BlobLostError):
        picture_preview(blob, THUMBNAIL)


def page_preview(blob: Blob, number: int) -> Preview:
    """A page of a PDF as a picture (页面预览), counted from 1."""
    if blob.media_type != PDF:
        return Preview(refused=DAMAGED)
    if not 1 <= number <= settings.ZHENGGAI_MAX_PDF_PAGES:
        return Preview(refused=NO_PAGE)
    return _preview(blob, "page", number, PAGE)


def pages_counted(blob: Blob) -> Preview:
    """How many pages a PDF has (页数), without a picture."""
    return _preview(blob, "count", 0, 0) if blob.media_type == PDF else Preview(refused=DAMAGED)


def previews_expire(*, at: datetime) -> int:
    """Removes previews that nobody drew anew for 30 days (清理预览); how many."""
    before = at.timestamp() - KEPT_DAYS * 86_400
    count = 0
    for path in _folder().glob("*/*"):
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < before:
                path.unlink()
                count += 1
    return count


def _preview(blob: Blob, what: str, number: int, width: int) -> Preview:
    """The preview as it is kept, or drawn now.

    Raises:
        PreviewBusyError: when as many are drawn as may be at once.
        BlobLostError: when the file is gone from the data folder.
    """
    path = _folder() / blob.sha256[:2] / f"{blob.sha256}-{what}-{number}-{width}"
    kept = _kept(path)
    if kept is not None:
        return _read(kept)
    if blob.size_bytes > settings.ZHENGGAI_MAX_UPLOAD_BYTES:
        return Preview(refused=TOO_LARGE)
    with blob_open(blob.sha256) as file, _turn():
        answer = _ask(file, what, number, width)
    _keep(path, answer)
    return _read(answer)


@contextmanager
def _turn() -> Iterator[None]:
    if not _line.acquire(blocking=False):
        raise PreviewBusyError
    try:
        if not _slots.acquire(timeout=_QUEUE_SECONDS):
            raise PreviewBusyError
        try:
            yield
        finally:
            _slots.release()
    finally:
        _line.release()


def _ask(file: BinaryIO, what: str, number: int, width: int) -> bytes:
    process = subprocess.Popen(  # noqa: S603 - this very package, no word of a user among the arguments
        [sys.executable, "-P", "-m", "zhenggai.files.picturing", what, str(number), str(width)],
        stdin=file,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        # nothing of ours goes along: no secret key, no address of a database
        env={"PATH": os.defpath},
    )
    watch = threading.Timer(WAIT_SECONDS, process.kill)
    watch.daemon = True
    watch.start()
    try:
        assert process.stdout is not None  # noqa: S101 - it is a pipe
        answer = process.stdout.read(_ANSWER_MOST_BYTES + 1)
    finally:
        watch.cancel()
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()
    if not answer or len(answer) > _ANSWER_MOST_BYTES:
        # ended at a limit, by itself or by us
        return json.dumps({"refused": TOO_LARGE}).encode() + b"\n"
    return answer


def _read(answer: bytes) -> Preview:
    """What the process said, taken for what it is: a process that was taken over can lie about a picture."""
    head, _, picture = answer.partition(b"\n")
    try:
        said = json.loads(head)
        refused, pages = said.get("refused"), int(said.get("pages", 0))
    except (ValueError, AttributeError, TypeError, OverflowError):
        return Preview(refused=DAMAGED)
    if refused is not None:
        return Preview(refused=refused if isinstance(refused, str) and refused in WHY_NONE else DAMAGED)
    media_type = next((name for magic, name in _MAGIC.items() if picture.startswith(magic)), "")
    if picture and not media_type:
        return Preview(refused=DAMAGED)
    return Preview(picture, media_type, pages)


def _kept(path: Path) -> bytes | None:
    try:
        answer = path.read_bytes()
        age_seconds = time.time() - path.stat().st_mtime
    except FileNotFoundError:
        return None
    # a refusal may have been the fault of a busy machine
    return None if b'"refused"' in answer[:40] and age_seconds > _REFUSED_HOURS * 3600 else answer


def _keep(path: Path, answer: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=".new-", dir=path.parent)
    with os.fdopen(descriptor, "wb") as file:
        file.write(answer)
    Path(name).replace(path)


def _folder() -> Path:
    return storage.previews_folder()
