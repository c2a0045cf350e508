"""The dashboard of an inspection: every number is the list behind it, as of any day, for who sees it."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.test_figures import STEPS, USUAL, on_day, run
from ledger.test_rechecking import FAILS, NEXT, recheck
from ledger.test_reporting import ask, report
from ledger.world import DUE, STATED, TODAY
from trail.unguarded import unguarded
from zhenggai.domain.ageing import age_class
from zhenggai.domain.burning import level_on
from zhenggai.domain.deadlines import Light, light
from zhenggai.domain.figures import (
    DASHBOARD,
    LATE_AGES,
    LIGHTS,
    OPEN_AGES,
    OPEN_FIGURES,
    OVERDUE_AGES,
    Figure,
)
from zhenggai.domain.forecasting import FORECAST_RULE
from zhenggai.domain.lifecycle import FINAL_STAGES, Nature
from zhenggai.domain.restricting import RestrictionKind
from zhenggai.ledger import selectors
from zhenggai.ledger.dashboard import dashboard_on, likely_late
from zhenggai.ledger.figures import figures_on
from zhenggai.ledger.imports import ImportedItem
from zhenggai.ledger.listing import FindingFilters
from zhenggai.ledger.models import Finding

FINAL = {stage.value for stage in FINAL_STAGES}
REPORTS = (Figure.REPORTS_DUE, Figure.REPORTS_LATE)


def board(world, on=TODAY, actor=None, under=None):
    actor = actor or world.clerk
    return dashboard_on(actor, selectors.inspection_get(actor, world.inspection.pk), on, under)


def listed(world, on, figure, actor=None, **led):
    filters = FindingFilters(counted=figure, counted_on=on, **led)
    return selectors.findings_visible(actor or world.clerk, world.inspection.pk, filters)


def led_by(branch):
    """The filters of the list that a row of the dashboard opens."""
    if branch.unit is None:
        return {"lead_unset": True}
    return {"under_id" if branch.is_whole else "lead_id": branch.unit.pk}


def check(world, on, actor=None, under=None):
    """Sees that every number is the list behind it, and that sums are sums."""
    found = board(world, on, actor, under)
    whole = {"under_id": under} if under else {}
    for figure in (*DASHBOARD, *REPORTS):
        assert found.counted[figure] == listed(world, on, figure, actor, **whole).count(), figure
        for branch in found.branches:
            rows = listed(world, on, figure, actor, **led_by(branch))
            assert branch.counted[figure] == rows.count(), (figure, branch)
    counted = found.counted
    sums = {
        Figure.OPEN: (LIGHTS, OPEN_AGES),
        Figure.LIGHT_OVERDUE: (OVERDUE_AGES,),
    }
    for total, tables in sums.items():
        for table in tables:
            assert sum(counted[each] for each in table.values()) == counted[total]
    figures = found.figures.counted
    assert counted[Figure.ALL] == figures[Figure.ALL]
    assert counted[Figure.CLOSED] == figures[Figure.CLOSED]
    assert counted[Figure.OPEN] == sum(figures[each] for each in OPEN_FIGURES) + figures[Figure.REBOUNDS_OPEN]
    assert counted[Figure.LIGHT_OVERDUE] == figures[Figure.OVERDUE] + figures[Figure.REBOUNDS_OVERDUE]
    return found


def assigned_to(world, finding, unit, due=DUE):
    world.do(
        "finding_classify",
        world.clerk,
        finding,
        nature=Nature.TIME_BOUND,
        money_required=False,
        people_required=False,
        cause_required=False,
    )
    values = {"leader_id": world.leader.person_id, "unit_id": unit.pk, "due": due}
    return world.do("finding_assign", world.clerk, finding, **values, supporting_unit_ids=[])


@given(
    st.lists(
        st.tuples(st.integers(0, 3), st.lists(st.sampled_from(list(STEPS)), max_size=3), st.integers(0, 6)),
        min_size=1,
        max_size=3,
    ),
    st.integers(1, 60),
)
@settings(
    max_examples=3,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_every_number_is_the_list_behind_it_as_of_any_day(world, days, apart):
    with transaction.atomic():
        place = deepcopy(world)
        place.register(STATED, STATED, STATED)
        run(place, 0, USUAL)
        for nth, (which, steps, usual) in enumerate(days, start=1):
            on_day(place, TODAY + timedelta(days=nth * apart))
            run(place, which, [*steps, *USUAL[:usual]])
        for nth in (0, len(days)):
            on = TODAY + timedelta(days=nth * apart)
            found = check(place, on)
            agrees_with_the_domain(place, on, found)
        check(place, DUE + timedelta(days=apart))
        transaction.set_rollback(True)


def agrees_with_the_domain(world, on, found):
    """Lights, ages and what is behind, told over by the functions of the domain from how things stand."""
    if on < max(each.changed_at.date() for each in Finding.objects.all()):
        return
    lights = dict.fromkeys(LIGHTS.values(), 0)
    behind = 0
    for each in Finding.objects.filter(inspection=world.inspection).exclude(stage__in=FINAL):
        lights[LIGHTS[light(each.due, on, None, world.inspection.rules.warning)]] += 1
        left = (each.due - on).days if each.due else -1
        if 0 <= left <= FORECAST_RULE.near_days and each.stage != "closure_requested":
            measures = list(each.measures.filter(dropped_at=None))
            done = sum(1 for measure in measures if measure.done_at)
            behind += FORECAST_RULE.is_behind(left, done, len(measures))
    assert {figure: found.counted[figure] for figure in lights} == lights
    assert found.counted[Figure.LIKELY_LATE_BEHIND] == behind


@pytest.mark.parametrize("who", ["clerk", "leader", "handler", "inspector", "auditor"])
def test_everybody_counts_what_he_sees_alone(world, who):
    world.register(STATED, STATED)
    recheck(world, world.closed(), **FAILS)
    assigned_to(world, world.register()[0], world.other_unit)
    check(world, NEXT, getattr(world, who))


def test_what_is_restricted_is_counted_for_those_who_are_listed_alone(world):
    finding = world.rectifying()
    reason = "涉及问题线索，限专人知悉。"
    world.do("finding_restrict", world.clerk, finding, kind=RestrictionKind.LEAD, reason=reason)
    assert board(world).counted[Figure.OPEN] == 1
    hidden = board(world, actor=world.group)
    assert (hidden.counted[Figure.OPEN], list(hidden.branches)) == (0, [])


def test_units_are_summed_by_branch_and_looked_into(world):
    inner = world._child(world.unit, "示例股一组")
    for unit in (world.unit, inner, inner, world.bureau):
        assigned_to(world, world.register()[0], unit)
    world.register(STATED)
    found = check(world, TODAY)
    rows = {(each.unit and each.unit.name, each.is_whole): each for each in found.branches}
    assert {key: each.counted[Figure.OPEN] for key, each in rows.items()} == {
        (None, False): 1,
        ("云山县示例局", False): 1,
        ("示例股", True): 3,
    }
    assert rows["示例股", True].is_divided
    assert not found.is_part
    inside = check(world, TODAY, under=world.unit.pk)
    assert {(each.unit.name, each.counted[Figure.OPEN]) for each in inside.branches} == {
        ("示例股", 1),
        ("示例股一组", 2),
    }
    assert [each.name for each in inside.above] == ["云山县示例局"]
    assert inside.figures.counted[Figure.ALL] == inside.counted[Figure.ALL] == 3
    # what leads nothing here narrows nothing
    assert not board(world, under=world.elsewhere.pk).is_part
    assert not board(world, under=999_999).is_part


def test_a_unit_outside_the_inspected_organisation_has_a_row_of_its_own(world):
    finding = world.assigned()
    with unguarded():
        Finding.objects.filter(pk=finding.pk).update(lead_unit=world.elsewhere.pk)
    (row,) = check(world, TODAY).branches
    assert (row.unit.name, row.is_whole, row.counted[Figure.OPEN]) == ("星河区", False, 1)


@pytest.mark.parametrize(
    ("left", "expected"),
    [
        (-1, Light.OVERDUE),
        (0, Light.VERY_NEAR),
        (10, Light.VERY_NEAR),
        (11, Light.NEAR),
        (20, Light.NEAR),
        (21, Light.FAR),
    ],
)
def test_lights_change_on_the_days_of_the_profile(world, left, expected):
    world.assigned()
    on = DUE - timedelta(days=left)
    assert board(world, on).counted[LIGHTS[expected]] == 1
    rows = selectors.findings_visible(
        world.clerk, world.inspection.pk, FindingFilters(light=expected, light_on=on)
    )
    assert len(rows) == 1


@pytest.mark.parametrize("days", [1, 7, 8, 30, 31, 90, 91])
def test_days_stand_in_their_class(world, days):
    world.assigned()
    opened = board(world, TODAY + timedelta(days=days - 1)).counted
    assert opened[OPEN_AGES[age_class(days)]] == 1
    overdue = board(world, DUE + timedelta(days=days)).counted
    assert overdue[OVERDUE_AGES[age_class(days)]] == 1
    assert sum(overdue[each] for each in OVERDUE_AGES.values()) == 1


@pytest.mark.parametrize("days", [0, 7, 31])
def test_what_was_finished_late_stays_known(world, days):
    finding = world.proven()
    on_day(world, DUE + timedelta(days=days))
    world.request(finding)
    on_day(world, DUE + timedelta(days=days + 3))
    world.do("closure_sign", world.leader, finding)
    world.do("closure_sign", world.clerk, finding)
    for on in (DUE + timedelta(days=days + 3), date(2027, 6, 1)):
        counted = board(world, on).counted
        late = {each for each, figure in LATE_AGES.items() if counted[figure]}
        assert late == ({age_class(days)} if days else set())
        check(world, on)
    assert board(world, DUE + timedelta(days=days + 2)).counted[Figure.OPEN] == 1


def test_what_is_likely_late_follows_the_printed_rule(world):
    measures = tuple(ImportedItem(f"逐笔核对{n}") for n in range(4))
    finding = world.register(replace(STATED, measures=measures))[0]
    finding = world.assigned(finding)
    world.do("finding_accept", world.head, finding)
    near = DUE - timedelta(days=FORECAST_RULE.near_days)
    assert board(world, near - timedelta(days=1)).counted[Figure.LIKELY_LATE] == 0
    before = board(world, near).counted
    assert {before[each] for each in LIKELY} == {1}
    on_day(world, near)
    report(world, finding)
    ids = list(finding.measures.values_list("pk", flat=True))
    for measure_id in ids[:2]:
        world.do("measure_complete", world.handler, finding, measure_id=measure_id, result="已逐笔核对。")
    assert board(world, near).counted[Figure.LIKELY_LATE] == 0
    # the report that came then is of that day, and not of the days before
    assert board(world, near - timedelta(days=1)).counted[Figure.LIKELY_LATE_SILENT] == 0
    last = DUE - timedelta(days=FORECAST_RULE.last_days)
    assert board(world, last).counted[Figure.LIKELY_LATE_BEHIND] == 1
    assert board(world, last).counted[Figure.LIKELY_LATE_SILENT] == 0
    assert board(world, DUE).counted[Figure.LIKELY_LATE_SILENT] == 1
    assert board(world, DUE + timedelta(days=1)).counted[Figure.LIKELY_LATE] == 0
    check(world, last)


LIKELY = (Figure.LIKELY_LATE, Figure.LIKELY_LATE_BEHIND, Figure.LIKELY_LATE_SILENT)


def test_late_reports_of_the_lead_unit_are_counted(world):
    finding, other = world.accepted(), world.accepted()
    due = date(2026, 4, 5)
    ask(world)
    assert board(world, due).counted[Figure.REPORTS_DUE] == 0
    on_day(world, due)
    report(world, finding)
    on_day(world, due + timedelta(days=4))
    report(world, other)
    assert [board(world, due + timedelta(days=1)).counted[each] for each in REPORTS] == [2, 1]
    after = check(world, due + timedelta(days=10))
    assert [after.counted[each] for each in REPORTS] == [2, 1]
    late = listed(world, due + timedelta(days=10), Figure.REPORTS_LATE)
    assert [each.pk for each in late] == [other.pk]


def test_what_is_suspended_owes_no_report(world):
    finding = world.accepted()
    ask(world, due_on=date(2026, 4, 1))
    on = date(2026, 4, 20)
    assert board(world, on).counted[Figure.REPORTS_LATE] == 1
    world.do("suspension_begin", world.clerk, finding, reason="等待上级批复，暂停整改工作。")
    assert board(world, on).counted[Figure.REPORTS_DUE] == 0


def test_returns_are_counted_of_those_that_asked(world):
    finding = world.requested()
    world.do("closure_send_back", world.leader, finding, reason="材料不符，请补充材料。")
    world.rectifying()
    found = check(world, TODAY).counted
    assert (found[Figure.SENT_BACK], found[Figure.ASKED_TO_CLOSE]) == (1, 1)


def test_an_empty_ledger_has_no_row_and_only_noughts(world):
    found = board(world)
    assert list(found.branches) == []
    assert not any(found.counted.values())


@pytest.mark.parametrize("count", [1, 30])
def test_the_dashboard_takes_as_many_queries_for_many_findings_as_for_few(world, count):
    for unit in (world.unit, world.other_unit):
        assigned_to(world, world.register()[0], unit)
    world.register(*[STATED] * count)
    ask(world)
    inspection = selectors.inspection_get(world.clerk, world.inspection.pk)
    with CaptureQueriesContext(connection) as queries:
        assert dashboard_on(world.clerk, inspection, TODAY).counted[Figure.OPEN] == count + 2
    # units, what was asked, what was reported twice, what is with the units, organisations, figures, lines
    assert len(queries) == 11


def test_the_list_is_narrowed_by_light_due_days_and_units(world):
    inner = world._child(world.unit, "示例股一组")
    first, second, third = (world.register()[0] for _ in range(3))
    assigned_to(world, first, world.unit)
    assigned_to(world, second, inner, DUE + timedelta(days=30))

    def found(**values):
        rows = selectors.findings_visible(world.clerk, world.inspection.pk, FindingFilters(**values))
        return [each.pk for each in rows]

    assert found(under_id=world.unit.pk) == [first.pk, second.pk]
    assert found(lead_id=world.unit.pk) == [first.pk]
    assert found(lead_unset=True) == [third.pk]
    assert found(under_id=999_999) == []
    assert found(due_from=DUE, due_to=DUE) == [first.pk]
    assert found(due_from=DUE + timedelta(days=1)) == [second.pk]
    assert found(light=Light.NONE, light_on=TODAY) == [third.pk]
    assert found(light=Light.OVERDUE, light_on=DUE + timedelta(days=1)) == [first.pk]
    tally = selectors.ledger_counts(
        world.clerk, world.inspection.pk, TODAY, FindingFilters(light=Light.NONE, light_on=TODAY)
    )
    assert tally.total == 3


def test_the_figures_page_counts_the_same_of_a_branch(world):
    assigned_to(world, world.register()[0], world.unit)
    world.register(STATED)
    inspection = selectors.inspection_get(world.clerk, world.inspection.pk)
    assert figures_on(world.clerk, inspection, TODAY, world.unit.path).counted[Figure.ALL] == 1


def test_the_lines_of_open_findings_are_the_figures_of_each_day(world):
    world.register(STATED, STATED)
    world.closed()
    world.stage_closed()
    on_day(world, TODAY + timedelta(days=5))
    recheck(world, Finding.objects.filter(stage="closed").get(), **FAILS)
    world.do("stage_begin", world.clerk, Finding.objects.get(stage="stage_closed"), goal="每月核对", due=NEXT)
    last = TODAY + timedelta(days=6)
    lines = board(world, last).burning
    for days in range(-1, 7):
        on = TODAY + timedelta(days=days)
        assert level_on(lines.open, on) == board(world, on).counted[Figure.OPEN], on
    assert lines.planned_now == 5
    assert level_on(lines.planned, DUE) == 4
    part = board(world, last, under=world.unit.pk).burning
    assert (part.open_now, level_on(part.planned, NEXT)) == (1, 0)


def test_those_that_are_likely_late_are_listed_the_most_urgent_first(world):
    for days in (9, 3, 30):
        assigned_to(world, world.register()[0], world.unit, TODAY + timedelta(days=days))
    for under in (None, world.unit.pk):
        found = likely_late(board(world, under=under), world.clerk)
        assert [(each.due_then - TODAY).days for each in found] == [3, 9]
