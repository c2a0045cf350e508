"""Whole documents as PDF: the same findings as from the same text."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from reading import press
from zhenggai.reading import read, restore_text
from zhenggai.reading.schema import schema

SAMPLES = Path(__file__).parents[1] / "samples"


def essence(reading):
    """What a person would compare: findings with their wording, people and days; the frame."""

    def plain(text):
        return None if text is None else text.replace("\n", "").replace("\u3000", "").replace(" ", "")

    def item(one):
        return plain(one.text), one.leader, one.unit, plain(one.due_text), one.due_on

    findings = [
        (
            finding.number,
            plain(finding.title),
            plain(finding.theme),
            plain(finding.group),
            plain(finding.problem),
            [item(one) for one in finding.measures],
            [item(one) for one in finding.actions],
            plain(finding.status_text),
            finding.stated_progress,
            finding.stated_nature,
            finding.stated_closed,
            finding.responsible_leader,
            finding.lead_unit,
            finding.supporting_units,
            plain(finding.due_text),
            finding.due_on,
        )
        for finding in reading.findings
    ]
    frame = (reading.kind, plain(reading.title), reading.organisation, reading.inspector, reading.dates)
    return frame, findings, reading.contact and reading.contact.phones


LAYOUTS = {
    "plain": {},
    "header": {"header": "云山县示例局文件", "counter": "第 {n} 页 共 9 页"},
    "small": {"size": 12.0, "leading": 20.0, "counter": "- {n} -", "header": "示例简报  第 3 期"},
    "few lines": {"bottom": 500.0, "counter": "{n}/9", "counter_on_top": True},
    "blocks": {"indent": 0.0, "counter": "{n}"},
    "landscape": {"width": 842.0, "height": 595.0, "counter": "Page {n} of 9"},
}
TEXTS = (
    "about_headings",
    "aimed_at",
    "blanket",
    "bracket_status",
    "bullets",
    "feedback",
    "labels_plan",
    "last_sentences",
    "measures_with_people",
    "mixed_depth",
    "numbered_labels",
    "problem_and_answer",
    "run_on",
    "status_by_section",
    "units",
)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", TEXTS)
def test_a_pdf_gives_the_findings_of_its_text(name, layout):
    path = SAMPLES / f"{name}.txt"

    reading = read(press.notice(path.read_text(encoding="utf-8"), **LAYOUTS[layout]), name="notice.pdf")

    assert essence(reading) == essence(read(path))
    assert reading.source.format == "pdf"
    assert reading.source.encoding is None


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_character_is_accounted_for(layout):
    text = (SAMPLES / "about_headings.txt").read_text(encoding="utf-8")
    data = press.notice(text, **LAYOUTS[layout])

    restored = restore_text(data)
    reading = read(data)

    assert restored.unapply() == restored.decoded.text
    assert "".join(part.span.of(reading.text) for part in reading.parts) == reading.text
    last = 0
    for place in reading.places:
        assert last <= place.span.start < place.span.end <= len(reading.decoded)
        last = place.span.end
    assert [place.page for place in reading.places] == sorted(place.page for place in reading.places)
    jsonschema.Draft202012Validator(schema()).validate(json.loads(json.dumps(reading.to_dict())))


def test_a_text_wrapped_by_hand_becomes_its_paragraphs():
    path = SAMPLES / "wrapped.txt"
    paper = press.Press()
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.strip() and not line.startswith("—"):
            paper.line(line.lstrip("\u3000"), 79 + 16 * (len(line) - len(line.lstrip("\u3000"))))

    assert essence(read(paper.bytes())) == essence(read(path))
