"""Many hands at one moment, on a database whose commits are real; prints what came of it as JSON."""

from __future__ import annotations

import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ["DJANGO_SETTINGS_MODULE"] = "settings_for_tests"

from migrated import migrate

HANDS = 6

if TYPE_CHECKING:
    from collections.abc import Callable


def together(act: Callable[[int], Any]) -> list[str]:
    """What each of several threads got, all begun at one moment."""
    from django.db import connection  # noqa: PLC0415 - after setup

    from zhenggai.domain.errors import ZhenggaiError  # noqa: PLC0415 - likewise

    barrier = Barrier(HANDS)

    def one(number: int) -> str:
        barrier.wait()
        try:
            return str(act(number))
        except ZhenggaiError as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(HANDS) as pool:
        return sorted(pool.map(one, range(HANDS)))


def main() -> None:
    import django  # noqa: PLC0415 - the settings are named first

    django.setup()

    from intake import notices  # noqa: PLC0415 - likewise
    from intake.office import opened  # noqa: PLC0415 - likewise
    from zhenggai.intake import services  # noqa: PLC0415 - likewise
    from zhenggai.intake.fields import fingerprint  # noqa: PLC0415 - likewise
    from zhenggai.intake.models import Intake  # noqa: PLC0415 - likewise
    from zhenggai.ledger.models import Finding  # noqa: PLC0415 - likewise
    from zhenggai.trail.selectors import verify  # noqa: PLC0415 - likewise

    migrate()
    office = opened()
    actor, at = office.actor(), office.at()
    common = {"actor": actor, "at": at}

    def receive(_number: int) -> int:
        receipt = services.intake_receive(
            **common, organisation_id=office.organisation_id, content=notices.CLEAN.encode(), name="通报.txt"
        )
        return int(receipt.intake.pk)

    received = together(receive)
    intake = Intake.objects.get()

    def save(number: int) -> str:
        change = services.Change(f"标题{number}", fingerprint(intake.title))
        saved = services.draft_fields_save(**common, intake_id=intake.pk, changes={"document-title": change})
        return saved.outcomes["document-title"].state.value

    saved = together(save)
    intake.refresh_from_db()
    new = services.NewInspection("云山县示例局巡察整改", "inspection", office.organisation_id)

    def confirm(_number: int) -> str:
        services.intake_confirm(**common, intake_id=intake.pk, version=intake.version, new=new)
        return "confirmed"

    confirmed = together(confirm)
    said = {
        "received": received,
        "saved": saved,
        "confirmed": confirmed,
        "findings": Finding.objects.count(),
        "chains": [report.ok for report in verify(None)],
    }
    sys.stdout.write(json.dumps(said) + "\n")


if __name__ == "__main__":
    main()
