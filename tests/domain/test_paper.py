"""What is recorded of a signature that was given elsewhere."""

from __future__ import annotations

from zhenggai.domain.paper import RECORD_KIND_LABELS, RecordKind


def test_every_kind_of_record_has_its_word():
    assert set(RECORD_KIND_LABELS) == set(RecordKind)
    assert len(set(RECORD_KIND_LABELS.values())) == len(RecordKind)
