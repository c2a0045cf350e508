"""Locks on rows that others point to leave foreign keys alone (ADR 42): no commits wait for each other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOMS = Path(__file__).resolve().parents[1] / "src" / "zhenggai"
LOCK = re.compile(r"select_for_update\(([^()]*(?:\([^()]*\))?[^()]*)\)")


@pytest.mark.parametrize("room", ["accounts", "intake", "ledger"])
def test_every_lock_of_a_room_lets_foreign_keys_be_checked(room: str) -> None:
    locks = [
        (path.name, arguments)
        for path in sorted((ROOMS / room).rglob("*.py"))
        for arguments in LOCK.findall(path.read_text(encoding="utf-8"))
    ]
    assert locks
    assert [each for each in locks if "no_key=True" not in each[1]] == []
