"""Who is told of what happens in the ledger: whoever may take the next step, never who acted."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.db import transaction
from django.utils import timezone

from ledger.world import AT, STATED, TODAY, World
from zhenggai.accounts.models import Person, Post
from zhenggai.domain.actor import Role
from zhenggai.domain.lifecycle import Nature
from zhenggai.domain.policy import Action
from zhenggai.inbox.models import Notice
from zhenggai.ledger import services
from zhenggai.ledger.facts import facts_of
from zhenggai.ledger.selectors import finding_get
from zhenggai.ledger.telling import people_who_may

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    Committed = Callable[..., AbstractContextManager[Any]]

REASON = "抽查记录缺少第三季度的材料，请补齐。"


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Any) -> Committed:
    """What is done within is committed, and people are told."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def told(kind: str | None = None) -> dict[str, str]:
    """By user name, what the last notices say."""
    rows = Notice.objects.order_by("pk")
    if kind:
        rows = rows.filter(kind=kind)
    return {row.person.username: row.template % row.values if row.values else row.template for row in rows}


def test_unit_leader_and_helpers_are_told_of_an_assignment_and_the_office_is_not(
    world: World, committed: Committed
) -> None:
    with committed():
        world.assigned()
    said = told()
    assert set(said) == {"leader", "head", "handler", "helper"}
    assert said["leader"] == "Assigned with you as its responsible leader; “示例股” fixes it."
    assert said["head"] == said["handler"]
    assert "due on 2026-06-30" in said["head"]
    assert said["helper"] == "Assigned to “示例股”; your unit supports it."
    assert set(Notice.objects.values_list("by_id", flat=True)) == {world.clerk.person_id}


def test_nobody_is_told_of_what_was_rolled_back(world: World, committed: Committed) -> None:
    finding = world.registered()
    with committed(), transaction.atomic():
        world.assigned(finding)
        transaction.set_rollback(True)
    assert not Notice.objects.exists()


def test_the_office_is_told_that_a_unit_declined_or_asks_for_a_transfer(
    world: World, committed: Committed
) -> None:
    finding = world.assigned()
    with committed():
        world.do("finding_decline", world.head, finding, reason=REASON)
    assert told() == {"office": f"The unit declined it, so assign it anew. Reason: {REASON}"}
    Notice.objects.all().delete()
    finding = world.assigned(finding)
    with committed():
        world.do("finding_transfer", world.head, finding, to_unit_id=world.other_unit.pk, reason=REASON)
    assert list(told()) == ["office"]
    assert "财务示例股" in told()["office"]


def test_each_next_signer_of_the_ladder_is_told_and_at_last_those_concerned(
    world: World, committed: Committed
) -> None:
    finding = world.proven()
    with committed():
        world.request(finding)
    assert set(told()) == {"leader"}
    with committed():
        world.do("closure_sign", world.leader, finding)
    assert set(told("to_sign")) == {"leader", "office"}
    with committed():
        world.do("closure_sign", world.clerk, finding)
    assert set(told("to_sign")) == {"leader", "office"}
    # the office closed it with its own signature
    assert set(told("closed")) == {"leader", "head", "handler"}


def test_long_term_work_is_said_to_be_closed_for_its_stage(world: World, committed: Committed) -> None:
    finding = world.proven(nature=Nature.LONG_TERM)
    world.request(finding, stage_goal="每季核对一次", recheck_on=date(2026, 9, 1))
    world.do("closure_sign", world.leader, finding)
    with committed():
        world.do("closure_sign", world.clerk, finding)
    assert "next re-check is on 2026-09-01" in told("closed")["head"]


def test_a_signer_who_fixed_it_is_not_asked_to_sign(world: World, committed: Committed) -> None:
    second = world.person("office2", "办样例", (Role.OFFICE_CLERK, world.bureau))
    worker = world.person("office3", "办样本", (Role.OFFICE_CLERK, world.bureau), (Role.HANDLER, world.unit))
    finding = world.rectifying()
    world.file_evidence(finding, worker)
    finding = world.prove(finding)
    world.request(finding)
    with committed():
        world.do("closure_sign", world.leader, finding)
    assert set(told("to_sign")) == {"office", "office2"}
    assert second.person_id in Notice.objects.values_list("person_id", flat=True)


def test_the_unit_is_told_the_reason_of_a_return(world: World, committed: Committed) -> None:
    finding = world.requested()
    with committed():
        world.do("closure_send_back", world.leader, finding, reason=REASON)
    assert set(told()) == {"handler", "head"}
    assert told()["handler"].endswith(REASON)


def test_whoever_judged_withdrawn_evidence_is_told(world: World, committed: Committed) -> None:
    finding = world.proven()
    evidence = finding.evidence.get()
    with committed():
        world.do("evidence_withdraw", world.helper, finding, evidence_id=evidence.pk, reason=REASON)
    assert set(told()) == {"handler", "verifier", "office"}
    assert "“退款示例凭证” was withdrawn" in told()["verifier"]


def test_a_new_situation_is_told_to_those_it_waits_with_and_its_answer_to_who_raised_it(
    world: World, committed: Committed
) -> None:
    finding = world.rectifying()
    with committed():
        finding = world.do("situation_raise", world.handler, finding, text="原保管人已经调离。")
    assert set(told()) == {"head"}
    Notice.objects.all().delete()
    situation = finding.situations.get()
    with committed():
        world.do("situation_answer", world.clerk, finding, situation_id=situation.pk, text="请协助核实。")
    assert told() == {"handler": "The new situation that you raised is answered."}


def test_all_that_is_handed_over_at_once_is_one_notice(world: World, committed: Committed) -> None:
    findings = [world.assigned(each) for each in world.register(STATED, STATED)]
    new = world.person("leader2", "领样例", (Role.RESPONSIBLE_LEADER, world.bureau))
    with committed():
        services.findings_hand_over(
            actor=world.clerk,
            at=world.at(),
            from_id=world.leader.person_id,
            to_id=new.person_id,
            versions={each.pk: each.version for each in findings},
        )
    assert list(told()) == ["leader2"]
    notice = Notice.objects.get()
    assert notice.details[0]["findings"] == [each.pk for each in findings]
    assert notice.details[0]["total"] == 2


def test_a_former_holder_and_a_closed_account_are_told_nothing(world: World, committed: Committed) -> None:
    Post.objects.filter(person_id=world.handler.person_id).update(ended_on=TODAY)
    Person.objects.filter(pk=world.head.person_id).update(is_active=False)
    stays = world.person("handler2", "经样例", (Role.HANDLER, world.unit))
    with committed():
        world.assigned()
    assert set(told()) == {"leader", "helper", "handler2"}
    assert stays.person_id is not None


def test_who_acts_for_the_leader_is_asked_to_sign_as_well(world: World, committed: Committed) -> None:
    acting = world.person("acting", "代示例", (Role.AUDITOR, world.bureau))
    granter = Person.objects.get(username="granter1")
    Post.objects.create(
        person_id=acting.person_id,
        organisation=world.bureau,
        role=Role.RESPONSIBLE_LEADER.value,
        acting_for_id=world.leader.person_id,
        started_on=date(2025, 1, 1),
        ended_on=date(2027, 1, 1),
        granted_by=granter,
        confirmed_by=Person.objects.get(username="granter2"),
        confirmed_at=AT,
    )
    finding = world.proven()
    with committed():
        world.request(finding)
    assert set(told()) == {"leader", "acting"}


def test_the_queries_of_telling_do_not_grow_with_the_people(
    world: World, django_assert_max_num_queries: Any
) -> None:
    finding = world.proven()
    for number in range(12):
        world.person(f"many{number}", f"众示例{number}", (Role.HANDLER, world.unit))
    facts = facts_of(finding_get(world.clerk, finding.pk))
    with django_assert_max_num_queries(3):
        found = people_who_may(Action.PROGRESS_REPORT, facts, timezone.localdate(AT))
    assert len(found) == 15
