"""Background work (后台任务): what waits, runs, was done or given up, and who does it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zhenggai.domain.errors import NotAllowedNowError, NotFoundError
from zhenggai.domain.messages import Message
from zhenggai.jobs import schedule, selectors, services
from zhenggai.jobs.states import JOB_STATE_LABELS, JobState
from zhenggai.web.ledger_list import Count, Paging
from zhenggai.web.refusals import Refusal, refusal_of

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpResponse

    from zhenggai.web.requests import WebRequest

JOBS_PER_PAGE: Final = 50
_STATE_MARKS: Final = {
    JobState.READY: "registered",
    JobState.RUNNING: "rectifying",
    JobState.DONE: "closed",
    JobState.FAILED: "late",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One job in words; ``percent`` is None where it says nothing of its progress."""

    id: int
    label: str
    state: str
    mark: str
    enqueued_at: datetime
    run_after: datetime | None
    started_at: datetime | None
    finished_at: datetime | None
    tries: int
    percent: int | None
    fault: str
    may_restart: bool


@dataclass(frozen=True, slots=True)
class Recurring:
    """One recurring task in words."""

    label: str
    due: str
    last: datetime | None


@require_safe
def jobs(request: WebRequest) -> HttpResponse:
    """Workers, recurring tasks and jobs, the newest first."""
    return _page(request)


@require_POST
def job_restart(request: WebRequest, job_id: int) -> HttpResponse:
    """Lets a job that was given up be tried again."""
    try:
        services.job_restart(job_id=job_id, actor=request.actor, at=request.at)
    except (NotFoundError, NotAllowedNowError) as refused:
        return _page(request, refusal_of(refused))
    messages.success(request, _("The job waits for its next try."))
    return redirect("jobs")


def _page(request: WebRequest, refusal: Refusal | None = None) -> HttpResponse:
    services.jobs_judged(request.actor)
    asked = request.GET.get("state", "")
    state = JobState(asked) if asked in set(JobState) else None
    counts = selectors.jobs_counts()
    total = sum(counts.values()) if state is None else counts[state]
    pages = max(1, -(-total // JOBS_PER_PAGE))
    number = request.GET.get("page", "1")
    page = min(max(int(number) if number.isdecimal() and len(number) < 10 else 1, 1), pages)
    first = (page - 1) * JOBS_PER_PAGE
    rows = selectors.jobs_listed(state)[first : first + JOBS_PER_PAGE]
    last = selectors.schedules_last()
    workers = selectors.workers_listed(request.at)
    context = {
        "refusal": refusal,
        "counts": [_count(each, counts[each], is_chosen=each is state) for each in JobState],
        "is_filtered": state is not None,
        "rows": [_row(job, request.at) for job in rows],
        "paging": Paging(page, pages, JOBS_PER_PAGE, total),
        "workers": workers,
        "is_alive": any(worker.is_alive for worker in workers),
        "recurring": [
            Recurring(_(daily.task.label), f"{daily.due:%H:%M}", last.get(daily.task.module_path))
            for daily in schedule.dailies()
        ],
    }
    return render(request, "jobs/page.html", context, status=refusal.status if refusal else 200)


def _count(state: JobState, number: int, *, is_chosen: bool) -> Count:
    return Count(
        name=state.value,
        word=_(JOB_STATE_LABELS[state]),
        number=number,
        address="?" if is_chosen else f"?state={state.value}",
        is_chosen=is_chosen,
        is_late=state is JobState.FAILED and number > 0,
    )


def _row(job: Any, at: datetime) -> Row:
    state = JobState(job.state)
    fault = Message(job.fault_template, job.fault_values).render(_) if job.fault_template else ""
    return Row(
        id=job.pk,
        label=_(selectors.job_label(job)),
        state=_(JOB_STATE_LABELS[state]),
        mark=_STATE_MARKS[state],
        enqueued_at=job.enqueued_at,
        run_after=job.run_after if state is JobState.READY and job.run_after > at else None,
        started_at=job.started_at,
        finished_at=job.finished_at,
        tries=len(job.workers),
        percent=100 * job.done // job.total if job.total and job.done is not None else None,
        fault=fault,
        may_restart=state is JobState.FAILED,
    )
