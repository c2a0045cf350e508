"""Two writers at once, on PostgreSQL: SQLite lets one write at a time by itself."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from trail.conftest import ACTOR, AT, CHAIN
from zhenggai.trail import selectors, services
from zhenggai.trail.chains import ChainKey
from zhenggai.trail.models import Chain, Event

pytestmark = [pytest.mark.postgresql, pytest.mark.usefixtures("committed")]

OTHER = ChainKey.organisation(2)


def several(number: int) -> None:
    try:
        for _ in range(15):
            services.record(
                chain=CHAIN, name="example.happened", actor=ACTOR, at=AT, subject=("finding", number)
            )
    finally:
        connection.close()


def test_writers_at_once_leave_one_chain_without_a_gap() -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(several, range(4)))
    assert Chain.objects.count() == 1
    assert list(Event.objects.order_by("seq").values_list("seq", flat=True)) == list(range(1, 61))
    assert selectors.verify(CHAIN)[0].ok


def both_ways(turned: bool) -> None:
    first, second = (OTHER, CHAIN) if turned else (CHAIN, OTHER)
    try:
        for _ in range(10):
            with transaction.atomic():
                services.chains_lock(first, second)
                for chain in (first, second):
                    services.record(
                        chain=chain, name="example.happened", actor=ACTOR, at=AT, subject=("finding", 1)
                    )
    finally:
        connection.close()


def test_changes_recorded_in_two_chains_never_wait_for_each_other_in_a_ring() -> None:
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(both_ways, [True, False]))
    assert [(report.ok, report.count) for report in selectors.verify()] == [(True, 20), (True, 20)]
