"""Findings whose work somebody judged (已有认定)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef

from zhenggai.ledger.models import CriterionJudgement, EvidenceJudgement

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from zhenggai.ledger.models import Finding


def with_judged(rows: QuerySet[Finding]) -> QuerySet[Finding]:
    """The same findings with ``is_judged``: a criterion or a piece of evidence was judged, in any round."""
    criteria = CriterionJudgement.objects.filter(criterion__finding=OuterRef("pk"))
    evidence = EvidenceJudgement.objects.filter(evidence__finding=OuterRef("pk"))
    return rows.annotate(is_judged=Exists(criteria) | Exists(evidence))
