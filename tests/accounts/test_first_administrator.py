from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from accounts.conftest import AT, PASSWORD, TODAY, World, made
from zhenggai.accounts import selectors, services
from zhenggai.accounts.errors import (
    AlreadySetUpError,
    PasswordRefusedError,
    UsernameInvalidError,
    UsernameTakenError,
)
from zhenggai.accounts.models import FailedSignIns, Organisation, Person, Post, SignIn
from zhenggai.domain.actor import Grant, Role
from zhenggai.domain.errors import InvalidError, NotPermittedError
from zhenggai.inbox.models import Notice
from zhenggai.trail import guards
from zhenggai.trail import selectors as trail
from zhenggai.trail.chains import ChainKey
from zhenggai.trail.models import Chain, Event, EventValue

GIVEN = "given-on-paper-4711"


def set_up(**changed: Any) -> tuple[Person, Person]:
    given: dict[str, Any] = {
        "username": "Ｆirst",
        "name": "首位示例",
        "password": PASSWORD,
        "security_username": "second",
        "security_name": "次位示例",
        "security_password": GIVEN,
        "organisation_name": "云山县",
        "at": AT,
    }
    return services.first_administrators_create(**given | changed)


@pytest.fixture
def _county(db: None) -> World:
    """Made anew for each test here, since others begin with an empty system."""
    return made()


@pytest.mark.django_db
def test_the_first_administrators_are_two_and_come_with_the_root_organisation_and_its_chain() -> None:
    assert not selectors.people_exist()
    person, second = set_up()
    assert selectors.people_exist()
    assert (person.username, person.name, person.organisation.name) == ("first", "首位示例", "云山县")
    assert person.check_password(PASSWORD)
    actor = selectors.actor_of(person, TODAY)
    assert actor.grants == (Grant(Role.SYSTEM_ADMIN, person.organisation_id, "0001"),)
    other = selectors.actor_of(second, TODAY)
    assert other.grants == (Grant(Role.SECURITY_ADMIN, person.organisation_id, "0001"),)
    assert (second.must_change_password, person.must_change_password) == (True, False)
    assert set(Post.objects.values_list("warrant", flat=True)) == {"set_up"}
    view = trail.event_views(trail.events_of(ChainKey.organisation(person.organisation_id)))
    assert [(event.name, event.actor, event.actor_id) for event in view] == [
        ("accounts.system.set_up", "首位示例", person.pk)
    ]
    assert view[0].values == {
        "person": "首位示例",
        "username": "first",
        "security_admin": "次位示例",
        "security_username": "second",
        "organisation": "云山县",
    }


@pytest.mark.usefixtures("nothing_changes")
def test_a_system_is_set_up_once(world: World) -> None:
    with pytest.raises(AlreadySetUpError) as refusal:
        set_up(username="another")
    assert str(refusal.value).startswith("This system has its first administrator already.")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changed", "error", "sentence"),
    [
        ({"security_username": " FIRST "}, UsernameTakenError, "Another person signs in as “first”"),
        ({"security_name": ""}, InvalidError, "The person has no name"),
        (
            {"name": "首 示例", "security_name": "首示例"},
            InvalidError,
            "Both administrators are called 首示例",
        ),
        ({"security_password": "short"}, PasswordRefusedError, "It has fewer than 12 characters."),
        ({"username": "a"}, UsernameInvalidError, "“a” cannot be used"),
        ({"username": "a b"}, UsernameInvalidError, "without blanks"),
        ({"username": "x" * 65}, UsernameInvalidError, "2 to 64 letters"),
        ({"username": "a\x00b"}, UsernameInvalidError, r"a\x00b"),
        ({"username": "a\ud800b"}, UsernameInvalidError, r"a\ud800b"),
        ({"name": "  "}, InvalidError, "The person has no name"),
        ({"name": "名" * 101}, InvalidError, "has 101 characters; at most 100 fit here"),
        ({"name": "首\x07位"}, InvalidError, "characters that cannot be shown"),
        ({"organisation_name": ""}, InvalidError, "The organisation has no name"),
        ({"organisation_kind": "castle"}, InvalidError, "“castle” is no kind of organisation"),
        ({"password": "short"}, PasswordRefusedError, "It has fewer than 12 characters."),
        ({"password": "1234567890"}, PasswordRefusedError, "guessed first. It is made of digits alone."),
        (
            {"username": "yunshan-first", "password": "yunshan-first1"},
            PasswordRefusedError,
            "too much like the user name or the name. It holds the user name",
        ),
        ({"password": "x" * 201}, PasswordRefusedError, "more than 200 characters"),
        ({"password": PASSWORD + "\x00"}, PasswordRefusedError, "cannot be typed"),
    ],
)
def test_what_cannot_be_used_is_refused_and_sets_nothing_up(
    changed: dict[str, str], error: type[InvalidError], sentence: str
) -> None:
    with pytest.raises(error) as refusal:
        set_up(**changed)
    assert sentence in str(refusal.value)
    assert not Person.objects.exists()
    assert not Organisation.objects.exists()
    assert not Event.objects.exists()


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: Any) -> Any:
    with django_db_blocker.unblock():
        try:
            yield
        finally:
            guards.guards_drop(connection)
            Person.objects.update(password_reset_by=None)
            for model in (Notice, EventValue, Event, Chain, FailedSignIns, SignIn, Post, Person):
                model.objects.all().delete()
            Organisation.objects.all().delete()
            guards.guards_create(connection)


@pytest.mark.postgresql
@pytest.mark.usefixtures("committed")
def test_two_that_set_up_at_once_leave_one_first_administrator() -> None:
    def attempt(number: int) -> str:
        try:
            return set_up(username=f"first{number}")[0].username
        except AlreadySetUpError as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        results = sorted(pool.map(attempt, range(4)))
    assert results[:3] == ["already_set_up"] * 3
    assert results[3].startswith("first")
    assert (Person.objects.count(), Post.objects.count(), Organisation.objects.count()) == (2, 2, 1)


@pytest.mark.postgresql
@pytest.mark.usefixtures("committed")
def test_two_administrators_who_close_each_other_at_once_leave_one() -> None:
    first, second = set_up()
    world = World()
    world.people |= {"first": first, "second": second}
    world.organisations["云山县"] = first.organisation
    world.person("third", "云山县")
    world.confirm(world.grant("third", Role.SYSTEM_ADMIN, "云山县"))
    pairs = [("first", "third"), ("third", "first")]
    actors = {name: world.actor(name) for name, _ in pairs}

    def close(pair: tuple[str, str]) -> str:
        by, whom = pair
        try:
            services.person_deactivate(person_id=world.people[whom].pk, actor=actors[by], at=AT)
        except NotPermittedError as refusal:
            return str(refusal)
        else:
            return "closed"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        results = sorted(pool.map(close, pairs))
    assert results == ["Your account has been closed meanwhile; nothing was changed.", "closed"]
    assert Person.objects.filter(is_active=True).count() == 2
