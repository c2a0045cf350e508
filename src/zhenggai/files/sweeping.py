"""What a killed process leaves in the folder of stored files, removed once it is old (清理残留文件)."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from zhenggai.files import storage
from zhenggai.files.models import Blob

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

_HASH: Final = re.compile(r"[0-9a-f]{64}")
_GONE: Final = ".gone-"


def blobs_sweep(*, before: datetime) -> int:
    """Removes files that no row names (清理无记录文件): half-written ones, and whole ones of before a moment.

    A file is put aside first and looked at again: whoever stores the same bytes meanwhile puts a whole one in
    its place, so that no row ever loses its file. How many were removed.
    """
    removed = 0
    for path in sorted(storage.blobs_folder().rglob("*")):
        if not path.is_file():
            continue
        # another sweep at the same time may have taken it
        with suppress(FileNotFoundError):
            removed += _swept(path, before)
    return removed


def _swept(path: Path, before: datetime) -> bool:
    if path.name.startswith(".new-"):
        return _is_older(path, before) and _unlinked(path)
    if path.name.startswith(_GONE):
        return _decided(path, before)
    if _HASH.fullmatch(path.name) and _is_older(path, before) and not _is_named(path.name):
        aside = path.with_name(_GONE + path.name)
        path.replace(aside)
        return _decided(aside, before)
    return False


def _decided(aside: Path, before: datetime) -> bool:
    """Removes a file that was put aside, or puts it back where it came to be wanted; whether it is gone."""
    sha256 = aside.name.removeprefix(_GONE)
    if _is_named(sha256) or not _is_older(aside, before):
        aside.replace(aside.with_name(sha256))
        return False
    return _unlinked(aside)


def _is_named(sha256: str) -> bool:
    return Blob.objects.filter(sha256=sha256).exists()


def _is_older(path: Path, before: datetime) -> bool:
    try:
        return path.stat().st_mtime < before.timestamp()
    except FileNotFoundError:
        return False


def _unlinked(path: Path) -> bool:
    path.unlink(missing_ok=True)
    return True
