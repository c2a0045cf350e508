"""Searching (检索)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection

from zhenggai.search.engines import has_some_tokens, has_tokens
from zhenggai.search.models import SearchEntry
from zhenggai.search.tokens import stretches_of, terms_of

if TYPE_CHECKING:
    from django.db.models import QuerySet


def matching_ids(kind: str, scope: int | None, query: str) -> QuerySet[SearchEntry, Any]:
    """The ids of objects whose text has every part of the query (检索), for ``filter(pk__in=…)``.

    Parts are separated by blanks. A part in Chinese is found wherever it stands, from one character on; a
    word in other letters is found where a word begins with it. Script (Traditional or Simplified), letter
    case and width make no difference. Any text is a query: nothing in it is an operator. A query with nothing
    in it finds all. Without a scope every scope is searched; the caller has to keep to those the actor may
    see.
    """
    terms = terms_of(query)
    entries = SearchEntry.objects.filter(kind=kind)
    if scope is not None:
        entries = entries.filter(scope=scope)
    indexed = has_tokens(connection, terms)
    if indexed is not None:
        entries = entries.filter(indexed)
    for term in terms:
        entries = entries.filter(folded__contains=term.text)
    return entries.order_by().values("object_id")


def near_ids(kind: str, text: str) -> QuerySet[SearchEntry, Any] | None:
    """The ids of objects whose text has a stretch of this one, of seven characters or so (近似文字).

    For ``filter(pk__in=…)`` by whoever weighs how near they are. None where the text is too short to say.
    """
    some = has_some_tokens(connection, stretches_of(text))
    if some is None:
        return None
    return SearchEntry.objects.filter(some, kind=kind).order_by().values("object_id")
