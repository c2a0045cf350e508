"""Processes that do background work (后台进程): one that works, and one that sees to it that some do."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from datetime import timedelta
from typing import IO, TYPE_CHECKING, Final

import click
from django.conf import settings
from django.utils import timezone

from zhenggai.jobs.working import work
from zhenggai.ops.language import _
from zhenggai.ops.migrating import ready_or_refuse

if TYPE_CHECKING:
    from types import FrameType

_COMMAND: Final = (sys.executable, "-m", "zhenggai.ops", "worker", "--alone", "--until-parent-ends")
_SHORTEST_PAUSE, _LONGEST_PAUSE = 1.0, 30.0
_STEADY_SECONDS: Final = 60.0
_LOOKS_PER_SECOND: Final = 5
STUCK: Final = 70
"""Exit code of a worker whose job took longer than it may (EX_SOFTWARE)."""


def labour(*, until_idle: bool, until_parent_ends: bool) -> None:
    """Do jobs in this process until told to stop (执行)."""
    ready_or_refuse()
    stop = _stop_on_signals()
    if until_parent_ends:
        threading.Thread(target=_watch, args=(stop,), daemon=True).start()
    count = work(
        name=f"{socket.gethostname()}:{os.getpid()}",
        clock=timezone.now,
        stop=stop,
        until_idle=until_idle,
        lease=timedelta(seconds=settings.ZHENGGAI_LEASE_SECONDS),
        # its lease ends by itself, and another worker takes the job
        on_limit=lambda: os._exit(STUCK),
    )
    if until_idle:
        click.echo(_("Nothing more to do; jobs tried: %(count)s.", count=count))


def supervise(*, processes: int, until_parent_ends: bool) -> None:
    """Keep so many processes at work; one that dies is started again, later if it dies at once (守护)."""
    ready_or_refuse()
    stop = _stop_on_signals()
    if until_parent_ends:
        threading.Thread(target=_watch, args=(stop,), daemon=True).start()
    else:
        click.echo(_("Workers at work: %(count)s. Ctrl+C stops them.", count=processes))
    seats = [Seat() for _seat in range(processes)]
    while not stop.wait(1 / _LOOKS_PER_SECOND):
        for seat in seats:
            seat.see_to()
    for seat in seats:
        seat.dismiss()
    for seat in seats:
        seat.wait()


class Seat:
    """A place in which one worker process sits; when it dies, another takes it."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._began = self._next = 0.0
        self._pause = _SHORTEST_PAUSE

    def see_to(self) -> None:
        """Start a process if there is none and it is time."""
        now = time.monotonic()
        if self._process is not None:
            if self._process.poll() is None:
                return
            steady = now - self._began >= _STEADY_SECONDS
            self._pause = _SHORTEST_PAUSE if steady else min(self._pause * 2, _LONGEST_PAUSE)
            self._next, self._process = now + self._pause, None
        if now >= self._next:
            self._began, self._process = now, attended()

    def dismiss(self) -> None:
        """Ask the process to end; it finishes its job first."""
        if self._process is not None:
            _close(self._process.stdin)
            self._process.terminate()

    def wait(self) -> None:
        """Wait until it has ended."""
        if self._process is not None:
            self._process.wait()


def attended(*more: str, command: tuple[str, ...] = _COMMAND) -> subprocess.Popen[bytes]:
    """A worker process that ends when this process does, however this one ends."""
    # it reads the pipe's end: the kernel closes it even when this process is killed
    return subprocess.Popen([*command, *more], stdin=subprocess.PIPE, start_new_session=True)  # noqa: S603 - this program itself


def beside_server() -> subprocess.Popen[bytes]:
    """The workers that the server on SQLite brings along; looked after by a process of their own.

    Two, so that a long reading holds up neither the next one nor the nightly work.
    """
    return attended(
        command=(sys.executable, "-m", "zhenggai.ops", "worker", "--processes", "2", "--until-parent-ends")
    )


def _stop_on_signals() -> threading.Event:
    stop = threading.Event()

    def asked(number: int, _frame: FrameType | None) -> None:
        if stop.is_set() and number == signal.SIGINT:
            raise KeyboardInterrupt
        stop.set()

    signal.signal(signal.SIGTERM, asked)
    signal.signal(signal.SIGINT, asked)
    return stop


def _watch(stop: threading.Event) -> None:
    sys.stdin.buffer.read()
    stop.set()


def _close(stream: IO[bytes] | None) -> None:
    if stream is not None:
        stream.close()
