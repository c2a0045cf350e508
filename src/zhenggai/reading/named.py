"""A document that is in memory already, and what it is called (已读入的文件)."""

from __future__ import annotations

from typing import NamedTuple


class Named(NamedTuple):
    """A name and bytes."""

    name: str
    data: bytes
