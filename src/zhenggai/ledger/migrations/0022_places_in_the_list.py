"""Keys of the list leave room after each finding for the rebounds of it."""

from __future__ import annotations

from typing import Any

from django.db import migrations, models
from django.db.models import F

PLACES = 1_000


def widen(apps: Any, _schema_editor: Any) -> None:
    apps.get_model("ledger", "OrderKey").objects.update(position=F("position") * PLACES)


def narrow(apps: Any, _schema_editor: Any) -> None:
    apps.get_model("ledger", "OrderKey").objects.update(position=F("position") / PLACES)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0021_steps_of_open_requests")]

    operations = [
        migrations.RunPython(widen, narrow),
        migrations.AddIndex(
            model_name="orderkey",
            index=models.Index(fields=["inspection", "position"], name="ledger_order_position"),
        ),
    ]
