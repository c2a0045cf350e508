"""What intake keeps (收件的数据): the upload as it came, what was read from it, and the draft people edit."""

from __future__ import annotations

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from zhenggai.intake.book_models import CellIssue, HeaderMapping, IntakeBook, SheetWindow
from zhenggai.intake.compare_models import ComparedFinding, Comparison
from zhenggai.intake.name_models import NameMeaning
from zhenggai.intake.states import (
    CorrectionKind,
    IntakeState,
    ItemKind,
    Origin,
    UnreadState,
    UnreadTarget,
)

__all__ = [
    "CellIssue",
    "ComparedFinding",
    "Comparison",
    "Correction",
    "DraftFinding",
    "DraftItem",
    "DraftUnread",
    "HeaderMapping",
    "Intake",
    "IntakeBook",
    "NameMeaning",
    "SheetWindow",
    "SourceWindow",
]

SHA256 = 64


def _choices(
    values: type[CorrectionKind | IntakeState | ItemKind | Origin | UnreadState | UnreadTarget],
) -> list[tuple[str, str]]:
    return [(value.value, value.value) for value in values]


class Intake(models.Model):
    """One uploaded document (收件): the bytes for ever, the reading as it was, the draft as people leave it.

    ``version`` counts every change of the draft. ``spans`` maps a fact to its place in the restored text;
    ``edits`` maps a fact to who changed it last and when; ``as_read`` keeps what the reader said, ``why`` the
    rule by which it read each fact, with the words of the rule's sentence.
    """

    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    uploader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=SHA256)
    size_bytes = models.PositiveBigIntegerField()
    state = models.CharField(max_length=12, choices=_choices(IntakeState), default=IntakeState.RECEIVED.value)
    failure = models.JSONField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    received_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.CharField(max_length=200, blank=True)
    settled_reason = models.TextField(blank=True)

    reading_sha256 = models.CharField(max_length=SHA256, blank=True)
    decoded_sha256 = models.CharField(max_length=SHA256, blank=True)
    text_sha256 = models.CharField(max_length=SHA256, blank=True)
    view_sha256 = models.CharField(max_length=SHA256, blank=True)
    encoding = models.CharField(max_length=40, blank=True)
    format = models.CharField(max_length=10, blank=True)
    truncated = models.BooleanField(default=False)
    characters = models.PositiveBigIntegerField(default=0)
    counts = models.JSONField(default=dict, blank=True)

    kind = models.CharField(max_length=20, blank=True)
    title = models.TextField(blank=True)
    organisation_label = models.TextField(blank=True)
    inspector = models.TextField(blank=True)
    on_site_from = models.DateField(null=True, blank=True)
    on_site_to = models.DateField(null=True, blank=True)
    feedback_on = models.DateField(null=True, blank=True)
    as_of = models.DateField(null=True, blank=True)
    published_on = models.DateField(null=True, blank=True)
    spans = models.JSONField(default=dict, blank=True)
    as_read = models.JSONField(default=dict, blank=True)
    why = models.JSONField(default=dict, blank=True)
    edits = models.JSONField(default=dict, blank=True)

    inspection = models.ForeignKey(
        "ledger.Inspection", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        """The same bytes are one draft at a time; only what is confirmed has an inspection."""

        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "sha256"],
                condition=~Q(state=IntakeState.CONFIRMED.value),
                name="intake_same_bytes_once",
            ),
            models.CheckConstraint(
                condition=Q(state=IntakeState.CONFIRMED.value, inspection__isnull=False)
                | (~Q(state=IntakeState.CONFIRMED.value) & Q(inspection__isnull=True)),
                name="intake_confirmed_has_inspection",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in IntakeState]), name="intake_state_known"
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "-received_at", "-id"], name="intake_by_organisation"),
            models.Index(fields=["-received_at", "-id"], name="intake_by_moment"),
            models.Index(fields=["state", "-received_at", "-id"], name="intake_by_state"),
        ]

    def __str__(self) -> str:
        return self.name


class SourceWindow(models.Model):
    """Where one stretch of the original stands (原文片段): in source, restored text and view blob."""

    intake = models.ForeignKey(Intake, on_delete=models.CASCADE, related_name="windows")
    position = models.PositiveIntegerField()
    start = models.PositiveBigIntegerField()
    end = models.PositiveBigIntegerField()
    restored_start = models.PositiveBigIntegerField()
    restored_end = models.PositiveBigIntegerField()
    offset_bytes = models.PositiveBigIntegerField()
    length_bytes = models.PositiveBigIntegerField()

    class Meta:
        """Stretches in order, each once."""

        constraints = [
            models.UniqueConstraint(fields=["intake", "position"], name="intake_window_once"),
        ]

    def __str__(self) -> str:
        return f"{self.intake_id}/{self.position}"


class DraftFinding(models.Model):
    """One finding of the draft (待确认的问题); what the document does not say is empty.

    Spans are code points of the restored text. ``spans`` maps a field to its place, ``[start, end]``, and to
    further places after it where its words were put together from several. ``edits`` maps a field to who
    changed it last and when, ``why`` a field to the rule that read it. ``key``: that of the ledger which the
    row came out of, as the file has it.
    """

    intake = models.ForeignKey(Intake, on_delete=models.CASCADE, related_name="findings")
    position = models.PositiveIntegerField()
    origin = models.CharField(max_length=8, choices=_choices(Origin), default=Origin.READ.value)
    key = models.CharField(max_length=60, blank=True)
    number = models.CharField(max_length=200, blank=True)
    theme = models.TextField(blank=True)
    group = models.TextField(blank=True)
    title = models.TextField(blank=True)
    problem = models.TextField(blank=True)
    organisation_label = models.TextField(blank=True)
    result = models.TextField(blank=True)
    status_text = models.TextField(blank=True)
    stated_progress = models.CharField(max_length=20, blank=True)
    stated_nature = models.CharField(max_length=20, blank=True)
    stated_closed = models.BooleanField(null=True, blank=True)
    responsible_leader = models.TextField(blank=True)
    lead_unit = models.TextField(blank=True)
    supporting_units = models.TextField(blank=True)
    due_text = models.TextField(blank=True)
    due_on = models.DateField(null=True, blank=True)
    truncated = models.BooleanField(default=False)
    span_start = models.PositiveBigIntegerField(null=True, blank=True)
    span_end = models.PositiveBigIntegerField(null=True, blank=True)
    spans = models.JSONField(default=dict, blank=True)
    flags = models.PositiveIntegerField(default=0)
    as_read = models.JSONField(default=dict, blank=True)
    why = models.JSONField(default=dict, blank=True)
    edits = models.JSONField(default=dict, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)
    dropped_by = models.CharField(max_length=200, blank=True)
    drop_reason = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """A dropped finding says why."""

        constraints = [
            models.CheckConstraint(
                condition=Q(dropped_at__isnull=True) | ~Q(drop_reason=""),
                name="intake_drop_has_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["intake", "position", "id"], name="intake_finding_order"),
            models.Index(fields=["intake", "span_start"], name="intake_finding_place"),
        ]

    def __str__(self) -> str:
        return self.title


class DraftItem(models.Model):
    """One measure or one claimed action of a draft finding (措施、整改情况)."""

    finding = models.ForeignKey(DraftFinding, on_delete=models.CASCADE, related_name="items")
    kind = models.CharField(max_length=8, choices=_choices(ItemKind))
    position = models.PositiveIntegerField()
    origin = models.CharField(max_length=8, choices=_choices(Origin), default=Origin.READ.value)
    text = models.TextField(blank=True)
    leader = models.TextField(blank=True)
    unit = models.TextField(blank=True)
    due_text = models.TextField(blank=True)
    due_on = models.DateField(null=True, blank=True)
    span_start = models.PositiveBigIntegerField(null=True, blank=True)
    span_end = models.PositiveBigIntegerField(null=True, blank=True)
    as_read = models.JSONField(default=dict, blank=True)
    why = models.JSONField(default=dict, blank=True)
    edits = models.JSONField(default=dict, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)
    dropped_by = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """Measures and actions, each in their order."""

        indexes = [models.Index(fields=["finding", "kind", "position", "id"], name="intake_item_order")]

    def __str__(self) -> str:
        return self.text


class DraftUnread(models.Model):
    """A stretch that was not understood (未识别的文字), and what a person decided about it.

    ``text`` holds at most `drafting.EXCERPT_CHARACTERS`; ``length`` counts the whole stretch.
    """

    intake = models.ForeignKey(Intake, on_delete=models.CASCADE, related_name="unread")
    position = models.PositiveIntegerField()
    span_start = models.PositiveBigIntegerField()
    span_end = models.PositiveBigIntegerField()
    text = models.TextField()
    length = models.PositiveBigIntegerField()
    why = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=_choices(UnreadState), default=UnreadState.OPEN.value)
    target = models.CharField(max_length=10, choices=_choices(UnreadTarget), blank=True)
    finding = models.ForeignKey(
        DraftFinding, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    item = models.ForeignKey(DraftItem, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    decided_by = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """Open ones first is what a page asks for."""

        indexes = [models.Index(fields=["intake", "state", "position"], name="intake_unread_state")]

    def __str__(self) -> str:
        return self.text


class Correction(models.Model):
    """One change of a draft's structure (更正记录), with the rows as they stood before it.

    ``version`` is the draft's after it. ``before`` holds the rows that were changed, the ids of those that
    were made, and places in the list that moved; it is what taking the correction back needs.
    """

    intake = models.ForeignKey(Intake, on_delete=models.CASCADE, related_name="corrections")
    kind = models.CharField(max_length=20, choices=_choices(CorrectionKind))
    title = models.TextField(blank=True)
    version = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)
    before = models.JSONField(encoder=DjangoJSONEncoder)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.CharField(max_length=200, blank=True)
    undone_version = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        """The last one that stands is what a page asks for."""

        indexes = [models.Index(fields=["intake", "undone_at", "-id"], name="intake_correction_last")]

    def __str__(self) -> str:
        return f"{self.intake_id}/{self.kind}"
