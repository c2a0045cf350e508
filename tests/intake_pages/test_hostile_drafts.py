"""The draft's one form under hostile hands: a sentence, the text kept, and nothing of another's touched."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intake import notices
from zhenggai.intake.fields import DOCUMENT_FIELDS, FINDING_FIELDS, fingerprint
from zhenggai.intake.models import DraftFinding, DraftItem, DraftUnread, Intake
from zhenggai.ledger.models import Finding, Inspection

if TYPE_CHECKING:
    from intake.office import Office

Browser = Callable[[str], Client]
MARK = "记号样例"
VERBS = (
    "save",
    "add-finding",
    "drop-finding",
    "restore-finding",
    "up",
    "down",
    "add-action",
    "add-measure",
    "drop-item",
    "restore-item",
    "assign",
    "own-finding",
    "dismiss",
    "reopen",
    "confirm",
    "unheard-of",
    "\x00",
    "",
)
VALUES = (
    "",
    "\u200b" * 12,
    "\x00",
    f"{MARK}\x00尾",
    f"{MARK}\u202e反向",
    f"{MARK}\ud800",
    f"{MARK}𠮷😀",
    MARK + "长" * 20_001,
    "0001-01-01",
    "2026-02-29",
    "2024-02-29",
    "9999-12-31",
    "２０２６-０９-０１",
    "20260901",
    "2026-W01-1",
    "NaN",
    "yes",
    "done",
    str(10**30),
    "-1",
)
NUMBERS = ("", "0", "-1", "1", "9" * 18, "9" * 40, "１", "x", "\x00")
BEGAN = ("", "x", "[]", "null", "[" * 50_000, '{"a": 1}', '{"\\ud800": "x"}', "9" * 5000, "1e999")
OTHERS = ("mine", "theirs", "0", "9" * 18, "９")


def everything() -> Any:
    models = (Intake, DraftFinding, DraftItem, DraftUnread, Inspection, Finding)
    return [list(model.objects.order_by("pk").values()) for model in models]


@st.composite
def forms(draw: st.DrawFn) -> tuple[list[tuple[str, str, str]], str, str, str, dict[str, str]]:
    """Fields (kind, name, value), the button with its row, the marks, and the rest of the form."""
    named = st.tuples(
        st.sampled_from(("document", "finding", "item", "unread")),
        st.sampled_from([*DOCUMENT_FIELDS, *FINDING_FIELDS, "text", "id", "origin"]),
        st.sampled_from(VALUES),
    )
    fields = draw(st.lists(named, max_size=6))
    rest = {
        "version": draw(st.sampled_from(("stands", *NUMBERS))),
        "inspection": draw(st.sampled_from(("new", *NUMBERS))),
        "new_title": draw(st.sampled_from(VALUES)),
        "new_kind": draw(st.sampled_from(("inspection", *VALUES[:4]))),
        "new_subject": draw(st.sampled_from(("mine", *NUMBERS))),
        "new_feedback_on": draw(st.sampled_from(VALUES)),
        "selection_start": draw(st.sampled_from(NUMBERS)),
        "selection_end": draw(st.sampled_from(NUMBERS)),
        "dismiss_rest": draw(st.sampled_from(("yes", "", "\x00"))),
    }
    return (
        fields,
        draw(st.sampled_from(VERBS)),
        draw(st.sampled_from(OTHERS)),
        draw(st.sampled_from(("true", "true", "true", *BEGAN))),
        rest,
    )


@given(forms(), st.booleans())
@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_no_form_breaks_a_draft_or_touches_anothers(
    office: Office,
    browser: Browser,
    form: tuple[list[tuple[str, str, str]], str, str, str, dict[str, str]],
    quiet: bool,
) -> None:
    fields, verb, row, began, rest = form
    with transaction.atomic():
        mine, theirs = office.receive(notices.CLEAN), office.receive(notices.NOISY, username="stranger")
        ids = {
            "mine": mine.findings.order_by("position")[0].pk,
            "theirs": theirs.findings.order_by("position")[0].pk,
        }
        pairs, marks = [], {}
        for kind, name, value in fields:
            full = f"document-{name}" if kind == "document" else f"{kind}-{ids.get(row, row)}-{name}"
            pairs.append((full, value))
            marks[full] = fingerprint(
                str(getattr(mine.findings.order_by("position")[0], name, "")) if kind == "finding" else ""
            )
        said = {**rest, "version": str(mine.version) if rest["version"] == "stands" else rest["version"]}
        said["new_subject"] = (
            str(office.organisation_id) if said["new_subject"] == "mine" else said["new_subject"]
        )
        said["do"] = f"{verb}:{ids.get(row, row)}"
        said["began"] = json.dumps(marks) if began == "true" else began
        others = (
            list(DraftFinding.objects.filter(intake=theirs).values()),
            Intake.objects.get(pk=theirs.pk).version,
        )
        before = everything()
        response = browser("clerk").post(
            reverse("intake-save", args=[mine.pk]),
            urlencode([*pairs, *said.items()], errors="surrogatepass"),
            content_type="application/x-www-form-urlencoded",
            headers={"accept": "application/json"} if quiet else {},
        )
        assert response.status_code in {200, 302, 403, 404, 409, 422}
        after = (
            list(DraftFinding.objects.filter(intake=theirs).values()),
            Intake.objects.get(pk=theirs.pk).version,
        )
        assert after == others
        for finding in Finding.objects.all():
            assert finding.title.strip("\u200b ")
            assert finding.stage == "registered"
        if response.status_code in {403, 404}:
            assert everything() == before
        if not quiet and response.status_code == 422 and any(MARK in value for _, _, value in fields[-1:]):
            assert response.content.decode().count("<") > 10
        transaction.set_rollback(True)


@pytest.mark.parametrize("day", ["0001-01-01", "1989-12-31", "2100-01-01"])
@pytest.mark.parametrize("field", ["document-feedback_on", "finding-due_on"])
def test_a_day_that_nobody_means_stays_in_the_form(
    office: Office, browser: Browser, day: str, field: str
) -> None:
    intake = office.receive(notices.CLEAN)
    kind, name = field.split("-")
    row: Any = intake if kind == "document" else intake.findings.order_by("position")[0]
    full = field if kind == "document" else f"finding-{row.pk}-{name}"
    stored = getattr(row, name)
    marks = {full: fingerprint(stored.isoformat() if stored else "")}
    response = browser("clerk").post(
        reverse("intake-save", args=[intake.pk]), {full: day, "began": json.dumps(marks), "do": "save"}
    )
    page = response.content.decode()
    assert response.status_code == 422
    assert "lies outside 1990-01-01 to 2099-12-31" in page
    assert f'value="{day}"' in page
    row.refresh_from_db()
    assert getattr(row, name) == stored


def test_what_shows_nothing_is_no_title_and_no_reason(office: Office, browser: Browser) -> None:
    intake = office.receive(notices.CLEAN)
    first = intake.findings.order_by("position")[0]
    full = f"finding-{first.pk}-title"
    fields = {full: "\u200b\u202e", "began": json.dumps({full: fingerprint(first.title)})}
    client, address = browser("clerk"), reverse("intake-save", args=[intake.pk])
    client.post(address, {**fields, "do": "save"})
    first.refresh_from_db()
    assert first.title == ""
    response = client.post(address, {f"reason-{first.pk}": "\u200b" * 20, "do": f"drop-finding:{first.pk}"})
    assert response.status_code == 422
    first.refresh_from_db()
    assert first.dropped_at is None


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("凭\r\n证.txt", "凭 证.txt"),
        ("../../通报.txt", "通报.txt"),
        ("\u202e.txt", "txt"),
        ("", "document.txt"),
    ],
)
def test_a_document_is_kept_under_a_safe_name(office: Office, browser: Browser, name: str, kept: str) -> None:
    intake = office.receive(notices.CLEAN, name)
    assert intake.name == kept
    answer = browser("clerk").get(reverse("intake-original", args=[intake.pk]))
    answer.close()
    header = answer.headers["Content-Disposition"]
    assert header.startswith("attachment; filename")
    assert intake.read_at is None or intake.read_at.date() >= date(2026, 1, 1)
