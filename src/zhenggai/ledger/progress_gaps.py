"""Findings by the gap between claim and view of their progress (差距筛选), for lists and figures."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.db.models import OuterRef, Q, Subquery

from zhenggai.domain.lifecycle import Progress
from zhenggai.domain.progress import Gap, progress_gap, views_with
from zhenggai.ledger.models import ProgressView

if TYPE_CHECKING:
    from datetime import datetime

    from zhenggai.ledger.models import Finding


def last_view(before: datetime | None = None) -> Subquery:
    """The last view of each finding (最近认定), as it was before a moment or as it is."""
    rows = ProgressView.objects.filter(finding=OuterRef("pk"))
    if before is not None:
        rows = rows.filter(at__lt=before)
    return Subquery(rows.order_by("-pk").values("progress")[:1])


def gap_is(gap: Gap, *, claimed: str, viewed: str) -> Q:
    """Findings with this gap, by the names under which claim and view stand in the query."""
    pairs = [(each, views_with(gap, each)) for each in Progress]
    # the claim is asked first: the view is looked up only where it could decide
    asked = (
        Q(**{claimed: each.value}) & Q(**{f"{viewed}__in": [view.value for view in views]})
        for each, views in pairs
        if views
    )
    return reduce(or_, asked)


def gap_of(finding: Finding) -> Gap | None:
    """The gap of one finding, loaded with its views."""
    views = list(finding.progress_views.all())
    claimed = Progress(finding.progress) if finding.progress else None
    return progress_gap(claimed, Progress(views[-1].progress) if views else None)
