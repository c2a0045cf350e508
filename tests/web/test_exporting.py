"""The page on which a workbook of the ledger is chosen and taken away."""

from __future__ import annotations

import re
import threading
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from zhenggai.jobs.models import Job
from zhenggai.jobs.services import jobs_reap
from zhenggai.jobs.working import work
from zhenggai.ledger.models import ExportChoice, Finding, LedgerExport
from zhenggai.reading.workbook import open_book

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from web.world import World
    from zhenggai.reading.workbook.grid import Sheet

SHEETS = ["problems", "guide"]


def taken(clerk: Client, at: str, **said: object) -> list[Sheet]:
    answer = clerk.post(at, {"form": "short", "sheets": SHEETS, "is_merged": "on", **said})
    assert answer.status_code == 200, answer.content.decode()
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
    assert answer["Content-Disposition"].startswith("attachment")
    data = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    return list(open_book(data, name="台账.xlsx").sheets)


def test_the_list_leads_to_the_page_with_its_filter_and_the_page_to_the_file(
    world: World, browser: Callable[[str], Client]
) -> None:
    clerk = browser("clerk")
    listed = clerk.get(f"/inspections/{world.inspection_id}/?overdue=yes&page=1").content.decode()
    (way,) = re.findall(r'href="(/inspections/\d+/book/[^"]*)"', listed)
    page = clerk.get(way.replace("&amp;", "&")).content.decode()
    assert "of the filtered list" in page
    (at,) = re.findall(r'<form class="export-form" method="post" action="([^"]+)"', page)
    assert at.endswith("/book/?overdue=yes")
    ledger, problems, guide = taken(clerk, at)
    assert (ledger.name, problems.name, guide.name) == ("台账", "问题清单", "填写说明")
    late = re.findall(r'<th scope="row" class="col-title">', listed)
    assert len(ledger.rows) - 3 == len(late) < Finding.objects.count()
    assert "已逾期" in ledger.rows[1][0]


def test_columns_are_chosen_in_an_order_and_offered_again(
    world: World, browser: Callable[[str], Client]
) -> None:
    clerk, at = browser("clerk"), f"/inspections/{world.inspection_id}/book/"
    whole = clerk.get(at).content.decode()
    assert "all that you may see" in whole
    assert re.search(r'value="short"[^>]*checked', whole)
    said = {
        "columns": ["unit", "due", "measures"],
        "place-measures": "1",
        "place-due": "2",
        "place-unit": "x",
    }
    (ledger,) = taken(clerk, at, form="custom", sheets=[], is_merged="", **said)
    assert ledger.rows[2][:6] == ["序号", "编号", "反馈问题", "整改措施", "完成时限", "责任单位"]
    kept = ExportChoice.objects.get()
    assert (kept.columns[3:], kept.sheets, kept.is_merged) == (["measures", "due", "unit"], [], False)
    again = clerk.get(at).content.decode()
    assert re.search(r'value="custom"[^>]*checked', again)
    names = re.findall(r'name="columns" value="(\w+)" id="[^"]+" checked', again)
    assert names == ["measures", "due", "unit"]
    assert re.search(r'value="short"[^>]*checked', browser("leader").get(at).content.decode())


def test_a_choice_that_is_not_on_offer_is_refused_in_a_sentence_and_not_kept(
    world: World, browser: Callable[[str], Client]
) -> None:
    clerk, at = browser("clerk"), f"/inspections/{world.inspection_id}/book/"
    for said in ({"form": "huge"}, {}, {"form": "custom", "columns": ["nothing"]}):
        answer = clerk.post(at, {**said, "place-due": "٣"})
        assert answer.status_code == 422
    assert "not on offer any more; choose again" in answer.content.decode()
    (offered,) = re.findall(r'name="columns" value="due" id="[^"]+"( checked)?', answer.content.decode())
    assert offered == ""
    assert not ExportChoice.objects.exists()


def test_csv_and_json_hold_what_the_filter_shows(world: World, browser: Callable[[str], Client]) -> None:
    clerk, at = browser("clerk"), f"/inspections/{world.inspection_id}/export"
    whole = b"".join(clerk.get(f"{at}.csv").streaming_content)  # type: ignore[attr-defined]
    none = b"".join(clerk.get(f"{at}.csv?text=nichts").streaming_content)  # type: ignore[attr-defined]
    assert whole.count(b"\r\n") > none.count(b"\r\n") == 1


def test_a_large_ledger_is_made_in_the_background_and_offered_when_it_is_ready(
    world: World, browser: Callable[[str], Client], settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.ZHENGGAI_EXPORT_AT_ONCE, settings.RECURRING = 1, ()
    clerk, at = browser("clerk"), f"/inspections/{world.inspection_id}/book/"
    assert "made in the background" in clerk.get(at).content.decode()
    assert "None is kept now." in clerk.get("/exports/").content.decode()
    for stage in ("", "?stage=registered", "?stage=accepted", "?stage=rectifying", "?stage=closed"):
        clerk.post(at + stage, {"form": "short", "sheets": SHEETS}).close()
    orders = LedgerExport.objects.count()
    listed = clerk.get("/exports/").content.decode()
    assert listed.count("waits its turn") == orders >= 1
    assert 'hx-trigger="every 3s"' in listed
    Job.objects.filter(key=str(LedgerExport.objects.last().pk)).update(
        state="running", lease_until=timezone.now() - timedelta(minutes=1), token="x", done=3, total=7
    )
    assert 'aria-label="Being made" max="7" value="3"' in clerk.get("/exports/").content.decode()
    jobs_reap(at=timezone.now())
    with django_capture_on_commit_callbacks(execute=True):
        work(name="one", clock=timezone.now, stop=threading.Event(), until_idle=True)
    listed = clerk.get("/exports/").content.decode()
    assert "ready until" in listed
    way = re.findall(r'href="(/exports/\d+/download/)"', listed)[0]
    answer = clerk.get(way)
    data = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert open_book(data, name="台账.xlsx").sheets[0].name == "台账"
    assert "is ready until" in clerk.get("/inbox/").content.decode()
    assert browser("leader").get(way).status_code == 404
    LedgerExport.objects.update(expires_at=timezone.now() - timedelta(hours=1))
    assert "its time is over" in clerk.get("/exports/").content.decode()
    LedgerExport.objects.update(made_at=None, expires_at=None, total=None)
    assert "was not made" in clerk.get("/exports/").content.decode()
    LedgerExport.objects.update(failed_at=timezone.now())
    assert "was not made" in clerk.get("/exports/").content.decode()


def test_a_sixth_workbook_that_is_waited_for_is_refused_on_the_page(
    world: World, browser: Callable[[str], Client], settings: Any
) -> None:
    settings.ZHENGGAI_EXPORT_AT_ONCE = 0
    clerk, at = browser("clerk"), f"/inspections/{world.inspection_id}/book/"
    for order in ("number", "title", "due", "stage", "changed"):
        assert clerk.post(f"{at}?order={order}", {"form": "short"}).status_code == 302
    answer = clerk.post(at, {"form": "short"})
    assert answer.status_code == 409
    assert "5 workbooks are being made for you" in answer.content.decode()
