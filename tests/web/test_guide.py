"""The guided set-up's page: five steps off the data, whose turn it is, and the way back to it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from web.leading import set_up
from web.world import World, opened_round, own_profile, planned, worlds_plan
from zhenggai.accounts import services as accounting
from zhenggai.accounts.models import Post
from zhenggai.domain.inspections import InspectionKind
from zhenggai.domain.restricting import RestrictionKind
from zhenggai.intake.models import Intake
from zhenggai.intake.services import intake_receive
from zhenggai.ledger import services
from zhenggai.ledger.models import Finding, Inspection
from zhenggai.ledger.plans import coverage_of, findings_to_plan, gap_of
from zhenggai.trail.chains import ChainKey
from zhenggai.trail.selectors import events_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client
    from pytest_django.fixtures import SettingsWrapper

NOTICE = "关于巡察整改进展情况的通报\n\n（一）示例问题一\n已完成整改。\n".encode()
DONE, OPEN, LATER = "done", "open", "later"


def opened(world: World, **values: Any) -> Inspection:
    """An inspection of the bureau without anything in it."""
    return services.inspection_create(
        actor=world.actor("clerk"),
        at=world.clock.tick(),
        title="云山县示例局专项巡察",
        kind=InspectionKind.INSPECTION,
        subject_id=world.organisations["示例局"],
        inspector_organisation_id=world.organisations["巡察办"],
        **values,
    )


def page_of(browser: Client, inspection_id: int) -> str:
    response = browser.get(f"/inspections/{inspection_id}/setup/")
    assert response.status_code == 200
    return response.content.decode()


def states(page: str) -> list[str]:
    way = page.partition('<ol class="setup-way">')[2].partition("</ol>")[0]
    return re.findall(r'<li class="is-(\w+)', way)


def here(page: str) -> list[str]:
    return re.findall(r'<a href="#step-(\d)" aria-current="step"', page)


def text_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def whole_group(world: World) -> None:
    """The leading group with its head confirmed and the head of its office."""
    ids = set_up(world)
    accounting.group_seat_give(
        group_id=ids["group"],
        person_id=world.people["handler"],
        place="office_head",
        actor=world.actor("admin"),
        at=world.clock.tick(),
    )


def test_whoever_opens_an_inspection_lands_on_its_five_steps(
    world: World, browser: Callable[[str], Client]
) -> None:
    form = {
        "title": "又一次巡察",
        "kind": "inspection",
        "subject_id": world.organisations["示例局"],
        "plan_required": "on",
    }
    page = browser("clerk").post("/inspections/new/", form, follow=True)
    row = Inspection.objects.get(title="又一次巡察")
    assert page.redirect_chain == [(f"/inspections/{row.pk}/setup/", 302)]
    text = page.content.decode()
    assert states(text) == [OPEN, LATER, LATER, LATER, LATER]
    # the office begins with the feedback; the leading group is an administrator's to set up
    assert here(text) == ["1"]
    said = text_of(text)
    for words in (
        "No day of the feedback is entered",
        "No leading group stands over the inspected organisation.",
        "It is the turn of the system administrator",
        "Nothing was handed in yet",
        "It comes after step 2.",
    ):
        assert words in said
    assert 'href="/intake/upload/"' in text


def test_a_draft_of_the_organisation_is_the_way_on_and_is_offered_for_this_inspection(
    world: World, browser: Callable[[str], Client]
) -> None:
    row = opened(world)
    receipt = intake_receive(
        actor=world.actor("clerk"),
        at=world.clock.tick(),
        organisation_id=world.organisations["示例局"],
        content=NOTICE,
        name="反馈意见.txt",
    )
    page = page_of(browser("clerk"), row.pk)
    assert here(page) == ["2"]
    assert f'href="/intake/{receipt.intake.pk}/"' in page
    assert "wait to be confirmed: 1." in page
    draft = browser("clerk").get(f"/intake/{receipt.intake.pk}/").content.decode()
    assert f'name="inspection" value="{row.pk}" checked' in draft
    # nobody else is told of documents that are not confirmed
    assert "wait to be confirmed" not in page_of(browser("group"), row.pk)


def test_a_document_that_is_being_read_is_named_and_leads_to_its_progress(
    world: World, browser: Callable[[str], Client], settings: SettingsWrapper
) -> None:
    settings.ZHENGGAI_READ_AT_ONCE_BYTES = 0
    row = opened(world)
    ids = [
        intake_receive(
            actor=world.actor("clerk"),
            at=world.clock.tick(),
            organisation_id=world.organisations["示例局"],
            content=NOTICE + str(place).encode(),
            name=f"{place}.txt",
        ).intake.pk
        for place in range(2)
    ]
    page = page_of(browser("clerk"), row.pk)
    assert here(page) == ["2"]
    assert "wait to be read, or are being read: 2." in page
    assert 'href="/intake/?state=received"' in page
    assert 'href="/intake/upload/"' not in page
    Intake.objects.filter(pk=ids[1]).update(state="failed")
    assert f'href="/intake/{ids[0]}/"' in page_of(browser("clerk"), row.pk)


def test_several_drafts_lead_to_their_list(world: World, browser: Callable[[str], Client]) -> None:
    row = opened(world)
    for place in range(2):
        intake_receive(
            actor=world.actor("clerk"),
            at=world.clock.tick(),
            organisation_id=world.organisations["示例局"],
            content=NOTICE + str(place).encode(),
            name=f"{place}.txt",
            is_about_both=True,
        )
    assert 'href="/intake/?state=draft"' in page_of(browser("clerk"), row.pk)


def test_what_findings_lack_is_counted_as_the_page_of_the_plan_says_it(world: World) -> None:
    clerk, row = world.actor("clerk"), Inspection.objects.get(pk=world.inspection_id)
    rows = findings_to_plan(clerk, row)
    found = coverage_of(rows)
    gaps = [gap_of(each) for each in rows.prefetch_related("measures", "criteria")]
    lacking = [gap for gap in gaps if gap.lacks]
    assert (found.total, found.uncovered) == (len(gaps), len(lacking))
    assert len(lacking) >= 2
    by_hand: dict[str, list[int]] = {}
    for gap in lacking:
        for what, _action in gap.lacks:
            by_hand.setdefault(what.template, []).append(gap.finding.pk)
    assert {each.what: (each.count, each.finding_id) for each in found.lacks} == {
        what: (len(ids), ids[0]) for what, ids in by_hand.items()
    }


def test_each_thing_that_is_lacking_leads_to_the_first_finding_that_lacks_it(
    world: World, browser: Callable[[str], Client]
) -> None:
    page = page_of(browser("clerk"), world.inspection_id)
    first = world.finding(4)
    assert f'/findings/{first.pk}/#finding-classify"' in page
    assert f'/findings/{first.pk}/#criterion-add"' in page
    assert "Lacking its nature: 2." in page
    assert states(page) == [DONE, DONE, OPEN, OPEN, LATER]
    assert here(page) == ["3"]
    assert "asks for no approved plan: work begins with each assignment" in page
    assert f'btn-primary" href="/inspections/{world.inspection_id}/plan/"' in page


def test_the_leading_group_the_ladder_and_oversight_are_told_with_names_for_those_who_may(
    world: World, browser: Callable[[str], Client]
) -> None:
    row = opened(world)
    set_up(world)
    page = text_of(page_of(browser("clerk"), row.pk))
    for words in (
        "The leading group “示例局巡察整改工作领导小组” of 云山县示例局 stands.",
        "The leading group has its head. 冯样例",
        "The office, seated in 财务科, has no head.",
        "The step “responsible leader” can be signed today; people who can: 2. 赵示例、钱样本",
        "The step “rectification office” can be signed today; people who can: 1. 周示例",
        "The step “leading group” can be signed today; people who can: 1. 冯样例",
        "Every unit has a leader who oversees it; units: 2.",
    ):
        assert words in page
    # the inspecting body is none of those who look into leading groups
    response = page_of(browser("inspector"), row.pk)
    assert "The leading group has its head." in response
    assert "冯样例" not in response
    assert "赵示例" not in response
    assert "/groups/" not in response


def test_a_head_who_waits_to_be_confirmed_and_a_rung_without_anybody_are_said(
    world: World, browser: Callable[[str], Client]
) -> None:
    row = opened(world)
    ids = set_up(world)
    admin = world.actor("admin")
    accounting.group_seat_end(seat_id=ids["head_seat"], actor=admin, at=world.clock.tick())
    accounting.group_seat_give(
        group_id=ids["group"],
        person_id=world.people["group"],
        place="head",
        actor=admin,
        at=world.clock.tick(),
    )
    page = page_of(browser("clerk"), row.pk)
    assert "is named and waits to be confirmed" in page
    assert "the turn of the security administrator" in page
    person = accounting.person_deactivate(person_id=world.people["group"], actor=admin, at=world.clock.tick())
    assert not person.is_active
    assert "Nobody can sign the step “leading group” of the ladder today." in page_of(
        browser("clerk"), row.pk
    )


def test_a_plan_is_followed_from_submitted_to_approved_and_the_set_up_is_complete(
    world: World, browser: Callable[[str], Client]
) -> None:
    whole_group(world)
    finding = planned(world)
    inspection_id = finding.inspection_id
    clerk, group = browser("clerk"), browser("group")
    assert here(page_of(clerk, inspection_id)) == ["5"]
    assert "Submit the plan" in page_of(clerk, inspection_id)
    strip = clerk.get(f"/inspections/{inspection_id}/").content.decode()
    assert "Step 5 of 5: Approve the plan and go." in strip
    assert f'href="/inspections/{inspection_id}/setup/">Go on' in strip
    plan = services.plan_submit(
        actor=world.actor("clerk"), at=world.clock.tick(), inspection_id=inspection_id
    )
    waits = page_of(group, inspection_id)
    assert states(waits) == [DONE, DONE, DONE, DONE, OPEN]
    assert f'btn-primary" href="/plans/{plan.pk}/"' in waits
    # whoever submitted does not approve: the same way, and no button of his own
    assert f'btn-plain" href="/plans/{plan.pk}/"' in page_of(clerk, inspection_id)
    back = services.plan_send_back(
        actor=world.actor("group"),
        at=world.clock.tick(),
        plan_id=plan.pk,
        reason="第二条措施没有写明由谁负责。",
    )
    assert back.state == "sent_back"
    assert "Plan 1 is sent back: “第二条措施没有写明由谁负责。”." in page_of(clerk, inspection_id)
    again = services.plan_submit(
        actor=world.actor("clerk"), at=world.clock.tick(), inspection_id=inspection_id
    )
    services.plan_sign(actor=world.actor("group"), at=world.clock.tick(), plan_id=again.pk)
    done = page_of(clerk, inspection_id)
    assert states(done) == [DONE] * 5
    assert here(done) == []
    assert "The set-up is complete" in done
    assert "Findings in an approved plan: 1 of 1." in done
    assert "setup-strip" not in clerk.get(f"/inspections/{inspection_id}/").content.decode()
    assert "setup-strip" not in clerk.get(f"/inspections/{inspection_id}/plan/").content.decode()


def test_the_strip_is_for_those_who_set_up_and_not_over_a_list_that_is_narrowed(
    world: World, browser: Callable[[str], Client]
) -> None:
    address = f"/inspections/{world.inspection_id}/"
    assert "setup-strip" in browser("clerk").get(address).content.decode()
    assert "setup-strip" in browser("clerk").get(f"{address}plan/").content.decode()
    assert "setup-strip" not in browser("clerk").get(f"{address}?stage=assigned").content.decode()
    for other in ("group", "inspector", "auditor"):
        assert "setup-strip" not in browser(other).get(address).content.decode()


def test_a_restricted_finding_is_counted_for_the_listed_alone(
    world: World, browser: Callable[[str], Client]
) -> None:
    before = {each: text_of(page_of(browser(each), world.inspection_id)) for each in ("clerk", "group")}
    assert all("Findings in the ledger: 6;" in page for page in before.values())
    world.do(
        "clerk",
        4,
        services.finding_restrict,
        kind=RestrictionKind.NAMED_PERSONS,
        reason="涉及具体人员，只限专人知悉。",
        reader_ids=[world.people["inspector"]],
    )
    clerk, group = (text_of(page_of(browser(each), world.inspection_id)) for each in ("clerk", "group"))
    assert "Findings in the ledger: 6;" in clerk
    assert "Lacking its nature: 2." in clerk
    assert "Findings in the ledger: 5;" in group
    assert "Lacking its nature: 1." in group
    hidden = world.finding(4).pk
    assert f"/findings/{hidden}/" not in page_of(browser("group"), world.inspection_id)


def test_looking_changes_nothing_whoever_looks(world: World, browser: Callable[[str], Client]) -> None:
    def kept() -> tuple[int, list[Any]]:
        events = events_of(ChainKey.inspection(world.inspection_id)).count()
        return events, list(Finding.objects.values_list("pk", "version"))

    before = kept()
    for who in ("clerk", "group", "verifier"):
        page_of(browser(who), world.inspection_id)
    assert kept() == before
    assert browser("clerk").post(f"/inspections/{world.inspection_id}/setup/").status_code == 405


def test_the_page_asks_as_often_for_many_findings_as_for_one(
    world: World, browser: Callable[[str], Client]
) -> None:
    plan = worlds_plan(world)
    opened_round(world, (world.inspection_id,))
    clerk = browser("clerk")

    def asked(inspection_id: int) -> int:
        with CaptureQueriesContext(connection) as queries:
            page_of(clerk, inspection_id)
        return len(queries)

    few, many = asked(plan.inspection_id), asked(world.inspection_id)
    # the plan's signatures on the one side, the first findings that lack something on the other
    assert abs(few - many) <= 2
    assert max(few, many) <= 32


def test_a_step_that_nobody_of_the_inspecting_body_can_sign_is_named(
    world: World, browser: Callable[[str], Client]
) -> None:
    rules = own_profile(world, plan_ladder=["leading_group", "inspector"])
    row = opened(world, profile_id=rules.pk)
    unsigned = "Nobody can sign the step “inspector” of the ladder today."
    page = page_of(browser("clerk"), row.pk)
    assert unsigned not in page
    assert "郑示例" in page
    assert 'href="/rounds/"' in page
    accounting.person_deactivate(
        person_id=world.people["inspector"], actor=world.actor("admin"), at=world.clock.tick()
    )
    assert unsigned in page_of(browser("clerk"), row.pk)


@pytest.mark.parametrize(
    "wanted", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"]
)
def test_the_way_back_leads_to_our_own_pages_only(browser: Callable[[str], Client], wanted: str) -> None:
    page = browser("admin").get("/groups/", {"next": wanted}).content.decode()
    assert f'href="{wanted}"' not in page
    assert "Back to where you came from" not in page


def test_the_way_back_is_kept_from_one_form_of_the_leading_groups_to_the_next(
    world: World, browser: Callable[[str], Client]
) -> None:
    back = f"/inspections/{world.inspection_id}/setup/"
    clerk = browser("clerk")
    page = clerk.get("/groups/", {"next": back}).content.decode()
    assert f'href="{back}"' in page
    address = re.findall(r'action="(/oversight/set/[^"]*)"', page)[0]
    form = {"unit_id": world.organisations["财务科"], "leader_id": world.people["leader"]}
    done = clerk.post(address, form, follow=True)
    assert done.redirect_chain[0][0].startswith("/groups/?next=")
    assert f'href="{back}"' in done.content.decode()


def test_the_start_page_begins_with_the_upload_while_there_is_no_inspection(
    world: World, browser: Callable[[str], Client]
) -> None:
    away = world.organisations["别处局"]
    Post.objects.filter(person_id=world.people["clerk"]).update(organisation_id=away)
    clerk = browser("clerk")
    page = clerk.get("/").content.decode()
    assert "Your first inspection in five steps" in page
    assert states(page) == [OPEN, LATER, LATER, LATER, LATER]
    assert 'btn-primary" href="/intake/upload/"' in page
    assert page.count("btn-primary") == 1
    assert "confirming the feedback opens it" in text_of(page)
    upload = clerk.get("/intake/upload/").content.decode()
    assert "ask your system administrator for a post there." in text_of(upload)
    receipt = intake_receive(
        actor=world.actor("clerk"),
        at=world.clock.tick(),
        organisation_id=away,
        content=NOTICE,
        name="反馈.txt",
    )
    page = clerk.get("/").content.decode()
    assert states(page) == [DONE, OPEN, LATER, LATER, LATER]
    assert f'btn-primary" href="/intake/{receipt.intake.pk}/"' in page
    draft = clerk.get(f"/intake/{receipt.intake.pk}/").content.decode()
    assert 'href="#confirm"' in draft
    done = clerk.post(
        f"/intake/{receipt.intake.pk}/confirm/",
        {
            "version": receipt.intake.version,
            "inspection": "new",
            "new_title": "别处局巡察",
            "new_kind": "inspection",
            "new_subject": away,
            "dismiss_rest": "on",
        },
    )
    row = Inspection.objects.get(title="别处局巡察")
    assert done.headers["Location"] == f"/inspections/{row.pk}/"
    # none of its findings is assigned: the start page leads on, and no longer from the beginning
    page = clerk.get("/").content.decode()
    assert "setup-first" not in page
    assert "Step 3 of 5: Assign leader and unit." in page
    assert f'href="/inspections/{row.pk}/setup/"' in page


def test_whoever_cannot_upload_is_told_who_enters_inspections(
    world: World, browser: Callable[[str], Client]
) -> None:
    away = world.organisations["别处局"]
    Post.objects.filter(person_id=world.people["verifier"]).update(organisation_id=away)
    page = browser("verifier").get("/").content.decode()
    assert "as soon as the rectification office has entered one" in page
    assert "/intake/upload/" not in page
    assert "setup-first" not in page
    Post.objects.filter(person_id=world.people["verifier"]).update(ended_on=F("started_on"))
    assert "Without a post nothing is shown." in browser("verifier").get("/").content.decode()
