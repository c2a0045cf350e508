"""Posts and the part of the tree over which they hold."""

from __future__ import annotations

import pytest

from zhenggai.domain.actor import (
    ADMIN_ROLES,
    CONFIRMED_ROLES,
    ROLE_LABELS,
    SIGNING_ROLES,
    Actor,
    Grant,
    Role,
    needs_factor,
    roles_against,
)

CITY, BUREAU, UNIT, OTHER = "0001", "00010001", "000100010001", "0002"
ACTOR = Actor(
    7,
    "张示例",
    (Grant(Role.OFFICE_CLERK, 2, BUREAU), Grant(Role.AUDITOR, 1, CITY), Grant(Role.HANDLER, 3, UNIT)),
)


def test_a_post_holds_for_its_organisation_and_all_below_it():
    grant = Grant(Role.OFFICE_CLERK, 2, BUREAU)
    assert [grant.covers(path) for path in (CITY, BUREAU, UNIT, OTHER)] == [False, True, True, False]


def test_roles_are_those_of_all_posts():
    assert ACTOR.roles == {Role.OFFICE_CLERK, Role.AUDITOR, Role.HANDLER}
    assert Actor(8, "李示例").roles == frozenset()


@pytest.mark.parametrize(
    ("role", "path", "has"),
    [
        (Role.OFFICE_CLERK, None, True),
        (Role.OFFICE_CLERK, UNIT, True),
        (Role.OFFICE_CLERK, CITY, False),
        (Role.AUDITOR, UNIT, True),
        (Role.AUDITOR, OTHER, False),
        (Role.VERIFIER, None, False),
        (Role.VERIFIER, CITY, False),
    ],
)
def test_a_role_is_held_anywhere_or_over_an_organisation(role, path, has):
    assert ACTOR.has(role, path) is has


def test_a_role_about_an_organisation_is_held_at_above_or_below_it():
    assert ACTOR.has_about(Role.OFFICE_CLERK, BUREAU)
    assert ACTOR.has_about(Role.OFFICE_CLERK, UNIT)
    assert ACTOR.has_about(Role.OFFICE_CLERK, CITY)
    assert not ACTOR.has_about(Role.OFFICE_CLERK, OTHER)
    assert not ACTOR.has_about(Role.VERIFIER, BUREAU)


def test_paths_of_roles_leave_out_what_lies_below_another():
    assert ACTOR.paths_of(Role.OFFICE_CLERK, Role.HANDLER) == (BUREAU,)
    assert ACTOR.paths_of(Role.OFFICE_CLERK, Role.AUDITOR) == (CITY,)
    assert ACTOR.paths_of(Role.PUBLISHER) == ()


def test_every_role_has_its_label_and_deciding_posts_are_signing_posts():
    assert set(ROLE_LABELS) == set(Role)
    assert not ADMIN_ROLES & SIGNING_ROLES


@pytest.mark.parametrize("role", list(Role))
def test_nobody_administers_and_signs_nor_is_two_of_the_three(role):
    kept_apart = roles_against(role)
    if role in ADMIN_ROLES:
        assert kept_apart == (ADMIN_ROLES | SIGNING_ROLES) - {role}
    else:
        assert kept_apart == (ADMIN_ROLES if role in SIGNING_ROLES else set())
    assert all(role in roles_against(other) for other in kept_apart)
    assert Actor(1, "示例", (Grant(role, 1, "0001"),)).administers is (role in ADMIN_ROLES)
    assert Role.HANDLER not in SIGNING_ROLES


@pytest.mark.parametrize(
    ("rule", "needing"),
    [
        ("optional", set()),
        ("administrators", ADMIN_ROLES),
        ("signing", ADMIN_ROLES | SIGNING_ROLES),
        ("all", set(Role)),
    ],
)
def test_a_second_factor_is_needed_as_the_setting_says(rule, needing):
    assert {role for role in Role if needs_factor(frozenset({role}), rule)} == needing
    assert not needs_factor(frozenset(), rule)


SIGN = ["responsible_leader", "office_clerk", "leading_group", "verifier", "inspector"]
ADMINISTER = ["system_admin", "security_admin", "audit_admin"]


@pytest.mark.parametrize("signs", SIGN)
@pytest.mark.parametrize("administers", ADMINISTER)
def test_whoever_signs_administers_nothing_and_is_confirmed_by_a_second_person(signs, administers):
    assert Role(signs) in roles_against(Role(administers))
    assert Role(administers) in roles_against(Role(signs))
    assert {Role(signs), Role(administers)} <= CONFIRMED_ROLES
