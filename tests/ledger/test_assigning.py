"""Setting what a finding is and whose it is."""

from __future__ import annotations

from datetime import date

import pytest

from ledger.refusals import refused
from ledger.world import DUE, TODAY
from zhenggai.domain.actor import Role
from zhenggai.domain.days import DayImpossibleError
from zhenggai.domain.lifecycle import Nature, Progress, Stage, TransitionError
from zhenggai.ledger.errors import (
    ActionDeniedError,
    DuePastError,
    FindingNotFoundError,
    InvalidFieldError,
    StandsOtherwiseError,
)
from zhenggai.ledger.selectors import finding_timeline


def assign(world, finding, actor=None, **values):
    wanted = {"leader_id": world.leader.person_id, "unit_id": world.unit.pk, "due": DUE, **values}
    return world.do("finding_assign", actor or world.clerk, finding, **wanted)


def test_an_assignment_names_leader_units_and_due_date(world):
    finding = assign(world, world.registered(), supporting_unit_ids=[world.other_unit.pk, world.unit.pk])
    assert finding.stage == Stage.ASSIGNED
    assert (finding.responsible_leader.name, finding.lead_unit.name) == ("领示例", "示例股")
    assert (finding.due, finding.first_due) == (DUE, DUE)
    assert [each.unit.name for each in finding.supporting.all()] == ["财务示例股"]
    assert finding.version == 2


def test_a_due_date_that_is_past_is_taken_only_where_it_is_meant_and_the_trail_says_so(world):
    finding = world.registered()
    past = date(2026, 2, 20)
    with refused(finding, DuePastError, "The due date 2026-02-20 was 10 days ago"):
        assign(world, finding, due=past)
    finding = assign(world, finding, due=past, past_due_meant=True)
    assert (finding.stage, finding.due) == (Stage.ASSIGNED, past)
    said = finding_timeline(world.clerk, finding.pk)[-1].values
    assert (said["past_due_meant"], said["days_overdue"]) == (True, 10)
    # the date in force is not asked about again
    finding = assign(world, finding, due=past)
    assert "past_due_meant" not in finding_timeline(world.clerk, finding.pk)[-1].values


def test_the_due_day_itself_is_not_past(world):
    finding = assign(world, world.registered(), due=TODAY)
    assert "past_due_meant" not in finding_timeline(world.clerk, finding.pk)[-1].values


@pytest.mark.parametrize("name", ["handler", "head", "leader", "verifier", "inspector", "auditor", "group"])
def test_only_the_office_assigns_and_classifies(world, name):
    finding = world.assigned()
    with refused(finding, ActionDeniedError, "None of your posts lets you assign the finding here"):
        assign(world, finding, getattr(world, name))
    with refused(finding, ActionDeniedError, "set nature and requirements"):
        world.do("finding_classify", getattr(world, name), finding, nature=Nature.LONG_TERM)


def test_a_leader_holds_the_post_for_the_inspected_organisation(world):
    finding = world.registered()
    elsewhere = world.person("far", "远示例", (Role.RESPONSIBLE_LEADER, world.elsewhere))
    for person_id in (world.handler.person_id, elsewhere.person_id, 999_999):
        with refused(finding, InvalidFieldError, "no post as responsible leader"):
            assign(world, finding, leader_id=person_id)


def test_a_unit_belongs_to_the_inspected_organisation(world):
    finding = world.registered()
    for unit_id in (world.city.pk, world.elsewhere.pk, 999_999):
        with refused(finding, InvalidFieldError, "lead unit is not an open organisation"):
            assign(world, finding, unit_id=unit_id)
    with refused(finding, InvalidFieldError, "supporting unit is not an open organisation"):
        assign(world, finding, supporting_unit_ids=[world.elsewhere.pk])


def test_a_unit_that_is_closed_takes_nothing_on(world):
    world.unit.is_active = False
    world.unit.save()
    finding = world.registered()
    with refused(finding, InvalidFieldError, "lead unit is not an open organisation"):
        assign(world, finding)


def test_only_long_term_work_goes_without_a_due_date(world):
    finding = world.registered()
    with refused(finding, InvalidFieldError, "due date is missing"):
        assign(world, finding, due=None)
    world.do("finding_classify", world.clerk, finding, nature=Nature.LONG_TERM)
    assert assign(world, finding, due=None).due is None


@pytest.mark.parametrize("due", [date(1, 1, 1), date(1989, 12, 31), date(2100, 1, 1), date.max])
def test_a_due_date_of_a_mistyped_year_is_refused(world, due):
    finding = world.registered()
    with refused(
        finding, DayImpossibleError, f"{due.isoformat()} in “Due” lies outside 1990-01-01 to 2099-12-31"
    ):
        assign(world, finding, due=due)


def test_a_due_date_once_set_is_not_moved_by_assigning_anew(world):
    finding = world.assigned()
    for due in (date(2026, 12, 31), date(2026, 1, 1)):
        with refused(finding, StandsOtherwiseError, "changes only by an approved extension"):
            assign(world, finding, due=due)
    finding = assign(world, finding, due=None)
    assert (finding.due, finding.first_due) == (DUE, DUE)


def test_a_finding_assigned_anew_is_accepted_anew(world):
    finding = world.rectifying()
    finding = assign(world, finding, unit_id=world.other_unit.pk)
    assert finding.stage == Stage.ASSIGNED
    with refused(finding, FindingNotFoundError):
        world.do("finding_accept", world.head, finding)
    assert world.do("finding_accept", world.helper, finding).stage == Stage.ACCEPTED


def test_only_the_lead_unit_accepts(world):
    finding = world.assigned()
    for name in ("helper", "clerk", "leader", "verifier"):
        with refused(finding, ActionDeniedError, "None of your posts lets you accept the finding here"):
            world.do("finding_accept", getattr(world, name), finding)
    assert world.do("finding_accept", world.handler, finding).stage == Stage.ACCEPTED


def test_accepting_twice_says_how_things_stand(world):
    finding = world.accepted()
    with refused(finding, TransitionError, "“accepted”. Possible now: .*report progress"):
        world.do("finding_accept", world.head, finding)


def test_classifying_sets_what_is_given_and_leaves_the_rest(world):
    finding = world.registered()
    finding = world.do(
        "finding_classify",
        world.clerk,
        finding,
        nature=Nature.IMMEDIATE,
        money_required=True,
        amount_follows=True,
    )
    finding = world.do("finding_classify", world.clerk, finding, people_required=False)
    assert finding.nature == Nature.IMMEDIATE
    assert (finding.money_required, finding.people_required, finding.cause_required) == (True, False, None)


def test_before_the_unit_accepts_the_office_may_correct_itself(world):
    finding = world.assigned()
    finding = world.do(
        "finding_classify", world.clerk, finding, nature=Nature.LONG_TERM, people_required=True
    )
    assert (finding.nature, finding.people_required) == (Nature.LONG_TERM, True)


def test_after_the_unit_accepted_a_requirement_can_be_added(world):
    finding = world.do("finding_classify", world.clerk, world.rectifying(), people_required=True)
    assert finding.people_required is True
    assert world.do("finding_classify", world.clerk, finding, nature=Nature.TIME_BOUND).nature == "time_bound"


@pytest.mark.parametrize("name", ["money_required", "people_required", "cause_required"])
@pytest.mark.parametrize("start", ["registered", "assigned", "accepted", "rectifying"])
def test_a_requirement_that_applies_is_never_taken_back(world, start, name):
    finding = world.do(
        "finding_classify", world.clerk, getattr(world, start)(), amount_follows=True, **{name: True}
    )
    with refused(finding, StandsOtherwiseError, "sign that it does not apply, with a reason"):
        world.do("finding_classify", world.clerk, finding, **{name: False})
    world.do("finding_classify", world.clerk, finding, nature=Nature.TIME_BOUND, **{name: None})
    finding.refresh_from_db()
    assert getattr(finding, name) is True


def test_assigning_anew_opens_no_way_to_drop_a_requirement(world):
    finding = assign(world, world.rectifying())
    assert finding.stage == Stage.ASSIGNED
    with refused(finding, StandsOtherwiseError, "never taken back"):
        world.do("finding_classify", world.clerk, finding, money_required=False)


def test_the_trail_keeps_who_assigned_what_to_whom(world):
    finding = world.assigned()
    last = finding_timeline(world.clerk, finding.pk)[-1]
    assert (last.name, last.actor) == ("ledger.finding.assigned", "办示例")
    assert last.values == {
        "leader": "领示例",
        "leader_id": world.leader.person_id,
        "unit": "示例股",
        "unit_id": world.unit.pk,
        "unit_ids": [world.unit.pk, world.other_unit.pk],
        "supporting": ["财务示例股"],
        "due": "2026-06-30",
        "stage": "assigned",
        "version": finding.version,
    }


def test_progress_is_a_claim_that_closes_nothing(world):
    finding = world.do(
        "progress_report", world.handler, world.accepted(), progress=Progress.DONE, narrative="已全部完成。"
    )
    assert (finding.stage, finding.progress) == (Stage.RECTIFYING, Progress.DONE)
