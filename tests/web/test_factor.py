"""The second factor on the pages: set up, asked for at the sign-in, required by a setting, lost."""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.utils import timezone

from web.world import PASSWORD, World
from zhenggai.domain.totp import code_at, step_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_django.fixtures import SettingsWrapper


def english() -> Client:
    client = Client()
    client.cookies["language"] = "en"
    return client


def code(secret: bytes, later: int = 0) -> str:
    return code_at(secret, step_of(timezone.now()) + later)


def set_up(client: Client) -> tuple[bytes, str]:
    """The secret that the page shows as a key, and the page with the recovery codes."""
    page = client.get("/factor/").content.decode()
    assert "<svg" in page
    key = re.search(r'<code class="key">([A-Z2-7 ]+)</code>', page)
    assert key
    plain = key[1].replace(" ", "")
    secret = base64.b32decode(plain + "=" * (-len(plain) % 8))
    made = client.post("/factor/", {"code": code(secret)})
    assert made.status_code == 200
    return secret, made.content.decode()


def half_way(username: str = "handler", next_: str = "/people/") -> Client:
    client = english()
    response = client.post("/sign-in/", {"username": username, "password": PASSWORD, "next": next_})
    assert response.headers["Location"].startswith("/sign-in/code/")
    return client


def test_a_code_is_asked_for_after_the_password_and_leads_to_the_page_asked_for(
    world: World, browser: Callable[[str], Client]
) -> None:
    secret, page = set_up(browser("handler"))
    assert page.count("<li><code>") == 10
    client = half_way(next_="/sign-ins/")
    before = client.session.session_key
    # half way opens nothing
    assert client.get("/").status_code == 302
    assert "One more step" in client.get("/sign-in/code/").content.decode()
    refused = client.post("/sign-in/code/", {"code": "000000"})
    assert refused.status_code == 422
    assert "This code does not fit" in refused.content.decode()
    answer = client.post("/sign-in/code/", {"code": code(secret, 1), "next": "/sign-ins/"})
    assert answer.headers["Location"] == "/sign-ins/"
    assert client.session.session_key != before
    assert client.get("/").status_code == 200
    # the same code again, from another browser: seen over the shoulder
    thief = half_way()
    assert thief.post("/sign-in/code/", {"code": code(secret, 1)}).status_code == 422


def test_a_recovery_code_signs_in_once(world: World, browser: Callable[[str], Client]) -> None:
    _secret, page = set_up(browser("handler"))
    spare = re.findall(r"<li><code>([^<]+)</code>", page)
    client = half_way()
    assert client.post("/sign-in/code/", {"code": spare[0]}).status_code == 302
    assert client.get("/").status_code == 200
    assert half_way().post("/sign-in/code/", {"code": spare[0]}).status_code == 422
    assert '<dd class="num">9</dd>' in client.get("/factor/").content.decode()


def test_a_half_way_that_is_old_or_whose_password_was_set_anew_is_none(
    world: World, browser: Callable[[str], Client]
) -> None:
    secret, _page = set_up(browser("handler"))
    client, other = half_way(), half_way()
    session = client.session
    session["half_signed_in"] = {**session["half_signed_in"], "at": 0}
    session.save()
    assert client.post("/sign-in/code/", {"code": code(secret, 1)}).headers["Location"] == "/sign-in/"
    browser("security").post(f"/people/{world.people['handler']}/reset/")
    assert other.post("/sign-in/code/", {"code": code(secret, 1)}).headers["Location"] == "/sign-in/"


@pytest.mark.parametrize(
    ("rule", "needing"),
    [
        ("administrators", {"admin"}),
        ("signing", {"admin", "clerk"}),
        ("all", {"admin", "clerk", "handler"}),
        ("optional", set()),
    ],
)
def test_who_must_have_one_comes_to_nothing_else_before(
    world: World, browser: Callable[[str], Client], settings: SettingsWrapper, rule: str, needing: set[str]
) -> None:
    settings.ZHENGGAI_SECOND_FACTOR = rule
    for username in ("admin", "clerk", "handler"):
        client = browser(username)
        answer = client.get("/sign-ins/")
        assert (answer.headers.get("Location") == "/factor/") is (username in needing)
        if username in needing:
            assert "Your posts need a second factor" in client.get("/factor/").content.decode()
            set_up(client)
            assert client.get("/sign-ins/").status_code == 200


def test_the_own_factor_is_taken_away_with_a_code_of_it(
    world: World, browser: Callable[[str], Client]
) -> None:
    client = browser("handler")
    secret, _page = set_up(client)
    assert client.post("/factor/remove/", {"code": "000000"}).status_code == 422
    assert client.post("/factor/remove/", {"code": code(secret, 1)}).status_code == 302
    assert "Photograph this" in client.get("/factor/").content.decode()


def test_a_lost_factor_is_taken_away_and_shows_beside_a_later_signature(
    world: World, browser: Callable[[str], Client]
) -> None:
    set_up(browser("clerk"))
    address = f"/people/{world.people['clerk']}/"
    assert "Take the second factor away" in browser("security").get(address).content.decode()
    assert browser("security").post(f"{address}factor/").status_code == 302
    page = browser("security").get(address).content.decode()
    assert "Second factor taken away by an administrator" in page
    finding = world.finding(1)
    signed = browser("clerk").post(
        f"/findings/{finding.pk}/closure-sign/", {"version": finding.version, "note": "资料齐全"}
    )
    assert signed.status_code == 302
    shown = browser("clerk").get(f"/findings/{finding.pk}/").content.decode()
    assert shown.count("second factor taken away by an administrator on") == 1
    earlier = browser("clerk").get(f"/findings/{world.finding(0).pk}/").content.decode()
    assert "second factor taken away" not in earlier
