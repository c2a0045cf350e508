"""Jobs, the workers that do them and the schedules that make them (任务、执行进程、定时)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from zhenggai.jobs.states import UNFINISHED, JobState


class Job(models.Model):
    """One piece of background work (后台任务).

    ``task`` is the dotted name of the task, ``arguments`` its JSON (``args``, ``kwargs``). Two unfinished
    jobs of one task never have the same ``key``. A worker holds a running job under ``token`` until
    ``lease_until``; ``attempts`` counts failures tried again, ``losses`` workers that died with it.
    ``done`` of ``total`` is its progress, both null where it says nothing, within ``step``, a word of the
    task's own. A fault is kept as the sentence's
    template and values, for the reader's language.
    """

    task = models.CharField(max_length=200)
    key = models.CharField(max_length=200, blank=True)
    arguments = models.JSONField()
    queue = models.CharField(max_length=40)
    priority = models.SmallIntegerField(default=0)
    state = models.CharField(max_length=10, choices=[(state, state) for state in JobState])
    enqueued_at = models.DateTimeField()
    run_after = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    losses = models.PositiveSmallIntegerField(default=0)
    token = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    workers = models.JSONField(default=list)
    step = models.CharField(max_length=40, blank=True)
    done = models.PositiveBigIntegerField(null=True, blank=True)
    total = models.PositiveBigIntegerField(null=True, blank=True)
    result = models.JSONField(null=True, blank=True)
    fault_code = models.CharField(max_length=100, blank=True)
    fault_template = models.TextField(blank=True)
    fault_values = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["task", "key"],
                condition=~Q(key="") & Q(state__in=[state.value for state in UNFINISHED]),
                name="jobs_job_unfinished_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in JobState]), name="jobs_job_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state=JobState.RUNNING.value, lease_until__isnull=False) & ~Q(token="")
                | ~Q(state=JobState.RUNNING.value) & Q(lease_until__isnull=True, token=""),
                name="jobs_job_lease_while_running",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[JobState.DONE.value, JobState.FAILED.value], finished_at__isnull=False)
                | Q(state__in=[state.value for state in UNFINISHED], finished_at__isnull=True),
                name="jobs_job_finished_when_over",
            ),
            models.CheckConstraint(
                condition=Q(done__isnull=True, total__isnull=True) | Q(done__lte=F("total")),
                name="jobs_job_progress_within",
            ),
        ]
        indexes = [
            models.Index(
                "queue",
                F("priority").desc(),
                "run_after",
                "id",
                condition=Q(state=JobState.READY.value),
                name="jobs_job_next",
            ),
            models.Index(
                fields=["lease_until"], condition=Q(state=JobState.RUNNING.value), name="jobs_job_leases"
            ),
            models.Index(fields=["state", "-id"], name="jobs_job_by_state"),
            models.Index(
                fields=["finished_at"], condition=Q(finished_at__isnull=False), name="jobs_job_finished"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task} {self.pk}"


class Worker(models.Model):
    """A process that does jobs (执行进程); ``seen_at`` moves while it lives."""

    name = models.CharField(max_length=150, unique=True)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Schedule(models.Model):
    """Up to which moment a recurring task has been made into jobs (定时); a missed one is caught up once."""

    name = models.CharField(max_length=200, unique=True)
    last_slot = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
