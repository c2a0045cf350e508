"""Many documents (批量阅读): each its own result, in order, on one process, several, or several machines."""

from __future__ import annotations

import hashlib
import os
from collections import deque
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final, Generic, NamedTuple, TypeVar

from zhenggai.domain.errors import ZhenggaiError
from zhenggai.reading import read, refuse_unless_file
from zhenggai.reading.decode import DEFAULT_MAX_BYTES
from zhenggai.reading.errors import SourceTooLargeError
from zhenggai.reading.many_errors import (
    EngineUnknownError,
    ReaderDiedError,
    ReaderFaultError,
    UnreadableFileError,
)
from zhenggai.reading.named import Named

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from zhenggai.domain.messages import Message
    from zhenggai.domain.reading import Reading
    from zhenggai.reading.engines import Engine

T = TypeVar("T")

CHUNK: Final = 4
"""Documents handed over at once: handing over costs little, and keeping the order little memory."""
AHEAD: Final = 3
"""Chunks a process has waiting, so that it never stands still while results are taken in order."""


Source = Path | bytes | str | BinaryIO | Named


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What became of one document of many (单份结果): its reading, or why it was refused; never both.

    ``name`` is the path as it was given. ``same_as`` is the name of an earlier document of the same bytes.
    """

    name: str
    value: T | None
    findings: int
    refusal: Message | None = None
    code: str | None = None
    sha256: str | None = None
    same_as: str | None = None


class Task(NamedTuple):
    """One document on its way to a reader; a path is opened where it is read."""

    name: str
    source: Path | bytes | ZhenggaiErrorValues


class ZhenggaiErrorValues(NamedTuple):
    """A refusal as plain values: an error's own class does not travel between processes."""

    code: str
    message: Message


class Answer(NamedTuple):
    """What a reader sends back."""

    value: Any
    findings: int
    refusal: ZhenggaiErrorValues | None
    sha256: str | None


def read_many(
    sources: Iterable[Source],
    *,
    jobs: int = 1,
    engine: str = "processes",
    scheduler: str | None = None,
    max_bytes: int | None = None,
    finish: Callable[[Reading], T] | None = None,
) -> Iterator[Outcome[T]]:
    """Read documents one after the other or at once (批量阅读); the results come in the order of ``sources``.

    ``jobs`` is the number of processes. ``engine`` is ``processes`` or ``dask``; with ``dask`` the bytes are
    sent to the cluster of ``scheduler``, or to ``jobs`` processes of this machine. ``finish`` is a function
    of a module: it is called with each reading where it was read, and what it returns is the result's value.
    A document that is refused, meets a fault or ends its process is a result and stops no other.

    :raises EngineUnknownError: no engine of this name.
    :raises EngineMissingError: the engine is not installed.
    :raises SchedulerUnreachableError: no cluster answers at ``scheduler``.
    """
    from zhenggai.reading import engines  # noqa: PLC0415  # pools are loaded only where there are many

    limit = DEFAULT_MAX_BYTES if max_bytes is None else max_bytes
    if engine not in engines.NAMES:
        raise EngineUnknownError(engine=engine, engines="、".join(engines.NAMES))
    chosen = engines.make(engine, jobs=jobs, scheduler=scheduler)
    return _outcomes(chosen, sources, limit, finish)


def _outcomes(
    engine: Engine, sources: Iterable[Source], limit: int, finish: Callable[[Reading], T] | None
) -> Iterator[Outcome[T]]:
    first_of: dict[str, str] = {}
    tasks = (_task(source, limit, sends_bytes=engine.sends_bytes) for source in sources)
    try:
        for task, answer in _in_order(engine, tasks, limit, finish):
            digest = answer.sha256
            same_as = first_of.get(digest) if digest else None
            if digest and same_as is None:
                first_of[digest] = task.name
            refusal = answer.refusal
            yield Outcome(
                task.name,
                answer.value,
                answer.findings,
                refusal.message if refusal else None,
                refusal.code if refusal else None,
                digest,
                same_as,
            )
    finally:
        engine.close()


def _in_order(
    engine: Engine, tasks: Iterator[Task], limit: int, finish: Callable[[Reading], T] | None
) -> Iterator[tuple[Task, Answer]]:
    waiting: deque[tuple[list[Task], Any]] = deque()
    while True:
        while len(waiting) < engine.jobs * AHEAD and (chunk := list(islice(tasks, CHUNK))):
            waiting.append((chunk, engine.submit(read_chunk, chunk, limit, finish)))
        if not waiting:
            return
        chunk, ticket = waiting.popleft()
        answers = engine.answers(ticket)
        if answers is None:
            # A process ended under these documents: each is read again alone, so that only the one that ends
            # its process is lost. Those behind them are handed over again.
            answers = [_alone(engine, task, limit, finish) for task in chunk]
            waiting = deque((kept, engine.submit(read_chunk, kept, limit, finish)) for kept, _ in waiting)
        yield from zip(chunk, answers, strict=True)


def _alone(engine: Engine, task: Task, limit: int, finish: Callable[[Reading], T] | None) -> Answer:
    answers = engine.answers(engine.submit(read_chunk, [task], limit, finish))
    return answers[0] if answers else _refused(ReaderDiedError(name=task.name))


def read_chunk(chunk: list[Task], limit: int, finish: Callable[[Reading], Any] | None) -> list[Answer]:
    """Read a few documents; runs in the process of a reader."""
    return [_answer(task, limit, finish) for task in chunk]


def _answer(task: Task, limit: int, finish: Callable[[Reading], Any] | None) -> Answer:
    digest: str | None = None
    try:
        source = task.source
        if isinstance(source, ZhenggaiErrorValues):
            return Answer(None, 0, source, None)
        data = _bytes_of(source, task.name, limit) if isinstance(source, Path) else source
        digest = hashlib.sha256(data).hexdigest()
        name = os.path.basename(task.name) or task.name  # noqa: PTH119  # a name need not be a path
        reading = read(data, name=name, max_bytes=limit)
        findings = len(reading.findings)
        if finish is None:
            # What is computed when it is asked for cannot travel.
            return Answer(replace(reading, edits=tuple(reading.edits)), findings, None, digest)
        return Answer(finish(reading), findings, None, digest)
    except ZhenggaiError as refusal:
        return _refused(refusal)._replace(sha256=digest)
    except Exception as fault:  # noqa: BLE001  # a fault in one document must not stop the others; it is named
        return _refused(ReaderFaultError(name=task.name, fault=type(fault).__name__))._replace(sha256=digest)


def _refused(refusal: ZhenggaiError) -> Answer:
    return Answer(None, 0, ZhenggaiErrorValues(refusal.code, refusal.message), None)


def _task(source: Source, limit: int, *, sends_bytes: bool) -> Task:
    if isinstance(source, Named):
        return Task(*source)
    if isinstance(source, bytes):
        return Task("document", source)
    if isinstance(source, str):
        return Task("text", source.encode("utf-8", "surrogatepass"))
    name = str(source) if isinstance(source, Path) else str(getattr(source, "name", "") or "document")
    try:
        if not isinstance(source, Path):
            return Task(name, source.read(limit + 1))
        return Task(name, _bytes_of(source, name, limit) if sends_bytes else source)
    except (ZhenggaiError, OSError, ValueError) as refusal:
        known = refusal if isinstance(refusal, ZhenggaiError) else _unreadable(name, refusal)
        return Task(name, ZhenggaiErrorValues(known.code, known.message))


def _bytes_of(path: Path, name: str, limit: int) -> bytes:
    try:
        refuse_unless_file(path, name)
        size = path.stat().st_size
        if size > limit:
            raise SourceTooLargeError(name=name, size_bytes=size, max_bytes=limit)
        with path.open("rb") as file:
            return file.read(limit + 1)
    except (OSError, ValueError) as refusal:
        raise _unreadable(name, refusal) from None


def _unreadable(name: str, refusal: OSError | ValueError) -> UnreadableFileError:
    reason = refusal.strerror if isinstance(refusal, OSError) and refusal.strerror else str(refusal)
    return UnreadableFileError(name=name, reason=reason)
