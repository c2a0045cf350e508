"""Leading groups: who has a place in them, and the head as the second hand of a post that signs."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.conftest import Before, World
from zhenggai.accounts import leading, services
from zhenggai.accounts.errors import NotActiveError, NotOnOneselfError, SeparationError
from zhenggai.accounts.kinds import GROUP_PLACE_LABELS, GroupPlace
from zhenggai.accounts.models import GroupSeat, LeadingGroup, Post
from zhenggai.domain.actor import Role
from zhenggai.domain.errors import InvalidError, NotAllowedNowError, NotFoundError, NotPermittedError
from zhenggai.trail import selectors as trail
from zhenggai.trail.chains import ChainKey

TODAY = date(2026, 1, 2)


def set_up(world: World, by: str = "first", **changed: Any) -> LeadingGroup:
    given: dict[str, Any] = {
        "organisation_id": world.organisations["示例局"].pk,
        "name": "示例局巡察整改工作领导小组",
        "actor": world.actor(by),
        "at": world.later(),
    }
    return services.group_set_up(**given | changed)


def give(
    world: World, group: LeadingGroup, name: str, place: str, by: str = "first", **given: Any
) -> GroupSeat:
    return services.group_seat_give(
        group_id=group.pk,
        person_id=world.people[name].pk,
        place=place,
        actor=world.actor(by),
        at=world.later(),
        **given,
    )


def confirm_seat(world: World, seat: GroupSeat, by: str = "second") -> GroupSeat:
    return services.group_seat_confirm(seat_id=seat.pk, actor=world.actor(by), at=world.later())


@pytest.fixture
def group(world: World) -> LeadingGroup:
    return set_up(world, basis="示例党组〔2026〕1号", office_unit_id=world.organisations["示例股"].pk)


@pytest.fixture
def head(world: World, group: LeadingGroup) -> GroupSeat:
    """Zhang heads the group: he holds the post that two gave him, and two named him."""
    world.confirm(world.grant("zhang", Role.LEADING_GROUP, "示例局"))
    return confirm_seat(world, give(world, group, "zhang", "head"))


def test_a_leading_group_stands_with_its_office_and_is_recorded(world: World, group: LeadingGroup) -> None:
    shown = leading.group_get(world.actor("second"), group.pk)
    assert (shown.name, shown.office_unit.name) == ("示例局巡察整改工作领导小组", "示例股")
    event = trail.event_views(trail.events_of(ChainKey.organisation(world.organisations["云山县"].pk)))[-1]
    assert event.name == "accounts.group.set_up"
    assert event.values["basis"] == "示例党组〔2026〕1号"
    assert event.values["office_unit"] == "示例股"


def test_every_place_has_a_label() -> None:
    assert set(GROUP_PLACE_LABELS) == set(GroupPlace)


def test_a_head_named_by_one_is_none_until_the_security_administrator_confirms(
    world: World, group: LeadingGroup
) -> None:
    world.confirm(world.grant("zhang", Role.LEADING_GROUP, "示例局"))
    seat = give(world, group, "zhang", "head")
    path = world.organisations["示例股"].path
    assert leading.group_heads(path, TODAY) == frozenset()
    confirm_seat(world, seat)
    assert leading.group_heads(path, TODAY) == {world.people["zhang"].pk}
    assert leading.group_heads(world.organisations["云山县"].path, TODAY) == frozenset()


def test_the_head_is_the_second_hand_of_a_post_that_signs(
    world: World, group: LeadingGroup, head: GroupSeat
) -> None:
    post = world.grant("li", Role.RESPONSIBLE_LEADER, "示例股")
    seen = leading.group_get(world.actor("zhang"), group.pk)
    waiting = leading.posts_for_head(world.actor("zhang"), seen, TODAY)
    assert [each.pk for each in waiting] == [post.pk]
    confirmed = world.confirm(post, by="zhang")
    assert confirmed.confirmed_by_id == world.people["zhang"].pk
    assert leading.posts_for_head(world.actor("zhang"), seen, TODAY) == []
    event = trail.event_views(trail.events_of(ChainKey.organisation(world.organisations["云山县"].pk)))[-1]
    assert (event.name, event.actor) == ("accounts.post.confirmed", "zhang示例")


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN])
def test_the_head_confirms_no_administrator(world: World, head: GroupSeat, role: Role) -> None:
    post = world.grant("li", role, "示例局")
    before = Before.now()
    with pytest.raises(NotPermittedError) as refusal:
        world.confirm(post, by="zhang")
    assert "None of your posts lets you confirm a post" in str(refusal.value)
    assert Before.now() == before


def test_the_head_confirms_nothing_of_his_own_and_nothing_elsewhere(world: World, head: GroupSeat) -> None:
    world.organisation("别处局", "云山县")
    world.person("wang", "别处局")
    own = world.grant("zhang", Role.VERIFIER, "示例局")
    elsewhere = world.grant("wang", Role.VERIFIER, "别处局")
    before = Before.now()
    with pytest.raises(NotOnOneselfError):
        world.confirm(own, by="zhang")
    with pytest.raises(NotFoundError):
        world.confirm(elsewhere, by="zhang")
    assert Before.now() == before


@pytest.mark.parametrize("ended", ["seat", "post", "group"])
def test_who_is_head_no_longer_confirms_nothing(
    world: World, group: LeadingGroup, head: GroupSeat, ended: str
) -> None:
    post = world.grant("li", Role.VERIFIER, "示例股")
    actor = world.actor("zhang")
    if ended == "seat":
        services.group_seat_end(seat_id=head.pk, actor=world.actor("second"), at=world.later())
    elif ended == "group":
        services.group_dissolve(group_id=group.pk, actor=world.actor("first"), at=world.later())
    else:
        held = Post.objects.get(person=world.people["zhang"], role=Role.LEADING_GROUP)
        services.post_end(post_id=held.pk, actor=world.actor("first"), at=world.later())
    before = Before.now()
    with pytest.raises(NotPermittedError):
        services.post_confirm(post_id=post.pk, actor=actor, at=world.later())
    assert Before.now() == before


def test_a_member_without_the_place_of_the_head_is_no_second_hand(world: World, group: LeadingGroup) -> None:
    world.confirm(world.grant("zhang", Role.LEADING_GROUP, "示例局"))
    give(world, group, "zhang", "deputy")
    post = world.grant("li", Role.VERIFIER, "示例股")
    before = Before.now()
    with pytest.raises(NotPermittedError):
        world.confirm(post, by="zhang")
    assert Before.now() == before


def test_a_head_holds_the_post_that_two_gave(world: World, group: LeadingGroup) -> None:
    world.grant("zhang", Role.LEADING_GROUP, "示例局")
    before = Before.now()
    with pytest.raises(NotAllowedNowError) as refusal:
        give(world, group, "zhang", "head")
    assert "holds no confirmed post “leading group” in 示例局" in str(refusal.value)
    assert Before.now() == before


def test_the_database_refuses_a_head_by_one_hand(world: World, head: GroupSeat) -> None:
    row = GroupSeat.objects.filter(pk=head.pk)
    for wrong in (
        {"confirmed_by": head.named_by_id},
        {"confirmed_by": head.person_id},
        {"named_by": head.person_id},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            row.update(**wrong)


def test_who_names_a_head_does_not_confirm_it(world: World, group: LeadingGroup) -> None:
    world.confirm(world.grant("zhang", Role.LEADING_GROUP, "示例局"))
    seat = give(world, group, "zhang", "head")
    before = Before.now()
    for by in ("first", "zhang"):
        with pytest.raises(NotPermittedError):
            confirm_seat(world, seat, by=by)
    assert Before.now() == before
    confirm_seat(world, seat)
    with pytest.raises(NotAllowedNowError) as refusal:
        confirm_seat(world, seat)
    assert "has been confirmed or ended already" in str(refusal.value)


def test_nobody_who_administers_sits_in_a_leading_group(
    world: World, group: LeadingGroup, head: GroupSeat
) -> None:
    before = Before.now()
    with pytest.raises(SeparationError) as refusal:
        give(world, group, "second", "member")
    assert "nobody who does sits in a leading group" in str(refusal.value)
    give_member = give(world, group, "li", "member")
    with pytest.raises(SeparationError) as refusal:
        world.grant("li", Role.AUDIT_ADMIN, "云山县")
    assert "sits in “示例局巡察整改工作领导小组”" in str(refusal.value)
    services.group_seat_end(seat_id=give_member.pk, actor=world.actor("first"), at=world.later())
    assert world.grant("li", Role.AUDIT_ADMIN, "云山县").pk
    assert len(Before.now().rows[4]) == len(before.rows[4]) + 1


@pytest.mark.usefixtures("nothing_changes")
@pytest.mark.parametrize(
    ("by", "changed", "error", "sentence"),
    [
        ("first", {"name": " "}, InvalidError, "The leading group has no name"),
        ("first", {"organisation_id": 999}, NotFoundError, "no such organisation"),
        ("first", {"office_unit_id": 999}, InvalidError, "an open organisation of the same tree"),
        ("second", {}, NotPermittedError, "It is for: system administrator"),
    ],
)
def test_a_leading_group_that_cannot_be_is_refused(
    world: World, by: str, changed: dict[str, Any], error: type[Exception], sentence: str
) -> None:
    with pytest.raises(error) as refusal:
        set_up(world, by, **changed)
    assert sentence in str(refusal.value)


def test_an_organisation_has_one_leading_group_at_a_time(world: World, group: LeadingGroup) -> None:
    before = Before.now()
    with pytest.raises(NotAllowedNowError) as refusal:
        set_up(world)
    assert "has the leading group “示例局巡察整改工作领导小组” already" in str(refusal.value)
    assert Before.now() == before
    services.group_dissolve(group_id=group.pk, actor=world.actor("first"), at=world.later())
    assert set_up(world).pk != group.pk


@pytest.mark.parametrize(
    ("person", "place", "given", "error", "sentence"),
    [
        ("li", "guest", {}, InvalidError, "“guest” is no place"),
        ("first", "member", {}, NotOnOneselfError, "your own account"),
        ("li", "member", {"started_on": date(2025, 1, 1)}, InvalidError, "2025-01-01 is past"),
        ("zhang", "head", {}, NotAllowedNowError, "zhang示例 is “head of the leading group” already"),
        ("zhang", "member", {}, NotAllowedNowError, "zhang示例 is “member” already"),
    ],
)
def test_a_place_that_cannot_be_given_is_refused(
    world: World,
    group: LeadingGroup,
    head: GroupSeat,
    person: str,
    place: str,
    given: dict[str, Any],
    error: type[Exception],
    sentence: str,
) -> None:
    give(world, group, "zhang", "member")
    before = Before.now()
    with pytest.raises(error) as refusal:
        give(world, group, person, place, **given)
    assert sentence in str(refusal.value)
    assert Before.now() == before


def test_a_dissolved_group_stays_on_record_and_changes_no_more(
    world: World, group: LeadingGroup, head: GroupSeat
) -> None:
    services.group_dissolve(group_id=group.pk, actor=world.actor("first"), at=world.later())
    head.refresh_from_db()
    assert head.ended_on == TODAY
    before = Before.now()
    for service, given in (
        (services.group_edit, {"name": "新名"}),
        (services.group_dissolve, {}),
        (services.group_seat_give, {"person_id": world.people["li"].pk, "place": "member"}),
    ):
        with pytest.raises(NotAllowedNowError) as refusal:
            service(group_id=group.pk, actor=world.actor("first"), at=world.later(), **given)
        assert "is dissolved as of 2026-01-02" in str(refusal.value)
    with pytest.raises(NotAllowedNowError):
        services.group_seat_end(seat_id=head.pk, actor=world.actor("first"), at=world.later())
    assert Before.now() == before
    assert [each.pk for each in leading.groups_visible(world.actor("first"))] == [group.pk]


def test_a_change_of_the_group_is_recorded_once(world: World, group: LeadingGroup) -> None:
    given = {"group_id": group.pk, "actor": world.actor("first"), "at": world.later()}
    services.group_edit(name="改名后的领导小组", **given)
    before = Before.now()
    services.group_edit(name="改名后的领导小组", **given)
    assert Before.now() == before


def test_a_closed_account_leaves_its_place_and_takes_none(
    world: World, group: LeadingGroup, head: GroupSeat
) -> None:
    services.person_deactivate(
        person_id=world.people["zhang"].pk, actor=world.actor("first"), at=world.later()
    )
    head.refresh_from_db()
    assert head.ended_on == TODAY
    with pytest.raises(NotActiveError):
        give(world, group, "zhang", "member")


def test_only_those_about_an_organisation_see_its_group(world: World, group: LeadingGroup) -> None:
    world.grant("li", Role.HANDLER, "示例股")
    with pytest.raises(NotFoundError):
        leading.group_get(world.actor("li"), group.pk)
    assert list(leading.groups_visible(world.actor("li"))) == []
    with pytest.raises(NotFoundError):
        services.group_edit(group_id=999, name="甲", actor=world.actor("first"), at=world.later())
    with pytest.raises(NotFoundError):
        services.group_seat_end(seat_id=999, actor=world.actor("first"), at=world.later())
