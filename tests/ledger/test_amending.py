"""Amendments of an approved plan: proposed with a reason, approved by others; what is dropped stays."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from ledger.refusals import refused
from retold import retold
from zhenggai.domain.actor import Role
from zhenggai.domain.amending import Arrangement, NewCriterion, NewMeasure
from zhenggai.domain.closing import MissingTextError, ReasonTooShortError
from zhenggai.domain.gates import ClosureRefusedError
from zhenggai.domain.lifecycle import Nature, Stage
from zhenggai.domain.planning import AmendmentEmptyError, NoAmendmentError, NothingToAmendError
from zhenggai.domain.policy import Action
from zhenggai.ledger import services
from zhenggai.ledger.errors import ActionDeniedError, PieceNotFoundError, StandsOtherwiseError
from zhenggai.ledger.listing import FindingFilters
from zhenggai.ledger.models import Criterion, Measure
from zhenggai.ledger.selectors import finding_actions, finding_get, findings_page

REASON = "新办法出台，原措施已不适用。"


@pytest.fixture
@retold
def finding(world):
    """A finding in an approved plan, accepted, with two measures and two criteria."""
    return planned(world)


def planned(world, *further, finding=None):
    row = finding or world.accepted()
    world.do("measure_add", world.clerk, row, text="修订采购示例办法")
    world.do("criterion_add", world.clerk, row, text="台账与账簿一致。")
    row = world.do("criterion_add", world.clerk, row, text="抽查十份无误。")
    plan = services.plan_submit(actor=world.clerk, at=world.at(), inspection_id=world.inspection.pk)
    for signer in (world.group, *further):
        services.plan_sign(actor=signer, at=world.at(), plan_id=plan.pk)
    return finding_get(world.clerk, row.pk)


def amend(world, finding, actor=None, *, measures=(), due=None, criteria=(), **values):
    """Proposes an amendment; what is added is named by its text, with one day for all."""
    said = {
        "reason": REASON,
        "measures": [NewMeasure(text, Arrangement(due=due)) for text in measures],
        "criteria": [NewCriterion(text) for text in criteria],
        **values,
    }
    return world.do("plan_amend", actor or world.head, finding, **said)


def standing(finding, related):
    return [each.text for each in getattr(finding, related).all() if each.dropped_at is None]


def test_an_amendment_changes_nothing_until_it_is_approved(world, finding):
    first, second = finding.measures.all()
    one, other = finding.criteria.all()
    amended = amend(
        world,
        finding,
        measures=["建立电子台账"],
        due=date(2026, 6, 1),
        drop_measure_ids=[second.pk],
        criteria=["电子台账可查。"],
        drop_criterion_ids=[other.pk],
    )
    assert standing(amended, "measures") == [first.text, second.text]
    amended = world.do("amendment_sign", world.group, finding, note="同意调整。")
    assert standing(amended, "measures") == [first.text, "建立电子台账"]
    assert standing(amended, "criteria") == [one.text, "电子台账可查。"]
    dropped = amended.measures.get(pk=second.pk)
    amendment = amended.amendments.get()
    assert (dropped.dropped_reason, dropped.dropped_amendment_id) == (REASON, amendment.pk)
    added = amended.measures.get(text="建立电子台账")
    assert (added.due, added.amendment_id) == (date(2026, 6, 1), amendment.pk)
    assert (amendment.state, amendment.decided_by_id) == ("approved", world.group.person_id)
    found = findings_page(world.clerk, finding.inspection_id, FindingFilters(text="电子台账"))
    assert [each.pk for each in found.rows] == [finding.pk]


def test_the_finding_closes_on_what_the_amended_plan_says(world, finding):
    amend(world, finding, measures=["建立电子台账"])
    proven = world.prove(finding)
    with refused(proven, ClosureRefusedError, "The plan is approved and not being amended") as refusal:
        world.request(proven)
    assert {gate.code for gate in refusal.value.gates if gate.missing} == {"plan"}
    amended = world.do("amendment_sign", world.group, proven)
    with refused(amended, ClosureRefusedError) as refusal:
        world.request(amended)
    assert {gate.code for gate in refusal.value.gates if gate.missing} == {"measures"}
    added = amended.measures.get(text="建立电子台账")
    done = world.do("measure_complete", world.handler, amended, measure_id=added.pk, result="已建立。")
    assert world.request(done).stage == Stage.CLOSURE_REQUESTED


def test_an_amendment_that_changes_or_leaves_nothing_is_refused(world, finding):
    with refused(finding, AmendmentEmptyError, "changes nothing"):
        amend(world, finding)
    with refused(finding, AmendmentEmptyError, "without a measure"):
        amend(world, finding, drop_measure_ids=[each.pk for each in finding.measures.all()])
    with refused(finding, AmendmentEmptyError, "without a acceptance criterion"):
        amend(world, finding, drop_criterion_ids=[each.pk for each in finding.criteria.all()])
    with refused(finding, MissingTextError):
        amend(world, finding, measures=["  "])
    with refused(finding, ReasonTooShortError):
        amend(world, finding, measures=["再加一条"], reason="有变化")
    with refused(finding, PieceNotFoundError):
        amend(world, finding, drop_measure_ids=[10_000])


def test_all_measures_may_go_where_others_come(world, finding):
    amend(
        world,
        finding,
        measures=["建立电子台账"],
        drop_measure_ids=[each.pk for each in finding.measures.all()],
        criteria=["电子台账可查。"],
        drop_criterion_ids=[each.pk for each in finding.criteria.all()],
    )
    amended = world.do("amendment_sign", world.group, finding)
    assert (standing(amended, "measures"), standing(amended, "criteria")) == (
        ["建立电子台账"],
        ["电子台账可查。"],
    )


def test_one_amendment_waits_at_a_time(world, finding):
    amend(world, finding, measures=["建立电子台账"])
    with refused(finding, NothingToAmendError, "one at a time"):
        amend(world, finding, measures=["再加一条"])


def test_whoever_proposed_never_approves_nor_who_fixes(world, finding):
    both = world.grant(world.clerk.person_id, (Role.LEADING_GROUP, world.bureau))
    amend(world, finding, both, measures=["建立电子台账"])
    with refused(finding, ActionDeniedError, "whoever submits never approves"):
        world.do("amendment_sign", both, finding)
    with refused(finding, ActionDeniedError, "which is not yours"):
        world.do("amendment_sign", world.verifier, finding)
    inside = world.grant(world.handler.person_id, (Role.LEADING_GROUP, world.bureau))
    with refused(finding, ActionDeniedError, "belong"):
        world.do("amendment_sign", inside, finding)


def test_an_amendment_is_sent_back_or_withdrawn_with_its_reason(world, finding):
    for verb, actor, state in (
        ("amendment_send_back", world.group, "sent_back"),
        ("amendment_withdraw", world.head, "withdrawn"),
    ):
        with refused(finding, NoAmendmentError, "No amendment"):
            world.do(verb, actor, finding, reason=REASON)
        amend(world, finding, measures=["建立电子台账"])
        with refused(finding, ReasonTooShortError):
            world.do(verb, actor, finding, reason="不妥")
        after = world.do(verb, actor, finding, reason=REASON)
        last = after.amendments.last()
        assert (last.state, last.decided_reason) == (state, REASON)
        assert len(standing(after, "measures")) == 2
    with refused(finding, NoAmendmentError, "No amendment"):
        world.do("amendment_sign", world.group, finding)


def test_what_was_done_meanwhile_is_not_dropped(world, finding):
    first, _second = finding.measures.all()
    amend(world, finding, drop_measure_ids=[first.pk])
    world.do("measure_complete", world.handler, finding, measure_id=first.pk, result="已逐笔核对。")
    with refused(finding, StandsOtherwiseError, "is done already"):
        world.do("amendment_sign", world.group, finding)
    world.do("amendment_withdraw", world.head, finding, reason=REASON)
    with refused(finding, StandsOtherwiseError, "is done already"):
        amend(world, finding, drop_measure_ids=[first.pk])


def test_what_was_dropped_is_neither_done_nor_judged(world, finding):
    _first, second = finding.measures.all()
    _one, other = finding.criteria.all()
    amend(world, finding, drop_measure_ids=[second.pk], drop_criterion_ids=[other.pk])
    world.do("amendment_sign", world.group, finding)
    with refused(finding, StandsOtherwiseError, "was dropped"):
        world.do("measure_complete", world.handler, finding, measure_id=second.pk, result="做了。")
    world.file_evidence(finding)
    with refused(finding, StandsOtherwiseError, "was dropped"):
        world.do("criterion_judge", world.verifier, finding, criterion_id=other.pk, met=True, note="看过。")
    with refused(finding, StandsOtherwiseError, "was dropped"):
        amend(world, finding, drop_measure_ids=[second.pk])


def test_two_steps_put_an_amendment_into_force(world):
    world.inspect_by(plan_ladder=["leading_group", "inspector"])
    finding = planned(world, world.inspector)
    amend(world, finding, measures=["建立电子台账"])
    after = world.do("amendment_sign", world.group, finding)
    assert len(standing(after, "measures")) == 2
    verdicts = dict(finding_actions(world.inspector, finding_get(world.inspector, finding.pk)))
    assert verdicts[Action.AMENDMENT_SIGN].allowed
    after = world.do("amendment_sign", world.inspector, finding)
    assert len(standing(after, "measures")) == 3


def test_without_an_approved_plan_there_is_nothing_to_amend(world):
    free = world.accepted(nature=Nature.IMMEDIATE)
    with refused(free, NothingToAmendError, "nothing to amend"):
        amend(world, free, measures=["再加一条"])


def test_what_an_approved_amendment_does_not_say_is_not_attached_to_it(world, finding):
    """The database compares: a second approved amendment carries nothing that stands in none."""
    first, second = finding.measures.all()
    one, _other = finding.criteria.all()
    amend(world, finding, measures=["建立电子台账"], drop_measure_ids=[second.pk])
    world.do("amendment_sign", world.group, finding)
    amendment = finding.amendments.get()
    dropped = {
        "dropped_at": world.at(),
        "dropped_by_id": world.clerk.person_id,
        "dropped_reason": REASON,
        "dropped_amendment": amendment,
    }
    added = {"added_by_id": world.clerk.person_id, "added_at": world.at(), "amendment": amendment}
    with pytest.raises(DatabaseError, match="written, and once"), transaction.atomic():
        Measure.objects.filter(pk=first.pk).update(**dropped)
    with pytest.raises(DatabaseError, match="written, and once"), transaction.atomic():
        Criterion.objects.filter(pk=one.pk).update(**dropped)
    with pytest.raises(DatabaseError, match="only through an approved amendment"), transaction.atomic():
        Measure.objects.create(finding=finding, position=9, text="另立措施", source="office", **added)
    with pytest.raises(DatabaseError, match="only through an approved amendment"), transaction.atomic():
        Criterion.objects.create(finding=finding, position=9, text="另立标准", **added)
