"""The dates that follow from a feedback (整改各阶段时限)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from zhenggai.domain.working_days import add_months, months_after

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class TimeRules:
    """The terms of one kind of inspection, in months (整改期限规则).

    ``plan``: from the feedback to the plan (整改方案). ``concentrated``: from the feedback to the end of
    concentrated work (集中整改). ``report_every``: between reports after that, until all is done.
    ``evaluation``: from the day all is done to the evaluation (整改评估).
    """

    plan_months: int = 1
    concentrated_months: int = 3
    report_every_months: int = 3
    evaluation_months: int = 1


# Source: DOMAIN §7 (default)
LOCAL_TIME_RULES: Final = TimeRules()
CENTRAL_TIME_RULES: Final = TimeRules(concentrated_months=6)


def plan_due(feedback_on: date, rules: TimeRules = LOCAL_TIME_RULES) -> date:
    """Last day for handing in the plan (整改方案报送期限)."""
    return add_months(feedback_on, rules.plan_months)


def concentrated_until(feedback_on: date, rules: TimeRules = LOCAL_TIME_RULES) -> date:
    """Last day of concentrated work (集中整改期限)."""
    return add_months(feedback_on, rules.concentrated_months)


def report_days(feedback_on: date, until: date, rules: TimeRules = LOCAL_TIME_RULES) -> tuple[date, ...]:
    """The days by which progress is reported (整改进展报送日): the end of concentrated work, then by period.

    Every day is counted from the feedback, so that the 31st does not slide to the 28th for good. ``until`` is
    the day all was done, or the day that is asked about; a period under way at that day is not due yet.
    """
    days: list[date] = []
    months = rules.concentrated_months
    while (day := months_after(feedback_on, months)) <= until:
        days.append(day)
        months += rules.report_every_months
    return tuple(days)


def evaluation_due(done_on: date, rules: TimeRules = LOCAL_TIME_RULES) -> date:
    """Last day for the evaluation (整改评估期限) after the day on which all was done."""
    return add_months(done_on, rules.evaluation_months)


class MilestoneKind(StrEnum):
    """A day that follows from the feedback (整改节点)."""

    PLAN = "plan"
    CONCENTRATED = "concentrated"
    REPORT = "report"
    EVALUATION = "evaluation"


@dataclass(frozen=True, slots=True)
class Milestone:
    """One such day; ``done_on`` is when what it asks for was done, None while it is not."""

    kind: MilestoneKind
    due: date
    done_on: date | None = None


def report_next(feedback_on: date, on: date, rules: TimeRules = LOCAL_TIME_RULES) -> date:
    """The next day by which progress is reported (下次报送日): ``on`` itself where it is one.

    As `report_days`: the end of concentrated work first, then by period, each counted from the feedback.
    """
    # the last period that begins its month no later than ``on``: every one before it is past
    whole = (on.year - feedback_on.year) * 12 + on.month - feedback_on.month
    periods = max(0, (whole - rules.concentrated_months) // rules.report_every_months)
    months = rules.concentrated_months + periods * rules.report_every_months
    while (day := months_after(feedback_on, months)) < on:
        months += rules.report_every_months
    return day


def milestones(
    feedback_on: date,
    on: date,
    rules: TimeRules = LOCAL_TIME_RULES,
    *,
    plan_on: date | None = None,
    done_on: date | None = None,
    evaluated_on: date | None = None,
) -> tuple[Milestone, ...]:
    """The days that count on ``on`` (整改节点), in their order.

    ``plan_on``: when the plan was handed in; ``done_on``: when all was done. Then no report is due any more,
    and the evaluation is, until ``evaluated_on``. The first report closes the concentrated period, so it is
    told apart only after it.
    """
    end = concentrated_until(feedback_on, rules)
    found = [
        Milestone(MilestoneKind.PLAN, plan_due(feedback_on, rules), plan_on),
        Milestone(MilestoneKind.CONCENTRATED, end, done_on),
    ]
    if done_on is not None:
        found.append(Milestone(MilestoneKind.EVALUATION, evaluation_due(done_on, rules), evaluated_on))
    else:
        found.append(Milestone(MilestoneKind.REPORT, report_next(feedback_on, on, rules)))
    return tuple(found)
