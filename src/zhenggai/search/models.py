"""What can be found (检索条目)."""

from __future__ import annotations

from django.db import models


class SearchEntry(models.Model):
    """The text under which one object is found (检索条目).

    ``kind`` and ``object_id`` name the object, ``scope`` the inspection (or other whole) it is searched in,
    and ``folded`` is its text in the one script and letter case in which text and query are compared. The
    tokens lie beside it: in the FTS5 table ``search_index`` on SQLite, in the column ``tokens`` on
    PostgreSQL.
    """

    kind = models.CharField(max_length=50)
    object_id = models.PositiveBigIntegerField()
    scope = models.PositiveBigIntegerField()
    folded = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="search_entry_once")]
        indexes = [models.Index(fields=["kind", "scope"], name="search_entry_by_scope")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"
