"""Signatures that were given elsewhere (线下签批): on paper, or as the decision of a meeting."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from zhenggai.domain.messages import msg


class RecordKind(StrEnum):
    """What is recorded (线下签批种类): one person's signature on paper, or the minutes of a meeting."""

    PAPER = "paper"
    MINUTES = "minutes"


RECORD_KIND_LABELS: Final[dict[RecordKind, str]] = {
    RecordKind.PAPER: msg("on paper"),
    RecordKind.MINUTES: msg("minutes of a meeting"),
}
