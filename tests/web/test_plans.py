"""The plan's pages: what is covered, submitting, approving, and the plan as it was submitted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection
from django.test.utils import CaptureQueriesContext

from web.world import World, planned, worlds_plan
from zhenggai.ledger.models import Plan

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

REASON = "第二条措施没有写明由谁负责。"


def test_the_page_lists_what_is_not_covered_with_the_way_to_it(
    world: World, browser: Callable[[str], Client]
) -> None:
    response = browser("clerk").get(f"/inspections/{world.inspection_id}/plan/")
    page = response.content.decode()
    assert "asks for no approved plan" in page
    finding = world.finding(5)
    assert f'/findings/{finding.pk}/#finding-classify"' in page
    assert "an acceptance criterion" in page
    assert "The plan cannot be submitted yet" in page


def test_a_plan_is_submitted_approved_and_shown_as_it_was(
    world: World, browser: Callable[[str], Client]
) -> None:
    finding = planned(world)
    clerk, group = browser("clerk"), browser("group")
    address = f"/inspections/{finding.inspection_id}/plan/"
    assert "Work on a finding counts" in clerk.get(address).content.decode()
    sent = clerk.post(f"{address}submit/", {"statement": "请审定。"}, follow=True)
    assert "The plan is submitted" in sent.content.decode()
    plan = Plan.objects.get()
    assert f"/plans/{plan.pk}/" in group.get("/").content.decode()
    shown = group.get(f"/plans/{plan.pk}/").content.decode()
    for words in ("请审定。", "逐台清查", "账实相符。", plan.digest, "Approve the plan"):
        assert words in shown
    done = group.post(f"/plans/{plan.pk}/sign/", {"note": "同意。"}, follow=True).content.decode()
    assert "The plan is approved." in done
    assert "Approve the plan" not in done
    page = clerk.get(f"/findings/{finding.pk}/").content.decode()
    assert "Plan 1: approved" in page
    assert "Propose an amendment" in page
    assert f"/plans/{plan.pk}/" not in group.get("/").content.decode()
    assert "Every finding stands in a plan." in clerk.get(address).content.decode()


def test_a_refused_decision_keeps_the_words_and_says_why(
    world: World, browser: Callable[[str], Client]
) -> None:
    plan = worlds_plan(world)
    group = browser("group")
    short = group.post(f"/plans/{plan.pk}/send-back/", {"reason": "不行"})
    assert short.status_code == 422
    assert "at least 10 are needed" in short.content.decode()
    assert "不行" in short.content.decode()
    empty = group.post(f"/plans/{plan.pk}/send-back/", {})
    assert empty.status_code == 422
    assert group.post(f"/plans/{plan.pk}/forge/", {}).status_code == 404
    assert group.get(f"/plans/{plan.pk}/sign/").status_code == 302
    back = group.post(f"/plans/{plan.pk}/send-back/", {"reason": REASON}, follow=True).content.decode()
    assert "its findings can be changed again" in back
    late = group.post(f"/plans/{plan.pk}/sign/", {})
    assert late.status_code == 409
    assert "sent back already" in late.content.decode()
    page = browser("clerk").get(f"/inspections/{plan.inspection_id}/plan/").content.decode()
    assert REASON in page


def test_a_second_submission_says_that_one_waits(world: World, browser: Callable[[str], Client]) -> None:
    plan = worlds_plan(world)
    clerk = browser("clerk")
    again = clerk.post(f"/inspections/{plan.inspection_id}/plan/submit/", {"statement": "再报一次。"})
    assert again.status_code == 409
    assert "waits for approval already" in again.content.decode()
    assert (
        clerk.post(f"/inspections/{plan.inspection_id}/plan/submit/", {"statement": "x" * 30_000}).status_code
        == 422
    )
    taken = clerk.post(f"/plans/{plan.pk}/withdraw/", {"reason": REASON}, follow=True).content.decode()
    assert "The plan is withdrawn" in taken
    page = clerk.get(f"/inspections/{plan.inspection_id}/plan/").content.decode()
    assert "Every finding to be planned has its nature" in page


def test_an_indicator_is_named_whole_or_not_at_all(world: World, browser: Callable[[str], Client]) -> None:
    row = world.finding(2)
    clerk = browser("clerk")
    address = f"/findings/{row.pk}/criterion-add/"
    half = clerk.post(address, {"version": row.version, "text": "相符率", "target": "98"})
    assert half.status_code == 422
    assert "An indicator needs its target" in half.content.decode()
    whole = {"target": "98.50", "direction": "at_least", "unit": "%", "baseline": "70"}
    page = clerk.post(
        address, {"version": row.version, "text": "相符率", **whole}, follow=True
    ).content.decode()
    assert "at least 98.5 %" in page
    assert "began at 70" in page


def test_the_plans_pages_ask_as_often_for_many_findings_as_for_one(
    world: World, browser: Callable[[str], Client]
) -> None:
    plan = worlds_plan(world)
    group = browser("group")

    def asked(address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert group.get(address).status_code == 200
        return len(queries)

    # two more for what waits, and two for the days that follow from the feedback, which the other one lacks
    assert (
        asked(f"/inspections/{world.inspection_id}/plan/")
        <= asked(f"/inspections/{plan.inspection_id}/plan/") + 4
    )
    assert asked(f"/plans/{plan.pk}/") <= 20


def test_what_is_ticked_is_set_at_once_and_each_refusal_is_named(
    world: World, browser: Callable[[str], Client]
) -> None:
    clerk = browser("clerk")
    address = f"/inspections/{world.inspection_id}/plan/"
    rows = [world.finding(place) for place in (4, 5)]
    page = clerk.get(address).content.decode()
    marks = [f"{row.pk}-{row.version}" for row in rows]
    assert all(f'value="{mark}"' in page for mark in marks)
    assert 'name="finding"' not in browser("group").get(address).content.decode()
    denied = browser("group").post(f"{address}prepare/", {"finding": marks, "nature": "immediate"})
    assert denied.status_code == 409
    assert "None of your posts lets you set nature" in denied.content.decode()
    data = {
        "finding": marks,
        "nature": "time_bound",
        "leader_id": str(world.people["leader"]),
        "unit_id": str(world.organisations["财务科"]),
        "due": "2027-03-31",
        "criterion": "账实相符。",
    }
    half = clerk.post(f"{address}prepare/", {**data, "unit_id": ""})
    assert half.status_code == 422
    assert "Leader and unit are assigned together" in half.content.decode()
    assert clerk.post(f"{address}prepare/", {"finding": ["x", "1-"]}).status_code == 422
    done = clerk.post(f"{address}prepare/", data, follow=True).content.decode()
    assert "2 findings are prepared." in done
    again = clerk.post(f"{address}prepare/", {**data, "due": "2027-04-30"})
    assert again.status_code == 409
    text = again.content.decode()
    assert "0 findings are prepared, 2 are refused" in text
    assert "This finding has changed since your page was loaded" in text
