"""Large workbooks: made by a job, told, handed out to whoever ordered them for a while, then gone."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date, timedelta

import pytest

from ledger.world import AT, STATED
from zhenggai.accounts.models import Post
from zhenggai.domain.deadlines import Light
from zhenggai.domain.figures import Figure
from zhenggai.domain.lifecycle import Stage
from zhenggai.domain.progress import Gap
from zhenggai.domain.reading import StatedNature, StatedProgress
from zhenggai.domain.restricting import RestrictionKind
from zhenggai.inbox.selectors import notice_message, notices_listed
from zhenggai.jobs.models import Job
from zhenggai.jobs.running import job_run
from zhenggai.jobs.services import job_take
from zhenggai.jobs.states import QUICK
from zhenggai.jobs.working import work
from zhenggai.ledger import export_jobs
from zhenggai.ledger.errors import ExportGoneError, ExportsWaitingError, InspectionNotFoundError
from zhenggai.ledger.export_choices import FULL, choice_of
from zhenggai.ledger.export_wishes import wish_of, wish_said
from zhenggai.ledger.exporting_book import BookWish
from zhenggai.ledger.listing import FindingFilters, FindingOrder
from zhenggai.ledger.models import LedgerExport
from zhenggai.reading.workbook import open_book

LATER = AT + timedelta(minutes=5)


@pytest.fixture
def ready(world, settings):
    """Two findings at work, and nothing that recurs."""
    settings.RECURRING = ()
    one, two = world.register(STATED, STATED)
    world.assigned(one)
    world.assigned(two)
    world.two = two
    return world


def order(world, actor=None, at=AT, **more):
    wish = BookWish(world.inspection.pk, **more)
    return export_jobs.ledger_book_order(actor=actor or world.clerk, at=at, wish=wish)


def by_worker(at=LATER):
    return work(name="one", clock=lambda: at, stop=threading.Event(), until_idle=True)


def told(actor):
    return [
        notice_message(each).render() for each in notices_listed(actor.person_id) if each.kind == "export"
    ]


def test_a_wish_is_kept_and_is_the_same_again():
    filters = FindingFilters(
        stage=Stage.CLOSED,
        stated_progress=StatedProgress.DONE,
        stated_nature=StatedNature.LONG_TERM,
        stated_closed=True,
        unstated=True,
        gap=Gap.AHEAD,
        theme_id=1,
        unit_id=2,
        overdue_on=date(2026, 3, 1),
        text="资金",
        counted=Figure.CLOSED,
        counted_on=date(2026, 3, 2),
        light=Light.NEAR,
        light_on=date(2026, 3, 3),
        due_from=date(2026, 3, 4),
        due_to=date(2026, 3, 5),
        under_id=3,
        lead_id=4,
        lead_unset=True,
    )
    for wish in (
        BookWish(7),
        BookWish(7, filters, FindingOrder.DUE_LAST, choice_of(FULL, (), ["guide"])),
        BookWish(7, order=(FindingOrder.UNIT, FindingOrder.DUE_LAST)),
    ):
        assert wish_of(7, wish_said(wish)) == wish


def test_a_workbook_is_made_by_a_job_told_and_handed_out(ready, django_capture_on_commit_callbacks):
    export = order(ready, order=FindingOrder.CHANGED)
    assert export_jobs.export_job(export) is not None
    assert order(ready, order=FindingOrder.CHANGED).pk == export.pk
    with pytest.raises(ExportGoneError):
        export_jobs.export_open(ready.clerk, export.pk, LATER)
    with django_capture_on_commit_callbacks(execute=True):
        assert by_worker() == 1
    assert export_jobs.export_job(export) is None
    made, file = export_jobs.export_open(ready.clerk, export.pk, LATER)
    with file:
        data = file.read()
    assert (made.total, made.size_bytes, made.is_whole) == (2, len(data), True)
    assert len(open_book(data, name="台账.xlsx").sheets[0].rows) == 5
    assert told(ready.clerk) == [
        "The workbook of “云山县示例局巡察” with 2 findings is ready until 2026-03-05 10:05."
    ]
    assert [each.pk for each in export_jobs.exports_of(ready.clerk)] == [export.pk]
    assert export_jobs.exports_of(ready.leader) == []
    assert list(export_jobs.exports_named(ready.clerk, {export.pk})) == [export.pk]
    assert export_jobs.exports_named(ready.leader, {export.pk}) == {}
    assert str(export) == f"{ready.inspection.pk} {ready.clerk.person_id}"
    assert [each.suffix for each in export_jobs.exports_folder().iterdir()] == [".xlsx"]


def test_nobody_else_and_nobody_later_gets_it(ready):
    export = order(ready)
    by_worker()
    for actor, at in ((ready.leader, LATER), (ready.clerk, LATER + timedelta(hours=72))):
        with pytest.raises(ExportGoneError, match="Have it made again"):
            export_jobs.export_open(actor, export.pk, at)
    export_jobs.export_path(export).unlink()
    with pytest.raises(ExportGoneError):
        export_jobs.export_open(ready.clerk, export.pk, LATER)


def test_what_was_restricted_since_is_not_handed_out(ready):
    before = AT - timedelta(minutes=9)
    mine, theirs = order(ready, at=before), order(ready, ready.group, at=before)
    by_worker(AT - timedelta(minutes=5))
    ready.do(
        "finding_restrict",
        ready.clerk,
        ready.two,
        kind=RestrictionKind.LEAD,
        reason="涉及问题线索，只限专人知悉和办理。",
    )
    export_jobs.export_open(ready.clerk, mine.pk, LATER)[1].close()
    with pytest.raises(ExportGoneError, match="holds what you no longer see"):
        export_jobs.export_open(ready.group, theirs.pk, LATER)


def test_who_sees_less_or_nothing_by_then_gets_nothing(ready):
    export = order(ready)
    by_worker()
    for actor in (
        replace(ready.handler, person_id=ready.clerk.person_id),
        replace(ready.stranger, person_id=ready.clerk.person_id),
    ):
        with pytest.raises(ExportGoneError):
            export_jobs.export_open(actor, export.pk, LATER)


def test_an_order_of_somebody_who_lost_the_post_fails_in_a_sentence(
    ready, django_capture_on_commit_callbacks
):
    export = order(ready)
    Post.objects.filter(person_id=ready.clerk.person_id).update(ended_on=date(2026, 3, 1))
    with django_capture_on_commit_callbacks(execute=True):
        by_worker()
    export.refresh_from_db()
    assert (export.made_at, export.total) == (None, None)
    assert export.failed_at == LATER
    assert told(ready.clerk) == [
        "The workbook of “云山县示例局巡察” was not made: you no longer see this inspection."
    ]
    assert list(export_jobs.exports_folder().iterdir()) == []
    # whoever asks again is not held up by it
    assert Job.objects.get().state == "done"


def test_nobody_orders_what_he_may_not_see_or_more_than_five(ready):
    with pytest.raises(InspectionNotFoundError):
        order(ready, ready.stranger)
    for stage in list(Stage)[:5]:
        order(ready, filters=FindingFilters(stage=stage))
    with pytest.raises(ExportsWaitingError, match="5 workbooks are being made for you"):
        order(ready)
    assert LedgerExport.objects.count() == Job.objects.count() == 5
    order(ready, ready.leader)
    # an order whose job is gone holds up nobody
    Job.objects.all().delete()
    order(ready)


def test_an_order_that_was_made_or_cleared_away_is_not_made_again(ready):
    export = order(ready)
    by_worker()
    made = LedgerExport.objects.get(pk=export.pk).made_at
    LedgerExport.objects.filter(pk=export.pk).update(asked_at=AT)
    again = Job.objects.get()
    Job.objects.filter(pk=again.pk).update(state="ready", finished_at=None)
    job = job_take(worker="two", queue=QUICK, at=LATER + timedelta(minutes=1))
    job_run(job, clock=lambda: LATER + timedelta(minutes=1))
    assert LedgerExport.objects.get(pk=export.pk).made_at == made


def test_workbooks_past_their_time_are_cleared_away_with_what_lies_there(ready, settings):
    export = order(ready)
    by_worker()
    stray = export_jobs.exports_folder() / "stray.part"
    stray.write_bytes(b"x")
    settings.RECURRING = (("zhenggai.ledger.export_jobs.exports_clear", settings.ZHENGGAI_CLEAR_AT),)
    by_worker(LATER + timedelta(hours=1))
    assert LedgerExport.objects.filter(pk=export.pk).exists()
    unmade = order(ready, filters=FindingFilters(text="甲"))
    Job.objects.filter(key=str(unmade.pk)).delete()
    by_worker(LATER + timedelta(days=30_000))
    assert not LedgerExport.objects.exists()
    assert list(export_jobs.exports_folder().iterdir()) == []
