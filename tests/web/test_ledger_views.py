"""How a ledger is looked at: columns of one's own, lists kept under a name, what narrows as chips."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from zhenggai.accounts import selectors as accounts
from zhenggai.domain.errors import InvalidError, NotFoundError
from zhenggai.ledger import viewing
from zhenggai.ledger.models import LedgerView
from zhenggai.web.ledger_columns import COLUMNS, DEFAULT, FIXED, columns_posted, columns_read, offers

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from web.world import World
    from zhenggai.domain.actor import Actor


def heads(page: str) -> list[str]:
    """The columns of the table, in order."""
    return re.findall(r'<th scope="col" class="col-(\w+)"', page)


def page(client: Client, world: World, query: str = "") -> str:
    response = client.get(f"/inspections/{world.inspection_id}/{query}")
    assert response.status_code == 200
    return response.content.decode()


def actor(username: str) -> Actor:
    person = accounts.person_by_username(username)
    assert person is not None
    return accounts.actor_of(person, timezone.localdate())


def test_columns_are_chosen_ordered_and_kept_for_the_person(
    world: World, browser: Callable[[str], Client]
) -> None:
    clerk = browser("clerk")
    assert heads(page(clerk, world)) == [*FIXED, *DEFAULT]
    address = f"/inspections/{world.inspection_id}/columns/"
    sent = {
        "columns": ["due", "nature", "overdue"],
        "place-due": "3",
        "place-nature": "1",
        "place-overdue": "2",
        "query": "?stage=registered&page=2",
    }
    done = clerk.post(address, sent)
    assert done.headers["Location"] == f"/inspections/{world.inspection_id}/?stage=registered"
    assert heads(page(clerk, world)) == [*FIXED, "nature", "overdue", "due"]
    # another person's list is as delivered
    assert heads(page(browser("inspector"), world)) == [*FIXED, *DEFAULT]
    clerk.post(address, {"columns": ["due"], "house": "yes"})
    assert heads(page(clerk, world)) == [*FIXED, *DEFAULT]


def test_every_column_has_its_cells(world: World, browser: Callable[[str], Client]) -> None:
    clerk = browser("clerk")
    names = [name for name in COLUMNS if name not in FIXED]
    clerk.post(f"/inspections/{world.inspection_id}/columns/", {"columns": names})
    shown = page(clerk, world)
    assert heads(shown) == [*FIXED, *names]
    for name in names:
        assert shown.count(f'class="col-{name}') == 7, name


def test_names_and_places_that_are_none_are_passed_over() -> None:
    assert columns_read(["due", "x", "number", "due"]) == ("due",)
    assert columns_read([]) == DEFAULT
    assert columns_posted(["stage", "due", "x"], {"stage": "2", "due": "01"}) == ("due", "stage")
    assert columns_posted(["stage", "due"], {"stage": "九", "due": "99999"}) == ("stage", "due")
    assert [each.place for each in offers(("due",))][:2] == [1, None]


def test_what_narrows_stands_as_chips_that_are_taken_back(
    world: World, browser: Callable[[str], Client]
) -> None:
    shown = page(browser("clerk"), world, "?stage=registered&text=群众&due_from=2026-01-01")
    chips = re.findall(r'class="filter-chip" href="([^"]*)".*?<span>(.*?)</span>', shown)
    assert [word for _address, word in chips] == ["“群众”", "Registered", "Due from 2026-01-01"]
    assert "stage=registered" in chips[0][0]
    assert "text=" not in chips[0][0]
    assert 'class="more-filters" open' in shown
    assert "filter-chip" not in page(browser("clerk"), world)
    assert 'class="more-filters" open' not in page(browser("clerk"), world)


def test_a_name_is_told_only_where_its_findings_are_seen(
    world: World, browser: Callable[[str], Client]
) -> None:
    other = world.organisations["巡察办"]
    shown = page(browser("clerk"), world, f"?lead={other}&leader=1")
    assert "Led by — itself" in shown
    assert "Responsible leader: —" in shown
    leader = world.finding(0).responsible_leader
    assert leader is not None
    assert f"Responsible leader: {leader.name}" in page(browser("clerk"), world, f"?leader={leader.pk}")


def test_a_list_is_kept_opened_replaced_and_removed(world: World, browser: Callable[[str], Client]) -> None:
    clerk = browser("clerk")
    base = f"/inspections/{world.inspection_id}/"
    clerk.post(f"{base}columns/", {"columns": ["nature"]})
    done = clerk.post(f"{base}views/", {"name": " 在办  逾期 ", "query": "stage=registered&order=due&page=3"})
    view = LedgerView.objects.get()
    assert (view.name, view.query, view.is_shared) == ("在办 逾期", "stage=registered&order=due", False)
    assert done.headers["Location"] == f"{base}?stage=registered&order=due&view={view.pk}"
    # its own columns, whatever is chosen later
    clerk.post(f"{base}columns/", {"columns": ["due"]})
    assert heads(page(clerk, world, f"?{view.query}&view={view.pk}")) == [*FIXED, "nature"]
    assert heads(page(clerk, world)) == [*FIXED, "due"]
    clerk.post(f"{base}views/", {"name": "在办 逾期", "query": "stage=closed"})
    assert LedgerView.objects.get().query == "stage=closed"
    assert clerk.post(f"{base}views/{view.pk}/remove/").status_code == 302
    assert not LedgerView.objects.exists()
    assert clerk.post(f"{base}views/{view.pk}/remove/").status_code == 404


def test_a_shared_list_is_offered_to_whoever_sees_the_ledger_and_removed_by_its_owner_alone(
    world: World, browser: Callable[[str], Client]
) -> None:
    base = f"/inspections/{world.inspection_id}/"
    browser("clerk").post(f"{base}views/", {"name": "全局逾期", "query": "overdue=yes", "is_shared": "yes"})
    browser("clerk").post(f"{base}views/", {"name": "自己看的", "query": ""})
    view = LedgerView.objects.get(name="全局逾期")
    for username in ("inspector", "handler"):
        shown = page(browser(username), world)
        assert "全局逾期" in shown
        assert "自己看的" not in shown
        assert browser(username).post(f"{base}views/{view.pk}/remove/").status_code == 404
    assert LedgerView.objects.count() == 2


@pytest.mark.parametrize(
    ("username", "sent", "sentence"),
    [
        ("clerk", {"name": "  "}, "Give the view a name"),
        ("clerk", {"name": "长" * 61}, "The name has 61 characters, and 60 is the most"),
        ("handler", {"name": "我的", "is_shared": "yes"}, "A view is shared by those who see the whole"),
        ("clerk", {"name": "一", "query": f"text={'x' * 3000}"}, "These filters are too long"),
    ],
)
def test_what_cannot_be_kept_is_said_and_the_list_stays(
    world: World, browser: Callable[[str], Client], username: str, sent: dict[str, str], sentence: str
) -> None:
    client = browser(username)
    base = f"/inspections/{world.inspection_id}/"
    done = client.post(f"{base}views/", {"query": "stage=closed", **sent}, follow=True)
    assert sentence in done.content.decode()
    assert not LedgerView.objects.exists()


def test_thirty_are_the_most_that_one_keeps(world: World) -> None:
    clerk = actor("clerk")

    def keep(name: str) -> None:
        viewing.view_save(
            actor=clerk,
            at=timezone.now(),
            inspection_id=world.inspection_id,
            name=name,
            query="",
            columns=[],
            is_shared=False,
        )

    for number in range(30):
        keep(f"视图{number}")
    with pytest.raises(InvalidError, match="You keep 30 views"):
        keep("再一个")
    keep("视图3")
    assert LedgerView.objects.count() == 30


def test_nobody_keeps_a_list_of_what_they_do_not_see(world: World, browser: Callable[[str], Client]) -> None:
    stranger = browser("admin")
    for verb in ("columns", "views"):
        sent = {"name": "一", "columns": ["due"]}
        assert stranger.post(f"/inspections/{world.inspection_id}/{verb}/", sent).status_code == 404
    with pytest.raises(NotFoundError):
        viewing.view_remove(actor=actor("admin"), inspection_id=world.inspection_id, view_id=1)
    assert not LedgerView.objects.exists()


@pytest.mark.parametrize(
    ("group", "number"),
    # of the units one stands for those nobody has yet
    [("theme", 2), ("unit", 2), ("leader", 1)],
)
def test_a_list_stands_in_groups_with_their_figures(
    world: World, browser: Callable[[str], Client], group: str, number: int
) -> None:
    clerk = browser("clerk")
    shown = page(clerk, world, f"?group={group}")
    heads_of = re.findall(r'<tr class="group-row">.*?num">([^<]*)<', shown)
    numbers = [int(said.split()[0]) for said in heads_of]
    assert sum(numbers) == 6
    assert len(numbers) == number
    # narrowed, the groups count what is left; turned over, they stand the other way round
    narrowed = page(clerk, world, f"?group={group}&stage=registered")
    numbers = [int(said.split()[0]) for said in re.findall(r'group-row">.*?num">([^<]*)<', narrowed)]
    assert sum(numbers) == 2
    turned = page(clerk, world, f"?group={group}&order={group}_last")
    assert re.findall(r'<tr class="group-row">.*?num">([^<]*)<', turned) != [] != heads_of
    assert "group-row" not in page(clerk, world, "?group=nonsense")


def test_groups_ask_two_queries_however_many_there_are(
    world: World, browser: Callable[[str], Client]
) -> None:
    clerk = browser("clerk")
    address = f"/inspections/{world.inspection_id}/?order=unit"
    clerk.get(address)
    with CaptureQueriesContext(connection) as plain:
        clerk.get(address)
    with CaptureQueriesContext(connection) as in_groups:
        clerk.get(f"{address}&group=unit")
    assert len(in_groups) == len(plain) + 2


def test_a_restricted_finding_is_counted_in_no_group_of_others(
    world: World, browser: Callable[[str], Client]
) -> None:
    finding = world.finding(5)
    restricted = browser("clerk").post(
        f"/findings/{finding.pk}/finding-restrict/",
        {"version": finding.version, "kind": "lead", "reason": "涉及问题线索，只限专人知悉和办理。"},
    )
    assert restricted.status_code == 302
    for username, total in (("clerk", 6), ("inspector", 5)):
        shown = page(browser(username), world, "?group=theme")
        numbers = [int(said.split()[0]) for said in re.findall(r'group-row">.*?num">([^<]*)<', shown)]
        assert sum(numbers) == total
