"""Notices themselves: told once, read once, one's own only, in the reader's language."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from ledger.world import World
from zhenggai.domain.actor import ROLE_LABELS, Role
from zhenggai.domain.errors import InvalidError, NotFoundError
from zhenggai.domain.messages import Message
from zhenggai.inbox import selectors, services
from zhenggai.inbox.kinds import NoticeKind, Rhythm, TargetKind
from zhenggai.inbox.models import Notice
from zhenggai.inbox.sending import send_or_log

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

AT = datetime(2026, 3, 3, 1, 0, tzinfo=UTC)


@pytest.fixture
def world(db: None, settings: Any, tmp_path: Path) -> World:
    settings.ZHENGGAI_DATA_DIR = tmp_path
    return World()


def news(world: World, key: str = "example:1", **values: Any) -> services.News:
    return services.News(
        **{
            "person_id": world.head.person_id,
            "kind": NoticeKind.SENT_BACK,
            "message": Message("The reason of %(who)s: %(reason)s", {"who": "示例", "reason": "缺材料"}),
            "key": key,
            **values,
        }
    )


def test_nobody_is_told_twice_under_one_key(world: World) -> None:
    services.notice_send(news=news(world), at=AT)
    services.notices_send(news=[news(world), news(world, "example:2")], at=AT + timedelta(hours=1))
    kept = Notice.objects.order_by("pk").values_list("key", "created_at")
    assert list(kept) == [("example:1", AT), ("example:2", AT + timedelta(hours=1))]


def test_the_database_itself_keeps_a_key_once_a_person(world: World) -> None:
    services.notice_send(news=news(world), at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.create(
            person_id=world.head.person_id, kind="digest", template="x", key="example:1", created_at=AT
        )


def test_a_person_is_never_told_of_what_they_did_themselves(world: World) -> None:
    services.notice_send(news=news(world, by_id=world.head.person_id), at=AT)
    assert not Notice.objects.exists()


def test_a_sentence_and_the_words_in_it_are_shown_in_the_reader_s_language(world: World) -> None:
    role = Message(ROLE_LABELS[Role.UNIT_HEAD])
    message = Message(
        "Plan no. %(number)s waits for your approval, as %(role)s.", {"number": 3, "role": role}
    )
    services.notice_send(news=news(world, message=message), at=AT)
    told = selectors.notice_message(Notice.objects.get())
    assert told == message
    with translation.override("zh-hans"):
        said = told.render(translation.gettext)
    assert said != str(told)
    assert "3" in said


def test_the_first_reading_stands(world: World) -> None:
    services.notice_send(news=news(world), at=AT)
    pk = Notice.objects.get().pk
    services.notice_mark_read(notice_id=pk, actor=world.head, at=AT)
    services.notice_mark_read(notice_id=pk, actor=world.head, at=AT + timedelta(days=1))
    assert Notice.objects.get().read_at == AT


def test_another_person_s_notice_is_not_found_and_stays_unread(world: World) -> None:
    services.notice_send(news=news(world), at=AT)
    with pytest.raises(NotFoundError, match="no such notice in your inbox"):
        services.notice_mark_read(notice_id=Notice.objects.get().pk, actor=world.clerk, at=AT)
    assert services.notices_mark_all_read(actor=world.clerk, at=AT) == 0
    assert Notice.objects.get().read_at is None


def test_all_are_read_but_not_what_comes_after(world: World) -> None:
    services.notices_send(news=[news(world, f"example:{n}") for n in range(3)], at=AT)
    services.notice_send(news=news(world, "later"), at=AT + timedelta(minutes=1))
    assert services.notices_mark_all_read(actor=world.head, at=AT) == 3
    assert selectors.unread_count(world.head.person_id) == 1


def test_the_unread_are_counted_in_one_query_and_up_to_a_hundred(
    world: World, django_assert_num_queries: Any
) -> None:
    services.notices_send(news=[news(world, f"example:{n}") for n in range(130)], at=AT)
    with django_assert_num_queries(1):
        assert selectors.unread_count(world.head.person_id) == 100


def test_a_list_is_narrowed_by_kind_and_to_the_unread_and_is_one_s_own(world: World) -> None:
    services.notices_send(
        news=[
            news(world, "a"),
            news(world, "b", kind=NoticeKind.CLOSED),
            news(world, "c", person_id=world.clerk.person_id),
        ],
        at=AT,
    )
    mine = selectors.notices_listed(world.head.person_id)
    assert [row.key for row in mine] == ["b", "a"]
    services.notice_mark_read(notice_id=mine[0].pk, actor=world.head, at=AT)
    assert [row.key for row in selectors.notices_listed(world.head.person_id, is_unread=True)] == ["a"]
    closed = selectors.notices_listed(world.head.person_id, kind=NoticeKind.CLOSED)
    assert [row.key for row in closed] == ["b"]


def test_read_notices_are_cleared_away_and_unread_ones_never(world: World) -> None:
    services.notices_send(news=[news(world, "old"), news(world, "unread"), news(world, "young")], at=AT)
    Notice.objects.filter(key="old").update(read_at=AT)
    Notice.objects.filter(key="young").update(read_at=AT + timedelta(days=9))
    assert services.notices_prune(read_before=AT + timedelta(days=5)) == 1
    assert set(Notice.objects.values_list("key", flat=True)) == {"unread", "young"}


def test_a_rhythm_is_kept_and_an_unknown_one_refused(world: World) -> None:
    assert selectors.rhythm_of(world.head.person_id) is Rhythm.DAILY
    services.digest_choose(rhythm="weekly", actor=world.head)
    services.digest_choose(rhythm="none", actor=world.head)
    with pytest.raises(InvalidError, match="“hourly” is no rhythm of the digest"):
        services.digest_choose(rhythm="hourly", actor=world.head)
    assert selectors.rhythm_of(world.head.person_id) is Rhythm.NONE


def test_a_target_is_whole_or_absent(world: World) -> None:
    services.notice_send(news=news(world, target=(TargetKind.FINDING, 7)), at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.update(target_id=None)


def test_a_fault_in_telling_becomes_a_line_that_names_nobody(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    def failing() -> Iterator[services.News]:
        yield news(world)
        raise RuntimeError("张三 13800000000")

    send_or_log(failing, AT, "finding", 7)
    assert [record.getMessage() for record in caplog.records] == [
        "Nobody was told of finding 7: RuntimeError"
    ]
    assert "张三" not in caplog.text


def test_what_holds_no_more_is_taken_as_read_by_its_key_whosever_it_is(world: World) -> None:
    later = AT + timedelta(days=1)
    for person_id in (world.head.person_id, world.handler.person_id):
        for key in ("warning:1", "warning:2"):
            services.notice_send(news=news(world, key, person_id=person_id), at=AT)
    assert services.notices_supersede(keys=["warning:1"], at=later) == 2
    assert services.notices_supersede(keys=["warning:1"], at=later) == 0
    unread = Notice.objects.filter(read_at=None).values_list("key", flat=True)
    assert list(unread) == ["warning:2", "warning:2"]


def test_what_a_later_notice_replaces_is_taken_as_read_for_its_reader_alone(world: World) -> None:
    head, handler = world.head.person_id, world.handler.person_id
    for person_id in (head, handler):
        for key in ("warning:1", "warning:2"):
            services.notice_send(news=news(world, key, person_id=person_id), at=AT)
    told = {(head, "warning:1"), (handler, "warning:2"), (head, "warning:9")}
    assert services.notices_replace(told=told, at=AT + timedelta(days=1)) == 2
    unread = Notice.objects.filter(read_at=None).order_by("pk").values_list("person_id", "key")
    assert list(unread) == [(head, "warning:2"), (handler, "warning:1")]
