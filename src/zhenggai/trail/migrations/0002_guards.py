"""The triggers that keep the trail append-only; `zhenggai.trail.apps` makes them anew after every migrate."""

from __future__ import annotations

from django.db import migrations

from zhenggai.trail import guards


def create(apps, schema_editor):
    guards.guards_create(schema_editor.connection)


def drop(apps, schema_editor):
    guards.guards_drop(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("trail", "0001_initial")]

    operations = [migrations.RunPython(create, drop)]
