"""Rounds: opened by the inspecting body, inspections put in them, and everything side by side."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ledger.refusals import everything
from ledger.world import DUE, STATED
from zhenggai.accounts.selectors import organisation_root_id
from zhenggai.domain.actor import Role
from zhenggai.domain.closing import MissingTextError
from zhenggai.domain.days import DayImpossibleError
from zhenggai.domain.errors import NotFoundError
from zhenggai.domain.events import LedgerEvent
from zhenggai.domain.inspections import InspectionKind
from zhenggai.domain.planning import PlanState
from zhenggai.ledger import rounds, services
from zhenggai.ledger.errors import (
    ActionDeniedError,
    InspectionNotFoundError,
    NameTakenError,
    RoundDaysError,
    RoundNotFoundError,
    RoundOfOtherBodyError,
    StandsOtherwiseError,
)
from zhenggai.ledger.models import Inspection
from zhenggai.ledger.selectors import inspection_timeline
from zhenggai.trail.chains import ChainKey
from zhenggai.trail.selectors import event_views, events_of

TODAY = date(2026, 3, 2)


def opened(world, actor=None, **values):
    return services.round_create(
        **{
            "actor": actor or world.inspector,
            "at": world.at(),
            "body_id": world.body.pk,
            "title": "第三轮示例巡察",
            "kind": InspectionKind.INSPECTION,
            "begins_on": date(2026, 1, 5),
            **values,
        }
    )


def put(world, row, inspection=None, actor=None):
    return services.inspection_put_in_round(
        actor=actor or world.inspector,
        at=world.at(),
        inspection_id=(inspection or world.inspection).pk,
        round_id=row.pk if row else None,
    )


@contextmanager
def refused(world, error, words=None):
    chains = [ChainKey.organisation(organisation_root_id(world.city.path))]
    chains += [ChainKey.inspection(each.pk) for each in Inspection.objects.all()]
    rows, events = everything(), [events_of(chain).count() for chain in chains]
    with pytest.raises(error, match=words):
        yield
    assert everything() == rows
    assert [events_of(chain).count() for chain in chains] == events


def test_a_round_is_opened_by_the_bodys_people_or_the_office_over_it(world):
    row = opened(world)
    above = world.person("above", "上示例", (Role.OFFICE_CLERK, world.city))
    opened(world, above, title="第四轮示例巡察")
    chain = ChainKey.organisation(organisation_root_id(world.city.path))
    (told,) = event_views(events_of(chain, ("round", row.pk)))
    assert (told.name, told.values["title"]) == (LedgerEvent.ROUND_CREATED, "第三轮示例巡察")
    for actor in (world.clerk, world.group, world.handler, world.administrator):
        with refused(world, ActionDeniedError, "open a round"):
            opened(world, actor, title="别的轮次")


def test_a_round_has_a_title_of_its_own_and_days_in_order(world):
    opened(world)
    with refused(world, NameTakenError, "“第三轮示例巡察” is there already"):
        opened(world)
    with refused(world, MissingTextError, "“Title” is empty"):
        opened(world, title=" ")
    with refused(world, RoundDaysError, "would end on 2026-01-04, before it begins on 2026-01-05"):
        opened(world, title="第四轮", ends_on=date(2026, 1, 4))
    with refused(world, DayImpossibleError, "“Begins on”"):
        opened(world, title="第四轮", begins_on=date(1026, 1, 4))
    with refused(world, NotFoundError):
        opened(world, body_id=999_999)


def test_name_and_days_change_and_the_trail_keeps_the_former(world):
    row = opened(world)
    opened(world, title="第四轮示例巡察")
    values = {"at": world.at(), "round_id": row.pk, "begins_on": date(2026, 1, 6)}
    changed = services.round_rename(
        actor=world.inspector, title="第三轮", ends_on=date(2026, 6, 30), **values
    )
    assert (changed.title, changed.ends_on) == ("第三轮", date(2026, 6, 30))
    chain = ChainKey.organisation(organisation_root_id(world.city.path))
    told = event_views(events_of(chain, ("round", row.pk)))[-1]
    assert (told.name, told.values["former"]) == (LedgerEvent.ROUND_RENAMED, "第三轮示例巡察")
    with refused(world, NameTakenError):
        services.round_rename(actor=world.inspector, title="第四轮示例巡察", **values)
    with refused(world, ActionDeniedError, "change name and days of a round"):
        services.round_rename(actor=world.clerk, title="别的", **values)
    with refused(world, RoundNotFoundError):
        services.round_rename(actor=world.stranger, title="别的", **values)


def test_an_inspection_is_put_in_a_round_moved_and_taken_out_again(world):
    first, second = opened(world), opened(world, title="第四轮示例巡察")
    assert put(world, first).round == first
    assert put(world, second, actor=world.clerk).round == second
    assert put(world, None).round is None
    told = inspection_timeline(world.clerk, world.inspection.pk)
    said = [each.values for each in told if each.name == LedgerEvent.INSPECTION_PUT_IN_ROUND]
    assert [(each["round"], each["former"]) for each in reversed(said)] == [
        ("第三轮示例巡察", None),
        ("第四轮示例巡察", "第三轮示例巡察"),
        (None, "第四轮示例巡察"),
    ]


def test_an_inspection_that_was_moved_meanwhile_is_not_taken_out_by_a_page_of_the_former_round(world):
    first, second = opened(world), opened(world, title="第四轮示例巡察")
    put(world, second)
    out = {"inspection_id": world.inspection.pk, "round_id": None}
    with refused(world, StandsOtherwiseError, "was put in another round meanwhile"):
        services.inspection_put_in_round(actor=world.clerk, at=world.at(), seen_id=first.pk, **out)
    done = services.inspection_put_in_round(actor=world.clerk, at=world.at(), seen_id=second.pk, **out)
    assert done.round is None


def test_who_may_not_or_what_does_not_belong_is_refused(world):
    row = opened(world)
    for actor in (world.verifier, world.group, world.auditor):
        with refused(world, ActionDeniedError, "put the inspection in a round"):
            put(world, row, actor=actor)
    with refused(world, InspectionNotFoundError):
        put(world, row, actor=world.stranger)
    with refused(world, RoundNotFoundError):
        services.inspection_put_in_round(
            actor=world.clerk, at=world.at(), inspection_id=world.inspection.pk, round_id=999_999
        )
    audit = world.inspect(kind=InspectionKind.AUDIT)
    with refused(world, RoundOfOtherBodyError, "is one of 巡察示例办 for “inspection”"):
        put(world, row, audit)
    put(world, row)
    with refused(world, StandsOtherwiseError, "stands there already"):
        put(world, row)


def test_rounds_are_seen_by_their_body_and_by_who_sees_an_inspection_of_it(world):
    row = opened(world)

    def seen(actor):
        return [each.pk for each in rounds.rounds_visible(actor)]

    assert seen(world.inspector) == seen(world.clerk) == seen(world.auditor) == [row.pk]
    assert seen(world.stranger) == seen(world.administrator) == []
    with pytest.raises(RoundNotFoundError):
        rounds.round_get(world.stranger, row.pk)
    assert rounds.round_verdict(world.inspector, row).allowed
    assert not rounds.round_verdict(world.clerk, row).allowed


def test_only_what_can_be_put_in_is_offered(world):
    row = opened(world)
    printed = world.inspect(title="只有印出的检查机构", inspector_organisation_id=None)
    world.inspect(kind=InspectionKind.AUDIT)
    assert rounds.inspections_offered(world.clerk, row) == [world.inspection, printed]
    assert rounds.inspections_offered(world.inspector, row) == [world.inspection]
    assert rounds.inspections_offered(world.group, row) == []
    put(world, row)
    assert rounds.inspections_offered(world.clerk, row) == [printed]


def test_inspections_stand_side_by_side_each_by_its_own_rules(world):
    row = opened(world)
    world.closed()
    world.register(STATED, STATED)
    world.assigned(world.registered())
    put(world, row)
    other = world.inspect_by(
        counting={
            "denominator": "measures",
            "stage_closed_counts": False,
            "substantially_done_counts": False,
            "places": 0,
            "rounding": "down",
        }
    )
    finding = world.accepted()
    world.do("measure_add", world.head, finding, text="修订示例办法")
    measure = finding.measures.first()
    world.do("measure_complete", world.handler, finding, measure_id=measure.pk, result="已核对。")
    world.do("criterion_add", world.clerk, finding, text="台账与账簿一致。")
    services.plan_submit(actor=world.clerk, at=world.at(), inspection_id=other.pk)
    put(world, row, other)
    one, two = rounds.round_rows(world.inspector, row, date(2026, 7, 1))
    assert (one.tally.total, sum(one.tally.by_stage.values()), one.tally.overdue) == (4, 1, 1)
    assert (one.rate.percent, one.plan_state, one.plan, one.next_due) == (Decimal("25.00"), None, None, DUE)
    assert (two.tally.measures, two.tally.measures_done, two.rate.percent) == (2, 1, Decimal(50))
    assert (two.plan_state, two.plan.due, two.plan.done_on) == (
        PlanState.SUBMITTED,
        date(2026, 2, 15),
        TODAY,
    )
    assert rounds.round_rows(world.stranger, row, TODAY) == []


def test_as_many_queries_for_ten_inspections_as_for_one(world):
    row = opened(world)

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            found = rounds.round_rows(world.inspector, row, TODAY)
            assert [each.inspection.subject.name for each in found]
        return len(asked)

    put(world, row)
    one = queries()
    for number in range(9):
        put(world, row, world.inspect(title=f"示例巡察{number}"))
    assert queries() == one == 1
