"""Files that no form ever took: removed after a stated time, and never one that a form is about to take."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from intake.test_races import database
from ledger.world import World
from zhenggai.files import storage, untaken
from zhenggai.files.models import Blob, BlobText
from zhenggai.files.services import blob_store
from zhenggai.ledger.housekeeping import uploads_clear

if TYPE_CHECKING:
    from django.db.models import QuerySet

__all__ = ["database"]

SCRIPT = Path(__file__).with_name("race.py")
AT_THE_LOCK = SCRIPT.with_name("race_at_the_lock.py")
AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
BEFORE = AT + timedelta(hours=1)
OLD, YOUNG = AT.timestamp(), (AT + timedelta(hours=2)).timestamp()


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path, db: None) -> Path:
    settings.ZHENGGAI_DATA_DIR = tmp_path
    return storage.blobs_folder()


def stored(content: bytes, moment: float = OLD) -> Blob:
    blob = blob_store(content, at=AT, max_bytes=1000)
    os.utime(storage.blob_path(blob.sha256), (moment, moment))
    return blob


def left() -> QuerySet[Blob]:
    return Blob.objects.order_by("pk")


def test_what_nothing_names_is_forgotten_with_its_text_once_it_is_old() -> None:
    old, lost = stored(b"old"), stored(b"lost")
    BlobText.objects.create(blob=old, text="old", taken_at=AT)
    storage.blob_path(lost.sha256).unlink()
    young = stored(b"young", YOUNG)
    assert untaken.blobs_untaken_remove(before=BEFORE) == 2
    assert list(left()) == [young]
    assert untaken.blobs_untaken_remove(before=BEFORE) == 0


def test_what_was_stored_first_after_the_moment_stays_whatever_its_file_says() -> None:
    blob = stored(b"restored from a backup")
    assert untaken.blobs_untaken_remove(before=AT) == 0
    assert left().get() == blob


def test_evidence_documents_and_uploads_keep_their_files() -> None:
    world = World()
    world.proven()
    for path in storage.blobs_folder().rglob("*/*"):
        os.utime(path, (OLD, OLD))
    Blob.objects.update(created_at=AT)
    kept = list(left())
    assert kept
    assert untaken.blobs_untaken_remove(before=BEFORE) == 0
    assert list(left()) == kept


def test_every_column_that_holds_a_file_is_known_by_its_key_or_by_its_name() -> None:
    columns = {(model._meta.label, name) for model, name, _ in untaken.naming_columns()}
    assert columns >= {
        ("ledger.Evidence", "blob_id"),
        ("ledger.Recheck", "blob_id"),
        ("ledger.SignatureRecord", "blob_id"),
        ("intake.Intake", "sha256"),
        ("intake.Intake", "reading_sha256"),
        ("files.Upload", "stored_sha256"),
    }
    assert not {label for label, _ in columns} & {"files.Blob", "files.BlobText"}


def test_the_daily_clearing_removes_row_and_bytes_seven_days_after_they_were_handed_in() -> None:
    path = storage.blob_path(stored(b"never taken").sha256)
    cleared = [
        uploads_clear.func(SimpleNamespace(at=AT + timedelta(days=7, minutes=each))) for each in (-1, 1)
    ]
    # the row and its bytes
    assert cleared == [0, 2]
    assert not path.exists()
    assert not left().exists()


@pytest.mark.parametrize("again", ["bytes", "row"])
def test_bytes_stored_again_after_the_look_stay(monkeypatch: pytest.MonkeyPatch, again: str) -> None:
    """The list is made before the lock is held: what happens in between is seen under it."""
    blob = stored(b"wanted")
    removed = untaken._removed

    def late(pk: int, before: datetime) -> bool:
        if again == "bytes":
            stored(b"wanted", YOUNG)
        else:
            Blob.objects.filter(pk=pk).delete()
        return removed(pk, before)

    monkeypatch.setattr(untaken, "_removed", late)
    assert untaken.blobs_untaken_remove(before=BEFORE) == 0
    assert left().filter(pk=blob.pk).exists() == (again == "bytes")


def test_who_hands_in_what_is_being_removed_has_it_whole(database: str) -> None:
    """Six hands at one moment, round after round: half remove, half hand in the same bytes as evidence."""
    said = told_by(SCRIPT, database)
    assert said["rounds"] == 20
    assert said["handed_in"] == 60
    assert said["lost"] == []
    assert said["removed"] > 0
    assert said["left"] == said["named"]


def test_who_hands_in_what_is_about_to_go_waits_until_it_is_gone_and_has_it_anew(database: str) -> None:
    """Without the lock of either, one of the two hands sees a fault, whatever the luck of the moment."""
    assert told_by(AT_THE_LOCK, database) == {
        "answers": ["removed 1", "handed in"],
        "waited": True,
        "whole": True,
    }


def told_by(script: Path, database: str) -> dict[str, Any]:
    run = subprocess.run(
        [sys.executable, "-W", "ignore", str(script)],
        env={**os.environ, "ZHENGGAI_TEST_POSTGRESQL": database},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    said: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return said
