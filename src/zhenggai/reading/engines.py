"""What many documents are read on (阅读引擎): this process, several of this machine, or a Dask cluster."""

from __future__ import annotations

import gc
import logging
import multiprocessing
import signal
import threading
import time
from concurrent.futures import CancelledError, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING, Any, Final, Protocol

from zhenggai.reading.many_errors import EngineMissingError, SchedulerUnreachableError

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.process import BaseProcess

NAMES: Final = ("processes", "dask")
_ANSWERS_WITHIN_SECONDS: Final = 10


class Engine(Protocol):
    """Something that runs functions of modules elsewhere and gives their results back."""

    jobs: int
    sends_bytes: bool

    def submit(self, work: Callable[..., Any], *values: Any) -> Any:
        """Hand over a call; what comes back is asked for with it."""

    def answers(self, ticket: Any) -> list[Any] | None:
        """What the call returned; None where its process ended under it."""

    def close(self) -> None:
        """Drop what was not asked for, and let go of every process."""


def make(name: str, *, jobs: int, scheduler: str | None) -> Engine:
    """The engine of this name (``NAMES``).

    :raises EngineMissingError: it is not installed.
    :raises SchedulerUnreachableError: no cluster answers.
    """
    if name == "dask":
        return Dask(jobs, scheduler)
    return Processes(jobs) if jobs > 1 else Here()


class Here:
    """This process: a call is made when its result is asked for."""

    jobs = 1
    sends_bytes = False

    def submit(self, work: Callable[..., Any], *values: Any) -> Any:
        """Remember the call."""
        return lambda: work(*values)

    def answers(self, ticket: Any) -> list[Any] | None:
        """Make it."""
        made: list[Any] = ticket()
        return made

    def close(self) -> None:
        """Nothing is held."""


class Processes:
    """Several processes of this machine."""

    sends_bytes = False

    def __init__(self, jobs: int) -> None:
        self.jobs = jobs
        self._pool: ProcessPoolExecutor | None = None
        self._strangers: set[BaseProcess] = set()
        self._children: set[BaseProcess] = set()

    def submit(self, work: Callable[..., Any], *values: Any) -> Any:
        """Hand the call to the next free process; a pool that lost one is replaced."""
        pool = self._pool or self._started()
        try:
            ticket = pool.submit(work, *values)
        except BrokenProcessPool:
            self.close()
            ticket = self._started().submit(work, *values)
        if len(self._children) < self.jobs:
            self._children |= set(multiprocessing.active_children()) - self._strangers
        return ticket

    def _started(self) -> ProcessPoolExecutor:
        self._strangers = set(multiprocessing.active_children())
        # A forked process begins with everything loaded; beside other threads a fork is not safe.
        forks = "fork" in multiprocessing.get_all_start_methods() and threading.active_count() == 1
        context = multiprocessing.get_context("fork" if forks else "spawn")
        self._pool = ProcessPoolExecutor(
            self.jobs, mp_context=context, initializer=_leave_interrupts_to_the_parent
        )
        return self._pool

    def answers(self, ticket: Any) -> list[Any] | None:
        """The results, or None where a process of the pool was ended from outside."""
        future: Future[list[Any]] = ticket
        try:
            return future.result()
        except (BrokenProcessPool, CancelledError):
            self.close()
            return None

    def close(self) -> None:
        """End every process at once: what they still read nobody asks for."""
        pool, self._pool = self._pool, None
        if pool is not None:
            pool.shutdown(wait=False, cancel_futures=True)
        for child in self._children:
            child.terminate()
        for child in self._children:
            child.join()
        # A child the pool's own thread waited for counts as active until that thread has noted its end.
        while self._children & set(multiprocessing.active_children()):
            time.sleep(0.001)  # pragma: no cover - only while that thread is behind
        self._children.clear()


def _leave_interrupts_to_the_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


class Dask:
    """A Dask cluster: that of a scheduler, or one made of processes of this machine."""

    sends_bytes = True

    def __init__(self, jobs: int, scheduler: str | None) -> None:
        try:
            import dask  # noqa: PLC0415  # an extra of this package
            from distributed import Client, LocalCluster  # noqa: PLC0415  # as above
        except ImportError:
            raise EngineMissingError(engine="dask", extra="cluster") from None
        self._cluster = None
        if scheduler is None:
            # A document that ends its process is tried again alone, so the cluster need not insist.
            with dask.config.set({"distributed.scheduler.allowed-failures": 0}):
                self._cluster = LocalCluster(  # type: ignore[no-untyped-call]  # distributed types little
                    n_workers=jobs,
                    threads_per_worker=1,
                    host="127.0.0.1",
                    dashboard_address=None,
                    silence_logs=logging.CRITICAL,
                )
        reason = ""
        try:
            self._client = Client(  # type: ignore[no-untyped-call]  # as above
                self._cluster or scheduler, timeout=_ANSWERS_WITHIN_SECONDS
            )
        except (OSError, ValueError, TypeError) as refusal:
            reason = str(refusal) or type(refusal).__name__
        if reason:
            # A client that never connected closes when it is collected: amid the start of another both would
            # wait for each other for ever.
            gc.collect()
            raise SchedulerUnreachableError(address=scheduler, reason=reason)
        threads: dict[str, int] = self._client.nthreads()  # type: ignore[no-untyped-call]  # as above
        self.jobs = max(1, sum(threads.values()))

    def submit(self, work: Callable[..., Any], *values: Any) -> Any:
        """Send the call and its documents to the cluster."""
        return self._client.submit(work, *values, pure=False)

    def answers(self, ticket: Any) -> list[Any] | None:
        """The results, or None where the processes that tried ended under it."""
        from distributed import KilledWorker  # noqa: PLC0415  # an extra of this package

        try:
            made: list[Any] = ticket.result()
        except (KilledWorker, CancelledError):
            return None
        return made

    def close(self) -> None:
        """Leave the cluster; one of this machine ends."""
        self._client.close()  # type: ignore[no-untyped-call]  # as above
        if self._cluster is not None:
            self._cluster.close()
