"""The second factor: set up, asked for, used once, taken away."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import override_settings

from accounts.conftest import PASSWORD, World
from zhenggai.accounts import selectors, services
from zhenggai.accounts.errors import (
    CodeRefusedError,
    NotActiveError,
    NotOnOneselfError,
    SignInRefusedError,
    SignInWaitsError,
)
from zhenggai.accounts.models import Factor, RecoveryCode, SignIn
from zhenggai.accounts.services import Place
from zhenggai.domain.actor import Role
from zhenggai.domain.errors import NotAllowedNowError, NotPermittedError
from zhenggai.domain.totp import code_at, step_of
from zhenggai.trail import selectors as trail
from zhenggai.trail.chains import ChainKey

HERE = Place("192.0.2.7", "Firefox · Linux")
HALF_MINUTE = timedelta(seconds=30)


class App:
    """The app on somebody's telephone."""

    def __init__(self, world: World, name: str = "li") -> None:
        self.world, self.name = world, name
        actor = world.actor(name)
        self.sign_in = services.sign_in_begin(person_id=actor.person_id, place=HERE, at=world.at)
        self.secret = services.factor_begin(actor=actor, at=world.at)
        self.codes = services.factor_confirm(
            code=self.code(), sign_in_id=self.sign_in.pk, actor=actor, at=world.at
        )

    @property
    def person_id(self) -> int:
        return self.world.people[self.name].pk

    def code(self) -> str:
        return code_at(self.secret, step_of(self.world.at))

    def check(self, code: str) -> str:
        try:
            services.factor_check(person_id=self.person_id, code=code, place=HERE, at=self.world.at)
        except (CodeRefusedError, SignInWaitsError) as refusal:
            return refusal.code
        return "fits"


@pytest.fixture
def app(world: World) -> App:
    return App(world)


def names(world: World) -> list[str]:
    chain = ChainKey.organisation(world.organisations["云山县"].pk)
    return [view.name for view in trail.event_views(trail.events_of(chain))]


def test_a_factor_counts_once_a_code_of_it_was_typed(world: World) -> None:
    actor = world.actor("li")
    secret = services.factor_begin(actor=actor, at=world.at)
    assert services.factor_begin(actor=actor, at=world.at) == secret
    assert selectors.factor_of(actor.person_id) is None
    with pytest.raises(CodeRefusedError):
        services.factor_confirm(code="000000", sign_in_id=0, actor=actor, at=world.at)
    codes = services.factor_confirm(
        code=code_at(secret, step_of(world.at)), sign_in_id=0, actor=actor, at=world.at
    )
    assert len(set(codes)) == 10
    assert selectors.recovery_codes_left(actor.person_id) == 10
    with pytest.raises(NotAllowedNowError):
        services.factor_begin(actor=actor, at=world.at)
    with pytest.raises(NotAllowedNowError):
        services.factor_confirm(code="000000", sign_in_id=0, actor=actor, at=world.at)


def test_neither_secret_nor_codes_stand_in_the_database(app: App) -> None:
    kept = str(list(Factor.objects.values())) + str(list(RecoveryCode.objects.values()))
    assert app.secret.hex() not in kept
    assert all(code not in kept and code.replace("-", "") not in kept for code in app.codes)


def test_the_password_alone_signs_nobody_in_who_has_a_factor(app: App, world: World) -> None:
    person = services.sign_in(username="li", password=PASSWORD, place=HERE, at=world.at)
    with pytest.raises(SignInRefusedError):
        services.sign_in_begin(person_id=person.pk, place=HERE, at=world.at)
    assert services.sign_in_begin(person_id=person.pk, place=HERE, at=world.at, with_factor=True).with_factor


def test_a_code_is_good_for_once_and_the_one_that_confirmed_it_too(app: App, world: World) -> None:
    assert app.check(app.code()) == "code_refused"
    world.at += HALF_MINUTE
    code = app.code()
    assert app.check(code) == "fits"
    assert app.check(code) == "code_refused"


def test_a_recovery_code_is_good_for_once_in_any_writing(app: App, world: World) -> None:
    assert app.check(app.codes[0].upper().replace("-", " ")) == "fits"
    assert app.check(app.codes[0]) == "code_refused"
    assert selectors.recovery_codes_left(app.person_id) == 9
    assert "accounts.factor.recovery_used" in names(world)


def test_codes_are_not_guessed_by_who_knows_the_password(app: App, world: World) -> None:
    said = []
    for _ in range(8):
        try:
            services.sign_in(username="li", password=PASSWORD, place=HERE, at=world.at)
        except SignInWaitsError as refusal:
            said.append(refusal.code)
            continue
        said.append(app.check("000000"))
    assert said == ["code_refused"] * 5 + ["sign_in_waits"] * 3


def test_a_key_of_another_system_opens_nothing(app: App, world: World) -> None:
    world.at += HALF_MINUTE
    with override_settings(SECRET_KEY="another"):
        assert app.check(app.code()) == "code_refused"
        assert app.check(app.codes[1]) == "code_refused"


def test_setting_it_up_and_taking_it_away_ends_the_other_sign_ins(app: App, world: World) -> None:
    other = services.sign_in_begin(person_id=app.person_id, place=HERE, at=world.at, with_factor=True)
    world.at += HALF_MINUTE
    with pytest.raises(CodeRefusedError):
        services.factor_remove_own(
            code="000000", place=HERE, sign_in_id=app.sign_in.pk, actor=world.actor("li"), at=world.at
        )
    services.factor_remove_own(
        code=app.code(), place=HERE, sign_in_id=app.sign_in.pk, actor=world.actor("li"), at=world.at
    )
    assert selectors.factor_of(app.person_id) is None
    assert SignIn.objects.get(pk=other.pk).ended_why == "factor"
    assert SignIn.objects.get(pk=app.sign_in.pk).ended_at is None
    assert selectors.factor_removed_at(app.person_id) is None
    assert RecoveryCode.objects.count() == 0


def test_a_lost_factor_is_taken_away_by_the_security_administrator_and_stays_visible(
    app: App, world: World
) -> None:
    def remove(by: str, whom: str = "li") -> None:
        services.factor_remove(person_id=world.people[whom].pk, actor=world.actor(by), at=world.later())

    with pytest.raises(NotPermittedError):
        remove("first")
    remove("second")
    assert selectors.factor_of(app.person_id) is None
    assert selectors.factor_removals([app.person_id]) == {app.person_id: [world.at]}
    assert selectors.factor_removed_at(app.person_id) == world.at
    assert SignIn.objects.get(pk=app.sign_in.pk).ended_why == "factor"
    assert names(world)[-1] == "accounts.factor.removed"
    with pytest.raises(NotActiveError):
        remove("second")
    with pytest.raises(NotOnOneselfError):
        remove("second", "second")


def test_an_administrators_factor_is_taken_away_at_the_server_alone(world: World) -> None:
    first = App(world, "first")
    with pytest.raises(NotPermittedError) as refusal:
        services.factor_remove(person_id=first.person_id, actor=world.actor("second"), at=world.later())
    assert "zhenggai administrator first" in str(refusal.value)
    services.administrator_password_reset(username="first", password="given-on-paper-1", at=world.later())
    assert selectors.factor_of(first.person_id) is None
    assert selectors.factor_removed_at(first.person_id) == world.at
    assert Role.SYSTEM_ADMIN in world.actor("first").roles
