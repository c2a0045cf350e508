"""A county with two administrators, a bureau with its section, and two people without posts."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from staged import settled, taken_back
from zhenggai.accounts import selectors, services
from zhenggai.accounts.models import (
    GroupSeat,
    LeadingGroup,
    Organisation,
    OrganisationPast,
    Oversight,
    Person,
    Post,
)
from zhenggai.domain.actor import Actor, Role
from zhenggai.trail import selectors as trail
from zhenggai.trail.models import Event

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import DjangoDbBlocker

AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
TODAY = date(2026, 1, 2)
PASSWORD = "mostly-harmless-7"


@dataclass
class World:
    """The people and organisations by name, and the moment at which the next thing happens."""

    at: datetime = AT
    organisations: dict[str, Organisation] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)

    def later(self) -> datetime:
        self.at += timedelta(minutes=1)
        return self.at

    def actor(self, name: str) -> Actor:
        return selectors.actor_of(self.people[name], TODAY)

    def organisation(self, name: str, parent: str, by: str = "first") -> Organisation:
        self.organisations[name] = services.organisation_create(
            parent_id=self.organisations[parent].pk, name=name, actor=self.actor(by), at=self.later()
        )
        return self.organisations[name]

    def person(self, name: str, organisation: str, by: str = "first") -> Person:
        self.people[name] = services.person_create(
            organisation_id=self.organisations[organisation].pk,
            username=name,
            name=f"{name}示例",
            password=PASSWORD,
            actor=self.actor(by),
            at=self.later(),
        )
        return self.people[name]

    def grant(self, name: str, role: Role | str, organisation: str, by: str = "first", **given: Any) -> Post:
        return services.post_grant(
            person_id=self.people[name].pk,
            organisation_id=self.organisations[organisation].pk,
            role=role,
            actor=self.actor(by),
            at=self.later(),
            **given,
        )

    def confirm(self, post: Post, by: str = "second") -> Post:
        return services.post_confirm(post_id=post.pk, actor=self.actor(by), at=self.later())


@pytest.fixture(scope="module")
def _county(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with taken_back(django_db_blocker):
        county = made()
        settled()
        yield county


@pytest.fixture
def world(_county: World, db: None) -> World:
    """The county as it was made, whatever the test before did."""
    return deepcopy(_county)


def made() -> World:
    world = World()
    world.people["first"], world.people["second"] = services.first_administrators_create(
        username="first",
        name="首位示例",
        password=PASSWORD,
        security_username="second",
        security_name="second示例",
        security_password=PASSWORD,
        organisation_name="云山县",
        at=AT,
    )
    first = world.people["first"]
    world.organisations["云山县"] = first.organisation
    world.organisation("示例局", "云山县")
    world.organisation("示例股", "示例局")
    world.person("zhang", "示例局")
    world.person("li", "示例股")
    return world


@dataclass(frozen=True)
class Before:
    rows: Any
    events: int

    @classmethod
    def now(cls) -> Before:
        rows = [
            list(model.objects.order_by("pk").values())  # type: ignore[attr-defined]
            for model in (Organisation, Person, Post, LeadingGroup, GroupSeat, Oversight, OrganisationPast)
        ]
        return cls(rows, Event.objects.count())


@pytest.fixture
def nothing_changes(world: World) -> Any:
    """What is refused leaves every row and the trail as they were."""
    before = Before.now()
    yield
    assert Before.now() == before
    assert all(report.ok for report in trail.verify())
