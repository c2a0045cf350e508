"""An operation of migrations that makes many tables at once (成批建表): their models are thought out once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db.migrations.operations import AddConstraint, AddField, CreateModel
from django.db.migrations.operations.base import Operation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.backends.base.schema import BaseDatabaseSchemaEditor
    from django.db.migrations.state import ProjectState

_KNOWN: Final = (CreateModel, AddField, AddConstraint)


class MadeTogether(Operation):
    """Tables that begin together, with fields and constraints that Django's writer put behind them.

    After each operation Django renders every model that is related to the changed one, which here are all;
    these are rendered when the last of them is known, and each table is made as it is in the end.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, operations: Sequence[Operation]) -> None:
        strange = [each.describe() for each in operations if not isinstance(each, _KNOWN)]
        if strange:
            raise TypeError(f"Only tables, fields and constraints are made together, not: {strange}")
        self.operations = operations

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The models as all operations leave them."""
        # what was rendered for the operation before; it is rendered anew when it is asked for
        state.__dict__.pop("apps", None)
        for each in self.operations:
            each.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Makes each table, whole."""
        for each in self._tables:
            each.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Takes the tables away, the last one first."""
        for each in reversed(self._tables):
            each.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        """What is said of it while migrating."""
        return f"Make {len(self._tables)} tables"

    @property
    def _tables(self) -> list[CreateModel]:
        return [each for each in self.operations if isinstance(each, CreateModel)]
