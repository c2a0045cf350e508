"""Long-term work that was closed for its stage before keeps the day of re-check that its closure names."""

from __future__ import annotations

from typing import Any

from django.db import migrations


def keep(apps: Any, _schema_editor: Any) -> None:
    closures = apps.get_model("ledger", "Closure").objects.filter(
        kind="stage_closed", finding__stage="stage_closed", recheck_on__isnull=False
    )
    last = {}
    for row in closures.order_by("pk").prefetch_related("request__signatures").iterator(chunk_size=500):
        last[row.finding_id] = row
    model = apps.get_model("ledger", "RecheckDate")
    model.objects.bulk_create(
        (
            model(
                finding_id=finding_id,
                round=row.round,
                due_on=row.recheck_on,
                by_id=max(row.request.signatures.all(), key=lambda each: each.pk).by_id,
                at=row.at,
            )
            for finding_id, row in last.items()
        ),
        batch_size=500,
    )


class Migration(migrations.Migration):
    dependencies = [("ledger", "0016_after_closing")]

    operations = [migrations.RunPython(keep, migrations.RunPython.noop)]
