from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from trail.conftest import ACTOR, AT, CHAIN, Write
from zhenggai.proofs.chain import canonical_text, value_digest
from zhenggai.trail import selectors, services
from zhenggai.trail.chains import ChainKey
from zhenggai.trail.models import Chain, Event
from zhenggai.trail.services import Entry

pytestmark = pytest.mark.django_db

Tamper = Callable[..., None]


def found(chain: ChainKey | None = CHAIN) -> list[tuple[str, int]]:
    return [
        (problem.kind.value, problem.seq) for report in selectors.verify(chain) for problem in report.problems
    ]


def test_a_trail_as_it_was_written_holds_and_says_what_was_not_looked_at(five: list[Event]) -> None:
    report = selectors.verify(CHAIN)[0]
    assert (report.ok, report.count, report.problems) == (True, 5, ())
    assert (report.kind, report.key) == ("inspection", 7)
    assert (report.head_seq, report.head_hash, report.head_at) == (5, five[4].hash, five[4].at)
    assert not report.anchored
    assert str(report.note) == (
        "No head of this chain kept outside the database was compared, so a chain cut or written anew "
        "together with its head would not show."
    )


def test_a_chain_that_does_not_exist_gives_no_report() -> None:
    assert selectors.verify(CHAIN) == []
    assert selectors.verify() == []


@pytest.mark.parametrize(
    "change",
    [
        "at = (SELECT at FROM trail_event WHERE seq = 1)",
        "actor_id = 99",
        "name = 'example.finding.closed'",
        "subject_kind = 'measure'",
        "subject_id = 1",
        "subject_id = 1152921504606846976",
        "chain_id = chain_id, name = ''",
    ],
)
def test_a_changed_event_is_found(five: list[Event], tamper: Tamper, change: str) -> None:
    tamper(f"UPDATE trail_event SET {change} WHERE seq = 3")  # noqa: S608 # words of this test only
    assert found() == [("changed", 3)]


def test_a_changed_event_with_another_hash_is_found(five: list[Event], tamper: Tamper) -> None:
    tamper("UPDATE trail_event SET hash = %s WHERE seq = 3", "f" * 64)
    assert found() == [("changed", 3)]


def test_an_event_removed_from_the_middle_is_found(five: list[Event], tamper: Tamper) -> None:
    tamper("DELETE FROM trail_eventvalue WHERE event_id = %s", five[2].pk)
    tamper("DELETE FROM trail_event WHERE id = %s", five[2].pk)
    assert found() == [("removed", 3)]
    assert "Entry 3 was removed" in str(selectors.verify(CHAIN)[0].problems[0].message)


def test_an_event_removed_from_the_end_is_found(five: list[Event], tamper: Tamper) -> None:
    tamper("DELETE FROM trail_eventvalue WHERE event_id = %s", five[4].pk)
    tamper("DELETE FROM trail_event WHERE id = %s", five[4].pk)
    assert found() == [("removed", 5)]
    assert "the last one, was removed" in str(selectors.verify(CHAIN)[0].problems[0].message)


def test_swapped_events_are_found(five: list[Event], tamper: Tamper) -> None:
    tamper("UPDATE trail_event SET seq = 1000 WHERE seq = 2")
    tamper("UPDATE trail_event SET seq = 2 WHERE seq = 4")
    tamper("UPDATE trail_event SET seq = 4 WHERE seq = 1000")
    assert found() == [("swapped", 2)]


def test_an_event_put_in_between_is_found(five: list[Event], tamper: Tamper) -> None:
    for seq in (5, 4, 3):
        tamper("UPDATE trail_event SET seq = seq + 1 WHERE seq = %s", seq)
    tamper(
        "INSERT INTO trail_event"
        " (chain_id, seq, at, actor_id, name, subject_kind, subject_id, previous_hash, hash)"
        " SELECT chain_id, 3, at, 99, name, subject_kind, subject_id, previous_hash, %s"
        " FROM trail_event WHERE seq = 4",
        "e" * 64,
    )
    tamper("UPDATE trail_chain SET head_seq = 6")
    assert found() == [("inserted", 3)]


def test_an_event_put_behind_the_end_is_found(five: list[Event], tamper: Tamper) -> None:
    tamper(
        "INSERT INTO trail_event"
        " (chain_id, seq, at, actor_id, name, subject_kind, subject_id, previous_hash, hash)"
        " SELECT chain_id, 6, at, 99, name, subject_kind, subject_id, hash, %s"
        " FROM trail_event WHERE seq = 5",
        "e" * 64,
    )
    assert found() == [("inserted", 6)]


@pytest.mark.parametrize("whole", [True, False])
def test_a_changed_value_is_found(five: list[Event], tamper: Tamper, whole: bool) -> None:
    text = canonical_text("改过的内容")
    salt = bytes(16)
    tamper(
        "UPDATE trail_eventvalue SET value = %s, salt = %s, digest = %s"
        " WHERE event_id = %s AND name = 'note'",
        text,
        salt,
        value_digest(salt, "改过的内容") if whole else "d" * 64,
        five[2].pk,
    )
    # a digest made to fit changes what the event's own hash covers
    assert found() == ([] if whole else [("value_changed", 3)]) + [("changed", 3)]


def test_a_changed_value_with_its_digest_left_is_found(five: list[Event], tamper: Tamper) -> None:
    tamper(
        "UPDATE trail_eventvalue SET value = '\"13.50\"' WHERE event_id = %s AND name = 'amount'", five[2].pk
    )
    assert found() == [("value_changed", 3)]


def test_a_value_taken_away_is_found(five: list[Event], tamper: Tamper) -> None:
    tamper("DELETE FROM trail_eventvalue WHERE event_id = %s AND name = 'note'", five[2].pk)
    assert found() == [("changed", 3)]


def test_a_value_erased_without_an_event_is_found_even_with_the_guards_up(five: list[Event]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE trail_eventvalue SET value = NULL, salt = NULL WHERE name = 'note'")
    assert found() == [("erased_unrecorded", seq) for seq in range(1, 6)]


def test_a_head_set_back_with_its_events_removed_is_what_only_an_anchor_shows(
    five: list[Event], tamper: Tamper
) -> None:
    tamper("DELETE FROM trail_eventvalue WHERE event_id = %s", five[4].pk)
    tamper("UPDATE trail_chain SET head_seq = 4, head_hash = %s", five[3].hash)
    tamper("DELETE FROM trail_event WHERE id = %s", five[4].pk)
    report = selectors.verify(CHAIN)[0]
    assert report.ok
    assert not report.anchored


def test_a_head_with_another_hash_is_found(five: list[Event], tamper: Tamper) -> None:
    tamper("UPDATE trail_chain SET head_hash = %s", "c" * 64)
    assert found() == [("head", 5)]


def test_an_event_moved_to_another_chain_is_found(five: list[Event], write: Write, tamper: Tamper) -> None:
    write(1, chain=ChainKey.inspection(8))
    other = Chain.objects.get(key=8).pk
    tamper("UPDATE trail_event SET seq = 2, chain_id = %s WHERE id = %s", other, five[4].pk)
    assert found(ChainKey.inspection(8)) == [("inserted", 2)]
    assert found() == [("removed", 5)]


def test_a_chain_that_was_removed_leaves_its_events_behind(
    five: list[Event], write: Write, tamper: Tamper
) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps such a chain; it runs where ZHENGGAI_TEST_POSTGRESQL is not set")
    write(1, chain=ChainKey.inspection(8))
    tamper("DELETE FROM trail_chain WHERE key = 7")
    tamper("DELETE FROM trail_event WHERE seq = 5")
    reports = selectors.verify()
    assert [(report.kind, report.key, report.ok) for report in reports] == [
        ("inspection", 8, True),
        ("", 0, False),
    ]
    texts = [str(problem.message) for problem in reports[1].problems]
    assert f"Event {five[0].pk} belongs to a chain that is gone: the chain was removed." in texts
    assert f"The value note belongs to event {five[4].pk}, which is gone: the event was removed." in texts
    # Django looks for rows without their parents at the end of a test
    tamper("DELETE FROM trail_eventvalue WHERE event_id NOT IN (SELECT id FROM trail_event WHERE seq = 1)")
    tamper("DELETE FROM trail_eventvalue WHERE event_id = %s", five[0].pk)
    tamper("DELETE FROM trail_event WHERE chain_id NOT IN (SELECT id FROM trail_chain)")


def test_a_chain_that_was_given_another_key_holds_nowhere(five: list[Event], tamper: Tamper) -> None:
    tamper("UPDATE trail_chain SET key = 8")
    assert found(ChainKey.inspection(8)) == [("changed", seq) for seq in range(1, 6)]


@pytest.mark.parametrize(
    ("sql", "problems"),
    [
        ("UPDATE trail_event SET at = 'yesterday' WHERE seq = 3", [("changed", 3)]),
        ("UPDATE trail_event SET at = '2026-13-45 99:00:00' WHERE seq = 3", [("changed", 3)]),
        ("UPDATE trail_event SET actor_id = 'nobody' WHERE seq = 3", [("changed", 3)]),
        ("UPDATE trail_event SET name = x'ff' WHERE seq = 3", [("changed", 3)]),
        ("UPDATE trail_event SET seq = 'last' WHERE seq = 5", [("inserted", 0), ("removed", 5)]),
        ("UPDATE trail_eventvalue SET salt = 'text' WHERE name = 'note'", None),
        ("UPDATE trail_eventvalue SET value = x'ff00' WHERE name = 'note'", None),
        ("UPDATE trail_eventvalue SET value = 'no json' WHERE name = 'note'", None),
    ],
)
def test_values_of_a_kind_that_a_column_should_not_hold_are_named(
    five: list[Event], tamper: Tamper, sql: str, problems: list[tuple[str, int]] | None
) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps dates alone; it runs where ZHENGGAI_TEST_POSTGRESQL is not set")
    tamper(sql)
    assert found() == (problems or [("value_changed", seq) for seq in range(1, 6)])


def test_a_value_that_is_no_json_is_still_shown(five: list[Event], tamper: Tamper) -> None:
    tamper("UPDATE trail_eventvalue SET value = 'no json' WHERE name = 'note'")
    assert selectors.event_views(selectors.events_of(CHAIN))[0].values == {
        "note": "no json",
        "amount": "12.50",
    }


def test_all_chains_are_checked_together(five: list[Event], write: Write, tamper: Tamper) -> None:
    write(1, chain=ChainKey.organisation(2))
    tamper("UPDATE trail_event SET actor_id = 99 WHERE seq = 4")
    assert [(report.kind, report.ok) for report in selectors.verify()] == [
        ("inspection", False),
        ("organisation", True),
    ]


def test_a_long_chain_is_read_in_pieces(db: None) -> None:
    for start in range(0, 2500, 500):
        services.record_all(
            chain=CHAIN,
            entries=[Entry("example.finding.registered", ("finding", start + n)) for n in range(500)],
            actor=ACTOR,
            at=AT,
        )
    with CaptureQueriesContext(connection) as context:
        report = selectors.verify(CHAIN)[0]
    assert (report.ok, report.count) == (True, 2500)
    # the chain, three pieces with their values, what lies behind the head
    assert len(context.captured_queries) == 8


def test_a_page_of_events_takes_two_queries(five: list[Event]) -> None:
    with CaptureQueriesContext(connection) as context:
        assert len(selectors.event_views(selectors.events_of(CHAIN)[:4])) == 4
    assert len(context.captured_queries) == 2
