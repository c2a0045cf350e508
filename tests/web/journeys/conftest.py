"""One server and one browser for all journeys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from web.house import House, standing

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="package")
def house() -> Iterator[House]:
    with standing("journeys_server.py") as house:
        yield house
