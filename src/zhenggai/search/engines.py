"""The two engines (检索引擎): SQLite's FTS5 table ``search_index``, PostgreSQL's column ``tokens``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from django.db.backends.base.base import BaseDatabaseWrapper

    from zhenggai.search.tokens import Term

# detail=none: positions would only serve phrases, and these are compared in the folded text
_SQLITE_CREATE: Final = (
    """CREATE VIRTUAL TABLE search_index
    USING fts5(tokens, tokenize = 'unicode61 remove_diacritics 0', detail = none, columnsize = 0)""",
)
_SQLITE_DROP: Final = ("DROP TABLE search_index",)
_POSTGRESQL_CREATE: Final = (
    "ALTER TABLE search_searchentry ADD COLUMN tokens tsvector NOT NULL DEFAULT ''",
    "CREATE INDEX search_entry_tokens ON search_searchentry USING gin (tokens)",
)
_POSTGRESQL_DROP: Final = ("ALTER TABLE search_searchentry DROP COLUMN tokens",)


def index_create(connection: BaseDatabaseWrapper) -> None:
    """Makes the index of the engine."""
    _run(connection, _SQLITE_CREATE if connection.vendor == "sqlite" else _POSTGRESQL_CREATE)


def index_drop(connection: BaseDatabaseWrapper) -> None:
    """Takes the index of the engine away."""
    _run(connection, _SQLITE_DROP if connection.vendor == "sqlite" else _POSTGRESQL_DROP)


def tokens_put(connection: BaseDatabaseWrapper, tokens: Iterable[tuple[int, list[str]]]) -> None:
    """Puts the tokens of entries (by their id) in place of any that were there."""
    pairs = list(tokens)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.executemany("DELETE FROM search_index WHERE rowid = %s", [(id_,) for id_, _ in pairs])
            cursor.executemany(
                "INSERT INTO search_index (rowid, tokens) VALUES (%s, %s)",
                [(id_, " ".join(words)) for id_, words in pairs],
            )
        else:
            # built from the tokens themselves: the server's own parser knows nothing of Chinese
            cursor.executemany(
                "UPDATE search_searchentry SET tokens = array_to_tsvector(%s::text[]) WHERE id = %s",
                [(words, id_) for id_, words in pairs],
            )


def tokens_remove(connection: BaseDatabaseWrapper, ids: Collection[int]) -> None:
    """Takes the tokens of entries away; on PostgreSQL they go with the entry."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.executemany("DELETE FROM search_index WHERE rowid = %s", [(id_,) for id_ in ids])


def has_tokens(connection: BaseDatabaseWrapper, terms: Collection[Term]) -> RawSQL | None:
    """The condition that an entry has every token of the terms; none when they have no token.

    Tokens are letters and digits only (`zhenggai.search.tokens`), so that none of them is an operator. The
    columns carry no name of their table, which Django changes where the query becomes part of another.
    """
    whole = dict.fromkeys(token for term in terms for token in term.tokens)
    begun = dict.fromkeys(token for term in terms for token in term.prefixes)
    if not whole and not begun:
        return None
    if connection.vendor == "sqlite":
        query = " AND ".join([*(f'"{token}"' for token in whole), *(f'"{token}" *' for token in begun)])
        sql = "id IN (SELECT rowid FROM search_index WHERE search_index MATCH %s)"
    else:
        query = " & ".join([*(f"'{token}'" for token in whole), *(f"'{token}':*" for token in begun)])
        sql = "tokens @@ %s::tsquery"
    return RawSQL(sql, [query], output_field=BooleanField())  # noqa: S611 # the query is a parameter


def has_some_tokens(connection: BaseDatabaseWrapper, stretches: Iterable[Collection[str]]) -> RawSQL | None:
    """The condition that an entry has every token of at least one of the stretches; none without a token."""
    wanted = [tokens for tokens in stretches if tokens]
    if not wanted:
        return None
    if connection.vendor == "sqlite":
        query = " OR ".join("(" + " AND ".join(f'"{token}"' for token in tokens) + ")" for tokens in wanted)
        sql = "id IN (SELECT rowid FROM search_index WHERE search_index MATCH %s)"
    else:
        query = " | ".join("(" + " & ".join(f"'{token}'" for token in tokens) + ")" for tokens in wanted)
        sql = "tokens @@ %s::tsquery"
    return RawSQL(sql, [query], output_field=BooleanField())  # noqa: S611 # the query is a parameter


def _run(connection: BaseDatabaseWrapper, statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
