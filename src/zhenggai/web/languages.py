"""Which language a reader gets (界面语言): the one chosen before, else Simplified Chinese."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import get_language_from_request

if TYPE_CHECKING:
    from django.http import HttpRequest

COOKIE = "language"
COOKIE_AGE_SECONDS = 365 * 24 * 3600
# Django's codes → the tags of BCP 47 that browsers choose fonts by
TAGS = {"zh-hans": "zh-Hans", "zh-hant": "zh-Hant", "en": "en"}


def is_language(code: str) -> bool:
    """Whether the pages come in this language."""
    return any(code == known for known, _ in settings.LANGUAGES)


def is_call(request: HttpRequest) -> bool:
    """Whether another program asks, not a browser."""
    return request.path_info.startswith("/api/")


def language_of(request: HttpRequest) -> str:
    """Language code of this request.

    A browser's own list is left out of it: offices share machines whose systems were installed in English. A
    program says what it wants by that list.
    """
    if is_call(request):
        return get_language_from_request(request)
    chosen = request.COOKIES.get(COOKIE, "")
    return chosen if is_language(chosen) else settings.LANGUAGE_CODE
