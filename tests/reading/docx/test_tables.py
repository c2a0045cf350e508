from __future__ import annotations

import pytest

from reading.word_files import p, r, tbl, tc, tr, word
from zhenggai.domain.spans import Place, Span
from zhenggai.reading.decode import decode

RESTART = '<w:vMerge w:val="restart"/>'
GOES_ON = "<w:vMerge/>"


def lines(body: str) -> list[str]:
    return decode(word(body), name="x.docx").text.split("\n")


def span(columns: object) -> str:
    return f'<w:gridSpan w:val="{columns}"/>'


@pytest.mark.parametrize(
    ("table", "printed"),
    [
        (tbl(tr("一", "二"), tr("三", "四")), ["一\t二", "三\t四"]),
        (tbl(tr("一", tc(), "三"), tr(tc(), tc(), "丙"), tr("末", tc(), tc())), ["一\t\t三", "\t\t丙", "末"]),
        (tbl(tr(tc(), tc())), [""]),
        (tbl(tr(tc("头", properties=span(2)), "三"), tr("1", "2", "3")), ["头\t\t三", "1\t2\t3"]),
        (
            tbl(
                tr(tc("类", properties=RESTART), "甲"), tr(tc("藏", properties=GOES_ON), "乙"), tr("新", "丙")
            ),
            ["类\t甲", "\t乙", "新\t丙"],
        ),
        (tbl(tr(tc("续", properties=GOES_ON), "甲"), tr(tc(properties=GOES_ON), "乙")), ["续\t甲", "\t乙"]),
        (
            tbl(
                tr(tc("类", properties=RESTART), "甲"),
                tr("断", "乙"),
                tr(tc("又", properties=GOES_ON), "丙"),
            ),
            ["类\t甲", "断\t乙", "又\t丙"],
        ),
        (
            tbl(
                tr(tc("宽", properties=span(2) + RESTART), "甲"),
                tr(tc(properties=span(2) + GOES_ON), "乙"),
            ),
            ["宽\t\t甲", "\t\t乙"],
        ),
        (
            tbl(
                tr(
                    tc("并", properties='<w:hMerge w:val="restart"/>'),
                    tc("藏", properties="<w:hMerge/>"),
                    "右",
                )
            ),
            ["并\t\t右"],
        ),
        (tbl(tr("甲", "乙", properties='<w:gridBefore w:val="2"/><w:gridAfter w:val="1"/>')), ["\t\t甲\t乙"]),
        (tbl(tr("甲", "乙"), tr("删", "删", properties="<w:del/>"), tr("丙", "丁")), ["甲\t乙", "丙\t丁"]),
        (
            tbl(
                tr("甲", "乙", properties="<w:ins/><w:tblHeader/>"), tr("藏", "藏", properties="<w:hidden/>")
            ),
            ["甲\t乙"],
        ),
        (tbl(tr("甲", tc("删", properties="<w:cellDel/>"), tc("增", properties="<w:cellIns/>"))), ["甲\t增"]),
        (
            tbl(tr(tc(p("一段"), p(), p(r("二") + "<w:r><w:br/><w:tab/></w:r>" + r("段"))), "右")),
            ["一段 二 段\t右"],
        ),
        (tbl(tr("独"), tr("列")), ["独", "列"]),
        (
            tbl(tr("甲", "乙"), tr(tc(p("一、党的建设方面"), p("次段"), properties=span(2)))),
            ["甲\t乙", "一、党的建设方面", "次段"],
        ),
        (
            tbl(
                f"<w:sdt><w:sdtPr/><w:sdtContent>{tr('甲', '乙')}</w:sdtContent></w:sdt>",
                tr(f"<w:sdt><w:sdtContent>{tc('丙')}</w:sdtContent></w:sdt>", "丁"),
                f"<w:ins>{tr('戊', '己')}</w:ins>",
            ),
            ["甲\t乙", "丙\t丁", "戊\t己"],
        ),
        (tbl(tr("甲", tc(properties=span("x")), tc("丙", properties=span(-3)))), ["甲\t\t丙"]),
        (tbl(), [""]),
    ],
)
def test_a_table_is_written_row_by_row(table: str, printed: list[str]):
    assert lines(table + p("末")) == [*filter(None, printed), "末"]


def test_a_small_table_inside_a_cell_belongs_to_its_row():
    inner = tbl(tr("小", "表"), tr("二", "行"))

    assert lines(tbl(tr("序号", "问题"), tr("1", tc("问题的正文写得更长", inner, p())))) == [
        "序号\t问题",
        "1\t问题的正文写得更长 小 表 二 行",
    ]


def test_a_table_that_only_holds_others_is_taken_apart():
    inner = tbl(tr("序号", "存在问题", "整改措施"), tr("1", "甲", "乙"))
    decoded = decode(word(tbl(tr(tc(p("题"), inner), "旁")) + tbl(tr("后", "表"))), name="x")

    assert decoded.text.split("\n") == ["题", "序号\t存在问题\t整改措施", "1\t甲\t乙", "旁", "后\t表"]
    assert [(place.table, place.row, place.column) for place in decoded.places] == [
        (1, 1, 1), (2, 1, 1), (2, 1, 2), (2, 1, 3), (2, 2, 1), (2, 2, 2), (2, 2, 3), (1, 1, 2),
        (3, 1, 1), (3, 1, 2),
    ]  # fmt: skip


def test_every_cell_and_paragraph_has_its_place():
    body = p("题") + p() + tbl(tr(tc("宽", properties=span(2)), "右"), tr("一", tc(), "三")) + p("末　 ")

    decoded = decode(word(body), name="x")

    assert decoded.text == "题\n宽\t\t右\n一\t\t三\n末"
    assert decoded.places == (
        Place(Span(0, 1), paragraph=1),
        Place(Span(2, 3), table=1, row=1, column=1),
        Place(Span(5, 6), table=1, row=1, column=3),
        Place(Span(7, 8), table=1, row=2, column=1),
        Place(Span(10, 11), table=1, row=2, column=3),
        Place(Span(12, 13), paragraph=3),
    )


def test_absurd_spans_and_endless_rows_are_cut_to_what_word_has():
    wide = tbl(tr(tc("甲", properties=span(2_000_000_000)), "乙"), tr(*["x"] * 500))

    first, second = lines(wide)
    assert first == "甲" + "\t" * 63 + "乙"
    assert second.count("\t") == 62
    before = tbl(tr("甲", "乙", properties=f'<w:gridBefore w:val="{10**11}"/>'))
    assert lines(before) == ["\t" * 63 + "甲\t乙"]


def test_paragraphs_that_line_up_by_tabs_are_rows_and_others_are_not():
    tab = "<w:r><w:tab/></w:r>"

    def row(*cells: str) -> str:
        return p(tab.join(r(cell) for cell in cells))

    table = row("序号", "问题", "措施") + row("1", "甲", "乙") + row("2", "丙", "丁")
    assert lines(table + p("末")) == ["序号\t问题\t措施", "1\t甲\t乙", "2\t丙\t丁", "末"]
    labels = row("责任领导：张示例", "责任单位：示例科", "时限：三月") * 2
    assert lines(labels) == ["责任领导：张示例 责任单位：示例科 时限：三月"] * 2
    assert lines(row("甲", "乙") + row("丙", "丁", "戊")) == ["甲 乙", "丙 丁 戊"]
    assert lines(row("甲", "乙", "丙") + p("断") + row("甲", "乙", "丙")) == ["甲 乙 丙", "断", "甲 乙 丙"]
    assert lines(p(tab + r("　甲"))) == ["甲"]


def test_a_deleted_mark_before_a_table_keeps_its_words_before_it():
    mark = "<w:rPr><w:del/></w:rPr>"

    assert lines(p("甲", properties=mark) + tbl(tr("一", "二")) + p("乙", properties=mark)) == [
        "甲",
        "一\t二",
        "乙",
    ]
    inside = tc(p("甲", properties=mark), tbl(tr("一", "二")), p("长长的段落", properties=mark))
    assert lines(tbl(tr(inside, "右"))) == ["甲 一 二 长长的段落\t右"]
    control = f"<w:sdt><w:sdtContent>{p('丙', properties=mark)}{tbl(tr('三', '四'))}</w:sdtContent></w:sdt>"
    assert lines(control) == ["丙", "三\t四"]
