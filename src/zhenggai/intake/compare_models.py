"""A draft compared with the ledger of an inspection (比对), and what one person chose of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from zhenggai.intake.states import ComparedState


class Comparison(models.Model):
    """A draft beside the findings that one person sees of an inspection (台账比对).

    It is that person's alone, because what is seen of a ledger differs from one to another. ``draft_version``
    is the draft as it was compared, ``version`` counts every choice. ``rules``: what holds for every row that
    says nothing of its own: by part of a finding whether it is taken. ``last_finding``: the id of the newest
    finding that it was compared with. ``refusal``: why a job did not do
    what it was asked for, until it is asked for again.
    """

    intake = models.ForeignKey("intake.Intake", on_delete=models.CASCADE, related_name="comparisons")
    inspection = models.ForeignKey("ledger.Inspection", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    draft_version = models.PositiveIntegerField()
    version = models.PositiveIntegerField(default=1)
    rules = models.JSONField(default=dict, blank=True)
    made_at = models.DateTimeField()
    last_finding = models.PositiveBigIntegerField(default=0)
    refusal = models.JSONField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["intake", "by"], name="intake_comparison_of_person_once"),
        ]

    def __str__(self) -> str:
        return f"{self.intake_id}/{self.by_id}"


class ComparedFinding(models.Model):
    """One finding of the draft, and what becomes of it (比对条目).

    ``finding`` is the finding of the ledger that it is, ``finding_version`` as it was compared. ``how`` and
    ``likeness`` say by what it was recognised, ``doubt`` why it is asked about; ``candidates`` are pairs of a
    finding's id and its likeness. ``differing`` are the parts in which both differ, ``barred`` those of them
    that cannot be taken, each with the reason; ``chosen`` what was chosen for this row, by part.
    """

    comparison = models.ForeignKey(Comparison, on_delete=models.CASCADE, related_name="rows")
    draft = models.ForeignKey("intake.DraftFinding", on_delete=models.CASCADE, related_name="+")
    position = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=[(each.value, each.value) for each in ComparedState])
    finding = models.ForeignKey(
        "ledger.Finding", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    finding_version = models.PositiveIntegerField(null=True, blank=True)
    how = models.CharField(max_length=10, blank=True)
    likeness = models.PositiveSmallIntegerField(default=0)
    doubt = models.CharField(max_length=20, blank=True)
    candidates = models.JSONField(default=list, blank=True)
    differing = models.JSONField(default=list, blank=True)
    barred = models.JSONField(default=dict, blank=True)
    chosen = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["comparison", "draft"], name="intake_compared_draft_once"),
            models.UniqueConstraint(
                fields=["comparison", "finding"],
                condition=Q(finding__isnull=False),
                name="intake_compared_finding_once",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=ComparedState.SAME.value, finding__isnull=False, finding_version__isnull=False
                )
                | (
                    ~Q(state=ComparedState.SAME.value) & Q(finding__isnull=True, finding_version__isnull=True)
                ),
                name="intake_compared_same_names_finding",
            ),
        ]
        indexes = [
            models.Index(fields=["comparison", "state", "position"], name="intake_compared_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.comparison_id}/{self.draft_id} {self.state}"
