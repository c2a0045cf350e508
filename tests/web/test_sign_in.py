"""Signing in and out, the own password, the language."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

from web.world import PASSWORD, World

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_django.fixtures import SettingsWrapper

ENGLISH = {"language": "en"}


def english() -> Client:
    client = Client()
    client.cookies["language"] = "en"
    return client


def test_a_person_signs_in_and_comes_to_the_page_asked_for(world: World) -> None:
    client = english()
    asked = client.get(f"/inspections/{world.inspection_id}/")
    assert asked.status_code == 302
    response = client.post(asked.headers["Location"], {"username": "CLERK ", "password": PASSWORD})
    assert response.headers["Location"] == f"/inspections/{world.inspection_id}/"


@pytest.mark.parametrize("elsewhere", ["//elsewhere.example/", "https://elsewhere.example/", "javascript:1"])
def test_sign_in_never_leads_elsewhere(world: World, elsewhere: str) -> None:
    data = {"username": "clerk", "password": PASSWORD, "next": elsewhere}
    assert english().post("/sign-in/", data).headers["Location"] == reverse("home")


@pytest.mark.parametrize(
    ("username", "password"), [("clerk", "wrong"), ("nobody", PASSWORD), ("clerk", "密码" * 400)]
)
def test_a_wrong_sign_in_says_one_sentence_for_all(world: World, username: str, password: str) -> None:
    response = english().post("/sign-in/", {"username": username, "password": password})
    assert response.status_code == 422
    assert "Nobody can sign in with this user name and password" in response.content.decode()
    assert username in response.content.decode()
    assert password not in response.content.decode()


def test_a_missing_field_says_which_one(world: World) -> None:
    response = english().post("/sign-in/", {"username": "clerk"})
    assert response.status_code == 422
    assert "some fields below are empty" in response.content.decode()


def test_the_sign_in_page_warns_that_state_secrets_do_not_belong_here(world: World) -> None:
    assert "State secrets do not belong here" in english().get("/sign-in/").content.decode()


def test_demo_sign_ins_show_only_in_a_demonstration(
    world: World, tmp_path: Path, settings: SettingsWrapper
) -> None:
    settings.ZHENGGAI_DATA_DIR = tmp_path
    said = [{"username": "demo-clerk", "password": "demo-word", "name": "周示例", "post": "整改办"}]
    (tmp_path / "demo_sign_ins.json").write_text(json.dumps(said), "utf-8")
    assert "demo-word" not in english().get("/sign-in/").content.decode()
    settings.ZHENGGAI_DEMO = True
    page = english().get("/sign-in/").content.decode()
    assert "demo-word" in page
    assert "invented" in page


def test_signing_out_ends_the_session_and_only_by_a_post(
    world: World, browser: Callable[[str], Client]
) -> None:
    client = browser("clerk")
    assert client.get("/sign-out/").status_code == 405
    client.post("/sign-out/")
    assert client.get("/").status_code == 302


def test_the_own_password_changes_and_the_session_stays(
    world: World, browser: Callable[[str], Client]
) -> None:
    client = browser("clerk")
    new = "另一个-口令-77881"
    response = client.post("/password/", {"present": PASSWORD, "password": new, "again": new})
    assert response.headers["Location"] == reverse("home")
    assert client.get("/").status_code == 200
    assert english().post("/sign-in/", {"username": "clerk", "password": new}).status_code == 302


def test_a_session_left_open_is_no_way_to_guess_the_password(
    world: World, browser: Callable[[str], Client]
) -> None:
    client = browser("clerk")
    new = "另一个-口令-77881"
    said = [
        client.post("/password/", {"present": f"guess-{number}", "password": new, "again": new}).status_code
        for number in range(6)
    ]
    assert said == [422] * 5 + [409]


def test_the_own_password_needs_the_present_one(world: World, browser: Callable[[str], Client]) -> None:
    new = "另一个-口令-77881"
    response = browser("clerk").post("/password/", {"present": "x", "password": new, "again": new})
    assert response.status_code == 422
    assert "The present password is not right" in response.content.decode()
    assert english().post("/sign-in/", {"username": "clerk", "password": PASSWORD}).status_code == 302


@pytest.mark.parametrize(("code", "tag"), [("zh-hans", "zh-Hans"), ("zh-hant", "zh-Hant"), ("en", "en")])
def test_the_language_is_chosen_and_named_in_the_page(world: World, code: str, tag: str) -> None:
    client = Client()
    response = client.post("/language/", {"language": code, "next": "/sign-in/"})
    assert response.headers["Location"] == "/sign-in/"
    page = client.get("/sign-in/")
    assert f'<html lang="{tag}">' in page.content.decode()
    assert page.headers["Content-Language"] == tag


def test_the_language_is_chinese_whatever_the_browser_says(world: World) -> None:
    page = Client(headers={"accept-language": "fr"}).get("/sign-in/")
    assert '<html lang="zh-Hans">' in page.content.decode()


def test_an_unknown_language_changes_nothing(world: World) -> None:
    client = Client()
    client.post("/language/", {"language": "<x>"})
    assert '<html lang="zh-Hans">' in client.get("/sign-in/").content.decode()


def test_the_chosen_language_comes_back_at_the_next_sign_in(
    world: World, browser: Callable[[str], Client]
) -> None:
    browser("clerk").post("/language/", {"language": "zh-hant"})
    client = Client()
    client.post("/sign-in/", {"username": "clerk", "password": PASSWORD})
    assert '<html lang="zh-Hant">' in client.get("/").content.decode()


def test_the_chosen_look_is_the_persons_and_the_device_decides_where_none_is(
    world: World, browser: Callable[[str], Client]
) -> None:
    clerk = browser("clerk")
    page = clerk.get("/").content.decode()
    assert "data-bs-theme" not in page
    assert "theme.js" in page
    assert clerk.post("/theme/", {"theme": "dark", "next": "/inbox/"}).headers["Location"] == "/inbox/"
    client = Client()
    client.post("/sign-in/", {"username": "clerk", "password": PASSWORD})
    page = client.get("/").content.decode()
    assert '<html lang="zh-Hans" data-bs-theme="dark">' in page
    assert "theme.js" not in page
    clerk.post("/theme/", {"theme": "device"})
    assert "data-bs-theme" not in clerk.get("/").content.decode()


def test_a_look_that_is_not_offered_is_refused_with_a_sentence(
    world: World, browser: Callable[[str], Client]
) -> None:
    response = browser("clerk").post("/theme/", {"theme": "neon"})
    assert response.status_code == 422
    assert "“neon” is not offered" in response.content.decode()


def test_a_page_without_its_safety_mark_changes_nothing(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies["language"] = "en"
    response = client.post("/sign-in/", {"username": "clerk", "password": PASSWORD})
    assert response.status_code == 403
    assert "This form is no longer valid" in response.content.decode()


def test_health_is_open_and_says_nothing_else(db: None) -> None:
    assert english().get("/health/").json() == {"state": "ok"}
