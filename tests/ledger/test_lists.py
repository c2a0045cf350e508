"""Lists: filters, orders, counts, export, and as many queries for 200 findings as for 10."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ledger.world import AT, DUE, STATED, TODAY
from retold import retold
from zhenggai.domain.lifecycle import Stage
from zhenggai.domain.reading import StatedNature, StatedProgress
from zhenggai.ledger import selectors
from zhenggai.ledger.exporting import ledger_export_csv, ledger_export_json
from zhenggai.ledger.imports import ImportedFinding
from zhenggai.ledger.listing import FindingFilters, FindingOrder
from zhenggai.ledger.models import Finding, FixingUnit

PLAIN = ImportedFinding(
    title="关于“值班制度松散”问题",
    number="二/(一)/2",
    theme="作风建设方面",
    status_text="正在整改",
    stated_progress=StatedProgress.IN_PROGRESS,
)
BARE = ImportedFinding(title="关于“=示例公式”问题")


@pytest.fixture
@retold
def mixed(world):
    """Three findings: one assigned and overdue in July, one claimed in progress, one without a claim."""
    one, two, three = world.register(STATED, PLAIN, BARE)
    world.assigned(one)
    return one, two, three


def found(world, filters=None, order=FindingOrder.POSITION, actor=None):
    page = selectors.findings_page(actor or world.clerk, world.inspection.pk, filters, order)
    return [each.position for each in page.rows]


@pytest.mark.parametrize(
    ("values", "positions"),
    [
        ({}, [1, 2, 3]),
        ({"stage": Stage.ASSIGNED}, [1]),
        ({"stage": Stage.REGISTERED}, [2, 3]),
        ({"stage": Stage.CLOSED}, []),
        ({"stated_progress": StatedProgress.DONE}, [1]),
        ({"stated_progress": StatedProgress.IN_PROGRESS}, [2]),
        ({"stated_nature": StatedNature.LONG_TERM}, [1]),
        ({"stated_closed": True}, [1]),
        ({"unstated": True}, [3]),
        ({"overdue_on": date(2026, 7, 1)}, [1]),
        ({"overdue_on": DUE}, []),
        ({"text": "值班"}, [2]),
        ({"text": "台账 核对"}, [1]),
        ({"text": "  "}, [1, 2, 3]),
        ({"text": "没有这话"}, []),
        ({"text": "值班", "stage": Stage.ASSIGNED}, []),
    ],
)
def test_a_list_is_narrowed(world, mixed, values, positions):
    assert found(world, FindingFilters(**values)) == positions


@pytest.mark.parametrize(
    "text", ["'", '"', "%", "_", "\\", "*", "(", "AND", "\x00", "😀", "𫝀", "\ud800", "a" * 5000]
)
def test_a_search_takes_any_text(world, mixed, text):
    assert isinstance(found(world, FindingFilters(text=text)), list)


def test_a_list_is_narrowed_to_a_theme_and_to_a_unit(world, mixed):
    theme = mixed[1].theme_id
    assert found(world, FindingFilters(theme_id=theme)) == [2]
    assert found(world, FindingFilters(unit_id=world.unit.pk)) == [1]
    assert found(world, FindingFilters(unit_id=world.other_unit.pk)) == [1]
    assert found(world, FindingFilters(unit_id=world.office.pk)) == []


def test_a_search_does_not_leave_its_inspection(world, mixed):
    other = world.inspect(title="另一次巡察")
    assert selectors.findings_page(world.clerk, other.pk, FindingFilters(text="值班")).total == 0


@pytest.mark.parametrize(
    ("number", "shown", "positions"), [(1, 1, [1, 2]), (2, 2, [3]), (99, 2, [3]), (-5, 1, [1, 2])]
)
def test_a_page_outside_the_list_is_the_nearest(world, mixed, number, shown, positions):
    page = selectors.findings_page(world.clerk, world.inspection.pk, number=number, size=2)
    assert (page.number, page.total, page.pages) == (shown, 3, 2)
    assert [each.position for each in page.rows] == positions


def test_an_empty_list_has_one_page(world):
    page = selectors.findings_page(world.clerk, world.inspection.pk)
    assert (page.total, page.number, page.pages, list(page.rows)) == (0, 1, 1, [])


def test_counts_add_up(world, mixed):
    tally = selectors.ledger_counts(world.clerk, world.inspection.pk, date(2026, 7, 1))
    assert tally.total == 3 == sum(tally.by_stage.values()) == sum(tally.by_stated.values())
    assert (tally.by_stage[Stage.ASSIGNED], tally.by_stage[Stage.REGISTERED]) == (1, 2)
    assert tally.by_stated[None] == 1
    assert (tally.overdue, tally.unassigned, tally.stated_closed, tally.stated_long_term) == (1, 2, 1, 1)


def test_a_closed_finding_is_not_overdue_in_the_counts(world):
    world.closed()
    tally = selectors.ledger_counts(world.clerk, world.inspection.pk, date(2027, 1, 1))
    assert (tally.overdue, tally.by_stage[Stage.CLOSED]) == (0, 1)
    assert found(world, FindingFilters(overdue_on=date(2027, 1, 1))) == []
    (listed,) = selectors.inspections_visible(world.clerk)
    assert (listed.findings_count, listed.closed_count) == (1, 1)


def test_an_export_as_csv_holds_every_finding_with_harmless_cells(world, mixed):
    written = b"".join(ledger_export_csv(world.clerk, world.inspection.pk, date(2026, 7, 10)))
    rows = list(csv.DictReader(io.StringIO(written.decode("utf-8-sig"), newline="")))
    assert [row["反馈问题"] for row in rows] == [STATED.title, PLAIN.title, BARE.title]
    assert (rows[0]["环节"], rows[0]["逾期天数"], rows[0]["配合单位"]) == ("已交办", "10", "财务示例股")
    assert rows[0]["原件称已销号"] == "是"
    narrowed = ledger_export_csv(world.clerk, world.inspection.pk, TODAY, FindingFilters(text="值班"))
    assert b"".join(narrowed).count(b"\r\n") == 2


def test_a_formula_in_a_finding_is_neutralised(world):
    world.register(replace(BARE, title="=HYPERLINK(1)", problem="\t@x", unit="+1"))
    written = b"".join(ledger_export_csv(world.clerk, world.inspection.pk, TODAY)).decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(written, newline=""))
    assert (row["反馈问题"], row["具体表现"], row["原件责任单位"]) == ("'=HYPERLINK(1)", "'\t@x", "'+1")


def test_an_export_as_json_holds_the_whole_way_to_the_closure(world):
    finding = world.requested()
    world.do("closure_send_back", world.leader, finding, reason="现场仍有两处台账未核对。")
    finding = world.request(world.prove(finding))
    world.do("closure_sign", world.leader, finding, note="同意。")
    world.do("closure_sign", world.clerk, finding)
    written = json.loads(b"".join(ledger_export_json(world.clerk, world.inspection.pk, TODAY)))
    assert written["schema"] == "zhenggai.ledger/1"
    assert written["inspection"]["title"] == "云山县示例局巡察"
    (row,) = written["findings"]
    assert row["stage"] == "closed"
    assert row["requests"][0]["returned_reason"] == "现场仍有两处台账未核对。"
    assert [each["by"] for each in row["requests"][1]["signatures"]] == ["领示例", "办示例"]
    assert [each["round"] for each in row["evidence"]] == [1, 2]
    assert row["criteria"][0]["judged_by"] == "核示例"
    assert row["closures"][0]["round"] == 2


QUERIES = {
    "page": lambda world, actor: selectors.findings_page(actor, world.inspection.pk, size=500),
    "search": lambda world, actor: selectors.findings_page(
        actor,
        world.inspection.pk,
        FindingFilters(text="台账", unit_id=world.unit.pk),
        FindingOrder.DUE,
        size=500,
    ),
    "counts": lambda world, actor: selectors.ledger_counts(actor, world.inspection.pk, TODAY),
    "inspections": lambda world, actor: list(selectors.inspections_visible(actor)),
    "csv": lambda world, actor: b"".join(ledger_export_csv(actor, world.inspection.pk, TODAY)),
    "json": lambda world, actor: b"".join(ledger_export_json(actor, world.inspection.pk, TODAY)),
}
MOST = {"page": 8, "search": 8, "counts": 2, "inspections": 1, "csv": 32, "json": 35}


@pytest.mark.parametrize("name", QUERIES)
def test_a_list_of_200_takes_as_many_queries_as_one_of_10(world, name):
    counts = {}
    for rows in (10, 190):
        world.register(*[STATED] * rows)
        findings = Finding.objects.filter(stage="registered", lead_unit__isnull=True)
        FixingUnit.objects.bulk_create(
            FixingUnit(finding=each, unit=world.unit, since=AT) for each in findings.all()
        )
        findings.update(lead_unit=world.unit, responsible_leader_id=world.leader.person_id)
        for who in ("clerk", "handler", "leader", "inspector"):
            with CaptureQueriesContext(connection) as queries:
                QUERIES[name](world, getattr(world, who))
            counts.setdefault(who, []).append(len(queries))
    assert Finding.objects.count() == 200
    for who, (few, many) in counts.items():
        assert few == many <= MOST[name], (who, [query["sql"][:80] for query in queries])


def test_one_finding_takes_as_many_queries_with_twenty_pieces_as_with_one(world):
    finding = world.proven()

    def count():
        with CaptureQueriesContext(connection) as queries:
            shown = selectors.finding_get(world.clerk, finding.pk)
            selectors.finding_actions(world.clerk, shown)
            selectors.finding_gates(shown, TODAY)
            selectors.finding_timeline(world.clerk, finding.pk)
        return len(queries)

    few = count()
    for number in range(10):
        world.file_evidence(finding, title=f"凭证{number}")
        world.do("measure_add", world.clerk, finding, text=f"措施{number}")
        world.do("criterion_add", world.clerk, finding, text=f"标准{number}")
    assert count() == few <= 44
