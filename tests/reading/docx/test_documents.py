"""Whole fictional documents as offices hand them in, each with the structure a person found in it."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from reading.word_files import lists, lvl, numbered, p, part, r, relations, tbl, tc, tr, word, zipped
from zhenggai.domain.reading import DocumentKind, StatedNature, StatedProgress
from zhenggai.domain.spans import Span
from zhenggai.reading import read

SAMPLES = Path(__file__).parents[1] / "samples"
LEAD = (
    "根据县委统一部署，2033年4月13日至6月2日，县委第一巡察组对云山县示例局党组进行了巡察。"
    "2033年7月5日，县委第一巡察组反馈了巡察意见。现将整改情况予以公布。"
)


def saved(document) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def facts(data: bytes | str) -> dict:
    """What a reading says, without places."""

    def bare(value):
        if isinstance(value, dict):
            return {
                name: bare(item) for name, item in value.items() if name not in {"span", "source", "edits"}
            }
        return [bare(item) for item in value] if isinstance(value, list) else value

    return bare(read(data, name="示例").to_dict())


NOTICE = [
    (0, "整改工作组织情况", None),
    (None, "局党组召开专题会议，成立领导小组，逐项研究整改措施。", None),
    (0, "巡察反馈问题整改落实情况", None),
    (1, "关于“理论学习不深入”问题的整改", None),
    (None, "一是制定学习计划。二是组织集中学习6次。该问题已完成整改。", None),
    (1, "关于“公务接待不规范”问题的整改", None),
    (None, "整改情况：修订接待制度1项，退回费用2000元。", None),
    (None, "整改进度：完成整改，长期坚持。", None),
    (0, "下一步工作打算", None),
    (None, "持续巩固整改成果。", None),
]
TITLE = "中共云山县示例局党组关于巡察整改情况的通报"
SIGNED = ["中共云山县示例局党组", "2033年10月8日"]


def as_text(numbers=("一二三", "一二三")) -> str:
    lines, counts = [TITLE, LEAD], [0, 0]
    for level, text, _ in NOTICE:
        if level is not None:
            counts[level] += 1
            counts[level + 1 :] = [0] * (1 - level)
            printed = numbers[level][counts[level] - 1]
            lines.append(f"{printed}、{text}" if level == 0 else f"（{printed}）{text}")
        else:
            lines.append(text)
    return "\n".join([*lines, *SIGNED])


def test_a_notice_with_automatic_numbers_is_read_like_its_text():
    numbering = lists(lvl(0, "chineseCounting", "%1、"), lvl(1, "chineseCounting", "（%2）"))
    styles = "".join(
        f'<w:style w:styleId="h{level}"><w:name w:val="heading {level + 1}"/><w:pPr><w:numPr>'
        f'<w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        for level in (0, 1)
    )
    body = p(TITLE) + p() + p(LEAD)
    for level, text, _ in NOTICE:
        body += p(text) if level is None else p(text, properties=f'<w:pStyle w:val="h{level}"/>')
    data = word(body + "".join(map(p, SIGNED)), styles=styles, numbering=numbering)

    reading = read(data, name="通报.docx")

    assert reading.text == as_text()
    assert [(finding.number, finding.title, finding.status_text) for finding in reading.findings] == [
        ("二/(一)", "理论学习不深入", "已完成整改"),
        ("二/(二)", "公务接待不规范", "完成整改，长期坚持"),
    ]
    assert (reading.kind, reading.organisation) == (DocumentKind.NOTICE, "中共云山县示例局党组")
    assert (reading.dates.published_on, reading.source.format) == (date(2033, 10, 8), "docx")
    assert facts(data) == facts(as_text())
    finding = reading.findings[1]
    assert [place.paragraph for place in reading.places if place.span.start == finding.span.start] == [9]


LEDGER = [
    ["序号", "问题类别", "反馈问题", "整改措施", "责任领导", "责任科室", "完成时限", "整改进展", "整改状态"],
    ["1", "党的建设方面", "学习记录不全", "建立学习台账。", "张示例", "办公室", "2033年3月底前",
     "台账已建立。", "整改完成"],
    ["2", None, "会议记录不规范", "统一会议记录本。", "李示例", "党建科", "2033年4月15日", "记录本已启用。",
     "整改完成，长期坚持"],
    ["3", "作风建设方面", "接待审批不严", "修订接待制度。", "王示例", "财务科", "立行立改", "", "正在整改"],
]  # fmt: skip


WIDE = '<w:gridSpan w:val="9"/>'


def ledger_table(rows=LEDGER, *, header: bool = True) -> str:
    def cell(text: str | None) -> str:
        if text is None:
            return tc(properties="<w:vMerge/>")
        merge = '<w:vMerge w:val="restart"/>' if text == "党的建设方面" else ""
        return tc(text, properties=merge)

    return tbl(*(tr(*(cell(text) for text in row)) for row in (rows if header else rows[1:])))


def test_a_ledger_in_a_table_with_merged_themes_becomes_findings():
    title = "云山县示例局巡察反馈问题整改台账"
    data = word(p(title) + ledger_table())

    reading = read(data)

    assert reading.kind is DocumentKind.LEDGER
    assert [
        (
            one.number, one.theme, one.title, one.responsible_leader, one.lead_unit, one.due_text,
            one.status_text,
        )
        for one in reading.findings
    ] == [
        ("1", "党的建设方面", "学习记录不全", "张示例", "办公室", "2033年3月底前", "整改完成"),
        ("2", "党的建设方面", "会议记录不规范", "李示例", "党建科", "2033年4月15日", "整改完成，长期坚持"),
        ("3", "作风建设方面", "接待审批不严", "王示例", "财务科", "立行立改", "正在整改"),
    ]  # fmt: skip
    assert reading.findings[1].stated_nature is StatedNature.LONG_TERM
    assert reading.findings[0].stated_progress is StatedProgress.DONE
    assert reading.findings[0].due_on == date(2033, 3, 31)
    text = "\n".join([title, *("\t".join(cell or "" for cell in row) for row in LEDGER)])
    assert facts(data) == facts(text)
    spoken = {
        place.span.of(reading.decoded): (place.table, place.row, place.column) for place in reading.places
    }
    assert spoken["接待审批不严"] == (1, 4, 3)


def test_a_ledger_that_goes_on_over_pages_is_one_ledger():
    rows = [LEDGER[0], LEDGER[1], LEDGER[2]]
    repeated = ledger_table(rows) + p() + ledger_table([LEDGER[0], LEDGER[3]])
    continued = (
        ledger_table(rows)
        + p("<w:r><w:lastRenderedPageBreak/></w:r>")
        + ledger_table([LEDGER[0], LEDGER[3]], header=False)
    )
    titled = [[*LEDGER[1][:1], "", *LEDGER[1][2:]], [*LEDGER[3][:1], "", *LEDGER[3][2:]]]
    section = tbl(
        tr(tc("云山县示例局整改台账（续）", properties=WIDE)),
        tr(*LEDGER[0]),
        tr(tc("一、党的建设方面", properties=WIDE)),
        tr(*titled[0]),
        tr(tc("二、作风建设方面存在的问题", properties=WIDE)),
        tr(*titled[1]),
        tr(tc("说明：本表一式两份。", properties=WIDE)),
    )

    for body in (repeated, continued):
        findings = read(word(p("云山县示例局整改台账") + body)).findings
        assert [(one.number, one.title) for one in findings] == [
            ("1", "学习记录不全"), ("2", "会议记录不规范"), ("3", "接待审批不严"),
        ]  # fmt: skip
    findings = read(word(p("云山县示例局整改台账") + section)).findings
    assert [(one.theme, one.title) for one in findings] == [
        ("党的建设方面", "学习记录不全"),
        ("作风建设方面存在的问题", "接待审批不严"),
    ]


def test_a_ledger_numbered_by_word_and_written_with_python_docx_is_read():
    document = docx.Document()
    document.add_heading("云山县示例局巡察整改台账", 0)
    table = document.add_table(len(LEDGER), len(LEDGER[0]))
    for row, texts in zip(table.rows, LEDGER, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text or ""
    table.cell(1, 1).merge(table.cell(2, 1))
    for row in table.rows[1:]:
        paragraph = row.cells[0].paragraphs[0]
        paragraph.text = ""
        paragraph.style = "List Number"
    for row in table.rows[:1]:
        properties = row._tr.get_or_add_trPr()
        properties.append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
    assert table._tbl.findall(f".//{qn('w:vMerge')}")

    findings = read(saved(document)).findings

    assert [(one.number, one.theme, one.title) for one in findings] == [
        ("1", "党的建设方面", "学习记录不全"),
        ("2", "党的建设方面", "会议记录不规范"),
        ("3", "作风建设方面", "接待审批不严"),
    ]


def test_tracked_changes_are_read_as_accepted():
    plain = as_text().split("\n")
    body = ""
    for line in plain:
        half = len(line) // 2
        body += p(
            r(line[:half])
            + f'<w:del w:id="1" w:author="示例"><w:r><w:delText>{line[:5]}旧</w:delText></w:r></w:del>'
            + f'<w:ins w:id="2" w:author="示例">{r(line[half:])}</w:ins>'
        )
        body += p(
            f"<w:del><w:r><w:delText>整段删除：{line}</w:delText></w:r></w:del>",
            properties="<w:rPr><w:del/></w:rPr>",
        )

    assert read(word(body)).text == as_text()
    assert facts(word(body)) == facts(as_text())


def test_a_letterhead_in_a_text_box_a_header_and_a_footer_stay_out_of_the_findings():
    box = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx><w:txbxContent>"
        f"{p('云山县示例局文件')}</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>"
        f"<w:txbxContent>{p('云山县示例局文件')}</w:txbxContent></v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    header, footer = part("hdr", p("内部资料　注意保存")), part("ftr", p("— 1 —"))
    data = word(
        p(box) + "".join(map(p, as_text().split("\n"))),
        parts={"word/header1.xml": header, "word/footer1.xml": footer},
        links={"header": "header1.xml", "footer": "footer1.xml"},
    )

    reading = read(data)

    assert reading.text == f"云山县示例局文件\n{as_text()}"
    assert (reading.title, len(reading.findings)) == (TITLE, 2)
    assert reading.places[0].span == Span(0, 8)
    assert "内部资料" not in reading.decoded


def test_a_file_as_wps_writes_it_is_read():
    body = "".join(map(p, as_text().split("\n"))).replace(
        "</w:p>",
        '<wpsCustomData:x xmlns:wpsCustomData="http://www.wps.cn/officeDocument/2013/wpsCustomData"/></w:p>',
    )
    data = zipped(
        {
            "_rels\\.rels": relations({"officeDocument": "word\\document.xml"}),
            "word\\document.xml": part("document", f"<w:body>{body}<w:sectPr/></w:body>"),
            "word\\_rels\\document.xml.rels": relations({"styles": "styles.xml", "theme": "theme/gone.xml"}),
            "word\\styles.xml": part("styles", '<w:style w:type="paragraph" w:default="1" w:styleId="1"/>'),
            "[Content_Types].xml": "<wrong/>",
        }
    )

    assert facts(data) == facts(as_text())


def test_a_plan_with_measures_people_and_dates_is_read_like_its_text():
    text = (SAMPLES / "labels_plan.txt").read_text(encoding="utf-8")
    numbering = lists(lvl(0, "chineseCounting", "%1、"), lvl(1, "chineseCounting", "（%2）"))
    body = ""
    for line in text.splitlines():
        if line[1:2] == "、" and line[0] in "一二三":
            body += numbered(line[2:], 0)
        elif line.startswith(("（一）", "（二）")):
            body += numbered(line[3:], 1)
        else:
            tab = "<w:r><w:tab/></w:r>"
            body += p(tab.join(map(r, line.split(" ")))) if line.startswith("责任领导：王") else p(line)

    assert facts(word(body, numbering=numbering)) == facts(text)
    assert len(read(word(body, numbering=numbering)).findings) == 3


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.txt")), ids=lambda path: path.name)
def test_every_sample_gives_the_same_reading_as_a_word_document(path: Path):
    text = path.read_text(encoding="utf-8-sig")
    document = docx.Document()
    for line in text.splitlines():
        document.add_paragraph(line)

    assert facts(saved(document)) == facts("\n".join(line.rstrip() for line in text.splitlines()))


def test_a_page_of_a_mirror_in_a_word_file_is_restored_and_a_clean_one_is_not_touched():
    mirror = (SAMPLES / "family_b.txt").read_text(encoding="utf-8")
    reading = read(word("".join(p(line) for line in mirror.splitlines() if line)))

    assert len(reading.edits) > 10
    assert len(read(word("".join(map(p, as_text().split("\n"))))).edits) == 0
