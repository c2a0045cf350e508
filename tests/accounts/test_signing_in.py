"""Signing in: what is counted, what is recorded, when a sign-in ends."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import override_settings

from accounts.conftest import PASSWORD, World
from zhenggai.accounts import selectors, services
from zhenggai.accounts.errors import (
    NotActiveError,
    PasswordRefusedError,
    SignInRefusedError,
    SignInWaitsError,
)
from zhenggai.accounts.kinds import SignInEnd
from zhenggai.accounts.models import FailedSignIns, Person, SignIn
from zhenggai.accounts.services import Place
from zhenggai.domain.actor import Role
from zhenggai.domain.errors import NotFoundError, NotPermittedError
from zhenggai.trail import selectors as trail
from zhenggai.trail.chains import ChainKey

HERE = Place("192.0.2.7", "Firefox · Linux")


def events(world: World, start: str = "accounts.sign_in.") -> list[trail.EventView]:
    chain = ChainKey.organisation(world.organisations["云山县"].pk)
    return [view for view in trail.event_views(trail.events_of(chain)) if view.name.startswith(start)]


def sign_in(at: datetime, username: str = "li", password: str = PASSWORD, place: Place = HERE) -> SignIn:
    person = services.sign_in(username=username, password=password, place=place, at=at)
    return services.sign_in_begin(person_id=person.pk, place=place, at=at)


def fail(at: datetime, username: str = "li", place: Place = HERE) -> str:
    with pytest.raises((SignInRefusedError, SignInWaitsError)) as refusal:
        sign_in(at, username, "wrong", place)
    return refusal.value.code


def test_a_sign_in_is_recorded_with_its_address(world: World) -> None:
    row = sign_in(world.at, " ＬI ")
    assert (row.person_id, row.address, row.device) == (world.people["li"].pk, HERE.address, HERE.device)
    event = events(world)[-1]
    assert (event.name, event.actor, event.subject_id) == ("accounts.sign_in.began", "li示例", row.person_id)
    assert event.values == {"address": "192.0.2.7", "device": "Firefox · Linux"}


def test_a_failure_is_recorded_under_nobody_and_a_name_that_nobody_has_is_not_kept(world: World) -> None:
    assert fail(world.at) == "sign_in_refused"
    assert fail(world.at, "my-secret-typed-in-the-wrong-field") == "sign_in_refused"
    known, unknown = events(world)
    assert (known.name, known.actor_id, known.subject_id) == (
        "accounts.sign_in.failed",
        0,
        world.people["li"].pk,
    )
    assert unknown.subject_kind == "organisation"
    assert "secret" not in str(unknown.values)
    assert not FailedSignIns.objects.filter(subject__contains="secret").exists()


@pytest.mark.parametrize("username", ["li", "nobody", "王" * 900, "a\x00b"])
def test_after_five_failures_nobody_signs_in_for_a_time_that_grows(world: World, username: str) -> None:
    at = world.at
    assert [fail(at, username) for _ in range(5)] == ["sign_in_refused"] * 5
    for minutes in (1, 2, 4, 8):
        with pytest.raises(SignInWaitsError) as refusal:
            # the right password too: else the wait would be no wait
            sign_in(at + timedelta(seconds=1), username)
        assert f"another {minutes} min." in str(refusal.value)
        at += timedelta(minutes=minutes)
        assert fail(at, username) == "sign_in_refused"
    locked = [event.values["minutes"] for event in events(world) if event.name.endswith("locked")]
    assert locked == [1, 2, 4, 8, 16]


def test_the_wait_ends_and_a_success_forgets_the_failures(world: World) -> None:
    for _ in range(5):
        fail(world.at)
    later = world.at + timedelta(minutes=1)
    sign_in(later)
    assert [fail(later) for _ in range(4)] == ["sign_in_refused"] * 4
    sign_in(later)
    assert selectors.waits_until("li", later) is None


def test_failures_are_forgotten_after_a_day(world: World) -> None:
    for _ in range(4):
        fail(world.at)
    fail(world.at + timedelta(hours=25))
    assert selectors.waits_until("li", world.at + timedelta(hours=25)) is None


@override_settings(ZHENGGAI_SIGN_IN_TRIES_ADDRESS=8)
def test_many_names_from_one_address_wait_too_and_an_own_success_does_not_help(world: World) -> None:
    for number in range(7):
        fail(world.at, f"guess{number}")
        if number == 3:
            sign_in(world.at, "zhang")
    fail(world.at, "guess7")
    assert fail(world.at, "guess8") == "sign_in_waits"
    sign_in(world.at, "li", place=Place("198.51.100.1"))


@override_settings(ZHENGGAI_SIGN_IN_TRIES_ADDRESS=3)
def test_neighbours_in_one_network_of_the_new_addresses_are_one(world: World) -> None:
    for last in ("1", "2", "3"):
        fail(world.at, f"name{last}", Place(f"2001:db8::{last}"))
    assert fail(world.at, "name9", Place("2001:db8::9")) == "sign_in_waits"
    assert fail(world.at, "name9", Place("2001:db8:0:1::9")) == "sign_in_refused"


def test_the_wait_is_lifted_by_an_administrator_and_recorded(world: World) -> None:
    world.grant("zhang", Role.UNIT_HEAD, "云山县")
    for _ in range(5):
        fail(world.at)
    li = world.people["li"]
    assert selectors.waits_until("li", world.at) == world.at + timedelta(minutes=1)
    with pytest.raises(NotPermittedError):
        services.sign_in_lock_lift(person_id=li.pk, actor=world.actor("zhang"), at=world.at)
    services.sign_in_lock_lift(person_id=li.pk, actor=world.actor("second"), at=world.at)
    assert (events(world)[-1].name, events(world)[-1].actor) == ("accounts.sign_in.unlocked", "second示例")
    sign_in(world.at)
    with pytest.raises(NotActiveError):
        services.sign_in_lock_lift(person_id=li.pk, actor=world.actor("second"), at=world.at)


def test_a_closed_account_signs_in_no_more_and_says_the_same_as_a_wrong_password(world: World) -> None:
    li = world.people["li"]
    row = sign_in(world.at)
    services.person_deactivate(person_id=li.pk, actor=world.actor("first"), at=world.later())
    assert SignIn.objects.get(pk=row.pk).ended_why == SignInEnd.CLOSED
    with pytest.raises(SignInRefusedError):
        sign_in(world.at)
    with pytest.raises(SignInRefusedError):
        services.sign_in_begin(person_id=li.pk, place=HERE, at=world.at)


def ends(world: World) -> list[str]:
    return list(
        SignIn.objects.filter(person=world.people["li"]).order_by("pk").values_list("ended_why", flat=True)
    )


def test_a_reset_or_the_end_of_a_post_ends_every_sign_in(world: World) -> None:
    post = world.grant("li", Role.HANDLER, "示例股")
    sign_in(world.at)
    later = services.post_end(
        post_id=world.grant("li", Role.UNIT_HEAD, "示例股").pk,
        ended_on=world.at.date() + timedelta(days=9),
        actor=world.actor("first"),
        at=world.later(),
    )
    assert later.ended_on
    assert ends(world) == [""]
    services.post_end(post_id=post.pk, actor=world.actor("first"), at=world.later())
    sign_in(world.at)
    services.password_reset(
        person_id=world.people["li"].pk,
        password=services.one_time_password(),
        actor=world.actor("second"),
        at=world.later(),
    )
    assert ends(world) == ["post", "password"]
    assert [event.values["why"] for event in events(world, "accounts.sign_in.ended")] == ["post", "password"]


def test_a_change_of_the_own_password_ends_the_others_and_lets_this_one_stand(world: World) -> None:
    one, two = sign_in(world.at), sign_in(world.at)
    services.password_change(
        old_password=PASSWORD,
        new_password="another-word-9",
        actor=world.actor("li"),
        at=world.later(),
        keep_id=two.pk,
    )
    assert ends(world) == ["password", ""]
    assert one.pk != two.pk


def test_a_one_time_password_stays_one_until_it_is_changed_to_another(world: World) -> None:
    li = world.people["li"]
    given = services.one_time_password()
    services.password_reset(person_id=li.pk, password=given, actor=world.actor("second"), at=world.later())
    assert Person.objects.get(pk=li.pk).must_change_password

    def change(new: str) -> Any:
        return services.password_change(
            old_password=given, new_password=new, actor=world.actor("li"), at=world.later()
        )

    with pytest.raises(PasswordRefusedError) as refusal:
        change(given)
    assert "It is the present one; choose another." in str(refusal.value)
    assert not change("another-word-9").must_change_password


@pytest.mark.parametrize(
    ("idle", "since", "why"),
    [(59, 590, None), (60, 60, SignInEnd.IDLE), (1, 600, SignInEnd.LONG), (700, 700, SignInEnd.LONG)],
)
def test_a_sign_in_ends_when_idle_or_too_old(
    world: World, idle: int, since: int, why: SignInEnd | None
) -> None:
    row = sign_in(world.at)
    now = world.at + timedelta(minutes=since)
    SignIn.objects.filter(pk=row.pk).update(seen_at=now - timedelta(minutes=idle))
    found = services.sign_in_seen(sign_in_id=row.pk, person_id=row.person_id, at=now)
    assert (found if why else getattr(found, "pk", None)) == (why or row.pk)
    row.refresh_from_db()
    assert row.ended_why == (why or "")
    if why is None:
        assert row.seen_at == now


def test_a_sign_in_of_somebody_else_or_none_is_none(world: World) -> None:
    row = sign_in(world.at)
    seen = services.sign_in_seen
    assert seen(sign_in_id=row.pk, person_id=world.people["zhang"].pk, at=world.at) is None
    assert seen(sign_in_id=None, person_id=row.person_id, at=world.at) is None
    assert seen(sign_in_id=row.pk + 1, person_id=row.person_id, at=world.at) is None


def test_a_person_ends_own_sign_ins_alone(world: World) -> None:
    mine, other = sign_in(world.at), sign_in(world.at)
    with pytest.raises(NotFoundError):
        services.sign_in_end(sign_in_id=mine.pk, actor=world.actor("zhang"), at=world.at)
    services.sign_in_end(sign_in_id=mine.pk, actor=world.actor("li"), at=world.at)
    with pytest.raises(NotFoundError):
        services.sign_in_end(sign_in_id=mine.pk, actor=world.actor("li"), at=world.at)
    third = sign_in(world.at)
    assert services.sign_ins_end_others(keep_id=third.pk, actor=world.actor("li"), at=world.at) == 1
    assert ends(world) == ["elsewhere", "elsewhere", ""]
    assert other.pk != third.pk


def test_what_ran_out_of_time_is_shown_as_over_and_ended_at_the_next_sign_in(world: World) -> None:
    old = sign_in(world.at)
    now = world.at + timedelta(hours=2)
    standing, past = selectors.sign_ins_shown(old.person_id, now, 20)
    assert standing == []
    assert [(row.pk, row.ended_why) for row in past] == [(old.pk, "idle")]
    new = sign_in(now)
    standing, past = selectors.sign_ins_shown(old.person_id, now, 20)
    assert [row.pk for row in standing] == [new.pk]
    assert ends(world) == ["idle", ""]


def test_the_trail_of_sign_ins_holds(world: World) -> None:
    fail(world.at)
    sign_in(world.at)
    assert all(report.ok for report in trail.verify())
