"""A chain with a few events, a way to tamper with it, and a database whose commits are real."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest
from django.db import connection

from zhenggai.domain.actor import Actor
from zhenggai.trail import guards, services
from zhenggai.trail.chains import ChainKey
from zhenggai.trail.models import Chain, Event, EventValue

if TYPE_CHECKING:
    from collections.abc import Iterator

Write: TypeAlias = "Callable[..., Event]"

AT = datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)
ACTOR = Actor(3, "张示例")
CHAIN = ChainKey.inspection(7)


@pytest.fixture
def write() -> Write:
    """Records the next event of the chain, a minute after the last."""

    def recorded(minute: int = 0, chain: ChainKey = CHAIN, **values: Any) -> Event:
        return services.record(
            chain=chain,
            name="example.finding.changed",
            actor=ACTOR,
            at=AT + timedelta(minutes=minute),
            subject=("finding", 100 + minute),
            values=values,
        )

    return recorded


@pytest.fixture
def five(db: None, write: Write) -> list[Event]:
    """Five events in one chain."""
    return [write(minute, note=f"第{minute}条", amount="12.50") for minute in range(1, 6)]


@pytest.fixture
def tamper(db: None) -> Callable[..., None]:
    """Runs SQL with the guards taken down, as somebody with the database's own password could."""

    def run(sql: str, *params: object) -> None:
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                # no table can be altered while a foreign key waits for the end of the transaction
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            guards.guards_drop(connection)
            cursor.execute(sql, params)
            guards.guards_create(connection)

    return run


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The test database without a transaction around the test; what it wrote is taken away."""
    with django_db_blocker.unblock():
        try:
            yield
        finally:
            guards.guards_drop(connection)
            EventValue.objects.all().delete()
            Event.objects.all().delete()
            Chain.objects.all().delete()
            guards.guards_create(connection)
