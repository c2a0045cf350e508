"""Keeping the full text up to date (更新检索), in the transaction of the service that changes a text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import connection, transaction

from zhenggai.search import engines
from zhenggai.search.models import SearchEntry
from zhenggai.search.tokens import folded, tokens_of

if TYPE_CHECKING:
    from collections.abc import Mapping

TEXT_MOST: Final = 100_000
_BATCH: Final = 500


def entry_put(*, kind: str, object_id: int, scope: int, text: str) -> None:
    """Makes an object findable under a text (建立检索), in place of any text before.

    Of a text over 100,000 characters the beginning is searched.
    """
    entries_put(kind=kind, scope=scope, texts={object_id: text})


@transaction.atomic
def entries_put(*, kind: str, scope: int, texts: Mapping[int, str]) -> None:
    """Makes many objects of one scope findable, by their ids; 500 at a time."""
    rows = [
        SearchEntry(kind=kind, object_id=object_id, scope=scope, folded=folded(text[:TEXT_MOST]))
        for object_id, text in texts.items()
    ]
    for start in range(0, len(rows), _BATCH):
        batch = rows[start : start + _BATCH]
        SearchEntry.objects.bulk_create(
            batch,
            update_conflicts=True,
            unique_fields=["kind", "object_id"],
            update_fields=["scope", "folded"],
        )
        ids = dict(
            SearchEntry.objects.filter(kind=kind, object_id__in=[row.object_id for row in batch]).values_list(
                "object_id", "pk"
            )
        )
        engines.tokens_put(connection, ((ids[row.object_id], tokens_of(row.folded)) for row in batch))


@transaction.atomic
def entry_remove(*, kind: str, object_id: int) -> None:
    """Makes an object no longer findable (移除检索); one that never was is passed over."""
    entries = SearchEntry.objects.filter(kind=kind, object_id=object_id)
    engines.tokens_remove(connection, list(entries.values_list("pk", flat=True)))
    entries.delete()
