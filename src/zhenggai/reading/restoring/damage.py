"""Damage by a tool that replaced bytes across the borders of characters (字节损坏)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zhenggai.reading.restoring.edits import Change
    from zhenggai.reading.restoring.signs import Signs


def mend(text: str, signs: Signs) -> tuple[str, list[Change]]:
    """Undo the damage that can be undone."""
    return text, []
