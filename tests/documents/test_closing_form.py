"""The closing form: everything that is signed for, each finding on pages of its own."""

from __future__ import annotations

from datetime import UTC, date, datetime

from documents.opened import cells, every_cell, lines, opened, parts
from zhenggai.documents.closing_form import (
    ClosingForm,
    FormCriterion,
    FormEvidence,
    FormGate,
    FormMeasure,
    FormReturn,
    closing_forms_docx,
)
from zhenggai.documents.sign_boxes import SignBox
from zhenggai.domain.gate_results import GateState
from zhenggai.domain.lifecycle import Nature
from zhenggai.reading import read

AT = datetime(2031, 6, 8, 9, 5, tzinfo=UTC)
EMPTY = ClosingForm("3", "台账不清", "云山县示例局巡察", "云山县示例局", AT, 1, 1, "整改中")
WHOLE = ClosingForm(
    "二/(一)/1",
    "会议过多",
    "云山县示例局巡察",
    "云山县示例局",
    AT,
    round=2,
    version=37,
    standing="已申请销号",
    code="ZG-7-37-K3M5Q2XZ",
    problem="2030年召开会议80次。",
    theme="党的建设方面",
    inspector="县委巡察一组",
    marking="内部",
    restricted=True,
    leader="样甲",
    unit="办公室",
    supporting=("财务科", "督查室"),
    nature=Nature.LONG_TERM,
    due=date(2031, 12, 31),
    first_due=date(2031, 6, 30),
    measures=(FormMeasure("精简会议", "合并会议12次", "样丙\n2031年6月1日"), FormMeasure("督促落实")),
    criteria=(
        FormCriterion("减少三成", met=True, judged="样丁", note="核对无误"),
        FormCriterion("群众满意", met=False, judged="样丁"),
        FormCriterion("建立制度"),
    ),
    evidence=(
        FormEvidence(
            "统计表", "工作记录", "云示办〔2031〕5号", "办公室", date(2031, 6, 1), "12,000.00", is_effect=True
        ),
        FormEvidence("照片", "照片"),
    ),
    gates=(
        FormGate("措施完成", GateState.MET),
        FormGate("资金追回", GateState.NOT_APPLICABLE, ("与本问题无关。",)),
        FormGate("标准达到", GateState.NOT_MET, ("“群众满意”未达到。", "“建立制度”尚未认定。")),
    ),
    statement="已整改完毕。",
    promise="所报材料真实。",
    applied="样丙　2031年6月3日 09:00",
    stage_goal="会议数逐年下降",
    recheck_on=date(2032, 6, 30),
    returns=(FormReturn(1, "样戊", AT, "口径不清，请重新统计后再报。"),),
    boxes=(SignBox("责任领导", "样甲", AT, "同意。", acting_for="样乙"), SignBox("整改办", asked="样己")),
)  # fmt: skip


def rows(form=WHOLE):
    return cells(opened(closing_forms_docx((form,))).tables[0])


def test_equal_forms_are_equal_bytes():
    assert closing_forms_docx((WHOLE, EMPTY)) == closing_forms_docx((WHOLE, EMPTY))


def test_the_form_says_whose_finding_it_is_and_in_the_words_of_the_feedback():
    said = lines(closing_forms_docx((WHOLE,)))
    assert said[:3] == ["内部　限定知悉人员", "整改问题销号申请单", "检查项目：云山县示例局巡察"]
    found = rows()
    assert found[:7] == [
        ["问题编号", "二/(一)/1", "整改轮次", "第2轮"],
        ["被检查单位", "云山县示例局", "检查机构", "县委巡察一组"],
        ["责任领导", "样甲", "责任单位", "办公室"],
        ["配合单位", "财务科、督查室", "完成时限", "2031年12月31日（首次时限2031年6月30日）"],
        ["整改类型", "长期坚持", "方面", "党的建设方面"],
        ["反馈问题", "会议过多"],
        ["具体表现", "2030年召开会议80次。"],
    ]


def test_measures_criteria_evidence_and_conditions_are_listed_as_they_stand():
    found = rows()
    assert ["1", "精简会议", "合并会议12次", "样丙\n2031年6月1日"] in found
    assert ["2", "督促落实", "（尚未完成）", ""] in found
    assert ["1", "减少三成", "达到：核对无误", "样丁"] in found
    assert ["2", "群众满意", "未达到", "样丁"] in found
    assert ["3", "建立制度", "（尚未认定）", ""] in found
    assert [
        "1", "统计表（已认定体现成效）", "工作记录", "云示办〔2031〕5号", "办公室", "2031年6月1日",
        "12,000.00",
    ] in found  # fmt: skip
    assert ["2", "照片", "照片", "", "", "", ""] in found
    assert ["1", "措施完成", "√ 具备", ""] in found
    assert ["2", "资金追回", "— 不适用", "与本问题无关。"] in found
    assert ["3", "标准达到", "× 不具备", "“群众满意”未达到。\n“建立制度”尚未认定。"] in found


def test_statement_promise_goal_and_returns_stand_before_the_boxes_in_their_order():
    found = rows()
    at = found.index(["申请单位说明及承诺"])
    assert found[at + 1] == ["阶段目标", "会议数逐年下降", "下次回头看", "2032年6月30日"]
    assert found[at + 2] == ["已整改完毕。\n真实性承诺：所报材料真实。\n申请人：样丙　2031年6月3日 09:00"]
    assert ["1", "第1轮", "口径不清，请重新统计后再报。", "样戊\n2031年6月8日 09:05"] in found
    assert found[-2:] == [
        ["责任领导", "同意。", "样甲（代样乙）\n（系统内签署）", "2031年6月8日 09:05"],
        ["整改办\n（样己）", "", "", "年　　月　　日"],
    ]


def test_the_last_lines_tell_the_round_and_the_code_or_that_nothing_waits():
    first, second = lines(closing_forms_docx((WHOLE,)))[-2:]
    assert first == ("打印截至2031年6月8日 09:05，第2轮，问题版本37，已申请销号。核验码：ZG-7-37-K3M5Q2XZ")
    assert "只对应本轮本次申请" in second
    assert "没有待签批的申请" in lines(closing_forms_docx((EMPTY,)))[-1]


def test_an_empty_form_says_of_each_part_that_there_is_nothing_and_has_a_line_to_sign():
    found = rows(EMPTY)
    assert found.count(["（无）"]) == 4
    assert ["申请单位负责人（签名）：　　　　　　　　年　　月　　日"] in found
    assert ["此前退回情况"] not in found
    assert ["反馈问题", "台账不清"] in found
    assert not any("具体表现" in row for row in found)
    assert lines(closing_forms_docx((EMPTY,)))[0] == "整改问题销号申请单"


def test_each_form_begins_a_page_and_says_its_number_on_every_page_of_it():
    data = closing_forms_docx((EMPTY, WHOLE, EMPTY))
    begins = [each.text for each in opened(data).paragraphs if each.paragraph_format.page_break_before]
    assert begins == ["内部　限定知悉人员", "整改问题销号申请单"]
    assert len(opened(data).tables) == 3
    assert parts(data)["word/document.xml"].count(b"<w:tblHeader/>") == 3
    assert opened(data).core_properties.title == "整改问题销号申请单"
    assert opened(closing_forms_docx((WHOLE,))).core_properties.title == "整改问题销号申请单（二/(一)/1）"


def test_hundreds_of_measures_and_texts_of_any_length_and_letters_go_in():
    odd = ClosingForm(
        "", "题" * 200, "云山县示例局巡察", "云山县示例局", AT, 1, 1, "整改中",
        problem="\x00\ud800" + "长" * 20_000,
        measures=tuple(FormMeasure(f"第{place}条", "=1+1\x1b") for place in range(100)),
    )  # fmt: skip
    said = every_cell(closing_forms_docx((odd,)))
    assert "第99条" in said
    assert "=1+1\ufffd" in said
    assert "\ufffd\ufffd长" in said
    assert (
        opened(closing_forms_docx((odd,))).core_properties.title == "整改问题销号申请单（" + "题" * 40 + "）"
    )


def test_a_form_is_no_ledger():
    assert read(closing_forms_docx((WHOLE, EMPTY)), name="销号申请单.docx").findings == ()
