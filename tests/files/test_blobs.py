from __future__ import annotations

import hashlib
import io
import os
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from zhenggai.domain.errors import NotFoundError
from zhenggai.files import selectors, services, storage
from zhenggai.files.errors import BlobLostError, FileTooLargeError
from zhenggai.files.models import Blob

pytestmark = pytest.mark.django_db

AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
BYTES = "示例县整改通报\n".encode()
SHA256 = hashlib.sha256(BYTES).hexdigest()
MEBIBYTE = 1024 * 1024


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.ZHENGGAI_DATA_DIR = tmp_path / "data"
    (tmp_path / "data").mkdir()
    return tmp_path / "data" / "blobs"


def store(source: services.Stream | bytes = BYTES, max_bytes: int = MEBIBYTE) -> Blob:
    return services.blob_store(source, at=AT, max_bytes=max_bytes)


def files_in(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_a_file_is_kept_under_the_hash_of_its_bytes(folder: Path) -> None:
    blob = store(io.BytesIO(BYTES))
    assert (blob.sha256, blob.size_bytes, blob.media_type, blob.created_at) == (SHA256, 22, "text/plain", AT)
    assert files_in(folder) == [f"{SHA256[:2]}/{SHA256}"]
    with selectors.blob_open(SHA256) as file:
        assert file.read() == BYTES
    assert selectors.blob_read(SHA256) == BYTES
    assert selectors.blob_get(SHA256) == blob
    assert selectors.blob_is_whole(SHA256)


def test_only_its_owner_can_read_a_stored_file(folder: Path) -> None:
    store()
    path = folder / SHA256[:2] / SHA256
    assert [part.stat().st_mode & 0o077 for part in (folder, path.parent, path)] == [0, 0, 0]


def test_the_same_bytes_are_kept_once(folder: Path) -> None:
    first = store()
    again = services.blob_store(io.BytesIO(BYTES), at=AT.replace(year=2027), max_bytes=MEBIBYTE)
    assert again == first
    assert again.created_at == AT
    assert len(files_in(folder)) == 1


def test_an_empty_file_is_kept_too(folder: Path) -> None:
    blob = store(b"")
    assert (blob.size_bytes, blob.media_type) == (0, "application/octet-stream")
    assert selectors.blob_read(blob.sha256) == b""


def test_a_large_file_is_read_in_pieces() -> None:
    class Pieces:
        """Gives one byte less than is asked for, as a socket may."""

        def __init__(self) -> None:
            self.left = 5 * MEBIBYTE
            self.most = 0

        def read(self, size: int, /) -> bytes:
            self.most = max(self.most, size)
            piece = min(size - 1, self.left)
            self.left -= piece
            return b"x" * piece

    source = Pieces()
    blob = store(source, max_bytes=5 * MEBIBYTE)
    assert blob.size_bytes == 5 * MEBIBYTE
    assert blob.sha256 == hashlib.sha256(b"x" * 5 * MEBIBYTE).hexdigest()
    assert source.most == MEBIBYTE


def test_a_file_over_the_limit_is_refused_and_nothing_of_it_is_kept(folder: Path) -> None:
    with pytest.raises(FileTooLargeError) as refusal:
        store(io.BytesIO(b"x" * (2 * MEBIBYTE + 1)), max_bytes=2 * MEBIBYTE)
    assert str(refusal.value) == (
        "The file is larger than the 2 MiB that are taken here, so nothing of it was kept. Split it, or "
        "ask the administrator to raise the limit ZHENGGAI_MAX_STORED_MIB."
    )
    assert refusal.value.code == "file_too_large"
    assert files_in(folder) == []
    assert not Blob.objects.exists()
    assert store(b"x" * 2 * MEBIBYTE, max_bytes=2 * MEBIBYTE).size_bytes == 2 * MEBIBYTE


def test_a_source_that_breaks_off_leaves_nothing_behind(folder: Path) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            if self.tell() > 0:
                raise ConnectionError
            return super().read(10)

    with pytest.raises(ConnectionError):
        store(Broken(BYTES))
    assert files_in(folder) == []
    assert not Blob.objects.exists()


def test_bytes_that_were_damaged_are_mended_by_the_same_file(folder: Path) -> None:
    store()
    (folder / SHA256[:2] / SHA256).write_bytes(b"damaged")
    assert not selectors.blob_is_whole(SHA256)
    store()
    assert selectors.blob_read(SHA256) == BYTES


@pytest.mark.parametrize("damage", [b"", b"damaged", BYTES + b"!"])
def test_bytes_of_another_length_are_not_handed_out(folder: Path, damage: bytes) -> None:
    store()
    (folder / SHA256[:2] / SHA256).write_bytes(damage)
    with pytest.raises(BlobLostError) as refusal:
        selectors.blob_open(SHA256)
    assert f"The stored file {SHA256[:12]}… is missing or damaged" in str(refusal.value)


def test_changed_bytes_of_the_same_length_are_not_read(folder: Path) -> None:
    store()
    (folder / SHA256[:2] / SHA256).write_bytes(b"x" * len(BYTES))
    with pytest.raises(BlobLostError):
        selectors.blob_read(SHA256)


def test_a_file_that_is_gone_is_said_to_be_lost_and_can_be_handed_in_again(folder: Path) -> None:
    store()
    (folder / SHA256[:2] / SHA256).unlink()
    with pytest.raises(BlobLostError):
        selectors.blob_open(SHA256)
    store()
    assert selectors.blob_is_whole(SHA256)


@pytest.mark.parametrize(
    "sha256", ["0" * 64, "", "../../secret_key", SHA256.upper(), SHA256 + "\x00", "\ud800", "%" * 64]
)
def test_what_was_never_stored_is_not_found(sha256: str) -> None:
    store()
    with pytest.raises(NotFoundError):
        selectors.blob_open(sha256)


def test_a_file_of_a_change_that_was_rolled_back_can_be_stored_again(folder: Path) -> None:
    with transaction.atomic():
        store()
        transaction.set_rollback(True)
    assert not Blob.objects.exists()
    assert len(files_in(folder)) == 1
    assert selectors.blob_read(store().sha256) == BYTES


def test_the_database_takes_no_name_that_is_not_a_hash() -> None:
    for name in ("../../etc", SHA256.upper(), "0" * 63):
        with pytest.raises(IntegrityError), transaction.atomic():
            Blob.objects.create(sha256=name, size_bytes=1, media_type="text/plain", created_at=AT)


def test_writers_of_the_same_bytes_do_not_disturb_each_other(folder: Path, tmp_path: Path) -> None:
    storage.blobs_folder()

    def settle(number: int) -> bool:
        temporary = folder / f".new-{number}"
        temporary.write_bytes(BYTES)
        storage.settle(temporary, SHA256)
        return storage.holds(SHA256)

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(settle, range(40)))
    assert files_in(folder) == [f"{SHA256[:2]}/{SHA256}"]


def test_bytes_and_their_name_are_on_the_disk_before_the_database_names_them(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[tuple[str, bool, bool]] = []
    sync = os.fsync

    def watched(descriptor: int) -> None:
        path = Path(f"/proc/self/fd/{descriptor}").resolve()
        named = (folder / SHA256[:2] / SHA256).exists()
        synced.append(("folder" if path.is_dir() else "file", named, Blob.objects.exists()))
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", watched)
    store()
    # its bytes, then the new folder's entry, then its name in that folder
    assert synced[-3:] == [("file", False, False), ("folder", False, False), ("folder", True, False)]


def test_storing_takes_few_queries() -> None:
    with CaptureQueriesContext(connection) as first:
        store()
    with CaptureQueriesContext(connection) as again:
        store()
    statements = [
        [query["sql"] for query in context.captured_queries if "SAVEPOINT" not in query["sql"]]
        for context in (first, again)
    ]
    assert [len(each) for each in statements] == [2, 1]
