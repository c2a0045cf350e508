"""How long the check of a long trail takes: ``python bench/bench_trail.py [ENTRIES]``, 1,000,000 without.

In a database of its own: SQLite in a temporary folder. The entries are written by the product, in one chain,
each with four values. The baseline is one pass in which bare `sqlite3` reads the same rows and `hashlib`
hashes every text in them, which is the least that any check has to do.
"""

# ruff: noqa: PLC0415 - models load only after Django is set up with that folder

from __future__ import annotations

import hashlib
import os
import sqlite3
import sys
import tempfile
import time
import tracemalloc
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zhenggai.trail.chains import ChainKey

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
AT_ONCE = 5_000
LOOKED_AT_MEMORY = 20_000
ROWS = (
    "SELECT e.seq, e.name, e.previous_hash, e.hash, v.name, v.salt, v.value, v.digest"
    " FROM trail_event e JOIN trail_eventvalue v ON v.event_id = e.id ORDER BY e.chain_id, e.seq, v.name"
)


def written(chain: ChainKey, entries: int) -> None:
    from zhenggai.domain.actor import Actor
    from zhenggai.trail.services import Entry, record_all

    actor = Actor(3, "量示例")
    for start in range(0, entries, AT_ONCE):
        record_all(
            chain=chain,
            actor=actor,
            at=AT,
            entries=[
                Entry(
                    "ledger.progress.reported",
                    ("finding", number % 5_000 + 1),
                    {
                        "narrative": f"第{number}次核对台账，已完成。",
                        "stage": "rectifying",
                        "version": number,
                    },
                )
                for number in range(start, min(start + AT_ONCE, entries))
            ],
        )


def bare(path: Path) -> float:
    """Seconds of the baseline."""
    begun = time.perf_counter()
    with closing(sqlite3.connect(path)) as database:
        for row in database.execute(ROWS):
            hashlib.sha256("".join(str(each) for each in row).encode()).hexdigest()
    return time.perf_counter() - begun


def main() -> None:
    entries = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory(prefix="zhenggai-bench-") as folder:
        os.environ["ZHENGGAI_DATA_DIR"] = folder
        os.environ["ZHENGGAI_DATABASE_URL"] = ""
        os.environ["DJANGO_SETTINGS_MODULE"] = "zhenggai.config.settings"
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        from zhenggai.trail.chains import ChainKey
        from zhenggai.trail.selectors import verify

        call_command("migrate", verbosity=0)
        chain, small = ChainKey.inspection(1), ChainKey.inspection(2)
        begun = time.perf_counter()
        written(chain, entries)
        took = time.perf_counter() - begun
        sys.stdout.write(f"{entries:,} entries with four values each, written in {took:.0f} s\n")
        written(small, LOOKED_AT_MEMORY)

        begun = time.perf_counter()
        (report,) = verify(chain)
        checked = time.perf_counter() - begun
        if not report.ok:
            raise SystemExit("The chain that was just written does not hold.")
        least = bare(Path(folder) / "zhenggai.sqlite3")
        sys.stdout.write(
            f"checked in {checked:.1f} s: {entries / checked:,.0f} entries a second; "
            f"{checked / least:.1f} times one bare pass over the same rows ({least:.1f} s)\n"
        )
        tracemalloc.start()
        verify(small)
        _now, peak = tracemalloc.get_traced_memory()
        sys.stdout.write(f"memory at most, of {LOOKED_AT_MEMORY:,} entries: {peak / 2**20:.1f} MiB\n")
        connection.close()


if __name__ == "__main__":
    main()
