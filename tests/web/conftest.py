"""The invented county, made once for all pages, and a browser for each of its people."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.utils import timezone

from staged import settled, taken_back
from web import world as worlds
from zhenggai.accounts import selectors as accounts
from zhenggai.accounts import services
from zhenggai.web.middleware import SIGN_IN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytest_django import DjangoDbBlocker


PLACE = services.Place("192.0.2.7", "Firefox · Linux")


@pytest.fixture(scope="package")
def _county(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[worlds.World]:
    with taken_back(django_db_blocker):
        county = worlds.worked_on(worlds.made())
        settled()
        yield county


@pytest.fixture
def world(_county: worlds.World, db: None) -> worlds.World:
    """The county as it was made, whatever the test before did."""
    return deepcopy(_county)


def signed_in(username: str) -> Client:
    """A browser in which a person has signed in."""
    client = Client(headers={"accept-language": "en"})
    client.cookies["language"] = "en"
    person = accounts.person_by_username(username)
    assert person is not None
    begun = services.sign_in_begin(person_id=person.pk, place=PLACE, at=timezone.now())
    client.force_login(person)
    session = client.session
    session[SIGN_IN] = begun.pk
    session.save()
    return client


@pytest.fixture
def browser(_county: worlds.World, db: None) -> Callable[[str], Client]:
    """Signs a person in."""
    return signed_in
