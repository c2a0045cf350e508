"""Setting an inspection up in a real browser: from nothing to an approved plan, step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from web.hands import act, fill, fits, has_done
from web.house import House, standing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

pytestmark = pytest.mark.chromium

TITLE = "云山县示例局专项巡察整改"
BODY = "云山县委巡察办"
BUREAU = "云山县示例局"
FEEDBACK = """关于对示例局专项巡察的反馈意见

（一）示例设备管理不严
账面登记而实物不存的设备有9台。
（二）示例档案归档不及时
2025年度文书档案尚未归档。
"""
DONE, OPEN, LATER = "done", "open", "later"


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    with standing("empty_office_server.py") as house:
        yield house


def states(page: Page) -> list[str]:
    found = page.locator(".setup-way li")
    classes = [found.nth(place).get_attribute("class") or "" for place in range(found.count())]
    return [each.split()[0].removeprefix("is-") for each in classes]


def here(page: Page) -> str:
    """The number of the step to go on with, as a screen reader is told it."""
    found = page.locator(".setup-way [aria-current=step]")
    return (found.get_attribute("href") or "").removeprefix("#step-") if found.count() else ""


def go_on(page: Page) -> None:
    """Press the one main button of the step to go on with."""
    with page.expect_navigation():
        page.click(f"#step-{here(page)} a.btn-primary")


def back(page: Page) -> None:
    """From the ledger or the plan back to the guide, by the strip."""
    with page.expect_navigation():
        page.click(".setup-strip a")


def send(page: Page, form: str, **values: str) -> None:
    """Unfold a form by its address, fill it and send it."""
    fold = page.locator(f"details.act:has(form[action*='{form}'])").first
    if fold.get_attribute("open") is None:
        fold.locator("> summary").click()
    fill_in(page, f"form[action*='{form}']", **values)
    with page.expect_navigation():
        page.locator(f"form[action*='{form}'] button[type=submit]").first.click()
    assert has_done(page), page.inner_text("main")


def fill_in(page: Page, form: str, **values: str) -> None:
    """Fill fields of a form; choices are named by their words or values."""
    for name, value in values.items():
        fill(page.locator(f"{form} [name={name}]").first, value)


def open_inspection(house: House) -> tuple[Page, str]:
    page = house.enter("clerk", "/")
    # before there is any inspection the start page begins with the first of the five steps
    assert states(page) == [OPEN, LATER, LATER, LATER, LATER]
    assert page.get_attribute(".setup-first a.btn-primary", "href") == "/intake/upload/"
    page.set_viewport_size({"width": 390, "height": 844})
    assert fits(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    # this one is opened by hand, to name its body beforehand
    with page.expect_navigation():
        page.click("a[href='/inspections/new/']")
    fill_in(
        page,
        "form",
        title=TITLE,
        kind="inspection",
        subject_id=BUREAU,
        inspector_organisation_id=BODY,
        feedback_on="2026-09-01",
    )
    assert page.is_checked("[name=plan_required]")
    with page.expect_navigation():
        page.click("form button[type=submit].btn-primary")
    assert states(page) == [OPEN, LATER, LATER, LATER, LATER]
    # the leading group is an administrator's: the office goes on with the feedback
    assert here(page) == "1"
    assert page.locator("#step-1 a.btn-primary").count() == 1
    assert page.locator("a.btn-primary").count() == 1
    return page, urlsplit(page.url).path


def give_people(house: House, page: Page, guide: str) -> None:
    """The administrators set the leading group up; the office says who oversees the bureau."""
    admin = house.enter("admin", "/groups/")
    send(
        admin,
        "/groups/new/",
        organisation_id=BUREAU,
        name="示例局巡察整改工作领导小组",
        basis="示例党组〔2026〕1号",
        office_unit_id="财务科",
    )
    send(admin, "/give/", person_id="冯样例", place="head")
    send(admin, "/give/", person_id="李示例", place="office_head")
    # an administrator sets up groups and sees no ledger, so not this page either
    assert admin.goto(house.address + guide).status == 404
    admin.context.close()
    page.reload()
    assert "安全保密管理员" in page.inner_text("#ground-people .setup-turn")
    security = house.enter("security", "/groups/")
    with security.expect_navigation():
        security.locator("form[action*='/confirm/'] button").first.click()
    security.context.close()
    page.reload()
    assert page.locator("#ground-people .mark-closed").count() == 1
    page.click("#ground-people a.btn")
    page.wait_for_url("**/groups/?next=*")
    send(page, "/oversight/set/", unit_id=BUREAU, leader_id="赵示例")
    with page.expect_navigation():
        page.click("a:has(svg use[href$='#arrow-left'])")
    assert urlsplit(page.url).path == guide


def take_in(page: Page, guide: str, folder: Path) -> None:
    """The feedback is uploaded, and what was read is confirmed into this inspection, not into another one."""
    paper = folder / "反馈意见.txt"
    paper.write_text(FEEDBACK, encoding="utf-8")
    go_on(page)
    fill_in(page, "form.upload", organisation_id=BUREAU)
    page.set_input_files("[name=file]", paper)
    page.click("form.upload button[type=submit]")
    page.wait_for_url("**/intake/*/")
    draft = urlsplit(page.url).path
    page.goto(urlsplit(page.url)._replace(path=guide, query="").geturl())
    assert page.get_attribute(f"#step-{here(page)} a.btn-primary", "href") == draft
    go_on(page)
    assert not page.is_checked("[name=inspection][value=new]")
    if page.locator("[name=dismiss_rest]").count():
        page.check("[name=dismiss_rest]")
    page.click("[data-confirm]")
    page.wait_for_url("**/inspections/*/")
    back(page)
    assert states(page) == [DONE, DONE, OPEN, OPEN, LATER]
    assert here(page) == "3"


def cover(page: Page) -> None:
    """What all lack is set at once on the page of the plan, and one criterion on the page of its finding."""
    go_on(page)
    boxes = page.locator("[name=finding]")
    count = boxes.count()
    assert count >= 2
    # one box in the head ticks them all
    page.check("[data-tick-rows]")
    assert all(boxes.nth(place).is_checked() for place in range(count))
    page.locator("#prepare details.act > summary").click()
    fill_in(
        page,
        "#prepare",
        nature="time_bound",
        leader_id="赵示例",
        unit_id="财务科",
        due="2035-12-31",
        measure="逐项清查，建立台账，限期改正。",
    )
    with page.expect_navigation():
        page.locator("#prepare button[type=submit]").click()
    assert has_done(page)
    back(page)
    first = page.locator("#step-4 .setup-points a")
    assert first.count() == 1
    for _each in range(count):
        with page.expect_navigation():
            page.locator("#step-4 .setup-points a").click()
        act(page, "criterion-add", text="随机抽查十份，账实相符。")
        assert has_done(page)
        page.click(".crumbs a >> nth=-1")
        back(page)
    assert states(page) == [DONE, DONE, DONE, DONE, OPEN]


def approve(house: House, page: Page, guide: str) -> None:
    """The office submits; the head of the leading group, led by the same page, approves."""
    go_on(page)
    send(page, "/plan/submit/", statement="请领导小组审定。")
    back(page)
    assert not page.locator("a.btn-primary").count()
    head = house.enter("group", guide)
    assert here(head) == "5"
    go_on(head)
    send(head, "/sign/", note="同意。")
    head.goto(house.address + guide)
    assert states(head) == [DONE] * 5
    head.context.close()


def test_an_inspection_is_set_up_from_nothing_to_an_approved_plan(house: House, tmp_path: Path) -> None:
    page, guide = open_inspection(house)
    give_people(house, page, guide)
    take_in(page, guide, tmp_path)
    cover(page)
    approve(house, page, guide)

    page.goto(house.address + guide)
    assert states(page) == [DONE] * 5
    assert here(page) == ""
    assert page.locator(".note-success").is_visible()
    # the picture is walked with the keyboard, and no state is told by colour alone
    page.locator(".setup-way a").first.focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#step-2"
    assert all(each.strip() for each in page.locator(".setup-state").all_inner_texts())
    page.set_viewport_size({"width": 390, "height": 844})
    assert fits(page)
    page.emulate_media(media="print")
    assert page.locator("#step-5 .setup-turn").is_visible()
    assert not page.locator("#step-5 a.btn").is_visible()
    page.goto(house.address + guide.removesuffix("setup/"))
    assert not page.locator(".setup-strip").count()
    assert house.hosts == {house.address}
    assert house.faults == []
