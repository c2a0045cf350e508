"""Damage is made by the forward model (``gbk_bytes.printed``) and by hand from its description."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reading import garble
from zhenggai.domain.spans import EditKind
from zhenggai.reading.restoring import damage, signs
from zhenggai.reading.restoring.edits import apply
from zhenggai.reading.restoring.gbk_bytes import folded, printed

PAGE = (
    "根據縣委統一部署，縣委第一巡察組對示例局黨組進行了巡察，聽取匯報，查閱資料。關于整改后的問題，干部應當學習規范。"
    "現將整改情況予以公布。領導小組對各個領域開展專項檢查，責任落實到位，學校和公安機關積極配合。\n"
)
CLEAN = (
    "　　根据县委统一部署，县委第一巡察组对示例局党组进行了巡察，听取汇报，查阅资料。现将整改情况予以公布。\n"
    "　　（一）落实责任，加强领导。“三重一大”事项由党组集体研究决定。《议事规则》已修订。\n"
    "　　（二）开展专项检查，问题整改到位。县委督查组要求，责任单位逐项销号！\n"
    "　　（三）学校、社区共同参与，公安机关积极配合：一是建立清单；二是明确责任。\n"
    "　　（四）加强学习。（五）完善制度。（六）强化监督。\n"
    "　　（七）综合治理。（八）长效机制。（九）经费保障。（十）总结经验。\n"
)


def mended(text: str) -> str:
    plain, changes = damage.mend(text, signs.look(text))
    assert plain == apply(text, changes)
    assert all(one.end <= two.start for one, two in zip(changes, changes[1:], strict=False))
    return plain


@pytest.mark.parametrize(
    ("original", "print_"),
    [
        ("整改。現將", "整改?,F將"),
        ("匯報。縣委", "匯報??h委"),
        ("　（一）綜合", "?。ㄒ唬┚C合"),
        ("　（2016年", "?。?016年"),
        ("，（一）", ",(一)"),
        ("改。“整", "改?!罢?"),
        ("AB", "AB"),
    ],
)
def test_the_model_prints_what_mirrors_print(original: str, print_: str):
    assert printed(original.encode("gbk")) == print_


def test_the_model_swallows_a_bracket_behind_half_a_character():
    raw = "領域".encode("gbk") + b"\x8c(q\xa8\xb1)\xa3" + "項巡察".encode("gbk")

    assert printed(raw) == "領域?qū)m?椦膊?"


@pytest.mark.parametrize(
    ("print_", "original"),
    [
        ("整改?,F(xiàn)將整改情況", "整改。現(xiàn)將整改情況"),
        ("整改？,F將", "整改？,F將"),
        ("整改?，F將整改", "整改。現將整改"),
        ("聽取匯報??h委巡察組", "聽取匯報。縣委巡察組"),
        ("\n?。ㄒ唬┚C合", "\n　（一）綜合"),
        ("各個領域?qū)m?xiàng)巡察", "各個領域專項巡察"),
        ("釘?shù)轿?,錘子", "釘到位,錘子"),
        ("在當(dāng)?shù)氐玫饺嫱茝V", "在當(dāng)地得到全面推廣"),
        ("“一鄉一?!闭咴诋?dāng)?shù)氐玫饺嫱茝V", "“一鄉一校”政策在當地得到全面推廣"),
    ],
)
def test_damage_that_the_bytes_explain_is_undone(print_: str, original: str):
    assert mended(PAGE + print_ + PAGE) == PAGE + original + PAGE


def test_a_swallowed_digit_is_flagged_and_never_guessed():
    text = PAGE + "?。?016年11月26日)"

    plain, changes = damage.mend(text, signs.look(text))

    assert plain == PAGE + "　（?016年11月26日)"
    assert [(change.kind, change.after) for change in changes] == [
        (EditKind.BYTES, "　（"),
        (EditKind.FLAG, "?"),
    ]
    assert changes[-1].why == damage.WHY_LOST


def test_two_equally_likely_originals_leave_a_flag():
    text = PAGE + "這是?、那是"

    plain, changes = damage.mend(text, signs.look(text))

    assert plain == text
    assert [change.kind for change in changes] == [EditKind.FLAG]


def test_a_last_character_that_may_be_several_is_flagged_behind_what_is_certain():
    text = PAGE + printed("二、整改。“整改一遍，再改".encode("gbk")[:-2]) + "\n"

    plain, changes = damage.mend(text, signs.look(text))

    assert "整改。“整改一" in plain
    assert {change.kind for change in changes} <= {EditKind.BYTES, EditKind.FLAG}


@pytest.mark.parametrize(
    "text",
    [
        "整改到位了吗?",
        "真的吗??好的。",
        "什么?!他说。",
        "為什麼?!這個問題、那個問題,學習會議黨組。",
        "是否?,不知道",
        "what?, who?; (well)",
        "真的?\n（一）是",
        "问题?：如下",
    ],
)
def test_an_honest_question_mark_stays(text: str):
    assert mended(text) == text


def test_on_a_simplified_page_only_what_can_be_undone_is_touched():
    clean = "党组认真整改。\n　（一）综合治理。\n"

    assert mended(printed(clean.encode("gbk"))) == folded(clean).replace("(", "（").replace(")", "）")
    assert mended("不详?，待查") == "不详?，待查"


def test_lost_indents_come_back_where_they_recur():
    assert mended("????一、整改\n????二、落实\n真的????") == "　　一、整改\n　　二、落实\n真的????"
    assert mended("??真的吗") == "??真的吗"


def test_an_indent_and_damage_do_not_meet_twice():
    text = PAGE + "????一、整改\n??。ㄒ唬┚C合\n????二、落實\n"

    assert "　　一、整改\n" in mended(text)


@pytest.mark.parametrize("seed", range(6))
def test_a_page_damaged_by_the_model_comes_back_but_for_what_is_flagged(seed: int):
    rng = random.Random(seed)
    letters = garble.annotated_letters(CLEAN, rng, 0.5)
    whole = garble.mainland(CLEAN)
    spoiled = garble.damaged(CLEAN, letters)

    plain = mended(spoiled)

    from zhenggai.reading.restoring import injected

    bare = injected.strip(plain, injected.find(plain))[0]
    for line, wanted in zip(folded(bare).split("\n"), folded(whole).split("\n"), strict=True):
        assert line == wanted or "?" in line


def test_what_the_model_needs_no_language_for_is_exact():
    plain = mended(garble.damaged(CLEAN, {}))

    assert folded(plain) == folded(garble.mainland(CLEAN))


def test_a_page_with_more_signs_than_are_looked_into_ends_in_flags():
    text = (
        "".join(f"黨組學習會議{chr(0x4E00 + number * 7)}?,F將第{number}個問題。" for number in range(700))
        + PAGE
    )

    plain, changes = damage.mend(text, signs.look(text))

    assert "。現將第0個問題" in plain
    assert changes[-1].kind is EditKind.FLAG


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [*"?？,，。！!：；、(（)整改現一二三", "ㄒ唬", "qū)", "F", "h", "\n", "\ue4c5", "𠮷", "é"]
        ),
        max_size=20,
    )
)
def test_any_mess_is_survived_and_accounted_for(pieces: list[str]):
    text = PAGE + "".join(pieces)

    mended(text)


def test_private_use_characters_stand_for_their_bytes():
    text = PAGE + "\n?。ǘ\ue4c5" + "┘訌娊逃\n"

    assert isinstance(mended(text), str)
