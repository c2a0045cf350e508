"""What is taken of a later document: with what stood before, where stage and plan allow it, and guarded."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from ledger.refusals import everything
from ledger.restating import restate
from ledger.test_comparing import planned_and_amended
from ledger.world import DOCUMENT
from zhenggai.domain.actor import Role
from zhenggai.domain.restricting import RestrictionKind
from zhenggai.ledger import services
from zhenggai.ledger.comparing import differences
from zhenggai.ledger.errors import (
    ActionDeniedError,
    FindingNotFoundError,
    InspectionNotFoundError,
    RestatingBarredError,
    StalePageError,
)
from zhenggai.ledger.imports import ImportedItem, RestatedFinding
from zhenggai.ledger.models import ClaimUpdate, Finding, FindingGroup, SourceMention, Theme
from zhenggai.ledger.sight import places_hidden, places_told
from zhenggai.trail.chains import ChainKey
from zhenggai.trail.selectors import event_views, events_of

LATER = {
    "status_text": "已整改销号",
    "stated_progress": "done",
    "stated_nature": "",
    "stated_closed": True,
    "stated_due_on": date(2026, 12, 31),
    "stated_leader": "李样本",
}


def said_last(finding):
    views = event_views(events_of(ChainKey.inspection(finding.inspection_id), ("finding", finding.pk)))
    return list(views)[-1]


def test_claims_are_written_with_what_stood_before_and_nothing_else_moves(world):
    finding = world.assigned()
    before = Finding.objects.filter(pk=finding.pk).values().get()
    source = restate(world, finding, **LATER)
    after = Finding.objects.filter(pk=finding.pk).values().get()
    changed = {name for name, value in after.items() if before[name] != value}
    assert changed <= {*LATER, "version", "changed_at"}
    assert after["stage"] == before["stage"] == "assigned"
    view = said_last(finding)
    assert view.name == "ledger.finding.restated"
    assert view.values["document_id"] == source.pk
    assert view.values["fields"]["stated_leader"] == {
        "before": "张示例",
        "after": "李样本",
        "places": [5, 20],
    }
    update = ClaimUpdate.objects.get()
    assert (update.fields, update.version) == (view.values["fields"], finding.version)
    assert SourceMention.objects.get().span_end == 50
    assert list(differences()) == []


def test_words_theme_measures_and_actions_are_written_where_nobody_has_taken_them_on(world):
    finding = world.registered()
    restate(
        world,
        finding,
        title="新的标题",
        theme="党的建设方面",
        group="思想建设",
        measures=(ImportedItem("新增一条措施", due_on=date(2026, 9, 30)),),
        actions=(ImportedItem("又开了一次会"),),
    )
    finding = Finding.objects.select_related("theme", "group").get(pk=finding.pk)
    assert (finding.title, finding.theme.title, finding.group.title) == (
        "新的标题",
        "党的建设方面",
        "思想建设",
    )
    assert [each.text for each in finding.measures.order_by("position")][-1] == "新增一条措施"
    assert [each.text for each in finding.actions_taken.order_by("position")][-1] == "又开了一次会"
    assert list(differences()) == []
    restate(world, finding, theme="", group="")
    assert Finding.objects.get(pk=finding.pk).theme_id is None
    assert (Theme.objects.count() >= 1, FindingGroup.objects.count() >= 1) == (True, True)
    assert list(differences()) == []


def test_what_says_the_same_changes_no_version_and_is_a_source_all_the_same(world):
    finding = world.registered()
    version = finding.version
    restate(world, finding, status_text=finding.status_text)
    assert (finding.version, ClaimUpdate.objects.count(), SourceMention.objects.count()) == (version, 0, 1)


@pytest.mark.parametrize(
    ("begin", "values", "sentence"),
    [
        ("accepted", {"title": "新的标题"}, "has taken the finding on"),
        ("requested", LATER, "waits for signatures"),
        ("closed", LATER, "is closed"),
        ("stage_closed", {"stated_result": "另一种说法"}, "is closed"),
    ],
)
def test_what_the_stage_keeps_is_not_written(world, begin, values, sentence):
    finding = getattr(world, begin)()
    before = everything()
    with pytest.raises(RestatingBarredError, match=sentence):
        restate(world, finding, **values)
    assert everything() == before


def test_words_by_which_work_was_judged_stay_though_the_finding_is_assigned_anew(world):
    finding = world.assigned(world.proven())
    assert finding.stage == "assigned"
    before = everything()
    with pytest.raises(RestatingBarredError, match="was judged by these words"):
        restate(world, finding, title="新的标题")
    assert everything() == before
    restate(world, finding, status_text="已整改")
    assert Finding.objects.get(pk=finding.pk).status_text == "已整改"


def test_what_a_plan_has_is_not_written(world):
    planned_and_amended(world)
    finding = Finding.objects.exclude(plan=None).first()
    before = everything()
    for values in ({"title": "新的标题"}, {"measures": (ImportedItem("新增一条措施"),)}):
        with pytest.raises(RestatingBarredError, match="goes through an amendment"):
            restate(world, finding, **values)
    assert everything() == before


def test_an_older_page_another_inspection_and_a_finding_out_of_sight_write_nothing(world):
    finding = world.registered()
    world.inspection, first = world.inspect(title="另一轮示例巡察"), world.inspection
    (elsewhere,) = world.register()
    world.inspection = first
    before = everything()
    with pytest.raises(StalePageError):
        restate(world, finding, version=finding.version + 1, **LATER)
    elsewhere.inspection_id = first.pk
    with pytest.raises(FindingNotFoundError):
        services.ledger_import(**_of(world, first.pk, elsewhere.pk))
    assert everything() == before
    colleague = world.person("colleague", "吴样本", (Role.OFFICE_CLERK, world.bureau))
    world.do(
        "finding_restrict",
        world.clerk,
        finding,
        kind=RestrictionKind.LEAD,
        reason="涉及问题线索，限专人知悉。",
    )
    before = everything()
    with pytest.raises(FindingNotFoundError):
        services.ledger_import(**{**_of(world, first.pk, finding.pk), "actor": colleague})
    assert everything() == before


@pytest.mark.parametrize(
    ("actor", "error"),
    [("verifier", ActionDeniedError), ("handler", InspectionNotFoundError), ("group", ActionDeniedError)],
)
def test_only_the_office_takes_anything_of_a_later_document(world, actor, error):
    finding = world.registered()
    before = everything()
    with pytest.raises(error):
        restate(world, finding, actor=getattr(world, actor), **LATER)
    assert everything() == before


def test_no_statement_changes_a_claim_without_what_was_taken(world):
    finding = world.registered()
    restate(world, finding, **LATER)
    for values in (
        {"stated_leader": "他人"},
        {"title": "另一标题", "version": finding.version + 1},
        {"theme": None},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Finding.objects.filter(pk=finding.pk).update(**values)
    update = ClaimUpdate.objects.get()
    for row in (update, SourceMention.objects.get()):
        for act in (row.delete, row.save):
            with pytest.raises(IntegrityError), transaction.atomic():
                act()
    update.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        update.save(force_insert=True)


def test_what_was_taken_behind_the_services_shows(world):
    finding = world.registered()
    source = restate(world, finding, **LATER)
    ClaimUpdate.objects.create(
        finding=finding,
        document=source,
        version=finding.version + 1,
        fields={"stated_leader": {"before": "李样本", "after": "他人"}},
        by_id=world.clerk.person_id,
        at=world.at(),
    )
    Finding.objects.filter(pk=finding.pk).update(stated_leader="他人", version=finding.version + 1)
    said = [str(each.message) for each in differences()]
    assert any("no entry of the trail records it" in sentence for sentence in said)
    assert any("the words of stated_leader are others" in sentence for sentence in said)


def test_a_later_document_is_blacked_out_where_it_tells_of_what_is_restricted(world):
    finding = world.registered()
    source = restate(world, finding, **LATER)
    world.do(
        "finding_restrict",
        world.clerk,
        finding,
        kind=RestrictionKind.LEAD,
        reason="涉及问题线索，限专人知悉。",
    )
    assert places_hidden(world.group, source) == [(5, 50)]
    assert places_hidden(world.clerk, source) == []
    text = "　" * 60 + "示例台账不清，三年未核对。"
    assert (60, 73) in places_told(world.group, source, text)
    assert places_told(world.clerk, source, text) == []


def _of(world, inspection_id, finding_id):
    said = RestatedFinding(finding_id, 1, values=LATER)
    return {
        "actor": world.clerk,
        "at": world.at(),
        "inspection_id": inspection_id,
        "document": DOCUMENT,
        "findings": (),
        "restated": [said],
    }
