"""Counting what came back as findings stand now (反弹统计), beside what a list counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db.models import Count, Exists, OuterRef, Q

from zhenggai.domain.lifecycle import FINAL_STAGES, Stage
from zhenggai.ledger.models import Finding

if TYPE_CHECKING:
    from django.db.models import Aggregate

_FINAL: Final = [stage.value for stage in FINAL_STAGES]
REBOUND_COUNTS: Final = ("successors", "closed", "stage_closed", "closed_open", "stage_closed_open")
"""The fields of `domain.counting.Rebounds`."""


def came_back(finding: str = "pk") -> Exists:
    """Whether a successor of a finding is open now (是否反弹); ``finding``: the way to its id."""
    return Exists(Finding.objects.filter(origin=OuterRef(finding)).exclude(stage__in=_FINAL))


def rebounds_counted() -> dict[str, Aggregate]:
    """Counts for an aggregate over findings, named ``rebound_`` and a field of `Rebounds`."""
    closed, stage_closed = Q(stage=Stage.CLOSED.value), Q(stage=Stage.STAGE_CLOSED.value)
    successor, back = Q(origin__isnull=False), Q(came_back())
    said = (
        successor,
        successor & closed,
        successor & stage_closed,
        ~successor & closed & back,
        ~successor & stage_closed & back,
    )
    return {
        f"rebound_{name}": Count("pk", filter=condition)
        for name, condition in zip(REBOUND_COUNTS, said, strict=True)
    }
