"""Saving what people type into a draft (草稿保存): field by field, never over others' words unseen."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction

from zhenggai.domain.messages import Message, msg
from zhenggai.domain.stated import map_status
from zhenggai.intake.access import draft_locked
from zhenggai.intake.fields import (
    DOCUMENT_FIELDS,
    FINDING_FIELDS,
    ITEM_FIELDS,
    Field,
    FieldError,
    fingerprint,
)
from zhenggai.intake.models import DraftFinding, DraftItem, Intake

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from zhenggai.domain.actor import Actor

_NAME = re.compile(r"(?:(document)|(finding|item)-(\d{1,18}))-([a-z_]+)")
_FIELDS: Final = {"document": DOCUMENT_FIELDS, "finding": FINDING_FIELDS, "item": ITEM_FIELDS}
_DERIVED: Final = ("stated_progress", "stated_nature", "stated_closed")

_CONFLICT = msg(
    "%(by)s changed “%(field)s” after you began; it now reads: “%(stored)s”. Your text stays in the field "
    "and is not "
    "stored yet. Save it again to put it in place of the other, or use theirs."
)
_GONE = msg(
    "“%(field)s” belongs to a part of the draft that %(by)s has dropped. Your text stays in the field and "
    "is not "
    "stored; restore that part first, then save again."
)
_UNKNOWN = msg(
    "“%(field)s” is no field of this draft. Load the page again; your text stays in the field until then."
)
EXCERPT_CHARACTERS: Final = 200


class FieldState(StrEnum):
    """What became of one field of a form."""

    SAVED = "saved"
    SAME = "same"
    DERIVED = "derived"
    CONFLICT = "conflict"
    INVALID = "invalid"


@dataclass(frozen=True, slots=True)
class Change:
    """What a form sent for one field; ``began_with`` is the fingerprint of what the form had shown there."""

    text: str
    began_with: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one field: what is stored now and, where the text was not taken, why."""

    state: FieldState
    stored: str = ""
    message: Message | None = None

    @property
    def fingerprint(self) -> str:
        """The mark of what is stored now, for the next save."""
        return fingerprint(self.stored)


@dataclass(frozen=True, slots=True)
class Saved:
    """The draft's version before and after one save, and what became of each field."""

    version_before: int
    version: int
    outcomes: dict[str, Outcome]

    @property
    def is_whole(self) -> bool:
        """Whether every field that was sent now stands in the draft."""
        refused = {FieldState.CONFLICT, FieldState.INVALID}
        return not any(outcome.state in refused for outcome in self.outcomes.values())


@dataclass(frozen=True, slots=True)
class _Place:
    kind: str
    row_id: int
    field: Field


def draft_fields_save(*, actor: Actor, at: datetime, intake_id: int, changes: Mapping[str, Change]) -> Saved:
    """Save fields of a draft (保存字段), named ``document-title``, ``finding-12-title``, ``item-33-text``.

    Each field stands for itself: one that is refused leaves the others saved. A field that somebody else
    changed
    since the form was shown is a conflict and stays as it is. A new printed status is mapped at once,
    unless the same save sets the mapped values by hand.

    :raises NotAllowedNowError: when the draft is confirmed, set aside or was never read.
    """
    places = {name: _place(name) for name in changes}
    with transaction.atomic():
        intake = draft_locked(actor, at, intake_id)
        before = intake.version
        rows = _rows(intake, places.values())
        save = _Save(actor, at, intake, rows)
        for name, change in changes.items():
            save.take(name, places[name], change)
        save.map_statuses()
        save.write()
    return Saved(before, intake.version, save.outcomes)


def _place(name: str) -> _Place | None:
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    kind = found[1] or found[2]
    field = _FIELDS[kind].get(found[4])
    return _Place(kind, int(found[3] or 0), field) if field else None


_Rows = dict[tuple[str, int], "Intake | DraftFinding | DraftItem"]


def _rows(intake: Intake, places: Iterable[_Place | None]) -> _Rows:
    """The rows that are written to, in two queries however many fields there are."""
    ids: dict[str, set[int]] = defaultdict(set)
    for place in places:
        if place is not None:
            ids[place.kind].add(place.row_id)
    rows: _Rows = {("document", 0): intake}
    if ids["finding"]:
        for finding in DraftFinding.objects.filter(intake=intake, pk__in=ids["finding"]).order_by("pk"):
            rows["finding", finding.pk] = finding
    if ids["item"]:
        items = DraftItem.objects.filter(finding__intake=intake, pk__in=ids["item"])
        for item in items.select_related("finding").order_by("pk"):
            rows["item", item.pk] = item
    return rows


class _Save:
    """One save under way: the rows, what was changed in them, and the answers."""

    def __init__(self, actor: Actor, at: datetime, intake: Intake, rows: _Rows) -> None:
        self.actor = actor
        self.at = at
        self.intake = intake
        self.rows = rows
        self.outcomes: dict[str, Outcome] = {}
        self.changed: dict[tuple[str, int], set[str]] = defaultdict(set)

    def take(self, name: str, place: _Place | None, change: Change) -> None:
        """Takes one field in, or says why not."""
        row = self.rows.get((place.kind, place.row_id)) if place else None
        if place is None or row is None:
            self.outcomes[name] = Outcome(FieldState.INVALID, message=Message(_UNKNOWN, {"field": name[:60]}))
            return
        field = place.field
        stored = field.show(getattr(row, field.name))
        if fingerprint(change.text) in {change.began_with, fingerprint(stored)}:
            # untouched here, or both wrote the same
            self.outcomes[name] = Outcome(FieldState.SAME, stored)
            return
        gone = _dropped_by(row)
        if gone:
            values = {"field": Message(field.label), "by": gone}
            self.outcomes[name] = Outcome(FieldState.CONFLICT, stored, Message(_GONE, values))
            return
        if fingerprint(stored) != change.began_with:
            self.outcomes[name] = Outcome(FieldState.CONFLICT, stored, self._conflict(row, field, stored))
            return
        try:
            value = field.take(change.text)
        except FieldError as refusal:
            self.outcomes[name] = Outcome(FieldState.INVALID, stored, refusal.message)
            return
        self._set(row, (place.kind, place.row_id), field, value)
        self.outcomes[name] = Outcome(FieldState.SAVED, field.show(value))

    def map_statuses(self) -> None:
        """A status that was typed anew says progress, nature and closure; what is unknown says nothing."""
        for (kind, row_id), names in list(self.changed.items()):
            if kind != "finding" or "status_text" not in names or names & set(_DERIVED):
                continue
            row = self.rows[kind, row_id]
            status = map_status(getattr(row, "status_text"))  # noqa: B009  # the row is one of three kinds
            values = {
                "stated_progress": status.progress.value if status.progress else "",
                "stated_nature": status.nature.value if status.nature else "",
                "stated_closed": status.closed,
            }
            for name, value in values.items():
                if getattr(row, name) != value:
                    self._set(row, (kind, row_id), FINDING_FIELDS[name], value)
                    shown = FINDING_FIELDS[name].show(value)
                    self.outcomes[f"finding-{row_id}-{name}"] = Outcome(FieldState.DERIVED, shown)

    def write(self) -> None:
        """Writes every row once, all with the draft's new version."""
        if not self.changed:
            return
        self.intake.version += 1
        for key, names in self.changed.items():
            row = self.rows[key]
            row.version = self.intake.version
            if row is not self.intake:
                row.save(update_fields=[*names, "edits", "version"])
        self.intake.save(update_fields=[*self.changed.get(("document", 0), ()), "edits", "version"])

    def _set(self, row: Any, key: tuple[str, int], field: Field, value: Any) -> None:
        setattr(row, field.name, value)
        row.edits = {**row.edits, field.name: {"by": self.actor.label, "at": self.at.isoformat()}}
        self.changed[key].add(field.name)

    def _conflict(self, row: Any, field: Field, stored: str) -> Message:
        by = row.edits.get(field.name, {}).get("by", "")
        shown = stored if len(stored) <= EXCERPT_CHARACTERS else stored[:EXCERPT_CHARACTERS] + "…"
        return Message(_CONFLICT, {"by": by or "—", "field": Message(field.label), "stored": shown})


def _dropped_by(row: Any) -> str:
    """Who dropped the row, or the finding it belongs to; empty when it stands."""
    holders: list[Any] = [row, row.finding] if isinstance(row, DraftItem) else [row]
    return next((holder.dropped_by for holder in holders if getattr(holder, "dropped_at", None)), "")
