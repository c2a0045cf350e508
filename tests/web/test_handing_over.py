"""Handing over on its page: listed, ticked, given; what is refused stays as it was typed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from web.world import World

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client


def marks(page: str) -> list[str]:
    return re.findall(r'name="finding" value="(\d+:\d+)"', page)


def test_the_office_lists_what_is_open_with_a_leader_and_hands_it_over(
    world: World, browser: Callable[[str], Client], django_assert_max_num_queries: Any
) -> None:
    clerk = browser("clerk")
    with django_assert_max_num_queries(9):
        overview = clerk.get("/hand-over/").content.decode()
    assert "赵示例" in overview
    with django_assert_max_num_queries(10):
        listed = clerk.get(f"/hand-over/?from={world.people['leader']}").content.decode()
    assert len(marks(listed)) == 3
    assert "固定资产账实不符" in listed
    done = clerk.post(
        "/hand-over/",
        {"from": world.people["leader"], "to_id": world.people["other-leader"], "finding": marks(listed)[:2]},
        follow=True,
    )
    assert "2 findings are handed over." in done.content.decode()
    assert world.finding(1).responsible_leader.name == "钱样本"
    assert "Handed over by: 赵示例" in clerk.get(f"/findings/{world.finding_ids[1]}/").content.decode()


def test_a_refused_handing_over_keeps_what_was_ticked(world: World, browser: Callable[[str], Client]) -> None:
    clerk = browser("clerk")
    given = {"from": world.people["leader"], "to_id": world.people["other-leader"]}
    nothing = clerk.post("/hand-over/", given)
    assert nothing.status_code == 422
    assert "Choose between 1 and 200 findings" in nothing.content.decode()
    row = world.finding(2)
    stale = clerk.post("/hand-over/", given | {"finding": [f"{row.pk}:1", "x:y"]})
    assert stale.status_code == 409
    assert stale.content.decode().count(" checked") == 1
    unchosen = clerk.post(
        "/hand-over/", {"from": world.people["leader"], "finding": [f"{row.pk}:{row.version}"]}
    )
    assert unchosen.status_code == 422
    assert clerk.get(f"/hand-over/?from={world.people['verifier']}").status_code == 404


def test_an_administrator_sees_how_much_is_open_with_a_person_and_nothing_more(
    world: World, browser: Callable[[str], Client]
) -> None:
    page = browser("admin").get(f"/people/{world.people['leader']}/").content.decode()
    assert "leads 3 open findings" in page
    assert ", 1 of them asks for closing" in page
    assert "固定资产" not in page
