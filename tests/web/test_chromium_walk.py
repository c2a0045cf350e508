"""The whole way in a real browser: a noisy notice, two panes, the ledger, a refusal, two hands, closed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from django.utils import translation

import zhenggai.ops
from web.hands import act, fill, fits, has_done, stage_of
from web.house import House, standing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

pytestmark = pytest.mark.chromium

NOTICE = Path(zhenggai.ops.__file__).parent / "samples" / "twin.txt"
TITLE = "古树名木保护措施落实不到位"
CORRECTED = "古树名木保护措施落实仍不到位"
INSPECTION = "星河区园林局巡察整改"
MEASURE = "逐株落实古树名木养护责任人"
CRITERION = "随机抽查十株古树，责任牌和养护记录齐全"
PROOF = "古树抽查记录"
# the page speaks Chinese; which words it uses is the catalogue's matter
UNMET = (
    "No measure is planned; at least one has to be planned and done.",
    "No acceptance criterion is set; at least one has to be set and judged met.",
    "No evidence of this round is filed; meetings and papers alone do not close a finding.",
    "No evidence of this round shows that the same fault was looked for elsewhere.",
    "No evidence of this round shows that the cause was treated or a rule made.",
)


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    with standing("walk_server.py") as house:
        yield house


def chinese(sentence: str) -> str:
    with translation.override("zh-hans"):
        return translation.gettext(sentence)


def receive(house: House) -> tuple[str, str]:
    """The clerk hands the notice in, corrects a title and confirms. Paths of the ledger and the finding."""
    page = house.enter("clerk")
    page.click("nav.mainnav a[href='/intake/']")
    page.click("a[href='/intake/upload/'] >> nth=0")
    fill(page.locator("[name=organisation_id]"), "云山县示例局")
    page.set_input_files("[name=file]", NOTICE)
    page.click("form.upload button[type=submit]")
    page.wait_for_url("**/intake/*/")
    assert page.locator(".original-text").is_visible()
    assert page.locator("#draft-form").is_visible()
    readings = page.locator("del.edit-reading")
    assert readings.count() > 100
    assert readings.first.evaluate("one => getComputedStyle(one).textDecorationLine") == "line-through"
    assert readings.first.get_attribute("title")
    assert page.locator("article.finding").count() == 15
    wrong = page.locator("textarea[name^=finding-][name$=-title]").nth(1)
    assert wrong.input_value() == TITLE
    wrong.fill(CORRECTED)
    page.wait_for_selector("[data-save-state][data-kind=saved]")
    page.reload()
    assert page.locator("textarea[name^=finding-][name$=-title]").nth(1).input_value() == CORRECTED
    draft = urlsplit(page.url).path
    page.goto(house.address)
    # the notice has no title of its own; its file's name leads back to the draft
    page.click(f"a[href='{draft}']:has-text('{NOTICE.name}')")
    page.wait_for_url(house.address + draft)
    page.set_viewport_size({"width": 390, "height": 844})
    assert fits(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    assert fits(page)
    page.check("[name=inspection][value=new]")
    page.fill("#new-title", INSPECTION)
    fill(page.locator("#new-subject"), "云山县示例局")
    if page.locator("[name=dismiss_rest]").count():
        page.check("[name=dismiss_rest]")
    page.click("[data-confirm]")
    page.wait_for_url("**/inspections/*/")
    ledger = urlsplit(page.url).path
    assert INSPECTION in page.inner_text("h1")
    assert page.locator("#ledger tbody tr").count() == 15
    # what the document says was done is its claim; here everything is only registered
    assert page.locator("#ledger tbody .mark-registered").count() == 15
    page.fill(".filters [name=text]", "古树")
    page.press(".filters [name=text]", "Enter")
    page.wait_for_url("**text=*")
    page.wait_for_selector("#ledger tbody tr:only-child")
    page.click(f"th.col-title a:has-text('{CORRECTED}')")
    page.wait_for_url("**/findings/*/")
    finding = urlsplit(page.url).path
    page.context.close()
    return ledger, finding


def assign(house: House, finding: str) -> None:
    page = house.enter("clerk", finding)
    act(
        page,
        "finding-classify",
        nature="time_bound",
        money_required="no",
        people_required="no",
        cause_required="yes",
    )
    assert has_done(page)
    act(page, "finding-assign", leader_id="赵示例", unit_id="财务科", due="2035-12-31")
    assert has_done(page)
    assert stage_of(page) == "assigned"
    page.context.close()


def be_refused(house: House, finding: str) -> None:
    """The head accepts, reports and asks too early; each unmet condition stands on the page."""
    page = house.enter("head", finding)
    act(page, "finding-accept")
    assert has_done(page)
    act(page, "progress-report", progress="done", narrative="养护责任已逐株落实，共核对古树12株。")
    assert has_done(page)
    before = stage_of(page)
    act(page, "closure-request", statement="古树养护责任已经落实，申请销号。")
    said = page.inner_text("#refusal")
    for sentence in UNMET:
        assert chinese(sentence) != sentence
        assert chinese(sentence) in said
        assert chinese(sentence) in page.inner_text(".gates-card")
    assert page.locator(".gate-not_met").count() == len(UNMET)
    # what was typed is kept
    assert page.input_value("form[action$='/closure-request/'] [name=statement]").startswith("古树养护责任")
    page.goto(house.address + finding)
    assert stage_of(page) == before
    page.context.close()


def plan(house: House, finding: str) -> None:
    page = house.enter("clerk", finding)
    act(page, "measure-add", text=MEASURE, due="2035-06-30")
    assert has_done(page)
    act(page, "criterion-add", text=CRITERION)
    assert has_done(page)
    page.context.close()


def work(house: House, finding: str, folder: Path) -> None:
    """The handler does the measure, files a record and names it for what else must be dealt with."""
    paper = folder / "抽查记录.txt"
    paper.write_text("虚构材料：抽查古树十株，责任牌、养护记录齐全。\n", encoding="utf-8")
    page = house.enter("handler", finding)
    act(page, "measure-complete", result="12株古树均已明确责任人并签约")
    assert has_done(page)
    act(
        page,
        "evidence-add",
        file=paper,
        title=PROOF,
        proves="抽查十株，养护记录全部齐全，未再发现同类问题",
        proves_on="2026-08-20",
        kind="record",
    )
    assert has_done(page)
    with page.expect_download() as download:
        page.click(f"a:has-text('{paper.name}')")
    assert Path(download.value.path()).read_bytes() == paper.read_bytes()
    act(page, "requirement-answer", requirement="similar", evidence_id=PROOF)
    assert has_done(page)
    # who fixes it judges neither the effect nor the criterion
    assert not page.locator("form[action$='/evidence-judge/'], form[action$='/criterion-judge/']").count()
    page.context.close()


def judge(house: House, finding: str) -> None:
    """Another person judges effect and criterion; the office signs that one requirement does not apply."""
    page = house.enter("verifier", finding)
    act(page, "evidence-judge", effect="yes", note="到现场抽查十株，与记录一致。")
    assert has_done(page)
    act(page, "criterion-judge", met="yes", evidence_ids=True, note="抽查十株，标准达到。")
    assert has_done(page)
    page.context.close()
    page = house.enter("clerk", finding)
    act(
        page,
        "requirement-waive",
        requirement="cause",
        reason="养护制度此前已经修订，本问题不涉及新的制度缺口",
    )
    assert has_done(page)
    assert not page.locator(".gate-not_met").count()
    page.context.close()


def close(house: House, finding: str) -> None:
    """The head asks and cannot sign; the leader signs, then the office; an administrator never could."""
    page = house.enter("head", finding)
    act(page, "closure-request", statement="问题已整改到位，佐证齐全，申请销号。")
    assert has_done(page)
    assert stage_of(page) == "closure_requested"
    assert not page.locator("form[action$='/closure-sign/']").count()
    assert posted_by_force(page, finding) in {403, 404, 409, 422}
    page.goto(house.address + finding)
    assert stage_of(page) == "closure_requested"
    page.context.close()
    outside = house.enter("admin")
    assert posted_by_force(outside, finding) in {403, 404}
    outside.context.close()
    for username, stage in (("leader", "closure_requested"), ("clerk", "closed")):
        page = house.enter(username, finding)
        act(page, "closure-sign", note="同意")
        assert has_done(page)
        assert stage_of(page) == stage
        # no second step for the same hand
        assert not page.locator("form[action$='/closure-sign/']").count()
        page.context.close()


def posted_by_force(page: Page, finding: str) -> int:
    """The status of a signature posted past the buttons, with the page's own token and cookies."""
    status: int = page.evaluate(
        """async (path) => {
          const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
          const version = document.querySelector("[name=version]")?.value || "1";
          const body = new URLSearchParams({ csrfmiddlewaretoken: token, version, note: "x" });
          return (await fetch(path, { method: "POST", body })).status;
        }""",
        f"{finding}closure-sign/",
    )
    return status


def test_a_noisy_notice_becomes_a_ledger_and_one_finding_closes_by_two_other_hands(
    house: House, tmp_path: Path
) -> None:
    ledger, finding = receive(house)
    assign(house, finding)
    be_refused(house, finding)
    plan(house, finding)
    work(house, finding, tmp_path)
    judge(house, finding)
    close(house, finding)

    page = house.enter("clerk", ledger)
    assert page.locator("#ledger tbody .mark-closed").count() == 1
    page.goto(f"{house.address}{ledger}trail/?check=yes")
    assert page.locator(".note-success").count() >= 1
    assert not page.locator(".note-error").count()
    page.set_viewport_size({"width": 390, "height": 844})
    for path in ("/", ledger, finding, f"{ledger}trail/", "/intake/", "/intake/upload/", "/password/"):
        page.goto(house.address + path)
        assert page.get_attribute("html", "lang") == "zh-Hans"
        assert fits(page), f"{path} is wider than a telephone"
    assert house.hosts == {house.address}
    assert house.faults == []
