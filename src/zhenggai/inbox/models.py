"""Notices, and how often a person wants the digest (消息、摘要频率)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from zhenggai.inbox.kinds import NoticeKind, Rhythm, TargetKind


class Notice(models.Model):
    """One notice to one person (消息).

    ``template`` and ``values`` are its sentence, for the reader's language; what it is about is not said in
    it but looked up by ``target_kind`` and ``target_id`` whenever it is shown, as far as the reader still
    sees that. ``details`` holds, of a digest or of several findings at once, groups of totals and ids.
    Nobody is told twice under one ``key``.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=20, choices=[(kind, kind) for kind in NoticeKind])
    template = models.TextField()
    values = models.JSONField(default=dict, blank=True)
    target_kind = models.CharField(max_length=20, blank=True, choices=[(kind, kind) for kind in TargetKind])
    target_id = models.PositiveBigIntegerField(null=True, blank=True)
    details = models.JSONField(default=list, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    key = models.CharField(max_length=200)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "key"], name="inbox_notice_once"),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in NoticeKind]), name="inbox_notice_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(target_kind="", target_id__isnull=True)
                | Q(target_kind__in=[kind.value for kind in TargetKind], target_id__isnull=False),
                name="inbox_notice_target_whole",
            ),
        ]
        indexes = [
            models.Index(F("person"), F("id").desc(), name="inbox_notice_newest"),
            models.Index(F("person"), F("kind"), F("id").desc(), name="inbox_notice_by_kind"),
            models.Index(
                F("person"), F("id").desc(), condition=Q(read_at__isnull=True), name="inbox_notice_unread"
            ),
            models.Index(
                fields=["key"], condition=Q(read_at__isnull=True), name="inbox_notice_unread_by_key"
            ),
            models.Index(
                fields=["read_at"], condition=Q(read_at__isnull=False), name="inbox_notice_read_before"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class DigestChoice(models.Model):
    """How often a person wants the digest (摘要频率); who chose nothing gets it every working day."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="digest_choice"
    )
    rhythm = models.CharField(max_length=10, choices=[(rhythm, rhythm) for rhythm in Rhythm])

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(rhythm__in=[rhythm.value for rhythm in Rhythm]), name="inbox_digest_rhythm_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.rhythm}"


class DigestDay(models.Model):
    """A working day of which every digest was sent (已发摘要日), so that none is sent again or forgotten."""

    day = models.DateField(unique=True)
    done_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.day.isoformat()
