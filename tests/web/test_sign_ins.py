"""Where one is signed in: sessions that end, stolen cookies, waits, one-time passwords."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone

from web.world import PASSWORD, World
from zhenggai.accounts import selectors as accounts
from zhenggai.accounts import services
from zhenggai.web.places import address_of, device_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_django.fixtures import SettingsWrapper

NEW = "另一个-口令-77881"
EDGE = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0"


def english(**meta: str) -> Client:
    client = Client(**meta)
    client.cookies["language"] = "en"
    return client


def signed_in(username: str = "handler", password: str = PASSWORD) -> Client:
    client = english(HTTP_USER_AGENT=EDGE)
    assert client.post("/sign-in/", {"username": username, "password": password}).status_code == 302
    return client


def test_the_session_gets_a_new_key_at_the_sign_in(world: World) -> None:
    client = english()
    client.get("/sign-in/")
    session = client.session
    session["laid"] = "there by somebody else"
    session.save()
    before = session.session_key
    client.post("/sign-in/", {"username": "handler", "password": PASSWORD})
    assert client.session.session_key != before
    assert Client(headers={"cookie": f"sessionid={before}"}).get("/").status_code == 302


def test_the_own_sign_ins_are_listed_and_ended_from_another_place(world: World) -> None:
    one, two = signed_in(), signed_in()
    page = two.get("/sign-ins/").content.decode()
    assert page.count("Edge · Windows") == 2
    assert page.count("127.0.0.1") == 2
    assert page.count("this one") == 1
    ended = re.search(r"/sign-ins/\d+/end/", page)
    assert ended
    assert two.post(ended[0]).status_code == 302
    back = one.get("/people/")
    assert back.headers["Location"] == "/sign-in/?next=%2Fpeople%2F&ended=elsewhere"
    assert "ended by the person from another place" in one.get(back.headers["Location"]).content.decode()
    assert one.get("/").status_code == 302
    assert two.get("/").status_code == 200
    signed_in()
    assert two.post("/sign-ins/others/end/").status_code == 302
    assert two.get("/sign-ins/").content.decode().count("this one") == 1


def test_a_stolen_cookie_opens_nothing_once_the_password_is_changed(world: World) -> None:
    mine = signed_in()
    stolen = english()
    stolen.cookies["sessionid"] = mine.cookies["sessionid"].value
    assert stolen.get("/").status_code == 200
    mine.post("/password/", {"present": PASSWORD, "password": NEW, "again": NEW})
    assert stolen.get("/").status_code == 302
    assert mine.get("/").status_code == 200


def test_a_form_sent_after_the_sign_in_was_ended_stores_nothing_and_says_so(
    world: World, browser: Callable[[str], Client]
) -> None:
    client = signed_in()
    post = next(each for each in accounts.people_visible(world.actor("admin")) if each.username == "handler")
    browser("admin").post(f"/posts/{post.open_posts[0].pk}/end/")
    refused = client.post("/language/", {"language": "en"})
    assert refused.status_code == 302
    assert client.post("/password/", {"present": PASSWORD}).status_code == 403
    assert client.get("/").status_code == 302


def test_an_idle_sign_in_ends(world: World, settings: SettingsWrapper) -> None:
    client = signed_in()
    settings.ZHENGGAI_SESSION_IDLE_MINUTES = 0
    assert client.get("/").headers["Location"].endswith("ended=idle")


def test_a_session_without_a_sign_in_is_none(world: World) -> None:
    client = english()
    person = accounts.person_by_username("handler")
    assert person
    client.force_login(person)
    assert client.get("/").status_code == 302


def test_signing_out_is_recorded(world: World) -> None:
    client = signed_in()
    client.post("/sign-out/")
    _standing, past = accounts.sign_ins_shown(world.people["handler"], timezone.now(), 5)
    assert [row.ended_why for row in past] == ["signed_out"]


@pytest.mark.parametrize("username", ["handler", "nobody", "王示例-unknown", "李" * 140])
def test_after_five_failures_the_page_says_how_long_to_wait_whoever_it_is(
    world: World, username: str, browser: Callable[[str], Client]
) -> None:
    said = [
        english().post("/sign-in/", {"username": username, "password": f"wrong-{number}"})
        for number in range(6)
    ]
    assert [each.status_code for each in said] == [422] * 5 + [409]
    assert "for another 1 min." in said[-1].content.decode()
    if username == "handler":
        address = f"/people/{world.people['handler']}/"
        assert "Sign-in waits until" in browser("security").get(address).content.decode()
        assert browser("security").post(f"{address}unlock/").status_code == 302
        signed_in()


def test_a_one_time_password_opens_nothing_but_its_change(
    world: World, browser: Callable[[str], Client]
) -> None:
    page = browser("security").post(f"/people/{world.people['handler']}/reset/").content.decode()
    given = re.search(r'<code class="one-time">([^<]+)<', page)
    assert given
    client = signed_in(password=given[1])
    for address in ("/", "/people/", f"/inspections/{world.inspection_id}/", "/sign-ins/"):
        assert client.get(address).headers["Location"] == "/password/"
    assert client.post("/intake/upload/", {"text": "x"}).headers["Location"] == "/password/"
    assert "Somebody else set your present password" in client.get("/password/").content.decode()
    client.post("/password/", {"present": given[1], "password": NEW, "again": NEW})
    assert client.get("/").status_code == 200


def test_the_sign_in_in_the_first_minute_after_midnight_is_todays(world: World) -> None:
    late = timezone.localtime().replace(hour=23, minute=59, second=59) + timedelta(seconds=2)
    row = services.sign_in_begin(
        person_id=world.people["handler"], place=services.Place("192.0.2.1"), at=late
    )
    assert timezone.localtime(row.started_at).hour == 0


@pytest.mark.parametrize(
    ("sent", "proxy", "address"),
    [
        ("", False, "192.0.2.1"),
        ("203.0.113.5", False, "192.0.2.1"),
        ("203.0.113.5", True, "203.0.113.5"),
        ("6.6.6.6, 203.0.113.5", True, "203.0.113.5"),
        ("<script>", True, "192.0.2.1"),
    ],
)
def test_the_address_is_what_our_own_proxy_saw(
    settings: SettingsWrapper, sent: str, proxy: bool, address: str
) -> None:
    settings.ZHENGGAI_BEHIND_PROXY = proxy
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR=sent)
    assert address_of(request) == address


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        (EDGE, "Edge · Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17) MicroMessenger/8.0 Safari/604", "WeChat · iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox · Linux"),
        ("curl/8", ""),
        ("<b>" * 999, ""),
    ],
)
def test_a_device_is_told_by_the_names_it_gives_itself(agent: str, device: str) -> None:
    assert device_of(agent) == device
