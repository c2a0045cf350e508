"""Cells edited in the ledger: the field itself or the request the rules ask for, why not, and taking back."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from web.world import World
from zhenggai.domain.lifecycle import Nature
from zhenggai.ledger import services

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

# as the script of the page asks
HX = {"HX-Request": "true", "HX-Current-URL": "http://testserver/inspections/1/?order=due"}


SENT = re.compile(r'name="(finding|seq|version)" value="(\d+)"')


@pytest.fixture
def cell(world: World, browser: Callable[[str], Client]) -> Callable[..., tuple[int, str]]:
    def asked(username: str, place: int, column: str, **data: Any) -> tuple[int, str]:
        address = f"/findings/{world.finding_ids[place]}/cells/{column}/"
        client = browser(username)
        response = client.post(address, data, headers=HX) if data else client.get(address, headers=HX)
        return response.status_code, response.content.decode()

    return asked


def fields(page: str) -> list[str]:
    return re.findall(
        r'<(?:select|textarea|input type="(?:text|checkbox|date|number)")[^>]*?name="(\w+)"', page
    )


@pytest.mark.parametrize(
    ("username", "place", "column", "verb", "said"),
    [
        ("clerk", 3, "unit", "finding-assign", ""),
        ("clerk", 2, "unit", "finding-assign", "Assigned anew it waits until the unit accepts again."),
        ("head", 2, "unit", "finding-transfer", "asks the office to give the finding to another unit"),
        ("clerk", 2, "leader", "finding-hand-over", ""),
        ("clerk", 3, "supporting", "finding-assign", ""),
        ("handler", 2, "due", "extension-request", "this asks for an extension"),
        ("clerk", 3, "nature", "finding-classify", ""),
        ("handler", 2, "nature", "long-term-request", "this asks for long-term rectification"),
        ("clerk", 3, "requirements", "finding-classify", ""),
        ("clerk", 4, "due", "finding-assign", ""),
        ("clerk", 2, "due", "", "ask for an extension"),
        ("verifier", 3, "unit", "", "assign the finding"),
        ("clerk", 0, "unit", "", "a closure is never edited"),
        ("clerk", 4, "title", "", "These are the words of the document."),
        ("clerk", 2, "theme", "", "The unit has taken the finding on in these words"),
        ("clerk", 2, "stated", "", "This is what the document says"),
        ("clerk", 2, "stage", "", "This follows from what happened to the finding"),
    ],
)
def test_a_cell_opens_what_may_be_done_to_it_or_says_why_not(
    cell: Callable[..., tuple[int, str]], username: str, place: int, column: str, verb: str, said: str
) -> None:
    status, page = cell(username, place, column)
    assert status == 200
    assert re.findall(r'name="verb" value="([\w-]*)"', page) == ([verb] if verb else [])
    assert said in page
    assert bool(fields(page)) == bool(verb)
    assert "<html" not in page


def test_without_scripts_the_way_leads_to_the_form_on_the_findings_page(
    world: World, browser: Callable[[str], Client]
) -> None:
    clerk = browser("clerk")
    at = f"/findings/{world.finding_ids[2]}/"
    found = {column: clerk.get(f"{at}cells/{column}/")["Location"] for column in ("unit", "leader", "stage")}
    leader = world.people["leader"]
    assert found == {"unit": f"{at}#finding-assign", "leader": f"/hand-over/?from={leader}", "stage": at}
    assert clerk.get(f"{at}cells/nothing/").status_code == 404
    assert clerk.post(f"{at}cells/unit/", {"verb": "finding-classify"}).status_code == 404
    # a form that was sent without scripts goes back to the list, or shows the whole page again
    row = world.finding(3)
    sent = {"verb": "finding-classify", "version": row.version, "nature": "immediate"}
    assert clerk.post(f"/findings/{row.pk}/cells/nature/", sent)["Location"] == (
        f"/inspections/{world.inspection_id}/"
    )
    refused = clerk.post(f"/findings/{row.pk}/cells/nature/", sent)
    assert refused.status_code == 409
    assert "<html" in refused.content.decode()


def test_a_cell_is_kept_and_its_row_comes_back_with_the_way_to_take_it_back(
    world: World, browser: Callable[[str], Client], cell: Callable[..., tuple[int, str]]
) -> None:
    row = world.finding(3)
    other = world.organisations["业务科"]
    status, page = cell("clerk", 3, "unit", verb="finding-assign", version=row.version, unit_id=other)
    assert status == 200
    assert re.findall(r'<tr id="row-(\d+)"', page) == [str(row.pk)]
    assert "业务科" in page
    assert 'id="count-registered"' in page
    fresh = world.finding(3)
    assert (fresh.lead_unit_id, fresh.due) == (other, date(2026, 12, 31))
    assert fresh.responsible_leader_id == world.people["leader"]
    way = re.findall(r'href="(/inspections/\d+/take-back/[^"]*)"', page)[0].replace("&amp;", "&")
    clerk = browser("clerk")
    asked = clerk.get(way, headers=HX).content.decode()
    assert "Finding assigned" in asked
    assert "业务科" in asked
    # Ctrl-Z finds the same edit without being told which
    latest = clerk.get(way.partition("?")[0], headers=HX).content.decode()
    assert SENT.findall(latest) == SENT.findall(asked)
    sent = dict(SENT.findall(asked))
    done = clerk.post(way.partition("?")[0], sent, headers=HX)
    assert "The change is taken back; the trail has both." in done.content.decode()
    assert "财务科" in done.content.decode()
    assert "Take back (Ctrl-Z)" not in done.content.decode()
    again = clerk.post(way.partition("?")[0], sent, headers=HX)
    assert again.status_code == 409
    assert "Takes back" in clerk.get(f"/findings/{row.pk}/").content.decode()


def test_a_first_assignment_asks_for_what_it_needs_and_offers_no_way_back(
    world: World, cell: Callable[..., tuple[int, str]]
) -> None:
    _status, page = cell("clerk", 4, "unit")
    assert {"unit_id", "leader_id", "due"} <= set(fields(page))
    row = world.finding(4)
    given = {
        "verb": "finding-assign",
        "version": row.version,
        "unit_id": world.organisations["财务科"],
        "leader_id": world.people["leader"],
    }
    status, page = cell("clerk", 4, "unit", **given)
    assert status == 422
    assert f'<option value="{world.organisations["财务科"]}" selected>' in page
    status, page = cell("clerk", 4, "unit", **given, due="2099-12-31")
    assert status == 200
    assert "Take back (Ctrl-Z)" not in page
    assert world.finding(4).stage == "assigned"


def test_whoever_comes_second_is_told_who_changed_what_and_keeps_what_was_typed(
    world: World, cell: Callable[..., tuple[int, str]]
) -> None:
    row = world.finding(3)
    world.do("clerk", 3, services.finding_classify, nature=Nature.IMMEDIATE)
    before = world.finding(3)
    given = {"verb": "finding-assign", "version": row.version, "unit_id": world.organisations["业务科"]}
    status, page = cell("clerk", 3, "unit", **given)
    assert status == 409
    assert "nature and requirements set" in page
    assert f'<option value="{given["unit_id"]}" selected>' in page
    assert f'name="version" value="{before.version}"' in page
    assert world.finding(3).version == before.version
    # a request of others than may ask is refused with who may
    late = {
        "verb": "extension-request",
        "version": before.version,
        "new_due": "2099-01-01",
        "reason": "原因" * 8,
    }
    status, page = cell("clerk", 3, "due", **late)
    assert status == 403
    assert "原因原因" in page
    assert world.finding(3).version == before.version


def test_a_leader_is_handed_over_and_a_deadline_asked_for_from_the_list(
    world: World, browser: Callable[[str], Client], cell: Callable[..., tuple[int, str]]
) -> None:
    row = world.finding(2)
    other = world.people["other-leader"]
    status, page = cell("clerk", 2, "leader", verb="finding-hand-over", version=row.version, to_id=other)
    assert (status, world.finding(2).stage) == (200, "rectifying")
    assert "钱样本" in page
    row = world.finding(2)
    asked = {"verb": "extension-request", "version": row.version, "new_due": "2099-01-01"}
    status, page = cell("handler", 2, "due", **asked, reason="招标流程延后，原定期限内不能完成。")
    assert status == 200
    assert "Take back (Ctrl-Z)" in page
    way = re.findall(r'href="(/inspections/\d+/take-back/[^"]*)"', page)[0].replace("&amp;", "&")
    handler = browser("handler")
    # another's request is not his to take back
    other_way = browser("head").get(way, headers=HX).content.decode()
    sent = dict(SENT.findall(other_way))
    assert browser("head").post(way.partition("?")[0], sent, headers=HX).status_code == 403
    assert handler.post(way.partition("?")[0], sent, headers=HX).status_code == 200
    assert world.finding(2).deadline_requests.get().state == "withdrawn"


def test_pencils_stand_where_posts_may_edit(world: World, browser: Callable[[str], Client]) -> None:
    address = f"/inspections/{world.inspection_id}/"
    page = browser("clerk").get(address).content.decode()
    assert page.count('class="cell-edit"') == 3 * 6
    assert f'aria-label="Edit: Due, {world.finding(3).number}"' in page
    page = browser("inspector").get(address).content.decode()
    assert 'class="cell-edit"' not in page
    assert browser("inspector").get(f"{address}take-back/", headers=HX).status_code == 409
