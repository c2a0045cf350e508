"""The county of the pages, with tokens of its people's programs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.utils import timezone

from ledger.conftest import _place, _tales, world
from zhenggai.accounts import services
from zhenggai.accounts.kinds import TokenReach
from zhenggai.accounts.models import Person

if TYPE_CHECKING:
    from django.http import HttpResponse

    from ledger.world import World
    from zhenggai.domain.actor import Actor

__all__ = ["_place", "_tales", "world"]

PASSWORD = "mostly-harmless-7"
NOW = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


@dataclass
class Program:
    """A program with a person's token."""

    secret: str

    def get(self, path: str, **headers: str) -> HttpResponse:
        return self._said(Client().get(f"/api/1{path}", headers=self._headers(headers)))

    def post(self, path: str, body: Any, **headers: str) -> HttpResponse:
        return self._said(
            Client().post(
                f"/api/1{path}",
                json.dumps(body),
                content_type="application/json",
                headers=self._headers(headers),
            )
        )

    def send(self, path: str, data: dict[str, Any], **headers: str) -> HttpResponse:
        return self._said(Client().post(f"/api/1{path}", data, headers=self._headers(headers)))

    def _headers(self, more: dict[str, str]) -> dict[str, str]:
        named = {name.replace("_", "-"): value for name, value in more.items()}
        return {"Authorization": f"Bearer {self.secret}", "Accept-Language": "en", **named}

    @staticmethod
    def _said(response: Any) -> Any:
        if not response.streaming and response.headers["Content-Type"].partition(";")[0].endswith("json"):
            response.said = json.loads(response.content)
        return response


class Programs:
    """Makes tokens for people of the place."""

    def __init__(self, world: World) -> None:
        self.world = world

    def of(self, actor: Actor, reach: TokenReach = TokenReach.SIGN, **values: Any) -> Program:
        person = Person.objects.get(pk=actor.person_id)
        person.set_password(PASSWORD)
        person.save(update_fields=["password"])
        made = services.token_make(
            **{
                "label": "示例程序",
                "reach": reach,
                "days": 90,
                "password": PASSWORD,
                "place": services.Place("127.0.0.1"),
                "actor": actor,
                "at": timezone.now(),
                **values,
            }
        )
        return Program(made.secret)


@pytest.fixture
def programs(world: World, settings: Any) -> Programs:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return Programs(world)
