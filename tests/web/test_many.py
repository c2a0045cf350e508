"""Many findings at once, on the pages: ticked, looked at, confirmed, told of each; and rows pasted in."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from zhenggai.domain.lifecycle import Stage
from zhenggai.intake.models import ComparedFinding, Intake
from zhenggai.intake.services import pasting
from zhenggai.ledger.models import Batch, Finding
from zhenggai.web.views import pasting as pasting_page

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse
    from django.test import Client

    from web.world import World

ROWS = (
    "编号\t问题\t责任单位\t原件所称\n"
    "{0}\t公务接待费超标准列支\t财务科\t整改完成\n"
    "9\t示例新问题一件\t业务科\t正在整改"
)


@pytest.fixture
def clerk(browser: Callable[[str], Client]) -> Client:
    return browser("clerk")


def ticked(world: World, client: Client, *places: int, **rest: str) -> str:
    """The address of the page on which what was ticked is gone through."""
    sent = {"take": "ticked", "finding": [str(world.finding_ids[place]) for place in places], **rest}
    done = client.post(f"/inspections/{world.inspection_id}/many/", sent)
    return str(done.headers["Location"])


def text(response: HttpResponse) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_what_is_ticked_is_looked_at_then_done_and_told_of_each(world: World, clerk: Client) -> None:
    page = ticked(world, clerk, 3, 4, 5)
    assert "What is to be done?" in text(clerk.get(page))
    unit, leader = world.organisations["财务科"], world.finding(3).responsible_leader_id
    wish = {"action": "assign", "unit_id": unit, "leader_id": leader, "due": "2027-03-31"}
    assert clerk.post(f"{page}try/", wish).headers["Location"] == page
    shown = text(clerk.get(page))
    assert "2 can be done · 1 cannot be done, and say why" in shown
    assert "Responsible unit — → 云山县示例局财务科" in shown or "Responsible unit — → 财务科" in shown
    assert "a due date changes only by an approved extension" in shown
    assert Finding.objects.get(pk=world.finding_ids[4]).stage == Stage.REGISTERED
    # what was said stands in its form again, but no box that is somebody's word
    form = clerk.get(page).content.decode().partition('id="many-assign"')[2].partition("</form>")[0]
    assert f'value="{unit}" selected' in form
    assert "checked" not in form
    # only those of one state
    assert "approved extension" not in text(clerk.get(f"{page}?state=ready"))
    batch = Batch.objects.get()
    for _twice in range(2):
        assert clerk.post(f"{page}do/", {"run": batch.run}).headers["Location"] == page
    stages = [Finding.objects.get(pk=world.finding_ids[place]).stage for place in (3, 4, 5)]
    assert stages == [Stage.ASSIGNED] * 3
    assert "2 carried out" in text(clerk.get(page))
    table = clerk.get(f"{page}report.csv").content.decode("utf-8-sig")
    heads, *rows = list(csv.reader(io.StringIO(table)))
    assert heads == ["Number", "Finding", "State", "Changes", "Why not"]
    assert [row[2] for row in rows] == ["cannot be done", "carried out", "carried out"]
    # it is found again, and it is a list
    assert "gone through" in text(clerk.get(f"/inspections/{world.inspection_id}/many/"))
    listed = text(clerk.get(f"/inspections/{world.inspection_id}/?selection={batch.pk}"))
    assert "1–3 of 3" in listed
    assert "Findings that you chose together" in listed


def test_the_whole_narrowed_list_is_taken_and_what_cannot_be_says_so(world: World, clerk: Client) -> None:
    base = f"/inspections/{world.inspection_id}/"
    clerk.post(f"{base}many/", {"take": "all", "query": "?stage=registered&page=3"})
    assert list(Batch.objects.get().rows.values_list("finding_id", flat=True)) == world.finding_ids[4:6]
    refused = clerk.post(f"{base}many/", {"take": "ticked", "query": "?stage=closed"}, follow=True)
    assert refused.redirect_chain[0][0] == f"{base}?stage=closed"
    assert "No finding is ticked that you can see." in text(refused)
    page = f"/many/{Batch.objects.get().pk}/"
    for sent, words in (
        ({"action": "assign"}, "Nothing is said that could be set."),
        ({"action": "due"}, "Fill in “Due”; it is empty."),
        ({"action": "nonsense"}, "Nothing was stored yet"),
    ):
        answer = clerk.post(f"{page}try/", sent)
        assert (answer.status_code, words in text(answer)) == (422, True), sent
    assert clerk.post(f"{page}do/", {"run": "1"}).status_code == 409


def test_a_page_of_many_asks_as_much_for_many_as_for_one(world: World, clerk: Client) -> None:
    def asked(*places: int) -> int:
        page = ticked(world, clerk, *places)
        clerk.post(f"{page}try/", {"action": "comment", "text": "请补充材料。"})
        clerk.get(page)
        with CaptureQueriesContext(connection) as queries:
            assert clerk.get(page).status_code == 200
        return len(queries)

    assert asked(4) == asked(0, 1, 2, 3, 4, 5) <= 30


def test_pasted_rows_are_looked_at_and_compared_and_nothing_enters(world: World, clerk: Client) -> None:
    address = f"/inspections/{world.inspection_id}/paste/"
    assert "Rows of a spreadsheet" in text(clerk.get(address))
    number = world.finding(0).number
    pasted = ROWS.format(number)
    looked = clerk.post(address, {"do": "look", "text": pasted}).content.decode()
    assert re.findall(r'value="(\w+)" selected', looked) == ["number", "problem", "lead_unit"]
    assert 'id="has-head" checked' in looked
    findings = Finding.objects.count()
    done = clerk.post(address, {"do": "compare", "text": pasted, "has_head": "yes", "role-3": "status"})
    intake = Intake.objects.order_by("-pk").first()
    assert intake is not None
    assert intake.name.startswith("粘贴-")
    assert done.headers["Location"] == f"/intake/{intake.pk}/compare/"
    states = list(ComparedFinding.objects.order_by("position").values_list("state", "finding_id"))
    assert states == [("same", world.finding_ids[0]), ("add", None)]
    assert Finding.objects.count() == findings
    # the same once more is the same document
    clerk.post(address, {"do": "compare", "text": pasted, "has_head": "yes", "role-3": "status"})
    assert Intake.objects.order_by("-pk").first() == intake


def test_what_cannot_be_pasted_is_kept_in_the_field(
    world: World, clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"/inspections/{world.inspection_id}/paste/"
    before = Intake.objects.count()
    bare = "1\t公务接待费\t财务科"
    for sent, words in (
        ({"do": "look", "text": " \n"}, "Nothing is pasted."),
        ({"do": "compare", "text": "", "has_head": "yes"}, "Nothing is pasted."),
        ({"do": "compare", "text": bare}, "No column is said to hold the finding"),
    ):
        answer = clerk.post(address, sent)
        assert (answer.status_code, words in text(answer)) == (422, True), sent
    assert bare in answer.content.decode()
    monkeypatch.setattr(pasting, "PASTED_MOST", 1)
    many = clerk.post(address, {"do": "compare", "text": ROWS, "has_head": "yes"})
    assert "More than 1 rows are pasted" in text(many)
    monkeypatch.setattr(pasting_page, "TEXT_MOST", 40)
    large = clerk.post(address, {"do": "compare", "text": ROWS, "has_head": "yes"})
    assert (large.status_code, "longer than 40 characters" in text(large)) == (422, True)
    assert "示例新问题一件" in large.content.decode()
    assert Intake.objects.count() == before


def test_only_what_posts_allow_is_offered_with_the_names_it_asks_for(
    world: World, browser: Callable[[str], Client]
) -> None:
    handler = browser("handler")
    page = handler.get(ticked(world, handler, 1, 2)).content.decode()
    assert 'id="comment-' in page
    assert 'name="unit_id"' not in page
    assert 'name="leader_id"' not in page


def test_without_a_head_row_the_person_says_what_the_columns_hold(world: World, clerk: Client) -> None:
    address = f"/inspections/{world.inspection_id}/paste/"
    rows = f'{world.finding(2).number}\t"固定资产账实不符\n（含设备）"\t正在整改'
    roles = {"role-0": "number", "role-1": "problem", "role-2": "status"}
    clerk.post(address, {"do": "compare", "text": rows, **roles})
    row = ComparedFinding.objects.get()
    assert row.finding_id == world.finding_ids[2] or [world.finding_ids[2]] == [
        each[0] for each in row.candidates
    ]
