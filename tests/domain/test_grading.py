"""Grades of a profile, and the day that an evaluation is of."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from zhenggai.domain.grading import (
    DEFAULT_GRADES,
    EvaluationDayError,
    GradeUnknownError,
    check_evaluation_day,
    check_grade,
    covers_the_last,
    grades_of,
)
from zhenggai.domain.phases import PHASE_LABELS, Phase, phase_of
from zhenggai.domain.planning import PlanState
from zhenggai.domain.profile_lines import profile_lines
from zhenggai.domain.profile_reading import ProfileClashError, ProfileFieldError
from zhenggai.domain.profiles import DEFAULT_PROFILE, profile_content, profile_digest, profile_from

DAY = date(2026, 6, 30)


def test_grades_stand_in_a_profile_and_a_version_without_them_says_the_default():
    content = profile_content(DEFAULT_PROFILE)
    # versions that say nothing of grades keep their digest
    assert "grades" not in content
    assert profile_from(content).grades == DEFAULT_GRADES
    own = profile_from({**content, "grades": ["优秀", "合格", "不合格"]})
    assert own.grades == ("优秀", "合格", "不合格")
    assert profile_from(profile_content(own)) == own
    assert profile_digest(own) != profile_digest(DEFAULT_PROFILE)
    assert profile_lines(own)[-1].value.values == {"value": "优秀、合格、不合格"}


@pytest.mark.parametrize("value", [["好"], ["好", "好"], [str(each) for each in range(11)], []])
def test_too_few_too_many_or_the_same_grades_are_refused(value):
    with pytest.raises(ProfileClashError, match="from 2 to 10 grades, none twice"):
        grades_of(value)


@pytest.mark.parametrize("value", ["好", [1, 2], ["好", " "], ["好", "差" * 21]])
def test_what_is_no_list_of_short_texts_is_refused(value):
    with pytest.raises(ProfileFieldError, match="“grades”"):
        grades_of(value)


def test_a_grade_is_one_of_the_rules():
    assert check_grade("较好", DEFAULT_GRADES) == "较好"
    with pytest.raises(GradeUnknownError, match="choose one of 好、较好、一般、差"):
        check_grade("优", DEFAULT_GRADES)


def test_an_evaluation_is_of_a_day_from_the_feedback_to_today_and_never_before_the_last():
    assert check_evaluation_day(DAY, DAY, DAY, DAY) == DAY
    assert check_evaluation_day(DAY, DAY, None, None) == DAY
    for values, words in (
        ((DAY, date(2026, 6, 29), None, None), "yet to come"),
        ((DAY, DAY, date(2026, 7, 1), None), "before the feedback"),
        ((DAY, DAY, None, date(2026, 7, 1)), "before the one that stands"),
    ):
        with pytest.raises(EvaluationDayError, match=words):
            check_evaluation_day(*values)


@pytest.mark.parametrize(
    ("phase", "values"),
    [
        (Phase.NO_FINDINGS, {"findings": 0}),
        (Phase.PLANNING, {"plan_state": None}),
        (Phase.PLANNING, {"plan_state": PlanState.SENT_BACK}),
        (Phase.PLAN_WAITS, {"plan_state": PlanState.SUBMITTED}),
        (Phase.CONCENTRATED, {}),
        (Phase.CONCENTRATED, {"plan_required": False, "plan_state": None, "concentrated_until": None}),
        (Phase.SUSTAINED, {"on": date(2026, 7, 1)}),
        (Phase.TO_EVALUATE, {"open_findings": 0}),
        (Phase.EVALUATED, {"open_findings": 0, "is_evaluated": True}),
        (Phase.CONCENTRATED, {"is_evaluated": True}),
    ],
)
def test_where_the_work_stands_follows_from_plan_day_and_findings(phase, values):
    usual = {
        "findings": 3,
        "open_findings": 1,
        "plan_required": True,
        "plan_state": PlanState.APPROVED,
        "concentrated_until": DAY,
        "on": DAY,
        "is_evaluated": False,
    }
    assert phase_of(**{**usual, **values}) is phase
    assert PHASE_LABELS[phase]


def test_an_evaluation_is_of_all_the_work_when_it_was_made_after_the_last_closing_and_of_its_day():
    closed = datetime(2026, 6, 30, 15)  # noqa: DTZ001 - only compared with moments of the same kind
    hour, day = timedelta(hours=1), timedelta(days=1)
    for made, on, covers in (
        (closed + hour, DAY, True),
        (closed + day, DAY + day, True),
        # in the morning of that day, at the same moment, and afterwards of the day before
        (closed - 5 * hour, DAY, False),
        (closed, DAY, False),
        (closed + day, DAY - day, False),
    ):
        assert covers_the_last(made, on, closed, DAY) is covers
