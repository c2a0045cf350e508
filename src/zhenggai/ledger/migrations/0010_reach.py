"""Whose work a unit's finding is, is kept with the unit; for those of today it is read off today's tree."""

from __future__ import annotations

from typing import Any

from django.db import migrations, models

_SEATED = """
    UPDATE ledger_fixingunit SET reach = 'seated' WHERE id IN (
        SELECT given.id FROM ledger_fixingunit AS given
        JOIN accounts_organisation AS unit ON unit.id = given.unit_id
        JOIN ledger_finding ON ledger_finding.id = given.finding_id
        JOIN ledger_inspection ON ledger_inspection.id = ledger_finding.inspection_id
        JOIN accounts_organisation AS subject ON subject.id = ledger_inspection.subject_id
        WHERE substr(subject.path, 1, length(unit.path)) = unit.path)
"""


def decide(_apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        # made again after the migrate, as every trigger is; on SQLite all are taken away before it
        schema_editor.execute("DROP TRIGGER IF EXISTS ledger_fixingunit_update ON ledger_fixingunit")
    schema_editor.execute(_SEATED)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0010_merged_from"), ("ledger", "0009_profiles")]

    operations = [
        migrations.RemoveConstraint(model_name="fixingunit", name="ledger_fixingunit_once"),
        migrations.AddField(
            model_name="fixingunit",
            name="reach",
            field=models.CharField(
                choices=[("everybody", "everybody"), ("seated", "seated"), ("working", "working")],
                default="everybody",
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="fixingunit",
            constraint=models.UniqueConstraint(
                fields=("finding", "unit", "reach"), name="ledger_fixingunit_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="fixingunit",
            constraint=models.CheckConstraint(
                condition=models.Q(("reach__in", ["everybody", "seated", "working"])),
                name="ledger_fixingunit_reach_known",
            ),
        ),
        migrations.RunPython(decide, migrations.RunPython.noop),
    ]
