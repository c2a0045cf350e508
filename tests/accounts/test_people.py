from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import authenticate

from accounts.conftest import PASSWORD, TODAY, World
from zhenggai.accounts import selectors, services
from zhenggai.accounts.errors import (
    NotActiveError,
    NotOnOneselfError,
    PasswordRefusedError,
    PasswordWrongError,
    UsernameTakenError,
)
from zhenggai.accounts.models import Person, Post
from zhenggai.accounts.password_standing import PasswordStanding, password_standing
from zhenggai.domain.actor import Actor, Role
from zhenggai.domain.errors import InvalidError, NotFoundError, NotPermittedError, ZhenggaiError
from zhenggai.trail import selectors as trail
from zhenggai.trail.chains import ChainKey


def last_event(world: World) -> trail.EventView:
    root = world.organisations["云山县"].pk
    return trail.event_views(trail.events_of(ChainKey.organisation(root)))[-1]


def test_a_new_person_can_sign_in_and_do_nothing(world: World) -> None:
    zhang = world.people["zhang"]
    assert authenticate(username=" ＺHANG ", password=PASSWORD) == zhang
    assert authenticate(username="zhang", password="wrong") is None
    for username in ("nobody", "", "li\x00", "li\ud800", "李" * 5000, "' OR 1=1 --"):
        assert authenticate(username=username, password=PASSWORD) is None
    assert world.actor("zhang") == Actor(zhang.pk, "zhang示例", ())
    assert selectors.person_by_username("Zhang") == zhang
    assert selectors.person_by_username("nobody") is None
    assert not hasattr(zhang, "is_superuser")


def test_what_is_done_to_a_person_is_recorded_with_who_did_it(world: World) -> None:
    event = last_event(world)
    assert (event.name, event.actor, event.subject_kind) == ("accounts.person.created", "首位示例", "person")
    assert event.subject_id == world.people["li"].pk
    assert event.values == {"person": "li示例", "username": "li", "phone": "", "organisation": "示例股"}


def create(world: World, by: str = "first", **changed: Any) -> Person:
    given: dict[str, Any] = {
        "organisation_id": world.organisations["示例局"].pk,
        "username": "wang",
        "name": "王示例",
        "password": PASSWORD,
        "actor": world.actor(by),
        "at": world.later(),
    }
    return services.person_create(**given | changed)


@pytest.mark.usefixtures("nothing_changes")
@pytest.mark.parametrize(
    ("changed", "error", "sentence"),
    [
        ({"username": "ZHANG"}, UsernameTakenError, "Another person signs in as “zhang” already."),
        ({"organisation_id": 999}, NotFoundError, "no such organisation"),
        ({"phone": "1" * 41}, InvalidError, "at most 40 fit here"),
        ({"password": "kitten"}, PasswordRefusedError, "fewer than 12"),
    ],
)
def test_a_person_that_cannot_be_made_is_refused(
    world: World, changed: dict[str, Any], error: type[ZhenggaiError], sentence: str
) -> None:
    with pytest.raises(error) as refusal:
        create(world, **changed)
    assert sentence in str(refusal.value)


def test_only_an_administrator_of_the_organisation_makes_people(world: World) -> None:
    world.person("wu", "示例股")
    world.confirm(world.grant("wu", Role.SYSTEM_ADMIN, "示例股"))
    world.grant("zhang", Role.UNIT_HEAD, "示例局")
    with pytest.raises(NotPermittedError) as refusal:
        create(world, by="zhang")
    assert "It is for: system administrator." in str(refusal.value)
    with pytest.raises(NotFoundError):
        create(world, by="wu")
    with pytest.raises(NotFoundError):
        create(world, by="li")
    assert create(world, by="wu", organisation_id=world.organisations["示例股"].pk).username == "wang"


def test_a_person_is_renamed(world: World) -> None:
    edited = services.person_edit(
        person_id=world.people["li"].pk,
        name="李示例",
        phone="000-0000",
        actor=world.actor("first"),
        at=world.later(),
    )
    assert (edited.name, edited.phone) == ("李示例", "000-0000")
    assert last_event(world).values == {
        "before": {"name": "li示例", "phone": ""},
        "after": {"name": "李示例", "phone": "000-0000"},
    }
    count = len(trail.events_of(ChainKey.organisation(world.organisations["云山县"].pk)))
    services.person_edit(
        person_id=edited.pk, name=" 李示例 ", phone="000-0000", actor=world.actor("first"), at=world.later()
    )
    assert len(trail.events_of(ChainKey.organisation(world.organisations["云山县"].pk))) == count


def test_a_closed_account_cannot_sign_in_and_its_posts_are_over(world: World) -> None:
    world.grant("li", Role.HANDLER, "示例股")
    world.grant("li", Role.UNIT_HEAD, "示例股")
    services.person_deactivate(person_id=world.people["li"].pk, actor=world.actor("first"), at=world.later())
    assert authenticate(username="li", password=PASSWORD) is None
    assert world.actor("li").grants == ()
    assert set(Post.objects.filter(person=world.people["li"]).values_list("ended_on", flat=True)) == {TODAY}
    assert last_event(world).values == {"person": "li示例", "posts_ended": 2}
    services.person_activate(person_id=world.people["li"].pk, actor=world.actor("first"), at=world.later())
    assert authenticate(username="li", password=PASSWORD) is not None
    assert world.actor("li").grants == ()


def act(world: World, service: str, whom: str, by: str, **given: Any) -> Any:
    return getattr(services, service)(
        person_id=world.people[whom].pk, actor=world.actor(by), at=world.later(), **given
    )


@pytest.mark.usefixtures("nothing_changes")
@pytest.mark.parametrize(
    ("service", "given"),
    [("person_deactivate", {}), ("password_reset", {"password": PASSWORD + "x"})],
)
def test_nobody_decides_on_his_own_account(world: World, service: str, given: dict[str, str]) -> None:
    with pytest.raises(NotOnOneselfError) as refusal:
        act(world, service, "first", "first", **given)
    assert "nobody decides on their own account" in str(refusal.value)
    assert refusal.value.code == "not_on_oneself"


EVERY_SERVICE = [
    ("person_deactivate", {}),
    ("person_activate", {}),
    ("person_edit", {"name": "x", "phone": ""}),
    ("password_reset", {"password": PASSWORD + "x"}),
]


@pytest.mark.usefixtures("nothing_changes")
@pytest.mark.parametrize(("service", "given"), EVERY_SERVICE)
def test_who_sees_no_organisation_finds_nobody(world: World, service: str, given: dict[str, str]) -> None:
    with pytest.raises(NotFoundError):
        act(world, service, "zhang", "li", **given)
    with pytest.raises(NotFoundError):
        getattr(services, service)(person_id=999, actor=world.actor("first"), at=world.at, **given)


@pytest.mark.parametrize(("service", "given"), EVERY_SERVICE)
def test_who_does_not_administer_is_not_permitted(world: World, service: str, given: dict[str, str]) -> None:
    world.confirm(world.grant("zhang", Role.LEADING_GROUP, "云山县"))
    with pytest.raises(NotPermittedError) as refusal:
        act(world, service, "li", "zhang", **given)
    assert "administrator" in str(refusal.value)


@pytest.mark.parametrize(
    ("service", "given"), [each for each in EVERY_SERVICE if each[0] != "person_activate"]
)
def test_the_administrator_of_a_unit_cannot_take_over_somebody_who_stands_above_it(
    world: World, service: str, given: dict[str, str]
) -> None:
    world.person("wu", "示例股")
    kind = Role.SECURITY_ADMIN if service == "password_reset" else Role.SYSTEM_ADMIN
    world.confirm(world.grant("wu", kind, "示例股"))
    world.confirm(world.grant("li", Role.LEADING_GROUP, "云山县"))
    with pytest.raises(NotPermittedError) as refusal:
        act(world, service, "li", "wu", **given)
    assert "also holds a post in 云山县, which you do not administer" in str(refusal.value)


@pytest.mark.usefixtures("nothing_changes")
def test_an_account_is_not_closed_or_opened_twice(world: World) -> None:
    with pytest.raises(NotActiveError) as refusal:
        act(world, "person_activate", "li", "first")
    assert "is open already" in str(refusal.value)


def test_a_closed_account_is_not_closed_again_and_acts_no_more(world: World) -> None:
    world.confirm(world.grant("zhang", Role.SYSTEM_ADMIN, "云山县"))
    actor = world.actor("zhang")
    act(world, "person_deactivate", "zhang", "first")
    with pytest.raises(NotActiveError) as refusal:
        act(world, "person_deactivate", "zhang", "first")
    assert "is closed already" in str(refusal.value)
    with pytest.raises(NotPermittedError) as late:
        services.person_deactivate(person_id=world.people["li"].pk, actor=actor, at=world.later())
    assert "closed meanwhile" in str(late.value)


def test_a_password_is_changed_by_who_knows_it(world: World) -> None:
    person = services.password_change(
        old_password=PASSWORD, new_password="another-word-9", actor=world.actor("li"), at=world.later()
    )
    assert person.password_changed_at == world.at
    assert authenticate(username="li", password="another-word-9") == person
    event = last_event(world)
    assert (event.name, event.values, event.actor) == ("accounts.password.changed", {}, "li示例")


def test_a_password_is_not_changed_without_the_present_one_or_to_a_weak_one(world: World) -> None:
    with pytest.raises(PasswordWrongError):
        services.password_change(
            old_password="wrong", new_password="another-word-9", actor=world.actor("li"), at=world.at
        )
    with pytest.raises(PasswordRefusedError):
        services.password_change(
            old_password=PASSWORD, new_password="0123456789", actor=world.actor("li"), at=world.at
        )


def test_a_first_password_stays_visible_until_it_is_changed_and_a_reset_for_good(world: World) -> None:
    li = world.people["li"]
    standing = password_standing
    assert standing(li.pk) == PasswordStanding(Person.objects.get(pk=li.pk).created_at)
    services.password_change(
        old_password=PASSWORD, new_password="another-word-9", actor=world.actor("li"), at=world.later()
    )
    assert standing(li.pk) == PasswordStanding()
    act(world, "password_reset", "li", "second", password="given-by-first-1")
    reset_at = world.at
    assert last_event(world).name == "accounts.password.reset"
    assert "given-by-first-1" not in str(last_event(world).values)
    assert authenticate(username="li", password="given-by-first-1") is not None
    assert standing(li.pk) == PasswordStanding(reset_at)
    # whoever reset it can sign in with it and change it, so the change does not take the mark away
    services.password_change(
        old_password="given-by-first-1",
        new_password="a-third-word-9",
        actor=world.actor("li"),
        at=world.later(),
    )
    assert standing(li.pk) == PasswordStanding(reset_at, world.at)
    assert standing(world.people["first"].pk) == PasswordStanding()
    assert standing(0) == PasswordStanding()


def test_a_password_reset_closes_the_sessions_that_stand(world: World) -> None:
    before = Person.objects.get(pk=world.people["li"].pk).get_session_auth_hash()
    act(world, "password_reset", "li", "second", password="given-by-first-1")
    assert Person.objects.get(pk=world.people["li"].pk).get_session_auth_hash() != before


def test_a_person_chooses_the_language_of_the_pages(world: World) -> None:
    person = services.language_choose(language="en", actor=world.actor("li"), at=world.later())
    assert person.language == "en"
    assert last_event(world).values == {"before": "", "after": "en"}
    before = last_event(world).seq
    services.language_choose(language="en", actor=world.actor("li"), at=world.later())
    assert last_event(world).seq == before
    with pytest.raises(InvalidError) as refusal:
        services.language_choose(language="tlh", actor=world.actor("li"), at=world.later())
    assert "“tlh” is not offered" in str(refusal.value)


def test_a_person_chooses_the_look_of_the_pages(world: World) -> None:
    person = services.theme_choose(theme="dark", actor=world.actor("li"), at=world.later())
    assert person.theme == "dark"
    assert last_event(world).values == {"before": "", "after": "dark"}
    before = last_event(world).seq
    services.theme_choose(theme="dark", actor=world.actor("li"), at=world.later())
    assert last_event(world).seq == before
    with pytest.raises(InvalidError) as refusal:
        services.theme_choose(theme="neon", actor=world.actor("li"), at=world.later())
    assert "“neon” is not offered" in str(refusal.value)
    assert Person.objects.get(pk=world.people["li"].pk).theme == "dark"
