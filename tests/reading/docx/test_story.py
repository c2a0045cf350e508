from __future__ import annotations

import pytest

from reading.word_files import p, part, r, relations, tbl, tc, tr, word
from zhenggai.domain.spans import EditKind, Span
from zhenggai.reading import read, restore_text
from zhenggai.reading.decode import decode
from zhenggai.reading.embedded import WHY_EMBEDDED


def lines(body: str, **more) -> list[str]:
    return decode(word(body, **more), name="x.docx").text.split("\n")


def field(code: str, *result: str, ends: bool = True) -> str:
    """A complex field, in pieces as Word writes it."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText>{code[:2]}</w:instrText></w:r><w:r><w:instrText>{code[2:]}</w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        + "".join(one if one.startswith("<") else r(one) for one in result)
        + ('<w:r><w:fldChar w:fldCharType="end"/></w:r>' if ends else "")
    )


def either(new: str, old: str) -> str:
    """Alternatives for newer and older programs."""
    choice = f"<mc:Choice Requires='wps'>{new}</mc:Choice>"
    return f"<mc:AlternateContent>{choice}<mc:Fallback>{old}</mc:Fallback></mc:AlternateContent>"


TICK = '<w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox>'
NO_TICK = '<w:checkBox><w:default w:val="0"/></w:checkBox>'
CHOICE = (
    '<w:ddList><w:result w:val="1"/><w:listEntry w:val="未完成"/><w:listEntry w:val="已完成"/></w:ddList>'
)
NO_CHOICE = '<w:ddList><w:result w:val="9"/></w:ddList>'
HIDDEN_FIELD = (
    '<w:r><w:rPr><w:vanish/></w:rPr><w:fldChar w:fldCharType="begin"/><w:instrText>X</w:instrText>'
    '<w:fldChar w:fldCharType="separate"/><w:t>藏</w:t></w:r>'
)
RUBY = (
    "<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>zhěng</w:t></w:r></w:rt>"
    "<w:rubyBase><w:r><w:t>整</w:t></w:r></w:rubyBase></w:ruby></w:r>"
)
BOX = "<wps:txbx><w:txbxContent>{}</w:txbxContent></wps:txbx>"


@pytest.mark.parametrize(
    ("inner", "printed"),
    [
        (r("整") + r("改"), "整改"),
        ("<w:r><w:t> 整改 </w:t></w:r>", "整改"),
        ("<w:r><w:t>整\n\t改</w:t></w:r>", "整  改"),
        (f"{r('甲')}<w:r><w:tab/></w:r>{r('乙')}", "甲 乙"),
        (f'{r("甲")}<w:r><w:ptab w:alignment="right"/><w:t>乙</w:t></w:r>', "甲 乙"),
        (f"{r('甲')}<w:r><w:noBreakHyphen/><w:softHyphen/></w:r>{r('乙')}", "甲-乙"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', "√"),
        ('<w:r><w:sym w:font="Wingdings 2" w:char="0052"/></w:r>', "☑"),
        ('<w:r><w:sym w:font="Wingdings" w:char="00A8"/></w:r>', "□"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0EA"/><w:t>甲</w:t></w:r>', "\uf0ea甲"),
        ('<w:r><w:sym w:font="Symbol" w:char="F061"/></w:r>', "α"),
        ('<w:r><w:sym w:font="Fancy" w:char="D800"/><w:sym w:char="zz"/><w:sym/><w:t>甲</w:t></w:r>', "甲"),
        ('<w:r><w:sym w:font="Fancy" w:char="4E00"/></w:r>', "一"),
        (r("ü", '<w:rFonts w:ascii="Wingdings"/>') + r("是"), "√是"),
        (r("R", '<w:rFonts w:hAnsi="Wingdings 2"/>'), "☑"),
        (r("R", '<w:rFonts w:ascii="Arial"/>'), "R"),
        (r("\uf0b7甲\ue001"), "•甲\ue001"),
        (r("甲", "<w:caps/><w:vanish w:val='0'/>"), "甲"),
        (r("藏", "<w:vanish/>") + r("甲"), "甲"),
        (r("甲", "<w:webHidden/>"), "甲"),
        (f'<w:hyperlink r:id="rId9">{r("网址")}</w:hyperlink>', "网址"),
        (f"<w:smartTag><w:smartTagPr/><w:smartTag>{r('甲')}</w:smartTag></w:smartTag>", "甲"),
        (
            f"<w:customXml><w:customXmlPr/>{r('甲')}</w:customXml><w:bdo><w:dir>{r('乙')}</w:dir></w:bdo>",
            "甲乙",
        ),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{r('☒')}</w:sdtContent></w:sdt>{r('是')}", "☒是"),
        (
            f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{r('单击')}</w:sdtContent></w:sdt>{r('甲')}",
            "甲",
        ),
        (f"<w:ins>{r('增')}</w:ins><w:del><w:r><w:delText>删</w:delText></w:r></w:del>", "增"),
        (f"<w:del>{r('删')}</w:del><w:moveFrom>{r('移')}</w:moveFrom><w:moveTo>{r('到')}</w:moveTo>", "到"),
        (f"<w:ins><w:del>{r('又删')}</w:del>{r('留')}</w:ins>", "留"),
        (f"{r('甲')}<w:r><w:commentReference w:id='1'/></w:r>", "甲"),
        (f'<w:fldSimple w:instr=" DATE "><w:fldData/>{r("2033年3月1日")}</w:fldSimple>', "2033年3月1日"),
        (field(" DATE \\@ ", "2033年", "3月1日"), "2033年3月1日"),
        (field("IF ", field(" PAGE ", "3"), "内"), "3内"),
        (field(" IF ", "甲", ends=False) + r("乙"), "甲乙"),
        ('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + r("码") + r("后"), ""),
        ('<w:r><w:fldChar w:fldCharType="end"/><w:fldChar w:fldCharType="separate"/></w:r>' + r("甲"), "甲"),
        (f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{TICK}</w:ffData></w:fldChar></w:r>', "☑"),
        (f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{NO_TICK}</w:ffData></w:fldChar></w:r>', "□"),
        (f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{CHOICE}</w:ffData></w:fldChar></w:r>', "已完成"),
        (f'<w:fldSimple w:instr="FORMDROPDOWN"><w:ffData>{CHOICE}</w:ffData></w:fldSimple>', "已完成"),
        (
            f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{NO_CHOICE}</w:ffData></w:fldChar></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + r("甲"),
            "甲",
        ),
        (
            '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:textInput/></w:ffData></w:fldChar></w:r>'
            + r("x"),
            "",
        ),
        (HIDDEN_FIELD + r("甲"), "甲"),
        (RUBY + "<w:r><w:ruby/></w:r>", "整"),
        (either("", r("旧")) + "<mc:AlternateContent/>", "旧"),
        (either(r("新"), r("旧")), "新"),
        ("<mc:AlternateContent><mc:Choice><w:r/></mc:Choice></mc:AlternateContent>" + r("甲"), "甲"),
        ("<m:oMathPara><m:oMath><m:r><m:rPr/><m:t>100×5</m:t></m:r></m:oMath></m:oMathPara>", "100×5"),
        ("<w:r><w:object><w:control/></w:object><w:drawing/></w:r>" + r("甲\ufffc"), "甲"),
        ("<w:r><w:instrText>X</w:instrText><w:delText>删</w:delText></w:r>" + r("甲"), "甲"),
        (
            '<w:r><w:fldChar w:fldCharType="begin"/><w:tab/><w:sym w:char="F0FC"/></w:r><m:t>x</m:t>'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>' + r("甲"),
            "甲",
        ),
        ("<x:odd xmlns:x='urn:wps'><x:in>" + r("甲") + "</x:in></x:odd>", "甲"),
    ],
)
def test_a_paragraph_is_read_as_it_is_printed(inner: str, printed: str):
    assert lines(p(inner) + p("末")) == ([printed, "末"] if printed else ["末"])


def test_line_breaks_end_lines_and_stay_in_one_paragraph():
    body = p(r("甲") + "<w:r><w:br/></w:r>" + r("乙") + "<w:r><w:cr/></w:r>") + p("丙")
    decoded = decode(word(body), name="x")

    assert decoded.text == "甲\n乙\n丙"
    assert [(place.span, place.paragraph) for place in decoded.places] == [(Span(0, 3), 1), (Span(4, 5), 2)]


def test_a_deleted_paragraph_mark_joins_two_paragraphs():
    mark = "<w:rPr><w:del/></w:rPr>"
    moved = "<w:rPr><w:moveFrom/></w:rPr>"
    body = p("整改", properties=mark) + p("情况", properties=moved) + p("报告") + p("末", properties=mark)

    decoded = decode(word(body), name="x")

    assert (decoded.text, [place.paragraph for place in decoded.places]) == ("整改情况报告\n末", [1, 2])


def test_hidden_styles_hide_their_text():
    styles = (
        '<w:style w:type="character" w:styleId="H"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:styleId="S"><w:basedOn w:val="H"/><w:rPr><w:vanish w:val="0"/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="P"><w:rPr><w:vanish/></w:rPr></w:style>'
    )
    body = (
        p(r("藏", '<w:rStyle w:val="H"/>') + r("甲", '<w:rStyle w:val="S"/>') + r("乙", "<w:b/>"))
        + p("全藏", properties='<w:pStyle w:val="P"/>')
        + p("丙")
    )

    assert lines(body, styles=styles) == ["甲乙", "丙"]


def test_a_text_box_is_read_once_after_its_paragraph():
    inner = p("框内一") + p("框内二") + tbl(tr("一", "二"))
    shape = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:inline><wps:wsp>"
        f"{BOX.format(inner)}</wps:wsp></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>"
        f"<w:txbxContent>{inner}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    decoded = decode(word(p("前") + p(r("正文") + shape) + p("后")), name="x")

    assert decoded.text == "前\n正文\n框内一\n框内二\n一\t二\n后"
    assert [(place.paragraph, place.table) for place in decoded.places] == [
        (1, None), (2, None), (2, None), (2, None), (None, 1), (None, 1), (3, None),
    ]  # fmt: skip
    assert lines(tbl(tr(tc(p(shape)), "右"))) == ["框内一 框内二 一 二\t右"]


def test_text_boxes_inside_drawings_are_found_at_any_place():
    inside = BOX.format(p("框"))
    group = f"<mc:AlternateContent><mc:Choice><wps:wsp>{inside}</wps:wsp></mc:Choice></mc:AlternateContent>"

    assert lines(p(f"<w:r><w:pict><v:group>{group}<mc:AlternateContent/></v:group></w:pict></w:r>")) == ["框"]
    assert lines(p(f"<w:txbxContent>{p('直接')}</w:txbxContent>")) == ["直接"]


def test_notes_follow_the_paragraph_or_table_that_names_them():
    footnotes = part(
        "footnotes",
        f'<w:footnote w:type="separator" w:id="0">{p("线")}</w:footnote>'
        f'<w:footnote w:id="2">{p("<w:r><w:footnoteRef/></w:r>", "脚注") + p("二段")}</w:footnote>'
        f'<w:footnote w:id="3">{p("表注")}</w:footnote><w:other/>',
    )
    endnotes = part("endnotes", f'<w:endnote w:id="2">{p("尾")}</w:endnote>')
    note = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    body = (
        p(r("正文") + note.format(2) + '<w:r><w:endnoteReference w:id="2"/></w:r>')
        + tbl(tr(tc(p(r("左") + note.format(3))), "右"), tr("下", "下"))
        + p(r("末") + note.format(9) + "<w:r><w:footnoteReference/></w:r>")
    )
    parts = {"word/footnotes.xml": footnotes, "word/endnotes.xml": endnotes}
    links = {"footnotes": "footnotes.xml", "endnotes": "/word/endnotes.xml"}

    assert lines(body, parts=parts, links=links) == [
        "正文", "【注1】脚注 二段", "【尾注1】尾", "左\t右", "下\t下", "【注2】表注", "末",
    ]  # fmt: skip
    assert lines(body) == ["正文", "左\t右", "下\t下", "末"]
    blank = {"word/footnotes.xml": " ", "word/endnotes.xml": "", "docProps/core.xml": " "}
    root = relations({"officeDocument": "word/document.xml", "core-properties": "docProps/core.xml"})
    parts = blank | {"_rels/.rels": root}
    assert lines(body, parts=parts, links=links) == ["正文", "左\t右", "下\t下", "末"]


CONTENTS = (
    p("目　录")
    + p(
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o "1-3" </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        + r("一、整改情况") + "<w:r><w:tab/></w:r>" + field(" PAGEREF _Toc1 ", "1")
    )
    + p(r("二、下一步打算……………2"))
    + p("无页码", properties='<w:pStyle w:val="T"/>')
    + p()
)  # fmt: skip
CLOSED = p('<w:r><w:fldChar w:fldCharType="end"/></w:r>')
TOC_STYLE = '<w:style w:type="paragraph" w:styleId="T"><w:name w:val="TOC 1"/></w:style>'


def test_a_table_of_contents_is_left_out_with_its_title():
    assert lines(CONTENTS + CLOSED + p("正文"), styles=TOC_STYLE) == ["正文"]
    control = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{CONTENTS}{CLOSED}</w:sdtContent></w:sdt>"
    )
    assert lines(p("目录") + control + p("正文")) == ["正文"]
    simple = f'<w:fldSimple w:instr="TOC">{r("一、情况")}<w:r><w:tab/></w:r>{r("3")}</w:fldSimple>'
    assert lines(p("目录的目录") + p(simple) + p("正文")) == ["目录的目录", "正文"]


def test_a_table_of_contents_that_never_ends_swallows_no_text():
    assert lines(CONTENTS + p("正文还在这里。") + p("末段。"), styles=TOC_STYLE) == [
        "正文还在这里。",
        "末段。",
    ]


def test_what_is_embedded_as_another_file_is_flagged_where_it_stands():
    restored = restore_text(word(p("甲") + '<w:altChunk r:id="rId7"/>' + p("乙")), name="x")

    assert restored.decoded.text == "甲\n\ufffc\n乙"
    assert [(edit.kind, edit.span, edit.why) for edit in restored.edits] == [
        (EditKind.FLAG, Span(2, 3), WHY_EMBEDDED)
    ]
    assert restored.unapply() == restored.decoded.text
    assert lines(tbl(tr(tc('<w:altChunk r:id="rId7"/>', "左"), "右"))) == ["\ufffc 左\t右"]


def test_what_is_embedded_as_another_file_stays_unread():
    title = "中共示例局党组关于巡察整改进展情况的通报"
    answer = p("1.关于学习不深入的问题。") + p("整改情况：已组织学习3次。") + '<w:altChunk r:id="rId7"/>'
    reading = read(word(p(title) + p("二、整改落实情况") + answer), name="x.docx")

    assert [(unread.text, unread.why) for unread in reading.unread] == [("\ufffc", WHY_EMBEDDED)]
    assert [finding.title for finding in reading.findings] == ["学习不深入"]


def test_blocks_in_content_controls_and_tracked_blocks_are_read_in_order():
    body = (
        f"<w:sdt><w:sdtPr/><w:sdtContent>{p('甲')}{tbl(tr('一', '二'))}</w:sdtContent></w:sdt>"
        f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{p('提示')}</w:sdtContent></w:sdt>"
        f"<w:customXml>{p('乙')}</w:customXml><w:del>{p('删')}</w:del><w:moveTo>{p('丙')}</w:moveTo>"
        f"<mc:AlternateContent><mc:Choice>{p('丁')}</mc:Choice><mc:Fallback>{p('旧')}</mc:Fallback>"
        "</mc:AlternateContent><mc:AlternateContent/>"
        f"<w:odd>{p('戊')}</w:odd><!-- note -->"
    )

    assert lines(body) == ["甲", "一\t二", "乙", "丙", "丁", "戊"]


def test_headers_footers_and_readings_are_apart():
    parts = {
        "word/header1.xml": part("hdr", p("云山县示例局文件") + p()),
        "word/header2.xml": part("hdr", p("云山县示例局文件")),
        "word/header3.xml": "",
        "word/footer1.xml": part("ftr", p("第1页 共3页")),
        "docProps/core.xml": (
            '<cp:coreProperties xmlns:cp="urn:cp" xmlns:dc="urn:dc"><!-- c --><dc:title>整改 报告</dc:title>'
            "<dc:creator>示例</dc:creator><cp:revision>3</cp:revision><dc:creator>二</dc:creator><dc:title/>"
            "</cp:coreProperties>"
        ),
        "_rels/.rels": (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><!-- c -->'
            '<Relationship Id="1" Type="x/officeDocument" Target="/word/document.xml"/>'
            '<Relationship Id="2" Type="x/core-properties" Target="docProps/core.xml"/><Other/>'
            '<Relationship Id="3" Type="x/y" Target="http://example.invalid" TargetMode="External"/>'
            "</Relationships>"
        ),
    }
    links = {"header": "header1.xml", "header#2": "header2.xml", "header#3": "header3.xml"}
    links |= {"header#4": "gone.xml", "footer": "footer1.xml", "footnotes": "header3.xml"}
    ruby = (
        "<w:r><w:ruby><w:rt><w:r><w:t>gǎi</w:t></w:r></w:rt><w:rubyBase>"
        + r("改")
        + "</w:rubyBase></w:ruby></w:r>"
    )

    decoded = decode(word(p(r("整") + ruby), parts=parts, links=links), name="x")

    assert decoded.text == "整改"
    assert dict(decoded.metadata) == {
        "header": "云山县示例局文件", "ruby": "改(gǎi)", "document_title": "整改 报告", "author": "示例",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("body", "pages"),
    [
        (p("甲") + p("乙"), [None, None]),
        (p(r("甲") + '<w:r><w:br w:type="page"/></w:r>') + p("乙"), [1, 2]),
        (p('<w:r><w:br w:type="page"/></w:r>' + r("甲")) + p("乙"), [2, 2]),
        (p("甲") + p("乙", properties="<w:pageBreakBefore/>"), [1, 2]),
        (p("甲", properties="<w:sectPr/>") + p("乙"), [1, 2]),
        (p("甲", properties='<w:sectPr><w:type w:val="continuous"/></w:sectPr>') + p("乙"), [None, None]),
        (p("甲", properties='<w:sectPr><w:type w:val="oddPage"/></w:sectPr>') + p("乙"), [1, 2]),
        (
            p(r("甲") + '<w:r><w:br w:type="page"/></w:r>')
            + p("<w:r><w:lastRenderedPageBreak/></w:r>" + r("乙"))
            + p(r("丙") + "<w:r><w:lastRenderedPageBreak/></w:r>" + r("丙"))
            + p("丁"),
            [1, 2, 2, 3],
        ),
    ],
)
def test_a_place_knows_its_page_where_the_file_knows_it(body: str, pages: list[int | None]):
    assert [place.page for place in decode(word(body), name="x").places] == pages


def test_a_table_over_two_pages_turns_the_page_once():
    turn = "<w:r><w:lastRenderedPageBreak/></w:r>"
    body = tbl(
        tr("甲", "乙"),
        tr(tc(p(turn + r("丙"))), tc(p(turn + r("丁")))),
        tr(tc(p(r("戊") + turn + r("戊"))), tc(p(r("己") + turn + r("己")))),
        tr("庚", "辛"),
    ) + p("末")

    assert [place.page for place in decode(word(body), name="x").places] == [1, 1, 2, 2, 2, 2, 3, 3, 3]
