"""The whole way to the closing by keyboard alone (全程键盘办理), everything found by role and name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from web.hands import stage_of
from web.journeys.keys import Keys
from web.journeys.walking import DESK, chinese, journey, waiting

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Locator, Page

    from web.house import House
    from web.journeys.walking import Journey

pytestmark = pytest.mark.chromium

TITLE = "窗口办事群众排队时间长"
PROOF = "叫号系统运行记录"


def at(walk: Journey, username: str) -> tuple[Page, Keys]:
    """A person is led by the start page to the finding, past the head of the page by its first link."""
    page = walk.begin(username)
    keys = Keys(page)
    keys.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    keys.press("Enter")
    keys.follow(waiting(page, TITLE).locator("a").first)
    assert TITLE in page.inner_text("h1")
    return page, keys


def post(walk: Journey, page: Page, verb: str, finding: str = "") -> int:
    """The status of a form about a finding sent past the buttons, with the page's own token and cookies."""
    status: int = page.evaluate(
        """async (path) => {
          const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
          const version = document.querySelector("[name=version]")?.value || "1";
          const body = new URLSearchParams({ csrfmiddlewaretoken: token, version, note: "x" });
          return (await fetch(path, { method: "POST", body })).status;
        }""",
        f"{(finding or page.url).partition('#')[0].removeprefix(walk.house.address)}{verb}/",
    )
    return status


def test_a_finding_goes_from_the_ledger_to_its_closing_by_keys_alone(house: House, tmp_path: Path) -> None:
    paper = tmp_path / "叫号记录.txt"
    paper.write_text("虚构材料：高峰时段平均等候9分钟，抽查十天。\n", encoding="utf-8")
    with journey(house, "12-closing-by-keys", DESK) as walk:
        assigned(walk)
        worked_on(walk, paper)
        judged(walk)
        closed(walk)


def assigned(walk: Journey) -> None:
    """The office says what the finding is, what shows that it is put right, and who answers for it."""
    page, keys = at(walk, "clerk")
    form = keys.unfold("finding-classify")
    keys.choose(form, label_of(form, "nature"), "time_bound")
    for name in ("money_required", "people_required"):
        keys.choose(form, label_of(form, name), "no")
    keys.choose(form, label_of(form, "cause_required"), "yes")
    keys.send(form)
    form = keys.unfold("criterion-add")
    keys.type(form, label_of(form, "text"), "高峰时段平均等候不超过15分钟")
    keys.send(form)
    form = keys.unfold("finding-assign")
    keys.choose(form, label_of(form, "unit_id"), "财务科")
    keys.choose(form, label_of(form, "leader_id"), "赵示例")
    keys.send(form)
    assert stage_of(page) == "assigned"
    walk.stands(page, "assigned")


def worked_on(walk: Journey, paper: Path) -> None:
    """The head takes it on; the handler does the measure, proves it and reports."""
    page = walk.begin("head")
    keys = Keys(page)
    keys.reach(waiting(page, TITLE).get_by_role("button", name=chinese("Accept the assignment")))
    with page.expect_navigation():
        keys.press("Enter")
    assert page.locator(".note-success").count() == 1
    page, keys = at(walk, "handler")
    form = keys.unfold("measure-complete")
    keys.type(form, label_of(form, "result"), "叫号系统已启用，高峰增开2个窗口")
    keys.send(form)
    form = keys.unfold("evidence-add")
    keys.file(form, label_of(form, "file"), paper)
    keys.type(form, label_of(form, "title"), PROOF)
    keys.type(form, label_of(form, "proves"), "抽查十天，平均等候9分钟，其他窗口未发现同类问题")
    keys.date(form, label_of(form, "proves_on"), timezone.localdate().isoformat())
    keys.choose(form, label_of(form, "kind"), "record")
    keys.send(form)
    for requirement in ("similar", "cause"):
        form = keys.unfold("requirement-answer")
        keys.choose(form, label_of(form, "requirement"), requirement)
        keys.choose(form, label_of(form, "evidence_id"), PROOF)
        keys.send(form)
    form = keys.unfold("progress-report")
    keys.choose(form, label_of(form, "progress"), "done")
    keys.type(form, label_of(form, "narrative"), "叫号系统8月启用，高峰时段平均等候降到9分钟。")
    keys.send(form)
    walk.stands(page, "proved")


def judged(walk: Journey) -> None:
    """Another person judges effect and criterion; nothing is missing then."""
    page, keys = at(walk, "verifier")
    form = keys.unfold("evidence-judge")
    keys.pick(form, label_of(form, "effect"))
    keys.type(form, label_of(form, "note"), "到大厅现场看了十天记录，属实。")
    keys.send(form)
    form = keys.unfold("criterion-judge")
    keys.pick(form, label_of(form, "met"))
    keys.tick(form, PROOF)
    keys.type(form, label_of(form, "note"), "平均等候9分钟，标准达到。")
    keys.send(form)
    assert page.locator(".gate-not_met").count() == 0, page.inner_text(".gates-card")
    walk.stands(page, "judged")


def closed(walk: Journey) -> None:
    """The head asks and can sign nothing; the leader signs, then the office; no other ever could."""
    page, keys = at(walk, "head")
    form = keys.unfold("closure-request")
    keys.type(form, label_of(form, "statement"), "排队时间已经降下来，佐证齐全，申请销号。")
    keys.send(form)
    assert stage_of(page) == "closure_requested"
    assert not page.locator("form[action$='/closure-sign/']").count()
    assert post(walk, page, "closure-sign") in {403, 404, 409, 422}
    outside = walk.begin("admin")
    assert post(walk, outside, "closure-sign", page.url) in {403, 404}
    for username, stage in (("leader", "closure_requested"), ("clerk", "closed")):
        page, keys = at(walk, username)
        form = keys.unfold("closure-sign")
        keys.type(form, label_of(form, "note"), "同意")
        keys.send(form)
        assert stage_of(page) == stage
        # no second step for the same hand
        assert not page.locator("form[action$='/closure-sign/']").count()
        walk.stands(page, f"{username}-signed")
    # every record of it stands in the chain, unbroken
    keys.follow(page.locator(".crumbs a").last)
    keys.follow(keys.named("link", chinese("Trail")))
    for ask in page.get_by_role("link", name=chinese("Check the whole chain now")).all():
        keys.follow(ask)
    assert page.locator(".note-success").count() >= 1
    assert not page.locator(".note-error").count()
    walk.stands(page, "trail")


def label_of(form: Locator, name: str) -> str:
    """What a screen reader calls a field of the form."""
    said: str = form.locator(f"[name={name}]").first.evaluate("one => one.labels[0].innerText.trim()")
    assert said, name
    return said
