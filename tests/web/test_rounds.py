"""The pages of rounds: opened, filled, renamed, and every inspection beside the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from selectolax.lexbor import LexborHTMLParser

from web.world import opened_round, own_profile, planned
from zhenggai.domain.inspections import InspectionKind
from zhenggai.ledger import rounds, services

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from web.world import World


def page(response: Any) -> str:
    return " ".join(LexborHTMLParser(response.content).body.text(separator=" ").split())


def test_a_round_is_opened_and_filled_by_the_inspecting_body(
    world: World, browser: Callable[[str], Client]
) -> None:
    client = browser("inspector")
    body = str(world.organisations["巡察办"])
    sent = {"body_id": body, "kind": "inspection", "title": "第三轮示例巡察", "begins_on": "2026-07-01"}
    refused = client.post("/rounds/new/", sent | {"ends_on": "2026-06-30"})
    assert refused.status_code == 422
    assert "The round would end on 2026-06-30, before it begins" in page(refused)
    assert 'value="第三轮示例巡察"' in refused.content.decode()
    assert client.post("/rounds/new/", sent).status_code == 302
    shown = page(client.get("/rounds/"))
    assert "第三轮示例巡察" in shown
    (row,) = rounds.rounds_visible(world.actor("inspector"))
    address = f"/rounds/{row.pk}/"
    assert "No inspection of this round is yours to see." in page(client.get(address))
    done = client.post(f"{address}put/", {"inspection_id": str(world.inspection_id)}, follow=True)
    assert "云山县示例局" in page(done)
    assert "第三轮示例巡察" in page(client.get(f"/inspections/{world.inspection_id}/"))
    again = client.post(f"{address}put/", {"inspection_id": str(world.inspection_id)})
    assert again.status_code == 422
    asked = client.post(f"{address}take-out/", {"inspection_id": str(world.inspection_id)})
    assert asked.status_code == 422
    assert "Yes, this inspection leaves the round." in page(asked)
    assert "示例局" in page(client.get(address))
    sure = {"inspection_id": str(world.inspection_id), "sure": "on"}
    out = client.post(f"{address}take-out/", sure, follow=True)
    assert "The inspection stands in no round any more." in page(out)


def test_the_page_of_one_round_takes_nothing_out_of_another(
    world: World, browser: Callable[[str], Client]
) -> None:
    opened_round(world, (world.inspection_id,))
    client = browser("inspector")
    sent = {"kind": "inspection", "title": "第九轮示例巡察", "begins_on": "2026-07-01"}
    client.post("/rounds/new/", sent | {"body_id": str(world.organisations["巡察办"])})
    other = next(row for row in rounds.rounds_visible(world.actor("inspector")) if row.title == sent["title"])
    sent = {"inspection_id": str(world.inspection_id), "sure": "on"}
    answer = client.post(f"/rounds/{other.pk}/take-out/", sent)
    assert answer.status_code == 409
    assert "was put in another round meanwhile" in page(answer)


def test_the_page_shows_counts_rates_with_their_rules_plans_and_lights(
    world: World, browser: Callable[[str], Client]
) -> None:
    own_profile(world, counting={**COUNTING, "places": 0, "rounding": "down"})
    finding = planned(world)
    services.plan_submit(
        actor=world.actor("clerk"), at=world.clock.tick(), inspection_id=finding.inspection_id
    )
    row = opened_round(world, (world.inspection_id, finding.inspection_id))
    client = browser("inspector")
    shown = page(client.get(f"/rounds/{row.pk}/"))
    assert "2 inspections" in shown
    assert "6 1 " in shown
    assert "16.67%" in shown
    assert "waiting for approval" in shown
    assert "Rounded half up to 2 places." in shown
    assert "Rounded down to 0 places." in shown
    changed = client.post(
        f"/rounds/{row.pk}/rename/", {"title": "第三轮", "begins_on": "2026-07-02"}, follow=True
    )
    assert "Name and days are stored." in page(changed)


def test_readers_see_no_button_that_is_not_theirs(world: World, browser: Callable[[str], Client]) -> None:
    row = opened_round(world, (world.inspection_id,))
    shown = page(browser("auditor").get(f"/rounds/{row.pk}/"))
    assert "云山县示例局" in shown
    for word in ("Take out", "Change name and days", "Put an inspection"):
        assert word not in shown
    assert "Open a round" not in page(browser("auditor").get("/rounds/"))


def test_the_page_asks_as_often_for_three_inspections_as_for_one(
    world: World, browser: Callable[[str], Client], django_assert_max_num_queries: Any
) -> None:
    made = [world.inspection_id]
    for number in range(2):
        row = services.inspection_create(
            actor=world.actor("clerk"),
            at=world.clock.tick(),
            title=f"示例巡察{number}",
            kind=InspectionKind.INSPECTION,
            subject_id=world.organisations["示例局"],
            inspector_organisation_id=world.organisations["巡察办"],
        )
        made.append(row.pk)
    opened = opened_round(world, tuple(made))
    client = browser("inspector")
    # one of them counts the unread notices
    with django_assert_max_num_queries(11):
        client.get(f"/rounds/{opened.pk}/")


COUNTING = {
    "denominator": "findings",
    "stage_closed_counts": False,
    "substantially_done_counts": False,
    "places": 2,
    "rounding": "half_up",
}
