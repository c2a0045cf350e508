from __future__ import annotations

import io
import os
import signal
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from intake import notices
from zhenggai.reading import engines, many, read
from zhenggai.reading.errors import NotAFileError
from zhenggai.reading.many import read_many
from zhenggai.reading.many_errors import EngineMissingError, EngineUnknownError, SchedulerUnreachableError
from zhenggai.reading.named import Named

if TYPE_CHECKING:
    from zhenggai.domain.reading import Reading

NOTICE = notices.CLEAN.encode()


def documents(count: int) -> list[Named]:
    return [Named(f"{n}.txt", NOTICE + f"附言{n}\n".encode()) for n in range(count)]


def title_or_end(reading: Reading) -> str:
    """Ends its process on a document of one name, meets a fault on that of another."""
    if reading.source.name == "17.txt":
        os.kill(os.getpid(), signal.SIGKILL)
    if reading.source.name == "3.txt":
        raise RecursionError
    return reading.title or ""


def test_results_come_in_order_with_their_readings():
    outcomes = list(read_many([*documents(5), NOTICE, notices.CLEAN, io.BytesIO(NOTICE)]))

    names = [*(f"{n}.txt" for n in range(5)), "document", "text", "document"]
    assert [outcome.name for outcome in outcomes] == names
    assert all(outcome.value and outcome.findings == len(outcome.value.findings) > 0 for outcome in outcomes)
    assert [outcome.same_as for outcome in outcomes] == [None] * 6 + ["document", "document"]


def test_several_processes_read_what_one_reads(tmp_path: Path):
    paths: list[Path] = []
    for name, data in documents(30):
        paths.append(tmp_path / name)
        paths[-1].write_bytes(data)

    one = list(read_many(paths))
    two = list(read_many(paths, jobs=2))

    assert two == one
    assert [outcome.name for outcome in two] == [str(path) for path in paths]


def test_a_document_that_ends_its_process_or_meets_a_fault_stops_no_other():
    outcomes = list(read_many(documents(40), jobs=2, finish=title_or_end))

    assert [outcome.name for outcome in outcomes] == [name for name, _ in documents(40)]
    assert {outcome.name: outcome.code for outcome in outcomes if outcome.refusal} == {
        "3.txt": "reading.fault",
        "17.txt": "reading.process_ended",
    }
    assert str(outcomes[3].refusal) == (
        "“3.txt” met a fault of this program (RecursionError) and was not read; the others were not touched "
        "by it. Please report the fault, with the document if it is public."
    )
    assert "the process that read it was ended twice" in str(outcomes[17].refusal)
    assert outcomes[39].value


def test_beside_other_threads_processes_start_afresh():
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    try:
        outcomes = list(read_many(documents(3), jobs=2))
    finally:
        stop.set()
        thread.join()

    assert all(outcome.findings for outcome in outcomes)


def test_what_nobody_asks_for_any_more_is_not_read():
    reading = read_many(documents(200), jobs=2)
    assert next(reading).name == "0.txt"

    reading.close()

    assert not engines.multiprocessing.active_children()


def test_each_refusal_is_a_result_of_its_own(tmp_path: Path):
    (tmp_path / "空.txt").write_bytes(b"")
    (tmp_path / "大.txt").write_bytes(b"x" * 2000)
    (tmp_path / "好.txt").write_bytes(NOTICE[:900])
    names = ["空.txt", "大.txt", "无.txt", "好.txt", "长" * 300, "坏\0名"]

    for kept in (engines.Here(), engines.Processes(2)):
        kept_sources = [tmp_path / name for name in names]
        outcomes = list(many._outcomes(kept, kept_sources, 1000, None))
        assert [outcome.code for outcome in outcomes] == [
            "reading.empty",
            "reading.too_large",
            "reading.unreadable",
            None,
            "reading.unreadable",
            "reading.unreadable",
        ]
        assert "has 2000 bytes; at most 1000 bytes are read" in str(outcomes[1].refusal)


def test_a_stream_without_end_is_read_only_up_to_the_limit():
    class Endless(io.RawIOBase):
        name = "无尽"

        def read(self, size: int = -1) -> bytes:
            assert 0 < size <= 1001
            return b"x" * size

    outcome = next(read_many([Endless()], max_bytes=1000))

    assert (outcome.name, outcome.code) == ("无尽", "reading.too_large")


def test_a_stream_that_fails_is_a_result():
    class Broken(io.RawIOBase):
        def read(self, size: int = -1) -> bytes:
            raise OSError("gone")

    assert str(next(read_many([Broken()])).refusal).startswith("“document” cannot be read (gone)")


def test_an_engine_of_another_name_is_refused():
    with pytest.raises(EngineUnknownError, match="there are processes、dask"):
        read_many([], engine="spark")


def test_an_engine_that_is_not_installed_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "distributed", None)

    with pytest.raises(EngineMissingError, match=r"pip install 'zhenggai\[cluster\]'"):
        read_many([], engine="dask")


def test_a_scheduler_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(engines, "_ANSWERS_WITHIN_SECONDS", 1)

    with pytest.raises(SchedulerUnreachableError, match=r"No scheduler of a cluster answers at “nowhere”"):
        read_many([], engine="dask", scheduler="nowhere")


def test_a_cluster_of_two_reads_what_one_process_reads(tmp_path: Path):
    path = tmp_path / "a.txt"
    path.write_bytes(NOTICE)
    sources = [path, tmp_path / "无.txt", *documents(10)]
    cluster = engines.Dask(2, None)
    try:
        address = cluster._client.scheduler.address
        outcomes = list(read_many(sources, engine="dask", scheduler=address))
        ended = cluster.answers(cluster.submit(os._exit, 1))
    finally:
        cluster.close()

    assert outcomes == list(read_many(sources))
    assert ended is None


def test_a_pool_that_lost_a_process_is_replaced():
    pool = engines.Processes(2)
    try:
        assert pool.submit(os._exit, 1).exception() is not None
        assert pool.answers(pool.submit(list, "甲乙")) == ["甲", "乙"]
    finally:
        pool.close()
    pool.close()


def test_a_reader_leaves_interrupts_to_the_one_who_started_it():
    before = signal.getsignal(signal.SIGINT)
    try:
        engines._leave_interrupts_to_the_parent()
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)


def test_a_value_that_is_made_here_and_a_fault_here_are_results():
    values = list(read_many(documents(4), finish=title_or_end))

    assert [value.code for value in values] == [None, None, None, "reading.fault"]
    assert values[0].value


def test_a_document_that_ends_the_processes_of_a_cluster_is_named():
    class Lost:
        jobs = 1
        sends_bytes = True

        def submit(self, work, *values):
            return values[0]

        def answers(self, ticket):
            return None

        def close(self) -> None:
            """Nothing is held."""

    outcomes = list(many._outcomes(Lost(), documents(6), 1000, None))

    assert [outcome.code for outcome in outcomes] == ["reading.process_ended"] * 6


def test_a_pipe_nobody_writes_to_is_refused_and_stops_no_other(tmp_path: Path):
    pipe = tmp_path / "管.txt"
    os.mkfifo(pipe)

    piped, read_one = read_many([pipe, Named("甲.txt", NOTICE)])

    assert piped.code == "reading.not_a_file"
    assert read_one.findings
    for path in (pipe, Path("/dev/zero")):
        with pytest.raises(NotAFileError, match="a pipe or a device"):
            read(path)
