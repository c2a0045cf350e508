"""What the trail of an inspection says of the draft that became part of it (确认的留痕)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from zhenggai.intake.events import IntakeEvent
from zhenggai.intake.fields import DOCUMENT_FIELDS, FINDING_FIELDS
from zhenggai.intake.models import Correction, DraftFinding, DraftItem, DraftUnread, Intake
from zhenggai.intake.states import Origin
from zhenggai.trail.services import Entry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from zhenggai.domain.actor import Actor

# How much of a text the trail repeats; the whole text stands in the draft and in the ledger.
RECORDED_CHARACTERS: Final = 500


def edits_recorded(intake: Intake, rows: Iterable[DraftFinding]) -> Iterator[Entry]:
    """What people changed of the reading, one event for each row that they changed."""
    changed = _changed(DOCUMENT_FIELDS.values(), intake)
    if changed:
        yield Entry(IntakeEvent.DOCUMENT_EDITED, ("intake", intake.pk), {"fields": changed})
    for row in rows:
        about = {"number": row.number, "title": _short(row.title)}
        if row.dropped_at is not None:
            dropped = {"by": row.dropped_by, "reason": _short(row.drop_reason)}
            yield Entry(IntakeEvent.FINDING_DROPPED, ("intake", intake.pk), {**about, **dropped})
            continue
        said: dict[str, Any] = {"fields": _changed(FINDING_FIELDS.values(), row)}
        said["items"] = [each for item in getattr(row, "all_items", []) if (each := _changed_item(item))]
        if row.origin == Origin.ADDED:
            yield Entry(IntakeEvent.FINDING_ADDED, ("intake", intake.pk), {**about, **said})
        elif said["fields"] or said["items"]:
            yield Entry(IntakeEvent.FINDING_EDITED, ("intake", intake.pk), {**about, **said})


def _changed(fields: Any, row: Any) -> list[dict[str, str]]:
    found = []
    for field in fields:
        now = field.show(getattr(row, field.name))
        read = row.as_read.get(field.name, "")
        if now != read:
            by = str(row.edits.get(field.name, {}).get("by", ""))
            found.append({"field": field.name, "read": _short(read), "now": _short(now), "by": by})
    return found


def _changed_item(item: DraftItem) -> dict[str, str] | None:
    by = str(item.edits.get("text", {}).get("by", ""))
    if item.dropped_at is not None:
        return {"kind": item.kind, "read": _short(item.text), "now": "", "by": item.dropped_by}
    if item.origin == Origin.ADDED:
        return {"kind": item.kind, "read": "", "now": _short(item.text), "by": by}
    read = item.as_read.get("text", "")
    if item.text != read:
        return {"kind": item.kind, "read": _short(read), "now": _short(item.text), "by": by}
    return None


def decisions_recorded(intake: Intake, actor: Actor) -> Iterator[Entry]:
    """One event for all stretches that nobody had understood, with the places and what became of them."""
    rows = DraftUnread.objects.filter(intake=intake).order_by("position")
    decided: list[dict[str, Any]] = [
        {
            "span": [row.span_start, row.span_end],
            "state": row.state,
            "target": row.target,
            "by": row.decided_by or actor.label,
            "text": _short(row.text, 60),
        }
        for row in rows
    ]
    if decided:
        yield Entry(IntakeEvent.UNREAD_DECIDED, ("intake", intake.pk), {"stretches": decided})


def corrections_recorded(intake: Intake) -> Iterator[Entry]:
    """One event for all that people did to the structure, in its order, with what was undone again."""
    made: list[dict[str, Any]] = [
        {
            "kind": row.kind,
            "title": row.title,
            "by": row.made_by,
            "at": row.made_at.isoformat(),
            "undone_by": row.undone_by,
        }
        for row in Correction.objects.filter(intake=intake).order_by("pk").defer("before")
    ]
    if made:
        yield Entry(IntakeEvent.STRUCTURE_CORRECTED, ("intake", intake.pk), {"corrections": made})


def _short(text: str, most: int = RECORDED_CHARACTERS) -> str:
    return text if len(text) <= most else text[:most] + "…"
