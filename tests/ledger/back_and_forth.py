"""A populated SQLite database taken back step by step and forward again; prints what came of it as JSON.

The arguments are the migrations of the ledger to which it is taken back, the latest first.
"""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ["DJANGO_SETTINGS_MODULE"] = "settings_for_tests"

from migrated import migrate


def _intervals() -> list[tuple[object, ...]]:
    from zhenggai.ledger.models import StateInterval  # noqa: PLC0415 - after setup
    from zhenggai.ledger.models.standing import KEPT  # noqa: PLC0415 - likewise

    rows = StateInterval.objects.order_by("finding", "pk")
    return list(rows.values_list("finding", *KEPT, "since", "until"))


def _tables() -> dict[str, list[str]]:
    """Every table, index and trigger of the database; columns and constraints in whatever order."""
    from django.db import connection  # noqa: PLC0415 - after setup

    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        return {name: sorted(re.split(r"[\s,()]+", sql)) for name, sql in cursor.fetchall()}


def _step_by_step() -> None:
    """Where the first steps are made at once, none of them can be taken back."""
    from django.db.migrations.loader import MigrationLoader  # noqa: PLC0415 - after setup

    load = MigrationLoader.load_disk

    def steps_alone(loader: MigrationLoader) -> None:
        load(loader)
        del loader.disk_migrations["ledger", "0001_squashed_0031"]

    MigrationLoader.load_disk = steps_alone  # type: ignore[method-assign]


def main() -> None:
    import django  # noqa: PLC0415 - the settings are named first

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 - after setup
    from django.db import connection  # noqa: PLC0415 - likewise

    from ledger.world import World  # noqa: PLC0415 - likewise
    from zhenggai.ledger.comparing import differences  # noqa: PLC0415 - likewise
    from zhenggai.ledger.models import Finding, Inspection  # noqa: PLC0415 - likewise
    from zhenggai.trail.selectors import guards_missing, verify  # noqa: PLC0415 - likewise

    migrate()
    _step_by_step()
    world = World()
    world.closed()
    world.requested()
    # rules of its own, which the JSON of before profiles held too
    world.inspect_by(ladder=["responsible_leader", "verifier", "office_clerk"])
    stood, tables = _intervals(), _tables()
    for target in sys.argv[1:]:
        call_command("migrate", "ledger", target, verbosity=0)
    # what stands above the ledger went back with it
    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_key_check")
        broken = cursor.fetchall()
    said = {
        "rules": [
            [len(each.rules.ladder), each.profile_version.profile.owner_id]
            for each in Inspection.objects.order_by("pk")
        ],
        "rows": [Inspection.objects.count(), Finding.objects.count()],
        "broken": broken,
        "missing": guards_missing(),
        "intervals": _intervals() == stood,
        # made at once in the beginning, and step by step now
        "tables": [name for name, words in _tables().items() if tables.get(name) != words],
        "chains": all(report.ok for report in verify()),
        "differences": [str(each.message) for each in differences()],
    }
    sys.stdout.write(json.dumps(said) + "\n")


if __name__ == "__main__":
    main()
