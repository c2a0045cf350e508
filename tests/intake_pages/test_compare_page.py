"""The page that compares a draft with a ledger: a trial, choices without script, and taking in once."""

from __future__ import annotations

import re
import threading
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from intake import notices
from intake.test_comparing import LATER, MORE, compared, rows_of
from intake_pages.test_draft_page import form_of, page_of
from zhenggai.intake import services
from zhenggai.intake.models import Comparison, Intake
from zhenggai.jobs.working import work
from zhenggai.ledger.models import Finding
from zhenggai.web.intake.comparing import choices_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from intake.office import Office


@pytest.fixture
def inspection_id(office: Office) -> int:
    """A ledger of two findings, from the first notice."""
    return int(office.confirm(office.receive(notices.CLEAN)).inspection_id)


def address(comparison: Comparison, name: str = "intake-compare") -> str:
    return reverse(name, args=[comparison.intake_id])


def test_the_draft_of_a_later_notice_leads_to_the_comparison(
    office: Office, inspection_id: int, browser: Callable[[str], Client]
) -> None:
    intake, clerk = office.receive(LATER), browser("clerk")
    page = page_of(clerk, intake)
    assert "the document is compared with them first" in page
    fields = {**form_of(page), "inspection": str(inspection_id)}
    response = clerk.post(reverse("intake-confirm", args=[intake.pk]), fields, follow=True)
    assert response.redirect_chain == [(reverse("intake-compare", args=[intake.pk]), 302)]
    shown = response.content.decode()
    assert "nothing is in the ledger yet" in shown
    assert "公务接待报销手续不齐全" in shown
    assert Finding.objects.count() == 2


def test_every_difference_has_both_sides_its_place_and_a_choice(
    office: Office, inspection_id: int, browser: Callable[[str], Client]
) -> None:
    comparison = compared(office, LATER, inspection_id)
    row = rows_of(comparison)[1]
    page = browser("clerk").get(address(comparison), {"kind": "differing"}).content.decode()
    for part in ("title", "status", "actions"):
        sides = re.findall(rf'name="row-{row.pk}-{part}" value="(\w+)"( checked)?', page)
        wanted = "ledger" if part == "title" else "file"
        assert [side for side, checked in sides if checked] == [wanted], part
        assert [side for side, _ in sides] == ["ledger", "file"], part
    assert re.search(r'class="to-place" href="/intake/\d+/\?place=\d+-\d+#place"', page)


def test_any_finding_of_the_ledger_is_found_for_a_row_without_script(
    office: Office, inspection_id: int, browser: Callable[[str], Client]
) -> None:
    text = notices.CLEAN.replace("2.公务接待报销手续不全。", "2.车辆调度记录缺失严重。")
    comparison, clerk = compared(office, text, inspection_id), browser("clerk")
    row, finding = rows_of(comparison)[1], Finding.objects.get(title__contains="公务接待")
    choose = address(comparison, "intake-compare-choose")
    sent = {"version": str(comparison.version), "do": f"find:{row.pk}", f"words-{row.pk}": " 公务接待 "}

    response = clerk.post(f"{choose}?kind={row.state}&find=3", sent)

    assert response.url.endswith(f"#row-{row.pk}")
    page = clerk.get(response.url).content.decode()
    assert f'name="row-{row.pk}-state" value="same:{finding.pk}"' in page
    assert "What was found stands among the choices above." in page
    nothing = {"kind": row.state, "find": str(row.pk), "words": "没有这话"}
    page = clerk.get(address(comparison), nothing).content.decode()
    assert "No other finding that you see has this number or these words." in page
    other = {"kind": row.state, "find": "987654", "words": "公务接待"}
    assert f'value="same:{finding.pk}"' not in clerk.get(address(comparison), other).content.decode() or (
        finding.pk in {each[0] for each in row.candidates}
    )
    sent = {"version": str(comparison.version), "do": "save", f"row-{row.pk}-state": f"same:{finding.pk}"}
    clerk.post(f"{choose}?kind={row.state}", sent)
    row.refresh_from_db()
    assert (row.state, row.finding_id) == ("same", finding.pk)


def test_choices_are_kept_and_taken_without_script(
    office: Office, inspection_id: int, browser: Callable[[str], Client]
) -> None:
    comparison, clerk = compared(office, MORE, inspection_id), browser("clerk")
    row, new = rows_of(comparison)[1:]
    sent = {
        "version": str(comparison.version),
        f"row-{row.pk}-state": f"same:{row.finding_id}",
        f"row-{row.pk}-title": "file",
        f"row-{row.pk}-status": "ledger",
        f"row-{new.pk}-state": "leave_out",
        "do": "save",
    }
    kept = clerk.post(address(comparison, "intake-compare-choose"), sent, follow=True)
    assert "Your choices are kept" in kept.content.decode()
    comparison.refresh_from_db()
    refused = clerk.post(address(comparison, "intake-compare-confirm"), {"version": str(comparison.version)})
    assert refused.status_code == 409
    assert "1 findings of the file would be left out" in refused.content.decode()
    taken = clerk.post(
        address(comparison, "intake-compare-confirm"),
        {"version": str(comparison.version), "left_out": "1"},
        follow=True,
    )
    assert taken.redirect_chain == [(reverse("inspection", args=[inspection_id]), 302)]
    finding = Finding.objects.get(pk=row.finding_id)
    assert (finding.title, finding.stated_progress) == ("公务接待报销手续不齐全", "in_progress")
    shown = clerk.get(reverse("finding", args=[finding.pk])).content.decode()
    assert "Later documents" in shown
    assert '<del class="pre">公务接待报销手续不全</del>' in shown
    again = clerk.post(
        address(comparison, "intake-compare-confirm"), {"version": str(comparison.version)}, follow=True
    )
    assert "a draft becomes a ledger once" in again.content.decode()
    assert clerk.get(address(comparison)).status_code == 302


def test_a_button_takes_or_keeps_a_field_in_all_findings(
    office: Office, inspection_id: int, browser: Callable[[str], Client]
) -> None:
    comparison, clerk = compared(office, LATER, inspection_id), browser("clerk")
    clerk.post(
        address(comparison, "intake-compare-choose"), {"version": "1", "do": "all:title:file"}, follow=True
    )
    comparison.refresh_from_db()
    assert comparison.rules == {"title": True}
    for forged in ("all:stage:file", "all:title:theirs", "all:"):
        clerk.post(
            address(comparison, "intake-compare-choose"), {"version": str(comparison.version), "do": forged}
        )
        comparison.refresh_from_db()
        assert comparison.rules == {"title": True}


def test_forged_choices_are_refused_with_a_sentence(
    office: Office, inspection_id: int, browser: Callable[[str], Client]
) -> None:
    comparison, clerk = compared(office, LATER, inspection_id), browser("clerk")
    row = rows_of(comparison)[1]
    for name, value in (
        (f"row-{row.pk}-state", "same:987654"),
        ("row-987654-state", "add"),
        (f"row-{row.pk}-state", "same"),
    ):
        refused = clerk.post(address(comparison, "intake-compare-choose"), {"version": "1", name: value})
        assert refused.status_code == 422
        assert "none of the choices was kept" in refused.content.decode()
    assert choices_of({"row-x-state": "add", "row-1-state": "close", "row-1-stage": "file"}) == {}
    stale = clerk.post(address(comparison, "intake-compare-choose"), {"version": "7"})
    assert stale.status_code == 409


def test_what_only_the_ledger_has_is_listed_and_stays(
    office: Office, inspection_id: int, browser: Callable[[str], Client]
) -> None:
    text = LATER.split("1.学习制度", maxsplit=1)[0] + "2.公务接待" + LATER.split("2.公务接待", maxsplit=1)[1]
    comparison = compared(office, text, inspection_id)
    page = browser("clerk").get(address(comparison), {"kind": "missing"}).content.decode()
    assert "an import deletes nothing" in page
    assert "学习制度落实不够到位" in page


def test_the_page_says_that_it_is_outdated_and_compares_again(
    office: Office, inspection_id: int, browser: Callable[[str], Client]
) -> None:
    comparison, clerk = compared(office, LATER, inspection_id), browser("clerk")
    office.do(services.draft_finding_add, comparison.intake)
    assert "was changed after it was compared" in clerk.get(address(comparison)).content.decode()
    again = clerk.post(address(comparison, "intake-compare-make"), follow=True).content.decode()
    assert "Compared again" in again
    assert "It has no title" in clerk.get(address(comparison), {"kind": "unfit"}).content.decode()


def test_the_same_file_leads_to_comparing_again(
    office: Office, inspection_id: int, browser: Callable[[str], Client]
) -> None:
    entered, clerk = Intake.objects.get(), browser("clerk")
    assert "Compare with the ledger again" in clerk.get(reverse("intake", args=[entered.pk])).content.decode()
    response = clerk.post(reverse("intake-compare-again", args=[entered.pk]), follow=True)
    again = Intake.objects.exclude(pk=entered.pk).get()
    assert response.redirect_chain == [(reverse("intake", args=[again.pk]), 302)]


def test_nobody_elses_comparison_is_shown(
    office: Office, inspection_id: int, browser: Callable[[str], Client]
) -> None:
    comparison = compared(office, LATER, inspection_id)
    assert browser("colleague").get(address(comparison)).status_code == 302
    assert browser("stranger").get(address(comparison)).status_code == 404


def test_the_page_asks_as_much_for_many_rows_as_for_few(
    office: Office, browser: Callable[[str], Client]
) -> None:
    clerk, counts = browser("clerk"), []
    for findings in (3, 30):
        text = notices.long_notice(findings)
        first = office.confirm(office.receive(text))
        comparison = compared(office, text.replace("开展检查", "组织检查"), first.inspection_id)
        clerk.get(address(comparison), {"kind": "differing"})
        with CaptureQueriesContext(connection) as captured:
            assert clerk.get(address(comparison), {"kind": "differing"}).status_code == 200
        counts.append(len(captured))
    assert counts[1] - counts[0] <= 1


def test_while_a_job_has_it_the_page_says_so_and_what_was_refused_then(
    office: Office, inspection_id: int, browser: Callable[[str], Client], settings: Any
) -> None:
    settings.ZHENGGAI_TAKE_AT_ONCE_FINDINGS = 0
    settings.RECURRING = ()
    intake, clerk = office.receive(LATER), browser("clerk")
    given = {"version": intake.version, "inspection_id": inspection_id}
    office.do(services.comparison_order, intake, **given)
    comparison = Comparison.objects.get()
    assert "is being compared with the ledger" in clerk.get(address(comparison)).content.decode()
    progress = clerk.get(address(comparison, "intake-compare-progress"))
    assert "is being compared with the ledger" in progress.content.decode()
    assert clerk.post(address(comparison, "intake-compare-make")).status_code == 409
    office.do(services.draft_finding_add, intake)
    work(name="one", clock=office.at, stop=threading.Event(), until_idle=True)
    assert clerk.get(address(comparison, "intake-compare-progress")).status_code == 302
    assert "was changed by somebody else" in clerk.get(address(comparison)).content.decode()
    settings.ZHENGGAI_TAKE_AT_ONCE_FINDINGS = 2_000
    again = clerk.post(address(comparison, "intake-compare-make"), follow=True).content.decode()
    assert "Compared again" in again
