"""Importing from a spreadsheet on its pages: the template, the trial, the import, what is shown once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.sheets import book
from web.world import World
from zhenggai.accounts.importing.tables import tables_read

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

ADDRESS = "/people/import/"


def upload(content: bytes, name: str = "名单.xlsx") -> dict[str, Any]:
    return {"file": SimpleUploadedFile(name, content)}


def agreed(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(kept|agreed)" value="([^"]+)">', page))


def sheet() -> bytes:
    return book(
        organisations=[("水示例科", "云山县示例局", "", "内设机构")],
        people=[("钱新示例", "qian", "水示例科", "")],
        posts=[("", "qian", "水示例科", "经办人", "", ""), ("", "qian", "水示例科", "核查员", "", "")],
    )


def test_a_file_is_looked_at_and_then_imported_with_passwords_shown_once(
    world: World, browser: Callable[[str], Client]
) -> None:
    admin = browser("admin")
    page = admin.post(ADDRESS, upload(sheet())).content.decode()
    assert "Import all of this" in page
    assert "waits for a second hand" in page
    assert "qian" not in admin.get("/people/").content.decode()
    done = admin.post(ADDRESS, agreed(page)).content.decode()
    assert re.search(r"<code class=\"one-time\">[a-z0-9]{4}(-[a-z0-9]{4}){3}</code>", done)
    assert "钱新示例 · 水示例科 · 核查员" in done
    assert "qian" in admin.get("/people/").content.decode()
    again = admin.post(ADDRESS, agreed(page))
    assert again.status_code == 409
    assert "there is nothing to import" in again.content.decode()
    twice = admin.post(ADDRESS, upload(sheet())).content.decode()
    assert "Everything in the file is there already" in twice


def test_faults_are_listed_with_their_cells_and_nothing_can_be_imported(
    world: World, browser: Callable[[str], Client]
) -> None:
    faulty = browser("admin").post(ADDRESS, upload(book(people=[("甲", "admin", "<b>没有</b>", "")])))
    page = faulty.content.decode()
    assert "Faults to be corrected in the file" in page
    assert ">C2<" in page
    assert "&lt;b&gt;没有&lt;/b&gt;" in page
    assert agreed(page) == {}


@pytest.mark.parametrize(
    ("data", "status"),
    [({}, 422), ({"agreed": "0" * 64}, 404), ({"agreed": "0" * 64, "kept": "forged"}, 404)],
)
def test_without_a_file_or_with_a_forged_mark_nothing_is_imported(
    world: World, browser: Callable[[str], Client], data: dict[str, str], status: int
) -> None:
    assert browser("admin").post(ADDRESS, data).status_code == status


def test_a_file_that_is_none_says_what_to_do(world: World, browser: Callable[[str], Client]) -> None:
    for content in (b"PK\x03\x04 nothing", b"x" * (5 * 1024 * 1024 + 1)):
        refused = browser("admin").post(ADDRESS, upload(content))
        assert refused.status_code == 422
        assert "Save it as .xlsx" in refused.content.decode()


def test_what_one_person_looked_at_another_does_not_import(
    world: World, browser: Callable[[str], Client]
) -> None:
    page = browser("admin").post(ADDRESS, upload(sheet())).content.decode()
    assert browser("security").post(ADDRESS, agreed(page)).status_code == 403


def test_the_template_is_downloaded_and_can_be_read(world: World, browser: Callable[[str], Client]) -> None:
    response = browser("admin").get("/people/import/template/")
    assert response["Content-Type"].endswith("spreadsheetml.sheet")
    tables = tables_read(response.content, "template.xlsx")
    assert [table.name for table in tables] == ["单位", "人员", "任职", "填写说明"]
