"""Statements that would forget who fixed, or close over what is open: the database refuses them itself."""

from __future__ import annotations

import pytest

from ledger.test_guards import run, stopped
from zhenggai.domain.case import HoldKind
from zhenggai.ledger.models import Closure, Finding, FixingUnit, Signature, SupportingUnit

OPEN = "nothing left open"


def forged(world, finding):
    """Both signatures as a statement would put them, past the services."""
    request = finding.closure_requests.last()
    for step, actor in (("responsible_leader", world.leader), ("office_clerk", world.clerk)):
        Signature.objects.create(request=request, step=step, by_id=actor.person_id, at=world.at())
    return {
        "finding": finding,
        "round": finding.round,
        "request": request,
        "kind": "closed",
        "at": world.at(),
    }


def test_a_unit_that_fixed_is_neither_taken_away_nor_changed(world):
    finding = world.assigned()
    rows = FixingUnit.objects.filter(finding=finding)
    assert "none is ever deleted" in stopped(run, "DELETE FROM ledger_fixingunit")
    assert "never changed" in stopped(rows.update, unit=world.office)
    assert rows.count() == 2


def test_no_statement_gives_the_work_to_a_unit_that_is_not_kept(world):
    finding = world.assigned()
    rows = Finding.objects.filter(pk=finding.pk)
    assert "keeps every unit" in stopped(rows.update, lead_unit=world.office)
    assert "keeps every unit" in stopped(SupportingUnit.objects.create, finding=finding, unit=world.office)
    rows.update(lead_unit=world.other_unit)


@pytest.mark.parametrize("name", ["handler", "helper"])
def test_no_statement_signs_for_whoever_took_part(world, name):
    finding = world.proven()
    actor = getattr(world, name)
    world.do("progress_report", actor, finding, progress="done", narrative="完成。")
    request = world.do("closure_request", world.head, finding, statement="请予销号。").closure_requests.get()
    by = {"by_id": actor.person_id, "at": world.at()}
    why = stopped(Signature.objects.create, request=request, step="responsible_leader", **by)
    assert "took part in fixing" in why


def test_signatures_put_there_by_hand_close_what_is_whole(world):
    assert Closure.objects.create(**forged(world, world.requested())).pk


@pytest.mark.parametrize(
    ("verb", "actor", "values"),
    [
        ("situation_raise", "handler", {"text": "又发现一笔。"}),
        ("hold_open", "inspector", {"kind": HoldKind.SPOT_CHECK, "reference": "抽查示例1"}),
        ("criterion_judge", "inspector", {"met": False, "note": "现场又见两处。"}),
        ("evidence_judge", "inspector", {"effect": False, "note": "只是纸面。"}),
    ],
)
def test_no_statement_closes_over_what_came_to_light(world, verb, actor, values):
    finding = world.requested()
    if verb == "criterion_judge":
        values = {**values, "criterion_id": finding.criteria.get().pk}
    if verb == "evidence_judge":
        values = {**values, "evidence_id": finding.evidence.get().pk}
    finding = world.do(verb, getattr(world, actor), finding, **values)
    assert OPEN in stopped(Closure.objects.create, **forged(world, finding))
