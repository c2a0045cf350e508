"""Where the bytes lie (存放位置): ``blobs/ab/ab12…`` in the data folder, under the SHA-256 of the content."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from django.conf import settings

if TYPE_CHECKING:
    from datetime import datetime
    from typing import BinaryIO

PIECE_BYTES: Final = 1024 * 1024


def blobs_folder() -> Path:
    """The folder of all stored files, made on first use with access for its owner only."""
    return _folder(Path(settings.ZHENGGAI_DATA_DIR) / "blobs")


def parts_folder() -> Path:
    """The folder of uploads under way, made on first use with access for its owner only; never served."""
    return _folder(Path(settings.ZHENGGAI_DATA_DIR) / "uploads")


def previews_folder() -> Path:
    """The folder of pictures drawn of stored files, which can be deleted at any time; never served."""
    return _folder(Path(settings.ZHENGGAI_DATA_DIR) / "previews")


def blob_path(sha256: str) -> Path:
    """Where the bytes of this hash lie."""
    return Path(settings.ZHENGGAI_DATA_DIR) / "blobs" / sha256[:2] / sha256


def sha256_of(file: BinaryIO) -> str:
    """The hash of what is left to read."""
    digest = hashlib.sha256()
    while piece := file.read(PIECE_BYTES):
        digest.update(piece)
    return digest.hexdigest()


def holds(sha256: str) -> bool:
    """Whether the bytes of this hash lie there, whole."""
    try:
        with blob_path(sha256).open("rb") as file:
            return sha256_of(file) == sha256
    except FileNotFoundError:
        return False


def is_since(sha256: str, moment: datetime) -> bool:
    """Whether these bytes were stored, for the first time or again, at this moment or later."""
    try:
        return blob_path(sha256).stat().st_mtime >= moment.timestamp()
    except FileNotFoundError:
        return False


def settle(temporary: Path, sha256: str) -> None:
    """Puts a finished, fsynced file under its hash, so that it is there after a power cut."""
    target = blob_path(sha256)
    _folder(target.parent)
    temporary.replace(target)
    folder_sync(target.parent)


def _folder(folder: Path) -> Path:
    if not folder.is_dir():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        # the new folder's own entry has to be on the disk as well
        folder_sync(folder.parent)
    return folder


def folder_sync(folder: Path) -> None:
    """Has the entries of a folder on the disk."""
    # a file system that cannot sync a folder (some network mounts) has nothing better to offer
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
