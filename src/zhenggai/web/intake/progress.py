"""How far the reading of a large document is (识别进度): asked for by its page until the draft is there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from django_htmx.http import HttpResponseClientRefresh

from zhenggai.domain.messages import msg
from zhenggai.inbox.kinds import TargetKind
from zhenggai.inbox.services import notices_mark_seen
from zhenggai.intake import selectors
from zhenggai.intake.progress import progress_of
from zhenggai.intake.states import STATE_LABELS
from zhenggai.web.marks import is_poll

if TYPE_CHECKING:
    from zhenggai.intake.models import Intake
    from zhenggai.web.requests import WebRequest

STEPS: Final = {
    "open": msg("The file is opened and its text taken out."),
    "recognise": msg("Pages that are pictures are recognised; this takes a few seconds a page."),
    "map": msg("Its sheets and the names of their columns are recognised."),
    "read": msg("Its rows are read: findings, measures, units, dates."),
    "check": msg("Every cell is checked."),
    "restore": msg("The text is cleaned."),
    "interpret": msg("Its structure is read: findings, measures, units, dates."),
    "store": msg("The draft is made."),
}
ROW_STEPS: Final = frozenset({"read", "store"})
"""Steps whose progress counts rows of a workbook, not pages."""
_WAITS: Final = msg("It waits its turn. Where this lasts, an administrator sees why under background work.")


@dataclass(frozen=True, slots=True)
class ReadingView:
    """One line of words, and pages or rows done of all where they can be told; ``total`` null where not."""

    words: str
    done: int | None
    total: int | None
    is_rows: bool = False


def reading_of(intake: Intake) -> ReadingView | None:
    """How far the reading of a document is, in words; nothing where it is not being read."""
    progress = progress_of(intake)
    if progress is None:
        return None
    words = STEPS.get(progress.step, STEPS["open"]) if progress.is_begun else _WAITS
    return ReadingView(_(words), progress.done, progress.total, is_rows=progress.step in ROW_STEPS)


@is_poll
@require_GET
def intake_progress(request: WebRequest, intake_id: int) -> HttpResponse:
    """The progress alone for a page with script; once there is none, the page is loaded anew.

    Without script this address is a page of its own, which the browser asks for again by itself.
    """
    intake = selectors.intake_get(request.actor, intake_id)
    reading = reading_of(intake)
    if reading is None:
        # who sees the end of it need not be told
        notices_mark_seen(target=(TargetKind.INTAKE, intake.pk), actor=request.actor, at=request.at)
        return HttpResponseClientRefresh() if request.htmx else redirect("intake", intake_id=intake_id)
    template = "intake/progress.html" if request.htmx else "intake/kept.html"
    return render(request, template, {"intake": intake, "reading": reading, "labels": STATE_LABELS})
