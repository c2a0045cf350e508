"""Oversight: who is proposed as the responsible leader of a unit."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from accounts.conftest import Before, World
from zhenggai.accounts import leading, services
from zhenggai.accounts.models import Oversight
from zhenggai.domain.actor import Role
from zhenggai.domain.errors import InvalidError, NotAllowedNowError, NotFoundError, NotPermittedError
from zhenggai.trail import selectors as trail
from zhenggai.trail.chains import ChainKey

TODAY = date(2026, 1, 2)
LATER = date(2026, 3, 1)


@pytest.fixture
def county(world: World) -> World:
    """Two leaders of the bureau, and its clerk."""
    for name in ("wu", "zheng", "clerk"):
        world.person(name, "示例局")
    for name in ("wu", "zheng"):
        world.confirm(world.grant(name, Role.RESPONSIBLE_LEADER, "示例局"))
    world.confirm(world.grant("clerk", Role.OFFICE_CLERK, "示例局"))
    return world


def oversee(world: World, leader: str, unit: str, by: str = "first", **given: Any) -> Oversight:
    return services.oversight_set(
        unit_id=world.organisations[unit].pk,
        leader_id=world.people[leader].pk,
        actor=world.actor(by),
        at=world.later(),
        **given,
    )


def proposed(world: World, unit: str, on: date = TODAY) -> str:
    person = leading.responsible_leader_proposed(world.organisations[unit].pk, on)
    return person.username if person else ""


def test_the_nearest_oversight_above_a_unit_proposes_its_leader(county: World) -> None:
    assert proposed(county, "示例股") == ""
    oversee(county, "wu", "示例局")
    assert (proposed(county, "示例股"), proposed(county, "示例局"), proposed(county, "云山县")) == (
        "wu",
        "wu",
        "",
    )
    oversee(county, "zheng", "示例股", by="clerk")
    assert (proposed(county, "示例股"), proposed(county, "示例局")) == ("zheng", "wu")


def test_a_new_leader_takes_the_unit_over_on_the_day_and_the_former_stays_on_record(county: World) -> None:
    first = oversee(county, "wu", "示例股")
    oversee(county, "zheng", "示例股", started_on=LATER)
    first.refresh_from_db()
    assert first.ended_on == LATER
    assert (proposed(county, "示例股"), proposed(county, "示例股", LATER)) == ("wu", "zheng")
    event = trail.event_views(trail.events_of(ChainKey.organisation(county.organisations["云山县"].pk)))[-1]
    assert (event.name, event.values["former"]) == ("accounts.oversight.set", "wu示例")


def test_who_leads_no_more_is_not_proposed(county: World) -> None:
    oversee(county, "wu", "示例股")
    services.person_deactivate(
        person_id=county.people["wu"].pk, actor=county.actor("first"), at=county.later()
    )
    assert proposed(county, "示例股") == ""
    assert Oversight.objects.get().ended_on == TODAY


def test_an_oversight_whose_leader_lost_the_post_proposes_nobody(county: World) -> None:
    oversee(county, "wu", "示例股")
    post = county.people["wu"].posts.get()
    services.post_end(post_id=post.pk, actor=county.actor("first"), at=county.later())
    assert proposed(county, "示例股") == ""


def test_several_units_are_proposed_for_in_two_queries(county: World, django_assert_num_queries: Any) -> None:
    oversee(county, "wu", "示例局")
    units = [county.organisations[name] for name in ("云山县", "示例局", "示例股")]
    with django_assert_num_queries(2):
        found = leading.leaders_proposed(units, TODAY)
    assert {unit_id: person.username for unit_id, person in found.items()} == {
        units[1].pk: "wu",
        units[2].pk: "wu",
    }
    assert leading.leaders_proposed([], TODAY) == {}
    assert leading.responsible_leader_proposed(999, TODAY) is None


def test_an_oversight_ends_and_is_recorded(county: World) -> None:
    row = oversee(county, "wu", "示例股")
    services.oversight_end(oversight_id=row.pk, actor=county.actor("clerk"), at=county.later())
    assert proposed(county, "示例股") == ""
    before = Before.now()
    with pytest.raises(NotAllowedNowError) as refusal:
        services.oversight_end(oversight_id=row.pk, actor=county.actor("first"), at=county.later())
    assert "ended on 2026-01-02 already" in str(refusal.value)
    with pytest.raises(NotFoundError):
        services.oversight_end(oversight_id=999, actor=county.actor("first"), at=county.later())
    assert Before.now() == before


@pytest.mark.parametrize(
    ("by", "leader", "unit", "given", "error", "sentence"),
    [
        ("first", "zhang", "示例股", {}, InvalidError, "holds no post as responsible leader"),
        ("first", "wu", "示例股", {}, NotAllowedNowError, "wu示例 oversees 示例股 already"),
        (
            "first",
            "zheng",
            "示例股",
            {"started_on": date(2025, 12, 1)},
            NotAllowedNowError,
            "so nobody else can from 2025-12-01",
        ),
        ("clerk", "wu", "云山县", {}, NotFoundError, "no such organisation"),
        (
            "second",
            "wu",
            "示例局",
            {},
            NotPermittedError,
            "It is for: system administrator, rectification office",
        ),
    ],
)
def test_an_oversight_that_cannot_be_is_refused(
    county: World,
    by: str,
    leader: str,
    unit: str,
    given: dict[str, Any],
    error: type[Exception],
    sentence: str,
) -> None:
    oversee(county, "wu", "示例股")
    before = Before.now()
    with pytest.raises(error) as refusal:
        oversee(county, leader, unit, by=by, **given)
    assert sentence in str(refusal.value)
    assert Before.now() == before


def test_an_oversight_cannot_have_ended_before_it_began(county: World) -> None:
    row = oversee(county, "wu", "示例股")
    before = Before.now()
    with pytest.raises(InvalidError) as refusal:
        services.oversight_end(
            oversight_id=row.pk, ended_on=date(2025, 1, 1), actor=county.actor("first"), at=county.later()
        )
    assert "cannot have ended on 2025-01-01" in str(refusal.value)
    assert Before.now() == before
