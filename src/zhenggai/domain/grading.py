"""Evaluating the rectification of an inspection (整改评估): the grades there are, and what is held to.

Source: DOMAIN §7, an evaluation within a month after all is done; the list of grades is a default.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from zhenggai.domain.errors import InvalidError, NotAllowedNowError
from zhenggai.domain.messages import msg
from zhenggai.domain.profile_reading import Place, ProfileClashError, names, text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

GRADE_MOST: Final = 20
GRADES_LEAST: Final = 2
GRADES_MOST: Final = 10
DEFAULT_GRADES: Final = ("好", "较好", "一般", "差")


class GradeUnknownError(InvalidError):
    """A grade that the inspection's rules do not have (等次不在规则内)."""

    code = "grade_unknown"
    template: ClassVar[str] = msg(
        "“%(grade)s” is no grade of this inspection's rules; choose one of %(grades)s. Nothing was changed."
    )


class EvaluationDayError(InvalidError):
    """A day on which the work cannot be evaluated (评估日期有误); the sentence says why."""

    code = "evaluation_day"
    to_come: ClassVar[str] = msg(
        "The evaluation would be of %(day)s, which is yet to come; figures are counted to today, %(today)s. "
        "Nothing was changed."
    )
    too_early: ClassVar[str] = msg(
        "The evaluation would be of %(day)s, before the feedback of %(first)s, when there was nothing to put "
        "right yet. Choose a later day; nothing was changed."
    )
    before_last: ClassVar[str] = msg(
        "The evaluation would be of %(day)s, before the one that stands, of %(first)s; a later evaluation "
        "supersedes an earlier one, never the other way round. Choose a later day; nothing was changed."
    )


class NothingToEvaluateError(NotAllowedNowError):
    """An inspection without findings (无可评估问题)."""

    code = "nothing_to_evaluate"
    template: ClassVar[str] = msg(
        "No finding of this inspection stood on %(day)s as far as you see, so there is nothing to evaluate. "
        "Import the feedback first, or choose a later day; nothing was changed."
    )


def grades_of(value: Any) -> tuple[str, ...]:
    """The grades of a profile (评定等次), the best first: 2 to 10, none twice.

    :raises ProfileFieldError: when it is no list of texts.
    :raises ProfileClashError: when there are too few or too many, or one stands twice.
    """
    listed = names(Place("grades"), value)
    found = tuple(text(Place("grades"), each, GRADE_MOST) for each in listed)
    if not GRADES_LEAST <= len(found) <= GRADES_MOST or len(set(found)) != len(found):
        raise ProfileClashError(
            msg(
                "A profile has from %(least)s to %(most)s grades, none twice, and these are %(count)s: "
                "%(grades)s. Nothing was changed."
            ),
            least=GRADES_LEAST,
            most=GRADES_MOST,
            count=len(found),
            grades="、".join(found),
        )
    return found


def check_grade(grade: str, grades: Sequence[str]) -> str:
    """A grade that the rules have (等次核对), as they write it.

    :raises GradeUnknownError: for any other.
    """
    if grade not in grades:
        raise GradeUnknownError(grade=grade[:GRADE_MOST], grades="、".join(grades))
    return grade


def check_evaluation_day(day: date, today: date, feedback_on: date | None, last_on: date | None) -> date:
    """A day as of whose end the work can be evaluated (评估日期核对).

    ``last_on``: the day of the evaluation that stands.

    :raises EvaluationDayError: when it is to come, before the feedback, or before the last evaluation.
    """
    if day > today:
        raise EvaluationDayError(EvaluationDayError.to_come, day=day.isoformat(), today=today.isoformat())
    if feedback_on is not None and day < feedback_on:
        raise EvaluationDayError(
            EvaluationDayError.too_early, day=day.isoformat(), first=feedback_on.isoformat()
        )
    if last_on is not None and day < last_on:
        raise EvaluationDayError(
            EvaluationDayError.before_last, day=day.isoformat(), first=last_on.isoformat()
        )
    return day


def covers_the_last(evaluated_at: datetime, evaluated_on: date, closed_at: datetime, closed_on: date) -> bool:
    """Whether an evaluation is of all the work (评估是否涵盖最后一次销号).

    It was made after the last closing, and as of the day of that closing or a later one: what is closed later
    on the same day asks for another evaluation, and so does one that counts an earlier day.
    """
    return evaluated_at > closed_at and evaluated_on >= closed_on
