"""A reading for a spreadsheet (电子表格输出): one row a finding, no cell that a spreadsheet would execute."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.documents.csv import csv_bytes
from zhenggai.ops.language import _
from zhenggai.ops.words import nature_name, progress_name

if TYPE_CHECKING:
    from zhenggai.domain.reading import Item, ReadFinding, Reading


def reading_csv(reading: Reading) -> bytes:
    """The findings as CSV with a heading line."""
    return csv_bytes(findings_heading(), findings_rows(reading))


def findings_rows(reading: Reading) -> list[tuple[str, ...]]:
    """One row a finding, under `findings_heading`."""
    return [_row(finding) for finding in reading.findings]


def findings_heading() -> tuple[str, ...]:
    """What the columns are called."""
    return (
        _("Number"),
        _("Organisation"),
        _("Theme"),
        _("Group"),
        _("Finding"),
        _("Problem"),
        _("Measures"),
        _("Actions said to be done"),
        _("Status, it says"),
        _("Progress"),
        _("Nature"),
        _("Closed, it says"),
        _("Responsible leader"),
        _("Responsible unit"),
        _("Supporting units"),
        _("Due, as printed"),
        _("Due"),
        _("Cut off"),
    )


def _row(finding: ReadFinding) -> tuple[str, ...]:
    closed = finding.stated_closed
    return (
        finding.number or "",
        finding.organisation or "",
        finding.theme or "",
        finding.group or "",
        finding.title,
        finding.problem or "",
        _lines(finding.measures),
        _lines(finding.actions),
        finding.status_text or "",
        progress_name(finding.stated_progress),
        nature_name(finding.stated_nature),
        "" if closed is None else _("yes") if closed else _("no"),
        finding.responsible_leader or "",
        finding.lead_unit or "",
        "、".join(finding.supporting_units),
        finding.due_text or "",
        finding.due_on.isoformat() if finding.due_on else "",
        _("yes") if finding.truncated else "",
    )


def _lines(items: tuple[Item, ...]) -> str:
    return "\n".join(item.text for item in items)
