"""A ledger as a file for a program: by the same services as the page."""

from __future__ import annotations

import csv
import io
import json
import threading
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from ledger.world import STATED
from zhenggai.jobs.working import work
from zhenggai.ledger.errors import ExportGoneError
from zhenggai.ledger.models import LedgerExport
from zhenggai.reading.workbook import open_book

if TYPE_CHECKING:
    from api.conftest import Programs
    from ledger.world import World


def body(answer: Any) -> bytes:
    assert answer.status_code == 200
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    return b"".join(answer.streaming_content)


def test_a_program_takes_a_ledger_away_in_every_form(world: World, programs: Programs) -> None:
    first, second = world.register(STATED, STATED)
    world.assigned(first)
    clerk, at = programs.of(world.clerk), f"/inspections/{world.inspection.pk}/ledger"
    book = open_book(body(clerk.get(f"{at}.xlsx")), name="台账.xlsx")
    assert len(book.sheets) == 8
    narrowed = "?stage=assigned&form=custom&columns=due,unit&sheets=tasks,guide&merged=false"
    ledger, tasks, _guide = open_book(body(clerk.get(f"{at}.xlsx{narrowed}")), name="台账.xlsx").sheets
    assert (ledger.rows[2][3:5], tasks.name) == (["完成时限", "责任单位"], "任务清单")
    assert len(ledger.rows) == 4
    written = body(clerk.get(f"{at}.csv?stage=registered")).decode("utf-8-sig")
    assert [row["环节"] for row in csv.DictReader(io.StringIO(written))] == ["已登记"]
    said = json.loads(body(clerk.get(f"{at}.json")))
    assert [each["id"] for each in said["findings"]] == [first.pk, second.pk]


def test_what_is_not_known_or_not_there_is_refused(world: World, programs: Programs) -> None:
    clerk, at = programs.of(world.clerk), f"/inspections/{world.inspection.pk}/ledger"
    assert clerk.get(f"{at}.xlsx?page=2").said["code"] == "filter_unknown"
    assert clerk.get(f"{at}.pdf").status_code == 422
    for kind in ("xlsx", "csv", "json"):
        answer = programs.of(world.stranger).get(f"{at}.{kind}")
        assert (answer.status_code, answer.said["code"]) == (404, "inspection_not_found")


def test_a_large_workbook_is_made_by_a_job_and_asked_for_at_its_address(
    world: World, programs: Programs, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.RECURRING = ()
    settings.ZHENGGAI_EXPORT_AT_ONCE = 0
    (finding,) = world.register(STATED)
    world.assigned(finding)
    clerk = programs.of(world.clerk)
    answer = clerk.get(f"/inspections/{world.inspection.pk}/ledger.xlsx?form=full")
    said = answer.said
    assert (answer.status_code, said["state"], said["file"]) == (202, "waiting", None)
    assert answer.headers["Location"] == said["address"] == f"/api/1/exports/{said['id']}"
    here = said["address"].removeprefix("/api/1")
    again = clerk.get(f"/inspections/{world.inspection.pk}/ledger.xlsx?form=full")
    assert (again.status_code, again.said["id"], LedgerExport.objects.count()) == (202, said["id"], 1)
    gone = clerk.get(f"{here}/ledger.xlsx")
    assert (gone.status_code, gone.said["code"]) == (404, ExportGoneError.code.removeprefix("ledger."))
    with django_capture_on_commit_callbacks(execute=True):
        work(name="one", clock=timezone.now, stop=threading.Event(), until_idle=True)
    said = clerk.get(here).said
    assert (said["state"], said["total"]) == ("ready", 1)
    book = open_book(body(clerk.get(said["file"].removeprefix("/api/1"))), name="台账.xlsx")
    assert book.sheets[0].name == "台账"
    for address in (here, f"{here}/ledger.xlsx", "/exports/987654"):
        other = programs.of(world.stranger).get(address)
        assert (other.status_code, other.said["code"]) == (404, gone.said["code"])
    small = clerk.get(f"/inspections/{world.inspection.pk}/ledger.csv")
    assert small.status_code == 200
