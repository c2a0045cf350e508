"""Files that a killed process left: removed once old, and never one that a row names."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from zhenggai.files import storage, sweeping
from zhenggai.files.models import Blob
from zhenggai.files.services import blob_store

if TYPE_CHECKING:
    from pathlib import Path

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
BEFORE = AT + timedelta(hours=1)
OLD, YOUNG = AT.timestamp(), (AT + timedelta(hours=2)).timestamp()


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path, db: None) -> Path:
    settings.ZHENGGAI_DATA_DIR = tmp_path
    return storage.blobs_folder()


def left(path: Path, moment: float = OLD) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"left behind")
    os.utime(path, (moment, moment))
    return path


def stored(moment: float = OLD) -> Path:
    path = storage.blob_path(blob_store(b"named", at=AT, max_bytes=100).sha256)
    os.utime(path, (moment, moment))
    return path


def test_what_no_row_names_is_removed_once_it_is_old(folder: Path) -> None:
    kept = [stored(), left(folder / ".new-young", YOUNG), left(storage.blob_path("a" * 64), YOUNG)]
    gone = [left(folder / ".new-old"), left(storage.blob_path("b" * 64)), left(folder / "cc" / ".gone-cc")]
    assert sweeping.blobs_sweep(before=BEFORE) == 3
    assert [path.exists() for path in kept] == [True] * 3
    assert [path.exists() for path in gone] == [False] * 3
    assert sweeping.blobs_sweep(before=BEFORE) == 0


def test_a_file_put_aside_comes_back_where_a_row_names_it(folder: Path) -> None:
    path = stored()
    aside = path.with_name(f".gone-{path.name}")
    path.replace(aside)
    assert sweeping.blobs_sweep(before=BEFORE) == 0
    assert path.read_bytes() == b"named"
    assert not aside.exists()


def test_what_another_sweep_takes_meanwhile_ends_none(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taken, gone = left(storage.blob_path("a" * 64)), left(storage.blob_path("b" * 64))

    def named(sha256: str) -> bool:
        taken.unlink(missing_ok=True)
        return False

    monkeypatch.setattr(sweeping, "_is_named", named)
    assert sweeping.blobs_sweep(before=BEFORE) == 1
    assert not gone.exists()


@pytest.mark.parametrize("row_too", [False, True])
def test_bytes_stored_again_while_they_are_swept_stay(
    folder: Path, monkeypatch: pytest.MonkeyPatch, row_too: bool
) -> None:
    """Somebody stores the same bytes after the sweep has looked and before it puts the file aside."""
    path = stored()
    Blob.objects.all().delete()
    asked = sweeping._is_named

    def named(sha256: str) -> bool:
        answer = asked(sha256)
        if not answer:
            monkeypatch.setattr(sweeping, "_is_named", asked)
            if row_too:
                stored()
            else:
                os.utime(path, (YOUNG, YOUNG))
        return answer

    monkeypatch.setattr(sweeping, "_is_named", named)
    assert sweeping.blobs_sweep(before=BEFORE) == 0
    assert path.read_bytes() == b"named"
