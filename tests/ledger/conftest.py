"""The fictional place in which the ledger's tests happen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ledger.world import World

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def world(db: None, settings: pytest.FixtureRequest, tmp_path: Path) -> World:
    settings.ZHENGGAI_DATA_DIR = tmp_path
    return World()
