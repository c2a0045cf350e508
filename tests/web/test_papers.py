"""Papers to sign from the pages: the buttons, what is saved, and the code that comes back with a scan."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import unquote

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from documents.opened import every_cell, lines, opened
from web.world import World, planned, worlds_plan
from zhenggai.ledger.models import SignatureRecord

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def test_the_page_of_the_plan_offers_its_table(world: World, browser: Callable[[str], Client]) -> None:
    finding = planned(world)
    plan = worlds_plan(world)
    address = f"/inspections/{finding.inspection_id}/plan/"
    clerk = browser("clerk")
    assert f'href="{address}table.docx"' in clerk.get(address).content.decode()
    paper = clerk.get(f"{address}table.docx")
    assert paper.headers["Content-Type"] == WORD
    assert "整改方案表" in unquote(paper.headers["Content-Disposition"])
    assert finding.title in every_cell(paper.content)
    submitted = clerk.get(f"/plans/{plan.pk}/table.docx")
    assert f'href="/plans/{plan.pk}/table.docx"' in clerk.get(f"/plans/{plan.pk}/").content.decode()
    assert plan.digest in "\n".join(lines(submitted.content))


def test_papers_are_in_chinese_whatever_the_language_of_the_page(
    world: World, browser: Callable[[str], Client]
) -> None:
    client = browser("clerk")
    client.cookies["language"] = "en"
    said = every_cell(client.get(f"/findings/{world.finding(1).pk}/closing-form.docx").content)
    assert "整改办" in said
    assert "rectification office" not in said


def test_a_ticked_request_is_printed_and_without_a_tick_all_that_wait(
    world: World, browser: Callable[[str], Client]
) -> None:
    finding, clerk = world.finding(1), browser("clerk")
    page = clerk.get("/sign/").content.decode()
    assert 'formaction="/sign/forms.docx"' in page
    ticked = clerk.post("/sign/forms.docx", {"finding": [f"{finding.pk}-{finding.version}"]})
    assert ticked.content == clerk.get("/sign/forms.docx").content
    assert len(opened(ticked.content).tables) == 1
    assert clerk.post("/sign/forms.docx", {"finding": ["999999-1"]}).status_code == 404


def test_the_code_on_the_form_is_recorded_with_the_scan_and_shown_to_who_confirms(
    world: World, browser: Callable[[str], Client]
) -> None:
    finding, verifier = world.finding(1), browser("verifier")
    form = verifier.get(f"/findings/{finding.pk}/closing-form.docx").content
    code = re.search(r"核验码：(ZG-\S+)", "\n".join(lines(form)))
    assert code is not None
    said = {
        "version": finding.version,
        "signer_id": world.people["clerk"],
        "held_on": (timezone.localdate(world.clock.tick(24 * 60)) - timedelta(days=1)).isoformat(),
        "file": SimpleUploadedFile("签批单.pdf", b"example scan"),
    }
    wrong = verifier.post(
        f"/findings/{finding.pk}/signature-record/", {**said, "form_code": "ZG-1-1-AAAAAAAA"}
    )
    assert wrong.status_code == 422
    assert "No form was printed here with the code" in wrong.content.decode()
    said["file"] = SimpleUploadedFile("签批单.pdf", b"example scan")
    verifier.post(f"/findings/{finding.pk}/signature-record/", {**said, "form_code": code[1]})
    assert SignatureRecord.objects.get().form_code == code[1]
    assert code[1] in browser("group").get(f"/findings/{finding.pk}/").content.decode()
