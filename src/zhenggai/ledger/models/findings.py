"""Findings with what documents claim of them, and their measures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from zhenggai.domain.lifecycle import Nature, Progress, Stage
from zhenggai.domain.measures import MeasureSource
from zhenggai.domain.reading import StatedNature, StatedProgress
from zhenggai.domain.restricting import RestrictionKind
from zhenggai.ledger.models.inspections import FindingGroup, Inspection, SourceDocument, Theme

if TYPE_CHECKING:
    from collections.abc import Iterable
    from enum import StrEnum


# The columns of a finding that changes write; besides its plan nothing else of it ever changes.
WRITTEN: Final = (
    "stage",
    "round",
    "nature",
    "progress",
    "responsible_leader_id",
    "lead_unit_id",
    "due",
    "first_due",
    "money_required",
    "people_required",
    "cause_required",
    "requirements_set_by",
    "emphasis",
    "key_area",
    "money_to_recover",
    "people_to_deal_with",
    "systemic_cause",
    "restricted",
    "restricted_at",
    "restricted_by_id",
    "version",
    "changed_at",
)
# What documents claim of a finding, and its words: they change with a `ClaimUpdate`, and never otherwise.
RESTATED: Final = (
    "number",
    "title",
    "problem",
    "theme_id",
    "group_id",
    "organisation_label",
    "status_text",
    "stated_progress",
    "stated_nature",
    "stated_closed",
    "stated_leader",
    "stated_unit",
    "stated_supporting",
    "stated_due_text",
    "stated_due_on",
    "stated_result",
)


def choices_of(values: Iterable[StrEnum]) -> list[tuple[str, str]]:
    """The values of a closed list as choices of a column."""
    return [(each.value, each.value) for each in values]


def known(field: str, values: Iterable[StrEnum], *, blank: bool = False) -> Q:
    """That a column holds one of a closed list, or is empty where it may be."""
    return Q(**{f"{field}__in": [*([""] if blank else []), *(each.value for each in values)]})


def _whole_span() -> Q:
    return Q(span_start__isnull=True, span_end__isnull=True) | Q(
        span_start__isnull=False, span_end__isnull=False, span_end__gte=F("span_start")
    )


def dropped_whole(name: str) -> models.CheckConstraint:
    """What is dropped from a plan stays, with who and why."""
    stands = Q(dropped_at__isnull=True, dropped_by__isnull=True, dropped_reason="")
    dropped = Q(dropped_at__isnull=False, dropped_by__isnull=False) & ~Q(dropped_reason="")
    return models.CheckConstraint(condition=stands | dropped, name=f"ledger_{name}_dropped_whole")


class Finding(models.Model):
    """One finding (具体问题). ``number`` is the printed path, 二/(一)/1/(1).

    ``stage`` and ``round`` are moved by the services alone; ``version`` counts every change of the finding or
    of anything that hangs on it. ``progress`` is the unit's claim. Every ``stated_*`` is a document's claim,
    never a state of ours; spans count code points of the document's restored text. ``money_required``,
    ``people_required``, ``cause_required`` are set by the office, null is unset; ``requirements_set_by``: by
    whom. ``emphasis``: raised strongly by the public (群众反映强烈); ``key_area`` (重点领域) in the office's
    words; ``money_to_recover`` in yuan (元). ``plan``: the last plan submitted with it. ``restricted``: why
    only its readers see it, empty while it is not restricted.
    """

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="findings")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="findings", null=True, blank=True)
    group = models.ForeignKey(
        FindingGroup, on_delete=models.PROTECT, related_name="findings", null=True, blank=True
    )
    position = models.PositiveIntegerField()
    number = models.TextField(blank=True)
    title = models.TextField()
    problem = models.TextField(blank=True)
    organisation_label = models.TextField(blank=True)

    nature = models.CharField(max_length=20, choices=choices_of(Nature), blank=True)
    stage = models.CharField(max_length=20, choices=choices_of(Stage), default=Stage.REGISTERED.value)
    progress = models.CharField(max_length=20, choices=choices_of(Progress), blank=True)
    version = models.PositiveIntegerField(default=1)
    round = models.PositiveIntegerField(default=1)
    responsible_leader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="findings_led", null=True, blank=True
    )
    lead_unit = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="findings_led", null=True, blank=True
    )
    supporting_units = models.ManyToManyField(
        "accounts.Organisation", through="ledger.SupportingUnit", related_name="findings_supported"
    )
    due = models.DateField(null=True, blank=True)
    first_due = models.DateField(null=True, blank=True)
    money_required = models.BooleanField(null=True, blank=True)
    people_required = models.BooleanField(null=True, blank=True)
    cause_required = models.BooleanField(null=True, blank=True)
    requirements_set_by = models.JSONField(null=True, blank=True)
    emphasis = models.BooleanField(default=False)
    key_area = models.CharField(max_length=100, blank=True)
    money_to_recover = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    people_to_deal_with = models.PositiveIntegerField(null=True, blank=True)
    systemic_cause = models.TextField(blank=True)
    plan = models.ForeignKey(
        "ledger.Plan", on_delete=models.PROTECT, related_name="findings", null=True, blank=True
    )

    # of a successor: the finding whose fault came back, and for which time it did
    origin = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="successors", null=True, blank=True
    )
    rebound = models.PositiveSmallIntegerField(null=True, blank=True)

    restricted = models.CharField(max_length=20, choices=choices_of(RestrictionKind), blank=True, default="")
    restricted_at = models.DateTimeField(null=True, blank=True)
    restricted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    status_text = models.TextField(blank=True)
    stated_progress = models.CharField(max_length=20, choices=choices_of(StatedProgress), blank=True)
    stated_nature = models.CharField(max_length=20, choices=choices_of(StatedNature), blank=True)
    stated_closed = models.BooleanField(null=True, blank=True)
    stated_leader = models.TextField(blank=True)
    stated_unit = models.TextField(blank=True)
    stated_supporting = models.TextField(blank=True)
    stated_due_text = models.TextField(blank=True)
    stated_due_on = models.DateField(null=True, blank=True)
    stated_result = models.TextField(blank=True)
    truncated = models.BooleanField(default=False)
    document = models.ForeignKey(
        SourceDocument, on_delete=models.PROTECT, related_name="findings", null=True, blank=True
    )
    span_start = models.PositiveIntegerField(null=True, blank=True)
    span_end = models.PositiveIntegerField(null=True, blank=True)
    registered_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["inspection", "position"]
        constraints = [
            models.UniqueConstraint(fields=["inspection", "position"], name="ledger_finding_position_once"),
            models.UniqueConstraint(fields=["origin", "rebound"], name="ledger_finding_rebound_once"),
            models.CheckConstraint(
                condition=Q(origin__isnull=True, rebound__isnull=True)
                | Q(origin__isnull=False, rebound__gte=1),
                name="ledger_finding_rebound_whole",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="ledger_finding_titled"),
            models.CheckConstraint(condition=known("stage", Stage), name="ledger_finding_stage_known"),
            models.CheckConstraint(
                condition=known("nature", Nature, blank=True), name="ledger_finding_nature_known"
            ),
            models.CheckConstraint(
                condition=known("progress", Progress, blank=True), name="ledger_finding_progress_known"
            ),
            models.CheckConstraint(
                condition=Q(version__gte=1, round__gte=1), name="ledger_finding_counts_from_one"
            ),
            models.CheckConstraint(
                condition=Q(stage=Stage.REGISTERED.value)
                | Q(responsible_leader__isnull=False, lead_unit__isnull=False),
                name="ledger_finding_assigned_to_someone",
            ),
            # Long-term work never silently counts as closed, and nothing else is closed for a stage.
            models.CheckConstraint(
                condition=~Q(stage=Stage.CLOSED.value)
                | Q(nature__in=[Nature.IMMEDIATE.value, Nature.TIME_BOUND.value]),
                name="ledger_finding_closed_is_final",
            ),
            models.CheckConstraint(
                condition=~Q(stage=Stage.STAGE_CLOSED.value) | Q(nature=Nature.LONG_TERM.value),
                name="ledger_finding_stage_closed_is_long_term",
            ),
            models.CheckConstraint(
                condition=Q(due__isnull=True, first_due__isnull=True)
                | Q(first_due__isnull=False, due__isnull=False)
                # what became long-term has no due day any more, and keeps the first it had
                | Q(first_due__isnull=False, nature=Nature.LONG_TERM.value),
                name="ledger_finding_first_due_kept",
            ),
            models.CheckConstraint(condition=_whole_span(), name="ledger_finding_span_whole"),
            models.CheckConstraint(
                condition=known("restricted", RestrictionKind, blank=True),
                name="ledger_finding_restricted_known",
            ),
            models.CheckConstraint(
                condition=Q(restricted="", restricted_at__isnull=True, restricted_by__isnull=True)
                | (~Q(restricted="") & Q(restricted_at__isnull=False, restricted_by__isnull=False)),
                name="ledger_finding_restricted_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["inspection", "stage", "position"], name="ledger_finding_by_stage"),
            models.Index(fields=["inspection", "due", "position"], name="ledger_finding_by_due"),
            models.Index(fields=["inspection", "-changed_at", "position"], name="ledger_finding_by_change"),
            models.Index(
                fields=["inspection", "stated_progress", "position"], name="ledger_finding_by_stated"
            ),
            models.Index(fields=["inspection", "theme", "position"], name="ledger_finding_by_theme"),
            models.Index(fields=["inspection", "lead_unit", "position"], name="ledger_finding_by_unit"),
            models.Index(fields=["responsible_leader", "stage"], name="ledger_finding_by_leader"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()


class ActionTaken(models.Model):
    """What a document or a report says was done (整改情况下的一是二是): a claim, kept with its place.

    ``report`` is the progress report that says it, ``measure`` what it was done for, where one is named.
    """

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="actions_taken")
    position = models.PositiveIntegerField()
    text = models.TextField()
    document = models.ForeignKey(
        SourceDocument, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    span_start = models.PositiveIntegerField(null=True, blank=True)
    span_end = models.PositiveIntegerField(null=True, blank=True)
    report = models.ForeignKey(
        "ledger.ProgressReport", on_delete=models.PROTECT, related_name="actions", null=True, blank=True
    )
    measure = models.ForeignKey(
        "ledger.Measure", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["finding", "position"], name="ledger_action_position_once"),
            models.CheckConstraint(
                condition=Q(report__isnull=True, measure__isnull=True)
                | Q(report__isnull=False, document__isnull=True),
                name="ledger_action_of_document_or_report",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="ledger_action_has_text"),
            models.CheckConstraint(condition=_whole_span(), name="ledger_action_span_whole"),
        ]
        ordering = ["position"]

    def __str__(self) -> str:
        return self.text[:50]


class Measure(models.Model):
    """One measure (整改措施). ``source`` says whether a document stated it or it was planned here.

    ``requirement`` is what is asked of the work (工作要求); ``leader`` who answers for it, ``due`` its own
    day, where they differ from the finding's. ``amendment``: which added it, ``arranged_amendment``: which
    arranged it last, ``dropped_amendment``: which dropped it, after the plan was approved.
    """

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="measures")
    position = models.PositiveIntegerField()
    text = models.TextField()
    source = models.CharField(max_length=10, choices=choices_of(MeasureSource))
    stated_leader = models.TextField(blank=True)
    stated_unit = models.TextField(blank=True)
    stated_due_text = models.TextField(blank=True)
    due = models.DateField(null=True, blank=True)
    requirement = models.TextField(blank=True)
    leader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    amendment = models.ForeignKey(
        "ledger.PlanAmendment", on_delete=models.PROTECT, related_name="measures", null=True, blank=True
    )
    arranged_amendment = models.ForeignKey(
        "ledger.PlanAmendment", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    document = models.ForeignKey(
        SourceDocument, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    span_start = models.PositiveIntegerField(null=True, blank=True)
    span_end = models.PositiveIntegerField(null=True, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    result = models.TextField(blank=True)
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
            models.UniqueConstraint(fields=["finding", "position"], name="ledger_measure_position_once"),
            models.CheckConstraint(condition=~Q(text=""), name="ledger_measure_has_text"),
            models.CheckConstraint(
                condition=known("source", MeasureSource), name="ledger_measure_source_known"
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, done_by__isnull=True, result="")
                | (Q(done_at__isnull=False, done_by__isnull=False) & ~Q(result="")),
                name="ledger_measure_done_with_result",
            ),
            dropped_whole("measure"),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(dropped_at__isnull=True),
                name="ledger_measure_done_or_dropped",
            ),
            models.CheckConstraint(condition=_whole_span(), name="ledger_measure_span_whole"),
        ]
        ordering = ["position"]

    def __str__(self) -> str:
        return self.text[:50]


class MeasureTask(models.Model):
    """One unit's part of a measure (整改任务分工): each unit reports its own.

    A part that is taken away stays with ``dropped_at``. ``amendment``: which gave it, ``dropped_amendment``:
    which took it away, after the plan was approved.
    """

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="tasks")
    unit = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    due = models.DateField(null=True, blank=True)
    report = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    amendment = models.ForeignKey(
        "ledger.PlanAmendment", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    dropped_at = models.DateTimeField(null=True, blank=True)
    dropped_amendment = models.ForeignKey(
        "ledger.PlanAmendment", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "unit"], condition=Q(dropped_at__isnull=True), name="ledger_task_once"
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, done_by__isnull=True, report="")
                | (Q(done_at__isnull=False, done_by__isnull=False) & ~Q(report="")),
                name="ledger_task_done_with_report",
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(dropped_at__isnull=True),
                name="ledger_task_done_or_dropped",
            ),
            models.CheckConstraint(
                condition=Q(dropped_at__isnull=False) | Q(dropped_amendment__isnull=True),
                name="ledger_task_dropped_by_amendment",
            ),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.measure_id} {self.unit_id}"
