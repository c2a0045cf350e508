"""The two panes in a real browser: saving as one types, two people, places, selections, confirming."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from conftest import CHROMIUM_ARGUMENTS, chromium_binary
from intake.office import PASSWORD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.chromium
TITLE = "textarea[name^=finding-][name$=-title]"
STATE = "[data-save-state]"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A server of its own, ended with the module."""
    script = Path(__file__).with_name("server.py")
    with subprocess.Popen(
        [sys.executable, "-W", "ignore", str(script)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout is not None
        port = process.stdout.readline().strip()
        assert port.isdigit(), "the server did not start"
        yield f"http://127.0.0.1:{port}"
        process.terminate()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where a browser is driven

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_binary(), args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def page_of(chromium: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """A page of a signed-in person; nothing may be said on its console as an error."""
    contexts = []

    def opened(username: str = "clerk", width: int = 1280, path: str = "/intake/1/") -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, locale="zh-CN", reduced_motion="reduce"
        )
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{address}/sign-in/")
        page.fill("[name=username]", username)
        page.fill("[name=password]", PASSWORD)
        page.press("[name=password]", "Enter")
        page.wait_for_url(f"{address}/")
        page.goto(address + path)
        return page

    yield opened
    for context in contexts:
        context.close()


def wait_for(page: Page, kind: str) -> None:
    # the strict policy of the pages forbids waiting for an expression
    page.wait_for_selector(f"{STATE}[data-kind={kind}]")


def test_what_is_typed_is_saved_without_a_button(page_of: Callable[..., Page]) -> None:
    page = page_of()
    page.fill(TITLE, "边写边存的标题")
    wait_for(page, "saved")
    page.reload()
    assert page.input_value(TITLE) == "边写边存的标题"
    assert page.evaluate("localStorage.length") == 0


def test_two_people_in_one_field_see_both_texts_and_decide(page_of: Callable[..., Page]) -> None:
    mine, theirs = page_of("clerk"), page_of("colleague")
    theirs.fill(TITLE, "同事写的")
    wait_for(theirs, "saved")
    mine.fill(TITLE, "我写的")
    mine.wait_for_selector(".field-error")
    assert "同事写的" in mine.inner_text(".field-error")
    assert mine.input_value(TITLE) == "我写的"
    mine.click(".resolve button >> nth=0")
    wait_for(mine, "saved")
    theirs.fill(TITLE, "同事又写")
    theirs.wait_for_selector(".resolve")
    theirs.click(".resolve button >> nth=1")
    assert theirs.input_value(TITLE) == "我写的"


def test_what_the_server_did_not_get_is_kept_and_sent_again(page_of: Callable[..., Page]) -> None:
    page = page_of()
    page.context.set_offline(True)
    page.fill(TITLE, "断网时写的")
    wait_for(page, "lost")
    page.context.set_offline(False)
    kept = page.evaluate("JSON.stringify(localStorage)")
    assert "断网时写的" in kept
    # closed before it could be sent, opened again: it is there, and is sent
    again = page.context.new_page()
    page.close(run_before_unload=False)
    again.goto(page.url)
    again.wait_for_load_state("networkidle")
    assert again.input_value(TITLE) == "断网时写的"
    again.reload()
    assert again.input_value(TITLE) == "断网时写的"
    assert again.evaluate("localStorage.length") == 0


def test_a_field_shows_its_place_and_a_place_its_field(page_of: Callable[..., Page]) -> None:
    page = page_of()
    page.click("textarea[name^=item-] >> nth=0")
    page.wait_for_selector(".place-action.is-here")
    assert page.locator(".place-action.is-here").first.text_content()
    page.locator(".place-action").nth(1).dispatch_event("click")
    name = page.locator(".place-action").nth(1).get_attribute("data-for")
    page.wait_for_selector(f"#{name}:focus")


def test_a_kind_of_change_can_be_hidden(page_of: Callable[..., Page]) -> None:
    page = page_of()
    assert page.locator("del.edit-reading").first.is_visible()
    page.uncheck("#show-reading")
    assert not page.locator("del.edit-reading").first.is_visible()
    page.uncheck("#show-script")
    assert page.locator("ins.edit-script").first.is_visible()


def test_a_selection_becomes_a_finding_and_typing_beside_it_is_kept(page_of: Callable[..., Page]) -> None:
    page = page_of()
    before = page.locator("article.finding").count()
    page.fill("#document-inspector", "县委巡察组")
    page.evaluate(
        """() => {
          const range = document.createRange();
          range.selectNodeContents(document.querySelectorAll("[data-at]")[3]);
          getSelection().removeAllRanges();
          getSelection().addRange(range);
        }"""
    )
    page.click("[data-selection-bar] button >> nth=0")
    page.wait_for_selector(f"article.finding >> nth={before}")
    assert page.input_value(f"{TITLE} >> nth=0").startswith("(一)高度重视,部署整改。收到反馈意见后")
    assert page.input_value("#document-inspector") == "县委巡察组"
    page.click("article.finding >> nth=0 >> .drop summary")
    page.fill("article.finding >> nth=0 >> [name^=reason]", "不是问题")
    page.click("article.finding >> nth=0 >> button[value^=drop-finding]")
    page.wait_for_selector("article.finding.is-dropped")


def test_at_the_width_of_a_telephone_one_pane_is_shown_at_a_time(page_of: Callable[..., Page]) -> None:
    page = page_of(width=390)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert page.locator("#draft-form").is_visible()
    assert not page.locator(".original-text").is_visible()
    page.click("article.finding:not(.is-dropped) .finding-title .to-place >> nth=0")
    page.wait_for_selector(".original-text", state="visible")
    assert not page.locator("#draft-form").is_visible()


def test_the_last_word_typed_before_confirming_is_in_the_ledger(page_of: Callable[..., Page]) -> None:
    page, other = page_of(), page_of("colleague")
    page.fill("#new-title", "云山县示例局巡察整改")
    page.fill(f"article.finding:not(.is-dropped) {TITLE}", "最后一刻的标题")
    page.click("[data-confirm]")
    page.wait_for_url("**/inspections/*/")
    assert "最后一刻的标题" in page.inner_text("main")
    # the other page is stale now: its save says where the draft went
    other.fill(TITLE, "晚了")
    wait_for(other, "lost")
    assert "云山县示例局巡察整改" in other.inner_text(STATE)
