"""Seven people, each before a browser of their own, carry what was fed back until it is closed.

A long-term problem goes from the feedback through two stages and a re-check that fails to a successor that is
closed. Everybody begins on the start page, for there the next step waits for them.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from django.utils import timezone

from web.hands import act, fill, fits, has_done, stage_of
from web.house import House, standing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

pytestmark = pytest.mark.chromium

FEEDBACK = """县委第二巡察组关于巡察云山县示例局党组的反馈意见
根据县委统一部署，2026年8月3日，县委第二巡察组向示例局党组反馈了巡察意见。
一、巡察发现的主要问题
（一）会议费报销缺少会议通知。
抽查会议费报销凭证20份，其中6份没有会议通知和签到表。
（二）固定资产账实不符。
账面登记而实物不存的办公设备有9台。
"""
PEOPLE = ("clerk", "group", "head", "handler", "verifier", "leader", "inspector")
DESK, PHONE = 1280, 390
# a folder in which a picture of every step is kept
SCREENSHOTS = os.environ.get("ZHENGGAI_TEST_SCREENSHOTS", "")


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    with standing("people_server.py") as house:
        yield house


@dataclass
class Walk:
    """The people, the device they hold now, and the ledger that they work on."""

    house: House
    folder: Path
    width: int = DESK
    pages: dict[str, Page] = field(default_factory=dict)
    ledger: str = ""
    taken: int = 0

    def before(self, username: str) -> Page:
        """The browser of a person, who signs in once, on the device in hand."""
        if username not in self.pages:
            self.pages[username] = self.house.enter(username, width=self.width)
        self.pages[username].set_viewport_size({"width": self.width, "height": 900})
        return self.pages[username]

    def stands(self, page: Page, what: str) -> None:
        """The page fits either device; a picture is kept where somebody wants it."""
        self.taken += 1
        for width in (DESK, PHONE):
            page.set_viewport_size({"width": width, "height": 900})
            assert fits(page), f"{what}: {page.url} is wider than {width}"
            if SCREENSHOTS and width == self.width:
                Path(SCREENSHOTS).mkdir(parents=True, exist_ok=True)
                name = f"seven-{self.taken:02}-{width}-{what}.png"
                page.screenshot(path=Path(SCREENSHOTS, name), full_page=True)
        page.set_viewport_size({"width": self.width, "height": 900})

    def find(self, username: str, finding: str) -> Page:
        """A person goes to the finding by what waits for them on the start page."""
        page = self.before(username)
        page.goto(self.house.address)
        self.stands(page, f"{username}-start")
        way = page.locator(f"[aria-labelledby=waiting-heading] a[href='{finding}']")
        assert way.count(), f"nothing of {finding} waits for {username}"
        with page.expect_navigation():
            way.first.click()
        return page

    def do(self, page: Page, verb: str, **values: Any) -> None:
        """One action on the page of a finding or plan, that is done."""
        act(page, verb, **values)
        assert has_done(page), f"{verb}: {page.inner_text('main')[:600]}"
        self.stands(page, verb)

    def receive(self) -> list[str]:
        """The clerk uploads the feedback and confirms what was read. The addresses of its findings."""
        source = self.folder / "反馈意见.txt"
        source.write_text(FEEDBACK, encoding="utf-8")
        page = self.before("clerk")
        page.goto(self.house.address)
        page.click(".page-ways a[href='/intake/']")
        page.click("a[href='/intake/upload/'] >> nth=0")
        fill(page.locator("[name=organisation_id]"), "云山县示例局")
        page.set_input_files("[name=file]", source)
        self.stands(page, "upload")
        page.click("form.upload button[type=submit]")
        page.wait_for_url("**/intake/*/")
        page.wait_for_selector("#draft-form")
        self.stands(page, "draft")
        page.check("[name=inspection][value=new]")
        page.fill("#new-title", "示例局巡察整改")
        fill(page.locator("#new-subject"), "云山县示例局")
        fill(page.locator("#new-body"), "云山县委巡察办")
        assert page.is_checked("[name=new_plan_required]")
        if page.locator("[name=dismiss_rest]").count():
            page.check("[name=dismiss_rest]")
        page.click("[data-confirm]")
        page.wait_for_url("**/inspections/*/")
        self.stands(page, "ledger")
        self.ledger = urlsplit(page.url).path
        ways = page.locator("#ledger tbody th.col-title a").all()
        return [urlsplit(way.get_attribute("href") or "").path for way in ways]

    def set_up(self, finding: str, nature: str) -> None:
        """The office says what the finding is and who answers for it, and plans a measure and a criterion."""
        page = self.find("clerk", finding)
        self.do(
            page,
            "finding-classify",
            nature=nature,
            money_required="no",
            people_required="no",
            cause_required="yes",
        )
        self.do(page, "finding-assign", leader_id="赵示例", unit_id="财务科", due="2035-12-31")
        self.do(page, "measure-add", text="逐项清查并建立台账", due="2035-06-30")
        self.do(page, "criterion-add", text="随机抽查十份，账实一致、手续齐全")

    def approve(self) -> None:
        """The set-up page leads the clerk to the plan; the leading group finds it on its start page."""
        page = self.before("clerk")
        page.goto(self.house.address + self.ledger)
        with page.expect_navigation():
            page.click(f"a[href='{self.ledger}setup/'] >> nth=0")
        self.stands(page, "setup")
        with page.expect_navigation():
            page.click(f".setup-step a.btn-primary[href^='{self.ledger}plan/']")
        self.do(page, "submit", statement="两个问题均已明确措施、责任和时限。")
        page = self.before("group")
        page.goto(self.house.address)
        with page.expect_navigation():
            page.click("[aria-labelledby=waiting-heading] a[href^='/plans/'] >> nth=0")
        self.do(page, "sign", note="同意。")

    def work(self, finding: str, *, accept: bool = True, measure: bool = True) -> None:
        """The unit's head takes it on; the handler does the measure and files what shows it."""
        if accept:
            self.do(self.find("head", finding), "finding-accept")
        page = self.find("handler", finding)
        self.do(page, "progress-report", progress="done", narrative="已逐项清查完毕，共核对二十份。")
        if measure:
            self.do(page, "measure-complete", result="二十份凭证、八十六台设备均已核对登记")
        paper = self.folder / "抽查记录.txt"
        paper.write_text(f"虚构材料：{finding} {self.taken} {timezone.now()}\n", encoding="utf-8")
        self.do(
            page,
            "evidence-add",
            file=paper,
            title="抽查记录",
            proves="抽查十份，账实一致，其他科室未发现同类问题",
            proves_on=timezone.localdate().isoformat(),
            kind="record",
        )
        self.do(page, "requirement-answer", requirement="similar", evidence_id="抽查记录")
        self.do(page, "requirement-answer", requirement="cause", evidence_id="抽查记录")

    def judge(self, finding: str, left: int = 0) -> None:
        """The verifier judges effect and criterion; what is left unmet is said with the request."""
        page = self.find("verifier", finding)
        self.do(page, "evidence-judge", effect="yes", note="到现场抽查十份，与记录一致。")
        self.do(page, "criterion-judge", met="yes", evidence_ids=True, note="抽查十份，标准达到。")
        assert page.locator(".gate-not_met").count() == left, page.inner_text(".gates-card")

    def close(self, finding: str, reached: str, **stage: str) -> None:
        """The head asks, the leader signs, then the office."""
        page = self.find("head", finding)
        self.do(page, "closure-request", statement="问题已整改到位，佐证齐全，申请销号。", **stage)
        for username, stands in (("leader", "closure_requested"), ("clerk", reached)):
            page = self.find(username, finding)
            self.do(page, "closure-sign", note="同意。")
            assert stage_of(page) == stands

    def go_on(self, finding: str) -> None:
        """The inspecting body looks again and it holds; the office begins the next stage."""
        page = self.look_up("inspector", finding)
        self.do(
            page,
            "recheck-record",
            on=timezone.localdate().isoformat(),
            holds="yes",
            text="抽查两个科室的设备，账实相符。",
            next_on=day_from_today(90),
        )
        page = self.look_up("clerk", finding)
        self.do(page, "stage-begin", goal="清查范围扩大到全部下属单位", due="2035-12-31")
        assert stage_of(page) == "rectifying"

    def come_back(self, finding: str) -> str:
        """The inspecting body finds that it did not hold. The address of what goes on in its place."""
        page = self.look_up("inspector", finding)
        self.do(
            page,
            "recheck-record",
            on=timezone.localdate().isoformat(),
            holds="no",
            text="又有三台设备账上没有登记。",
        )
        with page.expect_navigation():
            page.click("#afterwards a:has-text('反弹1')")
        self.stands(page, "successor")
        assert stage_of(page) == "registered"
        return urlsplit(page.url).path

    def look_up(self, username: str, finding: str) -> Page:
        """A person finds what is closed in the ledger, to which the start page leads."""
        page = self.before(username)
        page.goto(self.house.address)
        with page.expect_navigation():
            page.click(f"[aria-labelledby=inspections-heading] a[href='{self.ledger}']")
        self.stands(page, f"{username}-ledger")
        with page.expect_navigation():
            page.click(f"#ledger a[href^='{finding}']")
        return page


def test_seven_people_carry_what_was_fed_back_until_it_is_closed(house: House, tmp_path: Path) -> None:
    walk = Walk(house, tmp_path)
    short, long = walk.receive()
    walk.set_up(short, "time_bound")
    walk.width = PHONE
    walk.set_up(long, "long_term")
    walk.width = DESK
    walk.approve()

    walk.width = PHONE
    goal = {"stage_goal": "账实相符，每季盘点一次", "recheck_on": day_from_today(90)}
    walk.work(long)
    walk.judge(long, left=1)
    walk.close(long, "stage_closed", **goal)
    walk.go_on(long)
    walk.work(long, accept=False, measure=False)
    walk.judge(long, left=1)
    walk.close(long, "stage_closed", **goal)

    successor = walk.come_back(long)
    walk.set_up(successor, "time_bound")
    walk.approve()
    walk.work(successor)
    walk.judge(successor)
    walk.close(successor, "closed")

    page = walk.look_up("inspector", successor)
    assert page.locator(f"#afterwards a[href='{long}']").count()
    assert set(walk.pages) == set(PEOPLE)
    assert len({each.context for each in walk.pages.values()}) == len(PEOPLE)
    page.goto(f"{house.address}{walk.ledger}")
    assert page.locator("#ledger tbody .mark-closed").count() == 1
    assert page.locator("#ledger tbody .mark-stage_closed").count() == 1
    assert house.hosts == {house.address}
    assert house.faults == []


def day_from_today(days: int) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()
