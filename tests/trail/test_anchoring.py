"""The anchor file: written outside the database, compared when the trail is checked."""

from __future__ import annotations

import os
import stat
from datetime import timedelta
from pathlib import Path

import pytest

from trail.conftest import ACTOR, AT, CHAIN
from zhenggai.proofs.signing import public_of
from zhenggai.trail import anchoring, selectors
from zhenggai.trail.anchoring import AnchorFileError, AnchorKeyError, AnchorReason
from zhenggai.trail.chains import ChainKey

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def file(tmp_path: Path, settings) -> Path:
    settings.ZHENGGAI_ANCHOR_FILE = str(tmp_path / "anchors.jsonl")
    settings.ZHENGGAI_ANCHOR_KEY_FILE = str(tmp_path / "anchor_key")
    return tmp_path / "anchors.jsonl"


def anchor(minutes: int = 0, chains: list[ChainKey] | None = None):
    return anchoring.anchor_heads(
        at=AT + timedelta(minutes=minutes), reason=AnchorReason.DAILY, chains=chains
    )


def report(chain: ChainKey = CHAIN):
    return next(
        found
        for found in selectors.verify(None, anchoring.own_anchors())
        if (found.kind, found.key) == tuple(chain)
    )


def test_heads_are_appended_and_compared(five, write, file):
    heads = anchor()
    write(6)
    anchor(1)

    assert [(head.kind, head.key, head.seq) for head in heads] == [("inspection", 7, 5)]
    assert file.read_bytes().count(b"\n") == 2
    assert (report().ok, report().anchored) == (True, True)
    assert "2 heads of this chain" in str(report().note)


def test_nothing_is_written_where_there_is_nothing_to_anchor(file):
    assert anchor() == ()
    assert not file.exists()
    assert anchoring.own_anchors() is None


def test_only_the_chains_asked_for_are_anchored(five, write, file):
    other = ChainKey.organisation(7)
    write(1, other)

    assert [(head.kind, head.key) for head in anchor(chains=[other])] == [tuple(other)]


def test_a_tail_cut_off_together_with_its_head_shows(five, tamper):
    anchor()
    tamper("DELETE FROM trail_eventvalue WHERE event_id IN (SELECT id FROM trail_event WHERE seq > 3)")
    tamper("DELETE FROM trail_event WHERE seq > 3")
    tamper("UPDATE trail_chain SET head_seq = 3, head_hash = (SELECT hash FROM trail_event WHERE seq = 3)")

    assert selectors.verify(CHAIN)[0].ok
    assert not report().ok
    assert "its tail was cut off" in str(report().anchor_problems[0])


def test_a_chain_removed_whole_shows(five, tamper):
    anchor()
    for table in ("trail_eventvalue", "trail_event", "trail_chain"):
        tamper(f"DELETE FROM {table}")  # noqa: S608 # words of this test only

    assert selectors.verify() == []
    assert not report().ok
    assert "its tail was cut off" in str(report().anchor_problems[0])


def test_a_chain_written_anew_shows(five, tamper, write):
    anchor()
    for table in ("trail_eventvalue", "trail_event", "trail_chain"):
        tamper(f"DELETE FROM {table}")  # noqa: S608 # words of this test only
    for minute in range(1, 6):
        write(minute, note="written anew")

    assert selectors.verify(CHAIN)[0].ok
    assert not report().ok
    assert "was written anew up to it" in str(report().anchor_problems[0])


def test_key_and_file_are_for_their_owner_alone(five, file, settings):
    anchor()

    for path in (file, Path(settings.ZHENGGAI_ANCHOR_KEY_FILE)):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_half_a_line_left_by_a_power_cut_does_not_spoil_the_next(five, write, file):
    anchor()
    file.write_bytes(file.read_bytes() + b'{"format":"zhenggai.anch')
    write(6)
    anchor(1)

    anchors = anchoring.own_anchors()
    assert anchors is not None
    assert [str(problem)[:34] for problem in anchors.problems] == ["Line 2 of the anchor file is no an"]
    assert len(anchors.anchors) == 2


def test_a_long_file_is_continued_at_its_last_line(five, write, file, monkeypatch):
    monkeypatch.setattr(anchoring, "_TAIL_BYTES", 16)
    for minute in range(4):
        anchor(minute)

    anchors = anchoring.own_anchors()
    assert anchors is not None
    assert (len(anchors.anchors), anchors.problems) == (4, ())


def test_a_key_that_is_none_is_named_and_nothing_is_written(five, file, settings):
    Path(settings.ZHENGGAI_ANCHOR_KEY_FILE).write_text("no key", encoding="ascii")

    with pytest.raises(AnchorKeyError, match="64 hexadecimal digits"):
        anchor()
    assert not file.exists()


def test_a_file_that_cannot_be_written_is_named(five, tmp_path, settings):
    settings.ZHENGGAI_ANCHOR_FILE = str(tmp_path)

    with pytest.raises(AnchorFileError, match="cannot be used"):
        anchor()
    with pytest.raises(AnchorFileError, match="cannot be used"):
        anchoring.anchors_of(tmp_path / "none.jsonl")


def test_a_copy_is_checked_with_the_key_that_must_have_signed_it(five, file, tmp_path):
    anchor()
    copy = tmp_path / "copy.jsonl"
    copy.write_bytes(file.read_bytes())

    assert anchoring.anchors_of(copy, public_of(anchoring.anchor_key())).problems == ()
    assert anchoring.anchors_of(copy, os.urandom(32)).problems != ()


def test_a_commit_anchors_its_chain_and_a_rollback_does_not(five, file, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        anchoring.anchor_on_commit(CHAIN, at=AT, reason=AnchorReason.CLOSURE)

    assert file.read_bytes().count(b"\n") == 1


def test_a_commit_stands_although_its_anchor_cannot_be_written(
    five, tmp_path, settings, caplog, django_capture_on_commit_callbacks
):
    settings.ZHENGGAI_ANCHOR_FILE = str(tmp_path)

    with django_capture_on_commit_callbacks(execute=True):
        anchoring.anchor_on_commit(CHAIN, at=AT, reason=AnchorReason.CLOSURE)

    assert "was not anchored" in caplog.text
    assert ACTOR.label not in caplog.text
