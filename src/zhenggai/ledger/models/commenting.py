"""What people write to each other about a finding (留言). Guarded by triggers."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual

from zhenggai.ledger.models.findings import Finding

COMMENT_MOST: Final = 2_000
"""Characters of a comment."""


class Comment(models.Model):
    """A comment on a finding, or an answer to one (留言); no rule ever looks at it.

    ``named``: whom its writer chose to be told of it. Withdrawn it keeps its place and loses its ``text``,
    which the trail holds until it is erased there.
    """

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="comments")
    answers = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="answered_by", null=True, blank=True
    )
    text = models.TextField(blank=True)
    named = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    withdrawn_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_reason="") & ~Q(text="")
                )
                | (
                    Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False, text="")
                    & ~Q(withdrawn_reason="")
                ),
                name="ledger_comment_withdrawn_whole",
            ),
            models.CheckConstraint(
                condition=LessThanOrEqual(Length("text"), COMMENT_MOST), name="ledger_comment_short"
            ),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.finding_id} {self.pk}"
