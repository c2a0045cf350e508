"""Journeys of those who decide: leader, inspecting body, administrator, and anybody before a closed door."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from web.hands import act, fill, has_done
from web.journeys.walking import DESK, PHONE, WALL, chinese, journey, waiting
from web.world import PASSWORD

if TYPE_CHECKING:
    from web.house import House

pytestmark = pytest.mark.chromium


def test_a_leader_signs_all_that_waits_on_one_page_with_its_conditions_before_him(house: House) -> None:
    with journey(house, "06-leader-signs-several", DESK) as walk:
        page = walk.begin("leader")
        walk.stands(page, "start")
        walk.go(page, page.get_by_role("link", name=chinese("Sign them on one page")))
        rows = page.locator(".sign-row")
        assert rows.count() == 2
        for place in range(2):
            walk.press(rows.nth(place).locator(".sign-gates summary"))
            gates = rows.nth(place).locator(".gate")
            assert gates.count() >= 5
            assert rows.nth(place).locator(".gate-not_met").count() == 0
            walk.press(rows.nth(place).get_by_role("checkbox"))
        page.get_by_label(chinese("Note")).first.fill("已看过佐证，同意。")
        walk.press(page.locator(".sign-confirm").get_by_role("checkbox"))
        walk.stands(page, "ticked")
        walk.go(page, page.get_by_role("button", name=chinese("Sign what is ticked")))
        assert page.locator(".sign-done li.is-signed, .sign-done li:not(.is-refused)").count() == 2
        assert page.locator(".sign-done li.is-refused").count() == 0
        walk.stands(page, "signed")
        # the way, two looks and ticks, his word that he looked, one button
        assert walk.presses == 7
        walk.go(page, page.get_by_role("link", name=chinese("Start")).first)
        assert not page.get_by_role("link", name=chinese("Sign them on one page")).count()


def test_the_inspecting_body_compares_approves_a_plan_and_confirms_a_closing(house: House) -> None:
    with journey(house, "08-inspecting-body", WALL) as walk:
        page = walk.begin("inspector")
        walk.stands(page, "start")
        walk.go(page, page.get_by_role("link", name=chinese("Figures of any day")))
        assert page.locator("main tbody tr").count() >= 4
        walk.stands(page, "side-by-side")
        walk.go(page, page.get_by_role("link", name=chinese("Start")).first)
        walk.go(page, waiting(page, "云山县示例局专项巡察").get_by_role("link"))
        act(page, "sign", note="措施具体，同意。")
        assert has_done(page)
        walk.stands(page, "plan-approved")
        walk.go(page, page.get_by_role("link", name=chinese("Start")).first)
        walk.go(page, waiting(page, "公务接待费超标准列支").locator(".step-words a"))
        act(page, "closure-sign", note="现场复核，情况属实。")
        assert has_done(page)
        assert page.locator(".page-head .mark-closed").count() == 1
        walk.stands(page, "closing-confirmed")


def test_whoever_half_remembers_finds_it_from_any_page_by_ctrl_k(house: House) -> None:
    with journey(house, "09-anybody-searches", DESK) as walk:
        page = walk.begin("verifier")
        page.keyboard.press("Control+k")
        page.keyboard.type("接待")
        page.wait_for_selector("#search-found .search-hit")
        walk.stands(page, "found")
        page.keyboard.press("ArrowDown")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert "公务接待费超标准列支" in page.inner_text("h1")
        walk.stands(page, "opened")


def test_an_administrator_enters_a_person_who_then_finds_work_on_the_start_page(house: House) -> None:
    with journey(house, "10-administrator-enters-a-person", DESK) as walk:
        page = walk.begin("admin")
        walk.go(page, page.get_by_role("link", name=chinese("People and posts")).first)
        walk.go(page, page.get_by_role("link", name=chinese("Enter a person")).first)
        fill(page.locator("main [name=organisation_id]"), "财务科")
        page.fill("main [name=username]", "xin")
        page.fill("main [name=name]", "新样例")
        walk.stands(page, "entering")
        walk.go(page, page.locator("main").get_by_role("button", name=chinese("Enter a person")))
        first = page.locator(".one-time").inner_text()
        walk.go(page, page.locator("main a.btn-primary"))
        assert "新样例" in page.inner_text("h1")
        fold = page.locator("details.act:has([name=role])").first
        # without a post the person sees nothing, so that the form is open already
        assert fold.get_attribute("open") is not None
        fill(fold.locator("[name=role]"), "handler")
        fill(fold.locator("[name=organisation_id]"), "财务科")
        with page.expect_navigation():
            fold.locator("button[type=submit]").click()
        assert has_done(page), page.inner_text("main")
        walk.stands(page, "post-given")

        page = walk.house.look(width=walk.width)
        page.fill("[name=username]", "xin")
        page.fill("[name=password]", first)
        with page.expect_navigation():
            page.press("[name=password]", "Enter")
        # nothing else opens before the password is a person's own
        page.fill("[name=present]", first)
        for name in ("password", "again"):
            page.fill(f"main [name={name}]", PASSWORD)
        with page.expect_navigation():
            page.press("[name=again]", "Enter")
        walk.go(page, page.locator("nav.mainnav").get_by_role("link", name=chinese("Start")))
        assert page.get_by_role("link", name=chinese("Report with photo")).count()
        walk.stands(page, "first-day")
        page.context.close()


def test_whoever_has_no_account_is_told_what_this_is_and_no_more(house: House) -> None:
    with journey(house, "11-nobody-before-the-door", PHONE) as walk:
        page = house.look(width=walk.width, touch=True)
        assert page.get_by_role("note").inner_text()
        walk.stands(page, "door")
        page.fill("[name=username]", "nobody")
        page.fill("[name=password]", "不知道的口令-2026")
        walk.go(page, page.locator("main form button[type=submit]"))
        assert page.locator("#refusal").inner_text()
        assert page.evaluate("document.activeElement.id") == "refusal"
        walk.stands(page, "refused")
        page.get_by_role("link", name=chinese("Help")).first.focus()
        walk.press(page.get_by_role("link", name=chinese("Help")).first)
        page.wait_for_selector("#help-dialog[open], main h1")
        walk.stands(page, "help")
        page.keyboard.press("Escape")
        walk.press(page.locator("details.menu summary").first)
        with page.expect_navigation():
            page.locator("button[name=language][value=en]").tap()
        assert page.get_attribute("html", "lang") == "en"
        page.context.close()
