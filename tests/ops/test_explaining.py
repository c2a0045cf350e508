"""``zhenggai read --explain``: which rule read each field, and where."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from ops.notices import CLEAN, DAMAGED, NO_FINDING
from ops.test_reading_commands import run
from zhenggai.ops.explaining import explained_lines
from zhenggai.reading import read
from zhenggai.reading.schema import schema

SAMPLES = Path(__file__).parents[1] / "reading" / "samples"
NOTICES = sorted(path for path in SAMPLES.iterdir() if path.suffix in {".txt", ".html"})


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    path = tmp_path / "通报.txt"
    path.write_text(CLEAN, encoding="utf-8")
    return path


def test_the_table_names_field_place_and_rule(clean: Path) -> None:
    result = run("read", str(clean), "--explain", COLUMNS="160")
    assert result.exit_code == 0
    assert "Why each field was read so" in result.stdout
    assert "Stands after the label “整改进度”." in result.stdout
    assert "The title names the kind of document." in result.stdout
    chinese = run("read", str(clean), "--explain", COLUMNS="160", ZHENGGAI_LANG="zh-Hans").stdout
    assert "写在标签“整改进度”之后。" in chinese


def test_the_json_holds_to_its_schema_and_names_every_rule(tmp_path: Path) -> None:
    noisy = tmp_path / "镜像.txt"
    noisy.write_text(DAMAGED, encoding="utf-8")
    plain = json.loads(run("read", str(noisy), "--explain", "--format", "json").stdout)
    jsonschema.validate(plain, schema())
    found = {one["path"]: one for one in plain["explained"]}
    assert found["kind"]["rule"] == "kind_by_lead"
    assert found["findings/0/title"]["sentence"].startswith("A heading numbered")
    assert "explained" not in json.loads(run("read", str(noisy), "--format", "json").stdout)


def test_a_form_without_room_for_sentences_is_refused(clean: Path) -> None:
    result = run("read", str(clean), "--explain", "--format", "csv")
    assert result.exit_code == 2
    assert "use it with table or json" in result.stderr


def test_a_text_without_findings_explains_what_there_is(tmp_path: Path) -> None:
    plain = tmp_path / "其他.txt"
    plain.write_text(NO_FINDING, encoding="utf-8")
    result = run("read", str(plain), "--explain")
    assert result.exit_code == 3
    assert "Why each field was read so" in result.stdout


@pytest.mark.parametrize("notice", NOTICES, ids=lambda path: path.name)
def test_every_field_of_every_sample_has_a_name_for_people(notice: Path) -> None:
    reading = read(notice, explain=True)
    assert len(explained_lines(reading)) > len(reading.explained)
