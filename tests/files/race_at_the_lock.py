"""A file is removed as never taken at the very moment it is handed in again; prints what came of it as JSON.

Whoever removes has looked, and is about to forget the row, when the same bytes come as evidence: it goes on
once the other hand waits for it, or has got past it.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ["DJANGO_SETTINGS_MODULE"] = "settings_for_tests"

from migrated import migrate

if TYPE_CHECKING:
    from collections.abc import Callable

CONTENT = "示例凭证".encode()
PATIENCE = 20.0


def main() -> None:
    import django  # noqa: PLC0415 - the settings are named first

    django.setup()

    from django.conf import settings  # noqa: PLC0415 - likewise

    from ledger.world import World  # noqa: PLC0415 - likewise
    from zhenggai.files import storage  # noqa: PLC0415 - likewise
    from zhenggai.files.services import blob_store  # noqa: PLC0415 - likewise
    from zhenggai.files.untaken import blobs_untaken_remove  # noqa: PLC0415 - likewise
    from zhenggai.ledger.models import Evidence  # noqa: PLC0415 - likewise
    from zhenggai.ledger.services import proving  # noqa: PLC0415 - likewise

    settings.ZHENGGAI_DATA_DIR = tempfile.mkdtemp(prefix="zhenggai-untaken-")
    migrate()
    world = World()
    finding = world.rectifying()
    at, old = world.at(), datetime(2026, 1, 1, tzinfo=UTC)
    blob = blob_store(CONTENT, at=old, max_bytes=1000)
    os.utime(storage.blob_path(blob.sha256), (old.timestamp(), old.timestamp()))
    looked, met, removed = Event(), Event(), Event()
    is_since = storage.is_since

    def looks(sha256: str, moment: datetime) -> bool:
        answer = is_since(sha256, moment)
        looked.set()
        met.wait(PATIENCE)
        return answer

    def stores(*args: Any, **kwargs: Any) -> Any:
        found = blob_store(*args, **kwargs)
        # without a lock it is here while the row is about to go; with one it is gone already
        met.set()
        removed.wait(2)
        return found

    def remove() -> str:
        try:
            return f"removed {blobs_untaken_remove(before=datetime.now(UTC) - timedelta(hours=1))}"
        finally:
            removed.set()

    def hand_in() -> str:
        looked.wait(PATIENCE)
        proving.evidence_add(
            actor=world.handler,
            at=at,
            finding_id=finding.pk,
            version=finding.version,
            file=CONTENT,
            file_name="凭证.txt",
            title="凭证",
            proves="退款到账。",
            proves_on=date(2026, 3, 1),
            kind="paper",
        )
        return "handed in"

    storage.is_since = looks
    proving.blob_store = stores
    with ThreadPoolExecutor(2) as pool:
        hands = [pool.submit(_said, remove), pool.submit(_said, hand_in)]
        looked.wait(PATIENCE)
        waited = _is_waited_for(met)
        met.set()
        answers = [each.result() for each in hands]
    evidence = Evidence.objects.select_related("blob").first()
    told = {
        "answers": answers,
        "waited": waited,
        "whole": evidence is not None and storage.holds(evidence.blob.sha256),
    }
    sys.stdout.write(json.dumps(told) + "\n")


def _said(act: Callable[[], str]) -> str:
    """What a hand got: its answer, or the fault that it saw."""
    from django.db import connection  # noqa: PLC0415 - after setup

    try:
        return act()
    except Exception as fault:  # noqa: BLE001 - whatever it is, the test tells of it
        return type(fault).__name__
    finally:
        connection.close()


def _is_waited_for(met: Event) -> bool:
    """Whether one hand waits for the other's lock, as the database says it; SQLite has one writer anyway."""
    from django.db import connection  # noqa: PLC0415 - after setup

    if connection.vendor != "postgresql":
        return not met.wait(1)
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and not met.is_set():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT 1 FROM pg_stat_activity WHERE datname = current_database()"
                " AND wait_event_type = 'Lock'"
            )
            if cursor.fetchone():
                return True
        time.sleep(0.02)
    return False


if __name__ == "__main__":
    main()
