"""Organisations, people and posts: what an administrator does on the pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from web.world import World
from zhenggai.accounts import selectors as accounts

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client


@pytest.fixture
def press(world: World, browser: Callable[[str], Client]) -> Callable[..., Any]:
    def pressed(who: str, address: str, /, **data: Any) -> Any:
        return browser(who).post(address, data)

    return pressed


def person(world: World, username: str) -> Any:
    return next(each for each in accounts.people_visible(world.actor("admin")) if each.username == username)


def test_a_person_is_entered_given_a_post_and_confirmed_by_the_security_administrator(
    world: World, press: Callable[..., Any], browser: Callable[[str], Client]
) -> None:
    office = world.organisations["示例局"]
    made = press(
        "admin",
        "/people/new/",
        name="新来者",
        username="newcomer",
        organisation_id=office,
    )
    assert re.search(r"<code class=\"one-time\">[a-z0-9]{4}(-[a-z0-9]{4}){3}</code>", made.content.decode())
    address = f"/people/{person(world, 'newcomer').pk}/"
    assert press("admin", f"{address}grant/", organisation_id=office, role="verifier").status_code == 302
    post = person(world, "newcomer").open_posts[0]
    assert post.confirmed_at is None
    refused = press("admin", f"/posts/{post.pk}/confirm/")
    assert refused.status_code == 403
    assert "It is for: security administrator" in refused.content.decode()
    assert "waits for the security administrator" in browser("security").get(address).content.decode()
    assert "newcomer" in browser("security").get(f"/people/?organisation={office}").content.decode()
    assert press("security", f"/posts/{post.pk}/confirm/").status_code == 302
    assert person(world, "newcomer").open_posts[0].confirmed_at is not None


def test_nobody_both_administers_and_signs(world: World, press: Callable[..., Any]) -> None:
    response = press(
        "admin",
        f"/people/{world.people['security']}/grant/",
        organisation_id=world.organisations["示例局"],
        role="office_clerk",
    )
    assert response.status_code == 409
    assert '<details class="act" open>' in response.content.decode()


def test_nobody_decides_on_himself(
    world: World, press: Callable[..., Any], browser: Callable[[str], Client]
) -> None:
    mine = f"/people/{world.people['admin']}/"
    page = browser("admin").get(mine).content.decode()
    assert "nobody decides on their own account" in page
    own = f"/people/{world.people['security']}/"
    assert press("security", f"{own}reset/").status_code == 403
    assert press("admin", f"{mine}deactivate/").status_code == 403


def test_another_administrators_password_is_set_at_the_server_alone(
    world: World, press: Callable[..., Any], browser: Callable[[str], Client]
) -> None:
    address = f"/people/{world.people['admin']}/"
    assert "zhenggai administrator admin" in browser("security").get(address).content.decode()
    assert press("security", f"{address}reset/").status_code == 403


def test_a_taken_user_name_keeps_what_was_typed(world: World, press: Callable[..., Any]) -> None:
    response = press(
        "admin",
        "/people/new/",
        name="同名者",
        username="CLERK",
        organisation_id=world.organisations["示例局"],
    )
    assert response.status_code == 422
    page = response.content.decode()
    assert "Another person signs in as" in page
    assert "同名者" in page


def test_a_missing_field_of_a_post_opens_its_form_again(world: World, press: Callable[..., Any]) -> None:
    response = press("admin", f"/people/{world.people['handler']}/grant/", title="科员")
    assert response.status_code == 422
    assert "科员" in response.content.decode()


def test_a_closed_account_no_longer_signs_in_and_can_be_opened_again(
    world: World, press: Callable[..., Any], browser: Callable[[str], Client]
) -> None:
    address = f"/people/{world.people['handler']}/"
    client = browser("handler")
    assert press("admin", f"{address}deactivate/").status_code == 302
    assert client.get("/").status_code == 302
    assert press("admin", f"{address}activate/").status_code == 302
    assert not person(world, "handler").open_posts


def test_a_post_ends(world: World, press: Callable[..., Any]) -> None:
    post = person(world, "handler").open_posts[0]
    assert press("admin", f"/posts/{post.pk}/end/").status_code == 302
    assert press("admin", f"/posts/{post.pk}/end/").status_code == 409


def test_an_organisation_is_added_renamed_and_closed(
    world: World, press: Callable[..., Any], browser: Callable[[str], Client]
) -> None:
    root = world.organisations["云山县"]
    added = press("admin", f"/organisations/{root}/add/", name="云山县新设局", kind="authority")
    assert added.headers["Location"] == f"/people/?organisation={root}"
    assert "云山县新设局" in browser("admin").get("/people/").content.decode()
    twice = press("admin", f"/organisations/{root}/add/", name="云山县新设局", kind="authority")
    assert twice.status_code == 409
    busy = press("admin", f"/organisations/{world.organisations['示例局']}/edit/", name="云山县示例局")
    assert busy.status_code == 409
    assert "still has people" in busy.content.decode()


def test_the_list_of_people_takes_few_queries(world: World, browser: Callable[[str], Client]) -> None:
    from django.db import connection  # noqa: PLC0415 - used here alone
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 - the same

    client = browser("admin")
    with CaptureQueriesContext(connection) as queries:
        page = client.get("/people/").content.decode()
    assert len(queries) <= 10
    assert page.count("<code>") == 15


@pytest.mark.parametrize("address", ["/people/x/", "/people/999999/", "/people/1/nonsense/"])
def test_an_unknown_person_or_act_is_not_found(
    world: World, browser: Callable[[str], Client], address: str
) -> None:
    assert browser("admin").post(address).status_code in {404, 405}


def test_a_head_of_unit_works_and_signs_once_a_second_person_has_confirmed_the_post(
    world: World, press: Callable[..., Any], browser: Callable[[str], Client]
) -> None:
    address = f"/people/{world.people['head']}/"
    post = person(world, "head").open_posts[0]
    assert post.waits_for_second
    page = browser("security").get(address).content.decode()
    assert "works; signs once a second person has confirmed it" in page
    assert f"/posts/{post.pk}/confirm/" in page
    assert press("security", f"/posts/{post.pk}/confirm/").status_code == 302
    page = browser("security").get(address).content.decode()
    assert "works; signs once" not in page
    assert f"/posts/{post.pk}/confirm/" not in page
