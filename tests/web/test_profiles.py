"""The pages of profiles: list, versions and what changed, the form with every rule; and where rules show."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import translation
from selectolax.lexbor import LexborHTMLParser

from web.world import own_profile
from zhenggai.domain.deadlines import Light
from zhenggai.domain.inspections import InspectionKind
from zhenggai.domain.profiles import DEFAULT_PROFILE, profile_content, profile_from
from zhenggai.domain.terms import milestones
from zhenggai.ledger import profiles, services
from zhenggai.web.profile_view import days_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from web.world import World


def page(response: Any) -> str:
    return " ".join((LexborHTMLParser(response.content).body.text(separator=" ")).split())


def posted(response: Any) -> dict[str, Any]:
    """What the form of a page would send as it stands."""
    form = LexborHTMLParser(response.content).css_first("form.rules-form")
    assert form is not None
    sent: dict[str, Any] = {}
    for field in form.css("input, select, textarea"):
        given = field.attributes
        name, kind = given.get("name") or "", given.get("type")
        if field.tag == "select":
            chosen = field.css_first("option[selected]")
            sent[name] = (chosen.attributes.get("value") or "") if chosen else ""
        elif field.tag == "textarea":
            sent[name] = field.text().removeprefix("\n")
        elif kind == "checkbox":
            if "checked" in given:
                sent.setdefault(name, []).append(given.get("value") or "on")
        elif name not in {"", "csrfmiddlewaretoken"}:
            sent[name] = given.get("value") or ""
    return sent


def content(**sections: Any) -> dict[str, Any]:
    return {**deepcopy(profile_content(DEFAULT_PROFILE)), **sections}


def test_the_form_sends_back_the_rules_it_was_given(world: World, browser: Callable[[str], Client]) -> None:
    client = browser("clerk")
    sent = posted(client.get("/profiles/new/"))
    sent |= {
        "owner_id": str(world.organisations["示例局"]),
        "title": "示例局巡察规则",
        "note": "示例局整改办〔2026〕1号",
    }
    response = client.post("/profiles/new/", sent)
    assert response.status_code == 302, page(response)
    (own,) = [each for each in profiles.profiles_visible(world.actor("clerk")) if each.owner]
    assert profile_from(own.versions.get().content) == DEFAULT_PROFILE
    shown = page(client.get(response["Location"]))
    assert "The profile is made" in shown
    assert "responsible leader → rectification office" in shown


def test_a_new_version_is_made_and_what_changed_is_shown(
    world: World, browser: Callable[[str], Client]
) -> None:
    own, client = own_profile(world), browser("clerk")
    address = f"/profiles/{own.pk}/"
    sent = posted(client.get(f"{address}revise/"))
    changed = sent | {
        "note": "按新印发的办法调整。",
        "ladder_2": "verifier",
        "ladder_3": "office_clerk",
        "plan_months": "2",
        "warned_near": ["handler", "office_clerk"],
        "colour_near": "blue",
        "stage_closed_counts": "on",
    }
    assert client.post(f"{address}revise/", changed).status_code == 302
    shown = page(client.get(address))
    assert "Version 2" in shown
    assert "按新印发的办法调整。" in shown
    assert "Plan due after the feedback, in months 1 2" in shown
    assert "responsible leader → rectification office responsible leader → verifier → rectif" in shown
    first = page(client.get(f"{address}?version=1&against=2"))
    assert "there is a newer version" in first
    assert "Plan due after the feedback, in months 2 1" in first
    # what the page was written on is no longer the newest
    stale = client.post(f"{address}revise/", changed | {"plan_months": "3"})
    assert stale.status_code == 409
    assert "Version 2 of this profile was made since your page was loaded, by 周示例" in page(stale)
    assert posted(stale)["plan_months"] == "3"


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("near_days", "5", "The second warning, 10 days before the due date"),
        ("plan_months", "61", "“Plan due after the feedback, in months” is more than 60; correct it."),
        ("word_plan_zh", "", "Fill in “Rectification plan, in Chinese”; it is empty."),
        ("ladder_2", "", "A ladder of signatures needs at least two different known steps"),
        ("note", "", "Fill in “Basis or reason”; it is empty."),
    ],
)
def test_a_refused_form_keeps_what_was_typed(
    world: World, browser: Callable[[str], Client], field: str, value: str, sentence: str
) -> None:
    own, client = own_profile(world), browser("clerk")
    sent = posted(client.get(f"/profiles/{own.pk}/revise/")) | {"note": "调整。", "word_finding_en": "Issue"}
    response = client.post(f"/profiles/{own.pk}/revise/", sent | {field: value})
    assert response.status_code == 422
    assert sentence in page(response)
    assert posted(response)["word_finding_en"] == "Issue"
    assert posted(response)[field] == value
    assert own.versions.count() == 1


def test_an_inspection_shows_its_rules_words_and_days(world: World, browser: Callable[[str], Client]) -> None:
    words = content()["words"] | {"subject": {"zh": "受检单位", "en": "Inspected site"}}
    own = own_profile(world, words=words)
    row = services.inspection_create(
        actor=world.actor("clerk"),
        at=world.clock.tick(),
        title="示例局专项检查",
        kind=InspectionKind.INSPECTION,
        subject_id=world.organisations["示例局"],
        feedback_on=date(2000, 8, 31),
        plan_required=True,
    )
    services.profile_revise(
        actor=world.actor("clerk"),
        at=world.clock.tick(),
        profile_id=own.pk,
        seen_number=1,
        content=content(),
        note="恢复通用名称。",
    )
    client = browser("clerk")
    shown = page(client.get(f"/inspections/{row.pk}/"))
    assert "Inspected site 云山县示例局" in shown
    assert "示例局巡察规则 · version 1" in shown
    assert "version 2 is newer; this one keeps what it began with" in shown
    assert "Rectification plan due 2000-09-30" in shown
    assert "days overdue" in shown
    assert "Concentrated period until 2000-11-30 ended" in shown
    assert "Rectification report due next" in shown
    plan = page(client.get(f"/inspections/{row.pk}/plan/"))
    assert "Rectification plan due 2000-09-30" in plan
    assert "Concentrated period" not in plan


def test_a_plan_handed_in_says_when_and_how_late() -> None:
    feedback, on = date(2026, 1, 15), date(2026, 4, 1)
    with translation.override("en"):
        late = days_of(milestones(feedback, on, plan_on=date(2026, 3, 1)), on, DEFAULT_PROFILE)[0]
        in_time = days_of(milestones(feedback, on, plan_on=date(2026, 2, 15)), on, DEFAULT_PROFILE)[0]
        done = days_of(milestones(feedback, on, done_on=date(2026, 3, 20)), on, DEFAULT_PROFILE)
    assert late.said == "handed in on 2026-03-01, 14 days late"
    assert in_time.said == "handed in on 2026-02-15"
    assert [(each.label, each.light, each.days_left) for each in done][2] == (
        "Evaluation until",
        Light.NEAR,
        19,
    )


def test_lights_stand_at_the_days_and_in_the_colours_of_the_profile(
    world: World, browser: Callable[[str], Client]
) -> None:
    client = browser("clerk")
    plain = client.get(f"/inspections/{world.inspection_id}/").content.decode()
    assert 'class="light light-' in plain
    own = own_profile(
        world,
        colours=content()["colours"] | {"overdue": "violet"},
        counting=content()["counting"] | {"denominator": "measures", "rounding": "down"},
    )
    row = services.inspection_create(
        actor=world.actor("clerk"),
        at=world.clock.tick(),
        title="示例局补充巡察",
        kind=InspectionKind.INSPECTION,
        subject_id=world.organisations["示例局"],
        feedback_on=date(2001, 1, 31),
        plan_required=True,
        profile_id=own.pk,
    )
    shown = client.get(f"/inspections/{row.pk}/").content.decode()
    assert "light light-overdue colour-violet" in shown


def test_the_profile_is_chosen_when_an_inspection_is_opened(
    world: World, browser: Callable[[str], Client]
) -> None:
    own, client = own_profile(world), browser("clerk")
    sent = {
        "title": "示例局审计",
        "kind": "audit",
        "subject_id": str(world.organisations["示例局"]),
        "profile_id": str(own.pk),
    }
    assert "示例局巡察规则（示例局）" in page(client.get("/inspections/new/"))
    response = client.post("/inspections/new/", sent)
    assert response.status_code == 422
    assert "The profile “示例局巡察规则” is for “inspection”" in page(response)
    response = client.post("/inspections/new/", sent | {"kind": "inspection"})
    assert "示例局巡察规则 · version 1" in page(client.get(response["Location"]))


def test_the_list_names_what_comes_along_in_the_readers_language_and_counts_inspections(
    world: World, browser: Callable[[str], Client], django_assert_max_num_queries: Any
) -> None:
    own_profile(world)
    client = browser("handler")
    with django_assert_max_num_queries(9):
        shown = page(client.get("/profiles/"))
    assert "Default rules: audit" in shown
    assert "示例局巡察规则" in shown
    assert "Make a profile" not in shown
