"""Figures as of a day, and a closed finding re-checked, as their pages show them."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from web.world import World


def figures(browser: Client, world: World, query: str = "") -> str:
    response = browser.get(f"/inspections/{world.inspection_id}/figures/{query}")
    assert response.status_code == 200
    return response.content.decode()


def test_each_figure_leads_to_the_list_that_it_counts(world: World, browser: Callable[[str], Client]) -> None:
    clerk = browser("clerk")
    page = figures(clerk, world)
    ways = re.findall(r'<a href="(/inspections/\d+/\?counted=[^"]+)">(\d+)</a>', page)
    assert len(ways) > 30
    for way, number in ways:
        if number == "0":
            continue
        listed = clerk.get(way.replace("&amp;", "&")).content.decode()
        assert "Findings counted as" in listed
        assert listed.count('<th scope="row" class="col-title">') == int(number), way


def test_a_day_to_come_shows_today_and_says_so(world: World, browser: Callable[[str], Client]) -> None:
    day = timezone.localdate() + timedelta(days=3)
    assert "That day is still to come" in figures(browser("clerk"), world, f"?on={day.isoformat()}")
    page = figures(browser("clerk"), world, "?on=2020-01-01")
    assert "Figures as of" in page
    assert not re.search(r">[1-9]\d*</a></td>", page)
    assert "is not a day that can be read" in figures(browser("clerk"), world, "?on=gestern")


def test_the_list_of_a_figure_goes_no_further_than_today(
    world: World, browser: Callable[[str], Client]
) -> None:
    clerk, at = browser("clerk"), f"/inspections/{world.inspection_id}/?counted=all&on="
    today = f"{timezone.localdate():%Y-%m-%d}"
    for day in ("9999-12-31", (timezone.localdate() + timedelta(days=400)).isoformat()):
        page = clerk.get(at + day)
        assert page.status_code == 200
        assert today in page.content.decode().partition("Findings counted as")[2][:300]
    assert clerk.get(at + "0001-01-01").status_code == 200


def test_a_re_check_that_fails_shows_its_successor_and_greys_what_is_not_possible(
    world: World, browser: Callable[[str], Client]
) -> None:
    row = world.finding(0)
    verifier = browser("verifier")
    data = {
        "version": row.version,
        "on": timezone.localdate().isoformat(),
        "holds": "no",
        "text": "抽查又有3台账实不符，与销号时不一致。",
        "file": SimpleUploadedFile("现场.jpg", b"photo"),
    }
    answer = verifier.post(f"/findings/{row.pk}/recheck-record/", data)
    assert answer.status_code == 302
    page = verifier.get(f"/findings/{row.pk}/").content.decode()
    assert "（反弹1）" in page
    assert "it does not hold" in page
    assert "现场.jpg" in page
    assert "While a successor is open, this finding counts as not closed." in page
    assert "there is nothing to re-check and no second rebound" in page
    back = re.search(r'<a href="/findings/(\d+)/">[^<]*（反弹1）</a>', page)
    assert back is not None
    successor = verifier.get(f"/findings/{back[1]}/").content.decode()
    assert "This is a rebound: what was closed did not hold." in successor
