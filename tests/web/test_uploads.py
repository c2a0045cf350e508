"""Uploads as a script speaks with them: statuses, offsets, and the way into the ordinary forms."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from zhenggai.files.models import Upload
from zhenggai.ledger import selectors

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from django.test import Client

    from web.world import World

BYTES = "虚构的佐证材料\n".encode() * 500
RAW = "application/octet-stream"


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> None:
    settings.ZHENGGAI_DATA_DIR = tmp_path


def begun(client: Client, **values: Any) -> Any:
    said = {"name": "清查.txt", "size": len(BYTES), **values}
    return client.post("/uploads/", json.dumps(said), content_type="application/json")


def test_a_file_sent_in_pieces_is_filed_by_the_ordinary_form(
    world: World, browser: Callable[[str], Client]
) -> None:
    client = browser("handler")
    answer = begun(client)
    assert answer.status_code == 201
    address = f"/uploads/{answer.json()['id']}/"
    assert client.put(f"{address}?offset=0", BYTES[:5000], content_type=RAW).json()["offset"] == 5000
    wrong = client.put(f"{address}?offset=0", BYTES[:5000], content_type=RAW)
    assert (wrong.status_code, wrong.json()["code"], wrong.json()["offset"]) == (409, "upload_offset", 5000)
    assert client.get(address).json()["offset"] == 5000
    assert client.post(f"{address}finish/").status_code == 409
    assert client.put(f"{address}?offset=5000", BYTES[5000:], content_type=RAW).status_code == 200
    kept = client.post(f"{address}finish/").json()["kept"]
    row = world.finding(2)
    filed = client.post(
        f"/findings/{row.pk}/evidence-add/",
        {
            "version": row.version,
            "title": "清查记录",
            "proves": "逐台核对",
            "proves_on": "2026-09-01",
            "kind": "record",
            "kept": kept,
        },
    )
    assert filed.status_code == 302
    evidence, file = selectors.evidence_open(world.actor("handler"), world.finding(2).evidence.last().pk)
    with file:
        assert file.read() == BYTES
    assert evidence.file_name == "清查.txt"


def test_the_mark_of_one_person_files_nothing_for_another(
    world: World, browser: Callable[[str], Client]
) -> None:
    client = browser("handler")
    address = f"/uploads/{begun(client).json()['id']}/"
    client.put(f"{address}?offset=0", BYTES, content_type=RAW)
    kept = client.post(f"{address}finish/").json()["kept"]
    row = world.finding(2)
    data = {
        "version": row.version,
        "title": "一",
        "proves": "二",
        "proves_on": "2026-09-01",
        "kind": "record",
    }
    answer = browser("head").post(f"/findings/{row.pk}/evidence-add/", {**data, "kept": kept})
    assert answer.status_code == 422


def test_an_upload_of_another_is_not_found_by_any_way(browser: Callable[[str], Client]) -> None:
    address = f"/uploads/{begun(browser('handler')).json()['id']}/"
    other = browser("head")
    answers = (
        other.get(address),
        other.put(f"{address}?offset=0", BYTES, content_type=RAW),
        other.delete(address),
        other.post(f"{address}finish/"),
    )
    assert [answer.status_code for answer in answers] == [404] * 4
    assert Upload.objects.get().offset_bytes == 0


@pytest.mark.parametrize(
    "said",
    [b"", b"[]", b"{", b'{"name": "x"}', b'{"name": "x", "size": true}', b'{"size": "1e9"}', b"\xff" * 9000],
)
def test_a_beginning_that_cannot_be_read_is_refused(browser: Callable[[str], Client], said: bytes) -> None:
    answer = browser("handler").post("/uploads/", said, content_type="application/json")
    assert answer.status_code == 422
    assert answer.json()["code"] == "invalid"
    assert not Upload.objects.exists()


@pytest.mark.parametrize("offset", ["", "-1", "x", "1" * 30, "%00"])
def test_an_offset_that_is_no_number_is_refused_with_the_one_that_stands(
    browser: Callable[[str], Client], offset: str
) -> None:
    client = browser("handler")
    address = f"/uploads/{begun(client).json()['id']}/"
    answer = client.put(f"{address}?offset={offset}", BYTES, content_type=RAW)
    assert (answer.status_code, answer.json()["offset"]) == (409, 0)


def test_a_piece_too_large_is_refused_unread(browser: Callable[[str], Client]) -> None:
    client = browser("handler")
    size = 9 * 1024 * 1024
    address = f"/uploads/{begun(client, size=size).json()['id']}/"
    answer = client.put(f"{address}?offset=0", bytes(size), content_type=RAW)
    assert (answer.status_code, answer.json()["code"]) == (422, "upload_piece")


def test_an_upload_is_given_up(browser: Callable[[str], Client]) -> None:
    client = browser("handler")
    address = f"/uploads/{begun(client).json()['id']}/"
    assert client.delete(address).status_code == 200
    assert client.get(address).status_code == 404


def test_without_the_form_s_mark_nothing_is_taken(browser: Callable[[str], Client]) -> None:
    client = browser("handler")
    client.handler.enforce_csrf_checks = True
    assert begun(client).status_code == 403
    assert not Upload.objects.exists()
