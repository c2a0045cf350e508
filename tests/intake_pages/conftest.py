"""The invented offices of intake's own tests, seen through a browser."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

import pytest

from intake.office import Office, opened
from staged import settled, taken_back
from web.conftest import browser

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytest_django import DjangoDbBlocker

__all__ = ["browser"]


@pytest.fixture(scope="module")
def _offices(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Office]:
    with taken_back(django_db_blocker):
        offices = opened()
        settled()
        yield offices


@pytest.fixture
def office(_offices: Office, db: None, settings: Any, tmp_path: Path) -> Office:
    """The offices as they were made, whatever the test before did."""
    settings.ZHENGGAI_DATA_DIR = tmp_path
    return deepcopy(_offices)
