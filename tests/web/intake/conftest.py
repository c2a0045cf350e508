"""The invented offices of intake's own tests, seen through a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from intake.office import Office, opened

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def office(db: None, settings: Any, tmp_path: Path) -> Office:
    settings.ZHENGGAI_DATA_DIR = tmp_path
    return opened()
