"""The page of a report with a photo: report and evidence together, or neither."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from selectolax.lexbor import LexborHTMLParser

from zhenggai.trail.chains import ChainKey
from zhenggai.trail.selectors import events_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from web.world import World

PHOTO = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGM4AQAAygDJmcpdfgAAAABJRU5ErkJggg=="
)
WORDS = "二层仓库已清点完毕，设备26台。"


def sent(client: Client, world: World, **values: Any) -> Any:
    row = world.finding(2)
    form = {"version": row.version, "progress": "in_progress", "narrative": WORDS, "next": "/"}
    return client.post(f"/findings/{row.pk}/report/", form | values)


def photo() -> SimpleUploadedFile:
    return SimpleUploadedFile("IMG_0001.png", PHOTO, "image/png")


def happened(world: World) -> int:
    return len(list(events_of(ChainKey.inspection(world.inspection_id))))


def test_a_report_and_its_photo_are_filed_together(world: World, browser: Callable[[str], Client]) -> None:
    client, before = browser("handler"), world.finding(2)
    told, pieces = happened(world), set(before.evidence.all())
    done = sent(client, world, file=photo())
    assert (done.status_code, done.headers["Location"]) == (302, "/")
    after = world.finding(2)
    (piece,) = set(after.evidence.all()) - pieces
    report = max(after.progress_reports.all(), key=lambda each: each.pk)
    assert (piece.kind, piece.proves, piece.file_name) == ("photo", WORDS, "IMG_0001.png")
    assert piece.title.startswith("Photo of 20")
    assert report.narrative == WORDS
    assert list(report.evidence.all()) == [piece]
    assert happened(world) == told + 2


def test_without_a_photo_it_is_a_report_like_any_other(
    world: World, browser: Callable[[str], Client]
) -> None:
    before = len(world.finding(2).evidence.all())
    assert sent(browser("handler"), world).status_code == 302
    after = world.finding(2)
    assert len(after.evidence.all()) == before
    assert any(each.narrative == WORDS for each in after.progress_reports.all())


@pytest.mark.parametrize(
    ("values", "status", "sentence"),
    [
        ({"narrative": ""}, 422, "some fields below are empty or cannot be read"),
        ({"progress": "done", "percent": "40"}, 422, "40"),
        ({"version": "0"}, 409, "changed"),
    ],
)
def test_a_refused_report_files_nothing_and_keeps_words_and_photo(
    world: World, browser: Callable[[str], Client], values: dict[str, str], status: int, sentence: str
) -> None:
    client, before = browser("handler"), world.finding(2)
    told, pieces, said = happened(world), len(before.evidence.all()), len(before.progress_reports.all())
    refused = sent(client, world, file=photo(), **values)
    shown = LexborHTMLParser(refused.content)
    assert refused.status_code == status
    refusal = shown.css_first("#refusal")
    assert refusal is not None
    assert sentence in refusal.text()
    after = world.finding(2)
    assert after.version == before.version
    assert (len(after.evidence.all()), len(after.progress_reports.all())) == (pieces, said)
    assert happened(world) == told
    # sent again without choosing the photo once more, it is there
    kept = shown.css_first("#report [name=kept]").attributes["value"]
    assert kept
    assert shown.css_first(".kept") is not None
    assert sent(client, world, kept=kept).status_code == 302
    assert len(world.finding(2).evidence.all()) == pieces + 1


def test_a_photo_that_is_no_longer_kept_is_missed_and_not_left_out(
    world: World, browser: Callable[[str], Client]
) -> None:
    client, before = browser("handler"), world.finding(2)
    told, said = happened(world), len(before.progress_reports.all())
    for values in ({}, {"narrative": ""}):
        refused = sent(client, world, kept="a mark that is older than a day", **values)
        shown = LexborHTMLParser(refused.content)
        assert refused.status_code == 422
        assert "no longer kept; choose it again" in shown.css_first("#refusal").text()
        assert not shown.css_first("#report [name=kept]").attributes.get("value")
        assert shown.css_first(".kept") is None
    after = world.finding(2)
    assert (after.version, len(after.progress_reports.all()), happened(world)) == (before.version, said, told)


def test_the_page_asks_on_one_screen_and_says_why_where_it_may_not_be_sent(
    world: World, browser: Callable[[str], Client]
) -> None:
    address = f"/findings/{world.finding(2).pk}/report/"
    shown = LexborHTMLParser(browser("handler").get(address).content)
    asked = [each.attributes["name"] for each in shown.css("#report > .field [name]")]
    assert asked == ["narrative", "progress", "file"]
    camera = shown.css_first("#report [name=file]").attributes
    assert (camera["accept"], camera["capture"]) == ("image/*", "environment")
    # the first button of the form sends it, also by the Enter key
    assert "formaction" not in shown.css_first("#report button[type=submit]").attributes
    closed = LexborHTMLParser(browser("clerk").get(address).content)
    assert closed.css_first("#report") is None
    assert closed.css_first(".act-why").text().strip()
