"""Inspections side by side: each as its own figures have it, as of any day, for who sees it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ledger.test_figures import on_day
from ledger.test_rechecking import FAILS, recheck
from ledger.world import DUE, STATED, TODAY
from zhenggai.domain.figures import Figure
from zhenggai.domain.outcomes import OutcomeKind
from zhenggai.domain.profiles import DEFAULT_PROFILE, profile_content
from zhenggai.domain.restricting import RestrictionKind
from zhenggai.ledger import selectors
from zhenggai.ledger.figures import figures_on
from zhenggai.ledger.inspections_compared import inspections_compared, kin_of
from zhenggai.ledger.models import Inspection

RULES = profile_content(DEFAULT_PROFILE)


@pytest.fixture
def two(world):
    """Two rounds of one organisation: in the earlier one a fault came back, the later one has just begun."""
    recheck(world, world.closed(), **FAILS)
    world.stage_closed()
    earlier = world.inspection
    world.inspect_by(counting={**RULES["counting"], "stage_closed_counts": True})
    world.inspection.refresh_from_db()
    world.register(STATED, STATED)
    return earlier, world.inspection


def test_each_side_is_what_the_figures_of_its_inspection_say(world, two):
    on_day(world, TODAY + timedelta(days=1))
    for on in (TODAY - timedelta(days=1), TODAY, DUE + timedelta(days=1)):
        sides = inspections_compared(world.clerk, on)
        assert {each.inspection.pk for each in sides} == {each.pk for each in two}
        for side in sides:
            row = selectors.inspection_get(world.clerk, side.inspection.pk)
            figures = figures_on(world.clerk, row, on)
            for figure in (Figure.ALL, Figure.CLOSED, Figure.STAGE_CLOSED, Figure.REBOUNDS):
                assert side.counted[figure] == figures.counted[figure], (on, figure)
            late = figures.counted[Figure.OVERDUE] + figures.counted[Figure.REBOUNDS_OVERDUE]
            assert side.counted[Figure.LIGHT_OVERDUE] == late
            assert side.rate == figures.computed
            assert side.outcomes == figures.outcomes


def test_rates_of_measures_count_measures(world):
    world.inspect_by(counting={**RULES["counting"], "denominator": "measures"})
    world.prove(world.rectifying())
    (side,) = [each for each in inspections_compared(world.clerk, TODAY) if each.counted[Figure.ALL]]
    assert (side.rate.done, side.rate.total) == (1, 1)


def test_outcomes_are_summed_by_inspection(world):
    finding = world.file_evidence(world.rectifying())
    evidence_id = finding.evidence.get().pk
    values = {
        "kind": OutcomeKind.CRITICISM,
        "quantity": Decimal(3),
        "evidence_id": evidence_id,
        "happened_on": TODAY,
    }
    world.do("outcome_record", world.handler, finding, **values)
    (side,) = inspections_compared(world.clerk, TODAY)
    assert (side.people, side.outcomes[OutcomeKind.MONEY]) == (3, 0)


def test_kin_is_of_the_same_organisation_or_the_same_body(world, two):
    other = world.inspect(subject_id=world.unit.pk, feedback_on=date(2026, 2, 1))
    alone = world.inspect(subject_id=world.unit.pk, inspector_organisation_id=None)
    kin = set(Inspection.objects.filter(kin_of(two[0])).values_list("pk", flat=True))
    assert kin == {two[0].pk, two[1].pk, other.pk}
    assert set(Inspection.objects.filter(kin_of(alone)).values_list("pk", flat=True)) == {other.pk, alone.pk}
    latest = inspections_compared(world.clerk, TODAY, most=1)
    assert [each.inspection.pk for each in latest] == [other.pk]


def test_nobody_counts_what_he_does_not_see(world, two):
    assert inspections_compared(world.stranger, TODAY) == []
    finding = world.register()[0]
    reason = "涉及问题线索，限专人知悉。"
    world.do("finding_restrict", world.clerk, finding, kind=RestrictionKind.LEAD, reason=reason)
    counts = [
        sum(each.counted[Figure.ALL] for each in inspections_compared(actor, TODAY))
        for actor in (world.clerk, world.group)
    ]
    assert counts[0] - counts[1] == 1


def test_many_inspections_take_as_many_queries_as_one(world):
    numbers = []
    for _ in range(2):
        world.inspect()
        with CaptureQueriesContext(connection) as queries:
            inspections_compared(world.clerk, TODAY)
        numbers.append(len(queries))
    assert numbers == [4, 4]
