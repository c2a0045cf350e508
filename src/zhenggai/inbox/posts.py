"""Notices about posts (任职消息): one waits for confirmation, one holds now."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils import timezone

from zhenggai.accounts.holders import holders_of
from zhenggai.accounts.leading import group_heads
from zhenggai.domain.actor import ROLE_LABELS, SIGNING_ROLES, Role
from zhenggai.domain.messages import Message, msg
from zhenggai.domain.policy import Action, Facts, judge
from zhenggai.inbox.kinds import NoticeKind, TargetKind
from zhenggai.inbox.sending import send_or_log
from zhenggai.inbox.services import News

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhenggai.accounts.post_changes import PostChange

_WAITS: Final = msg(
    "The post “%(role)s” of %(organisation)s is proposed for this person and waits for your confirmation."
)
_SIGNS: Final = msg(
    "A second person has confirmed your post “%(role)s” of %(organisation)s; it signs from now on."
)
_HOLDS: Final = msg("You hold the post “%(role)s” of %(organisation)s.")


def post_notices_follow(change: PostChange) -> None:
    """Tells, once the change is committed, who can confirm the post or who holds it."""
    transaction.on_commit(partial(send_or_log, partial(_news, change), change.at, "post", change.post_id))


def _news(change: PostChange) -> Iterator[News]:
    words = {"role": Message(ROLE_LABELS[change.role]), "organisation": change.organisation_name}
    if change.is_confirmed:
        yield News(
            person_id=change.person_id,
            kind=NoticeKind.POST,
            message=Message(_SIGNS if change.is_seconded else _HOLDS, words),
            key=f"post:{change.post_id}:{'signs' if change.is_seconded else 'holds'}",
            by_id=change.by_id,
        )
        return
    for person_id in _confirmers(change):
        if person_id != change.person_id:
            yield News(
                person_id=person_id,
                kind=NoticeKind.POST,
                message=Message(_WAITS, words),
                key=f"post:{change.post_id}:waits",
                target=(TargetKind.PERSON, change.person_id),
                by_id=change.by_id,
            )


def _confirmers(change: PostChange) -> list[int]:
    """Security administrators above the post; of a post that signs, the heads of leading groups too."""
    on, path = timezone.localdate(change.at), change.organisation_path
    heads = group_heads(path, on) if change.role in SIGNING_ROLES else frozenset()
    facts = Facts(subject_path=path, group_head_ids=heads)
    asked = holders_of([(Role.SECURITY_ADMIN, path), (Role.LEADING_GROUP, path)], on)
    return [
        actor.person_id
        for actor in asked
        if judge(actor, Action.POST_CONFIRM, facts).allowed or judge(actor, Action.POST_SECOND, facts).allowed
    ]
