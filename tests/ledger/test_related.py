"""Findings that have to do with one: words, unit and theme, file; only what the reader sees."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ledger.world import STATED
from zhenggai.ledger.changes import finding_changes
from zhenggai.ledger.errors import FindingNotFoundError
from zhenggai.ledger.rebounds import finding_family
from zhenggai.ledger.related import RELATED_MOST, Related, Relation, findings_related
from zhenggai.ledger.reuse import Reuse

if TYPE_CHECKING:
    from ledger.world import World
    from zhenggai.domain.actor import Actor
    from zhenggai.ledger.models import Finding

TITLE = "固定资产台账登记不实，账外存放办公设备"


def related(actor: Actor, finding: Finding, **reuse: tuple[Reuse, ...]) -> list[Related]:
    held = dict(enumerate(reuse.values()))
    return findings_related(actor, finding, finding_family(actor, finding), held)


def test_the_same_words_in_any_script_and_nearly_the_same_ones_are_told_apart_from_others(
    world: World,
) -> None:
    one, same, near, other = world.register(
        replace(STATED, title=TITLE),
        replace(STATED, title="固定資產台賬登記不實；賬外存放辦公設備。"),
        replace(STATED, title="固定资产台账登记不实，设备账外存放"),
        replace(STATED, title="会议记录不全，固定资产未涉及"),
    )
    found = {each.finding_id: each.reasons for each in related(world.clerk, one)}
    assert found[same.pk][0] is Relation.SAME_TEXT
    assert found[near.pk][0] is Relation.NEAR_TEXT
    assert other.pk not in found
    assert one.pk not in found
    # a title too short to say anything is near to none
    short, twin = world.register(replace(STATED, title="账实不符"), replace(STATED, title="账实不符"))
    assert twin.pk not in {each.finding_id for each in related(world.clerk, short)}


def test_whoever_does_not_see_a_finding_is_told_of_no_relation_to_it(world: World) -> None:
    one, same = world.register(replace(STATED, title=TITLE), replace(STATED, title=TITLE))
    one = world.assigned(one)
    assert [each.finding_id for each in related(world.clerk, one)] == [same.pk]
    # the handler works in the first alone
    assert related(world.handler, one) == []


def test_reasons_are_gathered_and_the_strongest_stands_first_with_no_more_queries_for_more_findings(
    world: World,
) -> None:
    one, same = world.register(replace(STATED, title=TITLE), replace(STATED, title=TITLE))
    use = Reuse(same.pk, same.number, same.title)
    [told] = related(world.clerk, one, file=(use,))
    assert told.reasons == (Relation.SAME_TEXT, Relation.SAME_FILE)
    assert (told.inspection, told.stage) == ("", "registered")
    with CaptureQueriesContext(connection) as few:
        related(world.clerk, one)
    world.register(*(replace(STATED, title=TITLE) for _ in range(RELATED_MOST + 5)))
    with CaptureQueriesContext(connection) as many:
        found = related(world.clerk, one)
    assert len(few) == len(many) <= 2
    assert len(found) == RELATED_MOST
    # a use of the file in a finding that no other reason names is told from what is known of it
    elsewhere = Reuse(999, "三", "别处的问题", "别处的巡察")
    assert Related(999, "三", "别处的问题", "", "别处的巡察", (Relation.SAME_FILE,)) in related(
        world.clerk, world.register(replace(STATED, title="会议记录不全"))[0], file=(elsewhere,)
    )


def test_what_happened_after_a_page_was_shown_is_told_to_whoever_sees_the_finding(world: World) -> None:
    [one] = world.register(replace(STATED, title=TITLE))
    first = finding_changes(world.clerk, one.pk, 0)
    assert first
    assert finding_changes(world.clerk, one.pk, first[-1].seq) == []
    world.assigned(one)
    later = finding_changes(world.clerk, one.pk, first[-1].seq)
    assert [each.seq for each in later] == sorted(each.seq for each in later)
    assert "ledger.finding.assigned" in {each.name for each in later}
    with pytest.raises(FindingNotFoundError):
        finding_changes(world.stranger, one.pk, 0)
