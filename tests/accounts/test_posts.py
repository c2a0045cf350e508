from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.conftest import TODAY, World
from zhenggai.accounts import selectors, services
from zhenggai.accounts.errors import NotActiveError, NotOnOneselfError, PostStandsError, SeparationError
from zhenggai.accounts.models import Post
from zhenggai.domain.actor import ADMIN_ROLES, CONFIRMED_ROLES, SIGNING_ROLES, Grant, Role
from zhenggai.domain.errors import InvalidError, NotAllowedNowError, NotFoundError, NotPermittedError
from zhenggai.trail import selectors as trail
from zhenggai.trail.chains import ChainKey

TOMORROW = TODAY + timedelta(days=1)
YESTERDAY = TODAY - timedelta(days=1)
SIGNING = sorted(SIGNING_ROLES)
OTHERS = sorted(set(Role) - CONFIRMED_ROLES)
ADMINS = sorted(ADMIN_ROLES)


def grants(world: World, name: str) -> list[tuple[Role, str]]:
    return [(grant.role, grant.path) for grant in world.actor(name).grants]


def last_event(world: World) -> trail.EventView:
    root = world.organisations["云山县"].pk
    return trail.event_views(trail.events_of(ChainKey.organisation(root)))[-1]


@pytest.mark.parametrize("role", OTHERS)
def test_a_post_that_does_not_sign_holds_at_once(world: World, role: Role) -> None:
    world.grant("zhang", role, "示例局", title="示例科长")
    bureau = world.organisations["示例局"]
    works_alone = role is Role.UNIT_HEAD
    assert world.actor("zhang").grants == (Grant(role, bureau.pk, bureau.path, by_two=not works_alone),)
    event = last_event(world)
    assert (event.name, event.subject_id) == ("accounts.post.granted", world.people["zhang"].pk)
    assert event.values == {
        "person": "zhang示例",
        "organisation": "示例局",
        "role": role.value,
        "title": "示例科长",
        "started_on": "2026-01-02",
        "ended_on": None,
    }


@pytest.mark.parametrize("role", SIGNING)
def test_a_post_that_signs_holds_once_a_second_administrator_has_confirmed_it(
    world: World, role: Role
) -> None:
    post = world.grant("zhang", role, "示例局")
    assert grants(world, "zhang") == []
    assert [waiting.pk for waiting in selectors.posts_unconfirmed(world.actor("second"))] == [post.pk]
    confirmed = world.confirm(post)
    assert confirmed.confirmed_by_id == world.people["second"].pk
    assert grants(world, "zhang") == [(role, world.organisations["示例局"].path)]
    assert last_event(world).name == "accounts.post.confirmed"
    assert last_event(world).actor == "second示例"
    assert not selectors.posts_unconfirmed(world.actor("second"))


def test_who_gave_a_post_cannot_confirm_it_not_even_as_security_administrator_later(world: World) -> None:
    world.confirm(world.grant("li", Role.SYSTEM_ADMIN, "云山县"))
    post = world.grant("zhang", Role.OFFICE_CLERK, "示例局", by="li")
    with pytest.raises(NotPermittedError) as refusal:
        world.confirm(post, by="li")
    assert "It is for: security administrator." in str(refusal.value)
    own = Post.objects.get(person=world.people["li"])
    services.post_end(post_id=own.pk, actor=world.actor("first"), at=world.later())
    world.confirm(world.grant("li", Role.SECURITY_ADMIN, "云山县"))
    with pytest.raises(NotPermittedError) as refusal:
        world.confirm(post, by="li")
    assert "a post that signs is given by two" in str(refusal.value)
    assert grants(world, "zhang") == []


@pytest.mark.parametrize("role", [*SIGNING, Role.HANDLER, *ADMINS])
@pytest.mark.usefixtures("nothing_changes")
def test_nobody_gives_himself_a_post(world: World, role: Role) -> None:
    with pytest.raises(NotOnOneselfError):
        world.grant("first", role, "示例局")


@pytest.mark.parametrize("role", SIGNING)
@pytest.mark.usefixtures("nothing_changes")
def test_an_administrator_is_given_no_post_that_signs(world: World, role: Role) -> None:
    with pytest.raises(SeparationError) as refusal:
        world.grant("second", role, "示例股")
    assert "nobody both administers and signs" in str(refusal.value)
    assert "second示例 holds the post “security administrator”" in str(refusal.value)


@pytest.mark.parametrize("role", SIGNING)
@pytest.mark.parametrize("confirmed", [True, False])
def test_who_signs_or_is_about_to_does_not_become_an_administrator(
    world: World, role: Role, confirmed: bool
) -> None:
    post = world.grant("zhang", role, "示例局")
    if confirmed:
        world.confirm(post)
    with pytest.raises(SeparationError) as refusal:
        world.grant("zhang", Role.SYSTEM_ADMIN, "示例股")
    assert "give “system administrator” to another person" in str(refusal.value)


def test_a_post_that_signs_is_not_confirmed_for_who_became_an_administrator_meanwhile(world: World) -> None:
    post = world.grant("zhang", Role.VERIFIER, "示例局")
    # as a writer could who passed by the services
    Post.objects.create(
        person=world.people["zhang"],
        organisation=world.organisations["示例股"],
        role=Role.SECURITY_ADMIN,
        started_on=TODAY,
        granted_by=world.people["first"],
    )
    with pytest.raises(SeparationError):
        world.confirm(post)


def test_a_post_to_come_separates_too_and_one_that_is_over_does_not(world: World) -> None:
    post = world.grant("zhang", Role.VERIFIER, "示例局", started_on=TOMORROW)
    with pytest.raises(SeparationError):
        world.grant("zhang", Role.SYSTEM_ADMIN, "示例局")
    services.post_end(post_id=post.pk, actor=world.actor("first"), at=world.later())
    with pytest.raises(SeparationError):
        # the post that never held still names tomorrow as its first and last day
        world.grant("zhang", Role.SYSTEM_ADMIN, "示例局")
    world.grant("zhang", Role.SYSTEM_ADMIN, "示例局", started_on=TOMORROW)


def test_a_post_holds_from_its_first_day_up_to_but_without_its_last(world: World) -> None:
    post = world.grant("zhang", Role.HANDLER, "示例局", started_on=TOMORROW)
    zhang = world.people["zhang"]
    later = TODAY + timedelta(days=9)
    services.post_end(post_id=post.pk, ended_on=later, actor=world.actor("first"), at=world.later())
    holding = [
        selectors.actor_of(zhang, day).grants != () for day in (TODAY, TOMORROW, later - timedelta(1), later)
    ]
    assert holding == [False, True, True, False]


def test_a_post_ended_today_holds_no_more(world: World) -> None:
    post = world.grant("zhang", Role.HANDLER, "示例局")
    assert grants(world, "zhang")
    ended = services.post_end(post_id=post.pk, actor=world.actor("first"), at=world.later())
    assert ended.ended_on == TODAY
    assert grants(world, "zhang") == []
    assert last_event(world).name == "accounts.post.ended"
    assert last_event(world).values["ended_on"] == "2026-01-02"
    again = world.grant("zhang", Role.HANDLER, "示例局")
    assert again.pk != post.pk


def test_the_day_is_that_of_shanghai(world: World) -> None:
    late = world.at.replace(hour=17)
    post = services.post_grant(
        person_id=world.people["zhang"].pk,
        organisation_id=world.organisations["示例局"].pk,
        role=Role.HANDLER,
        actor=world.actor("first"),
        at=late,
    )
    assert post.started_on == TOMORROW


@pytest.mark.usefixtures("nothing_changes")
@pytest.mark.parametrize(
    ("role", "given", "error", "sentence"),
    [
        ("emperor", {}, InvalidError, "“emperor” is no role"),
        (
            Role.HANDLER,
            {"started_on": YESTERDAY},
            InvalidError,
            "A post begins today or later; 2026-01-01 is past.",
        ),
        (Role.HANDLER, {"title": "长" * 101}, InvalidError, "at most 100 fit here"),
    ],
)
def test_a_post_that_cannot_be_is_refused(
    world: World, role: str, given: dict[str, Any], error: type[InvalidError], sentence: str
) -> None:
    with pytest.raises(error) as refusal:
        world.grant("zhang", role, "示例局", **given)
    assert sentence in str(refusal.value)


def test_the_same_post_is_not_given_twice(world: World) -> None:
    world.grant("zhang", Role.HANDLER, "示例局")
    with pytest.raises(PostStandsError) as refusal:
        world.grant("zhang", Role.HANDLER, "示例局")
    assert str(refusal.value) == "zhang示例 holds the post “handler” in 示例局 already; nothing was changed."
    world.grant("zhang", Role.HANDLER, "示例股")


def test_a_closed_account_and_a_closed_organisation_take_no_post(world: World) -> None:
    post = world.grant("zhang", Role.VERIFIER, "示例股")
    services.person_deactivate(person_id=world.people["li"].pk, actor=world.actor("first"), at=world.later())
    with pytest.raises(NotActiveError) as refusal:
        world.grant("li", Role.HANDLER, "示例局")
    assert "The account of li示例 is closed" in str(refusal.value)
    services.post_end(post_id=post.pk, actor=world.actor("first"), at=world.later())
    section = world.organisations["示例股"]
    services.organisation_edit(
        organisation_id=section.pk,
        name=section.name,
        short_name="",
        is_active=False,
        actor=world.actor("first"),
        at=world.later(),
    )
    with pytest.raises(NotActiveError) as closed:
        world.grant("zhang", Role.HANDLER, "示例股")
    assert "示例股 is closed and takes no further posts" in str(closed.value)


def test_a_post_is_confirmed_and_ended_once(world: World) -> None:
    post = world.confirm(world.grant("zhang", Role.VERIFIER, "示例局"))
    with pytest.raises(NotAllowedNowError) as refusal:
        world.confirm(post)
    assert "confirmed or ended already" in str(refusal.value)
    services.post_end(post_id=post.pk, actor=world.actor("first"), at=world.later())
    with pytest.raises(NotAllowedNowError) as ended:
        services.post_end(post_id=post.pk, actor=world.actor("first"), at=world.later())
    assert "ended on 2026-01-02 already" in str(ended.value)
    other = world.grant("zhang", Role.VERIFIER, "示例局")
    services.post_end(post_id=other.pk, actor=world.actor("second"), at=world.later())
    with pytest.raises(NotAllowedNowError):
        world.confirm(other)


def test_a_post_does_not_end_in_the_past_nor_by_its_own_holder(world: World) -> None:
    post = world.grant("zhang", Role.HANDLER, "示例局")
    with pytest.raises(InvalidError) as refusal:
        services.post_end(post_id=post.pk, ended_on=YESTERDAY, actor=world.actor("first"), at=world.later())
    assert "A post ends today or later" in str(refusal.value)
    own = Post.objects.get(person=world.people["second"])
    with pytest.raises(NotOnOneselfError):
        services.post_end(post_id=own.pk, actor=world.actor("second"), at=world.later())
    with pytest.raises(NotOnOneselfError):
        services.post_confirm(post_id=own.pk, actor=world.actor("second"), at=world.later())
    own.refresh_from_db()
    assert own.ended_on is None


def test_a_post_is_given_confirmed_and_ended_by_administrators_of_the_organisation_alone(
    world: World,
) -> None:
    world.person("wu", "示例股")
    world.confirm(world.grant("wu", Role.SYSTEM_ADMIN, "示例股"))
    world.confirm(world.grant("zhang", Role.LEADING_GROUP, "示例局"))
    post = world.grant("li", Role.VERIFIER, "示例局")
    for service in (services.post_confirm, services.post_end):
        with pytest.raises(NotFoundError):
            service(post_id=post.pk, actor=world.actor("wu"), at=world.later())
        with pytest.raises(NotPermittedError):
            service(post_id=post.pk, actor=world.actor("zhang"), at=world.later())
        with pytest.raises(NotFoundError):
            service(post_id=999, actor=world.actor("first"), at=world.later())
    with pytest.raises(NotFoundError):
        world.grant("li", Role.HANDLER, "示例局", by="wu")
    with pytest.raises(NotFoundError):
        world.grant("zhang", Role.HANDLER, "示例股", by="wu")
    with pytest.raises(NotPermittedError):
        world.grant("li", Role.HANDLER, "示例局", by="zhang")
    world.grant("li", Role.HANDLER, "示例股", by="wu")


def test_the_database_itself_refuses_a_post_that_signs_given_by_one_or_by_oneself(world: World) -> None:
    zhang, first, second = world.people["zhang"], world.people["first"], world.people["second"]
    fields = {
        "person": zhang,
        "organisation": world.organisations["示例局"],
        "role": Role.VERIFIER,
        "started_on": TODAY,
        "confirmed_at": world.at,
    }
    for granted_by, confirmed_by in ((first, first), (zhang, second), (first, zhang)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Post.objects.create(**fields, granted_by=granted_by, confirmed_by=confirmed_by)
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.create(**fields, granted_by=first)
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.create(**fields | {"role": "emperor"}, granted_by=first, confirmed_by=second)
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.create(**fields, ended_on=YESTERDAY, granted_by=first, confirmed_by=second)
