"""Receiving through the browser: every refusal is its own sentence; what was handed in or typed is kept."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse

from intake import notices
from zhenggai.files.models import Blob
from zhenggai.intake import services
from zhenggai.intake.models import Intake

if TYPE_CHECKING:
    from django.http import HttpResponse

    from intake.office import Office

Browser = Callable[[str], Client]
UPLOAD = reverse("intake-upload")


def file_of(data: bytes, name: str = "通报.txt") -> BytesIO:
    file = BytesIO(data)
    file.name = name
    return file


def hand_in(client: Client, office: Office, **fields: Any) -> HttpResponse:
    return client.post(UPLOAD, {"organisation_id": office.organisation_id, **fields})


def test_a_file_is_received_and_leads_to_its_draft(office: Office, browser: Browser) -> None:
    client = browser("clerk")
    response = hand_in(client, office, file=file_of(notices.CLEAN.encode()))
    intake = Intake.objects.get()
    assert response.status_code == 302
    assert response["Location"] == reverse("intake", args=[intake.pk])
    assert client.get(response["Location"]).status_code == 200
    assert intake.name == "通报.txt"


def test_pasted_text_is_received_under_its_name(office: Office, browser: Browser) -> None:
    text = notices.CLEAN.replace("\n", "\r\n")
    hand_in(browser("clerk"), office, text=text, name="云山县2025/2026年度示例通报")
    intake = Intake.objects.get()
    # a title is no path: no part of it is taken for a folder and cut off
    assert (intake.name, intake.state) == ("云山县2025／2026年度示例通报.txt", "draft")
    # the browser's line ends make no second document
    hand_in(browser("clerk"), office, text=notices.CLEAN)
    assert Intake.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "There is nothing to receive yet"),
        ({"text": "  \n "}, "There is nothing to receive yet"),
        ({"organisation_id": ""}, "Nothing was stored yet"),
        ({"organisation_id": "999999", "text": "x"}, "Nothing was stored yet"),
    ],
)
def test_what_is_missing_is_said(
    office: Office, browser: Browser, fields: dict[str, str], sentence: str
) -> None:
    response = hand_in(browser("clerk"), office, **fields)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert Intake.objects.count() == 0


def test_a_file_and_a_text_together_are_refused_and_the_text_is_kept(
    office: Office, browser: Browser
) -> None:
    response = hand_in(browser("clerk"), office, file=file_of(b"x"), text="打了很久的字")
    assert response.status_code == 422
    page = response.content.decode()
    assert "one intake holds one document" in page
    assert "打了很久的字" in page


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "is empty: there is no text to read"),
        (b"%PDF-1.7\n\x00\x01" * 40, "begins like a PDF but cannot be opened"),
    ],
)
def test_what_cannot_be_read_is_kept_and_its_page_says_why(
    office: Office, browser: Browser, data: bytes, sentence: str
) -> None:
    client = browser("clerk")
    response = hand_in(client, office, file=file_of(data, "附件.pdf"))
    page = client.get(response["Location"]).content.decode()
    assert sentence in page
    intake = Intake.objects.get()
    assert reverse("intake-original", args=[intake.pk]) in page
    assert reverse("intake-read-again", args=[intake.pk]) in page
    assert reverse("intake-abandon", args=[intake.pk]) in page
    again = client.post(reverse("intake-read-again", args=[intake.pk]))
    assert again.status_code == 302
    kept = b"".join(client.get(reverse("intake-original", args=[intake.pk])).streaming_content)
    assert kept == data


def test_an_upload_beyond_what_is_kept_is_stopped_with_its_sentence_and_what_was_typed_stays(
    office: Office, browser: Browser, settings: Any
) -> None:
    settings.ZHENGGAI_MAX_STORED_BYTES = 1024 * 1024
    response = hand_in(
        browser("clerk"), office, file=file_of(b"a" * (3 * 1024 * 1024), "大.txt"), name="打好的名称"
    )
    page = response.content.decode()
    assert response.status_code == 422
    assert "“大.txt” is larger than 1 MiB, so nothing of it was kept; what you typed is" in page
    # fields behind the file in the form are read all the same
    assert 'value="打好的名称"' in page
    assert f'<option value="{office.organisation_id}" selected' in page
    assert Intake.objects.count() == 0
    assert not Blob.objects.exists()


def test_an_upload_beyond_what_is_read_is_kept_and_its_page_says_so(
    office: Office, browser: Browser, settings: Any
) -> None:
    settings.ZHENGGAI_MAX_UPLOAD_BYTES = 1024 * 1024
    client = browser("clerk")
    data = b"a" * (3 * 1024 * 1024)
    page = client.get(hand_in(client, office, file=file_of(data, "大.txt"))["Location"]).content.decode()
    assert "“大.txt” has 3 MiB, and documents up to 1 MiB are read" in page
    assert Intake.objects.get().size_bytes == len(data)


def test_a_refused_file_need_not_be_chosen_again(office: Office, browser: Browser) -> None:
    client = browser("clerk")
    refused = hand_in(client, office, organisation_id="", file=file_of(notices.CLEAN.encode(), "一.txt"))
    page = refused.content.decode()
    assert "“一.txt” is kept from your last try" in page
    mark = re.search(r'name="kept" value="([^"]+)"', page)[1]
    assert hand_in(browser("colleague"), office, kept=mark).status_code == 422
    assert hand_in(client, office, kept=mark).status_code == 302
    assert (Intake.objects.get().name, Intake.objects.get().state) == ("一.txt", "draft")


def test_the_same_bytes_under_another_organisation_are_shown_with_both_ways_on(
    office: Office, browser: Browser
) -> None:
    first = office.receive(notices.CLEAN, "一.txt")
    office.also_at_other("clerk")
    client = browser("clerk")
    fields = {"organisation_id": office.other_id, "file": file_of(notices.CLEAN.encode(), "二.txt")}
    refused = hand_in(client, office, **fields)
    page = refused.content.decode()
    assert refused.status_code == 409
    assert reverse("intake", args=[first.pk]) in page
    assert "云山县示例局 · 周示例" in page
    # the key Enter presses the first button of a form, and that one is not the answer “both”
    assert page.index("Receive and read") < page.index('name="is_about_both" value="yes"')
    mark = re.search(r'name="kept" value="([^"]+)"', page)[1]
    both = hand_in(client, office, organisation_id=office.other_id, kept=mark, is_about_both="yes")
    assert both.status_code == 302
    assert Intake.objects.filter(sha256=first.sha256).count() == 2


def test_the_same_bytes_lead_to_the_document_and_say_what_became_of_it(
    office: Office, browser: Browser
) -> None:
    intake = office.receive(notices.CLEAN, "一.txt")
    client = browser("colleague")
    for became, change in (
        ("It waits for confirmation; this is its draft.", None),
        ("It was set aside and can be taken up again.", (services.intake_abandon, {"reason": "送错"})),
        ("It waits for confirmation", (services.intake_reopen, {})),
    ):
        if change is not None:
            office.do(change[0], intake, **change[1])
        response = client.post(
            UPLOAD,
            {"organisation_id": office.organisation_id, "file": file_of(notices.CLEAN.encode(), "二.txt")},
            follow=True,
        )
        page = response.content.decode()
        assert response.redirect_chain[0][0] == reverse("intake", args=[intake.pk])
        assert "The same document was received before, as “一.txt”" in page
        assert "周示例" in page
        assert became in page
    intake.refresh_from_db()
    office.confirm(intake)
    response = hand_in(client, office, file=file_of(notices.CLEAN.encode()))
    assert "It was confirmed and is in the ledger." in client.get(response["Location"]).content.decode()
    assert Intake.objects.count() == 1


def test_who_is_of_no_office_is_told_so_and_hands_in_nothing(office: Office, browser: Browser) -> None:
    client = browser("handler")
    assert "Documents are handed in by the rectification office" in client.get(UPLOAD).content.decode()
    assert hand_in(client, office, text=notices.CLEAN).status_code == 422
    assert Intake.objects.count() == 0


def test_a_form_without_its_safety_mark_is_refused(office: Office) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(type(office.receive("x").uploader).objects.get(username="clerk"))
    response = client.post(UPLOAD, {"organisation_id": office.organisation_id, "text": notices.CLEAN})
    assert response.status_code == 403
    assert Intake.objects.count() == 1


def test_the_list_shows_states_and_counts_and_only_what_is_mine(office: Office, browser: Browser) -> None:
    office.receive(notices.CLEAN, "我的.txt")
    office.receive(b"", "空的.txt")
    office.receive(notices.NOISY, "别人的.txt", "stranger")
    client = browser("clerk")
    page = client.get(reverse("intake-list")).content.decode()
    assert "我的.txt" in page
    assert "空的.txt" in page
    assert "别人的.txt" not in page
    failed = client.get(reverse("intake-list"), {"state": "failed"}).content.decode()
    assert "空的.txt" in failed
    assert "我的.txt" not in failed
    assert client.get(reverse("intake-list"), {"state": "nonsense", "page": "x"}).status_code == 200
    assert "我的.txt" not in browser("handler").get(reverse("intake-list")).content.decode()


def test_the_list_takes_as_many_queries_for_many_documents_as_for_few(
    office: Office, browser: Browser, django_assert_num_queries: Any
) -> None:
    client = browser("clerk")
    for number in range(12):
        office.receive(f"{notices.NO_NOTICE}{number}", f"{number}.txt")
    # session, person, sign-in, posts; counts by state, how many, the rows
    with django_assert_num_queries(8):
        client.get(reverse("intake-list"))


@pytest.mark.parametrize("username", ["stranger", "handler", "admin"])
@pytest.mark.parametrize(
    ("name", "method"),
    [
        ("intake", "get"),
        ("intake-source", "get"),
        ("intake-original", "get"),
        ("intake-save", "post"),
        ("intake-confirm", "post"),
        ("intake-read-again", "post"),
        ("intake-abandon", "post"),
        ("intake-reopen", "post"),
    ],
)
def test_the_document_of_others_is_not_found(
    office: Office, browser: Browser, username: str, name: str, method: str
) -> None:
    intake = office.receive(notices.CLEAN)
    response = getattr(browser(username), method)(reverse(name, args=[intake.pk]))
    assert response.status_code == 404
    intake.refresh_from_db()
    assert (intake.state, intake.version) == ("draft", 2)


def test_the_original_is_always_saved_and_never_shown(office: Office, browser: Browser) -> None:
    intake = office.receive(b"<script>alert(1)</script>" + notices.CLEAN.encode(), "页面.html")
    response = browser("clerk").get(reverse("intake-original", args=[intake.pk]))
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment;")
    assert response["X-Content-Type-Options"] == "nosniff"
    response.close()


def test_a_document_is_set_aside_and_taken_up_on_its_page(office: Office, browser: Browser) -> None:
    client = browser("clerk")
    intake = office.receive(notices.CLEAN)
    refused = client.post(reverse("intake-abandon", args=[intake.pk]), {"reason": ""})
    assert refused.status_code == 422
    page = client.post(
        reverse("intake-abandon", args=[intake.pk]), {"reason": "送错了单位"}, follow=True
    ).content.decode()
    assert "送错了单位" in page
    assert "set this document aside" in page
    page = client.post(reverse("intake-reopen", args=[intake.pk]), follow=True).content.decode()
    assert "draft-form" in page
