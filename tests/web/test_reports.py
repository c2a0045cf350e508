"""The pages of report requests: asked, reminded, withdrawn, and who has not reported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from selectolax.lexbor import LexborHTMLParser

from web.world import asked_reports

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from web.world import World

# still to come whenever the test runs
SENT = {"title": "第四季度", "first_on": "2099年10月1日", "last_on": "2099-12-31", "due_on": "2099-12-31"}


def page(response: Any) -> str:
    return " ".join(LexborHTMLParser(response.content).body.text(separator=" ").split())


def test_the_office_asks_and_the_units_see_it_on_their_start_page(
    world: World, browser: Callable[[str], Client]
) -> None:
    address = f"/inspections/{world.inspection_id}/reports/"
    client = browser("clerk")
    assert "No report is asked for yet." in page(client.get(address))
    wrong = client.post(address, SENT | {"last_on": "2099-01-01"})
    assert wrong.status_code == 422
    assert "The period would end on 2099-01-01" in page(wrong)
    assert 'value="第四季度"' in wrong.content.decode()
    request = asked_reports(world)
    done = client.post(address, SENT, follow=True)
    assert "The units are asked to report, and their people are told." in page(done)
    again = client.post(address, SENT)
    assert again.status_code == 409
    home = page(browser("handler").get("/"))
    assert "第三季度整改进展" in home
    assert "to report by 2026-10-05" in home
    assert "1 of 1 units has not reported, due on 2026-10-05" in page(client.get("/"))
    # the period of the other has not begun
    assert "第四季度" not in home
    assert browser("handler").get(f"/report-requests/{request.pk}/").status_code == 200


def test_who_has_not_reported_is_listed_to_copy_and_as_a_table(
    world: World, browser: Callable[[str], Client]
) -> None:
    request = asked_reports(world)
    address = f"/report-requests/{request.pk}/"
    client = browser("clerk")
    shown = client.get(address)
    tree = LexborHTMLParser(shown.content)
    names = tree.css_first("#names").text()
    assert "财务科" in names
    assert "In time is until the end of the due day in Beijing time." in page(shown)
    table = client.get(f"{address}missing.csv")
    assert table["Content-Type"] == "text/csv; charset=utf-8"
    lines = table.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Responsible unit,Number,Finding,Stage,Report by,Days late"
    assert any(line.startswith("财务科,") and ",2026-10-05," in line for line in lines[1:])
    assert len(lines) - 1 == sum(each.text() == "not reported" for each in tree.css("td .mark-late"))


def test_the_office_reminds_and_withdraws(world: World, browser: Callable[[str], Client]) -> None:
    request = asked_reports(world)
    address = f"/report-requests/{request.pk}/"
    client = browser("clerk")
    assert "Every unit that has not reported is reminded." in page(
        client.post(f"{address}remind/", follow=True)
    )
    again = client.post(f"{address}remind/")
    assert again.status_code == 409
    assert "was reminded today already" in page(again)
    short = client.post(f"{address}withdraw/", {"reason": "错了"})
    assert short.status_code == 422
    reason = "期限有误，重新下发通知。"
    done = client.post(f"{address}withdraw/", {"reason": reason}, follow=True)
    assert "nobody owes a report for it" in page(done)
    assert reason in page(done)
    assert "第三季度整改进展" not in page(browser("handler").get("/"))
    assert client.post(f"{address}nothing/").status_code == 404


def test_a_reader_of_another_unit_is_offered_nothing_to_do(
    world: World, browser: Callable[[str], Client]
) -> None:
    request = asked_reports(world)
    for name in ("handler", "inspector", "leader"):
        shown = page(browser(name).get(f"/report-requests/{request.pk}/"))
        assert "Remind who has not reported" not in shown
        assert "Withdraw the request" not in shown
        assert "Ask the units to report" not in page(
            browser(name).get(f"/inspections/{world.inspection_id}/reports/")
        )
