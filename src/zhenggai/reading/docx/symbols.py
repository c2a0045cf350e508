"""Characters of symbol fonts (符号字体) as the characters everybody has: ticks, boxes, bullets, arrows."""

from __future__ import annotations

from typing import Final

from zhenggai.reading import patterns as re

_WINGDINGS: Final = (
    {
        0x46: "☞", 0x6C: "●", 0x6D: "○", 0x6E: "■", 0x6F: "□", 0x70: "□", 0x71: "□", 0x72: "□", 0x73: "◆",
        0x74: "◆", 0x75: "◆", 0x76: "◆", 0x77: "◆", 0x78: "☒", 0x9F: "•", 0xA0: "▪", 0xA1: "○", 0xA2: "○",
        0xA4: "◉", 0xA7: "▪", 0xA8: "□", 0xAB: "★", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓",
        0xE8: "→", 0xF0: "→", 0xFB: "×", 0xFC: "√", 0xFD: "☒", 0xFE: "☑",
    }
    | {0x81 + place: chr(0x2460 + place) for place in range(10)}
    | {0x8C + place: chr(0x2776 + place) for place in range(10)}
)  # fmt: skip
_WINGDINGS_2: Final = (
    {
        0x4F: "×", 0x50: "√", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x97: "●", 0x98: "●", 0xA1: "■",
        0xA2: "■", 0xA3: "□", 0xA4: "□",
    }
    | {0x6A + place: chr(0x2460 + place) for place in range(10)}
)  # fmt: skip
_SYMBOL: Final = dict(
    zip(
        b"ABGDEZHQIKLMNXOPRSTUFCYWabgdezhqiklmnxoprstufcywV",
        "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρστυφχψως",
        strict=True,
    )
) | {
    0x2D: "－", 0xA3: "≤", 0xA5: "∞", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°",
    0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xBC: "…", 0xC5: "⊕",
    0xD6: "√", 0xD7: "·", 0xD0: "∠",
}  # fmt: skip
_FONTS: Final = {
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
    "symbol": _SYMBOL,
}
_UNKNOWN: Final = {0xB7: "•", 0x52: "☑", 0xA3: "□"} | _WINGDINGS
PRIVATE: Final = re.compile("[\uf000-\uf0ff]")
"""Where a symbol font's characters stand in Word's files."""


def is_symbol_font(font: str | None) -> bool:
    """Whether letters in ``font`` are printed as signs."""
    return font is not None and font.strip().lower() in _FONTS


def symbol(code: int, font: str | None) -> str:
    """The character that ``code`` of a symbol font stands for; an unknown one stays as it is."""
    low = code & 0xFF if 0xF000 <= code <= 0xF0FF else code
    known = _FONTS.get((font or "").strip().lower(), _UNKNOWN if low != code else {})
    if low in known:
        return known[low]
    return chr(code) if 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE else ""


def in_font(text: str, font: str | None) -> str:
    """A whole text in the characters that ``font`` prints for it."""
    if is_symbol_font(font):
        return "".join(symbol(ord(letter), font) for letter in text)
    return PRIVATE.sub(lambda found: symbol(ord(found[0]), font), text)


def bullet(text: str, font: str | None) -> str:
    """The sign of a bulleted paragraph: one of the usual bullets, or what the author typed (- ※ 第)."""
    sign = in_font(text.strip(), font)
    if not sign:
        return ""
    return "•" if sign in {"o", "·", "l"} or "\ue000" <= sign[0] <= "\uf8ff" else sign
