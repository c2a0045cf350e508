"""Uploads that resume: each its owner's, each offset certainly on the disk, every refusal with its words."""

from __future__ import annotations

import hashlib
import os
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection

from ledger.world import World
from zhenggai.domain.actor import Role
from zhenggai.domain.errors import InvalidError, NotFoundError, NotPermittedError
from zhenggai.files import selectors, uploading
from zhenggai.files.errors import (
    FileTooLargeError,
    PieceTooLargeError,
    UploadIncompleteError,
    UploadLimitError,
    UploadMismatchError,
    UploadOffsetError,
)
from zhenggai.files.models import Blob, Upload
from zhenggai.files.services import blob_store
from zhenggai.files.storage import parts_folder

if TYPE_CHECKING:
    from pathlib import Path

AT = datetime(2026, 3, 3, 1, 0, tzinfo=UTC)
BYTES = "云山县示例材料\n".encode() * 100
SHA256 = hashlib.sha256(BYTES).hexdigest()


@pytest.fixture
def world(db: None, settings: Any, tmp_path: Path) -> World:
    settings.ZHENGGAI_DATA_DIR = tmp_path
    return World()


def begin(world: World, **values: Any) -> Upload:
    wanted = {"actor": world.handler, "at": AT, "name": "凭证.pdf", "size_bytes": len(BYTES), **values}
    return uploading.upload_begin(**wanted)


def append(world: World, upload: Upload, offset: int, piece: bytes, **values: Any) -> Upload:
    wanted = {"actor": world.handler, "at": AT, "token": upload.token, **values}
    return uploading.upload_append(offset=offset, piece=piece, **wanted)


def finish(world: World, upload: Upload) -> Upload:
    return uploading.upload_finish(actor=world.handler, at=AT, token=upload.token)


@pytest.mark.django_db(transaction=False)
def test_a_file_sent_in_pieces_becomes_one_blob_and_leaves_no_part(
    world: World, django_capture_on_commit_callbacks: Any
) -> None:
    upload = begin(world, sha256=SHA256)
    for offset in range(0, len(BYTES), 500):
        upload = append(world, upload, offset, BYTES[offset : offset + 500])
    with django_capture_on_commit_callbacks(execute=True):
        done = finish(world, upload)
    assert done.stored_sha256 == SHA256
    assert selectors.blob_read(SHA256) == BYTES
    assert list(parts_folder().iterdir()) == []
    # asked again, as after an answer that was lost, it says the same
    assert finish(world, upload).stored_sha256 == SHA256
    assert Blob.objects.count() == 1


def test_a_part_is_its_owner_s_alone_on_the_disk_and_has_no_name_that_was_handed_in(world: World) -> None:
    upload = begin(world, name="../../etc/passwd")
    append(world, upload, 0, BYTES[:10])
    (part,) = parts_folder().iterdir()
    assert part.name == f"{upload.token}.part"
    assert (part.stat().st_mode | part.parent.stat().st_mode) & 0o077 == 0
    assert upload.name == "passwd"


@pytest.mark.parametrize("offset", [0, 5, 11, 400])
def test_a_piece_for_another_place_is_refused_with_the_offset_that_stands(world: World, offset: int) -> None:
    upload = append(world, begin(world), 0, BYTES[:10])
    with pytest.raises(UploadOffsetError, match="stands at 10 bytes") as refused:
        append(world, upload, offset, BYTES[offset : offset + 10])
    assert refused.value.offset == 10
    assert uploading.part_path(upload.token).read_bytes() == BYTES[:10]


def test_what_a_crash_left_behind_the_offset_is_written_over(world: World) -> None:
    upload = append(world, begin(world), 0, BYTES[:10])
    with uploading.part_path(upload.token).open("ab") as part:
        part.write(b"half a piece, and then the power went")
    append(world, upload, 10, BYTES[10:])
    assert finish(world, upload).stored_sha256 == SHA256


def test_a_part_that_is_gone_from_the_disk_begins_anew(world: World) -> None:
    upload = append(world, begin(world), 0, BYTES[:10])
    uploading.part_path(upload.token).unlink()
    assert append(world, upload, 10, BYTES[10:20]).offset_bytes == 0
    upload = append(world, upload, 0, BYTES)
    uploading.part_path(upload.token).unlink()
    with pytest.raises(UploadIncompleteError, match="Only 0 of"):
        finish(world, upload)


def test_the_bytes_are_on_the_disk_before_the_row_says_so(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = begin(world)
    seen = []

    def synced(descriptor: int) -> None:
        if os.fstat(descriptor).st_size == 10:
            seen.append(Upload.objects.get().offset_bytes)

    monkeypatch.setattr(uploading.os, "fsync", synced)
    append(world, upload, 0, BYTES[:10])
    assert seen == [0]
    assert Upload.objects.get().offset_bytes == 10


@pytest.mark.parametrize("piece", [b"", BYTES + b"x"])
def test_an_empty_piece_and_one_beyond_the_size_are_refused(world: World, piece: bytes) -> None:
    upload = begin(world)
    with pytest.raises(PieceTooLargeError, match="nothing of it was kept"):
        append(world, upload, 0, piece)
    assert Upload.objects.get().offset_bytes == 0


def test_a_piece_over_eight_mebibytes_is_refused(world: World) -> None:
    upload = begin(world, size_bytes=20 * 1024 * 1024)
    with pytest.raises(PieceTooLargeError):
        append(world, upload, 0, bytes(uploading.PIECE_MOST_BYTES + 1))
    assert append(world, upload, 0, bytes(uploading.PIECE_MOST_BYTES)).offset_bytes == 8 * 1024 * 1024


def test_an_upload_is_another_person_s_to_nobody(world: World) -> None:
    upload = append(world, begin(world), 0, BYTES)
    for other in (world.head, world.clerk, world.administrator, world.stranger):
        for attempt in (
            lambda other=other: uploading.upload_get(actor=other, token=upload.token),
            lambda other=other: append(world, upload, len(BYTES), b"x", actor=other),
            lambda other=other: uploading.upload_finish(actor=other, at=AT, token=upload.token),
            lambda other=other: uploading.upload_cancel(actor=other, token=upload.token),
        ):
            with pytest.raises(NotFoundError, match="no such upload of yours"):
                attempt()
    assert Upload.objects.get().finished_at is None


def test_who_hands_in_nothing_uploads_nothing(world: World) -> None:
    for other in (world.administrator, world.inspector, world.auditor):
        with pytest.raises(NotPermittedError, match="None of your posts hands in files"):
            begin(world, actor=other)
    world.person("new", "新示例", (Role.HANDLER, world.unit))
    assert not Upload.objects.exists()


@pytest.mark.parametrize("values", [{"size_bytes": 0}, {"size_bytes": -1}, {"sha256": "ABC"}])
def test_an_upload_without_a_size_or_with_half_a_hash_is_refused(
    world: World, values: dict[str, Any]
) -> None:
    with pytest.raises(InvalidError, match="An upload needs its size"):
        begin(world, **values)


def test_a_file_larger_than_what_is_kept_is_refused_before_its_first_byte(
    world: World, settings: Any
) -> None:
    settings.ZHENGGAI_MAX_STORED_BYTES = 1024 * 1024
    with pytest.raises(FileTooLargeError, match="1 MiB"):
        begin(world, size_bytes=1024 * 1024 + 1)


def test_open_uploads_are_limited_by_number_and_bytes_a_person(world: World, settings: Any) -> None:
    settings.ZHENGGAI_UPLOADS_OPEN = 2
    begin(world)
    last = begin(world)
    with pytest.raises(UploadLimitError, match="2 uploads under way"):
        begin(world)
    begin(world, actor=world.helper)
    uploading.upload_cancel(actor=world.handler, token=last.token)
    settings.ZHENGGAI_MAX_STORED_BYTES = 2_000_000
    settings.ZHENGGAI_UPLOADS_OPEN = 9
    begin(world, size_bytes=1_999_000)
    with pytest.raises(UploadLimitError):
        begin(world, size_bytes=1_999_999)


def test_what_has_another_hash_than_was_said_is_not_kept(world: World) -> None:
    upload = append(world, begin(world, sha256="a" * 64), 0, BYTES)
    with pytest.raises(UploadMismatchError, match="is not the file that was announced"):
        finish(world, upload)
    assert not Upload.objects.exists()
    assert not Blob.objects.exists()


def test_two_tabs_that_finish_at_once_both_hear_the_same(
    world: World, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    upload = append(world, begin(world, sha256=SHA256), 0, BYTES)
    length, answers = uploading._length, []

    def meanwhile(path: Path) -> int:
        found = length(path)
        monkeypatch.setattr(uploading, "_length", length)
        # the other tab is through between the look at the part and its opening
        with django_capture_on_commit_callbacks(execute=True):
            answers.append(finish(world, upload).stored_sha256)
        return found

    monkeypatch.setattr(uploading, "_length", meanwhile)
    assert finish(world, upload).stored_sha256 == SHA256
    assert answers == [SHA256]
    assert not uploading.part_path(upload.token).exists()


def test_a_part_that_goes_while_it_is_finished_begins_anew(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = append(world, begin(world), 0, BYTES)
    uploading.part_path(upload.token).unlink()
    monkeypatch.setattr(uploading, "_length", lambda _path: len(BYTES))
    with pytest.raises(UploadIncompleteError, match="Only 0 of"):
        finish(world, upload)


def test_an_upload_that_is_not_whole_cannot_be_finished(world: World) -> None:
    upload = append(world, begin(world), 0, BYTES[:10])
    with pytest.raises(UploadIncompleteError, match=f"Only 10 of {len(BYTES)} bytes"):
        finish(world, upload)
    assert not Blob.objects.exists()


def test_nothing_is_learnt_from_a_hash_that_others_stored(world: World) -> None:
    unknown = begin(world, sha256="b" * 64)
    blob_store(BYTES, at=AT, max_bytes=10_000)
    known = begin(world, sha256=SHA256)
    assert (
        (known.offset_bytes, known.stored_sha256) == (unknown.offset_bytes, unknown.stored_sha256) == (0, "")
    )
    # only whoever has every byte gets anywhere
    with pytest.raises(UploadIncompleteError):
        finish(world, known)


def test_uploads_that_nobody_went_on_with_are_removed_with_their_parts(world: World, settings: Any) -> None:
    old = append(world, begin(world), 0, BYTES[:10])
    stray = parts_folder() / f"{'c' * 32}.part"
    stray.write_bytes(b"x")
    for path in (uploading.part_path(old.token), stray):
        os.utime(path, (AT.timestamp(), AT.timestamp()))
    late = AT + timedelta(hours=settings.ZHENGGAI_UPLOAD_HOURS, minutes=1)
    young = append(world, begin(world, at=late), 0, BYTES[:10], at=late)
    assert uploading.uploads_expire(at=late) == 1
    assert [part.stem for part in parts_folder().iterdir()] == [young.token]
    assert list(Upload.objects.values_list("token", flat=True)) == [young.token]


@pytest.mark.skipif(
    connection.vendor != "postgresql",
    reason="SQLite ignores row locks; set ZHENGGAI_TEST_POSTGRESQL to a PostgreSQL to run it",
)
def test_the_row_is_locked_while_a_piece_is_written(world: World, django_assert_num_queries: Any) -> None:
    upload = begin(world)
    with django_assert_num_queries(4) as seen:
        append(world, upload, 0, BYTES[:10])
    assert any("FOR UPDATE" in each["sql"] for each in seen)
