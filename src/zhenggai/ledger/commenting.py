"""What people write to each other about a finding (留言): whom it concerns, and how it is shown.

No rule, no gate and no deadline ever looks at a comment; what counts is said by evidence, judgements and
signatures. Source: TRAPS (an old comment satisfies no gate).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db.models import Prefetch

from zhenggai.domain.policy import Action, judge
from zhenggai.ledger.errors import FindingNotFoundError
from zhenggai.ledger.facts import HEAD, WEIGHED, facts_of
from zhenggai.ledger.loading import pieces_load
from zhenggai.ledger.models import Comment, Finding
from zhenggai.ledger.models.commenting import COMMENT_MOST
from zhenggai.ledger.signers import people_who_may
from zhenggai.ledger.visibility import finding_seen

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from zhenggai.domain.actor import Actor
    from zhenggai.domain.policy import Verdict

__all__ = [
    "COMMENT_MOST",
    "THREADS_PER_PAGE",
    "Thread",
    "ThreadPage",
    "comment_threads",
    "comment_verdict",
    "comments_page",
    "comments_withdrawable",
    "finding_commented",
    "people_concerned",
]
THREADS_PER_PAGE: Final = 30
_WRITTEN: Final = Comment.objects.select_related("by", "withdrawn_by").prefetch_related("named")


@dataclass(frozen=True, slots=True)
class Thread:
    """A comment with its answers, the oldest first (留言及回复)."""

    comment: Comment
    answers: tuple[Comment, ...]


@dataclass(frozen=True, slots=True)
class ThreadPage:
    """Some of the threads of a finding, the newest first; ``last_id`` is the newest comment of all, or 0."""

    threads: tuple[Thread, ...]
    total: int
    number: int
    last_id: int


def finding_commented(actor: Actor, finding_id: int) -> Finding:
    """The finding with what says who may write about it.

    :raises FindingNotFoundError: when there is none or the actor cannot see it.
    """
    # in no order: see `selectors.finding_get`
    finding = next(iter(Finding.objects.select_related(*HEAD).filter(pk=finding_id).order_by()), None)
    if finding is not None:
        pieces_load(finding, WEIGHED)
    if finding is None or not finding_seen(actor, finding):
        raise FindingNotFoundError
    return finding


def people_concerned(finding: Finding, on: date) -> list[Actor]:
    """Who works in a loaded finding and may be named in a comment (相关人员).

    Of a restricted finding only listed people.
    """
    return people_who_may(Action.COMMENT_ADD, facts_of(finding), on)


def comment_verdict(actor: Actor, finding: Finding) -> Verdict:
    """Whether the actor may write about a loaded finding, and why not."""
    return judge(actor, Action.COMMENT_ADD, facts_of(finding))


def comments_withdrawable(actor: Actor, finding: Finding, threads: Iterable[Thread]) -> set[int]:
    """Those of the comments shown that the actor may take back, by id."""
    may_own = judge(actor, Action.COMMENT_WITHDRAW, facts_of(finding, actor.person_id)).allowed
    rows = (row for thread in threads for row in (thread.comment, *thread.answers))
    return {row.pk for row in rows if may_own and row.by_id == actor.person_id and row.withdrawn_at is None}


def comment_threads(finding: Finding) -> list[Thread]:
    """Every thread of a finding from `finding_get`, the oldest first; no query."""
    answers: dict[int, list[Comment]] = {}
    for row in finding.comments.all():
        if row.answers_id is not None:
            answers.setdefault(row.answers_id, []).append(row)
    return [
        Thread(row, tuple(answers.get(row.pk, ())))
        for row in finding.comments.all()
        if row.answers_id is None
    ]


def comments_page(finding: Finding, number: int) -> ThreadPage:
    """One page of the threads of a finding that the reader sees; as many queries however many there are."""
    begun = _WRITTEN.filter(finding=finding, answers__isnull=True).order_by("-pk")
    total = begun.count()
    number = min(max(1, number), max(1, -(-total // THREADS_PER_PAGE)))
    answered = Prefetch("answered_by", _WRITTEN)
    rows = begun.prefetch_related(answered)[(number - 1) * THREADS_PER_PAGE : number * THREADS_PER_PAGE]
    last_id = Comment.objects.filter(finding=finding).order_by("-pk").values_list("pk", flat=True).first()
    threads = tuple(Thread(row, tuple(row.answered_by.all())) for row in rows)
    return ThreadPage(threads, total, number, last_id or 0)
