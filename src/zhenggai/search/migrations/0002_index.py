"""The index of the engine: an FTS5 table on SQLite, a tsvector column with a GIN index on PostgreSQL."""

from __future__ import annotations

from django.db import migrations

from zhenggai.search import engines


def create(apps, schema_editor):
    engines.index_create(schema_editor.connection)


def drop(apps, schema_editor):
    engines.index_drop(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(create, drop)]
