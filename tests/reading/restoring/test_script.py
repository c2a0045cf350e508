from __future__ import annotations

import pytest
from opencc import OpenCC

from reading.pages import CLEAN
from zhenggai.reading.garbling import spelling
from zhenggai.reading.restoring import script, signs

FAMILY_A = "製定了全麵的整改方案,機製健全,中學曆史教研員若幹次培訓,谘詢疏導,係統推進,批複下發,黨組織負責。"
FAMILY_B = "黨組織領導干部會議后續問題,對于規范管理,采取措施,余人次,標准化,關系群眾,學習貫徹。"
TAIWAN = (
    "縣政府於會後公布計畫，對於幹部訓練、採購規範與關係人迴避，"
    "皆已制定辦法；總統與部長亦參與討論，資訊系統設備準備妥當。"
)
HONG_KONG = (
    "特區政府於會後公布計劃，對於公務員培訓、採購規範及利益關係"
    "，均已制定辦法，裏面列明各部門責任，並設投訴渠道，業務開展。"
)
JAPANESE = (
    "総務省は、経済の発展に関する計画を発表し、関係機関と協議の後、実施することを決めた。対応は国と県が行う。"
)


@pytest.mark.parametrize("text", [FAMILY_A, FAMILY_B, FAMILY_A * 5000])
def test_a_mirror_is_told_by_its_spelling(text: str):
    assert signs.look(text).is_mirror_script
    assert script.is_noise(signs.look(text), mirror=False)


@pytest.mark.parametrize(
    "text",
    [
        TAIWAN,
        HONG_KONG,
        JAPANESE,
        "整改工作已经完成，制度健全，干部队伍建设加强。",
        "“发”的繁体是“發”或“髮”，“后”与“後”不同，“干”与“幹”“乾”不同，党组织会议认真学习讨论了这些问题。",
        "太后與皇后，于姓之人，范氏與余氏，公里，若干，干涉。學會的問題與國際關係。",
        "",
    ],
)
def test_a_genuine_text_is_left_as_it_is(text: str):
    assert not signs.look(text).is_mirror_script
    assert not script.is_noise(signs.look(text), mirror=False)


def test_other_signs_of_a_mirror_turn_traditional_letters_only():
    assert script.is_noise(signs.look(TAIWAN), mirror=True)
    assert not script.is_noise(signs.look(JAPANESE), mirror=True)
    assert not script.is_noise(signs.look("整改工作已经完成。"), mirror=True)


def test_over_converted_words_come_back():
    assert script.simplify(FAMILY_A) == (
        "制定了全面的整改方案,机制健全,中学历史教研员若干次培训,咨询疏导,系统推进,批复下发,党组织负责。"
    )


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [
        ("件件有著落", "件件有着落"),
        ("存在著問題", "存在着问题"),
        ("著力解決", "着力解决"),
        ("著眼長遠，著手整改", "着眼长远，着手整改"),
        ("沿著隨著圍繞著", "沿着随着围绕着"),
        ("心理谘詢", "心理咨询"),
        ("為什麽", "为什么"),
        ("著作顯著，名著著名，原著編著，專著論著", "著作显著，名著著名，原著编著，专著论著"),
        ("《整改》，著者自序", "《整改》，著者自序"),
        ("土著", "土著"),
    ],
)
def test_zhu_and_zhe_are_told_apart_by_words(traditional: str, simplified: str):
    assert script.simplify(traditional) == simplified


@pytest.mark.parametrize("text", ["甲\n乙", "", "𠮷發\0國", "㑮\r\n發"])
def test_the_length_never_changes(text: str):
    assert len(script.simplify(text)) == len(text)


class _Longer:
    """An OpenCC whose phrases change their length, as a later version's may."""

    @staticmethod
    def convert(text: str) -> str:
        return text.replace("發展", "发展了").replace("發", "发").replace("𠮷", "吉吉").replace("國", "国")


def test_a_phrase_that_changes_its_length_is_taken_letter_by_letter(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(script, "_opencc", _Longer)

    assert script.simplify("發展𠮷\n國") == "发展𠮷\n国"


class _Wordy:
    """A style whose words are longer than those it replaces, as a later version's may be."""

    @staticmethod
    def convert(text: str) -> str:
        return text + "了"


def test_five_letters_that_words_never_have_tell_a_mirror_among_sixty():
    page = (
        "春天來臨，園丁們給樹苗澆水，孩子們在門前練習寫字。老師講授歷史課，學生記錄筆記，認真聽講。"
        "傍晚時，漁夫搖着小船歸來，岸邊鳥兒飛過。醫生給病人檢查身體，護士細心照顧。"
        "鄰居張師傅熱愛繪畫，常畫馬、魚、雞、鴨、龍、鳳。圖書館藏書豐富，讀者絡繹不絕。"
    )
    wrong = "皇後，頭發，見麵，山穀，公裏。"

    assert script.look_over(page + wrong, signs.look(page + wrong)).is_mirror_script
    assert not script.look_over(page + wrong[3:], signs.look(page + wrong[3:])).is_mirror_script
    # a genuine spelling beside them asks for more of them
    genuine = f"{page}{wrong}雨後來了晴天。"
    assert signs.look(genuine).genuine == 1
    assert not script.look_over(genuine, signs.look(genuine)).is_mirror_script


def test_lines_that_end_in_no_line_feed_are_simplified_each_by_itself():
    assert script.simplify_lines(["漢語\n", "歷史"]) == ["汉语\n", "历史"]
    assert script.simplify_lines(["漢語", "歷史\n"]) == ["汉语", "历史\n"]


def test_a_style_that_changes_the_length_tells_nothing(monkeypatch: pytest.MonkeyPatch):
    seen = signs.look(TAIWAN)
    monkeypatch.setattr(script, "_styles", lambda: (_Wordy(),))

    assert script.look_over(TAIWAN, seen) == seen


def test_runs_are_adjacent_letters_and_never_cross_a_cut():
    runs = script.runs("甲發展國乙會", "甲发展国乙会", [])

    assert [(run.start, run.end, run.after) for run in runs] == [(1, 2, "发"), (3, 4, "国"), (5, 6, "会")]
    assert [(run.start, run.end) for run in script.runs("發國會", "发国会", [1])] == [(0, 1), (1, 3)]
    assert script.runs("甲", "甲", [0]) == []


@pytest.mark.parametrize("rare", ["", "𠮷"])
def test_letters_that_differ_are_counted_whatever_plane_they_stand_in(rare: str) -> None:
    assert script.differing(f"會議{rare}記錄", f"会议{rare}记录") == 4


OVERDONE = {
    "制定": "製定",
    "机制": "機製",
    "控制": "控製",
    "全面": "全麵",
    "面对": "麵對",
    "系统": "係統 繫統",
    "关系": "關係 關繫",
    "联系": "聯係 聯繫",
    "历史": "曆史",
    "经历": "經曆",
    "干部": "幹部 乾部 榦部",
    "若干": "若幹 若乾",
    "干净": "幹淨 乾淨 幹凈",
    "复习": "複習 復習",
    "恢复": "恢複 恢復",
    "答复": "答複 答復",
    "咨询": "谘詢 諮詢",
    "着落": "著落",
    "落后": "落後",
    "太后": "太後",
    "这里": "這裡 這裏",
    "公里": "公裡 公裏",
    "沉郁": "沉鬱",
    "老板": "老闆",
    "一出": "一齣",
    "松懈": "鬆懈",
    "斗争": "鬥爭 鬦爭",
    "范围": "範圍",
    "征求": "徵求",
    "舍弃": "捨棄",
    "迂回": "迂迴",
    "标志": "標誌",
    "只要": "隻要 祇要 衹要",
    "为了": "為了 爲了",
    "什么": "什麽 什麼",
    "群众": "群眾 羣衆",
    "台账": "臺賬 檯賬 台賬",
    "准备": "準備",
    "余额": "餘額",
    "云计算": "雲計算",
    "了解": "瞭解",
    "借口": "藉口",
    "周报": "週報",
    "布置": "佈置",
    "占用": "佔用",
}


@pytest.mark.parametrize("name", CLEAN)
@pytest.mark.parametrize("config", ["s2t", "s2tw", "s2hk"])
@pytest.mark.parametrize("by_letter", [False, True])
def test_every_common_conversion_comes_back_whole(name: str, config: str, by_letter: bool):
    convert = OpenCC(config).convert
    clean = CLEAN[name]
    traditional = "".join(map(convert, clean)) if by_letter else convert(clean)

    assert script.simplify(traditional) == clean


@pytest.mark.parametrize("word", sorted(OVERDONE))
def test_every_over_converted_word_comes_back(word: str):
    for traditional in OVERDONE[word].split():
        assert script.simplify(traditional) == word


@pytest.mark.parametrize("simple", sorted(spelling.forms()))
def test_every_letter_that_a_mirror_may_choose_comes_back_beside_any_other(simple: str):
    for letter in spelling.forms()[simple]:
        assert script.simplify(f"局{letter}组") == f"局{simple}组"


@pytest.mark.parametrize(
    "kept",
    [
        # words in which these letters are Simplified already, and which no mirror makes of another word
        "乾坤 乾隆 宫商角徵羽 神祇 显著 著作 土著 慰藉 狼藉 瞭望 余味",
    ],
)
def test_letters_that_are_simplified_in_their_word_stay(kept: str):
    assert script.simplify(kept) == kept


def test_what_cannot_come_back_is_known():
    # A surname or a word that Simplified script writes with the rarer letter: the mirror's spelling hides it.
    assert script.simplify("王乾坤 李乾") == "王乾坤 李干"
    assert script.simplify("名著 著手") == "名著 着手"


def test_kana_in_a_quotation_make_no_japanese_page_and_their_letters_stay():
    page = "學校選用讀物“学校の会議で関連規則を実施する。”未經審核，會後整改；領導黨組開會學習。"

    assert not signs.look(page).is_japanese
    kept = signs.japanese_quotations(page)
    assert [page[start:end] for start, end in kept] == ["“学校の会議で関連規則を実施する。”"]
    simple = script.simplify_around(page, kept)
    assert "学校の会議で関連規則を実施する" in simple
    assert simple.startswith("学校选用读物")


def test_kana_all_over_make_a_japanese_page():
    assert signs.look(
        "県は監査の結果について、次のとおり措置を講じた。\n会計の処理が不適切であった。"
    ).is_japanese
    assert signs.japanese_quotations("整改“关于问题”的通报") == []
