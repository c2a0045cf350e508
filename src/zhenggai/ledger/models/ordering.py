"""What a list is ordered by, one row a finding: derived from the finding, written with it."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any

from django.db import models

from zhenggai.ledger.models.findings import Finding
from zhenggai.ledger.models.inspections import Inspection

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.backends.base.schema import BaseDatabaseSchemaEditor


class EmptyLastIndex(models.Index):
    """An index whose descending columns end with the empty ones, as the lists do.

    SQLite holds an empty value to be the least, so its descending indexes do so of themselves.
    """

    def create_sql(
        self,
        model: type[models.Model],
        schema_editor: BaseDatabaseSchemaEditor,
        using: str = "",
        **kwargs: Any,
    ) -> Any:
        """The statement that makes it."""
        said = copy(self)
        if schema_editor.connection.vendor == "postgresql":
            said.fields_orders = [
                (name, "DESC NULLS LAST" if order else "") for name, order in self.fields_orders
            ]
        return models.Index.create_sql(said, model, schema_editor, using, **kwargs)


KEYS = ("number", "title", "theme", "unit", "leader", "due", "stage", "stated")


def _indexes() -> Iterator[models.Index]:
    yield models.Index(fields=["inspection", "position"], name="ledger_order_position")
    yield models.Index(fields=["inspection", "place"], name="ledger_order_place")
    for name in KEYS:
        yield models.Index(fields=["inspection", name, "position"], name=f"ledger_order_{name}")
        yield EmptyLastIndex(fields=["inspection", f"-{name}", "position"], name=f"ledger_order_{name}_last")


class OrderKey(models.Model):
    """What the lists order a finding by (排序键); empty comes last in either direction.

    ``position`` is that in the document with room for successors after it, as `order_keys.place_of` says.

    ``place`` is where it stands in the tree among others of its heading: as in the document, with room for
    findings between any two, until somebody puts it elsewhere.

    ``number``, ``title``, ``unit``, ``leader`` are keys of `zhenggai.domain.ordering`; unit and leader are
    the responsible ones or, before any is, those that the document names, as the list shows them. ``theme``
    is the theme's place in the ledger, ``stage`` and ``stated`` the place in their tables. The row stands
    beside the finding, because a closed finding is never written and its unit may still be renamed.
    """

    finding = models.OneToOneField(
        Finding, on_delete=models.PROTECT, primary_key=True, related_name="order_key"
    )
    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="+", db_index=False)
    position = models.PositiveIntegerField()
    place = models.PositiveBigIntegerField()
    number = models.TextField(null=True)  # noqa: DJ001 - the database puts null last, and an empty text first
    title = models.TextField()
    theme = models.PositiveIntegerField(null=True)
    unit = models.TextField(null=True)  # noqa: DJ001 - likewise
    leader = models.TextField(null=True)  # noqa: DJ001 - likewise
    due = models.DateField(null=True)
    stage = models.PositiveSmallIntegerField()
    stated = models.PositiveSmallIntegerField(null=True)

    class Meta:
        indexes = list(_indexes())

    def __str__(self) -> str:
        return f"{self.finding_id}"
