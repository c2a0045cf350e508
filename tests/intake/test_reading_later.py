"""A large document is read by a job: kept at once, read once, and nothing can be done with it before."""

from __future__ import annotations

import io
import json
import sqlite3
import subprocess
import sys
import threading
import time
import zipfile
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection

from intake import notices
from migrated import DATABASE, migrated
from ops.programs import environment
from reading.pdf.test_ocr import NEEDED, scanned
from reading.press import Press
from zhenggai.files import selectors as files
from zhenggai.files.errors import BlobLostError
from zhenggai.files.storage import blob_path
from zhenggai.inbox.selectors import notice_message, notices_listed
from zhenggai.intake import services
from zhenggai.intake.errors import BeingReadError
from zhenggai.intake.models import DraftFinding, Intake
from zhenggai.intake.progress import READS, Progress, progress_of
from zhenggai.intake.services.reading_job import document_read_later
from zhenggai.jobs.models import Job
from zhenggai.jobs.running import job_run
from zhenggai.jobs.services import job_take, job_withdraw, jobs_reap
from zhenggai.jobs.states import QUICK, SLOW
from zhenggai.jobs.working import work
from zhenggai.trail.models import Event

if TYPE_CHECKING:
    from intake.office import Office

TESTS = Path(__file__).resolve().parents[1]


@pytest.fixture
def large(office: Office, settings: Any) -> Office:
    """An office in which everything is large."""
    settings.ZHENGGAI_READ_AT_ONCE_BYTES = 0
    settings.RECURRING = ()
    return office


def read_by_worker(office: Office, name: str = "one") -> int:
    return work(name=name, clock=office.at, stop=threading.Event(), until_idle=True)


def names() -> list[str]:
    rows = Event.objects.filter(name__startswith="intake.").order_by("pk")
    return list(rows.values_list("name", flat=True))


def told(office: Office, username: str = "clerk") -> list[str]:
    return [notice_message(each).render() for each in notices_listed(office.people[username])]


def test_a_large_document_is_kept_at_once_and_becomes_a_draft_by_a_job(
    large: Office, django_capture_on_commit_callbacks: Any
) -> None:
    intake = large.receive(notices.CLEAN)
    assert intake.state == "received"
    assert files.blob_read(intake.sha256).decode() == notices.CLEAN
    assert names() == ["intake.received"]
    assert progress_of(intake) == Progress(is_begun=False, step="", done=None, total=None)
    with django_capture_on_commit_callbacks(execute=True):
        assert read_by_worker(large) == 1
    intake.refresh_from_db()
    assert (intake.state, intake.findings.count()) == ("draft", 2)
    assert names() == ["intake.received", "intake.read"]
    assert progress_of(intake) is None
    assert told(large) == ["The document has been read: 2 findings wait for your confirmation."]
    notice = notices_listed(large.people["clerk"]).get()
    assert (notice.target_kind, notice.target_id) == ("intake", intake.pk)
    assert told(large, "colleague") == []


def test_the_draft_of_a_job_is_that_of_reading_at_once(office: Office, settings: Any) -> None:
    at_once = office.receive(notices.CLEAN)
    settings.RECURRING, settings.ZHENGGAI_READ_AT_ONCE_BYTES = (), 0
    by_job = office.receive(notices.CLEAN, username="stranger")
    read_by_worker(office)
    by_job.refresh_from_db()
    for name in ("title", "kind", "spans", "why", "as_read", "counts", "reading_sha256", "view_sha256"):
        assert getattr(by_job, name) == getattr(at_once, name)
    columns = ("number", "title", "problem", "spans", "why", "as_read", "span_start", "span_end")
    by_job_rows, at_once_rows = (each.findings.order_by("position") for each in (by_job, at_once))
    assert list(by_job_rows.values_list(*columns)) == list(at_once_rows.values_list(*columns))


def test_what_is_read_at_once_leaves_no_job(office: Office) -> None:
    assert office.receive(notices.CLEAN).state == "draft"
    assert office.receive(b"").state == "failed"
    assert not Job.objects.exists()


def test_the_task_is_found_by_the_name_that_progress_asks_for() -> None:
    assert document_read_later.module_path == READS


def test_the_same_bytes_are_recognised_while_they_are_being_read(large: Office) -> None:
    first = large.receive(notices.CLEAN, "一.txt")
    again = large.receive(notices.CLEAN, "二.txt", "colleague")
    assert (again.pk, again.name) == (first.pk, "一.txt")
    assert large.do(services.intake_read_again, first, "colleague").pk == first.pk
    assert large.do(services.intake_read_again, first).state == "received"
    assert (Intake.objects.count(), Job.objects.count()) == (1, 1)
    read_by_worker(large)
    assert names() == ["intake.received", "intake.read"]


def save(office: Office, intake: Intake) -> None:
    office.do(services.draft_fields_save, intake, changes={"document-title": services.Change("别的", "")})


@pytest.mark.parametrize(
    "act",
    [
        lambda office, intake: office.confirm(intake, dismiss_rest=True),
        save,
        lambda office, intake: office.do(services.draft_finding_add, intake),
        lambda office, intake: office.do(services.unread_dismiss, intake, unread_id=1),
        lambda office, intake: office.do(services.draft_correction_undo, intake),
        lambda office, intake: office.do(services.intake_abandon, intake, reason="送错了"),
    ],
)
def test_nothing_is_confirmed_corrected_or_set_aside_before_it_is_read(large: Office, act: Any) -> None:
    intake = large.receive(notices.CLEAN)
    before = Intake.objects.filter(pk=intake.pk).values().get()
    with pytest.raises(BeingReadError) as refusal:
        act(large, intake)
    assert str(refusal.value) == (
        "“通报.txt” is still being read, so there is no draft to work on yet, and nothing was changed. Its "
        "page shows how far it is, and the draft as soon as it is there."
    )
    assert Intake.objects.filter(pk=intake.pk).values().get() == before
    assert names() == ["intake.received"]


def test_what_a_job_cannot_read_is_kept_says_why_and_can_be_tried_again(
    large: Office, django_capture_on_commit_callbacks: Any
) -> None:
    data = b"PK\x03\x04 cut off"
    intake = large.receive(data, "附件.docx")
    with django_capture_on_commit_callbacks(execute=True):
        read_by_worker(large)
    intake.refresh_from_db()
    assert (intake.state, intake.failure["code"]) == ("failed", "reading.damaged")
    assert files.blob_read(intake.sha256) == data
    assert told(large) == ["The document could not be read; it is kept, and its page says why."]
    assert Job.objects.get().state == "done"
    # whoever has it read again is told as well
    again = large.do(services.intake_read_again, intake, "colleague")
    assert (again.state, again.failure) == ("received", None)
    with django_capture_on_commit_callbacks(execute=True):
        read_by_worker(large)
    intake.refresh_from_db()
    assert intake.state == "failed"
    assert names() == ["intake.received", "intake.failed", "intake.failed"]
    assert (len(told(large)), len(told(large, "colleague"))) == (2, 1)


def test_what_is_too_large_to_be_read_says_so_at_once(large: Office, settings: Any) -> None:
    settings.ZHENGGAI_MAX_UPLOAD_BYTES = 1024 * 1024
    intake = large.receive("字" * 400_000)
    assert (intake.state, intake.failure["code"]) == ("failed", "intake.too_large_to_read")
    assert not Job.objects.exists()


def test_a_document_whose_bytes_are_gone_says_so_and_waits_for_nobody(
    large: Office, django_capture_on_commit_callbacks: Any
) -> None:
    intake = large.receive(notices.CLEAN)
    blob_path(intake.sha256).unlink()
    with django_capture_on_commit_callbacks(execute=True):
        read_by_worker(large)
    intake.refresh_from_db()
    assert (intake.state, intake.failure["code"]) == ("failed", BlobLostError.code)
    assert Job.objects.get().state == "done"
    assert names() == ["intake.received", "intake.failed"]
    assert told(large) == ["The document could not be read; it is kept, and its page says why."]


def test_two_workers_with_one_document_make_one_draft(large: Office) -> None:
    intake = large.receive(notices.CLEAN)
    lost = job_take(worker="one", queue="default", at=large.at())
    assert lost is not None
    assert jobs_reap(at=large.at() + timedelta(minutes=2)) == 1
    large.moment += timedelta(minutes=3)
    taken = job_take(worker="two", queue="default", at=large.at())
    assert taken is not None
    # the first was only slow: it goes on, and what it read is thrown away
    assert not job_run(lost, clock=large.at)
    assert job_run(taken, clock=large.at)
    assert not job_run(lost, clock=large.at)
    intake.refresh_from_db()
    assert (intake.state, intake.findings.count()) == ("draft", 2)
    assert names() == ["intake.received", "intake.read"]


def test_a_document_that_ends_its_workers_five_times_fails_with_its_sentence(large: Office) -> None:
    intake = large.receive(notices.CLEAN)
    for _ in range(5):
        assert job_take(worker="one", queue="default", at=large.at()) is not None
        large.moment += timedelta(minutes=3)
        assert jobs_reap(at=large.at()) == 1
    read_by_worker(large)
    intake.refresh_from_db()
    assert (intake.state, intake.failure["code"]) == ("failed", "intake.fault")
    assert names() == ["intake.received", "intake.failed"]


def test_a_document_of_which_the_database_takes_nothing_says_so_and_tells_who_waits(
    large: Office, django_capture_on_commit_callbacks: Any
) -> None:
    intake = large.receive(notices.CLEAN)
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TRIGGER refuse_drafts BEFORE INSERT ON intake_draftfinding"
            " BEGIN SELECT RAISE(ABORT, 'example'); END"
            if connection.vendor == "sqlite"
            else "ALTER TABLE intake_draftfinding ADD CONSTRAINT refuse_drafts CHECK (id < 0) NOT VALID"
        )
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(3):
            read_by_worker(large)
            large.moment += timedelta(hours=1)
    intake.refresh_from_db()
    assert (intake.state, intake.failure["code"]) == ("failed", "intake.database")
    assert (intake.failure["values"]["count"], DraftFinding.objects.count()) == (3, 0)
    assert names() == ["intake.received", "intake.failed"]
    assert told(large) == ["The document could not be read; it is kept, and its page says why."]


def test_a_post_that_ends_meanwhile_leaves_no_document_unread(large: Office) -> None:
    intake = large.receive(notices.CLEAN)
    gone = large.people["clerk"]
    large.end_post("clerk")
    read_by_worker(large)
    intake.refresh_from_db()
    assert intake.state == "draft"
    assert Event.objects.get(name="intake.read").actor_id == gone


def test_a_document_whose_job_was_given_up_can_be_read_again_or_set_aside(large: Office) -> None:
    intake = large.receive(notices.CLEAN)
    assert job_withdraw(document_read_later, key=str(intake.pk))
    assert not job_withdraw(document_read_later, key=str(intake.pk))
    assert progress_of(intake) is None
    assert large.do(services.intake_abandon, intake, reason="送错了").state == "abandoned"
    # taken up again, it is read at last
    back = large.do(services.intake_reopen, intake)
    assert (back.state, Job.objects.count()) == ("received", 1)
    read_by_worker(large)
    intake.refresh_from_db()
    assert intake.state == "draft"


def test_a_job_that_comes_late_finds_the_draft_and_leaves_it(large: Office) -> None:
    intake = large.receive(notices.CLEAN)
    job = job_take(worker="one", queue="default", at=large.at())
    assert job is not None
    assert large.do(services.intake_read_now, intake).state == "draft"
    DraftFinding.objects.filter(intake=intake).update(title="改过的标题")
    assert job_run(job, clock=large.at)
    assert set(DraftFinding.objects.values_list("title", flat=True)) == {"改过的标题"}
    assert names() == ["intake.received", "intake.read"]


def test_progress_is_told_by_step_and_page(large: Office) -> None:
    intake = large.receive(notices.CLEAN)
    job = job_take(worker="one", queue="default", at=large.at())
    assert job is not None
    assert progress_of(intake) == Progress(is_begun=True, step="", done=None, total=None)
    Job.objects.update(step="open", done=3, total=40)
    assert progress_of(intake) == Progress(is_begun=True, step="open", done=3, total=40)


def paper(pages: int) -> bytes:
    press = Press(counter="")
    for number in range(pages):
        if number:
            press.turn()
        for _ in range(12):
            press.paragraph(f"第{number}页示例文字：云山县示例局召开会议，研究部署整改工作，逐项明确责任。")
    return press.bytes()


def test_a_pdf_of_many_pages_is_left_to_the_job_however_few_its_bytes(office: Office, settings: Any) -> None:
    settings.ZHENGGAI_READ_AT_ONCE_PAGES, settings.RECURRING = 20, ()
    data = paper(80)
    assert len(data) < settings.ZHENGGAI_READ_AT_ONCE_BYTES
    intake = office.receive(data, "方案.pdf")
    assert intake.state == "received"
    job = Job.objects.get()
    assert job.run_after == office.moment
    read_by_worker(office)
    intake.refresh_from_db()
    job.refresh_from_db()
    assert (intake.state, intake.format) == ("draft", "pdf")
    assert (job.state, job.step) == ("done", "store")


def word(paragraphs: int) -> bytes:
    """A Word document of the same paragraph again and again: next to nothing once it is packed."""
    line = "<w:p><w:r><w:t>云山县示例局召开会议，研究部署整改工作，逐项明确责任。</w:t></w:r></w:p>"
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr(
            "_rels/.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="r1" Type="{office}/officeDocument" Target="word/document.xml"/>'
            "</Relationships>",
        )
        body = f'<w:document xmlns:w="{space}"><w:body>{line * paragraphs}</w:body></w:document>'
        parts.writestr("word/document.xml", body)
    return packed.getvalue()


def test_a_word_document_that_is_small_only_while_it_is_packed_is_left_to_the_job(
    office: Office, settings: Any
) -> None:
    settings.ZHENGGAI_READ_AT_ONCE_BYTES, settings.RECURRING = 64 * 1024, ()
    assert office.receive(word(10), "短.docx").state == "draft"
    data = word(4_000)
    assert len(data) < settings.ZHENGGAI_READ_AT_ONCE_BYTES
    intake = office.receive(data, "长.docx")
    assert (intake.state, Job.objects.get().run_after) == ("received", office.moment)
    read_by_worker(office)
    intake.refresh_from_db()
    assert (intake.state, intake.format) == ("draft", "docx")
    # what says that it is a document and is none is refused at once
    assert office.receive(b"PK\x03\x04 cut off", "坏.docx").state == "failed"


@NEEDED
def test_a_scan_is_left_to_the_job_and_by_that_to_the_slow_queue(office: Office, settings: Any) -> None:
    settings.RECURRING = ()
    intake = office.receive(scanned(), "扫描.pdf")
    assert (intake.state, Job.objects.get().queue) == ("received", QUICK)
    assert read_by_worker(office) == 2
    intake.refresh_from_db()
    job = Job.objects.get()
    assert (intake.state, intake.format, job.state, job.queue) == ("draft", "pdf", "done", SLOW)
    assert names() == ["intake.received", "intake.read"]


KILLED = """
import json, sys
import django
django.setup()
from intake import notices
from intake.office import opened
from zhenggai.intake.models import Intake
from zhenggai.jobs.models import Job
from zhenggai.trail.models import Event
if sys.argv[1] == "make":
    office = opened()
    assert office.receive(notices.CLEAN * 300).state == "received"
mine = Job.objects.filter(task__endswith="document_read_later")
intake = Intake.objects.get()
print(json.dumps({
    "jobs": list(mine.values_list("state", "step", "losses")),
    "state": intake.state,
    "findings": intake.findings.count(),
    "events": sorted(Event.objects.filter(name__startswith="intake.").values_list("name", flat=True)),
    "notices": intake.uploader.notices.filter(kind="intake").count(),
}))
"""


@pytest.mark.sqlite
def test_a_killed_worker_loses_nothing_and_nothing_is_read_twice(tmp_path: Path) -> None:
    database = migrated(tmp_path) / DATABASE
    given = environment(
        tmp_path,
        PYTHONPATH=str(TESTS),
        DJANGO_SETTINGS_MODULE="zhenggai.config.settings",
        ZHENGGAI_LEASE_SECONDS="2",
        ZHENGGAI_READ_AT_ONCE_KIB="64",
    )

    def run(word: str) -> Any:
        made = subprocess.run(
            [sys.executable, "-W", "ignore", "-c", KILLED, word],
            env=given,
            capture_output=True,
            text=True,
            check=True,
            timeout=300,
        )
        return json.loads(made.stdout)

    def step() -> str:
        with closing(sqlite3.connect(database, timeout=20)) as kept:
            return str(kept.execute("SELECT step FROM jobs_job WHERE task = ?", [READS]).fetchone()[0])

    command = [sys.executable, "-m", "zhenggai.ops", "worker"]
    assert run("make")["jobs"] == [["ready", "", 0]]
    worker = subprocess.Popen([*command, "--alone"], env=given)
    until = time.monotonic() + 60
    while not step() and time.monotonic() < until:
        time.sleep(0.02)
    worker.kill()
    worker.wait()
    began = run("look")
    assert began["jobs"][0][0] == "running"
    assert (began["state"], began["findings"], began["events"]) == ("received", 0, ["intake.received"])
    for _ in range(30):
        subprocess.run([*command, "--until-idle"], env=given, check=True, capture_output=True, timeout=300)
        ended = run("look")
        if ended["state"] != "received":
            break
    assert ended["jobs"] == [["done", "store", 1]]
    assert (ended["state"], ended["notices"]) == ("draft", 1)
    assert ended["findings"] > 0
    assert ended["events"] == ["intake.read", "intake.received"]
