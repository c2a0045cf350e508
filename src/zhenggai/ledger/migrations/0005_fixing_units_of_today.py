"""Findings that were assigned before units were kept keep those of today."""

from __future__ import annotations

from typing import Any

from django.db import migrations


def keep(apps: Any, _schema_editor: Any) -> None:
    finding_model = apps.get_model("ledger", "Finding")
    supporting_model = apps.get_model("ledger", "SupportingUnit")
    fixing_model = apps.get_model("ledger", "FixingUnit")
    pairs = {
        (row.pk, row.lead_unit_id): row.registered_at
        for row in finding_model.objects.filter(lead_unit__isnull=False).iterator()
    }
    for row in supporting_model.objects.select_related("finding").iterator():
        pairs.setdefault((row.finding_id, row.unit_id), row.finding.registered_at)
    fixing_model.objects.bulk_create(
        (
            fixing_model(finding_id=finding_id, unit_id=unit_id, since=since)
            for (finding_id, unit_id), since in pairs.items()
        ),
        batch_size=500,
    )


class Migration(migrations.Migration):
    dependencies = [("ledger", "0004_fixing_units")]

    operations = [migrations.RunPython(keep, migrations.RunPython.noop)]
