"""Who is told of a comment (留言告知): who is named in it, and whose comment it answers."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils import timezone

from zhenggai.domain.messages import Message, msg
from zhenggai.inbox.kinds import NoticeKind, TargetKind
from zhenggai.inbox.selectors import read_last
from zhenggai.inbox.sending import send_or_log
from zhenggai.inbox.services import News
from zhenggai.ledger.facts import HEAD, WEIGHED
from zhenggai.ledger.loading import pieces_load
from zhenggai.ledger.models import Comment, Finding
from zhenggai.ledger.telling import Told

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

_NAMED: Final = msg("You are named in a comment on it.")
_ANSWERED: Final = msg("Your comment on it is answered.")


def comment_tell(comment: Comment, named: Sequence[int], *, at: datetime) -> None:
    """Tells of a comment once it is committed.

    Until a person has read the notice, whatever else is written about the finding adds no other.
    """
    if named or comment.answers_id is not None:
        transaction.on_commit(partial(send_or_log, partial(_news, comment.pk, at), at, "comment", comment.pk))


def _news(comment_id: int, at: datetime) -> Iterator[News]:
    comment = Comment.objects.select_related("answers").prefetch_related("named").get(pk=comment_id)
    finding = Finding.objects.select_related(*HEAD).get(pk=comment.finding_id)
    pieces_load(finding, WEIGHED)
    words = dict.fromkeys((each.pk for each in comment.named.all()), _NAMED)
    if comment.answers is not None:
        words[comment.answers.by_id] = _ANSWERED
    people = Told(finding, {}, timezone.localdate(at)).still_see(*words)
    target = (TargetKind.FINDING, finding.pk)
    last = read_last(people, NoticeKind.COMMENT, target)
    for person_id in people:
        yield News(
            person_id=person_id,
            kind=NoticeKind.COMMENT,
            message=Message(words[person_id], {}),
            # one that is not read yet stands under the same key, and nobody is told twice under one
            key=f"comments:{finding.pk}:{last.get(person_id, 0)}",
            target=target,
            by_id=comment.by_id,
        )
