"""The start page: what waits with the step at hand, what is awaited, what changed, and the inspections."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from zhenggai.accounts.selectors import last_here

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from web.world import World


def page(client: Client) -> str:
    response = client.get("/")
    assert response.status_code == 200
    return response.content.decode()


def test_a_step_without_words_is_taken_on_the_start_page(
    world: World, browser: Callable[[str], Client]
) -> None:
    clerk, head = browser("clerk"), browser("head")
    registered = next(row for row in map(world.finding, range(6)) if row.stage == "registered")
    assigned = clerk.post(
        f"/findings/{registered.pk}/finding-assign/",
        {
            "version": registered.version,
            "leader_id": world.finding(0).responsible_leader_id,
            "unit_id": world.finding(0).lead_unit_id,
            "due": "2099-12-31",
        },
    )
    assert assigned.status_code == 302
    shown = page(head)
    form = re.search(
        rf'action="(/findings/{registered.pk}/finding-accept/)">.*?name="version" value="(\d+)">', shown
    )
    assert form is not None
    done = head.post(form[1], {"version": form[2], "next": "/"})
    assert done.headers["Location"] == "/"
    registered.refresh_from_db()
    assert registered.stage == "accepted"
    # pressed again, or with what was seen before, it is refused with its sentence on the finding's page
    assert head.post(form[1], {"version": form[2], "next": "/"}).status_code == 409


def test_the_way_back_is_one_of_ours(world: World, browser: Callable[[str], Client]) -> None:
    finding = next(row for row in map(world.finding, range(6)) if row.stage == "registered")
    done = browser("clerk").post(
        f"/findings/{finding.pk}/finding-assign/",
        {
            "version": finding.version,
            "leader_id": world.finding(0).responsible_leader_id,
            "unit_id": world.finding(0).lead_unit_id,
            "due": "2099-12-31",
            "next": "https://elsewhere.example/",
        },
    )
    assert done.headers["Location"] == f"/findings/{finding.pk}/"


@pytest.mark.parametrize(
    ("username", "way"),
    [("clerk", "#finding-assign"), ("handler", r"report/\?next=/"), ("clerk", "#closure-sign")],
)
def test_each_role_finds_its_step_on_the_row(
    browser: Callable[[str], Client], username: str, way: str
) -> None:
    shown = page(browser(username))
    assert re.search(rf'href="/findings/\d+/{way}"', shown)


def test_figures_at_a_glance_lead_to_their_lists(browser: Callable[[str], Client]) -> None:
    shown = page(browser("clerk"))
    for word in ("wait for you", "of them overdue", "of them due within 7 days", "you wait for"):
        assert f"<span>{word}</span>" in shown
    assert 'href="/inspections/1/?overdue=yes"' in shown


def test_the_first_time_says_so_and_the_next_tells_what_changed(
    world: World, browser: Callable[[str], Client]
) -> None:
    first = browser("head")
    assert "This is your first time here." in page(first)
    finding = next(row for row in map(world.finding, range(6)) if row.stage == "registered")
    browser("clerk").post(
        f"/findings/{finding.pk}/finding-assign/",
        {
            "version": finding.version,
            "leader_id": world.finding(0).responsible_leader_id,
            "unit_id": world.finding(0).lead_unit_id,
            "due": "2099-12-31",
        },
    )
    shown = page(browser("head"))
    assert "This is your first time here." not in shown
    assert re.search(rf'href="/findings/{finding.pk}/#timeline-heading"', shown)


def test_an_administrator_has_no_work_of_the_ledger(browser: Callable[[str], Client]) -> None:
    shown = page(browser("admin"))
    assert "home-counts" not in shown
    assert "An administrator sees no inspection" in shown


@pytest.mark.django_db
def test_whoever_was_never_here_has_no_last_time() -> None:
    assert last_here(10**9, None) is None


@pytest.mark.parametrize("username", ["clerk", "leader", "handler", "head", "inspector"])
def test_the_start_page_asks_a_bounded_number_of_queries(
    browser: Callable[[str], Client], username: str
) -> None:
    client = browser(username)
    page(client)
    with CaptureQueriesContext(connection) as queries:
        page(client)
    assert len(queries) <= 75, len(queries)
