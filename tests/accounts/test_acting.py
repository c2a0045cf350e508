"""Acting posts: held for somebody who is away, for a time, and said so."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.conftest import Before, World
from zhenggai.accounts import selectors, services
from zhenggai.accounts.errors import PostStandsError
from zhenggai.accounts.models import Post
from zhenggai.domain.actor import Role
from zhenggai.domain.errors import InvalidError, NotAllowedNowError, NotPermittedError
from zhenggai.trail import selectors as trail
from zhenggai.trail.chains import ChainKey

TODAY, BACK = date(2026, 1, 2), date(2026, 3, 1)


@pytest.fixture
def away(world: World) -> World:
    """Zhang heads the bureau's unit work and is going away."""
    world.grant("zhang", Role.UNIT_HEAD, "示例局")
    return world


def act(world: World, name: str = "li", role: Role = Role.UNIT_HEAD, **changed: Any) -> Post:
    given: dict[str, Any] = {"acting_for_id": world.people["zhang"].pk, "ended_on": BACK}
    return world.grant(name, role, "示例局", **given | changed)


def test_an_acting_post_holds_until_its_day_and_names_who_is_away(away: World) -> None:
    post = act(away)
    (grant,) = selectors.actor_of(away.people["li"], TODAY).grants
    assert (grant.acting_for, grant.acting_for_label) == (away.people["zhang"].pk, "zhang示例")
    assert selectors.actor_of(away.people["li"], BACK).grants == ()
    event = trail.event_views(trail.events_of(ChainKey.organisation(away.organisations["云山县"].pk)))[-1]
    assert (event.name, event.values["acting_for"]) == ("accounts.post.granted", "zhang示例")
    (shown,) = [
        each for each in selectors.people_visible(away.actor("first"), on=TODAY) if each.pk == post.person_id
    ]
    assert [each.acting_for.name for each in shown.open_posts] == ["zhang示例"]  # type: ignore[attr-defined] # prefetched


def test_an_acting_post_that_signs_takes_two_hands_as_any_other(world: World) -> None:
    world.confirm(world.grant("zhang", Role.RESPONSIBLE_LEADER, "示例局"))
    post = act(world, role=Role.RESPONSIBLE_LEADER)
    assert world.actor("li").grants == ()
    assert [each.pk for each in selectors.posts_unconfirmed(world.actor("second"), TODAY)] == [post.pk]
    world.confirm(post)
    assert world.actor("li").has(Role.RESPONSIBLE_LEADER)


def test_who_holds_the_post_acts_for_another_who_holds_it_too(world: World) -> None:
    for name in ("zhang", "li"):
        world.confirm(world.grant(name, Role.RESPONSIBLE_LEADER, "示例局"))
    world.confirm(act(world, role=Role.RESPONSIBLE_LEADER))
    grants = world.actor("li").grants
    assert [each.acting_for for each in grants] == [None, world.people["zhang"].pk]
    before = Before.now()
    with pytest.raises(PostStandsError):
        act(world, role=Role.RESPONSIBLE_LEADER)
    assert Before.now() == before


@pytest.mark.parametrize(
    ("changed", "error", "sentence"),
    [
        ({"ended_on": None}, InvalidError, "Somebody acts for a time"),
        ({"ended_on": TODAY}, InvalidError, "it ends later than it begins"),
        ({"role": Role.VERIFIER}, NotAllowedNowError, "does not hold the post “verifier” in 示例局"),
        ({"role": Role.AUDIT_ADMIN}, InvalidError, "Choose the root organisation"),
        ({"acting_for_id": 999}, NotAllowedNowError, "does not hold the post “head of unit”"),
        ({"name": "zhang"}, NotAllowedNowError, "does not hold the post “head of unit”"),
    ],
)
def test_an_acting_post_that_cannot_be_is_refused(
    away: World, changed: dict[str, Any], error: type[Exception], sentence: str
) -> None:
    before = Before.now()
    with pytest.raises(error) as refusal:
        act(away, **changed)
    assert sentence in str(refusal.value)
    assert Before.now() == before


def test_nobody_acts_for_an_administrator(away: World) -> None:
    before = Before.now()
    with pytest.raises(InvalidError) as refusal:
        away.grant("li", Role.AUDIT_ADMIN, "云山县", acting_for_id=away.people["first"].pk, ended_on=BACK)
    assert "Nobody acts for an administrator" in str(refusal.value)
    assert Before.now() == before


def test_the_database_knows_no_acting_post_without_an_end_or_for_oneself(away: World) -> None:
    rows = Post.objects.filter(pk=act(away).pk)
    for wrong in ({"ended_on": None}, {"person_id": away.people["zhang"].pk}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)


def test_a_post_ends_sooner_than_was_said_and_never_later(away: World) -> None:
    post = act(away)
    by = {"post_id": post.pk, "actor": away.actor("first"), "at": away.later()}
    before = Before.now()
    with pytest.raises(NotAllowedNowError):
        services.post_end(**by, ended_on=date(2026, 6, 1))
    assert Before.now() == before
    services.post_end(**by, ended_on=date(2026, 2, 1))
    assert services.post_end(**by).ended_on == TODAY
    with pytest.raises(NotAllowedNowError):
        services.post_end(**by)


def test_who_does_not_administer_where_somebody_acts_does_not_change_the_account(away: World) -> None:
    away.organisation("别处局", "云山县")
    away.person("wang", "示例股")
    away.confirm(away.grant("wang", Role.SYSTEM_ADMIN, "示例股"))
    act(away)
    before = Before.now()
    with pytest.raises(NotPermittedError) as refusal:
        services.person_edit(
            person_id=away.people["li"].pk, name="新名", phone="", actor=away.actor("wang"), at=away.later()
        )
    assert "also holds a post in 示例局" in str(refusal.value)
    assert Before.now() == before


def test_an_acting_post_is_not_confirmed_once_whoever_is_away_has_left_the_post(world: World) -> None:
    held = world.confirm(world.grant("zhang", Role.RESPONSIBLE_LEADER, "示例局"))
    post = act(world, role=Role.RESPONSIBLE_LEADER)
    services.post_end(post_id=held.pk, actor=world.actor("first"), at=world.later())
    before = Before.now()
    with pytest.raises(NotAllowedNowError, match="does not hold the post “responsible leader” in 示例局"):
        world.confirm(post)
    assert Before.now() == before
    assert world.actor("li").grants == ()


def test_whoever_acts_for_the_holder_of_the_post_does_not_head_the_leading_group(world: World) -> None:
    from accounts.test_groups import give, set_up  # noqa: PLC0415 - used here alone

    world.confirm(world.grant("zhang", Role.LEADING_GROUP, "示例局"))
    world.confirm(act(world, role=Role.LEADING_GROUP))
    group = set_up(world)
    before = Before.now()
    with pytest.raises(NotAllowedNowError, match="holds no confirmed post “leading group” in 示例局"):
        give(world, group, "li", "head")
    assert Before.now() == before
