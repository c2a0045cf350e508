"""Requests that wait get the steps of their ladder, each of one person, as all were until now."""

from __future__ import annotations

from typing import Any

from django.db import migrations


def steps_put(apps: Any, _schema_editor: Any) -> None:
    requests = apps.get_model("ledger", "ClosureRequest")
    steps = apps.get_model("ledger", "RequestStep")
    waiting = requests.objects.filter(state="open").select_related("finding__inspection__profile_version")
    for request in waiting.iterator():
        ladder = request.finding.inspection.profile_version.content["ladder"]
        steps.objects.bulk_create(
            steps(request=request, position=position, step=name, kind="one", needed=1)
            for position, name in enumerate(ladder)
        )


class Migration(migrations.Migration):
    dependencies = [("ledger", "0020_ladders")]

    operations = [migrations.RunPython(steps_put, migrations.RunPython.noop)]
