"""Inspections, the documents they rest on, and how their findings are grouped."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from zhenggai.domain.inspections import InspectionKind
from zhenggai.domain.markings import Marking
from zhenggai.domain.reading import DocumentKind


def _choices(values: Any) -> list[tuple[str, str]]:
    return [(each.value, each.value) for each in values]


class Inspection(models.Model):
    """One inspection of one organisation (巡察、巡视、审计、督察).

    ``inspector`` is the inspecting body as printed; ``inspector_organisation`` where it works here.
    ``profile`` holds what differs from place to place: counting rule and time rules, by name.
    ``plan_required``: whether work counts only under an approved plan; never taken back.
    """

    title = models.CharField(max_length=300)
    kind = models.CharField(max_length=20, choices=_choices(InspectionKind))
    subject = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="inspections")
    inspector = models.CharField(max_length=200, blank=True)
    inspector_organisation = models.ForeignKey(
        "accounts.Organisation",
        on_delete=models.PROTECT,
        related_name="inspections_made",
        null=True,
        blank=True,
    )
    feedback_on = models.DateField(null=True, blank=True)
    profile = models.JSONField(default=dict, blank=True)
    marking = models.CharField(max_length=20, choices=_choices(Marking), default=Marking.INTERNAL.value)
    plan_required = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="ledger_inspection_titled"),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in InspectionKind]),
                name="ledger_inspection_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(marking__in=[marking.value for marking in Marking]),
                name="ledger_inspection_marking_known",
            ),
        ]
        indexes = [models.Index(fields=["-created_at", "-id"], name="ledger_inspection_newest")]

    def __str__(self) -> str:
        return self.title


def profiled() -> tuple[str, ...]:
    """The columns that say how an inspection is counted and signed (口径与梯次)."""
    fields = Inspection._meta.concrete_fields  # noqa: SLF001  # the documented Meta API
    return tuple(field.attname for field in fields if field.attname.startswith("profile"))


class SourceDocument(models.Model):
    """A document whose claims entered the ledger (来源文件).

    The hashes name stored blobs: the bytes as handed in, the reading (JSON), and the restored text in which
    the spans of findings, measures and actions count. ``intake_id`` is the intake it came from; no foreign
    key, because intake stands above the ledger.
    """

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=20, choices=_choices(DocumentKind))
    title = models.TextField(blank=True)
    name = models.CharField(max_length=300)
    blob_sha256 = models.CharField(max_length=64)
    reading_sha256 = models.CharField(max_length=64)
    text_sha256 = models.CharField(max_length=64)
    intake_id = models.PositiveBigIntegerField(unique=True, null=True, blank=True)
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in DocumentKind]), name="ledger_document_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.name


class Theme(models.Model):
    """A theme of an inspection (方面)."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="themes")
    position = models.PositiveIntegerField()
    title = models.CharField(max_length=500)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["inspection", "title"], name="ledger_theme_once"),
            models.CheckConstraint(condition=~Q(title=""), name="ledger_theme_titled"),
        ]
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.title


class FindingGroup(models.Model):
    """A group of findings within a theme (大项)."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="groups")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="groups", null=True, blank=True)
    position = models.PositiveIntegerField()
    title = models.CharField(max_length=500)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["theme", "title"], condition=Q(theme__isnull=False), name="ledger_group_once"
            ),
            models.UniqueConstraint(
                fields=["inspection", "title"],
                condition=Q(theme__isnull=True),
                name="ledger_group_alone_once",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="ledger_group_titled"),
        ]
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.title
