"""Comments on a finding (留言): written, answered, withdrawn, on a page of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from zhenggai.domain.policy import Action
from zhenggai.inbox.kinds import NoticeKind, TargetKind
from zhenggai.inbox.services import notices_mark_seen
from zhenggai.ledger import commenting, services
from zhenggai.web.finding_comments import Said
from zhenggai.web.forms.commenting import AnswerForm, CommentForm, CommentWithdrawForm
from zhenggai.web.ledger_list import Paging
from zhenggai.web.panels import Panel
from zhenggai.web.thresholds import back_of
from zhenggai.web.verbs import Verb, carry_out, whole

if TYPE_CHECKING:
    from django.http import HttpResponse

    from zhenggai.domain.actor import Actor
    from zhenggai.ledger.commenting import ThreadPage
    from zhenggai.web.forms.choices import Choice
    from zhenggai.web.forms.plain import PlainForm
    from zhenggai.web.refusals import Refusal
    from zhenggai.web.requests import WebRequest

_WRITE: Final = Verb(
    CommentForm,
    Action.COMMENT_ADD,
    services.comment_add,
    gettext_lazy("Write a comment"),
    gettext_lazy("Your comment is written, and those whom it names or answers are told."),
    "message-report",
)
_WITHDRAW: Final = Verb(
    CommentWithdrawForm,
    Action.COMMENT_WITHDRAW,
    services.comment_withdraw,
    gettext_lazy("Withdraw"),
    gettext_lazy("Your comment is withdrawn; its place stays, its words are gone from the pages."),
    "ban",
    is_grave=True,
)
_NEW: Final = "comment"


@require_http_methods(["GET", "HEAD", "POST"])
def finding_comments(request: WebRequest, finding_id: int) -> HttpResponse:
    """The comments of a finding, the newest first; whoever works in it writes here."""
    finding = commenting.finding_commented(request.actor, finding_id)
    if request.method != "POST":
        target = (TargetKind.FINDING, finding_id)
        notices_mark_seen(target=target, kind=NoticeKind.COMMENT, actor=request.actor, at=request.at)
        return _page(request, finding)
    answered = whole(request.POST.get("answers_id", ""))
    anchor = _NEW if answered is None else f"answer-{answered}"
    form: PlainForm = (
        CommentForm(request.POST, people=_people(request, finding), auto_id=f"{_NEW}-%s")
        if answered is None
        else AnswerForm(request.POST, auto_id=f"{anchor}-%s")
    )
    refusal = carry_out(request, _WRITE, form, {"finding_id": finding_id})
    if refusal is None:
        # from the page of the finding the writer goes on there
        return redirect(back_of(request) or reverse("finding-comments", args=[finding_id]))
    return _page(request, finding, (anchor, form), refusal)


@require_http_methods(["GET", "HEAD", "POST"])
def comment_withdraw(request: WebRequest, finding_id: int, comment_id: int) -> HttpResponse:
    """Takes one's own comment back."""
    finding = commenting.finding_commented(request.actor, finding_id)
    if request.method != "POST":
        return redirect("finding-comments", finding_id)
    anchor = f"withdraw-{comment_id}"
    form = CommentWithdrawForm(request.POST, auto_id=f"{anchor}-%s")
    refusal = carry_out(request, _WITHDRAW, form, {"finding_id": finding_id, "comment_id": comment_id})
    if refusal is None:
        return redirect("finding-comments", finding_id)
    return _page(request, finding, (anchor, form), refusal)


def comment_panel(actor: Actor, finding: Any) -> Panel | None:
    """The form in which a comment is begun on the page of a finding; none for who may not write."""
    if not commenting.comment_verdict(actor, finding).allowed:
        return None
    last = max((each.pk for each in finding.comments.all()), default=0)
    form = AnswerForm(initial={"after_id": last}, auto_id=f"{_NEW}-%s")
    address = reverse("finding-comments", args=[finding.pk])
    return Panel(_WRITE.button, _WRITE.icon, address, _NEW, form, swaps=True)


def _page(
    request: WebRequest,
    finding: Any,
    tried: tuple[str, PlainForm] | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    page = commenting.comments_page(finding, whole(request.GET.get("page", "")) or 1)
    verdict = commenting.comment_verdict(request.actor, finding)
    panel = None
    if verdict.allowed:
        anchor, form = tried or ("", None)
        if anchor != _NEW or form is None:
            people = _people(request, finding)
            form = CommentForm(people=people, initial={"after_id": page.last_id}, auto_id=f"{_NEW}-%s")
        address = reverse("finding-comments", args=[finding.pk])
        panel = Panel(_WRITE.button, _WRITE.icon, address, _NEW, form)
    own = commenting.comments_withdrawable(request.actor, finding, page.threads)
    context = {
        "finding": finding,
        "inspection": finding.inspection,
        "comments": [
            Said(row, _panels(finding, row, page, own, tried, may_answer=verdict.allowed))
            for thread in page.threads
            for row in (thread.comment, *thread.answers)
        ],
        "paging": Paging(
            page.number,
            max(1, -(-page.total // commenting.THREADS_PER_PAGE)),
            commenting.THREADS_PER_PAGE,
            page.total,
        ),
        "panel": panel,
        "why_not": verdict.reason.render(_) if verdict.reason else "",
        "refusal": refusal,
    }
    return render(request, "finding/comments.html", context, status=refusal.status if refusal else 200)


def _panels(
    finding: Any,
    row: Any,
    page: ThreadPage,
    own: set[int],
    tried: tuple[str, PlainForm] | None,
    *,
    may_answer: bool,
) -> list[Panel]:
    """What the reader may do about one comment: answer it, where it is no answer, or take it back."""
    panels = []
    if may_answer and row.answers_id is None and row.withdrawn_at is None:
        anchor = f"answer-{row.pk}"
        initial = {"answers_id": row.pk, "after_id": page.last_id}
        form = _form(tried, anchor)
        panels.append(
            Panel(
                _("Answer the comment"),
                "arrow-back-up",
                reverse("finding-comments", args=[finding.pk]),
                anchor,
                form or AnswerForm(initial=initial, auto_id=f"{anchor}-%s"),
                is_open=form is not None,
            )
        )
    if row.pk in own:
        anchor = f"withdraw-{row.pk}"
        form = _form(tried, anchor)
        panels.append(
            Panel(
                _WITHDRAW.button,
                _WITHDRAW.icon,
                reverse("comment-withdraw", args=[finding.pk, row.pk]),
                anchor,
                form or CommentWithdrawForm(auto_id=f"{anchor}-%s"),
                is_open=form is not None,
                is_grave=True,
            )
        )
    return panels


def _form(tried: tuple[str, PlainForm] | None, anchor: str) -> PlainForm | None:
    return tried[1] if tried and tried[0] == anchor else None


def _people(request: WebRequest, finding: Any) -> list[Choice]:
    """Whom a comment may name: who works in the finding, besides the writer."""
    people = commenting.people_concerned(finding, timezone.localdate(request.at))
    return [(str(each.person_id), each.label) for each in people if each.person_id != request.actor.person_id]
