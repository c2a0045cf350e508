"""Bringing the database up to date (数据库升级)."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

import click
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from zhenggai.ops.errors import DatabaseOutdatedError, DatabaseUnreachableError
from zhenggai.ops.language import _

if TYPE_CHECKING:
    from django.db.migrations import Migration


def is_embedded() -> bool:
    """Whether the database is the SQLite file that belongs to this one server."""
    return connection.vendor == "sqlite"


def missing_migrations() -> list[tuple[Migration, bool]]:
    """What the database lacks.

    Raises:
        DatabaseUnreachableError: when the database does not answer.
    """
    _make_file()
    try:
        executor = MigrationExecutor(connection)
    except OperationalError as refusal:
        raise DatabaseUnreachableError(reason=" ".join(str(refusal).split())) from refusal
    return executor.migration_plan(executor.loader.graph.leaf_nodes())


def _make_file() -> None:
    """Make the SQLite file, where it is missing, with access for its owner only; its journals follow it."""
    if is_embedded():
        # a folder that is missing is told of by the query that comes next
        with suppress(OSError):
            name = connection.settings_dict["NAME"]
            os.close(os.open(name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))


def migrate() -> None:
    """Apply what is missing, make the triggers again, and say how much it was."""
    count = len(missing_migrations())
    call_command("migrate", verbosity=0, interactive=False)
    if count:
        click.echo(_("The database is up to date: %(count)s migrations were applied.", count=count))
    else:
        click.echo(_("The database is up to date."))


def ready_or_refuse() -> None:
    """Before working in the background: whoever serves brings the database up to date, a worker never does.

    Raises:
        DatabaseOutdatedError: when the database lacks migrations.
        DatabaseUnreachableError: when the database does not answer.
    """
    count = len(missing_migrations())
    connection.close()
    if count:
        raise DatabaseOutdatedError(count=count)


def bring_up_to_date() -> None:
    """Before serving: an SQLite database is migrated, any other must be by its administrator.

    Raises:
        DatabaseOutdatedError: when another database lacks migrations.
    """
    count = len(missing_migrations())
    if not count:
        return
    if not is_embedded():
        raise DatabaseOutdatedError(count=count)
    migrate()
