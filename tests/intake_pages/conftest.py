"""The invented offices of intake's own tests, seen through a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from intake.conftest import _offices, office
from web.conftest import signed_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from intake.office import Office

__all__ = ["_offices", "office"]


@pytest.fixture
def browser(_offices: Office, db: None) -> Callable[[str], Client]:
    """Signs a person of the offices in."""
    return signed_in
