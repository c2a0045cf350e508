"""A page that waits for a reading: how far it is, with script and without, and what becomes of it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from intake import notices
from zhenggai.accounts.services.signing_in import SEEN_EVERY
from zhenggai.intake.models import Intake
from zhenggai.jobs.models import Job
from zhenggai.jobs.working import work
from zhenggai.trail.models import Event

if TYPE_CHECKING:
    from intake.office import Office

Browser = Callable[[str], Client]
SCRIPT = {"HX-Request": "true"}


@pytest.fixture
def large(office: Office, settings: Any) -> Office:
    """An office in which everything is large, a while before what browsers do."""
    settings.ZHENGGAI_READ_AT_ONCE_BYTES = 0
    settings.RECURRING = ()
    office.moment = timezone.now() - timedelta(minutes=30)
    return office


def address_of(intake: Intake, name: str = "intake-progress") -> str:
    return reverse(name, args=[intake.pk])


def read_by_worker() -> None:
    work(name="one", clock=timezone.now, stop=threading.Event(), until_idle=True)


def test_the_page_of_a_large_upload_waits_with_script_and_without(large: Office, browser: Browser) -> None:
    client = browser("clerk")
    fields = {"organisation_id": large.organisation_id, "text": notices.CLEAN}
    response = client.post(reverse("intake-upload"), fields)
    intake = Intake.objects.get()
    page = client.get(response["Location"]).content.decode()
    progress = address_of(intake)
    assert "The document is kept and is being read." in page
    assert f'hx-get="{progress}" hx-trigger="every 2s"' in page
    assert f'<noscript><meta http-equiv="refresh" content="5;url={progress}"></noscript>' in page
    # nobody can tell how far it is, so the bar says no figure
    assert '<progress class="reading-bar" aria-label="Reading"></progress>' in page
    assert "It waits its turn." in page
    for name in ("intake-read-again", "intake-abandon"):
        assert address_of(intake, name) not in page
    assert address_of(intake, "intake-original") in page
    # the second click of a double click
    assert client.post(reverse("intake-upload"), fields)["Location"] == response["Location"]
    assert (Intake.objects.count(), Job.objects.count()) == (1, 1)
    assert "It waits to be read, or is being read." in client.get(response["Location"]).content.decode()


def test_how_far_it_is_is_asked_for_alone(
    large: Office, browser: Browser, django_assert_num_queries: Any
) -> None:
    intake = large.receive(notices.CLEAN)
    client = browser("clerk")
    Job.objects.update(
        state="running", token="x", lease_until=timezone.now(), step="recognise", done=7, total=40
    )
    # session, person, sign-in, posts; the document, its job
    with django_assert_num_queries(6):
        part = client.get(address_of(intake), headers=SCRIPT).content.decode()
    assert part.lstrip().startswith('<div class="note note-reading" id="reading"')
    assert 'max="40" value="7"' in part
    assert "Page 7 of 40" in part
    assert "Pages that are pictures are recognised" in part
    # without script the address is a page that asks for itself again
    page = client.get(address_of(intake)).content.decode()
    assert 'max="40" value="7"' in page
    assert '<meta http-equiv="refresh"' in page


@pytest.mark.parametrize("headers", [SCRIPT, {}])
def test_once_it_is_read_the_page_becomes_the_two_panes_and_who_saw_it_is_not_told_again(
    large: Office, browser: Browser, headers: dict[str, str], django_capture_on_commit_callbacks: Any
) -> None:
    intake = large.receive(notices.CLEAN)
    client = browser("clerk")
    with django_capture_on_commit_callbacks(execute=True):
        read_by_worker()
    assert "unread: </span>1" in client.get("/").content.decode()
    answer = client.get(address_of(intake), headers=headers)
    if headers:
        assert (answer.status_code, answer["HX-Refresh"]) == (200, "true")
    else:
        assert answer["Location"] == address_of(intake, "intake")
    assert "data-panes" in client.get(address_of(intake, "intake")).content.decode()
    assert "unread: </span>" not in client.get("/").content.decode()


def test_who_left_finds_a_notice_that_leads_to_the_draft(
    large: Office, browser: Browser, django_capture_on_commit_callbacks: Any
) -> None:
    intake = large.receive(notices.CLEAN, "通报.txt")
    with django_capture_on_commit_callbacks(execute=True):
        read_by_worker()
    page = browser("clerk").get("/inbox/").content.decode()
    assert "The document has been read: 2 findings wait for your confirmation." in page
    intake.refresh_from_db()
    assert intake.title in page
    notice = intake.uploader.notices.get()
    opened = browser("clerk").post(f"/inbox/{notice.pk}/open/")
    assert opened["Location"] == address_of(intake, "intake")
    large.end_post("clerk")
    page = browser("clerk").get("/inbox/").content.decode()
    assert "What this was about is no longer visible to you." in page
    assert intake.title not in page


def test_a_reading_that_failed_says_why_on_the_page_and_can_be_tried_again(
    large: Office, browser: Browser
) -> None:
    intake = large.receive(b"PK\x03\x04 cut off", "附件.docx")
    client = browser("clerk")
    read_by_worker()
    page = client.get(address_of(intake, "intake")).content.decode()
    assert "is damaged" in page
    answer = client.post(address_of(intake, "intake-read-again"))
    assert "is being read" in client.get(answer["Location"]).content.decode()
    assert Job.objects.filter(state="ready").count() == 1


def test_list_and_start_page_show_it_with_its_state(large: Office, browser: Browser) -> None:
    intake = large.receive(notices.CLEAN, "很长的方案.txt")
    client = browser("clerk")
    listed = client.get(reverse("intake-list") + "?state=received").content.decode()
    assert "很长的方案.txt" in listed
    assert '<span class="mark mark-intake-received">waits to be read</span>' in listed
    home = client.get("/").content.decode()
    # the five steps lead there, too
    line = home[home.rindex(address_of(intake, "intake")) :]
    assert "waits to be read" in line[: line.index("</p>")]


def test_saving_and_confirming_before_it_is_read_is_refused_with_a_sentence(
    large: Office, browser: Browser
) -> None:
    intake = large.receive(notices.CLEAN)
    before = Intake.objects.filter(pk=intake.pk).values().get()
    client = browser("clerk")
    events = Event.objects.count()
    for name, fields in (
        ("intake-save", {"verb": "save"}),
        ("intake-confirm", {"version": "1"}),
        ("intake-abandon", {"reason": "送错了"}),
    ):
        answer = client.post(address_of(intake, name), fields)
        assert answer.status_code == 409
        assert "is still being read, so there is no draft to work on yet" in answer.content.decode()
    assert Intake.objects.filter(pk=intake.pk).values().get() == before
    assert Event.objects.count() == events


def test_a_page_that_asks_by_itself_keeps_no_sign_in_alive(
    large: Office, browser: Browser, settings: Any
) -> None:
    intake = large.receive(notices.CLEAN)
    client = browser("clerk")
    mine = intake.uploader.sign_ins
    earlier = timezone.now() - SEEN_EVERY - timedelta(seconds=1)
    mine.update(seen_at=earlier)
    client.get(address_of(intake), headers=SCRIPT)
    assert mine.get().seen_at == earlier
    client.get(address_of(intake, "intake"))
    assert mine.get().seen_at > earlier
    mine.update(seen_at=timezone.now() - timedelta(minutes=settings.ZHENGGAI_SESSION_IDLE_MINUTES + 1))
    answer = client.get(address_of(intake), headers=SCRIPT)
    # the whole page is asked for again, and that one leads to the sign-in
    assert (answer["HX-Refresh"], answer.content) == ("true", b"")
    assert "/sign-in/" in client.get(address_of(intake, "intake"))["Location"]
