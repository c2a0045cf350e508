"""``zhenggai read`` with a workbook: the same reading, and what is wrong in the cells on standard error."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from ops.test_reading_commands import run
from reading.docx.test_kinds import zipped
from reading.workbook.samples import longest
from reading.workbook.seeded import seeded
from zhenggai.reading.schema import schema


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    path = tmp_path / "台账.xlsx"
    path.write_bytes(seeded()[0])
    return path


def test_a_clean_ledger_is_read_and_nothing_is_said(tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    path.write_bytes(longest().data)

    result = run("read", str(path), "--format", "json")

    assert (result.exit_code, result.stderr) == (0, "")
    plain = json.loads(result.stdout)
    jsonschema.validate(plain, schema())
    assert (plain["kind"], plain["source"]["format"], len(plain["findings"])) == ("ledger", "xlsx", 3)


def test_what_is_wrong_is_named_on_standard_error(faulty: Path) -> None:
    result = run("read", str(faulty))

    lines = result.stderr.splitlines()
    assert result.exit_code == 0
    assert len(lines) == 21
    assert lines[1] == (
        "台账!M4 “差不多了”: A status is one of the words for it, such as 整改完成, 基本完成, 正在整改, "
        "未启动 or 长期坚持. Write one of these words, or move the text to what was done. [unknown_status]"
    )
    assert lines[-1] == "In the cells: faults: 19 · to be asked about: 1"
    chinese = run("read", str(faulty), ZHENGGAI_LANG="zh-Hans").stderr
    assert "日历上没有这一天或这个月。" in chinese


def test_the_json_that_explains_itself_holds_mapping_and_issues(faulty: Path) -> None:
    plain = json.loads(run("read", str(faulty), "--explain", "--format", "json").stdout)

    assert plain["issues"][1]["code"] == "unknown_status"
    assert (plain["issues"][1]["sheet"], plain["issues"][1]["cell"]) == ("台账", "M4")
    assert plain["mapping"]["sheets"][0]["columns"][2]["role"] == "problem"
    assert plain["sources"][0] == {"sheet": "台账", "rows": [4]}


def test_a_workbook_without_a_ledger_has_no_findings(tmp_path: Path) -> None:
    path = tmp_path / "名单.csv"
    path.write_text("姓名,电话\n样甲,1\n", encoding="utf-8")

    result = run("read", str(path))

    assert result.exit_code == 3
    assert "[no_ledger]" in result.stderr


def test_a_package_that_is_no_workbook_is_read_or_refused_as_before(tmp_path: Path) -> None:
    path = tmp_path / "包.zip"
    path.write_bytes(zipped({"a.txt": "x"}))

    assert "is a ZIP archive" in run("read", str(path)).stderr
