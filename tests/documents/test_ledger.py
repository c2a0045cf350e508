"""A ledger as CSV and JSON."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime

from zhenggai.documents.ledger import (
    LEDGER_HEADING,
    AfterwardsRow,
    ClosureRow,
    CriterionRow,
    DeadlineRow,
    EvidenceRow,
    LedgerRow,
    MeasureRow,
    ledger_csv,
    ledger_json,
)
from zhenggai.documents.words import DEADLINE_STATE_WORDS, NATURE_WORDS, PROGRESS_WORDS, STAGE_WORDS
from zhenggai.domain.closing import RequestState
from zhenggai.domain.lifecycle import Nature, Progress, Stage
from zhenggai.domain.reading import StatedNature, StatedProgress

AT = datetime(2026, 3, 2, 4, 5, tzinfo=UTC)
EVIDENCE = EvidenceRow(
    "凭证", "凭证.pdf", "a" * 64, "receipt", 1, "款已退", date(2026, 3, 1), "80.00", "经示例", AT, None, True
)
FULL = LedgerRow(
    id=7,
    position=1,
    number="一/1",
    theme="方面",
    group="大项",
    title="=cmd|' /C calc'!A1",
    problem="甲",
    organisation_label="",
    nature=Nature.TIME_BOUND,
    stage=Stage.CLOSED,
    progress=Progress.DONE,
    responsible_leader="领示例",
    lead_unit="示例股",
    supporting_units=("甲股", "乙股"),
    due=date(2026, 6, 30),
    first_due=date(2026, 6, 30),
    days_overdue=0,
    round=1,
    stated_status="整改完成，长期坚持",
    stated_progress=StatedProgress.DONE,
    stated_nature=StatedNature.LONG_TERM,
    stated_closed=True,
    stated_leader="张示例",
    stated_unit="示例股",
    stated_due="6月底前",
    stated_actions=("开会一次", "核对三年"),
    document="示例通报",
    restricted="lead",
    span=(3, 9),
    measures=(MeasureRow("核对", "stated", None, AT, "经示例", "已核"),),
    criteria=(CriterionRow("一致", True, "核示例", AT, 1, "看了"),),
    evidence=(EVIDENCE, replace(EVIDENCE, title="撤回的", withdrawn_at=AT)),
    requests=(),
    closures=(ClosureRow("closed", 1, AT, "", None),),
    afterwards=AfterwardsRow(successors=("一/1（反弹1）",), is_back=True, recheck_on=date(2026, 9, 1)),
)
BARE = replace(
    FULL,
    nature=None,
    stage=Stage.REGISTERED,
    progress=None,
    due=None,
    stated_progress=None,
    stated_nature=None,
    stated_closed=None,
    closures=(),
    title="乙",
)


def read(rows):
    text = b"".join(ledger_csv(rows)).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_closed_finding_is_one_row_under_chinese_headings():
    (row,) = read([FULL])
    assert tuple(row) == LEDGER_HEADING
    assert row["反馈问题"] == "'=cmd|' /C calc'!A1"
    assert row["环节"] == "已销号"
    assert row["是否销号"] == "是"
    assert row["销号时间"] == "2026-03-02"
    assert row["原件称已销号"] == "是"
    assert row["整改类型"] == "限期整改"
    assert row["原件所称类型"] == "长期坚持"
    assert row["配合单位"] == "甲股、乙股"
    assert row["原件所称整改情况"] == "开会一次\n核对三年"
    assert row["佐证材料"] == "凭证"


def test_what_is_not_known_is_an_empty_cell():
    (row,) = read([BARE])
    for name in ("整改类型", "整改进度", "完成时限", "销号时间", "原件所称进度", "原件称已销号"):
        assert row[name] == ""
    assert row["是否销号"] == "否"


def test_a_row_says_the_first_day_the_day_in_force_and_what_was_asked_about_it():
    asked = DeadlineRow(
        kind="extension",
        asked_on=date(2026, 6, 1),
        due_before=date(2026, 6, 30),
        new_due=date(2026, 9, 30),
        stage_goal="",
        recheck_on=None,
        reason="设备招标流标一次。",
        by="经示例",
        state="granted",
        signatures=(),
        decided_by="办示例",
        decided_reason="",
    )
    long_term = replace(asked, new_due=None, recheck_on=date(2027, 3, 1), state="sent_back")
    (row,) = read([replace(FULL, due=date(2026, 9, 30), deadline_requests=(asked, long_term))])
    assert (row["首次时限"], row["完成时限"], row["逾期天数"]) == ("2026-06-30", "2026-09-30", "0")
    assert row["期限申请"] == (
        "2026-06-01申请延期，由2026-06-30延至2026-09-30：已批准\n"
        "2026-06-01申请长期整改，首次回头看2027-03-01：已退回"
    )


def test_json_holds_everything():
    written = json.loads(b"".join(ledger_json({"title": "示例"}, [FULL, BARE])))
    assert written["schema"] == "zhenggai.ledger/1"
    assert written["inspection"] == {"title": "示例"}
    assert [each["stage"] for each in written["findings"]] == ["closed", "registered"]
    assert written["findings"][0]["evidence"][1]["withdrawn_at"] is not None
    assert written["findings"][0]["span"] == [3, 9]


def test_every_value_has_its_word():
    assert set(DEADLINE_STATE_WORDS) == set(RequestState)
    assert set(STAGE_WORDS) == set(Stage)
    assert set(NATURE_WORDS) == set(Nature) | set(StatedNature)
    assert set(PROGRESS_WORDS) == set(Progress) | set(StatedProgress)


def test_what_came_back_is_said_of_origin_and_successor():
    said = [
        each.words
        for each in (
            AfterwardsRow(),
            AfterwardsRow(origin="一/1", rebound=1),
            AfterwardsRow(successors=("一/1（反弹1）", "一/1（反弹2）"), is_back=True),
            AfterwardsRow(successors=("一/1（反弹1）",)),
        )
    ]
    assert said == ["", "反弹自一/1", "已反弹：一/1（反弹1）、一/1（反弹2）", "曾反弹：一/1（反弹1）"]


def test_of_work_in_a_later_stage_no_day_of_closing_is_said():
    (open_again,) = read([replace(FULL, stage=Stage.RECTIFYING)])
    assert (open_again["是否销号"], open_again["销号时间"]) == ("否", "")


def test_evidence_is_cited_with_its_number_and_its_issuer_as_far_as_it_has_them():
    cited = (
        replace(
            EVIDENCE,
            document_number="云示纪〔2026〕7号",
            issuer="云山县示例局",
            people=(("张某某", "admonition"),),
        ),
        replace(EVIDENCE, issuer="示例银行"),
        EVIDENCE,
    )
    text = b"".join(ledger_csv([replace(FULL, evidence=cited)])).decode("utf-8-sig")
    assert "凭证（云示纪〔2026〕7号，云山县示例局）\n凭证（示例银行）\n凭证" in text
    assert "张某某" not in text
