from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.conftest import TODAY, World
from zhenggai.accounts import selectors
from zhenggai.domain.actor import Actor, Role
from zhenggai.domain.errors import NotFoundError


def queries(context: CaptureQueriesContext) -> int:
    return len(context.captured_queries)


def test_an_actor_is_found_with_one_query(world: World) -> None:
    for role in (Role.HANDLER, Role.UNIT_HEAD, Role.AUDITOR):
        world.grant("zhang", role, "示例局")
    with CaptureQueriesContext(connection) as context:
        actor = selectors.actor_of(world.people["zhang"], TODAY)
    assert queries(context) == 1
    assert actor.label == "zhang示例"
    assert [grant.role for grant in actor.grants] == [Role.HANDLER, Role.UNIT_HEAD, Role.AUDITOR]


@pytest.fixture
def other_county(world: World) -> World:
    """A second bureau with its own people, which others must not see."""
    world.organisation("别局", "云山县")
    world.person("chen", "别局")
    world.grant("chen", Role.HANDLER, "别局")
    return world


def test_organisations_are_seen_at_and_below_ones_posts(other_county: World) -> None:
    world = other_county
    world.grant("zhang", Role.UNIT_HEAD, "示例局")
    names = [organisation.name for organisation in selectors.organisations_visible(world.actor("zhang"))]
    assert names == ["示例局", "示例股"]
    assert [each.name for each in selectors.organisations_visible(world.actor("chen"))] == ["别局"]
    everything = ["云山县", "示例局", "示例股", "别局"]
    assert [each.name for each in selectors.organisations_visible(world.actor("first"))] == everything
    assert not selectors.organisations_visible(world.actor("li"))
    assert not selectors.organisations_visible(world.actor("zhang"), *selectors.PEOPLE_ROLES)
    assert not selectors.organisations_visible(Actor(1, "x"))


def test_people_are_listed_with_their_open_posts_in_three_queries(other_county: World) -> None:
    world = other_county
    world.grant("chen", Role.AUDITOR, "示例局")
    with CaptureQueriesContext(connection) as context:
        people = list(selectors.people_of(world.organisations["示例局"].path, on=TODAY))
        listed = {
            person.username: [(post.role, post.organisation.name) for post in person.open_posts]  # type: ignore[attr-defined]
            for person in people
        }
        assert {person.organisation.name for person in people} == {"示例局", "示例股", "别局"}
    assert queries(context) == 2
    assert listed == {"zhang": [], "li": [], "chen": [("auditor", "示例局"), ("handler", "别局")]}


def test_an_administrator_sees_the_people_of_what_he_administers(other_county: World) -> None:
    world = other_county
    world.person("wu", "别局")
    world.confirm(world.grant("wu", Role.SYSTEM_ADMIN, "别局"))
    assert {person.username for person in selectors.people_visible(world.actor("wu"))} == {"chen", "wu"}
    assert selectors.people_visible(world.actor("first")).count() == 6
    assert not selectors.people_visible(world.actor("chen"))


def test_people_with_a_role_are_found_at_above_and_below(other_county: World) -> None:
    world = other_county
    path = world.organisations["示例局"].path
    world.confirm(world.grant("zhang", Role.RESPONSIBLE_LEADER, "示例局"))
    world.confirm(world.grant("li", Role.RESPONSIBLE_LEADER, "云山县"))
    world.confirm(world.grant("chen", Role.RESPONSIBLE_LEADER, "别局"))
    world.person("wu", "示例股")
    world.grant("wu", Role.RESPONSIBLE_LEADER, "示例股")
    found = selectors.people_with_role(Role.RESPONSIBLE_LEADER, path, TODAY)
    assert {person.username for person in found} == {"zhang", "li"}


def test_single_things_are_found_or_refused(world: World) -> None:
    post = world.grant("zhang", Role.HANDLER, "示例局")
    bureau = world.organisations["示例局"]
    assert selectors.person_get(world.people["li"].pk).organisation.name == "示例股"
    assert selectors.post_get(post.pk).person.username == "zhang"
    assert selectors.organisation_get(bureau.pk) == bureau
    assert [each.name for each in selectors.organisations_below(bureau.path)] == ["示例局", "示例股"]
    assert selectors.names_of([world.people["li"].pk, 999]) == {world.people["li"].pk: "li示例"}
    for find in (selectors.person_get, selectors.post_get, selectors.organisation_get):
        with pytest.raises(NotFoundError):
            find(999)
    with pytest.raises(NotFoundError):
        selectors.organisation_root_id("ZZZZ")
