from __future__ import annotations

import io
import os
import stat
import sys
from pathlib import Path

import pytest

from zhenggai.ops import errors
from zhenggai.ops.gathering import gather
from zhenggai.ops.sources import give, max_bytes, take
from zhenggai.reading.errors import NotAFileError, SourceTooLargeError


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(errors.SourceMissingError, match="no file") as refusal:
        take(str(tmp_path / "无此文件.txt"))
    assert "无此文件.txt" in str(refusal.value)


def test_a_folder_is_refused_as_a_folder(tmp_path: Path) -> None:
    with pytest.raises(errors.SourceIsFolderError):
        take(str(tmp_path))


@pytest.mark.parametrize("path", ["坏\0名", "长" * 400])
def test_a_path_that_the_system_refuses_is_a_sentence_too(path: str) -> None:
    with pytest.raises(errors.SourceUnreadableError):
        take(path)


def test_a_file_over_the_limit_is_refused_with_its_size_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHENGGAI_MAX_UPLOAD_MIB", "1")
    path = tmp_path / "big.txt"
    path.write_bytes(b"x" * (2 * 1024 * 1024))

    with pytest.raises(SourceTooLargeError, match="has 2097152 bytes; at most 1048576 bytes are read"):
        take(str(path))


@pytest.mark.parametrize("value", ["0", "-1", "viel", "1.5"])
def test_a_limit_that_is_no_number_is_refused(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("ZHENGGAI_MAX_UPLOAD_MIB", value)
    with pytest.raises(errors.SettingUnusableError):
        max_bytes()


def test_standard_input_is_read_under_its_own_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("一、".encode())))
    assert take("-")[:2] == ("一、".encode(), "stdin")


def test_an_output_file_appears_whole_with_the_usual_rights(tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    target.write_text("old")
    give([b"{}"], target)
    assert target.read_bytes() == b"{}"
    assert stat.S_IMODE(target.stat().st_mode) & 0o600 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["out.json"]


def test_an_output_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(errors.OutputUnwritableError, match="no-such"):
        give([b"{}"], tmp_path / "no-such" / "out.json")


def test_a_pipe_or_a_device_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    pipe = tmp_path / "管.txt"
    os.mkfifo(pipe)

    with pytest.raises(NotAFileError, match="standard input"):
        take(str(pipe))

    found = gather([str(pipe), "/dev/zero", str(tmp_path)])
    assert [type(refusal) for refusal in found.refusals] == [NotAFileError] * 2
    assert not found.sources
