"""A running server of its own, a real browser, and what the two saw of each other."""

from __future__ import annotations

import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from conftest import CHROMIUM_ARGUMENTS, chromium_binary
from web.world import PASSWORD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page


@dataclass
class House:
    """A running server, a browser, and every host that a page asked for anything."""

    address: str
    browser: Browser
    hosts: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)

    def look(
        self, path: str = "/sign-in/", width: int = 1280, language: str = "zh-hans", *, touch: bool = False
    ) -> Page:
        """Open a page without a sign-in, in a browser window of its own; ``touch``: on a phone."""
        context = self.browser.new_context(
            viewport={"width": width, "height": 900},
            locale="zh-CN",
            reduced_motion="reduce",
            has_touch=touch,
        )
        context.set_default_timeout(30_000)
        context.on("request", lambda request: self._note_host(request.url))
        context.add_cookies([{"name": "language", "value": language, "url": self.address}])
        page = context.new_page()
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.goto(self.address + path)
        return page

    def enter(
        self,
        username: str,
        path: str = "/",
        width: int = 1280,
        language: str = "zh-hans",
        *,
        touch: bool = False,
        password: str = PASSWORD,
    ) -> Page:
        """Sign in as somebody."""
        page = self.look(width=width, language=language, touch=touch)
        page.fill("[name=username]", username)
        page.fill("[name=password]", password)
        page.press("[name=password]", "Enter")
        page.wait_for_url(f"{self.address}/")
        if path != "/":
            page.goto(self.address + path)
        return page

    def _note_host(self, url: str) -> None:
        if urlsplit(url).scheme not in {"data", "blob"}:
            self.hosts.add(f"{urlsplit(url).scheme}://{urlsplit(url).netloc}")


@contextmanager
def served(script: str) -> Iterator[str]:
    """The address of a server that is the script of this folder; it ends with it."""
    with subprocess.Popen(
        [sys.executable, "-W", "ignore", str(Path(__file__).with_name(script))],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            port = process.stdout.readline().strip()
            assert port.isdigit(), "the server did not start"
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


@contextmanager
def standing(script: str) -> Iterator[House]:
    """The house whose server is the script of this folder, with a browser before it."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where a browser is driven

    with served(script) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_binary(), args=CHROMIUM_ARGUMENTS)
        yield House(address, browser)
        browser.close()
