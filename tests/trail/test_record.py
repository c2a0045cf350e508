from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from trail.conftest import ACTOR, AT, CHAIN, Write
from zhenggai.proofs.chain import GENESIS, NotCanonicalError
from zhenggai.trail import guards, selectors, services
from zhenggai.trail.chains import ChainKey
from zhenggai.trail.models import Chain, Event, EventValue
from zhenggai.trail.services import Entry, TrailRaceError

pytestmark = pytest.mark.django_db


def test_events_are_joined_in_the_order_they_happened(five: list[Event]) -> None:
    assert [event.seq for event in five] == [1, 2, 3, 4, 5]
    assert [event.previous_hash for event in five] == [GENESIS, *(event.hash for event in five[:4])]
    chain = Chain.objects.get()
    assert (chain.kind, chain.key, chain.head_seq, chain.head_hash) == ("inspection", 7, 5, five[4].hash)
    assert chain.head_at == five[4].at


def test_an_event_is_seen_with_its_actor_and_its_values(five: list[Event]) -> None:
    view = selectors.event_views(selectors.events_of(CHAIN, ("finding", 103)))
    assert len(view) == 1
    assert (view[0].seq, view[0].name, view[0].actor, view[0].actor_id) == (
        3,
        "example.finding.changed",
        "张示例",
        3,
    )
    assert view[0].values == {"note": "第3条", "amount": "12.50"}
    assert view[0].erased == ()
    assert view[0].at == AT + timedelta(minutes=3)
    assert (view[0].subject_kind, view[0].subject_id, view[0].hash) == ("finding", 103, five[2].hash)


def test_every_value_has_a_salt_of_its_own(five: list[Event]) -> None:
    salts = [bytes(value.salt) for value in EventValue.objects.all() if value.salt is not None]
    assert len(salts) == 15
    assert len(set(salts)) == 15
    assert {len(salt) for salt in salts} == {16}


def test_each_inspection_and_each_root_organisation_has_a_chain_of_its_own(
    write: Write,
) -> None:
    write(1)
    write(1, chain=ChainKey.inspection(8))
    write(1, chain=ChainKey.organisation(7))
    assert selectors.chains() == [
        ChainKey("inspection", 7),
        ChainKey("inspection", 8),
        ChainKey("organisation", 7),
    ]
    assert [event.seq for event in Event.objects.all()] == [1, 1, 1]
    assert all(report.ok for report in selectors.verify())


def test_a_clock_that_runs_back_does_not_turn_the_order_round(write: Write) -> None:
    first, second = write(10), write(2)
    assert second.at == first.at
    assert selectors.verify(CHAIN)[0].ok


def test_several_events_are_recorded_together_in_their_order() -> None:
    events = services.record_all(
        chain=CHAIN,
        entries=[
            Entry("example.finding.registered", ("finding", number), {"n": number}) for number in range(1, 8)
        ],
        actor=ACTOR,
        at=AT,
    )
    assert [event.seq for event in events] == list(range(1, 8))
    assert selectors.verify(CHAIN)[0].ok
    assert services.record_all(chain=CHAIN, entries=[], actor=ACTOR, at=AT) == []


def test_one_event_takes_four_queries_and_two_hundred_take_few_more(write: Write) -> None:
    write(1)
    entries = [Entry("example.finding.registered", ("finding", n), {"n": n, "m": n}) for n in range(200)]
    with transaction.atomic(), CaptureQueriesContext(connection) as one:
        write(2, note="x", other=1)
    with transaction.atomic(), CaptureQueriesContext(connection) as many:
        services.record_all(chain=CHAIN, entries=entries, actor=ACTOR, at=AT)
    assert len(statements(one)) == 4
    assert len(statements(many)) <= 12


def statements(context: CaptureQueriesContext) -> list[str]:
    return [query["sql"] for query in context.captured_queries if "SAVEPOINT" not in query["sql"]]


def test_a_value_that_cannot_be_hashed_records_nothing(five: list[Event], write: Write) -> None:
    with pytest.raises(NotCanonicalError):
        write(9, note="\ud800")
    assert Event.objects.count() == 5
    assert Chain.objects.get().head_seq == 5


def test_text_that_a_database_would_not_take_is_kept_whole(write: Write) -> None:
    write(1, note="a\x00b\u2028'\"\\%s 🀄")
    assert selectors.event_views(selectors.events_of(CHAIN))[0].values == {"note": "a\x00b\u2028'\"\\%s 🀄"}
    assert selectors.verify(CHAIN)[0].ok


def test_the_actor_is_written_by_the_trail_itself(write: Write) -> None:
    with pytest.raises(ValueError, match="'actor'"):
        write(1, actor="李示例")


def test_a_change_that_is_rolled_back_leaves_no_event(five: list[Event], write: Write) -> None:
    with transaction.atomic():
        write(9)
        transaction.set_rollback(True)
    assert Event.objects.count() == 5
    assert selectors.verify(CHAIN)[0].ok


def test_an_event_that_lost_its_place_to_another_is_refused(five: list[Event], write: Write) -> None:
    guards.guards_drop(connection)
    # another connection that moves the head between our look at it and our own move
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "CREATE TRIGGER test_rival AFTER INSERT ON trail_eventvalue"
                " BEGIN UPDATE trail_chain SET head_seq = head_seq + 1; END"
            )
        else:
            cursor.execute(
                "CREATE FUNCTION test_rival() RETURNS trigger LANGUAGE plpgsql AS"
                " $$ BEGIN UPDATE trail_chain SET head_seq = head_seq + 1; RETURN NULL; END $$"
            )
            cursor.execute(
                "CREATE TRIGGER test_rival AFTER INSERT ON trail_eventvalue"
                " FOR EACH ROW EXECUTE FUNCTION test_rival()"
            )
    with pytest.raises(TrailRaceError) as refusal:
        write(9)
    assert "nothing was changed here" in str(refusal.value)
    assert Event.objects.count() == 5
    assert Chain.objects.get().head_seq == 5


def test_chains_can_be_locked_before_they_have_an_event() -> None:
    services.chains_lock(ChainKey.inspection(9), ChainKey.organisation(2))
    assert selectors.chains() == [ChainKey("inspection", 9), ChainKey("organisation", 2)]
    assert [report.count for report in selectors.verify()] == [0, 0]
