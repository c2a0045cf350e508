"""What happens to a document, by the names the trail keeps (收件事件)."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from zhenggai.domain.messages import msg


class IntakeEvent(StrEnum):
    """An event of intake: past tense, dotted, never renamed once recorded.

    The first seven stand on the chain of the organisation, the rest on that of the inspection.
    """

    RECEIVED = "intake.received"
    READ = "intake.read"
    FAILED = "intake.failed"
    MAPPED = "intake.mapped"
    ABANDONED = "intake.abandoned"
    REOPENED = "intake.reopened"
    CONFIRMED = "intake.confirmed"
    COMPARED = "intake.compared"
    NAMES_SAID = "intake.names_said"
    DOCUMENT_EDITED = "intake.document.edited"
    FINDING_ADDED = "intake.finding.added"
    FINDING_EDITED = "intake.finding.edited"
    FINDING_DROPPED = "intake.finding.dropped"
    UNREAD_DECIDED = "intake.unread.decided"
    STRUCTURE_CORRECTED = "intake.structure.corrected"


INTAKE_EVENT_LABELS: Final[dict[str, str]] = {
    IntakeEvent.RECEIVED: msg("document received"),
    IntakeEvent.READ: msg("document read"),
    IntakeEvent.FAILED: msg("document could not be read"),
    IntakeEvent.MAPPED: msg("sheets and columns of a workbook named, to read it anew"),
    IntakeEvent.ABANDONED: msg("document set aside"),
    IntakeEvent.REOPENED: msg("document taken up again"),
    IntakeEvent.CONFIRMED: msg("document confirmed into a ledger"),
    IntakeEvent.NAMES_SAID: msg("said whom and which units the document means"),
    IntakeEvent.COMPARED: msg("document compared with the ledger and taken into it"),
    IntakeEvent.DOCUMENT_EDITED: msg("facts of the document changed before confirming"),
    IntakeEvent.FINDING_ADDED: msg("finding added by hand before confirming"),
    IntakeEvent.FINDING_EDITED: msg("reading of a finding changed before confirming"),
    IntakeEvent.FINDING_DROPPED: msg("finding of the document dropped before confirming"),
    IntakeEvent.STRUCTURE_CORRECTED: msg("corrections of the structure before confirming"),
    IntakeEvent.UNREAD_DECIDED: msg("decision on stretches that were not understood"),
}
