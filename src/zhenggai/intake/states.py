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


class Heading(StrEnum):
    """What a heading of the document is to the draft (标题层级)."""

    THEME = "theme"
    GROUP = "group"
    FINDING = "finding"


class ComparedState(StrEnum):
    """What becomes of a finding of a draft that is compared with a ledger (比对结果).

    ``same``: it is one of the ledger; ``ask``: it may be one, and nobody has said so yet; ``unfit``: a ledger
    cannot take it as it is.
    """

    SAME = "same"
    ASK = "ask"
    ADD = "add"
    LEAVE_OUT = "leave_out"
    UNFIT = "unfit"


class NameKind(StrEnum):
    """What a name in a document is the name of (名称类别)."""

    LEADER = "leader"
    UNIT = "unit"


class CorrectionKind(StrEnum):
    """What a person did to the structure of a draft (更正); never renamed once recorded."""

    FINDING_ADDED = "finding_added"
    FINDING_DROPPED = "finding_dropped"
    FINDING_RESTORED = "finding_restored"
    FINDING_MOVED = "finding_moved"
    FINDINGS_MERGED = "findings_merged"
    FINDING_SPLIT = "finding_split"
    LEVEL_CHANGED = "level_changed"
    ITEM_ADDED = "item_added"
    ITEM_DROPPED = "item_dropped"
    ITEM_RESTORED = "item_restored"
    ITEM_SPLIT = "item_split"
    ITEM_TURNED = "item_turned"
    UNREAD_DECIDED = "unread_decided"


CORRECTION_LABELS: Final[dict[str, str]] = {
    CorrectionKind.FINDING_ADDED: msg("a finding was added"),
    CorrectionKind.FINDING_DROPPED: msg("a finding was dropped"),
    CorrectionKind.FINDING_RESTORED: msg("a finding was restored"),
    CorrectionKind.FINDING_MOVED: msg("a finding was moved"),
    CorrectionKind.FINDINGS_MERGED: msg("two findings were merged"),
    CorrectionKind.FINDING_SPLIT: msg("a finding was split"),
    CorrectionKind.LEVEL_CHANGED: msg("the level of headings was changed"),
    CorrectionKind.ITEM_ADDED: msg("a measure or action was added"),
    CorrectionKind.ITEM_DROPPED: msg("a measure or action was left out"),
    CorrectionKind.ITEM_RESTORED: msg("a measure or action was restored"),
    CorrectionKind.ITEM_SPLIT: msg("a measure or action was split"),
    CorrectionKind.ITEM_TURNED: msg("a measure became an action, or an action a measure"),
    CorrectionKind.UNREAD_DECIDED: msg("a stretch that was not understood was decided about"),
}
STATE_LABELS: Final[dict[IntakeState, str]] = {
    IntakeState.RECEIVED: msg("waits to be read"),
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
