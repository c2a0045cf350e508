"""Plan and closing on paper: what the actor sees and nothing else, and codes that tell one round's paper."""

from __future__ import annotations

import dataclasses
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from documents.opened import cells, every_cell, lines, opened
from ledger.laddered import everybody, joint, meeting, quorum, recorded
from ledger.refusals import refused
from ledger.test_closing import REASON
from ledger.test_paper import confirm, on_paper
from ledger.world import STATED, TODAY
from zhenggai.domain.actor import Role
from zhenggai.domain.amending import NewMeasure
from zhenggai.domain.restricting import RestrictionKind
from zhenggai.ledger import services
from zhenggai.ledger.closing_papers import closing_paper
from zhenggai.ledger.comparing import differences
from zhenggai.ledger.errors import (
    FindingNotFoundError,
    InspectionNotFoundError,
    InvalidFieldError,
    PlanNotFoundError,
    StandsOtherwiseError,
)
from zhenggai.ledger.paper_codes import code_of, code_read
from zhenggai.ledger.plan_papers import plan_paper, submitted_plan_paper

SECRET = "关于“某示例负责人涉嫌违规”问题"


def plan(world, actor=None):
    return plan_paper(actor or world.clerk, world.inspection.pk, world.at())


def form(world, *findings, actor=None):
    return closing_paper(actor or world.clerk, [each.pk for each in findings], world.at())


def text(paper):
    return "\n".join([*lines(paper.data), every_cell(paper.data)])


def code(paper):
    return re.search(r"核验码：(ZG-\S+)", text(paper))[1]


def planned(world):
    world.inspection = world.inspect(plan_required=True)
    finding = world.do("criterion_add", world.clerk, world.accepted(), text="台账与账簿一致。")
    submitted = services.plan_submit(
        actor=world.clerk, at=world.at(), inspection_id=world.inspection.pk, statement="请审批。"
    )
    return finding, submitted


def restricted(world):
    """A finding kept from everybody but the clerk, beside one that is not."""
    first = world.requested()
    (other,) = world.register(dataclasses.replace(STATED, title=SECRET, number="9"))
    restrict(world, other)
    return first, other


def restrict(world, finding):
    reason = "涉及问题线索，只限专人知悉和办理。"
    listed = [world.clerk.person_id]
    kind = RestrictionKind.LEAD
    world.do("finding_restrict", world.clerk, finding, kind=kind, reader_ids=listed, reason=reason)


def test_the_plan_says_what_stands_now_with_the_head_of_the_unit_and_empty_boxes(world):
    finding, submitted = planned(world)
    paper = plan(world)
    said = text(paper)
    head, row, *_ = cells(opened(paper.data).tables[0])
    told = dict(zip(head, row, strict=True))
    assert told["反馈问题"] == finding.title
    assert (told["责任领导"], told["责任单位"], told["责任人"]) == (
        "领示例",
        world.unit.name,
        world.head.label,
    )
    assert (told["整改类型"], told["整改目标（标准）"]) == ("限期整改", "台账与账簿一致。")
    assert "方案版本：第1号（报批中）" in said
    assert f"未列入已批准方案的问题1项：{finding.number}。" in said
    assert ["领导小组", "", "", "年　　月　　日"] in cells(opened(paper.data).tables[1])
    services.plan_sign(actor=world.group, at=world.at(), plan_id=submitted.pk, note="同意。")
    signed = plan(world)
    assert "第1号（2026年3月2日批准）" in text(signed)
    assert submitted.digest in text(signed)
    (box,) = [each for each in cells(opened(signed.data).tables[1]) if each[0] == "领导小组"]
    assert box[1:3] == ["同意。", f"{world.group.label}\n（系统内签署）"]
    assert "未列入" not in text(signed)
    assert paper.name.endswith("整改方案表-2026-03-02.docx")


def test_a_plan_nobody_submitted_is_a_draft(world):
    world.accepted()
    assert "方案版本：草案（尚未报批）" in text(plan(world))


def test_a_plan_as_submitted_stays_what_it_was_when_the_ledger_moves_on(world):
    finding, submitted = planned(world)
    services.plan_sign(actor=world.group, at=world.at(), plan_id=submitted.pk)
    before = cells(opened(submitted_plan_paper(world.clerk, submitted.pk, world.at()).data).tables[0])
    added = (NewMeasure("另加一条示例措施。"),)
    world.do("plan_amend", world.clerk, finding, measures=added, reason=REASON)
    world.do("amendment_sign", world.group, finding)
    paper = submitted_plan_paper(world.clerk, submitted.pk, world.at())
    assert cells(opened(paper.data).tables[0]) == before
    assert "另加一条示例措施。" in text(plan(world))
    assert "其后批准调整1次" in text(plan(world))
    assert "说明：请审批。" in text(paper)
    assert "批准后的调整以现行方案表为准" in text(paper)


def test_a_plan_sent_back_or_withdrawn_prints_as_that(world):
    _, submitted = planned(world)
    services.plan_send_back(actor=world.group, at=world.at(), plan_id=submitted.pk, reason=REASON)
    assert "第1号（2026年3月2日退回）" in text(submitted_plan_paper(world.clerk, submitted.pk, world.at()))
    assert "草案（尚未报批）" in text(plan(world))


def test_whoever_does_not_see_the_whole_plan_gets_none(world):
    _, submitted = planned(world)
    for actor in (world.handler, world.leader, world.stranger, world.administrator):
        with pytest.raises(InspectionNotFoundError):
            plan(world, actor)
        with pytest.raises(PlanNotFoundError):
            submitted_plan_paper(actor, submitted.pk, world.at())


def test_a_restricted_finding_is_printed_for_those_on_its_list_and_marked(world):
    _, other = restricted(world)
    assert SECRET in text(plan(world))
    assert f"第{other.number}项为限定知悉范围的问题" in text(plan(world))
    for actor in (world.verifier, world.group, world.inspector, world.auditor):
        said = text(plan(world, actor))
        assert SECRET not in said
        assert "限定知悉" not in said
        assert f"{other.number}、" not in said
        with pytest.raises(FindingNotFoundError):
            form(world, other, actor=actor)
    paper = form(world, other)
    assert lines(paper.data)[0].endswith("限定知悉人员")


def test_a_submitted_plan_tells_who_may_sign_it_how_much_is_kept_from_him(world):
    world.inspection = world.inspect(plan_required=True)
    first = world.do("criterion_add", world.clerk, world.accepted(), text="台账与账簿一致。")
    restrict(world, first)
    submitted = services.plan_submit(actor=world.clerk, at=world.at(), inspection_id=world.inspection.pk)
    said = text(submitted_plan_paper(world.group, submitted.pk, world.at()))
    assert "另有1项限定知悉范围的问题不向打印人显示" in said
    assert first.title not in said
    assert "另有" not in text(submitted_plan_paper(world.auditor, submitted.pk, world.at()))


def test_the_form_says_all_that_is_signed_for(world):
    finding = world.requested()
    said = text(form(world, finding))
    for words in (finding.title, "已逐笔核对。", "达到：现场核对一致。", "退款示例凭证", "80,000.00"):
        assert words in said
    assert "台账已核对一致，款项已追回。" in said
    assert "√ 具备" in said
    assert "× 不具备" not in said
    boxes = cells(opened(form(world, finding).data).tables[0])[-2:]
    assert [each[0] for each in boxes] == ["责任领导", "整改办"]
    assert all(each[2] == "" for each in boxes)


def test_a_form_before_any_request_shows_what_is_missing_and_has_no_code(world):
    said = text(form(world, world.rectifying()))
    assert "× 不具备" in said
    assert "没有待签批的申请" in said
    assert "核验码：" not in said


def test_signatures_given_here_acted_for_and_on_paper_stand_in_their_boxes(world):
    finding = world.requested()
    record = on_paper(world, finding)
    confirm(world, world.verifier, finding, record)
    row = cells(opened(form(world, finding).data).tables[0])[-2]
    assert (row[0], row[2]) == ("责任领导", "领示例\n（纸质，签于2026年3月2日）")
    world.do("closure_sign", world.clerk, finding, note="同意销号。")
    closed = form(world, finding)
    assert [each[0] for each in cells(opened(closed.data).tables[0])[-2:]] == ["责任领导", "整改办"]
    assert "× 不具备" not in text(closed)
    assert "已销号" in text(closed)


def test_steps_of_several_have_a_box_for_each_hand(world):
    quorum(world)
    finding = world.requested()
    boxes = [each[0] for each in cells(opened(form(world, finding).data).tables[0])[-4:]]
    assert boxes[0] == "责任领导"
    assert all(each.startswith("领导小组\n（") for each in boxes[1:3])


def test_everybody_called_has_a_box_of_his_own(world):
    people = everybody(world)
    world.do("closure_sign", world.leader, world.requested())
    finding = world.do("closure_sign", people[0], world.inspection.findings.get())
    boxes = cells(opened(form(world, finding).data).tables[0])[-4:]
    assert [each[0] for each in boxes][1:3] == ["领导小组", f"领导小组\n（{people[1].label}）"]


def test_bodies_and_meetings_have_theirs(world):
    reviewers = joint(world)
    finding = world.requested()
    world.do("closure_sign", world.leader, finding)
    world.do("closure_sign", reviewers[1], finding)
    boxes = [each[0] for each in cells(opened(form(world, finding).data).tables[0])[-4:]]
    assert boxes == [
        "责任领导",
        "联合审核：县委组织部示例",
        "联合审核：县纪委监委示例",
        "联合审核：县委巡察示例办",
    ]


def test_a_meeting_asks_for_the_number_of_its_minutes(world):
    meeting(world)
    finding = world.requested()
    last = cells(opened(form(world, finding).data).tables[0])[-1]
    assert last[1] == "会议纪要文号："
    world.do("closure_sign", world.leader, finding)
    member = world.person("group2", "组示例二", (Role.LEADING_GROUP, world.bureau))
    confirm(world, member, finding, recorded(world, finding, world.clerk, number="〔2026〕5号"))
    last = cells(opened(form(world, finding).data).tables[0])[-1]
    assert last[2] == "组示例二\n（会议纪要〔2026〕5号，2026年3月2日）"


def test_several_forms_are_one_document_in_as_many_queries_as_one(world):
    first = world.requested()
    second, third = world.register(STATED, STATED)
    with CaptureQueriesContext(connection) as alone:
        form(world, first)
    with CaptureQueriesContext(connection) as together:
        paper = form(world, third, first, second, first)
    assert len(together) <= len(alone)
    assert len(opened(paper.data).tables) == 3
    assert paper.name == "销号申请单-3项-2026-03-02.docx"


def test_of_several_forms_one_that_is_not_the_actors_refuses_all(world):
    first, other = restricted(world)
    with pytest.raises(FindingNotFoundError):
        form(world, first, other, actor=world.verifier)
    with pytest.raises(FindingNotFoundError):
        form(world)


def test_a_return_stands_on_the_form_of_the_next_round(world):
    finding = world.requested()
    world.do("closure_send_back", world.leader, finding, reason=REASON)
    finding = world.request(world.prove(world.file_evidence(finding, file=b"another receipt")))
    said = text(form(world, finding))
    assert REASON in said
    assert "第2轮" in said


def test_equal_moments_are_equal_bytes(world):
    finding, at = world.requested(), world.at()
    assert closing_paper(world.clerk, [finding.pk], at) == closing_paper(world.clerk, [finding.pk], at)
    again = plan_paper(world.clerk, world.inspection.pk, at)
    assert again == plan_paper(world.clerk, world.inspection.pk, at)


def test_a_paper_with_the_code_of_its_form_is_known_to_be_of_this_request(world):
    finding = world.requested()
    printed = code(form(world, finding))
    typed = printed.lower().replace("-", "－ ")
    record = on_paper(world, finding, form_code=typed)
    assert record.form_code == printed
    confirm(world, world.verifier, finding, record)
    assert list(differences()) == []


def test_the_code_holds_while_others_sign_the_same_form(world):
    finding = world.requested()
    printed = code(form(world, finding))
    world.do("closure_sign", world.leader, finding)
    assert on_paper(world, finding, world.verifier, world.clerk, form_code=printed).form_code == printed


def test_a_form_of_an_earlier_round_is_refused(world):
    finding = world.requested()
    printed = code(form(world, finding))
    world.do("closure_send_back", world.leader, finding, reason=REASON)
    finding = world.request(world.prove(world.file_evidence(finding, file=b"another receipt")))
    world.minute += 24 * 60
    with refused(finding, StandsOtherwiseError, "was printed for an earlier request of this finding"):
        on_paper(world, finding, held_on=TODAY + timedelta(days=1), form_code=printed)


@pytest.mark.parametrize("typed", ["ZG-1-1-AAAAAAAA", "ZG-1", "核验码", "ZG-01-1-AAAAAAAA"])
def test_a_code_that_was_never_printed_is_refused(world, typed):
    finding = world.requested()
    with refused(finding, InvalidFieldError, "No form was printed here with the code"):
        on_paper(world, finding, form_code=typed)


def test_a_paper_of_the_day_on_which_a_request_was_withdrawn_signs_no_later_one(world):
    finding = world.requested()
    world.do("closure_withdraw", world.handler, finding, reason=REASON)
    finding = world.request(finding)
    with refused(finding, StandsOtherwiseError, "an earlier request of this finding still stood"):
        on_paper(world, finding)
    assert finding.round == 1
    record = on_paper(world, finding, form_code=code(form(world, finding)))
    assert record.form_code


def test_another_day_tells_the_two_requests_of_a_round_apart(world):
    finding = world.requested()
    world.do("closure_withdraw", world.handler, finding, reason=REASON)
    finding = world.request(finding)
    world.minute += 24 * 60
    on_paper(world, finding, held_on=TODAY + timedelta(days=1))


def test_a_code_made_with_a_key_that_was_changed_since_is_still_read(world, settings):
    request = world.requested().closure_requests.get()
    made = code_of(request, 7)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key of the tests"
    assert code_read(made) == (made, request.pk)
    settings.SECRET_KEY_FALLBACKS = []
    assert code_read(made) is None


def test_a_number_with_signs_that_no_file_may_have_names_a_file_all_the_same(world):
    (finding,) = world.register(dataclasses.replace(STATED, number="二/(一)/1"))
    paper = closing_paper(world.clerk, [finding.pk], world.at())
    assert paper.name.startswith("销号申请单-二／(一)／1-2026-")
    assert paper.name.endswith(".docx")
