"""The examples are our own sentences; each page is decided as a whole."""

from __future__ import annotations

import random

import pytest

from reading import garble
from zhenggai.reading import read
from zhenggai.reading.restoring import injected, signs

CLEAN = (
    "根据县委统一部署,2023年4月13日至6月2日,县委第一巡察组对示例局党组进行了巡察。\n"
    "一、整改工作开展情况\n(一)高度重视,部署整改。局党组立即召开专题会议,研究制定整改方案,成立领导小组。\n"
    "(二)明确责任,落实整改。逐项细化整改措施、责任领导、责任部门、整改时限,确保件件有着落。\n"
    "1.关于学习不够深入的问题。整改情况:一是已组织学习4次(其中集中学习2次);二是修订制度3项。\n"
)


def noisy(text: str, *, mirror: bool = False) -> bool:
    return injected.is_noise(text, injected.find(text), signs.look(text), mirror=mirror)


def stripped(text: str) -> str:
    return injected.strip(text, injected.find(text))[0]


@pytest.mark.parametrize(
    ("printed", "plain"),
    [
        ("統(tǒng)一", "統一"),
        ("進行(háng)了", "進行了"),
        ("均(jun1)須", "均須"),
        ("會(huì )議", "會議"),
        ("會( huì)議", "會議"),
        ("會（huì）議", "會議"),
        ("(擴(kuò)大)會", "(擴大)會"),
        ("(縣(區(qū)))", "(縣(區))"),
        ("的(de)了(le)", "的了"),
        ("女(nǚ)綠(lv4)", "女綠"),
        ("黨組認(r", "黨組認"),
        ("黨組認(rèn", "黨組認"),
        ("黨組認（r...", "黨組認..."),
        ("黨組認(r\n", "黨組認\n"),
    ],
)
def test_an_injected_reading_goes(printed: str, plain: str):
    assert stripped(printed) == plain


@pytest.mark.parametrize(
    "text",
    [
        "（一）加强领导",
        "(1)落实责任",
        "(2021—2025年)规划",
        "(〔2023〕90号)文件",
        "世卫组织(WHO)",
        "接口(API)文档",
        "重量(kg)",
        "办法(试行)",
        "人员名单(略)",
        "(黨辦 楊磊)",
        "安(an)字",
        "安(ān字",
        "(tǒng)一",
        "A(tǒng)一",
        "統(xiàn)一",
        "平台(app)上线",
        "党组认(x",
        "党组认(r之后还有很长的一段文字在这里没有结束所以不是截断而是别的什么东西吧",
    ],
)
def test_a_legitimate_bracket_stays(text: str):
    assert stripped(text) == text


def test_a_page_of_family_a_is_noise_and_comes_back():
    rng = random.Random(3)
    text = garble.annotate_some(garble.overdone(CLEAN), 0.09, rng)

    assert noisy(text)
    assert stripped(text) == garble.overdone(CLEAN)


@pytest.mark.parametrize("share", [0.1, 0.4, 0.9])
def test_a_page_of_family_b_is_noise_and_comes_back(share: float):
    rng = random.Random(5)
    text = garble.family_b(CLEAN, rng, share)

    assert noisy(text)
    assert stripped(text) == garble.family_b(CLEAN, rng, 0)


def test_traditional_letters_and_many_readings_suffice_without_other_signs():
    text = "巡察組(zǔ)到縣(xiàn)里,聽取黨(dǎng)組意見(jiàn)匯報,並查閱資料檔案,問題(tí)清單已經移交。" * 3

    assert signs.look(text).overdone == 0
    assert noisy(text)


def test_a_notice_already_simplified_keeps_its_noise_for_us_to_find():
    text = garble.annotate_some(CLEAN, 0.12, random.Random(11))

    assert noisy(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        CLEAN,
        # one gloss in a notice
        CLEAN + "示例村名中的“埗”字(埗(bù))读音已核。",
        # a children's reader: every character
        "".join(
            f"{char}({garble.readings_of(char)[0]})" for char in "春天來了小草從地下探出頭來花兒開了" * 3
        ),
        # glosses of an old poem
        "蒹葭（jiān jiā）苍苍，白露为霜。学而时习之，不亦说（yuè）乎？行走（xíng）于此。（Lè）姓源流。",
        # a dictionary, Simplified and Traditional
        "【行】行(xíng)：走。行(háng)：行列。\n【长】长(cháng)：不短。长(zhǎng)：生长。\n【重】重(zhòng)：分量大。重(chóng)：再。\n",
        "「行」讀作行(xíng)，又音行(háng)。「長」讀作長(cháng)，又音長(zhǎng)。「會」讀作會(huì)，又音會(kuài)。",
        # a text on phonetics
        "声母与韵母：八(bā)、拔(bá)、把(bǎ)、爸(bà)的声调不同，拼音要标调；“chōng”字读音有二。",
        # Taiwan and Hong Kong, with a gloss
        "本局於去年檢討業務後，對於幹部訓練與設備採購規範提出改善意見，並公佈於網站；「埔里」的埔(pǔ)字常被誤讀。",
        # Japanese
        "経済(jīng)の発展(fā)と総合(zǒng)的な取り組みについて、実施(shí)計画をまとめました。これからも続けます。",
        # quoted single characters in Traditional
        "「發」(fā)、「髮」(fà)與「國」(guó)、「學」(xué)等字，請辨別寫法。" * 2,
        # few readings far apart, between words or inside them
        "黨組織的會議記錄與檔案，問題與對策。" * 60 + "各縣(xiàn)級學(xué)校圖(tú)書實(shí)驗室",
        "黨組織的會議記錄與檔案，問題與對策。" * 60 + "縣(xiàn)級單位，學(xué)校，圖(tú)書，實(shí)驗。",
    ],
)
def test_a_genuine_text_is_no_noise(text: str):
    assert not noisy(text)


def test_another_sign_of_a_mirror_needs_only_two_readings():
    text = "示例局黨組根據(jù)反饋意見(jiàn)制定了整改方案。"

    assert not noisy(text)
    assert noisy(text, mirror=True)
    assert not noisy(text + "其中「著」讀作zhuó。", mirror=True)


def test_the_verdicts_of_a_huge_page_are_taken_from_a_part_of_it():
    text = garble.annotate_some(garble.overdone(CLEAN), 0.09, random.Random(3)) * 120

    assert noisy(text)


def test_what_was_removed_says_why():
    text = "統(tǒng)一部署,黨組認(r"
    _, spans = injected.strip(text, injected.find(text))

    assert [(change.start, change.end, change.why) for change in injected.as_changes(text, spans)] == [
        (1, 7, injected.WHY),
        (14, 16, injected.WHY_CUT),
    ]


def test_more_different_brackets_than_are_remembered_are_still_judged():
    different = "".join(f"{chr(code)}(zzz)" for code in range(0x4E00, 0x9E00))

    assert stripped(different + "統(tǒng)一組(zǔ)織統(tǒng)一") == different + "統一組織統一"


SHORT = (
    "中共云山县示例局党组关于巡察整改进展情况的通报\n1.学习不深入。\n整改情况：开展学习4次。\n整改进度：已完成。\n"
    "2.账目不清。\n整改情况：清查账目。\n整改进度：正在整改。\n"
)


@pytest.mark.parametrize("seed", range(30))
def test_a_short_notice_of_family_a_comes_back_whole(seed: int):
    rng = random.Random(seed)
    text = garble.annotate_some(garble.overdone(SHORT), 0.09, rng)

    assert [finding.title for finding in read(text).findings] == ["学习不深入", "账目不清"]
    assert not noisy(text) or stripped(text) == garble.overdone(SHORT)


def test_one_reading_is_noise_in_a_notice_of_the_mainland_in_traditional_letters():
    notice = "巡察整改情況通報\n1.學習不深入。\n整改情況：開展學習。\n整改進度：已完成。\n"

    assert noisy(notice.replace("深入", "深(shēn)入"))
    assert not noisy(notice)
    assert not noisy(notice.replace("整改", "改進").replace("巡察", "視察").replace("深入", "深(shēn)入"))


def test_few_readings_are_noise_in_a_short_notice_where_no_author_would_give_any():
    easy = SHORT.replace("学习不", "学(xué)习(xí)不").replace("党组", "党(dǎng)组")
    rare = SHORT.replace("学习", "黉(hóng)学").replace("账目", "亹(mén)目").replace("清查", "埗(bù)查")

    assert noisy(easy)
    assert not noisy(rare)
    assert not noisy(easy + "局里开展工作，职工积极参加。" * 12)
    assert not noisy(SHORT.replace("学习", "“学(xué)”“习(xí)”").replace("党组", "“党(dǎng)”组"))


@pytest.mark.parametrize(("opened", "closed", "is_noise"), [("“", "”", False), ("", "", True)])
def test_what_a_traditional_page_quotes_from_the_mainland_makes_no_notice_of_it(
    opened: str, closed: str, is_noise: bool
):
    said = "縣委統一部署，巡察組對示例局黨組進行了巡察，整改情況予以通報，黨委認領。"
    told = f"講者引用一則公文：{opened}{said}{closed}後來逐句對照，於是兩者用字不同。"
    text = f"{told}發(fā)與髮(fà)，後(hòu)與后(hòu)。"

    assert noisy(text) is is_noise


def test_what_stands_on_a_traditional_page_in_simplified_letters_makes_no_notice_of_it():
    genuine = "於是兩者用字不同，學者們認為這個問題對國學關係重大。發(fā)與髮(fà)，後(hòu)與后(hòu)。\n"
    table = "责任单位：党委办，审计发现问题整改。\n隐患：巡察组组长责任单位。\n"

    assert not noisy(genuine * 2 + table)


def test_easy_letters_with_readings_are_noise_where_a_traditional_page_speaks_of_the_mainland():
    lines = "問(wèn)：停車區還不多，整改了嗎。\n問(wèn)：單位結了嗎。\n問(wèn)：這個會議開了嗎。\n"
    elsewhere = lines.replace("整改", "改善")

    assert (noisy(lines), noisy(elsewhere)) == (True, False)
