"""三员分立: no administrator alone makes another one, takes one over, or leaves the system without one."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.conftest import AT, TODAY, World
from zhenggai.accounts import selectors, services
from zhenggai.accounts.errors import NotActiveError, NotOnOneselfError, SeparationError
from zhenggai.accounts.kinds import Warrant
from zhenggai.accounts.models import Person, Post
from zhenggai.accounts.password_standing import password_standing
from zhenggai.domain.actor import ADMIN_ROLES, Role
from zhenggai.domain.errors import InvalidError, NotAllowedNowError, NotFoundError, NotPermittedError
from zhenggai.trail import selectors as trail
from zhenggai.trail.chains import ChainKey

ADMINS = sorted(ADMIN_ROLES)
NEW = "a-new-word-of-mine-9"


def roles(world: World, name: str) -> set[Role]:
    return set(world.actor(name).roles)


def last_event(world: World) -> trail.EventView:
    root = world.organisations["云山县"].pk
    return trail.event_views(trail.events_of(ChainKey.organisation(root)))[-1]


@pytest.mark.parametrize("role", ADMINS)
def test_an_administrators_post_holds_once_the_security_administrator_has_confirmed_it(
    world: World, role: Role
) -> None:
    post = world.grant("zhang", role, "云山县")
    assert roles(world, "zhang") == set()
    with pytest.raises(NotPermittedError):
        world.confirm(post, by="first")
    world.confirm(post)
    assert roles(world, "zhang") == {role}


@pytest.mark.parametrize(("one", "other"), list(permutations(ADMINS, 2)))
@pytest.mark.parametrize("is_confirmed", [True, False])
def test_nobody_is_two_of_the_three(world: World, one: Role, other: Role, is_confirmed: bool) -> None:
    post = world.grant("zhang", one, "云山县")
    if is_confirmed:
        world.confirm(post)
    with pytest.raises(SeparationError) as refusal:
        world.grant("zhang", other, "云山县")
    assert "nor is two of the three administrators" in str(refusal.value)


def test_the_system_administrator_alone_makes_no_administrator_and_no_signature(world: World) -> None:
    for role in (*ADMINS, Role.OFFICE_CLERK):
        world.person(f"made{role}", "云山县")
        post = world.grant(f"made{role}", role, "云山县")
        with pytest.raises(NotPermittedError):
            world.confirm(post, by="first")
        assert roles(world, f"made{role}") == set()
    # nor by taking over who could confirm it
    for who in ("second", "zhang"):
        with pytest.raises(NotPermittedError):
            services.password_reset(
                person_id=world.people[who].pk, password=NEW, actor=world.actor("first"), at=world.later()
            )
    with pytest.raises(NotAllowedNowError):
        services.person_deactivate(
            person_id=world.people["second"].pk, actor=world.actor("first"), at=world.later()
        )


def test_the_security_administrator_alone_makes_no_person_and_proposes_no_post(world: World) -> None:
    with pytest.raises(NotPermittedError):
        world.person("made", "云山县", by="second")
    for role in Role:
        with pytest.raises(NotPermittedError):
            world.grant("zhang", role, "云山县", by="second")
    with pytest.raises(NotPermittedError) as refusal:
        services.password_reset(
            person_id=world.people["first"].pk, password=NEW, actor=world.actor("second"), at=world.later()
        )
    assert "could act as both" in str(refusal.value)
    assert "zhenggai administrator first" in str(refusal.value)


def test_nobody_confirms_an_administrator_whose_password_they_set(world: World) -> None:
    """Else the security administrator could wait for a proposal, set the password and be both."""
    post = world.grant("zhang", Role.SYSTEM_ADMIN, "云山县")
    services.password_reset(
        person_id=world.people["zhang"].pk, password=NEW, actor=world.actor("second"), at=world.later()
    )
    services.password_change(
        old_password=NEW, new_password=NEW + "x", actor=world.actor("zhang"), at=world.later()
    )
    with pytest.raises(NotPermittedError) as refusal:
        world.confirm(post)
    assert "nobody confirms an administrator whose password they have known" in str(refusal.value)
    assert roles(world, "zhang") == set()


def test_the_audit_administrator_changes_nothing_and_sits_at_the_root(world: World) -> None:
    with pytest.raises(InvalidError) as refusal:
        world.grant("zhang", Role.AUDIT_ADMIN, "示例局")
    assert "Choose the root organisation" in str(refusal.value)
    world.confirm(world.grant("zhang", Role.AUDIT_ADMIN, "云山县"))
    for attempt in (
        lambda: world.person("made", "云山县", by="zhang"),
        lambda: world.grant("li", Role.HANDLER, "云山县", by="zhang"),
        lambda: world.organisation("新局", "云山县", by="zhang"),
    ):
        with pytest.raises(NotPermittedError):
            attempt()
    assert not selectors.people_visible(world.actor("zhang"))
    chain = selectors.accounts_chain(world.actor("zhang"))
    assert chain == ChainKey.organisation(world.organisations["云山县"].pk)
    for name in ("first", "second", "li"):
        with pytest.raises(NotPermittedError):
            selectors.accounts_chain(world.actor(name))


def end(world: World, whom: str, by: str) -> Post:
    post = Post.objects.get(person=world.people[whom], ended_on__isnull=True)
    return services.post_end(post_id=post.pk, actor=world.actor(by), at=world.later())


def test_the_last_system_or_security_administrator_stays_until_there_is_another(
    world: World,
) -> None:
    with pytest.raises(NotAllowedNowError) as refusal:
        end(world, "second", "first")
    assert "Give that post to another person first." in str(refusal.value)
    with pytest.raises(NotAllowedNowError):
        end(world, "first", "second")
    with pytest.raises(NotOnOneselfError):
        end(world, "second", "second")
    waiting = world.grant("zhang", Role.SECURITY_ADMIN, "云山县")
    with pytest.raises(NotAllowedNowError):
        # one that waits for confirmation stands for nobody
        end(world, "second", "first")
    world.confirm(waiting)
    end(world, "second", "first")
    assert roles(world, "second") == set()
    assert roles(world, "zhang") == {Role.SECURITY_ADMIN}


def test_an_administrator_of_a_part_may_go_while_one_above_stands(world: World) -> None:
    world.confirm(world.grant("zhang", Role.SYSTEM_ADMIN, "示例局"))
    services.person_deactivate(
        person_id=world.people["zhang"].pk, actor=world.actor("first"), at=world.later()
    )
    assert not Person.objects.get(pk=world.people["zhang"].pk).is_active


def rescue(world: World, username: str = "second") -> Person:
    return services.administrator_password_reset(username=username, password=NEW, at=world.later())


def test_an_administrators_password_is_set_at_the_server_and_recorded(world: World) -> None:
    person = rescue(world, " SECOND ")
    assert person.must_change_password
    assert person.check_password(NEW)
    event = last_event(world)
    assert (event.name, event.actor, event.actor_id) == (
        "accounts.password.reset",
        "zhenggai administrator",
        0,
    )
    assert event.values == {"person": "second示例", "from": "shell"}
    assert password_standing(person.pk).reset_at == world.at


@pytest.mark.parametrize(
    ("username", "error", "sentence"),
    [
        ("nobody", NotFoundError, "no such person"),
        ("li", NotAllowedNowError, "li示例 is no administrator"),
        ("zhang", NotActiveError, "is closed"),
    ],
)
def test_the_server_sets_no_password_of_anybody_else(
    world: World, username: str, error: type[Exception], sentence: str
) -> None:
    services.person_deactivate(
        person_id=world.people["zhang"].pk, actor=world.actor("first"), at=world.later()
    )
    with pytest.raises(error) as refusal:
        rescue(world, username)
    assert sentence in str(refusal.value)


def appoint(world: World, username: str, role: Role) -> Post:
    return services.administrator_appoint(username=username, role=role, at=world.later())


def test_a_post_that_nobody_holds_is_given_at_the_server_and_no_other(world: World) -> None:
    with pytest.raises(NotAllowedNowError) as refusal:
        appoint(world, "zhang", Role.SECURITY_ADMIN)
    assert "second示例 is “security administrator” already" in str(refusal.value)
    Person.objects.filter(username="second").update(is_active=False)
    with pytest.raises(SeparationError):
        appoint(world, "first", Role.SECURITY_ADMIN)
    with pytest.raises(InvalidError):
        appoint(world, "zhang", Role.OFFICE_CLERK)
    world.grant("zhang", Role.SECURITY_ADMIN, "云山县")
    post = appoint(world, "zhang", Role.SECURITY_ADMIN)
    assert post.warrant == Warrant.SHELL
    assert roles(world, "zhang") == {Role.SECURITY_ADMIN}
    assert last_event(world).values["from"] == "shell"


def test_the_database_itself_refuses_an_administrator_made_by_one(world: World) -> None:
    first, second = world.people["first"], world.people["second"]
    fields: dict[str, Any] = {
        "person": world.people["zhang"],
        "organisation": world.organisations["云山县"],
        "started_on": TODAY,
        "confirmed_at": AT,
    }
    for role, warrant, by in (
        (Role.SYSTEM_ADMIN, "two", (first, first)),
        (Role.SYSTEM_ADMIN, "two", (first, world.people["zhang"])),
        (Role.SYSTEM_ADMIN, "two", (world.people["zhang"], first)),
        (Role.SYSTEM_ADMIN, "set_up", (first, second)),
        (Role.VERIFIER, "shell", (first, second)),
        (Role.SYSTEM_ADMIN, "gift", (first, second)),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Post.objects.create(**fields, role=role, warrant=warrant, granted_by=by[0], confirmed_by=by[1])


def test_a_post_that_ended_after_the_page_was_loaded_gives_confirms_and_resets_nothing(world: World) -> None:
    world.confirm(world.grant("zhang", Role.SECURITY_ADMIN, "云山县"))
    before = world.actor("zhang")
    end(world, "zhang", "second")
    waiting = world.grant("li", Role.SYSTEM_ADMIN, "云山县")
    for late in (
        lambda: services.post_confirm(post_id=waiting.pk, actor=before, at=world.later()),
        lambda: services.post_end(post_id=waiting.pk, actor=before, at=world.later()),
        lambda: services.password_reset(
            person_id=world.people["li"].pk, password=NEW, actor=before, at=world.later()
        ),
    ):
        with pytest.raises(NotPermittedError):
            late()
    assert roles(world, "li") == set()
