"""Comparing state intervals with how findings stand (状态区间核对)."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from zhenggai.domain.messages import Message, msg
from zhenggai.ledger.differing import Difference, DifferenceCode
from zhenggai.ledger.models.standing import KEPT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhenggai.ledger.models import Finding

_STANDS_OTHERWISE: Final = msg("Finding %(finding)s stands otherwise than its last state interval says.")
_GAP: Final = msg("Finding %(finding)s: one of its state intervals does not end where the next begins.")


def interval_differences(finding: Finding) -> Iterator[Difference]:
    """What of a finding's loaded intervals does not hold: the last says how it stands, none leaves a gap."""
    rows = sorted(finding.intervals.all(), key=lambda row: row.pk)
    values = {"finding": finding.pk}
    stands = [getattr(finding, name) for name in KEPT]
    is_told = bool(rows) and rows[-1].until is None and [getattr(rows[-1], name) for name in KEPT] == stands
    if not is_told:
        yield Difference(DifferenceCode.ROW_CHANGED, Message(_STANDS_OTHERWISE, values))
    if any(before.until != after.since for before, after in pairwise(rows)):
        yield Difference(DifferenceCode.ROW_CHANGED, Message(_GAP, values))
