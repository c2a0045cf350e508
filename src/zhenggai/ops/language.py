"""The language of the command line (命令行语言): Simplified Chinese, or as ``ZHENGGAI_LANG`` says."""

from __future__ import annotations

import gettext
import os
from functools import cache
from pathlib import Path
from typing import Any

from zhenggai.domain.messages import Message

DOMAIN = "django"
LOCALE = Path(__file__).resolve().parent.parent / "locale"
HANS, HANT, ENGLISH = "zh_Hans", "zh_Hant", "en"
_TRADITIONAL_PLACES = ("zh_tw", "zh_hk", "zh_mo", "zh_hant")


def language() -> str:
    """``zh_Hans``, ``zh_Hant`` or ``en``.

    ``ZHENGGAI_LANG`` decides. Without it a terminal set to Taiwan, Hong Kong or Macau gets Traditional
    Chinese and every other one Simplified: office servers are often installed in English and used in Chinese.
    """
    said = os.environ.get("ZHENGGAI_LANG", "").strip()
    if said:
        plain = said.lower().replace("-", "_")
        if plain.startswith("en") or plain in {"c", "posix"}:
            return ENGLISH
        return HANT if plain.startswith(_TRADITIONAL_PLACES) else HANS
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    terminal = next((os.environ[name] for name in names if os.environ.get(name)), "")
    return HANT if terminal.lower().startswith(_TRADITIONAL_PLACES) else HANS


@cache
def _catalogue(name: str) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, LOCALE, [name], fallback=True)


def translate(template: str) -> str:
    """The template in the language of this command; the English template where no catalogue has it."""
    return _catalogue(language()).gettext(template) if template else ""


def _(template: str, **values: Any) -> str:
    """One sentence in the language of this command; ``values`` fill its ``%(name)s`` places."""
    return Message(template, values).render(translate)


def speak_everywhere() -> None:
    """Let click's and Django's own words come in the language of this command too."""
    chosen = language()
    os.environ["LANGUAGE"] = chosen
    os.environ.setdefault("ZHENGGAI_LANG", chosen)
    gettext.bindtextdomain(DOMAIN, LOCALE)
    gettext.textdomain(DOMAIN)
