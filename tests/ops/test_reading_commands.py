from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result

from ops.notices import CLEAN, DAMAGED, NO_FINDING
from zhenggai.ops.cli import zhenggai
from zhenggai.ops.terminal import columns_of
from zhenggai.reading.schema import schema

ENGLISH = {"ZHENGGAI_LANG": "en", "NO_COLOR": "", "COLUMNS": ""}


def run(*arguments: str, text: str | bytes | None = None, **environment: str) -> Result:
    return CliRunner().invoke(zhenggai, arguments, input=text, env={**ENGLISH, **environment})


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    path = tmp_path / "通报.txt"
    path.write_text(CLEAN, encoding="utf-8")
    return path


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    path = tmp_path / "镜像.txt"
    path.write_text(DAMAGED, encoding="utf-8")
    return path


def test_the_table_shows_facts_findings_and_what_was_left(clean: Path) -> None:
    result = run("read", str(clean))
    assert result.exit_code == 0
    assert "Findings: 2 · measures: 0 · actions said to be done: 3" in result.stdout
    assert "学习制度落实不够到位" in result.stdout
    assert "2024-06-12" in result.stdout
    assert "Cleaned: nothing" in result.stdout
    assert "\x1b[" not in result.stdout


def test_what_was_cleaned_is_counted_by_kind(damaged: Path) -> None:
    result = run("read", str(damaged))
    assert result.exit_code == 0
    reading = json.loads(run("read", str(damaged), "--format", "json").stdout)
    readings = sum(edit["kind"] == "reading" for edit in reading["edits"])
    assert readings > 5
    line = next(line for line in result.stdout.splitlines() if line.startswith("injected readings"))
    assert line.split()[2] == str(readings)


def test_json_keeps_to_the_schema_and_is_never_translated(damaged: Path) -> None:
    result = run("read", str(damaged), "--format", "json", ZHENGGAI_LANG="zh-Hans")
    assert result.exit_code == 0
    reading = json.loads(result.stdout)
    jsonschema.validate(reading, schema())
    assert reading["schema"] == "zhenggai.notice/1"


def test_csv_has_a_row_for_each_finding(clean: Path) -> None:
    result = run("read", str(clean), "--format", "csv")
    rows = list(csv.reader(io.StringIO(result.stdout_bytes.decode("utf-8-sig"))))
    assert rows[0][4] == "Finding"
    assert len(rows) == 3
    assert len({len(row) for row in rows}) == 1


def test_a_cell_that_a_spreadsheet_would_execute_is_neutralised() -> None:
    text = CLEAN.replace("学习制度落实不够到位", '=HYPERLINK("http://example.invalid")制度落实不到位')
    result = run("read", "-", "--format", "csv", text=text)
    rows = list(csv.reader(io.StringIO(result.stdout_bytes.decode("utf-8-sig"))))
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    assert "HYPERLINK" in result.stdout


def test_markdown_holds_every_finding_and_executes_nothing() -> None:
    text = CLEAN.replace(
        "学习制度落实不够到位", "<script>alert(1)</script>学习[制度](javascript:1)落实不够到位"
    )
    result = run("read", "-", "--format", "markdown", text=text)
    assert result.exit_code == 0
    assert "公务接待报销手续不全" in result.stdout
    assert "<script>" not in result.stdout
    assert r"\[制度\](javascript" in result.stdout


def test_output_goes_to_a_file_and_nothing_to_the_terminal(clean: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    result = run("read", str(clean), "--format", "json", "--output", str(target))
    assert (result.exit_code, result.stdout) == (0, "")
    assert len(json.loads(target.read_text("utf-8"))["findings"]) == 2


def test_a_text_without_a_finding_is_shown_and_ends_with_three() -> None:
    result = run("read", "-", text=NO_FINDING)
    assert result.exit_code == 3
    assert "Findings: none" in result.stdout


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b" \n\t\n", "is empty"),
        (b"\x7fELF\x02\x01\x01" + bytes(64), "is not a text"),
        (b"PK\x03\x04" + bytes(range(256)) * 8, "is damaged"),
    ],
)
def test_what_is_no_text_is_refused_with_a_sentence(data: bytes, words: str) -> None:
    result = run("read", "-", text=data)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert words in result.stderr
    assert "Traceback" not in result.stderr


def test_a_missing_file_is_refused_with_a_sentence() -> None:
    result = run("read", "无此文件.txt")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "There is no file “无此文件.txt”" in result.stderr


def test_a_file_over_the_limit_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    path.write_bytes("整改".encode() * 200_000)
    result = run("read", str(path), ZHENGGAI_MAX_UPLOAD_MIB="1")
    assert result.exit_code == 1
    assert "big.txt" in result.stderr


@pytest.mark.parametrize(
    "arguments", [(), ("read",), ("restore", "a", "b"), ("read", "-", "--format", "pdf"), ("lesen",)]
)
def test_wrong_usage_ends_with_two(arguments: tuple[str, ...]) -> None:
    assert run(*arguments).exit_code == 2


def test_restore_gives_the_text_alone(damaged: Path) -> None:
    result = run("restore", str(damaged))
    assert result.exit_code == 0
    assert "(tǒng)" not in result.stdout
    assert "根据县委统一部署" in result.stdout


def test_every_removal_is_listed_with_place_and_reason(damaged: Path) -> None:
    result = run("restore", str(damaged), "--edits")
    assert result.exit_code == 0
    assert "Removed or changed:" in result.stdout
    line = next(line for line in result.stdout.splitlines() if "(tǒng)" in line)
    row, column = (int(part) for part in line.split()[0].split(":"))
    assert DAMAGED.split("\n")[row - 1][column - 1 :].startswith("(tǒng)")


def test_nothing_removed_says_so(clean: Path) -> None:
    assert "Nothing was removed" in run("restore", str(clean), "--edits").stdout


def test_restored_json_rebuilds_the_source(damaged: Path) -> None:
    plain = json.loads(run("restore", str(damaged), "--edits", "--format", "json").stdout)
    text, source, here, there = plain["text"], "", 0, 0
    for edit in plain["edits"]:
        start, end = edit["span"]
        gap = start - there
        source += text[here : here + gap] + edit["before"]
        here += gap + len(edit["after"])
        there = end
    assert source + text[here:] == DAMAGED
    assert sum(plain["counts"].values()) == len(plain["edits"])


def test_the_schema_is_printed() -> None:
    assert json.loads(run("schema", "notice").stdout)["$id"] == "zhenggai.notice/1"


@pytest.mark.parametrize("columns", ["30", "50", "80", "200"])
def test_no_line_of_the_table_is_wider_than_the_terminal(damaged: Path, columns: str) -> None:
    lines = run("read", str(damaged), COLUMNS=columns).stdout.splitlines()
    assert max(map(columns_of, lines)) <= int(columns)


def start(*arguments: str, text: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    program = Path(sys.executable).with_name("zhenggai")
    return subprocess.run(
        [program, *arguments],
        input=text,
        capture_output=True,
        check=False,
        timeout=60,
        env={**os.environ, "ZHENGGAI_LANG": "en", **environment},
    )


def test_the_program_itself_reads_from_a_pipe() -> None:
    done = start("read", "-", text=CLEAN.encode())
    assert done.returncode == 0, done.stderr
    assert "学习制度落实不够到位" in done.stdout.decode()


def test_reading_imports_no_django_and_no_other_room(clean: Path) -> None:
    code = (
        "import sys; from zhenggai.ops.cli import zhenggai\n"
        "zhenggai(['read', sys.argv[1]], standalone_mode=False)\n"
        "print(sorted({'django', 'selectolax', 'pypinyin', 'gunicorn', 'zhenggai.ledger'} & {*sys.modules}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(clean)], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_closed_pipe_is_silent(damaged: Path) -> None:
    program = Path(sys.executable).with_name("zhenggai")
    line = f'"{program}" read "{damaged}" --format json | head -c 1 >/dev/null'
    done = subprocess.run(["bash", "-c", line], capture_output=True, check=True, timeout=60)
    assert done.stderr == b""


def test_every_command_has_help_with_examples() -> None:
    for command in ("read", "restore", "schema", "demo", "serve", "migrate", ("trail", "verify")):
        arguments = (command,) if isinstance(command, str) else command
        result = run(*arguments, "--help")
        assert result.exit_code == 0
        assert "Example" in result.stdout or "示例" in result.stdout or "例" in result.stdout


def test_help_touches_no_data_folder(tmp_path: Path) -> None:
    done = start("serve", "--help", ZHENGGAI_DATA_DIR=str(tmp_path / "data"))
    assert done.returncode == 0
    assert not (tmp_path / "data").exists()


def test_help_fits_the_terminal() -> None:
    for command in ("read", "restore", "serve", "demo"):
        text = run(command, "--help").stdout
        assert max(map(columns_of, text.splitlines())) <= 80


def test_a_saved_page_in_gb18030_is_read(tmp_path: Path) -> None:
    body = "".join(f"<p>{line}</p>" for line in CLEAN.splitlines())
    page = (
        '<html><head><meta charset="gb2312"></head><body><ul><li>首页</li></ul>'
        f'<div class="TRS_Editor">{body}</div><div>版权所有</div></body></html>'
    )
    path = tmp_path / "page.html"
    path.write_bytes(page.encode("gb18030"))
    reading = json.loads(run("read", str(path), "--format", "json").stdout)
    assert (reading["source"]["format"], len(reading["findings"])) == ("html", 2)
