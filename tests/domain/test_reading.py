"""The value of a reading becomes plain JSON of the published shape."""

from __future__ import annotations

import json
from datetime import date

from zhenggai.domain.reading import (
    SCHEMA_ID,
    Contact,
    Dates,
    DocumentKind,
    Figure,
    Item,
    ReadFinding,
    Reading,
    Section,
    SectionRole,
    Source,
    StatedProgress,
    Statistic,
    Unread,
)
from zhenggai.domain.spans import Edit, EditKind, Span
from zhenggai.reading.schema import schema as reading_schema

TEXT = "一、问题\n云山县示例局账目不清。已完成整改。"
SOURCE = Source(name="样例.txt", sha256="0" * 64, format="text", encoding="utf-8")


def reading(**values: object) -> Reading:
    return Reading(kind=DocumentKind.NOTICE, source=SOURCE, decoded=TEXT, text=TEXT, edits=(), **values)  # type: ignore[arg-type]


def test_a_span_gives_its_piece_of_a_text() -> None:
    assert Span(0, 4).of(TEXT) == "一、问题"


def test_an_empty_reading_says_null_and_empty_lists_and_nothing_else() -> None:
    plain = reading().to_dict()
    assert plain["schema"] == SCHEMA_ID
    assert plain["title"] is None
    assert plain["contact"] is None
    assert plain["findings"] == []
    assert plain["dates"] == {
        "on_site": None,
        "feedback_on": None,
        "as_of": None,
        "published_on": None,
        "published_source": None,
    }


def test_a_full_reading_becomes_plain_json_values() -> None:
    finding = ReadFinding(
        number="一/1",
        theme=None,
        group="问题",
        title="账目不清",
        span=Span(5, 17),
        measures=(Item("清理账目", Span(5, 9), due_on=date(2024, 6, 30)),),
        supporting_units=("示例股",),
        stated_progress=StatedProgress.DONE,
        stated_closed=True,
    )
    plain = reading(
        findings=(finding,),
        dates=Dates(on_site=(date(2023, 4, 1), date(2023, 6, 1))),
        sections=(Section(1, "一", "问题", SectionRole.FINDINGS, Span(0, 24)),),
        statistics=(Statistic("共1项", Span(0, 3), (Figure("问题", "1", "项", 0),)),),
        contact=Contact(phones=("0000-0000000",), span=Span(1, 2)),
        unread=(Unread("。", "why", Span(3, 4)),),
    ).to_dict()
    assert json.loads(json.dumps(plain)) == plain
    assert plain["findings"][0]["measures"][0]["due_on"] == "2024-06-30"
    assert plain["findings"][0]["stated_progress"] == "done"
    assert plain["findings"][0]["span"] == [5, 17]
    assert plain["dates"]["on_site"] == ["2023-04-01", "2023-06-01"]
    assert plain["sections"][0]["role"] == "findings"
    assert plain["contact"]["span"] == [1, 2]


def test_a_contact_without_a_place_has_no_span_at_all() -> None:
    plain = reading(contact=Contact(emails=("a@example.cn",))).to_dict()
    assert "span" not in plain["contact"]


def test_an_edit_keeps_what_stood_and_what_stands() -> None:
    edit = Edit(EditKind.READING, Span(2, 5), "(yi)", "", "why")
    assert (edit.kind, edit.span.of("ab(yi)")) == ("reading", "(yi")


def test_a_reading_has_every_part_of_its_shape_and_is_whole_unless_it_says_otherwise() -> None:
    finding = ReadFinding(number="1", theme=None, group=None, title="账目不清", span=Span(5, 17))
    plain = reading(findings=(finding,)).to_dict()
    assert set(plain) == set(reading_schema()["required"])
    assert (plain["kind"], plain["source"]["name"]) == ("notice", "样例.txt")
    assert (plain["truncated"], plain["findings"][0]["truncated"]) == (False, False)
