"""Signatures given elsewhere (线下签批): a scan recorded by one person and confirmed by another."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from zhenggai.domain.paper import RecordKind
from zhenggai.ledger.models.closing import ClosureRequest

_PERSON = settings.AUTH_USER_MODEL


class SignatureRecord(models.Model):
    """A signature on paper, or a meeting's decision, with its scan (线下签批记录); counts once confirmed.

    ``signer``: who signed on paper; ``number``: of the minutes; ``held_on``: when it was signed or decided.
    ``form_code``: what is printed on the form that was signed (核验码), empty where it was another paper.
    """

    request = models.ForeignKey(ClosureRequest, on_delete=models.PROTECT, related_name="records")
    step = models.CharField(max_length=50)
    kind = models.CharField(max_length=10, choices=[(each.value, each.value) for each in RecordKind])
    signer = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    number = models.CharField(max_length=100, blank=True)
    held_on = models.DateField()
    form_code = models.CharField(max_length=60, blank=True)
    note = models.TextField(blank=True)
    blob = models.ForeignKey("files.Blob", on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=255)
    recorded_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(
        _PERSON, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    refused_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    refused_at = models.DateTimeField(null=True, blank=True)
    refused_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=RecordKind.PAPER.value, signer__isnull=False)
                | (Q(kind=RecordKind.MINUTES.value, signer__isnull=True) & ~Q(number="")),
                name="ledger_signaturerecord_whole",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(refused_at__isnull=True),
                name="ledger_signaturerecord_decided_once",
            ),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.request_id} {self.step} {self.kind}"
