"""Requests to close and what becomes of them (申请销号及其结果), and the reasons people must give."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from typing import ClassVar, Final

from zhenggai.domain.errors import InvalidError
from zhenggai.domain.messages import msg

REASON_MIN: Final = 10


class RequestState(StrEnum):
    """How a closure request stands (申请状态)."""

    OPEN = "open"
    SENT_BACK = "sent_back"
    WITHDRAWN = "withdrawn"
    GRANTED = "granted"


REQUEST_STATE_LABELS: Final[dict[RequestState, str]] = {
    RequestState.OPEN: msg("waiting for signatures"),
    RequestState.SENT_BACK: msg("sent back"),
    RequestState.WITHDRAWN: msg("withdrawn"),
    RequestState.GRANTED: msg("granted"),
}


class ClosureKind(StrEnum):
    """What was closed (销号种类): the finding, or one stage of long-term work."""

    CLOSED = "closed"
    STAGE_CLOSED = "stage_closed"


CLOSURE_KIND_LABELS: Final[dict[ClosureKind, str]] = {
    ClosureKind.CLOSED: msg("closed"),
    ClosureKind.STAGE_CLOSED: msg("closed for this stage"),
}


class ReasonTooShortError(InvalidError):
    """A decision without a real reason (理由过短): ``count`` characters, ``minimum`` are needed."""

    code = "reason_too_short"
    template: ClassVar[str] = msg(
        "The reason has %(count)s characters, and at least %(minimum)s are needed so that others can "
        "understand it. Nothing was changed."
    )


class NotPromisedError(InvalidError):
    """A request whose truth is not affirmed (未作真实性承诺), where the rules ask for it."""

    code = "not_promised"
    template: ClassVar[str] = msg(
        "Whoever requests closure affirms: “%(promise)s” Tick that you do, or request it once you can. "
        "Nothing was changed."
    )


class MissingTextError(InvalidError):
    """A text that must be given is empty (未填写)."""

    code = "missing_text"


def decision_reason(text: str) -> str:
    """The reason of a return or of a waived requirement (理由), cleaned, of at least 10 characters.

    :raises ReasonTooShortError: when fewer remain without blanks at both ends and invisible characters.

    Source: DOMAIN §5 rule 6.
    """
    reason = visible_text(text)
    # marks (accents, variation selectors) stand on a character and are none of their own
    count = sum(not unicodedata.category(char).startswith("M") for char in reason)
    if count < REASON_MIN:
        raise ReasonTooShortError(count=count, minimum=REASON_MIN)
    return reason


def visible_text(text: str) -> str:
    """The text without what shows nothing (可见文字): control and zero-width characters, blanks at the ends.

    A run of blanks within a line becomes one, so that spaces cannot pass for words.
    """
    lines = (re.sub(r"[^\S\n]+", " ", line).strip() for line in shown_characters(text).splitlines())
    return re.sub(r"\n{2,}", "\n\n", "\n".join(lines)).strip()


def shown_characters(text: str) -> str:
    """The text without control and zero-width characters, its blanks and line ends as they are (可见字符)."""
    # unassigned and private-use characters stay: rare Han characters of names are among them
    return "".join(char for char in text if char in "\n\t" or not _shows_nothing(char))


def _shows_nothing(char: str) -> bool:
    return char in _FILLERS or unicodedata.category(char) in _INVISIBLE


_INVISIBLE: Final = frozenset({"Cc", "Cf", "Cs"})
# by category letters and symbols, yet drawn as nothing: fillers of Hangul and Khmer, the empty Braille cell
_FILLERS: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
