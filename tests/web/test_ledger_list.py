"""The ledger as a list: filters, order, counts, paging, export, and how many queries it takes."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from web.world import World
from zhenggai.domain.reading import DocumentKind
from zhenggai.ledger import services
from zhenggai.ledger.imports import ImportedDocument, ImportedFinding

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

TITLES = (
    "公务接待费超标准列支",
    "会议费报销缺少会议通知",
    "固定资产账实不符",
    "“三重一大”集体决策制度执行不严",
    "档案归档不及时",
    "窗口办事群众排队时间长",
)


def shown(page: str) -> list[int]:
    """Places of the findings in the table, in its order."""
    found = [(page.find(f">{title}</a></th>"), place) for place, title in enumerate(TITLES)]
    return [place for where, place in sorted(found) if where >= 0]


@pytest.fixture
def look(world: World, browser: Callable[[str], Client]) -> Callable[..., str]:
    def looked(query: str = "", username: str = "clerk") -> str:
        response = browser(username).get(f"/inspections/{world.inspection_id}/{query}")
        assert response.status_code == 200
        return response.content.decode()

    return looked


@pytest.mark.parametrize(
    ("query", "places"),
    [
        ("", [0, 1, 2, 3, 4, 5]),
        ("?stage=registered", [4, 5]),
        ("?stage=closed", [0]),
        ("?stated=done", [0, 1]),
        ("?stated=closed", [0]),
        ("?stated=long_term", [1]),
        ("?stated=unstated", [4]),
        ("?overdue=yes", [2]),
        ("?overdue=none", [4, 5]),
        ("?overdue=nonsense", [0, 1, 2, 3, 4, 5]),
        ("?due_from=2026-12-31", [0, 1, 3]),
        ("?due_to=2026-10-31", [2]),
        ("?due_from=2026-11-01&due_to=2026年11月30日", []),
        ("?due_from=never&under=x&lead=0", [0, 1, 2, 3, 4, 5]),
        ("?lead=none", [4, 5]),
        ("?source=999999", []),
        ("?nature=nonsense&source=x", [0, 1, 2, 3, 4, 5]),
        ("?under=999999", []),
        ("?text=排队", [5]),
        ("?text=群众", [1, 3, 4, 5]),
        ("?text=账实", [2]),
        ("?text=接待&stage=registered", []),
        ("?order=due", [2, 0, 1, 3, 4, 5]),
        ("?order=due_last", [0, 1, 3, 2, 4, 5]),
        ("?order=stage,title_last", [4, 5, 3, 2, 1, 0]),
        ("?order=theme_last,stage,title", [5, 4, 3, 2, 1, 0]),
        ("?order=nonsense&stage=nonsense&theme=99&unit=x&page=-3", [0, 1, 2, 3, 4, 5]),
        ("?page=99999999999999999999", [0, 1, 2, 3, 4, 5]),
    ],
)
def test_the_list_shows_what_is_asked_for(
    look: Callable[..., str], world: World, query: str, places: list[int]
) -> None:
    assert shown(look(query)) == places


def test_the_list_filters_by_unit_and_theme(look: Callable[..., str], world: World) -> None:
    assert shown(look(f"?unit={world.organisations['财务科']}")) == [0, 1, 2, 3]
    assert shown(look(f"?lead={world.organisations['财务科']}")) == [0, 1, 2, 3]
    assert shown(look(f"?lead={world.organisations['示例局']}")) == []
    page = look(f"?under={world.organisations['示例局']}")
    assert shown(page) == [0, 1, 2, 3]
    assert "Led by 云山县示例局 or a unit below it" in page
    theme = world.finding(5).theme_id
    assert shown(look(f"?theme={theme}")) == [3, 4, 5]


def test_the_list_filters_by_leader(look: Callable[..., str], world: World) -> None:
    leaders = {place: world.finding(place).responsible_leader_id for place in range(6)}
    leader = leaders[0]
    assert shown(look(f"?leader={leader}")) == [place for place, each in leaders.items() if each == leader]
    assert shown(look("?leader=999999")) == []
    assert shown(look("?leader=x")) == [0, 1, 2, 3, 4, 5]


def test_the_list_filters_by_nature_and_source(look: Callable[..., str], world: World) -> None:
    natures = {place: world.finding(place).nature for place in range(6)}
    for nature in ("immediate", "time_bound", "long_term"):
        found = [place for place, each in natures.items() if each == nature]
        assert shown(look(f"?nature={nature}")) == found
    page = look(f"?source={world.document_id}")
    assert shown(page) == [0, 1, 2, 3, 4, 5]
    assert "Source: " in page


@pytest.mark.parametrize(
    ("order", "places"),
    [
        ("number", [0, 1, 2, 3, 4, 5]),
        ("number_last", [5, 4, 3, 2, 1, 0]),
        ("title", [5, 4, 0, 2, 1, 3]),
        ("title_last", [3, 1, 2, 0, 4, 5]),
        ("theme_last", [3, 4, 5, 0, 1, 2]),
        ("unit", [0, 1, 2, 3, 4, 5]),
        ("stage", [4, 5, 3, 2, 1, 0]),
        ("stage_last", [0, 1, 2, 3, 4, 5]),
    ],
)
def test_every_column_sorts_and_says_so(look: Callable[..., str], order: str, places: list[int]) -> None:
    page = look(f"?order={order}")
    assert shown(page) == places
    word = "descending" if order.endswith("_last") else "ascending"
    assert f'class="col-{order.removesuffix("_last")}" aria-sort="{word}"' in page
    assert f'<option value="{order}" selected>' in page
    assert page.count('id="by-') == 8


def test_a_list_by_several_keys_says_which_comes_first(
    look: Callable[..., str], world: World, browser: Callable[[str], Client]
) -> None:
    page = look("?stage=registered&order=stage_last,title")
    assert 'class="col-stage" aria-sort="descending"' in page
    assert 'class="col-title" aria-sort="ascending"' in page
    assert re.findall(r'<span class="visually-hidden">key </span>(\d)', page) == ["2", "1"]
    # the field of the filters keeps it, and so do chips, figures and files
    assert '<option value="stage_last,title" selected>' in page
    assert 'href="?stage=closed&amp;order=stage_last,title"' in page
    # with Shift: one more key, the third one taken over by a fourth, and one that is there turned over
    more = dict(re.findall(r'id="by-(\w+)" data-more="([^"]*)"', page))
    assert more["due"] == "?stage=registered&amp;order=stage_last,title,due"
    assert more["stage"] == "?stage=registered&amp;order=stage,title"
    assert more["title"] == "?stage=registered&amp;order=stage_last,title_last"
    full = dict(re.findall(r'id="by-(\w+)" data-more="([^"]*)"', look("?order=stage,title,due")))
    assert full["unit"] == "?order=stage,title,unit"
    assert 'data-more="?order=due"' in look()
    # the form without Shift sends a field for each key
    form = page[page.index("order-form") : page.index("Order the list")]
    assert '<input type="hidden" name="stage" value="registered">' in form
    assert re.findall(r'<option value="(\w+)" selected>', form) == ["stage_last", "title"]
    sent = browser("clerk").get(
        f"/inspections/{world.inspection_id}/?order=unit&order=&order=due_last&text=a"
    )
    assert sent["Location"] == f"/inspections/{world.inspection_id}/?order=unit,due_last&text=a"
    # groups stand together whatever is asked for, and in them it is as asked
    assert 'class="col-due" aria-sort="descending"' in look("?group=unit&order=due_last,title")


def test_sorting_keeps_the_filters_and_filtering_keeps_the_order(look: Callable[..., str]) -> None:
    page = look("?stage=registered&text=群众&order=due&page=1")
    assert 'href="?stage=registered&amp;text=%E7%BE%A4%E4%BC%97&amp;order=title"' in page
    assert 'href="?stage=closed&amp;text=%E7%BE%A4%E4%BC%97&amp;order=due"' in page


def test_the_figures_count_what_is_filtered(look: Callable[..., str]) -> None:
    page = look("?text=群众&stage=registered&overdue=yes")
    assert "<b>4</b><span>all findings</span>" in page
    assert "<b>2</b><span>registered</span>" in page
    assert "<b>0</b><span>closed</span>" in page
    assert "closing rate of these" in page
    assert "closing rate of these" not in look("?stage=registered")


def test_a_deadline_says_in_words_how_near_it_is(look: Callable[..., str]) -> None:
    page = look()
    assert "days overdue</span>" in page
    assert "days left</span>" in page
    assert 'class="light light-far colour-green" title="in time"' in page


def test_a_claim_is_shown_as_a_claim_and_moves_no_stage(look: Callable[..., str]) -> None:
    page = look("?stated=long_term")
    assert '<span class="mark mark-claim">“整改完成，长期坚持”</span>' in page
    assert '<span class="mark mark-closure_requested">closure requested</span>' in page


def test_every_figure_opens_the_list_that_it_counts(look: Callable[..., str]) -> None:
    page = look()
    assert '<a href="?stage=registered"' in page
    assert "<b>6</b><span>all findings</span>" in page
    assert "<b>1</b><span>overdue</span>" in page


def test_the_rate_names_its_rule(look: Callable[..., str]) -> None:
    page = look()
    assert "16.67%" in page
    assert "Denominator: findings." in page


def test_a_unit_sees_only_its_own_findings(look: Callable[..., str]) -> None:
    assert shown(look(username="handler")) == [0, 1, 2, 3]


def test_a_list_without_a_hit_says_what_to_do(look: Callable[..., str]) -> None:
    assert "No finding fits these filters" in look("?text=没有这个词")


def test_an_empty_ledger_teaches_how_it_fills(world: World, browser: Callable[[str], Client]) -> None:
    data = {"title": "又一次巡察", "kind": "inspection", "subject_id": world.organisations["示例局"]}
    client = browser("clerk")
    guide = client.post("/inspections/new/", data)["Location"]
    page = client.get(guide.removesuffix("setup/")).content.decode()
    assert "This ledger has no finding yet" in page
    assert "Nothing enters unconfirmed" in page


def test_an_inspection_without_title_keeps_what_was_typed(
    world: World, browser: Callable[[str], Client]
) -> None:
    response = browser("clerk").post("/inspections/new/", {"inspector": "云山县委第三巡察组"})
    assert response.status_code == 422
    assert "云山县委第三巡察组" in response.content.decode()


def test_a_strange_word_in_the_search_is_no_fault(look: Callable[..., str]) -> None:
    for word in ("'", '"', "%", "(((", "\U0001f600", "\\", "a" * 90, "=1+1", "<b>", "NEAR(", "-", "*"):
        look(f"?text={word}")


def bulk(world: World, count: int) -> None:
    services.ledger_import(
        actor=world.actor("clerk"),
        at=datetime(2026, 10, 1, tzinfo=UTC),
        inspection_id=world.inspection_id,
        document=ImportedDocument(DocumentKind.LEDGER, "台账", "台账.csv", "0" * 64, "0" * 64, "0" * 64),
        findings=[ImportedFinding(title=f"批量问题第{place}项", theme="批量方面") for place in range(count)],
    )


def test_the_list_takes_the_same_queries_however_long_it_is(
    world: World, browser: Callable[[str], Client]
) -> None:
    client, address = browser("clerk"), f"/inspections/{world.inspection_id}/?text=问题&order=due"
    bulk(world, 3)
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(address)
    bulk(world, 300)
    with CaptureQueriesContext(connection) as many:
        page = client.get(address)
    # days by the rules, unread notices, restricted findings, found evidence, columns and views are in it
    assert len(many) == len(few) <= 28
    assert "1–50 of 303" in page.content.decode()


def test_the_pages_of_a_long_list_follow_each_other(
    world: World, browser: Callable[[str], Client], look: Callable[..., str]
) -> None:
    bulk(world, 120)
    first, last = look("?stage=registered"), look("?stage=registered&page=3")
    assert 'href="?stage=registered&amp;page=2"' in first
    assert "批量问题第119项" in last
    assert 'rel="next"' not in last


def test_the_start_page_takes_the_same_queries_for_many_findings(
    world: World, browser: Callable[[str], Client]
) -> None:
    client = browser("clerk")
    with CaptureQueriesContext(connection) as few:
        client.get("/")
    bulk(world, 200)
    with CaptureQueriesContext(connection) as many:
        client.get("/")
    assert len(many) == len(few) <= 75


@pytest.mark.parametrize(
    ("username", "sentence", "title"),
    [
        ("clerk", "Closure requests that wait for your signature", TITLES[1]),
        ("clerk", "Findings to assign", TITLES[4]),
        ("head", "Assignments to accept", TITLES[3]),
        ("handler", "Findings to work on", TITLES[2]),
        ("head", "New situations to answer or to pass up", TITLES[2]),
    ],
)
def test_the_start_page_says_what_waits_for_whom(
    world: World, browser: Callable[[str], Client], username: str, sentence: str, title: str
) -> None:
    page = browser(username).get("/").content.decode()
    assert sentence in page
    assert title in page


@pytest.mark.parametrize("username", ["auditor", "publisher", "outsider"])
def test_nothing_waits_for_those_who_take_no_step(
    world: World, browser: Callable[[str], Client], username: str
) -> None:
    assert "Nothing waits for you" in browser(username).get("/").content.decode()


def test_the_export_has_exactly_the_filtered_list(world: World, browser: Callable[[str], Client]) -> None:
    client = browser("clerk")
    address = f"/inspections/{world.inspection_id}/export"
    response = client.get(f"{address}.csv?stage=registered")
    content = b"".join(response.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content)))
    assert [row["反馈问题"] for row in rows] == [TITLES[4], TITLES[5]]
    assert response.headers["Content-Disposition"].startswith("attachment")
    told = json.loads(b"".join(client.get(f"{address}.json?stated=done&order=due").streaming_content))
    assert [each["title"] for each in told["findings"]] == [TITLES[0], TITLES[1]]


def test_the_export_of_a_unit_has_only_its_own_findings(
    world: World, browser: Callable[[str], Client]
) -> None:
    response = browser("handler").get(f"/inspections/{world.inspection_id}/export.csv")
    content = b"".join(response.streaming_content).decode("utf-8-sig")
    assert TITLES[0] in content
    assert TITLES[5] not in content


def test_the_document_is_shown_with_the_place_of_a_claim_marked(
    world: World, browser: Callable[[str], Client]
) -> None:
    row = world.finding(2)
    address = f"/documents/{world.document_id}/?start={row.span_start}&end={row.span_end}"
    page = browser("handler").get(address).content.decode()
    marked = page.partition('<mark id="here" tabindex="-1">')[2].partition("</mark>")[0]
    assert marked.startswith("（三）固定资产账实不符")
    assert marked.rstrip().endswith("正在整改")


@pytest.mark.parametrize("query", ["", "?start=9999999&end=3", "?start=x", "?part=77", "?start=5&end=1"])
def test_a_place_that_is_not_in_the_document_marks_nothing(
    world: World, browser: Callable[[str], Client], query: str
) -> None:
    response = browser("clerk").get(f"/documents/{world.document_id}/{query}")
    assert response.status_code == 200
    assert "<mark" not in response.content.decode()


def test_the_trail_page_shows_every_entry_and_that_the_chain_is_whole(
    world: World, browser: Callable[[str], Client]
) -> None:
    page = browser("auditor").get(f"/inspections/{world.inspection_id}/trail/").content.decode()
    assert "whole and in order" in page
    assert "closure request sent back" in page
    assert "No head of this chain kept outside the database was compared" in page
