"""What the inspecting body said in a round stands in it: nobody below turns it over."""

from __future__ import annotations

from datetime import date

import pytest

from ledger.refusals import refused
from zhenggai.accounts.models import Post
from zhenggai.domain.actor import Role
from zhenggai.domain.case import HoldKind
from zhenggai.domain.gates import ClosureRefusedError
from zhenggai.domain.policy import Action
from zhenggai.ledger.errors import ActionDeniedError
from zhenggai.ledger.models import Finding
from zhenggai.ledger.selectors import finding_get, piece_actions

ONLY = "only that body judges it again"


def criterion_judged(world, finding, actor, *, met, evidence_id):
    return world.do(
        "criterion_judge",
        actor,
        finding,
        criterion_id=finding.criteria.get().pk,
        met=met,
        note="现场核对。",
        evidence_ids=[evidence_id],
    )


def effect_judged(world, finding, actor, evidence_id, *, effect):
    return world.do(
        "evidence_judge", actor, finding, evidence_id=evidence_id, effect=effect, note="现场核对。"
    )


def test_what_the_inspector_found_not_met_the_office_does_not_find_met(world):
    finding = world.proven()
    evidence_id = finding.evidence.get().pk
    criterion_judged(world, finding, world.inspector, met=False, evidence_id=evidence_id)
    for actor in (world.clerk, world.verifier):
        with refused(finding, ActionDeniedError, ONLY):
            criterion_judged(world, finding, actor, met=True, evidence_id=evidence_id)
    with refused(finding, ClosureRefusedError):
        world.request(finding)
    criterion_judged(world, finding, world.inspector, met=True, evidence_id=evidence_id)
    assert world.request(finding).stage == "closure_requested"


def test_evidence_that_the_inspector_called_paper_stays_so_also_when_it_is_filed_anew(world):
    finding = world.proven()
    evidence_id = finding.evidence.get().pk
    effect_judged(world, finding, world.inspector, evidence_id, effect=False)
    with refused(finding, ActionDeniedError, ONLY):
        effect_judged(world, finding, world.clerk, evidence_id, effect=True)
    world.do("evidence_withdraw", world.handler, finding, evidence_id=evidence_id, reason="换一份材料")
    same = world.file_evidence(finding, title="另一个题目").evidence.last()
    with refused(finding, ActionDeniedError, ONLY):
        effect_judged(world, finding, world.verifier, same.pk, effect=True)
    other = world.file_evidence(finding, file=b"another example receipt").evidence.last()
    assert effect_judged(world, finding, world.verifier, other.pk, effect=True)


def test_a_criterion_named_in_a_return_is_judged_anew_by_whoever_may(world):
    finding = world.proven()
    evidence_id = finding.evidence.get().pk
    criterion_judged(world, finding, world.inspector, met=True, evidence_id=evidence_id)
    world.request(finding)
    world.do(
        "closure_send_back",
        world.leader,
        finding,
        reason="请补齐第三季度的核对记录",
        criterion_ids=[finding.criteria.get().pk],
    )
    finding = world.file_evidence(finding)
    finding = criterion_judged(
        world, finding, world.verifier, met=True, evidence_id=finding.evidence.last().pk
    )
    assert finding.criteria.get().judgements.last().by.name == "核示例"


@pytest.mark.parametrize(
    ("started", "ended", "stands"),
    [
        (date(2025, 1, 1), date(2026, 3, 3), True),
        (date(2025, 1, 1), date(2026, 3, 2), False),
        (date(2026, 3, 3), None, False),
    ],
)
def test_the_post_of_the_day_makes_it_the_inspecting_bodys_word(world, started, ended, stands):
    finding = world.proven()
    evidence_id = finding.evidence.get().pk
    criterion_judged(world, finding, world.inspector, met=False, evidence_id=evidence_id)
    post = Post.objects.filter(person_id=world.inspector.person_id, role=Role.INSPECTOR.value)
    post.update(started_on=started, ended_on=ended)
    if stands:
        with refused(finding, ActionDeniedError, ONLY):
            criterion_judged(world, finding, world.clerk, met=True, evidence_id=evidence_id)
    else:
        assert criterion_judged(world, finding, world.clerk, met=True, evidence_id=evidence_id)


def test_the_page_is_told_of_each_piece_what_the_service_would_say(world, django_assert_num_queries):
    finding = world.proven()
    evidence_id = finding.evidence.get().pk
    for n in range(2):
        holder = (world.inspector, world.clerk)[n]
        world.do("hold_open", holder, finding, kind=HoldKind.SPOT_CHECK, reference=f"抽查示例{n}")
    theirs, ours = Finding.objects.get(pk=finding.pk).holds.all()
    criterion_judged(world, finding, world.inspector, met=False, evidence_id=evidence_id)
    finding = finding_get(world.clerk, finding.pk)
    with django_assert_num_queries(1):
        verdicts = piece_actions(world.clerk, finding)
    criterion = finding.criteria.all()[0]
    assert "only that body takes it off again" in str(verdicts[Action.HOLD_CLEAR, theirs.pk].reason)
    assert verdicts[Action.HOLD_CLEAR, ours.pk].allowed
    assert ONLY in str(verdicts[Action.CRITERION_JUDGE, criterion.pk].reason)
    assert verdicts[Action.EVIDENCE_JUDGE, evidence_id].allowed
    inspectors = piece_actions(world.inspector, finding)
    assert inspectors[Action.CRITERION_JUDGE, criterion.pk].allowed
    assert inspectors[Action.HOLD_CLEAR, ours.pk].allowed
