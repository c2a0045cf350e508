"""Documents that enter the ledger: claims with their places, never states of ours."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ledger.refusals import everything
from ledger.world import DOCUMENT, STATED
from zhenggai.domain.actor import Role
from zhenggai.domain.errors import NotFoundError
from zhenggai.domain.inspections import InspectionKind
from zhenggai.domain.lifecycle import Stage
from zhenggai.domain.markings import Marking, MarkingTooHighError
from zhenggai.ledger import services
from zhenggai.ledger.errors import (
    ActionDeniedError,
    InspectionNotFoundError,
    InvalidFieldError,
    MissingTextError,
    StandsOtherwiseError,
)
from zhenggai.ledger.models import Finding, Inspection, SourceDocument, Theme
from zhenggai.trail.chains import ChainKey
from zhenggai.trail.selectors import event_views, events_of


def take_in(world, *findings, actor=None, **values):
    return services.ledger_import(
        **{
            "actor": actor or world.clerk,
            "at": world.at(),
            "inspection_id": world.inspection.pk,
            "document": DOCUMENT,
            "findings": findings or (STATED,),
            **values,
        }
    )


def test_what_a_document_claims_enters_as_its_claim(world):
    finding = world.registered()
    assert (finding.stage, finding.nature, finding.progress) == (Stage.REGISTERED, "", "")
    assert (finding.stated_progress, finding.stated_nature, finding.stated_closed) == (
        "done",
        "long_term",
        True,
    )
    assert finding.status_text == "整改完成，长期坚持"
    assert (finding.responsible_leader, finding.lead_unit, finding.due) == (None, None, None)
    assert (finding.stated_leader, finding.stated_unit) == ("张示例", "示例股")
    assert finding.stated_supporting == "财务示例股、办公示例室"
    assert (finding.span_start, finding.span_end) == (10, 90)
    (measure,) = finding.measures.all()
    assert (measure.source, measure.done_at, measure.span_start) == ("stated", None, 30)
    assert [each.text for each in finding.actions_taken.all()] == ["召开核对会一次", "核对台账三年"]
    assert (finding.money_required, finding.people_required, finding.cause_required) == (None, None, None)


def test_findings_keep_their_order_and_share_themes_and_groups(world):
    world.register(STATED, replace(STATED, number="二/(一)/2"), replace(STATED, theme="", group="学习不深入"))
    world.register(replace(STATED, theme="另一方面"))
    assert [each.position for each in Finding.objects.order_by("position")] == [1, 2, 3, 4]
    assert [each.title for each in Theme.objects.order_by("position")] == ["落实决策部署方面", "另一方面"]
    assert world.inspection.groups.count() == 3


def test_a_second_document_changes_nothing_that_is_there(world):
    before = world.closed()
    world.register(replace(STATED, status_text="未完成", stated_closed=None))
    after = Finding.objects.get(pk=before.pk)
    assert (after.stage, after.version, after.status_text) == ("closed", before.version, "整改完成，长期坚持")


def test_every_finding_begins_its_own_timeline(world):
    document = take_in(world, STATED, STATED)
    views = event_views(events_of(ChainKey.inspection(world.inspection.pk)))
    assert [view.name for view in views] == [
        "ledger.inspection.created",
        "ledger.document.imported",
        "ledger.finding.registered",
        "ledger.finding.registered",
    ]
    assert views[1].values["blob_sha256"] == document.blob_sha256
    assert views[2].values["stated_closed"] is True


def test_the_same_intake_enters_once(world):
    take_in(world, document=replace(DOCUMENT, intake_id=7))
    before = everything()
    with pytest.raises(StandsOtherwiseError, match="in a ledger already"):
        take_in(world, document=replace(DOCUMENT, intake_id=7))
    assert everything() == before


@pytest.mark.parametrize(
    ("finding", "error", "words"),
    [
        (replace(STATED, title="  "), MissingTextError, "has no title; give it one"),
        (replace(STATED, theme="长" * 501), InvalidFieldError, "“title” cannot be taken as it is"),
        (replace(STATED, measures=(replace(STATED.measures[0], text=""),)), InvalidFieldError, "“text”"),
    ],
)
def test_a_document_enters_whole_or_not_at_all(world, finding, error, words):
    before = everything()
    with pytest.raises(error, match=words):
        take_in(world, STATED, finding)
    assert everything() == before


@pytest.mark.parametrize("name", ["verifier", "inspector", "auditor", "group", "publisher"])
def test_only_the_office_takes_documents_in(world, name):
    with pytest.raises(ActionDeniedError, match="confirm a document into the ledger"):
        take_in(world, actor=getattr(world, name))
    assert not SourceDocument.objects.exists()


@pytest.mark.parametrize("name", ["handler", "leader", "administrator", "stranger"])
def test_an_inspection_that_is_hidden_does_not_exist(world, name):
    with pytest.raises(InspectionNotFoundError):
        take_in(world, actor=getattr(world, name))
    with pytest.raises(InspectionNotFoundError):
        take_in(world, inspection_id=999_999)


def test_an_inspection_is_opened_by_the_office_over_the_organisation(world):
    inspection = world.inspect(title="  二轮巡察 ", kind=InspectionKind.AUDIT)
    assert (inspection.title, inspection.kind) == ("二轮巡察", "audit")
    for name in ("handler", "leader", "inspector", "administrator", "stranger"):
        with pytest.raises(ActionDeniedError):
            world.inspect(actor=getattr(world, name))
    with pytest.raises(MissingTextError):
        world.inspect(title=" ")
    with pytest.raises(NotFoundError, match="no such organisation"):
        world.inspect(subject_id=999_999)
    world.unit.is_active = False
    world.unit.save()
    with pytest.raises(NotFoundError, match="no such organisation"):
        world.inspect(subject_id=world.unit.pk)


def test_an_office_without_an_inspecting_body_opens_one_too(world):
    clerk = world.person("clerk2", "二示例", (Role.OFFICE_CLERK, world.city))
    inspection = world.inspect(actor=clerk, inspector_organisation_id=None, inspector="", feedback_on=None)
    assert inspection.inspector_organisation is None


def test_an_inspection_carries_its_marking_and_no_state_secret(world):
    assert world.inspect(marking=Marking.OPEN).marking == "open"
    assert world.inspection.marking == "internal"
    count = Inspection.objects.count()
    with pytest.raises(MarkingTooHighError, match="“secret \\(state secret\\)” is above “internal”"):
        world.inspect(marking=Marking.SECRET)
    assert Inspection.objects.count() == count
