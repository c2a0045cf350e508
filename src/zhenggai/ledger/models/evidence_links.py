"""What a piece of evidence says that it proves (证明对象); guarded, see `zhenggai.ledger.guards`."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from zhenggai.domain.outcomes import PEOPLE
from zhenggai.ledger.models.closed_lists import choices_of, known


class EvidenceLink(models.Model):
    """One thing that a piece of evidence proves: a measure, a criterion, or a person dealt with.

    Made with the piece, never changed, made again with a piece that is carried over. ``person`` is a name as
    the unit writes it (张某某), with what was done (``handling``).
    """

    evidence = models.ForeignKey("ledger.Evidence", on_delete=models.PROTECT, related_name="links")
    measure = models.ForeignKey(
        "ledger.Measure", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    criterion = models.ForeignKey(
        "ledger.Criterion", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    person = models.CharField(max_length=30, blank=True)
    handling = models.CharField(max_length=20, choices=choices_of(PEOPLE), blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(measure__isnull=False, criterion__isnull=True, person="", handling="")
                | Q(measure__isnull=True, criterion__isnull=False, person="", handling="")
                | (Q(measure__isnull=True, criterion__isnull=True) & ~Q(person="") & ~Q(handling="")),
                name="ledger_evidencelink_proves_one_thing",
            ),
            models.CheckConstraint(
                condition=known("handling", PEOPLE, blank=True), name="ledger_evidencelink_handling_known"
            ),
            models.UniqueConstraint(
                fields=["evidence", "measure"],
                condition=Q(measure__isnull=False),
                name="ledger_evidencelink_measure_once",
            ),
            models.UniqueConstraint(
                fields=["evidence", "criterion"],
                condition=Q(criterion__isnull=False),
                name="ledger_evidencelink_criterion_once",
            ),
            models.UniqueConstraint(
                fields=["evidence", "person", "handling"],
                condition=~Q(person=""),
                name="ledger_evidencelink_person_once",
            ),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.evidence_id} {self.pk}"
