"""Numbers of automatic numbering as Word prints them (自动编号的数字): 一 壹 ① ㈠ ⑴ ⒈ 甲 子 IV b.

Source: ECMA-376 part 1, 17.18.59 (ST_NumberFormat); formats of other scripts are printed as decimals.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

_PLAIN: Final = "〇一二三四五六七八九"
_LEGAL: Final = "零壹贰叁肆伍陆柒捌玖"
_LEGAL_TRADITIONAL: Final = "零壹貳參肆伍陸柒捌玖"
_LEGAL_JAPANESE: Final = "〇壱弐参四伍六七八九"
_STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES: Final = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN: Final = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
    (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_MOST_ROMAN: Final = 32_767
_WIDE: Final = str.maketrans("0123456789-", "０１２３４５６７８９－")


def printed(number: int, numeral: str, sample: str | None = None) -> str:
    """``number`` in the format ``numeral`` (ST_NumberFormat); ``sample`` is the first of a custom one (001).

    A number outside the reach of its format (0, ㉑) is printed as a decimal, as Word does.
    """
    if numeral == "custom":
        digits = (sample or "").partition(",")[0].strip()
        return str(number).zfill(len(digits)) if digits.isdigit() else str(number)
    how = _FORMATS.get(numeral)
    if how is None or number < 0:
        return str(number)
    return how(number) or str(number)


def _thousands(digits: str, units: str, *, one: bool, zero: bool, bare_ten: bool) -> Callable[[int], str]:
    """Numbers with 十, 百, 千, 万; ``one`` prints 一百 and not 百, ``zero`` 一百零一, ``bare_ten`` 十一."""

    def write(number: int) -> str:
        if not 0 < number < 100_000_000:
            return ""
        high, low = divmod(number, 10_000)
        text = f"{below(high)}{units[3]}" if high else ""
        if high and zero and 0 < low < 1000:
            text += "零"
        return text + below(low, inside=bool(high))

    def below(number: int, *, inside: bool = False) -> str:
        text = ""
        gap = False
        for place, unit in ((1000, units[2]), (100, units[1]), (10, units[0]), (1, "")):
            digit, number = divmod(number, place)
            if not digit:
                gap = gap or bool(text)
                continue
            if gap and zero:
                text += "零"
            gap = False
            alone = (place == 10 and bare_ten and not text and not inside) or (place >= 10 and not one)
            text += ("" if digit == 1 and alone else digits[digit]) + unit
        return text

    return write


def _counting(number: int) -> str:
    """一 … 九十九, from 100 on digit by digit."""
    return _TO_99(number) if number < 100 else _digits(number)


def _digits(number: int) -> str:
    return "".join(_PLAIN[int(digit)] for digit in str(number))


def _row(first: str, count: int) -> Callable[[int], str]:
    """Characters that follow one another in Unicode."""
    return lambda number: chr(ord(first) + number - 1) if 1 <= number <= count else ""


def _roman(number: int) -> str:
    text = ""
    if number <= _MOST_ROMAN:
        for value, letters in _ROMAN:
            times, number = divmod(number, value)
            text += letters * times
    return text


def _letters(first: str) -> Callable[[int], str]:
    """A … Z, AA, BB …, as Word counts."""

    def write(number: int) -> str:
        times, letter = divmod(number - 1, 26)
        return chr(ord(first) + letter) * (times + 1) if 0 < number <= 780 else ""

    return write


def _ordinal(number: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th") if number % 100 // 10 != 1 else "th"
    return f"{number}{ending}"


def _sexagenary(number: int) -> str:
    return _STEMS[(number - 1) % 10] + _BRANCHES[(number - 1) % 12] if 1 <= number <= 60 else ""


_TO_99: Final = _thousands(_PLAIN, "十百千万", one=True, zero=True, bare_ten=True)
_FORMATS: Final[dict[str, Callable[[int], str]]] = {
    "chineseCounting": _counting,
    "taiwaneseCounting": _counting,
    "chineseCountingThousand": _TO_99,
    "taiwaneseCountingThousand": _thousands(_PLAIN, "十百千萬", one=True, zero=True, bare_ten=True),
    "chineseLegalSimplified": _thousands(_LEGAL, "拾佰仟万", one=True, zero=True, bare_ten=False),
    "ideographLegalTraditional": _thousands(
        _LEGAL_TRADITIONAL, "拾佰仟萬", one=True, zero=True, bare_ten=False
    ),
    "japaneseCounting": _thousands(_PLAIN, "十百千万", one=False, zero=False, bare_ten=True),
    "koreanDigital2": _digits,
    "japaneseLegal": _thousands(_LEGAL_JAPANESE, "拾百阡萬", one=True, zero=False, bare_ten=False),
    "ideographDigital": _digits,
    "japaneseDigitalTenThousand": _digits,
    "taiwaneseDigital": _digits,
    "ideographTraditional": lambda number: _STEMS[number - 1] if 1 <= number <= 10 else "",
    "ideographZodiac": lambda number: _BRANCHES[number - 1] if 1 <= number <= 12 else "",
    "ideographZodiacTraditional": _sexagenary,
    "ideographEnclosedCircle": _row("㈠", 10),
    "decimalEnclosedCircle": _row("①", 20),
    "decimalEnclosedCircleChinese": _row("①", 10),
    "decimalEnclosedFullstop": _row("⒈", 20),
    "decimalEnclosedParen": _row("⑴", 20),
    "decimalFullWidth": lambda number: str(number).translate(_WIDE),
    "decimalFullWidth2": lambda number: str(number).translate(_WIDE),
    "decimalZero": lambda number: f"{number:02}",
    "numberInDash": lambda number: f"- {number} -",
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": _letters("A"),
    "lowerLetter": _letters("a"),
    "ordinal": _ordinal,
    "hex": lambda number: f"{number:X}",
}
