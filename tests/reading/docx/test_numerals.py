from __future__ import annotations

import pytest

from zhenggai.reading.docx.numerals import printed


@pytest.mark.parametrize(
    ("numeral", "expected"),
    [
        ("decimal", {1: "1", 12: "12", 0: "0"}),
        ("chineseCounting", {1: "一", 10: "十", 11: "十一", 20: "二十", 99: "九十九", 105: "一〇五"}),
        ("taiwaneseCounting", {3: "三", 10: "十", 21: "二十一", 100: "一〇〇"}),
        (
            "chineseCountingThousand",
            {
                10: "十", 12: "十二", 100: "一百", 101: "一百零一", 110: "一百一十", 1001: "一千零一",
                1010: "一千零一十", 1200: "一千二百", 10000: "一万", 10010: "一万零一十",
                23456: "二万三千四百五十六",
                100000: "十万", 0: "0", 100000000: "100000000",
            },
        ),
        ("taiwaneseCountingThousand", {11: "十一", 10000: "一萬"}),
        ("chineseLegalSimplified", {1: "壹", 10: "壹拾", 11: "壹拾壹", 101: "壹佰零壹", 20000: "贰万"}),
        ("ideographLegalTraditional", {2: "貳", 10: "壹拾", 30: "參拾", 10000: "壹萬"}),
        ("japaneseCounting", {10: "十", 11: "十一", 100: "百", 101: "百一", 200: "二百", 1000: "千"}),
        ("japaneseLegal", {10: "壱拾", 3: "参"}),
        ("ideographDigital", {1: "一", 10: "一〇", 21: "二一"}),
        ("taiwaneseDigital", {10: "一〇"}),
        ("ideographTraditional", {1: "甲", 10: "癸", 11: "11"}),
        ("ideographZodiac", {1: "子", 12: "亥", 13: "13"}),
        ("ideographZodiacTraditional", {1: "甲子", 12: "乙亥", 60: "癸亥", 61: "61"}),
        ("ideographEnclosedCircle", {1: "㈠", 10: "㈩", 11: "11"}),
        ("decimalEnclosedCircle", {1: "①", 20: "⑳", 21: "21", 0: "0"}),
        ("decimalEnclosedCircleChinese", {10: "⑩", 11: "11"}),
        ("decimalEnclosedFullstop", {1: "⒈", 20: "⒛"}),
        ("decimalEnclosedParen", {1: "⑴", 20: "⒇", 21: "21"}),
        ("decimalFullWidth", {12: "１２"}),
        ("decimalFullWidth2", {3: "３"}),
        ("decimalZero", {3: "03", 12: "12"}),
        ("numberInDash", {3: "- 3 -"}),
        ("upperRoman", {4: "IV", 1999: "MCMXCIX", 40000: "40000"}),
        ("lowerRoman", {9: "ix"}),
        ("upperLetter", {1: "A", 26: "Z", 27: "AA", 28: "BB", 781: "781", 0: "0"}),
        ("lowerLetter", {2: "b"}),
        ("ordinal", {1: "1st", 2: "2nd", 3: "3rd", 11: "11th", 24: "24th"}),
        ("hex", {255: "FF"}),
        ("thaiLetters", {7: "7"}),
        ("chineseCounting", {-3: "-3"}),
    ],
)  # fmt: skip
def test_a_number_is_printed_as_word_prints_it(numeral: str, expected: dict[int, str]):
    assert {number: printed(number, numeral) for number in expected} == expected


def test_a_custom_format_says_how_many_digits_it_has():
    assert printed(7, "custom", "001, 002, 003, ...") == "007"
    assert printed(7, "custom", "甲, 乙") == "7"
    assert printed(7, "custom") == "7"
