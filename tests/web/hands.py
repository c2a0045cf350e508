"""What a person does with a page in a real browser: unfolds an action, fills its form, sends it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Locator, Page


def act(page: Page, verb: str, **values: Any) -> None:
    """Unfold an action of the finding, fill its form and send it; choices are named by their words."""
    fold = page.locator(f"details.act:has(form[action$='/{verb}/'])")
    if fold.count():
        # an address that names the action unfolds it at the same time
        while fold.first.get_attribute("open") is None:
            fold.first.locator("> summary").click()
        form = fold.first.locator("form")
    else:
        form = page.locator(f"form[action$='/{verb}/']").first
    for name, value in values.items():
        fill(form.locator(f"[name={name}]"), value)
    send(page, form.locator("button[type=submit]:not([formaction])"))


def send(page: Page, button: Locator) -> None:
    with answered(page):
        button.click()


@contextmanager
def answered(page: Page) -> Iterator[None]:
    """Waits for the answer to a form, which is a new page or a new content of this one."""
    page.evaluate("document.getElementById('content').dataset.asked = 'yes'")
    yield
    page.wait_for_selector("#content:not([data-asked])")
    page.wait_for_load_state()


def fill(box: Any, value: Any) -> None:
    kind = box.first.evaluate("box => box.tagName + ':' + box.type")
    if kind == "INPUT:radio":
        box.and_(box.page.locator(f"[value={value}]")).check()
    elif kind == "INPUT:checkbox":
        box.first.check()
    elif kind == "INPUT:file":
        box.set_input_files(value)
    elif kind.startswith("SELECT"):
        options = box.locator("option")
        wanted = options.and_(box.page.locator(f"[value='{value}']"))
        chosen = wanted if wanted.count() else options.filter(has_text=value).first
        box.select_option(chosen.get_attribute("value"))
    else:
        box.fill(value)


def has_done(page: Page) -> bool:
    return page.locator(".note-success").count() == 1 and not page.locator("#refusal").count()


def stage_of(page: Page) -> str:
    marks = page.locator(".page-head .marks .mark").first.get_attribute("class") or ""
    return marks.removeprefix("mark mark-")


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
