"""The file of a form on a bad line, in a real browser: it goes on after a broken line and after a reload."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

import pytest

from web.house import House, standing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page, Route

pytestmark = pytest.mark.chromium

MEBIBYTE = 1024 * 1024
FINDING = "/findings/3/"
FORM = "#evidence-add"


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    with standing("pages_server.py") as house:
        yield house


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    """Three pieces and a half."""
    file = tmp_path / "清查扫描件.bin"
    file.write_bytes(hashlib.shake_256("示例".encode()).digest(3 * MEBIBYTE + MEBIBYTE // 2))
    return file


class Line:
    """What a script sends in pieces, and a line that breaks when told to."""

    def __init__(self, page: Page) -> None:
        self.offsets: list[int] = []
        self.asked: list[str] = []
        self.breaks_from: int | None = None
        self.breaks_left = 0
        page.route("**/uploads/**", self._route)

    def break_at(self, offset: int, times: int) -> None:
        self.breaks_from, self.breaks_left = offset, times

    def _route(self, route: Route) -> None:
        request = route.request
        if request.method != "PUT":
            self.asked.append(request.method)
            route.continue_()
            return
        offset = int(request.url.partition("offset=")[2])
        if self.breaks_from is not None and offset >= self.breaks_from and self.breaks_left:
            self.breaks_left -= 1
            route.abort("connectionfailed")
            return
        self.offsets.append(offset)
        route.continue_()


def fill(page: Page, scan: Path, title: str) -> None:
    page.evaluate(f"document.querySelector('{FORM}').closest('details').open = true")
    page.set_input_files(f"{FORM} [name=file]", scan)
    page.fill(f"{FORM} [name=title]", title)
    page.fill(f"{FORM} [name=proves]", "逐台核对")
    page.fill(f"{FORM} [name=proves_on]", "2026-09-01")
    page.select_option(f"{FORM} [name=kind]", "record")


def send(page: Page) -> None:
    page.click(f"{FORM} button[type=submit]")


def filed(page: Page, title: str, scan: Path) -> None:
    """The evidence is on the page, and its file is byte for byte what was sent."""
    page.wait_for_selector(".note-success", timeout=30_000)
    body = page.locator(".piece", has=page.locator("strong", has_text=title))
    address = body.locator("a[href*='/download/']").get_attribute("href")
    assert address is not None
    got = page.request.get(page.url.partition("/findings/")[0] + address).body()
    assert hashlib.sha256(got).hexdigest() == hashlib.sha256(scan.read_bytes()).hexdigest()


def test_a_large_file_is_sent_in_pieces_with_its_progress_shown(house: House, scan: Path) -> None:
    page = house.enter("handler", FINDING, width=390)
    line = Line(page)
    fill(page, scan, "一次传完")
    send(page)
    filed(page, "一次传完", scan)
    assert line.offsets == [0, MEBIBYTE, 2 * MEBIBYTE, 3 * MEBIBYTE]
    assert house.faults == []
    page.context.close()


def test_a_broken_line_is_waited_for_and_gone_on_with(house: House, scan: Path) -> None:
    page = house.enter("handler", FINDING, width=390)
    line = Line(page)
    line.break_at(MEBIBYTE, times=2)
    fill(page, scan, "断线续传")
    send(page)
    page.wait_for_selector(".uploading [role=status]:has-text('1.0 / 3.5')")
    bar = page.locator(".uploading progress")
    assert (bar.get_attribute("max"), bar.get_attribute("aria-label")) == (
        str(scan.stat().st_size),
        "正在上传“清查扫描件.bin”",
    )
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    filed(page, "断线续传", scan)
    assert line.offsets == [0, MEBIBYTE, 2 * MEBIBYTE, 3 * MEBIBYTE]
    page.context.close()


def test_after_a_reload_the_same_file_goes_on_where_it_stood(house: House, scan: Path) -> None:
    page = house.enter("handler", FINDING)
    line = Line(page)
    line.break_at(2 * MEBIBYTE, times=1_000)
    fill(page, scan, "重开页面续传")
    send(page)
    page.wait_for_selector(".uploading [role=status]:has-text('2.0 / 3.5')")
    page.reload()
    line.breaks_left = 0
    line.offsets, line.asked = [], []
    fill(page, scan, "重开页面续传")
    send(page)
    filed(page, "重开页面续传", scan)
    assert line.offsets == [2 * MEBIBYTE, 3 * MEBIBYTE]
    assert line.asked == ["GET", "POST"]
    page.context.close()


def test_a_cancelled_upload_leaves_the_form_as_it_was(house: House, scan: Path) -> None:
    page = house.enter("handler", FINDING)
    line = Line(page)
    line.break_at(MEBIBYTE, times=1_000)
    fill(page, scan, "取消")
    send(page)
    page.click(".uploading button")
    page.wait_for_selector(".uploading", state="detached")
    assert page.is_enabled(f"{FORM} button[type=submit]")
    assert page.input_value(f"{FORM} [name=title]") == "取消"
    page.context.close()


def test_without_the_script_the_form_sends_the_file_whole(house: House, scan: Path) -> None:
    page = house.enter("handler")
    page.route("**/upload.js", lambda route: route.abort())
    page.goto(house.address + FINDING)
    fill(page, scan, "整份上传")
    send(page)
    filed(page, "整份上传", scan)
    page.context.close()


def test_a_document_is_received_in_pieces_as_well(house: House, scan: Path) -> None:
    page = house.enter("clerk", "/intake/upload/")
    line = Line(page)
    line.break_at(MEBIBYTE, times=1)
    page.set_input_files("[data-upload] [name=file]", scan)
    page.select_option("[data-upload] [name=organisation_id]", index=1)
    page.click("[data-upload] .upload-send button[type=submit]")
    page.wait_for_url(re.compile(r"/intake/\d+/"), timeout=30_000)
    assert "清查扫描件.bin" in page.inner_text("main")
    assert line.offsets == [0, MEBIBYTE, 2 * MEBIBYTE, 3 * MEBIBYTE]
    page.context.close()
