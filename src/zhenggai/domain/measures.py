"""Where a measure comes from (措施来源)."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from zhenggai.domain.messages import msg


class MeasureSource(StrEnum):
    """Whether a document stated the measure or it was planned here (措施来源)."""

    STATED = "stated"
    OFFICE = "office"


MEASURE_SOURCE_LABELS: Final[dict[MeasureSource, str]] = {
    MeasureSource.STATED: msg("as the document says"),
    MeasureSource.OFFICE: msg("planned here"),
}
