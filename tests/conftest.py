"""What every room's tests share: which tests a machine can run."""

from __future__ import annotations

import os
import shutil

import pytest

NO_POSTGRESQL = "set ZHENGGAI_TEST_POSTGRESQL to the URL of a PostgreSQL 15 or newer to run this test"
NO_CHROMIUM = (
    "install Debian's chromium, or set ZHENGGAI_TEST_CHROMIUM to a Chromium binary, to run this test"
)


def chromium_binary() -> str | None:
    return os.environ.get("ZHENGGAI_TEST_CHROMIUM") or shutil.which("chromium")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    has_postgresql = bool(os.environ.get("ZHENGGAI_TEST_POSTGRESQL"))
    has_chromium = chromium_binary() is not None
    for item in items:
        if item.get_closest_marker("postgresql") and not has_postgresql:
            item.add_marker(pytest.mark.skip(reason=NO_POSTGRESQL))
        if item.get_closest_marker("chromium") and not has_chromium:
            item.add_marker(pytest.mark.skip(reason=NO_CHROMIUM))
