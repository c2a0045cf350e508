"""How a journey is walked: from the start page, by what can be seen, with a picture of each key step."""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils import translation

from web.test_accessible import too_wide

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Locator, Page

    from web.house import House

DESK, WALL, PHONE = 1280, 1920, 390
# a folder in which a picture of every key step is kept
SCREENSHOTS = os.environ.get("ZHENGGAI_TEST_SCREENSHOTS", "")


def chinese(sentence: str) -> str:
    """The words of the page for an English sentence of the code."""
    with translation.override("zh-hans"):
        return translation.gettext(sentence)


@dataclass
class Journey:
    """One journey: the house in which it is walked, its name, the device, how often something was pressed."""

    house: House
    name: str
    width: int = DESK
    presses: int = 0
    _taken: int = 0
    _pages: list[Page] = field(default_factory=list)

    def begin(self, username: str) -> Page:
        """A person signs in and stands on the start page."""
        page = self.house.enter(username, width=self.width, touch=self.width == PHONE)
        # the browser hands its dialogue for files over from now on; asked when it opens it may not
        page.on("filechooser", lambda _chooser: None)
        self._pages.append(page)
        return page

    def press(self, target: Locator) -> None:
        """Presses, or taps on a phone, what can be seen there."""
        assert target.first.is_visible() or target.first.scroll_into_view_if_needed() is None
        self.presses += 1
        if self.width == PHONE:
            target.first.tap()
        else:
            target.first.click()

    def go(self, page: Page, target: Locator) -> None:
        """Presses a way and is on the page to which it leads; an address that a list pushes is no page."""
        with page.expect_event("load"):
            self.press(target)

    def stands(self, page: Page, what: str) -> None:
        """The page fits its window; a picture is kept where somebody wants it."""
        self._taken += 1
        assert not too_wide(page), f"{self.name}, {what}: {page.url} is wider than {self.width}"
        assert page.get_attribute("html", "lang") == "zh-Hans"
        if SCREENSHOTS:
            Path(SCREENSHOTS).mkdir(parents=True, exist_ok=True)
            name = f"{self.name}-{self._taken}-{what}-{self.width}.png"
            page.screenshot(path=Path(SCREENSHOTS, name), full_page=True)

    def end(self) -> None:
        """No script failed, no other host was asked; the windows are closed."""
        assert self.house.faults == []
        assert self.house.hosts == {self.house.address}
        for page in self._pages:
            page.context.close()


@contextmanager
def journey(house: House, name: str, width: int = DESK) -> Iterator[Journey]:
    """A journey that is over when the block is."""
    walked = Journey(house, name, width)
    yield walked
    walked.end()


def waiting(page: Page, title: str) -> Locator:
    """The line of what waits for the reader about a finding or an inspection."""
    return page.locator("[aria-labelledby=waiting-heading] li", has_text=title)


def row_of(page: Page, title: str) -> Locator:
    """The row of a finding in the ledger."""
    return page.locator("#ledger tbody tr", has_text=title)
