"""Correcting the structure of a draft (更正): what stood before each correction is kept to take it back."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction

from zhenggai.intake.access import draft_locked
from zhenggai.intake.errors import NothingToUndoError, PartChangedError, RowNotFoundError, UndoLateError
from zhenggai.intake.models import Correction, DraftFinding, DraftItem, DraftUnread, Intake

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from zhenggai.domain.actor import Actor
    from zhenggai.intake.states import CorrectionKind

Row = DraftFinding | DraftItem | DraftUnread
_TABLES: Final[dict[str, type[Row]]] = {"finding": DraftFinding, "item": DraftItem, "unread": DraftUnread}
_NAMES: Final = {table: name for name, table in _TABLES.items()}
TITLE_EXCERPT: Final = 80


class Correcting:
    """One correction under way: the locked draft, and what its rows held before."""

    def __init__(self, actor: Actor, at: datetime, intake: Intake) -> None:
        self.actor = actor
        self.at = at
        self.intake = intake
        self.title = ""
        self._version = intake.version
        self._kept: dict[tuple[str, int], dict[str, Any]] = {}
        self._made: list[tuple[str, int]] = []
        self._positions: dict[str, int] = {}

    def keep(self, *rows: Row) -> None:
        """Remember rows as they stand, before anything in them is changed."""
        for row in rows:
            key = (_NAMES[type(row)], row.pk)
            if key not in self._kept and key not in self._made:
                self._kept[key] = _plain(row)

    def save(self, row: DraftFinding | DraftItem, *what: str) -> None:
        """Store a row that was kept, with who changed which of its fields."""
        for name in what:
            stamp(self.intake, row, self.actor, self.at, name)
        row.save()

    def make(self, row: DraftFinding | DraftItem, *what: str) -> None:
        """Store a new row."""
        for name in what:
            stamp(self.intake, row, self.actor, self.at, name)
        row.save(force_insert=True)
        self._made.append((_NAMES[type(row)], row.pk))

    def about(self, finding: DraftFinding) -> None:
        """Name the finding that the correction is about, for whoever looks back at it."""
        self.title = (finding.title or finding.number)[:TITLE_EXCERPT]

    def make_room(self, position: int, count: int = 1) -> None:
        """Move everything from a place in the list on by ``count``."""
        rows = DraftFinding.objects.filter(intake=self.intake, position__gte=position)
        self.order({row.pk: row.position + count for row in rows.only("pk", "position")})

    def order(self, positions: dict[int, int]) -> None:
        """Give findings new places in the list."""
        rows = list(DraftFinding.objects.filter(intake=self.intake, pk__in=positions).only("pk", "position"))
        moved = [row for row in rows if row.position != positions[row.pk]]
        for row in moved:
            self._positions.setdefault(str(row.pk), row.position)
            row.position = positions[row.pk]
        DraftFinding.objects.bulk_update(moved, ["position"], batch_size=500)

    def unchanged_since(self, seen: int, *rows: DraftFinding | DraftItem) -> None:
        """Refuse what a page asks that was shown before these rows were changed.

        :raises PartChangedError: when one of them was.
        """
        late = next((row for row in rows if row.version > seen), None)
        if late is not None:
            raise PartChangedError(title=_title(late), by=_last_hand(late) or self.actor.label)

    def finish(self, kind: CorrectionKind) -> None:
        """Store what stood before, unless nothing was changed."""
        if not (self._kept or self._made or self._positions):
            return
        if self.intake.version == self._version:
            self.intake.version += 1
        self.intake.save(update_fields=["version"])
        Correction.objects.create(
            intake=self.intake,
            kind=kind.value,
            title=self.title,
            version=self.intake.version,
            made_at=self.at,
            made_by=self.actor.label,
            before={
                "rows": [[name, pk, row] for (name, pk), row in self._kept.items()],
                "made": [list(key) for key in self._made],
                "positions": self._positions,
            },
        )


@contextmanager
def correcting(actor: Actor, at: datetime, intake_id: int, kind: CorrectionKind) -> Iterator[Correcting]:
    """One correction in one transaction, recorded with what stood before it.

    :raises IntakeNotFoundError: when the draft is not this actor's.
    :raises NotAllowedNowError: when it cannot be changed as things stand.
    """
    with transaction.atomic():
        work = Correcting(actor, at, draft_locked(actor, at, intake_id))
        yield work
        work.finish(kind)


def draft_correction_undo(*, actor: Actor, at: datetime, intake_id: int) -> Correction:
    """Take the last correction back (撤销): every row stands again as before it; what it made is gone.

    :raises NothingToUndoError: when no correction stands.
    :raises UndoLateError: when somebody has worked on its rows since, which would be lost.
    """
    with transaction.atomic():
        intake = draft_locked(actor, at, intake_id)
        last = Correction.objects.filter(intake=intake, undone_at__isnull=True).order_by("-pk").first()
        if last is None:
            raise NothingToUndoError(name=intake.name)
        rows, made = _rows_of(last)
        settled = _settled(last)
        for row in (*rows, *made):
            if settled(row) > last.version:
                raise UndoLateError(title=_title(row), by=_last_hand(row) or actor.label)
        intake.version += 1
        by_key = {(_NAMES[type(row)], row.pk): row for row in rows}
        for name, pk, plain in last.before["rows"]:
            _restore(by_key[name, pk], plain, intake.version)
        for row in reversed(made):
            row.delete()
        positions = {int(pk): place for pk, place in last.before["positions"].items()}
        moved = list(DraftFinding.objects.filter(intake=intake, pk__in=positions).only("pk", "position"))
        for finding in moved:
            finding.position = positions[finding.pk]
        DraftFinding.objects.bulk_update(moved, ["position"], batch_size=500)
        last.undone_at = at
        last.undone_by = actor.label
        last.undone_version = intake.version
        last.save(update_fields=["undone_at", "undone_by", "undone_version"])
        intake.save(update_fields=["version"])
    return last


def _rows_of(correction: Correction) -> tuple[list[Row], list[Row]]:
    rows: list[Row] = []
    made: list[Row] = []
    for name, pk, _plain_row in correction.before["rows"]:
        rows.extend(_TABLES[name].objects.filter(pk=pk))
    for name, pk in correction.before["made"]:
        made.extend(_TABLES[name].objects.filter(pk=pk))
    return rows, made


def _settled(last: Correction) -> Callable[[Row], int]:
    """The version at which a person changed a row last: taking a later correction back is no such change."""
    later = Correction.objects.filter(intake=last.intake, pk__gt=last.pk, undone_version__isnull=False)
    before = {
        (name, pk, correction.undone_version): int(plain["version"])
        for correction in later
        for name, pk, plain in correction.before["rows"]
    }

    def version_of(row: Row) -> int:
        version = row.version
        while (key := (_NAMES[type(row)], row.pk, version)) in before:
            version = before[key]
        return version

    return version_of


def _plain(row: Row) -> dict[str, Any]:
    left_out = {"id", "intake_id"}
    return {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields  # noqa: SLF001  # Django's public way to a model's columns
        if field.attname not in left_out
    }


def _restore(row: Row, plain: dict[str, Any], version: int) -> None:
    for field in row._meta.concrete_fields:  # noqa: SLF001  # as above
        if field.attname in plain and field.attname != "version":
            setattr(row, field.attname, field.to_python(plain[field.attname]))
    row.version = version
    row.save()


def _title(row: Row) -> str:
    words = row.title if isinstance(row, DraftFinding) else row.text
    return words[:TITLE_EXCERPT] or str(row.position + 1)


def _last_hand(row: Row) -> str:
    if isinstance(row, DraftUnread):
        return row.decided_by
    edits: list[dict[str, str]] = sorted(row.edits.values(), key=lambda edit: str(edit.get("at", "")))
    return str(edits[-1].get("by", "")) if edits else ""


def finding_of(intake: Intake, finding_id: int) -> DraftFinding:
    """A finding of this draft.

    :raises RowNotFoundError: when there is none of that id.
    """
    finding = DraftFinding.objects.filter(pk=finding_id, intake=intake).first()
    if finding is None:
        raise RowNotFoundError
    return finding


def item_of(intake: Intake, item_id: int) -> DraftItem:
    """A measure or action of this draft.

    :raises RowNotFoundError: when there is none of that id.
    """
    item = DraftItem.objects.select_related("finding").filter(pk=item_id, finding__intake=intake).first()
    if item is None:
        raise RowNotFoundError
    return item


def standing(intake: Intake) -> list[DraftFinding]:
    """The findings that are not dropped, in their order."""
    rows = DraftFinding.objects.filter(intake=intake, dropped_at__isnull=True)
    return list(rows.order_by("position", "pk"))


def items_of(finding: DraftFinding) -> list[DraftItem]:
    """The measures and actions of a finding that are not left out, in the order of the text."""
    rows = DraftItem.objects.filter(finding=finding, dropped_at__isnull=True)
    return sorted(
        rows,
        key=lambda item: (item.span_start is None, item.span_start or 0, item.kind, item.position, item.pk),
    )


def drop(work: Correcting, finding: DraftFinding, reason: str) -> None:
    """Leave a finding out with a reason; it was kept before."""
    finding.dropped_at = work.at
    finding.dropped_by = work.actor.label
    finding.drop_reason = reason
    work.save(finding, "dropped")


def stamp(intake: Intake, row: DraftFinding | DraftItem, actor: Actor, at: datetime, what: str) -> None:
    """The draft's next version, and who changed what in the row."""
    intake.version += 1
    row.version = intake.version
    row.edits = {**row.edits, what: {"by": actor.label, "at": at.isoformat()}}
