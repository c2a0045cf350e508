"""A corrected draft as a sample that teaches the reader (样本候选): source and expected structure."""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING, Any, Final

from zhenggai.domain.messages import msg
from zhenggai.files import selectors as files
from zhenggai.intake.errors import IntakeNotFoundError, NotReadError
from zhenggai.intake.models import DraftFinding, DraftItem, Intake
from zhenggai.intake.selectors import findings_of
from zhenggai.intake.states import ItemKind

if TYPE_CHECKING:
    from datetime import date

SAMPLE_WARNING: Final = msg(
    "This sample holds the real document with its organisations and people. Keep it inside the office; "
    "before it goes into a public place, rewrite source and structure alike with visibly invented names."
)
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_PLAIN: Final = (
    "problem",
    "result",
    "status_text",
    "stated_progress",
    "stated_nature",
    "responsible_leader",
    "lead_unit",
    "due_text",
)


def candidate_of(intake: Intake) -> dict[str, Any]:
    """The structure of a document as people left it, in the shape ``zhenggai.notice/1`` (更正后的结构).

    What a draft does not hold (sections, statistics, contact, edits) stays as the reader had it.

    :raises NotReadError: when the document was never read.
    """
    if not intake.reading_sha256:
        raise NotReadError(name=intake.name)
    read: dict[str, Any] = json.loads(files.blob_read(intake.reading_sha256))
    on_site = [_day(intake.on_site_from), _day(intake.on_site_to)]
    published = _day(intake.published_on)
    return {
        **read,
        "kind": intake.kind,
        "title": intake.title or None,
        "organisation": intake.organisation_label or None,
        "inspector": intake.inspector or None,
        "dates": {
            **read["dates"],
            "on_site": on_site if all(on_site) else None,
            "feedback_on": _day(intake.feedback_on),
            "as_of": _day(intake.as_of),
            "published_on": published,
            "published_source": (read["dates"]["published_source"] or "text") if published else None,
        },
        "findings": [_finding(row) for row in findings_of(intake) if row.dropped_at is None],
    }


def candidate_of_id(intake_id: int) -> tuple[Intake, dict[str, Any]]:
    """The same for whoever runs the server, by the number of the document.

    :raises IntakeNotFoundError: when there is no such document.
    """
    intake = Intake.objects.filter(pk=intake_id).first()
    if intake is None:
        raise IntakeNotFoundError
    return intake, candidate_of(intake)


def candidate_archive(intake: Intake) -> bytes:
    """Source and expected structure in one zip file; equal content gives equal bytes (样本压缩包)."""
    expected = candidate_json(candidate_of(intake))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(intake.name, _EPOCH), files.blob_read(intake.sha256))
        archive.writestr(zipfile.ZipInfo(expected_name(intake.name), _EPOCH), expected)
    return buffer.getvalue()


def candidate_json(plain: dict[str, Any]) -> bytes:
    """The structure as a file holds it."""
    return json.dumps(plain, ensure_ascii=False, indent=1).encode("utf-8", "replace") + b"\n"


def expected_name(name: str) -> str:
    """The name of the structure's file beside that of its source."""
    stem, dot, _ = name.rpartition(".")
    return f"{stem if dot and stem else name}.expected.json"


def _finding(row: DraftFinding) -> dict[str, Any]:
    units = row.supporting_units.replace("，", "、").replace(",", "、").split("、")
    items: list[DraftItem] = getattr(row, "all_items", [])
    standing = [item for item in items if item.dropped_at is None and item.text]
    return {
        "number": row.number or None,
        "theme": row.theme or None,
        "group": row.group or None,
        "title": row.title,
        "span": [row.span_start or 0, row.span_end or row.span_start or 0],
        "organisation": row.organisation_label or None,
        "measures": [_item(item) for item in standing if item.kind == ItemKind.MEASURE],
        "actions": [_item(item) for item in standing if item.kind == ItemKind.ACTION],
        **{name: getattr(row, name) or None for name in _PLAIN},
        "stated_closed": row.stated_closed,
        "supporting_units": [unit.strip() for unit in units if unit.strip()],
        "due_on": _day(row.due_on),
        "truncated": row.truncated,
    }


def _item(item: DraftItem) -> dict[str, Any]:
    return {
        "text": item.text,
        "span": [item.span_start or 0, item.span_end or item.span_start or 0],
        "leader": item.leader or None,
        "unit": item.unit or None,
        "due_text": item.due_text or None,
        "due_on": _day(item.due_on),
    }


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None
