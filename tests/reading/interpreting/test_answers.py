"""Where a problem ends and its answer begins, without a label between them."""

from __future__ import annotations

import pytest

from zhenggai.reading import read
from zhenggai.reading.interpreting.answers import answering, swallowed
from zhenggai.reading.interpreting.wrapped import is_wrapped

HEAD = (
    "中共示例局党组关于巡察整改情况的通报\n"
    "根据区委部署，区委第二巡察组对示例局开展了巡察。现将整改情况通报如下：\n"
)


def findings(body, head=HEAD):
    return read(head + body).findings


def apart(title):
    places = swallowed(title, 0, len(title))
    return None if places is None else (title[: places[0]], title[places[1] :])


@pytest.mark.parametrize(
    ("printed", "title", "answer"),
    [
        ("违规发放补贴的问题，已取消发放", "违规发放补贴的问题", "已取消发放"),
        ("制度不健全问题：制定制度3项", "制度不健全问题", "制定制度3项"),
        ("窗口服务差的问题已完成整改", "窗口服务差的问题", "已完成整改"),
        ("审批不全的问题，因人员调离，正在补办", "审批不全的问题", "因人员调离，正在补办"),
        ("食堂采购不规范——重新招标，建立台账", "食堂采购不规范", "重新招标，建立台账"),
        ("台账更新不及时，现已补登36条", "台账更新不及时", "现已补登36条"),
        (
            "信访积案化解不力的问题，造成多次上访，已化解3件",
            "信访积案化解不力的问题，造成多次上访",
            "已化解3件",
        ),
    ],
)
def test_a_title_ends_where_its_answer_begins(printed, title, answer):
    assert apart(printed) == (title, answer)


@pytest.mark.parametrize(
    "printed",
    [
        "违规发放补贴的问题，已造成不良影响",
        "房屋未办证的问题，因历史原因长期无人过问",
        "意识形态责任制不落实的问题，对干部教育管理不严",
        "合同到期未续签，已使用三年",
        "加强问题清单管理，已制定措施",
    ],
)
def test_a_title_that_goes_on_with_the_problem_is_whole(printed):
    assert apart(printed) is None


def test_feedback_has_no_answers_in_its_titles():
    (finding,) = findings(
        "一、党的领导方面\n1.违规发放补贴的问题，已多次整改不到位。\n",
        "中共云山县委第一巡察组关于巡察示例局党组的反馈意见\n",
    )

    assert finding.title == "违规发放补贴的问题，已多次整改不到位"


def test_what_was_done_before_the_label_of_results_is_a_result():
    text = "巡察组指出，示例局学习偏少。局党组对此高度重视，迅速召开会议。"

    assert answering(text, 0, len(text)) == text.index("局党组对此")
    assert answering("局党组对学习高度重视不够。未立即召开会议。", 0, 21) is None


def test_measures_may_be_what_was_done_before_their_label():
    (finding,) = findings(
        "1.关于用车不规范的问题\n收到反馈后，办公室立即研究。\n整改措施：修订制度。\n",
        "中共示例局党组关于巡察反馈意见的整改方案\n",
    )

    assert finding.problem is None
    assert [item.text for item in finding.measures] == ["收到反馈后，办公室立即研究", "修订制度"]


@pytest.mark.parametrize(
    ("before", "after", "wrapped"),
    [
        ("修订了制度，组织了集中学习，相关任务", "已完成", True),
        ("修订了制度，组织了集中学习，补课十二", "，已完成", True),
        ("组织集中学习12次，开展研讨交流4次", "已完成", False),
        ("修订了制度，组织了集中学习，补课12人。", "已完成", False),
        ("补课12人", "已完成", False),
    ],
)
def test_a_line_break_inside_a_sentence_shows_by_the_words_around_it(before, after, wrapped):
    assert is_wrapped(f"{before}\n{after}", len(before)) is wrapped


def test_a_line_break_inside_a_sentence_shows_by_the_width_of_the_lines_around_it():
    wide = "修订了学习制度，组织了集中学习，补课十二\n"
    listed = "整改情况：组织了集中学习，补课共十二人次\n"

    assert is_wrapped(wide * 2 + wide + "已完成", len(wide) * 3 - 1)
    assert not is_wrapped(listed * 2 + wide + "已完成", len(listed) * 2 + len(wide) - 1)


def test_a_first_line_broken_inside_its_sentence_is_no_status():
    (finding,) = findings("1.关于会议不规范的问题。整改情况：正在整改\n，预计年底前全部完成。\n")

    assert (finding.status_text, finding.result) == (None, "正在整改，预计年底前全部完成。")


def test_lines_with_a_dash_are_items_and_the_dash_is_none_of_their_words():
    dashed, one = findings(
        "一、关于学习不深入的问题\n整改情况：\n——修订制度1项。\n－集中学习12次。\n"
        "二、关于记录不全的问题\n整改情况：前期已核实。\n——补齐8份。\n——制定办法。\n"
    )

    assert [item.text for item in dashed.actions] == ["修订制度1项", "集中学习12次"]
    assert len(one.actions) == 1


@pytest.mark.parametrize("said", ["已完成，持续坚持", "整改完成并长期坚持", "已取得阶段性成效，持续推进"])
def test_the_last_clauses_may_be_a_status_of_two_words(said):
    (finding,) = findings(f"1.关于学习不深入的问题\n整改情况：开展学习12次，{said}。\n")

    assert (finding.status_text, finding.result) == (said, "开展学习12次")


@pytest.mark.parametrize("printed", ["食堂采购不规范——3家供应商未经招标", "健全采购制度——重新组织招标"])
def test_what_stands_behind_a_dash_may_go_on_with_the_problem_or_the_deed(printed):
    assert apart(printed) is None


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        ("完成内审5个，发现问题23个，均已整改到位。", None),
        ("检查中查出12处隐患，已全部整改完成。", None),
        ("开展学习12次，均已整改到位。", "均已整改到位"),
        ("完成内审5个，发现问题23个，已完成整改。", "已完成整改"),
    ],
)
def test_a_clause_on_things_that_were_found_is_no_status_of_the_finding(sentence, status):
    assert findings(f"1.内部监督乏力。\n整改情况：{sentence}\n")[0].status_text == status


@pytest.mark.parametrize(
    ("due", "day", "status"),
    [
        ("2033年3月底前，已完成", "2033-03-31", "已完成"),
        ("2033年3月底前； 正在整改。", "2033-03-31", "正在整改"),
        ("2033年3月底前，长期坚持", "2033-03-31", None),
        ("近期内完成，已完成", None, None),
    ],
)
def test_a_deadline_and_a_status_behind_one_label_are_apart(due, day, status):
    found = findings(f"1.内部监督乏力。\n整改情况：开展内审。\n完成时限：{due}\n")[0]

    assert (found.due_on.isoformat() if found.due_on else None, found.status_text) == (day, status)


def test_the_days_for_answers_are_no_part_of_the_last_finding():
    text = "1.监督乏力。开展内审。正在整改。\n公开期间：2033年10月8日至10月14日。监督电话：0000-5550190。\n"

    assert findings(text)[0].status_text == "正在整改"
