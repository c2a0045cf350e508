"""Tokens: made once by their person, good for what was chosen, ended with the account's own sign-ins."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.utils import timezone

from api.conftest import PASSWORD, Program
from zhenggai.accounts import services
from zhenggai.accounts.errors import PasswordWrongError, TokensManyError
from zhenggai.accounts.kinds import SignInEnd, TokenReach
from zhenggai.accounts.models import ApiToken, Person
from zhenggai.domain.errors import InvalidError, NotFoundError
from zhenggai.trail.models import Event

if TYPE_CHECKING:
    from api.conftest import Programs
    from ledger.world import World


def test_a_token_is_kept_as_a_digest_and_recorded_without_it(world: World, programs: Programs) -> None:
    program = programs.of(world.handler)
    (row,) = ApiToken.objects.all()
    assert program.secret.startswith("zg_")
    assert program.secret not in {row.digest, row.label}
    assert len(row.digest) == 64
    event = Event.objects.get(name="accounts.token.made")
    said = {each.name: json.loads(each.value or "") for each in event.values.all()}
    assert (said["label"], said["reach"]) == ("示例程序", "sign")
    assert all(program.secret not in str(value) and row.digest not in str(value) for value in said.values())
    assert program.get("/inspections").status_code == 200
    row.refresh_from_db()
    assert row.seen_at is not None


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer zg_no", "Basic zg_x", "Bearer zg_" + "x" * 500])
def test_a_call_without_a_token_that_stands_is_refused(world: World, header: str) -> None:
    answer = Client().get("/api/1/inspections", headers={"Authorization": header} if header else {})
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_session_is_no_token(world: World, programs: Programs) -> None:
    client = Client()
    client.force_login(Person.objects.get(pk=world.clerk.person_id))
    assert client.get("/api/1/inspections").status_code == 401


def test_an_address_that_is_none_says_so_in_json() -> None:
    answer = Client().post("/api/1/findings/1/close", {})
    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_the_sentences_come_in_the_language_asked_for(world: World, programs: Programs) -> None:
    program = programs.of(world.clerk)
    english = program.get("/findings/999").said["detail"]
    chinese = program.get("/findings/999", Accept_Language="zh-CN").said["detail"]
    assert english.isascii()
    assert not chinese.isascii()


def test_a_token_ends_by_hand_by_time_and_with_its_account(world: World, programs: Programs) -> None:
    program = programs.of(world.handler)
    (row,) = ApiToken.objects.all()
    with pytest.raises(NotFoundError):
        services.token_end(token_id=row.pk, actor=world.leader, at=timezone.now())
    services.token_end(token_id=row.pk, actor=world.handler, at=timezone.now())
    assert program.get("/inspections").status_code == 401
    with pytest.raises(NotFoundError):
        services.token_end(token_id=row.pk, actor=world.handler, at=timezone.now())

    old = programs.of(world.handler, days=1)
    at = timezone.now() + timedelta(days=1)
    assert services.token_seen(secret=old.secret, at=at) is None
    assert old.get("/inspections").status_code == 200
    Person.objects.filter(pk=world.handler.person_id).update(is_active=False)
    assert old.get("/inspections").status_code == 401


def test_a_new_password_ends_every_token(world: World, programs: Programs) -> None:
    program = programs.of(world.handler)
    services.password_change(
        old_password=PASSWORD,
        new_password="quite-another-8-word",
        actor=world.handler,
        at=timezone.now(),
        keep_id=None,
    )
    assert program.get("/inspections").status_code == 401
    assert ApiToken.objects.get().ended_why == SignInEnd.PASSWORD
    assert Event.objects.filter(name="accounts.token.ended").count() == 1


def test_posts_decide_at_every_call(world: World, programs: Programs) -> None:
    finding = world.accepted()
    program = programs.of(world.handler)
    path = f"/findings/{finding.pk}"
    assert program.get(path).status_code == 200
    Person.objects.get(pk=world.handler.person_id).posts.update(ended_on=timezone.localdate())
    assert program.get(path).status_code == 404


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"password": "wrong"}, PasswordWrongError),
        ({"label": "  "}, InvalidError),
        ({"label": "x" * 101}, InvalidError),
        ({"days": 0}, InvalidError),
        ({"days": 367}, InvalidError),
    ],
)
def test_what_cannot_be_made_leaves_nothing(
    world: World, programs: Programs, values: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error):
        programs.of(world.handler, **values)
    assert not ApiToken.objects.exists()
    assert not Event.objects.filter(name="accounts.token.made").exists()


def test_ten_tokens_are_as_many_as_one_person_has(world: World, programs: Programs) -> None:
    for _ in range(10):
        programs.of(world.handler, TokenReach.READ)
    with pytest.raises(TokensManyError):
        programs.of(world.handler)
    assert ApiToken.objects.count() == 10


def test_a_program_of_somebody_who_needs_a_second_factor_needs_one_too(
    world: World, programs: Programs, settings: Any
) -> None:
    program: Program = programs.of(world.leader)
    settings.ZHENGGAI_SECOND_FACTOR = "signing"
    assert program.get("/inspections").status_code == 401
