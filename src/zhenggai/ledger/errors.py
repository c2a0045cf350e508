"""Refusals of the ledger; each is a sentence of its own."""

from __future__ import annotations

from typing import ClassVar

from zhenggai.domain.closing import MissingTextError, ReasonTooShortError
from zhenggai.domain.errors import InvalidError, NotAllowedNowError, NotFoundError, NotPermittedError
from zhenggai.domain.gates import ClosureRefusedError
from zhenggai.domain.lifecycle import TransitionError
from zhenggai.domain.messages import msg

__all__ = [
    "ActionDeniedError",
    "CalendarUnreadableError",
    "ClosureRefusedError",
    "DuePastError",
    "FindingNotFoundError",
    "InspectionNotFoundError",
    "InvalidFieldError",
    "MissingTextError",
    "PieceNotFoundError",
    "PlanNotFoundError",
    "ReasonTooShortError",
    "StalePageError",
    "StandsOtherwiseError",
    "TextTooLongError",
    "TransitionError",
]


class InspectionNotFoundError(NotFoundError):
    """No such inspection, or not this actor's to see (无此检查)."""

    code = "inspection_not_found"
    template: ClassVar[str] = msg(
        "There is no such inspection among those you can see. The start page lists those you can open."
    )


class PlanNotFoundError(NotFoundError):
    """No such plan, or not this actor's to see (无此方案)."""

    code = "plan_not_found"
    template: ClassVar[str] = msg(
        "There is no such plan among those you can see. The page of each inspection lists its plans."
    )


class FindingNotFoundError(NotFoundError):
    """No such finding, or not this actor's to see (无此问题)."""

    code = "finding_not_found"
    template: ClassVar[str] = msg(
        "There is no such finding among those you can see. The ledger lists those you can open."
    )


class PieceNotFoundError(NotFoundError):
    """The finding has no such measure, criterion, evidence or situation (无此项)."""

    code = "piece_not_found"
    template: ClassVar[str] = msg(
        "This finding has no such entry (%(kind)s %(id)s). The finding's page lists those it has; "
        "nothing was changed."
    )


class ActionDeniedError(NotPermittedError):
    """The actor may never do this (无权操作); the message is the verdict's reason."""

    code = "action_denied"
    template: ClassVar[str] = msg("%(reason)s Nothing was changed.")


class StalePageError(NotAllowedNowError):
    """The page is older than the finding (页面已过期): ``who`` changed ``what``, ``when``."""

    code = "stale_page"
    template: ClassVar[str] = msg(
        "This finding has changed since your page was loaded: %(who)s, %(when)s: %(what)s. "
        "Nothing of yours was saved; look at the finding as it is now and repeat what still applies."
    )
    plain_template: ClassVar[str] = msg(
        "This finding is not as your page showed it. Nothing of yours was saved; look at the finding as it "
        "is now and repeat what still applies."
    )


class StandsOtherwiseError(NotAllowedNowError):
    """The action is possible at this stage, but not as this piece stands (当前不可)."""

    code = "stands_otherwise"


class TextTooLongError(InvalidError):
    """A text is longer than its place (文字过长)."""

    code = "text_too_long"
    template: ClassVar[str] = msg(
        "“%(field)s” has %(count)s characters, and at most %(limit)s fit. Shorten it; nothing was changed."
    )


class InvalidFieldError(InvalidError):
    """A value that cannot be taken as it is (填写有误)."""

    code = "invalid_field"


class DuePastError(InvalidError):
    """A due date that is past already, and nobody said that it is meant (时限已过); ``days`` since it."""

    code = "due_past"
    template: ClassVar[str] = msg(
        "The due date %(due)s was %(days)s days ago, so the finding would be overdue from the start. Give a "
        "later day, or confirm that this one is meant; nothing was changed."
    )


class CalendarUnreadableError(InvalidError):
    """The office's own calendar file cannot be read (日历文件无法读取)."""

    code = "calendar_unreadable"
    template: ClassVar[str] = msg(
        "The calendar file %(path)s, named by ZHENGGAI_CALENDAR_FILE, cannot be read as UTF-8 text; correct "
        "the path or the file, or unset the setting to count by the calendar that comes along."
    )
