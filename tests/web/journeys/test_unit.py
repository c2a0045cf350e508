"""Journeys of the unit that puts things right (责任单位), each before a phone."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest

from web.hands import act, has_done
from web.journeys.walking import PHONE, chinese, journey, waiting

if TYPE_CHECKING:
    from pathlib import Path

    from web.house import House

pytestmark = pytest.mark.chromium

PHOTO = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGM4AQAAygDJmcpdfgAAAABJRU5ErkJggg=="
)
WORDS = "二层仓库已清点完毕，设备26台，账实一致。"


def test_a_handler_reports_with_a_photo_in_four_taps_and_a_lost_line_loses_nothing(
    house: House, tmp_path: Path
) -> None:
    photo = tmp_path / "IMG_0001.png"
    photo.write_bytes(PHOTO)
    with journey(house, "04-handler-reports-with-a-photo", PHONE) as walk:
        page = walk.begin("handler")
        walk.stands(page, "start")
        way = waiting(page, "固定资产账实不符").get_by_role("link", name=chinese("Report with photo"))
        walk.go(page, way)
        form = page.locator("#report")
        # what is asked and the button that sends it stand on one screen of a phone
        page.set_viewport_size({"width": PHONE, "height": 844})
        send = form.get_by_role("button", name=chinese("Send the report"))
        box = send.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 844
        words = form.get_by_label(chinese("What was done"))
        walk.press(words)
        words.fill(WORDS)
        # the draft is kept before anything is sent, and is there when the page is opened again
        page.wait_for_selector("[data-draft-state]:has-text('草稿')")
        page.reload()
        assert words.input_value() == WORDS
        camera = form.get_by_label(chinese("Photo"), exact=True)
        assert (camera.get_attribute("accept"), camera.get_attribute("capture")) == ("image/*", "environment")
        with page.expect_file_chooser() as chooser:
            walk.press(camera)
        chooser.value.set_files(photo)
        page.wait_for_selector("[data-photo-shown]:visible")
        walk.stands(page, "photo-taken")
        page.context.set_offline(True)
        walk.press(send)
        page.wait_for_selector("[data-report-waits]:visible")
        walk.stands(page, "no-line")
        with page.expect_navigation():
            page.context.set_offline(False)
        # the way to it, the words, the photo, the button: the line comes back by itself
        assert walk.presses == 4
        assert page.url == f"{house.address}/"
        assert page.locator(".note-success").count() == 1
        walk.stands(page, "sent")
        walk.go(page, waiting(page, "固定资产账实不符").locator(".step-words a"))
        assert WORDS in page.inner_text("#progress")
        assert page.locator("#evidence-heading").count()
        assert page.locator(".piece strong", has_text="现场照片").count() == 1
        assert page.locator("#report-narrative").count() == 0


def test_a_handler_does_a_measure_files_evidence_and_learns_what_the_closing_still_lacks(
    house: House, tmp_path: Path
) -> None:
    paper = tmp_path / "会议记录核对表.txt"
    paper.write_text("虚构材料：2024年大额资金事项逐项核对，共12项。\n", encoding="utf-8")
    title = "集体决策制度执行不严"
    with journey(house, "05-handler-proves-and-head-asks", PHONE) as walk:
        page = walk.begin("handler")
        walk.go(page, waiting(page, title).locator(".step-words a"))
        act(page, "measure-complete", result="12项大额资金事项均已补齐会议记录")
        assert has_done(page)
        walk.stands(page, "measure-done")
        act(
            page,
            "evidence-add",
            file=paper,
            title="大额资金事项核对表",
            proves="逐项核对12项，先上会后实施",
            proves_on="2026-08-20",
            kind="record",
        )
        assert has_done(page)
        with page.expect_download() as download:
            page.click(f"a:has-text('{paper.name}')")
        assert download.value.path().read_bytes() == paper.read_bytes()
        act(page, "requirement-answer", requirement="similar", evidence_id="大额资金事项核对表")
        act(page, "requirement-answer", requirement="cause", evidence_id="大额资金事项核对表")
        assert has_done(page)
        # who fixes it judges neither the effect nor the criterion
        assert not page.locator("form[action$='/evidence-judge/'], form[action$='/criterion-judge/']").count()
        walk.stands(page, "evidence-filed")

        page = walk.begin("head")
        walk.go(page, waiting(page, title).locator(".step-words a"))
        before = page.locator(".page-head .marks .mark").first.inner_text()
        act(page, "closure-request", statement="集体决策事项已经核对补正，申请销号。")
        said = page.inner_text("#refusal")
        lacks = page.locator("#refusal .note-gates > li")
        assert lacks.count() >= 2
        assert page.locator(".gate-not_met").count() == lacks.count()
        assert "成效" in said
        # what was typed is kept, and nothing moved
        kept = page.input_value("form[action$='/closure-request/'] [name=statement]")
        assert kept.startswith("集体决策事项")
        assert page.locator(".page-head .marks .mark").first.inner_text() == before
        walk.stands(page, "refused")
