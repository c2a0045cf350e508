"""What holds for every page: headers, language, refusals, nothing inline, nothing from elsewhere."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client, RequestFactory
from django.utils import translation

from web.world import World
from zhenggai.domain.errors import (
    InvalidError,
    NotAllowedNowError,
    NotFoundError,
    NotPermittedError,
    ZhenggaiError,
)
from zhenggai.web.errors import server_error

if TYPE_CHECKING:
    from collections.abc import Callable

PAGES = (
    ("clerk", "/"),
    ("clerk", "/inspections/{inspection}/"),
    ("clerk", "/inspections/{inspection}/setup/"),
    ("clerk", "/inspections/{inspection}/trail/"),
    ("clerk", "/inspections/new/"),
    ("clerk", "/documents/{document}/"),
    ("clerk", "/findings/{finding}/"),
    ("handler", "/findings/{finding}/"),
    ("clerk", "/password/"),
    ("clerk", "/nowhere/"),
    ("admin", "/people/"),
    ("admin", "/people/new/"),
    ("admin", "/people/{person}/"),
)


@pytest.fixture(params=PAGES, ids=[f"{who} {path}" for who, path in PAGES])
def page(request: Any, world: World, browser: Callable[[str], Client]) -> Any:
    username, path = request.param
    names = {
        "inspection": world.inspection_id,
        "document": world.document_id,
        "finding": world.finding_ids[2],
        "person": world.people["handler"],
    }
    return browser(username).get(path.format(**names))


def test_a_page_carries_a_strict_policy(page: Any) -> None:
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert page.headers["X-Frame-Options"] == "DENY"
    assert page.headers["Referrer-Policy"] == "same-origin"


def test_a_page_is_not_kept_by_the_browser(page: Any) -> None:
    assert page.headers["Cache-Control"] == "no-store"


def test_a_page_has_nothing_inline_and_loads_nothing_from_elsewhere(page: Any) -> None:
    text = page.content.decode()
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=", text)
    assert all(
        load.startswith("/static/")
        for load in re.findall(r"<(?:script|link|img)[^>]+(?:src|href)=\"([^\"]+)", text)
    )


def test_a_page_names_its_language_title_and_main_part(page: Any) -> None:
    text = page.content.decode()
    assert '<html lang="en">' in text
    assert re.search(r"<title>[^<]+</title>", text)
    assert text.count("<h1>") == 1
    assert text.count("<main ") == 1


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "A fault of this system"), ("zh-hans", "系统故障"), ("zh-hant", "系統故障")],
)
def test_the_page_of_a_fault_of_ours_speaks_the_readers_language(language: str, words: str) -> None:
    with translation.override(language):
        page = server_error(RequestFactory().get("/")).content.decode()
    assert f'<html lang="{language}">' in page
    assert f"<h1>{words}</h1>" in page


def test_every_field_of_a_page_has_a_label(page: Any) -> None:
    text = page.content.decode()
    labelled = set(re.findall(r'<label[^>]*for="([^"]+)"', text))
    fields = re.findall(r'<(?:input|select|textarea)(?![^>]*type="hidden")[^>]*\bid="([^"]+)"', text)
    assert set(fields) <= labelled


def test_an_unknown_address_is_a_sentence_and_keeps_the_menu(
    world: World, browser: Callable[[str], Client]
) -> None:
    response = browser("clerk").get("/nowhere/")
    assert response.status_code == 404
    assert "There is nothing at this address, or it is not yours to see." in response.content.decode()
    assert "周示例" in response.content.decode()


def test_an_unknown_address_without_sign_in_is_a_sentence_too(world: World) -> None:
    client = Client()
    client.cookies["language"] = "en"
    response = client.get("/nowhere/")
    assert response.status_code == 404
    assert "There is nothing at this address" in response.content.decode()


def test_what_belongs_to_others_reads_like_what_is_not_there(
    world: World, browser: Callable[[str], Client]
) -> None:
    there = browser("outsider").get(f"/findings/{world.finding_ids[0]}/")
    nothing = browser("outsider").get("/findings/999999/")
    assert there.status_code == nothing.status_code == 404
    sentence = re.compile(r'<p class="stop-sentence">([^<]+)</p>')
    assert sentence.findall(there.content.decode()) == sentence.findall(nothing.content.decode())


@pytest.mark.parametrize(
    ("refusal", "status"),
    [
        (NotFoundError, 404),
        (NotPermittedError, 403),
        (NotAllowedNowError, 409),
        (InvalidError, 422),
        (ZhenggaiError, 400),
    ],
)
def test_the_status_follows_from_the_kind_of_refusal(refusal: type[ZhenggaiError], status: int) -> None:
    assert refusal("A sentence.").status == status


def test_a_fault_of_ours_is_a_sentence(
    world: World, browser: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    from zhenggai.web.views import home  # noqa: PLC0415 - patched here alone

    def broken(_actor: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(home, "findings_waiting", broken)
    client = browser("clerk")
    client.raise_request_exception = False
    response = client.get("/")
    assert response.status_code == 500
    assert "a fault in the system, not because of you" in response.content.decode()


def test_the_log_names_nobody(
    world: World, browser: Callable[[str], Client], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG, logger="zhenggai"):
        browser("outsider").get(f"/findings/{world.finding_ids[0]}/?text=赵示例")
        Client().post("/sign-in/", {"username": "clerk", "password": "not-it"})
        browser("clerk").get("/nowhere/赵示例/")
    written = " ".join(record.getMessage() for record in caplog.records if record.name.startswith("zhenggai"))
    assert "赵示例" not in written
    assert "clerk" not in written


@pytest.mark.parametrize(
    "path", ["/", "/people/", "/inspections/1/", "/findings/1/", "/evidence/1/download/", "/intake/"]
)
def test_nothing_is_shown_without_a_sign_in(db: None, path: str) -> None:
    response = Client().get(path)
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/sign-in/")


def test_a_form_sent_after_the_sign_in_has_ended_keeps_what_was_typed(world: World) -> None:
    client = Client()
    client.cookies["language"] = "en"
    finding = world.finding_ids[2]
    response = client.post(f"/findings/{finding}/situation-raise/", {"text": "需要核实。"})
    assert response.status_code == 403
    assert "Go back: what you typed is still there." in response.content.decode()


def test_every_view_asks_for_a_sign_in_but_these(db: None) -> None:
    from django.urls import get_resolver  # noqa: PLC0415 - used here alone

    def views(patterns: Any) -> Any:
        for pattern in patterns:
            yield from views(pattern.url_patterns) if hasattr(pattern, "url_patterns") else [pattern]

    public = {
        pattern.name
        for pattern in views(get_resolver().url_patterns)
        if not getattr(pattern.callback, "login_required", True)
    }
    signing_in = {"sign-in", "sign-in-code", "sign-out", "setup"}
    assert public == signing_in | {"calendar-feed", "language", "health", "help", "help-page"}


def test_any_letters_in_an_address_are_no_fault(world: World, browser: Callable[[str], Client]) -> None:
    client = browser("clerk")
    for path in (
        "/%00/",
        "/%ff/",
        "/巡察/",
        "/inspections/1/?page=%00",
        "/?x=\udcff".encode("utf-8", "replace").decode(),
    ):
        assert client.get(path).status_code in {200, 404, 400}


@pytest.mark.parametrize("path", ["/sign-out/", "/language/"])
def test_a_form_address_opened_as_a_page_says_so(
    world: World, browser: Callable[[str], Client], path: str
) -> None:
    response = browser("clerk").get(path)
    assert response.status_code == 405
    assert response.headers["Allow"] == "POST"
    assert "does something only when a form is sent to it" in response.content.decode()


def test_the_address_of_a_refused_form_loaded_again_leads_to_its_page(
    world: World, browser: Callable[[str], Client]
) -> None:
    finding = world.finding_ids[2]
    response = browser("head").get(f"/findings/{finding}/closure-request/")
    assert response.headers["Location"] == f"/findings/{finding}/"
    person = world.people["handler"]
    assert browser("admin").get(f"/people/{person}/reset/").headers["Location"] == f"/people/{person}/"


@pytest.mark.parametrize("path", ["/health/", "/sign-in/"])
def test_a_watchdog_may_ask_for_the_head_alone(world: World, path: str) -> None:
    assert Client().head(path).status_code == 200
