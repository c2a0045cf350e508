"""Files removed as never taken while others hand the same bytes in; prints what came of it as JSON."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from intake.race import together
from migrated import migrate

ROUNDS = 20


def main() -> None:
    import django  # noqa: PLC0415 - the settings are named first

    django.setup()

    from django.conf import settings  # noqa: PLC0415 - likewise

    from ledger.world import World  # noqa: PLC0415 - likewise
    from zhenggai.files import storage  # noqa: PLC0415 - likewise
    from zhenggai.files.models import Blob  # noqa: PLC0415 - likewise
    from zhenggai.files.services import blob_store  # noqa: PLC0415 - likewise
    from zhenggai.files.sweeping import blobs_sweep  # noqa: PLC0415 - likewise
    from zhenggai.files.untaken import blobs_untaken_remove  # noqa: PLC0415 - likewise
    from zhenggai.ledger.models import Evidence, Finding  # noqa: PLC0415 - likewise
    from zhenggai.ledger.services import evidence_add  # noqa: PLC0415 - likewise

    settings.ZHENGGAI_DATA_DIR = tempfile.mkdtemp(prefix="zhenggai-untaken-")
    migrate()
    world = World()
    findings = [world.rectifying() for _ in range(3)]
    at, old = world.at(), datetime(2026, 1, 1, tzinfo=UTC)
    before = datetime.now(UTC) - timedelta(hours=1)
    lost: list[str] = []
    removed = handed_in = 0
    for turn in range(ROUNDS):
        content = f"第{turn}次的示例凭证".encode()
        # two that nobody takes beside the one that is taken at this very moment
        for each in (content, content + b"1", content + b"2"):
            blob = blob_store(each, at=old, max_bytes=1000)
            os.utime(storage.blob_path(blob.sha256), (old.timestamp(), old.timestamp()))

        def act(number: int, content: bytes = content) -> str:
            if number % 2:
                count = blobs_untaken_remove(before=before)
                blobs_sweep(before=before)
                return f"removed {count}"
            finding = Finding.objects.get(pk=findings[number // 2].pk)
            evidence_add(
                actor=world.handler,
                at=at,
                finding_id=finding.pk,
                version=finding.version,
                file=content,
                file_name="凭证.txt",
                title="凭证",
                proves="退款到账。",
                proves_on=date(2026, 3, 1),
                kind="paper",
            )
            return "handed in"

        said = together(act)
        removed += sum(int(each.split()[1]) for each in said if each.startswith("removed"))
        handed_in += said.count("handed in")
        blobs_untaken_remove(before=before)
        blobs_sweep(before=before)
        lost += [
            each.blob.sha256
            for each in Evidence.objects.select_related("blob")
            if not storage.holds(each.blob.sha256)
        ]
    named = set(Evidence.objects.values_list("blob__sha256", flat=True))
    said_at_the_end = {
        "rounds": ROUNDS,
        "handed_in": handed_in,
        "removed": removed,
        "lost": lost,
        "left": sorted(Blob.objects.values_list("sha256", flat=True)),
        "named": sorted(named),
    }
    sys.stdout.write(json.dumps(said_at_the_end) + "\n")


if __name__ == "__main__":
    main()
