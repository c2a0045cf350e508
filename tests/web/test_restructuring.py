"""Moving, merging and renaming organisations on the page of people and posts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from web.world import World

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client


def page(browser: Callable[[str], Client], organisation_id: int) -> str:
    return browser("admin").get(f"/people/?organisation={organisation_id}").content.decode()


def test_a_moved_and_renamed_organisation_shows_what_it_was(
    world: World, browser: Callable[[str], Client]
) -> None:
    unit = world.organisations["财务科"]
    admin = browser("admin")
    admin.post(f"/organisations/{unit}/edit/", {"name": "财务示例股", "short_name": "", "is_active": "on"})
    moved = admin.post(
        f"/organisations/{unit}/move/", {"parent_id": world.organisations["业务科"]}, follow=True
    )
    text = moved.content.decode()
    assert "The organisation is moved; where it stood is kept." in text
    assert "财务科 · below 云山县示例局 · renamed" in text
    assert "财务示例股 · below 云山县示例局 · moved" in text


def test_a_merger_says_what_it_does_and_is_meant(world: World, browser: Callable[[str], Client]) -> None:
    unit, heir = world.organisations["财务科"], world.organisations["业务科"]
    assert "People who work there from now on: 2; posts that end: 2" in page(browser, unit)
    admin = browser("admin")
    address = f"/organisations/{unit}/merge/"
    assert admin.post(address, {"into_id": heir}).status_code == 422
    done = admin.post(address, {"into_id": heir, "meant": "on"}, follow=True)
    assert "The organisation is merged; what it was is kept." in done.content.decode()
    assert "merged into 业务科" in done.content.decode()
    after = page(browser, unit)
    assert "Merge into another" not in after
    assert admin.post(address, {"into_id": heir, "meant": "on"}).status_code == 409
    finding = browser("other-handler").get(f"/findings/{world.finding_ids[3]}/")
    assert finding.status_code == 200
    assert "Accept the assignment" in finding.content.decode()


def test_a_move_that_is_refused_stands_open_with_its_sentence(
    world: World, browser: Callable[[str], Client]
) -> None:
    unit = world.organisations["示例局"]
    refused = browser("admin").post(
        f"/organisations/{unit}/move/", {"parent_id": world.organisations["财务科"]}
    )
    assert refused.status_code == 409
    assert "is 云山县示例局 itself or lies below it" in refused.content.decode()


def test_the_page_of_an_organisation_asks_as_often_for_many(
    world: World, browser: Callable[[str], Client], django_assert_max_num_queries: Any
) -> None:
    admin = browser("admin")
    with django_assert_max_num_queries(15):
        assert admin.get(f"/people/?organisation={world.organisations['示例局']}").status_code == 200
