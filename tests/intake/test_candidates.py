"""A corrected draft becomes a sample: the source and the structure that people left."""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING

import jsonschema
import pytest

from intake import notices
from zhenggai.intake import services
from zhenggai.intake.candidates import candidate_archive, candidate_of, candidate_of_id, expected_name
from zhenggai.intake.errors import IntakeNotFoundError, NotReadError
from zhenggai.reading.schema import schema

if TYPE_CHECKING:
    from intake.office import Office


def test_the_structure_is_the_corrected_one_in_the_shape_of_a_reading(office: Office) -> None:
    intake = office.receive(notices.CLEAN)
    as_read = candidate_of(intake)
    jsonschema.validate(as_read, schema())
    assert [finding["title"] for finding in as_read["findings"]] == [
        "学习制度落实不够到位",
        "公务接待报销手续不全",
    ]
    assert as_read["findings"][0]["actions"][1]["text"] == "开展专题学习3次"
    first = intake.findings.order_by("position")[0]
    office.do(services.draft_findings_merge, intake, finding_id=first.pk, seen=intake.version)
    corrected = candidate_of(intake)
    jsonschema.validate(corrected, schema())
    assert [finding["title"] for finding in corrected["findings"]] == ["学习制度落实不够到位"]
    assert len(corrected["findings"][0]["actions"]) == 3
    assert corrected["sections"] == as_read["sections"]


def test_the_archive_holds_source_and_structure_and_is_the_same_each_time(office: Office) -> None:
    intake = office.receive(notices.NOISY, "镜像.通报.txt")
    data = candidate_archive(intake)
    assert data == candidate_archive(intake)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.namelist() == ["镜像.通报.txt", "镜像.通报.expected.json"]
        assert archive.read("镜像.通报.txt").decode() == notices.NOISY
        assert json.loads(archive.read("镜像.通报.expected.json"))["findings"][0]["number"] == "二/1"


def test_what_is_not_there_or_was_not_read_is_no_sample(office: Office) -> None:
    with pytest.raises(IntakeNotFoundError):
        candidate_of_id(7)
    unread = office.receive(b"\x00\x01\x02\x00" * 100)
    with pytest.raises(NotReadError):
        candidate_of_id(unread.pk)
    assert expected_name("通报") == "通报.expected.json"
