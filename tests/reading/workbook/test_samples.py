"""Ledgers in the shapes in which offices keep them are read as they are meant, and nothing is invented."""

from __future__ import annotations

import jsonschema
import pytest

from reading.workbook import samples
from zhenggai.domain.reading import DocumentKind, PartKind
from zhenggai.reading.schema import schema
from zhenggai.reading.workbook import open_book, read_book


@pytest.mark.parametrize("make", samples.CLEAN, ids=lambda make: make.__name__)
def test_a_ledger_is_read_as_it_is_meant(make):
    sample = make()

    read = read_book(open_book(sample.data, name=sample.name), explain=True)

    reading = read.reading
    assert reading.kind is DocumentKind.LEDGER
    assert [
        _known(finding, known) for finding, known in zip(reading.findings, sample.findings, strict=False)
    ] == (sample.findings)
    assert len(reading.findings) == len(sample.findings)
    assert (reading.title, reading.organisation) == (sample.title, sample.organisation)
    assert [(issue.code, issue.address) for issue in read.issues] == sample.issues
    jsonschema.validate(reading.to_dict(), schema())


@pytest.mark.parametrize("make", samples.CLEAN, ids=lambda make: make.__name__)
def test_every_character_is_a_field_a_label_or_left_unread(make):
    sample = make()
    reading = read_book(open_book(sample.data, name=sample.name), explain=True).reading

    at = 0
    for part in reading.parts:
        assert part.span.start == at
        at = part.span.end
    assert at == len(reading.text)
    unread = [part.span for part in reading.parts if part.kind is PartKind.UNREAD]
    assert [one.span for one in reading.unread] == unread
    for finding in reading.findings:
        for item in (*finding.measures, *finding.actions):
            assert item.span.of(reading.text).replace("\n", "") == item.text
    for place in reading.places:
        assert place.span.of(reading.text)
        assert place.row
    assert all(one.span is None or one.span.end <= len(reading.text) for one in reading.explained)


def _known(finding, known):
    measures = finding.measures
    return samples.Known(
        finding.number,
        finding.title,
        finding.theme,
        finding.group,
        finding.problem,
        [item.text for item in measures],
        [item.text for item in finding.actions],
        finding.status_text if known.status else None,
        finding.stated_progress and finding.stated_progress.value,
        finding.stated_nature and finding.stated_nature.value,
        finding.stated_closed,
        finding.responsible_leader,
        finding.lead_unit,
        list(finding.supporting_units),
        finding.due_text,
        finding.due_on,
        [item.due_on for item in measures] if known.measure_dues is not None else None,
        [item.unit for item in measures] if known.measure_units is not None else None,
    )
