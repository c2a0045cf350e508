"""Ledgers kept in Word as tables are read as ledgers, whatever shape their table has."""

from __future__ import annotations

import io
import shutil
import subprocess
from datetime import date
from pathlib import Path

import docx
import pytest

from reading.docx.test_kinds import ole
from zhenggai.domain.reading import DocumentKind
from zhenggai.reading import converting, read
from zhenggai.reading.errors import OldWordError

JUNE, SEPTEMBER = date(2031, 6, 30), date(2031, 9, 30)


def table(rows, merged=(), *, title="云山县示例局巡察整改台账", above=(), below=()):
    """A Word document with one table; a cell that is null is left empty."""
    document = docx.Document()
    for line in filter(None, (title, *above)):
        document.add_paragraph(line)
    made = document.add_table(len(rows), len(rows[0]))
    for row, cells in enumerate(rows):
        for column, text in enumerate(cells):
            if text is not None:
                made.cell(row, column).text = text
    for first, last in merged:
        made.cell(*first).merge(made.cell(*last))
    for line in below:
        document.add_paragraph(line)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def essence(reading):
    return [
        (one.number, one.title, one.theme, [item.text for item in one.measures], one.lead_unit, one.due_on)
        for one in reading.findings
    ]


SHORTEST = table([
    ["存在问题", "整改措施", "责任领导", "责任部门", "整改时限"],
    ["会议制度不落实", "制定制度", "样甲", "办公室", "2031年6月底前"],
    ["账实不符", "1.盘点；2.修订", "样乙", "财务科", "立行立改"],
])  # fmt: skip


def test_the_shortest_ledger_in_word():
    assert essence(read(SHORTEST)) == [
        (None, "会议制度不落实", None, ["制定制度"], "办公室", JUNE),
        (None, "账实不符", None, ["盘点", "修订"], "财务科", None),
    ]


def test_two_rows_of_names_and_measures_in_rows_of_their_own_in_word():
    data = table(
        [
            ["序号", "问题类别", "反馈问题", "整改措施", "责任落实", None, "完成时限", "状态", "是否销号"],
            [None, None, None, None, "责任领导", "责任单位", None, None, None],
            ["1", "作风方面", "会议过多", "精简会议", "样甲", "办公室", "2031.6.30", "整改完成", "是"],
            [None, None, None, "督促落实", "样乙", "督查室", "2031.9.30", None, None],
            ["2", None, "文件过长", "控制篇幅", "样甲", "办公室", "长期坚持", "正在整改", "否"],
        ],
        [((0, 4), (0, 5)), ((0, 0), (1, 0)), ((0, 1), (1, 1)), ((0, 2), (1, 2)), ((0, 3), (1, 3)),
         ((0, 6), (1, 6)), ((0, 7), (1, 7)), ((0, 8), (1, 8)), ((2, 1), (4, 1)), ((2, 0), (3, 0)),
         ((2, 2), (3, 2))],
    )  # fmt: skip

    reading = read(data)

    assert essence(reading) == [
        ("1", "会议过多", "作风方面", ["精简会议", "督促落实"], "办公室", JUNE),
        ("2", "文件过长", "作风方面", ["控制篇幅"], "办公室", None),
    ]
    assert [item.due_on for item in reading.findings[0].measures] == [JUNE, SEPTEMBER]
    assert [one.stated_closed for one in reading.findings] == [True, False]


def test_rows_of_themes_totals_and_lines_around_the_table_in_word():
    data = table(
        [
            ["序号", "问题", "整改情况", "备注"],
            ["一、党的领导方面", None, None, None],
            ["1", "学习不深入", "已补学2次", ""],
            ["合计", "1项", "", ""],
        ],
        [((1, 0), (1, 3))],
        above=["填报单位：云山县示例局　填报时间：2031年7月1日"],
        below=["填表人：样甲"],
    )

    assert essence(read(data)) == [("1", "学习不深入", "党的领导方面", [], None, None)]


def test_names_with_blanks_and_line_breaks_in_word():
    data = table([
        ["序\n号", "问 题 描 述", "整改\n措施", "责 任\n单 位", "整改时限\n（年月日）"],
        ["1", "档案缺页", "补齐", "档案室", "2031年6月30日"],
    ])  # fmt: skip

    assert essence(read(data)) == [("1", "档案缺页", None, ["补齐"], "档案室", JUNE)]


def test_a_ledger_without_a_title_in_word():
    data = table(
        [["问题", "措施", "责任科室", "期限"], ["路灯损坏", "维修", "城建办", "2031年三季度"]], title=None
    )

    assert essence(read(data)) == [(None, "路灯损坏", None, ["维修"], "城建办", SEPTEMBER)]


def test_two_tables_of_one_ledger_in_word():
    document = docx.Document(io.BytesIO(SHORTEST))
    more = document.add_table(2, 5)
    for column, name in enumerate(["存在问题", "整改措施", "责任领导", "责任部门", "整改时限"]):
        more.cell(0, column).text = name
    for column, text in enumerate(["公示不及时", "及时公示", "样丙", "宣传科", "2031年9月底前"]):
        more.cell(1, column).text = text
    stream = io.BytesIO()
    document.save(stream)

    reading = read(stream.getvalue())

    assert reading.kind is DocumentKind.LEDGER
    assert essence(reading)[2] == (None, "公示不及时", None, ["及时公示"], "宣传科", SEPTEMBER)


@pytest.mark.skipif(
    shutil.which("soffice") is None,
    reason="LibreOffice is not installed: apt install libreoffice-writer-nogui",
)
@pytest.mark.parametrize("name", ["台账.doc", "台账.wps"])
def test_a_ledger_of_old_word_is_read_through_libreoffice(tmp_path, name):
    (tmp_path / "ledger.docx").write_bytes(SHORTEST)
    for source, form in (("ledger.docx", "odt"), ("ledger.odt", "doc")):
        subprocess.run(
            [
                "soffice",
                f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
                "--headless",
                "--convert-to",
                form,
                "--outdir",
                str(tmp_path),
                str(tmp_path / source),
            ],
            check=True,
            capture_output=True,
            timeout=300,
        )
    data = (tmp_path / "ledger.doc").read_bytes()

    reading = read(data, name=name)

    assert essence(reading) == essence(read(SHORTEST))
    assert (reading.source.name, reading.source.format) == (name, "docx")


def test_old_word_without_libreoffice_says_what_to_do(monkeypatch):
    monkeypatch.setenv("PATH", "")

    with pytest.raises(OldWordError) as said:
        read(ole("WordDocument"), name="台账.doc")

    assert str(said.value) == (
        "“台账.doc” is a document of old Word or of WPS Writer (.doc, .wps), which is read only where "
        "LibreOffice is installed; here it is not. Open it in Word or WPS, save it as a Word document "
        "(.docx) and choose that file."
    )


def office(folder, script):
    """A program that stands where LibreOffice would."""
    folder.mkdir()
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    return str(folder)


def test_old_word_that_cannot_be_converted_says_so(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", office(tmp_path / "bin", "exit 1"))

    with pytest.raises(OldWordError, match="that LibreOffice cannot convert: it is damaged"):
        read(ole("WordDocument"), name="台账.doc")


def test_a_conversion_that_takes_too_long_is_ended_with_all_it_started(monkeypatch, tmp_path):
    started = tmp_path / "started"
    script = f"/bin/sh -c 'echo $$ > {started}; exec /bin/sleep 60' & wait"
    monkeypatch.setenv("PATH", office(tmp_path / "bin", script))

    assert converting.converted(b"x", seconds=1.0) is None

    assert not _lives(started.read_text(encoding="utf-8").strip())


def _lives(process):
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").split()[2] != "Z"
    except OSError:
        return False


def test_who_answers_for_each_measure_stands_before_the_one_leader_of_them_all():
    data = table(
        [
            ["序号", "反馈问题", "整改措施", "责任领导", "责任人", "完成时限"],
            ["1", "会议过多", "精简会议", "样甲", "样丙", "2031年6月30日"],
            [None, None, "督促落实", None, "样丁", "2031年9月30日"],
        ],
        [((1, 0), (2, 0)), ((1, 1), (2, 1)), ((1, 3), (2, 3))],
    )

    (finding,) = read(data).findings

    assert finding.responsible_leader == "样甲"
    assert [(item.leader, item.due_on) for item in finding.measures] == [("样丙", JUNE), ("样丁", SEPTEMBER)]


@pytest.mark.parametrize(
    ("printed", "number"),
    [("二/(一)/1/(1)", "二/(一)/1/(1)"), ("（一）", "一"), ("(3)、", "3"), ("二（一）", "二（一）")],
)
def test_a_bracket_that_a_number_opens_is_part_of_it(printed, number):
    data = table([["序号", "反馈问题", "整改措施"], [printed, "会议过多", "精简会议"]])

    assert [one.number for one in read(data).findings] == [number]


def test_a_table_to_sign_in_below_a_ledger_is_none_of_it():
    document = docx.Document(io.BytesIO(SHORTEST))
    boxes = document.add_table(2, 4)
    for column, name in enumerate(["审批环节", "审批意见", "签名", "日期"]):
        boxes.cell(0, column).text = name
    boxes.cell(1, 0).text = "领导小组"
    stream = io.BytesIO()
    document.save(stream)

    assert len(read(stream.getvalue()).findings) == 2
