from __future__ import annotations

import gzip
import re
import signal
import sqlite3
import stat
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from migrated import migrated
from ops.programs import PROGRAM, environment, free_port, start
from zhenggai.jobs.schedule import dailies


class Running:
    """A server started for one test."""

    def __init__(self, data: Path, port: int) -> None:
        self.port = port
        self.process = subprocess.Popen(
            [PROGRAM, "serve", "--port", str(port)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=environment(data, ZHENGGAI_DEMO="yes"),
        )
        for _attempt in range(300):
            try:
                self.get("/health/")
            except OSError:
                time.sleep(0.1)
            else:
                return
        self.process.kill()
        raise AssertionError(self.process.communicate()[0])

    def get(self, path: str) -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
            return str(answer.read().decode())

    def ask(self, path: str, pressed: str) -> Any:
        """The answer as it came over the wire, to a browser that can unpack that."""
        asked = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}", headers={"Accept-Encoding": pressed}
        )
        return urllib.request.urlopen(asked, timeout=10)  # noqa: S310 - our own server

    def stop(self) -> tuple[int, str]:
        self.process.send_signal(signal.SIGTERM)
        said, _none = self.process.communicate(timeout=30)
        return self.process.returncode, said


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Running]]:
    # with its tables: to make them from nothing is what `migrate` is asked below, and the demonstration does
    data = migrated(tmp_path_factory.mktemp("served") / "data")
    running = Running(data, free_port())
    yield data, running
    if running.process.poll() is None:
        running.process.kill()
        running.process.communicate()


def test_an_empty_system_is_served_with_its_set_up_page(served: tuple[Path, Running]) -> None:
    _data, running = served
    page = running.get("/setup/")
    assert "<form" in page
    assert "/static/zhenggai." in page


def test_a_worker_comes_along_and_does_what_is_due(served: tuple[Path, Running]) -> None:
    data, _running = served
    for _attempt in range(300):
        with sqlite3.connect(f"file:{data / 'zhenggai.sqlite3'}?mode=ro", uri=True) as database:
            done = database.execute("SELECT count(*) FROM jobs_job WHERE state = 'done'").fetchone()[0]
        if done == len(dailies()):
            break
        time.sleep(0.1)
    assert done == len(dailies())


def test_static_files_are_pressed_and_kept_for_ever(served: tuple[Path, Running]) -> None:
    _data, running = served
    style = running.get("/setup/").split('href="/static/zhenggai.')[1].split('"')[0]
    for pressed in ("br", "gzip"):
        with running.ask(f"/static/zhenggai.{style}", pressed) as answer:
            assert answer.headers["Content-Encoding"] == pressed
            assert answer.headers["Cache-Control"] == "max-age=315360000, public, immutable"
            assert answer.headers["Vary"] == "Accept-Encoding"
            assert int(answer.headers["Content-Length"]) < 15_000


@pytest.mark.parametrize("pressed", ["br, gzip", "gzip"])
def test_the_first_page_weighs_less_than_250_kilobytes(served: tuple[Path, Running], pressed: str) -> None:
    _data, running = served
    with running.ask("/setup/", pressed) as answer:
        page = gzip.decompress(answer.read()).decode()
        weight = int(answer.headers["Content-Length"])
    loaded = set(re.findall(r'(?:src|href)="(/static/[^"#]+)', page))
    assert {name.split("/")[-1].split(".")[0] for name in loaded} >= {"tabler", "tokens", "zhenggai", "htmx"}
    for name in loaded:
        with running.ask(name, pressed) as answer:
            weight += len(answer.read())
    assert weight < 250_000


def test_the_token_is_kept_for_the_owner_alone(served: tuple[Path, Running]) -> None:
    data, _running = served
    assert stat.S_IMODE((data / "setup_token").stat().st_mode) == 0o600


def test_real_use_never_shows_demo_sign_ins(served: tuple[Path, Running]) -> None:
    _data, running = served
    assert "demo-door" not in running.get("/sign-in/")


def test_a_port_in_use_is_a_sentence(served: tuple[Path, Running], tmp_path: Path) -> None:
    _data, running = served
    other = start(tmp_path / "other", "serve", "--port", str(running.port))
    assert other.returncode == 1
    assert f"Port {running.port} on 127.0.0.1 is in use" in other.stderr
    assert not (tmp_path / "other" / "zhenggai.sqlite3").exists()


def test_an_address_of_another_machine_is_a_sentence(tmp_path: Path) -> None:
    done = start(tmp_path, "serve", "--host", "203.0.113.9", "--port", str(free_port()))
    assert done.returncode == 1
    assert "cannot listen on 203.0.113.9" in done.stderr


def test_a_setting_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    done = start(tmp_path, "serve", ZHENGGAI_SESSION_HOURS="bald")
    assert done.returncode == 2
    assert "ZHENGGAI_SESSION_HOURS" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_demonstration_is_never_served_for_real_use(tmp_path: Path) -> None:
    (tmp_path / "demo_sign_ins.json").write_text("[]")
    done = start(tmp_path, "serve", "--port", str(free_port()))
    assert done.returncode == 1
    assert "holds the demonstration" in done.stderr


def test_the_server_says_how_to_begin_and_ends_cleanly(served: tuple[Path, Running]) -> None:
    data, running = served
    token = (data / "setup_token").read_text().strip()
    code, said = running.stop()
    assert code == 0
    assert f"http://127.0.0.1:{running.port}/setup/" in said
    assert token in said
    assert "Traceback" not in said


def test_a_second_start_collects_no_static_files_again(served: tuple[Path, Running]) -> None:
    data, running = served
    if running.process.poll() is None:
        running.stop()
    before = (data / "static.stamp").stat().st_mtime_ns
    again = Running(data, free_port())
    code, said = again.stop()
    assert code == 0
    assert "migrations were applied" not in said
    assert (data / "static.stamp").stat().st_mtime_ns == before


def test_migrate_says_how_much_it_did(tmp_path: Path) -> None:
    first, second = start(tmp_path, "migrate"), start(tmp_path, "migrate")
    assert first.returncode == second.returncode == 0
    assert "migrations were applied" in first.stdout
    assert second.stdout.strip() == "The database is up to date."


def test_a_database_that_does_not_answer_is_a_sentence(tmp_path: Path) -> None:
    url = f"postgresql://nobody@127.0.0.1:{free_port()}/none"
    done = start(tmp_path, "migrate", ZHENGGAI_DATABASE_URL=url, ZHENGGAI_DATABASE_POOL="0")
    assert done.returncode == 1
    assert "The database does not answer" in done.stderr
    assert "Traceback" not in done.stderr
