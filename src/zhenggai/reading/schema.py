"""The JSON schema of a reading (``zhenggai.notice/1``), shipped with the package."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def schema_text() -> str:
    """The schema as it is shipped, UTF-8 JSON."""
    return (files("zhenggai.reading") / "schema" / "notice.schema.json").read_text(encoding="utf-8")


def schema() -> dict[str, Any]:
    """The schema as plain values (a fresh copy at each call)."""
    loaded: dict[str, Any] = json.loads(schema_text())
    return loaded
