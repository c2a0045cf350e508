from __future__ import annotations

from typing import Any

import pytest

from accounts.conftest import World
from zhenggai.accounts import selectors, services
from zhenggai.accounts.errors import NotActiveError
from zhenggai.accounts.kinds import ORGANISATION_KIND_LABELS, OrganisationKind
from zhenggai.accounts.models import Organisation
from zhenggai.accounts.services.organisations import DEEPEST
from zhenggai.domain.actor import Role
from zhenggai.domain.errors import InvalidError, NotAllowedNowError, NotFoundError, NotPermittedError
from zhenggai.trail import selectors as trail
from zhenggai.trail.chains import ChainKey


def create(world: World, by: str = "first", **changed: Any) -> Organisation:
    given: dict[str, Any] = {
        "parent_id": world.organisations["云山县"].pk,
        "name": "示例委",
        "actor": world.actor(by),
        "at": world.later(),
    }
    return services.organisation_create(**given | changed)


def edit(world: World, which: str, /, by: str = "first", **changed: Any) -> Organisation:
    row = Organisation.objects.get(pk=world.organisations[which].pk)
    given: dict[str, Any] = {"name": row.name, "short_name": row.short_name, "is_active": row.is_active}
    return services.organisation_edit(
        organisation_id=row.pk, actor=world.actor(by), at=world.later(), **given | changed
    )


def test_a_new_organisation_lies_below_its_parent_and_is_recorded(world: World) -> None:
    made = create(world, short_name="委", kind=OrganisationKind.AUTHORITY)
    assert made.path.startswith(world.organisations["云山县"].path)
    assert (made.name, made.label, made.kind) == ("示例委", "委", "authority")
    assert selectors.organisation_root_id(made.path) == world.organisations["云山县"].pk
    event = trail.event_views(trail.events_of(ChainKey.organisation(world.organisations["云山县"].pk)))[-1]
    assert event.name == "accounts.organisation.created"
    assert event.values == {"name": "示例委", "short_name": "委", "kind": "authority", "parent": "云山县"}


def test_every_kind_of_organisation_has_a_label() -> None:
    assert set(ORGANISATION_KIND_LABELS) == set(OrganisationKind)


@pytest.mark.usefixtures("nothing_changes")
@pytest.mark.parametrize(
    ("changed", "error", "sentence"),
    [
        ({"parent_id": 999}, NotFoundError, "no such organisation"),
        ({"name": " "}, InvalidError, "The organisation has no name"),
        ({"name": "示例局"}, NotAllowedNowError, "There is an organisation “示例局” at this place already."),
        ({"kind": "castle"}, InvalidError, "“castle” is no kind of organisation"),
        ({"short_name": "短" * 51}, InvalidError, "at most 50 fit here"),
    ],
)
def test_an_organisation_that_cannot_be_is_refused(
    world: World, changed: dict[str, Any], error: type[Exception], sentence: str
) -> None:
    with pytest.raises(error) as refusal:
        create(world, **changed)
    assert sentence in str(refusal.value)


def test_the_same_name_may_stand_at_another_place(world: World) -> None:
    assert create(world, parent_id=world.organisations["示例股"].pk, name="示例局").depth == 4


def test_organisations_lie_only_so_deep(world: World) -> None:
    parent = world.organisations["示例股"]
    Organisation.objects.filter(pk=parent.pk).update(depth=DEEPEST)
    with pytest.raises(InvalidError) as refusal:
        create(world, parent_id=parent.pk)
    assert "60 levels deep" in str(refusal.value)


def test_who_does_not_administer_changes_no_organisation(world: World) -> None:
    world.grant("zhang", Role.UNIT_HEAD, "示例局")
    with pytest.raises(NotFoundError):
        create(world, by="zhang")
    with pytest.raises(NotPermittedError):
        create(world, by="zhang", parent_id=world.organisations["示例局"].pk)
    with pytest.raises(NotPermittedError):
        edit(world, "示例股", by="zhang", name="示例科")
    with pytest.raises(NotFoundError):
        edit(world, "云山县", by="zhang", name="云海县")


def test_an_organisation_is_renamed(world: World) -> None:
    assert edit(world, "示例股", name="示例科", short_name="科").label == "科"
    event = trail.event_views(trail.events_of(ChainKey.organisation(world.organisations["云山县"].pk)))[-1]
    assert event.values["before"] == {"name": "示例股", "short_name": "", "is_active": True}
    assert event.values["after"] == {"name": "示例科", "short_name": "科", "is_active": True}
    edit(world, "示例股")
    last = trail.event_views(trail.events_of(ChainKey.organisation(world.organisations["云山县"].pk)))[-1]
    assert last.seq == event.seq


def test_an_organisation_takes_no_name_of_a_sister(world: World) -> None:
    create(world)
    with pytest.raises(NotAllowedNowError):
        edit(world, "示例局", name="示例委")


def test_an_organisation_is_closed_once_nothing_hangs_on_it(world: World) -> None:
    for name in ("云山县", "示例局", "示例股"):
        with pytest.raises(NotAllowedNowError) as refusal:
            edit(world, name, is_active=False)
        assert ("root organisation" if name == "云山县" else "still has people") in str(refusal.value)
    services.person_deactivate(person_id=world.people["li"].pk, actor=world.actor("first"), at=world.later())
    assert not edit(world, "示例股", is_active=False).is_active
    with pytest.raises(NotActiveError):
        create(world, parent_id=world.organisations["示例股"].pk)
    with pytest.raises(NotActiveError):
        world.person("wu", "示例股")
    with pytest.raises(NotActiveError):
        services.person_activate(
            person_id=world.people["li"].pk, actor=world.actor("first"), at=world.later()
        )
    assert edit(world, "示例股", is_active=True).is_active
