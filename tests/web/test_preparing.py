"""The start page of administrators: what is prepared, what is missing, and whose turn it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.db import connection
from django.test.utils import CaptureQueriesContext

from web.leading import set_up
from zhenggai.accounts.models import GroupSeat, Organisation, Person, Post
from zhenggai.domain.actor import Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from web.world import World


def page(client: Client) -> str:
    response = client.get("/")
    assert response.status_code == 200
    return response.content.decode()


def here(text: str) -> str:
    """The label of the step to go on with."""
    found = re.search(r'<span class="setup-at" aria-current="step">.*?</span>(\w[^<]*)</span>', text)
    return found[1] if found else ""


def test_each_administrator_is_led_to_what_is_missing_and_told_whose_turn_it_is(
    world: World, browser: Callable[[str], Client]
) -> None:
    system = page(browser("admin"))
    assert here(system) == "Set up the leading group"
    assert "It is your turn." in system
    assert 'btn-primary" href="/groups/"' in system
    other = page(browser("security"))
    assert here(other) == "Set up the leading group"
    assert "It is the turn of the system administrator." in other
    assert (
        "btn-primary" not in other.partition('aria-labelledby="preparing-heading"')[2].partition("</main>")[0]
    )
    set_up(world)
    assert "Everything is prepared: an office can upload its feedback." in page(browser("admin"))
    GroupSeat.objects.filter(place="head").update(confirmed_by=None, confirmed_at=None)
    named = page(browser("security"))
    assert here(named) == "Set up the leading group"
    assert "is named and waits to be confirmed" in named
    assert 'btn-primary" href="/groups/"' in named
    # a post that waits is the security administrator's, whatever else is prepared
    Post.objects.filter(role=Role.VERIFIER).update(confirmed_by=None, confirmed_at=None)
    waiting = page(browser("security"))
    assert here(waiting) == "Confirm posts"
    assert 'btn-primary" href="/people/"' in waiting
    assert "before they are confirmed: 1." in waiting
    # those who work, and the audit administrator, prepare nothing
    for username in ("clerk", "handler", "audit"):
        assert "preparing-heading" not in page(browser(username))


def test_an_office_that_would_see_nothing_is_named_and_nobody_else_is_counted(
    world: World, browser: Callable[[str], Client]
) -> None:
    clerk = Post.objects.get(person_id=world.people["clerk"], role=Role.OFFICE_CLERK)
    Organisation.objects.filter(pk=world.organisations["财务科"]).update(kind="office")
    Post.objects.filter(pk=clerk.pk).update(organisation_id=world.organisations["财务科"])
    text = page(browser("admin"))
    assert here(text) == "Enter people and give posts"
    assert f"see no inspection: {clerk.person.name}（财务科）." in text
    assert 'btn-primary" href="/people/new/"' in text


def test_the_start_page_of_administrators_asks_as_much_for_many_as_for_few(
    world: World, browser: Callable[[str], Client]
) -> None:
    client = browser("admin")
    page(client)
    with CaptureQueriesContext(connection) as few:
        page(client)
    Person.objects.bulk_create(
        Person(
            username=f"x{place}",
            name=f"某人{place}",
            organisation_id=world.organisations["财务科"],
            created_at=world.clock.tick(),
        )
        for place in range(30)
    )
    added = Person.objects.filter(username__startswith="x")
    Post.objects.bulk_create(
        Post(
            person=each,
            organisation_id=world.organisations["财务科"],
            role=Role.HANDLER,
            started_on="2026-01-01",
            granted_by_id=world.people["admin"],
            confirmed_by_id=world.people["security"],
            confirmed_at=world.clock.tick(),
        )
        for each in added
    )
    with CaptureQueriesContext(connection) as many:
        page(client)
    assert len(many) == len(few)
    assert len(few) <= 40


def test_a_post_is_explained_where_it_is_given_and_several_are_confirmed_on_one_page(
    world: World, browser: Callable[[str], Client]
) -> None:
    stranger = Person.objects.create(
        username="newcomer",
        name="新来样例",
        organisation_id=world.organisations["财务科"],
        created_at=world.clock.tick(),
    )
    text = browser("admin").get(f"/people/{stranger.pk}/").content.decode()
    # without a post the form that gives one is open
    grant = text.partition('id="grant"')[0].rpartition("<details")[2]
    assert " open" in grant.partition(">")[0]
    assert "What does each role do?" in text
    assert "not at the office in which its holder sits." in text
    listed = browser("admin").get("/people/").content.decode()
    assert "An organisation is entered below another one" in listed
    opened = browser("admin").get(f"/people/?organisation={world.organisations['云山县']}&open=add")
    assert 'class="act" open' in opened.content.decode()
    post = Post.objects.filter(role=Role.VERIFIER).first()
    assert post is not None
    Post.objects.filter(pk=post.pk).update(confirmed_by=None, confirmed_at=None)
    waiting = browser("security").get("/people/").content.decode()
    action = f"/posts/{post.pk}/confirm/?next=%2Fpeople%2F"
    assert f'action="{action}"' in waiting
    done = browser("security").post(action)
    assert done.headers["Location"] == "/people/"
    post.refresh_from_db()
    assert post.confirmed_at is not None
