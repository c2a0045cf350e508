"""Closed lists of intake (收件的状态), with their words for people."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from zhenggai.domain.messages import msg


class IntakeState(StrEnum):
    """Where an uploaded document stands (收件状态)."""

    RECEIVED = "received"
    FAILED = "failed"
    DRAFT = "draft"
    CONFIRMED = "confirmed"
    ABANDONED = "abandoned"


class Origin(StrEnum):
    """Who put a row of the draft there: the reader, or a person."""

    READ = "read"
    ADDED = "added"


class ItemKind(StrEnum):
    """What the document says will be done (整改措施), or says was done (整改情况)."""

    MEASURE = "measure"
    ACTION = "action"


class UnreadState(StrEnum):
    """What a person decided about a stretch that was not understood."""

    OPEN = "open"
    ASSIGNED = "assigned"
    DISMISSED = "dismissed"


class UnreadTarget(StrEnum):
    """What an unread stretch becomes when a person assigns it."""

    PROBLEM = "problem"
    ACTION = "action"
    MEASURE = "measure"
    FINDING = "finding"


STATE_LABELS: Final[dict[IntakeState, str]] = {
    IntakeState.RECEIVED: msg("kept, not read yet"),
    IntakeState.FAILED: msg("could not be read"),
    IntakeState.DRAFT: msg("waits for confirmation"),
    IntakeState.CONFIRMED: msg("in the ledger"),
    IntakeState.ABANDONED: msg("set aside"),
}
KIND_LABELS: Final[dict[str, str]] = {
    "feedback": msg("feedback"),
    "plan": msg("rectification plan"),
    "report": msg("rectification report"),
    "notice": msg("rectification notice"),
    "closure_notice": msg("closure notice"),
    "ledger": msg("rectification ledger"),
    "news": msg("news item"),
    "other": msg("other document"),
}
TARGET_LABELS: Final[dict[UnreadTarget, str]] = {
    UnreadTarget.PROBLEM: msg("as text of the problem"),
    UnreadTarget.ACTION: msg("as an action the document claims"),
    UnreadTarget.MEASURE: msg("as a measure"),
    UnreadTarget.FINDING: msg("as a finding of its own"),
}
