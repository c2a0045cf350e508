"""The processes that open PDFs: one file at a time, kept for the next, forgotten after a fork."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import threading
from types import SimpleNamespace

import pytest

from reading.press import Press
from zhenggai.reading.pdf import child, ocr, process
from zhenggai.reading.pdf.shapes import Piece


def paper(text: str = "示例问题") -> bytes:
    page = Press()
    page.paragraph(text)
    return page.bytes()


@pytest.fixture(autouse=True)
def fresh():
    process.stop_all()
    yield
    process.stop_all()


def test_one_process_serves_one_document_after_the_other():
    process.ask(paper(), max_pages=9)
    (first,) = process._idle
    process.ask(paper(), max_pages=9)

    assert process._idle == [first]
    assert first.process.poll() is None


def test_a_process_is_replaced_after_some_documents(monkeypatch):
    monkeypatch.setattr(process, "_DOCUMENTS", 1)
    process.ask(paper(), max_pages=9)

    assert process._idle == []


def test_a_process_that_died_meanwhile_is_not_asked():
    process.ask(paper(), max_pages=9)
    (dead,) = process._idle
    dead.process.kill()
    dead.process.wait()

    assert "示例问题" in process.ask(paper(), max_pages=9)["text"]
    dead.stop()


def test_a_process_that_breaks_while_it_reads_is_an_answer_of_its_own():
    broken = process._Child(ocr=False)
    broken.process.kill()
    broken.process.wait()

    with pytest.raises(process.StoppedError):
        broken.ask(paper() * 100, 9, None)
    broken.stop()


def test_threads_are_served_at_the_same_time():
    answers: list[str] = []
    threads = [
        threading.Thread(
            target=lambda number=number: answers.append(
                process.ask(paper(f"第{number}问题"), max_pages=9)["text"]
            )
        )
        for number in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answer.split("\n")[0] for answer in answers) == ["第0问题", "第1问题", "第2问题"]
    assert len(process._idle) <= 2


@pytest.mark.skipif(
    not hasattr(os, "fork"), reason="this system cannot fork; it runs where there is one, such as Linux"
)
def test_after_a_fork_the_processes_belong_to_the_parent():
    code = (
        "import os; from zhenggai.reading.pdf import process\n"
        "process._idle.append(process._Child(ocr=False)); pid = os.fork()\n"
        "if pid == 0: os._exit(len(process._idle))\n"
        "print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), len(process._idle))\n"
    )
    run = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, check=True
    )

    assert run.stdout.split() == ["0", "1"]


def test_a_forked_process_forgets_what_it_had():
    one = process._Child(ocr=False)
    process._idle.append(one)
    pid = one.process.pid

    process._forget()

    assert process._idle == []
    os.kill(pid, 9)
    os.waitpid(pid, 0)
    one.process.stdin.close()
    one.process.stdout.close()


def test_who_asks_is_told_the_pages():
    stub = object.__new__(process._Child)
    stub.left, stub.ocr = 1, False
    stub.process = SimpleNamespace(
        stdin=io.BytesIO(),
        stdout=io.BytesIO(b'{"page": 1, "of": 2}\n{"page": 2, "of": 2}\n{"text": ""}\n'),
        kill=id,
    )
    told = []

    assert stub.ask(b"", 9, lambda page, pages: told.append((page, pages))) == {"text": ""}
    assert told == [(1, 2), (2, 2)]


def test_memory_and_core_files_are_limited(monkeypatch):
    limits = []
    monkeypatch.setattr("resource.setrlimit", lambda *limit: limits.append(limit))

    child.limit_memory(5)

    assert [limit for _, limit in limits] == [(5, 5), (0, 0)]


def requested(*documents: bytes) -> io.BytesIO:
    return io.BytesIO(
        b"".join(
            json.dumps({"size": len(data), "max_pages": 9}).encode() + b"\n" + data for data in documents
        )
    )


def test_requests_are_answered_in_order_with_progress_for_slow_work(monkeypatch):
    monkeypatch.setattr(child, "_EVERY_SECONDS", 0.0)
    answers = io.BytesIO()

    child.serve(requested(paper(), b"%PDF-"), answers)

    told, first, second = map(json.loads, answers.getvalue().splitlines())
    assert told == {"page": 1, "of": 1}
    assert "示例问题" in first["text"]
    assert second == {"refused": "damaged", "pages": 0}


def test_quick_work_is_answered_without_progress():
    answers = io.BytesIO()
    child.serve(requested(paper()), answers)

    assert "示例问题" in json.loads(answers.getvalue().splitlines()[-1])["text"]


def test_the_process_prints_nothing_but_its_answers(monkeypatch):
    run = subprocess.run(
        [sys.executable, "-m", "zhenggai.reading.pdf.child", str(process.MEMORY_BYTES)],
        input=requested(paper()).getvalue(),
        capture_output=True,
        check=True,
    )
    assert "示例问题" in json.loads(run.stdout)["text"]


def test_memory_is_bounded_where_the_system_can():
    code = (
        "from zhenggai.reading.pdf.child import limit_memory\n"
        "limit_memory(200_000_000)\n"
        "try: bytearray(400_000_000)\n"
        "except MemoryError: print('bounded')\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "bounded"


def test_main_serves_standard_input(monkeypatch):
    served = []
    monkeypatch.setattr(child, "limit_memory", served.append)
    monkeypatch.setattr(child.sys, "stdin", SimpleNamespace(buffer=io.BytesIO()))
    monkeypatch.setattr(child, "serve", lambda requests, answers, recognise: served.append(recognise))
    monkeypatch.setattr(child.os, "dup2", lambda old, new: served.append((old, new)))
    monkeypatch.setattr(ocr, "Recogniser", lambda: "engine")

    child.main(["5"])
    child.main(["6", "ocr"])

    assert served == [5, (2, 1), None, 6, (2, 1), "engine"]


def test_a_page_is_told_while_pictures_are_recognised():
    page = Press(counter="")
    for number in range(60):
        page.canvas.bezier(9, 9, 20, 20, 30, 20, 40 + number, 9)
    answers = io.BytesIO()

    child.serve(requested(page.bytes()), answers, lambda page: [Piece(79, 300, 100, 16, "识别的文字")])

    told, answer = map(json.loads, answers.getvalue().splitlines())
    assert told == {"page": 1, "of": 1}
    assert answer["text"] == "识别的文字"
    assert answer["recognised"] == [1]
    assert answer["edits"][0][0] == "flag"
