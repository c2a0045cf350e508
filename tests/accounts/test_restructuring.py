"""Organisations renamed, moved and merged: nothing of what was is lost, and every path follows."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.conftest import Before, World
from zhenggai.accounts import leading, selectors, services
from zhenggai.accounts.errors import NotActiveError
from zhenggai.accounts.kinds import PAST_WHY_LABELS, PastWhy
from zhenggai.accounts.models import GroupSeat, LeadingGroup, Organisation, OrganisationPast, Oversight, Post
from zhenggai.accounts.services.organisations import DEEPEST
from zhenggai.domain.actor import Role
from zhenggai.domain.errors import InvalidError, NotAllowedNowError, NotFoundError, NotPermittedError
from zhenggai.trail import selectors as trail
from zhenggai.trail.chains import ChainKey


def fresh(world: World, name: str) -> Organisation:
    row: Organisation = Organisation.objects.get(pk=world.organisations[name].pk)
    return row


def move(world: World, which: str, below: str, by: str = "first") -> Organisation:
    return services.organisation_move(
        organisation_id=world.organisations[which].pk,
        parent_id=world.organisations[below].pk,
        actor=world.actor(by),
        at=world.later(),
    )


def merge(world: World, which: str, into: str, by: str = "first") -> Organisation:
    return services.organisation_merge(
        organisation_id=world.organisations[which].pk,
        into_id=world.organisations[into].pk,
        actor=world.actor(by),
        at=world.later(),
    )


def last_event(world: World) -> Any:
    return trail.event_views(trail.events_of(ChainKey.organisation(world.organisations["云山县"].pk)))[-1]


@pytest.fixture
def county(world: World) -> World:
    """A second bureau beside the first, and a desk below the section."""
    world.organisation("别处局", "云山县")
    world.organisation("示例组", "示例股")
    return world


def whole(world: World) -> None:
    """The tree is as treebeard wants it, and every person and post is reached where they lie."""
    assert Organisation.objects.find_problems() == ([], [], [], [], [])


def test_every_reason_has_a_label() -> None:
    assert set(PAST_WHY_LABELS) == set(PastWhy)


def test_a_moved_organisation_takes_everything_below_along_and_keeps_where_it_stood(county: World) -> None:
    county.grant("li", Role.HANDLER, "示例股")
    move(county, "示例股", "别处局")
    section, desk = fresh(county, "示例股"), fresh(county, "示例组")
    assert section.path.startswith(fresh(county, "别处局").path)
    assert desk.path.startswith(section.path)
    assert county.actor("li").has(Role.HANDLER, desk.path)
    (past,) = selectors.organisation_past(section)
    assert (past.why, past.name, past.parent.name) == ("moved", "示例股", "示例局")
    event = last_event(county)
    assert (event.name, event.subject_id) == ("accounts.organisation.moved", section.pk)
    assert event.values == {"organisation": "示例股", "former": "示例局", "parent": "别处局"}
    whole(county)


def test_posts_of_the_former_place_hold_there_no_more(county: World) -> None:
    county.grant("zhang", Role.UNIT_HEAD, "示例局")
    assert county.actor("zhang").has(Role.UNIT_HEAD, fresh(county, "示例组").path)
    move(county, "示例股", "别处局")
    assert not county.actor("zhang").has(Role.UNIT_HEAD, fresh(county, "示例组").path)


def test_a_new_name_keeps_the_former_one(county: World) -> None:
    section = county.organisations["示例股"]
    services.organisation_edit(
        organisation_id=section.pk,
        name="示例科",
        short_name="科",
        is_active=True,
        actor=county.actor("first"),
        at=county.later(),
    )
    assert [(each.why, each.name) for each in selectors.organisation_past(section)] == [("renamed", "示例股")]


def test_a_merged_organisation_stays_on_record_below_its_successor(county: World) -> None:
    post = county.grant("li", Role.HANDLER, "示例股")
    group = services.group_set_up(
        organisation_id=county.organisations["示例股"].pk,
        name="示例股领导小组",
        actor=county.actor("first"),
        at=county.later(),
    )
    services.group_seat_give(
        group_id=group.pk,
        person_id=county.people["zhang"].pk,
        place="member",
        actor=county.actor("first"),
        at=county.later(),
    )
    county.confirm(county.grant("zhang", Role.RESPONSIBLE_LEADER, "示例局"))
    services.oversight_set(
        unit_id=county.organisations["示例股"].pk,
        leader_id=county.people["zhang"].pk,
        actor=county.actor("first"),
        at=county.later(),
    )
    hanging = selectors.organisation_hanging(fresh(county, "示例股"), county.at.date())
    assert (hanging.people, hanging.posts, hanging.below) == (1, 1, 1)
    merge(county, "示例股", "别处局")
    section, heir, desk = (fresh(county, name) for name in ("示例股", "别处局", "示例组"))
    assert (section.is_active, section.successor_id) == (False, heir.pk)
    assert section.path.startswith(heir.path)
    assert desk.path[:-4] == heir.path
    post.refresh_from_db()
    assert post.ended_on == county.at.date()
    assert selectors.person_get(county.people["li"].pk).organisation_id == heir.pk
    assert LeadingGroup.objects.get().ended_on is not None
    assert GroupSeat.objects.get().ended_on is not None
    assert Oversight.objects.get().ended_on is not None
    assert leading.responsible_leader_proposed(section.pk, county.at.date()) is None
    assert [each.why for each in selectors.organisation_past(section)] == ["merged"]
    event = last_event(county)
    assert event.name == "accounts.organisation.merged"
    assert event.values["people"] == ["li示例"]
    assert (event.values["into"], event.values["posts_ended"], event.values["below"]) == (
        "别处局",
        1,
        ["示例组"],
    )
    whole(county)


def test_an_organisation_does_not_merge_into_one_above_it(county: World) -> None:
    before = Before.now()
    with pytest.raises(NotAllowedNowError, match="nobody could tell who fixed from who confirms"):
        merge(county, "示例股", "示例局")
    assert Before.now() == before
    whole(county)


def test_what_was_merged_stays_closed_and_goes_nowhere_by_itself(county: World) -> None:
    merge(county, "示例股", "别处局")
    before = Before.now()
    for act, sentence in (
        (lambda: move(county, "示例股", "示例局"), "moves with that one"),
        (lambda: merge(county, "示例股", "示例局"), "was merged already"),
        (
            lambda: services.organisation_edit(
                organisation_id=county.organisations["示例股"].pk,
                name="示例股",
                short_name="",
                is_active=True,
                actor=county.actor("first"),
                at=county.later(),
            ),
            "was merged into 别处局 and stays closed",
        ),
    ):
        with pytest.raises(NotAllowedNowError) as refusal:
            act()
        assert sentence in str(refusal.value)
    assert Before.now() == before


@pytest.mark.parametrize("act", [move, merge])
@pytest.mark.parametrize(
    ("by", "which", "to", "error", "sentence"),
    [
        ("first", "云山县", "示例局", NotAllowedNowError, "is the root organisation and stays"),
        ("first", "示例局", "示例组", NotAllowedNowError, "is 示例局 itself or lies below it"),
        ("first", "示例局", "示例局", NotAllowedNowError, "is 示例局 itself or lies below it"),
        ("second", "示例股", "别处局", NotPermittedError, "It is for: system administrator"),
        (
            "first",
            "示例股",
            "星河区",
            NotAllowedNowError,
            "lies in another tree, whose trail is another chain",
        ),
        ("first", "示例股", "旧局", NotActiveError, "旧局 is closed"),
        ("first", "示例股", "无", NotFoundError, "no such organisation"),
    ],
)
def test_what_cannot_go_there_stays_where_it_is(
    county: World, act: Any, by: str, which: str, to: str, error: type[Exception], sentence: str
) -> None:
    county.organisations["星河区"] = Organisation.objects.add_root(
        instance=Organisation(name="星河区", kind="area")
    )
    # administers both trees, so that the tree alone stands in the way
    Post.objects.create(
        person=county.people["first"],
        organisation=county.organisations["星河区"],
        role=Role.SYSTEM_ADMIN,
        started_on=county.at.date(),
        granted_by=county.people["second"],
        confirmed_by=county.people["zhang"],
        confirmed_at=county.at,
    )
    county.organisation("旧局", "云山县")
    Organisation.objects.filter(pk=county.organisations["旧局"].pk).update(is_active=False)
    county.organisations["无"] = Organisation(pk=999, path="0009")
    before = Before.now()
    with pytest.raises(error) as refusal:
        act(county, which, to, by=by)
    assert sentence in str(refusal.value)
    assert Before.now() == before


def test_a_sister_with_the_name_stands_in_the_way_and_nothing_is_half_done(county: World) -> None:
    county.organisation("示例股", "别处局")
    first = Organisation.objects.filter(name="示例股").order_by("pk")[0]
    county.organisations["示例股"] = first
    before = Before.now()
    for act in (move, merge):
        with pytest.raises(NotAllowedNowError) as refusal:
            act(county, "示例股", "别处局")
        assert "There is an organisation “示例股” at this place already." in str(refusal.value)
    assert Before.now() == before


def test_it_lies_below_that_one_already(county: World) -> None:
    before = Before.now()
    with pytest.raises(NotAllowedNowError) as refusal:
        move(county, "示例股", "示例局")
    assert "示例股 lies below 示例局 already" in str(refusal.value)
    assert Before.now() == before


def test_nothing_is_moved_too_deep(county: World) -> None:
    Organisation.objects.filter(pk=county.organisations["别处局"].pk).update(depth=DEEPEST - 1)
    before = Before.now()
    with pytest.raises(InvalidError) as refusal:
        move(county, "示例股", "别处局")
    assert "60 levels deep" in str(refusal.value)
    assert Before.now() == before


def test_the_last_administrators_seat_is_not_merged_away(county: World) -> None:
    county.person("wang", "示例局")
    county.confirm(county.grant("wang", Role.SYSTEM_ADMIN, "示例股"))
    merge(county, "示例股", "别处局")
    assert Post.objects.get(person=county.people["wang"]).ended_on is not None


def test_the_database_keeps_a_merged_organisation_closed(county: World) -> None:
    row = Organisation.objects.filter(pk=merge(county, "示例股", "别处局").pk)
    for wrong in ({"is_active": True}, {"successor_id": county.organisations["示例股"].pk}):
        with pytest.raises(IntegrityError), transaction.atomic():
            row.update(**wrong)
    assert OrganisationPast.objects.count() == 2
