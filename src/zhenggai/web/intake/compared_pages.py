"""What the page of a comparison shows (台账比对内容), in as many queries for many rows as for few."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from zhenggai.domain.matching import DOUBT_SENTENCES, HOW_LABELS, Doubt, How
from zhenggai.domain.restating import BAR_SENTENCES, PART_LABELS, Bar, Part
from zhenggai.intake import comparisons, selectors
from zhenggai.intake.compare_progress import compare_progress
from zhenggai.intake.differing import Difference, differences_of, is_taken
from zhenggai.intake.fields import FINDING_FIELDS
from zhenggai.intake.services import imported_of, problem_of
from zhenggai.intake.states import STATE_LABELS, ComparedState
from zhenggai.ledger.compared_findings import findings_sought, ledger_findings
from zhenggai.web.intake.sentences import message_kept
from zhenggai.web.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from django.http import HttpResponse

    from zhenggai.intake.models import ComparedFinding, Comparison
    from zhenggai.ledger.compared_findings import LedgerFinding
    from zhenggai.web.requests import WebRequest

_SOUGHT_MOST = 8
_PLAN_PARTS = frozenset({Bar.PLANNED})


@dataclass(frozen=True, slots=True)
class DifferenceView:
    """One difference as the page shows it; ``barred`` says why it cannot be taken."""

    part: str
    label: str
    before: list[str]
    after: list[str]
    place: str
    is_taken: bool
    barred: str
    is_amended: bool


@dataclass(frozen=True, slots=True)
class CandidateView:
    """A finding of the ledger that a row may be."""

    id: int
    name: str
    problem: str
    likeness: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class RowView:
    """One row of the comparison."""

    row: ComparedFinding
    place: int
    name: str
    problem: str
    span: str
    how: str
    doubt: str
    refusal: str
    finding: LedgerFinding | None
    candidates: list[CandidateView]
    words: str | None
    """What was looked for in the ledger for this row; none where nobody looked."""
    has_found: bool
    differences: list[DifferenceView]
    notes: list[str]


def compare_response(
    request: WebRequest, comparison: Comparison, refusal: Refusal | None = None
) -> HttpResponse:
    """The page of a comparison: figures, the rows of one kind, what holds for all, and the way on."""
    busy = compare_progress(comparison.intake_id, request.actor.person_id)
    if busy is not None:
        context = {"intake": comparison.intake, "comparison": comparison, "busy": busy, "refusal": refusal}
        return render(request, "intake/compare.html", context, status=refusal.status if refusal else 200)
    if refusal is None and comparison.refusal is not None:
        refusal = Refusal(message_kept(comparison.refusal).render(_), 200)
    figures = comparisons.figures_of(request.actor, comparison)
    kinds = _kinds(figures)
    asked = request.GET.get("kind", "")
    kind = asked if asked in {value for value, _label, _count in kinds} else _first(kinds)
    is_missing = kind == comparisons.MISSING
    listed: Any = (
        comparisons.missing_of(request.actor, comparison)
        if is_missing
        else comparisons.rows_of(comparison, kind)
    )
    page = Paginator(listed, comparisons.ROWS_PER_PAGE).get_page(request.GET.get("page"))
    intake = comparison.intake
    query = request.GET.urlencode()
    context = {
        "intake": intake,
        "labels": STATE_LABELS,
        "comparison": comparison,
        "refusal": refusal,
        "figures": figures,
        "kinds": kinds,
        "kind": kind,
        "page": page,
        "rows": [] if is_missing else _rows(request, comparison, list(page)),
        "missing": list(page) if is_missing else [],
        "for_all": _for_all(figures),
        "unread_open": selectors.figures_of(intake).unread_open,
        "is_outdated": comparison.draft_version != intake.version,
        "moved": comparisons.moved_of(request.actor, comparison),
        "choose_url": reverse("intake-compare-choose", args=[intake.pk]) + (f"?{query}" if query else ""),
    }
    return render(request, "intake/compare.html", context, status=refusal.status if refusal else 200)


def _kinds(figures: comparisons.ComparisonFigures) -> list[tuple[str, str, int]]:
    kinds = [
        (ComparedState.ASK.value, _("to be answered"), figures.ask),
        (comparisons.DIFFERING, _("with differences"), figures.changed + figures.kept),
        (ComparedState.ADD.value, pgettext("findings of a file", "new"), figures.add),
        (ComparedState.UNFIT.value, _("cannot be taken"), figures.unfit),
        (ComparedState.LEAVE_OUT.value, _("left out"), figures.leave_out),
        (comparisons.UNCHANGED, _("the same in both"), figures.unchanged),
        (comparisons.MISSING, _("only in the ledger"), figures.missing),
    ]
    return [each for each in kinds if each[2]]


def _first(kinds: Sequence[tuple[str, str, int]]) -> str:
    return kinds[0][0] if kinds else comparisons.UNCHANGED


def _for_all(figures: comparisons.ComparisonFigures) -> list[dict[str, Any]]:
    return [
        {
            "part": part.value,
            "label": _(PART_LABELS[part]),
            "differs": figures.differs[part],
            "taken": figures.taken[part],
            "barred": figures.barred[part],
        }
        for part in Part
        if figures.differs[part]
    ]


def _rows(request: WebRequest, comparison: Comparison, rows: Sequence[ComparedFinding]) -> list[RowView]:
    asked, words = request.GET.get("find", ""), request.GET.get("words", "")
    sought: list[int] = []
    if words and any(str(row.pk) == asked for row in rows):
        sought = findings_sought(request.actor, comparison.inspection_id, words, most=_SOUGHT_MOST)
    ids = {row.finding_id for row in rows if row.finding_id is not None}
    ids |= {each[0] for row in rows for each in row.candidates} | set(sought)
    found = ledger_findings(request.actor, comparison.inspection_id, ids) if ids else {}
    return [
        _row(row, found, comparison.rules, sought, words)
        if str(row.pk) == asked
        else _row(row, found, comparison.rules, (), None)
        for row in rows
    ]


def _candidates(
    row: ComparedFinding, found: Mapping[int, LedgerFinding], sought: Sequence[int]
) -> list[CandidateView]:
    """What a row may be: what it is like, and what somebody looked for."""
    offered = [(id_, likeness) for id_, likeness in row.candidates if id_ in found]
    known = {id_ for id_, _likeness in offered}
    return [
        CandidateView(
            id_,
            found[id_].name,
            found[id_].values["problem"],
            likeness,
            is_chosen=row.state == ComparedState.SAME and row.finding_id == id_,
        )
        for id_, likeness in (*offered, *((id_, 0) for id_ in sought if id_ in found and id_ not in known))
    ]


def _row(
    row: ComparedFinding,
    found: Mapping[int, LedgerFinding],
    rules: Mapping[str, bool],
    sought: Sequence[int],
    words: str | None,
) -> RowView:
    draft = row.draft
    finding = found.get(row.finding_id or 0)
    said = imported_of(draft)
    problem = problem_of(draft)
    differences = differences_of(said, finding, draft.spans, key=draft.key) if finding is not None else []
    return RowView(
        row=row,
        place=row.position + 1,
        name=f"{draft.number} {draft.title}".strip(),
        problem=draft.problem,
        span=f"{draft.span_start}-{draft.span_end}" if draft.span_start is not None else "",
        how=_(HOW_LABELS[How(row.how)]) if row.how else "",
        doubt=_(DOUBT_SENTENCES[Doubt(row.doubt)]) if row.doubt else "",
        refusal=problem.render(_) if problem is not None else "",
        finding=finding,
        candidates=_candidates(row, found, sought),
        words=words,
        has_found=any(id_ in found for id_ in sought),
        differences=[_difference(each, row, finding, rules) for each in differences if finding is not None],
        notes=_notes(differences, finding) if finding is not None else [],
    )


def _difference(
    each: Difference, row: ComparedFinding, finding: LedgerFinding, rules: Mapping[str, bool]
) -> DifferenceView:
    bar = finding.barred.get(each.part)
    place = next(iter(each.places.values()), None) or next(
        ([item.span.start, item.span.end] for item in each.items if item.span is not None), None
    )
    return DifferenceView(
        part=each.part.value,
        label=_(PART_LABELS[each.part]),
        before=_shown(each.part, each.before),
        after=[item.text for item in each.items] or _shown(each.part, each.after),
        place=f"{place[0]}-{place[1]}" if place else "",
        is_taken=bar is None and is_taken(each.part, row.chosen, rules),
        barred=_(BAR_SENTENCES[bar]) if bar is not None else "",
        is_amended=bar in _PLAN_PARTS,
    )


def _shown(part: Part, values: Mapping[str, Any]) -> list[str]:
    """The values of one part as lines."""
    if part is Part.STATUS:
        beside = [
            _word(name, values.get(name)) for name in ("stated_progress", "stated_nature", "stated_closed")
        ]
        return _lines([values.get("status_text", ""), " · ".join(word for word in beside if word)])
    if part is Part.DUE:
        day = values.get("stated_due_on")
        return _lines([values.get("stated_due_text", ""), day.isoformat() if day else ""])
    return _lines(str(value) for value in values.values() if value is not None)


def _word(name: str, value: Any) -> str:
    field = FINDING_FIELDS[name]
    label = dict(field.choices).get(field.show(value), "")
    return _(label) if label else ""


def _lines(texts: Iterable[str]) -> list[str]:
    return [text for text in dict.fromkeys(texts) if text]


def _notes(differences: Iterable[Difference], finding: LedgerFinding) -> list[str]:
    """What a file never moves, and the way that does: deadlines, people and units in force."""
    notes = []
    for each in differences:
        after = each.after
        if each.part is Part.DUE and finding.due is not None and after.get("stated_due_on") != finding.due:
            notes.append(
                _("The deadline in force stays %(due)s; another one goes through an extension request.")
                % {"due": finding.due.isoformat()}
            )
        elif each.part is Part.LEADER and finding.leader and after["stated_leader"] != finding.leader:
            notes.append(
                _("%(name)s stays the responsible leader; another one goes through handing over.")
                % {"name": finding.leader}
            )
        elif each.part is Part.UNIT and finding.unit and after["stated_unit"] != finding.unit:
            notes.append(
                _("%(name)s stays the responsible unit; another one goes through assigning anew.")
                % {"name": finding.unit}
            )
    return notes
