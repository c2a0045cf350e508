"""The trail anchored, exported and checked offline by the installed program."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from pathlib import Path

from ops.programs import start


def key_of(data: Path) -> str:
    anchored = start(data, "trail", "anchor")
    assert anchored.returncode == 0, anchored.stderr
    found = re.search(r"signed with the key ([0-9a-f]{64})", " ".join(anchored.stdout.split()))
    assert found, anchored.stdout
    return found[1]


def test_each_closing_of_the_demonstration_was_anchored(data):
    lines = (data / "anchors.jsonl").read_text(encoding="utf-8").splitlines()

    assert {json.loads(line)["reason"] for line in lines} >= {"closure"}


def test_the_database_is_compared_with_its_own_anchors_and_with_a_copy(data):
    key = key_of(data)

    own = start(data, "trail", "verify")
    copy = start(data, "trail", "verify", "--anchor", str(data / "anchors.jsonl"), "--key", key)
    other = start(data, "trail", "verify", "--anchor", str(data / "anchors.jsonl"), "--key", "0" * 64)

    assert (own.returncode, copy.returncode, other.returncode) == (0, 0, 1)
    assert "lies on this machine" in " ".join(own.stdout.split())
    assert "lies on this machine" not in " ".join(copy.stdout.split())
    assert "signed with the key" in " ".join(other.stdout.split())


def test_an_export_is_checked_without_any_data(data, tmp_path):
    key = key_of(data)
    export = tmp_path / "trail.jsonl"
    written = start(data, "trail", "export", str(export))
    asked = (
        "trail",
        "verify",
        "--export",
        str(export),
        "--anchor",
        str(data / "anchors.jsonl"),
        "--key",
        key,
    )

    whole = start(tmp_path / "nowhere", *asked)
    export.write_text(export.read_text(encoding="utf-8").replace("2026", "2025", 1), encoding="utf-8")
    changed = start(tmp_path / "nowhere", *asked)

    assert written.returncode == 0, written.stderr
    assert (whole.returncode, changed.returncode) == (0, 1), whole.stdout + whole.stderr
    assert "holds" in whole.stdout
    assert "BROKEN" in changed.stdout
    assert not (tmp_path / "nowhere").exists()


def test_an_export_without_values_holds_no_names(data, tmp_path):
    export = tmp_path / "bare.jsonl"

    start(data, "trail", "export", str(export), "--without-values")
    checked = start(tmp_path, "trail", "verify", "--export", str(export))

    assert '"salt"' not in export.read_text(encoding="utf-8")
    assert checked.returncode == 0
    assert "No head of this chain kept outside" in " ".join(checked.stdout.split())


def test_an_inspection_without_a_chain_leaves_no_file(data, tmp_path):
    refused = start(data, "trail", "export", str(tmp_path / "none.jsonl"), "--inspection", "999")

    assert refused.returncode == 1
    assert not list(tmp_path.glob("none.jsonl*"))


def test_another_file_is_named_and_so_is_a_key_that_is_none(data, tmp_path):
    other = tmp_path / "other.txt"
    other.write_text("not an export\n", encoding="utf-8")

    file = start(tmp_path, "trail", "verify", "--export", str(other))
    key = start(tmp_path, "trail", "verify", "--export", str(other), "--key", "abc")

    assert (file.returncode, key.returncode) == (1, 2)
    assert "Line 1 of the file" in file.stderr
    assert "64 hexadecimal digits" in " ".join(key.stderr.split())


def test_a_tail_cut_off_in_the_database_shows(data, tmp_path):
    key_of(data)
    with sqlite3.connect(data / "zhenggai.sqlite3") as database:
        for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            database.execute(f'DROP TRIGGER "{name}"')
        chain, last = database.execute(
            "SELECT chain_id, max(seq) FROM trail_event GROUP BY chain_id ORDER BY 2 DESC"
        ).fetchone()
        database.execute(
            "DELETE FROM trail_eventvalue WHERE event_id = "
            "(SELECT id FROM trail_event WHERE chain_id = ? AND seq = ?)",
            (chain, last),
        )
        database.execute("DELETE FROM trail_event WHERE chain_id = ? AND seq = ?", (chain, last))
        database.execute(
            "UPDATE trail_chain SET head_seq = ?, head_hash = "
            "(SELECT hash FROM trail_event WHERE chain_id = ? AND seq = ?) WHERE id = ?",
            (last - 1, chain, last - 1, chain),
        )

    checked = start(data, "trail", "verify")

    assert checked.returncode == 1
    assert "its tail was cut off" in " ".join(checked.stdout.split())
    assert "triggers that keep the trail append-only are missing" in " ".join(checked.stdout.split())


def test_an_inspection_whose_chain_is_gone_shows_without_any_anchor(data, tmp_path):
    folder = tmp_path / "data"
    shutil.copytree(data, folder)
    (folder / "anchors.jsonl").unlink()
    with sqlite3.connect(folder / "zhenggai.sqlite3") as database:
        for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            database.execute(f'DROP TRIGGER "{name}"')
        database.execute(
            "DELETE FROM trail_eventvalue WHERE event_id IN (SELECT e.id FROM trail_event e "
            "JOIN trail_chain c ON c.id = e.chain_id WHERE c.kind = 'inspection' AND c.key = 1)"
        )
        database.execute(
            "DELETE FROM trail_event WHERE chain_id IN "
            "(SELECT id FROM trail_chain WHERE kind = 'inspection' AND key = 1)"
        )
        database.execute("DELETE FROM trail_chain WHERE kind = 'inspection' AND key = 1")

    checked = start(folder, "trail", "verify")

    assert checked.returncode == 1
    assert "Inspection 1 stands in the ledger and has no chain" in " ".join(checked.stdout.split())
