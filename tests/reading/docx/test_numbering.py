from __future__ import annotations

import pytest

from reading.word_files import MC, STRICT, STRICT_R, lists, lvl, numbered, p, tbl, tr, word
from zhenggai.reading.decode import decode


def lines(data: bytes) -> list[str]:
    return decode(data, name="x.docx").text.split("\n")


OFFICE = lists(
    lvl(0, "chineseCounting", "%1、"),
    lvl(1, "chineseCounting", "（%2）"),
    lvl(2, "decimal", "%3."),
    lvl(3, "decimal", "（%4）"),
    lvl(4, "decimalEnclosedCircleChinese", "%5"),
)


def test_the_levels_of_an_official_document_are_counted_and_printed():
    body = "".join(
        numbered(text, level)
        for text, level in [
            ("甲", 0), ("乙", 1), ("丙", 1), ("丁", 2), ("戊", 2), ("己", 3), ("庚", 4), ("辛", 2), ("壬", 1),
            ("癸", 2), ("子", 0), ("丑", 1),
        ]
    )  # fmt: skip

    assert lines(word(body, numbering=OFFICE)) == [
        "一、甲", "（一）乙", "（二）丙", "1. 丁", "2. 戊", "（1）己", "① 庚", "3. 辛", "（三）壬", "1. 癸",
        "二、子", "（一）丑",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("levels", "depths", "printed"),
    [
        ([lvl(0, "decimal", "第%1条")], [0, 0], ["第1条 文", "第2条 文"]),
        ([lvl(0, "chineseCountingThousand", "第%1章", start=11)], [0, 0], ["第十一章 文", "第十二章 文"]),
        (
            [lvl(0, "decimal", "%1"), lvl(1, "decimal", "%1.%2")],
            [0, 1, 1, 0, 1],
            ["1", "1.1", "1.2", "2", "2.1"],
        ),
        ([lvl(0, "decimal", "%1"), lvl(1, "decimal", "%1.%2")], [1, 1, 0], ["1.1", "1.2", "1"]),
        (
            [lvl(0, "chineseCounting", "%1、"), lvl(1, "decimal", "%1.%2", more="<w:isLgl/>")],
            [0, 0, 1],
            ["一、文", "二、文", "2.1"],
        ),
        (
            [lvl(0, "decimal", "%1"), lvl(1, "decimal", "%2", more='<w:lvlRestart w:val="0"/>')],
            [0, 1, 0, 1],
            ["1", "1", "2", "2"],
        ),
        (
            [
                lvl(0, "decimal", "%1"),
                lvl(1, "decimal", "%2"),
                lvl(2, "decimal", "%3", more='<w:lvlRestart w:val="1"/>'),
            ],
            [0, 1, 2, 1, 2, 0, 2],
            ["1", "1", "1", "2", "2", "2", "1"],
        ),
        ([lvl(0, "decimal", "（%1）", more='<w:suff w:val="nothing"/>')], [0], ["（1）文"]),
        ([lvl(0, "decimal", "%1", more='<w:suff w:val="nothing"/>')], [0], ["1文"]),
        ([lvl(0, "none", "")], [0], ["文"]),
        ([lvl(0, "none", "附件")], [0, 0], ["附件", "附件"]),
        ([lvl(0, "bullet", "\uf06c", more="")], [0], ["● 文"]),
        ([lvl(0, "bullet", "\uf0ff")], [0], ["• 文"]),
        ([lvl(0, "bullet", "")], [0], ["文"]),
        ([lvl(0, "bullet", "—")], [0], ["— 文"]),
        ([lvl(0, "decimal", "%1.%4")], [0], ["1. 文"]),
        ([lvl(0, "decimal", "%1") + lvl(0, "decimal", "x%1")], [0], ["1"]),
    ],
)
def test_a_label_follows_its_template(levels, depths, printed):
    body = "".join(numbered("文", depth) for depth in depths)

    # the words are left out above where they say nothing
    expected = [text if text.endswith("文") else f"{text} 文" for text in printed]
    assert lines(word(body, numbering=lists(*levels))) == expected


def test_a_level_may_name_its_font_hide_its_number_or_count_with_zeros():
    wingdings = '<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr>'
    hidden = "<w:rPr><w:vanish/></w:rPr>"
    levels = (
        lvl(0, "bullet", "n").replace("</w:lvl>", f"{wingdings}</w:lvl>")
        + lvl(1, "decimal", "%2.").replace("</w:lvl>", f"{hidden}</w:lvl>")
        + '<w:lvl w:ilvl="2"><w:start w:val="7"/>'
        f'<mc:AlternateContent xmlns:mc="{MC}"><mc:Choice Requires="w14">'
        '<w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice>'
        '<mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent>'
        '<w:lvlText w:val="%3"/></w:lvl>'
        '<w:lvl w:ilvl="3"><w:lvlText w:val="%4"/></w:lvl>'
    )
    body = "".join(numbered("文", depth) for depth in (0, 1, 2, 3))

    assert lines(word(body, numbering=lists(levels))) == ["■ 文", "文", "007 文", "1 文"]


def test_lists_of_one_definition_count_on_unless_they_start_anew():
    numbering = lists(lvl(0, "decimal", "%1."), lvl(1, "decimal", "(%2)")) + (
        '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="5"/>'
        '</w:lvlOverride><w:lvlOverride w:ilvl="77"/><w:lvlOverride w:ilvl="1"/><w:tmpl/></w:num>'
        '<w:num w:numId="4"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="3"/>'
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperLetter"/>'
        '<w:lvlText w:val="%1)"/></w:lvl>'
        "</w:lvlOverride></w:num>"
    )
    body = "".join(numbered("文", 0, key) for key in (1, 2, 3, 3, 1, 4, 4))

    assert lines(word(body, numbering=numbering)) == [
        "1. 文", "2. 文", "5. 文", "6. 文", "7. 文", "C) 文", "D) 文",
    ]  # fmt: skip


STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/>'
    '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/><w:basedOn w:val="1"/>'
    '<w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="3"><w:basedOn w:val="2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="4"><w:basedOn w:val="1"/>'
    '<w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="5"><w:basedOn w:val="6"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="6"><w:basedOn w:val="5"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="7"><w:basedOn w:val="missing"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="twice"/></w:style><w:style/>'
)


def styled(text: str, key: str, more: str = "") -> str:
    return p(text, properties=f'<w:pStyle w:val="{key}"/>{more}')


def test_numbering_comes_with_styles_and_those_they_are_based_on():
    numbering = lists(
        lvl(0, "chineseCounting", "%1、", more='<w:pStyle w:val="1"/>'),
        lvl(1, "chineseCounting", "（%2）", more='<w:pStyle w:val="2"/>'),
    )
    none = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    deeper = '<w:numPr><w:ilvl w:val="1"/></w:numPr>'
    here = '<w:numPr><w:numId w:val="1"/></w:numPr>'
    body = (
        styled("甲", "1") + styled("乙", "2", here) + styled("丙", "3") + styled("丁", "4")
        + styled("戊", "1", none) + styled("己", "1", deeper) + styled("庚", "5") + styled("辛", "7")
        + styled("壬", "unknown") + p("癸")
        + styled("子", "1")
    )  # fmt: skip

    assert lines(word(body, styles=STYLES, numbering=numbering)) == [
        "一、甲", "（一）乙", "（二）丙", "丁", "戊", "（三）己", "庚", "辛", "壬", "癸", "二、子",
    ]  # fmt: skip


def test_a_style_that_names_its_level_itself_needs_no_level_that_names_it():
    numbering = lists(lvl(0, "decimal", "%1."), lvl(1, "decimal", "(%2)"))

    assert lines(word(styled("甲", "2") + styled("乙", "1"), styles=STYLES, numbering=numbering)) == [
        "(1) 甲",
        "1. 乙",
    ]


def test_a_list_may_stand_in_for_a_list_style():
    styles = (
        '<w:style w:styleId="S"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="T"><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>'
    )
    numbering = (
        '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="S"/></w:abstractNum>'
        '<w:abstractNum w:abstractNumId="3"><w:numStyleLink w:val="T"/></w:abstractNum>'
        '<w:abstractNum w:abstractNumId="4"><w:numStyleLink w:val="nowhere"/></w:abstractNum><w:abstractNum/>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="3"/></w:num>'
        '<w:num w:numId="4"><w:abstractNumId w:val="4"/></w:num><w:num w:numId="5"/>'
        '<w:num w:numId="6"><w:abstractNumId/></w:num><w:numPicBullet/>'
    ) + lists(lvl(0, "decimal", "%1)"), key=2)
    body = "".join(numbered("文", 0, key) for key in (1, 2, 3, 4, 5, 6, 99))

    assert lines(word(body, styles=styles, numbering=numbering)) == ["1) 文", "2) 文", *["文"] * 5]


def test_a_style_of_a_list_that_is_not_there_has_no_number():
    body = styled("甲", "1") + styled("乙", "2")

    assert lines(word(body, styles=STYLES, numbering=lists(lvl(0, "decimal", "%1."), key=8))) == ["甲", "乙"]
    assert lines(word(body, styles=STYLES)) == ["甲", "乙"]
    assert lines(word(body)) == ["甲", "乙"]


def test_a_level_that_the_list_lacks_has_no_number():
    body = numbered("甲", 5) + numbered("乙") + p("丙", properties="<w:numPr/>") + numbered("丁", -4)
    wrong = '<w:lvl w:ilvl="x"/><w:lvl/><w:lvl w:ilvl="12"/><w:nsid/>'

    assert lines(word(body, numbering=lists(wrong, lvl(0, "decimal", "%1.")))) == [
        "甲",
        "1. 乙",
        "丙",
        "2. 丁",
    ]


def test_strict_documents_are_numbered_too():
    body = numbered("甲") + numbered("乙")
    data = word(body, numbering=OFFICE, namespace=STRICT, base=STRICT_R)

    assert lines(data) == ["一、甲", "二、乙"]


def test_a_column_of_automatic_numbers_has_its_numbers():
    row = [tr(f"<w:tc>{numbered('').replace('<w:t ', '<w:t ')}</w:tc>", f"问题{place}") for place in "甲乙"]

    assert lines(word(tbl(*row), numbering=lists(lvl(0, "decimal", "%1")))) == ["1\t问题甲", "2\t问题乙"]


def test_deleted_and_hidden_paragraphs_are_not_counted():
    deleted = p(
        "<w:del><w:r><w:delText>删</w:delText></w:r></w:del>",
        properties='<w:numPr><w:numId w:val="1"/></w:numPr><w:rPr><w:del/></w:rPr>',
    )
    hidden = p(
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r>",
        properties='<w:numPr><w:numId w:val="1"/></w:numPr><w:rPr><w:vanish/></w:rPr>',
    )
    body = numbered("甲") + deleted + numbered("乙") + hidden + numbered("丙")

    assert lines(word(body, numbering=OFFICE)) == ["一、甲", "二、乙", "三、丙"]
