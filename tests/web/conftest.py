"""The invented county, made once a module, and a browser for each of its people."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import transaction
from django.test import Client

from web import world as worlds
from zhenggai.accounts import selectors as accounts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytest_django import DjangoDbBlocker


@pytest.fixture(scope="module")
def _county(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[worlds.World]:
    # each test's own transaction nests in this one, which is taken back after the module
    with django_db_blocker.unblock(), transaction.atomic():
        yield worlds.worked_on(worlds.made())
        transaction.set_rollback(True)


@pytest.fixture
def world(_county: worlds.World, db: None) -> worlds.World:
    """The county as it was made, whatever the test before did."""
    return _county


@pytest.fixture
def browser(db: None) -> Callable[[str], Client]:
    """Signs a person in."""

    def signed_in(username: str) -> Client:
        client = Client(headers={"accept-language": "en"})
        client.cookies["language"] = "en"
        person = accounts.person_by_username(username)
        assert person is not None
        client.force_login(person)
        return client

    return signed_in
