"""Correcting the structure in a real browser: by keyboard, from a selection, without barriers."""

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
ARTICLE = "article.finding:not(.is-dropped)"
FIELD = ".draft-field.shape-line textarea[name$=-status_text]"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A server of its own with one draft of three findings under two themes, ended with the module."""
    script = Path(__file__).with_name("server.py")
    with subprocess.Popen(
        [sys.executable, "-W", "ignore", str(script), "corrections"],
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
    contexts = []

    def opened(width: int = 1280, language: str = "zh-hans") -> Page:
        # the policy of the pages forbids foreign script, which axe is; and a page that glides under the
        # pointer on a busy machine loses the click
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, bypass_csp=True, reduced_motion="reduce"
        )
        contexts.append(context)
        context.add_cookies([{"name": "language", "value": language, "url": address}])
        page = context.new_page()
        page.goto(f"{address}/sign-in/")
        page.fill("[name=username]", "clerk")
        page.fill("[name=password]", PASSWORD)
        page.press("[name=password]", "Enter")
        page.wait_for_url(f"{address}/")
        page.goto(f"{address}/intake/1/")
        return page

    yield opened
    for context in contexts:
        context.close()


def count(page: Page) -> int:
    found: int = page.locator(ARTICLE).count()
    return found


def undone(page: Page, findings: int) -> None:
    page.click("button[value=undo]")
    page.wait_for_selector("button[value=undo]", state="detached")
    assert count(page) == findings


def test_the_rule_of_a_field_is_shown_while_one_works_on_it(page_of: Callable[..., Page]) -> None:
    page = page_of()
    field = page.locator(FIELD).first
    why = page.locator(f"#rule-{field.get_attribute('name')}")
    assert not why.is_visible()
    field.focus()
    why.wait_for(state="visible")
    assert field.get_attribute("aria-describedby") == why.get_attribute("id")
    page.keyboard.press("Escape")
    why.wait_for(state="hidden")


def test_two_findings_are_merged_and_parted_again_by_keyboard(page_of: Callable[..., Page]) -> None:
    page = page_of()
    page.locator(".correct summary").first.focus()
    page.keyboard.press("Enter")
    page.locator("button[value^=merge-next]").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("article.finding.is-dropped")
    assert count(page) == 2
    assert page.evaluate("document.activeElement.matches('article.finding')")
    undone(page, 3)


def test_a_finding_is_split_at_the_caret(page_of: Callable[..., Page]) -> None:
    page = page_of()
    item = page.locator("textarea[name^=item-]").nth(1)
    item.focus()
    item.evaluate("box => box.setSelectionRange(2, 2)")
    page.locator(".correct summary").first.click()
    words = page.locator(".correct [data-split]").first
    words.wait_for()
    assert words.input_value() == item.input_value()[2:22]
    words.press("Enter")
    page.wait_for_selector(f"{ARTICLE} >> nth=3")
    undone(page, 3)


def test_a_finding_is_split_where_words_of_the_original_are_selected(page_of: Callable[..., Page]) -> None:
    page = page_of()
    page.locator(f"{ARTICLE} textarea[name$=-title]").first.focus()
    page.evaluate(
        """() => {
          const place = document.querySelectorAll(".place-action")[1];
          const range = document.createRange();
          range.selectNodeContents(place);
          getSelection().removeAllRanges();
          getSelection().addRange(range);
        }"""
    )
    page.click("[data-selection-bar] [data-words]")
    page.wait_for_selector(f"{ARTICLE} >> nth=3")
    undone(page, 3)


def test_all_themes_become_groups_and_are_themes_again(page_of: Callable[..., Page]) -> None:
    page = page_of()
    page.locator(".level summary").first.click()
    page.locator("button[value^=theme-to-group]").first.click()
    page.wait_for_selector(".theme-head", state="detached")
    assert page.locator(".group-head").count() == 2
    page.click("button[value=undo]")
    page.wait_for_selector(".theme-head >> nth=1")


def test_a_refused_correction_is_told_and_keeps_the_words(page_of: Callable[..., Page]) -> None:
    page = page_of()
    page.locator(".correct summary").first.click()
    words = page.locator(".correct [data-split]").first
    words.fill("没有这些字")
    words.press("Enter")
    page.wait_for_selector("#refusal")
    assert page.locator(".correct [data-split]").first.input_value() == "没有这些字"


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("width", [1280, 390])
def test_the_page_has_no_barriers_and_fits_its_window(
    page_of: Callable[..., Page], width: int, language: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 - only where a browser is driven

    page = page_of(width=width, language=language)
    for summary in page.locator(".correct summary, .level summary, .item-more summary").all()[:6]:
        summary.click()
    page.locator(FIELD).first.focus()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
