"""Kinds of evidence (佐证材料种类): the label of whoever files it, never a judgement of its effect."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from zhenggai.domain.messages import msg


class EvidenceKind(StrEnum):
    """What a piece of evidence is (佐证材料种类)."""

    PHOTO = "photo"
    RECORD = "record"
    RECEIPT = "receipt"
    DECISION = "decision"
    RULE = "rule"
    MEETING = "meeting"
    PAPER = "paper"
    OTHER = "other"


EVIDENCE_KIND_LABELS: Final[dict[EvidenceKind, str]] = {
    EvidenceKind.PHOTO: msg("photograph"),
    EvidenceKind.RECORD: msg("record of work done or checked"),
    EvidenceKind.RECEIPT: msg("receipt or refund voucher"),
    EvidenceKind.DECISION: msg("decision on people"),
    EvidenceKind.RULE: msg("rule made or revised"),
    EvidenceKind.MEETING: msg("minutes of a meeting"),
    EvidenceKind.PAPER: msg("paper issued"),
    EvidenceKind.OTHER: msg("other evidence"),
}
