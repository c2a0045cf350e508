"""Fictional notices of many layouts, each with the structure a person found in it."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from zhenggai.domain.reading import PartKind
from zhenggai.reading import read, restore_text
from zhenggai.reading.schema import schema

SAMPLES = Path(__file__).parent / "samples"
TWIN = Path(__file__).parents[2] / "src" / "zhenggai" / "ops" / "samples" / "twin.txt"
NOTICES = [*sorted(path for path in SAMPLES.iterdir() if path.suffix in {".txt", ".html"}), TWIN]


@pytest.fixture(params=NOTICES, ids=lambda path: path.name)
def notice(request):
    return request.param


def test_a_notice_is_read_as_a_person_reads_it(notice, structure):
    expected = json.loads((SAMPLES / f"{notice.stem}.expected.json").read_text(encoding="utf-8"))

    assert structure(read(notice).to_dict()) == expected


def test_a_reading_holds_to_its_schema(notice):
    validator = jsonschema.Draft202012Validator(
        schema(), format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )

    validator.validate(read(notice).to_dict())


def test_the_parts_cover_the_text_exactly_once(notice):
    reading = read(notice)

    place = 0
    for part in reading.parts:
        assert part.span.start == place < part.span.end
        place = part.span.end
    assert place == len(reading.text)


def test_what_stayed_unread_is_listed_with_its_reason(notice):
    reading = read(notice)

    spans = [part.span for part in reading.parts if part.kind is PartKind.UNREAD]
    assert spans == [unread.span for unread in reading.unread]
    for unread in reading.unread:
        assert unread.span.of(reading.text).strip() == unread.text
        assert unread.why.endswith(".")


def test_items_and_findings_stand_where_their_spans_say(notice):
    reading = read(notice)

    for finding in reading.findings:
        for item in (*finding.measures, *finding.actions):
            assert item.span.of(reading.text).replace("\n", "").replace("　", "") == item.text.replace(
                "　", ""
            )
            assert finding.span.start <= item.span.start <= item.span.end <= finding.span.end


def test_the_decoded_source_is_rebuilt_exactly(notice):
    restored = restore_text(notice)

    assert restored.unapply() == restored.decoded.text


def test_the_twin_has_as_many_findings_and_actions_as_the_notice_it_stands_for():
    reading = read(TWIN)

    assert len(reading.findings) == 15
    assert sum(len(finding.actions) for finding in reading.findings) == 37
    assert reading.truncated
    assert [finding.truncated for finding in reading.findings] == [False] * 14 + [True]
    assert sum(edit.kind.value == "reading" for edit in reading.edits) == 357


def test_a_notice_cut_off_anywhere_is_still_read_and_covered():
    text = restore_text(TWIN).text

    for end in range(40, len(text), 97):
        reading = read(text[:end])
        assert "".join(part.span.of(reading.text) for part in reading.parts) == reading.text
        assert all(finding.title for finding in reading.findings)
