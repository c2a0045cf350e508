"""A real data folder tampered with in SQLite: the command names the entry and exits with 1."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from migrated import DATABASE, migrated
from ops.programs import LEFT_OUT, start
from zhenggai.proofs.chain import Header, event_hash, text_digest

TRIGGERS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
WRITE = """
import django; django.setup()
from datetime import UTC, datetime, timedelta
from zhenggai.domain.actor import Actor
from zhenggai.trail.chains import ChainKey
from zhenggai.trail.services import record
for n in range(1, 7):
    record(
        chain=ChainKey.inspection(7), name="ledger.finding.changed", actor=Actor(3, "张示例"),
        at=datetime(2026, 1, 2, tzinfo=UTC) + timedelta(minutes=n), subject=("finding", 100 + n),
        values={"note": f"第{n}条", "amount": "12.50"},
    )
"""

Tamper = Callable[..., str]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with one chain of six entries, written by the product itself; row 3 is entry 3."""
    data = tmp_path_factory.mktemp("trail") / "data"
    migrated(data)
    kept = {name: value for name, value in os.environ.items() if name not in LEFT_OUT}
    env = {**kept, "ZHENGGAI_DATA_DIR": str(data), "DJANGO_SETTINGS_MODULE": "zhenggai.config.settings"}
    subprocess.run([sys.executable, "-c", WRITE], env=env, check=True, timeout=300, capture_output=True)
    with closing(sqlite3.connect(data / DATABASE)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return data


@pytest.fixture
def data(folder: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(folder, tmp_path / "data"))


@pytest.fixture
def tampered(data: Path) -> Iterator[sqlite3.Connection]:
    """The database without its triggers; they stand again when the hand is taken off."""
    with closing(sqlite3.connect(data / DATABASE)) as database:
        made = database.execute(TRIGGERS).fetchall()
        for name, _sql in made:
            database.execute(f'DROP TRIGGER "{name}"')
        yield database


def verified(data: Path, database: sqlite3.Connection, folder: Path) -> tuple[int, str]:
    """What the command says of the folder, the triggers made again as a careful hand would."""
    with closing(sqlite3.connect(folder / DATABASE)) as whole:
        for _name, sql in whole.execute(TRIGGERS):
            database.execute(sql)
    database.commit()
    run = start(data, "trail", "verify", COLUMNS="400")
    return run.returncode, run.stdout + run.stderr


def test_an_untouched_folder_holds_and_the_command_says_what_it_cannot_see(folder: Path) -> None:
    run = start(folder, "trail", "verify", COLUMNS="400")
    assert run.returncode == 0
    assert "Inspection 7: 6 events, holds" in run.stdout
    assert "a chain cut or written anew together with its head would not show" in run.stdout


@pytest.mark.parametrize(
    ("statements", "said"),
    [
        (
            ("UPDATE trail_eventvalue SET value = '\"改过\"' WHERE name = 'note' AND event_id = 3",),
            ("The value note of entry 3 was changed",),
        ),
        (
            ("UPDATE trail_eventvalue SET value = '\"李示例\"' WHERE name = 'actor' AND event_id = 2",),
            ("The value actor of entry 2 was changed",),
        ),
        (
            ("UPDATE trail_eventvalue SET value = NULL, salt = NULL WHERE name = 'note' AND event_id = 3",),
            ("The value note of entry 3 was erased, and no later",),
        ),
        (
            ("DELETE FROM trail_eventvalue WHERE name = 'note' AND event_id = 4",),
            ("Entry 4 was changed",),
        ),
        (("UPDATE trail_event SET at = '2026-01-02 09:00:00' WHERE seq = 4",), ("Entry 4 was changed",)),
        (("UPDATE trail_event SET actor_id = 9 WHERE seq = 5",), ("Entry 5 was changed",)),
        (("UPDATE trail_event SET name = 'ledger.finding.closed' WHERE seq = 1",), ("Entry 1 was changed",)),
        (
            (
                "DELETE FROM trail_eventvalue WHERE event_id = 3",
                "DELETE FROM trail_event WHERE seq = 3",
            ),
            ("Entry 3 was removed",),
        ),
        (
            (
                "DELETE FROM trail_eventvalue WHERE event_id = 6",
                "DELETE FROM trail_event WHERE seq = 6",
            ),
            ("Entry 6, the last one, was removed",),
        ),
        (
            (
                "UPDATE trail_event SET seq = 99 WHERE seq = 2",
                "UPDATE trail_event SET seq = 2 WHERE seq = 5",
                "UPDATE trail_event SET seq = 5 WHERE seq = 99",
            ),
            ("Entries 2 and 5 were swapped",),
        ),
    ],
)
def test_each_entry_that_was_touched_is_named(
    folder: Path, data: Path, tampered: sqlite3.Connection, statements: tuple[str, ...], said: tuple[str, ...]
) -> None:
    for statement in statements:
        tampered.execute(statement)
    code, text = verified(data, tampered, folder)
    assert code == 1
    assert "Inspection 7" in text
    assert "BROKEN" in text
    for sentence in said:
        assert sentence in text
    entries = text.count("– ")
    assert entries == len(said), text


def test_swapped_salts_are_named_on_both_entries(
    folder: Path, data: Path, tampered: sqlite3.Connection
) -> None:
    ids = [
        tampered.execute(
            "SELECT id, salt FROM trail_eventvalue WHERE name = 'note' AND event_id = ?", (seq,)
        ).fetchone()
        for seq in (2, 5)
    ]
    for (row, _), (_, salt) in zip(ids, reversed(ids), strict=True):
        tampered.execute("UPDATE trail_eventvalue SET salt = ? WHERE id = ?", (salt, row))
    code, text = verified(data, tampered, folder)
    assert code == 1
    assert "The value note of entry 2 was changed" in text
    assert "The value note of entry 5 was changed" in text


def added(database: sqlite3.Connection, seq: int) -> None:
    """Puts in an entry with a right hash and a right digest, joined to the one before."""
    chain, previous, at = database.execute(
        "SELECT chain_id, hash, at FROM trail_event WHERE seq = ?", (seq - 1,)
    ).fetchone()
    text, salt = json.dumps("张示例", ensure_ascii=False), b"s" * 16
    digest = text_digest(salt, text)
    header = Header(
        chain_kind="inspection",
        chain_key=7,
        seq=seq,
        at=f"{at.replace(' ', 'T')}.000000Z",
        actor_id=3,
        name="ledger.finding.closed",
        subject_kind="finding",
        subject_id=101,
        previous_hash=previous,
        digests={"actor": digest},
    )
    cursor = database.execute(
        "INSERT INTO trail_event"
        " (chain_id, seq, at, actor_id, name, subject_kind, subject_id, previous_hash, hash)"
        " VALUES (?, ?, ?, 3, 'ledger.finding.closed', 'finding', 101, ?, ?)",
        (chain, seq, at, previous, event_hash(header)),
    )
    database.execute(
        "INSERT INTO trail_eventvalue (event_id, name, salt, value, digest) VALUES (?, 'actor', ?, ?, ?)",
        (cursor.lastrowid, salt, text, digest),
    )


def test_an_entry_added_behind_the_end_is_named(
    folder: Path, data: Path, tampered: sqlite3.Connection
) -> None:
    added(tampered, 7)
    code, text = verified(data, tampered, folder)
    assert code == 1
    assert "Entry 7 was inserted behind the end of the chain" in text


def test_an_entry_put_in_between_is_named(folder: Path, data: Path, tampered: sqlite3.Connection) -> None:
    for seq in (6, 5, 4):
        tampered.execute("UPDATE trail_event SET seq = ? WHERE seq = ?", (seq + 1, seq))
    added(tampered, 4)
    tampered.execute("UPDATE trail_chain SET head_seq = 7")
    code, text = verified(data, tampered, folder)
    assert code == 1
    assert "Entry 4 was inserted afterwards" in text


def test_a_tail_cut_together_with_its_head_cannot_be_seen_and_the_command_says_so(
    folder: Path, data: Path, tampered: sqlite3.Connection
) -> None:
    tampered.execute(
        "DELETE FROM trail_eventvalue WHERE event_id IN (SELECT id FROM trail_event WHERE seq > 4)"
    )
    tampered.execute("DELETE FROM trail_event WHERE seq > 4")
    tampered.execute(
        "UPDATE trail_chain SET head_seq = 4, head_hash = (SELECT hash FROM trail_event WHERE seq = 4)"
    )
    code, text = verified(data, tampered, folder)
    assert code == 0
    assert "Inspection 7: 4 events, holds" in text
    assert "a chain cut or written anew together with its head would not show" in text


def test_a_chain_that_is_gone_with_its_events_left_is_named(
    folder: Path, data: Path, tampered: sqlite3.Connection
) -> None:
    tampered.execute("DELETE FROM trail_chain")
    code, text = verified(data, tampered, folder)
    assert code == 1
    assert "belongs to a chain that is gone" in text


def test_triggers_that_are_gone_are_named(data: Path, tampered: sqlite3.Connection) -> None:
    tampered.commit()
    run = start(data, "trail", "verify", COLUMNS="400")
    assert run.returncode == 1
    assert "trail_event_update" in run.stdout
    assert "ledger_signature_insert_fixed" in run.stdout


def test_a_chain_that_does_not_exist_is_said_and_not_passed_over(folder: Path) -> None:
    run = start(folder, "trail", "verify", "--inspection", "8")
    assert run.returncode == 1
    assert "8" in run.stderr
