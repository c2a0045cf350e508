"""Rows made ready beside a transaction (备好的行), so that it only has to write them.

Putting a hundred thousand rows into words takes a minute, writing them some seconds. SQLite has one writer at
a time: whoever else saves something waits no longer than the writing takes.
"""

from __future__ import annotations

import json
import pickle
import tempfile
import weakref
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from django.db import connection
from django.db.models import JSONField

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from django.db.models import Model

AT_ONCE: Final = 500
_MEMORY_BYTES: Final = 8 * 1024 * 1024


class Shelf:
    """Rows of one table, in their order, on the disk where there are many.

    What is not known yet (the document's id, that of a finding) is given as they are written.
    """

    def __init__(self, model: type[Model]) -> None:
        meta = model._meta  # noqa: SLF001 - Django's public way to a model's columns
        self.fields = [field for field in meta.concrete_fields if not field.primary_key]
        self.names = [field.attname for field in self.fields]
        self.makers = [_json if isinstance(field, JSONField) else _plain for field in self.fields]
        columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in self.fields)
        marks = ", ".join(["%s"] * len(self.fields))
        table = connection.ops.quote_name(meta.db_table)
        self.sql = f"INSERT INTO {table} ({columns}) VALUES ({marks})"  # noqa: S608 - names of our own columns
        self.count = 0
        self._file = tempfile.SpooledTemporaryFile(max_size=_MEMORY_BYTES)  # noqa: SIM115 - lives as long as this
        # rows that nobody writes, because another reading was there first, leave no file behind
        weakref.finalize(self, self._file.close)
        self._waiting: list[tuple[Any, ...]] = []

    def add(self, row: Model, **early: Any) -> None:
        """Make a row ready; ``early`` stands for a column until it is written."""
        values = (early[name] if name in early else getattr(row, name) for name in self.names)
        self._waiting.append(tuple(make(value) for make, value in zip(self.makers, values, strict=True)))
        self.count += 1
        if len(self._waiting) == AT_ONCE:
            self._flush()

    def write(self, **late: Callable[[Any], Any]) -> None:
        """Write all rows, in the caller's transaction; ``late`` makes the value of a column of what stood."""
        self._flush()
        self._file.seek(0)
        places = [(self.names.index(name), value) for name, value in late.items()]
        with connection.cursor() as cursor:
            for rows in self._batches():
                cursor.executemany(self.sql, [_with(row, places) for row in rows])

    def _flush(self) -> None:
        if self._waiting:
            pickle.dump(self._waiting, self._file)
            self._waiting = []

    def _batches(self) -> Iterator[list[tuple[Any, ...]]]:
        while True:
            try:
                yield pickle.load(self._file)  # noqa: S301 - written by this very object
            except EOFError:
                return


def _with(row: tuple[Any, ...], places: list[tuple[int, Callable[[Any], Any]]]) -> tuple[Any, ...]:
    changed = list(row)
    for at, value in places:
        changed[at] = value(changed[at])
    return tuple(changed)


def _json(value: Any) -> str:
    return json.dumps(value)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    return value


def rows_clear(statements: Mapping[str, str], intake_id: int) -> None:
    """Delete rows of a document by table and condition, without looking at each."""
    with connection.cursor() as cursor:
        for table, condition in statements.items():
            cursor.execute(f"DELETE FROM {table} WHERE {condition}", [intake_id])  # noqa: S608 - constants of this room
