"""Re-checks, next stages and rebounds: what comes after closing, and what never does."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from ledger.refusals import refused as nothing_left
from ledger.test_guards import run, stopped
from ledger.world import DUE, TODAY
from zhenggai.domain.actor import Role
from zhenggai.domain.errors import ZhenggaiError
from zhenggai.domain.lifecycle import Nature, Stage
from zhenggai.domain.rechecking import ReboundGround
from zhenggai.domain.restricting import RestrictionKind
from zhenggai.ledger import selectors
from zhenggai.ledger.comparing import differences
from zhenggai.ledger.errors import FindingNotFoundError
from zhenggai.ledger.exporting import ledger_export_csv
from zhenggai.ledger.models import Closure, Finding, Rebound, Recheck, RecheckDate, StageStart

NEXT = date(2027, 3, 1)
HOLDS = {"on": TODAY, "holds": True, "text": "抽看三个月台账，均与账簿一致。"}
FAILS = {"on": TODAY, "holds": False, "text": "又有两个月台账与账簿不一致。"}
REASON = "群众反映台账又未核对，经查属实。"


def refused(world, verb, actor, finding, **values):
    """The sentence of a refusal that leaves nothing behind."""
    with nothing_left(finding, ZhenggaiError) as refusal:
        world.do(verb, actor, finding, **values)
    return str(refusal.value)


def recheck(world, finding, actor=None, **values):
    return world.do("recheck_record", actor or world.verifier, finding, **values)


def standing(finding):
    row = RecheckDate.objects.filter(finding=finding, ended_at=None).first()
    return row and row.due_on


def successor(finding):
    return Finding.objects.get(origin=finding)


def test_a_stage_that_is_closed_is_to_be_re_checked_on_the_day_its_closure_names(world):
    assert standing(world.stage_closed()) == date(2026, 9, 1)


def test_a_re_check_that_holds_sets_the_next_day_and_touches_nothing_of_the_closure(world):
    finding = world.stage_closed()
    before = Closure.objects.values().get(finding=finding)
    finding = recheck(world, finding, **HOLDS, next_on=NEXT, file=b"photo", file_name="现场.jpg")
    row = finding.rechecks.get()
    assert (row.due_on, row.checked_on, row.holds, row.next_on) == (date(2026, 9, 1), TODAY, True, NEXT)
    assert (row.file_name, row.blob.size_bytes) == ("现场.jpg", 5)
    assert (standing(finding), finding.stage) == (NEXT, Stage.STAGE_CLOSED)
    assert Closure.objects.values().get(finding=finding) == before
    assert list(differences()) == []


def test_work_that_is_closed_for_good_may_go_without_a_next_day(world):
    finding = recheck(world, world.closed(), **HOLDS)
    assert (standing(finding), finding.rechecks.get().due_on) == (None, None)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "name the day of the next re-check"),
        ({"next_on": TODAY}, "has to lie after 2026-03-02"),
        ({"next_on": NEXT, "holds": False}, "has no next day"),
        ({"next_on": NEXT, "on": TODAY + timedelta(days=1)}, "is still to come"),
        ({"next_on": NEXT, "on": TODAY - timedelta(days=1)}, "lies before the closing on 2026-03-02"),
        ({"next_on": NEXT, "text": "都好。"}, "has 3 characters"),
    ],
)
def test_a_re_check_that_cannot_be_is_refused(world, values, said):
    finding = world.stage_closed()
    assert said in refused(world, "recheck_record", world.verifier, finding, **{**HOLDS, **values})


@pytest.mark.parametrize("who", ["handler", "head", "helper", "leader", "group", "auditor", "stranger"])
def test_whoever_fixed_or_has_no_post_for_it_never_re_checks(world, who):
    finding = world.closed()
    refused(world, "recheck_record", getattr(world, who), finding, **HOLDS)


def test_a_verifier_who_fixed_or_belongs_to_a_unit_that_fixed_never_re_checks(world):
    finding = world.closed()
    worker = world.grant(world.handler.person_id, (Role.VERIFIER, world.bureau))
    assert "took part in fixing" in refused(world, "recheck_record", worker, finding, **HOLDS)
    inside = world.person("inside", "内示例", (Role.HANDLER, world.unit), (Role.VERIFIER, world.bureau))
    assert "the body that confirms is never the unit that fixed" in refused(
        world, "recheck_record", inside, finding, **HOLDS
    )


def test_an_open_finding_is_not_re_checked(world):
    finding = world.requested()
    assert "You cannot record a re-check while" in refused(
        world, "recheck_record", world.verifier, finding, **HOLDS
    )


def test_the_office_sets_a_day_and_brings_it_forward_but_never_puts_it_off(world):
    finding = world.closed()
    finding = world.do("recheck_set", world.clerk, finding, on=NEXT, reason="该问题群众反映强烈，需复查。")
    assert standing(finding) == NEXT
    finding = world.do("recheck_set", world.inspector, finding, on=DUE, reason="提前到半年内复查，防止反弹。")
    assert standing(finding) == DUE
    for on in (DUE, NEXT):
        said = refused(world, "recheck_set", world.clerk, finding, on=on, reason=REASON)
        assert "stands for 2026-06-30 already" in said
    said = refused(world, "recheck_set", world.clerk, finding, on=TODAY - timedelta(days=1), reason=REASON)
    assert "is past already" in said
    assert list(differences()) == []


def test_a_re_check_that_fails_registers_a_successor_and_leaves_the_closure(world):
    finding = world.closed()
    before = Closure.objects.values().get(finding=finding)
    finding = recheck(world, finding, world.inspector, **FAILS)
    row = successor(finding)
    assert (row.number, row.rebound, row.title) == ("二/(一)/1（反弹1）", 1, finding.title)
    assert (row.stage, row.problem, row.theme, row.group) == (
        Stage.REGISTERED,
        finding.problem,
        finding.theme,
        finding.group,
    )
    assert (row.stated_progress, row.document, row.nature) == ("", None, "")
    assert row.position > finding.position
    link = Rebound.objects.get(finding=row)
    assert (link.of, link.ground, link.recheck) == (finding, "recheck", finding.rechecks.get())
    assert (finding.stage, finding.round) == (Stage.CLOSED, 1)
    assert Closure.objects.values().get(finding=finding) == before
    assert list(differences()) == []


def test_a_complaint_that_is_true_registers_a_successor(world):
    finding = world.do(
        "finding_rebound", world.clerk, world.closed(), ground=ReboundGround.COMPLAINT, reason=REASON
    )
    assert Rebound.objects.get(finding=successor(finding)).reason == REASON


def test_nothing_waits_for_a_re_check_of_what_has_come_back(world):
    finding = world.stage_closed()
    assert RecheckDate.objects.filter(finding=finding, ended_at__isnull=True).exists()
    world.do("finding_rebound", world.clerk, finding, ground=ReboundGround.COMPLAINT, reason=REASON)
    assert not RecheckDate.objects.filter(finding=finding, ended_at__isnull=True).exists()
    assert [str(each.message) for each in differences()] == []


@pytest.mark.parametrize(
    ("who", "values", "said"),
    [
        ("verifier", {}, "None of your posts"),
        ("clerk", {"reason": "又犯了。"}, "at least 10"),
        ("clerk", {"ground": ReboundGround.RECHECK}, "registers the rebound by itself"),
    ],
)
def test_a_rebound_without_a_post_or_a_reason_is_refused(world, who, values, said):
    finding = world.closed()
    values = {"ground": ReboundGround.COMPLAINT, "reason": REASON, **values}
    assert said in refused(world, "finding_rebound", getattr(world, who), finding, **values)


def test_there_is_one_open_successor_at_a_time(world):
    finding = recheck(world, world.closed(), **FAILS)
    again = {"ground": ReboundGround.SPOT_CHECK, "reason": REASON}
    for verb, values in (
        ("finding_rebound", again),
        ("recheck_record", HOLDS),
        ("recheck_set", {"on": NEXT, "reason": REASON}),
    ):
        actor = world.clerk
        assert "worked on as 二/(一)/1（反弹1）, which is open" in refused(
            world, verb, actor, finding, **values
        )


def test_a_successor_that_is_closed_can_come_back_itself(world):
    finding = recheck(world, world.closed(), **FAILS)
    first = successor(finding)
    closed = close(world, first)
    closed = recheck(world, closed, **FAILS)
    second = Finding.objects.get(origin=finding, rebound=2)
    assert second.number == "二/(一)/1（反弹2）"
    assert Rebound.objects.get(finding=second).of == closed
    assert list(differences()) == []


def close(world, finding):
    finding = world.assigned(finding)
    world.do("finding_accept", world.head, finding)
    world.do("measure_add", world.clerk, finding, text="逐月核对台账")
    finding = world.request(world.prove(finding))
    world.do("closure_sign", world.leader, finding)
    return world.do("closure_sign", world.clerk, finding)


def test_the_successor_of_a_restricted_finding_is_for_the_same_people(world):
    finding = world.closed()
    world.do(
        "finding_restrict",
        world.clerk,
        finding,
        kind=RestrictionKind.LEAD,
        reason="涉及问题线索，限专人知悉。",
        reader_ids=[world.verifier.person_id],
    )
    finding = recheck(world, finding, **FAILS)
    row = successor(finding)
    assert row.restricted == "lead"
    assert {each.person_id for each in row.readers.all()} == {
        world.clerk.person_id,
        world.verifier.person_id,
    }
    assert list(differences()) == []


def restrict(world, finding, *readers):
    named = [each.person_id for each in readers]
    reason = "涉及问题线索，限专人知悉。"
    return world.do(
        "finding_restrict", world.clerk, finding, kind=RestrictionKind.LEAD, reason=reason, reader_ids=named
    )


@pytest.mark.parametrize("which", ["origin", "successor"])
def test_restricting_one_finding_of_a_fault_restricts_every_one(world, which):
    origin = recheck(world, world.closed(), **FAILS)
    row = successor(origin)
    restrict(world, origin if which == "origin" else row, world.verifier)
    for each in Finding.objects.filter(pk__in=[origin.pk, row.pk]):
        listed = {reader.person_id for reader in each.readers.all()}
        assert (each.restricted, listed) == ("lead", {world.clerk.person_id, world.verifier.person_id})
    with pytest.raises(FindingNotFoundError):
        selectors.finding_get(world.auditor, origin.pk)
    assert b"(1)" not in b"".join(ledger_export_csv(world.auditor, world.inspection.pk, TODAY))
    assert selectors.ledger_counts(world.auditor, world.inspection.pk, TODAY).total == 0
    assert list(differences()) == []


def test_lifting_the_restriction_lifts_it_from_every_finding_of_the_fault(world):
    origin = recheck(world, world.closed(), **FAILS)
    row = successor(origin)
    restrict(world, origin, world.group)
    other = world.person("clerk2", "办示例二", (Role.OFFICE_CLERK, world.bureau))
    world.do("finding_reader_add", world.clerk, row, reader_ids=[other.person_id])
    lifted = "线索已经核结，恢复一般管理。"
    said = refused(world, "finding_unrestrict", other, row, reason=lifted)
    assert "not on the list of every one of them" in said
    world.do("finding_unrestrict", world.clerk, row, reason=lifted)
    assert list(Finding.objects.values_list("restricted", flat=True)) == ["", ""]
    assert list(differences()) == []


class TestStages:
    GOAL = "每月核对一次，全年无差错。"

    def begun(self, world):
        finding = world.stage_closed()
        return world.do("stage_begin", world.clerk, finding, goal=self.GOAL, due=NEXT)

    def test_the_next_stage_is_a_new_round_with_its_goal_and_its_day(self, world):
        finding = self.begun(world)
        assert (finding.stage, finding.round, finding.progress) == (Stage.RECTIFYING, 2, "")
        assert (finding.due, finding.first_due) == (NEXT, DUE)
        assert finding.stage_starts.get().goal == self.GOAL
        assert standing(finding) is None
        assert list(differences()) == []

    def test_it_is_worked_on_requested_signed_and_closed_again(self, world):
        finding = self.begun(world)
        before = Closure.objects.values().get(finding=finding)
        world.do("measure_add", world.clerk, finding, text="每月核对一次")
        finding = world.prove(finding)
        world.request(finding, stage_goal="每半年核对一次", recheck_on=NEXT)
        world.do("closure_sign", world.leader, finding)
        finding = world.do("closure_sign", world.clerk, finding)
        assert finding.stage == Stage.STAGE_CLOSED
        assert [each.round for each in finding.closures.all()] == [1, 2]
        assert Closure.objects.values().get(finding=finding, round=1) == before
        assert standing(finding) == NEXT
        assert list(differences()) == []

    def test_nothing_of_the_earlier_stage_closes_the_next(self, world):
        finding = self.begun(world)
        old = finding.evidence.get()
        said = refused(world, "evidence_carry_over", world.handler, finding, evidence_id=old.pk)
        assert "belongs to an earlier stage that is closed" in said
        values = {"statement": "持续保持。", "stage_goal": "继续核对", "recheck_on": NEXT}
        said = refused(world, "closure_request", world.handler, finding, **values)
        assert "cannot be closed yet" in said

    def test_what_is_closed_for_a_stage_stays_long_term_however_it_is_assigned(self, world):
        finding = self.begun(world)
        given = {"leader_id": world.leader.person_id, "unit_id": world.unit.pk, "due": None}
        finding = world.do("finding_assign", world.clerk, finding, **given)
        for nature in (Nature.TIME_BOUND, Nature.IMMEDIATE):
            said = refused(world, "finding_classify", world.clerk, finding, nature=nature)
            assert "A stage of the finding is closed as “long-term”" in said

    def test_evidence_of_a_request_sent_back_in_this_stage_is_carried_over(self, world):
        finding = world.prove(self.begun(world))
        world.request(finding, stage_goal="每半年核对一次", recheck_on=NEXT)
        finding = world.do("closure_send_back", world.leader, finding, reason="佐证日期不符，请补充材料。")
        row = finding.evidence.get(round=2)
        finding = world.do("evidence_carry_over", world.handler, finding, evidence_id=row.pk)
        assert finding.evidence.filter(round=3, carried_from=row).exists()

    def test_under_a_plan_the_next_stage_has_its_measures_by_an_amendment(self, world):
        from zhenggai.domain.amending import NewMeasure  # noqa: PLC0415 - of this test alone
        from zhenggai.ledger import services  # noqa: PLC0415 - likewise

        world.inspection = world.inspect(title="示例局专项巡察", plan_required=True)
        finding = world.assigned(nature=Nature.LONG_TERM)
        world.do("criterion_add", world.clerk, finding, text="台账与账簿一致。")
        plan = services.plan_submit(
            actor=world.clerk, at=world.at(), inspection_id=world.inspection.pk, statement="已审议。"
        )
        services.plan_sign(actor=world.group, at=world.at(), plan_id=plan.pk)
        world.do("finding_accept", world.head, finding)
        world.request(world.prove(finding), stage_goal="每季核对一次", recheck_on=date(2026, 9, 1))
        world.do("closure_sign", world.leader, finding)
        finding = world.do("closure_sign", world.clerk, finding)
        finding = world.do("stage_begin", world.clerk, finding, goal=self.GOAL, due=NEXT)
        reason = "进入第二阶段，按阶段目标增加措施。"
        world.do("plan_amend", world.clerk, finding, reason=reason, measures=[NewMeasure("每月核对一次")])
        finding = world.do("amendment_sign", world.group, finding)
        assert finding.measures.filter(done_at=None).get().text == "每月核对一次"
        finding = world.prove(finding)
        world.request(finding, stage_goal="每半年核对一次", recheck_on=NEXT)
        world.do("closure_sign", world.leader, finding)
        assert world.do("closure_sign", world.clerk, finding).stage == Stage.STAGE_CLOSED

    @pytest.mark.parametrize(
        ("who", "values", "said"),
        [
            ("clerk", {"due": TODAY}, "has to lie after 2026-03-02"),
            ("clerk", {"goal": " "}, "is empty"),
            ("handler", {}, "None of your posts"),
            ("inspector", {}, "None of your posts"),
        ],
    )
    def test_a_stage_that_cannot_begin_is_refused(self, world, who, values, said):
        finding = world.stage_closed()
        values = {"goal": self.GOAL, "due": NEXT, **values}
        assert said in refused(world, "stage_begin", getattr(world, who), finding, **values)

    def test_what_is_closed_for_good_has_no_next_stage(self, world):
        said = refused(world, "stage_begin", world.clerk, world.closed(), goal=self.GOAL, due=NEXT)
        assert "a closure is never edited" in said

    def test_a_fault_that_came_back_is_worked_on_before_the_next_stage(self, world):
        finding = recheck(world, world.stage_closed(), **FAILS)
        said = refused(world, "stage_begin", world.clerk, finding, goal=self.GOAL, due=NEXT)
        assert "which is open" in said

    def test_no_statement_begins_a_stage(self, world):
        finding = world.stage_closed()
        update = (
            "UPDATE ledger_finding SET stage = 'rectifying', round = 2, progress = '',"
            " version = version + 1 WHERE id = %s"
        )
        assert "never changed" in stopped(run, update, finding.pk)
        begun = {"finding": finding, "goal": "示例", "due": NEXT, "by_id": world.clerk.person_id}
        said = stopped(StageStart.objects.create, **begun, round=3, at=world.at())
        assert "in the round after it" in said
        StageStart.objects.create(**begun, round=2, at=world.at())
        # also with its beginning, no finding stands otherwise than its interval says
        assert "never changed" in stopped(
            run, update.replace("progress", "due = '2027-03-01', progress"), finding.pk
        )


class TestStatements:
    def test_a_closed_finding_is_not_edited_and_a_successor_never_deleted(self, world):
        finding = recheck(world, world.closed(), **FAILS)
        row = successor(finding)
        # two triggers stand in this way, and which of them speaks first is the database's choice
        said = stopped(Finding.objects.filter(pk=finding.pk).update, due=NEXT)
        assert "never changed" in said or "only by a request that was granted" in said
        for table, pk in (("finding", row.pk), ("rebound", row.rebounds.get().pk)):
            said = stopped(run, f"DELETE FROM ledger_{table} WHERE id = %s", pk)  # noqa: S608 - names of ours
            assert "none is ever deleted" in said
        assert "stays as it was entered" in stopped(
            Finding.objects.filter(pk=row.pk).update, origin=None, rebound=None
        )

    def test_a_re_check_is_never_changed(self, world):
        finding = recheck(world, world.closed(), **FAILS)
        said = stopped(Recheck.objects.filter(finding=finding).update, holds=True)
        assert "never changed" in said

    def row(self, world, finding, **values):
        made = {"finding": finding, "round": 1, "checked_on": TODAY, "holds": True, "text": HOLDS["text"]}
        return {**made, "by_id": world.verifier.person_id, "at": world.at(), **values}

    def test_nobody_who_fixed_re_checks_by_a_statement(self, world):
        finding = world.closed()
        values = self.row(world, finding, by_id=world.handler.person_id)
        assert "took part in fixing" in stopped(Recheck.objects.create, **values)

    def test_what_is_open_or_came_back_is_not_re_checked_by_a_statement(self, world):
        said = stopped(Recheck.objects.create, **self.row(world, world.requested()))
        assert "Only what is closed" in said
        finding = recheck(world, world.closed(), **FAILS)
        assert "while its successor is open" in stopped(Recheck.objects.create, **self.row(world, finding))

    def test_no_second_successor_comes_by_a_statement(self, world):
        finding = recheck(world, world.closed(), **FAILS)
        row = successor(finding)
        values = {"inspection": row.inspection, "title": "示例", "registered_at": world.at()}
        values |= {"changed_at": world.at(), "position": 90}
        said = stopped(Finding.objects.create, **values, origin=finding, rebound=2)
        assert "one is open at a time" in said
        said = stopped(Finding.objects.create, **values, origin=finding, rebound=1)
        assert "open at a time" in said or "exists already" in said
        other = world.inspect(title="另一示例巡察")
        said = stopped(Finding.objects.create, **{**values, "inspection": other}, origin=finding, rebound=2)
        assert "stands in the ledger of its origin" in said

    def test_no_link_is_made_to_another_finding_or_re_check(self, world):
        finding = recheck(world, world.closed(), **FAILS)
        row = successor(finding)
        link = {"reason": REASON, "by_id": world.clerk.person_id, "at": world.at(), "ground": "complaint"}
        other = world.registered()
        said = stopped(Rebound.objects.create, finding=other, of=finding, **link)
        assert "A successor is that of a closed finding" in said
        assert row.rebounds.count() == 1

    def test_a_day_begins_by_standing_and_ends_once(self, world):
        finding = world.stage_closed()
        rows = RecheckDate.objects.filter(finding=finding)
        assert "only ended_at are written" in stopped(rows.update, due_on=NEXT)
        day = {
            "finding": finding,
            "round": 1,
            "due_on": NEXT,
            "by_id": world.clerk.person_id,
            "at": world.at(),
        }
        assert "exists already" in stopped(RecheckDate.objects.create, **day)
        assert "begins by standing" in stopped(RecheckDate.objects.create, **day, ended_at=world.at())
        rows.update(ended_at=world.at())
        assert "only ended_at are written" in stopped(rows.update, ended_at=world.at())
        assert any("the day of the next re-check" in str(each.message) for each in differences())

    def test_what_closed_a_stage_is_carried_over_by_no_statement(self, world):
        from zhenggai.ledger.models import Evidence  # noqa: PLC0415 - of this test alone

        finding = TestStages().begun(world)
        old = Evidence.objects.values().get(finding=finding)
        values = {**old, "id": None, "round": 2, "carried_from_id": old["id"]}
        assert "into no later one" in stopped(Evidence.objects.create, **values)


def test_a_rebound_where_no_recheck_was_ever_set_agrees_with_the_trail(world):
    finding = world.closed()
    world.do(
        "finding_rebound",
        world.inspector,
        finding,
        ground=ReboundGround.COMPLAINT,
        reason="群众反映台账又对不上了。",
    )
    assert not RecheckDate.objects.exists()
    assert [str(each.message) for each in differences()] == []
