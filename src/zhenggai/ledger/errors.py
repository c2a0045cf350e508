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
    "AmountUnnamedError",
    "CalendarUnreadableError",
    "ClosureRefusedError",
    "DuePastError",
    "EditStandsError",
    "ExportGoneError",
    "ExportsWaitingError",
    "FindingNotFoundError",
    "HeadingNotFoundError",
    "HeadingStaleError",
    "HeadingTakenError",
    "InspectionNotFoundError",
    "InvalidFieldError",
    "MissingTextError",
    "NameTakenError",
    "NothingToReportError",
    "PieceNotFoundError",
    "PlacingBarredError",
    "PlanNotFoundError",
    "ProfileElsewhereError",
    "ProfileNotFoundError",
    "ProfileOfOtherKindError",
    "ProfileStaleError",
    "ProfileUnchangedError",
    "ReasonTooShortError",
    "ReportRequestNotFoundError",
    "RestatingBarredError",
    "RoundDaysError",
    "RoundNotFoundError",
    "RoundOfOtherBodyError",
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


class EditStandsError(NotAllowedNowError):
    """What was set cannot be taken back any more (不可撤销): ``what`` was set ``when``."""

    code = "edit_stands"
    template: ClassVar[str] = msg(
        "“%(what)s” of %(when)s is not taken back: the finding no longer has what it set, because somebody "
        "changed it since. Look at the row as it stands now; nothing was changed."
    )
    again_template: ClassVar[str] = msg("“%(what)s” of %(when)s was taken back already; nothing was changed.")
    decided_template: ClassVar[str] = msg(
        "“%(what)s” of %(when)s is not taken back: “%(later)s” by %(who)s rests on it. Make the change anew, "
        "by the way the finding's page offers; nothing was changed."
    )
    plan_template: ClassVar[str] = msg(
        "“%(what)s” of %(when)s is not taken back while the plan with this finding waits for approval. "
        "Withdraw the plan first, or wait for the decision; nothing was changed."
    )
    first_template: ClassVar[str] = msg(
        "“%(what)s” of %(when)s set what had not been set, or what is never taken back, so there is nothing "
        "to go back to. Change it to what is right; nothing was changed."
    )
    none_template: ClassVar[str] = msg(
        "There is no change of yours here that could be taken back; nothing was changed."
    )


class RestatingBarredError(NotAllowedNowError):
    """The stage or the plan of a finding keeps what a document would change (不可采用)."""

    code = "restating_barred"
    template: ClassVar[str] = msg(
        "Of the finding “%(number)s %(title)s” this is not taken from a file. %(why)s Nothing was written; "
        "compare again and leave it out."
    )


class PlanNotFoundError(NotFoundError):
    """No such plan, or not this actor's to see (无此方案)."""

    code = "plan_not_found"
    template: ClassVar[str] = msg(
        "There is no such plan among those you can see. The page of each inspection lists its plans."
    )


class ProfileNotFoundError(NotFoundError):
    """No such profile or version, or not this actor's to see (无此规则)."""

    code = "profile_not_found"
    template: ClassVar[str] = msg(
        "There is no such profile among those you can see. The page of profiles lists those you can open."
    )


class RoundNotFoundError(NotFoundError):
    """No such round, or not this actor's to see (无此轮次)."""

    code = "round_not_found"
    template: ClassVar[str] = msg(
        "There is no such round among those you can see. The page of rounds lists those you can open."
    )


class ReportRequestNotFoundError(NotFoundError):
    """No such report request, or not this actor's to see (无此填报通知)."""

    code = "report_request_not_found"
    template: ClassVar[str] = msg(
        "There is no such report request among those you can see. The page of reports of each inspection "
        "lists those you can open."
    )


class NothingToReportError(NotAllowedNowError):
    """No finding on which a unit could report (无可填报问题)."""

    code = "nothing_to_report"
    template: ClassVar[str] = msg(
        "No finding of this inspection is with a unit: none is assigned, accepted or being rectified, so "
        "nobody could report. Assign findings first; nothing was changed."
    )


class NameTakenError(InvalidError):
    """The name is another's already (名称重复)."""

    code = "name_taken"
    template: ClassVar[str] = msg(
        "“%(title)s” is there already; give another name, or change the one that is there. "
        "Nothing was changed."
    )


class ProfileElsewhereError(InvalidError):
    """A profile of an organisation that is not above the inspected one (规则不适用)."""

    code = "profile_elsewhere"
    template: ClassVar[str] = msg(
        "The profile “%(title)s” does not hold for “%(subject)s”: it is of another organisation. Choose one "
        "of its own, of one above it or of those for all. Nothing was changed."
    )


class ProfileOfOtherKindError(InvalidError):
    """A profile for another kind of inspection (规则种类不符)."""

    code = "profile_of_other_kind"
    template: ClassVar[str] = msg(
        "The profile “%(title)s” is for “%(its)s”, and this inspection is of the kind “%(kind)s”; choose a "
        "profile of that kind, or none to take the default. Nothing was changed."
    )


class ProfileUnchangedError(NotAllowedNowError):
    """A new version that would say what the last one says (规则未变)."""

    code = "profile_unchanged"
    template: ClassVar[str] = msg(
        "Version %(number)s says exactly this already, so no new version was made. Change a rule first."
    )


class ProfileStaleError(NotAllowedNowError):
    """Somebody made a version meanwhile (规则已有新版本)."""

    code = "profile_stale"
    template: ClassVar[str] = msg(
        "Version %(number)s of this profile was made since your page was loaded, by %(who)s; nothing of "
        "yours was saved. Look at that version and repeat what still applies."
    )


class EvaluationStaleError(NotAllowedNowError):
    """Somebody evaluated meanwhile, or the same was sent twice (已有新评估)."""

    code = "evaluation_stale"
    template: ClassVar[str] = msg(
        "Evaluation no. %(number)s, “%(grade)s” as of %(day)s, was made since your page was loaded, by "
        "%(who)s; nothing of yours was saved. Read it first: evaluating again supersedes it."
    )


class RoundDaysError(InvalidError):
    """A round that would end before it begins (轮次日期有误)."""

    code = "round_days"
    template: ClassVar[str] = msg(
        "The round would end on %(ends)s, before it begins on %(begins)s; give a later end or none. "
        "Nothing was changed."
    )


class RoundOfOtherBodyError(InvalidError):
    """An inspection and a round of different inspecting bodies or kinds (轮次不符)."""

    code = "round_of_other_body"
    template: ClassVar[str] = msg(
        "The round “%(title)s” is one of %(body)s for “%(kind)s”, and this inspection is not; choose a round "
        "of its own inspecting body and kind. Nothing was changed."
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


class HeadingNotFoundError(NotFoundError):
    """The inspection has no such theme or group (无此方面或大项)."""

    code = "heading_not_found"
    template: ClassVar[str] = msg(
        "This inspection has no such theme or group. The tree lists those it has; nothing was changed."
    )


class HeadingStaleError(NotAllowedNowError):
    """A theme or group stands otherwise than the page showed (归类已变)."""

    code = "heading_stale"
    template: ClassVar[str] = msg(
        "The group “%(title)s” was put under “%(now)s” since your page was loaded. Nothing of yours was "
        "saved; look at the tree as it is now and repeat what still applies."
    )
    titled_template: ClassVar[str] = msg(
        "“%(title)s” is called “%(now)s” since your page was loaded. Nothing of yours was saved; look at the "
        "tree as it is now and repeat what still applies."
    )


class HeadingTakenError(NotAllowedNowError):
    """Another heading of this title stands there (标题重复)."""

    code = "heading_taken"
    template: ClassVar[str] = msg(
        "“%(title)s” is there already. Give one of the two another title, or move the findings into the one "
        "that is there; nothing was changed."
    )


class PlacingBarredError(NotAllowedNowError):
    """The plan or the stage of a finding keeps it where it stands (不可移动)."""

    code = "placing_barred"
    template: ClassVar[str] = msg(
        "“%(finding)s” stays where it stands in the tree, and so do its theme and its group. %(why)s Nothing "
        "was changed."
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


class NobodyAboveError(NotAllowedNowError):
    """A new situation waits where nobody is above (上级无人): there it is answered."""

    code = "nobody_above"
    template: ClassVar[str] = msg(
        "The new situation “%(text)s” waits with: %(level)s. Above that nobody of this inspection can "
        "take it, so it is answered there. Nothing was changed."
    )


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


class AmountUnnamedError(InvalidError):
    """Money must be recovered, and nobody said how much, or that it is still being found out (金额未填)."""

    code = "amount_unnamed"
    template: ClassVar[str] = msg(
        "Money must be recovered, and how much is not named. Name the amount in yuan, or confirm that it is "
        "still being found out: then it is named later, and before that the finding is not closed. Nothing "
        "was changed."
    )


class CalendarUnreadableError(InvalidError):
    """The office's own calendar file cannot be read (日历文件无法读取)."""

    code = "calendar_unreadable"
    template: ClassVar[str] = msg(
        "The calendar file %(path)s, named by ZHENGGAI_CALENDAR_FILE, cannot be read as UTF-8 text; correct "
        "the path or the file, or unset the setting to count by the calendar that comes along."
    )


class ExportGoneError(NotFoundError):
    """No such workbook of this person, or its time is over (导出文件已失效)."""

    code = "export_gone"
    template: ClassVar[str] = msg(
        "This workbook is not there any more, or holds what you no longer see. Have it made again from the "
        "ledger's page."
    )


class ExportsWaitingError(NotAllowedNowError):
    """Too many workbooks are waited for (导出任务过多)."""

    code = "exports_waiting"
    template: ClassVar[str] = msg(
        "%(count)s workbooks are being made for you; wait until one of them is ready. Nothing was ordered."
    )
