"""How a finding stood, from when until when (状态区间)."""

from __future__ import annotations

from enum import StrEnum


class IntervalSource(StrEnum):
    """Whence it is known how a finding stood (区间来源).

    ``recorded``: written with the change itself. ``replayed``: told over from the trail, for what happened
    before intervals were kept. ``assumed``: only how it stood in the end is known, and not since when.
    """

    RECORDED = "recorded"
    REPLAYED = "replayed"
    ASSUMED = "assumed"
