"""Signing several requests with one action: each judged by itself, refused ones do not hold the others up."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ledger.laddered import quorum
from ledger.refusals import everything
from ledger.world import STATED, TODAY
from zhenggai.domain.actor import Role
from zhenggai.domain.case import HoldKind
from zhenggai.domain.gates import check_gates
from zhenggai.domain.lifecycle import Stage
from zhenggai.ledger import services
from zhenggai.ledger.cases import case_standing
from zhenggai.ledger.comparing import differences
from zhenggai.ledger.models import Finding, Signature
from zhenggai.ledger.selectors import finding_get
from zhenggai.ledger.services.signing_many import NothingToSignError, Outcome
from zhenggai.ledger.signing_many import amendments_to_sign, closures_to_sign


def requested(world, count):
    """So many findings whose closure is requested."""
    found = []
    for finding in world.register(*[STATED] * count):
        world.assigned(finding)
        world.do("finding_accept", world.head, finding)
        found.append(world.request(world.prove(finding)))
    return found


def versions(*findings):
    return {each.pk: Finding.objects.get(pk=each.pk).version for each in findings}


def sign(world, actor, chosen, **values):
    return services.closures_sign(actor=actor, at=world.at(), versions=chosen, **values)


def test_all_that_is_ticked_is_signed_each_by_its_own_record(world):
    one, two = requested(world, 2)
    done = sign(world, world.leader, versions(one, two), note="同意。")
    assert [each.outcome for each in done] == [Outcome.SIGNED, Outcome.SIGNED]
    done = sign(world, world.clerk, versions(one, two))
    assert [each.outcome for each in done] == [Outcome.CLOSED, Outcome.CLOSED]
    assert {each.stage for each in Finding.objects.filter(pk__in=[one.pk, two.pk])} == {Stage.CLOSED}
    assert set(Signature.objects.filter(step="responsible_leader").values_list("note", flat=True)) == {
        "同意。"
    }
    assert list(differences()) == []


def test_a_refused_one_says_why_and_the_others_go_through(world):
    one, two, three = requested(world, 3)
    world.do("hold_open", world.clerk, two, kind=HoldKind.SPOT_CHECK, reference="抽查示例1")
    world.do("closure_sign", world.leader, three)
    stale = {three.pk: 1}
    done = {each.finding_id: each for each in sign(world, world.clerk, {**versions(one, two), **stale})}
    assert done[one.pk].outcome is Outcome.REFUSED
    assert "responsible leader" in str(done[one.pk].reason)
    assert done[three.pk].outcome is Outcome.REFUSED
    assert "since you loaded this page" in str(done[three.pk].reason) or "Nothing of yours" in str(
        done[three.pk].reason
    )
    done = {each.finding_id: each for each in sign(world, world.leader, versions(one, two))}
    assert done[one.pk].outcome is Outcome.SIGNED
    assert done[two.pk].outcome is Outcome.REFUSED
    assert [gate.code for gate in done[two.pk].gates] == ["holds"]
    assert Finding.objects.get(pk=two.pk).stage == Stage.CLOSURE_REQUESTED
    assert list(differences()) == []


def test_a_second_click_signs_nothing_twice_and_says_so(world):
    one, two = requested(world, 2)
    chosen = versions(one, two)
    sign(world, world.leader, chosen)
    before = everything()
    done = sign(world, world.leader, chosen)
    assert [each.outcome for each in done] == [Outcome.ALREADY, Outcome.ALREADY]
    assert everything() == before


def test_what_is_not_the_actor_s_is_refused_as_if_it_were_not_there(world):
    (one,) = requested(world, 1)
    before = everything()
    (done,) = sign(world, world.stranger, {one.pk: 1})
    (none,) = sign(world, world.stranger, {999_999: 1})
    assert done.outcome is none.outcome is Outcome.REFUSED
    assert str(done.reason) == str(none.reason)
    assert everything() == before


def test_nothing_ticked_and_too_much_at_once_are_refused(world):
    with pytest.raises(NothingToSignError, match="No request is ticked"):
        sign(world, world.leader, {})
    with pytest.raises(NothingToSignError, match="41 requests are ticked, and at most 40"):
        sign(world, world.leader, dict.fromkeys(range(41), 1))


def test_the_list_shows_what_is_the_reader_s_with_the_gates_as_they_are_judged(world):
    one, two = requested(world, 2)
    world.do("hold_open", world.clerk, two, kind=HoldKind.SPOT_CHECK, reference="抽查示例1")
    rows, total = closures_to_sign(world.leader, TODAY)
    assert ([row.finding.pk for row in rows], total) == ([one.pk, two.pk], 2)
    assert [row.is_open for row in rows] == [True, False]
    for row in rows:
        alone = finding_get(world.leader, row.finding.pk)
        assert row.gates == check_gates(case_standing(alone, TODAY))
    for name in ("clerk", "verifier", "handler", "group", "auditor", "stranger", "administrator"):
        assert closures_to_sign(getattr(world, name), TODAY) == ([], 0)
    world.do("closure_sign", world.leader, one)
    assert [row.finding.pk for row in closures_to_sign(world.clerk, TODAY)[0]] == [one.pk]


@pytest.mark.parametrize("is_of_several", [False, True])
def test_as_many_queries_for_many_requests_as_for_one(world, is_of_several):
    people = quorum(world) if is_of_several else []
    (first,) = requested(world, 1)
    signer = people[0] if people else world.leader
    if people:
        world.do("closure_sign", world.leader, first)
    with CaptureQueriesContext(
        connection,
    ) as alone:
        assert len(closures_to_sign(signer, TODAY)[0]) == 1
    more = requested(world, 3)
    for each in more if people else ():
        world.do("closure_sign", world.leader, each)
    with CaptureQueriesContext(connection) as together:
        assert len(closures_to_sign(signer, TODAY)[0]) == 4
    # a step of several is loaded with those called to it, which a request of one person has none of
    assert len(together) <= len(alone) + 1


def test_an_amendment_waits_for_whoever_approves_it(world):
    world.inspection = world.inspect(title="示例局专项巡察", plan_required=True)
    finding = world.assigned()
    world.do("criterion_add", world.clerk, finding, text="台账与账簿一致。")
    plan = services.plan_submit(actor=world.clerk, at=world.at(), inspection_id=world.inspection.pk)
    services.plan_sign(actor=world.group, at=world.at(), plan_id=plan.pk)
    world.do("finding_accept", world.head, finding)
    from zhenggai.domain.amending import NewMeasure  # noqa: PLC0415 - used here alone

    reason = "新办法出台，需要增加措施，报请批准。"
    world.do("plan_amend", world.clerk, finding, reason=reason, measures=[NewMeasure("再建台账")])
    assert [each.pk for each in amendments_to_sign(world.group)] == [finding.pk]
    second = world.person("clerk2", "二示例", (Role.OFFICE_CLERK, world.bureau))
    for actor in (world.clerk, second, world.stranger, world.administrator):
        assert amendments_to_sign(actor) == []
