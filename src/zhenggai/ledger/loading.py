"""Loads what hangs on one finding: one query tells of which kinds it has any; only those are fetched."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from django.db import connections
from django.db.models import prefetch_related_objects

from zhenggai.ledger.models import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import Prefetch


def pieces_load(finding: Finding, wanted: Iterable[Prefetch[Any] | str]) -> None:
    """Fetches the pieces of one finding as `prefetch_related` does, with fewer queries.

    Most findings have no hold, no situation and no amendment; a kind of which there is none is set to empty
    without being asked for.
    """
    lookups = list(wanted)
    roots = tuple(dict.fromkeys(_root(each) for each in lookups))
    with connections[finding._state.db or "default"].cursor() as cursor:  # noqa: SLF001  # Django's own place
        cursor.execute(_which(roots), [finding.pk] * len(roots))
        held = {root for root, any_ in zip(roots, cursor.fetchone(), strict=True) if any_}
    for root in roots:
        if root not in held:
            _set_empty(finding, root)
    prefetch_related_objects([finding], *(each for each in lookups if _root(each) in held))


def _root(lookup: Prefetch[Any] | str) -> str:
    path = lookup if isinstance(lookup, str) else lookup.prefetch_through
    return path.partition("__")[0]


@cache
def _which(roots: tuple[str, ...]) -> str:
    """One statement with a column for each kind: whether the finding has any."""
    columns = []
    for root in roots:
        relation: Any = Finding._meta.get_field(root)  # noqa: SLF001  # the documented way to a model's fields
        table, column = relation.related_model._meta.db_table, relation.field.column  # noqa: SLF001  # as above
        columns.append(f'EXISTS (SELECT 1 FROM "{table}" WHERE "{column}" = %s)')  # noqa: S608  # names of ours
    return f"SELECT {', '.join(columns)}"


def _set_empty(finding: Finding, root: str) -> None:
    # a query of the relation's own, so that what is narrowed or counted later asks the database as ever
    nothing = getattr(finding, root).get_queryset()
    nothing._result_cache = []  # noqa: SLF001  # what prefetching itself sets
    nothing._prefetch_done = True  # noqa: SLF001  # as above
    held: dict[str, Any] = finding.__dict__.setdefault("_prefetched_objects_cache", {})
    held[root] = nothing
