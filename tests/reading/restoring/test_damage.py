"""Damage is made by the forward model (``gbk_bytes.printed``) and by hand from its description."""

from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reading import garble
from zhenggai.domain.spans import EditKind
from zhenggai.reading.restoring import damage, injected, signs
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
    assert all(one.end <= two.start for one, two in itertools.pairwise(changes))
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
    raw = "領域專項巡察".encode("gbk")
    for char, reading in (("驅", "qū"), ("項", "xiàng")):
        raw = raw.replace(char.encode("gbk"), f"{char}({reading})".encode("gbk"))

    assert printed(raw) == "領域?qū)m?xiàng)巡察"


@pytest.mark.parametrize(
    ("print_", "original"),
    [
        ("整改?,F(xiàn)將整改情況", "整改。現(xiàn)將整改情況"),
        ("整改？,F將", "整改？,F將"),
        ("整改?，F將整改", "整改。現將整改"),
        ("𠮷?,F將", "𠮷。現將"),
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


def test_the_same_damage_is_undone_wherever_it_recurs():
    assert mended(PAGE + "整改?,F將公布\n" * 3) == PAGE + "整改。現將公布\n" * 3


def test_half_a_character_at_the_end_of_a_line_is_put_back():
    line = "各股室、學校和直屬單位的工作"

    assert mended(f"{PAGE}{printed(line.encode('gbk'))}\n").endswith(f"{line}\n")


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


@pytest.mark.parametrize(("seed", "share"), [(0, 0.0), (1, 0.2), (2, 0.5), (3, 0.5), (4, 0.9), (5, 1.0)])
def test_a_page_damaged_by_the_model_comes_back_but_for_what_is_flagged(seed: int, share: float):
    letters = garble.annotated_letters(CLEAN, random.Random(seed), share)
    spoiled = garble.damaged(CLEAN, letters)

    plain = mended(spoiled)

    bare = folded(injected.strip(plain, injected.find(plain))[0]).split("\n")
    wanted = folded(garble.mainland(CLEAN)).split("\n")
    assert all(line == whole or "?" in line for line, whole in zip(bare, wanted, strict=True))
    assert sum(line == whole for line, whole in zip(bare, wanted, strict=True)) >= len(wanted) - 2


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


@pytest.mark.parametrize(
    "tail", ["?。\ue4c5\ue4c6", "?。𠮷", "?qū)", "é?。ǘ", "?。ㄒ", "?,", "?", "?shù)?shù)"]
)
def test_what_explains_nothing_is_flagged_or_left(tail: str):
    plain = mended(PAGE + tail)

    assert plain.startswith(PAGE)
    assert "?" in plain[len(PAGE) :]


def test_pairs_that_print_nothing_are_thought_of_for_the_first_signs_only():
    hard = "".join(f"\n?。ǘ╅_展第{number}項檢查" for number in range(80))

    plain = mended(PAGE + hard)

    assert plain.count("（二）開") > 0


def test_what_the_bytes_allow_but_no_words_support_is_flagged_behind():
    text = PAGE + printed("全體黨員。“碧螺春茶，甲".encode("gbk")) + "\n"

    _, changes = damage.mend(text, signs.look(text))

    assert {change.kind for change in changes} >= {EditKind.FLAG}
    assert not damage.is_open([change for change in changes if change.why == damage.WHY_UNSURE])


@pytest.mark.parametrize("line", ["　（一）鹌鹑鹧鸪孔雀，", "　（二）蜻蜓蝴蝶，甲"])
def test_on_a_simplified_page_words_that_no_one_knows_are_not_put_back(line: str):
    text = f"党组认真学习。\n{printed(line.encode('gbk'))}\n"

    assert mended(text) == text


def test_a_doubled_mark_before_a_letter_is_flagged_where_other_damage_was_mended():
    page = "縣委組織學習，聽取匯報，查閱資料。領導小組對各個領域開展專項檢查，問題已經解決。\n"
    text = f"第一{printed('粒扣子”，處理'.encode('gbk')[1:])}\n{page}整改?,F將整改情況\n"
    seen = signs.look(text)

    _, changes = damage.mend(text, seen)

    assert not seen.is_mirror_script
    assert damage.is_evidence(changes)
    assert [change.start for change in changes if change.why == damage.WHY_LOST]


def test_a_doubled_mark_before_a_letter_is_flagged_on_a_mirrors_page():
    text = PAGE + "第一??中印"

    _, changes = damage.mend(text, signs.look(text))

    assert damage.WHY_LOST in {change.why for change in changes}


def test_letters_out_of_step_whose_question_mark_is_gone_are_flagged():
    lost = ["整改，F(xiàn)將", "領域qū)m巡察", "。ㄒ唬┚C合"]
    text = PAGE + "\n".join(lost)

    plain, changes = damage.mend(text, signs.look(text))

    assert plain == text
    assert [text[change.start : change.end] for change in changes] == ["F", "qū)", "ㄒ"]
    assert {change.kind for change in changes} == {EditKind.FLAG}
    assert damage.mend("党组整改，F(xiàn)將", signs.look("党组整改，F(xiàn)將"))[1] == []


@pytest.mark.parametrize(
    "text", ["會議記錄(共kg)數", "會議（釋義yì)說", "會議(說明yì)數", "縣ㄒ)裡", "黨章A(xiàn)"]
)
def test_what_only_looks_like_half_a_reading_is_not_flagged(text: str):
    assert damage.mend(PAGE + text, signs.look(PAGE + text))[1] == []


def test_indents_are_seen_behind_leaked_tags():
    assert mended("<p>????一、整改</p>\n<p>????二、落实</p>") == "<p>　　一、整改</p>\n<p>　　二、落实</p>"


def test_marks_of_a_question_are_no_evidence_of_a_mirror():
    assert not damage.is_evidence(damage.mend(PAGE + "這是?、那是", signs.look(PAGE))[1])
    assert damage.is_evidence(damage.mend(PAGE + "整改?,F將整改", signs.look(PAGE))[1])
