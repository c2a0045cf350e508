"""How long a sign-in waits after failures (登录锁定)."""

from __future__ import annotations

from typing import Final

LONGEST_MINUTES: Final = 60
FORGOTTEN_HOURS: Final = 24
LEAK_MINUTES: Final = 5


def wait_minutes(failures: int, allowed: int) -> int:
    """Minutes to wait after so many failures in a row: none below ``allowed``, then 1, 2, 4 … at most 60."""
    over = failures - allowed
    return 0 if over < 0 else min(2 ** min(over, 6), LONGEST_MINUTES)


def failures_left(failures: int, minutes: float) -> int:
    """Failures of an address that still count after so many minutes without one: one less every 5 minutes.

    Many people share the address of an office, and some of them mistype every day.
    """
    return max(0, failures - int(minutes // LEAK_MINUTES))
