"""What the draft's one form sends (草稿表单): fields, what they began with, which button was pressed."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhenggai.domain.spans import Span
from zhenggai.intake.services import Change

if TYPE_CHECKING:
    from collections.abc import Mapping

_BUTTON = re.compile(r"([a-z-]{1,30})(?::(\d{1,18}))?")
_WHOLE = re.compile(r"[0-9]{1,12}")


@dataclass(frozen=True, slots=True)
class Press:
    """The button that sent the form: what it does, and to which row (0 for the draft itself)."""

    verb: str
    row_id: int = 0


def changes_of(posted: Mapping[str, str]) -> dict[str, Change]:
    """The fields of the form that it showed, each with the mark of what it showed there.

    ``began`` is JSON, field → mark. What cannot be understood of it counts as shown nowhere: such a field
    is never saved over another.
    """
    try:
        began = json.loads(posted.get("began", "{}"))
    except (ValueError, RecursionError):
        return {}
    if not isinstance(began, dict):
        return {}
    return {
        name: Change(posted[name], mark)
        for name, mark in began.items()
        if name in posted and isinstance(mark, str)
    }


def press_of(posted: Mapping[str, str]) -> Press:
    """The pressed button; plain saving where there is none."""
    found = _BUTTON.fullmatch(posted.get("do", "save"))
    return Press(found[1], int(found[2] or 0)) if found else Press("save")


def selection_of(posted: Mapping[str, str]) -> Span | None:
    """What was selected in the original, in code points of the decoded source; nothing where nothing was."""
    start, end = whole_of(posted, "selection_start"), whole_of(posted, "selection_end")
    return Span(start, end) if start is not None and end is not None and start < end else None


def whole_of(posted: Mapping[str, str], name: str) -> int | None:
    """A whole number of the form, or nothing."""
    text = posted.get(name, "")
    return int(text) if _WHOLE.fullmatch(text) else None
