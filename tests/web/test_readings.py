"""Readings of an indicator on the page: a picture with words for it, a table, and at the judge's question."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from selectolax.lexbor import LexborHTMLParser

from zhenggai.domain.amending import Indicator
from zhenggai.domain.planning import Direction
from zhenggai.ledger import services
from zhenggai.web.reading_chart import Mark, chart_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from web.world import World

REASON = "月报数据有误，以季报为准。"
WAIT = Indicator(unit="分钟", target=Decimal(15), direction=Direction.AT_MOST, baseline=Decimal(47))


def measured(world: World, indicator: Indicator = WAIT) -> int:
    """The criterion of finding 2 that is measured."""
    world.do("clerk", 2, services.criterion_add, text="平均等候时间", indicator=indicator)
    return int(world.finding(2).criteria.last().pk)


def sent(client: Client, world: World, verb: str, object_id: int, **values: Any) -> Any:
    row = world.finding(2)
    data = {"version": str(row.version), "object_id": str(object_id), **values}
    return client.post(f"/findings/{row.pk}/{verb}/", data, follow=True)


def record(client: Client, world: World, criterion_id: int, **values: Any) -> Any:
    said = {"value": "32.5", "measured_on": "2026-08-01", "source": "叫号系统示例月报"}
    return sent(client, world, "reading-record", criterion_id, **said | values)


def words(node: Any) -> str:
    return " ".join(node.text(separator=" ").split())


def test_the_picture_says_in_words_what_it_shows_and_carries_no_style(
    world: World, browser: Callable[[str], Client]
) -> None:
    criterion_id = measured(world)
    handler = browser("handler")
    record(handler, world, criterion_id)
    answer = record(browser("verifier"), world, criterion_id, value="14", measured_on="2026-08-31")
    tree = LexborHTMLParser(answer.content)
    (picture,) = tree.css("svg.reading-chart")
    assert picture.attributes["role"] == "img"
    named = [words(tree.css_first(f"#{each}")) for each in picture.attributes["aria-labelledby"].split()]
    assert named[0] == "Readings over time: 平均等候时间"
    assert named[1] == (
        "Target: at most 15 分钟. Baseline: 47. "
        "Readings: 2, from 32.5 (2026-08-01) to 14 (2026-08-31). The target is reached."
    )
    assert "style" not in picture.html
    assert len(picture.css("circle")) == 2
    assert len(picture.css("circle.is-reached")) == 1
    rows = [words(each) for each in tree.css(".readings-table tbody tr")]
    assert rows[0].startswith("2026-08-31 14 分钟 target reached 103.1 % 叫号系统示例月报")
    assert rows[1].startswith("2026-08-01 32.5 分钟 17.5 missing · 45.3 % 叫号系统示例月报")


def test_a_judge_reads_the_last_reading_beside_the_question(
    world: World, browser: Callable[[str], Client]
) -> None:
    criterion_id = measured(world)
    verifier = browser("verifier")
    address = f"/findings/{world.finding(2).pk}/"
    form = f"#criterion-judge-{criterion_id}"
    asked = LexborHTMLParser(verifier.get(address).content).css_first(form)
    assert "No reading of the indicator is recorded yet." in words(asked)
    record(browser("handler"), world, criterion_id)
    asked = LexborHTMLParser(verifier.get(address).content).css_first(form)
    assert (
        "Last reading: 32.5 分钟 on 2026-08-01 (叫号系统示例月报). "
        "The target is not reached: 17.5 分钟 are missing, 45.3 % of the way are done."
    ) in words(asked)
    sentence = world.finding(2).criteria.filter(direction="").first()
    asked = LexborHTMLParser(verifier.get(address).content).css_first(f"#criterion-judge-{sentence.pk}")
    assert "reading" not in words(asked)


def test_what_is_withdrawn_is_struck_out_and_only_its_own_take_it_back(
    world: World, browser: Callable[[str], Client]
) -> None:
    criterion_id = measured(world)
    handler, verifier = browser("handler"), browser("verifier")
    record(handler, world, criterion_id)
    reading_id = world.finding(2).readings.get().pk
    button = f"#reading-withdraw-{reading_id}"
    address = f"/findings/{world.finding(2).pk}/"
    assert LexborHTMLParser(handler.get(address).content).css_first(button)
    assert not LexborHTMLParser(verifier.get(address).content).css_first(button)
    answer = sent(verifier, world, "reading-withdraw", reading_id, reason=REASON)
    assert answer.status_code == 403
    answer = sent(handler, world, "reading-withdraw", reading_id, reason=REASON)
    tree = LexborHTMLParser(answer.content)
    assert not tree.css("svg.reading-chart")
    (row,) = tree.css(".readings-table tbody tr.is-past")
    assert f"withdrawn: {REASON}" in words(row)


def test_a_form_that_cannot_be_taken_comes_back_with_what_was_typed(
    world: World, browser: Callable[[str], Client]
) -> None:
    criterion_id = measured(world)
    answer = record(browser("handler"), world, criterion_id, value="1.23456")
    assert answer.status_code == 422
    assert "“Value” has more than 4 places after the point." in answer.content.decode()
    answer = record(browser("handler"), world, criterion_id, measured_on="2098-01-01")
    assert answer.status_code == 422
    assert "2098-01-01, is still to come" in answer.content.decode()
    assert "叫号系统示例月报" in answer.content.decode()
    assert not world.finding(2).readings.exists()


def test_the_case_file_and_the_files_have_the_readings(
    world: World, browser: Callable[[str], Client]
) -> None:
    criterion_id = measured(world, Indicator(unit="分钟", target=Decimal(15), direction=Direction.AT_MOST))
    record(browser("handler"), world, criterion_id)
    row = world.finding(2)
    clerk = browser("clerk")
    tree = LexborHTMLParser(clerk.get(f"/findings/{row.pk}/file/").content)
    assert "17.5 missing" in words(tree.css_first(".readings-table"))
    assert "baseline" not in words(tree.css_first("svg.reading-chart")).lower()
    ledger = f"/inspections/{row.inspection_id}"
    csv = b"".join(clerk.get(f"{ledger}/export.csv").streaming_content).decode("utf-8-sig")
    assert "2026-08-01：32.5分钟（叫号系统示例月报）" in csv
    found = b"".join(clerk.get(f"{ledger}/export.json").streaming_content).decode()
    assert '"is_reached"' in found
    assert '"32.5000"' in found


def test_points_lie_by_their_days_and_a_single_one_in_the_middle() -> None:
    marks = [Mark(date(2026, 1, day), Decimal(value), False) for day, value in ((1, 0), (2, 50), (11, 100))]
    chart = chart_of(marks, Decimal(100), Decimal(0))
    assert [each.x for each in chart.points] == [20, 48, 300]
    assert [each.y for each in chart.points] == [98, 59, 20]
    assert (chart.target.y, chart.target.word_y) == (20, 16)
    assert chart.baseline is not None
    assert (chart.baseline.y, chart.baseline.word_y) == (98, 110)
    assert chart.path == "20,98 48,59 300,20"
    alone = chart_of(marks[:1], Decimal(0), None)
    assert ([(each.x, each.y) for each in alone.points], alone.baseline) == ([(160, 98)], None)
