from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, OperationalError, connection, connections, models, transaction

from trail.conftest import CHAIN
from zhenggai.trail import guards, selectors
from zhenggai.trail.models import Chain, Event, EventValue

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from django.db.backends.base.base import BaseDatabaseWrapper

pytestmark = pytest.mark.django_db


def refused(sql: str, *params: object) -> str:
    with pytest.raises(IntegrityError) as refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)
    return str(refusal.value)


def everything() -> list[Any]:
    return [
        list(
            model.objects.order_by("pk").values_list(
                *(field.attname for field in model._meta.concrete_fields)
            )
        )
        for model in (Chain, Event, EventValue)
    ]


@pytest.fixture
def unchanged(five: list[Event]) -> Any:
    before = everything()
    yield
    assert everything() == before
    assert selectors.verify(CHAIN)[0].ok


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The trail's own; rooms above hand in more."""
    return [name for name in guards.guards_missing(connection) if name.startswith("trail_")]


def test_every_trigger_stands_after_a_migrate() -> None:
    assert [guard.name for guard in guards.GUARDS] == [
        "trail_chain_insert_over",
        "trail_chain_insert_empty",
        "trail_chain_update",
        "trail_chain_delete",
        "trail_event_insert_over",
        "trail_event_insert_after_head",
        "trail_event_update",
        "trail_event_delete",
        "trail_eventvalue_insert_over",
        "trail_eventvalue_insert_after_head",
        "trail_eventvalue_update",
        "trail_eventvalue_delete",
        "trail_chain_truncate",
        "trail_event_truncate",
        "trail_eventvalue_truncate",
    ]
    assert selectors.guards_missing() == ()


def test_the_database_itself_lists_every_trigger() -> None:
    query = {
        "sqlite": "SELECT COUNT(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'trail%%'",
        "postgresql": "SELECT COUNT(*) FROM pg_trigger WHERE NOT tgisinternal AND tgname LIKE 'trail%%'",
    }
    with connection.cursor() as cursor:
        cursor.execute(query[connection.vendor], [])
        assert cursor.fetchone() == (12 if connection.vendor == "sqlite" else 15,)


def test_a_trigger_that_was_dropped_is_missed() -> None:
    guards.guards_drop(connection)
    assert len(missing(connection)) == 12 if connection.vendor == "sqlite" else 15


def test_triggers_are_made_again_by_every_migrate() -> None:
    guards.guards_drop(connection)
    call_command("migrate", "trail", verbosity=0)
    assert selectors.guards_missing() == ()


@pytest.mark.postgresql
def test_a_trigger_that_was_switched_off_is_missed() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE trail_event DISABLE TRIGGER trail_event_delete")
        assert selectors.guards_missing() == ("trail_event_delete",)
        cursor.execute("ALTER TABLE trail_event ENABLE TRIGGER trail_event_delete")
    # a session that calls itself a replica would pass by a trigger that is merely enabled
    assert selectors.guards_missing() == ("trail_event_delete",)


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize(
    "field",
    [
        "seq",
        "chain_id",
        "at",
        "actor_id",
        "name",
        "subject_kind",
        "subject_id",
        "previous_hash",
        "hash",
        "id",
    ],
)
def test_no_field_of_an_event_can_be_changed(field: str) -> None:
    assert "never changed" in refused(f"UPDATE trail_event SET {field} = {field} WHERE seq = 3")  # noqa: S608 # words of this test only


@pytest.mark.usefixtures("unchanged")
def test_nothing_of_the_trail_can_be_deleted() -> None:
    assert "never deleted" in refused("DELETE FROM trail_eventvalue WHERE name = 'note'")
    assert "never deleted" in refused("DELETE FROM trail_event WHERE seq = 5")
    assert "never deleted" in refused("DELETE FROM trail_chain")
    with pytest.raises(IntegrityError), transaction.atomic():
        EventValue.objects.all().delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.filter(seq=2).update(name="example.other")


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize("by", ["id", "seq"])
def test_an_event_cannot_be_written_over(by: str) -> None:
    why = "exists already|after the head"
    old = Event.objects.get(seq=3)
    id_ = old.pk if by == "id" else 999_999
    seq = 3 if by == "seq" else 6
    sql = (
        "INSERT INTO trail_event"
        " (id, chain_id, seq, at, actor_id, name, subject_kind, subject_id, previous_hash, hash)"
        " SELECT %s, chain_id, %s, at, 99, name, subject_kind, subject_id, previous_hash, hash"
        " FROM trail_event WHERE seq = 3"
    )
    assert re.search(why, refused(sql, id_, seq))
    if by == "id":
        assert re.search(why, refused(sql + " ON CONFLICT (id) DO UPDATE SET actor_id = 99", id_, seq))
    if connection.vendor == "sqlite":
        assert re.search(why, refused(sql.replace("INSERT", "INSERT OR REPLACE", 1), id_, seq))
        assert re.search(why, refused(sql.replace("INSERT", "REPLACE", 1), id_, seq))


@pytest.mark.usefixtures("unchanged")
def test_a_value_cannot_be_written_over() -> None:
    why = "exists already|no further value"
    old = EventValue.objects.get(event__seq=3, name="note")
    by_id = (
        "INSERT INTO trail_eventvalue (id, event_id, name, salt, value, digest)"
        " SELECT id, event_id, 'new', salt, '1', digest FROM trail_eventvalue WHERE id = %s"
    )
    by_name = by_id.replace("SELECT id,", "SELECT 999999,").replace("'new'", "name")
    for sql in (by_id, by_name):
        assert re.search(why, refused(sql, old.pk))
        if connection.vendor == "sqlite":
            assert re.search(why, refused(sql.replace("INSERT", "INSERT OR REPLACE", 1), old.pk))


@pytest.mark.usefixtures("unchanged")
def test_a_chain_cannot_be_written_over_nor_begin_in_the_middle() -> None:
    columns = "(id, kind, key, head_seq, head_hash, head_at)"
    over = f"INSERT INTO trail_chain {columns} SELECT id, 'inspection', 99, 0, %s, NULL FROM trail_chain"  # noqa: S608 # words of this test only
    assert "exists already" in refused(over, "0" * 64)
    again = f"INSERT INTO trail_chain {columns} SELECT 999, kind, key, 0, %s, NULL FROM trail_chain"  # noqa: S608 # words of this test only
    assert "exists already" in refused(again, "0" * 64)
    middle = f"INSERT INTO trail_chain {columns} SELECT 999, kind, 99, 5, head_hash, head_at FROM trail_chain"  # noqa: S608 # words of this test only
    assert "begins empty" in refused(middle)
    if connection.vendor == "sqlite":
        assert "exists already" in refused(over.replace("INSERT", "INSERT OR REPLACE", 1), "0" * 64)


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize(
    "change",
    [
        "key = 8",
        "kind = 'organisation'",
        "id = 77",
        "head_seq = 4",
        "head_seq = 5",
        "head_seq = 6",
        "head_seq = 0, head_hash = '" + "0" * 64 + "', head_at = NULL",
        "head_hash = '" + "a" * 64 + "'",
        "head_seq = 4, head_hash = (SELECT hash FROM trail_event WHERE seq = 4)",
    ],
)
def test_a_chain_keeps_its_key_and_its_head_never_goes_back(change: str) -> None:
    assert "moves only on" in refused(f"UPDATE trail_chain SET {change}")  # noqa: S608 # words of this test only


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize(
    "change",
    [
        "value = '\"other\"'",
        "salt = salt",
        "value = NULL",
        "salt = NULL",
        "digest = digest",
        "name = 'other', value = NULL, salt = NULL",
        "digest = '0', value = NULL, salt = NULL",
        "event_id = event_id + 1, value = NULL, salt = NULL",
    ],
)
def test_a_value_can_be_erased_with_its_salt_and_not_otherwise_changed(change: str) -> None:
    assert re.search(
        "never changed|erased_whole",
        refused(f"UPDATE trail_eventvalue SET {change} WHERE name = 'note'"),  # noqa: S608 # words of this test only
    )


def test_an_erased_value_stays_erased(five: list[Event]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE trail_eventvalue SET value = NULL, salt = NULL WHERE name = 'note'")
    assert "never changed" in refused(
        "UPDATE trail_eventvalue SET value = '1', salt = NULL WHERE name = 'note'"
    )
    assert "never changed" in refused("UPDATE trail_eventvalue SET value = NULL WHERE name = 'note'")


@pytest.mark.usefixtures("unchanged")
def test_an_event_of_the_chain_takes_no_further_value() -> None:
    sql = (
        "INSERT INTO trail_eventvalue (event_id, name, salt, value, digest)"
        " SELECT event_id, 'extra', salt, value, digest FROM trail_eventvalue WHERE name = 'note'"
    )
    assert "takes no further value" in refused(sql)


@pytest.mark.usefixtures("unchanged")
def test_an_event_is_not_put_before_the_head() -> None:
    sql = (
        "INSERT INTO trail_event"
        " (chain_id, seq, at, actor_id, name, subject_kind, subject_id, previous_hash, hash)"
        " SELECT chain_id, 0, at, 99, name, subject_kind, subject_id, previous_hash, hash"
        " FROM trail_event WHERE seq = 3"
    )
    assert "after the head" in refused(sql)


@pytest.mark.postgresql
@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize("table", guards.TABLES)
def test_the_trail_cannot_be_emptied(table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert "never emptied" in refused(f"TRUNCATE {table} CASCADE")


@pytest.mark.postgresql
@pytest.mark.usefixtures("unchanged")
def test_a_session_that_calls_itself_a_replica_is_refused_too() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = 'replica'")
    assert "never deleted" in refused("DELETE FROM trail_event WHERE seq = 5")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = 'origin'")


@pytest.fixture
def scratch(tmp_path: Path, django_db_blocker: Any) -> Iterator[BaseDatabaseWrapper]:
    """A SQLite database of its own: a table cannot be rebuilt there inside a test's transaction."""
    connections.databases["scratch"] = {
        **connections.databases["default"],
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": tmp_path / "scratch.sqlite3",
        "OPTIONS": {},
    }
    with django_db_blocker.unblock():
        call_command("migrate", "trail", database="scratch", verbosity=0)
        try:
            yield connections["scratch"]
        finally:
            connections["scratch"].close()
            del connections["scratch"], connections.databases["scratch"]


def test_the_triggers_come_and_go_with_the_tables(scratch: BaseDatabaseWrapper) -> None:
    call_command("migrate", "trail", "zero", database="scratch", verbosity=0)
    assert "trail_event" not in scratch.introspection.table_names()
    guards.guards_drop(scratch)
    call_command("migrate", "trail", database="scratch", verbosity=0)
    assert missing(scratch) == []


def rebuild(connection: BaseDatabaseWrapper, model: type[models.Model]) -> None:
    name = "kind" if model is Chain else "name"
    field = models.CharField(max_length=200)
    field.set_attributes_from_name(name)
    field.model = model
    with connection.schema_editor() as editor:
        editor.alter_field(model, model._meta.get_field(name), field)


@pytest.mark.parametrize("model", [Chain, Event, EventValue])
def test_a_table_that_sqlite_rebuilds_has_its_triggers_again_after_the_migrate(
    scratch: BaseDatabaseWrapper, model: type[models.Model]
) -> None:
    guards.guards_drop(scratch)
    rebuild(scratch, model)
    call_command("migrate", "trail", database="scratch", verbosity=0)
    assert missing(scratch) == []


def test_a_rebuild_that_sqlite_lets_pass_loses_triggers_until_the_migrate_ends(
    scratch: BaseDatabaseWrapper,
) -> None:
    rebuild(scratch, EventValue)
    assert len(missing(scratch)) == 4
    call_command("migrate", "accounts", database="scratch", verbosity=0)
    assert missing(scratch) == []


@pytest.mark.parametrize("model", [Chain, Event])
def test_a_rebuild_that_forgets_to_take_the_triggers_down_fails_aloud(
    scratch: BaseDatabaseWrapper, model: type[models.Model]
) -> None:
    with pytest.raises(OperationalError, match="error in trigger"):
        rebuild(scratch, model)
    assert missing(scratch) == []
