"""Figures as of a day: what the trail tells up to then, and each with just the findings that it counts."""

from __future__ import annotations

from collections import Counter
from copy import deepcopy
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.test_rechecking import FAILS, HOLDS, NEXT, close, recheck, successor
from ledger.world import DUE, STATED, TODAY
from zhenggai.domain.errors import ZhenggaiError
from zhenggai.domain.figures import CLAIMS, NATURES, REBOUND_STATES, STAGE_FIGURES, STATES, Figure
from zhenggai.domain.figures import STATED as SAID
from zhenggai.domain.lifecycle import FINAL_STAGES, Nature, Progress
from zhenggai.domain.rechecking import ReboundGround
from zhenggai.ledger import selectors
from zhenggai.ledger.figures import figures_on
from zhenggai.ledger.listing import FindingFilters
from zhenggai.ledger.models import Finding
from zhenggai.ledger.standing_on import day_end
from zhenggai.trail.chains import ChainKey
from zhenggai.trail.selectors import event_views, events_of

FINAL = {stage.value for stage in FINAL_STAGES}


def figures(world, on=TODAY, actor=None):
    inspection = selectors.inspection_get(actor or world.clerk, world.inspection.pk)
    return figures_on(actor or world.clerk, inspection, on)


def shown(world, on=TODAY):
    return {figure.value: number for figure, number in figures(world, on).counted.items() if number}


def on_day(world, day):
    """From now on it is that day."""
    world.minute = (day - TODAY).days * 24 * 60


def test_figures_of_a_past_day_stay_what_they_were(world):
    one, two = world.register(STATED, STATED)
    before = shown(world)
    assert before == {"all": 2, "registered": 2, "nature_unset": 2, "claimed_nothing": 2} | {
        "stated_done": 2, "stated_closed": 2
    }  # fmt: skip
    on_day(world, TODAY + timedelta(days=1))
    world.assigned(one)
    world.do("finding_accept", world.head, one)
    assert shown(world) == before
    assert shown(world, TODAY - timedelta(days=1)) == {}
    assert shown(world, TODAY + timedelta(days=1))["accepted"] == 1
    late = shown(world, DUE + timedelta(days=1))
    assert late["overdue"] == 1
    assert two.pk in {each.pk for each in listed(world, Figure.REGISTERED, DUE)}


def listed(world, figure, on, actor=None):
    filters = FindingFilters(counted=figure, counted_on=on)
    return list(selectors.findings_visible(actor or world.clerk, world.inspection.pk, filters))


def test_a_rebound_is_counted_by_itself_and_its_origin_as_not_closed(world):
    finding = recheck(world, world.closed(), **FAILS)
    found = figures(world)
    assert {each: found.counted[each] for each in (Figure.ALL, Figure.CLOSED, Figure.CAME_BACK)} == {
        Figure.ALL: 1,
        Figure.CLOSED: 0,
        Figure.CAME_BACK: 1,
    }
    assert (found.computed.done, found.computed.total) == (0, 1)
    assert (found.stated.done, found.stated.total) == (1, 1)
    assert [each.pk for each in listed(world, Figure.REBOUNDS_OPEN, TODAY)] == [successor(finding).pk]
    tally = selectors.ledger_counts(world.clerk, world.inspection.pk, TODAY)
    assert (tally.closing_rate().done, tally.closing_rate().total, tally.total) == (0, 1, 2)
    on_day(world, TODAY + timedelta(days=3))
    close(world, successor(finding))
    assert figures(world).counted[Figure.CAME_BACK] == 1
    after = figures(world, TODAY + timedelta(days=3))
    assert (after.counted[Figure.CLOSED], after.counted[Figure.REBOUNDS_CLOSED]) == (1, 1)
    assert (after.computed.done, after.computed.total) == (1, 1)
    tally = selectors.ledger_counts(world.clerk, world.inspection.pk, TODAY)
    assert (tally.closing_rate().done, tally.closing_rate().total) == (1, 1)


def test_long_term_work_of_a_later_stage_was_closed_for_the_one_before(world):
    finding = world.stage_closed()
    on_day(world, TODAY + timedelta(days=2))
    world.do("stage_begin", world.clerk, finding, goal="每月核对一次。", due=NEXT)
    assert shown(world)["stage_closed"] == 1
    assert "stage_closed" not in shown(world, TODAY + timedelta(days=2))
    # its due date then is another than it is now
    assert "overdue" not in shown(world, NEXT)


def test_re_checks_are_overdue_from_the_day_after_their_day_until_they_are_carried_out(world):
    finding = world.stage_closed()
    day = date(2026, 9, 1)
    assert "rechecks_overdue" not in shown(world, day)
    assert shown(world, day + timedelta(days=1))["rechecks_overdue"] == 1
    on_day(world, day + timedelta(days=5))
    values = {**HOLDS, "on": day + timedelta(days=5), "next_on": NEXT}
    recheck(world, finding, **values)
    assert shown(world, day + timedelta(days=4))["rechecks_overdue"] == 1
    assert "rechecks_overdue" not in shown(world, day + timedelta(days=5))


def test_measures_are_counted_as_they_stood(world):
    finding = world.rectifying()
    on_day(world, TODAY + timedelta(days=1))
    world.prove(finding)
    assert (figures(world).tally.measures, figures(world).tally.measures_done) == (1, 0)
    assert figures(world, TODAY + timedelta(days=1)).tally.measures_done == 1


@pytest.mark.parametrize("who", ["clerk", "handler", "leader", "inspector"])
def test_each_figure_opens_a_list_of_just_as_many(world, who):
    world.register(STATED, STATED)
    recheck(world, world.closed(), **FAILS)
    world.stage_closed()
    world.rectifying()
    actor = getattr(world, who)
    for on in (TODAY, NEXT):
        for figure, number in figures(world, on, actor).counted.items():
            assert len(listed(world, figure, on, actor)) == number, figure


def test_what_is_restricted_is_counted_for_those_who_are_listed_alone(world):
    from zhenggai.domain.restricting import RestrictionKind  # noqa: PLC0415 - of this test alone

    finding = world.closed()
    reason = "涉及问题线索，限专人知悉。"
    world.do("finding_restrict", world.clerk, finding, kind=RestrictionKind.LEAD, reason=reason)
    assert figures(world).counted[Figure.ALL] == 1
    assert figures(world, actor=world.group).counted[Figure.ALL] == 0


@pytest.mark.parametrize("count", [3, 40])
def test_the_figures_take_as_many_queries_for_many_findings_as_for_few(world, count):
    world.register(*[STATED] * count)
    inspection = selectors.inspection_get(world.clerk, world.inspection.pk)
    with CaptureQueriesContext(connection) as queries:
        assert figures_on(world.clerk, inspection, TODAY).counted[Figure.ALL] == count
    assert len(queries) == 3


# What may happen to a finding, whoever is asked; what does not fit is refused and changes nothing.
STEPS = {
    "assign": lambda world, one: world.assigned(one, nature=Nature.TIME_BOUND),
    "long": lambda world, one: world.assigned(one, nature=Nature.LONG_TERM),
    "accept": lambda world, one: world.do("finding_accept", world.head, one),
    "done": lambda world, one: world.do(
        "progress_report", world.handler, one, progress=Progress.DONE, narrative="已全部落实。"
    ),
    "prove": lambda world, one: world.prove(world.do(
        "progress_report", world.handler, one, progress=Progress.IN_PROGRESS, narrative="正在核对。"
    )),
    "request": lambda world, one: world.request(
        one, **({"stage_goal": "核对", "recheck_on": NEXT} if one.nature == "long_term" else {})
    ),
    "sign": lambda world, one: world.do("closure_sign", world.leader, one),
    "confirm": lambda world, one: world.do("closure_sign", world.clerk, one),
    "back": lambda world, one: world.do(
        "closure_send_back", world.leader, one, reason="材料不符，请补充材料。"
    ),
    "rebound": lambda world, one: world.do(
        "finding_rebound", world.clerk, one, ground=ReboundGround.COMPLAINT, reason="群众反映又有同样问题。"
    ),
    "stage": lambda world, one: world.do("stage_begin", world.clerk, one, goal="每月核对", due=NEXT),
}  # fmt: skip
USUAL = ["assign", "accept", "prove", "request", "sign", "confirm"]


@given(
    st.lists(
        st.tuples(st.integers(0, 3), st.lists(st.sampled_from(list(STEPS)), max_size=3), st.integers(0, 6)),
        min_size=1,
        max_size=5,
    ),
    st.booleans(),
)
@settings(
    max_examples=6,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_figures_as_of_a_day_are_what_the_events_until_then_tell(world, days, is_long):
    with transaction.atomic():
        place = deepcopy(world)
        place.register(STATED, STATED, STATED)
        first = ["long", *USUAL[1:]] if is_long else USUAL
        run(place, 0, first)
        for nth, (which, steps, usual) in enumerate(days, start=1):
            on_day(place, TODAY + timedelta(days=nth))
            run(place, which, [*steps, *first[:usual]])
        for nth in range(-1, len(days) + 2):
            on = TODAY + timedelta(days=nth)
            counted = figures(place, on).counted
            assert {each: counted[each] for each in TOLD} == told(place, on), on
            assert sum(counted[each] for each in STATES) == counted[Figure.ALL]
            assert sum(counted[each] for each in REBOUND_STATES) == counted[Figure.REBOUNDS]
            for table in (NATURES, CLAIMS, SAID):
                assert sum(counted[each] for each in table.values()) == counted[Figure.ALL]
        transaction.set_rollback(True)


def run(world, which, steps):
    rows = list(Finding.objects.filter(inspection=world.inspection).order_by("pk"))
    for step in steps:
        one = Finding.objects.get(pk=rows[which % len(rows)].pk)
        try:
            with transaction.atomic():
                STEPS[step](world, one)
        except ZhenggaiError:
            continue


TOLD = (
    Figure.ALL,
    *STATES,
    Figure.OVERDUE,
    Figure.REBOUNDS,
    *REBOUND_STATES,
    *NATURES.values(),
    *CLAIMS.values(),
)


def told(world, on):
    """The figures as the events of the trail until then tell them, one after the other."""
    stood: dict[int, dict] = {}
    events = events_of(ChainKey.inspection(world.inspection.pk))
    for event in event_views(events):
        if event.subject_kind != "finding" or event.at >= day_end(on):
            continue
        one = stood.setdefault(event.subject_id, {"nature": "", "progress": "", "due": None, "origin": None})
        said = event.values
        one["stage"] = said["stage"]
        match event.name:
            case "ledger.finding.registered":
                one["origin"] = said.get("origin_id")
            case "ledger.finding.classified":
                one["nature"] = said["nature"]
            case "ledger.progress.reported":
                one["progress"] = said["progress"]
            case "ledger.finding.assigned":
                one["due"] = said["due"]
            case "ledger.stage.begun":
                one |= {"due": said["due"], "progress": ""}
    back = {one["origin"] for one in stood.values() if one["stage"] not in FINAL}
    counted: Counter[Figure] = Counter()
    for pk, one in stood.items():
        is_closed = one["stage"] in FINAL
        if one["origin"] is not None:
            state = {"closed": Figure.REBOUNDS_CLOSED, "stage_closed": Figure.REBOUNDS_STAGE_CLOSED}
            counted.update([Figure.REBOUNDS, state.get(one["stage"], Figure.REBOUNDS_OPEN)])
            continue
        by_stage = {stage.value: figure for stage, figure in STAGE_FIGURES.items()}
        counted[Figure.ALL] += 1
        counted[Figure.CAME_BACK if is_closed and pk in back else by_stage[one["stage"]]] += 1
        counted[NATURES[Nature(one["nature"]) if one["nature"] else None]] += 1
        counted[CLAIMS[Progress(one["progress"]) if one["progress"] else None]] += 1
        if not is_closed and one["due"] and one["due"] < on.isoformat():
            counted[Figure.OVERDUE] += 1
    return {figure: counted[figure] for figure in TOLD}
