"""An amendment on the finding's page: prepared row by row, kept when refused, shown before and after."""

from __future__ import annotations

import html
import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from web.world import World, planned
from zhenggai.accounts.models import Post
from zhenggai.ledger import services
from zhenggai.ledger.models import Finding, PlanAmendment

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

REASON = "原措施已不适用，改为电子台账。"


@pytest.fixture
def finding(world: World) -> Finding:
    """A finding in an approved plan with one measure and one criterion."""
    row = planned(world)
    plan = services.plan_submit(
        actor=world.actor("clerk"), at=world.clock.tick(), inspection_id=row.inspection_id
    )
    services.plan_sign(actor=world.actor("group"), at=world.clock.tick(), plan_id=plan.pk)
    return Finding.objects.get(pk=row.pk)


def as_it_stands(finding: Finding) -> dict[str, Any]:
    """What a browser sends of the form when nothing was typed into it."""
    measure = finding.measures.get()
    return {
        "version": finding.version,
        f"arrange_{measure.pk}_leader_id": measure.leader_id or "",
        f"arrange_{measure.pk}_due": measure.due or "",
        f"arrange_{measure.pk}_requirement": measure.requirement,
        f"arrange_{measure.pk}_unit_ids": [each.unit_id for each in measure.tasks.all()],
    }


def test_an_amendment_is_proposed_and_approved_on_the_findings_page(
    world: World, browser: Callable[[str], Client], finding: Finding
) -> None:
    measure, criterion = finding.measures.get(), finding.criteria.get()
    leader_id = finding.responsible_leader_id
    data = {
        **as_it_stands(finding),
        f"arrange_{measure.pk}_due": "2027-03-31",
        f"arrange_{measure.pk}_requirement": "每月报一次。",
        f"arrange_{measure.pk}_leader_id": leader_id,
        "measure_1_text": "建立电子台账",
        "measure_1_unit_ids": [finding.lead_unit_id],
        "measure_2_text": "逐月核对",
        "criterion_1_text": "相符率",
        "criterion_1_target": "98.50",
        "criterion_1_direction": "at_least",
        "criterion_1_unit": "%",
        "drop_criterion_ids": [criterion.pk],
        "reason": REASON,
    }
    clerk, group = browser("clerk"), browser("group")
    page = clerk.post(f"/findings/{finding.pk}/plan-amend/", data, follow=True).content.decode()
    for words in (
        "The amendment is proposed",
        "measure: 建立电子台账",
        "measure: 逐月核对",
        "What is asked of the work: <del>nothing of its own</del> → <ins>每月报一次。</ins>",
        "Due: <del>nothing of its own</del> → <ins>2027-03-31</ins>",
        "criterion: 相符率",
        "at least 98.5 %",
        f"criterion: {criterion.text}",
    ):
        assert words in page
    assert [each.text for each in finding.measures.all()] == [measure.text]
    assert finding.title in clerk.get(f"/inspections/{finding.inspection_id}/plan/").content.decode()
    finding.refresh_from_db()
    page = group.post(
        f"/findings/{finding.pk}/amendment-sign/", {"version": finding.version, "note": ""}, follow=True
    ).content.decode()
    assert "Your signature on the amendment stands." in page
    assert f"dropped: {REASON}" in page
    assert "Asked of the work: 每月报一次。" in page
    assert PlanAmendment.objects.get().state == "approved"


def test_a_unit_that_loses_its_part_stays_in_sight_with_the_reason(
    world: World, browser: Callable[[str], Client], finding: Finding
) -> None:
    clerk, group = browser("clerk"), browser("group")
    measure = finding.measures.get()

    def amend(units: list[int]) -> str:
        data = {**as_it_stands(Finding.objects.get(pk=finding.pk)), "reason": REASON}
        data[f"arrange_{measure.pk}_unit_ids"] = units
        clerk.post(f"/findings/{finding.pk}/plan-amend/", data)
        version = Finding.objects.get(pk=finding.pk).version
        sent = {"version": version, "note": ""}
        return group.post(f"/findings/{finding.pk}/amendment-sign/", sent, follow=True).content.decode()

    assert finding.lead_unit_id is not None
    assert "taken away" not in amend([finding.lead_unit_id])
    assert f"taken away: {REASON}" in amend([])


def test_what_is_left_alone_changes_nothing(browser: Callable[[str], Client], finding: Finding) -> None:
    clerk = browser("clerk")
    sent = clerk.post(f"/findings/{finding.pk}/plan-amend/", {**as_it_stands(finding), "reason": REASON})
    assert sent.status_code == 422
    assert "The amendment changes nothing" in sent.content.decode()
    assert not PlanAmendment.objects.exists()
    # a form without the fields of a measure says nothing of it
    sent = clerk.post(f"/findings/{finding.pk}/plan-amend/", {"version": finding.version, "reason": REASON})
    assert "The amendment changes nothing" in sent.content.decode()


def test_a_refused_amendment_keeps_every_word_with_its_rows_open(
    browser: Callable[[str], Client], finding: Finding
) -> None:
    measure = finding.measures.get()
    data = {
        **as_it_stands(finding),
        f"arrange_{measure.pk}_due": "没有日子",
        f"arrange_{measure.pk}_requirement": "每月报一次。",
        "measure_1_text": "建立电子台账",
        "measure_2_text": "逐月核对",
        "measure_2_requirement": "与账簿相符。",
        "criterion_1_target": "98",
        "reason": "短",
    }
    sent = browser("clerk").post(f"/findings/{finding.pk}/plan-amend/", data)
    page = sent.content.decode()
    assert sent.status_code == 422
    for words in (
        "“Due” is not a day that can be read",
        "An indicator needs its target",
        "每月报一次。",
        "建立电子台账",
        "逐月核对",
        "与账簿相符。",
    ):
        assert words in page
    opened = re.findall(r'<details class="amend-fields"( open)?>\s*<summary>([^<]+)', page)
    assert [title for is_open, title in opened if is_open] == [
        measure.text,
        "Add a measure",
        "Add one more measure",
        "Add an acceptance criterion",
    ]
    assert not PlanAmendment.objects.exists()


def test_a_row_without_a_text_says_what_it_lacks(browser: Callable[[str], Client], finding: Finding) -> None:
    clerk = browser("clerk")
    measured = {"criterion_1_target": "98", "criterion_1_direction": "at_least", "criterion_1_unit": "%"}
    for row in ({"measure_1_due": "2027-03-31"}, measured):
        data = {**as_it_stands(finding), **row, "reason": REASON}
        sent = clerk.post(f"/findings/{finding.pk}/plan-amend/", data)
        assert sent.status_code == 422
        assert "Say what is to be added" in sent.content.decode()


def test_a_leader_who_left_stays_on_offer_where_he_stands(
    browser: Callable[[str], Client], finding: Finding
) -> None:
    """Otherwise a form that nobody touched would take the leader away."""
    measure = finding.measures.get()
    data = {
        **as_it_stands(finding),
        f"arrange_{measure.pk}_leader_id": finding.responsible_leader_id,
        "reason": REASON,
    }
    clerk, group = browser("clerk"), browser("group")
    clerk.post(f"/findings/{finding.pk}/plan-amend/", data)
    version = Finding.objects.get(pk=finding.pk).version
    group.post(f"/findings/{finding.pk}/amendment-sign/", {"version": version, "note": ""})
    measure.refresh_from_db()
    assert measure.leader_id == finding.responsible_leader_id
    Post.objects.filter(person_id=finding.responsible_leader_id).update(ended_on=date(2026, 9, 2))
    fresh = Finding.objects.get(pk=finding.pk)
    sent = clerk.post(f"/findings/{finding.pk}/plan-amend/", {**as_it_stands(fresh), "reason": REASON})
    assert "The amendment changes nothing" in sent.content.decode()


def test_a_form_opened_before_another_amendment_takes_nothing_of_it_back(
    browser: Callable[[str], Client], finding: Finding
) -> None:
    """Refused as stale, it is sent again as it is shown: what was left alone stays as it stands by then."""
    measure = finding.measures.get()
    clerk, group = browser("clerk"), browser("group")

    def shown(page: str) -> dict[str, Any]:
        """What a browser sends of the form of this measure as the page has it."""
        form = page.partition(f'action="/findings/{finding.pk}/plan-amend/"')[2].partition("</form>")[0]
        found: dict[str, Any] = {"reason": REASON, f"arrange_{measure.pk}_leader_id": ""}
        for tag in re.findall(r"<input[^>]*>", form):
            said = dict(re.findall(r'(\w+)="([^"]*)"', tag))
            if said.get("name", "").startswith(("arrange_", "version")) and said["type"] != "checkbox":
                found[said["name"]] = html.unescape(said.get("value", ""))
        pattern = rf'<textarea name="arrange_{measure.pk}_requirement"[^>]*>\s*([^<]*)'
        asked = re.search(pattern, form)
        assert asked is not None
        return found | {f"arrange_{measure.pk}_requirement": asked[1]}

    address = f"/findings/{finding.pk}/plan-amend/"
    early = shown(clerk.get(f"/findings/{finding.pk}/").content.decode())
    other = {**as_it_stands(finding), f"arrange_{measure.pk}_due": "2027-03-31", "reason": REASON}
    clerk.post(address, other)
    version = Finding.objects.get(pk=finding.pk).version
    group.post(f"/findings/{finding.pk}/amendment-sign/", {"version": version, "note": ""})
    measure.refresh_from_db()
    assert str(measure.due) == "2027-03-31"
    late = {**early, f"arrange_{measure.pk}_requirement": "每月报一次。"}
    refused = clerk.post(address, late)
    assert refused.status_code == 409
    again = shown(refused.content.decode())
    assert again[f"arrange_{measure.pk}_requirement"] == "每月报一次。"
    assert again[f"arrange_{measure.pk}_due"] == "2027-03-31"
    assert clerk.post(address, again).status_code == 302
    said = PlanAmendment.objects.order_by("pk")[1].content["arrange"][0]
    assert (said["due"], said["requirement"]) == ("2027-03-31", "每月报一次。")


def test_what_was_taken_away_meanwhile_is_gone_from_the_form_as_well(
    browser: Callable[[str], Client], finding: Finding
) -> None:
    measure = finding.measures.get()
    clerk, group = browser("clerk"), browser("group")
    address = f"/findings/{finding.pk}/plan-amend/"

    def put(**values: Any) -> None:
        version = Finding.objects.get(pk=finding.pk).version
        said = {f"arrange_{measure.pk}_{name}": value for name, value in values.items()}
        sent = clerk.post(address, {**as_it_stands(finding), **said, "version": version, "reason": REASON})
        assert sent.status_code == 302
        data = {"version": version + 1, "note": ""}
        assert group.post(f"/findings/{finding.pk}/amendment-sign/", data).status_code == 302

    whole = {"due": "2027-03-31", "requirement": "每月报一次。", "unit_ids": [finding.lead_unit_id]}
    put(**whole)
    page = clerk.get(f"/findings/{finding.pk}/").content.decode()
    tag = re.search(rf'<input[^>]*name="arrange_{measure.pk}_seen"[^>]*>', page)
    assert tag is not None
    seen = html.unescape(re.findall(r'value="([^"]*)"', tag[0])[0])
    put(due="", requirement="", unit_ids=[])
    # a form that was opened in between, with a leader chosen in it and all else left alone
    opened = {f"arrange_{measure.pk}_{name}": value for name, value in whole.items()}
    leader = {f"arrange_{measure.pk}_leader_id": finding.responsible_leader_id}
    version = Finding.objects.get(pk=finding.pk).version
    late = {**opened, **leader, f"arrange_{measure.pk}_seen": seen, "version": version}
    short = clerk.post(address, {**late, "reason": "短"})
    assert short.status_code == 422
    assert "[]" not in short.content.decode().partition('class="amend-part"')[2].partition("</form>")[0]
    assert clerk.post(address, {**late, "reason": REASON}).status_code == 302
    said = PlanAmendment.objects.order_by("pk")[2].content["arrange"][0]
    kept = {name: said[name] for name in ("leader_id", "due", "requirement", "unit_ids")}
    assert kept == {
        "leader_id": finding.responsible_leader_id,
        "due": None,
        "requirement": "",
        "unit_ids": [],
    }
