"""Orders a reader expects: printed numbers as numbers, Chinese words by their pinyin."""

from __future__ import annotations

import random

import pytest

from zhenggai.domain.ordering import number_key, words_key

NUMBERS = (
    "一",
    "一/1",
    "一/2",
    "一/10",
    "二/(一)",
    "二/(一)/1/(1)",
    "二/(一)/1/(2)",
    "二/(一)/9",
    "二/(一)/9（反弹1）",
    "二/(一)/9（反弹2）",
    "二/(一)/9（反弹10）",
    "二/(一)/10",
    "二/（十）",
    "二/（十一）",
    "二/（二十）",
    "二/（一百〇二）",
    "十",
    "A1",
    "B1",
    "附件",
)


def test_printed_numbers_come_in_the_order_of_their_values() -> None:
    shuffled = random.Random(7).sample(NUMBERS, len(NUMBERS))
    assert sorted(shuffled, key=number_key) == list(NUMBERS)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("二/(一)/3", "2/1/3"),
        ("二/（一）/3", "二 / (一) / 3"),
        ("①", "1"),
        ("二〇二四", "2024"),
        ("问题3", "问题三"),
        ("1.2", "1/2"),
        ("3（反弹）", "3（反弹1）"),
        ("二十三", "23"),
        ("二十", "20"),
        ("两百", "200"),
        ("一百二十", "120"),
        ("三千零五", "3005"),
        ("一千一百", "1100"),
    ],
)
def test_one_number_written_in_two_ways_has_one_key(one: str, other: str) -> None:
    assert number_key(one) == number_key(other)


def test_a_number_of_any_length_has_a_key() -> None:
    assert number_key("9" * 4000) == number_key("9" * 9)
    assert number_key("〇" * 4000) == number_key("0")
    assert number_key("3（反弹" + "9" * 4000 + "）")


@pytest.mark.parametrize("printed", ["", "   ", "/", " / / "])
def test_no_number_has_no_key(printed: str) -> None:
    assert number_key(printed) == ""


def test_words_come_by_their_pinyin() -> None:
    ordered = [
        "安全科",
        "财务股",
        "第9项",
        "第10项",
        "发展股",
        "“公务接待费”超标",
        "公用车",
        "张示例",
        "周示例",
    ]
    assert sorted(random.Random(3).sample(ordered, len(ordered)), key=words_key) == ordered


def test_width_case_and_punctuation_do_not_order_words() -> None:
    assert words_key("“ＡＢＣ”") == words_key("abc")
    assert words_key("《财务》、股") == words_key("财务股")


def test_words_of_signs_alone_keep_a_key_and_nothing_has_none() -> None:
    assert words_key("——") == "——".encode("gb18030").hex()
    assert words_key("  ") == words_key("") == ""


@pytest.mark.parametrize("text", ["😀", "𫝀", "\ud800", "\x00", "é", "股" * 5000])
def test_any_text_has_a_key_of_hexadecimal_digits(text: str) -> None:
    for key in (words_key(text), number_key(text)):
        assert set(key) <= set("0123456789abcdef")
        assert len(key) <= 320


def test_the_first_forty_letters_order_words_and_the_first_six_a_word_in_a_number() -> None:
    assert words_key("股" * 40 + "甲") == words_key("股" * 40 + "乙")
    assert words_key("股" * 39 + "甲") != words_key("股" * 39 + "乙")
    assert number_key("甲乙丙丁戊己庚") == number_key("甲乙丙丁戊己辛")
    assert number_key("甲乙丙丁戊己") != number_key("甲乙丙丁戊辛")
