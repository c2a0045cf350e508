"""Tables that are made at once are those that would be made one after the other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.db import migrations, models
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.db.migrations.state import ProjectState

from zhenggai.ledger.made_together import MadeTogether

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from django.db.migrations.operations.base import Operation


def key(to: str) -> models.ForeignKey[Any]:
    return models.ForeignKey(to, on_delete=models.PROTECT, null=True, related_name="+")


# each names the other, and the constraint is of a field that comes last
OPERATIONS: tuple[Operation, ...] = (
    migrations.CreateModel("Shelf", [("id", models.BigAutoField(primary_key=True))]),
    migrations.CreateModel(
        "Book", [("id", models.BigAutoField(primary_key=True)), ("shelf", key("stock.shelf"))]
    ),
    migrations.AddField("shelf", "first", key("stock.book")),
    migrations.AddConstraint("shelf", models.UniqueConstraint(fields=["first"], name="stock_first_once")),
)


@pytest.fixture
def database(tmp_path: Path, django_db_blocker: Any) -> Iterator[DatabaseWrapper]:
    from django.db import connection  # noqa: PLC0415 - only its settings

    values = {**connection.settings_dict, "ENGINE": "", "NAME": tmp_path / "stock.sqlite3", "OPTIONS": {}}
    with django_db_blocker.unblock():
        made = DatabaseWrapper(values, "default")
        yield made
        made.close()


def applied(
    database: DatabaseWrapper, state: ProjectState, operations: Sequence[Operation], *, back: bool = False
) -> dict[str, list[str]]:
    with database.schema_editor() as editor:
        for each in operations:
            # rendered, as it is where another migration came before
            assert state.apps
            before = state.clone()
            each.state_forwards("stock", state)
            if back:
                each.database_backwards("stock", editor, state, before)
            else:
                each.database_forwards("stock", editor, before, state)
    with database.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name LIKE 'stock%'")
        return {name: sorted(re.split(r"[\s,()]+", sql)) for name, sql in cursor.fetchall()}


@pytest.mark.sqlite
def test_at_once_the_tables_are_what_they_are_one_after_the_other(database: DatabaseWrapper) -> None:
    together = MadeTogether(OPERATIONS)
    at_once = applied(database, ProjectState(), [together])
    assert applied(database, ProjectState(), [together], back=True) == {}
    assert applied(database, ProjectState(), OPERATIONS) == at_once
    assert {"stock_shelf", "stock_book"} < set(at_once)


def test_the_models_are_known_as_the_last_of_them_leaves_them() -> None:
    state, alone = ProjectState(), ProjectState()
    assert state.apps
    MadeTogether(OPERATIONS).state_forwards("stock", state)
    for each in OPERATIONS:
        each.state_forwards("stock", alone)
    assert state == alone
    assert state.apps.get_model("stock", "shelf")._meta.get_field("first").related_model is (
        state.apps.get_model("stock", "book")
    )


def test_what_changes_rows_is_not_made_together_with_tables() -> None:
    with pytest.raises(TypeError, match="Raw SQL operation"):
        MadeTogether((*OPERATIONS, migrations.RunSQL("SELECT 1")))
    assert MadeTogether(OPERATIONS).describe() == "Make 2 tables"
