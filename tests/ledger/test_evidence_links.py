"""What a piece of evidence says that it proves: linked when filed, kept, carried over, shown by gates."""

from __future__ import annotations

import json

import pytest

from ledger.refusals import refused
from ledger.test_guards import stopped
from ledger.world import STATED, TODAY
from retold import retold
from zhenggai.domain.evidence import EvidenceKind
from zhenggai.domain.outcomes import OutcomeKind
from zhenggai.domain.proving import DealtWith, Described, PersonLabelError
from zhenggai.domain.restricting import RestrictionKind
from zhenggai.ledger import selectors, services
from zhenggai.ledger.comparing import differences
from zhenggai.ledger.errors import PieceNotFoundError, StandsOtherwiseError
from zhenggai.ledger.evidence_links import criteria_proved, measures_proved
from zhenggai.ledger.exporting import ledger_export_csv, ledger_export_json
from zhenggai.ledger.listing import FindingFilters
from zhenggai.ledger.models import EvidenceLink
from zhenggai.ledger.reuse import Reuse, evidence_reuse
from zhenggai.trail.chains import ChainKey
from zhenggai.trail.selectors import event_views, events_of

PERSON = DealtWith("张某某", OutcomeKind.ADMONITION)
RETURN = "佐证材料日期不符，请补充。"


def described(finding, **values):
    return Described(
        **{
            "document_number": " 云示纪〔2026〕7号 ",
            "issuer": "云山县示例局",
            "measure_ids": tuple(finding.measures.values_list("pk", flat=True)),
            "criterion_ids": tuple(finding.criteria.values_list("pk", flat=True)),
            "people": (PERSON,),
            **values,
        }
    )


def decided(world, finding, **values):
    return world.file_evidence(
        finding,
        file=b"decision",
        title="处理示例决定",
        kind=EvidenceKind.DECISION,
        amount=None,
        described=described(finding, **values),
    )


@pytest.fixture
@retold
def finding(world):
    return world.do("criterion_add", world.clerk, world.rectifying(), text="台账与账簿一致。")


def test_evidence_says_its_number_its_issuer_and_what_it_proves(world, finding):
    (row,) = decided(world, finding).evidence.all()
    measure, criterion = finding.measures.get(), finding.criteria.get()
    assert (row.document_number, row.issuer) == ("云示纪〔2026〕7号", "云山县示例局")
    links = row.links.values_list("measure_id", "criterion_id", "person", "handling")
    assert list(links) == [
        (measure.pk, None, "", ""),
        (None, criterion.pk, "", ""),
        (None, None, "张某某", "admonition"),
    ]
    (event,) = [
        each
        for each in event_views(events_of(ChainKey.inspection(finding.inspection_id)))
        if each.name == "ledger.evidence.added"
    ]
    assert event.values["for_measures"] == [{"id": measure.pk, "text": measure.text}]
    assert event.values["people"] == [{"person": "张某某", "handling": "admonition"}]
    shown = selectors.finding_get(world.clerk, finding.pk)
    assert measures_proved(shown) == {measure.pk: (row.pk,)}
    assert criteria_proved(shown) == {criterion.pk: (row.pk,)}
    assert list(differences()) == []


def test_what_is_none_of_the_findings_or_was_dropped_is_not_proved(world, finding):
    other = world.do("criterion_add", world.clerk, world.rectifying(), text="另一个问题的标准。")
    for name, id_ in (
        ("measure_ids", other.measures.get().pk),
        ("criterion_ids", other.criteria.get().pk),
    ):
        with refused(finding, PieceNotFoundError, "This finding has no such entry"):
            decided(world, finding, **{name: (id_,)})
    finding = world.do("criterion_add", world.clerk, world.assigned(), text="台账与账簿一致。")
    dropped = finding.criteria.get()
    reason = "该标准无法核验，另行设定。"
    world.do("criterion_drop", world.clerk, finding, criterion_id=dropped.pk, reason=reason)
    world.do("finding_accept", world.head, finding)
    with refused(
        finding, StandsOtherwiseError, "“台账与账簿一致。” was dropped and stays for the record only"
    ):
        decided(world, finding, criterion_ids=(dropped.pk,))
    with refused(finding, PersonLabelError, "by name alone"):
        decided(world, finding, criterion_ids=(), people=(DealtWith("张某某110101199001", PERSON.handling),))


def test_links_are_carried_over_with_the_piece_apart_from_what_was_dropped_since(world):
    world.inspection = world.inspect(title="示例局专项巡察", plan_required=True)
    finding = world.do("criterion_add", world.clerk, world.assigned(), text="台账与账簿一致。")
    world.do("criterion_add", world.clerk, finding, text="再设一条。")
    said = {"inspection_id": finding.inspection_id, "statement": "方案已经党组会审议。"}
    plan = services.plan_submit(actor=world.clerk, at=world.at(), **said)
    services.plan_sign(actor=world.group, at=world.at(), plan_id=plan.pk, note="同意。")
    world.do("finding_accept", world.head, finding)
    decided(world, finding)
    world.request(world.prove(finding))
    world.do("closure_send_back", world.leader, finding, reason=RETURN)
    first, dropped = finding.evidence.order_by("pk").first(), finding.criteria.first()
    reason = "该标准无法核验，另行设定。"
    world.do("plan_amend", world.clerk, finding, reason=reason, drop_criterion_ids=[dropped.pk])
    world.do("amendment_sign", world.group, finding, note="同意调整。")
    world.do("evidence_carry_over", world.handler, finding, evidence_id=first.pk)
    carried = finding.evidence.get(carried_from=first)
    assert (carried.document_number, carried.issuer) == (first.document_number, first.issuer)
    links = carried.links.values_list("measure_id", "criterion_id", "person")
    stands = finding.criteria.last()
    assert list(links) == [
        (finding.measures.get().pk, None, ""),
        (None, stands.pk, ""),
        (None, None, "张某某"),
    ]
    assert first.links.count() == 4
    assert list(differences()) == []


def test_no_statement_makes_changes_or_takes_a_link(world, finding):
    (row,) = decided(world, finding).evidence.all()
    other = world.rectifying().measures.get()
    kept = "The ledger keeps its rows"
    assert kept in stopped(EvidenceLink.objects.filter(person="张某某").update, person="李某某")
    assert kept in stopped(EvidenceLink.objects.all().delete)
    elsewhere = "Evidence proves measures and criteria of its own finding that stand"
    assert elsewhere in stopped(EvidenceLink.objects.create, evidence=row, measure=other)
    twice = stopped(EvidenceLink.objects.create, evidence=row, measure=finding.measures.get())
    assert kept in twice
    assert stopped(EvidenceLink.objects.create, evidence=row, person="李某某")
    assert stopped(EvidenceLink.objects.create, evidence=row)
    EvidenceLink.objects.create(evidence=row, person="李某某", handling="reminder")
    (said,) = [str(each.message) for each in differences()]
    # names are said by no comparison
    assert "the words of people" in said
    assert "李" not in said


def test_nothing_is_linked_once_the_piece_is_judged_or_a_request_stands(world, finding):
    world.prove(finding)
    row = finding.evidence.get()
    measure = finding.measures.get()
    assert "as it says when it is filed" in stopped(
        EvidenceLink.objects.create, evidence=row, measure=measure
    )
    world.request(finding)
    stopped(EvidenceLink.objects.create, evidence=row, measure=measure)


def test_gates_name_the_evidence_and_are_met_no_sooner(world, finding):
    decided(world, finding)
    measure = finding.measures.get()
    gates = {each.code: each for each in _gates(world, finding)}
    assert (gates["measures"].state, gates["measures"].evidence) == ("not_met", ())
    world.do("measure_complete", world.handler, finding, measure_id=measure.pk, result="已逐笔核对。")
    world.file_evidence(finding)
    gates = {each.code: each for each in _gates(world, finding)}
    assert gates["measures"].evidence == (finding.evidence.first().pk,)
    assert gates["money"].state == "not_met"
    assert "退款示例凭证" in str(gates["money"].note)


def _gates(world, finding):
    return selectors.finding_gates(selectors.finding_get(world.clerk, finding.pk), TODAY)


def test_evidence_is_found_by_number_and_issuer_and_not_by_a_person(world, finding):
    decided(world, finding)

    def found(text):
        return list(selectors.findings_visible(world.clerk, finding.inspection_id, FindingFilters(text=text)))

    assert found("云示纪〔2026〕7号") == found("云山县示例局 处理示例决定") == [finding]
    assert found("张某某") == []


def test_exports_cite_number_and_issuer_and_say_what_is_proved(world, finding):
    decided(world, finding)
    text = b"".join(ledger_export_csv(world.clerk, finding.inspection_id, TODAY)).decode()
    assert "处理示例决定（云示纪〔2026〕7号，云山县示例局）" in text
    whole = json.loads(b"".join(ledger_export_json(world.clerk, finding.inspection_id, TODAY)))
    (row,) = whole["findings"][0]["evidence"]
    assert (row["measures"], row["criteria"]) == ([1], [1])
    assert row["people"] == [["张某某", "admonition"]]


def working(world, finding):
    world.do("finding_accept", world.head, world.assigned(finding))
    return finding


def test_reuse_is_told_as_far_as_the_other_finding_is_seen(world):
    one, two, three = (
        world.file_evidence(working(world, each)) for each in world.register(STATED, STATED, STATED)
    )
    world.inspection = world.inspect(title="示例局专项巡察")
    (other,) = world.register(STATED)
    world.file_evidence(working(world, other))
    kind = RestrictionKind.LEAD
    world.do("finding_restrict", world.clerk, three, kind=kind, reason="涉及问题线索，限专人。")

    def told(actor):
        (uses,) = evidence_reuse(actor, one).values() or [()]
        return [(each.finding_id, each.inspection) for each in uses]

    assert told(world.clerk) == [(two.pk, ""), (three.pk, ""), (other.pk, "示例局专项巡察")]
    # not listed, so not a word and no number of it
    assert told(world.handler) == [(two.pk, ""), (other.pk, "示例局专项巡察")]
    assert told(world.verifier) == [(two.pk, ""), (other.pk, "示例局专项巡察")]
    assert told(world.stranger) == []
    row = two.evidence.get()
    world.do("evidence_withdraw", world.handler, two, evidence_id=row.pk, reason="材料有误，另行提交。")
    assert told(world.handler) == [(other.pk, "示例局专项巡察")]
    assert evidence_reuse(world.handler, two) == {}
    assert evidence_reuse(world.clerk, other)[row.blob_id][0] == Reuse(
        one.pk, one.number, one.title, "云山县示例局巡察"
    )


def test_reuse_is_asked_for_in_one_query(world, django_assert_num_queries):
    one, two = (world.file_evidence(working(world, each)) for each in world.register(STATED, STATED))
    for number in range(3):
        world.file_evidence(one, file=f"file {number}".encode())
        world.file_evidence(two, file=f"file {number}".encode())
    with django_assert_num_queries(1):
        assert len(evidence_reuse(world.clerk, one)) == 4
