"""Leading groups and oversight on their page, and the leader who is proposed where a finding is assigned."""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from trail.unguarded import unguarded
from web.leading import set_up
from web.world import World
from zhenggai.accounts import services
from zhenggai.domain.actor import Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

Browser = "Callable[[str], Client]"


@pytest.fixture
def ids(world: World) -> dict[str, int]:
    return set_up(world)


def text(response: Any) -> str:
    return response.content.decode()  # type: ignore[no-any-return] # Django's response is not typed here


def test_the_system_administrator_sets_up_a_group_gives_places_and_ends_them(
    world: World, browser: Callable[[str], Client]
) -> None:
    admin = browser("admin")
    made = admin.post(
        "/groups/new/",
        {
            "organisation_id": world.organisations["示例局"],
            "name": "整改领导小组",
            "basis": "示例〔2026〕1号",
        },
        follow=True,
    )
    assert "The leading group is set up." in text(made)
    assert "整改领导小组" in text(made)
    group_id = re.search(r"/groups/(\d+)/give/", text(made))[1]  # type: ignore[index] # there is one
    given = admin.post(
        f"/groups/{group_id}/give/", {"person_id": world.people["group"], "place": "head"}, follow=True
    )
    assert "waits for the security administrator" in text(given)
    seat_id = re.search(r"/group-seats/(\d+)/end/", text(given))[1]  # type: ignore[index] # there is one
    confirmed = browser("security").post(f"/group-seats/{seat_id}/confirm/", follow=True)
    assert "The head is confirmed." in text(confirmed)
    ended = admin.post(f"/group-seats/{seat_id}/end/", follow=True)
    assert "Earlier places" in text(ended)


def test_a_refused_form_stands_open_with_what_was_typed(
    world: World, ids: dict[str, int], browser: Callable[[str], Client]
) -> None:
    refused = browser("admin").post(
        f"/groups/{ids['group']}/give/", {"person_id": world.people["handler"], "place": "head"}
    )
    assert refused.status_code == 409
    assert "is “head of the leading group” already" in text(refused)
    assert '<details class="act" open>' in text(refused)
    missing = browser("admin").post(f"/groups/{ids['group']}/give/", {"place": "head"})
    assert missing.status_code == 422


def test_the_head_confirms_a_post_that_signs_on_the_page_of_the_group(
    world: World, ids: dict[str, int], browser: Callable[[str], Client]
) -> None:
    post = services.post_grant(
        person_id=world.people["handler"],
        organisation_id=world.organisations["财务科"],
        role=Role.VERIFIER,
        actor=world.actor("admin"),
        at=world.clock.tick(),
    )
    head = browser("group")
    assert "Posts that wait for your word as head" in text(head.get("/groups/"))
    assert "Posts that wait for your word as head" not in text(browser("clerk").get("/groups/"))
    done = head.post(f"/posts/{post.pk}/confirm/", follow=True)
    assert "The post is confirmed." in text(done)
    assert head.post(f"/posts/{post.pk}/confirm/").status_code == 409
    assert head.get(f"/posts/{post.pk}/confirm/").status_code == 302


def test_whoever_oversees_a_unit_is_proposed_where_a_finding_is_assigned(
    world: World, ids: dict[str, int], browser: Callable[[str], Client]
) -> None:
    page = text(browser("clerk").get(f"/findings/{world.finding_ids[4]}/"))
    found = re.search(r'data-proposes="([^"]+)"', page)
    assert found is not None
    proposed = json.loads(html.unescape(found[1]))
    unit, leader = str(world.organisations["财务科"]), world.people["leader"]
    assert proposed[unit] == leader
    assert "Proposed: who oversees the unit." in page


def test_a_unit_that_the_document_names_is_chosen_with_whoever_oversees_it(
    world: World, ids: dict[str, int], browser: Callable[[str], Client]
) -> None:
    from zhenggai.ledger.models import Finding  # noqa: PLC0415 - only here: what a document says

    with unguarded():
        Finding.objects.filter(pk=world.finding_ids[4]).update(stated_unit="财务科")
    page = text(browser("clerk").get(f"/findings/{world.finding_ids[4]}/"))
    form = page[page.index('id="finding-assign"') :]
    assert re.search(rf'<option value="{world.people["leader"]}" selected>', form)
    assert re.search(rf'<option value="{world.organisations["财务科"]}" selected>', form)


@pytest.mark.parametrize(("who", "most"), [("admin", 13), ("clerk", 12), ("group", 10)])
def test_the_page_asks_the_database_as_often_for_many_groups(
    world: World,
    ids: dict[str, int],
    browser: Callable[[str], Client],
    django_assert_max_num_queries: Any,
    who: str,
    most: int,
) -> None:
    for name in ("财务科", "业务科", "别处局"):
        services.group_set_up(
            organisation_id=world.organisations[name],
            name=f"{name}领导小组",
            actor=world.actor("admin"),
            at=world.clock.tick(),
        )
    client = browser(who)
    with django_assert_max_num_queries(most):
        assert client.get("/groups/").status_code == 200
