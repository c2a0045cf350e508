"""An export is checked without the database, and says what was done to it."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from proofs.chains import chain_of, head_of
from zhenggai.proofs.anchors import AnchoredHead, AnchorReason, anchor_line, read_anchors
from zhenggai.proofs.chain import Head, Record
from zhenggai.proofs.exporting import TrailExportError, event_line, opening_line, verify_export

KEY = bytes(range(32))


def export(
    records: list[Record], key: int = 7, head: Head | None = None, *, with_values: bool = True
) -> list[str]:
    opening = opening_line("inspection", key, head or head_of(records), with_values=with_values)
    return [opening, *(event_line(record, with_values=with_values) for record in records)]


@pytest.mark.parametrize("with_values", [True, False])
def test_an_export_as_it_was_written_holds(with_values):
    records = chain_of(5)

    [chain] = verify_export(export(records, with_values=with_values))

    assert chain.ok
    assert (chain.kind, chain.key, chain.head, chain.verification.count) == (
        "inspection",
        7,
        head_of(records),
        5,
    )
    assert chain.anchored == 0


def test_without_values_no_text_and_no_salt_leaves():
    lines = "".join(export(chain_of(3), with_values=False))

    assert "salt" not in lines
    assert "text" not in lines


def test_of_some_events_the_digests_alone_can_be_given_and_are_counted():
    records = chain_of(4)
    lines = export(records)
    lines[2] = event_line(records[1], with_values=False)

    [chain] = verify_export(lines)

    assert chain.ok
    assert chain.withheld == 1
    digest = records[1].values[0].digest
    lines[2] = lines[2].replace(digest, "0" * len(digest))
    [changed] = verify_export(lines)
    assert not changed.ok


def test_several_chains_stand_one_after_the_other():
    lines = export(chain_of(3))

    chains = verify_export([*lines, "\n", *lines])

    assert [chain.verification.count for chain in chains] == [3, 3]
    assert verify_export([]) == []


def test_a_changed_word_is_named():
    lines = export(chain_of(4))
    lines[2] = lines[2].replace('"subject":{"id":2', '"subject":{"id":9')

    [chain] = verify_export(lines)

    assert [(problem.kind.value, problem.seq) for problem in chain.verification.problems] == [("changed", 2)]


def test_a_changed_value_is_named_and_an_erased_one_without_its_event_too():
    records = chain_of(4)
    changed = replace(records[1].values[0], text='"anders"')
    erased = replace(records[2].values[0], text=None, salt=None)
    records[1] = replace(records[1], values=(changed, *records[1].values[1:]))
    records[2] = replace(records[2], values=(erased, *records[2].values[1:]))

    [chain] = verify_export(export(records))

    kinds = [(problem.kind.value, problem.seq) for problem in chain.verification.problems]
    assert kinds == [("value_changed", 2), ("erased_unrecorded", 3)]


def test_a_cut_tail_shows_by_the_head_and_one_cut_with_its_head_by_an_anchor():
    records = chain_of(6)
    promised = AnchoredHead("inspection", 7, 6, records[5].hash)
    line = anchor_line([promised], at="2026-01-02", reason=AnchorReason.EXPORT, previous=b"", private=KEY)
    anchors = read_anchors([line])

    cut = verify_export(export(records[:4], head=head_of(records)))[0]
    cut_whole = verify_export(export(records[:4]), anchors)[0]
    whole = verify_export(export(records), anchors)[0]

    assert not cut.ok
    assert cut_whole.verification.ok
    assert not cut_whole.ok
    assert "its tail was cut off" in str(cut_whole.anchor_problems[0])
    assert (whole.ok, whole.anchored) == (True, 1)


def test_what_was_put_in_by_force_is_exported_all_the_same():
    records = chain_of(2)
    forced = replace(records[1], header=replace(records[1].header, name="\ud800"))

    [chain] = verify_export([*export(records[:1], head=head_of(records)), event_line(forced)])

    assert not chain.ok


@pytest.mark.parametrize(
    ("lines", "line"),
    [
        (["not json"], 1),
        (["[1]"], 1),
        (["{}"], 1),
        (['{"format":"zhenggai.trail-export/2"}'], 1),
        (['{"format":"zhenggai.trail-export/1"}'], 1),
        ([*export(chain_of(1)), '{"seq": 1}'], 3),
        ([*export(chain_of(1)), "{half"], 3),
        ([export(chain_of(1))[0], export(chain_of(1))[1].replace('"text":"', '"text":7,"x":"', 1)], 2),
    ],
)
def test_a_line_of_no_export_is_named(lines, line):
    with pytest.raises(TrailExportError, match=rf"Line {line} of the file"):
        verify_export(lines)


def test_an_event_of_an_export_is_one_line_of_json():
    line = event_line(chain_of(1)[0])

    assert line.endswith("\n")
    assert line.count("\n") == 1
    assert json.loads(line)["seq"] == 1
