from __future__ import annotations

import tracemalloc
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proofs.chains import chain_of, head_of, record_of, rehashed, renumbered, value_of
from zhenggai.proofs.chain import GENESIS, Head, Record, Value
from zhenggai.proofs.checking import ERASED_EVENT, PROBLEMS_MOST, ProblemKind, Verification, verify_chain

if TYPE_CHECKING:
    from collections.abc import Iterator


def found(verification: Verification) -> list[tuple[str, int]]:
    return [(problem.kind.value, problem.seq) for problem in verification.problems]


def sentences(verification: Verification) -> list[str]:
    return [str(problem.message) for problem in verification.problems]


def test_a_chain_as_it_was_written_holds() -> None:
    records = chain_of(20)
    assert verify_chain(records, head_of(records)) == Verification(ok=True, count=20, problems=())


def test_an_empty_chain_holds() -> None:
    assert verify_chain([], Head()) == Verification(ok=True, count=0, problems=())


def test_a_chain_without_a_head_holds_as_far_as_it_goes() -> None:
    assert verify_chain(chain_of(3)).ok


def test_a_changed_entry_is_named() -> None:
    records = chain_of(9)
    records[4] = replace(records[4], header=replace(records[4].header, actor_id=99))
    result = verify_chain(records, head_of(records))
    assert found(result) == [("changed", 5)]
    assert sentences(result)[0].startswith(
        "Entry 5 was changed: its contents do not give the hash it carries."
    )


def test_a_changed_entry_whose_hash_was_made_to_fit_is_named_by_the_one_after_it() -> None:
    records = chain_of(9)
    records[4] = rehashed(records[4], actor_id=99)
    result = verify_chain(records, head_of(records))
    assert found(result) == [("changed", 5)]
    assert sentences(result)[0].startswith("Entry 5 was replaced: its hash is not the one")


@pytest.mark.parametrize("change", [{"actor_id": 2**60}, {"name": "\ud800"}, {"subject_kind": b"bytes"}])
def test_an_entry_changed_into_something_that_has_no_hash_at_all_is_named(change: dict[str, Any]) -> None:
    records = chain_of(9)
    records[4] = replace(records[4], header=replace(records[4].header, **change))
    assert found(verify_chain(records, head_of(records))) == [("changed", 5)]


def test_a_changed_entry_with_a_made_up_hash_is_named_once() -> None:
    records = chain_of(9)
    records[4] = replace(records[4], hash="e" * 64)
    assert found(verify_chain(records, head_of(records))) == [("changed", 5)]


def test_a_last_entry_that_was_replaced_is_named_by_the_head() -> None:
    records = chain_of(9)
    head = head_of(records)
    records[8] = rehashed(records[8], actor_id=99)
    result = verify_chain(records, head)
    assert found(result) == [("head", 9)]
    assert sentences(result)[0].startswith("The last entry 9 is not the one that the chain's head names:")


def test_a_first_entry_joined_to_nothing_is_named() -> None:
    records = chain_of(3)
    records[0] = rehashed(records[0], previous_hash="f" * 64)
    result = verify_chain(records[:1])
    assert found(result) == [("changed", 1)]
    assert "the first, is joined to something that is not there" in sentences(result)[0]


def test_a_removed_entry_in_the_middle_is_named() -> None:
    records = chain_of(9)
    result = verify_chain(records[:4] + records[5:], head_of(records))
    assert found(result) == [("removed", 5)]
    assert sentences(result)[0].startswith("Entry 5 was removed.")


def test_several_removed_entries_are_named_together() -> None:
    records = chain_of(9)
    result = verify_chain(records[:3] + records[6:], head_of(records))
    assert found(result) == [("removed", 4)]
    assert sentences(result)[0].startswith("Entries 4 to 6 were removed.")


def test_a_removed_first_entry_is_named() -> None:
    records = chain_of(4)
    assert found(verify_chain(records[1:], head_of(records))) == [("removed", 1)]


def test_a_removed_entry_is_named_although_the_rest_was_renumbered() -> None:
    records = chain_of(9)
    rest = [renumbered(record, seq) for seq, record in enumerate(records[:4] + records[5:], start=1)]
    result = verify_chain(rest, Head(8, records[-1].hash))
    assert found(result) == [("removed", 5)]


def test_the_last_but_one_entry_is_missed_although_the_last_was_renumbered() -> None:
    records = chain_of(5)
    rest = [*records[:3], renumbered(records[4], 4)]
    assert found(verify_chain(rest, Head(4, records[-1].hash))) == [("removed", 4)]


def test_a_removed_tail_is_named_by_the_head() -> None:
    records = chain_of(9)
    result = verify_chain(records[:8], head_of(records))
    assert found(result) == [("removed", 9)]
    assert sentences(result)[0].startswith(
        "Entry 9, the last one, was removed: the chain's head still counts it."
    )
    result = verify_chain(records[:6], head_of(records))
    assert found(result) == [("removed", 7)]
    assert sentences(result)[0].startswith("Entries 7 to 9, the last ones, were removed")
    assert found(verify_chain([], head_of(records))) == [("removed", 1)]


@pytest.mark.parametrize(("first", "second"), [(3, 4), (2, 8), (8, 9), (1, 2), (1, 9)])
def test_swapped_entries_are_named_together(first: int, second: int) -> None:
    records = chain_of(9)
    head = head_of(records)
    one, other = records[first - 1], records[second - 1]
    records[first - 1], records[second - 1] = renumbered(other, first), renumbered(one, second)
    result = verify_chain(records, head)
    assert found(result) == [("swapped", first)]
    assert sentences(result) == [
        f"Entries {first} and {second} were swapped: each stands in the place of the other."
    ]


@pytest.mark.parametrize(("first", "second"), [(3, 4), (2, 8), (1, 9)])
def test_swapped_contents_are_named_together_although_each_hash_stayed_in_its_place(
    first: int, second: int
) -> None:
    records = chain_of(9)
    head = head_of(records)
    one, other = records[first - 1], records[second - 1]

    def with_contents_of(place: Record, source: Record) -> Record:
        header = replace(source.header, seq=place.header.seq, previous_hash=place.header.previous_hash)
        return Record(header, place.hash, source.values)

    records[first - 1], records[second - 1] = with_contents_of(one, other), with_contents_of(other, one)
    assert found(verify_chain(records, head)) == [("swapped", first)]


def test_three_entries_turned_round_are_each_named() -> None:
    records = chain_of(9)
    head = head_of(records)
    records[2], records[4], records[6] = (
        renumbered(records[4], 3),
        renumbered(records[6], 5),
        renumbered(records[2], 7),
    )
    assert found(verify_chain(records, head)) == [("changed", 3), ("changed", 5), ("changed", 7)]


def test_an_entry_put_in_between_is_named_although_the_rest_was_renumbered() -> None:
    records = chain_of(9)
    new = record_of(5, records[3].hash, note="补录")
    rest = [*records[:4], new, *(renumbered(record, record.header.seq + 1) for record in records[4:])]
    result = verify_chain(rest, Head(10, records[-1].hash))
    assert found(result) == [("inserted", 5)]
    assert sentences(result) == [
        "Entry 5 was inserted afterwards: the entry after it was never joined to it."
    ]


def test_an_entry_put_in_between_with_a_made_up_hash_is_named_as_inserted_only() -> None:
    records = chain_of(9)
    new = replace(record_of(5, records[3].hash), hash="e" * 64)
    rest = [*records[:4], new, *(renumbered(record, record.header.seq + 1) for record in records[4:])]
    assert found(verify_chain(rest, Head(10, records[-1].hash))) == [("inserted", 5)]


def test_several_entries_put_in_between_are_each_named() -> None:
    records = chain_of(9)
    one = record_of(5, records[3].hash)
    two = record_of(6, one.hash)
    rest = [*records[:4], one, two, *(renumbered(record, record.header.seq + 2) for record in records[4:])]
    assert found(verify_chain(rest, Head(11, records[-1].hash))) == [("inserted", 5), ("inserted", 6)]


def test_an_entry_behind_the_end_is_named() -> None:
    records = chain_of(5)
    result = verify_chain([*records, record_of(6, records[-1].hash)], head_of(records))
    assert found(result) == [("inserted", 6)]
    assert sentences(result) == [
        "Entry 6 was inserted behind the end of the chain: the chain's head does not count it."
    ]


def test_an_entry_that_stands_twice_is_named() -> None:
    records = chain_of(5)
    result = verify_chain([*records[:3], records[2], *records[3:]], head_of(records))
    assert found(result) == [("inserted", 3)]
    assert sentences(result) == ["Entry 3 stands there twice: one of the two was inserted."]


def test_entries_removed_in_two_places_and_one_changed_are_all_named() -> None:
    records = chain_of(20)
    head = head_of(records)
    records[9] = replace(records[9], header=replace(records[9].header, name="example.other"))
    rest = [record for record in records if record.header.seq not in {4, 15, 16}]
    assert found(verify_chain(rest, head)) == [("removed", 4), ("changed", 10), ("removed", 15)]


def changed_value(record: Record, value: Value) -> Record:
    return replace(record, values=tuple(value if old.name == value.name else old for old in record.values))


def test_a_changed_value_is_named() -> None:
    records = chain_of(5)
    note = next(value for value in records[2].values if value.name == "note")
    records[2] = changed_value(records[2], replace(note, text='"改过"'))
    result = verify_chain(records, head_of(records))
    assert found(result) == [("value_changed", 3)]
    assert sentences(result) == [
        "The value note of entry 3 was changed: it does not give the digest that was recorded."
    ]


@pytest.mark.parametrize("fields", [{"salt": None}, {"text": None}, {"salt": b"short"}, {"salt": bytes(16)}])
def test_a_value_half_erased_or_with_another_salt_counts_as_changed(fields: dict[str, Any]) -> None:
    records = chain_of(5)
    records[2] = changed_value(records[2], replace(records[2].values[0], **fields))
    assert found(verify_chain(records, head_of(records))) == [("value_changed", 3)]


def test_a_changed_value_whose_digest_was_made_to_fit_changes_its_entry() -> None:
    records = chain_of(5)
    new = value_of(3, "note", "改过")
    values = (records[2].values[0], new)
    header = replace(records[2].header, digests={value.name: value.digest for value in values})
    records[2] = Record(header, records[2].hash, values)
    assert found(verify_chain(records, head_of(records))) == [("changed", 3)]


def test_a_value_taken_away_or_added_changes_its_entry() -> None:
    records = chain_of(5)
    fewer = records[2].values[:1]
    records[2] = Record(
        replace(records[2].header, digests={value.name: value.digest for value in fewer}),
        records[2].hash,
        fewer,
    )
    more = (*records[3].values, value_of(4, "extra", 1))
    records[3] = Record(
        replace(records[3].header, digests={value.name: value.digest for value in more}),
        records[3].hash,
        more,
    )
    assert found(verify_chain(records, head_of(records))) == [("changed", 3), ("changed", 4)]


def test_a_value_that_its_header_does_not_list_and_one_that_is_gone_are_named() -> None:
    records = chain_of(3)
    records[1] = replace(records[1], values=(records[1].values[0], value_of(2, "other", 1)))
    result = verify_chain(records, head_of(records))
    assert found(result) == [("value_changed", 2), ("value_changed", 2)]
    assert sentences(result)[1] == "The value note of entry 2 is gone, although its digest was recorded."


def erased(record: Record, *names: str) -> Record:
    values = tuple(
        replace(value, salt=None, text=None) if value.name in names else value for value in record.values
    )
    return replace(record, values=values)


def with_erasure(records: list[Record], entries: object) -> list[Record]:
    return [
        *records,
        record_of(
            len(records) + 1, records[-1].hash, ERASED_EVENT, entries=entries, reason="本人要求删除个人信息"
        ),
    ]


def test_an_erased_value_with_its_event_holds() -> None:
    records = with_erasure(
        chain_of(5), [{"seq": 2, "names": ["actor"]}, {"seq": 3, "names": ["note", "actor"]}]
    )
    head = head_of(records)
    records[1] = erased(records[1], "actor")
    records[2] = erased(records[2], "actor", "note")
    assert verify_chain(records, head).ok


def test_an_erased_value_without_an_event_is_named() -> None:
    records = with_erasure(chain_of(5), [{"seq": 3, "names": ["actor"]}])
    head = head_of(records)
    records[2] = erased(records[2], "actor", "note")
    records[3] = erased(records[3], "note")
    result = verify_chain(records, head)
    assert found(result) == [("erased_unrecorded", 3), ("erased_unrecorded", 4)]
    assert sentences(result)[0] == (
        "The value note of entry 3 was erased, and no later entry says by whom and why."
    )


def test_an_erasing_excuses_nothing_that_comes_after_it() -> None:
    records = with_erasure(chain_of(2), [{"seq": 4, "names": ["note"]}])
    records.append(erased(record_of(4, records[-1].hash, note="后来"), "note"))
    assert found(verify_chain(records)) == [("erased_unrecorded", 4)]


def test_an_erasing_behind_the_end_excuses_nothing() -> None:
    records = chain_of(3)
    head = head_of(records)
    records = with_erasure(records, [{"seq": 2, "names": ["note"]}])
    records[1] = erased(records[1], "note")
    assert found(verify_chain(records, head)) == [("erased_unrecorded", 2), ("inserted", 4)]


@pytest.mark.parametrize(
    "entries",
    ["no list", {"seq": 2}, [1, {"seq": "2", "names": ["note"]}, {"seq": 2, "names": "note"}, {"seq": 2}]],
)
def test_an_erasing_that_names_nothing_readable_excuses_nothing(entries: object) -> None:
    records = with_erasure(chain_of(3), entries)
    records[1] = erased(records[1], "note")
    assert found(verify_chain(records)) == [("erased_unrecorded", 2)]


@pytest.mark.parametrize("text", [None, "not json"])
def test_an_erasing_whose_own_list_was_taken_or_spoilt_excuses_nothing(text: str | None) -> None:
    records = with_erasure(chain_of(3), [{"seq": 2, "names": ["note"]}])
    records[1] = erased(records[1], "note")
    entries = replace(records[3].values[0], text=text)
    records[3] = changed_value(records[3], entries if text else replace(entries, salt=None))
    kinds = [kind for kind, _ in found(verify_chain(records))]
    assert kinds == ["erased_unrecorded", "value_changed" if text else "erased_unrecorded"]


def test_names_of_an_erasing_that_are_no_text_are_passed_over() -> None:
    records = with_erasure(chain_of(3), [{"seq": 2, "names": ["note", 1]}])
    records[1] = erased(records[1], "note")
    assert verify_chain(records).ok


def test_a_chain_changed_all_over_names_a_thousand_problems_and_counts_the_rest() -> None:
    records = [
        replace(record, header=replace(record.header, actor_id=99))
        for record in chain_of(PROBLEMS_MOST + 200)
    ]
    result = verify_chain(records)
    assert not result.ok
    assert len(result.problems) == PROBLEMS_MOST
    assert result.unnamed_problems == 200
    assert {problem.kind for problem in result.problems} == {ProblemKind.CHANGED}


def test_checking_reads_a_long_chain_once_and_keeps_little_of_it() -> None:
    def records(length: int) -> Iterator[Record]:
        previous = GENESIS
        for seq in range(1, length + 1):
            record = record_of(seq, previous, note="x")
            previous = record.hash
            yield record

    def peak(length: int) -> int:
        tracemalloc.start()
        assert verify_chain(records(length)).count == length
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    # 4,000 entries held at once take over 4 MB
    assert peak(4000) < 500_000


@settings(max_examples=120, deadline=None, derandomize=True)
@given(st.integers(1, 12), st.data())
def test_no_single_tampering_goes_unseen(length: int, data: st.DataObject) -> None:
    records = chain_of(length)
    head = head_of(records)
    at = data.draw(st.integers(0, length - 1))
    how = data.draw(st.sampled_from(["change", "rehash", "remove", "swap", "repeat", "value"]))
    if how == "change":
        records[at] = replace(records[at], header=replace(records[at].header, subject_id=999))
    elif how == "rehash":
        records[at] = rehashed(records[at], subject_id=999)
    elif how == "remove":
        del records[at]
    elif how == "swap":
        other = data.draw(st.integers(0, length - 1))
        if other == at:
            return
        one, two = records[at], records[other]
        records[at], records[other] = renumbered(two, at + 1), renumbered(one, other + 1)
    elif how == "repeat":
        records.insert(at, records[at])
    else:
        records[at] = changed_value(records[at], value_of(at + 1, "note", "别的"))
    assert not verify_chain(records, head).ok
