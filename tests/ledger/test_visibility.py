"""Who sees what, on data that holds what must stay hidden."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ledger.refusals import everything, trail
from ledger.world import DUE, STATED, TODAY
from zhenggai.domain.actor import Actor, Role
from zhenggai.domain.errors import NotFoundError
from zhenggai.domain.policy import Action
from zhenggai.ledger import selectors, services
from zhenggai.ledger.errors import ActionDeniedError, FindingNotFoundError, InspectionNotFoundError
from zhenggai.ledger.exporting import ledger_export_csv, ledger_export_json
from zhenggai.ledger.models import Finding

ALL = {"one", "two", "three"}
# By hand: who sees which of three findings of the inspection; the first is assigned to 示例股 (supported by
# 财务示例股) and led by 领示例, the second to 整改示例办, the third to nobody.
SEEN = {
    "clerk": ALL,
    "group": ALL,
    "verifier": ALL,
    "inspector": ALL,
    "auditor": ALL,
    "publisher": ALL,
    "handler": {"one"},
    "head": {"one"},
    "helper": {"one"},
    "leader": {"one"},
    "administrator": set(),
    "stranger": set(),
    "other_leader": {"two"},
    "other_handler": {"two"},
    "idle_leader": set(),
    "bureau_handler": {"one", "two"},
    "nobody": set(),
}


@pytest.fixture
def three(world):
    one, two, three = world.register(STATED, STATED, STATED)
    world.assigned(one)
    world.other_leader = world.person("leader2", "副示例", (Role.RESPONSIBLE_LEADER, world.bureau))
    world.idle_leader = world.person("leader3", "闲示例", (Role.RESPONSIBLE_LEADER, world.bureau))
    world.other_handler = world.person("handler2", "另示例", (Role.HANDLER, world.office))
    world.bureau_handler = world.person("handler3", "总示例", (Role.HANDLER, world.bureau))
    world.nobody = Actor(world.handler.person_id, "经示例")
    world.do(
        "finding_assign",
        world.clerk,
        two,
        leader_id=world.other_leader.person_id,
        unit_id=world.office.pk,
        due=DUE,
    )
    other = world.inspect(
        title="星河区示例局巡察",
        actor=world.stranger,
        subject_id=world.elsewhere.pk,
        inspector_organisation_id=None,
    )
    return {"one": one, "two": two, "three": three, "elsewhere": other}


@pytest.mark.parametrize("name", SEEN)
def test_each_sees_what_is_his_and_nothing_else(world, three, name):
    actor = getattr(world, name)
    seen = SEEN[name]
    inspections = {each.pk for each in selectors.inspections_visible(actor)}
    expected = {world.inspection.pk} if seen else set()
    assert inspections == (expected | {three["elsewhere"].pk} if name == "stranger" else expected)
    if seen:
        rows = selectors.findings_page(actor, world.inspection.pk).rows
        assert {each.pk for each in rows} == {three[each].pk for each in seen}
        assert selectors.ledger_counts(actor, world.inspection.pk, TODAY).total == len(seen)
        exported = b"".join(ledger_export_csv(actor, world.inspection.pk, TODAY))
        assert exported.count(STATED.title.encode()) == len(seen)
    else:
        for act in (selectors.inspection_get, selectors.findings_visible, selectors.units_of):
            with pytest.raises(InspectionNotFoundError, match="no such inspection among those you can see"):
                act(actor, world.inspection.pk)
    for each in ALL:
        if each in seen:
            assert selectors.finding_get(actor, three[each].pk).pk == three[each].pk
        else:
            with pytest.raises(FindingNotFoundError):
                selectors.finding_get(actor, three[each].pk)
            with pytest.raises(FindingNotFoundError):
                selectors.finding_timeline(actor, three[each].pk)


def test_what_is_hidden_and_what_does_not_exist_read_the_same(world, three):
    with pytest.raises(FindingNotFoundError) as hidden:
        selectors.finding_get(world.handler, three["two"].pk)
    with pytest.raises(FindingNotFoundError) as absent:
        selectors.finding_get(world.handler, 999_999)
    assert str(hidden.value) == str(absent.value)


def test_a_finding_of_another_inspection_is_not_prepared_for_the_plan_by_a_guessed_id(world, three):
    other = world.inspect(title="示例局专项巡察")
    rows, events = everything(), trail(three["one"])
    (said,) = services.findings_prepare(
        actor=world.clerk,
        at=world.at(),
        inspection_id=other.pk,
        chosen=[(three["one"].pk, Finding.objects.get(pk=three["one"].pk).version)],
        preparation=services.Preparation(measure="核对"),
    )
    assert str(said.refusal).startswith("There is no such finding among those you can see.")
    assert (everything(), trail(three["one"])) == (rows, events)


def test_the_trail_of_an_inspection_is_for_those_who_supervise(world, three):
    for name in ("clerk", "group", "inspector", "auditor"):
        assert selectors.inspection_timeline(getattr(world, name), world.inspection.pk)
    for name in ("handler", "head", "leader", "verifier", "publisher"):
        with pytest.raises(ActionDeniedError, match="view the trail"):
            selectors.inspection_timeline(getattr(world, name), world.inspection.pk)
    with pytest.raises(InspectionNotFoundError):
        selectors.inspection_timeline(world.administrator, world.inspection.pk)


def test_evidence_is_opened_by_those_who_see_its_finding(world, three):
    finding = world.do("finding_accept", world.head, three["one"])
    evidence = world.file_evidence(finding).evidence.get()
    row, file = selectors.evidence_open(world.helper, evidence.pk)
    with file:
        assert (row.title, file.read()) == ("退款示例凭证", b"example receipt")
    for name in ("other_leader", "other_handler", "administrator", "stranger"):
        with pytest.raises(NotFoundError, match="no such evidence"):
            selectors.evidence_get(getattr(world, name), evidence.pk)
    with pytest.raises(NotFoundError, match="no such evidence"):
        selectors.evidence_get(world.clerk, 999_999)


def test_a_document_is_opened_by_those_who_see_one_of_its_findings(world, three):
    document_id = three["one"].document_id
    for name in ("clerk", "handler", "other_handler", "leader"):
        assert selectors.document_get(getattr(world, name), document_id).pk == document_id
    for name in ("administrator", "stranger", "idle_leader", "nobody"):
        with pytest.raises(NotFoundError, match="no such document"):
            selectors.document_get(getattr(world, name), document_id)
    with pytest.raises(NotFoundError, match="no such document"):
        selectors.document_get(world.clerk, 999_999)


def test_visibility_is_never_a_list_of_ids(world, three):
    for name in ("clerk", "handler", "leader", "inspector"):
        with CaptureQueriesContext(connection) as queries:
            selectors.findings_page(getattr(world, name), world.inspection.pk)
        visible = [query["sql"] for query in queries if "ledger_finding" in query["sql"]]
        assert all('"ledger_finding"."id" IN (1' not in sql for sql in visible)


def test_every_action_has_its_verdict_and_its_reason(world, three):
    finding = selectors.finding_get(world.clerk, three["one"].pk)
    verdicts = dict(selectors.finding_actions(world.clerk, finding))
    assert verdicts[Action.FINDING_ASSIGN].allowed
    assert "None of your posts" in str(verdicts[Action.FINDING_ACCEPT].reason)
    assert "while the finding is “" in str(verdicts[Action.REQUIREMENT_WAIVE].reason)
    assert Action.CLOSURE_COMPLETE not in verdicts
    assert all(verdict.allowed or verdict.reason for verdict in verdicts.values())


def test_an_inspection_says_what_may_be_done_with_it(world, three):
    inspection = selectors.inspection_get(world.clerk, world.inspection.pk)
    allowed = {
        action
        for action, verdict in selectors.inspection_actions(world.clerk, inspection).items()
        if verdict.allowed
    }
    assert allowed == {
        Action.INSPECTION_VIEW,
        Action.INSPECTION_EXPORT,
        Action.INTAKE_UPLOAD,
        Action.INTAKE_CONFIRM,
        Action.TRAIL_VIEW,
    }


def test_whoever_assigns_is_offered_leaders_and_units(world, three):
    finding = selectors.finding_get(world.clerk, three["three"].pk)
    assert {each.name for each in selectors.leaders_possible(finding, TODAY)} == {
        "领示例",
        "副示例",
        "闲示例",
    }
    assert [each.name for each in selectors.units_possible(finding)] == [
        "云山县示例局",
        "示例股",
        "财务示例股",
        "整改示例办",
    ]
    assert [name for _, name in selectors.units_of(world.clerk, world.inspection.pk)] == [
        "示例股",
        "整改示例办",
    ]


def test_an_export_of_what_is_hidden_is_refused(world, three):
    for export in (ledger_export_csv, ledger_export_json):
        with pytest.raises(InspectionNotFoundError):
            export(world.administrator, world.inspection.pk, TODAY)
