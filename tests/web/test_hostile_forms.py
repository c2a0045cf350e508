"""Every form of a finding under hostile hands: a sentence, the text kept, a whole change or none."""

from __future__ import annotations

import html
import re
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.refusals import everything
from web.world import World
from zhenggai.domain.file_names import file_name_safe
from zhenggai.domain.lifecycle import Nature
from zhenggai.ledger.models import MeasureTask, SignatureRecord
from zhenggai.trail.chains import ChainKey
from zhenggai.trail.selectors import events_of
from zhenggai.web.finding_actions import ACTIONS

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

MARK = "记号样例"
# who has the right to press the button, so that what is typed is looked at
WHO = {
    "finding-classify": "clerk",
    "finding-assign": "clerk",
    "finding-accept": "head",
    "criterion-add": "verifier",
    "criterion-judge": "verifier",
    "evidence-judge": "verifier",
    "requirement-waive": "clerk",
    "situation-answer": "clerk",
    "hold-open": "clerk",
    "hold-clear": "clerk",
    "closure-request": "head",
    "closure-sign": "clerk",
    "closure-send-back": "clerk",
    "closure-withdraw": "head",
}
TEXTS = (
    "",
    " ",
    "\u200b" * 12,
    "\x00",
    f"{MARK}\x00尾",
    f"{MARK}\u202e反向\u2066",
    f"{MARK}\ud800\udfff",
    f"{MARK}𠮷😀\u0301",
    f"{MARK}</textarea><script>alert(1)</script>",
    f"{MARK}\r\n\r\n\x1b[31m",
    MARK + "长" * 20_001,
    f"{MARK}，已逐笔核对全部凭证并退回超支款项。",
)
DAYS = (
    "",
    "0001-01-01",
    "1989-12-31",
    "2026-02-29",
    "2024-02-29",
    "9999-12-31",
    "99999-01-01",
    "２０２６-０９-０１",
    "2026-13-01",
    "-2026-01-01",
    "NaN",
    "\x00",
)
NUMBERS = (
    "",
    "0",
    "-1",
    "1e5",
    "1e-3",
    "1E+400",
    "1e1000000",
    "NaN",
    "sNaN",
    "-Infinity",
    "１２",
    str(10**30),
    "0x10",
    "9" * 5000,
)
IDS = (
    "",
    "0",
    "-1",
    "1",
    "2",
    "3",
    str(2**63),
    str(10**30),
    "１",
    "1.0",
    "x",
    "\x00",
    "yes",
    "no",
    "money",
    "done",
    "record",
)
TEXT_FIELDS = (
    "text",
    "narrative",
    "result",
    "note",
    "reason",
    "statement",
    "stage_goal",
    "title",
    "proves",
    "reference",
)
FIELDS = {
    **dict.fromkeys(TEXT_FIELDS, TEXTS),
    **dict.fromkeys(("due", "proves_on", "recheck_on"), DAYS),
    **dict.fromkeys(("amount", "money_to_recover"), NUMBERS),
    **dict.fromkeys(
        (
            "leader_id",
            "unit_id",
            "supporting_unit_ids",
            "evidence_id",
            "evidence_ids",
            "requirement",
            "nature",
            "money_required",
            "amount_follows",
            "met",
            "effect",
            "kind",
            "progress",
        ),
        IDS,
    ),
    "kept": ("", "x", "a:b:c", "\x00", "e30:1:x"),
    "stage": ("closed",),
}


def body(pairs: list[tuple[str, str]]) -> str:
    """A form as bytes would carry it, halves of characters included."""
    return urlencode(pairs, errors="surrogatepass")


def send(client: Client, address: str, pairs: list[tuple[str, str]]) -> Any:
    return client.post(address, body(pairs), content_type="application/x-www-form-urlencoded")


def standing(world: World) -> Any:
    return everything(), events_of(ChainKey.inspection(world.inspection_id)).count()


def value_of(field: str) -> st.SearchStrategy[tuple[str, str]]:
    return st.tuples(st.just(field), st.sampled_from(FIELDS[field]))


@st.composite
def forms(draw: st.DrawFn) -> tuple[str, int, list[tuple[str, str]]]:
    """A verb, the place of a finding, and fields of that verb's form: missing, twice, strange, others."""
    verb = draw(st.sampled_from(sorted(ACTIONS)))
    place = draw(st.sampled_from((1, 2, 3, 4)))
    own = [name for name in ACTIONS[verb].form.base_fields if name in FIELDS]
    named = draw(st.lists(st.sampled_from([*own, *own, *own, *FIELDS]), max_size=8)) if own else []
    pairs = [draw(value_of(name)) for name in named]
    return verb, place, pairs


@given(forms(), st.sampled_from(("stands", "stands", "stands", "", "-1", "x", str(10**30), "9" * 5000, "１")))
@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_no_form_breaks_or_half_changes_a_finding(
    world: World, browser: Callable[[str], Client], form: tuple[str, int, list[tuple[str, str]]], version: str
) -> None:
    verb, place, pairs = form
    row = world.finding(place)
    act = ACTIONS[verb]
    stands = str(row.version) if version == "stands" else version
    rows = {
        "measure_id": row.measures,
        "criterion_id": row.criteria,
        "evidence_id": row.evidence,
        "situation_id": row.situations,
        "hold_id": row.holds,
        "task_id": MeasureTask.objects.filter(measure__finding=row),
        "reader_id": row.readers,
        "outcome_id": row.outcomes,
        "reading_id": row.readings,
        "record_id": SignatureRecord.objects.filter(request__finding=row),
    }
    own = [each.pk for each in rows[act.row].all()] if act.row else []
    sent = [("version", stands), ("object_id", str(own[0] if own else 10**17)), *pairs]
    with transaction.atomic():
        before = standing(world)
        response = send(browser(WHO.get(verb, "handler")), f"/findings/{row.pk}/{verb}/", sent)
        assert response.status_code in {302, 403, 404, 409, 422}
        after = world.finding(place)
        if response.status_code == 302:
            assert after.version == row.version + 1
            assert after.stage not in {"closed", "stage_closed"} or verb == "closure-sign"
        else:
            assert standing(world) == before
            page = response.content.decode()
            assert re.search(r"[.。]", page)
            kept = [text for name, text in pairs if name in TEXT_FIELDS and name in act.form.base_fields]
            if response.status_code in {409, 422} and kept and MARK in kept[-1]:
                assert MARK in page
        transaction.set_rollback(True)


@pytest.mark.parametrize("day", ["0001-01-01", "1989-12-31", "2100-01-01", "9999-12-31"])
@pytest.mark.parametrize(
    ("username", "place", "verb", "field", "rest"),
    [
        ("handler", 2, "evidence-add", "proves_on", {"title": MARK, "proves": MARK, "kind": "record"}),
        ("clerk", 2, "measure-add", "due", {"text": MARK}),
        ("clerk", 4, "finding-assign", "due", {}),
    ],
)
def test_a_day_that_nobody_means_is_refused_with_its_bounds(
    world: World,
    browser: Callable[[str], Client],
    day: str,
    username: str,
    place: int,
    verb: str,
    field: str,
    rest: dict[str, str],
) -> None:
    row = world.finding(place)
    data: dict[str, Any] = {"version": row.version, field: day, **rest}
    if verb == "evidence-add":
        data["file"] = SimpleUploadedFile("表.txt", b"x")
    if verb == "finding-assign":
        world.do("clerk", place, ACTIONS["finding-classify"].service, nature=Nature.TIME_BOUND)
        data["version"] = row.version + 1
        data |= {"leader_id": world.people["leader"], "unit_id": world.organisations["财务科"]}
    before = standing(world)
    response = browser(username).post(f"/findings/{row.pk}/{verb}/", data)
    page = response.content.decode()
    assert response.status_code == 422
    assert f"{day} in “" in page
    assert "lies outside 1990-01-01 to 2099-12-31" in page
    assert f'value="{day}"' in page
    assert standing(world) == before


def test_a_day_that_cannot_be_read_stays_in_the_form_and_a_leap_day_is_taken(
    world: World, browser: Callable[[str], Client]
) -> None:
    row, client = world.finding(2), browser("clerk")
    address, before = f"/findings/{row.pk}/measure-add/", standing(world)
    for day in ("２０２６-１３-０１", "2026-02-29", "NaN"):
        response = send(client, address, [("version", str(row.version)), ("text", MARK), ("due", day)])
        assert response.status_code == 422
        assert f'value="{day}"' in response.content.decode()
        assert standing(world) == before
    send(client, address, [("version", str(row.version)), ("text", MARK), ("due", "2024-02-29")])
    assert world.finding(2).measures.last().due == date(2024, 2, 29)


def multipart(name: str, fields: dict[str, str]) -> tuple[bytes, str]:
    """A form with one file whose name stands there as it is, as no careful client would send it."""
    parts = [
        f'--sample\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
        for key, value in fields.items()
    ]
    parts.append(
        f'--sample\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
        "Content-Type: text/plain\r\n\r\nfictional\r\n--sample--\r\n"
    )
    return "".join(parts).encode("utf-8", "surrogatepass"), "multipart/form-data; boundary=sample"


@pytest.mark.parametrize(
    "name",
    [
        "凭\r\n证.pdf",
        "凭\n证.pdf",
        'a"; filename="b.pdf',
        "凭\x00证.pdf",
        "\u202efdp.证凭.exe",
        "../../../etc/passwd",
        "..\\..\\boot.ini",
        "....",
        "凭" * 300 + ".pdf",
        "\ud800凭证.pdf",
        "CON",
        "a\x1b[31m.txt",
        "%0d%0aSet-Cookie: a=b.txt",
        "=?utf-8?q?x?=.txt",
    ],
)
def test_an_upload_of_any_name_is_kept_under_a_safe_one(
    world: World, browser: Callable[[str], Client], name: str
) -> None:
    row = world.finding(2)
    fields = {
        "version": str(row.version),
        "title": "清查表",
        "proves": "逐台核对",
        "proves_on": "2026-09-01",
        "kind": "record",
    }
    data, content_type = multipart(name, fields)
    response = browser("handler").post(f"/findings/{row.pk}/evidence-add/", data, content_type=content_type)
    evidence = world.finding(2).evidence.last()
    if response.status_code == 422:
        # a name of which nothing is left is as good as no file
        assert evidence is None
        return
    assert response.status_code == 302
    kept = evidence.file_name
    assert kept == file_name_safe(kept)
    assert '"' not in kept
    page = browser("clerk").get(f"/findings/{row.pk}/").content.decode()
    assert html.escape(kept) in page
    answer = browser("clerk").get(f"/evidence/{evidence.pk}/download/")
    b"".join(answer.streaming_content)
    header = answer.headers["Content-Disposition"]
    assert header.isascii()
    assert header in {f'attachment; filename="{kept}"', f"attachment; filename*=utf-8''{quote(kept)}"}
