"""Sheets that hold one finding a form, with labels and what they hold beside them."""

from __future__ import annotations

from reading.workbook.test_mapping import book, sheet
from zhenggai.domain.reading import PartKind
from zhenggai.reading.workbook import SheetKind, guess_mapping, read_book

FORM = [
    ["巡察反馈问题整改销号表", "", "", ""],
    ["问题编号", "7", "问题类别", "党的领导方面"],
    ["反馈问题", "示例制度执行不到位，抽查发现2处未登记。", "", ""],
    ["责任领导", "样甲", "责任单位", "示例办公室"],
    ["责任人", "样乙", "整改时限", "2031年6月底前"],
    ["整改措施", "1.修订制度；2.补登记。", "", ""],
    ["整改完成情况", "已修订制度1项。", "", ""],
    ["是否完成", "☑完成 ☐基本完成 ☐未完成", "是否销号", "否"],
    ["审核意见", "同意。\n签字：", "", ""],
]
AGAIN = [
    ["问题编号", "8", "问题类别", "作风"],
    ["反馈问题", "会议过多", "问题金额", "3.5万元"],
    ["整改时限", "—", "", ""],
]


def one(made):
    (finding,) = made.reading.findings
    return finding


def test_a_form_is_one_finding_with_all_that_its_labels_name():
    made = read_book(book(sheet(FORM, name="问题7")), explain=True)
    found = one(made)
    assert (found.number, found.theme, found.title) == (
        "7",
        "党的领导方面",
        "示例制度执行不到位，抽查发现2处未登记",
    )
    assert [each.text for each in found.measures] == ["修订制度", "补登记"]
    assert [each.text for each in found.actions] == ["已修订制度1项"]
    assert (found.responsible_leader, found.lead_unit) == ("样甲", "示例办公室")
    assert (found.due_text, str(found.due_on)) == ("2031年6月底前", "2031-06-30")
    assert (found.status_text, found.stated_progress, found.stated_closed) == ("完成", "done", False)
    assert made.issues == ()
    assert made.sources[0].rows == tuple(range(2, 9))
    text = made.reading.text
    fields = {part.path: part.span.of(text) for part in made.reading.parts if part.kind is PartKind.FIELD}
    assert fields["findings/0/responsible_leader"] == "样甲"
    assert fields["findings/0/measures/1"] == "补登记"
    # the person beside a leader, titles and signatures are kept and left to a person to decide
    unread = [each.text for each in made.reading.unread]
    assert unread == ["巡察反馈问题整改销号表", "样乙", "审核意见", "同意。\n签字："]


def test_the_parts_of_forms_cover_the_text_once():
    made = read_book(book(sheet([*FORM, *AGAIN], name="问题"), sheet(FORM, name="问题7")))
    at = 0
    for part in made.reading.parts:
        assert part.span.start == at
        at = part.span.end
    assert at == len(made.reading.text)
    assert [each.number for each in made.reading.findings] == ["7", "8", "7"]


def test_a_number_told_again_begins_the_next_form_of_a_sheet():
    made = read_book(book(sheet([*FORM, *AGAIN], name="问题")))
    second = made.reading.findings[1]
    assert (second.number, second.title, second.problem) == ("8", "会议过多", "问题金额：3.5万元")
    # a dash holds nothing
    assert second.due_text is None
    assert second.responsible_leader is None


def test_a_label_merged_down_holds_every_row_beside_it():
    rows = [
        *FORM[:5],
        ["整改措施", "1.修订制度。", "", ""],
        ["", "2.补登记。", "", ""],
        ["", "", "", ""],
        *FORM[6:],
    ]
    made = read_book(book(sheet(rows, [(5, 0, 7, 0)], name="问题7")))
    assert [each.text for each in one(made).measures] == ["修订制度", "补登记"]


def test_a_form_without_a_number_takes_the_one_before_its_problem():
    rows = [
        ["反馈问题", "（三）会议过多"],
        ["责任领导", "样甲"],
        ["责任单位", "办公室"],
        ["整改措施", "精简会议"],
    ]
    assert (one(read_book(book(sheet(rows)))).number, one(read_book(book(sheet(rows)))).title) == (
        "(三)",
        "会议过多",
    )


def test_labels_without_a_problem_or_too_few_of_them_are_no_form():
    for rows in (FORM[3:6], FORM[2:4][:1], [["问题", "有"], ["说明", "填表时注意"]]):
        assert guess_mapping(book(sheet(rows))).sheets[0].kind is not SheetKind.FORM


def test_a_sheet_chosen_to_be_forms_that_has_none_holds_no_finding():
    one_book = book(sheet([["甲", "乙"], ["丙", "丁"]]))
    made = read_book(one_book, guess_mapping(one_book).with_kind("台账", SheetKind.FORM))
    assert made.reading.findings == ()
    assert [each.code for each in made.issues] == ["no_ledger"]


def test_a_ledger_beside_forms_is_read_with_them():
    ledger = [["序号", "问题", "措施", "责任单位"], ["1", "台账更新不及时", "补登", "档案室"]]
    made = read_book(book(sheet(ledger), sheet(FORM, name="问题7")))
    assert [each.number for each in made.reading.findings] == ["1", "7"]


def test_a_form_that_names_no_problem_is_no_finding():
    made = read_book(book(sheet([*FORM, ["问题编号", "8"], ["责任领导", "样丙"]], name="问题")))
    assert [each.number for each in made.reading.findings] == ["7"]
    assert made.reading.findings[0].responsible_leader == "样甲"
