"""Triggers that keep the trail append-only (留痕保护), on SQLite and PostgreSQL alike.

They stand against UPDATE, DELETE, TRUNCATE and against an INSERT over a row that exists (``INSERT OR
REPLACE`` of SQLite removes the old row without firing a delete trigger). Allowed are: a new event after the
head, its values before the head has moved past it, the head moving on over events that are there, and erasing
a value with its salt.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from zhenggai.proofs.chain import GENESIS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.db.backends.base.base import BaseDatabaseWrapper

TABLES: Final = ("trail_chain", "trail_event", "trail_eventvalue")


class Guard(NamedTuple):
    """One trigger: it refuses ``verb`` on ``table`` where ``condition`` holds (always, when it is empty).

    ``TRUNCATE`` is known to PostgreSQL alone.
    """

    table: str
    verb: str
    what: str
    condition: str
    sentence: str

    @property
    def name(self) -> str:
        """The trigger's name in the database."""
        return f"{self.table}_{self.what}"


def json_lists(column: str, key: str, value: str) -> str:
    """A condition for every database: the list at ``key`` of a JSON column has the value, as text."""
    return f"JSON_LISTS({column} {key} {value})"


def json_holds(column: str, key: str, **members: str) -> str:
    """A condition for every database: the list at ``key`` of a JSON column holds an object that says this.

    ``members`` pairs names of the object with columns to be equal to, as text, none and none alike; with
    ``@`` before it a column is a day, with ``~`` an item of the list of that name.
    """
    return f"JSON_HOLDS({column} {key}{''.join(f' {name}={value}' for name, value in members.items())})"


def json_count(column: str, key: str) -> str:
    """For every database: how many items the list at ``key`` of a JSON column has."""
    return f"JSON_COUNT({column} {key})"


def json_at(column: str, key: str, place: str) -> str:
    """For every database: what stands at a place, from 0, of the list at ``key`` of a JSON column."""
    return f"JSON_AT({column} {key} {place})"


def json_in(column: str, key: str, name: str, member: str) -> str:
    """For every database: a member of the object that the object at ``key`` has under a name, as text."""
    return f"JSON_IN({column} {key} {name} {member})"


_JSON_AT: Final = re.compile(r"JSON_AT\((\S+) (\S+) ([^)\s]+)\)")
_AT: Final = {
    "sqlite": r"CAST(json_extract(\1, '$.\2[' || \3 || ']') AS TEXT)",
    "postgresql": r"(\1 -> '\2' ->> \3)",
}
_JSON_IN: Final = re.compile(r"JSON_IN\((\S+) (\S+) (\S+) ([^)\s]+)\)")
_IN: Final = {
    "sqlite": r"CAST(json_extract(\1, '$.\2.' || \3 || '.\4') AS TEXT)",
    "postgresql": r"(\1 -> '\2' -> CAST(\3 AS TEXT) ->> '\4')",
}
_JSON_COUNT: Final = re.compile(r"JSON_COUNT\((\S+) ([^)\s]+)\)")
_COUNTED: Final = {
    "sqlite": r"json_array_length(\1, '$.\2')",
    "postgresql": r"jsonb_array_length(\1 -> '\2')",
}
_JSON_LISTS: Final = re.compile(r"JSON_LISTS\((\S+) (\S+) ([^)\s]+)\)")
_LISTED: Final = {
    "sqlite": (
        r"EXISTS (SELECT 1 FROM json_each(\1, '$.\2') AS listed"
        r" WHERE CAST(listed.value AS TEXT) = CAST(\3 AS TEXT))"
    ),
    "postgresql": (
        r"EXISTS (SELECT 1 FROM jsonb_array_elements_text(\1 -> '\2') AS listed(value)"
        r" WHERE listed.value = CAST(\3 AS TEXT))"
    ),
}
_JSON_HOLDS: Final = re.compile(r"JSON_HOLDS\((\S+) (\S+) ([^)]+)\)")
_HELD: Final = {
    # an item that is no object has no members, and asking it for one is an error there
    "sqlite": (
        "EXISTS (SELECT 1 FROM json_each({column}, '$.{key}') AS held"
        " WHERE CASE WHEN held.type = 'object' THEN {members} ELSE FALSE END)"
    ),
    "postgresql": (
        "EXISTS (SELECT 1 FROM jsonb_array_elements({column} -> '{key}') AS held(value) WHERE {members})"
    ),
}
_MEMBERS: Final = {
    "sqlite": {
        "": "CAST(json_extract(held.value, '$.{name}') AS TEXT) IS CAST({value} AS TEXT)",
        "@": "CAST(json_extract(held.value, '$.{name}') AS TEXT) IS CAST({value} AS TEXT)",
        "~": (
            "EXISTS (SELECT 1 FROM json_each(held.value, '$.{name}') AS item"
            " WHERE CAST(item.value AS TEXT) = CAST({value} AS TEXT))"
        ),
    },
    "postgresql": {
        "": "held.value ->> '{name}' IS NOT DISTINCT FROM CAST({value} AS TEXT)",
        "@": "CAST(held.value ->> '{name}' AS DATE) IS NOT DISTINCT FROM {value}",
        "~": "held.value -> '{name}' @> to_jsonb({value})",
    },
}


def _held(vendor: str, found: re.Match[str]) -> str:
    members = []
    for pair in found[3].split():
        name, _, value = pair.partition("=")
        how = value[0] if value[0] in "@~" else ""
        members.append(_MEMBERS[vendor][how].format(name=name, value=value.removeprefix(how)))
    return _HELD[vendor].format(column=found[1], key=found[2], members=" AND ".join(members))


def _condition(vendor: str, condition: str) -> str:
    """A condition as the database of a vendor says it."""
    counted = _JSON_COUNT.sub(_COUNTED[vendor], condition)
    placed = _JSON_IN.sub(_IN[vendor], _JSON_AT.sub(_AT[vendor], counted))
    listed = _JSON_LISTS.sub(_LISTED[vendor], placed)
    return _JSON_HOLDS.sub(partial(_held, vendor), listed)


_CHAIN_MOVES_ON: Final = """
    NEW.id = OLD.id AND NEW.kind = OLD.kind AND NEW.key = OLD.key
    AND NEW.head_seq > OLD.head_seq AND NEW.head_at IS NOT NULL
    AND (OLD.head_at IS NULL OR NEW.head_at >= OLD.head_at)
    AND NEW.head_seq - OLD.head_seq = (
        SELECT COUNT(*) FROM trail_event
        WHERE chain_id = NEW.id AND seq > OLD.head_seq AND seq <= NEW.head_seq)
    AND EXISTS (
        SELECT 1 FROM trail_event
        WHERE chain_id = NEW.id AND seq = NEW.head_seq AND hash = NEW.head_hash)
"""
_VALUE_ERASED: Final = """
    NEW.id = OLD.id AND NEW.event_id = OLD.event_id AND NEW.name = OLD.name AND NEW.digest = OLD.digest
    AND OLD.value IS NOT NULL AND NEW.value IS NULL AND NEW.salt IS NULL
"""

GUARDS: Final = (
    Guard(
        "trail_chain",
        "INSERT",
        "insert_over",
        "EXISTS (SELECT 1 FROM trail_chain WHERE id = NEW.id OR (kind = NEW.kind AND key = NEW.key))",
        "The trail is append-only: this chain exists already.",
    ),
    Guard(
        "trail_chain",
        "INSERT",
        "insert_empty",
        f"NEW.head_seq <> 0 OR NEW.head_hash <> '{GENESIS}'",
        "The trail is append-only: a new chain begins empty.",
    ),
    Guard(
        "trail_chain",
        "UPDATE",
        "update",
        f"NOT COALESCE(({_CHAIN_MOVES_ON}), FALSE)",
        "The trail is append-only: a chain keeps what it belongs to, and its head moves only on to its "
        "newest event.",
    ),
    Guard("trail_chain", "DELETE", "delete", "", "The trail is append-only: a chain is never deleted."),
    Guard(
        "trail_event",
        "INSERT",
        "insert_over",
        "EXISTS (SELECT 1 FROM trail_event WHERE id = NEW.id OR (chain_id = NEW.chain_id AND seq = NEW.seq))",
        "The trail is append-only: this event exists already.",
    ),
    Guard(
        "trail_event",
        "INSERT",
        "insert_after_head",
        "NOT EXISTS (SELECT 1 FROM trail_chain WHERE id = NEW.chain_id AND head_seq < NEW.seq)",
        "The trail is append-only: a new event stands after the head of its chain.",
    ),
    Guard("trail_event", "UPDATE", "update", "", "The trail is append-only: an event is never changed."),
    Guard("trail_event", "DELETE", "delete", "", "The trail is append-only: an event is never deleted."),
    Guard(
        "trail_eventvalue",
        "INSERT",
        "insert_over",
        "EXISTS (SELECT 1 FROM trail_eventvalue"
        " WHERE id = NEW.id OR (event_id = NEW.event_id AND name = NEW.name))",
        "The trail is append-only: this value exists already.",
    ),
    Guard(
        "trail_eventvalue",
        "INSERT",
        "insert_after_head",
        "NOT EXISTS (SELECT 1 FROM trail_event JOIN trail_chain ON trail_chain.id = trail_event.chain_id"
        " WHERE trail_event.id = NEW.event_id AND trail_event.seq > trail_chain.head_seq)",
        "The trail is append-only: an event that is part of its chain takes no further value.",
    ),
    Guard(
        "trail_eventvalue",
        "UPDATE",
        "update",
        f"NOT COALESCE(({_VALUE_ERASED}), FALSE)",
        "The trail is append-only: a value is never changed; it can only be erased together with its salt.",
    ),
    Guard(
        "trail_eventvalue",
        "DELETE",
        "delete",
        "",
        "The trail is append-only: a value is never deleted; it can be erased, and its digest stays.",
    ),
    *(
        Guard(table, "TRUNCATE", "truncate", "", "The trail is append-only: it is never emptied.")
        for table in TABLES
    ),
)

_REGISTERED: Final[dict[str, Guard]] = {guard.name: guard for guard in GUARDS}


def guards_register(guards: Iterable[Guard]) -> None:
    """Has further guards made with those of the trail; to be called while apps become ready."""
    _REGISTERED.update((guard.name, guard) for guard in guards)


def guard_names(vendor: str) -> frozenset[str]:
    """The names of all triggers that must stand on a database of the vendor."""
    return frozenset(guard.name for guard in _guards(vendor, None))


def guards_create(connection: BaseDatabaseWrapper, *_: Any) -> None:
    """Makes every trigger anew; leaves out those whose tables are not there yet."""
    vendor = connection.vendor
    guards = _guards(vendor, connection)
    with connection.cursor() as cursor:
        for statement in (*_drop_statements(vendor, guards), *_create_statements(vendor, guards)):
            cursor.execute(statement)


def guards_drop(connection: BaseDatabaseWrapper) -> None:
    """Takes every trigger away: only for tests that tamper, and migrations that rebuild these tables."""
    with connection.cursor() as cursor:
        for statement in _drop_statements(connection.vendor, _guards(connection.vendor, connection)):
            cursor.execute(statement)


def guards_missing(connection: BaseDatabaseWrapper) -> tuple[str, ...]:
    """The names of the triggers that should stand and do not, sorted."""
    if connection.vendor == "sqlite":
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    else:
        # A: fires always, also for a session that calls itself a replica
        query = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'A'"
    with connection.cursor() as cursor:
        cursor.execute(query)
        standing = {row[0] for row in cursor.fetchall()}
    return tuple(sorted(guard_names(connection.vendor) - standing))


def _guards(vendor: str, connection: BaseDatabaseWrapper | None) -> tuple[Guard, ...]:
    """The guards that a vendor knows; given a connection, those of tables that stand there."""
    known = (
        guard._replace(condition=_condition(vendor, guard.condition))
        for guard in _REGISTERED.values()
        if guard.verb != "TRUNCATE" or vendor != "sqlite"
    )
    if connection is None:
        return tuple(known)
    tables = set(connection.introspection.table_names())
    return tuple(guard for guard in known if guard.table in tables)


def _drop_statements(vendor: str, guards: Iterable[Guard]) -> Iterator[str]:
    for guard in guards:
        yield f"DROP TRIGGER IF EXISTS {guard.name}" + ("" if vendor == "sqlite" else f" ON {guard.table}")


def _create_statements(vendor: str, guards: Iterable[Guard]) -> Iterator[str]:
    return _sqlite_statements(guards) if vendor == "sqlite" else _postgresql_statements(guards)


def _sqlite_statements(guards: Iterable[Guard]) -> Iterator[str]:
    for guard in guards:
        when = f"WHEN {guard.condition} " if guard.condition else ""
        yield (
            f"CREATE TRIGGER {guard.name} BEFORE {guard.verb} ON {guard.table} FOR EACH ROW {when}"
            f"BEGIN SELECT RAISE(ABORT, '{guard.sentence}'); END"
        )


def _postgresql_statements(guards: Iterable[Guard]) -> Iterator[str]:
    # a trigger's WHEN takes no subquery there, so each condition is a function of its own
    for guard in guards:
        row = "OLD" if guard.verb == "DELETE" else "NEW"
        refuse = (
            f"RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = '{guard.sentence}';"
        )
        body = f"IF {guard.condition} THEN {refuse} END IF; RETURN {row};" if guard.condition else refuse
        each = "STATEMENT" if guard.verb == "TRUNCATE" else "ROW"
        yield _postgresql_function(guard.name, body)
        yield (
            f"CREATE TRIGGER {guard.name} BEFORE {guard.verb} ON {guard.table} FOR EACH {each}"
            f" EXECUTE FUNCTION {guard.name}()"
        )
        yield f"ALTER TABLE {guard.table} ENABLE ALWAYS TRIGGER {guard.name}"


def _postgresql_function(name: str, body: str) -> str:
    return (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql"
        f" AS $guard$ BEGIN {body} END $guard$"
    )
