"""An amendment arranges measures: by the rules of the hand, with how it stood kept, once it is approved."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from ledger.refusals import refused, trail
from ledger.test_amending import REASON, planned
from ledger.world import DUE
from retold import retold
from zhenggai.accounts.models import Post
from zhenggai.domain.actor import Role
from zhenggai.domain.amending import (
    Amended,
    Arrangement,
    Indicator,
    NewCriterion,
    NewMeasure,
    Rearranged,
    amended_from,
)
from zhenggai.domain.closing import MissingTextError
from zhenggai.domain.days import DayImpossibleError
from zhenggai.domain.planning import AmendmentEmptyError, Direction
from zhenggai.domain.restricting import RestrictionKind
from zhenggai.ledger.comparing import differences
from zhenggai.ledger.errors import InvalidFieldError, PieceNotFoundError, StandsOtherwiseError
from zhenggai.ledger.models import Criterion, Measure, MeasureTask
from zhenggai.trail.chains import ChainKey
from zhenggai.trail.selectors import event_views, events_of

LATER = date(2026, 9, 30)


@pytest.fixture
@retold
def finding(world):
    """A finding in an approved plan; its lead unit and the supporting unit each do a part of the first."""
    return shared(world)


def shared(world):
    row = world.accepted()
    measure = row.measures.get()
    units = [world.unit.pk, world.other_unit.pk]
    world.do("measure_arrange", world.clerk, row, measure_id=measure.pk, unit_ids=units)
    return planned(world, finding=row)


def first(finding):
    return finding.measures.order_by("position").first()


def amend(world, finding, **values):
    return world.do("plan_amend", world.head, finding, **{"reason": REASON, **values})


def standing(measure):
    return [each.unit.name for each in measure.tasks.all() if each.dropped_at is None]


def last_event(finding):
    (view,) = event_views(events_of(ChainKey.inspection(finding.inspection_id)).reverse()[:1])
    return view


def test_a_measure_is_arranged_anew_once_the_amendment_is_approved(world, finding):
    measure = first(finding)
    leader = world.person("deputy", "副示例", (Role.RESPONSIBLE_LEADER, world.bureau))
    wanted = Arrangement(leader.person_id, LATER, "每月报一次。", (world.other_unit.pk,))
    row = amend(world, finding, arrange={measure.pk: wanted})
    assert first(row).due is None
    assert standing(first(row)) == ["示例股", "财务示例股"]
    row = world.do("amendment_sign", world.group, finding)
    amendment = row.amendments.get()
    fresh = first(row)
    assert (fresh.leader_id, fresh.due, fresh.requirement, fresh.arranged_amendment_id) == (
        leader.person_id,
        LATER,
        "每月报一次。",
        amendment.pk,
    )
    assert standing(fresh) == ["财务示例股"]
    taken = fresh.tasks.get(unit=world.unit)
    assert (taken.dropped_amendment_id, taken.dropped_amendment.reason) == (amendment.pk, REASON)
    assert last_event(row).name == "ledger.measure.arranged"
    assert last_event(row).values["amendment_id"] == amendment.pk
    assert list(differences()) == []


def test_the_amendment_keeps_how_the_measure_stood_and_how_it_is_to_stand(world, finding):
    measure = first(finding)
    row = amend(world, finding, arrange={measure.pk: Arrangement(due=LATER, unit_ids=(world.unit.pk,))})
    before = Arrangement(
        unit_ids=(world.unit.pk, world.other_unit.pk), units=(world.unit.name, world.other_unit.name)
    )
    after = Arrangement(due=LATER, unit_ids=(world.unit.pk,), units=(world.unit.name,))
    assert amended_from(row.amendments.get().content) == Amended(
        rearranged=(Rearranged(measure.pk, before, after),)
    )
    assert last_event(row).values["content"] == row.amendments.get().content
    back = world.do("amendment_send_back", world.group, finding, reason="请说明新时限的依据。")
    assert (first(back).due, standing(first(back))) == (None, ["示例股", "财务示例股"])
    assert amended_from(back.amendments.get().content).rearranged[0].before == before


def test_a_new_measure_comes_with_leader_unit_day_and_demand(world, finding):
    wanted = Arrangement(world.leader.person_id, LATER, "逐月核对。", (world.other_unit.pk,))
    amend(world, finding, measures=[NewMeasure("建立电子台账", wanted), NewMeasure("建立电子台账")])
    row = world.do("amendment_sign", world.group, finding)
    arranged, plain = row.measures.filter(text="建立电子台账")
    assert (arranged.leader_id, arranged.due, arranged.requirement) == (
        world.leader.person_id,
        LATER,
        "逐月核对。",
    )
    assert standing(arranged) == ["财务示例股"]
    assert arranged.amendment_id == arranged.arranged_amendment_id == arranged.tasks.get().amendment_id
    assert (plain.leader_id, plain.due, plain.arranged_amendment_id, standing(plain)) == (
        None,
        None,
        None,
        [],
    )
    done = world.do(
        "task_report", world.helper, row, task_id=arranged.tasks.get().pk, report="核对四十笔，全部相符。"
    )
    world.do("measure_complete", world.helper, done, measure_id=arranged.pk, result="已建立。")
    assert list(differences()) == []


def test_a_criterion_is_exchanged_for_an_indicator(world, finding):
    criterion = finding.criteria.first()
    measured = Indicator("%", Decimal("98.5"), Direction.AT_LEAST, Decimal(70))
    amend(
        world,
        finding,
        criteria=[NewCriterion("相符率", measured)],
        drop_criterion_ids=[criterion.pk],
    )
    row = world.do("amendment_sign", world.group, finding)
    old, new = row.criteria.get(pk=criterion.pk), row.criteria.get(text="相符率")
    assert (old.dropped_reason, old.dropped_amendment_id) == (REASON, new.amendment_id)
    assert (new.target, new.indicator_unit, new.direction, new.baseline) == (
        Decimal("98.5"),
        "%",
        "at_least",
        Decimal(70),
    )
    assert list(differences()) == []


def test_what_stands_so_already_changes_nothing(world, finding):
    same = Arrangement(unit_ids=(world.other_unit.pk, world.unit.pk), requirement=" ")
    with refused(finding, AmendmentEmptyError, "changes nothing"):
        amend(world, finding, arrange={first(finding).pk: same})


def test_an_amendment_arranges_by_the_rules_of_the_hand(world, finding):
    measure_id = first(finding).pk
    with refused(finding, InvalidFieldError, "no post as responsible leader"):
        amend(world, finding, arrange={measure_id: Arrangement(world.handler.person_id)})
    with refused(finding, InvalidFieldError, "does not work on the finding"):
        amend(world, finding, arrange={measure_id: Arrangement(unit_ids=(world.office.pk,))})
    with refused(finding, InvalidFieldError, "does not work on the finding"):
        amend(world, finding, measures=[NewMeasure("另建", Arrangement(unit_ids=(world.office.pk,)))])
    with refused(finding, DayImpossibleError):
        amend(world, finding, arrange={measure_id: Arrangement(due=date(1026, 9, 30))})
    with refused(finding, PieceNotFoundError):
        amend(world, finding, arrange={9_999: Arrangement(due=LATER)})
    with refused(finding, MissingTextError):
        amend(world, finding, measures=[NewMeasure(" ", Arrangement(due=LATER))])
    with refused(finding, MissingTextError, "Unit"):
        amend(
            world,
            finding,
            criteria=[NewCriterion("相符率", Indicator(" ", Decimal(1), Direction.AT_MOST))],
        )
    with refused(finding, InvalidFieldError, "dropped and arranged anew at once"):
        amend(world, finding, arrange={measure_id: Arrangement(due=LATER)}, drop_measure_ids=[measure_id])


def test_a_measure_that_is_dropped_is_dropped_though_its_arrangement_comes_along(world, finding):
    measure = first(finding)
    same = Arrangement(unit_ids=(world.unit.pk, world.other_unit.pk))
    amend(world, finding, arrange={measure.pk: same}, drop_measure_ids=[measure.pk])
    row = world.do("amendment_sign", world.group, finding)
    assert first(row).dropped_amendment_id == row.amendments.get().pk


def test_a_part_that_is_reported_stays_with_its_unit(world, finding):
    measure = first(finding)
    task = measure.tasks.get(unit=world.unit)
    without = {measure.pk: Arrangement(unit_ids=(world.other_unit.pk,))}
    amend(world, finding, arrange=without)
    world.do("task_report", world.handler, finding, task_id=task.pk, report="核对四十笔。")
    with refused(finding, StandsOtherwiseError, "“示例股” has reported its part already"):
        world.do("amendment_sign", world.group, finding)
    world.do("amendment_withdraw", world.head, finding, reason="该股已经完成，不再调整。")
    with refused(finding, StandsOtherwiseError, "“示例股” has reported its part already"):
        amend(world, finding, arrange=without)


def test_what_no_longer_holds_is_not_put_into_force(world, finding):
    """A leader who left, a unit that was taken off the finding, and a measure that was done meanwhile."""
    measure = first(finding)
    deputy = world.person("deputy", "副示例", (Role.RESPONSIBLE_LEADER, world.bureau))
    amend(world, finding, arrange={measure.pk: Arrangement(deputy.person_id, unit_ids=(world.unit.pk,))})
    Post.objects.filter(person_id=deputy.person_id).update(ended_on=date(2026, 3, 1))
    with refused(finding, InvalidFieldError, "no post as responsible leader"):
        world.do("amendment_sign", world.group, finding)
    world.do("amendment_withdraw", world.head, finding, reason="该领导已经调离，另行安排。")
    amend(world, finding, arrange={measure.pk: Arrangement(due=LATER, unit_ids=(world.other_unit.pk,))})
    values = {"leader_id": world.leader.person_id, "unit_id": world.unit.pk, "due": DUE}
    world.do("finding_assign", world.clerk, finding, **values)
    with refused(finding, InvalidFieldError, "does not work on the finding"):
        world.do("amendment_sign", world.group, finding)


def test_a_measure_done_meanwhile_is_not_arranged(world):
    finding = planned(world)
    measure = first(finding)
    amend(world, finding, arrange={measure.pk: Arrangement(due=LATER)})
    world.do("measure_complete", world.handler, finding, measure_id=measure.pk, result="已逐笔核对。")
    with refused(finding, StandsOtherwiseError, "is done already"):
        world.do("amendment_sign", world.group, finding)


def test_of_a_restricted_finding_only_a_listed_leader_answers_for_a_measure(world, finding):
    deputy = world.person("deputy", "副示例", (Role.RESPONSIBLE_LEADER, world.bureau))
    world.do(
        "finding_restrict",
        world.clerk,
        finding,
        kind=RestrictionKind.LEAD,
        reason="涉及问题线索，限专人办理。",
        reader_ids=[world.head.person_id, world.group.person_id, world.leader.person_id],
    )
    arrange = {first(finding).pk: Arrangement(deputy.person_id)}
    with refused(finding, InvalidFieldError, "is not on its list"):
        amend(world, finding, arrange=arrange)


def test_a_second_amendment_goes_on_from_the_first(world, finding):
    measure = first(finding)
    amend(world, finding, arrange={measure.pk: Arrangement(unit_ids=(world.unit.pk,))})
    world.do("amendment_sign", world.group, finding)
    amend(world, finding, arrange={measure.pk: Arrangement(unit_ids=(world.unit.pk, world.other_unit.pk))})
    row = world.do("amendment_sign", world.group, finding)
    assert standing(first(row)) == ["示例股", "财务示例股"]
    one, two = (amended_from(each.content).rearranged[0] for each in row.amendments.all())
    assert (one.after.units, two.before.units) == (("示例股",), ("示例股",))
    assert first(row).tasks.count() == 3
    assert list(differences()) == []


def test_what_was_arranged_behind_the_services_shows_or_is_refused(world, finding):
    """An approved amendment carries just what it says, and an earlier one nothing once a later one stands."""
    measure = first(finding)
    for due in (LATER, date(2026, 10, 31)):
        kept = (world.unit.pk,) if due == LATER else (world.unit.pk, world.other_unit.pk)
        amend(world, finding, arrange={measure.pk: Arrangement(due=due, unit_ids=kept)})
        world.do("amendment_sign", world.group, finding)
    events = trail(finding)
    one, two = finding.amendments.order_by("pk")
    rows = Measure.objects.filter(pk=measure.pk)
    for change in (
        {"due": LATER},
        {"due": LATER, "arranged_amendment": one},
        {"leader_id": world.leader.person_id, "arranged_amendment": two},
        {"requirement": "另有要求。"},
        {"arranged_amendment": None},
    ):
        with pytest.raises(DatabaseError, match="The ledger keeps this row"), transaction.atomic():
            rows.update(**change)
    tasks = MeasureTask.objects.filter(measure=measure, dropped_at=None)
    for amendment in (None, two):
        with pytest.raises(DatabaseError, match="The ledger keeps this row"), transaction.atomic():
            tasks.update(dropped_at=world.at(), dropped_amendment=amendment)
    for amendment in (None, two):
        given = MeasureTask(measure=measure, unit=world.office, amendment=amendment)
        with (
            pytest.raises(DatabaseError, match="only through an approved amendment"),
            transaction.atomic(),
        ):
            given.save()
    assert trail(finding) == events
    assert list(differences()) == []


def test_a_new_measure_is_added_only_as_the_amendment_says(world, finding):
    amend(world, finding, measures=[NewMeasure("建立电子台账", Arrangement(due=LATER))])
    world.do("amendment_sign", world.group, finding)
    amendment = finding.amendments.get()
    said = {
        "finding": finding,
        "position": 9,
        "text": "建立电子台账",
        "source": "office",
        "added_by_id": world.clerk.person_id,
        "added_at": world.at(),
        "amendment": amendment,
    }
    for other in ({"due": date(2026, 12, 31)}, {"due": LATER, "requirement": "另有要求。"}):
        with (
            pytest.raises(DatabaseError, match="only through an approved amendment"),
            transaction.atomic(),
        ):
            Measure.objects.create(**said, **other)


def test_an_amendment_of_the_first_days_still_comes_into_force(world):
    """What was proposed before amendments said who carries a measure out names it by its text."""
    finding = planned(world)
    row = amend(world, finding, measures=[NewMeasure("建立电子台账")])
    kept = {
        "measures": ["建立电子台账"],
        "due": None,
        "drop_measures": [],
        "criteria": ["电子台账可查。"],
        "drop_criteria": [],
    }
    waiting = row.amendments.get()
    world.do("amendment_withdraw", world.head, finding, reason="改按原来的写法提出。")
    type(waiting)(
        finding=finding, content=kept, reason=REASON, by_id=world.head.person_id, at=world.at()
    ).save()
    row = world.do("amendment_sign", world.group, finding)
    assert row.measures.filter(text="建立电子台账").exists()
    assert row.criteria.filter(text="电子台账可查。").exists()


def test_a_part_reported_before_its_unit_was_taken_off_stays_and_hinders_nothing(world, finding):
    measure = first(finding)
    task = measure.tasks.get(unit=world.other_unit)
    world.do("task_report", world.helper, finding, task_id=task.pk, report="核对四十笔。")
    values = {"leader_id": world.leader.person_id, "unit_id": world.unit.pk, "due": DUE}
    world.do("finding_assign", world.clerk, finding, **values)
    units = (world.unit.pk, world.other_unit.pk)
    amend(world, finding, arrange={measure.pk: Arrangement(due=LATER, unit_ids=units)})
    row = world.do("amendment_sign", world.group, finding)
    assert first(row).due == LATER
    assert standing(first(row)) == ["示例股", "财务示例股"]
    assert first(row).tasks.get(unit=world.other_unit).report == "核对四十笔。"
    assert list(differences()) == []
    # what it did not report is nothing it can be given again
    other = row.measures.order_by("position")[1]
    with refused(finding, InvalidFieldError, "does not work on the finding"):
        amend(world, finding, arrange={other.pk: Arrangement(unit_ids=units)})


def test_no_earlier_amendment_gives_or_takes_a_part_once_a_later_one_stands(world, finding):
    measure = first(finding)
    for kept in ((world.unit.pk, world.other_unit.pk), (world.unit.pk,)):
        amend(world, finding, arrange={measure.pk: Arrangement(due=LATER, unit_ids=kept)})
        world.do("amendment_sign", world.group, finding)
    one, two = finding.amendments.order_by("pk")
    given = MeasureTask(measure=measure, unit=world.other_unit, amendment=one)
    with pytest.raises(DatabaseError, match="only through an approved amendment"), transaction.atomic():
        given.save()
    amend(
        world,
        finding,
        arrange={measure.pk: Arrangement(due=LATER, unit_ids=(world.unit.pk, world.other_unit.pk))},
    )
    world.do("amendment_sign", world.group, finding)
    tasks = MeasureTask.objects.filter(measure=measure, unit=world.other_unit, dropped_at=None)
    with pytest.raises(DatabaseError, match="The ledger keeps this row"), transaction.atomic():
        tasks.update(dropped_at=world.at(), dropped_amendment=two)
    assert list(differences()) == []


def test_what_an_amendment_added_is_not_added_by_it_again(world, finding):
    """Nor what was dropped since."""
    amend(
        world,
        finding,
        measures=[NewMeasure("建立电子台账"), NewMeasure("建立电子台账")],
        criteria=[NewCriterion("电子台账可查。")],
    )
    row = world.do("amendment_sign", world.group, finding)
    amendment = row.amendments.get()
    added = row.measures.filter(amendment=amendment)
    assert added.count() == 2
    amend(world, finding, drop_measure_ids=[each.pk for each in added])
    world.do("amendment_sign", world.group, finding)
    said = {"finding": finding, "position": 9, "added_by_id": world.clerk.person_id, "added_at": world.at()}
    for again in (
        Measure(text="建立电子台账", source="office", amendment=amendment, **said),
        Criterion(text="电子台账可查。", amendment=amendment, **said),
    ):
        with pytest.raises(DatabaseError, match="only through an approved amendment"), transaction.atomic():
            again.save()
    assert list(differences()) == []
