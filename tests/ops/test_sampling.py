"""``zhenggai sample save``: source and structure side by side, nothing overwritten, with a warning."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ops.notices import CLEAN
from ops.test_reading_commands import run


@pytest.fixture
def notice(tmp_path: Path) -> Path:
    path = tmp_path / "通报.txt"
    path.write_text(CLEAN, encoding="utf-8")
    return path


def test_a_file_is_saved_with_what_is_read_now(notice: Path, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "samples"
    result = run("sample", "save", str(notice), "--output", str(folder))
    assert result.exit_code == 0, result.stderr
    assert "Keep it inside the office" in result.stderr
    assert (folder / "通报.txt").read_bytes() == notice.read_bytes()
    expected = json.loads((folder / "通报.expected.json").read_text(encoding="utf-8"))
    assert len(expected["findings"]) == 2


def test_nothing_is_overwritten(notice: Path, tmp_path: Path) -> None:
    kept = tmp_path / "通报.expected.json"
    kept.write_text("{}", encoding="utf-8")
    other = tmp_path / "other"
    other.mkdir()
    (other / "通报.expected.json").write_text("{}", encoding="utf-8")
    result = run("sample", "save", str(notice), "--output", str(other))
    assert result.exit_code == 1
    assert "exists already" in result.stderr
    assert not (other / "通报.txt").exists()


@pytest.mark.django_db
def test_a_draft_that_is_not_there_is_refused(tmp_path: Path) -> None:
    result = run("sample", "save", "123456", "--output", str(tmp_path))
    assert result.exit_code == 1
    assert list(tmp_path.iterdir()) == []
