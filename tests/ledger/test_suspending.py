"""Suspending the work: a recorded time without work or closing, in which the deadline runs on."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from ledger.refusals import refused
from ledger.test_paper import confirm, on_paper
from ledger.world import DUE, TODAY
from zhenggai.domain.case import Requirement
from zhenggai.domain.closing import ReasonTooShortError
from zhenggai.domain.extending import NotSuspendedError, SuspendedError
from zhenggai.domain.lifecycle import Stage, TransitionError
from zhenggai.domain.policy import Action
from zhenggai.inbox.models import Notice
from zhenggai.ledger.comparing import differences
from zhenggai.ledger.deadlines import finding_days_overdue
from zhenggai.ledger.errors import ActionDeniedError, FindingNotFoundError
from zhenggai.ledger.selectors import finding_actions, finding_gates, finding_get, finding_timeline

REASON = "司法机关正在核查同一事项，暂停整改。"


def suspend(world, finding, actor=None, **values):
    return world.do("suspension_begin", actor or world.clerk, finding, **{"reason": REASON, **values})


def test_a_suspension_is_an_interval_that_stays_on_record(world):
    finding = suspend(world, world.rectifying())
    assert finding.stage == Stage.RECTIFYING
    finding = world.do("suspension_end", world.group, finding, reason="核查已经结束，恢复整改。")
    suspension = finding.suspensions.get()
    assert (suspension.begun_by_id, suspension.ended_by_id) == (world.clerk.person_id, world.group.person_id)
    assert suspension.ended_at > suspension.begun_at
    names = [event.name for event in finding_timeline(world.clerk, finding.pk)][-2:]
    assert names == ["ledger.suspension.begun", "ledger.suspension.ended"]
    suspend(world, finding)
    assert finding.suspensions.count() == 2
    assert list(differences(finding.inspection_id)) == []


def test_it_is_the_offices_and_the_leading_groups(world):
    finding = world.rectifying()
    for name in ("handler", "head", "leader", "verifier", "inspector", "auditor"):
        with refused(finding, ActionDeniedError, "suspend the work"):
            suspend(world, finding, getattr(world, name))
    for name in ("stranger", "administrator"):
        with refused(finding, FindingNotFoundError):
            suspend(world, finding, getattr(world, name))


def test_a_reason_is_given_and_nothing_is_done_twice(world):
    finding = world.rectifying()
    with refused(finding, ReasonTooShortError):
        suspend(world, finding, reason="等")
    with refused(finding, NotSuspendedError, "nothing to resume"):
        world.do("suspension_end", world.clerk, finding, reason=REASON)
    suspend(world, finding)
    with refused(finding, SuspendedError, "suspended already"):
        suspend(world, finding)


def test_while_suspended_there_is_neither_work_nor_closing(world):
    finding = suspend(world, world.proven())
    evidence = finding.evidence.get()
    tries = (
        ("progress_report", world.handler, {"progress": "done", "narrative": "完成。"}),
        ("evidence_withdraw", world.handler, {"evidence_id": evidence.pk, "reason": "传错了文件。"}),
        (
            "evidence_judge",
            world.verifier,
            {"evidence_id": evidence.pk, "effect": True, "note": "已核对。"},
        ),
        (
            "requirement_answer",
            world.handler,
            {"requirement": Requirement.CAUSE, "evidence_id": evidence.pk},
        ),
        (
            "outcome_record",
            world.handler,
            {"kind": "rules", "quantity": Decimal(1), "evidence_id": evidence.pk, "happened_on": TODAY},
        ),
        ("closure_request", world.handler, {"statement": "请予销号。"}),
    )
    for verb, actor, values in tries:
        with refused(finding, SuspendedError, "while the work on this finding is suspended"):
            world.do(verb, actor, finding, **values)
    with refused(finding, SuspendedError, "add evidence"):
        world.file_evidence(finding)
    said = dict(finding_actions(world.handler, finding_get(world.handler, finding.pk)))
    assert "suspended" in str(said[Action.PROGRESS_REPORT].reason)
    gates = {
        each.code: each for each in finding_gates(finding_get(world.clerk, finding.pk), date(2026, 3, 3))
    }
    assert gates["holds"].remedy is Action.SUSPENSION_END
    world.do("suspension_end", world.clerk, finding, reason="核查已经结束，恢复整改。")
    assert world.request(finding).stage == Stage.CLOSURE_REQUESTED


def test_a_request_that_stands_is_not_signed_but_may_be_sent_back(world):
    finding = world.requested()
    record = on_paper(world, finding)
    finding = suspend(world, finding)
    with refused(finding, SuspendedError, "sign the closure request"):
        world.do("closure_sign", world.leader, finding)
    with refused(finding, SuspendedError, "while the work on this finding is suspended"):
        confirm(world, world.verifier, finding, record)
    with refused(finding, SuspendedError, "while the work on this finding is suspended"):
        on_paper(world, finding, world.verifier)
    finding = world.do("closure_send_back", world.leader, finding, reason="整改已经暂停，恢复后再报。")
    assert finding.stage == Stage.RECTIFYING


def test_what_arranges_or_asks_goes_on_and_so_does_the_clock(world):
    finding = suspend(world, world.rectifying())
    world.do("situation_raise", world.handler, finding, text="又见一笔。")
    world.do("hold_open", world.clerk, finding, kind="other", reference="示1")
    values = {"new_due": date(2026, 9, 30), "reason": "因暂停整改，需要顺延完成时限。"}
    world.do("extension_request", world.handler, finding, **values)
    world.do("deadline_sign", world.leader, finding)
    finding = finding_get(world.clerk, finding.pk)
    assert (finding.due, finding_days_overdue(finding, date(2026, 7, 5))) == (DUE, 5)


@pytest.mark.parametrize("start", ["registered", "closed"])
def test_nothing_is_suspended_before_it_is_assigned_or_after_closing(world, start):
    finding = getattr(world, start)()
    with refused(finding, TransitionError, "suspend the work"):
        suspend(world, finding)


def test_suspensions_and_granted_deadlines_are_told_under_kinds_of_their_own(
    world, django_capture_on_commit_callbacks
):
    finding = world.rectifying()
    reason = "设备招标流标一次，需要重新组织。"
    with django_capture_on_commit_callbacks(execute=True):
        world.do("suspension_begin", world.clerk, finding, reason=REASON)
        world.do("suspension_end", world.clerk, finding, reason="核查已经结束，恢复整改。")
        world.do("extension_request", world.handler, finding, new_due=date(2026, 12, 31), reason=reason)
        world.do("deadline_sign", world.leader, finding)
        world.do("deadline_sign", world.clerk, finding)
    kinds = set(Notice.objects.filter(target_id=finding.pk).values_list("kind", flat=True))
    assert {"suspension", "deadline"} <= kinds
    assert "plan" not in kinds
