"""Evaluations of the rectification of an inspection (整改评估). Guarded by triggers, see `ledger.guards`."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import GreaterThanOrEqual

from zhenggai.domain.closing import REASON_MIN
from zhenggai.ledger.models.inspections import Inspection


class Evaluation(models.Model):
    """One evaluation by the inspecting body (评估): its grade, the day it is of, and on what it rests.

    ``number`` counts the inspection's evaluations; a later one supersedes the one before, which stays.
    ``figures``: the figures as that day ended, as far as who evaluated saw the findings, with the rule they
    were counted by (`ledger.evaluating.figures_said`). Never changed.
    """

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="evaluations")
    number = models.PositiveIntegerField()
    grade = models.CharField(max_length=20)
    evaluated_on = models.DateField()
    ground = models.TextField()
    figures = models.JSONField()
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, related_name="superseded_by", null=True, blank=True
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["inspection", "number"], name="ledger_evaluation_number_once"),
            models.CheckConstraint(condition=~Q(grade=""), name="ledger_evaluation_graded"),
            models.CheckConstraint(
                condition=Q(GreaterThanOrEqual(Length("ground"), REASON_MIN)),
                name="ledger_evaluation_grounded",
            ),
            models.CheckConstraint(
                condition=Q(number=1, supersedes__isnull=True) | Q(number__gt=1, supersedes__isnull=False),
                name="ledger_evaluation_supersedes_whole",
            ),
        ]
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.inspection_id} {self.number} {self.grade}"
