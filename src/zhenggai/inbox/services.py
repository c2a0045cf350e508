"""Telling people and what they do with it (发送与阅读消息)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from zhenggai.domain.errors import InvalidError, NotFoundError
from zhenggai.domain.messages import Message, message_kept, msg
from zhenggai.inbox.kinds import NoticeKind, Rhythm, TargetKind
from zhenggai.inbox.models import DigestChoice, DigestDay, Notice

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date, datetime

    from zhenggai.domain.actor import Actor

_BATCH: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What one person is to be told (待发消息); the fields are those of `zhenggai.inbox.models.Notice`."""

    person_id: int
    kind: NoticeKind
    message: Message
    key: str
    target: tuple[TargetKind, int] | None = None
    by_id: int | None = None
    details: tuple[Mapping[str, Any], ...] = field(default_factory=tuple)


def notice_send(*, news: News, at: datetime) -> None:
    """Tells one person (发送消息); nothing happens where that person was told under the key before."""
    notices_send(news=[news], at=at)


def notices_send(*, news: Iterable[News], at: datetime) -> None:
    """Tells many people (批量发送消息), each at most once under one key; never about what one did oneself."""
    rows = [_row(each, at) for each in news if each.person_id != each.by_id]
    Notice.objects.bulk_create(rows, batch_size=_BATCH, ignore_conflicts=True)


def notice_mark_read(*, notice_id: int, actor: Actor, at: datetime) -> Notice:
    """Notes that the actor has read a notice (标记已读); the first time stands.

    Raises:
        NotFoundError: when there is none, or it is another person's.
    """
    notice = Notice.objects.filter(pk=notice_id, person_id=actor.person_id).first()
    if notice is None:
        raise NotFoundError(msg("There is no such notice in your inbox; it may have been cleared away."))
    if notice.read_at is None:
        Notice.objects.filter(pk=notice.pk, read_at__isnull=True).update(read_at=at)
        notice.read_at = at
    return notice


def notices_mark_seen(
    *, target: tuple[TargetKind, int], actor: Actor, at: datetime, kind: NoticeKind | None = None
) -> None:
    """Takes the actor's notices about a thing as read (视为已读), once the actor has it on the screen.

    With ``kind`` only those of that kind.
    """
    about = Notice.objects.filter(target_kind=target[0].value, target_id=target[1])
    if kind is not None:
        about = about.filter(kind=kind.value)
    about.filter(person_id=actor.person_id, read_at__isnull=True).update(read_at=at)


def notices_mark_all_read(*, actor: Actor, at: datetime) -> int:
    """Notes that the actor has read every notice that there was until now (全部已读); how many."""
    unread = Notice.objects.filter(person_id=actor.person_id, read_at__isnull=True, created_at__lte=at)
    return unread.update(read_at=at)


def digest_choose(*, rhythm: Rhythm | str, actor: Actor) -> Rhythm:
    """Says how often the actor wants the digest (设置摘要频率).

    Raises:
        InvalidError: when there is no such rhythm.
    """
    if rhythm not in set(Rhythm):
        raise InvalidError(
            msg("“%(rhythm)s” is no rhythm of the digest; choose one from the list."), rhythm=str(rhythm)[:40]
        )
    chosen = Rhythm(rhythm)
    DigestChoice.objects.update_or_create(person_id=actor.person_id, defaults={"rhythm": chosen.value})
    return chosen


def digests_supersede(*, person_ids: Iterable[int], before: datetime, at: datetime) -> None:
    """Takes digests made before as read (旧摘要失效): the newer one says how things stand."""
    older = Notice.objects.filter(
        person_id__in=list(person_ids), kind=NoticeKind.DIGEST.value, created_at__lt=before
    )
    older.filter(read_at__isnull=True).update(read_at=at)


def notices_supersede(*, keys: Iterable[str], at: datetime) -> int:
    """Takes the unread notices under these keys as read (消息失效), whosever they are; how many.

    What they told holds no more.
    """
    return Notice.objects.filter(key__in=list(keys), read_at__isnull=True).update(read_at=at)


def notices_replace(*, told: Collection[tuple[int, str]], at: datetime) -> int:
    """Takes the unread notices of these people, each under that key, as read (消息更替); how many.

    A later notice to the same person says how things stand.
    """
    rows = Notice.objects.filter(key__in={key for _person, key in told}, read_at__isnull=True)
    ids = [pk for pk, *pair in rows.values_list("pk", "person_id", "key") if tuple(pair) in told]
    return Notice.objects.filter(pk__in=ids, read_at__isnull=True).update(read_at=at)


def digest_day_done(*, day: date, at: datetime) -> None:
    """Notes that every digest of the day was sent."""
    DigestDay.objects.get_or_create(day=day, defaults={"done_at": at})


def notices_prune(*, read_before: datetime) -> int:
    """Clears away notices that were read long ago (清理消息), never an unread one; how many."""
    return Notice.objects.filter(read_at__lt=read_before).delete()[0]


def _row(news: News, at: datetime) -> Notice:
    kind, target_id = news.target or ("", None)
    return Notice(
        person_id=news.person_id,
        kind=news.kind.value,
        template=news.message.template,
        values={name: message_kept(value) for name, value in news.message.values.items()},
        target_kind=kind,
        target_id=target_id,
        details=list(news.details),
        by_id=news.by_id,
        key=news.key,
        created_at=at,
    )
