from datetime import timedelta

import pytest

from zhenggai.domain.lockout import FORGOTTEN_HOURS, failures_left, wait_minutes


@pytest.mark.parametrize(
    ("failures", "minutes"),
    [(0, 0), (4, 0), (5, 1), (6, 2), (7, 4), (8, 8), (9, 16), (10, 32), (11, 60), (12, 60), (10**9, 60)],
)
def test_the_wait_grows_with_each_failure_and_ends_at_an_hour(failures: int, minutes: int) -> None:
    assert wait_minutes(failures, 5) == minutes


@pytest.mark.parametrize(
    ("failures", "minutes", "left"), [(50, 0, 50), (50, 4.9, 50), (50, 5, 49), (50, 60, 38), (3, 9999, 0)]
)
def test_failures_of_an_address_fade(failures: int, minutes: float, left: int) -> None:
    assert failures_left(failures, minutes) == left


def test_failures_are_forgotten_after_a_day() -> None:
    assert timedelta(hours=FORGOTTEN_HOURS) == timedelta(days=1)
