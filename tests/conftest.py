"""What every room's tests share: which tests a machine can run."""

from __future__ import annotations

import gc
import os
import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import hypothesis
import pytest
from django.db import connection

from migrated import postgresql_template, template

if TYPE_CHECKING:
    from collections.abc import Iterator

NO_POSTGRESQL = "set ZHENGGAI_TEST_POSTGRESQL to the URL of a PostgreSQL 15 or newer to run this test"
ON_SQLITE = "keeps a SQLite file of its own: it runs where ZHENGGAI_TEST_POSTGRESQL is not set"
NO_CHROMIUM = (
    "install Debian's chromium-headless-shell or chromium, or set ZHENGGAI_TEST_CHROMIUM to a Chromium "
    "binary, to run this test"
)
# without a card, drawing as if there were one takes a seventh more of the processor
CHROMIUM_ARGUMENTS = ("--no-sandbox", "--disable-gpu")

# a busy machine is no fault of the code: nothing here is a question of time
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")


def chromium_binary() -> str | None:
    shell = shutil.which("chromium-headless-shell")
    return os.environ.get("ZHENGGAI_TEST_CHROMIUM") or shell or shutil.which("chromium")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    has_postgresql = bool(os.environ.get("ZHENGGAI_TEST_POSTGRESQL"))
    has_chromium = chromium_binary() is not None
    for item in items:
        if item.get_closest_marker("postgresql") and not has_postgresql:
            item.add_marker(pytest.mark.skip(reason=NO_POSTGRESQL))
        if item.get_closest_marker("sqlite") and has_postgresql:
            item.add_marker(pytest.mark.skip(reason=ON_SQLITE))
        if item.get_closest_marker("chromium") and not has_chromium:
            item.add_marker(pytest.mark.skip(reason=NO_CHROMIUM))
    # the longest by far: begun last, one processor would wait for the other's browser
    items.sort(key=lambda item: item.get_closest_marker("chromium") is None)


def pytest_collection_finish() -> None:
    """Fifteen thousand tests are never garbage; looking through them took a fifth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> Iterator[None]:
    """The tables of the tests' own database are a copy: to migrate finds nothing to do."""
    if url := os.environ.get("ZHENGGAI_TEST_POSTGRESQL"):
        connection.settings_dict["TEST"]["TEMPLATE"] = postgresql_template(url)
        yield
        return
    # the name that Django gives the database of tests in memory; it lives while somebody is connected
    name = "file:memorydb_default?mode=memory&cache=shared"
    with closing(sqlite3.connect(name, uri=True)) as memory:
        with closing(sqlite3.connect(template())) as made:
            made.backup(memory)
        yield
