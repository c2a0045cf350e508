"""Evidence is found by its words and the text of its file, by whoever sees the finding, while it stands."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
import xlsxwriter
from django.db import connection
from django.test.utils import CaptureQueriesContext
from docx import Document
from PIL import Image

from ledger.world import AT, DUE, STATED, World
from reading.workbook.bookmaking import scattered
from zhenggai.domain.lifecycle import Nature
from zhenggai.files.models import BlobText
from zhenggai.files.previews import THUMBNAIL
from zhenggai.files.storage import previews_folder
from zhenggai.files.texts import TRYING, blob_text_take
from zhenggai.jobs.models import Job
from zhenggai.jobs.running import job_run
from zhenggai.jobs.services import job_enqueue, job_take
from zhenggai.jobs.states import JobState
from zhenggai.ledger.evidence_text import evidence_found, evidence_texts_fill
from zhenggai.ledger.listing import FindingFilters
from zhenggai.ledger.selectors import findings_page
from zhenggai.search.services import entry_remove

if TYPE_CHECKING:
    from zhenggai.domain.actor import Actor
    from zhenggai.ledger.models import Finding

SAID = "经核对，固定资产盘亏九台，账册第三页有保管人甲某签名。"


def worked(world: World) -> None:
    """Everything that waits for a worker is done."""
    while (job := job_take(worker="示例", queue="default", at=world.at())) is not None:
        job_run(job, clock=world.at)


def ids(world: World, actor: Actor, text: str) -> list[int]:
    return [row.pk for row in findings_page(actor, world.inspection.pk, FindingFilters(text=text)).rows]


def word_file() -> bytes:
    document, file = Document(), io.BytesIO()
    document.add_paragraph(SAID)
    document.save(file)
    return file.getvalue()


def workbook() -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("盘点表")
        sheet.write_row(0, 0, ["资产", "数量"])
        sheet.write_row(1, 0, [SAID, 9])
    return file.getvalue()


def pdf() -> bytes:
    from reportlab.pdfbase import pdfmetrics  # noqa: PLC0415  # only here
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont  # noqa: PLC0415  # likewise
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415  # likewise

    file = io.BytesIO()
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    canvas = Canvas(file)
    canvas.setFont("STSong-Light", 12)
    canvas.drawString(72, 700, SAID)
    canvas.save()
    return file.getvalue()


@pytest.fixture
def finding(world: World) -> Finding:
    return world.rectifying()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("说明.txt", SAID.encode()),
        ("说明.csv", f"序号,情况\n1,{SAID}\n".encode("gb18030")),
        ("说明.html", f"<html><body><p>{SAID}</p></body></html>".encode()),
        ("说明.docx", word_file()),
        ("盘点.xlsx", workbook()),
        ("盘点.pdf", pdf()),
    ],
)
def test_the_text_of_a_file_is_found_by_two_characters_and_quoted(
    world: World, finding: Finding, name: str, content: bytes
) -> None:
    world.file_evidence(finding, file=content, file_name=name)
    assert ids(world, world.clerk, "盘亏") == []
    worked(world)
    for query in ("盘亏", "盤虧", "固定资产 保管"):
        assert ids(world, world.clerk, query) == [finding.pk]
    (found,) = evidence_found(world.inspection.pk, [finding.pk], "盘亏")[finding.pk]
    assert found.file_name == name
    assert "固定资产盘亏九台" in found.snippet


def test_of_a_picture_the_small_one_is_drawn_ahead(world: World, finding: Finding) -> None:
    with io.BytesIO() as file:
        Image.new("RGB", (46, 20), 200).save(file, "JPEG")
        world.file_evidence(finding, file=file.getvalue(), file_name="整改后.jpg")
    blob = finding.evidence.get().blob
    drawn = previews_folder() / blob.sha256[:2] / f"{blob.sha256}-picture-0-{THUMBNAIL}"
    drawn.unlink(missing_ok=True)
    worked(world)
    assert drawn.is_file()


def test_name_title_and_what_it_proves_are_found_at_once(world: World, finding: Finding) -> None:
    world.file_evidence(finding, file_name="银行回单.pdf", title="缴款书", proves="罚没收入已上缴国库。")
    for query in ("回单", "缴款书", "国库"):
        assert ids(world, world.clerk, query) == [finding.pk]
    (found,) = evidence_found(world.inspection.pk, [finding.pk], "国库")[finding.pk]
    assert found.snippet == "罚没收入已上缴国库。"


def test_evidence_is_found_only_by_whoever_sees_its_finding(world: World, finding: Finding) -> None:
    other = world.register(STATED)[0]
    world.do(
        "finding_classify",
        world.clerk,
        other,
        nature=Nature.TIME_BOUND,
        money_required=False,
        people_required=False,
        cause_required=False,
    )
    world.do(
        "finding_assign",
        world.clerk,
        other,
        leader_id=world.leader.person_id,
        unit_id=world.other_unit.pk,
        due=DUE,
    )
    world.do("finding_accept", world.helper, other)
    world.file_evidence(other, world.helper, file=SAID.encode(), file_name="他科.txt")
    worked(world)
    # the forbidden row is there
    assert ids(world, world.clerk, "盘亏") == [other.pk]
    assert ids(world, world.helper, "盘亏") == [other.pk]
    assert ids(world, world.head, "盘亏") == []
    assert ids(world, world.handler, "他科") == []


def test_withdrawn_evidence_is_found_no_more_even_where_its_job_comes_late(
    world: World, finding: Finding
) -> None:
    finding = world.file_evidence(finding, file=SAID.encode(), file_name="甲.txt")
    kept = world.file_evidence(finding, file=b"other", file_name="乙.txt")
    first, second = kept.evidence.order_by("pk")
    world.do(
        "evidence_withdraw", world.handler, kept, evidence_id=first.pk, reason="上传了错误的文件，需更换。"
    )
    worked(world)
    assert ids(world, world.clerk, "盘亏") == []
    assert ids(world, world.clerk, "甲.txt") == []
    assert ids(world, world.clerk, "乙.txt") == [finding.pk]
    assert second.withdrawn_at is None


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(500), "reading.binary"),
        (b"%PDF-1.7\nbroken", "reading.pdf_damaged"),
        (b"PK\x03\x04 not a workbook", "reading.damaged"),
        (scattered(), "reading.workbook_too_costly"),
    ],
)
def test_a_file_without_text_is_noted_and_the_evidence_stands(
    world: World, finding: Finding, content: bytes, code: str
) -> None:
    world.file_evidence(finding, file=content, file_name="照片.png")
    worked(world)
    assert BlobText.objects.get().fault_code == code
    assert not Job.objects.exclude(state=JobState.DONE).exists()
    assert ids(world, world.clerk, "照片") == [finding.pk]


def test_a_file_larger_than_what_is_read_is_noted_unread(
    world: World, finding: Finding, settings: Any
) -> None:
    settings.ZHENGGAI_MAX_UPLOAD_BYTES = 10
    world.file_evidence(finding, file=SAID.encode(), file_name="大.txt")
    worked(world)
    assert (BlobText.objects.get().fault_code, BlobText.objects.get().text) == ("reading.too_large", "")


def test_a_file_that_ended_three_workers_is_given_up(world: World, finding: Finding) -> None:
    blob_id = world.file_evidence(finding, file=SAID.encode(), file_name="甲.txt").evidence.get().blob_id
    BlobText.objects.create(blob_id=blob_id, fault_code=TRYING, tries=3, taken_at=AT)
    assert blob_text_take(blob_id=blob_id, at=AT).fault_code == "fault"
    BlobText.objects.update(fault_code=TRYING, tries=2)
    assert blob_text_take(blob_id=blob_id, at=AT).text == SAID


def test_the_same_bytes_are_read_once(world: World, finding: Finding) -> None:
    finding = world.file_evidence(finding, file=SAID.encode(), file_name="甲.txt")
    world.file_evidence(finding, file=SAID.encode(), file_name="乙.txt")
    worked(world)
    assert BlobText.objects.count() == 1
    assert len(evidence_found(world.inspection.pk, [finding.pk], "盘亏")[finding.pk]) == 2


def test_the_queries_of_a_search_do_not_grow_with_the_evidence(world: World, finding: Finding) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            page = findings_page(world.clerk, world.inspection.pk, FindingFilters(text="盘亏"))
            evidence_found(world.inspection.pk, [row.pk for row in page.rows], "盘亏")
        return len(seen)

    finding = world.file_evidence(finding, file=SAID.encode(), file_name="0.txt")
    worked(world)
    few = asked()
    for number in range(1, 5):
        finding = world.file_evidence(finding, file=f"{SAID}{number}".encode(), file_name=f"{number}.txt")
    worked(world)
    assert asked() == few


def test_evidence_filed_before_it_was_searched_is_registered_by_the_daily_job(
    world: World, finding: Finding
) -> None:
    evidence = world.file_evidence(finding, file=SAID.encode(), file_name="旧.txt").evidence.get()
    Job.objects.all().delete()
    entry_remove(kind="evidence", object_id=evidence.pk)
    assert ids(world, world.clerk, "旧.txt") == []
    job_enqueue(evidence_texts_fill, at=AT)
    worked(world)
    assert ids(world, world.clerk, "旧.txt") == ids(world, world.clerk, "盘亏") == [finding.pk]
    job_enqueue(evidence_texts_fill, at=AT)
    worked(world)
    assert Job.objects.count() == 3
