"""One finding: what its page shows, what it lets people do, and how it refuses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from selectolax.lexbor import LexborHTMLParser

from web.world import World, prove, work
from zhenggai.domain.case import HoldKind
from zhenggai.ledger import services
from zhenggai.trail.chains import ChainKey
from zhenggai.trail.selectors import events_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse
    from django.test import Client


@pytest.fixture
def act(world: World, browser: Callable[[str], Client]) -> Callable[..., HttpResponse]:
    """Presses a button of the page, with the version that stands unless another is given."""

    def pressed(username: str, place: int, verb: str, **data: Any) -> HttpResponse:
        row = world.finding(place)
        data.setdefault("version", row.version)
        response: Any = browser(username).post(f"/findings/{row.pk}/{verb}/", data)
        return response

    return pressed


def events(world: World) -> int:
    return events_of(ChainKey.inspection(world.inspection_id)).count()


def text_of(response: HttpResponse) -> str:
    return response.content.decode()


def proof(**changes: Any) -> dict[str, Any]:
    return {
        "title": "清查表",
        "proves": "逐台核对账实",
        "proves_on": "2026-09-01",
        "kind": "record",
        "file": SimpleUploadedFile("清查表.txt", "虚构材料".encode()),
        **changes,
    }


def test_the_page_shows_claims_beside_our_own_facts(world: World, browser: Callable[[str], Client]) -> None:
    page = text_of(browser("clerk").get(f"/findings/{world.finding_ids[0]}/"))
    assert "document says: 已完成整改" in page
    assert "a claim of its author, not a state of this ledger" in page
    assert "一是召开党组会专题研究" in page
    assert f"/documents/{world.document_id}/?start=" in page
    assert "12,600.00 yuan" in page


def test_a_due_date_that_is_past_asks_for_a_confirmation_and_then_is_taken(
    world: World, act: Callable[..., HttpResponse]
) -> None:
    typed = {
        "leader_id": world.people["leader"],
        "unit_id": world.organisations["财务科"],
        "due": "２０２５年３月１日",
    }
    refused = act("clerk", 4, "finding-assign", **typed)
    page = text_of(refused)
    assert refused.status_code == 422
    assert "The due date 2025-03-01 was" in page
    assert re.search(r'<input type="checkbox" name="past_due_meant"', page)
    assert 'value="2025-03-01"' in page
    assert act("clerk", 4, "finding-assign", **typed, past_due_meant="on").status_code == 302
    assert "Past when set, and confirmed: yes" in " ".join(
        text_of(act("clerk", 4, "finding-assign", version=1)).split()
    )


def test_what_the_inspecting_body_holds_is_greyed_with_its_reason_for_others(
    world: World, browser: Callable[[str], Client]
) -> None:
    for username in ("inspector", "clerk"):
        world.do(username, 2, services.hold_open, kind=HoldKind.SPOT_CHECK, reference=f"抽查{username}")
    *_, theirs, ours = world.finding(2).holds.all()
    for username, may in (("clerk", False), ("inspector", True)):
        page = text_of(browser(username).get(f"/findings/{world.finding_ids[2]}/"))
        assert (f'<details class="act act-not" id="hold-clear-{theirs.pk}">' in page) is not may
        assert ("only that body takes it off again" in page) is not may
        assert re.search(rf'<form class="act-form" [^>]+ id="hold-clear-{ours.pk}"', page)


def test_a_result_that_only_says_the_actions_again_is_not_shown_twice(
    world: World, browser: Callable[[str], Client]
) -> None:
    action = "一是召开党组会专题研究，逐笔核对账目。"
    same = text_of(browser("clerk").get(f"/findings/{world.finding_ids[0]}/"))
    assert same.count(action) == 1
    assert "Result it reports" not in same
    own = text_of(browser("clerk").get(f"/findings/{world.finding_ids[1]}/"))
    assert own.count(action) == 1
    assert '<h4>Result it reports</h4><p class="pre">账目已核对一致，群众评价好转。</p>' in own


def test_the_page_shows_every_condition_with_what_is_missing_and_the_way_to_it(
    world: World, browser: Callable[[str], Client]
) -> None:
    page = text_of(browser("handler").get(f"/findings/{world.finding_ids[2]}/"))
    assert page.count('class="gate gate-') == 12
    assert "No evidence of this round is filed" in page
    assert 'href="#evidence-add"' in page
    assert 'id="evidence-add"' in page
    measure = world.finding(2).measures.all()[0].pk
    assert f'href="#measure-complete-{measure}"' in page
    assert f'id="measure-complete-{measure}"' in page


def test_every_way_on_the_page_leads_somewhere(world: World, browser: Callable[[str], Client]) -> None:
    for username in ("clerk", "handler", "head", "leader", "verifier", "auditor"):
        for finding_id in world.finding_ids[:4]:
            page = text_of(browser(username).get(f"/findings/{finding_id}/"))
            targets = set(re.findall(r'href="#([\w-]+)"', page))
            assert targets <= set(re.findall(r'\bid="([\w-]+)"', page))


def test_no_two_things_on_the_page_have_one_id(world: World, browser: Callable[[str], Client]) -> None:
    for username in ("clerk", "handler", "verifier"):
        page = text_of(browser(username).get(f"/findings/{world.finding_ids[1]}/"))
        ids = re.findall(r'\bid="([^"]+)"', page)
        assert sorted(ids) == sorted(set(ids))


def test_a_greyed_button_says_why(world: World, browser: Callable[[str], Client]) -> None:
    page = text_of(browser("auditor").get(f"/findings/{world.finding_ids[2]}/"))
    assert "None of your posts lets you report progress here." in page
    assert page.count("act-why") > 10
    assert 'action="/findings/' not in page


def test_the_ladder_shows_who_signed_and_who_is_awaited(
    world: World, browser: Callable[[str], Client]
) -> None:
    page = text_of(browser("clerk").get(f"/findings/{world.finding_ids[1]}/"))
    assert 'aria-current="step"' in page
    assert "signature awaited" in page
    assert "抽查记录缺少第三季度的材料" in page


def test_sending_back_is_offered_as_a_next_step_only_to_whoever_is_to_sign(
    world: World, browser: Callable[[str], Client]
) -> None:
    world.do("clerk", 1, services.closure_send_back, reason="资料不齐，请补充第三季度记录")
    carried = world.finding(1).evidence.last().pk
    world.do("handler", 1, services.evidence_carry_over, evidence_id=carried)
    prove(world, 1, title="再补材料")
    world.do("head", 1, services.closure_request, statement="问题已整改到位，申请销号。")
    for username, is_asked in (("leader", True), ("clerk", False)):
        page = text_of(browser(username).get(f"/findings/{world.finding_ids[1]}/"))
        steps = page[page.index('id="next-heading"') : page.index('id="gates-heading"')]
        assert ('href="#closure-send-back"' in steps) is is_asked
        assert ("Nothing waits for you here" in steps) is not is_asked
        # the office can still send back a request whose signer is gone
        assert f'action="/findings/{world.finding_ids[1]}/closure-send-back/"' in page


def test_a_step_is_done_and_told(world: World, act: Callable[..., HttpResponse]) -> None:
    response = act("head", 3, "finding-accept")
    assert response.headers["Location"] == f"/findings/{world.finding_ids[3]}/"
    assert world.finding(3).stage == "accepted"


def test_the_last_signature_closes_and_the_page_says_so(
    world: World, browser: Callable[[str], Client]
) -> None:
    row = world.finding(1)
    data = {"version": row.version, "note": "资料齐全"}
    page = text_of(browser("clerk").post(f"/findings/{row.pk}/closure-sign/", data, follow=True))
    assert "The last signature stands: the finding is closed." in page
    assert world.finding(1).stage == "closed"


def test_a_closing_refused_lists_each_condition_and_keeps_the_statement(
    world: World, act: Callable[..., HttpResponse]
) -> None:
    before = events(world)
    response = act("head", 2, "closure-request", statement="我们认为已经整改到位。")
    page = text_of(response)
    assert response.status_code == 409
    assert "This finding cannot be closed yet. Conditions not met: 7 of 12" in page
    assert page.count("<li><strong>") == 7
    assert "我们认为已经整改到位。" in page
    assert world.finding(2).stage == "rectifying"
    assert events(world) == before


def test_a_closing_is_granted_once_its_conditions_are_met(
    world: World, act: Callable[..., HttpResponse]
) -> None:
    row = world.finding(2)
    world.do(
        "clerk",
        2,
        services.situation_answer,
        situation_id=row.situations.all()[0].pk,
        text="已请业务科核实。",
    )
    world.do(
        "clerk", 2, services.hold_clear, hold_id=row.holds.all()[0].pk, reason="督办事项已经办结并回复。"
    )
    work(world, 2)
    prove(world, 2)
    assert act("head", 2, "closure-request", statement="申请销号。").status_code == 302
    assert act("head", 2, "closure-sign").status_code == 403
    assert act("admin", 2, "closure-sign").status_code == 404
    assert act("leader", 2, "closure-sign").status_code == 302
    assert act("leader", 2, "closure-sign").status_code == 403
    assert act("clerk", 2, "closure-sign").status_code == 302
    assert world.finding(2).stage == "closed"


def test_a_stale_page_says_who_changed_what_and_keeps_the_text(
    world: World, act: Callable[..., HttpResponse]
) -> None:
    stale = world.finding(2).version
    world.do("handler", 2, services.situation_raise, text="又有1台设备需要核实。")
    response = act("clerk", 2, "measure-add", version=stale, text="逐台核对并建立台账，每季度抽查一次。")
    page = text_of(response)
    assert response.status_code == 409
    assert "This finding has changed since your page was loaded: 李示例" in page
    assert "逐台核对并建立台账，每季度抽查一次。" in page
    assert "Open the page as it stands now" in page
    assert f'name="version" value="{world.finding(2).version}"' in page
    assert len(world.finding(2).measures.all()) == 1


def test_the_second_click_of_a_double_click_changes_nothing_and_says_so(
    world: World, act: Callable[..., HttpResponse]
) -> None:
    version = world.finding(3).version
    assert act("head", 3, "finding-accept", version=version).status_code == 302
    before = events(world)
    second = act("head", 3, "finding-accept", version=version)
    assert second.status_code == 409
    assert "何样本" in text_of(second)
    assert events(world) == before


def test_text_for_an_action_that_is_gone_is_kept_to_be_copied(
    world: World, act: Callable[..., HttpResponse]
) -> None:
    version = world.finding(1).version
    reason = "佐证材料与记录不符，请核对后再报。"
    world.do("clerk", 1, services.closure_sign)
    response = act("clerk", 1, "closure-send-back", version=version, reason=reason)
    assert response.status_code == 409
    assert "your text is kept here to copy" in text_of(response)
    assert reason in text_of(response)


@pytest.mark.parametrize("reason", ["", "太短", " ".join("短") * 3])
def test_a_return_without_a_real_reason_is_refused(
    world: World, act: Callable[..., HttpResponse], reason: str
) -> None:
    response = act("clerk", 1, "closure-send-back", reason=reason)
    assert response.status_code == 422
    assert world.finding(1).stage == "closure_requested"


def test_missing_fields_are_named_and_the_rest_is_kept(
    world: World, act: Callable[..., HttpResponse]
) -> None:
    response = act("handler", 2, "progress-report", narrative="已完成清查，正在建账。")
    page = text_of(response)
    assert response.status_code == 422
    assert "some fields below are empty" in page
    assert "已完成清查，正在建账。" in page
    assert '<details class="act" open>' in page


@pytest.mark.parametrize("version", ["", "x", "-1", "99999999999999999999", "1.5"])
def test_a_version_that_was_tampered_with_changes_nothing(
    world: World, act: Callable[..., HttpResponse], version: str
) -> None:
    before = events(world)
    response = act("head", 3, "finding-accept", version=version)
    assert response.status_code in {409, 422}
    assert world.finding(3).stage == "assigned"
    assert events(world) == before


@pytest.mark.parametrize("field", ["stage", "round", "status", "closed", "progress", "by", "at", "actor"])
def test_no_field_of_the_life_cycle_is_taken_from_a_form(
    world: World, act: Callable[..., HttpResponse], field: str
) -> None:
    act("handler", 2, "situation-raise", text="需要核实。", **{field: "closed"})
    row = world.finding(2)
    assert (row.stage, row.round, row.progress) == ("rectifying", 1, "in_progress")


def test_a_row_of_another_finding_is_not_found(world: World, act: Callable[..., HttpResponse]) -> None:
    foreign = world.finding(3).measures.all()[0].pk
    response = act("handler", 2, "measure-complete", object_id=foreign, result="已完成，结果见附件。")
    assert response.status_code == 404
    assert world.finding(3).measures.all()[0].done_at is None


@pytest.mark.parametrize("object_id", ["", "x", "0", "-5"])
def test_an_action_on_a_row_needs_the_row(
    world: World, act: Callable[..., HttpResponse], object_id: str
) -> None:
    response = act("handler", 2, "measure-complete", object_id=object_id, result="已完成，结果见附件。")
    assert response.status_code == 404


def test_evidence_is_filed_and_only_ever_downloaded(
    world: World, act: Callable[..., HttpResponse], browser: Callable[[str], Client]
) -> None:
    upload = SimpleUploadedFile("现场 照片<b>.html", b"<script>alert(1)</script>", content_type="text/html")
    assert act("handler", 2, "evidence-add", **proof(file=upload)).status_code == 302
    evidence = world.finding(2).evidence.all()[0]
    response: Any = browser("clerk").get(f"/evidence/{evidence.pk}/download/")
    assert b"".join(response.streaming_content) == b"<script>alert(1)</script>"
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert "<b>.html" not in text_of(browser("clerk").get(f"/findings/{world.finding_ids[2]}/"))


def test_a_file_of_a_refused_try_need_not_be_chosen_again(
    world: World, act: Callable[..., HttpResponse]
) -> None:
    response = act("handler", 2, "evidence-add", **proof(proves=""))
    page = text_of(response)
    assert response.status_code == 422
    assert "“清查表.txt” is kept from your last try" in page
    mark = re.search(r'name="kept" value="([^"]+)"', page)
    assert mark is not None
    again = proof(kept=mark.group(1))
    del again["file"]
    assert act("other-handler", 2, "evidence-add", **again).status_code == 422
    assert act("handler", 2, "evidence-add", **again).status_code == 302
    assert [each.file_name for each in world.finding(2).evidence.all()] == ["清查表.txt"]


def test_a_file_of_somebody_who_may_not_file_is_not_kept(
    world: World, act: Callable[..., HttpResponse]
) -> None:
    response = act("auditor", 2, "evidence-add", **proof())
    assert response.status_code == 403
    assert "The file could not be kept" in text_of(response)


@pytest.mark.parametrize("mark", ["x", "a:b:c", "{}"])
def test_a_made_up_mark_of_a_kept_file_is_no_file(
    world: World, act: Callable[..., HttpResponse], mark: str
) -> None:
    data = proof(kept=mark)
    del data["file"]
    response = act("handler", 2, "evidence-add", **data)
    assert response.status_code == 422
    assert "choose the one that proves it" in text_of(response)


def test_an_empty_file_is_no_evidence(world: World, act: Callable[..., HttpResponse]) -> None:
    response = act("handler", 2, "evidence-add", **proof(file=SimpleUploadedFile("空.txt", b"")))
    assert response.status_code == 422
    assert not world.finding(2).evidence.all()


def test_what_people_type_is_shown_as_text(
    world: World, act: Callable[..., HttpResponse], browser: Callable[[str], Client]
) -> None:
    act("handler", 2, "situation-raise", text="<script>alert(1)</script><img src=x onerror=y>")
    page = text_of(browser("clerk").get(f"/findings/{world.finding_ids[2]}/"))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_password_set_by_an_administrator_shows_beside_the_signature(
    world: World, browser: Callable[[str], Client]
) -> None:
    page = text_of(browser("clerk").get(f"/findings/{world.finding_ids[1]}/"))
    assert "password set by an administrator on 2026-09-01" in page


def test_the_page_takes_the_same_queries_however_much_hangs_on_the_finding(
    world: World, browser: Callable[[str], Client]
) -> None:
    client, address = browser("clerk"), f"/findings/{world.finding_ids[2]}/"
    client.get(address)
    prove(world, 2)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for place in range(6):
        world.do("handler", 2, services.measure_add, text=f"措施{place}")
        world.do("handler", 2, services.situation_raise, text=f"情况{place}")
        world.do("clerk", 2, services.criterion_add, text=f"标准{place}")
    for place in range(3):
        prove(world, 2, title=f"记录{place}")
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    # one of them counts the unread notices in the header
    assert len(many) == len(few) <= 39


def test_the_timeline_is_narrowed_to_a_kind_and_shown_fifty_at_a_time(
    world: World, browser: Callable[[str], Client]
) -> None:
    client, address = browser("clerk"), f"/findings/{world.finding_ids[2]}/"

    def told(query: str) -> tuple[int, str]:
        page = LexborHTMLParser(client.get(address + query).content)
        return len(page.css("#timeline [data-seq]")), page.css_first("#timeline").text()

    for place in range(52):
        world.do("handler", 2, services.situation_raise, text=f"情况{place}")
    whole, text = told("")
    assert whole == 50
    assert "Show more" in text
    assert told("?pages=2")[0] > 52
    assert told("?happened=work&pages=2")[0] >= 52
    assert 0 < told("?happened=finding")[0] < 10
    assert told("?happened=none")[0] == 0


def test_what_happened_since_is_told_and_nothing_where_nothing_did(
    world: World, browser: Callable[[str], Client]
) -> None:
    client, address = browser("clerk"), f"/findings/{world.finding_ids[2]}/"
    seen = LexborHTMLParser(client.get(address).content).css_first("[data-seen]").attributes["data-seen"]
    assert client.get(f"{address}changes/?after={seen}").status_code == 204
    world.do("handler", 2, services.situation_raise, text="刚刚发生的情况")
    said = text_of(client.get(f"{address}changes/?after={seen}"))
    assert "new situation" in said
    assert "刚刚发生的情况" not in said
    assert f'href="{address}"' in said


def test_a_comment_written_on_the_page_leads_back_to_it(
    world: World, browser: Callable[[str], Client]
) -> None:
    client, address = browser("handler"), f"/findings/{world.finding_ids[2]}/"
    page = LexborHTMLParser(client.get(address).content)
    form = page.css_first("form#comment")
    data = {each.attributes["name"]: each.attributes.get("value") or "" for each in form.css("input")}
    sent = client.post(form.attributes["action"], {**data, "text": "就地写的留言"})
    assert (sent.status_code, sent["Location"]) == (302, f"{address}#comments")
    assert "就地写的留言" in text_of(client.get(address))
    # every form of the page is answered in place where scripts run, and posts to its own address without
    for each in page.css("#content form"):
        assert each.attributes.get("hx-post") == each.attributes["action"]


def test_the_neighbours_are_those_that_the_reader_sees(
    world: World, browser: Callable[[str], Client]
) -> None:
    def ways(username: str, place: int) -> list[str]:
        page = text_of(browser(username).get(f"/findings/{world.finding_ids[place]}/"))
        return re.findall(r'rel="(?:prev|next)" href="/findings/(\d+)/"', page)

    ids = [str(each) for each in world.finding_ids]
    assert ways("clerk", 0) == [ids[1]]
    assert ways("clerk", 3) == [ids[2], ids[4]]
    assert ways("handler", 3) == [ids[2]]


def test_a_late_closing_stays_known_and_hurries_nobody(
    world: World, browser: Callable[[str], Client]
) -> None:
    from datetime import date  # noqa: PLC0415 - used here alone

    from zhenggai.domain.deadlines import Light  # noqa: PLC0415 - the same
    from zhenggai.web.ledger_list import row_of  # noqa: PLC0415 - the same

    row = world.finding(0)
    row.due = row.first_due = date(2026, 8, 20)
    lit = row_of(row, date(2026, 11, 23), row.inspection.rules)
    assert (lit.light, lit.days_overdue, lit.is_closed) == (Light.OVERDUE, 12, True)
