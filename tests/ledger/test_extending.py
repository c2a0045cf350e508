"""Extensions and long-term requests: asked with a reason, approved by two others; the first day stays."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ledger.laddered import acting
from ledger.refusals import refused
from ledger.world import DUE, STATED
from zhenggai.accounts.models import Post
from zhenggai.domain.actor import Role
from zhenggai.domain.case import HoldKind
from zhenggai.domain.closing import MissingTextError, ReasonTooShortError
from zhenggai.domain.days import DayImpossibleError
from zhenggai.domain.extending import (
    DeadlinePendingError,
    DeadlinePlanWaitsError,
    DueNotLaterError,
    NoDeadlineError,
    NoDeadlineRequestError,
    RecheckPastError,
)
from zhenggai.domain.gates import ClosureRefusedError
from zhenggai.domain.lifecycle import Nature, Stage, TransitionError
from zhenggai.domain.policy import Action
from zhenggai.ledger import services
from zhenggai.ledger.comparing import differences
from zhenggai.ledger.deadlines import finding_days_overdue
from zhenggai.ledger.errors import (
    ActionDeniedError,
    FindingNotFoundError,
    InvalidFieldError,
    StalePageError,
    StandsOtherwiseError,
)
from zhenggai.ledger.exporting import ledger_export_json
from zhenggai.ledger.listing import FindingFilters
from zhenggai.ledger.selectors import (
    finding_actions,
    finding_gates,
    finding_get,
    finding_timeline,
    findings_page,
)
from zhenggai.ledger.waiting import findings_waiting

REASON = "设备招标流标一次，需要重新组织。"
NEW = date(2026, 9, 30)
GOAL = "每季度核对一次台账并通报。"


def on(day):
    """A moment of a day in Asia/Shanghai, late in its evening."""
    return datetime(day.year, day.month, day.day, 15, 30, tzinfo=UTC)


def ask(world, finding, actor=None, **values):
    return world.do(
        "extension_request", actor or world.handler, finding, **{"new_due": NEW, "reason": REASON, **values}
    )


def ask_long_term(world, finding, actor=None, **values):
    said = {"stage_goal": GOAL, "recheck_on": date(2026, 12, 1), "reason": REASON, **values}
    return world.do("long_term_request", actor or world.handler, finding, **said)


def grant(world, finding):
    world.do("deadline_sign", world.leader, finding)
    return world.do("deadline_sign", world.clerk, finding, note="同意。")


def act(verb, actor, finding, at, **values):
    """A service at a moment of its own."""
    version = type(finding).objects.get(pk=finding.pk).version
    return getattr(services, verb)(actor=actor, at=at, finding_id=finding.pk, version=version, **values)


def extended(world, finding, asked_on, new_due, granted_on):
    act("extension_request", world.handler, finding, on(asked_on), new_due=new_due, reason=REASON)
    act("deadline_sign", world.leader, finding, on(granted_on))
    return act("deadline_sign", world.clerk, finding, on(granted_on))


def test_the_due_date_moves_with_the_second_approval_and_the_first_is_kept(world):
    finding = ask(world, world.rectifying())
    assert (finding.due, finding.first_due) == (DUE, DUE)
    finding = world.do("deadline_sign", world.leader, finding)
    assert finding.due == DUE
    finding = world.do("deadline_sign", world.clerk, finding, note="同意。")
    assert (finding.due, finding.first_due, finding.stage) == (NEW, DUE, Stage.RECTIFYING)
    names = [event.name for event in finding_timeline(world.clerk, finding.pk)][-4:]
    assert names == [
        "ledger.extension.requested",
        "ledger.deadline.signed",
        "ledger.deadline.signed",
        "ledger.extension.granted",
    ]
    assert list(differences(finding.inspection_id)) == []
    later = date(2026, 12, 31)
    finding = grant(world, ask(world, finding, new_due=later))
    assert (finding.due, finding.first_due) == (later, DUE)
    assert list(differences(finding.inspection_id)) == []


@pytest.mark.parametrize("new_due", [DUE, date(2026, 6, 1), date(2026, 3, 2), date(2025, 12, 31)])
def test_the_new_day_is_later_than_the_one_in_force(world, new_due):
    finding = world.rectifying()
    with refused(finding, DueNotLaterError, "is not later than both the due date in force, 2026-06-30"):
        ask(world, finding, new_due=new_due)


def test_a_late_request_names_a_day_still_to_come(world):
    finding = world.rectifying()
    for day in (date(2026, 7, 9), date(2026, 7, 10)):
        with refused(finding, DueNotLaterError, "and today, 2026-07-10"):
            act(
                "extension_request", world.handler, finding, on(date(2026, 7, 10)), new_due=day, reason=REASON
            )


def test_a_reason_and_a_day_that_can_be_meant_are_asked_for(world):
    finding = world.rectifying()
    with refused(finding, ReasonTooShortError):
        ask(world, finding, reason="来不及了")
    with refused(finding, DayImpossibleError):
        ask(world, finding, new_due=date(9999, 9, 30))


def test_one_request_waits_at_a_time(world):
    finding = ask(world, world.rectifying())
    with refused(finding, DeadlinePendingError, "one waits at a time"):
        ask(world, finding, world.head)
    with refused(finding, DeadlinePendingError, "“extension” is not decided yet"):
        ask_long_term(world, finding)


@pytest.mark.parametrize("name", ["helper", "clerk", "leader", "verifier", "inspector", "group", "auditor"])
def test_only_the_lead_unit_asks(world, name):
    finding = world.rectifying()
    with refused(finding, ActionDeniedError, "ask for an extension"):
        ask(world, finding, getattr(world, name))


@pytest.mark.parametrize("name", ["stranger", "administrator"])
def test_who_does_not_see_the_finding_neither_asks_nor_decides(world, name):
    finding = world.rectifying()
    with refused(finding, FindingNotFoundError):
        ask(world, finding, getattr(world, name))
    ask(world, finding)
    for verb, values in (
        ("deadline_sign", {}),
        ("deadline_send_back", {"reason": REASON}),
        ("deadline_withdraw", {"reason": REASON}),
    ):
        with refused(finding, FindingNotFoundError):
            world.do(verb, getattr(world, name), finding, **values)


def test_the_applicant_never_approves_whatever_posts_he_holds(world):
    both = world.grant(
        world.handler.person_id, (Role.OFFICE_CLERK, world.bureau), (Role.RESPONSIBLE_LEADER, world.bureau)
    )
    finding = ask(world, world.rectifying(), both)
    world.do("deadline_sign", world.leader, finding)
    with refused(finding, ActionDeniedError, "whoever submits never approves"):
        world.do("deadline_sign", both, finding)
    with refused(finding, ActionDeniedError, "whoever submits never approves"):
        world.do("deadline_send_back", both, finding, reason=REASON)


def test_one_person_never_approves_both_steps(world):
    both = world.grant(world.leader.person_id, (Role.OFFICE_CLERK, world.bureau))
    finding = ask(world, world.rectifying())
    world.do("deadline_sign", both, finding)
    with refused(finding, ActionDeniedError, "nobody signs two"):
        world.do("deadline_sign", both, finding)


def test_nobody_approves_beside_somebody_who_acted_for_him(world):
    leader = world.grant(world.leader.person_id, (Role.OFFICE_CLERK, world.bureau))
    deputy = world.person("deputy", "代示例", (Role.AUDITOR, world.bureau))
    deputy = acting(world, deputy, leader, Role.RESPONSIBLE_LEADER, world.bureau)
    finding = ask(world, world.rectifying())
    world.do("deadline_sign", deputy, finding)
    signature = finding.deadline_requests.get().signatures.get()
    assert (signature.by_id, signature.acting_for_id) == (deputy.person_id, leader.person_id)
    with refused(finding, ActionDeniedError, "Somebody acting for you has signed"):
        world.do("deadline_sign", leader, finding)
    another = acting(
        world,
        world.person("deputy2", "代示例二", (Role.AUDITOR, world.bureau)),
        leader,
        Role.OFFICE_CLERK,
        world.bureau,
    )
    with refused(finding, ActionDeniedError, "whoever acts can do no more"):
        world.do("deadline_sign", another, finding)
    assert world.do("deadline_sign", world.clerk, finding).due == NEW
    assert list(differences()) == []


def test_steps_are_taken_in_their_order_and_by_nobody_of_a_unit_that_fixes(world):
    finding = ask(world, world.rectifying())
    with refused(finding, ActionDeniedError, "which is not yours"):
        world.do("deadline_sign", world.clerk, finding)
    world.do("deadline_sign", world.leader, finding)
    inside = world.grant(world.head.person_id, (Role.OFFICE_CLERK, world.bureau))
    with refused(finding, ActionDeniedError, "never the unit that fixed"):
        world.do("deadline_sign", inside, finding)
    worked = world.grant(world.helper.person_id, (Role.OFFICE_CLERK, world.bureau))
    world.file_evidence(finding, worked)
    with refused(finding, ActionDeniedError, "whoever fixes never judges"):
        world.do("deadline_sign", worked, finding)


def test_a_post_that_ended_approves_nothing(world):
    finding = ask(world, world.rectifying())
    Post.objects.filter(person_id=world.leader.person_id).update(ended_on=date(2026, 3, 2))
    with refused(finding, (ActionDeniedError, FindingNotFoundError)):
        world.do("deadline_sign", world.leader, finding)
    # somebody has to be able to end what waits for a post that is gone
    finding = world.do("deadline_send_back", world.clerk, finding, reason="分管领导已调整，请重新申请。")
    assert finding.deadline_requests.get().state == "sent_back"


def test_the_ladder_is_the_profiles(world):
    world.inspect_by(extension_ladder=["leading_group", "inspector"])
    finding = ask(world, world.rectifying())
    with refused(finding, ActionDeniedError, "leading group"):
        world.do("deadline_sign", world.leader, finding)
    world.do("deadline_sign", world.group, finding)
    assert world.do("deadline_sign", world.inspector, finding).due == NEW


def test_sent_back_or_withdrawn_the_due_date_stays_and_it_may_be_asked_anew(world):
    finding = ask(world, world.rectifying())
    with refused(finding, ReasonTooShortError):
        world.do("deadline_send_back", world.leader, finding, reason="不行")
    with refused(finding, ActionDeniedError, "Only the person who asked can withdraw"):
        world.do("deadline_withdraw", world.head, finding, reason=REASON)
    finding = world.do("deadline_send_back", world.leader, finding, reason="理由不充分，请补充说明。")
    assert (finding.due, finding.deadline_requests.get().decided_by_id) == (DUE, world.leader.person_id)
    finding = world.do(
        "deadline_withdraw", world.handler, ask(world, finding), reason="已可按期完成，撤回申请。"
    )
    assert [each.state for each in finding.deadline_requests.all()] == ["sent_back", "withdrawn"]
    for verb, actor, values in (
        ("deadline_sign", world.leader, {}),
        ("deadline_send_back", world.leader, {"reason": REASON}),
        ("deadline_withdraw", world.handler, {"reason": REASON}),
    ):
        with refused(finding, NoDeadlineRequestError, "none waits"):
            world.do(verb, actor, finding, **values)
    assert grant(world, ask(world, finding)).due == NEW
    assert list(differences(finding.inspection_id)) == []


def test_what_waits_holds_the_finding_open_and_nobody_clears_that_by_hand(world):
    finding = ask(world, world.proven())
    with refused(finding, ClosureRefusedError, "Nothing holds the finding open") as refusal:
        world.request(finding)
    (gate,) = [each for each in refusal.value.gates if each.missing]
    assert (gate.code, gate.remedy) == ("holds", Action.DEADLINE_SIGN)
    assert "The request for “extension” is not decided yet" in str(gate.missing[0])
    assert not finding.holds.all()
    with refused(finding, InvalidFieldError, "asked for and decided on the page"):
        world.do("hold_open", world.clerk, finding, kind=HoldKind.EXTENSION, reference="延期")
    grant(world, finding)
    assert world.request(finding).stage == Stage.CLOSURE_REQUESTED


def test_nothing_is_asked_for_while_closing_is_or_after(world):
    finding = world.requested()
    for verb in (ask, ask_long_term):
        with refused(finding, TransitionError, "closure requested"):
            verb(world, finding)
    closed = world.closed()
    with refused(closed, TransitionError, "never edited"):
        ask(world, closed)
    long_term = world.stage_closed()
    with refused(long_term, TransitionError, "never edited"):
        ask(world, long_term)


def test_long_term_work_without_a_day_has_none_to_extend(world):
    finding = world.registered()
    world.do("finding_classify", world.clerk, finding, nature=Nature.LONG_TERM)
    values = {"leader_id": world.leader.person_id, "unit_id": world.unit.pk, "due": None}
    world.do("finding_assign", world.clerk, finding, **values)
    world.do("finding_accept", world.head, finding)
    with refused(finding, NoDeadlineError, "there is none to extend"):
        ask(world, finding)
    with refused(finding, NoDeadlineError, "long-term already"):
        ask_long_term(world, finding)


def test_a_stale_page_asks_for_nothing(world):
    finding = world.rectifying()
    with refused(finding, StalePageError):
        ask(world, finding, version=finding.version - 1)


def test_while_the_plan_that_says_the_day_waits_it_does_not_move(world):
    finding = world.do("criterion_add", world.clerk, world.accepted(), text="台账与账簿一致。")
    ask(world, finding)
    plan = services.plan_submit(actor=world.clerk, at=world.at(), inspection_id=world.inspection.pk)
    with refused(finding, DeadlinePlanWaitsError, "while the plan with this finding waits"):
        world.do("deadline_sign", world.leader, finding)
    finding = world.do("deadline_withdraw", world.handler, finding, reason="等方案批准后再申请。")
    with refused(finding, DeadlinePlanWaitsError, "ask for an extension"):
        ask(world, finding)
    services.plan_sign(actor=world.group, at=world.at(), plan_id=plan.pk)
    assert grant(world, ask(world, finding)).due == NEW
    assert list(differences(finding.inspection_id)) == []


def test_assigning_anew_moves_no_day_before_or_after_an_extension(world):
    finding = grant(world, ask(world, world.accepted()))
    values = {"leader_id": world.leader.person_id, "unit_id": world.unit.pk}
    for due in (DUE, date(2027, 1, 1)):
        with refused(finding, StandsOtherwiseError, "only by an approved extension"):
            world.do("finding_assign", world.clerk, finding, due=due, **values)
    finding = world.do("finding_assign", world.clerk, finding, due=NEW, **values)
    assert (finding.due, finding.first_due) == (NEW, DUE)


def test_days_of_measures_stay_and_the_trail_says_so(world):
    finding = world.accepted()
    measure = finding.measures.get()
    world.do("measure_arrange", world.clerk, finding, measure_id=measure.pk, due=date(2026, 5, 31))
    finding = grant(world, ask(world, finding))
    assert finding.measures.get().due == date(2026, 5, 31)
    (asked,) = [
        each
        for each in finding_timeline(world.clerk, finding.pk)
        if each.name == "ledger.extension.requested"
    ]
    assert asked.values["measure_dues"] == ["2026-05-31"]


@pytest.mark.parametrize(
    ("asked_on", "granted_on", "looked_on", "days", "is_late"),
    [
        # on the due day it is in time: the days until the grant are not overdue
        (DUE, date(2026, 7, 20), date(2026, 9, 30), 0, False),
        (DUE, date(2026, 7, 20), date(2026, 10, 4), 4, False),
        # ten days late: those ten stay for ever
        (date(2026, 7, 10), date(2026, 7, 20), date(2026, 9, 30), 10, True),
        (date(2026, 7, 10), date(2026, 7, 20), date(2026, 10, 4), 14, True),
    ],
)
def test_days_overdue_are_known_for_ever(world, asked_on, granted_on, looked_on, days, is_late):
    finding = world.rectifying()
    extended(world, finding, asked_on, NEW, granted_on)
    finding = finding_get(world.clerk, finding.pk)
    assert finding_days_overdue(finding, looked_on) == days
    (asked,) = [
        each
        for each in finding_timeline(world.clerk, finding.pk)
        if each.name == "ledger.extension.requested"
    ]
    assert asked.values.get("asked_late", False) is is_late


def test_an_extension_of_a_stage_says_nothing_of_the_next_begun_on_the_same_day(world):
    finding = world.proven(nature=Nature.LONG_TERM)
    grant(world, ask(world, finding))
    world.request(finding, stage_goal=GOAL, recheck_on=date(2026, 9, 1))
    world.do("closure_sign", world.leader, finding)
    world.do("closure_sign", world.clerk, finding)
    due = date(2026, 12, 1)
    world.do("stage_begin", world.clerk, finding, goal=GOAL, due=due)
    finding = finding_get(world.clerk, finding.pk)
    assert finding_days_overdue(finding, due) == 0
    assert finding_days_overdue(finding, due + timedelta(days=3)) == 3


def test_until_it_is_granted_the_days_count(world):
    finding = world.rectifying()
    act("extension_request", world.handler, finding, on(DUE), new_due=NEW, reason=REASON)
    assert finding_days_overdue(finding_get(world.clerk, finding.pk), date(2026, 7, 5)) == 5


def test_a_day_that_passed_while_the_request_waited_is_not_granted(world):
    finding = world.rectifying()
    act("extension_request", world.handler, finding, on(DUE), new_due=NEW, reason=REASON)
    act("deadline_sign", world.leader, finding, on(NEW))
    with refused(finding, DueNotLaterError, "has passed while the request waited"):
        act("deadline_sign", world.clerk, finding, on(NEW + timedelta(days=1)))


def test_the_list_filters_by_the_day_in_force_and_counts_all_days(world):
    finding = extended(world, world.rectifying(), date(2026, 7, 10), NEW, date(2026, 7, 20))
    other = world.accepted()

    def overdue(day):
        rows = findings_page(world.clerk, finding.inspection_id, FindingFilters(overdue_on=day)).rows
        return {each.pk: finding_days_overdue(each, day) for each in rows}

    assert overdue(date(2026, 9, 30)) == {other.pk: 92}
    assert overdue(date(2026, 10, 1)) == {other.pk: 93, finding.pk: 11}


def test_the_list_takes_as_many_queries_whatever_was_asked(world):
    counts = []
    for _ in range(2):
        for finding in world.register(*[STATED] * 3):
            world.assigned(finding)
            world.do("finding_accept", world.head, finding)
            grant(world, ask(world, finding))
            ask(world, finding, new_due=date(2027, 1, 31))
        with CaptureQueriesContext(connection) as queries:
            page = findings_page(world.clerk, world.inspection.pk)
            assert {finding_days_overdue(each, date(2026, 10, 2)) for each in page.rows} == {2}
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_what_is_asked_for_waits_with_whoever_decides_next(world):
    finding = ask(world, world.rectifying())

    def waits(actor):
        groups = {each.action: each for each in findings_waiting(actor, date(2026, 3, 3))}
        group = groups.get(Action.DEADLINE_SIGN)
        return [row.pk for row in group.rows] if group else []

    assert (waits(world.leader), waits(world.clerk), waits(world.handler)) == ([finding.pk], [], [])
    world.do("deadline_sign", world.leader, finding)
    assert (waits(world.leader), waits(world.clerk)) == ([], [finding.pk])
    world.do("deadline_sign", world.clerk, finding)
    assert waits(world.clerk) == []


def test_long_term_work_takes_the_place_of_a_due_date_that_is_kept(world):
    finding = ask_long_term(world, world.rectifying())
    assert (finding.nature, finding.due) == (Nature.TIME_BOUND, DUE)
    finding = grant(world, finding)
    assert (finding.nature, finding.due, finding.first_due) == (Nature.LONG_TERM, None, DUE)
    asked = finding.deadline_requests.get()
    assert (asked.stage_goal, asked.recheck_on, asked.due_before) == (GOAL, date(2026, 12, 1), DUE)
    assert finding_days_overdue(finding_get(world.clerk, finding.pk), date(2030, 1, 1)) == 0
    assert list(differences(finding.inspection_id)) == []
    world.request(world.prove(finding), stage_goal=GOAL, recheck_on=date(2026, 12, 1))
    world.do("closure_sign", world.leader, finding)
    assert world.do("closure_sign", world.clerk, finding).stage == Stage.STAGE_CLOSED


def test_a_late_request_for_long_term_work_keeps_its_overdue_days(world):
    finding = world.rectifying()
    values = {"stage_goal": GOAL, "recheck_on": date(2026, 12, 1), "reason": REASON}
    act("long_term_request", world.handler, finding, on(date(2026, 7, 3)), **values)
    act("deadline_sign", world.leader, finding, on(date(2026, 7, 30)))
    act("deadline_sign", world.clerk, finding, on(date(2026, 7, 30)))
    assert finding_days_overdue(finding_get(world.clerk, finding.pk), date(2030, 1, 1)) == 3


def test_long_term_work_names_its_goal_and_a_re_check_to_come(world):
    finding = world.rectifying()
    with refused(finding, MissingTextError):
        ask_long_term(world, finding, stage_goal="  ")
    with refused(finding, RecheckPastError, "is not in the future"):
        ask_long_term(world, finding, recheck_on=date(2026, 3, 2))
    with refused(finding, ReasonTooShortError):
        ask_long_term(world, finding, reason="长期")


def test_what_became_long_term_gets_no_due_date_back(world):
    finding = grant(world, ask_long_term(world, world.rectifying()))
    values = {"leader_id": world.leader.person_id, "unit_id": world.unit.pk}
    with refused(finding, StandsOtherwiseError, "has no due date any more"):
        world.do("finding_assign", world.clerk, finding, due=date(2027, 1, 1), **values)
    world.do(
        "finding_transfer",
        world.head,
        finding,
        to_unit_id=world.office.pk,
        reason="主要工作由整改示例办承担。",
    )
    with refused(finding, StandsOtherwiseError, "by a request that was approved"):
        world.do("finding_classify", world.clerk, finding, nature=Nature.TIME_BOUND)
    finding = world.do("finding_assign", world.clerk, finding, due=None, **values)
    assert (finding.due, finding.first_due, finding.nature) == (None, DUE, Nature.LONG_TERM)
    assert list(differences(finding.inspection_id)) == []


def test_no_hand_takes_a_deadline_away_once_a_unit_had_it(world):
    finding = world.rectifying()
    with refused(finding, StandsOtherwiseError, "does not become long-term by hand"):
        world.do("finding_classify", world.clerk, finding, nature=Nature.LONG_TERM)
    world.do(
        "finding_transfer",
        world.head,
        finding,
        to_unit_id=world.office.pk,
        reason="主要工作由整改示例办承担。",
    )
    with refused(finding, StandsOtherwiseError, "does not become long-term by hand"):
        world.do("finding_classify", world.clerk, finding, nature=Nature.LONG_TERM)


def test_the_actions_say_what_is_possible_now(world):
    finding = finding_get(world.handler, world.rectifying().pk)
    said = dict(finding_actions(world.handler, finding))
    assert said[Action.EXTENSION_REQUEST].allowed
    assert "which is not yours" not in str(said[Action.DEADLINE_WITHDRAW].reason)
    ask(world, finding)
    said = dict(finding_actions(world.handler, finding_get(world.handler, finding.pk)))
    assert said[Action.DEADLINE_WITHDRAW].allowed
    assert "one waits at a time" in str(said[Action.EXTENSION_REQUEST].reason)
    gates = {
        each.code: each for each in finding_gates(finding_get(world.handler, finding.pk), date(2026, 3, 3))
    }
    assert gates["holds"].remedy is Action.DEADLINE_SIGN


def test_an_open_hold_and_a_request_are_both_named(world):
    finding = ask(world, world.rectifying())
    world.do("hold_open", world.clerk, finding, kind="other", reference="示1")
    (gate,) = [
        each
        for each in finding_gates(finding_get(world.clerk, finding.pk), date(2026, 3, 3))
        if each.code == "holds"
    ]
    assert (len(gate.missing), gate.remedy) == (2, Action.HOLD_CLEAR)


def test_the_export_says_what_was_asked_and_decided(world):
    finding = grant(world, ask(world, world.rectifying()))
    ask_long_term(world, finding)
    world.do("suspension_begin", world.clerk, finding, reason="司法机关正在核查同一事项。")
    told = json.loads(
        b"".join(ledger_export_json(world.clerk, finding.inspection_id, date(2026, 10, 3))).decode()
    )
    (row,) = told["findings"]
    assert (row["due"], row["first_due"], row["days_overdue"]) == ("2026-09-30", "2026-06-30", 3)
    first, second = row["deadline_requests"]
    assert (first["kind"], first["new_due"], first["state"]) == ("extension", "2026-09-30", "granted")
    assert [each["by"] for each in first["signatures"]] == ["领示例", "办示例"]
    assert (second["kind"], second["state"], second["decided_by"]) == ("long_term", "open", None)
    assert [each["ended_at"] for each in row["suspensions"]] == [None]
