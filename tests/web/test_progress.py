"""Reporting progress on the page, and the view of who verifies beside the unit's claim."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from selectolax.lexbor import LexborHTMLParser

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from web.world import World

SENT = {"progress": "in_progress", "narrative": "已清查办公设备两层。"}


def page(response: Any) -> str:
    return " ".join(LexborHTMLParser(response.content).body.text(separator=" ").split())


def sent(client: Client, world: World, verb: str, **values: Any) -> Any:
    finding = world.finding(2)
    values |= {"version": str(finding.version)}
    return client.post(f"/findings/{finding.pk}/{verb}/", values, follow=True)


def test_a_report_is_shown_with_its_percentage_actions_and_measure(
    world: World, browser: Callable[[str], Client]
) -> None:
    measure = world.finding(2).measures.all()[0]
    shown = page(
        sent(
            browser("handler"),
            world,
            "progress-report",
            **SENT,
            percent="40",
            actions="清查一层\n\n  清查二层  \n",
            action_measure_id=str(measure.pk),
        )
    )
    assert "40%" in shown
    assert "清查一层 carries out measure" in shown
    assert "清查二层 carries out measure" in shown
    assert [each.text for each in world.finding(2).progress_reports.last().actions.all()] == [
        "清查一层",
        "清查二层",
    ]


def test_a_percentage_that_does_not_go_with_the_claim_comes_back_with_what_was_typed(
    world: World, browser: Callable[[str], Client]
) -> None:
    answer = sent(browser("handler"), world, "progress-report", **SENT, percent="100", actions="清查一层")
    assert answer.status_code == 422
    assert "100 % does not go with “in progress”" in page(answer)
    assert "清查一层" in answer.content.decode()


def test_the_view_of_who_verifies_stands_beside_the_claim(
    world: World, browser: Callable[[str], Client]
) -> None:
    sent(browser("handler"), world, "progress-report", **SENT)
    reason = "现场查看，清查尚未开始。"
    answer = sent(browser("verifier"), world, "progress-judge", progress="not_started", reason=reason)
    shown = page(answer)
    assert "Your view stands beside the unit's." in shown
    assert "Verified as not started" in shown
    assert "the unit claims more than is seen" in shown
    assert reason in page(browser("handler").get(f"/findings/{world.finding(2).pk}/"))
    listed = page(browser("clerk").get(f"/inspections/{world.inspection_id}/?gap=ahead"))
    assert "固定资产账实不符" in listed
    assert "公务接待费超标准列支" not in listed
    figures = page(browser("clerk").get(f"/inspections/{world.inspection_id}/figures/"))
    assert "Counted of the 1 findings, without rebounds" in figures


def test_enter_in_a_field_of_one_line_files_the_report_and_saves_no_draft(
    world: World, browser: Callable[[str], Client]
) -> None:
    shown = browser("handler").get(f"/findings/{world.finding(2).pk}/")
    form = LexborHTMLParser(shown.content).css_first("form#progress-report")
    # what a browser presses for the Enter key is the first button that submits
    first, *others = form.css("button[type=submit]")
    assert "formaction" not in first.attributes
    assert [each.attributes["formaction"] for each in others] == [
        f"/findings/{world.finding(2).pk}/progress-draft/"
    ]
    assert form.css_first("[data-draft]") is not None


def test_of_every_form_the_first_button_does_what_the_form_says(
    world: World, browser: Callable[[str], Client]
) -> None:
    for username, address in (("handler", f"/findings/{world.finding(2).pk}/"), ("clerk", "/sign/")):
        shown = LexborHTMLParser(browser(username).get(address).content)
        firsts = [form.css_first("[type=submit]") for form in shown.css("form")]
        assert [
            each.attributes["formaction"] for each in firsts if each and "formaction" in each.attributes
        ] == []


def test_a_draft_is_saved_shown_again_and_gone_with_the_report(
    world: World, browser: Callable[[str], Client]
) -> None:
    client, other = browser("handler"), browser("head")
    address = f"/findings/{world.finding(2).pk}/"
    typed = {"narrative": "刚清查到一半", "actions": "清查一层", "percent": "30"}
    done = client.post(f"{address}progress-draft/", typed, follow=True)
    assert "The draft is saved; only you see it." in page(done)
    assert "刚清查到一半" in client.get(address).content.decode()
    assert "刚清查到一半" not in other.get(address).content.decode()
    script = client.post(
        f"{address}progress-draft/", typed | {"narrative": "清查过半"}, headers={"Accept": "application/json"}
    )
    assert (script.status_code, script.content) == (204, b"")
    assert "清查过半" in client.get(address).content.decode()
    sent(client, world, "progress-report", **SENT)
    assert "清查过半" not in client.get(address).content.decode()
    long = client.post(
        f"{address}progress-draft/", {"narrative": "长" * 20_001}, headers={"Accept": "application/json"}
    )
    assert long.status_code == 422
    assert "at most 20000 fit" in page(
        client.post(f"{address}progress-draft/", {"narrative": "长" * 20_001}, follow=True)
    )
