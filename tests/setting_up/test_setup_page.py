"""The first set-up of an empty system."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from web.world import PASSWORD
from zhenggai.accounts import selectors as accounts
from zhenggai.accounts.setup_token import FILE_NAME, setup_token_fits, setup_token_make, setup_token_spend
from zhenggai.trail import selectors as trail

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django.fixtures import SettingsWrapper

ENGLISH = {"language": "en"}


def english() -> Client:
    client = Client()
    client.cookies["language"] = "en"
    return client


@pytest.fixture
def token(tmp_path: Path, settings: SettingsWrapper) -> Iterator[str]:
    settings.ZHENGGAI_DATA_DIR = tmp_path
    yield setup_token_make()
    setup_token_spend()


def typed(token: str, **changes: str) -> dict[str, str]:
    return {
        "token": token,
        "organisation_name": "云山县",
        "name": "张示例",
        "username": "zhang",
        "password": PASSWORD,
        "again": PASSWORD,
        "security_name": "李样例",
        "security_username": "li-yangben",
        **changes,
    }


def test_an_empty_system_leads_from_sign_in_to_its_set_up(db: None) -> None:
    assert english().get("/sign-in/").headers["Location"] == reverse("setup")


def test_the_set_up_makes_the_first_two_administrators_once(db: None, token: str) -> None:
    client = english()
    page = client.post("/setup/", typed(token)).content.decode()
    person = accounts.person_by_username("zhang")
    assert person is not None
    given = re.search(r'<code class="one-time">([^<]+)<', page)
    assert given
    assert "no-store" in client.post("/setup/", typed(token)).headers["Cache-Control"]
    data = {"username": "li-yangben", "password": given[1]}
    assert client.post("/sign-in/", data).status_code == 302
    assert client.get("/people/").headers["Location"] == reverse("password")
    assert not setup_token_fits(token)
    again = client.post("/setup/", typed(token, username="li"))
    assert again.status_code == 409
    assert "have been set up already" in again.content.decode()
    assert accounts.person_by_username("li") is None


@pytest.mark.parametrize("wrong", ["", "x", "令牌"])
def test_the_set_up_is_refused_without_its_token(db: None, token: str, wrong: str) -> None:
    response = english().post("/setup/", typed(wrong))
    assert response.status_code in {403, 422}
    assert not accounts.people_exist()
    assert "云山县" in response.content.decode()


def test_no_token_on_disk_lets_nobody_set_up(db: None, tmp_path: Path, settings: SettingsWrapper) -> None:
    settings.ZHENGGAI_DATA_DIR = tmp_path
    assert english().post("/setup/", typed("")).status_code == 422
    assert not setup_token_fits("")
    assert not (tmp_path / FILE_NAME).exists()


def test_the_token_is_for_the_owner_of_the_data_folder_alone(
    tmp_path: Path, settings: SettingsWrapper
) -> None:
    settings.ZHENGGAI_DATA_DIR = tmp_path
    assert setup_token_make() == setup_token_make()
    assert (tmp_path / FILE_NAME).stat().st_mode & 0o077 == 0


def test_a_weak_password_says_why_and_keeps_what_was_typed(db: None, token: str) -> None:
    response = english().post("/setup/", typed(token, password="1234567890", again="1234567890"))
    assert response.status_code == 422
    assert "digits alone" in response.content.decode()
    assert "张示例" in response.content.decode()


def test_two_different_new_passwords_are_refused(db: None, token: str) -> None:
    response = english().post("/setup/", typed(token, again="something-else-9"))
    assert response.status_code == 422
    assert "The two new passwords differ" in response.content.decode()


def test_set_up_leaves_a_checked_trail(db: None, token: str) -> None:
    english().post("/setup/", typed(token))
    reports: list[Any] = trail.verify()
    assert [report.ok for report in reports] == [True]
    assert settings.LANGUAGE_CODE == "zh-hans"
