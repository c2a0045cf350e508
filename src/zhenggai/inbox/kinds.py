"""Closed lists of the inbox (收件箱用词)."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from zhenggai.domain.messages import msg


class NoticeKind(StrEnum):
    """What a notice is about (消息类别)."""

    ASSIGNED = "assigned"
    DECLINED = "declined"
    TO_SIGN = "to_sign"
    SENT_BACK = "sent_back"
    CLOSED = "closed"
    PLAN = "plan"
    DEADLINE = "deadline"
    SUSPENSION = "suspension"
    SITUATION = "situation"
    EVIDENCE = "evidence"
    HANDED_OVER = "handed_over"
    POST = "post"
    WARNING = "warning"
    REPORT = "report"
    COMMENT = "comment"
    INTAKE = "intake"
    EXPORT = "export"
    EVALUATION = "evaluation"
    DIGEST = "digest"


NOTICE_KIND_LABELS: Final[dict[NoticeKind, str]] = {
    NoticeKind.ASSIGNED: msg("assigned to you"),
    NoticeKind.DECLINED: msg("declined or to be transferred"),
    NoticeKind.TO_SIGN: msg("waits for your signature"),
    NoticeKind.SENT_BACK: msg("sent back to you"),
    NoticeKind.CLOSED: msg("finding closed"),
    NoticeKind.PLAN: msg("plan of rectification"),
    NoticeKind.DEADLINE: msg("deadline moved"),
    NoticeKind.SUSPENSION: msg("work suspended or resumed"),
    NoticeKind.SITUATION: msg("about a new situation"),
    NoticeKind.EVIDENCE: msg("evidence withdrawn by its unit"),
    NoticeKind.HANDED_OVER: msg("handed over to you"),
    NoticeKind.POST: msg("posts"),
    NoticeKind.WARNING: msg("warning of a deadline"),
    NoticeKind.REPORT: msg("reports of progress"),
    NoticeKind.COMMENT: msg("comments"),
    NoticeKind.INTAKE: msg("document read"),
    NoticeKind.EXPORT: msg("workbook made"),
    NoticeKind.EVALUATION: msg("rectification evaluated"),
    NoticeKind.DIGEST: msg("digest"),
}


class TargetKind(StrEnum):
    """What a notice leads to (指向)."""

    FINDING = "finding"
    PLAN = "plan"
    PERSON = "person"
    INTAKE = "intake"
    REPORTS = "reports"
    INSPECTION = "inspection"
    EXPORT = "export"


class Rhythm(StrEnum):
    """How often a person wants the digest (摘要频率)."""

    DAILY = "daily"
    WEEKLY = "weekly"
    NONE = "none"


RHYTHM_LABELS: Final[dict[Rhythm, str]] = {
    Rhythm.DAILY: msg("every working day"),
    Rhythm.WEEKLY: msg("once a week"),
    Rhythm.NONE: msg("never"),
}
