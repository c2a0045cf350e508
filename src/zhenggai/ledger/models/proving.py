"""What proves that a finding is fixed: criteria, evidence, judgements and answered requirements."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from zhenggai.domain.case import Requirement
from zhenggai.domain.evidence import EvidenceKind
from zhenggai.domain.planning import Direction
from zhenggai.ledger.models.findings import Finding, dropped_whole


class Criterion(models.Model):
    """One acceptance criterion (验收标准、销号目标): a sentence that can be checked, or an indicator (指标).

    An indicator goes from ``baseline`` to ``target``, both in ``indicator_unit``, the way ``direction`` says.
    ``amendment`` and ``dropped_amendment`` as of a measure.
    """

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="criteria")
    position = models.PositiveIntegerField()
    text = models.TextField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    indicator_unit = models.CharField(max_length=50, blank=True)
    baseline = models.DecimalField(max_digits=20, decimal_places=4, null=True, blank=True)
    target = models.DecimalField(max_digits=20, decimal_places=4, null=True, blank=True)
    direction = models.CharField(
        max_length=10, choices=[(each.value, each.value) for each in Direction], blank=True
    )
    amendment = models.ForeignKey(
        "ledger.PlanAmendment", on_delete=models.PROTECT, related_name="criteria", null=True, blank=True
    )
    dropped_at = models.DateTimeField(null=True, blank=True)
    dropped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    dropped_reason = models.TextField(blank=True)
    dropped_amendment = models.ForeignKey(
        "ledger.PlanAmendment", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        constraints = [
            dropped_whole("criterion"),
            models.CheckConstraint(
                condition=Q(direction="", target__isnull=True, indicator_unit="")
                | (
                    Q(target__isnull=False, direction__in=[each.value for each in Direction])
                    & ~Q(indicator_unit="")
                ),
                name="ledger_criterion_indicator_whole",
            ),
            models.UniqueConstraint(fields=["finding", "position"], name="ledger_criterion_position_once"),
            models.CheckConstraint(condition=~Q(text=""), name="ledger_criterion_has_text"),
        ]
        ordering = ["position"]

    def __str__(self) -> str:
        return self.text[:50]


class Evidence(models.Model):
    """One piece of evidence (佐证材料) of one round of rectification.

    ``proves_on`` is the day it proves something for, ``uploaded_at`` when it was filed. ``amount`` in 元.
    ``document_number`` (文号、编号) is kept as printed, with its ``issuer`` (出具单位); ``links`` say what it
    proves. ``carried_from`` is the same piece in an earlier round (沿用).
    """

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="evidence")
    round = models.PositiveIntegerField()
    blob = models.ForeignKey("files.Blob", on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=255)
    title = models.CharField(max_length=300)
    proves = models.TextField()
    proves_on = models.DateField()
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in EvidenceKind])
    amount = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    document_number = models.CharField(max_length=100, blank=True)
    issuer = models.CharField(max_length=200, blank=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    carried_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="carried_to", null=True, blank=True
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    withdrawn_reason = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "evidence"
        constraints = [
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(file_name="") & ~Q(proves=""), name="ledger_evidence_named"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in EvidenceKind]), name="ledger_evidence_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gt=0),
                name="ledger_evidence_amount_positive",
            ),
            models.CheckConstraint(
                condition=Q(
                    withdrawn_at__isnull=True,
                    withdrawn_by__isnull=True,
                    withdrawn_reason="",
                )
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_reason="")),
                name="ledger_evidence_withdrawn_with_reason",
            ),
            models.UniqueConstraint(
                fields=["carried_from", "round"],
                condition=Q(carried_from__isnull=False, withdrawn_at__isnull=True),
                name="ledger_evidence_carried_once",
            ),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return self.title


class CriterionJudgement(models.Model):
    """A judgement of a criterion in one round (验收结论), with the evidence it rests on; never changed."""

    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="judgements")
    round = models.PositiveIntegerField()
    met = models.BooleanField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    note = models.TextField()
    evidence = models.ManyToManyField(Evidence, related_name="criterion_judgements")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(note=""), name="ledger_criterionjudgement_reasoned")
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.criterion_id} {self.met}"


class EvidenceJudgement(models.Model):
    """A judgement whether a piece of evidence shows an effect (成效认定); never changed."""

    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="judgements")
    effect = models.BooleanField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    note = models.TextField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(note=""), name="ledger_evidencejudgement_reasoned")
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.evidence_id} {self.effect}"


class RequirementAnswer(models.Model):
    """How a requirement is met in a round (落实情况): by evidence, or waived by the office with a reason."""

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="requirement_answers")
    round = models.PositiveIntegerField()
    requirement = models.CharField(max_length=10, choices=[(each.value, each.value) for each in Requirement])
    evidence = models.ForeignKey(
        Evidence, on_delete=models.PROTECT, related_name="answers", null=True, blank=True
    )
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(requirement__in=[each.value for each in Requirement]),
                name="ledger_requirementanswer_known",
            ),
            models.CheckConstraint(
                condition=Q(evidence__isnull=False, reason="") | (Q(evidence__isnull=True) & ~Q(reason="")),
                name="ledger_requirementanswer_evidence_or_reason",
            ),
            models.UniqueConstraint(
                fields=["finding", "round", "requirement", "evidence"],
                condition=Q(evidence__isnull=False),
                name="ledger_requirementanswer_once",
            ),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.finding_id} {self.requirement}"
