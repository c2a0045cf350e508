"""Notices of the mainland that are printed in Traditional letters throughout."""

from __future__ import annotations

from zhenggai.domain.reading import DocumentKind, StatedProgress
from zhenggai.reading import read
from zhenggai.reading.interpreting.traditional import simplified_twin

NOTICE = """中共松嶺縣示例館黨組關於巡察
整改情況的通報
根據縣委統一部署，2030年3月1日至4月10日，縣委第二巡察組對縣示例館黨組進行了巡察，並於5月20日反饋了巡察意見。現將整改情況通報如下。
一、加強組織領導
成立領導小組，會議後制定方案，共整改問題2個。
二、關於反饋問題的整改情況
（一）關於展廳維護不及時的問題
責任領導：樣甲
責任單位：展覽部；協助單位：總務處
整改措施：1.更換展櫃，責任人：樣乙。2.修訂制度，責任人：樣丙。
整改情況：已完成整改。一是更換展櫃6個，
並清潔玻璃。二是修訂制度1項。
（二）關於幹部管理不嚴的問題
整改情況：正在整改。
1.修訂制度3項。
2.輪崗5人。
三、下一步打算
繼續抓好整改。聯繫電話：0999-8120049；地址：松嶺縣示例路6號
中共松嶺縣示例館黨組
2030年9月1日
"""


def test_it_is_read_and_every_wording_stays_as_printed():
    reading = read(NOTICE, explain=True)

    assert (reading.kind, reading.edits) == (DocumentKind.NOTICE, ())
    assert reading.text == NOTICE
    assert reading.title == "中共松嶺縣示例館黨組關於巡察整改情況的通報"
    assert (reading.organisation, reading.inspector) == ("中共松嶺縣示例館黨組", "縣委第二巡察組")
    first, second = reading.findings
    assert (first.title, first.lead_unit) == ("展廳維護不及時", "展覽部")
    assert first.stated_progress is StatedProgress.DONE
    assert second.result == "1.修訂制度3項。\n2.輪崗5人。"
    assert [item.text for item in first.actions] == ["更換展櫃6個，並清潔玻璃", "修訂制度1項"]
    assert [item.text for item in second.actions] == ["修訂制度3項", "輪崗5人"]
    for finding in reading.findings:
        for item in (*finding.measures, *finding.actions):
            assert item.span.of(reading.text).replace("\n", "") == item.text
    assert "".join(part.span.of(reading.text) for part in reading.parts) == reading.text
    assert all(unread.text in reading.text for unread in reading.unread)


def test_its_twin_has_the_same_places():
    twin = simplified_twin(NOTICE)

    assert twin is not None
    assert len(twin) == len(NOTICE)
    assert "关于展厅维护不及时的问题" in twin


def test_other_pages_have_none():
    assert (
        simplified_twin(
            NOTICE.replace("關", "关").translate(str.maketrans("於問題縣領導黨組", "于问题县领导党组"))
        )
        is None
    )
    assert simplified_twin("整改巡察督察組が關於問題縣") is None
    assert simplified_twin("環境保護署關於廢物管理問題的報告") is None


def test_a_japanese_quotation_is_no_japanese_text_and_stays():
    quoting = NOTICE.replace("展櫃6個", "展櫃6個、說明牌“学校の規則を守りましょう。”")

    reading = read(quoting)

    assert simplified_twin(quoting) is not None
    assert len(reading.findings) == 2
    assert "说明牌“学校の規則" not in reading.text
    assert simplified_twin("整改、巡察、關於問題、黨組の整改について、巡察の領導を行う。") is None


def test_the_words_of_a_report_on_what_was_improved_are_enough():
    (finding,) = read(
        "示例機關內部稽核缺失改善情形\n一、採購不符規定\n缺失情形：8件未依規定辦理驗收。\n改善情形：已補辦驗收。\n"
    ).findings

    assert (finding.title, finding.problem, finding.result) == (
        "採購不符規定",
        "8件未依規定辦理驗收。",
        "已補辦驗收。",
    )
