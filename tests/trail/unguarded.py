"""Statements that no trigger sees, as by a hand that took the guards away; they stand again after it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import connection

from zhenggai.trail.guards import guards_create, guards_drop

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def unguarded() -> Iterator[None]:
    _settle()
    guards_drop(connection)
    yield
    _settle()
    guards_create(connection)


def _settle() -> None:
    """PostgreSQL changes no trigger of a table whose deferred checks are still to be made."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
