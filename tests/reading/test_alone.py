"""A process that opens a stranger's file knows nothing of ours: no key, no address, no setting."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from reading.workbook.bookmaking import Page, xlsx
from zhenggai.reading.alone import environment
from zhenggai.reading.workbook import book_lines

SECRETS = {
    "ZHENGGAI_SECRET_KEY": "a key of the tests",
    "ZHENGGAI_DATABASE_URL": "postgresql://somebody:word@example.invalid/ledger",
    "AWS_SECRET_ACCESS_KEY": "another",
    "PGPASSWORD": "a third",
}


@pytest.fixture(autouse=True)
def _secrets(monkeypatch):
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)


def children():
    return [
        int(each)
        for task in Path("/proc/self/task").iterdir()
        for each in (task / "children").read_text().split()
    ]


def test_no_secret_goes_along_and_what_is_needed_does(monkeypatch):
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    given = environment(HOME="/nowhere")
    assert SECRETS.keys().isdisjoint(given)
    assert (given["LC_ALL"], given["HOME"], given["PATH"]) == ("C.UTF-8", "/nowhere", os.environ["PATH"])
    monkeypatch.delenv("PATH")
    assert environment()["PATH"] == os.defpath
    said = subprocess.run(
        [sys.executable, "-c", "import os; print(*os.environ)"],
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert SECRETS.keys().isdisjoint(said.stdout.split())


def test_the_process_that_opens_workbooks_loads_nothing_that_reads_them():
    said = subprocess.run(
        [sys.executable, "-P", "-c", "import sys, zhenggai.reading.workbook.child; print(*sys.modules)"],
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    reading = {f"zhenggai.reading.{name}" for name in ("workbook.mapping", "docx.document", "interpreting")}
    assert reading.isdisjoint(said.stdout.split())
    assert "zhenggai.reading.workbook.marks" in said.stdout.split()


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="the environment is looked up in /proc")
def test_the_process_that_opens_workbooks_has_none():
    before = set(children())
    rows = [[f"第{place}项问题", "整改措施" * 20] for place in range(60_000)]
    lines = book_lines(xlsx(Page("甲", rows)), name="a.xlsx", seconds=60)
    next(lines)
    (child,) = set(children()) - before
    given = Path(f"/proc/{child}/environ").read_bytes()
    lines.close()
    assert b"PATH=" in given
    assert not [name for name in SECRETS if name.encode() in given]
