"""Writing about a finding, and taking one's own words back (留言、撤回留言).

A comment moves nothing: the finding keeps its version, so that nobody's open page is refused for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils import timezone

from zhenggai.accounts.selectors import actor_standing
from zhenggai.domain.closing import decision_reason
from zhenggai.domain.events import LedgerEvent
from zhenggai.domain.messages import msg
from zhenggai.domain.policy import Action, acting_for
from zhenggai.ledger.commenting import people_concerned
from zhenggai.ledger.errors import (
    FindingNotFoundError,
    InvalidFieldError,
    StandsOtherwiseError,
)
from zhenggai.ledger.facts import facts_of
from zhenggai.ledger.models import Comment
from zhenggai.ledger.models.commenting import COMMENT_MOST
from zhenggai.ledger.search_text import finding_text_put
from zhenggai.ledger.services.standing import cleaned, finding_locked, piece, text_required
from zhenggai.ledger.telling_of_comments import comment_tell
from zhenggai.ledger.visibility import finding_seen, permit
from zhenggai.trail.chains import ChainKey
from zhenggai.trail.services import record

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from zhenggai.domain.actor import Actor
    from zhenggai.ledger.models import Finding

NAMED_MOST: Final = 20


@transaction.atomic
def comment_add(
    *,
    actor: Actor,
    at: datetime,
    finding_id: int,
    text: str,
    answers_id: int | None = None,
    named_ids: Sequence[int] = (),
    after_id: int | None = None,
) -> Finding:
    """Writes about a finding (留言), in every stage, and tells those who are named or answered.

    ``after_id``: the newest comment on the page it was written on. The same words of the same person sent
    again from that page are one comment, and nothing is written twice.

    :raises FindingNotFoundError: when there is none or the actor cannot see it.
    :raises ActionDeniedError: when the actor only reads.
    :raises PieceNotFoundError: when what is answered is none of the finding's.
    :raises StandsOtherwiseError: when it is withdrawn, or an answer itself.
    :raises InvalidFieldError: when somebody is named whom the finding does not concern, or more than 20.
    """
    finding, acted_for = _begin(actor, at, Action.COMMENT_ADD, finding_id)
    said = text_required(text, msg("Comment"), COMMENT_MOST)
    sent = Comment.objects.filter(finding=finding, by_id=actor.person_id, text=said, answers_id=answers_id)
    if after_id is not None and sent.filter(pk__gt=after_id).exists():
        return finding
    if answers_id is not None:
        _answerable(piece(finding, "comments", answers_id))
    named = _named(finding, named_ids, at)
    comment = Comment(finding=finding, answers_id=answers_id, text=said, by_id=actor.person_id, at=at)
    cleaned(comment)
    comment.save()
    comment.named.set(named)
    finding_text_put(finding)
    _record(
        finding,
        LedgerEvent.COMMENT_ADDED,
        actor=actor,
        at=at,
        acted_for=acted_for,
        comment_id=comment.pk,
        text=comment.text,
        answers_id=answers_id,
        named_ids=named,
    )
    comment_tell(comment, named, at=at)
    return finding


@transaction.atomic
def comment_withdraw(*, actor: Actor, at: datetime, finding_id: int, comment_id: int, reason: str) -> Finding:
    """Takes one's own comment back with its reason (撤回留言); its place stays, its words go.

    :raises FindingNotFoundError: when there is none or the actor cannot see it.
    :raises PieceNotFoundError: when the finding has no such comment.
    :raises ActionDeniedError: when it is somebody else's.
    :raises StandsOtherwiseError: when it is withdrawn already.
    :raises ReasonTooShortError: for a reason of fewer than 10 characters.
    """
    finding, acted_for = _begin(actor, at, Action.COMMENT_WITHDRAW, finding_id, comment_id)
    comment: Comment = piece(finding, "comments", comment_id)
    if comment.withdrawn_at is not None:
        raise StandsOtherwiseError(msg("This comment is withdrawn already; nothing was changed."))
    comment.withdrawn_at = at
    comment.withdrawn_by_id = actor.person_id
    comment.withdrawn_reason = decision_reason(reason)
    comment.text = ""
    cleaned(comment)
    comment.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason", "text"])
    finding_text_put(finding)
    _record(
        finding,
        LedgerEvent.COMMENT_WITHDRAWN,
        actor=actor,
        at=at,
        acted_for=acted_for,
        comment_id=comment.pk,
        reason=comment.withdrawn_reason,
    )
    return finding


def _begin(
    actor: Actor, at: datetime, action: Action, finding_id: int, comment_id: int | None = None
) -> tuple[Finding, str]:
    """Locks the finding and judges the actor by the posts of now; for whom the actor acts, if for anybody."""
    finding = finding_locked(finding_id)
    actor = actor_standing(actor, timezone.localdate(at))
    if finding is None or not finding_seen(actor, finding):
        raise FindingNotFoundError
    facts = facts_of(finding)
    permit(actor, action, facts)
    if comment_id is not None:
        facts = facts_of(finding, piece(finding, "comments", comment_id).by_id)
        permit(actor, action, facts)
    return finding, acting_for(actor, action, facts)


def _answerable(comment: Comment) -> None:
    if comment.withdrawn_at is not None:
        raise StandsOtherwiseError(
            msg(
                "The comment that you answer was withdrawn meanwhile. Write a comment of its own; nothing "
                "was changed."
            )
        )
    if comment.answers_id is not None:
        raise StandsOtherwiseError(
            msg("An answer is not answered itself. Answer the comment above it; nothing was changed.")
        )


def _named(finding: Finding, named_ids: Sequence[int], at: datetime) -> list[int]:
    """The people named, each once, as far as the finding concerns them."""
    named = sorted(set(named_ids))
    if len(named) > NAMED_MOST:
        raise InvalidFieldError(
            msg(
                "A comment names at most %(most)s people, this one %(count)s. Name those whom it concerns; "
                "nothing was changed."
            ),
            most=NAMED_MOST,
            count=len(named),
        )
    concerned = people_concerned(finding, timezone.localdate(at)) if named else []
    if not {each.person_id for each in concerned}.issuperset(named):
        raise InvalidFieldError(
            msg(
                "Somebody whom you name does not work in this finding, or not any more. Choose from the "
                "people offered; nothing was changed."
            )
        )
    return named


def _record(
    finding: Finding, event: LedgerEvent, *, actor: Actor, at: datetime, acted_for: str, **values: Any
) -> None:
    every: dict[str, Any] = {"stage": finding.stage, "version": finding.version}
    if acted_for:
        every["acted_for"] = acted_for
    record(
        chain=ChainKey.inspection(finding.inspection_id),
        name=event,
        subject=("finding", finding.pk),
        values={**values, **every},
        actor=actor,
        at=at,
    )
