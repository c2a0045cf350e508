"""Changes of the code that no test can notice, since they change nothing that matters (无害变异)."""

from __future__ import annotations

from typing import Final

HARMLESS: Final[dict[tuple[str, ...], str]] = {
    (
        "*",
        "@dataclass(frozen=True, slots=True)",
    ): "Both keep a writer of code from a slip; no rule reads them, and the type checker refuses it.",
    (
        "cleaning.py",
        "damage.is_open(damages) or (bool(struck) and bool(lost_dates.add(text, []))),",
    ): "One pass more over a text with nothing open changes nothing.",
    (
        "unscramble.py",
        "reach = min(stop, sign + _GONE_REACH) if gone == 0 else stop",
    ): "The reach bounds the time of a search: bytes come back into step long before it ends.",
    (
        "unscramble.py",
        'return _READING.sub("", self.text[sign + 1 : sign + 20].partition("\\n")[0])[:7]',
    ): "Of the letters behind a sign the first ones tell; one more or less at the end tells nothing.",
}
"""By file (``*``: any) and the source of the line without spaces around it: why a change does no harm."""
