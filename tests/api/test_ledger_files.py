"""A ledger as a file for a program: by the same services as the page."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

from ledger.world import STATED
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
