"""Everything the two panes of a draft show (双栏页面), gathered in a fixed number of queries."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zhenggai.accounts import selectors as accounts
from zhenggai.domain.actions import Action
from zhenggai.domain.inspections import (
    INSPECTION_KIND_LABELS,
    inspection_kind_likely,
    plan_is_required,
)
from zhenggai.domain.markings import MARKING_LABELS
from zhenggai.domain.policy import Facts, judge
from zhenggai.domain.reading import DocumentKind
from zhenggai.domain.spans import EditKind, Span
from zhenggai.intake import selectors
from zhenggai.intake.book_selectors import book_of, issues_of_findings
from zhenggai.intake.candidates import SAMPLE_WARNING
from zhenggai.intake.states import CORRECTION_LABELS, STATE_LABELS, TARGET_LABELS, IntakeState, UnreadTarget
from zhenggai.ledger import selectors as ledger
from zhenggai.ledger.profiles import versions_default
from zhenggai.web.intake.book_panes import cells_of_page, sheet_pane
from zhenggai.web.intake.issues_page import issue_line
from zhenggai.web.intake.marks import marks_of
from zhenggai.web.intake.original import KIND_WORDS, original_markup
from zhenggai.web.intake.progress import reading_of
from zhenggai.web.intake.sentences import failure_of
from zhenggai.web.intake.structure import Views
from zhenggai.web.profile_view import profile_choices

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import HttpResponse
    from django.utils.safestring import SafeString

    from zhenggai.domain.inspections import InspectionKind
    from zhenggai.intake.models import DraftFinding, Intake, IntakeBook, SourceWindow
    from zhenggai.intake.services import Outcome
    from zhenggai.web.intake.issues_page import IssueLine
    from zhenggai.web.refusals import Refusal
    from zhenggai.web.requests import WebRequest

CHOICES_MOST = 1_000
_WHOLE = re.compile(r"\d{1,18}")
_SPAN = re.compile(r"(\d{1,12})-(\d{1,12})")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a refused form leaves on the page: the sentence, what became of each field, what was typed."""

    refusal: Refusal | None = None
    outcomes: Mapping[str, Outcome] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SourcePane:
    """The left pane: one stretch of the original, and the way to the others."""

    markup: SafeString
    position: int
    count: int
    place: str
    is_sought: bool


def draft_response(request: WebRequest, intake: Intake, answer: Answer | None = None) -> HttpResponse:
    """The page of a draft; of a document without one, the page that says how it stands."""
    answer = answer or Answer()
    book = book_of(intake) if intake.view_sha256 else None
    windows = selectors.windows_of(intake) if intake.view_sha256 and book is None else []
    context: dict[str, Any] = {"intake": intake, "refusal": answer.refusal, "labels": STATE_LABELS}
    if intake.state == IntakeState.DRAFT:
        context.update(_structure(request, intake, book, answer))
        page = "intake/draft.html"
    else:
        context["failure"] = failure_of(intake)
        context["reading"] = reading_of(intake)
        context["sample_warning"] = SAMPLE_WARNING
        page = "intake/kept.html"
    if book is not None:
        context["book"] = book
        context["source"] = sheet_pane(request, intake, book)
    elif windows:
        context["source"] = source_pane(request, intake, windows)
        context["legend"] = legend_of(intake)
    status = answer.refusal.status if answer.refusal else 200
    return render(request, page, context, status=status)


def source_pane(request: WebRequest, intake: Intake, windows: Sequence[SourceWindow]) -> SourcePane:
    """The stretch of the original that the address asks for: by number, or by a place."""
    found = _SPAN.fullmatch(request.GET.get("place", ""))
    chosen = Span(int(found[1]), int(found[2])) if found else None
    asked = request.GET.get("window", "")
    if asked.isdigit() and len(asked) < 10:
        row = windows[min(max(int(asked), 1), len(windows)) - 1]
    elif chosen is not None:
        row = next((one for one in windows if one.restored_end > chosen.start), windows[-1])
    else:
        row = windows[0]
    window = selectors.window_load(intake, row)
    rows = selectors.marks_in(intake, row)
    numbers = {f"finding-{finding.pk}": finding.position + 1 for finding in rows.findings}
    markup = original_markup(window, marks_of(intake, rows, window), chosen, numbers)
    place = f"{chosen.start}-{chosen.end}" if chosen else ""
    return SourcePane(markup, row.position + 1, len(windows), place, is_sought=bool(chosen or asked))


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """One kind of change, how often it was made, and the words for it."""

    kind: str
    word: str
    count: int
    sentence: str


def legend_of(intake: Intake) -> list[LegendEntry]:
    """What was cleaned, by kind, with its figure; kinds that do not occur are left out."""
    figures = [(kind, count) for kind in KIND_WORDS if (count := int(intake.counts.get(kind.value, 0)))]
    return [
        LegendEntry(kind.value, _(KIND_WORDS[kind]), count, _figure(kind, count) % {"count": count})
        for kind, count in figures
    ]


def _figure(kind: EditKind, count: int) -> str:
    if kind is EditKind.READING:
        return ngettext("%(count)s injected reading removed", "%(count)s injected readings removed", count)
    if kind is EditKind.FURNITURE:
        return ngettext("%(count)s furniture line removed", "%(count)s furniture lines removed", count)
    if kind is EditKind.SCRIPT:
        return ngettext(
            "%(count)s character of script changed", "%(count)s characters of script changed", count
        )
    if kind is EditKind.PUNCTUATION:
        return ngettext("%(count)s doubled mark removed", "%(count)s doubled marks removed", count)
    if kind is EditKind.BYTES:
        return ngettext("%(count)s damaged place repaired", "%(count)s damaged places repaired", count)
    return ngettext("%(count)s place cannot be known", "%(count)s places cannot be known", count)


def _structure(
    request: WebRequest, intake: Intake, book: IntakeBook | None, answer: Answer
) -> dict[str, Any]:
    query = request.GET
    figures = selectors.figures_of(intake)
    wanted = query.get("finding", "")
    page = selectors.finding_page(intake, int(wanted)) if _WHOLE.fullmatch(wanted) else query.get("page")
    findings = Paginator(selectors.findings_of(intake), selectors.FINDINGS_PER_PAGE).get_page(page)
    unread = Paginator(selectors.unread_of(intake), selectors.UNREAD_PER_PAGE).get_page(query.get("unread"))
    cells = cells_of_page(book, intake, list(findings), list(unread)) if book is not None else {}
    views = Views(answer.outcomes, answer.typed, cells, _issues(intake, book, list(findings)))
    choices = selectors.choices_of(intake, limit=CHOICES_MOST)
    last = selectors.correction_last(intake)
    return {
        "document_fields": views.document(intake),
        "findings": views.findings(list(findings), findings.start_index() or 1, choices),
        "findings_page": findings,
        "unread": views.unread(list(unread), choices),
        "unread_page": unread,
        "figures": figures,
        "choices": choices if figures.unread_open else [],
        "undo": _("%(what)s (%(who)s)") % {"what": _(CORRECTION_LABELS[last.kind]), "who": last.made_by}
        if last
        else "",
        "targets": [
            (target.value, _(word))
            for target, word in TARGET_LABELS.items()
            if target != UnreadTarget.FINDING
        ],
        "began": json.dumps(views.began),
        "typed": answer.typed,
        "here": f"{request.path}?{query.urlencode()}" if query else request.path,
        "save_url": reverse("intake-save", args=[intake.pk]) + (f"?{query.urlencode()}" if query else ""),
        **_confirming(request, intake, answer),
    }


def _issues(
    intake: Intake, book: IntakeBook | None, findings: Sequence[DraftFinding]
) -> dict[int, list[IssueLine]]:
    """What is wrong in the cells of the findings of one page."""
    if book is None or not (book.errors or book.questions):
        return {}
    found = issues_of_findings(intake, [finding.pk for finding in findings])
    return {pk: [issue_line(row) for row in rows] for pk, rows in found.items()}


def _confirming(request: WebRequest, intake: Intake, answer: Answer) -> dict[str, Any]:
    verdict = judge(request.actor, Action.INTAKE_CONFIRM, Facts(subject_path=intake.organisation.path))
    visible = ledger.inspections_visible(request.actor).filter(subject=intake.organisation)
    inspections: list[Any] = list(visible[:100])
    # one that was opened and waits for its findings is meant, unless somebody says otherwise
    empty = next((str(each.pk) for each in inspections if not each.findings_count), "new")
    typed = answer.typed
    kind = inspection_kind_likely(intake.inspector, intake.title)
    defaults = {
        each.value: version.profile_id for each, version in versions_default(intake.organisation.path).items()
    }
    return {
        "confirm_verdict": verdict,
        "inspections": inspections,
        "organisations": list(accounts.organisations_below(intake.organisation.path)),
        "bodies": [(each.pk, each.name) for each in accounts.inspecting_bodies(request.actor)],
        "kinds": [(kind.value, _(word)) for kind, word in INSPECTION_KIND_LABELS.items()],
        "markings": [(marking.value, _(word)) for marking, word in MARKING_LABELS.items()],
        "new_inspection": {
            "title": typed.get("new_title", intake.title or intake.name),
            "kind": typed.get("new_kind", kind.value),
            "profile": typed.get("new_profile", str(defaults[kind])),
            "subject": typed.get("new_subject", str(intake.organisation_id)),
            "inspector": typed.get("new_inspector", intake.inspector),
            "body": typed.get("new_body", ""),
            "feedback_on": typed.get(
                "new_feedback_on", intake.feedback_on.isoformat() if intake.feedback_on else ""
            ),
            "marking": typed.get("new_marking", "internal"),
            "plan_required": _plan_required(kind, intake, typed),
        },
        "profiles": [(str(key), words) for key, words in profile_choices(request.actor)],
        # as the kind is chosen, its profile is proposed
        "profile_proposed": json.dumps(defaults),
        "chosen_inspection": typed.get("inspection", empty),
        "dismiss_rest": typed.get("dismiss_rest", ""),
    }


def _plan_required(kind: InspectionKind, intake: Intake, typed: Mapping[str, str]) -> bool:
    """Whether the box is ticked: as it was sent, or as the document suggests."""
    if "new_plan_asked" in typed:
        return typed.get("new_plan_required") == "yes"
    return plan_is_required(kind, DocumentKind(intake.kind or DocumentKind.OTHER))
