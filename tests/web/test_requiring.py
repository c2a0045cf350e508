"""On the finding's page, whoever says that money must be recovered says how much."""

from __future__ import annotations

from typing import TYPE_CHECKING

from web.world import World

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client


def test_the_form_asks_how_much_and_keeps_what_was_typed(
    world: World, browser: Callable[[str], Client]
) -> None:
    row = world.finding(3)
    address, clerk = f"/findings/{row.pk}/", browser("clerk")
    data = {"version": row.version, "nature": "time_bound", "money_required": "yes"}
    asked = clerk.post(f"{address}finding-classify/", data)
    assert asked.status_code == 422
    page = asked.content.decode()
    assert "Name the amount in yuan, or confirm that it is still being found out" in page
    assert 'name="money_to_recover"' in page
    assert not world.finding(3).money_required
    named = clerk.post(
        f"{address}finding-classify/", data | {"money_to_recover": "１２,６００.50"}, follow=True
    )
    assert "12,600.50" in named.content.decode()
    assert str(world.finding(3).money_to_recover) == "12600.50"


def test_an_amount_still_being_found_out_stands_in_the_way_and_in_the_trail(
    world: World, browser: Callable[[str], Client]
) -> None:
    row = world.finding(3)
    data = {"version": row.version, "nature": "time_bound", "money_required": "yes", "amount_follows": "on"}
    clerk = browser("clerk")
    page = clerk.post(f"/findings/{row.pk}/finding-classify/", data, follow=True).content.decode()
    assert "How much money must be recovered is not named; the office names it." in page
    assert "The amount is still being found out, and that was confirmed" in page
