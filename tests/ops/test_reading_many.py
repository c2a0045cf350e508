from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result

from ops.notices import CLEAN, DAMAGED, NO_FINDING
from ops.programs import PROGRAM, environment, start
from zhenggai.ops import errors, reading_many
from zhenggai.ops.cli import zhenggai
from zhenggai.ops.gathering import gather, is_many
from zhenggai.ops.interrupts import minded
from zhenggai.reading.schema import schema

ENGLISH = {"ZHENGGAI_LANG": "en", "NO_COLOR": "", "COLUMNS": ""}


def run(*arguments: str, text: str | bytes | None = None) -> Result:
    return CliRunner().invoke(zhenggai, arguments, input=text, env=ENGLISH)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "通报"
    (place / "下级").mkdir(parents=True)
    (place / "甲.txt").write_text(CLEAN, encoding="utf-8")
    (place / "乙.txt").write_bytes(DAMAGED.encode("gb18030"))
    (place / "下级" / "甲.txt").write_text(CLEAN, encoding="utf-8")
    (place / "下级" / "新闻.txt").write_text(NO_FINDING, encoding="utf-8")
    (place / "下级" / "空.txt").write_bytes(b"")
    return place


def test_a_folder_is_read_line_by_line_with_a_summary(folder: Path) -> None:
    result = run("read", str(folder))

    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert [line.split()[:2] for line in lines] == [
        ["1", f"{folder}/乙.txt"],
        ["2", f"{folder}/甲.txt"],
        ["0", f"{folder}/下级/新闻.txt"],
        ["2", f"{folder}/下级/甲.txt"],
        ["–", f"{folder}/下级/空.txt"],
    ]
    assert lines[3].endswith(f"the same as {folder}/甲.txt")
    assert lines[4].endswith("refused")
    assert result.stderr == (
        f"“{folder}/下级/空.txt” is empty: there is no text to read. Choose the file that holds the notice, "
        "or paste its text.\n"
        "Read with findings: 3 · read without a finding: 1 · refused: 1 · same bytes as another: 1 · "
        "other files passed over: 0\n"
    )


def test_json_of_many_is_a_line_for_each_and_keeps_to_the_schema(folder: Path) -> None:
    result = run("read", str(folder), "--format", "json", "--jobs", "2")

    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [Path(line["path"]).name for line in lines] == ["乙.txt", "甲.txt", "新闻.txt", "甲.txt", "空.txt"]
    for line in lines[:4]:
        jsonschema.validate(line["reading"], schema())
        assert line["sha256"] == line["reading"]["source"]["sha256"]
    assert lines[3]["same_as"] == f"{folder}/甲.txt"
    assert (lines[4]["code"], lines[4]["reading"]) == ("reading.empty", None)
    assert lines[4]["refusal"].startswith("“空.txt” is empty")


def test_csv_of_many_is_one_table(folder: Path) -> None:
    result = run("read", str(folder / "甲.txt"), str(folder / "乙.txt"), "--format", "csv")

    assert result.exit_code == 0
    rows = list(csv.reader(io.StringIO(result.stdout_bytes.decode("utf-8-sig"))))
    assert rows[0][:2] == ["File", "Number"]
    assert [Path(row[0]).name for row in rows[1:]] == ["甲.txt", "甲.txt", "乙.txt"]


def test_markdown_of_many_is_one_document(folder: Path) -> None:
    result = run(
        "read",
        str(folder / "甲.txt"),
        str(folder / "下级" / "空.txt"),
        str(folder / "乙.txt"),
        "--format",
        "markdown",
    )

    assert sum(line.startswith("# ") for line in result.stdout.splitlines()) == 2


@pytest.mark.parametrize(
    ("form", "ending"), [("json", "json"), ("table", "txt"), ("csv", "csv"), ("markdown", "md")]
)
def test_each_document_gets_a_file_of_its_own(folder: Path, tmp_path: Path, form: str, ending: str) -> None:
    target = tmp_path / "结果"

    result = run("read", str(folder), "-", "--format", form, "--output", str(target), text=CLEAN.encode())

    assert result.stdout == ""
    assert sorted(str(path.relative_to(target)) for path in target.rglob("*.*")) == sorted(
        [
            f"stdin.{ending}",
            f"下级/新闻.txt.{ending}",
            f"下级/甲.txt.{ending}",
            f"乙.txt.{ending}",
            f"甲.txt.{ending}",
        ]
    )
    if form == "json":
        jsonschema.validate(json.loads((target / "甲.txt.json").read_bytes()), schema())


def test_documents_of_one_name_do_not_overwrite_each_other(tmp_path: Path) -> None:
    writer = reading_many._Files(tmp_path, "json", tmp_path)

    assert [writer._target(name).name for name in ("a", "a", "a")] == ["a.json", "a-2.json", "a-3.json"]


def test_a_file_cannot_take_the_place_of_the_folder(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "f").write_text("x")

    result = run("read", str(folder), "--output", str(tmp_path / "f"))
    below = run("read", str(folder), "--output", str(tmp_path / "f" / "g"))

    assert (result.exit_code, below.exit_code) == (1, 1)
    assert "is a file; what is read from several documents goes into a folder" in result.stderr
    assert "cannot be written" in below.stderr


def test_without_a_finding_in_any_the_code_is_three(folder: Path, tmp_path: Path) -> None:
    news = folder / "下级" / "新闻.txt"

    assert run("read", str(news), str(news.with_name("*.txt")).replace("*", "新*")).exit_code == 3
    assert run("read", str(folder / "*.txt")).exit_code == 0
    assert run("read", str(folder), "--jobs", "0").exit_code == 2
    assert run("read", str(folder), "--engine", "spark").exit_code == 2


def test_a_cluster_that_does_not_answer_is_a_sentence(folder: Path) -> None:
    result = run("read", str(folder), "--scheduler", "nowhere")

    assert result.exit_code == 1
    assert "No scheduler of a cluster answers at “nowhere”" in result.stderr


def test_what_is_meant_is_found_once_and_in_order(folder: Path) -> None:
    (folder / ".隐藏.txt").write_text("x")
    (folder / "~$甲.docx").write_text("x")
    (folder / "样式.css").write_text("x")
    (folder / ".git").mkdir()
    (folder / ".git" / "x.txt").write_text("x")
    (folder / "页.html").write_text("x")
    (folder / "页_files").mkdir()
    (folder / "页_files" / "广告.html").write_text("x")
    (folder / "资料_files").mkdir()
    (folder / "资料_files" / "丙.txt").write_text("x")
    (folder / "下级" / "圈").symlink_to(folder)
    (folder / "下级" / "断.txt").symlink_to(folder / "无")
    (folder / "下级" / "同.txt").symlink_to(folder / "甲.txt")
    os.mkfifo(folder / "管.txt")

    found = gather([str(folder), str(folder / "甲.txt"), str(folder / "无.txt")])

    names = [Path(source).name for source in found.sources if isinstance(source, Path)]
    assert names.count("甲.txt") == 2
    assert {"丙.txt", "页.html"} <= set(names)
    assert not {".隐藏.txt", "~$甲.docx", "样式.css", "x.txt", "广告.html", "管.txt", "同.txt"} & set(names)
    assert [type(refusal) for refusal in found.refusals] == [errors.SourceMissingError] * 2
    assert found.passed_over == 2


def test_what_cannot_be_looked_into_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def walk(top, onerror):
        onerror(PermissionError(13, "Permission denied", str(top)))
        return iter(())

    monkeypatch.setattr(os, "walk", walk)

    found = gather([str(folder)])

    assert [refusal.code for refusal in found.refusals] == ["ops.source_unreadable"]
    assert str(found.refusals[0]).startswith(f"“{folder}” cannot be read (Permission denied).")


def test_a_pipe_among_several_is_read_here(folder: Path, tmp_path: Path) -> None:
    command = f'"{PROGRAM}" read "{folder}/甲.txt" <(cat "{folder}/乙.txt") --format json | wc -l'
    done = subprocess.run(
        ["bash", "-c", command], capture_output=True, text=True, check=True, env=environment(tmp_path)
    )

    assert done.stdout.strip() == "2"


def test_paths_that_the_system_refuses_are_named() -> None:
    found = gather(["坏\0名", "长" * 400])

    assert {refusal.code for refusal in found.refusals} <= {"ops.source_unreadable", "ops.source_missing"}
    assert len(found.refusals) == 2


def test_a_folder_without_a_document_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("x")

    result = run("read", str(tmp_path))

    assert result.exit_code == 1
    assert "There is no document to read there (1 other files were passed over)." in result.stderr


def test_a_file_whose_name_looks_like_a_pattern_is_one_file(tmp_path: Path) -> None:
    path = tmp_path / "通报[1].txt"
    path.write_text(CLEAN, encoding="utf-8")

    assert not is_many([str(path)])
    assert is_many([str(tmp_path / "*.txt")])


def test_an_interrupt_ends_every_process_at_once(tmp_path: Path) -> None:
    # more lines than a pipe holds: it cannot end before it is interrupted
    for n in range(1500):
        (tmp_path / f"{n}.txt").write_text(CLEAN + str(n), encoding="utf-8")
    with subprocess.Popen(
        [PROGRAM, "read", str(tmp_path), "--jobs", "2"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env=environment(tmp_path),
    ) as program:
        assert program.stdout is not None
        assert program.stdout.readline()
        os.killpg(program.pid, signal.SIGINT)
        _, said = program.communicate(timeout=60)

    assert program.returncode == 1
    assert "Traceback" not in said
    with pytest.raises(ProcessLookupError):
        os.killpg(program.pid, 0)


def test_a_bar_is_shown_only_where_somebody_watches(folder: Path, tmp_path: Path) -> None:
    quiet = start(tmp_path, "read", str(folder))
    watched = subprocess.run(
        ["script", "-qec", f"'{PROGRAM}' read '{folder}' >/dev/null", "/dev/null"],
        capture_output=True,
        text=True,
        check=False,
        env=environment(tmp_path, TERM="xterm"),
    )

    assert "Reading 5 documents" not in quiet.stderr
    assert "Reading 5 documents" in watched.stdout
    assert "100%" in watched.stdout


def test_what_explains_one_document_does_not_explain_many(folder: Path) -> None:
    result = run("read", str(folder), "--explain")

    assert result.exit_code == 2
    assert "--explain is for one document at a time" in result.stderr


def test_an_interrupt_that_python_drops_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    class Falls:
        def __del__(self) -> None:
            signal.raise_signal(signal.SIGINT)

    def work() -> None:
        with minded() as look:
            Falls()
            dropped.append("and went on")
            look()

    dropped: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", lambda fault: dropped.append(fault.exc_type))
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        work()
    assert dropped == [KeyboardInterrupt, "and went on"]
    assert signal.getsignal(signal.SIGINT) is before
