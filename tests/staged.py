"""What several tests begin with, made once and taken back when the last of them is done."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import connection, transaction

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import DjangoDbBlocker


@contextmanager
def taken_back(blocker: DjangoDbBlocker) -> Iterator[None]:
    """Rows made inside stand until the block ends; each test's own transaction nests in this one."""
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


def settled() -> None:
    """Checks what waits for the end of a transaction, so that no test inherits it."""
    connection.check_constraints()
