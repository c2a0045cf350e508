"""Searching over all inspections: each finds what is theirs to see, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ledger.world import STATED, World
from zhenggai.domain.restricting import RestrictionKind
from zhenggai.ledger.searching import (
    documents_found,
    evidence_everywhere,
    findings_found,
    inspections_found,
    shares_of_leaders,
    shares_of_units,
)

if TYPE_CHECKING:
    from zhenggai.domain.actor import Actor
    from zhenggai.ledger.models import Finding


def found(actor: Actor, query: str) -> list[int]:
    hits = findings_found(actor, query, first=0, most=50)
    assert hits.total == len(hits.rows)
    return [hit.row.pk for hit in hits.rows]


@pytest.fixture
def two(world: World) -> tuple[Finding, Finding]:
    """One finding assigned to the unit, and one that nobody has; both speak of 台账, one in its title."""
    first, second = world.register(
        replace(STATED, title="固定资产台账不实"),
        replace(STATED, title="会议记录不全", problem="有的会议没有登记台账，三年未补。"),
    )
    return world.assigned(first), second


def test_a_finding_with_the_words_in_its_title_comes_first_and_others_are_quoted(
    world: World, two: tuple[Finding, Finding]
) -> None:
    hits = findings_found(world.clerk, "台账", first=0, most=50)
    assert [hit.row.pk for hit in hits.rows] == [two[0].pk, two[1].pk]
    assert [hit.quote for hit in hits.rows] == ["", "有的会议没有登记台账，三年未补。"]
    assert found(world.clerk, "臺賬 會議") == [two[1].pk]
    assert found(world.clerk, "台账 没有这话") == []


def test_whoever_sees_one_finding_finds_that_one(world: World, two: tuple[Finding, Finding]) -> None:
    for actor in (world.handler, world.helper, world.leader):
        assert found(actor, "台账") == [two[0].pk]
    for actor in (world.administrator, world.stranger):
        assert found(actor, "台账") == []
        assert inspections_found(actor, world.inspection.title, first=0, most=9).total == 0
        assert documents_found(actor, "巡察", first=0, most=9).total == 0


def test_a_restricted_finding_is_found_by_those_on_its_list_alone(
    world: World, two: tuple[Finding, Finding]
) -> None:
    world.do(
        "finding_restrict",
        world.clerk,
        two[1],
        kind=RestrictionKind.LEAD,
        reason="涉及问题线索，只限专人知悉和办理。",
    )
    assert found(world.clerk, "会议") == [two[1].pk]
    assert found(world.inspector, "会议") == []
    assert found(world.verifier, "会议") == []


def test_evidence_is_found_while_it_stands_by_whoever_sees_its_finding(world: World) -> None:
    finding = world.rectifying()
    world.file_evidence(finding, title="盘亏处置会议纪要", proves="已经集体研究。")

    def titles(actor: Actor, query: str) -> list[str]:
        return [hit.row.title for hit in evidence_everywhere(actor, query, first=0, most=9).rows]

    assert titles(world.clerk, "盘亏") == ["盘亏处置会议纪要"]
    assert titles(world.handler, "盤虧") == ["盘亏处置会议纪要"]
    assert titles(world.stranger, "盘亏") == []
    (evidence,) = finding.evidence.filter(title="盘亏处置会议纪要")
    world.do(
        "evidence_withdraw", world.handler, finding, evidence_id=evidence.pk, reason="传错了文件，另行上传。"
    )
    assert titles(world.clerk, "盘亏") == []


def test_documents_and_inspections_are_found_by_their_names(
    world: World, two: tuple[Finding, Finding]
) -> None:
    document = world.inspection.documents.get()
    word = (document.title or document.name)[:4]
    assert [row.pk for row in documents_found(world.clerk, word, first=0, most=9).rows] == [document.pk]
    # the finding of the handler came from it
    assert documents_found(world.handler, word, first=0, most=9).total == 1
    hits = inspections_found(world.handler, world.inspection.title[:4], first=0, most=9)
    assert [row.pk for row in hits.rows] == [world.inspection.pk]
    # nothing asked for is nothing found
    assert inspections_found(world.clerk, "  ", first=0, most=9).total == 0


def test_shares_count_what_the_actor_sees(world: World, two: tuple[Finding, Finding]) -> None:
    unit, leader = two[0].lead_unit_id, two[0].responsible_leader_id
    (share,) = shares_of_units(world.clerk, [unit])[unit]
    assert (share.inspection_id, share.title, share.number) == (
        world.inspection.pk,
        world.inspection.title,
        1,
    )
    assert [each.number for each in shares_of_leaders(world.clerk, [leader])[leader]] == [1]
    assert shares_of_units(world.stranger, [unit]) == {}
    assert shares_of_units(world.clerk, []) == {}


def test_more_findings_ask_no_more_queries(world: World, two: tuple[Finding, Finding]) -> None:
    with CaptureQueriesContext(
        connection,
    ) as few:
        findings_found(world.clerk, "台账", first=0, most=50)
    world.register(*(replace(STATED, title=f"台账第{number}册缺页") for number in range(12)))
    with CaptureQueriesContext(connection) as many:
        assert findings_found(world.clerk, "台账", first=0, most=50).total == 14
    assert len(many) == len(few)
    assert len(few) <= 6
