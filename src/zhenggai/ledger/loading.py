"""Loads what hangs on one finding: one query tells of which kinds it has any; only those are fetched."""

from __future__ import annotations

from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

from django.db import connections
from django.db.models import Prefetch, prefetch_related_objects

from zhenggai.ledger.models import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable

_BARE: Final[dict[tuple[int, ...], tuple[tuple[Any, ...], tuple[Prefetch[Any], ...]]]] = {}


def pieces_load(finding: Finding, wanted: Iterable[Prefetch[Any] | str]) -> None:
    """Fetches the pieces of one finding as `prefetch_related` does, with fewer queries.

    Most findings have no hold, no situation and no amendment; a kind of which there is none is set to empty
    without being asked for. Rows are put in the order of their model here, not by the database. ``wanted``
    holds constants only: what is made of it is kept.
    """
    lookups = list(_bare(tuple(wanted)))
    roots = tuple(dict.fromkeys(_root(each) for each in lookups))
    with connections[finding._state.db or "default"].cursor() as cursor:  # noqa: SLF001  # Django's own place
        cursor.execute(_which(roots), [finding.pk] * len(roots))
        held = {root for root, any_ in zip(roots, cursor.fetchone(), strict=True) if any_}
    for root in roots:
        if root not in held:
            _set_empty(finding, root)
    held_lookups = [each for each in lookups if _root(each) in held]
    prefetch_related_objects([finding], *held_lookups)
    for each in held_lookups:
        _sort([finding], each)


def _bare(wanted: tuple[Prefetch[Any] | str, ...]) -> tuple[Prefetch[Any], ...]:
    """The lookups, with every step of their paths, in no order, which for few rows costs more than the rows.

    Kept by the lookups' identity: two that load one relation differently are equal to each other.
    """
    key = tuple(id(each) for each in wanted)
    if key not in _BARE:
        found: dict[str, Prefetch[Any]] = {}
        asked: dict[str, Any] = {}
        for each in wanted:
            path = each if isinstance(each, str) else each.prefetch_through
            given = None if isinstance(each, str) else each.queryset
            names = path.split("__")
            for end in range(1, len(names) + 1):
                step = "__".join(names[:end])
                if step == path and given is not None and asked.setdefault(step, given) is not given:
                    told = f"{step} is asked for with rows of its own after it was asked for otherwise"
                    raise ValueError(told)
                if step not in found:
                    asked.setdefault(step, None)
                    rows = _rows_at(names[:end]) if given is None or step != path else given
                    found[step] = Prefetch(step, rows if rows.query.order_by else rows.order_by())
        _BARE[key] = wanted, tuple(found.values())
    return _BARE[key][1]


def _rows_at(names: list[str]) -> Any:
    model: Any = Finding
    for name in names:
        model = model._meta.get_field(name).related_model  # noqa: SLF001  # the documented way to a model's fields
    return model.objects.all()


def _sort(rows: list[Any], lookup: Prefetch[Any]) -> None:
    """Puts what a lookup has fetched into the order of its model, where it was not given one of its own."""
    if lookup.queryset is None or lookup.queryset.query.order_by:
        return
    # by name alone: no model here is ordered by an expression
    orders = [str(each) for each in lookup.queryset.model._meta.ordering or ()]  # noqa: SLF001  # as above
    *above, last = lookup.prefetch_through.split("__")
    for name in above:
        rows = [each for row in rows for each in getattr(row, name).all()]
    for row in rows:
        fetched = row._prefetched_objects_cache[last]._result_cache  # noqa: SLF001  # what prefetching itself sets
        for field in reversed(orders):
            fetched.sort(key=attrgetter(field.removeprefix("-")), reverse=field.startswith("-"))


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
