"""Profiles: read from JSON or refused with field, value and the possible; canonical; told line by line."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace

import pytest

from zhenggai.domain.actor import Role
from zhenggai.domain.counting import Denominator, Rounding
from zhenggai.domain.deadlines import Light, WarningDays
from zhenggai.domain.extending import ExtensionLadderError
from zhenggai.domain.inspections import InspectionKind
from zhenggai.domain.ladder import LadderError
from zhenggai.domain.planning import PlanLadderError
from zhenggai.domain.profile_lines import SECTION_LABELS, Section, profile_changes, profile_lines
from zhenggai.domain.profile_reading import ProfileClashError, ProfileFieldError, ProfileKeyError
from zhenggai.domain.profiles import (
    DEFAULT_PROFILE,
    Colour,
    Term,
    Word,
    content_digest,
    profile_content,
    profile_digest,
    profile_from,
    seeded_kind,
)
from zhenggai.domain.terms import TimeRules


def content(path="", value=None, *, drop=False):
    """The default content with one place changed or taken out."""
    changed = deepcopy(profile_content(DEFAULT_PROFILE))
    at = changed
    *way, last = path.split(".")
    for key in way:
        at = at[key]
    if drop:
        del at[last]
    elif path:
        at[last] = value
    return changed


def test_a_profile_reads_back_as_it_was_written():
    other = replace(
        DEFAULT_PROFILE,
        words={**DEFAULT_PROFILE.words, Term.CLOSING: Word("验收销号", "Acceptance")},
        time=TimeRules(2, 6, 1, 2),
        warning=WarningDays(30, 5),
        warned={**DEFAULT_PROFILE.warned, Light.NEAR: ()},
        colours={**DEFAULT_PROFILE.colours, Light.NEAR: Colour.BLUE},
        counting=replace(
            DEFAULT_PROFILE.counting, denominator=Denominator.MEASURES, rounding=Rounding.DOWN, places=0
        ),
    )
    assert profile_from(profile_content(other)) == other
    assert profile_from(content()) == DEFAULT_PROFILE


def test_a_version_made_before_extensions_says_the_default_ladder():
    before = content("extension_ladder", drop=True)
    assert profile_from(before) == DEFAULT_PROFILE
    assert content_digest(before) != profile_digest(DEFAULT_PROFILE)
    ladders = (
        ["office_clerk"],
        ["office_clerk", "office_clerk"],
        ["verifier", "responsible_leader"],
        ["unit_head", "office_clerk"],
        ["responsible_leader", "joint_review"],
        ["responsible_leader", "office_clerk", "nobody"],
    )
    for names in ladders:
        with pytest.raises(ExtensionLadderError, match="at least two different known steps"):
            profile_from(content("extension_ladder", names))


def test_the_digest_is_of_what_is_said_and_not_of_how_it_is_ordered():
    upside_down = dict(reversed(content().items()))
    assert profile_digest(profile_from(upside_down)) == profile_digest(DEFAULT_PROFILE)
    changed = profile_from(content("time.plan_months", 2))
    assert profile_digest(changed) != profile_digest(DEFAULT_PROFILE)
    assert len(profile_digest(changed)) == 64


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        ("format", "other/1", "“format” of the profile cannot be “other/1”; possible is zhenggai.profile/1."),
        (
            "time",
            [],
            "cannot be “[]”; possible is an object with the keys plan_months, concentrated_months",
        ),
        (
            "time.plan_months",
            0,
            "“time.plan_months” of the profile cannot be “0”; possible is a whole",
        ),
        ("time.plan_months", 61, "possible is a whole number from 1 to 60."),
        ("time.plan_months", True, "cannot be “True”"),
        ("time.plan_months", "1", "“time.plan_months” of the profile cannot be “1”"),
        ("warning.near_days", 181, "possible is a whole number from 0 to 180."),
        ("counting.places", -1, "“counting.places” of the profile cannot be “-1”"),
        ("counting.stage_closed_counts", 1, "possible is true, false."),
        ("counting.denominator", "money", "cannot be “money”; possible is findings, measures."),
        ("counting.rounding", None, "cannot be “None”; possible is half_up, down."),
        (
            "colours.overdue",
            "#f00",
            "“colours.overdue” of the profile cannot be “#f00”; possible is grey,",
        ),
        ("warned.near", "handler", "“warned.near” of the profile cannot be “handler”; possible is a list"),
        ("warned.near", ["auditor"], "cannot be “auditor”; possible is some of these, none twice: handler,"),
        ("warned.near", ["handler", "handler"], "cannot be “handler, handler”"),
        ("ladder", [1, 2], "“ladder” of the profile cannot be “[1, 2]”; possible is a list of names."),
        ("words.plan", "方案", "“words.plan” of the profile cannot be “方案”; possible is an object"),
        ("words.plan.zh", " \u200b", "“words.plan.zh” of the profile cannot be"),
        ("words.plan.en", "x" * 31, "possible is a text of 1 to 30 characters."),
        ("words.plan.en", 5, "“words.plan.en” of the profile cannot be “5”"),
    ],
)
def test_a_value_that_cannot_be_is_refused_with_what_can(path, value, sentence):
    with pytest.raises(ProfileFieldError) as refusal:
        profile_from(content(path, value))
    assert sentence in str(refusal.value)
    assert str(refusal.value).endswith("Nothing was changed.")


def test_the_whole_is_an_object():
    with pytest.raises(ProfileFieldError, match="“profile” of the profile cannot be “None”"):
        profile_from(None)


@pytest.mark.parametrize(
    ("path", "place"),
    [("ladder", "ladder"), ("words.round", "words.round"), ("time.plan_months", "time.plan_months")],
)
def test_a_key_that_is_missing_is_named(path, place):
    with pytest.raises(ProfileKeyError, match=f"The profile lacks “{place}”"):
        profile_from(content(path, drop=True))


@pytest.mark.parametrize("path", ["colors", "words.title", "counting.money", "colours.near_miss"])
def test_an_unknown_key_is_refused(path):
    with pytest.raises(ProfileKeyError, match=f"A profile knows no “{path}”"):
        profile_from(content(path, "x"))


def test_ladders_that_break_the_rules_of_closing_are_refused():
    with pytest.raises(LadderError):
        profile_from(content("ladder", ["office_clerk", "responsible_leader"]))
    with pytest.raises(LadderError):
        profile_from(content("ladder", ["office_clerk"]))
    with pytest.raises(PlanLadderError):
        profile_from(content("plan_ladder", ["responsible_leader"]))


def test_times_that_contradict_each_other_are_refused():
    with pytest.raises(ProfileClashError, match="The plan would be due 4 months after the feedback"):
        profile_from(content("time.plan_months", 4))
    with pytest.raises(ProfileClashError, match="The second warning, 20 days before the due date"):
        profile_from(content("warning.very_near_days", 20))


def test_words_are_one_line_without_what_shows_nothing():
    read = profile_from(content("words.plan.zh", " 整改\n方案\u200b "))
    assert read.word(Term.PLAN, "zh-hans") == read.word(Term.PLAN, "zh-hant") == "整改 方案"
    assert read.word(Term.PLAN, "en") == "Rectification plan"


def test_warned_roles_stand_in_one_order():
    read = profile_from(content("warned.near", ["office_clerk", "handler"]))
    assert read.warned[Light.NEAR] == (Role.HANDLER, Role.OFFICE_CLERK)


def test_other_inspections_go_by_the_rules_of_the_usual_ones():
    assert seeded_kind(InspectionKind.OTHER) is InspectionKind.INSPECTION
    assert seeded_kind(InspectionKind.AUDIT) is InspectionKind.AUDIT


def test_a_profile_is_told_line_by_line():
    lines = {line.name: str(line.value) for line in profile_lines(DEFAULT_PROFILE)}
    assert lines["plan"] == "整改方案 / Rectification plan"
    assert lines["ladder"] == "responsible leader → rectification office"
    assert lines["warned_very_near"] == "handler, responsible leader"
    assert lines["colour_overdue"] == "red"
    assert (lines["stage_closed_counts"], lines["places"], lines["rounding"]) == ("no", "2", "half up")
    assert {line.section for line in profile_lines(DEFAULT_PROFILE)} == set(Section) == set(SECTION_LABELS)


def test_two_versions_are_compared_rule_by_rule():
    after = profile_from(content("warned.overdue", []))
    after = replace(after, counting=replace(after.counting, stage_closed_counts=True))
    changes = profile_changes(DEFAULT_PROFILE, after)
    assert [(str(each.label), str(each.before), str(each.after)) for each in changes] == [
        ("Told when overdue", "handler, head of unit", "nobody"),
        ("Long-term work closed for a stage counts as done", "no", "yes"),
    ]
    assert profile_changes(after, after) == ()


def test_what_a_profile_may_leave_out_changes_nothing_where_it_does():
    assert {"steps", "promise"}.isdisjoint(content())
    assert profile_from(content()).promise == ""
    said = {"leading_group": {"kind": "quorum", "count": 3}}
    changed = {
        **content("ladder", ["responsible_leader", "leading_group"]),
        "steps": said,
        "promise": "  本人承诺材料真实。 ",
    }
    rules = profile_from(changed)
    assert (rules.promise, rules.ladder[1].count) == ("本人承诺材料真实。", 3)
    assert profile_content(rules)["steps"] == said
    assert profile_from(profile_content(rules)) == rules
    lines = {line.name: str(line.value) for line in profile_lines(rules)}
    assert lines["promise"] == "本人承诺材料真实。"
    assert lines["ladder"] == "responsible leader → leading group (3 of them sign)"
    assert {line.name: str(line.value) for line in profile_lines(DEFAULT_PROFILE)}[
        "promise"
    ] == "none is asked"


@pytest.mark.parametrize("promise", ["", " ", "长" * 501, 5])
def test_a_promise_that_says_nothing_or_too_much_is_refused(promise):
    with pytest.raises(ProfileFieldError, match="“promise” of the profile"):
        profile_from({**content(), "promise": promise})
