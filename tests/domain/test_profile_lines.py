"""The rules of a profile in words: every one of them, and what a later version says differently."""

from __future__ import annotations

from dataclasses import replace

import pytest

from zhenggai.domain.counting import CountingRule
from zhenggai.domain.profile_lines import LABELS, Section, profile_changes, profile_lines
from zhenggai.domain.profiles import DEFAULT_PROFILE

# by hand, in the order of the page; words and lights by how many there are
NAMED = {
    Section.LADDERS: ["ladder", "plan_ladder", "extension_ladder", "promise"],
    Section.TIME: [
        "plan_months",
        "concentrated_months",
        "report_every_months",
        "evaluation_months",
        "answer_working_days",
    ],
    Section.WARNING: [
        "near_days",
        "very_near_days",
        "near_working_days",
        "warned_near",
        "warned_very_near",
        "warned_overdue",
    ],
    Section.COUNTING: [
        "denominator",
        "stage_closed_counts",
        "substantially_done_counts",
        "places",
        "rounding",
    ],
    Section.GRADES: ["grades"],
}
SAID = {line.name: str(line.value) for line in profile_lines(DEFAULT_PROFILE)}


@pytest.mark.parametrize("section", NAMED)
def test_every_rule_of_a_part_is_told_in_its_order(section):
    lines = [line for line in profile_lines(DEFAULT_PROFILE) if line.section is section]
    assert [line.name for line in lines] == NAMED[section]
    assert all(str(line.label) for line in lines)


def test_every_rule_has_its_word():
    assert set(LABELS) == {
        name for names in NAMED.values() for name in names if not name.startswith("warned_")
    }


def test_every_word_and_every_light_is_told():
    sections = [line.section for line in profile_lines(DEFAULT_PROFILE)]
    assert sections.count(Section.WORDS) == len(DEFAULT_PROFILE.words)
    assert sections.count(Section.COLOURS) == len(DEFAULT_PROFILE.colours)


def test_what_a_rule_says_is_told_as_it_stands():
    assert SAID["near_days"] == str(DEFAULT_PROFILE.warning.near_days)
    assert SAID["very_near_days"] == str(DEFAULT_PROFILE.warning.very_near_days)
    assert SAID["near_working_days"] == str(DEFAULT_PROFILE.answers.near_working_days)
    assert SAID["answer_working_days"] == str(DEFAULT_PROFILE.answers.answer_working_days)
    assert SAID["plan_months"] == str(DEFAULT_PROFILE.time.plan_months)
    assert SAID["ladder"] == "responsible leader → rectification office"
    assert SAID["promise"] == "none is asked"
    assert (SAID["stage_closed_counts"], SAID["places"]) == ("no", "2")


def test_a_later_version_says_what_it_changes_and_nothing_else():
    later = replace(
        DEFAULT_PROFILE, promise="所填内容真实。", counting=CountingRule(stage_closed_counts=True)
    )
    changes = profile_changes(DEFAULT_PROFILE, later)
    assert [(str(each.before), str(each.after)) for each in changes] == [
        ("none is asked", "所填内容真实。"),
        ("no", "yes"),
    ]
    assert profile_changes(later, later) == ()


def test_where_nobody_is_told_the_page_says_so():
    nobody = replace(DEFAULT_PROFILE, warned=dict.fromkeys(DEFAULT_PROFILE.warned, ()))
    told = {line.name: str(line.value) for line in profile_lines(nobody)}
    assert {told[f"warned_{light}"] for light in DEFAULT_PROFILE.warned} == {"nobody"}
    assert "nobody" not in {SAID[f"warned_{light}"] for light in DEFAULT_PROFILE.warned}
