"""The invented offices of intake's own tests, seen through a browser."""

from __future__ import annotations

from intake.conftest import _offices, office
from web.conftest import browser

__all__ = ["_offices", "browser", "office"]
