"""New situations on the pages: where they wait, how long, and how many were answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from zhenggai.ledger import services

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse
    from django.test import Client

    from web.world import World

ANALYSIS = "须跨单位核实，建议由整改办协调。"


@pytest.fixture
def act(world: World, browser: Callable[[str], Client]) -> Callable[..., HttpResponse]:
    """Presses a button of the page as it stands."""

    def pressed(username: str, place: int, verb: str, **data: Any) -> HttpResponse:
        row = world.finding(place)
        response: Any = browser(username).post(
            f"/findings/{row.pk}/{verb}/", {"version": row.version, **data}
        )
        return response

    return pressed


def test_a_situation_is_passed_up_on_the_page_of_its_finding_and_stands_in_the_list_with_its_clock(
    world: World, browser: Callable[[str], Client], act: Callable[..., HttpResponse]
) -> None:
    (row,) = world.finding(2).situations.all()
    assert act("head", 2, "situation-pass-up", object_id=row.pk, analysis="太短").status_code == 422
    assert act("head", 2, "situation-pass-up", object_id=row.pk, analysis=ANALYSIS).status_code == 302
    page = browser("leader").get(f"/findings/{world.finding_ids[2]}/").content.decode()
    assert "head of the lead unit → responsible leader" in page
    assert ANALYSIS in page
    assert "Not answered yet; it waits with: responsible leader." in page
    address = f"/inspections/{world.finding(2).inspection_id}"
    listed = browser("clerk").get(f"{address}/situations/").content.decode()
    assert "1 / 1" in listed
    assert "to be answered by" in listed
    assert (
        "Without an answer, of those raised" in browser("clerk").get(f"{address}/figures/").content.decode()
    )
    filed = browser("clerk").get(f"/findings/{world.finding_ids[2]}/file/").content.decode()
    assert ANALYSIS in filed


def test_an_answered_situation_is_listed_with_its_days_and_can_be_taken_up_again(
    world: World, browser: Callable[[str], Client], act: Callable[..., HttpResponse]
) -> None:
    (row,) = world.finding(2).situations.all()
    world.do("clerk", 2, services.situation_answer, situation_id=row.pk, text="已请业务科核实。")
    listed = (
        browser("clerk").get(f"/inspections/{world.finding(2).inspection_id}/situations/").content.decode()
    )
    assert "answered after" in listed
    assert "Every new situation that you may see is answered." in listed
    assert act("handler", 2, "situation-raise", text="又有1台。", follows_id=row.pk).status_code == 302
    page = browser("handler").get(f"/findings/{world.finding_ids[2]}/").content.decode()
    assert "takes up again: " in page


def test_the_start_page_tells_who_raised_it_that_it_waits(
    world: World, browser: Callable[[str], Client]
) -> None:
    said = "New situations that you raised"
    assert said in browser("handler").get("/").content.decode()
    assert "New situations to answer" in browser("head").get("/").content.decode()
    assert "New situations to answer" not in browser("clerk").get("/").content.decode()
