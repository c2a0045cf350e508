"""Orders of the list: what a reader expects of each, empty last, and an index that holds it."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ledger.world import STATED, TODAY
from retold import retold
from zhenggai.accounts import services as accounting
from zhenggai.domain.reading import StatedProgress
from zhenggai.ledger import selectors
from zhenggai.ledger.imports import ImportedFinding
from zhenggai.ledger.listing import (
    ORDER_BY,
    ORDER_LABELS,
    FindingFilters,
    FindingOrder,
    order_read,
    order_said,
)
from zhenggai.ledger.models import Finding, OrderKey

SIX = (
    ImportedFinding(title="账实不符", number="二/(一)/10", theme="作风", unit="财务股", leader="张示例"),
    ImportedFinding(
        title="“安全”检查雷同",
        number="二/(一)/9",
        theme="党建",
        unit="业务股",
        stated_progress=StatedProgress.DONE,
    ),
    ImportedFinding(title="值班松散", number="二/(一)/9（反弹1）", theme="作风", leader="李示例"),
    ImportedFinding(
        title="保管不善",
        number="一/2",
        unit="财务股",
        leader="张示例",
        stated_progress=StatedProgress.NOT_STARTED,
    ),
    ImportedFinding(title="档案缺失", unit="安全股", stated_progress=StatedProgress.IN_PROGRESS),
    ImportedFinding(title="保管不善", number="二/(二)/1", theme="党建"),
)


@pytest.fixture
@retold
def six(world):
    """Six findings in no order at all."""
    return world.register(*SIX)


def found(world, order, filters=None, actor=None):
    page = selectors.findings_page(actor or world.clerk, world.inspection.pk, filters, order)
    return [each.position for each in page.rows]


@pytest.mark.parametrize(
    ("order", "positions"),
    [
        (FindingOrder.POSITION, [1, 2, 3, 4, 5, 6]),
        (FindingOrder.NUMBER, [4, 2, 3, 1, 6, 5]),
        (FindingOrder.NUMBER_LAST, [6, 1, 3, 2, 4, 5]),
        (FindingOrder.TITLE, [2, 4, 6, 5, 1, 3]),
        (FindingOrder.TITLE_LAST, [3, 1, 5, 4, 6, 2]),
        (FindingOrder.THEME, [1, 3, 2, 6, 4, 5]),
        (FindingOrder.THEME_LAST, [2, 6, 1, 3, 4, 5]),
        (FindingOrder.UNIT, [5, 1, 4, 2, 3, 6]),
        (FindingOrder.UNIT_LAST, [2, 1, 4, 5, 3, 6]),
        (FindingOrder.LEADER, [3, 1, 4, 2, 5, 6]),
        (FindingOrder.LEADER_LAST, [1, 4, 3, 2, 5, 6]),
        (FindingOrder.STATED, [4, 5, 2, 1, 3, 6]),
        (FindingOrder.STATED_LAST, [2, 5, 4, 1, 3, 6]),
    ],
)
def test_a_list_is_ordered_with_what_is_empty_last(world, six, order, positions):
    assert found(world, order) == positions
    assert set(ORDER_LABELS) == set(ORDER_BY) == set(FindingOrder)


@pytest.mark.parametrize(
    ("said", "positions"),
    [
        ("unit,title", [5, 4, 1, 2, 6, 3]),
        ("unit_last,title", [2, 4, 1, 5, 6, 3]),
        ("theme,stated_last", [1, 3, 2, 6, 5, 4]),
        ("theme,leader,number_last", [3, 1, 6, 2, 4, 5]),
        ("unit,position", [5, 1, 4, 2, 3, 6]),
        ("theme,changed", [1, 3, 2, 6, 4, 5]),
        ("changed,title", [2, 4, 6, 5, 1, 3]),
    ],
)
def test_what_is_equal_in_one_key_is_ordered_by_the_next(world, six, said, positions):
    order = order_read(said)
    assert order_said(order) == said
    assert found(world, order) == positions


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("", FindingOrder.POSITION),
        ("nonsense", FindingOrder.POSITION),
        ("due", FindingOrder.DUE),
        ("due,due_last,,x", FindingOrder.DUE),
        ("unit,due,stage,title", (FindingOrder.UNIT, FindingOrder.DUE, FindingOrder.STAGE)),
        # behind a key that tells all apart nothing is left to order
        ("position,due", FindingOrder.POSITION),
        ("due,position,unit", (FindingOrder.DUE, FindingOrder.POSITION)),
    ],
)
def test_an_order_is_read_as_far_as_it_orders_anything(said, read):
    assert order_read(said) == read


def test_a_list_is_ordered_by_what_happened_here(world, six):
    world.assigned(six[3])
    world.assigned(six[1])
    assert found(world, FindingOrder.DUE)[:2] == [2, 4]
    assert found(world, FindingOrder.DUE_LAST)[:2] == [2, 4]
    assert found(world, FindingOrder.STAGE) == [1, 3, 5, 6, 2, 4]
    assert found(world, FindingOrder.STAGE_LAST) == [2, 4, 1, 3, 5, 6]
    # the responsible leader stands for the one that the document names
    assert found(world, FindingOrder.LEADER) != [3, 1, 4, 2, 5, 6]


def test_a_due_date_orders_and_none_comes_last_either_way(world, six):
    for place, due in ((4, date(2026, 9, 1)), (2, date(2026, 8, 1))):
        finding = six[place - 1]
        world.do(
            "finding_assign",
            world.clerk,
            finding,
            leader_id=world.leader.person_id,
            unit_id=world.unit.pk,
            due=due,
        )
    assert found(world, FindingOrder.DUE) == [2, 4, 1, 3, 5, 6]
    assert found(world, FindingOrder.DUE_LAST) == [4, 2, 1, 3, 5, 6]


def test_every_finding_has_its_key_whatever_happens(world):
    world.closed()
    world.register(STATED, *SIX)
    assert OrderKey.objects.count() == Finding.objects.count()
    for order in FindingOrder:
        assert sorted(found(world, order)) == sorted(found(world, FindingOrder.POSITION))


def test_a_new_name_moves_its_findings_closed_ones_too(world):
    finding = world.closed()
    before = OrderKey.objects.get(finding=finding)
    accounting.organisation_edit(
        actor=world.administrator,
        at=world.at(),
        organisation_id=world.unit.pk,
        name="阿示例股",
        short_name="",
        is_active=True,
    )
    accounting.person_edit(
        actor=world.administrator,
        at=world.at(),
        person_id=world.leader.person_id,
        name="阿示例",
        phone="",
    )
    after = OrderKey.objects.get(finding=finding)
    assert after.unit < before.unit
    assert after.leader < before.leader


@pytest.mark.parametrize("order", FindingOrder)
@pytest.mark.parametrize(
    "filters",
    [FindingFilters(), FindingFilters(stated_progress=StatedProgress.DONE), FindingFilters(unit_id=1)],
)
def test_every_order_reads_an_index_and_sorts_nothing(world, six, order, filters):
    with CaptureQueriesContext(connection) as captured:
        selectors.findings_page(world.clerk, world.inspection.pk, filters, order)
    (listed,) = (each["sql"] for each in captured.captured_queries if " LIMIT 50" in each["sql"])
    assert "ORDER BY" in listed
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("EXPLAIN QUERY PLAN " + listed)
            plan = "\n".join(row[3] for row in cursor.fetchall())
            assert "TEMP B-TREE" not in plan, plan
        else:
            # a small table would be sorted for less; whether the order can be read is what counts
            for way in ("sort", "incremental_sort", "seqscan", "hashjoin", "mergejoin", "bitmapscan"):
                cursor.execute(f"SET LOCAL enable_{way} = off")
            cursor.execute("EXPLAIN " + listed)
            plan = "\n".join(row[0] for row in cursor.fetchall())
            assert "Sort" not in plan, plan
    if filters == FindingFilters():
        own = {FindingOrder.POSITION: "ledger_finding", FindingOrder.CHANGED: "ledger_finding_by_change"}
        assert own.get(order, f"ledger_order_{order.value}") in plan, plan


def test_a_successor_stands_right_after_its_origin(world):
    first, second = world.closed(), world.registered()
    seen = {"on": TODAY, "holds": False, "text": "又有两个月台账与账簿不一致。"}
    world.do("recheck_record", world.verifier, first, **seen)
    successor = Finding.objects.get(origin=first)
    page = selectors.findings_page(world.clerk, world.inspection.pk)
    assert [each.pk for each in page.rows] == [first.pk, successor.pk, second.pk]
