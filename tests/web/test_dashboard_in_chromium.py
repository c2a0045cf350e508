"""The dashboard in a real browser: one sheet of paper, no scrolling on the wall, nothing sticking out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2
import pytest

from web.house import House, standing
from web.test_accessible import LEDGER, too_wide, unfolded

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.chromium

A4_POINTS = (595, 842)
SHEETS = (f"{LEDGER}dashboard/", "/dashboard/")


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    with standing("pages_server.py") as house:
        yield house


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_dashboard_is_one_sheet_of_paper_in_either_look(house: House, language: str) -> None:
    page = house.enter("clerk", f"{LEDGER}dashboard/", language=language)
    for look in ("light", "dark"):
        page.evaluate("look => document.documentElement.setAttribute('data-bs-theme', look)", look)
        sheets = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
        assert len(sheets) == 1
        assert tuple(round(each) for each in sheets[0].get_size()) == A4_POINTS
    page.close()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_big_screen_needs_no_scrolling(house: House, language: str) -> None:
    page = house.enter("clerk", language=language)
    for width, height in ((1920, 1080), (1366, 768), (3840, 2160)):
        page.set_viewport_size({"width": width, "height": height})
        page.goto(f"{house.address}{LEDGER}dashboard/?screen=1")
        hidden = page.evaluate(
            "[...document.querySelectorAll('.screen, .screen .board-column, .screen .scroll-x')]"
            ".filter(one => one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1)"
            ".map(one => `${one.className} in ${one.parentElement.className}`)"
        )
        assert hidden == []
        assert not page.locator(".masthead").is_visible()
    page.close()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("width", [1920, 1280, 390])
def test_nothing_sticks_out_of_its_sheet(house: House, language: str, width: int) -> None:
    page = house.enter("clerk", width=width, language=language)
    for path in SHEETS:
        page.goto(house.address + path)
        assert not too_wide(page), path
        unfolded(page)
        assert not too_wide(page), path
    page.close()


def test_each_way_of_the_dashboard_works_by_hand(house: House) -> None:
    """From a light of a unit to its list, back, and to what is ranked otherwise."""
    page = house.enter("clerk", f"{LEDGER}dashboard/", language="en")
    number = int(page.locator(".heat-all a").first.inner_text())
    page.locator(".heat-all a").first.click()
    assert page.locator(".ledger tbody tr").count() == number
    page.get_by_role("link", name="To the dashboard").click()
    page.get_by_role("link", name="Sent back").first.click()
    assert page.locator(".ranking [aria-sort]").inner_text() == "Sent back"
    page.get_by_role("link", name="Big screen").click()
    page.get_by_role("link", name="Leave the big screen").click()
    assert "screen" not in page.url
    assert house.hosts == {house.address}
    assert house.faults == []
