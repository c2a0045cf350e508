"""What an inspection did not say when it was opened is entered later, once, by the office."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from ledger.refusals import everything
from trail.unguarded import unguarded
from zhenggai.accounts.kinds import OrganisationKind
from zhenggai.accounts.models import Organisation
from zhenggai.domain.days import DayImpossibleError
from zhenggai.domain.errors import NotFoundError
from zhenggai.domain.inspections import InspectionKind
from zhenggai.ledger import services
from zhenggai.ledger.comparing import differences
from zhenggai.ledger.errors import (
    ActionDeniedError,
    InspectionNotFoundError,
    InvalidFieldError,
    RoundOfOtherBodyError,
    StandsOtherwiseError,
)
from zhenggai.ledger.models import Inspection
from zhenggai.ledger.selectors import inspections_visible
from zhenggai.trail.chains import ChainKey
from zhenggai.trail.selectors import event_views, events_of

DAY = date(2026, 2, 10)


@pytest.fixture
def bare(world):
    """An inspection that says neither feedback day nor inspecting body; the body works here."""
    Organisation.objects.filter(pk=world.body.pk).update(kind=OrganisationKind.INSPECTING_BODY.value)
    return world.inspect(inspector="", inspector_organisation_id=None, feedback_on=None)


def complete(world, inspection, actor=None, **values):
    return services.inspection_complete(
        actor=actor or world.clerk, at=world.at(), inspection_id=inspection.pk, **values
    )


def refused(world, inspection, error, words, actor=None, **values):
    before = everything()
    with pytest.raises(error, match=words):
        complete(world, inspection, actor, **values)
    assert everything() == before


def test_day_and_body_are_entered_and_recorded_and_the_bodys_people_see_it(world, bare):
    assert bare not in inspections_visible(world.inspector)
    complete(world, bare, feedback_on=DAY)
    row = complete(world, bare, inspector="云山市巡察示例组", inspector_organisation_id=world.body.pk)
    assert (row.feedback_on, row.inspector_organisation_id) == (DAY, world.body.pk)
    assert bare in inspections_visible(world.inspector)
    said = [view for view in event_views(events_of(ChainKey.inspection(bare.pk))) if "completed" in view.name]
    assert [view.values for view in said] == [
        {"feedback_on": "2026-02-10"},
        {
            "inspector": "云山市巡察示例组",
            "inspector_organisation_id": world.body.pk,
            "inspector_organisation": "巡察示例办",
        },
    ]
    assert list(differences()) == []


def test_what_stands_is_not_entered_again(world, bare):
    complete(world, bare, feedback_on=DAY, inspector="某组", inspector_organisation_id=world.body.pk)
    once = "are entered once"
    refused(world, bare, StandsOtherwiseError, once, feedback_on=date(2026, 2, 11))
    refused(world, bare, StandsOtherwiseError, once, inspector="另一组")
    refused(world, bare, StandsOtherwiseError, once, inspector_organisation_id=world.body.pk)
    refused(world, bare, StandsOtherwiseError, "Nothing was entered")


@pytest.mark.parametrize("who", ["leader", "head", "verifier", "group", "auditor", "administrator"])
def test_nobody_but_the_office_enters_anything(world, bare, who):
    with pytest.raises((ActionDeniedError, InspectionNotFoundError)):
        complete(world, bare, getattr(world, who), feedback_on=DAY)
    assert Inspection.objects.get(pk=bare.pk).feedback_on is None


def test_an_office_elsewhere_does_not_see_it(world, bare):
    refused(world, bare, InspectionNotFoundError, "no such inspection", world.stranger, feedback_on=DAY)


def test_only_a_body_that_inspects_here_is_taken(world, bare):
    refused(world, bare, NotFoundError, "no such organisation", inspector_organisation_id=world.unit.pk)
    refused(world, bare, DayImpossibleError, "9999", feedback_on=date(9999, 1, 1))


@pytest.mark.parametrize("place", ["subject", "below"])
def test_nobody_inspects_what_one_belongs_to(world, bare, place):
    body = bare.subject if place == "subject" else world._child(bare.subject, "局内巡察示例组")
    Organisation.objects.filter(pk=body.pk).update(kind=OrganisationKind.INSPECTING_BODY.value)
    refused(world, bare, InvalidFieldError, "nobody inspects", inspector_organisation_id=body.pk)
    before = everything()
    with pytest.raises(InvalidFieldError, match="nobody inspects"):
        world.inspect(inspector_organisation_id=body.pk)
    assert everything() == before


def test_an_inspection_in_a_round_takes_the_body_of_the_round_alone(world, bare):
    other = world._child(world.city, "第二巡察示例办")
    Organisation.objects.filter(pk=other.pk).update(kind=OrganisationKind.INSPECTING_BODY.value)
    round_ = services.round_create(
        actor=world.inspector,
        at=world.at(),
        body_id=world.body.pk,
        kind=InspectionKind.INSPECTION,
        title="示例轮",
        begins_on=date(2026, 1, 1),
    )
    Inspection.objects.filter(pk=bare.pk).update(round=round_)
    refused(world, bare, RoundOfOtherBodyError, "示例轮", inspector_organisation_id=other.pk)
    assert complete(world, bare, inspector_organisation_id=world.body.pk).round_id == round_.pk


@pytest.mark.parametrize(
    "column", [{"feedback_on": DAY}, {"inspector": "改"}, {"inspector_organisation": None}]
)
def test_the_database_keeps_what_was_entered(world, column):
    rows = Inspection.objects.filter(pk=world.inspection.pk)
    with pytest.raises(DatabaseError, match="entered once and stay"), transaction.atomic():
        rows.update(**column)
    with unguarded():
        rows.update(**column)
    (said,) = differences()
    assert "feedback day or inspecting body stands otherwise" in str(said.message)
