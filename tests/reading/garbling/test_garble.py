"""What the noise generator does, kind by kind; its deeds say everything."""

from __future__ import annotations

import random

import pytest

from reading.pages import CLEAN
from zhenggai.reading.garbling import USUAL, Family, Garbled, Noise, annotating, cutting, garble, spelling
from zhenggai.reading.garbling.noise import Ledger, Page, Row
from zhenggai.reading.restoring.gbk_bytes import printed

EVERY = frozenset(Noise)
REPORT, PLAN, NARROW = CLEAN["report"], CLEAN["plan"], CLEAN["narrow"]


def only(kind: Noise, text: str, family: Family = Family.B, seed: int = 1) -> Garbled:
    return garble(text, family=family, kinds=[kind], seed=seed)


def kinds(garbled: Garbled) -> set[Noise]:
    return {deed.kind for deed in garbled.deeds}


@pytest.mark.parametrize("family", list(Family))
def test_the_same_seed_makes_the_same_noise_and_another_one_another(family: Family):
    once, again, other = (garble(REPORT, family=family, kinds=EVERY, seed=seed) for seed in (3, 3, 4))

    assert once == again
    assert once.text != other.text


@pytest.mark.parametrize("family", list(Family))
def test_no_kind_of_noise_leaves_the_text(family: Family):
    assert garble(REPORT, family=family, kinds=[]) == Garbled(REPORT, ())
    assert garble("", family=family, kinds=[Noise.WRAP, Noise.COUNTERS]).text == ""


@pytest.mark.parametrize("name", CLEAN)
@pytest.mark.parametrize("family", list(Family))
def test_every_kind_that_changes_something_is_written_down(name: str, family: Family):
    garbled = garble(CLEAN[name], family=family, kinds=EVERY, seed=2)

    assert {Noise.SCRIPT, Noise.READINGS, Noise.FURNITURE, Noise.SPAM, Noise.LINKS, Noise.PORTAL} <= kinds(
        garbled
    )
    assert {Noise.WRAP, Noise.MARKUP} <= kinds(garbled)
    assert (Noise.DAMAGE in kinds(garbled)) <= (family is Family.B)
    assert all(deed.times >= 1 and deed.before != deed.after for deed in garbled.deeds)


def test_family_a_spells_as_no_genuine_text_does():
    text = garble("制定全面系统历史干部复习咨询着落" * 9, kinds=[Noise.SCRIPT], seed=0).text

    assert sum(letter in text for letter in "製麵係曆幹複谘著") >= 4


def test_family_b_keeps_the_letters_that_mirrors_keep():
    assert only(Noise.SCRIPT, "后于干里云范征采余只系的发展会议为群众件件有着落A1").text == (
        "后于干里云范征采余只系的發展會議為群眾件件有著落A1"
    )


def test_every_letter_that_family_a_may_choose_comes_back():
    assert "製" in spelling.forms()["制"]
    assert set(spelling.forms()["复"]) >= {"複", "復"}


def test_family_b_annotates_a_letter_everywhere_or_nowhere():
    garbled = only(Noise.READINGS, "發展會議，發展會議，一著", seed=2)

    for letter in "發展會議":
        assert garbled.text.count(f"{letter}(") in {0, 2}
    assert garble("發一著", family=Family.B, kinds=[Noise.READINGS], share=1).text.count("(") == 2
    assert {deed.times for deed in garbled.deeds if deed.before != "著"} == {2}


def test_family_a_annotates_any_character_that_has_a_reading():
    garbled = garble("一的𪛕，A", kinds=[Noise.READINGS], share=1)

    assert garbled.text.count("(") == 2
    assert garbled.text.endswith("𪛕，A")


def test_a_line_that_gbk_cannot_write_is_annotated_whole():
    page = Page(random.Random(0), Ledger())

    assert annotating.by_bytes([Row(1, "𰻝發")], {"發": "fā"}, page) == [Row(1, "𰻝發(fā)")]
    assert cutting.cut("𰻝", {}) is None


@pytest.mark.parametrize(
    ("line", "letters", "print_", "swallowed"),
    [
        ("整改。現將", {"現": "xiàn"}, "整改?,F(xiàn)將", ()),
        ("整改。現將", {}, "整改?,F將", ()),
        ("匯報。縣委", {}, "匯報??h委", ()),
        ("　（一）綜合", {}, "?。ㄒ唬┚C合", ()),
        ("　（2016年11月26日)", {}, "?。?016年11月26日)", ("2",)),
        ("領域專項巡察", {"驅": "qū", "項": "xiàng"}, "領域?qū)m?xiàng)巡察", ()),
        ("釘到位，錘子", {"數": "shù"}, "釘?shù)轿?,錘子", ()),
        ("一，二", {}, "一,二", ()),
    ],
)
def test_bytes_are_cut_as_the_tool_cuts_them(
    line: str, letters: dict[str, str], print_: str, swallowed: tuple[str, ...]
):
    cut = cutting.cut(line, letters)

    assert cut is not None
    assert cut[:2] == (print_, swallowed)


@pytest.mark.parametrize("name", CLEAN)
def test_two_models_of_the_tool_print_the_same(name: str):
    rng = random.Random(5)
    for line in CLEAN[name].split("\n"):
        text = only(Noise.SCRIPT, line).text
        page = Page(rng, Ledger())
        letters = annotating.letters_of([Row(1, text)], 0.5, page)
        raw = text.encode("gbk", "replace")
        for letter, reading in letters.items():
            key = letter.encode("gbk")
            raw = raw.replace(key, key + f"({reading})".encode("gbk"))
        cut = cutting.cut(text, letters)
        assert cut is None or cut.text == printed(raw)


def test_bytes_that_print_nothing_are_lost_without_a_trace():
    garbled = garble("整改\n　　（六）第三", family=Family.B, kinds=[Noise.DAMAGE])

    assert garbled.text == "整改\n　?。┑谌?"
    assert [(deed.line, deed.before, deed.after) for deed in garbled.lost] == [
        (2, "a8 c1", ""),
        (2, "f9 a3", ""),
    ]


def test_a_swallowed_digit_is_lost_and_said_to_be():
    garbled = garble("整改\n　（2016年11月26日）公布", family=Family.B, kinds=[Noise.DAMAGE])

    assert [(deed.line, deed.before, deed.after) for deed in garbled.lost] == [(2, "2", "?")]
    assert any(not deed.is_lost and deed.line == 2 for deed in garbled.deeds)


def test_dates_lose_their_marks_and_it_is_known_which_can_come_back():
    garbled = only(Noise.DATES, "2043年1月11日\n2043年9月15日\n" * 20)

    lost = {deed.after for deed in garbled.lost}
    assert lost <= {"2043111日", "2043年111日"}
    assert lost
    assert {deed.after for deed in garbled.deeds} - lost <= {
        *("20431月11日", "20439月15日", "2043915日", "2043年915日"),
    }


def test_lost_spaces_are_lost_for_good():
    garbled = only(Noise.SPACES, "责任领导：李示例 责任单位：办公室　A b")

    assert garbled.text == "责任领导：李示例责任单位：办公室　A b"
    assert [deed.is_lost for deed in garbled.deeds] == [True]


def test_indents_become_question_marks():
    assert only(Noise.INDENTS, "　　一、整改\n二、落实\n　　三").text == "????一、整改\n二、落实\n????三"
    assert only(Noise.INDENTS, "　　一、整改\n二、落实").deeds == ()


def test_commas_are_doubled_before_the_mark_that_stays():
    doubled = only(Noise.COMMAS, "整改，落实。公开、监督；反馈,再" * 30).text

    assert {",。", ",、", ",；", "，，", ",,"} <= {doubled[at : at + 2] for at in range(len(doubled))}


def test_rows_are_broken_at_one_width_and_counters_stand_inside_sentences():
    broken = only(Noise.WRAP, REPORT).text
    counted = only(Noise.COUNTERS, REPORT).text.split("\n")

    assert broken.replace("\n", "") == REPORT.replace("\n", "")
    assert 26 <= max(map(len, broken.split("\n"))) <= 40
    assert [line for line in counted if line.startswith("— ")][:2] == ["— 1 —", "— 2 —"]
    assert "".join(line for line in counted if not line.startswith("— ")) == REPORT.replace("\n", "")
    assert "\n— 1 —" in only(Noise.COUNTERS, "整改落实。\n" * 300).text


def test_random_ends_need_three_lines_to_be_told():
    assert only(Noise.RANDOM, "整改。\n落实。").deeds == ()
    assert len(only(Noise.RANDOM, "整改。\n落实。\n公开。").deeds) == 3


def test_a_note_of_what_was_left_out_needs_lines_to_stand_between():
    assert "330" not in only(Noise.FURNITURE, "整改。").text
    assert "330" in only(Noise.FURNITURE, NARROW).text


def test_the_usual_noise_is_script_and_readings():
    assert set(USUAL) == {Noise.SCRIPT, Noise.READINGS}
    assert kinds(garble(PLAN)) == USUAL
