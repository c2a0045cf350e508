"""Words of what an office takes away as a file (文件用语): Chinese, whatever the language of the pages."""

from __future__ import annotations

from django.utils.translation import gettext, override


def in_chinese(template: str) -> str:
    """A template of the message catalogue in Chinese (中文用语)."""
    with override("zh-hans"):
        return gettext(template)
