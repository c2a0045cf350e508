"""Journeys of the rectification office (整改办): from a noisy notice to the signature that is refused."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import zhenggai.ops
from web.hands import act, fill, has_done, stage_of
from web.journeys.walking import DESK, WALL, chinese, journey, row_of, waiting

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from web.house import House
    from web.journeys.walking import Journey

pytestmark = pytest.mark.chromium

NOTICE = Path(zhenggai.ops.__file__).parent / "samples" / "twin.txt"
TITLE = "古树名木保护措施落实不到位"
CORRECTED = "古树名木保护措施落实仍不到位"
INSPECTION = "星河区园林局巡察整改"


def test_a_clerk_takes_a_noisy_notice_in_confirms_it_and_assigns_the_first_finding(house: House) -> None:
    with journey(house, "01-clerk-takes-a-notice-in", DESK) as walk:
        page = walk.begin("clerk")
        walk.stands(page, "start")
        walk.go(page, page.locator("nav.mainnav").get_by_role("link", name=chinese("Intake")))
        walk.go(page, page.locator("a[href='/intake/upload/']"))
        fill(page.locator("[name=organisation_id]"), "云山县示例局")
        page.set_input_files("[name=file]", NOTICE)
        walk.press(page.locator("form.upload button[type=submit]"))
        page.wait_for_url("**/intake/*/")
        corrected(walk, page)
        page.check("[name=inspection][value=new]")
        page.fill("#new-title", INSPECTION)
        fill(page.locator("#new-subject"), "云山县示例局")
        fill(page.locator("#new-body"), "云山县委巡察办")
        if page.locator("[name=dismiss_rest]").count():
            page.check("[name=dismiss_rest]")
        walk.stands(page, "confirm")
        walk.press(page.locator("[data-confirm]"))
        page.wait_for_url("**/inspections/*/")
        assert INSPECTION in page.inner_text("h1")
        # what the document says was done is its claim; here everything is only registered
        assert page.locator("#ledger tbody tr").count() == 15
        assert page.locator("#ledger tbody .mark-registered").count() == 15
        walk.stands(page, "ledger")
        page.fill(".filters [name=text]", "古树")
        page.press(".filters [name=text]", "Enter")
        page.wait_for_selector("#ledger tbody tr:only-child")
        walk.go(page, page.get_by_role("link", name=CORRECTED).first)
        act(page, "finding-assign", leader_id="赵示例", unit_id="财务科", due="2035-12-31")
        assert has_done(page)
        assert stage_of(page) == "assigned"
        walk.stands(page, "assigned")


def corrected(walk: Journey, page: Page) -> None:
    """What was read stands beside the original with what was struck out; a title is corrected and kept."""
    assert page.locator(".original-text").is_visible()
    readings = page.locator("del.edit-reading")
    assert readings.count() > 100
    assert readings.first.evaluate("one => getComputedStyle(one).textDecorationLine") == "line-through"
    assert readings.first.get_attribute("title")
    assert page.locator("article.finding").count() == 15
    wrong = page.locator("textarea[name^=finding-][name$=-title]").nth(1)
    assert wrong.input_value() == TITLE
    wrong.fill(CORRECTED)
    page.wait_for_selector("[data-save-state][data-kind=saved]")
    walk.stands(page, "two-panes")
    # the draft waits on the start page, under the name of its file
    walk.go(page, page.locator("nav.mainnav").get_by_role("link", name=chinese("Start")))
    walk.go(page, page.get_by_role("link", name=NOTICE.name).first)
    assert page.locator("textarea[name^=finding-][name$=-title]").nth(1).input_value() == CORRECTED


def test_a_clerk_sees_who_has_not_reported_and_reminds_them_all(house: House) -> None:
    with journey(house, "02-clerk-reminds", DESK) as walk:
        page = walk.begin("clerk")
        walk.go(page, page.get_by_role("link", name="第三季度整改进展").first)
        assert page.locator("#names").input_value().strip()
        walk.stands(page, "who-has-not-reported")
        walk.go(page, page.get_by_role("button", name=chinese("Remind who has not reported")))
        assert has_done(page)
        walk.stands(page, "reminded")
        # start page, request, one button
        assert walk.presses == 2
        unit = walk.begin("head")
        assert unit.get_by_role("link", name="第三季度整改进展").count()


def test_a_clerk_narrows_edits_takes_back_assigns_many_and_takes_the_list_away(house: House) -> None:
    with journey(house, "03-clerk-works-in-the-ledger", WALL) as walk:
        page = walk.begin("clerk")
        table = page.locator("[aria-labelledby=inspections-heading]")
        way = table.locator("a[href='/inspections/3/']").first
        assert "常规巡察" in way.inner_text()
        walk.go(page, way)
        page.select_option("#filter-stage", "registered")
        page.wait_for_url("**stage=registered**")
        page.wait_for_selector(".filter-chip")
        assert page.locator("#ledger tbody tr").count() == page.locator("#ledger .mark-registered").count()
        walk.stands(page, "narrowed")
        walk.press(page.locator(".filter-clear"))
        page.wait_for_selector(".filter-chip", state="detached")
        unit = row_of(page, "会议费报销缺少会议通知").locator("td.col-unit")
        before = unit.inner_text()
        unit.hover()
        walk.press(unit.locator("a.cell-edit"))
        page.wait_for_selector("#cell-dialog[open] select")
        page.select_option("#cell-dialog [name=unit_id]", label="业务科")
        walk.stands(page, "cell")
        walk.press(page.locator("#cell-dialog button[type=submit]"))
        page.wait_for_selector("#cell-said [data-said]")
        assert unit.inner_text() != before
        walk.press(page.locator("#cell-said [data-take-back-open]"))
        page.wait_for_selector("#cell-dialog[open] .cell-entry")
        walk.press(page.locator("#cell-dialog button[type=submit]"))
        page.wait_for_selector("#cell-said [data-said]:not(:has([data-take-back-open]))")
        assert unit.inner_text() == before

        row_of(page, "档案归档不及时").get_by_role("checkbox").check()
        walk.go(page, page.get_by_role("button", name=chinese("Act on those ticked")))
        fold = page.locator("details.act:has(form#assign), details.act:has([name=leader_id])").first
        walk.press(fold.locator("summary"))
        fill(fold.locator("[name=leader_id]"), "赵示例")
        fill(fold.locator("[name=unit_id]"), "业务科")
        fold.locator("[name=due]").fill("2035-12-31")
        walk.go(page, fold.get_by_role("button", name=chinese("Look what would change")))
        do = page.locator("form[action$='/do/'] button")
        do.wait_for()
        walk.stands(page, "looked")
        walk.go(page, do)
        page.wait_for_selector(".many-sum b")
        assert page.locator(".many-sum b").first.inner_text() == "1"
        walk.go(page, page.get_by_role("link", name=chinese("Back to the list")))
        page.get_by_text(chinese("Take away")).first.click()
        with page.expect_download() as download:
            walk.press(page.get_by_role("link", name="CSV", exact=True))
        assert "档案归档不及时" in download.value.path().read_text(encoding="utf-8-sig")
        walk.stands(page, "taken-away")


def test_the_office_signs_what_is_in_order_and_sends_back_what_is_not_with_its_reason(house: House) -> None:
    title, reason = "档案归档不及时", "抽查记录缺少第三季度的材料，请补齐后再报"
    with journey(house, "07-office-sends-back", DESK) as walk:
        page = walk.begin("clerk")
        walk.stands(page, "start")
        walk.go(page, waiting(page, "会议费报销缺少会议通知").locator(".step-words a"))
        act(page, "closure-sign", note="资料齐全")
        assert has_done(page)
        assert stage_of(page) == "closed"
        walk.go(page, page.locator("nav.mainnav").get_by_role("link", name=chinese("Start")))
        walk.go(page, waiting(page, title).locator(".step-words a"))
        act(page, "closure-send-back", reason="太短")
        assert page.locator("#refusal").count() == 1
        assert stage_of(page) == "closure_requested"
        walk.stands(page, "too-short")
        act(page, "closure-send-back", reason=reason)
        assert has_done(page)
        assert stage_of(page) == "rectifying"
        assert reason in page.inner_text("main")
        walk.stands(page, "sent-back")
