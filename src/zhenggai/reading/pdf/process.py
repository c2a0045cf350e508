"""Processes that open PDFs (隔离进程池): one file at a time each, bounded in memory and time."""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from zhenggai.reading.alone import environment

if TYPE_CHECKING:
    from collections.abc import Callable

MEMORY_BYTES: Final = 2 * 1024**3
MEMORY_OCR_BYTES: Final = 8 * 1024**3
PAGE_SECONDS: Final = 30.0
"""Longest silence: one page, or loading the document."""
PAGE_OCR_SECONDS: Final = 180.0
DOCUMENT_SECONDS: Final = 600.0
DOCUMENT_OCR_SECONDS: Final = 6 * 3600.0
_DOCUMENTS: Final = 200
"""Documents after which a process is replaced."""
_SPARE: Final = 2


class StoppedError(Exception):
    """The process ended, or was ended at its limit, before it answered."""


class _Child:
    """One process; ``ask`` is for one thread at a time."""

    def __init__(self, *, ocr: bool) -> None:
        self.left = _DOCUMENTS
        self.ocr = ocr
        memory = MEMORY_OCR_BYTES if ocr else MEMORY_BYTES
        self.process = subprocess.Popen(  # noqa: S603 - this very package, no word of a user among the arguments
            [
                sys.executable,
                "-P",
                "-m",
                "zhenggai.reading.pdf.child",
                str(memory),
                *(["ocr"] if ocr else []),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment(),
        )

    def ask(self, data: bytes, max_pages: int, on_page: Callable[[int, int], None] | None) -> dict[str, Any]:
        silence = PAGE_OCR_SECONDS if self.ocr else PAGE_SECONDS
        until = time.monotonic() + (DOCUMENT_OCR_SECONDS if self.ocr else DOCUMENT_SECONDS)
        self.left -= 1
        request = json.dumps({"size": len(data), "max_pages": max_pages}).encode() + b"\n"
        stdin, stdout = self.process.stdin, self.process.stdout
        assert stdin is not None  # noqa: S101 - both are pipes
        assert stdout is not None  # noqa: S101 - as above
        while True:
            watch = threading.Timer(min(silence, max(until - time.monotonic(), 0.0)), self.process.kill)
            watch.daemon = True
            watch.start()
            try:
                if request:
                    stdin.write(request)
                    stdin.write(data)
                    stdin.flush()
                    request = b""
                line = stdout.readline()
            except OSError:
                raise StoppedError from None
            finally:
                watch.cancel()
            if not line.endswith(b"\n"):
                raise StoppedError
            answer: dict[str, Any] = json.loads(line)
            if "page" not in answer:
                return answer
            if on_page is not None:
                on_page(answer["page"], answer["of"])

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()
        for pipe in filter(None, (self.process.stdin, self.process.stdout)):
            # what could not be written to a dead process is of no use
            with suppress(OSError):
                pipe.close()


_idle: list[_Child] = []
_lock = threading.Lock()


def ask(
    data: bytes, *, max_pages: int, ocr: bool = False, on_page: Callable[[int, int], None] | None = None
) -> dict[str, Any]:
    """What ``extract`` says of ``data``, from a process of its own.

    :raises StoppedError: the process was stopped at a limit, or broke.
    """
    with _lock:
        child = next((one for one in _idle if one.ocr == ocr and one.process.poll() is None), None)
        if child is not None:
            _idle.remove(child)
    child = child or _Child(ocr=ocr)
    try:
        answer = child.ask(data, max_pages, on_page)
    except BaseException:
        child.stop()
        raise
    with _lock:
        if child.left > 0 and len(_idle) < _SPARE:
            _idle.append(child)
            return answer
    child.stop()
    return answer


def stop_all() -> None:
    """End the processes that wait for work."""
    with _lock:
        children = list(_idle)
        _idle.clear()
    for child in children:
        child.stop()


def _forget() -> None:
    """After a fork the processes belong to the parent alone."""
    global _lock  # noqa: PLW0603 - the parent may have held it while it forked
    _lock = threading.Lock()
    for child in _idle:
        child.process.returncode = 0
    _idle.clear()


atexit.register(stop_all)
if hasattr(os, "register_at_fork"):  # pragma: no branch - Windows does not fork
    os.register_at_fork(after_in_child=_forget)
