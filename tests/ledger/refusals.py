"""What a refusal leaves behind: nothing."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection

from zhenggai.ledger import models
from zhenggai.trail.chains import ChainKey
from zhenggai.trail.selectors import events_of

if TYPE_CHECKING:
    from collections.abc import Iterator

TABLES = {name: getattr(models, name)._meta for name in models.__all__}


def everything() -> dict[str, list[dict[str, Any]]]:
    """Every row of the ledger as the database holds it; Django would take ten times as long to say so."""
    found = {}
    with connection.cursor() as cursor:
        for name, table in TABLES.items():
            cursor.execute(f'SELECT * FROM "{table.db_table}" ORDER BY "{table.pk.column}"')  # noqa: S608 - tables of ours
            columns = [column[0] for column in cursor.description]
            found[name] = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
    return found


def trail(finding: models.Finding) -> list[tuple[int, str]]:
    return list(events_of(ChainKey.inspection(finding.inspection_id)).values_list("seq", "hash"))


@contextmanager
def refused(
    finding: models.Finding, error: type[Exception], words: str | None = None
) -> Iterator[pytest.ExceptionInfo[Any]]:
    """The error with its sentence; every row of the ledger and the trail as before."""
    rows, events = everything(), trail(finding)
    with pytest.raises(error, match=words) as refusal:
        yield refusal
    assert everything() == rows
    assert trail(finding) == events
