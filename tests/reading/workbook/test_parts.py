"""The text of a ledger, and the way back to its cells."""

from __future__ import annotations

import gc
import pickle
from datetime import date

from reading.workbook.test_mapping import book, sheet
from zhenggai.domain.reading import PartKind
from zhenggai.reading.workbook import read_book
from zhenggai.reading.workbook.header import header_of
from zhenggai.reading.workbook.top import top_of

NAMES = ["序号", "问题", "措施", "责任领导", "责任人", "佐证材料", "页码", "整改情况", "措施"]
ROW = ["1", "学习不深入", "采取以下措施：1.学；2.用。", "样甲", "样乙", "记录.pdf", "P3", "已完成", "/"]


def read(*rows, **more):
    return read_book(book(sheet([["云山县台账"], NAMES, *rows])), **more).reading


def test_every_cell_leads_back_to_its_sheet_row_and_column():
    reading = read(ROW)

    places = reading.places
    assert len(places) == sum(1 for _ in places) == 19
    assert (places[-1].sheet, places[-1].row, places[-1].column) == ("台账", 3, 9)
    assert [place.span.of(reading.text) for place in places[10:12]] == ["1", "学习不深入"]
    assert pickle.loads(pickle.dumps(places)) == tuple(places)  # noqa: S301 - made here


def test_what_no_field_holds_is_left_unread_with_why():
    reading = read(ROW, ["合计", "1项"], ["附页"])

    assert [(one.text, one.why.split(",")[0].split(";")[0]) for one in reading.unread] == [
        ("样乙", "This is said of a finding"),
        ("记录.pdf", "This is said of a finding"),
        ("P3", "The name of this column is not known"),
        ("合计\t1项", "This row holds totals and no finding."),
        ("附页", "This row names no problem and goes on with none"),
    ]


def test_items_stand_apart_from_what_leads_to_them():
    parts = [
        (part.kind, part.path, part.span.of(TEXT.text)) for part in TEXT.parts if "measures" in part.path
    ]

    assert parts == [
        (PartKind.LABEL, "findings/0/measures", "采取以下措施：1."),
        (PartKind.FIELD, "findings/0/measures/0", "学"),
        (PartKind.LABEL, "findings/0/measures", "；2."),
        (PartKind.FIELD, "findings/0/measures/1", "用"),
        (PartKind.LABEL, "findings/0/measures", "。"),
        (PartKind.FIELD, "findings/0/measures", "/"),
    ]


TEXT = read(ROW)


def test_a_dash_is_no_field():
    reading = read(["2", "学习不深入", "补学", "/"])

    assert reading.findings[0].responsible_leader is None
    assert [part.path for part in reading.parts][-1] == "layout"


def test_a_result_that_is_a_status_is_the_status():
    finding = TEXT.findings[0]

    assert (finding.status_text, finding.actions, finding.result) == ("已完成", (), "已完成")
    rules = {one.path: one.rule for one in read(ROW, explain=True).explained}
    assert rules["findings/0/status_text"] == "result_is_status"


def test_a_sheet_without_rows_has_no_text():
    reading = read_book(book(sheet([NAMES, ROW]), sheet([], name="空"))).reading

    assert reading.text.endswith("/")
    assert [part.span.end for part in reading.parts][-1] == len(reading.text)


def test_what_stands_above_the_table_is_told():
    rows = [
        ["云山县委第一巡察组关于云山县示例局党组的反馈问题整改台账"],
        ["被巡察单位：云山县示例局", "", "截至2031年6月底", "联系人：样甲"],
        NAMES,
        ROW,
    ]
    one = sheet(rows)
    top = top_of(one, header_of(one))

    assert (top.organisation, top.told_on) == ("云山县示例局", date(2031, 6, 30))
    explained = {one.path for one in read_book(book(one), explain=True).reading.explained}
    assert {"title", "organisation", "dates/as_of"} <= explained
    two = sheet([["台账（更新时间：2031年某月）"], NAMES, ROW])
    assert top_of(two, header_of(two)) == (None, None, None, None, "")
    four = sheet([["附件1"], ["示例镇整改台账（截至2031年6月30日）"], NAMES, ROW])
    assert top_of(four, header_of(four))[:4:3] == ("示例镇整改台账", date(2031, 6, 30))
    three = sheet([["关于云山县巡察组反馈问题的台账"], NAMES, ROW])
    assert top_of(three, header_of(three)).title == "关于云山县巡察组反馈问题的台账"


def test_the_collector_is_as_it_was_after_a_ledger():
    read(ROW)
    assert gc.isenabled()
    gc.disable()
    try:
        read(ROW)
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_columns_of_which_nothing_becomes_a_field_are_told_once():
    names = [*NAMES, "备注", "底稿页码", "附件"]
    rows = [names, [*ROW, "见附件", "3", "/"], [*ROW, "", "4"], ["合计", "", "", "", "5"]]
    made = read_book(book(sheet(rows), sheet([["值"]], name="空")))

    kept = [(one.name, one.cells) for one in made.cover.kept_columns()]

    assert kept == [("佐证材料", 2), ("页码", 2), ("备注", 1), ("底稿页码", 2)]
    assert len(list(made.cover.unread())) > len(list(made.cover.unread(cells=False)))


def test_the_finding_of_a_row_and_what_stands_above_the_table():
    made = read_book(book(sheet([["云山县示例局台账"], [], NAMES, ROW, [], ROW]), sheet([["值"]], name="空")))

    assert [made.cover.finding_at(0, row) for row in range(7)] == [None, None, None, 0, None, 1, None]
    assert made.cover.finding_at(1, 0) is None
    assert made.cover.above().of(made.reading.text) == "云山县示例局台账"
    assert read_book(book(sheet([NAMES, ROW]))).cover.above() is None


def test_the_parts_of_findings_are_those_of_the_whole():
    made = read_book(book(sheet([NAMES, ROW, ROW])))
    of_findings = [
        part for index in range(2) for part in made.cover.parts_of(index) if part.kind is not PartKind.UNREAD
    ]

    assert of_findings == [part for part in made.reading.parts if part.path.startswith("findings/")]
    told = [*ROW[:1], "另一项", *ROW[2:]]
    names = ["类别", *NAMES]
    lent = sheet([names, ["党建", *ROW], ["", *told], ["", *told]], merged=[(1, 0, 3, 0)])
    made = read_book(book(lent))
    explainer = made.explainer()
    whole = read_book(book(lent), explain=True).reading.explained
    findings = [one for index in range(3) for one in explainer.finding(index)]
    assert (*explainer.document(), *findings) == whole
    themes = [one.span for one in whole if one.path.endswith("/theme")]
    assert [span.of(made.reading.text) for span in themes] == ["党建"] * 3
    # asked for out of order, a value from above is looked for anew
    assert tuple(explainer.finding(1)) == tuple(one for one in whole if one.path.startswith("findings/1/"))


def test_whoever_watches_is_told_steps_and_rows():
    told = []
    read_book(
        book(sheet([NAMES, *([ROW] * 501)])),
        on_step=told.append,
        on_row=lambda done, rows: told.append((done, rows)),
    )
    assert told == ["read", (1, 502), (501, 502), "check"]


KEYED = ["序号", "问题", "措施", "系统标识（请勿修改）"]


def test_the_key_of_an_exported_ledger_stands_beside_its_finding_and_is_no_text_of_it():
    book_ = book(
        sheet([["云山县台账"], KEYED, ["1", "学习不深入", "学", "ZG-3-15"], ["2", "台账不清", "查"]])
    )
    made = read_book(book_)

    assert [source.key for source in made.sources] == ["ZG-3-15", ""]
    reading = made.reading
    assert [one.text for one in reading.unread] == []
    assert "ZG-3-15" not in str(reading.findings)
    labels = [part.span.of(reading.text) for part in reading.parts if part.kind is PartKind.LABEL]
    assert "ZG-3-15" in labels
    assert list(made.cover.kept_columns()) == []
