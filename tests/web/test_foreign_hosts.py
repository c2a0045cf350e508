"""A request under a name that is not ours is refused, and leaves one line in the log."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from zhenggai.config.logs import OneLine

if TYPE_CHECKING:
    import pytest
    from django.test import Client


def test_a_foreign_host_is_refused_and_leaves_no_traceback(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    logger = logging.getLogger("django.security.DisallowedHost")
    written = [each for each in logger.handlers if any(isinstance(one, OneLine) for one in each.filters)]
    assert (len(written), logger.propagate) == (1, False)
    logger.addHandler(caplog.handler)
    try:
        assert client.get("/", HTTP_HOST="elsewhere.example").status_code == 400
    finally:
        logger.removeHandler(caplog.handler)
    (record,) = [each for each in caplog.records if each.name == logger.name]
    (handler,) = written
    assert "Traceback" not in handler.format(record)
    assert "elsewhere.example" in handler.format(record)
