"""Ctrl+C while many documents are read (中断): remembered where Python itself would lose it."""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType


@contextmanager
def minded() -> Iterator[Callable[[], None]]:
    """Gives a function to be called between two pieces of work: it raises what was asked for before.

    Python drops a ``KeyboardInterrupt`` that arises in a callback of the garbage collector or of a weak
    reference, of which a pool of processes has many. Outside the main thread nothing is changed.
    """
    asked = threading.Event()

    def interrupted(_number: int, _frame: FrameType | None) -> None:
        asked.set()
        raise KeyboardInterrupt

    def look() -> None:
        if asked.is_set():
            raise KeyboardInterrupt

    if threading.current_thread() is not threading.main_thread():
        yield look
        return
    before = signal.signal(signal.SIGINT, interrupted)
    try:
        yield look
        look()
    finally:
        signal.signal(signal.SIGINT, before)
