"""What came back, as findings stand now (反弹): counted beside a list, and the family of one finding."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db.models import Count, Exists, OuterRef, Q

from zhenggai.domain.lifecycle import FINAL_STAGES, Stage
from zhenggai.ledger.models import Finding
from zhenggai.ledger.visibility import findings_shown

if TYPE_CHECKING:
    from django.db.models import Aggregate

    from zhenggai.domain.actor import Actor

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


def finding_family(actor: Actor, finding: Finding) -> list[Finding]:
    """The others of a fault that came back (反弹关联问题), as far as the actor sees them: origin, successors.

    No query where there is none.
    """
    first_id = finding.origin_id or (finding.pk if finding.successors.all() else None)
    if first_id is None:
        return []
    family = Finding.objects.filter(Q(pk=first_id) | Q(origin=first_id)).exclude(pk=finding.pk)
    return list(family.filter(findings_shown(actor)).select_related("inspection").order_by("pk"))
