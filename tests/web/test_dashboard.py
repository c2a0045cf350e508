"""The dashboard as its page shows it: numbers that lead to their lists, shapes, names, days."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from zhenggai.accounts import services as accounting
from zhenggai.accounts.kinds import OrganisationKind
from zhenggai.domain.inspections import InspectionKind
from zhenggai.ledger import services
from zhenggai.web.dashboard_view import length_of, level_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from web.world import World

WAYS = re.compile(r'<a href="(/inspections/\d+/\?counted=[^"]+)">(.*?)</a>', re.DOTALL)


def page_of(browser: Client, world: World, query: str = "") -> str:
    response = browser.get(f"/inspections/{world.inspection_id}/dashboard/{query}")
    assert response.status_code == 200
    return response.content.decode()


def number_of(text: str) -> int:
    """The number that a link shows, behind its word."""
    return int(re.sub(r"<title>.*?</title>|<[^>]+>", " ", text).split()[-1])


@pytest.mark.parametrize("who", ["clerk", "handler", "inspector"])
def test_each_number_leads_to_just_so_many_findings(
    world: World, browser: Callable[[str], Client], who: str
) -> None:
    client = browser(who)
    page = page_of(client, world)
    ways = {unescape(way): number_of(text) for way, text in WAYS.findall(page)}
    assert len(ways) > 40
    for way, number in ways.items():
        if not number:
            continue
        listed = client.get(way).content.decode()
        assert listed.count('<th scope="row" class="col-title">') == number, way


def test_the_ledger_and_the_figures_lead_to_the_dashboard(
    world: World, browser: Callable[[str], Client]
) -> None:
    address = f'href="/inspections/{world.inspection_id}/dashboard/'
    for path in ("", "figures/", "?counted=open&on=2026-10-01"):
        page = browser("clerk").get(f"/inspections/{world.inspection_id}/{path}").content.decode()
        assert address in page
    assert f"{address}?on=2026-10-01" in page


def test_the_rate_stands_with_its_rule_and_beside_what_documents_say(
    world: World, browser: Callable[[str], Client]
) -> None:
    page = page_of(browser("clerk"), world)
    assert "16.67<small>%</small>" in page
    assert "documents say: 33.33% (2 / 6)" in page
    assert "Denominator: findings." in page
    assert "Most overdue:" in page


def test_a_past_day_shows_how_it_was_and_a_day_to_come_shows_today(
    world: World, browser: Callable[[str], Client]
) -> None:
    client = browser("clerk")
    for day in ("2020-01-01", "0001-01-01"):
        assert "Nothing to draw as of this day" in page_of(client, world, f"?on={day}")
        assert client.get(f"/dashboard/?on={day}").status_code == 200
    assert (
        client.get(f"/inspections/{world.inspection_id}/?counted=likely_late&on=0001-01-01").status_code
        == 200
    )
    assert "That day is still to come" in page_of(client, world, "?on=9000-01-01")
    page = page_of(client, world, "?on=gestern")
    assert "is not a day that can be read" in page
    assert f"{timezone.localdate():%Y-%m-%d}" in page


def test_units_are_ranked_by_what_is_asked(world: World, browser: Callable[[str], Client]) -> None:
    page = page_of(browser("clerk"), world, "?by=overdue")
    assert re.search(r'aria-sort="ascending"><a href="[^"]+" title="of its open findings', page)
    assert 'aria-sort="descending"' in page_of(browser("clerk"), world, "?by=nonsense")


def test_every_drawing_has_title_and_description_and_no_style(
    world: World, browser: Callable[[str], Client]
) -> None:
    page = page_of(browser("clerk"), world)
    drawings = re.findall(r'<svg[^>]+role="img".*?</svg>', page, re.DOTALL)
    assert drawings
    for each in drawings:
        assert "<title" in each
        assert "<desc" in each or "aria-label" in each
    assert "style=" not in page
    assert "<script>" not in page


def test_the_big_screen_refreshes_itself_and_offers_nothing_to_press(
    world: World, browser: Callable[[str], Client]
) -> None:
    client = browser("clerk")
    response = client.get(f"/inspections/{world.inspection_id}/dashboard/?screen=1&by=overdue")
    page = response.content.decode()
    assert response["Refresh"] == "300"
    content = page.partition('<div class="screen"')[2].partition("</main>")[0]
    assert "<form" not in content
    assert "<details" not in content
    assert 'data-bs-theme="dark"' in page
    assert "Leave the big screen" in page
    assert "Refresh" not in client.get(f"/inspections/{world.inspection_id}/dashboard/").headers
    empty = client.get(f"/inspections/{world.inspection_id}/dashboard/?screen=1&on=2020-01-01")
    assert "Nothing to draw as of this day" in empty.content.decode()


def test_inspections_stand_side_by_side(world: World, browser: Callable[[str], Client]) -> None:
    client = browser("clerk")
    alone = client.get("/dashboard/").content.decode()
    assert "16.67%" in alone
    assert "Round against round" not in page_of(client, world)
    row = services.inspection_create(
        actor=world.actor("clerk"),
        at=world.clock.tick(),
        title="上一轮巡察",
        kind=InspectionKind.INSPECTION,
        subject_id=world.organisations["示例局"],
    )
    page = page_of(client, world)
    assert "Round against round" in page
    assert f"/inspections/{row.pk}/dashboard/" in page
    assert page.count('class="is-here" aria-current="true"') == 1
    for by, name in (("subject", "云山县示例局"), ("body", "no inspecting body"), ("round", "in no round")):
        grouped = client.get(f"/dashboard/?by={by}").content.decode()
        assert f'<th scope="rowgroup" colspan="12">{name}</th>' in grouped
    ways = {
        unescape(way): number_of(text)
        for way, text in WAYS.findall(client.get("/dashboard/").content.decode())
    }
    assert len(ways) == 12
    for way, number in ways.items():
        listed = client.get(way).content.decode()
        assert listed.count('<th scope="row" class="col-title">') == number, way
    assert "That day is still to come" in client.get("/dashboard/?on=9000-01-01").content.decode()
    assert "is not a day that can be read" in client.get("/dashboard/?on=x&by=x").content.decode()
    assert "No inspection is yours to see" in browser("admin").get("/dashboard/").content.decode()


def test_an_empty_ledger_says_what_will_stand_here(world: World, browser: Callable[[str], Client]) -> None:
    row = services.inspection_create(
        actor=world.actor("clerk"),
        at=world.clock.tick(),
        title="空台账",
        kind=InspectionKind.INSPECTION,
        subject_id=world.organisations["示例局"],
    )
    page = browser("clerk").get(f"/inspections/{row.pk}/dashboard/").content.decode()
    assert "Nothing to draw as of this day" in page


def test_of_many_units_the_first_are_shown_and_all_on_demand(
    world: World, browser: Callable[[str], Client]
) -> None:
    for number in range(12):
        unit = accounting.organisation_create(
            parent_id=world.organisations["示例局"],
            name=f"{number:02}" + "示例单位" * 49,
            kind=OrganisationKind.UNIT,
            actor=world.actor("admin"),
            at=world.clock.tick(),
        )
        add_finding(world, unit.pk)
    page = page_of(browser("clerk"), world)
    # where nobody leads is a row of the lights, and of no ranking
    assert page.count("The first 10 of 14 rows.") == page.count("The first 10 of 13 rows.") == 1
    assert page.count('<td class="num place">') == 10
    every = page_of(browser("clerk"), world, "?units=all")
    assert every.count('<td class="num place">') == 13
    assert "示例单位" * 49 in every
    assert "The first 7 of 13 rows." in page_of(browser("clerk"), world, "?screen=1&units=all")
    inside = page_of(browser("clerk"), world, f"?under={unit.pk}")
    assert "Only findings that it or a unit below it leads." in inside
    assert f"&amp;under={unit.pk}" in inside


def add_finding(world: World, unit_id: int) -> None:
    from web.world import ImportedDocument, ImportedFinding  # noqa: PLC0415 - of this test alone
    from zhenggai.domain.reading import DocumentKind  # noqa: PLC0415 - as above

    clerk = world.actor("clerk")
    document = services.ledger_import(
        actor=clerk,
        at=world.clock.tick(),
        inspection_id=world.inspection_id,
        document=ImportedDocument(DocumentKind.NOTICE, "补充", "补充.txt", "a" * 64, "b" * 64, "c" * 64),
        findings=[ImportedFinding(title="示例补充问题")],
    )
    row = document.findings.get()
    services.finding_assign(
        actor=clerk,
        at=world.clock.tick(),
        finding_id=row.pk,
        version=row.version,
        leader_id=world.people["leader"],
        unit_id=unit_id,
        due=world.clock.moment.date(),
        supporting_unit_ids=[],
    )


def test_the_page_takes_as_many_queries_for_many_units_as_for_few(
    world: World, browser: Callable[[str], Client]
) -> None:
    client = browser("clerk")
    page_of(client, world)
    counts = []
    for name in ("", "增设一科", "增设二科"):
        if name:
            unit = accounting.organisation_create(
                parent_id=world.organisations["示例局"],
                name=name,
                kind=OrganisationKind.UNIT,
                actor=world.actor("admin"),
                at=world.clock.tick(),
            )
            add_finding(world, unit.pk)
        with CaptureQueriesContext(connection) as queries:
            page_of(client, world)
        counts.append(len(queries))
    assert len(set(counts)) == 1


def test_shades_and_bars_grow_with_the_number() -> None:
    assert [level_of(each, 8) for each in (0, 1, 2, 3, 4, 6, 7, 8)] == [0, 1, 1, 2, 2, 3, 4, 4]
    assert [length_of(each, 1000) for each in (0, 1, 500, 1000)] == [0, 1, 50, 100]
    assert level_of(0, 0) == length_of(0, 0) == 0
