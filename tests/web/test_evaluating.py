"""Evaluating an inspection on its page, and the start pages of inspecting body, leader and office."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from web.world import asked_reports
from zhenggai.domain.inspections import InspectionKind
from zhenggai.domain.restricting import RestrictionKind
from zhenggai.ledger import services
from zhenggai.ledger.models import Evaluation
from zhenggai.web.evaluation_view import basis_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from web.world import World

GROUND = "现场抽查三户，台账与实物一致。"


def page(client: Client, address: str = "/") -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_the_inspecting_body_evaluates_on_the_page_and_everybody_of_the_ledger_reads_it(
    world: World, browser: Callable[[str], Client]
) -> None:
    address = f"/inspections/{world.inspection_id}/evaluate/"
    inspector = browser("inspector")
    form = page(inspector, address)
    # the figures of today stand before the grade is given, with the rule of their rate
    assert all(f'value="{grade}"' in form for grade in ("好", "较好", "一般", "差"))
    assert "Denominator" in form
    assert 'name="seen_number" value="0"' in form
    refused = inspector.post(address, {"seen_number": "0", "grade": "较好", "ground": "尚可"})
    assert refused.status_code == 422
    assert "尚可" in refused.content.decode()
    assert not Evaluation.objects.exists()
    for number, grade in enumerate(("一般", "较好")):
        sent = {"seen_number": str(number), "grade": grade, "ground": GROUND}
        assert inspector.post(address, sent).headers["Location"] == address
        # pressed twice: what stands is told, and what was typed can be sent on from there alone
        twice = inspector.post(address, sent)
        again = twice.content.decode()
        assert twice.status_code == 409
        assert f"Evaluation no. {number + 1}, “{grade}”" in again
        assert f'name="seen_number" value="{number + 1}"' in again
        assert GROUND in again
        assert Evaluation.objects.count() == number + 1
    shown = page(browser("clerk"), address)
    assert shown.index("较好") < shown.index("一般")
    assert "superseded by no. 2" in shown
    assert "that it rests on" in shown
    assert 'id="evaluate"' not in shown
    assert "It is for: inspector" in shown
    # who sees a part of the ledger reads the grade, and no figure of the whole
    handler = page(browser("handler"), address)
    assert "较好" in handler
    assert "that it rests on" not in handler
    ledger = page(browser("handler"), f"/inspections/{world.inspection_id}/")
    assert re.search(r'<strong class="grade">较好</strong>', ledger)
    assert browser("outsider").get(address).status_code == 404
    # a restricted finding that is kept from a reader of the whole may be counted among the figures
    world.do(
        "clerk",
        4,
        services.finding_restrict,
        kind=RestrictionKind.LEAD,
        reason="涉及问题线索，只限专人知悉和办理。",
        reader_ids=[world.people["inspector"]],
    )
    for reader, reads in (("inspector", True), ("group", False)):
        for each in (address, f"/inspections/{world.inspection_id}/"):
            assert ("that it rests on" in page(browser(reader), each)) is reads


def test_what_an_older_evaluation_keeps_is_said_and_nothing_it_does_not_keep() -> None:
    said = {
        "counted": {"rebounds": 2, "all": 5, "figure_of_before": 1},
        "rate": {"done": 3, "total": 5, "percent": "60.0"},
        "rule": {
            "denominator": "findings",
            "stage_closed_counts": False,
            "substantially_done_counts": False,
            "places": 1,
            "rounding": "half_up",
        },
    }
    shown = [(one.number, one.is_late) for one in basis_of(said).counted]
    assert shown == [(5, False), (2, True)]


def test_the_start_page_of_the_inspecting_body_has_its_organisations_in_the_order_asked_for(
    world: World, browser: Callable[[str], Client]
) -> None:
    client = browser("inspector")
    shown = page(client)
    assert "Organisations side by side" in shown
    assert 'aria-sort="descending"' in shown
    assert re.search(r'href="/\?sort=-overdue#inspections-heading"', shown)
    with CaptureQueriesContext(connection) as one:
        page(client, "/?sort=rate")
    at = world.clock.tick()
    for number in range(3):
        services.inspection_create(
            actor=world.actor("clerk"),
            at=at + timedelta(minutes=number),
            title=f"另一轮示例巡察{number}",
            kind=InspectionKind.INSPECTION,
            subject_id=world.organisations["示例局"],
            inspector_organisation_id=world.organisations["巡察办"],
            feedback_on=timezone.localdate(at),
        )
    with CaptureQueriesContext(connection) as four:
        shown = page(client, "/?sort=rate")
    assert shown.count("另一轮示例巡察") == 3
    assert len(four) == len(one)
    assert 'aria-sort="ascending"' in shown
    # a key that is none orders as at first
    assert 'aria-sort="descending"' in page(client, "/?sort=else")


def test_a_leader_sees_conditions_beside_what_is_to_be_signed_and_what_is_late(
    world: World, browser: Callable[[str], Client]
) -> None:
    shown = page(browser("leader"))
    assert "<span>overdue under you</span>" in shown
    assert "led-heading" in shown
    clerk = page(browser("clerk"))
    assert re.search(r'class="step-gates[^"]*">.*?Conditions: \d+ of \d+', clerk, re.DOTALL)
    assert "led-heading" not in clerk


def test_the_office_reminds_from_the_start_page_and_comes_back(
    world: World, browser: Callable[[str], Client]
) -> None:
    asked_reports(world)
    client = browser("clerk")
    shown = page(client)
    act = re.search(r'action="(/report-requests/\d+/remind/)"', shown)
    assert act is not None
    assert client.post(act[1], {"next": "/"}).headers["Location"] == "/"
    # the unit is named that has not reported
    assert "财务科" in shown
