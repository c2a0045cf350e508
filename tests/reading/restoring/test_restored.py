from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reading import garble
from zhenggai.domain.spans import EditKind
from zhenggai.reading.decode import decode, from_text
from zhenggai.reading.restoring import restore

CLEAN = (
    "中共示例局党组关于巡察整改情况的通报\n"
    "根据县委统一部署,2023年4月13日至6月2日,县委第一巡察组对示例局党组进行了巡察。现将整改情况予以公布。\n"
    "一、整改工作开展情况\n(一)高度重视,全面部署。局党组立即召开专题会议,制定整改方案,机制健全,做到件件有着落。\n"
    "(二)明确责任,落实整改。若干干部组成系统工作组,细化措施、责任领导、责任单位、整改时限(2023—2024年)。\n"
    "二、整改落实情况\n1.关于学习不够深入的问题。整改情况:一是已组织学习4次;二是聘请心理咨询师,开展历史课教研。\n"
    "整改进度:整改完成,长期坚持。\n2.关于“三重一大”制度执行不严的问题。整改情况:已修订议事规则(试行),印发〔2023〕9号文件。\n"
)
UNTOUCHED = {
    "simplified": CLEAN,
    "full width": CLEAN.translate(str.maketrans(",:;()", "，：；（）")),
    "taiwan": (
        "縣政府於會後公布計畫，對於幹部訓練、採購規範與關係人迴避，皆已制定辦法；資訊系統設備亦準備妥當。\n"
    )
    * 3,
    "hong kong": (
        "特區政府於會後公布計劃，對於公務員培訓、採購規範及利益關係，均已制定辦法，裏面列明各部門責任。\n"
    )
    * 3,
    "japanese": (
        "総務省は、経済の発展に関する計画を発表し、関係機関と協議の後、実施（じっし）することを決めた。\n"
    )
    * 3,
    "dictionary": (
        "【行】行(xíng)：走。行(háng)：行列。\n【长】长(chán"
        "g)：不短。长(zhǎng)：生长。\n【重】重(chóng)：再。\n"
    ),
    "reader": (
        "春(chūn)天(tiān)来(lái)了(le)，小(xiǎo)草(cǎo)从(cóng)地(dì)下(xià)探(tàn)出(chū)头(tóu)来(lái)。\n"
    )
    * 2,
    "traditional reader": (
        "春(chūn)天(tiān)來(lái)了(le)，小(xiǎo)草(cǎo)從(cóng)地(dì)下(xià)探(tàn)出(chū)頭(tóu)來(lái)。\n"
    )
    * 2,
    "phonetics": "声母与韵母：八(bā)、拔(bá)、把(bǎ)、爸(bà)的声调不同，拼音要标调；“chōng”字读音有二。\n",
    "gloss": "学而时习之，不亦说（yuè）乎？蒹葭（jiān jiā）苍苍，行走（xíng）。（Lè）姓源流。\n",
    "questions": "整改到位了吗?还有哪些问题??如何解决?!请各单位研究。\n",
    "english": "What is done? Who did it?, and (why) not.\n",
    "redaction": "示例局(略)干部张**、李某，金额***万元。\n",
    "csv": "问题,,整改措施,责任领导,,时限\n示例问题,,示例措施,张示例,,2024年6月\n",
}


@pytest.mark.parametrize("name", UNTOUCHED)
def test_a_text_without_noise_is_not_changed(name: str):
    restored = restore(from_text(UNTOUCHED[name], name=name))

    assert restored.text == UNTOUCHED[name]
    assert list(restored.edits) == []
    assert not any(step.on or step.count for step in restored.report)
    assert dict(restored.facts) == {}


@pytest.mark.parametrize("seed", range(5))
def test_family_a_comes_back_whole(seed: int):
    spoiled = garble.family_a(CLEAN.rstrip("\n"), random.Random(seed))

    restored = restore(from_text(spoiled, name="a"))

    assert restored.text == CLEAN.rstrip("\n")
    assert restored.unapply() == spoiled
    assert dict(restored.facts) == {"published_on": "2024-03-28", "published_source": "source_line"}
    assert {step.step: step.on for step in restored.report if step.step != "readings_inside_furniture"} == {
        "layout": False,
        "bytes": False,
        "furniture": True,
        "readings": True,
        "punctuation": False,
        "script": True,
    }


@pytest.mark.parametrize("share", [0.0, 0.05, 0.3, 1.0])
def test_family_b_comes_back_whole_at_any_density(share: float):
    spoiled = garble.family_b(CLEAN, random.Random(7), share)

    restored = restore(from_text(spoiled, name="b"))

    assert restored.text == CLEAN
    assert restored.unapply() == spoiled


def test_noise_of_every_kind_on_one_page():
    clean = CLEAN.translate(str.maketrans(",:;()", "，：；（）")).replace("\n", "\n　　")
    letters = garble.annotated_letters(clean, random.Random(2), 0.3)
    spoiled = "国产精品 一区二区 久久久\n" + garble.damaged(clean, letters).replace("巡察组,", "巡察组,,")

    restored = restore(from_text(spoiled, name="b"))

    assert restored.unapply() == spoiled
    assert "国产" not in restored.text
    assert not any(edit.before == edit.after for edit in restored.edits if edit.kind is not EditKind.FLAG)


@pytest.mark.parametrize(
    "spoiled", [garble.family_a(CLEAN, random.Random(1)), garble.family_b(CLEAN, random.Random(1))]
)
def test_places_are_found_in_both_directions(spoiled: str):
    restored = restore(from_text(spoiled, name="x"))

    for word in ("件件", "咨询", "〔2023〕9号", "县委"):
        here = restored.text.index(word)
        there = restored.to_decoded(here)
        assert restored.to_restored(there) == here
        assert restored.decoded.text[there] in garble.mainland(word[0]) + garble.overdone(word[0]) + word[0]


def test_places_at_the_borders_of_edits():
    restored = restore(from_text(garble.family_b(CLEAN, random.Random(1)), name="x"))
    decoded = restored.decoded.text

    assert restored.to_decoded(0) == 0
    assert restored.to_restored(0) == 0
    assert restored.to_decoded(len(restored.text)) == len(decoded)
    assert restored.to_restored(len(decoded)) == len(restored.text)
    removed = next(edit for edit in restored.edits if edit.kind is EditKind.READING)
    inside = {restored.to_restored(place) for place in range(removed.span.start, removed.span.end + 1)}
    assert len(inside) == 1
    nothing = restore(from_text(CLEAN, name="x"))
    assert (nothing.to_decoded(5), nothing.to_restored(5)) == (5, 5)


def test_undecodable_bytes_stay_among_the_edits():
    data = garble.family_b(CLEAN, random.Random(1)).encode() + "尾".encode()[:2]

    restored = restore(decode(data, name="x"))

    assert restored.text.endswith("\ufffd")
    assert restored.edits[-1].why.endswith("e5 b0")
    assert restored.unapply() == restored.decoded.text


NOISE = st.sampled_from(
    [
        *"整改黨組進行會議巡察后於干発の,，。；?!(（)）1 \n\r",
        "統(tǒng)一",
        "(huì)",
        "?,F",
        "?。ㄒ唬┚C",
        "来源时间为:2024-03-28\n",
        "\n文章來源於:http://example.com",
        "<br>",
        "&nbsp;",
        ",,",
        "，。",
        "2021915日",
        "全麵製定",
        "對于規范",
        "\n????一、",
        "浏览量：3\n",
        "著力",
        "\ufffd",
        "𠮷",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(NOISE, min_size=1, max_size=40), st.sampled_from(["", "b", "a"]))
def test_the_decoded_text_can_always_be_rebuilt(pieces: list[str], family: str):
    noise = "".join(pieces)
    page = {
        "": noise,
        "a": garble.family_a(CLEAN + noise, random.Random(1)),
        "b": garble.family_b(CLEAN, random.Random(1)) + noise,
    }[family]
    if not page.strip():
        return

    decoded = from_text(page, name="x")
    restored = restore(decoded)
    assert decoded.to_bytes() == page.encode()
    page = decoded.text

    assert restored.unapply() == page
    edits = list(restored.edits)
    assert all(one.span.end <= two.span.start for one, two in itertools.pairwise(edits))
    assert all(edit.before == edit.span.of(page) for edit in edits)
    for place in range(0, len(restored.text), 7):
        assert 0 <= restored.to_decoded(place) <= len(page)


@settings(max_examples=150, deadline=None)
@given(st.text(min_size=1).filter(str.strip))
def test_any_text_is_survived(text: str):
    restored = restore(from_text(text, name="x"))

    assert restored.unapply() == restored.decoded.text
