"""The page of one finding and every action on it (问题页与办理)."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zhenggai.accounts.leading import leaders_proposed
from zhenggai.domain.errors import NotFoundError, ZhenggaiError
from zhenggai.domain.events import COMMENT_EVENTS
from zhenggai.domain.file_names import file_name_safe
from zhenggai.domain.lifecycle import FINAL_STAGES
from zhenggai.domain.policy import Action
from zhenggai.files.errors import FileTooLargeError
from zhenggai.ledger import selectors
from zhenggai.ledger.changes import finding_changes
from zhenggai.ledger.drafts import progress_draft_of
from zhenggai.ledger.facts import readers_listed
from zhenggai.ledger.order_keys import place_of
from zhenggai.ledger.rebounds import finding_family
from zhenggai.ledger.related import findings_related
from zhenggai.ledger.reuse import evidence_reuse
from zhenggai.ledger.signers import signers_possible
from zhenggai.trail.chains import ChainKey
from zhenggai.trail.selectors import event_views, events_of
from zhenggai.web.finding_actions import ACTIONS, FindingAction
from zhenggai.web.finding_comments import FindingComments
from zhenggai.web.finding_page import FindingPage
from zhenggai.web.finding_parts import Tried
from zhenggai.web.finding_timeline import FindingTimeline
from zhenggai.web.forms.finding import AssignForm, FiledForm
from zhenggai.web.kept_files import KeptFile, file_keep, file_kept, name_kept
from zhenggai.web.labels import LABELS
from zhenggai.web.ledger_list import row_of
from zhenggai.web.marks import is_poll
from zhenggai.web.proving import reuse_said
from zhenggai.web.refusals import Refusal, refusal_of, refusal_of_form
from zhenggai.web.thresholds import back_of
from zhenggai.web.timeline import timeline_of
from zhenggai.web.uploads import upload_refused
from zhenggai.web.views.comments import comment_panel

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from zhenggai.domain.policy import Verdict
    from zhenggai.web.forms.choices import Choice
    from zhenggai.web.forms.finding import ActionForm
    from zhenggai.web.requests import WebRequest

# A try that could succeed later keeps its file; one that never may does not fill the disk.
MEBIBYTE = 1024 * 1024
_NAMING_PEOPLE = frozenset(
    {Action.FINDING_ASSIGN, Action.FINDING_TRANSFER, Action.MEASURE_ARRANGE, Action.PLAN_AMEND}
)
_LISTING_PEOPLE = frozenset({Action.FINDING_RESTRICT, Action.READER_ADD})
_RELATED: Final = {
    "measure_id": "measures",
    "criterion_id": "criteria",
    "evidence_id": "evidence",
    "situation_id": "situations",
    "hold_id": "holds",
    "reader_id": "readers",
    "outcome_id": "outcomes",
    "reading_id": "readings",
}
# rows that hang on rows
_NESTED: Final = {"task_id": ("measures", "tasks"), "record_id": ("closure_requests", "records")}
_KEEPS_FILE = frozenset({409, 422})
_TOLD_MOST: Final = 5


@require_safe
def finding(request: WebRequest, finding_id: int) -> HttpResponse:
    """One finding: problem, claims, work, proofs, conditions, signatures, and what happened."""
    return _page(request, selectors.finding_get(request.actor, finding_id))


@is_poll
@require_safe
def changes(request: WebRequest, finding_id: int) -> HttpResponse:
    """What happened to a finding after what its page shows, to be said there; 204 where nothing did."""
    found = finding_changes(request.actor, finding_id, _whole(request.GET.get("after", "")) or 0)
    if not found:
        return HttpResponse(status=204)
    told = timeline_of(found)
    context = {"changes": told[:_TOLD_MOST], "more": len(told[_TOLD_MOST:]), "finding_id": finding_id}
    return render(request, "finding/changes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def finding_act(request: WebRequest, finding_id: int, verb: str) -> HttpResponse:
    """Does one action; refused, it shows the page as it stands now with the sentence and what was typed."""
    act = ACTIONS.get(verb)
    if act is None:
        raise Http404
    row = selectors.finding_get(request.actor, finding_id)
    if request.method != "POST":
        # the address of a refused form, loaded again
        return redirect("finding", finding_id)
    # an action on the finding itself names no row, whatever a form says
    object_id = _whole(request.POST.get("object_id", "")) if act.row else None
    if act.row and object_id is None:
        raise Http404
    form = _form(request, act, row, object_id, request.POST)
    # a form can take hours to arrive: what it does happens now, not when its first byte came
    request.at = timezone.now()
    if upload_refused(request):
        most = settings.ZHENGGAI_MAX_STORED_BYTES // MEBIBYTE
        return _refused(request, act, finding_id, object_id, refusal_of(FileTooLargeError(most_mib=most)))
    if not form.is_valid() or not _has_file(request, form):
        if act.row and not _is_there(row, act.row, object_id):
            raise Http404
        return _refused(request, act, finding_id, object_id, refusal_of_form())
    try:
        with ExitStack() as opened:
            values = _arguments(request, act, form, object_id, opened)
            fresh = act.service(actor=request.actor, at=request.at, finding_id=finding_id, **values)
    except NotFoundError:
        raise
    except ZhenggaiError as error:
        return _refused(request, act, finding_id, object_id, refusal_of(error))
    done = _("The last signature stands: the finding is closed.") if _closes(act, fresh) else str(act.done)
    messages.success(request, done)
    if act.action is Action.EVIDENCE_ADD:
        _warn_of_reuse(request, finding_id)
    if act.action is Action.READER_WITHDRAW and not selectors.finding_is_seen(request.actor, finding_id):
        # whoever took himself off the list has nothing more to look at here
        return redirect("inspection", fresh.inspection_id)
    # from a list the reader goes on in the list
    return redirect(back_of(request) or reverse("finding", args=[finding_id]))


@require_safe
def evidence_download(request: WebRequest, evidence_id: int) -> FileResponse:
    """The file of a piece of evidence, to be saved, never shown: it is a stranger's file in our place."""
    return _saved(*selectors.evidence_open(request.actor, evidence_id))


@require_safe
def recheck_download(request: WebRequest, recheck_id: int) -> FileResponse:
    """The file of a re-check, to be saved as evidence is."""
    return _saved(*selectors.recheck_open(request.actor, recheck_id))


@require_safe
def signature_scan(request: WebRequest, record_id: int) -> FileResponse:
    """The scan of a signature given elsewhere, to be saved, never shown, as a piece of evidence is."""
    return _saved(*selectors.signature_scan_open(request.actor, record_id))


def _is_there(finding: Any, name: str, object_id: int | None) -> bool:
    """Whether the finding has the row that a form is about: of none other a page can show what was typed."""
    if name in _NESTED:
        outer, inner = _NESTED[name]
        rows = [each for one in getattr(finding, outer).all() for each in getattr(one, inner).all()]
    else:
        rows = list(getattr(finding, _RELATED[name]).all())
    return any(each.pk == object_id for each in rows)


def _saved(row: Any, file: Any) -> FileResponse:
    response = FileResponse(
        file,
        as_attachment=True,
        filename=file_name_safe(row.file_name),
        content_type="application/octet-stream",
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _warn_of_reuse(request: WebRequest, finding_id: int) -> None:
    """Says for which other findings the file that was just filed stands already, of those the person sees."""
    row = selectors.finding_get(request.actor, finding_id)
    own = [each for each in row.evidence.all() if each.uploaded_by_id == request.actor.person_id]
    newest = max(own, key=lambda each: each.pk)
    for said in reuse_said(evidence_reuse(request.actor, row).get(newest.blob_id, ())):
        messages.warning(request, said)


def _closes(act: FindingAction, fresh: Any) -> bool:
    return act.action in {Action.CLOSURE_SIGN, Action.SIGNATURE_CONFIRM} and fresh.stage in FINAL_STAGES


def _form(
    request: WebRequest, act: FindingAction, row: Any, object_id: int | None, data: Mapping[str, Any]
) -> ActionForm:
    anchor = act.verb if object_id is None else f"{act.verb}-{object_id}"
    form = act.form(data, request.FILES, auto_id=f"{anchor}-%s")
    form.about(row)
    for name, choices in _choices(request, row, {act.action}).items():
        form.offer(name, choices)
    if isinstance(form, AssignForm):
        form.ask_of_past(timezone.localdate(request.at))
        form.ask_of_list(is_restricted=bool(row.restricted))
    return form


def _has_file(request: WebRequest, form: ActionForm) -> bool:
    """Whether a form that needs a file has one: chosen now, or kept and still this person's."""
    if not isinstance(form, FiledForm) or form.cleaned_data["file"] is not None:
        return True
    return bool(name_kept(request, form.cleaned_data["kept"]))


def _arguments(
    request: WebRequest, act: FindingAction, form: ActionForm, object_id: int | None, opened: ExitStack
) -> dict[str, Any]:
    """What the service takes: the form's values, the row, the file; a kept file is closed by ``opened``."""
    values = dict(form.cleaned_data)
    values.pop("object_id")
    if act.row:
        values[act.row] = object_id
    if isinstance(form, FiledForm):
        upload, mark = values.pop("file"), values.pop("kept")
        if upload is not None:
            values["file"], values["file_name"] = upload, upload.name
        else:
            file, values["file_name"] = file_kept(request, mark)
            values["file"] = opened.enter_context(file)
    elif values.get("file") is not None:
        values["file_name"] = values["file"].name
    return values


def _refused(
    request: WebRequest, act: FindingAction, finding_id: int, object_id: int | None, refusal: Refusal
) -> HttpResponse:
    """The page as it stands now, with the form as it was typed, ready to be sent again."""
    row = selectors.finding_get(request.actor, finding_id)
    data = request.POST.copy()
    data["version"] = str(row.version)
    kept_name = name_kept(request, data.get("kept", "")) if issubclass(act.form, FiledForm) else ""
    if not kept_name:
        data["kept"] = ""
    upload = request.FILES.get("file") if issubclass(act.form, FiledForm) else None
    if upload is not None:
        kept: KeptFile | None = file_keep(request, upload) if refusal.status in _KEEPS_FILE else None
        data["kept"] = kept.mark if kept else ""
        kept_name = kept.name if kept else ""
        if kept is None:
            refusal = refusal.with_extra(_("The file could not be kept; choose it again."))
    form = _form(request, act, row, object_id, data)
    if refusal.status == 409:
        refusal = refusal.with_fresh(reverse("finding", args=[finding_id]))
    return _page(request, row, Tried(act.verb, object_id, form, refusal, kept_name))


def _page(request: WebRequest, row: Any, tried: Tried | None = None) -> HttpResponse:
    on = timezone.localdate(request.at)
    verdicts: dict[Action, Verdict] = dict(selectors.finding_actions(request.actor, row))
    allowed = {action for action, verdict in verdicts.items() if verdict.allowed}
    events = event_views(events_of(ChainKey.inspection(row.inspection_id), ("finding", row.pk)))
    reuse = evidence_reuse(request.actor, row) if row.evidence.all() else {}
    before, after = _beside(request, row)
    page = FindingPage(
        finding=row,
        verdicts=verdicts,
        gates=selectors.finding_gates(row, on),
        lit=row_of(row, on, row.inspection.rules),
        on=on,
        pieces=selectors.piece_actions(request.actor, row),
        choices=_choices(request, row, allowed),
        timeline=timeline_of(each for each in events if each.name not in COMMENT_EVENTS),
        tried=tried,
        before=before,
        after=after,
        family=finding_family(request.actor, row),
        draft=progress_draft_of(request.actor, row) if Action.PROGRESS_REPORT in allowed else None,
        reader_id=request.actor.person_id,
        reuse=reuse,
    )
    context = {
        "finding": row,
        "page": page,
        "comments": FindingComments(row, comment_panel(request.actor, row)),
        "related": findings_related(request.actor, row, page.family, reuse),
        "happened": FindingTimeline(
            page.timeline,
            newest=max((each.seq for each in events), default=0),
            asked=request.GET.get("happened", ""),
            pages=max(1, _whole(request.GET.get("pages", "")) or 1),
        ),
        "labels": LABELS,
    }
    status = tried.refusal.status if tried else 200
    return render(request, "finding/page.html", context, status=status)


def _beside(request: WebRequest, row: Any) -> tuple[int | None, int | None]:
    """The findings before and after in the document's order, as far as the reader sees them."""
    seen = selectors.findings_visible(request.actor, row.inspection_id).values_list("pk", flat=True)
    place = place_of(row)
    before = seen.filter(order_key__position__lt=place).order_by("-order_key__position").first()
    return before, seen.filter(order_key__position__gt=place).order_by("order_key__position").first()


def _choices(request: WebRequest, row: Any, actions: set[Action]) -> dict[str, Sequence[Choice]]:
    """Choices of people, units and evidence, asked for only where a form needs them.

    ``proposed`` is no field: it pairs units with the leader who oversees each.
    """
    choices: dict[str, Sequence[Choice]] = {}
    if actions & _NAMING_PEOPLE:
        leaders = selectors.leaders_possible(row, timezone.localdate(request.at))
        possible = list(selectors.units_possible(row))
        units = [(str(unit.pk), unit.name) for unit in possible]
        choices["leader_id"] = [
            (str(each.pk), f"{each.name}（{each.organisation.label}）") for each in leaders
        ]
        choices["unit_id"] = choices["to_unit_id"] = units
        proposed = leaders_proposed(possible, timezone.localdate(request.at))
        choices["proposed"] = [(str(unit_id), leader.pk) for unit_id, leader in proposed.items()]
        choices["supporting_unit_ids"] = units
    if actions & _LISTING_PEOPLE:
        known = {each.person_id for each in readers_listed(row)} | {request.actor.person_id}
        choices["reader_ids"] = [
            (str(each.pk), f"{each.name}（{each.organisation.label}）")
            for each in selectors.readers_possible(row, timezone.localdate(request.at))
            if each.pk not in known
        ]
    if Action.SIGNATURE_RECORD in actions:
        able = signers_possible(row, timezone.localdate(request.at))
        choices["signer_id"] = [
            (str(each.person_id), each.label) for each in able if each.person_id != request.actor.person_id
        ]
    working = [*([row.lead_unit] if row.lead_unit else []), *(each.unit for each in row.supporting.all())]
    choices["unit_ids"] = [(str(unit.pk), unit.label) for unit in dict.fromkeys(working)]
    standing = [each for each in row.measures.all() if each.dropped_at is None and each.done_at is None]
    choices["drop_measure_ids"] = [(str(each.pk), each.text[:120]) for each in standing]
    criteria = [each for each in row.criteria.all() if each.dropped_at is None]
    choices["drop_criterion_ids"] = [(str(each.pk), each.text[:120]) for each in criteria]
    live = [each for each in row.evidence.all() if each.withdrawn_at is None and each.round == row.round]
    choices["evidence_ids"] = choices["evidence_id"] = [(str(each.pk), each.title) for each in live]
    return choices


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
