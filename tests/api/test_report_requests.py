"""Report requests by programs: the office issues, reminds and withdraws by the rules of the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from zhenggai.accounts.kinds import TokenReach
from zhenggai.ledger.models import ReportReminder, ReportRequest
from zhenggai.trail.models import Event

if TYPE_CHECKING:
    from api.conftest import Programs
    from ledger.world import World

PERIOD = {"title": "第一季度", "first_on": "2026-01-01", "last_on": "2026-03-31", "due_on": "2099-04-05"}
REASON = "统计口径已调整，另行通知。"


@pytest.fixture
def at(world: World) -> str:
    world.accepted()
    return f"/inspections/{world.inspection.pk}/report-requests"


def entries() -> int:
    return Event.objects.filter(name__startswith="ledger.").count()


def test_the_office_issues_lists_and_withdraws(world: World, programs: Programs, at: str) -> None:
    office = programs.of(world.clerk)
    made = office.post(at, PERIOD)
    assert made.status_code == 200, made.said
    said = made.said["report_request"]
    assert (said["title"], said["units_missing"], made.said["repeated"]) == ("第一季度", 1, False)
    one = f"/report-requests/{said['id']}"
    assert [each["id"] for each in office.get(at).said["report_requests"]] == [said["id"]]
    assert [each["unit"] for each in office.get(one).said["units"]] == ["示例股"]
    assert office.post(f"{one}/remind", {}).said["report_request"]["units_missing"] == 1
    assert ReportReminder.objects.count() == 1
    twice = office.post(f"{one}/remind", {})
    assert (twice.status_code, twice.said["code"]) == (409, "stands_otherwise")
    gone = office.post(f"{one}/withdraw", {"reason": REASON})
    assert gone.said["report_request"]["withdrawn"]
    assert office.post(f"{one}/withdraw", {"reason": REASON}).status_code == 409


def test_under_one_key_it_is_issued_once(world: World, programs: Programs, at: str) -> None:
    office = programs.of(world.clerk)
    first = office.post(at, PERIOD, Idempotency_Key="q1")
    again = office.post(at, PERIOD, Idempotency_Key="q1")
    assert again.said == {**first.said, "repeated": True}
    assert ReportRequest.objects.count() == 1
    assert office.post(at, {**PERIOD, "title": "其他"}, Idempotency_Key="q1").status_code == 409


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({**PERIOD, "due_on": "2026-03-01"}, 422),
        ({**PERIOD, "state": "withdrawn"}, 422),
        ({**PERIOD, "title": ""}, 422),
        ({"title": "第一季度"}, 422),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(
    world: World, programs: Programs, at: str, body: dict[str, Any], status: int
) -> None:
    before = entries()
    assert programs.of(world.clerk).post(at, body).status_code == status
    assert (ReportRequest.objects.count(), entries()) == (0, before)


def test_only_the_office_asks_and_only_by_a_token_that_reaches(
    world: World, programs: Programs, at: str
) -> None:
    made = programs.of(world.clerk).post(at, PERIOD).said["report_request"]
    one, before = f"/report-requests/{made['id']}", entries()
    other = {**PERIOD, "first_on": "2026-04-01", "last_on": "2026-06-30", "due_on": "2099-07-05"}
    for path, body in ((at, other), (f"{one}/remind", {}), (f"{one}/withdraw", {"reason": REASON})):
        for actor in (world.handler, world.leader, world.auditor, world.inspector):
            assert programs.of(actor).post(path, body).status_code == 403
        assert programs.of(world.stranger).post(path, body).status_code == 404
        short = programs.of(world.clerk, TokenReach.REPORT).post(path, body)
        assert (short.status_code, short.said["code"]) == (403, "token_reach")
    for path in ("/report-requests/999999/remind", "/inspections/999999/report-requests"):
        assert programs.of(world.clerk).post(path, other if "inspections" in path else {}).status_code == 404
    assert entries() == before
