"""Judgements that stay good after a return (沿用的验收结论). Guarded by triggers."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from zhenggai.ledger.models.findings import Finding
from zhenggai.ledger.models.proving import CriterionJudgement


class CarriedJudgement(models.Model):
    """A judgement of an earlier round that carries over into ``round`` (沿用结论); never changed.

    Written with the return that begins the round, for each criterion judged met that it does not name.
    """

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="carried_judgements")
    round = models.PositiveIntegerField()
    judgement = models.ForeignKey(CriterionJudgement, on_delete=models.PROTECT, related_name="carried")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["finding", "round", "judgement"], name="ledger_carriedjudgement_once"
            ),
            models.CheckConstraint(condition=Q(round__gte=2), name="ledger_carriedjudgement_round"),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.judgement_id} {self.round}"
