"""The post of the head of a unit: one administrator gives it, and a second person makes it sign."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from accounts.conftest import World
from zhenggai.accounts import selectors, services
from zhenggai.accounts.errors import NotOnOneselfError, SeparationError
from zhenggai.accounts.models import Post
from zhenggai.domain.actor import Role
from zhenggai.domain.errors import NotAllowedNowError, NotPermittedError

BACK = date(2026, 3, 1)


@pytest.fixture
def post(world: World) -> Post:
    given: Post = world.grant("zhang", Role.UNIT_HEAD, "示例局")
    return given


def signs(world: World, name: str) -> list[bool]:
    return [grant.by_two for grant in world.actor(name).grants]


def test_a_second_administrator_makes_it_sign(world: World, post: Post) -> None:
    assert post.waits_for_second
    assert signs(world, "zhang") == [False]
    assert not selectors.posts_unconfirmed(world.actor("second"))
    confirmed = world.confirm(post)
    assert not confirmed.waits_for_second
    assert signs(world, "zhang") == [True]


def test_it_is_confirmed_once(world: World, post: Post) -> None:
    world.confirm(post)
    with pytest.raises(NotAllowedNowError, match="confirmed or ended already"):
        world.confirm(post)


@pytest.mark.usefixtures("post")
def test_another_post_that_does_not_sign_takes_no_second_hand(world: World) -> None:
    handler = world.grant("li", Role.HANDLER, "示例局")
    with pytest.raises(NotAllowedNowError, match="confirmed or ended already"):
        world.confirm(handler)


def test_who_gave_it_is_not_the_second_hand(world: World, post: Post) -> None:
    with pytest.raises(NotPermittedError):
        world.confirm(post, by="first")
    assert signs(world, "zhang") == [False]


def test_who_holds_it_is_not_the_second_hand(world: World, post: Post) -> None:
    with pytest.raises(NotOnOneselfError):
        world.confirm(post, by="zhang")
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.filter(pk=post.pk).update(confirmed_by=world.people["zhang"])


def test_nobody_administers_beside_a_head_who_signs(world: World, post: Post) -> None:
    world.confirm(post)
    with pytest.raises(SeparationError, match="holds the post “head of unit”"):
        world.grant("zhang", Role.AUDIT_ADMIN, "云山县")


def test_who_administers_becomes_no_head_who_signs(world: World, post: Post) -> None:
    world.grant("zhang", Role.AUDIT_ADMIN, "云山县")
    with pytest.raises(SeparationError, match="holds the post “audit administrator”"):
        world.confirm(post)


def test_who_acts_for_a_head_signs_once_that_head_does(world: World, post: Post) -> None:
    acting = world.grant(
        "li", Role.UNIT_HEAD, "示例局", acting_for_id=world.people["zhang"].pk, ended_on=BACK
    )
    with pytest.raises(NotAllowedNowError, match="zhang示例, for whom this post is held, signs nothing yet"):
        world.confirm(acting)
    assert signs(world, "li") == [False]
    world.confirm(post)
    world.confirm(acting)
    assert signs(world, "li") == [True]


def test_it_ends_as_any_other(world: World, post: Post) -> None:
    world.confirm(post)
    services.post_end(post_id=post.pk, actor=world.actor("first"), at=world.later())
    assert signs(world, "zhang") == []
