"""Every page as readers meet it: no barrier that axe-core finds, nothing too wide, keys alone suffice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from web.barriers import LOOKS, barriers
from web.hands import answered
from web.house import House, served, standing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

pytestmark = pytest.mark.chromium

LEDGER = "/inspections/1/"
PAGES = {
    "clerk": (
        "/",
        "/intake/",
        "/intake/upload/",
        "/intake/1/",
        "/intake/2/",
        "/intake/3/?cell=1!F5",
        "/intake/3/mapping/",
        "/intake/3/issues/",
        "/intake/3/trial/",
        LEDGER,
        f"{LEDGER}?order=leader_last&unit=3",
        f"{LEDGER}?text=没有这话",
        f"{LEDGER}many/",
        "/many/1/",
        "/many/2/",
        f"{LEDGER}paste/",
        f"{LEDGER}dashboard/",
        f"{LEDGER}dashboard/?screen=1",
        "/dashboard/",
        f"{LEDGER}setup/",
        f"{LEDGER}plan/",
        f"{LEDGER}trail/",
        "/documents/1/?start=30&end=60",
        *(f"/findings/{number}/" for number in range(1, 7)),
        "/findings/1/file/",
        "/findings/2/file/",
        "/evidence/1/",
        "/inspections/new/",
        "/profiles/",
        "/profiles/6/",
        "/profiles/6/revise/",
        "/profiles/new/",
        "/rounds/",
        "/rounds/1/",
        "/inbox/",
        "/inbox/?state=unread&kind=closed",
        "/hand-over/",
        "/hand-over/?from=5",
        "/password/",
        "/sign-ins/",
        "/search/?q=示例",
        "/calendar/",
        f"{LEDGER}schedule/",
        f"{LEDGER}tree/?level=4",
        "/help/",
        "/help/finding/",
        "/settings/",
        f"{LEDGER}tree/?move=6",
        "/search/?q=示例&kind=person",
        "/search/?q=没有这话",
        "/tokens/",
        "/factor/",
        "/findings/999/",
        "/people/",
    ),
    "inspector": ("/", f"{LEDGER}evaluate/", f"{LEDGER}setup/", "/profiles/1/", "/rounds/", "/rounds/1/"),
    "head": ("/", "/inbox/", "/findings/3/", "/findings/4/", "/findings/3/report/"),
    "leader": ("/", "/findings/2/", "/findings/3/"),
    "admin": (
        "/people/",
        "/people/?organisation=3",
        "/people/new/",
        "/people/3/",
        "/people/import/",
        "/groups/",
    ),
    "security": ("/people/", "/people/3/"),
    "audit": ("/audit/", "/audit/?kind=sign_in"),
    "": ("/sign-in/",),
}
# the whole page speaks one language; what the documents and the county say is Chinese in all of them
LANGUAGES = ("zh-hans", "en", "zh-hant")
WIDTHS = (1280, 390)


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    with standing("pages_server.py") as house:
        yield house


def unfolded(page: Page) -> None:
    """Everything that a page keeps folded is a part of it."""
    page.evaluate("for (const one of document.querySelectorAll('main details')) one.open = true")


def too_wide(page: Page) -> bool:
    """Whether the page is wider than its window, or something sticks out of its sheet."""
    return bool(
        page.evaluate(
            "document.documentElement.scrollWidth > innerWidth"
            " || [...document.querySelectorAll('.card')].some(one => one.scrollWidth > one.clientWidth + 1)"
        )
    )


def _kind(path: str) -> str:
    """What pages of one kind have in common."""
    return re.sub(r"\d+|\?.*", "", path)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("username", PAGES)
def test_no_page_has_a_barrier_or_is_wider_than_its_window(
    house: House, username: str, language: str
) -> None:
    page = house.enter(username, language=language) if username else house.look(language=language)
    found = []
    looked_at: set[tuple[str, int]] = set()
    written: set[str] = set()
    # Traditional words take the room of Simplified ones: one page of a kind at one width is enough for them
    traditional = language == LANGUAGES[-1]
    widths = WIDTHS[-1:] if traditional else WIDTHS
    paths = {_kind(path): path for path in PAGES[username]}.values() if traditional else PAGES[username]
    for path in paths:
        page.goto(house.address + path)
        assert page.get_attribute("html", "lang") == {"zh-hans": "zh-Hans", "zh-hant": "zh-Hant"}.get(
            language, language
        )
        # what is folded is a part of the page: what is wrong with it folded is wrong unfolded, too
        unfolded(page)
        for width in widths:
            page.set_viewport_size({"width": width, "height": 900})
            where = f"{path} {width}"
            if too_wide(page):
                found.append(f"{where}: too wide")
            # colours and roles are the same in every language; narrow, one page of a kind stands for all
            shape = (_kind(path), width)
            if language == LANGUAGES[0] and (width == WIDTHS[0] or shape not in looked_at):
                # words stand on the same colours as wide
                looks = LOOKS if width == WIDTHS[0] else ()
                found += [f"{where}: {each}" for each in barriers(page, looks=looks, seen=written)]
            looked_at.add(shape)
    page.context.close()
    assert not found, "\n".join(found)
    assert house.hosts == {house.address}
    assert house.faults == []


def test_a_ledger_fits_a_window_of_any_width(house: House) -> None:
    page = house.enter("clerk", LEDGER, language="en")
    for width in (1440, 1200, 1100, 1024, 800, 600, 360):
        page.set_viewport_size({"width": width, "height": 900})
        assert not too_wide(page), width
    page.context.close()


def test_a_refusal_has_no_barrier_and_is_read_first(house: House) -> None:
    page = house.enter("head", "/findings/3/")
    press_open(page, "closure-request")
    page.keyboard.type("申请销号。")
    tab_to(page, "document.activeElement.matches('form[action$=\"/closure-request/\"] [type=submit]')")
    with answered(page):
        page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "refusal"
    assert page.inner_text("#refusal")
    assert barriers(page) == []
    # what was typed is kept
    assert page.input_value("form[action$='/closure-request/'] [name=statement]") == "申请销号。"
    page.context.close()


def test_a_signature_is_given_by_keys_alone(house: House) -> None:
    page = house.enter("clerk", "/findings/2/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    press_open(page, "closure-sign")
    page.keyboard.type("同意")
    tab_to(page, "document.activeElement.matches('form[action$=\"/closure-sign/\"] [type=submit]')")
    with answered(page):
        page.keyboard.press("Enter")
    assert page.locator(".note-success").count() == 1
    page.context.close()


def test_anything_is_found_by_keys_alone_from_any_page(house: House) -> None:
    page = house.enter("clerk", LEDGER)
    page.keyboard.press("Control+k")
    assert page.evaluate("document.activeElement.id") == "search-q"
    page.keyboard.type("接待")
    page.wait_for_selector("#search-found .search-hit")
    assert barriers(page) == []
    assert page.inner_text("#search-found [role=status]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    address = page.evaluate("document.activeElement.href")
    assert address == page.evaluate("document.querySelector('#search-found a').href")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.id") == "search-q"
    page.keyboard.press("Escape")
    assert not page.evaluate("document.getElementById('search-dialog').open")
    page.keyboard.press("Control+k")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(address)
    page.context.close()


def test_sorting_and_filtering_by_keys_keeps_the_place(house: House) -> None:
    page = house.enter("clerk", LEDGER)
    for order in ("leader", "leader_last"):
        tab_to(page, "document.activeElement.id === 'by-leader'")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**order={order}")
        page.wait_for_selector(
            f"th.col-leader[aria-sort={'descending' if order.endswith('last') else 'ascending'}]"
        )
        assert page.evaluate("document.activeElement.id") == "by-leader"
    tab_to(page, "document.activeElement.id === 'filter-stage'", back=True)
    page.keyboard.press("ArrowDown")
    page.wait_for_url("**stage=registered**")
    assert "order=leader_last" in page.url
    assert page.evaluate("document.activeElement.id") == "filter-stage"
    page.go_back()
    page.wait_for_selector("th.col-leader[aria-sort=descending]")
    edit_by_keys(page)
    page.context.close()


def edit_by_keys(page: Page) -> None:
    """From cell to cell by arrows, an editor by F2, its row alone drawn anew, and back by Ctrl-Z."""
    page.goto(page.url.partition("?")[0])
    here = "(e => e.closest('tr').rowIndex + ' ' + e.closest('td, th').className)(document.activeElement)"
    page.focus(".ledger-frame")
    for key in ("ArrowDown", "ArrowRight", "ArrowRight"):
        page.keyboard.press(key)
    assert page.evaluate(here).split()[:2] == ["1", "col-unit"]
    # closed: the cell says why it is not edited, and the place is kept
    page.keyboard.press("F2")
    page.wait_for_selector("#cell-dialog[open] .act-why")
    assert barriers(page) == []
    page.keyboard.press("Escape")
    assert page.evaluate(here).split()[:2] == ["1", "col-unit"]
    for _step in range(3):
        page.keyboard.press("ArrowDown")
    before = page.evaluate("document.activeElement.closest('tr').cells[3].innerText")
    page.keyboard.press("Enter")
    page.wait_for_selector("#cell-dialog[open] select")
    assert page.evaluate("document.activeElement.name") == "unit_id"
    assert barriers(page) == []
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("#cell-said [data-said]")
    assert page.evaluate(here).split()[:2] == ["4", "col-unit"]
    assert page.evaluate("document.activeElement.closest('tr').cells[3].innerText") != before
    page.keyboard.press("Tab")
    assert page.evaluate(here).split()[:2] == ["4", "col-leader"]
    page.keyboard.press("Control+z")
    page.wait_for_selector("#cell-dialog[open] .cell-entry")
    assert barriers(page) == []
    page.keyboard.press("Enter")
    page.wait_for_selector("#cell-said [data-said]:not(:has([data-take-back-open]))")
    assert page.evaluate("document.activeElement.id") == "cell-said"
    assert page.evaluate("document.querySelectorAll('.ledger tbody tr')[3].cells[3].innerText") == before


def test_the_first_administrator_step_has_no_barrier(house: House) -> None:
    with served("empty_server.py") as address:
        empty = House(address, house.browser)
        for language in LANGUAGES:
            page = empty.look("/sign-in/", language=language)
            assert page.url.endswith("/setup/")
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                assert barriers(page) == []
                assert not too_wide(page)
            page.fill("[name=username]", "first")
            page.evaluate("document.querySelector('.door-card form').noValidate = true")
            page.locator(".door-card form").get_by_role("button").click()
            page.wait_for_selector("#refusal")
            assert barriers(page) == []
            assert page.input_value("[name=username]") == "first"
            page.context.close()


def press_open(page: Page, verb: str) -> None:
    """Tab to the fold of an action, open it and stand in its first field."""
    tab_to(
        page,
        "document.activeElement.matches('summary') &&"
        f" !!document.activeElement.parentElement.querySelector('form[action$=\"/{verb}/\"]')",
    )
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('input, textarea, select')")


def tab_to(page: Page, reached: str, *, back: bool = False) -> None:
    for _ in range(200):
        if page.evaluate(reached):
            return
        page.keyboard.press("Shift+Tab" if back else "Tab")
    raise AssertionError(f"not reached by keys: {reached}")
