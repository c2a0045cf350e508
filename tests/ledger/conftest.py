"""The fictional place in which the ledger's tests happen."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

import pytest

from ledger.world import World
from retold import Tales, listening
from staged import settled, taken_back

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytest_django import DjangoDbBlocker


@pytest.fixture(scope="module")
def _place(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with taken_back(django_db_blocker):
        place = World()
        settled()
        yield place


@pytest.fixture(scope="module")
def _tales(_place: World) -> Tales:
    return Tales()


@pytest.fixture
def world(
    _place: World, _tales: Tales, db: None, settings: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[World]:
    """The place as it was made, whatever the test before did; what tests begin with is told again."""
    settings.ZHENGGAI_DATA_DIR = tmp_path
    place = deepcopy(_place)
    with listening(_tales) as place.listener:
        yield place
