"""The deadline on the finding's page: asked for, approved, refused with what was typed, shown for ever."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from web.world import World
from zhenggai.ledger import services
from zhenggai.ledger.models import DeadlineRequest, Finding

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

REASON = "设备招标流标一次，需要重新组织。"
FAR = date(2099, 12, 31)
# of the places in the world the one that is being worked on
PLACE = 2


def page_of(client: Client, finding: Finding) -> str:
    return client.get(f"/findings/{finding.pk}/").content.decode()


def sent(client: Client, finding: Finding, verb: str, **data: Any) -> Any:
    finding.refresh_from_db()
    return client.post(f"/findings/{finding.pk}/{verb}/", {"version": finding.version, **data})


def test_an_extension_is_asked_for_and_approved_on_the_page(
    world: World, browser: Callable[[str], Client]
) -> None:
    finding = world.finding(PLACE)
    first = finding.due
    handler = browser("handler")
    assert 'id="deadline"' in page_of(handler, finding)
    assert sent(handler, finding, "extension-request", new_due="2099-12-31", reason=REASON).status_code == 302
    shown = page_of(handler, finding)
    assert "extension asked for" in shown
    assert REASON in shown
    assert "approval awaited" in shown
    assert "deadline-withdraw" in shown
    assert "extension-request" not in shown
    home = browser("leader").get("/").content.decode()
    assert "Requests about deadlines that wait for your approval" in home
    assert sent(browser("leader"), finding, "deadline-sign", note="情况属实。").status_code == 302
    assert sent(browser("clerk"), finding, "deadline-sign").status_code == 302
    finding.refresh_from_db()
    assert (finding.due, finding.first_due) == (FAR, first)
    shown = page_of(browser("auditor"), finding)
    assert "First due date" in shown
    assert f"{first:%Y-%m-%d}" in shown
    assert "“情况属实。”" in shown
    assert "deadline-sign" not in shown


def test_the_list_marks_what_is_asked_for(world: World, browser: Callable[[str], Client]) -> None:
    world.do("handler", PLACE, services.extension_request, new_due=FAR, reason=REASON)
    listed = browser("clerk").get(f"/inspections/{world.inspection_id}/").content.decode()
    assert listed.count("extension asked for") == 1


def test_a_refusal_keeps_what_was_typed(world: World, browser: Callable[[str], Client]) -> None:
    finding = world.finding(PLACE)
    response = sent(browser("handler"), finding, "extension-request", new_due="2020-01-01", reason=REASON)
    shown = response.content.decode()
    assert response.status_code == 422
    assert "is not later than both the due date in force" in shown
    assert REASON in shown
    assert not DeadlineRequest.objects.filter(finding=finding).exists()


def test_fields_that_no_form_has_change_nothing(world: World, browser: Callable[[str], Client]) -> None:
    finding = world.finding(PLACE)
    forged = {
        "state": "granted",
        "kind": "long_term",
        "due": "2099-01-01",
        "due_before": "2099-01-01",
        "asked_on": "2020-01-01",
        "by": str(world.people["leader"]),
        "decided_by": str(world.people["clerk"]),
        "finding_id": str(world.finding_ids[0]),
        "object_id": "1",
    }
    data = {**forged, "new_due": "2099-12-31", "reason": REASON}
    assert sent(browser("handler"), finding, "extension-request", **data).status_code == 302
    asked = DeadlineRequest.objects.get()
    assert (asked.finding_id, asked.kind, asked.state) == (finding.pk, "extension", "open")
    assert (asked.by_id, asked.due_before) == (world.people["handler"], finding.due)
    finding.refresh_from_db()
    assert finding.due == asked.due_before


def test_long_term_work_is_asked_for_with_its_goal(world: World, browser: Callable[[str], Client]) -> None:
    finding = world.finding(PLACE)
    data = {"stage_goal": "每季核对一次台账。", "recheck_on": "2099-12-31", "reason": REASON}
    assert sent(browser("handler"), finding, "long-term-request", **data).status_code == 302
    shown = page_of(browser("leader"), finding)
    assert "每季核对一次台账。" in shown
    assert "long-term rectification asked for" in shown
    for name in ("leader", "clerk"):
        assert sent(browser(name), finding, "deadline-sign").status_code == 302
    finding.refresh_from_db()
    assert (finding.nature, finding.due) == ("long_term", None)
    shown = page_of(browser("head"), finding)
    assert "none any more: long-term" in shown
    assert "extension-request" not in shown


def test_a_suspension_is_shown_and_stops_the_work(world: World, browser: Callable[[str], Client]) -> None:
    finding = world.finding(PLACE)
    reason = "司法机关正在核查同一事项。"
    assert sent(browser("clerk"), finding, "suspension-begin", reason=reason).status_code == 302
    shown = page_of(browser("handler"), finding)
    assert "neither work nor closing until it is resumed" in shown
    assert reason in shown
    refused = sent(browser("handler"), finding, "progress-report", progress="done", narrative="完成。")
    assert refused.status_code == 409
    assert "while the work on this finding is suspended" in refused.content.decode()
    listed = browser("clerk").get(f"/inspections/{world.inspection_id}/").content.decode()
    assert "mark-suspended" in listed
    ended = sent(browser("group"), finding, "suspension-end", reason="核查已经结束，恢复整改。")
    assert ended.status_code == 302
    shown = page_of(browser("handler"), finding)
    assert "resumed by" in shown
    assert "mark-suspended" not in shown


def test_signers_and_applicant_are_told(
    world: World, browser: Callable[[str], Client], django_capture_on_commit_callbacks: Any
) -> None:
    finding = world.finding(PLACE)
    with django_capture_on_commit_callbacks(execute=True):
        sent(browser("handler"), finding, "extension-request", new_due="2099-12-31", reason=REASON)
    assert "An extension until 2099-12-31 is asked for" in browser("leader").get("/inbox/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        sent(browser("leader"), finding, "deadline-send-back", reason="理由不充分，请补充说明。")
    told = browser("handler").get("/inbox/").content.decode()
    assert "The request for “extension” was sent back" in told
    assert "理由不充分，请补充说明。" in told


def test_a_hold_for_an_extension_is_not_offered(world: World, browser: Callable[[str], Client]) -> None:
    finding = world.finding(PLACE)
    response = sent(browser("clerk"), finding, "hold-open", kind="extension", reference="延期")
    assert response.status_code == 422
    assert not finding.holds.filter(kind="extension").exists()
