"""Kinds of inspection (检查种类)."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from zhenggai.domain.messages import msg
from zhenggai.domain.reading import DocumentKind


class InspectionKind(StrEnum):
    """What kind of inspection it is (巡察、巡视、审计、督察、检查)."""

    INSPECTION = "inspection"
    CENTRAL_INSPECTION = "central_inspection"
    AUDIT = "audit"
    ENVIRONMENT = "environment"
    SAFETY = "safety"
    OTHER = "other"


INSPECTION_KIND_LABELS: Final[dict[InspectionKind, str]] = {
    InspectionKind.INSPECTION: msg("inspection"),
    InspectionKind.CENTRAL_INSPECTION: msg("inspection from above"),
    InspectionKind.AUDIT: msg("audit"),
    InspectionKind.ENVIRONMENT: msg("environmental inspection"),
    InspectionKind.SAFETY: msg("safety inspection"),
    InspectionKind.OTHER: msg("other inspection"),
}

# Whether work counts only under an approved plan (default): with safety hazards it does not wait for one.
_PLAN_REQUIRED: Final = frozenset(
    {
        InspectionKind.INSPECTION,
        InspectionKind.CENTRAL_INSPECTION,
        InspectionKind.AUDIT,
        InspectionKind.ENVIRONMENT,
    }
)
# What tells of rectification done: its plan was approved elsewhere, before.
_TELLS_OF_WORK: Final = frozenset({DocumentKind.REPORT, DocumentKind.NOTICE, DocumentKind.CLOSURE_NOTICE})


def plan_is_required(kind: InspectionKind, document: DocumentKind | None = None) -> bool:
    """Whether work is to count only under an approved plan (是否须先批方案), where nothing else is said.

    By the kind of inspection, and the document with which it is opened: one that tells of work done comes
    after its plan. *(default)*
    """
    return kind in _PLAN_REQUIRED and document not in _TELLS_OF_WORK
