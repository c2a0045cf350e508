"""What the inbox shows (收件箱查询); everything here is the person's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db.models import Max

from zhenggai.domain.messages import Message, message_told
from zhenggai.inbox.kinds import NoticeKind, Rhythm
from zhenggai.inbox.models import DigestChoice, DigestDay, Notice

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from django.db.models import QuerySet

    from zhenggai.inbox.kinds import TargetKind

NOTICES_PER_PAGE: Final = 30
COUNTED_MOST: Final = 100


def unread_count(person_id: int) -> int:
    """How many notices the person has not read (未读数), counted up to 100; one query of an index."""
    return Notice.objects.filter(person_id=person_id, read_at__isnull=True)[:COUNTED_MOST].count()


def notices_listed(
    person_id: int, *, kind: NoticeKind | None = None, is_unread: bool = False
) -> QuerySet[Notice]:
    """The person's notices, the newest first, of one kind or only unread ones where that is asked for."""
    rows = Notice.objects.filter(person_id=person_id)
    if kind is not None:
        rows = rows.filter(kind=kind.value)
    if is_unread:
        rows = rows.filter(read_at__isnull=True)
    return rows.select_related("by").order_by("-pk")


def notice_message(notice: Notice) -> Message:
    """The sentence of a notice."""
    message: Message = message_told({"template": notice.template, "values": notice.values})
    return message


def rhythm_of(person_id: int) -> Rhythm:
    """How often the person wants the digest."""
    return rhythms_of([person_id]).get(person_id, Rhythm.DAILY)


def rhythms_of(person_ids: Collection[int]) -> dict[int, Rhythm]:
    """How often these people want the digest, as far as they chose; one query."""
    rows = DigestChoice.objects.filter(person_id__in=person_ids).values_list("person_id", "rhythm")
    return {person_id: Rhythm(rhythm) for person_id, rhythm in rows}


def digest_day_is_done(day: date) -> bool:
    """Whether every digest of the day was sent."""
    return DigestDay.objects.filter(day=day).exists()


def people_told(person_ids: Collection[int], keys: Collection[str]) -> set[tuple[int, str]]:
    """Which of these people were told under which of the keys; one query."""
    rows = Notice.objects.filter(person_id__in=person_ids, key__in=keys)
    return set(rows.values_list("person_id", "key"))


def read_last(
    person_ids: Collection[int], kind: NoticeKind, target: tuple[TargetKind, int]
) -> dict[int, int]:
    """By person the newest notice of that kind about the thing that was read, if one was; one query."""
    rows = Notice.objects.filter(
        person_id__in=person_ids,
        kind=kind.value,
        target_kind=target[0].value,
        target_id=target[1],
        read_at__isnull=False,
    )
    return dict(rows.order_by().values_list("person_id").annotate(last=Max("pk")))
