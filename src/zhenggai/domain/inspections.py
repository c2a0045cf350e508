"""Kinds of inspection (检查种类)."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from zhenggai.domain.messages import msg


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
