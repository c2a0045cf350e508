"""The office asks the units to report, sees who has not, and reminds them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ledger.world import AT, STATED, TODAY
from trail.unguarded import unguarded
from zhenggai.domain.actor import Role
from zhenggai.domain.lifecycle import Progress
from zhenggai.domain.reporting import ReportDaysError
from zhenggai.domain.restricting import RestrictionKind
from zhenggai.inbox.models import Notice
from zhenggai.jobs.running import job_run
from zhenggai.jobs.services import job_enqueue, job_take
from zhenggai.ledger import services
from zhenggai.ledger.comparing import differences
from zhenggai.ledger.errors import (
    ActionDeniedError,
    InspectionNotFoundError,
    NothingToReportError,
    ReasonTooShortError,
    ReportRequestNotFoundError,
    StandsOtherwiseError,
)
from zhenggai.ledger.models import MeasureTask, ReportRequest
from zhenggai.ledger.reporting import report_requests_named, report_sheet, report_sheets, reports_waiting
from zhenggai.ledger.reports_due import reports_remind_due
from zhenggai.ledger.sight import restricted_events, veiled
from zhenggai.trail.chains import ChainKey
from zhenggai.trail.models import Event
from zhenggai.trail.selectors import event_views, events_of

FIRST, LAST, DUE = date(2026, 1, 1), date(2026, 3, 31), date(2026, 4, 5)
REASON = "期限有误，重新下发通知。"


def ask(world, actor=None, **values):
    wanted = {"title": "第一季度", "first_on": FIRST, "last_on": LAST, "due_on": DUE, **values}
    return services.reports_request(
        actor=actor or world.clerk, at=world.at(), inspection_id=world.inspection.pk, **wanted
    )


def report(world, finding, actor=None, at=None):
    finding.refresh_from_db()
    return services.progress_report(
        actor=actor or world.handler,
        at=at or world.at(),
        finding_id=finding.pk,
        version=finding.version,
        progress=Progress.IN_PROGRESS,
        narrative="正在核对。",
    )


def shanghai(day, hour, minute=0, second=0):
    return datetime.combine(day, time(hour, minute, second), tzinfo=timezone.get_default_timezone())


def standing(actor, request, on=TODAY):
    """Of each unit: findings reported, missing, late."""
    sheet = report_sheet(actor, request.pk, on)
    return {each.unit.name: (len(each.reported), len(each.missing), len(each.late)) for each in sheet.units}


def refused(world, error, sentence, service, **values):
    """Sees that a service refuses with the sentence, and that neither rows nor trail change."""
    before = list(ReportRequest.objects.values()), Event.objects.count()
    with pytest.raises(error) as caught, transaction.atomic():
        service(at=world.at(), **values)
    assert sentence in str(caught.value)
    assert (list(ReportRequest.objects.values()), Event.objects.count()) == before


def with_part(world, finding):
    """The supporting unit carries out a part of its measure."""
    world.do(
        "measure_arrange",
        world.clerk,
        finding,
        measure_id=finding.measures.get().pk,
        unit_ids=[world.unit.pk, world.other_unit.pk],
    )
    return finding


def test_the_lead_unit_and_units_with_an_open_part_are_asked(world):
    one, _registered = world.register(STATED, STATED)
    with_part(world, world.assigned(one))
    request = ask(world)
    assert standing(world.clerk, request) == {"示例股": (0, 1, 0), "财务示例股": (0, 1, 0)}
    assert list(differences(world.inspection.pk)) == []


def test_a_unit_that_only_supports_is_not_asked(world):
    world.assigned()
    assert standing(world.clerk, ask(world)) == {"示例股": (0, 1, 0)}


def test_what_waits_for_signatures_or_is_closed_is_not_asked_about(world):
    world.requested()
    with pytest.raises(NothingToReportError):
        ask(world)


def test_each_unit_reports_for_itself(world):
    finding = with_part(world, world.accepted())
    request = ask(world)
    report(world, finding)
    assert standing(world.clerk, request) == {"财务示例股": (0, 1, 0), "示例股": (1, 0, 0)}
    report(world, finding, world.helper)
    assert standing(world.clerk, request) == {"示例股": (1, 0, 0), "财务示例股": (1, 0, 0)}


def test_who_holds_a_post_over_both_units_reports_for_both(world):
    finding = with_part(world, world.accepted())
    request = ask(world)
    both = world.person("both", "兼示例", (Role.HANDLER, world.unit), (Role.HANDLER, world.other_unit))
    report(world, finding, both)
    assert standing(world.clerk, request) == {"示例股": (1, 0, 0), "财务示例股": (1, 0, 0)}


def test_a_part_reported_as_done_is_its_units_report(world):
    finding = with_part(world, world.accepted())
    request = ask(world)
    task = MeasureTask.objects.get(unit=world.other_unit)
    world.do("task_report", world.helper, finding, task_id=task.pk, report="本股部分已完成。")
    assert standing(world.clerk, request)["财务示例股"] == (1, 0, 0)


def test_a_report_of_before_the_request_counts_where_it_lies_in_the_period(world):
    finding = world.accepted()
    report(world, finding)
    assert standing(world.clerk, ask(world)) == {"示例股": (1, 0, 0)}
    later = ask(world, title="四月", first_on=date(2026, 4, 1), last_on=date(2026, 4, 30), due_on=DUE)
    assert standing(world.clerk, later) == {"示例股": (0, 1, 0)}


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (shanghai(FIRST, 0) - timedelta(seconds=1), (0, 1, 0)),
        (shanghai(FIRST, 0), (1, 0, 0)),
        (shanghai(DUE, 23, 59, 59), (1, 0, 0)),
        (shanghai(DUE + timedelta(days=1), 0), (1, 0, 1)),
    ],
)
def test_days_begin_and_end_at_midnight_in_shanghai(world, moment, expected):
    finding = world.accepted()
    # a report of before stands in the ledger with its own moment
    report(world, finding)
    with unguarded():
        finding.progress_reports.update(at=moment)
    request = ask(world)
    assert standing(world.clerk, request, DUE + timedelta(days=9)) == {"示例股": expected}


def test_what_has_left_the_units_hands_is_owed_no_more(world):
    finding = world.rectifying()
    with unguarded():
        finding.progress_reports.update(at=datetime(2025, 12, 1, tzinfo=UTC))
    request = ask(world)
    assert standing(world.clerk, request) == {"示例股": (0, 1, 0)}
    world.do("finding_transfer", world.head, finding, to_unit_id=world.other_unit.pk, reason=REASON)
    assert standing(world.clerk, request) == {"示例股": (0, 0, 0)}


def test_nothing_is_owed_while_the_work_rests_or_waits_for_its_plan(world):
    finding = world.accepted()
    request = ask(world)
    world.do("suspension_begin", world.clerk, finding, reason="司法机关正在核查同一事项。")
    assert standing(world.clerk, request) == {"示例股": (0, 0, 0)}
    world.do("suspension_end", world.clerk, finding, reason="核查已经结束，恢复整改。")
    assert standing(world.clerk, request) == {"示例股": (0, 1, 0)}
    world.inspection = world.inspect(title="示例局专项巡察", plan_required=True)
    world.assigned()
    assert standing(world.clerk, ask(world)) == {"示例股": (0, 0, 0)}


def test_the_office_alone_asks_reminds_and_withdraws(world):
    world.accepted()
    request = ask(world)
    days = {"title": "二季度", "first_on": FIRST, "last_on": DUE, "due_on": DUE}
    for actor in (world.handler, world.head, world.leader, world.inspector, world.group, world.auditor):
        said = "None of your posts lets you ask the units to report here."
        key = {"actor": actor, "inspection_id": world.inspection.pk}
        refused(world, ActionDeniedError, said, services.reports_request, **key, **days)
        values = {"actor": actor, "request_id": request.pk}
        refused(
            world, ActionDeniedError, "withdraw a report", services.reports_withdraw, reason=REASON, **values
        )
        refused(world, ActionDeniedError, "remind the units", services.reports_remind, **values)
    for actor in (world.stranger, world.administrator):
        key = {"actor": actor, "inspection_id": world.inspection.pk}
        refused(world, InspectionNotFoundError, "no such inspection", services.reports_request, **key, **days)
        values = {"actor": actor, "request_id": request.pk}
        said = "There is no such report request"
        refused(world, ReportRequestNotFoundError, said, services.reports_remind, **values)


def test_a_period_is_asked_about_once_until_that_is_withdrawn(world):
    world.accepted()
    request = ask(world)
    key = {"actor": world.clerk, "inspection_id": world.inspection.pk, "title": "又一次"}
    days = {"first_on": FIRST, "last_on": LAST, "due_on": DUE}
    said = "asked for already, as “第一季度”"
    refused(world, StandsOtherwiseError, said, services.reports_request, **key, **days)
    services.reports_withdraw(actor=world.clerk, at=world.at(), request_id=request.pk, reason=REASON)
    assert ask(world).pk != request.pk
    assert list(differences(world.inspection.pk)) == []


def test_days_and_reasons_are_checked(world):
    world.accepted()
    request = ask(world)
    key = {"actor": world.clerk, "inspection_id": world.inspection.pk, "title": "季度"}
    days = {"first_on": FIRST, "last_on": LAST, "due_on": date(2026, 3, 1)}
    refused(world, ReportDaysError, "is past already", services.reports_request, **key, **days)
    values = {"actor": world.clerk, "request_id": request.pk, "reason": "太短"}
    refused(world, ReasonTooShortError, "at least 10", services.reports_withdraw, **values)
    values = {"actor": world.clerk, "request_id": 999_999}
    refused(world, ReportRequestNotFoundError, "no such report request", services.reports_remind, **values)


def test_nobody_owes_what_was_withdrawn(world):
    world.accepted()
    request = ask(world)
    services.reports_withdraw(actor=world.clerk, at=world.at(), request_id=request.pk, reason=REASON)
    assert standing(world.clerk, request) == {"示例股": (0, 0, 0)}
    assert reports_waiting(world.handler, TODAY) == []
    values = {"actor": world.clerk, "request_id": request.pk}
    said = "was withdrawn on 2026-03-02, and nobody owes"
    refused(world, StandsOtherwiseError, said, services.reports_remind, **values)
    refused(world, StandsOtherwiseError, said, services.reports_withdraw, reason=REASON, **values)


def told(world, on):
    """Runs the job in the morning of a day; how many notices each person got."""
    at = shanghai(on, 8)
    before = set(Notice.objects.values_list("pk", flat=True))
    job = job_enqueue(reports_remind_due, at=at)
    taken = job_take(worker="示例", queue=job.queue, at=at)
    assert taken is not None
    assert job_run(taken, clock=lambda: at)
    rows = Notice.objects.exclude(pk__in=before)
    return {row.person_id: row.values["count"] for row in rows}


def test_units_are_reminded_once_each_step_with_one_notice_a_person(world):
    for _ in range(3):
        world.accepted()
    ask(world)
    people = {world.handler.person_id: 3, world.head.person_id: 3}
    assert told(world, DUE - timedelta(days=1)) == {}
    assert told(world, DUE) == people
    assert told(world, DUE) == {}
    assert told(world, DUE + timedelta(days=1)) == people
    assert told(world, DUE + timedelta(days=2)) == {}


def test_days_without_the_job_are_caught_up_by_the_step_that_has_come(world):
    world.accepted()
    ask(world)
    assert set(told(world, DUE + timedelta(days=5))) == {world.handler.person_id, world.head.person_id}
    (kind,) = Notice.objects.filter(key__endswith=":overdue").values_list("template", flat=True).distinct()
    assert "are overdue" in kind


def test_who_has_reported_and_what_was_withdrawn_is_not_reminded_of(world):
    report(world, world.accepted())
    request = ask(world)
    assert told(world, DUE) == {}
    world.accepted()
    later = ask(world, title="另一次", last_on=DUE)
    services.reports_withdraw(actor=world.clerk, at=world.at(), request_id=later.pk, reason=REASON)
    assert told(world, DUE) == {}
    assert request.reminders.count() == 0


def test_the_office_reminds_each_unit_once_a_day(world, django_capture_on_commit_callbacks):
    finding = with_part(world, world.accepted())
    request = ask(world)
    report(world, finding)
    with django_capture_on_commit_callbacks(execute=True):
        services.reports_remind(actor=world.clerk, at=world.at(), request_id=request.pk)
    rows = Notice.objects.filter(template__contains="the office asks")
    assert {row.person_id for row in rows} == {world.helper.person_id}
    values = {"actor": world.clerk, "request_id": request.pk}
    refused(world, StandsOtherwiseError, "was reminded today already", services.reports_remind, **values)
    report(world, finding, world.helper)
    refused(world, StandsOtherwiseError, "there is nobody to remind", services.reports_remind, **values)


def test_those_asked_are_told_once_and_untold_when_it_is_withdrawn(world, django_capture_on_commit_callbacks):
    world.accepted()
    world.accepted()
    with django_capture_on_commit_callbacks(execute=True):
        request = ask(world)
    rows = Notice.objects.filter(target_kind="reports", read_at=None)
    assert {row.person_id: row.values["count"] for row in rows} == {
        world.handler.person_id: 2,
        world.head.person_id: 2,
    }
    services.reports_withdraw(actor=world.clerk, at=world.at(), request_id=request.pk, reason=REASON)
    assert not rows.all().exists()


def test_of_a_restricted_finding_only_listed_people_are_told_and_see_it(
    world, django_capture_on_commit_callbacks
):
    finding = world.accepted()
    world.do(
        "finding_restrict",
        world.clerk,
        finding,
        kind=RestrictionKind.LEAD,
        reason="涉及问题线索，限专人。",
        reader_ids=[world.handler.person_id],
    )
    with django_capture_on_commit_callbacks(execute=True):
        request = ask(world)
    rows = Notice.objects.filter(target_kind="reports")
    assert {row.person_id for row in rows} == {world.handler.person_id}
    assert standing(world.clerk, request) == {"示例股": (0, 1, 0)}
    assert standing(world.verifier, request) == {}
    with pytest.raises(InspectionNotFoundError):
        report_sheets(world.head, world.inspection.pk, TODAY)
    assert [each.number for each in reports_waiting(world.handler, TODAY)] == [1]
    assert reports_waiting(world.head, TODAY) == []


def test_who_is_not_listed_learns_nothing_of_a_restricted_finding_by_reminding(world):
    secret = world.accepted()
    listed = world.person("clerk-two", "周样例", (Role.OFFICE_CLERK, world.inspection.subject))
    readers = [world.handler.person_id, listed.person_id]
    world.do(
        "finding_restrict",
        world.clerk,
        secret,
        kind=RestrictionKind.LEAD,
        reason="涉及问题线索，限专人。",
        reader_ids=readers,
    )
    request = ask(world)
    unlisted = world.person("clerk-three", "吴样例", (Role.OFFICE_CLERK, world.inspection.subject))
    values = {"actor": unlisted, "request_id": request.pk}
    refused(world, StandsOtherwiseError, "there is nobody to remind", services.reports_remind, **values)
    services.reports_remind(actor=listed, at=world.at(), request_id=request.pk)
    refused(world, StandsOtherwiseError, "there is nobody to remind", services.reports_remind, **values)

    def told(actor):
        views = veiled(
            actor, world.inspection.pk, event_views(events_of(ChainKey.inspection(world.inspection.pk)))
        )
        return {name for view in views if view.subject_kind == "report_request" for name in view.values}

    assert {"unit_ids", "digest", "title"} <= told(listed)
    assert {"unit_ids", "digest"}.isdisjoint(told(unlisted))
    assert "title" in told(unlisted)
    assert restricted_events(ChainKey.inspection(world.inspection.pk))("report_request", request.pk)


def test_the_start_page_says_what_is_owed_and_who_has_not_reported(world):
    finding = world.accepted()
    world.accepted()
    request = ask(world)
    (mine,) = reports_waiting(world.handler, TODAY)
    assert (mine.request, mine.number, mine.is_office) == (request, 2, False)
    report(world, finding)
    (mine,) = reports_waiting(world.head, TODAY)
    assert mine.number == 1
    (over,) = reports_waiting(world.clerk, TODAY)
    assert (over.missing_units, over.asked_units, over.number, over.is_office) == (1, 1, 1, True)
    assert reports_waiting(world.clerk, FIRST - timedelta(days=1)) == []
    for actor in (world.helper, world.leader, world.inspector, world.stranger, world.administrator):
        assert reports_waiting(actor, TODAY) == []


def test_a_list_and_a_request_are_read_by_who_sees_something_of_them(world):
    world.accepted()
    request = ask(world)
    for actor in (world.clerk, world.inspector, world.auditor, world.handler, world.leader, world.helper):
        assert [each.request for each in report_sheets(actor, world.inspection.pk, TODAY)] == [request]
    for actor in (world.stranger, world.administrator):
        with pytest.raises(ReportRequestNotFoundError):
            report_sheet(actor, request.pk, TODAY)
    assert report_requests_named(world.handler, [request.pk]) == {request.pk: request}
    assert report_requests_named(world.stranger, [request.pk]) == {}
    assert report_requests_named(world.handler, []) == {}


def test_a_reader_who_was_asked_nothing_does_not_see_the_request(world):
    world.accepted()
    request = ask(world)
    elsewhere = world.registered()
    world.do(
        "finding_assign",
        world.clerk,
        elsewhere,
        leader_id=world.leader.person_id,
        unit_id=world.office.pk,
        due=date(2026, 6, 30),
    )
    reader = world.person("reader", "阅示例", (Role.HANDLER, world.office))
    assert report_sheets(reader, world.inspection.pk, TODAY) == []
    with pytest.raises(ReportRequestNotFoundError):
        report_sheet(reader, request.pk, TODAY)


def test_the_sheets_of_many_findings_take_as_many_queries_as_of_one(world):
    def count():
        with CaptureQueriesContext(connection) as seen:
            report_sheets(world.clerk, world.inspection.pk, TODAY)
            reports_waiting(world.clerk, TODAY)
            reports_waiting(world.handler, TODAY)
        return len(seen)

    with_part(world, world.accepted())
    ask(world)
    one = count()
    for number in range(4):
        with_part(world, world.accepted())
        ask(world, title=f"第{number}次", last_on=LAST + timedelta(days=number + 1))
    assert count() == one


def test_rows_changed_behind_the_services_are_refused_or_show(world):
    world.accepted()
    request = ask(world)
    for statement in (
        "UPDATE ledger_reportrequest SET due_on = '2026-12-31'",
        "DELETE FROM ledger_reportrequest",
        "UPDATE ledger_reportrequestitem SET unit_id = unit_id + 1",
        "DELETE FROM ledger_reportrequestitem",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    with unguarded():
        ReportRequest.objects.update(due_on=date(2026, 12, 31))
    (found,) = differences(world.inspection.pk)
    assert "(due_on)" in found.message.render(str)
    with unguarded():
        ReportRequest.objects.update(due_on=DUE)
    with unguarded():
        request.items.update(unit=world.office)
    fields = [each.message.values["field"] for each in differences(world.inspection.pk)]
    assert fields == ["digest", "items"]
    assert request.at > AT
